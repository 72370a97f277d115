package jp.kiban.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Language;
import org.junit.jupiter.api.Test;

class AdviceTests {
    /// Four weeks from Monday 2 November 2026: 20 weekdays, of which two are holidays (3 and 23 November): 18 office days.
    private static final LocalDate MONDAY = LocalDate.of(2026, 11, 2);
    private static final AdviceTerms USUAL = AdviceTerms.usual();

    private record Shape(String id, AdviceRow.Kind kind, AdviceRow.Use use, String yen, boolean committed, String cpu,
            String memory, String cores, String calls) {}

    private static final Shape DEV = new Shape("dev", AdviceRow.Kind.COMPUTE, AdviceRow.Use.DEVELOPMENT, "10", false,
            "5",
            "", "", "");

    private static Shape prod(String id, String yen, String cpu, String memory, String cores) {
        return new Shape(id, AdviceRow.Kind.COMPUTE, AdviceRow.Use.PRODUCTION, yen, false, cpu, memory, cores, "");
    }

    private static List<AdviceRow> hourly(Shape shape, LocalDate from, int days) {
        var rows = new ArrayList<AdviceRow>();
        for (int h = 0; h < days * 24; h++)
            rows.add(row(shape, from.atStartOfDay().plusHours(h), 1, "1"));
        return rows;
    }

    private static AdviceRow row(Shape s, LocalDateTime from, int hours, String ran) {
        return new AdviceRow(s.id(), s.id(), s.kind(), s.use(), from, hours, new BigDecimal(ran), new BigDecimal(s
                .yen()), s.committed(), number(s.cpu()), number(s.memory()), number(s.cores()), number(
                        s
                                .calls()),
                Optional.empty(), Optional.empty(), 0);
    }

    private static Optional<BigDecimal> number(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(new BigDecimal(text));
    }

    private static AdviceTerms offers(String... offers) {
        return AdviceTerms.read("", "", String.join(",", offers), "", "", new ArrayList<>());
    }

    private static Optional<Advice> of(AdvicePlan plan, Advice.Kind kind) {
        return plan.advice().stream().filter(a -> a.kind() == kind).findFirst();
    }

    @Test
    void stopsADevelopmentServerOutsideOfficeHoursAndOnHolidays() {
        var plan = AdvicePlan.of(hourly(DEV, MONDAY, 28), USUAL);
        var advice = of(plan, Advice.Kind.SCHEDULE).orElseThrow();
        // 28 days of 24 hours, less 18 office days of 11 hours (8:00 to 19:00): 672 - 198 = 474 hours of 10 yen
        assertThat(advice.savedYen()).isEqualByComparingTo("4740");
        assertThat(advice.evidence()).isEqualTo(new Advice.Evidence(474, MONDAY, MONDAY.plusDays(27)));
        assertThat(advice.sureness()).isEqualTo(Advice.Sureness.HIGH);
        // 4740 yen in 672 hours is 61,789.29 in 8,760
        assertThat(advice.savedYenAYear().setScale(2, RoundingMode.HALF_UP)).isEqualByComparingTo("61789.29");
        assertThat(advice.why().ja()).contains("8時〜19時").contains("474時間");
    }

    @Test
    void theHourBeforeOpeningIsSavedAndTheOpeningHourIsNot() {
        for (var hour : List.of(7, 8, 18, 19)) {
            var one = new ArrayList<AdviceRow>();
            for (int d = 0; d < 28; d++)
                one.add(row(DEV, MONDAY.plusDays(d).atTime(hour, 0), 1, "1"));
            var saved = of(AdvicePlan.of(one, USUAL), Advice.Kind.SCHEDULE).orElseThrow().savedYen();
            // open hours are saved on the ten closed days only
            assertThat(saved).as("hour " + hour).isEqualByComparingTo(hour == 8 || hour == 18 ? "100" : "280");
        }
    }

    @Test
    void worksWithDaysAsWellTakingOfficeHoursToLieWithinThem() {
        var days = new ArrayList<AdviceRow>();
        for (int d = 0; d < 28; d++)
            days.add(row(new Shape("dev", AdviceRow.Kind.COMPUTE, AdviceRow.Use.DEVELOPMENT, "240", false, "", "", "",
                    ""), MONDAY.plusDays(d).atStartOfDay(), 24, "24"));
        var advice = of(AdvicePlan.of(days, USUAL), Advice.Kind.SCHEDULE).orElseThrow();
        // ten closed days whole (2,400) and 13 of 24 hours on eighteen (18 * 130)
        assertThat(advice.savedYen()).isEqualByComparingTo("4740");
        assertThat(advice.sureness()).isEqualTo(Advice.Sureness.MIDDLE);
    }

    @Test
    void neverStopsProductionNorWhatWorksAtNightNorWhatIsCommitted() {
        assertThat(of(AdvicePlan.of(hourly(prod("p", "10", "50", "50", ""), MONDAY, 28), USUAL), Advice.Kind.SCHEDULE))
                .isEmpty();
        var unknown = AdvicePlan.of(hourly(new Shape("u", AdviceRow.Kind.COMPUTE, AdviceRow.Use.UNKNOWN, "10", false,
                "50", "50", "", ""), MONDAY, 28), USUAL);
        assertThat(unknown.advice()).isEmpty();
        assertThat(unknown.skipped()).extracting(AdvicePlan.Skipped::kind).contains(Advice.Kind.SCHEDULE);
        var committed = AdvicePlan.of(hourly(new Shape("c", AdviceRow.Kind.COMPUTE, AdviceRow.Use.DEVELOPMENT, "10",
                true, "1", "1", "", ""), MONDAY, 28), USUAL);
        assertThat(committed.advice()).isEmpty();
        assertThat(committed.skipped()).hasSize(1);
        // a batch at 10 % at two in the morning is left alone; at 9.9 % the hour is saved
        for (var busy : List.of("10", "9.9")) {
            var rows = hourly(DEV, MONDAY, 28);
            rows.replaceAll(r -> r.from().getHour() == 2
                    ? row(new Shape("dev", DEV.kind(), DEV.use(), "10", false, busy, "", "", ""), r.from(), 1, "1")
                    : r);
            var advice = of(AdvicePlan.of(rows, USUAL), Advice.Kind.SCHEDULE).orElseThrow();
            assertThat(advice.savedYen()).isEqualByComparingTo(busy.equals("10") ? "4460" : "4740");
            assertThat(advice.sureness()).isEqualTo(busy.equals("10")
                    ? Advice.Sureness.MIDDLE
                    : Advice.Sureness.HIGH);
        }
    }

    @Test
    void advisesNothingFromThirteenDays() {
        var thirteen = AdvicePlan.of(hourly(DEV, MONDAY, 13), USUAL);
        assertThat(thirteen.advice()).isEmpty();
        assertThat(thirteen.skipped().getFirst().why().en()).isEqualTo(
                "There are 13 days of rows; advice needs 14.");
        assertThat(AdvicePlan.of(hourly(DEV, MONDAY, 14), USUAL).advice()).hasSize(1);
    }

    @Test
    void halvesASizeThatStaysWithinTheTargetAndNotOneTenthAbove() {
        // 35 % becomes 70 %; 35.1 % would become 70.2 %
        var fits = of(AdvicePlan.of(hourly(prod("p", "10", "35", "30", ""), MONDAY, 28), USUAL), Advice.Kind.SIZE)
                .orElseThrow();
        assertThat(fits.savedYen()).isEqualByComparingTo("3360"); // half of 6,720
        assertThat(fits.sureness()).isEqualTo(Advice.Sureness.HIGH);
        assertThat(of(AdvicePlan.of(hourly(prod("p", "10", "35.1", "30", ""), MONDAY, 28), USUAL), Advice.Kind.SIZE))
                .isEmpty();
        // memory counts where it is fuller
        assertThat(of(AdvicePlan.of(hourly(prod("p", "10", "20", "35.1", ""), MONDAY, 28), USUAL), Advice.Kind.SIZE))
                .isEmpty();
        // 17.5 % may be quartered (saves three quarters), unless it has but two cores
        assertThat(of(AdvicePlan.of(hourly(prod("p", "10", "17.5", "17.5", "4"), MONDAY, 28), USUAL), Advice.Kind.SIZE)
                .orElseThrow().savedYen()).isEqualByComparingTo("5040");
        assertThat(of(AdvicePlan.of(hourly(prod("p", "10", "17.5", "17.5", "2"), MONDAY, 28), USUAL), Advice.Kind.SIZE)
                .orElseThrow().savedYen()).isEqualByComparingTo("3360");
        assertThat(of(AdvicePlan.of(hourly(prod("p", "10", "17.5", "17.5", "1"), MONDAY, 28), USUAL), Advice.Kind.SIZE))
                .isEmpty();
        assertThat(of(AdvicePlan.of(hourly(prod("p", "10", "35", "", ""), MONDAY, 28), USUAL), Advice.Kind.SIZE)
                .orElseThrow().sureness()).isEqualTo(Advice.Sureness.LOW);
    }

    @Test
    void fiveOfAHundredPeriodsMayBeBusierAndSixMayNot() {
        for (int busy : List.of(16, 17, 18)) { // 336 periods: the 320th smallest counts, so 16 may be above it
            var rows = hourly(prod("p", "10", "35", "30", ""), MONDAY, 14);
            for (int i = 0; i < busy; i++)
                rows.set(i * 7, row(prod("p", "10", "90", "30", ""), rows.get(i * 7).from(), 1, "1"));
            assertThat(of(AdvicePlan.of(rows, USUAL), Advice.Kind.SIZE).isPresent()).as(busy + " busy").isEqualTo(
                    busy <= 16);
        }
    }

    @Test
    void nothingUnmeasuredIsMadeSmaller() {
        var rows = hourly(prod("p", "10", "20", "20", ""), MONDAY, 28);
        rows.set(5, row(prod("p", "10", "", "20", ""), rows.get(5).from(), 1, "1"));
        var plan = AdvicePlan.of(rows, USUAL);
        assertThat(of(plan, Advice.Kind.SIZE)).isEmpty();
        assertThat(plan.skipped()).extracting(AdvicePlan.Skipped::kind).contains(Advice.Kind.SIZE);
    }

    @Test
    void idleIsAtMostTwoPercentAndNeverCalled() {
        var idle = of(AdvicePlan.of(hourly(new Shape("i", AdviceRow.Kind.DATABASE, AdviceRow.Use.STAGING, "10", false,
                "2", "40", "", "0"), MONDAY, 28), USUAL), Advice.Kind.IDLE).orElseThrow();
        assertThat(idle.savedYen()).isEqualByComparingTo("6720");
        assertThat(idle.sureness()).isEqualTo(Advice.Sureness.HIGH);
        assertThat(of(AdvicePlan.of(hourly(new Shape("i", AdviceRow.Kind.DATABASE, AdviceRow.Use.STAGING, "10", false,
                "2.1", "40", "", "0"), MONDAY, 28), USUAL), Advice.Kind.IDLE)).isEmpty();
        var called = hourly(new Shape("i", AdviceRow.Kind.DATABASE, AdviceRow.Use.STAGING, "10", false, "2", "40", "",
                "0"), MONDAY, 28);
        called.set(9, row(new Shape("i", AdviceRow.Kind.DATABASE, AdviceRow.Use.STAGING, "10", false, "2", "40", "",
                "1"), called.get(9).from(), 1, "1"));
        assertThat(of(AdvicePlan.of(called, USUAL), Advice.Kind.IDLE)).isEmpty();
        // a standby of production looks idle: said, with the lowest sureness
        assertThat(of(AdvicePlan.of(hourly(prod("standby", "10", "1", "5", ""), MONDAY, 28), USUAL), Advice.Kind.IDLE)
                .orElseThrow().sureness()).isEqualTo(Advice.Sureness.LOW);
        // an address nobody uses; one that nobody counted is left alone
        assertThat(of(AdvicePlan.of(hourly(new Shape("ip", AdviceRow.Kind.ADDRESS, AdviceRow.Use.DEVELOPMENT, "1",
                false, "", "", "", "0"), MONDAY, 28), USUAL), Advice.Kind.IDLE)).isPresent();
        assertThat(of(AdvicePlan.of(hourly(new Shape("ip", AdviceRow.Kind.ADDRESS, AdviceRow.Use.DEVELOPMENT, "1",
                false, "", "", "", ""), MONDAY, 28), USUAL), Advice.Kind.IDLE)).isEmpty();
    }

    @Test
    void storageMovesWhereKeepingAndReadingTogetherAreCheaper() {
        // 28 days of 24 hours of 730 GB: 672 GB-months; at 1 yen 672, with 100 GB read at 3 yen 300: 972; now 28 * 60 = 1,680
        var cold = new AdviceTerms(8, 19, new BigDecimal(70), BigDecimal.TWO, 14, List.of(), List.of(
                new AdviceTerms.Storage("cold", BigDecimal.ONE, new BigDecimal(3), 90)), Optional.empty());
        var plan = AdvicePlan.of(stored("60", "100"), cold);
        assertThat(of(plan, Advice.Kind.STORAGE).orElseThrow().savedYen()).isEqualByComparingTo("708");
        // at 972 yen it is the same, at 971.99... there is nothing to save: read 336 GB
        assertThat(of(AdvicePlan.of(stored("60", "336"), cold), Advice.Kind.STORAGE)).isEmpty();
        assertThat(of(AdvicePlan.of(stored("60", "335"), cold), Advice.Kind.STORAGE).orElseThrow().savedYen())
                .isEqualByComparingTo("3");
        assertThat(of(AdvicePlan.of(stored("60", "100"), USUAL), Advice.Kind.STORAGE)).isEmpty();
    }

    private static List<AdviceRow> stored(String yen, String read) {
        var rows = new ArrayList<AdviceRow>();
        for (int d = 0; d < 28; d++)
            rows.add(new AdviceRow("logs", "logs", AdviceRow.Kind.STORAGE, AdviceRow.Use.PRODUCTION, MONDAY.plusDays(d)
                    .atStartOfDay(), 24, BigDecimal.valueOf(24), new BigDecimal(yen), false, Optional.empty(),
                    Optional
                            .empty(),
                    Optional.empty(), Optional.empty(), Optional.of(new BigDecimal(730)), Optional.of(
                            d == 0 ? new BigDecimal(read) : BigDecimal.ZERO),
                    0));
        return rows;
    }

    @Test
    void commitsToWhatMoreThanTheBreakEvenShareOfHoursReaches() {
        // 672 hours of 10 yen, and 10 more in half of them. At 28 % off, 72 % of hours must reach a level: 10 yen, not 20
        var rows = hourly(prod("base", "10", "60", "60", ""), MONDAY, 28);
        rows.addAll(hourly(prod("half", "10", "60", "60", ""), MONDAY, 14));
        var commitment = of(AdvicePlan.of(rows, offers("12:0:28")), Advice.Kind.COMMITMENT).orElseThrow()
                .commitment().orElseThrow();
        assertThat(commitment.listYenPerHour()).isEqualByComparingTo("10");
        assertThat(commitment.utilisationPercent()).isEqualByComparingTo("100");
        assertThat(commitment.breakEvenPercent()).isEqualByComparingTo("72");
        assertThat(commitment.savedYen()).isEqualByComparingTo("1881.6"); // 6,720 * 28 %
        // at 51 % off, half of the hours are enough: 20 yen, used to 75 %; saves 10,080 - 672 * 20 * 0.49
        var more = of(AdvicePlan.of(rows, offers("12:0:51")), Advice.Kind.COMMITMENT).orElseThrow().commitment()
                .orElseThrow();
        assertThat(more.listYenPerHour()).isEqualByComparingTo("20");
        assertThat(more.utilisationPercent()).isEqualByComparingTo("75");
        assertThat(more.savedYen()).isEqualByComparingTo("3494.4");
        // at exactly 50 % off the second ten yen would win nothing: not committed to
        assertThat(of(AdvicePlan.of(rows, offers("12:0:50")), Advice.Kind.COMMITMENT).orElseThrow().commitment()
                .orElseThrow().listYenPerHour()).isEqualByComparingTo("10");
    }

    @Test
    void noCommitmentPaysBelowItsBreakEvenUse() {
        // runs 14 of 28 days: 50 %. At 50 % off nothing is won, at 51 % it is
        var rows = hourly(prod("half", "10", "60", "60", ""), MONDAY, 14);
        rows.addAll(hourly(new Shape("other", AdviceRow.Kind.OTHER, AdviceRow.Use.PRODUCTION, "1", false, "", "", "",
                ""), MONDAY, 28));
        var none = AdvicePlan.of(rows, offers("12:0:50"));
        assertThat(of(none, Advice.Kind.COMMITMENT)).isEmpty();
        assertThat(none.skipped()).anyMatch(s -> s.why().en().contains("too uneven"));
        assertThat(of(AdvicePlan.of(rows, offers("12:0:51")), Advice.Kind.COMMITMENT).orElseThrow().savedYen())
                .isEqualByComparingTo("67.2"); // 3,360 - 672 * 10 * 0.49
    }

    @Test
    void aTermBeyondTheFiscalYearNeedsADebtIncurringAct() {
        var rows = hourly(prod("base", "10", "60", "60", ""), MONDAY, 28);
        for (var start : List.of("2027-04-01", "2027-04-02")) {
            var terms = AdviceTerms.read("", "", "12:0:28", "", start, new ArrayList<>());
            var advice = of(AdvicePlan.of(rows, terms), Advice.Kind.COMMITMENT).orElseThrow();
            boolean needs = start.endsWith("02");
            assertThat(advice.commitment().orElseThrow().needsDebtAct()).as(start).isEqualTo(needs);
            assertThat(advice.checks().stream().anyMatch(c -> c.ja().contains("地方自治法214条"))).isEqualTo(needs);
        }
        var three = AdviceTerms.read("", "", "36:100:45,12:0:28", "", "2027-04-01", new ArrayList<>());
        var advice = of(AdvicePlan.of(rows, three), Advice.Kind.COMMITMENT).orElseThrow();
        var commitment = advice.commitment().orElseThrow();
        assertThat(commitment.months()).isEqualTo(36);
        assertThat(commitment.needsDebtAct()).isTrue();
        // 1,096 days (2028 is a leap year) of 24 hours at 5.5 yen, all of it at the start
        assertThat(commitment.owedYen()).isEqualByComparingTo("144672");
        assertThat(commitment.upfrontYen()).isEqualByComparingTo("144672");
        assertThat(advice.checks().stream().anyMatch(c -> c.ja().contains("163条"))).isTrue();
        // the other term stands beside it and is not counted
        assertThat(commitment.others()).hasSize(1);
        assertThat(advice.savedYen()).isEqualByComparingTo("3024");
    }

    @Test
    void commitsOnlyToWhatEarlierStepsLeave() {
        // a development server that is to be stopped at night: its hours that remain are 198 of 672, below 72 %
        var plan = AdvicePlan.of(hourly(DEV, MONDAY, 28), offers("12:0:28"));
        assertThat(of(plan, Advice.Kind.SCHEDULE)).isPresent();
        assertThat(of(plan, Advice.Kind.COMMITMENT)).isEmpty();
        // and its smaller size is worked out on those hours alone: 198 * 10 = 1,980; 5 % may shrink to an eighth of it
        var both = AdvicePlan.of(hourly(new Shape("dev", DEV.kind(), DEV.use(), "10", false, "8.75", "8.75", "", ""),
                MONDAY, 28), USUAL);
        assertThat(of(both, Advice.Kind.SIZE).orElseThrow().savedYen()).isEqualByComparingTo("1732.5");
        assertThat(both.leftYen()).isEqualByComparingTo("247.5");
    }

    @Test
    void savingsNeverExceedWhatWasSpentAndAddUpExactly() {
        var random = new Random(7);
        for (int round = 0; round < 20; round++) {
            var rows = new ArrayList<AdviceRow>();
            for (int r = 0; r < 6; r++)
                rows.addAll(hourly(new Shape("r" + r, random.nextBoolean()
                        ? AdviceRow.Kind.COMPUTE
                        : AdviceRow.Kind.DATABASE, AdviceRow.Use.values()[random.nextInt(5)],
                        String.valueOf(random
                                .nextInt(50)),
                        random.nextInt(5) == 0, String.valueOf(random.nextInt(60)), String
                                .valueOf(random.nextInt(60)),
                        "8", random.nextBoolean() ? "0" : "3"), MONDAY,
                        28));
            var plan = AdvicePlan.of(rows, offers("12:0:28", "36:50:45"));
            assertThat(plan.savedYen().add(plan.leftYen())).isEqualByComparingTo(plan.spentYen());
            assertThat(plan.leftYen()).isGreaterThanOrEqualTo(BigDecimal.ZERO);
            assertThat(plan.advice().stream().map(Advice::savedYen).reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isEqualByComparingTo(plan.savedYen());
        }
    }

    @Test
    void readsATownsOwnTableInJapaneseAndAFocusExportInJapaneseTime() {
        var own = AdviceTable.read("資源,種類,用途,開始,円,CPU%\n開発1,サーバー,開発,2026-11-02T07:00,\"1,000円\",3%\n".getBytes(
                StandardCharsets.UTF_8));
        assertThat(own.getFirst().yen()).isEqualByComparingTo("1000");
        assertThat(own.getFirst().use()).isEqualTo(AdviceRow.Use.DEVELOPMENT);
        var focus = AdviceTable.read("""
                ResourceId,ResourceName,ServiceCategory,ChargePeriodStart,ChargePeriodEnd,EffectiveCost,PricingCategory,ChargeCategory,BillingCurrency,ConsumedQuantity,ConsumedUnit
                i-1,web,Compute,2026-11-01T22:00:00Z,2026-11-01T23:00:00Z,12.5,Committed,Usage,JPY,1,Hours
                i-1,web,Compute,2026-11-01T22:00:00Z,2026-11-01T23:00:00Z,1.25,,Tax,JPY,,
                """
                .getBytes(StandardCharsets.UTF_8));
        assertThat(focus).hasSize(1);
        assertThat(focus.getFirst().from()).isEqualTo(LocalDateTime.of(2026, 11, 2, 7, 0));
        assertThat(focus.getFirst().committed()).isTrue();
    }

    @Test
    void namesEveryFaultOfATableWithItsCell() {
        assertThatThrownBy(() -> AdviceTable.read("""
                resource,kind,use,from,yen,cpu,hours
                a,compute,prod,2026-11-02T07:30,10,5,1
                b,rocket,prod,2026-11-02,10,101,1
                c,compute,home,2026-13-02,-5,5,1
                ,compute,prod,2026-11-02,1,5,25
                """.getBytes(StandardCharsets.UTF_8))).isInstanceOfSatisfying(BadInput.class, bad -> assertThat(bad
                .findings()).extracting(f -> f.where())
                .containsExactly("D2", "B3", "F3", "D4", "E4", "C4", "A5", "G5"));
        assertThatThrownBy(() -> AdviceTable.read("資源,円\na,1\n".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(BadInput.class, bad -> assertThat(bad.findings().getFirst().message().in(
                        Language.EN)).contains("lacks from"));
        assertThatThrownBy(() -> AdviceTable.read(
                "ResourceId,ChargePeriodStart,EffectiveCost,BillingCurrency,ChargeCategory\ni,2026-11-02,1,USD,Usage\n"
                        .getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(BadInput.class, bad -> assertThat(bad
                        .findings().getFirst().where()).isEqualTo("D2"));
    }
}
