package jp.kiban.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// Claims about one bill of several municipalities, and about the ledger given out by a verb.
class FocusSplitTests {
    private static final String BILL = """
            BilledCost,BillingCurrency,BillingPeriodStart,ServiceCategory,ChargeCategory,ProviderName,SubAccountId
            100.1,USD,2026-04-01T00:00:00Z,Compute,Usage,Cloud,tsu-1
            0.0000001,USD,2026-04-01T00:00:00Z,Compute,Usage,Cloud,all
            1000,JPY,2026-05-01T00:00:00Z,Storage,Usage,Cloud,all
            -100,JPY,2026-05-01T00:00:00Z,Storage,Credit,Cloud,all
            77,JPY,2026-05-01T00:00:00Z,Storage,Usage,Cloud,fukui-1
            5,JPY,2026-05-01T00:00:00Z,Storage,Usage,Cloud,who
            10,JPY,2026-05-01T00:00:00Z,Storage,Tax,Cloud,tsu-1
            """;
    private static final String MAP = "出どころ,団体,業務\ntsu-1,津市,住民基本台帳\nfukui-1,182010,\nall,共通,\n";

    @TempDir
    Path folder;

    private record Run(int exit, String said) {}

    private Run run(String... words) {
        var said = new StringWriter();
        var verb = new CommandLine(new FocusVerb()).setOut(new PrintWriter(said)).setErr(new PrintWriter(said));
        return new Run(verb.execute(words), said.toString());
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private Run split(String... more) throws IOException {
        return run(java.util.stream.Stream.concat(java.util.stream.Stream.of("split", file("bill.csv", BILL), "--map",
                file("map.csv", MAP), "--rate", "USD=150.25@2026-03-31", "--out", folder.resolve("out").toString()),
                Arrays.stream(more)).toArray(String[]::new));
    }

    @Test
    void eachMunicipalityGetsItsOwnAndItsPartOfWhatIsSharedAndTheSumIsExact() throws IOException {
        var run = split("--rule", "equal:6,population:94", "--members", "鳥羽市");
        assertThat(run.exit()).as(run.said()).isEqualTo(2);
        assertThat(run.said()).contains("JPY 合計 992 ＝ 団体の分 987 ＋ 持ち主不明 5", "USD 合計 100.1000001 ＝ 団体の分 100.1000001",
                "持ち主不明: who");
        assertThat(Files.readString(folder.resolve("out/summary.csv"))).contains("182010,福井市,JPY,77,419,496",
                "242012,津市,JPY,10,436,446", "242110,鳥羽市,JPY,0,45,45", "242012,津市,USD,100.1,0.0000001,100.1000001");
        assertThat(Files.readString(folder.resolve("out/unmapped.csv"))).contains("who,,,JPY,5,1");
        var yen = new BigDecimal[]{BigDecimal.ZERO};
        for (String code : new String[]{"182010", "242012", "242110"})
            assertThat(LedgerSheet.read(folder.resolve("out/" + code + ".csv"), code, e -> yen[0] = yen[0].add(e.yen()))
                    .notices()).isNotNull();
        assertThat(yen[0]).as("what the ledgers take is what the bill says").isEqualByComparingTo(new BigDecimal(
                "100.1000001").multiply(new BigDecimal("150.25")).add(new BigDecimal("987")));
    }

    @Test
    void aBillThatIsGivenWholeEndsWithNothingLeftAndTaxIsNotTakenTwice() throws IOException {
        var run = run("split", file("bill.csv", BILL), "--map", file("map.csv", MAP + "who,福井市,\n"), "--rate",
                "USD=150",
                "--tax", "excluded", "--rule", "usage", "--usage", file("usage.csv", "団体,件数\n津市,2\n福井市,1\n"), "--out",
                folder
                        .resolve("out").toString());
        assertThat(run.exit()).as(run.said()).isZero();
        assertThat(run.said()).contains("JPY 合計 992 ＝ 団体の分 982 ＋ 持ち主不明 0 ＋ 税の行（税抜として税を加えるので入れない） 10");
        assertThat(Files.readString(folder.resolve("out/summary.csv"))).contains("242012,津市,JPY,0,600,600");
        assertThat(Files.exists(folder.resolve("out/unmapped.csv"))).isFalse();
    }

    @Test
    void everyFaultIsToldAtOnceAndNothingIsWritten() throws IOException {
        var run = run("split", file("bill.csv", BILL), "--map", file("map.csv",
                "a,府中市,\nb,999999,\nc,津市,どこか\nd,津市,\nd,津市,\n"), "--rule", "levelised:population", "--tax", "maybe",
                "--out",
                folder
                        .toString());
        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.said()).contains("132063", "「999999」", "どこか", "「d」", "levelised:population", "maybe",
                "空のフォルダーではありません");
        var usage = split("--rule", "usage");
        assertThat(usage.exit()).isEqualTo(3);
        assertThat(usage.said()).contains("usage の合計が0");
        assertThat(Files.exists(folder.resolve("out"))).isFalse();
    }

    @Test
    void whatAnAllocationWroteTellsTheMunicipalitiesApart() throws IOException {
        var run = run("split", file("bill.csv", """
                BilledCost,BillingCurrency,BillingPeriodStart,AllocatedResourceId,AllocatedTags
                100,JPY,2026-04-01T00:00:00Z,tsu,"{""town"": ""津""}"
                "1,000",JPY,2026-04-01,fukui,"{""town"": ""福井""}"
                """), "--by", "allocated:town", "--map", file("map.csv", "津,津市,\n福井,福井市,\n"), "--out", folder.resolve(
                "out").toString());
        assertThat(run.exit()).as(run.said()).isZero();
        assertThat(run.said()).contains("注記: 仕様の書き方ではない数を、正確に読み取った（BilledCost、1 か所、最初は 3 行目）");
        assertThat(Files.readString(folder.resolve("out/182010.csv"))).contains("allocated:town=福井");
        assertThat(FocusSums.Source.of("AllocatedResourceId")).isPresent();
    }

    @Test
    void sharesSumToTheLastDecimalWhateverTheAmountAndTheWeights() {
        var random = new Random(20261121);
        for (int n = 0; n < 2_000; n++) {
            var weights = new BigInteger[1 + random.nextInt(50)];
            for (int i = 0; i < weights.length; i++)
                weights[i] = new BigInteger(random.nextInt(70), random);
            weights[0] = weights[0].add(BigInteger.ONE);
            var amount = new BigDecimal(new BigInteger(random.nextInt(120), random).subtract(BigInteger.TWO.pow(60)),
                    random.nextInt(20));
            var shares = FocusSplit.shares(amount, weights);
            assertThat(Arrays.stream(shares).reduce(BigDecimal.ZERO, BigDecimal::add)).isEqualByComparingTo(amount);
            var total = Arrays.stream(weights).reduce(BigInteger.ZERO, BigInteger::add);
            for (int i = 0; i < shares.length; i++) // nobody is further from its due than one of the last decimal
                assertThat(shares[i].unscaledValue().multiply(total).subtract(amount.unscaledValue().multiply(
                        weights[i])).abs()).isLessThan(total);
        }
    }

    @Test
    void theLedgerIsGivenOutByAVerbAndWhatCannotBeTakenIsNamed() throws IOException {
        var ledger = folder.resolve("ledger.csv");
        Files.write(ledger, new LedgerTemplate(jp.kiban.kernel.Language.JA).csv());
        var rows = new LedgerTemplate(jp.kiban.kernel.Language.JA).example();
        var text = new StringBuilder(Files.readString(ledger).strip() + "\n");
        try (var csv = org.apache.commons.csv.CSVFormat.EXCEL.print(text)) {
            csv.printRecords(rows);
        }
        Files.writeString(ledger, text.toString());
        var out = folder.resolve("focus.csv");
        var run = run("export", ledger.toString(), "--authority", "242012", "--out", out.toString());
        assertThat(run.exit()).as(run.said()).isZero();
        var yen = new BigDecimal[]{BigDecimal.ZERO};
        LedgerSheet.read(ledger, "ledger.csv", e -> yen[0] = yen[0].add(e.yen()));
        try (var read = FocusFile.open(out)) {
            var added = FocusSums.of(read, new FocusSums.Asked(FocusSums.Source.of("SubAccountId").orElseThrow(),
                    FocusColumn.BILLED_COST, false, false), (r, b, of) -> true);
            assertThat(added.rows()).isEqualTo(rows.size());
            assertThat(added.sum("JPY")).isEqualByComparingTo(yen[0]);
        }
        var sheet = folder.resolve("focus.xlsx");
        assertThat(
                run("export", ledger.toString(), "--authority", "242012", "--year", "2025", "--out", sheet.toString())
                        .exit())
                .isZero();
        assertThat(jp.kiban.portal.Spreadsheet.read(Files.readAllBytes(sheet)).sheets().getFirst().rows().getFirst())
                .containsAll(FocusExport.HEADER);
        var refused = run("export", folder.resolve("none.csv").toString(), "--authority", "242011", "--year", "x",
                "--out", "x.parquet");
        assertThat(refused.exit()).isEqualTo(3);
        assertThat(refused.said()).contains("242011", "x.parquet", "「x」", "none.csv");
    }
}
