package jp.kiban.casework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import jp.kiban.KibanTest;
import jp.kiban.flow.FlowEvent;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Role;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Conflict;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.StandardRef;
import jp.kiban.standards.StandardFiles;
import jp.kiban.standards.Standards;
import jp.kiban.store.EventLog;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/// A standard whose flow asks the resident to do something between reception and review, and says when she is late.
@KibanTest
@TestPropertySource(properties = "kiban.house=publishing")
class ResidentTaskTests {
    /// 鈴鹿市: no demonstration people, and no other test.
    private static final AuthorityId SUZUKA = AuthorityId.of("242071");
    private static final StandardRef ASKING = StandardRef.parse("zz-asking@2026-01-01");
    private static final Actor.Officer DESK = officer("desk", Role.RECEPTION);
    private static final Actor.Officer REVIEW = officer("review", Role.REVIEW);
    private static final String TASK = """
            <sequenceFlow id="f-accepted" sourceRef="reception" targetRef="visit"/>
            <userTask id="visit" name="窓口で原本を見せる" kiban:role="RESIDENT" kiban:stage="CHECKING" kiban:act="done"/>
            <sequenceFlow id="f-visited" sourceRef="visit" targetRef="review"/>
            <boundaryEvent id="visit-withdrawn" name="取下げ" attachedToRef="visit" kiban:message="withdrawn"><messageEventDefinition/></boundaryEvent>
            <sequenceFlow id="f-visit-withdrawn" sourceRef="visit-withdrawn" targetRef="filing-withdrawn"/>
            <boundaryEvent id="visit-late" name="7日たっても来ない" attachedToRef="visit" cancelActivity="false"><timerEventDefinition><timeDuration>P7D</timeDuration></timerEventDefinition></boundaryEvent>
            <sequenceFlow id="f-visit-late" sourceRef="visit-late" targetRef="visit-remind"/>
            <serviceTask id="visit-remind" name="まだ来ていないことを知らせる" kiban:does="remind"/>
            <sequenceFlow id="f-visit-reminded" sourceRef="visit-remind" targetRef="visit-reminded"/>
            <endEvent id="visit-reminded" name="知らせた"/>
            """;

    private static final String AFTERWARDS = """
            <sequenceFlow id="f-notice-grant" sourceRef="notice-grant" targetRef="collect"/>
            <userTask id="collect" name="証書を受け取る" kiban:role="RESIDENT" kiban:stage="GRANTED" kiban:act="done"/>
            <sequenceFlow id="f-collected" sourceRef="collect" targetRef="pay"/>
            <boundaryEvent id="collect-late" name="14日たっても受け取らない" attachedToRef="collect" cancelActivity="false"><timerEventDefinition><timeDuration>P14D</timeDuration></timerEventDefinition></boundaryEvent>
            <sequenceFlow id="f-collect-late" sourceRef="collect-late" targetRef="collect-remind"/>
            <serviceTask id="collect-remind" name="まだ受け取っていないことを知らせる" kiban:does="remind"/>
            <sequenceFlow id="f-collect-reminded" sourceRef="collect-remind" targetRef="collect-reminded"/>
            <endEvent id="collect-reminded" name="知らせた"/>
            """;

    @Autowired
    Cases cases;
    @Autowired
    Hints hints;
    @Autowired
    Standards standards;
    @Autowired
    Store store;
    @Autowired
    EventLog events;
    @Autowired
    Clock clock;

    private Applications applications;

    private static Actor.Officer officer(String id, Role... roles) {
        return new Actor.Officer(SUZUKA, id, "鈴鹿 " + id, Set.of(roles));
    }

    @BeforeEach
    void published() {
        applications = new Applications(store, events, cases, clock).under(ASKING);
        if (standards.all().stream().anyMatch(s -> s.id().equals(ASKING.id())))
            return;
        var shipped = StandardFiles.ofFolder(Path.of("standards"), StandardRef.parse("child-allowance@2024-10-01"))
                .orElseThrow();
        var files = new TreeMap<String, String>();
        shipped.files().forEach((path, text) -> {
            if (path.contains("/examples/") || path.contains("/layers/"))
                return;
            var changed = path.equals("standard.yaml")
                    ? text.replace("id: child-allowance", "id: " + ASKING.id()).replaceAll("(?m)^pattern:.*$", "")
                            + "\npattern: B\n"
                    : text.replace("<sequenceFlow id=\"f-accepted\" sourceRef=\"reception\" targetRef=\"review\"/>",
                            TASK)
                            .replace(
                                    "<sequenceFlow id=\"f-notice-grant\" sourceRef=\"notice-grant\" targetRef=\"pay\"/>",
                                    AFTERWARDS);
            files.put(path.replace("2024-10-01/", ASKING.version() + "/"), changed);
        });
        CaseMoveTests.publish(store, clock, new StandardFiles(ASKING, files));
        standards.refresh();
    }

    private Case asked() {
        var file = applications.received(SUZUKA, applications.person(), applications.person().number());
        return cases.accept(DESK, file.receipt(), file.version());
    }

    private static Actor.Resident person(Case file) { return new Actor.Resident(file.authority(), file.person()); }

    @Test
    void sheDoesItHerselfOnceAndTheCaseGoesOn() {
        var file = asked();
        var her = person(file);
        assertThat(cases.residentsTasks(file)).extracting("id").containsExactly("visit");
        int seen = file.version();
        var receipt = file.receipt();
        assertThatThrownBy(() -> cases.done(her, receipt, seen, "review", "")).isInstanceOf(NotThere.class);
        assertThatThrownBy(() -> cases.done(new Actor.Resident(SUZUKA, applications.person()), receipt, seen, "visit",
                "")).isInstanceOf(NotThere.class);
        assertThatThrownBy(() -> cases.done(her, receipt, seen - 1, "visit", "")).isInstanceOf(Conflict.class);
        var after = cases.done(her, receipt, seen, "visit", "昨日、見せました。");
        assertThat(cases.flow(after).orElseThrow().places()).containsExactly("review");
        assertThat(cases.residentsTasks(after)).isEmpty();
        var step = cases.steps(SUZUKA, receipt).getLast();
        assertThat(step.event()).isEqualTo("TaskDone");
        assertThat(step.officer()).isEmpty();
        assertThat(step.note()).isEqualTo("昨日、見せました。");
        assertThat(cases.done(her, receipt, seen, "visit", "昨日、見せました。").version()).as("a double click")
                .isEqualTo(after.version());
        assertThat(cases.propose(REVIEW, receipt, after.version(), Optional.empty(), Set.of(), "").stage())
                .isEqualTo(CaseStage.PROPOSED);
    }

    @Test
    void receptionReportsItOnlyWithItsReason() {
        var file = asked();
        assertThat(cases.tasks(REVIEW, file)).isEmpty();
        assertThat(cases.tasks(DESK, file)).extracting("id").containsExactly("visit");
        assertThatThrownBy(() -> cases.done(DESK, file.receipt(), file.version(), "visit", " "))
                .isInstanceOf(BadInput.class);
        var after = cases.done(DESK, file.receipt(), file.version(), "visit", "窓口で見た。");
        assertThat(cases.flow(after).orElseThrow().places()).containsExactly("review");
        assertThat(cases.steps(SUZUKA, file.receipt()).getLast().officer()).isEqualTo("desk");
    }

    @Test
    void whoIsLateIsToldToHerUntilTheCaseIsOver() {
        var file = asked();
        var scope = MyCase.scope(person(file));
        assertThat(hints.of(scope, Optional.empty())).isEmpty();
        fires(file, "visit-late");
        assertThat(hints.of(scope, Optional.empty())).extracting(Hint::kind).containsExactly(Hint.Kind.YOURS);
        var again = cases.find(SUZUKA, file.receipt());
        assertThat(again.reminder()).isEqualTo("まだ来ていないことを知らせる");
        var reviewed = cases.done(person(file), file.receipt(), again.version(), "visit", "");
        fires(reviewed, "review-late");
        assertThat(hints.of(scope, Optional.of(file.receipt()))).extracting(Hint::kind)
                .containsExactlyInAnyOrder(Hint.Kind.YOURS, Hint.Kind.OURS);
        assertThat(hints.of(MyCase.scope(new Actor.Resident(SUZUKA, applications.person())), Optional.empty()))
                .isEmpty();
        store.run(Scope.of(SUZUKA), jdbc -> cases.withdrawn(jdbc, SUZUKA, file.receipt(), clock.instant()));
        assertThat(hints.of(scope, Optional.empty())).isEmpty();
    }

    @Test
    void whatIsAskedAfterTheDecisionIsRemindedOfUntilItIsDone() {
        var asked = asked();
        var receipt = asked.receipt();
        var scope = MyCase.scope(person(asked));
        var reviewed = cases.done(person(asked), receipt, asked.version(), "visit", "");
        var proposed = cases.propose(REVIEW, receipt, reviewed.version(), Optional.empty(), Set.of(), "");
        var granted = cases.decide(officer("boss", Role.APPROVAL), receipt, proposed.version(), true);
        assertThat(granted.stage()).isEqualTo(CaseStage.GRANTED);
        assertThat(cases.residentsTasks(granted)).extracting("id").containsExactly("collect");
        assertThat(hints.of(scope, Optional.empty())).isEmpty();
        fires(granted, "collect-late");
        assertThat(hints.of(scope, Optional.empty())).extracting(Hint::kind).containsExactly(Hint.Kind.YOURS);
        var late = cases.find(SUZUKA, receipt);
        assertThat(late.stage()).isEqualTo(CaseStage.GRANTED);
        assertThat(late.reminder()).isEqualTo("まだ受け取っていないことを知らせる");
        var collected = cases.done(person(late), receipt, late.version(), "collect", "");
        assertThat(collected.stage()).isEqualTo(CaseStage.GRANTED);
        assertThat(collected.reminder()).isEmpty();
        assertThat(cases.residentsTasks(collected)).isEmpty();
        assertThat(hints.of(scope, Optional.empty())).isEmpty();
    }

    @Test
    void anOfferLapses() {
        var file = asked();
        var scope = MyCase.scope(person(file));
        store.run(Scope.of(SUZUKA), jdbc -> hints.next(jdbc, file, "livelihood-recovery", java.time.Period.ofDays(0)));
        assertThat(hints.of(scope, Optional.empty())).as("on its last day").hasSize(1);
        var tomorrow = new Hints(store, Clock.offset(clock, java.time.Duration.ofDays(1)));
        assertThat(tomorrow.of(scope, Optional.empty())).isEmpty();
    }

    private void fires(Case file, String timer) {
        var running = cases.flow(file).orElseThrow().running().state().timers().stream()
                .filter(t -> t.node().equals(timer)).findFirst().orElseThrow();
        store.run(Scope.of(SUZUKA), jdbc -> cases.due(jdbc, SUZUKA, file.receipt(),
                new FlowEvent.Due(running.token(), running.node())));
    }
}
