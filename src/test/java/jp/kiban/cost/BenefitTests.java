package jp.kiban.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Random;
import java.util.stream.Stream;
import jp.kiban.kernel.Finding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenefitTests {
    private static final String HEAD = "ledger,what,name,low,likely,high,from,to,wage\n";

    @Test
    void aThousandNowForThreeHundredAYearIsBackAfterThreeYearsAndAThird() {
        var view = read(
                "municipality,once,move,,1000,,,,\nmunicipality,before,old,,500,,,,\nmunicipality,after,new,,200,,,,\n",
                "5", "0,10");
        assertThat(view.total().netYen()).containsExactly(-1000L, 300L, 300L, 300L, 300L, 300L);
        assertThat(view.total().sumYen()).containsExactly(-1000L, -700L, -400L, -100L, 200L, 500L);
        var simple = view.total().atRates().get(0);
        assertThat(simple.npvYen()).isEqualTo(500);
        assertThat(simple.paybackYears().orElseThrow()).isEqualByComparingTo("3.3");
        // 300 · (1 − 1.1⁻⁵) / 0.1 = 1137.24; after four years 950.96 is back, the fifth brings 186.28
        var discounted = view.total().atRates().get(1);
        assertThat(discounted.npvYen()).isEqualTo(137);
        assertThat(discounted.paybackYears().orElseThrow()).isEqualByComparingTo("4.3");
    }

    @Test
    void moneyThatDoesNotComeBackHasNoPaybackAndNothingOwedHasNone() {
        assertThat(read("nation,once,x,,1000,,,,\nnation,benefit,y,,99,,,,\n", "10", "0").total().atRates().getFirst()
                .paybackYears()).isEmpty();
        assertThat(read("nation,once,x,,1000,,,,\nnation,benefit,y,,100,,,,\n", "10", "0").total().atRates().getFirst()
                .paybackYears().orElseThrow()).isEqualByComparingTo("10");
        assertThat(read("nation,benefit,y,,1,,,,\n", "10", "0").total().atRates().getFirst().paybackYears()
                .orElseThrow()).isEqualByComparingTo("0");
        // back in year 1, in debt again from year 2: the last time counts
        assertThat(read(
                "nation,once,x,,100,,,,\nnation,benefit,y,,150,,1,1,\nnation,once,z,,100,,2,2,\nnation,benefit,w,,50,,3,5,\n",
                "5", "0").total().atRates().getFirst().paybackYears().orElseThrow()).isEqualByComparingTo("3");
    }

    @Test
    void hoursAreWorthTheWageTheyName() {
        var view = read(
                "municipality,hours,saved,,100.5,,1,2,staff\nmunicipality,wage,staff,,3000,,,,\nresident,hours,saved,,10,,,,people\nresident,wage,people,,1000,,,,\n",
                "2", "0");
        assertThat(view.ledgers().stream().map(BenefitView.Ledger::ledger)).containsExactly("municipality", "resident");
        assertThat(view.total().netYen()).containsExactly(0L, 311_500L, 311_500L);
    }

    @Test
    void theSameSeedDrawsTheSameRangesAndAnotherOneNearlyTheSame() {
        var one = BenefitAsk.example();
        var again = view(one).ranges();
        assertThat(view(one).ranges()).isEqualTo(again);
        var other = view(new BenefitAsk(one.table(), "10", "2", "10000", "2")).ranges();
        assertThat(other).isNotEqualTo(again);
        double width = again.all().high() - again.all().low();
        assertThat(Math.abs(other.all().middle() - again.all().middle())).isLessThan((long) (width * 0.05));
    }

    @Test
    void whatDoesNotVaryIsDrawnAsItIs() {
        var view = read("nation,once,x,,1000,,,,\nnation,benefit,y,,300,,,,\n", "5", "0");
        assertThat(view.ranges().all()).isEqualTo(new Benefit.Range(500, 500, 500));
        assertThat(view.ranges().abovePercent()).isEqualByComparingTo("100");
        assertThat(view.ranges().middlePayback().orElseThrow()).isEqualByComparingTo("3.3");
        assertThat(view.drivers()).isEmpty();
    }

    @Test
    void drawsFollowTheTriangle() {
        // low 0, likely 300, high 600 for one year: 5 % lie below 300 · √(0.05 · 2) = 94.87
        var range = read("nation,benefit,y,0,300,600,1,1,\n", "1", "0").ranges().all();
        assertThat(range.low()).isBetween(88L, 101L);
        assertThat(range.middle()).isBetween(292L, 308L);
        assertThat(range.high()).isBetween(499L, 512L);
    }

    @Test
    void theWidestDriverStandsFirstAndTurningItMovesTheWholeAsFar() {
        var view = read("nation,once,small,90,100,110,,,\nnation,benefit,large,10,50,90,,,\n", "10", "0");
        assertThat(view.drivers().stream().map(Benefit.Turned::name)).containsExactly("large", "small");
        assertThat(view.drivers().getFirst().atLow()).isEqualTo(0);
        assertThat(view.drivers().getFirst().atHigh()).isEqualTo(800);
        assertThat(view.drivers().getLast().width()).isEqualTo(20);
    }

    @Test
    void theLedgersSumToTheWhole() {
        var random = new Random(20261121);
        for (int k = 0; k < 200; k++) {
            var table = new StringBuilder();
            for (int i = 0; i < 1 + random.nextInt(10); i++) {
                long likely = random.nextInt(1_000_000);
                table.append(
                        Stream.of("nation", "prefecture", "municipality", "resident").toList().get(random.nextInt(4)))
                        .append(',').append(Stream.of("once", "before", "after", "benefit").toList().get(random.nextInt(
                                4)))
                        .append(",n").append(i).append(',').append(likely / 2).append(',').append(likely).append(',')
                        .append(likely * 2).append(",,,\n");
            }
            var view = read(table.toString(), "7", "0");
            for (int y = 0; y <= 7; y++) {
                int year = y;
                assertThat(view.ledgers().stream().mapToLong(l -> l.netYen().get(year)).sum()).isEqualTo(view.total()
                        .netYen().get(y));
            }
            assertThat(view.ledgers().stream().mapToLong(l -> l.atRates().getFirst().npvYen()).sum())
                    .isEqualTo(view.total().atRates().getFirst().npvYen());
        }
    }

    @Test
    void everyFaultIsToldAtOnceWithItsLine() {
        var findings = new ArrayList<Finding>();
        assertThat(new BenefitAsk(HEAD + """
                town,once,a,,1,,,,
                nation,twice,b,,1,,,,
                nation,once,,,1,,,,
                nation,once,c,5,1,9,,,
                nation,once,d,,-1,,,,
                nation,once,e,,,,,,
                nation,once,f,,1,,3,1,
                nation,once,g,,1,,soon,,
                nation,once,f,,1,,,,
                x
                """, "0", "21", "7", "x").read(findings)).isEmpty();
        assertThat(findings.stream().map(f -> f.where() + " " + f.code().replaceFirst(".*fault\\.", "")))
                .containsExactlyInAnyOrder("years whole", "draws whole", "seed whole", "rates rates", "table ledger",
                        "table what", "table item", "table order", "table number", "table amount", "table span",
                        "table year", "table twice", "table width");
        findings.clear();
        assertThat(new BenefitAsk(HEAD + "nation,hours,a,,1,,,,staff\n", "", "", "", "").read(findings)).isEmpty();
        assertThat(findings.stream().map(Finding::code)).containsExactly("cost.benefit.fault.wage");
    }

    @Test
    void theVerbWritesBothKindsOfFile(@TempDir Path folder) throws Exception {
        var file = folder.resolve("in.csv");
        Files.writeString(file, BenefitAsk.example().table());
        assertThat(run(file.toString(), "--out", folder.resolve("a.json").toString(), "--seed", "7")).isZero();
        assertThat(Files.readString(folder.resolve("a.json"))).contains("\"seed\" : 7", "\"drivers\"");
        assertThat(run(file.toString(), "--out", folder.resolve("a.csv").toString())).isZero();
        assertThat(Files.readAllLines(folder.resolve("a.csv"))).hasSize(6);
        assertThat(run(file.toString(), "--years", "x")).isEqualTo(2);
    }

    // who bears what

    @Test
    void everyKindSaysForEveryStageWhoBearsItAndWhereThatIsWritten() {
        var sharing = Sharing.rules();
        assertThat(sharing.kinds().stream().map(Sharing.Kind::id)).containsExactly("pattern-b", "pattern-a", "dpi",
                "infrastructure", "data-exchange");
        for (var kind : sharing.kinds())
            for (var stage : Sharing.Stage.values()) {
                assertThat(kind.burden(stage).words()).isNotBlank();
                assertThat(kind.article()).startsWith("2(4)");
            }
        assertThat(sharing.kind("pattern-b").orElseThrow().stateYen(Sharing.Stage.SURVEY, 1001)).isEqualTo(1001);
        assertThat(sharing.kind("pattern-b").orElseThrow().stateYen(Sharing.Stage.USAGE, 1001)).isZero();
        assertThat(sharing.kind("pattern-a").orElseThrow().stateYen(Sharing.Stage.USAGE, 1001)).isEqualTo(1001);
    }

    private static int run(String... args) {
        return new CommandLine(new BenefitVerb()).setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(new StringWriter())).execute(args);
    }

    private static BenefitView read(String lines, String years, String rates) {
        return view(new BenefitAsk(HEAD + lines, years, rates, "", ""));
    }

    private static BenefitView view(BenefitAsk ask) {
        var findings = new ArrayList<Finding>();
        var view = ask.read(findings);
        assertThat(findings).isEmpty();
        assertThat(view.orElseThrow().ratesPercent()).doesNotContainNull().isNotEmpty();
        return view.get();
    }

}
