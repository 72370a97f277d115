package jp.kiban.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import jp.kiban.KibanTest;
import jp.kiban.authority.Authorities;
import jp.kiban.authority.Authority;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Role;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Conflict;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.standards.ExampleEffects;
import jp.kiban.standards.LocalForms;
import jp.kiban.standards.StandardVersion;
import jp.kiban.standards.Standards;
import jp.kiban.store.EventLog;
import jp.kiban.store.Store;
import org.springframework.test.context.TestPropertySource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A layer is proposed by one person and approved by another, counts from a day to come, and is kept for ever.
@KibanTest
@TestPropertySource(properties = "kiban.house=publishing")
class LayersTests {
    private static final String CHILD = "child-allowance";
    private static final AtomicInteger TOWN = new AtomicInteger();
    private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");

    @Autowired
    Store store;
    @Autowired
    EventLog events;
    @Autowired
    Standards standards;
    @Autowired
    Authorities authorities;
    @Autowired
    JsonMapper json;

    private LocalDate today = LocalDate.of(2026, 11, 24);
    private AuthorityId town = AuthorityId.of("242012");

    @BeforeEach
    void aTownOfItsOwn() {
        town = authorities.municipalities().stream().filter(a -> a.kind() == Authority.Kind.TOWN).skip(TOWN
                .getAndIncrement()).findFirst().orElseThrow().id();
        today = LocalDate.of(2026, 11, 24);
    }

    private Layers layers() {
        var clock = Clock.fixed(Instant.from(today.atTime(9, 0).atZone(JAPAN)), JAPAN);
        return new Layers(store, events, standards, new ExampleEffects(standards), new LocalForms(standards),
                json, clock);
    }

    private Actor.Officer officer(String id, Role... roles) { return new Actor.Officer(town, id, id, Set.of(roles)); }

    private Actor.Officer reviewer() { return officer("shinsa", Role.REVIEW); }

    private Actor.Officer approver() { return officer("kessai", Role.APPROVAL); }

    private StandardVersion version() { return standards.inForce(CHILD, LocalDate.of(2026, 11, 24)); }

    private Layers.Wanted wanted(String from, String values) {
        var all = new LinkedHashMap<String, JsonNode>();
        json.readTree(values.replace('\'', '"')).forEachEntry(all::put);
        return new Layers.Wanted(LocalDate.parse(from), Optional.empty(), all, "", "住民の声", Optional.empty());
    }

    private int payDay(String day) { return layers().values(town, version(), LocalDate.parse(day)).number("payDay"); }

    private LocalLayer inForce(String from, String values) {
        var layer = layers().propose(reviewer(), CHILD, wanted(from, values));
        return layers().approve(approver(), CHILD, layer.number());
    }

    @Test
    void aLayerCountsFromItsFirstDayAndNotTheDayBefore() {
        inForce("2026-12-01", "{'payDay':15}");
        assertThat(payDay("2026-11-30")).isEqualTo(5);
        assertThat(payDay("2026-12-01")).isEqualTo(15);
    }

    @Test
    void aProposalAloneChangesNothing() {
        layers().propose(reviewer(), CHILD, wanted("2026-12-01", "{'payDay':15}"));
        assertThat(payDay("2026-12-01")).isEqualTo(5);
    }

    @Test
    void twoPersonsAreNeeded() {
        var both = officer("both", Role.REVIEW, Role.APPROVAL);
        var layer = layers().propose(both, CHILD, wanted("2026-12-01", "{'payDay':15}"));
        assertThatThrownBy(() -> layers().approve(both, CHILD, layer.number())).isInstanceOf(Conflict.class);
        assertThatThrownBy(() -> layers().approve(reviewer(), CHILD, layer.number())).isInstanceOf(NotThere.class);
        assertThatThrownBy(() -> layers().propose(approver(), CHILD, wanted("2026-12-01", "{}"))).isInstanceOf(
                NotThere.class);
        assertThat(layers().approve(approver(), CHILD, layer.number()).stage()).isEqualTo(LocalLayer.Stage.APPROVED);
    }

    @Test
    void itTakesEffectTomorrowAtTheEarliest() {
        var refused = catchThrowableOfType(BadInput.class, () -> layers().propose(reviewer(), CHILD, wanted(
                "2026-11-24", "{'payDay':15}")));
        assertThat(refused.findings()).singleElement().satisfies(f -> assertThat(f.where()).isEqualTo("from"));
        assertThat(layers().propose(reviewer(), CHILD, wanted("2026-11-25", "{'payDay':15}")).number()).isEqualTo(1);
    }

    @Test
    void itIsNotApprovedOnceItsDayHasCome() {
        var layer = layers().propose(reviewer(), CHILD, wanted("2026-12-01", "{'payDay':15}"));
        today = LocalDate.of(2026, 12, 1);
        assertThatThrownBy(() -> layers().approve(approver(), CHILD, layer.number())).isInstanceOf(Conflict.class);
        today = LocalDate.of(2026, 11, 30);
        assertThat(layers().approve(approver(), CHILD, layer.number()).stage()).isEqualTo(LocalLayer.Stage.APPROVED);
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        var bad = new Layers.Wanted(today, Optional.empty(), Map.of("payDay", json.readTree("31"), "colour", json
                .readTree("1")), "", "", Optional.empty());
        assertThat(catchThrowableOfType(BadInput.class, () -> layers().propose(reviewer(), CHILD, bad)).findings()
                .stream().map(f -> f.where())).containsExactlyInAnyOrder("from", "payDay", "colour", "why");
    }

    @Test
    void theNextLayerTakesTheWholePlaceAndHistoryStays() {
        inForce("2026-12-01", "{'payDay':15,'payNotice':true}");
        inForce("2027-01-01", "{'payNotice':true}");
        assertThat(payDay("2026-12-31")).isEqualTo(15);
        assertThat(payDay("2027-01-01")).as("back to the standard's").isEqualTo(5);
        today = LocalDate.of(2027, 1, 2);
        var all = layers().all(town, CHILD);
        assertThat(all).extracting(l -> l.state(today, all)).containsExactly(LocalLayer.State.IN_FORCE,
                LocalLayer.State.ENDED);
        assertThat(all.getLast().steps()).extracting(LocalLayer.Step::act).containsExactly("PROPOSED", "APPROVED");
    }

    @Test
    void itIsWithdrawnBeforeItTakesEffectAndNotAfter() {
        var early = inForce("2026-12-01", "{'payDay':15}");
        assertThatThrownBy(() -> layers().withdraw(reviewer(), CHILD, early.number(), "誤り")).isInstanceOf(
                Conflict.class);
        assertThatThrownBy(() -> layers().withdraw(approver(), CHILD, early.number(), " ")).isInstanceOf(
                BadInput.class);
        assertThat(layers().withdraw(approver(), CHILD, early.number(), "誤り").stage()).isEqualTo(
                LocalLayer.Stage.WITHDRAWN);
        assertThat(payDay("2026-12-01")).isEqualTo(5);
        var late = inForce("2026-12-02", "{'payDay':16}");
        today = LocalDate.of(2026, 12, 2);
        assertThatThrownBy(() -> layers().withdraw(approver(), CHILD, late.number(), "誤り")).isInstanceOf(
                Conflict.class);
    }

    @Test
    void sentBackItIsOver() {
        var layer = layers().propose(reviewer(), CHILD, wanted("2026-12-01", "{'payDay':15}"));
        layers().sendBack(approver(), CHILD, layer.number(), "根拠が足りない");
        assertThatThrownBy(() -> layers().approve(approver(), CHILD, layer.number())).isInstanceOf(Conflict.class);
    }

    @Test
    void theSameActTwiceIsOnce() {
        var first = layers().propose(reviewer(), CHILD, wanted("2026-12-01", "{'payDay':15}"));
        assertThat(layers().propose(reviewer(), CHILD, wanted("2026-12-01", "{'payDay':15}")).number()).isEqualTo(first
                .number());
        layers().approve(approver(), CHILD, first.number());
        assertThat(layers().approve(approver(), CHILD, first.number()).steps()).hasSize(2);
    }

    @Test
    void whatAnotherMunicipalityMadeIsNotThere() {
        var layer = inForce("2026-12-01", "{'payDay':15}");
        var stranger = new Actor.Officer(AuthorityId.of("182010"), "kessai", "kessai", Set.of(Role.APPROVAL));
        assertThatThrownBy(() -> layers().withdraw(stranger, CHILD, layer.number() + 900, "x")).isInstanceOf(
                NotThere.class);
        assertThat(layers().all(AuthorityId.of("182010"), CHILD)).noneMatch(l -> l.authority().equals(town));
    }

    @Test
    void everybodyCanCompareWhatIsInForce() {
        inForce("2026-12-01", "{'payDay':15}");
        assertThat(layers().everywhere(version(), LocalDate.of(2026, 11, 30))).doesNotContainKey(town);
        assertThat(layers().everywhere(version(), LocalDate.of(2026, 12, 1)).get(town)).containsOnlyKeys("payDay");
    }

    @Test
    void aTrialTakesItsShareByTheReceiptNumberAloneAndEndsByItself() {
        var trial = new Layers.Wanted(LocalDate.of(2026, 12, 1), Optional.of(LocalDate.of(2026, 12, 31)), Map.of(
                "standardPeriodDays", json.readTree("14")), "", "早く決められるか", Optional.of(new LayerTrial(30, "days")));
        var layer = layers().propose(reviewer(), CHILD, trial);
        layers().approve(approver(), CHILD, layer.number());
        int in = 0;
        for (int i = 0; i < 1_000 && in < 2; i++) {
            var receipt = ReceiptNumber.next(LocalDate.of(2026, 12, 5));
            var drawn = drawn("2026-12-05", receipt).orElseThrow();
            assertThat(drawn.inside()).isEqualTo(layer.trial().orElseThrow().takes(layer.number(), receipt));
            assertThat(layers().values(town, version(), LocalDate.of(2026, 12, 5), drawn.number()).number(
                    "standardPeriodDays")).isEqualTo(drawn.inside() ? 14 : 30);
            in += drawn.inside() ? 1 : 0;
            for (var day : new String[]{"2026-11-30", "2027-01-01"})
                assertThat(drawn(day, receipt)).isEmpty();
        }
        assertThat(in).isPositive();
        assertThat(layers().values(town, version(), LocalDate.of(2026, 12, 5)).number("standardPeriodDays")).as(
                "nobody else").isEqualTo(30);
        assertThat(catchThrowableOfType(BadInput.class, () -> layers().propose(officer("other", Role.REVIEW), CHILD,
                trial)).findings()).as("no two trials at once").anyMatch(f -> f.where().equals("until"));
    }

    private Optional<Layers.Drawn> drawn(String day, ReceiptNumber receipt) {
        return layers().drawn(town, version(), LocalDate.parse(day), receipt, new LayerTrial.Applicant(json
                .createObjectNode(), "", ""));
    }

    @Test
    void aTrialIsEndedEarlyByAnApproverAndNotTwice() {
        var trial = new Layers.Wanted(LocalDate.of(2026, 12, 1), Optional.of(LocalDate.of(2027, 3, 31)), Map.of(
                "standardPeriodDays", json.readTree("14")), "", "試す", Optional.of(new LayerTrial(50, "days")));
        var layer = layers().propose(reviewer(), CHILD, trial);
        layers().approve(approver(), CHILD, layer.number());
        assertThatThrownBy(() -> layers().end(approver(), CHILD, layer.number(), "やめる")).isInstanceOf(Conflict.class);
        today = LocalDate.of(2026, 12, 10);
        assertThat(layers().end(approver(), CHILD, layer.number(), "やめる").until()).contains(today);
        assertThat(layers().end(approver(), CHILD, layer.number(), "やめる").steps()).hasSize(3);
        assertThat(drawn("2026-12-11", ReceiptNumber.next(today))).isEmpty();
        assertThat(layers().values(town, version(), LocalDate.of(2026, 12, 9), Optional.of(layer.number())).number(
                "standardPeriodDays")).as("a case begun under it keeps it").isEqualTo(14);
    }

    @Test
    void aShareIsFromOneToNinetyNine() {
        for (int share : new int[]{0, 100})
            assertThatThrownBy(() -> new LayerTrial(share, "days")).isInstanceOf(IllegalArgumentException.class);
        assertThat(new LayerTrial(100, "", java.util.List.of("514"), "days").byLot()).isFalse();
        int in = 0;
        for (int i = 0; i < 5_000; i++)
            in += new LayerTrial(20, "days").takes(1, ReceiptNumber.next(today)) ? 1 : 0;
        assertThat(in).as("about a fifth").isBetween(850, 1_150);
    }
}
