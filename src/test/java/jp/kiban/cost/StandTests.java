package jp.kiban.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import jp.kiban.KibanTest;
import jp.kiban.authority.Authorities;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Role;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Language;
import jp.kiban.statistics.FiscalYear;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.ui.ExtendedModelMap;

/// Of the ledger's figures: what the pages of the aim, of a town and for residents show to whom.
@KibanTest
class StandTests {
    private static final AuthorityId TOWN = AuthorityId.of("013455");
    private static final TargetPages.Raw RAW = new TargetPages.Raw("2025", "", "", "", "", "", "013455", "", "", "");

    @Autowired
    Ledger ledger;
    @Autowired
    TargetPages targets;
    @Autowired
    OwnPages own;
    @Autowired
    HerePages here;
    @Autowired
    Authorities authorities;

    private static Actor.Officer officer(AuthorityId authority, Role role, String id) {
        return new Actor.Officer(authority, id, "係", Set.of(role));
    }

    private LedgerImport bring(AuthorityId authority, String system, String yen2018, String yen2025) {
        var by = officer(authority, Role.REVIEW, "it");
        var brought = ledger.bring(by, LedgerImport.Way.FILE, "台帳.xlsx", "stand-" + authority.code() + yen2025,
                keep -> {
                    keep.accept(LedgerEntry.ofYear(new FiscalYear(2018), SystemCode.of(system),
                            CostKind.HARDWARE_LEASE, Baseline.FY2018, "機器", new BigDecimal(yen2018), Tax.included("8"),
                            "決算書",
                            Confidence.REPORTED));
                    keep.accept(LedgerEntry.ofYear(new FiscalYear(2025), SystemCode.of(system), CostKind.CLOUD,
                            Baseline.ACTUAL, "クラウド", new BigDecimal(yen2025), Tax.included("10"), "請求書",
                            Confidence.SECOND_HAND));
                });
        return ledger.commit(by, brought.id(), "");
    }

    @Test
    void figuresAreTheTownsAloneUntilTheyAreSharedThenTheNationsThenEverybodys() {
        var brought = bring(TOWN, "resident-record", "1080", "2200");
        var town = officer(TOWN, Role.REVIEW, "it");
        var neighbour = officer(AuthorityId.of("013463"), Role.REVIEW, "it");
        var ministry = officer(AuthorityId.of(authorities.all().stream().filter(a -> a
                .kind() == jp.kiban.authority.Authority.Kind.MINISTRY).findFirst().orElseThrow().id().code()),
                Role.MINISTRY, "cfa");
        var nobody = new Actor.Nobody();
        assertThat(state(nobody)).isEqualTo(Target.State.NOTHING);
        assertThat(state(neighbour)).isEqualTo(Target.State.NOTHING);
        assertThat(state(ministry)).isEqualTo(Target.State.NOTHING);
        assertThat(mine(town)).isEqualTo(Target.State.ABOVE);
        assertThat(mine(neighbour)).isNull();
        assertThat(own.asJson(neighbour, "", "").years()).isEmpty();
        assertThat(own.asJson(town, "", "").years()).hasSize(1);
        assertThat(own.asJson(town, "", "").target().orElseThrow().changePercent().orElseThrow())
                .isEqualByComparingTo("100"); // 1,000 and 2,000 without tax
        var decides = officer(TOWN, Role.APPROVAL, "kessai");
        ledger.show(decides, brought.id(), LedgerImport.Sight.SHARED);
        assertThat(state(ministry)).isEqualTo(Target.State.ABOVE);
        assertThat(state(nobody)).isEqualTo(Target.State.NOTHING);
        assertThat(here.asJson(TOWN.code()).published()).isEmpty();
        ledger.show(decides, brought.id(), LedgerImport.Sight.PUBLISHED);
        assertThat(state(nobody)).isEqualTo(Target.State.ABOVE);
        assertThat(targets.asJson(nobody, RAW).municipalities().items().getFirst().confidence()).contains(
                Confidence.SECOND_HAND);
        var published = here.asJson(TOWN.code()).published();
        assertThat(published).hasSize(1);
        assertThat(published.getFirst().yen()).isEqualByComparingTo("2200");
        assertThat(published.getFirst().yenPerCase()).isEmpty();
        ledger.show(decides, brought.id(), LedgerImport.Sight.OWN);
        assertThat(state(nobody)).isEqualTo(Target.State.NOTHING);
        assertThat(here.asJson(TOWN.code()).published()).isEmpty();
    }

    private Target.State state(Actor actor) {
        return targets.asJson(actor, RAW).municipalities().items().getFirst().state();
    }

    private @org.jspecify.annotations.Nullable Object mine(Actor.Officer by) {
        var model = new ExtendedModelMap();
        targets.shown(by, RAW, Language.JA, model);
        return model.get("mine") instanceof Target.Town town ? town.state() : null;
    }

    @Test
    void ofLikeTownsNothingIsSaidUnderFive() {
        var band = authorities.municipalities().stream().filter(a -> QuotePeers.band(a.population()) == 3).limit(6)
                .toList();
        for (int i = 1; i < 6; i++) {
            var of = band.get(i).id();
            if (i == 5)
                assertThat(peers(band.getFirst().id())).isEmpty();
            ledger.show(officer(of, Role.APPROVAL, "kessai"), bring(of, "light-vehicle-tax", "1000", "3000000").id(),
                    LedgerImport.Sight.PUBLISHED);
            if (i == 1)
                bring(band.getFirst().id(), "light-vehicle-tax", "1000", "300000000");
        }
        assertThat(peers(band.getFirst().id())).hasSize(1).allSatisfy(p -> {
            assertThat(p.count()).isEqualTo(5);
            assertThat(p.above()).isTrue();
        });
    }

    @Autowired
    Causes causes;
    @Autowired
    PlatformsBefore platforms;

    /// The causes are the town's alone until it shows them, and only while they split what the ledger says.
    @Test
    void causesAreToldByTheTownThatSplitsItsLedgerAndUsedWhileTheyFit() {
        var town = AuthorityId.of("013471");
        var by = officer(town, Role.REVIEW, "it");
        var decides = officer(town, Role.APPROVAL, "kessai");
        ledger.show(decides, bring(town, "resident-record", "1080", "2200").id(), LedgerImport.Sight.PUBLISHED);
        var year = new FiscalYear(2025);
        var of = Target.own(ledger, authorities.get(town), year, Baseline.ACTUAL);
        assertThat(Causes.table(of)).isEqualTo("item,before,after,cause\nクラウド利用経費,0,2000,\nハードウェア借料,1000,0,\n");
        var table = "item,before,after,cause\nクラウド利用経費,0,2000,\"S3:60,X3:40\"\nハードウェア借料,1000,0,R\n";
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> causes.keep(by, year, Baseline.ACTUAL, new GrowthAsk(
                table.replace("2000", "2001"), "", "", ""), of)).isInstanceOf(jp.kiban.kernel.BadInput.class)
                .hasMessageContaining("2,001");
        causes.keep(by, year, Baseline.ACTUAL, new GrowthAsk(table, "", "", ""), of);
        assertThat(own.asJson(by, "", "2025").causes().orElseThrow().causes()).extracting(c -> c.code() + c.yen())
                .containsExactly("S31200", "X3800", "R-1000");
        assertThat(told(town)).isEmpty();
        assertThat(own.asJson(officer(AuthorityId.of("013463"), Role.REVIEW, "it"), "", "").causes()).isEmpty();
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> causes.show(by, year, Baseline.ACTUAL,
                LedgerImport.Sight.PUBLISHED)).isInstanceOf(jp.kiban.kernel.Conflict.class);
        causes.show(decides, year, Baseline.ACTUAL, LedgerImport.Sight.SHARED);
        assertThat(told(town)).isEmpty();
        causes.show(decides, year, Baseline.ACTUAL, LedgerImport.Sight.PUBLISHED);
        assertThat(told(town)).containsEntry("S3", 1_200L).containsEntry("R", -1_000L);
        assertThat(targets.asJson(new Actor.Nobody(), raw(town)).causes().lines()).anySatisfy(l -> assertThat(l.code())
                .isEqualTo("S3"));
        // the ledger moves on: the split is no longer of it
        ledger.show(decides, bring(town, "resident-record", "1080", "1100").id(), LedgerImport.Sight.PUBLISHED);
        assertThat(told(town)).isEmpty();
        assertThat(own.asJson(by, "", "2025").causes().orElseThrow().stale()).isTrue();
    }

    private java.util.Map<String, Long> told(AuthorityId town) {
        return targets.asJson(new Actor.Nobody(), raw(town)).municipalities().items().getFirst().causes();
    }

    private static TargetPages.Raw raw(AuthorityId town) {
        return new TargetPages.Raw("2025", "", "", "", "", "", town.code(), "", "", "");
    }

    @Test
    void likeTownsAreThoseThatAlsoHadThePlatformWhereFiveHad() {
        var band = authorities.municipalities().stream().filter(a -> QuotePeers.band(a.population()) == 2 && a.id()
                .code().compareTo("2") >= 0).limit(8)
                .map(jp.kiban.authority.Authority::id).toList();
        bring(band.getFirst(), "seal-registration", "1000", "300000000");
        for (int i = 1; i < 8; i++) {
            ledger.show(officer(band.get(i), Role.APPROVAL, "kessai"), bring(band.get(i), "seal-registration", "1000", i
                    + "000000").id(), LedgerImport.Sight.PUBLISHED);
            platforms.say(officer(band.get(i), Role.REVIEW, "it"), i < 6 ? "in_house" : "other");
        }
        assertThat(peers(band.getFirst())).singleElement().satisfies(p -> assertThat(p.count()).isIn(5, 6, 7));
        platforms.say(officer(band.getFirst(), Role.REVIEW, "it"), "in_house");
        assertThat(peers(band.getFirst())).singleElement().satisfies(p -> {
            assertThat(p.count()).isEqualTo(5);
            assertThat(p.year()).isEqualTo(new FiscalYear(2025));
            assertThat(p.tier()).isIn(OwnPages.Tier.PLATFORM, OwnPages.Tier.PLATFORM_AND_STRENGTH);
        });
        // what a town says of itself is not told while it publishes nothing
        platforms.say(officer(AuthorityId.of("013480"), Role.REVIEW, "it"), "other");
        assertThat(platforms.published()).doesNotContainKey(AuthorityId.of("013480"));
    }

    private List<OwnPages.Peers> peers(AuthorityId of) {
        return own.asJson(officer(of, Role.REVIEW, "it"), "ACTUAL", "2025").systems().stream().flatMap(s -> s.peers()
                .stream()).toList();
    }
}
