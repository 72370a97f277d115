package jp.kiban.casework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.kiban.KibanTest;
import jp.kiban.Road;
import jp.kiban.catalogue.LayerTrial;
import jp.kiban.catalogue.Layers;
import jp.kiban.catalogue.LocalLayer;
import jp.kiban.catalogue.TrialMeasure;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Role;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.standards.Standards;
import jp.kiban.statistics.Trials;
import jp.kiban.store.EventLog;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import jp.kiban.submission.Submissions;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.json.JsonMapper;

/// A trial for a group and an area, run with real cases on a real database: who is in it, what is counted, what is shown.
@KibanTest
@TestPropertySource(properties = "kiban.house=publishing")
class TrialRunTests {
    private static final String CHILD = "child-allowance";
    private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");
    /// 松阪市・伊勢市: no demonstration people, and no other test.
    private static final AuthorityId TOWN = AuthorityId.of("242047");
    private static final AuthorityId OTHER_TOWN = AuthorityId.of("242039");
    private static final LocalDate FIRST = LocalDate.of(2026, 11, 26);
    private static final LocalDate LAST = LocalDate.of(2026, 12, 10);

    @Autowired
    org.springframework.beans.factory.ObjectProvider<StraightThrough> straight;
    @Autowired
    Cases cases;
    @Autowired
    Layers layers;
    @Autowired
    Trials trials;
    @Autowired
    Standards standards;
    @Autowired
    Submissions submissions;
    @Autowired
    Notices notices;
    @Autowired
    Hints hints;
    @Autowired
    CaseFlow flow;
    @Autowired
    Store store;
    @Autowired
    EventLog events;
    @Autowired
    Clock clock;
    @Autowired
    JsonMapper json;

    private static Actor.Officer officer(AuthorityId town, String id, Role... roles) {
        return new Actor.Officer(town, id, id, Set.of(roles));
    }

    private Layers.Wanted wanted(LayerTrial trial) {
        return new Layers.Wanted(FIRST, Optional.of(LAST), Map.of("standardPeriodDays", json.readTree("14")), "",
                "早く決められるか", Optional.of(trial));
    }

    private LocalLayer approved(AuthorityId town, LayerTrial trial) {
        var layer = layers.propose(officer(town, "shinsa", Role.REVIEW), CHILD, wanted(trial));
        return layers.approve(officer(town, "kessai", Role.APPROVAL), CHILD, layer.number());
    }

    /// A case of somebody at this postal code who arrives at nine of the day.
    private Case received(AuthorityId town, String child, boolean publicServant, String postalCode, LocalDate day) {
        var door = new Applications(store, events, cases, clock);
        return door.received(town, door.person(), Applications.answers(child, publicServant).replace("514-8611",
                postalCode), "[]", "[]", Instant.from(day.atTime(9, 0).atZone(JAPAN)));
    }

    private Case decided(Case file, LocalDate day) {
        var then = new Cases(store, events, submissions, standards, layers, notices, hints, flow, straight, json,
                Clock.fixed(
                        Instant.from(day.atTime(10, 0).atZone(JAPAN)), JAPAN));
        var town = file.authority();
        file = then.accept(officer(town, "desk", Role.RECEPTION), file.receipt(), file.version());
        file = then.propose(officer(town, "shinsa", Role.REVIEW), file.receipt(), file.version(), Optional.empty(), Set
                .of(), "");
        return then.decide(officer(town, "kessai", Role.APPROVAL), file.receipt(), file.version(), false);
    }

    private long counted(AuthorityId town, String where) {
        return store.in(Scope.of(town),
                jdbc -> jdbc.sql("select count(*) from statistics.trial_case where authority = ? "
                        + where).param(town.code()).query(Long.class).single());
    }

    @Test
    void bothSidesOfATrialAreCountedFromTheCasesThemselves() {
        var layer = approved(TOWN, new LayerTrial(50, "pension.publicServant = false", List.of("514-86", "津市栄町"),
                "days"));
        var inside = new ArrayList<Case>();
        var rest = new ArrayList<Case>();
        var outside = new ArrayList<Case>();
        for (int i = 0; inside.size() < 11 || rest.size() < 11; i++) {
            var file = received(TOWN, "t" + i, false, "514-8611", FIRST);
            (file.trial().isPresent() ? inside : rest).add(file);
        }
        outside.add(received(TOWN, "o1", true, "514-8611", FIRST));
        outside.add(received(TOWN, "o2", false, "515-0001", FIRST));
        outside.add(received(TOWN, "o3", false, "", FIRST));
        assertThat(outside).as("of another group, from elsewhere, from nowhere known").noneMatch(f -> f.trial()
                .isPresent());
        assertThat(inside).allSatisfy(f -> {
            assertThat(f.trial()).contains(layer.number());
            assertThat(f.periodDays()).isEqualTo(14);
            assertThat(layer.trial().orElseThrow().takes(layer.number(), f.receipt())).isTrue();
        });
        assertThat(rest).allSatisfy(f -> assertThat(f.periodDays()).isEqualTo(30));
        int all = inside.size() + rest.size() + outside.size();
        Road.until(() -> counted(TOWN, "") == all);
        assertThat(counted(TOWN, "and inside")).isEqualTo(inside.size());
        assertThat(counted(TOWN, "and eligible")).isEqualTo(inside.size() + rest.size());

        inside.subList(0, 10).forEach(f -> decided(f, FIRST.plusDays(4)));
        rest.subList(0, 9).forEach(f -> decided(f, FIRST.plusDays(7)));
        Road.until(() -> counted(TOWN, "and outcome = 'GRANT'") == 19);
        var few = trials.compare(TOWN, CHILD, layer.number());
        assertThat(few.reading()).isEqualTo(Trials.Reading.TOO_FEW);
        assertThat(few.inside().cases()).contains((long) inside.size());
        assertThat(few.inside().decided()).as("with the total of the other side it would tell nine").isEmpty();
        assertThat(few.rest().values()).doesNotContainKeys(TrialMeasure.DAYS, TrialMeasure.GRANTED, TrialMeasure.YEN)
                .containsEntry(TrialMeasure.SECONDS, 48.0);

        decided(rest.get(9), FIRST.plusDays(7));
        Road.until(() -> counted(TOWN, "and outcome = 'GRANT'") == 20);
        var both = trials.compare(TOWN, CHILD, layer.number());
        assertThat(both.reading()).isEqualTo(Trials.Reading.MAY_BE_CHANCE);
        assertThat(both.inside().decided()).contains(10L);
        assertThat(both.rest().cases()).as("those outside the group are not what it is compared with").contains(
                (long) rest.size());
        assertThat(both.inside().values()).containsEntry(TrialMeasure.DAYS, 4.0).containsEntry(TrialMeasure.GRANTED,
                100.0).containsEntry(TrialMeasure.YEN, 15_000.0).containsEntry(TrialMeasure.PERSONS, 1.0);
        assertThat(both.rest().values()).containsEntry(TrialMeasure.DAYS, 7.0);

        var last = received(TOWN, "last", false, "514-8611", LAST);
        var after = received(TOWN, "after", false, "514-8611", LAST.plusDays(1));
        Road.until(() -> counted(TOWN, "") == all + 1);
        assertThat(counted(TOWN, "and receipt = '" + last.receipt() + "'")).as("its last day").isOne();
        assertThat(after.trial()).as("it has ended by itself").isEmpty();
        var corrected = new Applications(store, events, cases, clock).corrected(inside.get(10), Applications.answers(
                "other", true));
        assertThat(corrected.trial()).as("what an application began under it keeps").contains(layer.number());
    }

    @Test
    void aTrialOfAWholeGroupIsComparedWithEverybodyElse() {
        var layer = approved(OTHER_TOWN, new LayerTrial(100, "", List.of("津市西丸之内"), "granted"));
        var in = received(OTHER_TOWN, "w1", false, "514-8611", FIRST);
        assertThat(in.trial()).as("by the address, its prefecture aside").contains(layer.number());
        var door = new Applications(store, events, cases, clock);
        var out = door.received(OTHER_TOWN, door.person(), Applications.answers("w2", false).replace("津市西丸之内",
                "津市栄町"), "[]", "[]", Instant.from(FIRST.atTime(9, 0).atZone(JAPAN)));
        assertThat(out.trial()).isEmpty();
        Road.until(() -> counted(OTHER_TOWN, "") == 2);
        var both = trials.compare(OTHER_TOWN, CHILD, layer.number());
        assertThat(both.reading()).isEqualTo(Trials.Reading.TOO_FEW);
        assertThat(both.inside().cases()).as("one is not shown").isEmpty();
    }

    @Test
    void everythingWrongAboutWhoIsInATrialIsToldAtOnce() {
        var town = AuthorityId.of("242055");
        assertThat(catchThrowableOfType(BadInput.class, () -> layers.propose(officer(town, "x", Role.REVIEW), CHILD,
                wanted(new LayerTrial(10, "pension.klass = \"employee\" and colour = 1", List.of(), "beauty"))))
                .findings().stream().map(Finding::code)).contains("layer.trial-group", "layer.trial-measure");
        assertThat(catchThrowableOfType(BadInput.class, () -> layers.propose(officer(town, "x", Role.REVIEW), CHILD,
                wanted(new LayerTrial(10, "claimant.name > 3", List.of(), "days")))).findings().stream().map(
                        Finding::code))
                .as("neither true nor false").containsExactly("layer.trial-group-silent");
        assertThat(layers.propose(officer(town, "x", Role.REVIEW), CHILD, wanted(new LayerTrial(10,
                "count(children) >= 3", List.of(), "persons"))).trial().orElseThrow().group()).isEqualTo(
                        "count(children) >= 3");
    }
}
