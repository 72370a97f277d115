package jp.kiban.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import jp.kiban.kernel.Finding;
import org.apache.commons.csv.CSVFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The figures written by hand are those of the published result of the first pilot (ガバメントクラウド先行事業, FY2023): eight areas, five years.
class GrowthTests {
    // the published table

    @Test
    void thePublishedTableIsReproducedToTheYen() {
        var view = published();
        assertThat(view.beforeYen()).isEqualTo(4_787_264_648L);
        assertThat(view.afterYen()).isEqualTo(4_588_982_119L);
        assertThat(view.differenceYen()).isEqualTo(-198_282_529L);
        assertThat(view.changePercent().orElseThrow()).isEqualByComparingTo("-4.14"); // −4.1 % as published
        assertThat(view.lines().stream().map(GrowthView.Line::differenceYen)).containsExactly(-32_408_600L, -910_000L,
                -2_248_750L, -676_804_225L, -29_412_800L, -424_077_843L, 36_531_992L, -182_930_465L, 210_543_578L,
                903_434_584L);
        assertThat(view.lines().stream().map(l -> l.shareAfter().toPlainString())).containsExactly("24.76", "0.50",
                "3.37", "3.15", "0.35", "26.93", "12.11", "0.14", "6.41", "22.28");
    }

    @Test
    void thePublishedRatesAndTheRateAtWhichBothAreTheSame() {
        var exchange = published().exchange().orElseThrow();
        assertThat(exchange.yenPerRate()).isEqualByComparingTo("8831605.1");
        assertThat(exchange.breakEvenRate().orElseThrow()).isEqualByComparingTo("137.45");
        assertThat(exchange.scenarios().stream().map(GrowthView.AtRate::differenceYen)).containsExactly(-198_282_529L,
                13_675_993L, 199_139_700L);
        var findings = new ArrayList<Finding>();
        var growth = new Growth(GrowthTable.read(GrowthAsk.example().table(), java.util.Optional.of(new BigDecimal(
                "115")), findings).orElseThrow());
        assertThat(growth.atRate(new BigDecimal("139")).after().getLast()).isEqualTo(1_235_892_323L);
        assertThat(growth.atRate(new BigDecimal("160")).after().getLast()).isEqualTo(1_422_609_869L);
        assertThat(growth.atRate(new BigDecimal("139")).before().getLast()).isEqualTo(120_499_217L);
        assertThat(growth.atRate(new BigDecimal("160")).before().getLast()).isEqualTo(121_753_056L);
    }

    @Test
    void itIsTheTableAsItWasTranscribed() throws Exception {
        var table = Stream
                .of(System.getProperty("kiban.facts.cost", ""), "../shared/data/cost", "../../shared/data/cost")
                .map(p -> Path.of(p, "runcost/senko_r5_total_by_item_5y.csv")).filter(Files::exists).findFirst();
        if (table.isEmpty()) {
            System.out.println("skipped: no transcribed table beside the project");
            return;
        }
        var view = published();
        try (var reader = Files.newBufferedReader(table.get())) {
            for (var row : CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get().parse(reader)) {
                if (row.get("item_code").equals("total")) {
                    assertThat(view.differenceYen()).isEqualTo(Long.parseLong(row.get("published_diff_yen")));
                    continue;
                }
                var line = view.lines().stream().filter(l -> l.item().equals(row.get("item_code"))).findFirst()
                        .orElseThrow();
                assertThat(line.differenceYen()).isEqualTo(Long.parseLong(row.get("published_diff_yen")));
                assertThat(line.shareAfter()).isEqualByComparingTo(row.get("published_share_b_pct"));
            }
        }
    }

    // each yen once

    @Test
    void theCausesSumToTheDifferenceOfAnyTable() {
        var random = new Random(20261121);
        for (int k = 0; k < 2000; k++) {
            var lines = new ArrayList<GrowthLine>();
            int n = 1 + random.nextInt(8);
            for (int i = 0; i < n; i++)
                lines.add(new GrowthLine("i" + i, "i" + i, side(random), side(random), causes(random)));
            var growth = new Growth(lines);
            for (var split : growth.splits())
                assertThat(split.yen().values().stream().mapToLong(Long::longValue).sum())
                        .isEqualTo(split.line().difference());
            assertThat(growth.byCause().values().stream().mapToLong(Long::longValue).sum())
                    .isEqualTo(growth.difference());
        }
    }

    private static GrowthLine.Side side(Random random) {
        return new GrowthLine.Side(random.nextLong(2_000_000_000L) - 100_000_000, random.nextBoolean()
                ? BigDecimal.ZERO
                : new BigDecimal(random.nextInt(5_000_000)).movePointLeft(2),
                new BigDecimal(80 + random.nextInt(90)), new BigDecimal(random.nextInt(101)).movePointLeft(2),
                random.nextBoolean() ? BigDecimal.ZERO : new BigDecimal(90 + random.nextInt(30)),
                random.nextBoolean() ? BigDecimal.ZERO : new BigDecimal(1 + random.nextInt(50)));
    }

    private static Map<String, BigDecimal> causes(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> Map.of();
            case 1 -> Map.of("S1", BigDecimal.ONE);
            case 2 -> Map.of("S2", new BigDecimal("33.3"), "S9", new BigDecimal("66.7"));
            default -> Map.of("S1", BigDecimal.ONE, "S2", BigDecimal.ONE, "X1", BigDecimal.ONE);
        };
    }

    @Test
    void whatNobodyExplainsIsShownAsSuch() {
        var view = read("item,before,after,cause\na,100,180,\nb,10,40,\"S1:2,S4:1\"\n", "", "", "");
        assertThat(view.causes().stream().map(c -> c.code() + "=" + c.yen())).containsExactly("S1=20", "S4=10", "U=80");
    }

    @Test
    void exchangeWagesAndQuantityAreTakenOutOfALine() {
        // 100 dollars at 100 yen, then at 150: 5,000 yen of exchange, nothing else
        var dollar = read(
                "item,before,after,foreign_before,foreign_after,rate_before,rate_after\na,10000,15000,100,100,100,150\n",
                "", "", "");
        assertThat(dollar.causes().stream().map(c -> c.code() + "=" + c.yen())).containsExactly("X3=5000");
        // all labour, index 100 to 110
        var wage = read(
                "item,before,after,labour_before,labour_after,wage_before,wage_after\na,1000,1100,100,100,100,110\n",
                "", "", "");
        assertThat(wage.causes().stream().map(c -> c.code() + "=" + c.yen())).containsExactly("X2=100");
        // two at 50, then three at 60: one more at the mean price 55, and 10 more for the mean 2.5
        var quantity = read("item,before,after,quantity_before,quantity_after,cause\na,100,180,2,3,S4\n", "", "", "");
        assertThat(quantity.causes().stream().map(c -> c.code() + "=" + c.yen())).containsExactly("S4=25", "Q=55");
    }

    @Test
    void whenWagesMoveBothBillsMove() {
        var wages = read("item,before,after,labour_before,labour_after\na,1000,1200,100,50\n", "", "", "10,-20")
                .wages().orElseThrow();
        assertThat(wages.yenPerPercent()).isEqualByComparingTo("-4");
        assertThat(wages.scenarios().stream().map(GrowthView.AtWage::differenceYen)).containsExactly(160L, 280L);
        assertThat(wages.breakEvenPercent().orElseThrow()).isEqualByComparingTo("50");
    }

    // sloppy files

    @Test
    void everyFaultOfATableIsToldAtOnceWithItsLine() {
        var findings = new ArrayList<Finding>();
        assertThat(new GrowthAsk("""
                item,before,after,cause,foreign_after,labour_after
                a,"1,000",¥2000,S1,,
                b,NULL,=1+1,S11,,
                a,1.5,2,,,
                合計,1,2,,,
                ,1,2,,,
                c,1,,,100%,101
                d,1
                """, "x", "0", "many").read(findings)).isEmpty();
        assertThat(findings.stream().map(f -> f.where() + " " + f.code().replaceFirst(".*fault\\.", "")))
                .containsExactlyInAnyOrder("base base", "rates rates", "wages wages", "table number", "table number",
                        "table cause", "table twice", "table fraction", "table total", "table item", "table amount",
                        "table rate", "table percent", "table width");
        assertThat(findings.stream().filter(f -> f.code().endsWith("number")).map(f -> f.message().en()))
                .containsExactlyInAnyOrder("Line 3 before: not a number: NULL", "Line 3 after: not a number: =1+1");
    }

    @Test
    void amountsWithSignsOfTheTradeAreRead() {
        var view = read("item,before,after\na,\"¥10,000\",△500\nb,１２３,▲１円\n", "", "", "");
        assertThat(view.lines().stream().map(GrowthView.Line::differenceYen)).containsExactly(-10_500L, -124L);
    }

    @Test
    void theVerbReadsWhatASpreadsheetSavesAndTellsFaultsWithTwo(@TempDir Path folder) throws Exception {
        var file = folder.resolve("own.csv");
        Files.write(file, "item,before,after\r\n回線,100,300\r\n".getBytes(Charset.forName("windows-31j")));
        var out = folder.resolve("out.json");
        assertThat(run(file.toString(), "--out", out.toString())).isZero();
        assertThat(Files.readString(out)).contains("\"differenceYen\" : 200", "回線");
        Files.writeString(file, "before,after\n1,2\n");
        assertThat(run(file.toString())).isEqualTo(2);
        assertThat(run(folder.resolve("none.csv").toString())).isEqualTo(2);
        assertThat(run(file.toString(), "--out", "x.pdf", "--base", "0")).isEqualTo(2);
    }

    private static int run(String... args) {
        return new CommandLine(new GrowthVerb()).setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(new StringWriter())).execute(args);
    }

    private static GrowthView published() {
        var findings = new ArrayList<Finding>();
        var view = GrowthAsk.example().read(findings);
        assertThat(findings).isEmpty();
        return view.orElseThrow();
    }

    private static GrowthView read(String table, String base, String rates, String wages) {
        var findings = new ArrayList<Finding>();
        var view = new GrowthAsk(table, base, rates, wages).read(findings);
        assertThat(findings).isEmpty();
        return view.orElseThrow();
    }

}
