package jp.kiban.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.kiban.authority.Authority;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Language;
import org.junit.jupiter.api.Test;

class TargetTests {
    private static final Authority TOWN = new Authority(AuthorityId.of("013455"), Authority.Kind.TOWN, "森町", "もりまち",
            "Mori-machi", Optional.empty(), 1_000);
    private static final Authority CITY = new Authority(AuthorityId.of("242012"), Authority.Kind.CITY, "津市", "つし",
            "Tsu-shi", Optional.empty(), 99_000);

    private static Ledger.Sum sum(Authority of, String system, CostKind kind, String yen, Confidence confidence,
            String untaxed) {
        return new Ledger.Sum(Optional.of(of.id()), Optional.empty(), Optional.of(SystemCode.of(system)), Optional.of(
                kind), Optional.empty(), Optional.of(confidence), 1, 0, new BigDecimal(yen), new BigDecimal(yen),
                BigDecimal.ZERO, new BigDecimal(untaxed));
    }

    private static Ledger.Sum sum(Authority of, String system, CostKind kind, String yen) {
        return sum(of, system, kind, yen, Confidence.REPORTED, "0");
    }

    private static Target.Town town(List<Ledger.Sum> base, List<Ledger.Sum> now) {
        return Target.of(List.of(TOWN), base, now).towns().getFirst();
    }

    private static Target.Town town(String base, String now) {
        return town(List.of(sum(TOWN, "resident-record", CostKind.CLOUD, base)), List.of(sum(TOWN, "resident-record",
                CostKind.CLOUD, now)));
    }

    @Test
    void thirtyPercentLessIsMetToTheYenAndTheSameAsBeforeIsNotMore() {
        assertThat(town("1000", "700").state()).isEqualTo(Target.State.MET);
        assertThat(town("1000", "701").state()).isEqualTo(Target.State.BELOW);
        assertThat(town("1000", "1000").state()).isEqualTo(Target.State.BELOW);
        assertThat(town("1000", "1000.01").state()).isEqualTo(Target.State.ABOVE);
        assertThat(town("1000", "701").toGoYen().orElseThrow()).isEqualByComparingTo("1");
        assertThat(town("1000", "500").toGoYen().orElseThrow()).isEqualByComparingTo("0");
        assertThat(town("0", "5").changePercent()).isEmpty();
        assertThat(town("0", "5").state()).isEqualTo(Target.State.ABOVE);
    }

    @Test
    void whatIsUnknownIsNeverZero() {
        var record = List.of(sum(TOWN, "resident-record", CostKind.CLOUD, "100"));
        assertThat(town(record, List.of()).state()).isEqualTo(Target.State.NO_NOW);
        assertThat(town(List.of(), record).state()).isEqualTo(Target.State.NO_BASE);
        assertThat(town(List.of(), List.of()).state()).isEqualTo(Target.State.NOTHING);
        assertThat(town(List.of(), List.of()).nowYen()).isEmpty();
        assertThat(town(List.of(), record).changePercent()).isEmpty();
    }

    @Test
    void onlySystemsKnownOnBothSidesAreComparedAndAWholeIsNotHeldAgainstParts() {
        var one = town(List.of(sum(TOWN, "resident-record", CostKind.CLOUD, "100"), sum(TOWN, "seal-registration",
                CostKind.CLOUD, "900")), List.of(sum(TOWN, "resident-record", CostKind.CLOUD, "150"),
                        sum(TOWN,
                                "shared-base", CostKind.LINE, "70")));
        assertThat(one.changePercent().orElseThrow()).isEqualByComparingTo("50");
        assertThat(one.aloneBefore()).containsExactly(SystemCode.of("seal-registration"));
        assertThat(one.aloneNow()).containsExactly(SystemCode.of("shared-base"));
        assertThat(town(List.of(sum(TOWN, "all-systems", CostKind.OTHER, "1000")), List.of(sum(TOWN, "resident-record",
                CostKind.CLOUD, "150"))).state()).isEqualTo(Target.State.UNLIKE);
        assertThat(town(List.of(sum(TOWN, "all-systems", CostKind.OTHER, "1000")), List.of(sum(TOWN, "all-systems",
                CostKind.CLOUD, "600"))).state()).isEqualTo(Target.State.MET);
    }

    @Test
    void oneOffCostsAndSystemsThatAreNotStandardisedAreLeftOut() {
        assertThat(town(List.of(sum(TOWN, "resident-record", CostKind.CLOUD, "100")), List.of(sum(TOWN,
                "resident-record", CostKind.CLOUD, "60"), sum(TOWN, "resident-record", CostKind.ONE_OFF, "5000"),
                sum(
                        TOWN, "personnel", CostKind.CLOUD, "5000")))
                .nowYen().orElseThrow()).isEqualByComparingTo("60");
    }

    @Test
    void differencesByKindSumToTheWholeAndNameWhatGrewMostAndWhatIsNew() {
        var town = town(List.of(sum(TOWN, "resident-record", CostKind.HARDWARE_LEASE, "600"), sum(TOWN,
                "resident-record", CostKind.SOFTWARE_MAINTENANCE, "400")), List.of(
                        sum(TOWN, "resident-record",
                                CostKind.CLOUD, "700"),
                        sum(TOWN, "resident-record", CostKind.SOFTWARE_MAINTENANCE, "500"), sum(
                                TOWN, "resident-record", CostKind.LINE, "300")));
        assertThat(town.kinds()).containsExactly(java.util.Map.entry(CostKind.CLOUD, new BigDecimal("700")),
                java.util.Map.entry(CostKind.LINE, new BigDecimal("300")), java.util.Map.entry(
                        CostKind.SOFTWARE_MAINTENANCE, new BigDecimal("100")),
                java.util.Map.entry(
                        CostKind.HARDWARE_LEASE, new BigDecimal("-600")));
        assertThat(town.kinds().values().stream().reduce(BigDecimal.ZERO, BigDecimal::add)).isEqualByComparingTo(town
                .overYen().orElseThrow());
        assertThat(town.grewMost()).contains(CostKind.CLOUD);
        assertThat(town.newYen()).isEqualByComparingTo("1000");
        assertThat(town("100", "50").grewMost()).isEmpty();
    }

    @Test
    void theWeakestFigureSaysHowWellTheWholeIsKnown() {
        var town = town(List.of(sum(TOWN, "resident-record", CostKind.CLOUD, "100", Confidence.SECOND_HAND, "0")), List
                .of(sum(TOWN, "resident-record", CostKind.CLOUD, "60", Confidence.MEASURED, "60")));
        assertThat(town.confidence()).contains(Confidence.SECOND_HAND);
        assertThat(town.untaxed()).isTrue();
    }

    @Test
    void aTownThatTriplesIsNotAveragedAwayByACityThatSaves() {
        var target = Target.of(List.of(TOWN, CITY), List.of(sum(TOWN, "resident-record", CostKind.CLOUD, "10"), sum(
                CITY, "resident-record", CostKind.CLOUD, "990")), List.of(
                        sum(TOWN, "resident-record", CostKind.CLOUD,
                                "30"),
                        sum(CITY, "resident-record", CostKind.CLOUD, "690")));
        var nation = target.nation();
        assertThat(nation.byYen().orElseThrow()).isEqualByComparingTo("-28"); // 720 of 1,000
        assertThat(nation.byTown().orElseThrow()).isEqualByComparingTo("84.9"); // +200 and -30.3
        assertThat(nation.byHead().orElseThrow()).isEqualByComparingTo("-28.0"); // 1 % of people +200, 99 % -30.3
        assertThat(nation.met()).isEqualTo(1);
        assertThat(nation.above()).isEqualTo(1);
        assertThat(nation.abovePercent().orElseThrow()).isEqualByComparingTo("50");
        assertThat(nation.spread().orElseThrow().middle()).isEqualByComparingTo("84.9");
    }

    @Test
    void aBinHoldsItsUpperBoundAndEveryComparedTownStandsInOneBin() {
        var towns = new ArrayList<Authority>();
        var base = new ArrayList<Ledger.Sum>();
        var now = new ArrayList<Ledger.Sum>();
        var changes = List.of(500, 700, 701, 1000, 1001, 1250, 1251, 3000, 3001);
        for (int i = 0; i < changes.size(); i++) {
            var town = new Authority(code(24201 + i), Authority.Kind.TOWN, "町" + i, "まち", "Machi", Optional
                    .empty(), 100);
            towns.add(town);
            base.add(sum(town, "resident-record", CostKind.CLOUD, "1000"));
            now.add(sum(town, "resident-record", CostKind.CLOUD, String.valueOf(changes.get(i))));
        }
        var target = Target.of(towns, base, now);
        assertThat(target.histogram()).extracting(Target.Bin::towns).containsExactly(1, 1, 1, 1, 2, 1, 0, 1, 1);
        assertThat(target.histogram().stream().filter(b -> b.state() == Target.State.MET).mapToInt(Target.Bin::towns)
                .sum()).isEqualTo(target.nation().met());
        assertThat(target.histogram().stream().filter(b -> b.state() == Target.State.ABOVE).mapToInt(Target.Bin::towns)
                .sum()).isEqualTo(target.nation().above());
    }

    @Test
    void everyPublishedFigureSaysAgainstWhatItIsAndHowWellItIsKnown() {
        assertThat(TargetFact.all()).hasSize(9).allSatisfy(f -> {
            assertThat(f.base().in(Language.EN)).isNotBlank();
            assertThat(f.source()).isNotBlank();
        });
        assertThat(TargetFact.all()).extracting(TargetFact::confidence).contains(Confidence.SECOND_HAND);
        // +8 % and 2.3 times stand side by side because they are measured against different things
        assertThat(TargetFact.all().stream().filter(f -> f.value().ja().equals("+8.0%")).map(f -> f.base().ja()))
                .noneMatch(b -> TargetFact.all().stream().anyMatch(f -> f.value().ja().equals("2.3倍") && f.base().ja()
                        .equals(b)));
    }

    /// With its check digit.
    private static AuthorityId code(int five) {
        int sum = 0;
        for (int i = 0; i < 5; i++)
            sum += (String.valueOf(five).charAt(i) - '0') * (6 - i);
        return AuthorityId.of(five + String.valueOf((11 - sum % 11) % 10));
    }
}
