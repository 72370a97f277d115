package jp.kiban.casework;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.kiban.KibanTest;
import jp.kiban.flow.FlowEvent;
import jp.kiban.flow.FlowState;
import jp.kiban.flow.Flows;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Role;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.StandardRef;
import jp.kiban.kernel.Text;
import jp.kiban.store.EventLog;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A case goes by the diagram of its standard: acts are steps of it, and its timers act.
@KibanTest
class CaseFlowTests {
    /// 尾鷲市: no demonstration people, and no other test.
    private static final AuthorityId OWASE = AuthorityId.of("242098");
    private static final Actor.Officer DESK = officer("desk", Role.RECEPTION);
    private static final Actor.Officer REVIEW = officer("review", Role.REVIEW);
    private static final Actor.Officer CHIEF = officer("chief", Role.APPROVAL);

    @Autowired
    Cases cases;
    @Autowired
    CaseFlow flow;
    @Autowired
    Flows flows;
    @Autowired
    Store store;
    @Autowired
    EventLog events;
    @Autowired
    Clock clock;

    private Applications applications;

    private static final StandardRef BENEFIT = new StandardRef("emergency-benefit", LocalDate.of(2020, 4, 30));

    @Autowired
    Notices notices;

    private static Actor.Officer officer(String id, Role... roles) {
        return new Actor.Officer(OWASE, id, "尾鷲 " + id, Set.of(roles));
    }

    @BeforeEach
    void door() { applications = new Applications(store, events, cases, clock); }

    private Case received() {
        return applications.received(OWASE, applications.person(), applications.person().number());
    }

    private List<String> places(Case file) { return cases.flow(file).orElseThrow().places(); }

    private static final List<Finding> FINDING = List.of(new Finding("account", "x", Text.same("口座")));

    @Test
    void aCaseStartsItsFlowWhenItOpensAndEveryActIsAStepOfIt() {
        var file = received();
        assertThat(places(file)).containsExactly("reception");
        file = cases.accept(DESK, file.receipt(), file.version());
        assertThat(places(file)).containsExactly("review");
        assertThat(cases.mayDo(REVIEW, file, Optional.empty())).contains(Proposed.class, CorrectionRequested.class,
                DisputeSettled.class);
        file = cases.propose(REVIEW, file.receipt(), file.version(), Optional.empty(), Set.of(), "");
        assertThat(places(file)).containsExactly("approval");
        file = cases.decide(CHIEF, file.receipt(), file.version(), false);
        assertThat(file.stage()).isEqualTo(CaseStage.GRANTED);
        assertThat(places(file)).containsExactly("filing-grant");
        file = cases.close(REVIEW, file.receipt(), file.version());
        assertThat(file.stage()).isEqualTo(CaseStage.CLOSED);
        var subject = file.receipt().text();
        var path = store.in(Scope.of(OWASE), jdbc -> flows.steps(jdbc, OWASE, subject)).stream()
                .flatMap(s -> s.path().stream()).toList();
        assertThat(path).containsExactly("arrived", "judge", "reception", "review", "approval", "outcome",
                "notice-grant", "pay", "filing-grant", "closed");
    }

    @Test
    void theDeadlineOfACorrectionBringsTheCaseBackOnce() {
        var file = received();
        file = cases.askCorrection(DESK, file.receipt(), file.version(), FINDING,
                Optional.of(cases.today().plusDays(14)));
        assertThat(file.stage()).isEqualTo(CaseStage.CORRECTION);
        var now = cases.flow(file).orElseThrow();
        var timer = now.running().state().timers().getFirst();
        assertThat(Duration.between(clock.instant(), timer.due())).isBetween(Duration.ofDays(15).minusMinutes(1),
                Duration.ofDays(15));
        assertThat(timers(file)).isEqualTo(1);
        var receipt = file.receipt();
        store.run(Scope.of(OWASE), jdbc -> cases.due(jdbc, OWASE, receipt,
                new FlowEvent.Due(timer.token(), timer.node())));
        var back = cases.find(OWASE, receipt);
        assertThat(back.stage()).isEqualTo(CaseStage.CHECKING);
        assertThat(back.pausedSince()).isEmpty();
        assertThat(back.reminder()).isNotBlank();
        assertThat(cases.steps(OWASE, receipt).getLast().event()).isEqualTo("CaseReminded");
        store.run(Scope.of(OWASE), jdbc -> cases.due(jdbc, OWASE, receipt,
                new FlowEvent.Due(timer.token(), timer.node())));
        assertThat(cases.find(OWASE, receipt).version()).isEqualTo(back.version());
        assertThat(cases.find(OWASE, receipt)).isEqualTo(back);
    }

    private long timers(Case file) {
        return store.in(Scope.of(OWASE), jdbc -> jdbc.sql("select count(*) from flow.timer where subject = ?")
                .param(file.receipt().text()).query(Long.class).single());
    }

    @Test
    void aCaseThatWasOpenedWithoutAFlowGoesByItsStages() {
        var file = received();
        forget(file);
        assertThat(cases.flow(file)).isEmpty();
        file = cases.accept(DESK, file.receipt(), file.version());
        file = cases.propose(REVIEW, file.receipt(), file.version(), Optional.empty(), Set.of(), "");
        file = cases.decide(CHIEF, file.receipt(), file.version(), false);
        assertThat(file.stage()).isEqualTo(CaseStage.GRANTED);
    }

    private Case benefit(String disputes) { return applications.under(BENEFIT).received(OWASE, applications.person(), """
                {"claimant": {"name": "津 花子", "kana": "ツ ハナコ", "birthDate": "1990-05-10", "postalCode": "514-8611", "address": "三重県津市西丸之内23番1号"},
                 "household": {"isHouseholder": true}, "claimAs": null, "members": [{"id": "%s", "name": "津 花子", "relationship": "世帯主"}],
                 "account": {"bankCode": "0155", "bankName": "百五銀行", "branchCode": "001", "branchName": "本店営業部", "type": "1", "number": "1234567", "holderKana": "ツ ハナコ"},
                 "consent": true}
                """.formatted(applications.person().number()), "[]", disputes, Instant.parse("2020-06-01T03:00:00Z")); }

    @Test
    void aSimpleCaseIsDecidedWithoutHandsWhereTheStandardSaysSo() {
        var file = benefit("[]");
        assertThat(file.stage()).isEqualTo(CaseStage.GRANTED);
        assertThat(cases.steps(OWASE, file.receipt())).extracting(Step::event).containsExactly("CaseOpened",
                "DecidedUntouched");
        assertThat(cases.decision(OWASE, file.receipt()).orElseThrow().kind()).isEqualTo(DecisionKind.GRANT);
        assertThat(notices.of(Scope.of(OWASE), OWASE, file.receipt())).hasSize(1);
        long told = store.in(Scope.of(OWASE), jdbc -> events.about(jdbc, OWASE, file.receipt().text())).stream()
                .filter(e -> Set.of("casework.Decided", "casework.DecidedUntouched").contains(e.kind())).count();
        assertThat(told).isEqualTo(2);
    }

    @Test
    void whatTheResidentDisputesIsNeverDecidedWithoutHands() {
        var file = benefit("[{\"item\": \"resident.household\", \"text\": \"世帯が違います。\"}]");
        assertThat(file.stage()).isEqualTo(CaseStage.RECEIVED);
        assertThat(places(file)).containsExactly("reception");
    }

    private void forget(Case file) {
        store.run(Scope.of(OWASE), jdbc -> {
            jdbc.sql("delete from flow.timer where subject = ?").param(file.receipt().text()).update();
            jdbc.sql("delete from flow.instance where subject = ?").param(file.receipt().text()).update();
        });
    }

    @Test
    void aTimerInTheTableActsByItselfAndItsRowGoes() throws InterruptedException {
        var opened = received();
        var file = cases.accept(DESK, opened.receipt(), opened.version());
        store.run(Scope.of(OWASE),
                jdbc -> jdbc.sql("update flow.timer set due = now() - interval '99 years' where subject = ?")
                        .param(file.receipt().text()).update());
        for (int i = 0; i < 100 && cases.find(OWASE, file.receipt()).reminder().isEmpty(); i++)
            Thread.sleep(100);
        assertThat(cases.find(OWASE, file.receipt()).reminder()).isEqualTo("処理期間を担当者に知らせる");
        assertThat(cases.find(OWASE, file.receipt()).stage()).isEqualTo(CaseStage.CHECKING);
        assertThat(timers(file)).isZero();
        var again = cases.propose(REVIEW, file.receipt(), file.version() + 1, Optional.empty(), Set.of(), "");
        assertThat(again.reminder()).isEmpty();
    }

    @Test
    void theStagesOfTheFlowAreThoseOfTheCase() {
        assertThat(jp.kiban.flow.Flow.STAGES)
                .containsExactlyElementsOf(java.util.Arrays.stream(CaseStage.values()).map(Enum::name).toList());
        assertThat(FlowState.parse("{\"n\":1,\"s\":\"\",\"t\":[],\"d\":[]}").isOver()).isTrue();
    }

    @Test
    void whatIsNotOfThisAuthorityIsNotSeen(@Autowired JdbcClient bare) {
        received();
        long seen = store.in(Scope.of(AuthorityId.of("242071")), jdbc -> jdbc
                .sql("select count(*) from flow.instance where authority = '242098'").query(Long.class).single());
        assertThat(seen).isZero();
        assertThat(bare.sql("select count(*) from flow.instance").query(Long.class).single()).isZero();
    }
}
