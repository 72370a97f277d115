package jp.kiban.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class ScrutinyTests {
    private static final QuoteForm FORM = QuoteForm.shipped();
    private static final QuoteRule.Published RULES = QuoteRule.shipped();

    private static List<QuoteRule> rules() { return RULES.rules(); }

    @ParameterizedTest
    @MethodSource("rules")
    void everyRuleSpeaksInOneOfItsExamplesAndIsSilentInTheOther(QuoteRule rule) {
        assertThat(asks(rule, rule.fires())).as(rule.id() + " fires").isTrue();
        assertThat(asks(rule, rule.silent())).as(rule.id() + " silent").isFalse();
    }

    private static boolean asks(QuoteRule rule, JsonNode example) {
        var peers = Optional.ofNullable(example.get("peers"));
        return !Scrutiny.of(quote(example), new QuoteRule.Published(1, List.of(rule)), peers).asked().isEmpty();
    }

    private static Quote quote(JsonNode example) {
        var lines = new ArrayList<Quote.Line>();
        var columns = new HashMap<String, String>();
        // what a rule needs is there, if empty: its examples say only what matters
        FORM.columns().forEach(c -> columns.put(c.key(), c.title()));
        for (var line : example.path("lines")) {
            var values = ((ObjectNode) line).deepCopy();
            lines.add(new Quote.Line(lines.size() + 1, lines.size() + 2, values.put("no", lines.size() + 1)));
        }
        var head = example.path("head") instanceof ObjectNode given
                ? given.deepCopy()
                : JsonNodeFactory.instance.objectNode();
        return new Quote("example", "", 1, head, lines, columns, List.of(), List.of());
    }

    private static final String CLEAN = """
            団体コード,242012
            事業者,みほん情報株式会社
            件名,住民記録システム運用
            見積日,2026-11-01
            契約月数,60
            見積者数,3
            ガバメントクラウドへ移行,はい
            データ返却の定め,あり
            現行と範囲が同じ,はい

            費目,名称,数量,単位,単価,金額,開始日,終了日,一時・経常,積算根拠,根拠資料,業務,環境,月の稼働時間,人月,成果物,昨年度の金額,昨年度の単価,割引,購入の型
            クラウド利用経費,計算（本番）,12,月,"200,000","2,400,000",2027-04-01,2028-03-31,経常,実績,別紙1,住民記録,本番,730,,,"2,300,000","191,667",一括割引,1年確約
            クラウド利用経費,計算（検証）,12,月,"30,000","360,000",2027-04-01,2028-03-31,経常,実績,別紙1,住民記録,検証,200,,,"360,000","30,000",一括割引,従量
            クラウド利用経費,データ転送,12,月,"10,000","120,000",2027-04-01,2028-03-31,経常,実績,別紙1,住民記録,本番,,,,"120,000","10,000",一括割引,従量
            セキュリティ,監査ログの保管,12,月,"5,000","60,000",2027-04-01,2028-03-31,経常,実績,別紙1,住民記録,本番,,,,"60,000","5,000",,
            システム運用作業,運用作業,2,人月,"1,040,000","2,080,000",2027-04-01,2028-03-31,経常,作業表,別紙2,住民記録,本番,,2,運用報告書,"2,000,000","1,000,000",,
            小計,,,,,"5,020,000"
            消費税,,,,,"502,000"
            合計,,,,,"5,522,000"
            """;

    @Test
    void aCleanQuoteIsAskedNothing() {
        var scrutiny = scrutinise(CLEAN);
        assertThat(scrutiny.asked()).extracting(a -> a.rule().id() + " " + a.lines()).isEmpty();
        assertThat(scrutiny.sum()).isEqualByComparingTo("5020000");
        assertThat(scrutiny.silent()).isGreaterThan(15);
    }

    @Test
    void tenPlantedFaultsAreAllFound() {
        var planted = CLEAN
                .replace("\"200,000\",\"2,400,000\"", "\"200,000\",\"2,500,000\"") // Q01, and with it the subtotal
                .replace("見積者数,3", "見積者数,1") // Q34
                .replace("データ返却の定め,あり", "データ返却の定め,なし") // Q36
                .replace("検証,200", "検証,730") // Q15
                .replace("1年確約", "従量") // Q17
                .replace("\"1,040,000\",\"2,080,000\"", "\"1,060,000\",\"2,120,000\"") // Q08
                .replace(",運用報告書,", ",,") // Q06
                .replace("セキュリティ,監査ログの保管", "その他外部委託,予備費") // Q21 and Q31
                .replace("クラウド利用経費,データ転送", "クラウド利用経費,通信") // Q29
                .replace("現行と範囲が同じ,はい", "現行と範囲が同じ,はい\n他社の最低見積額,5160000") // Q35
                .replace(",作業表,別紙2", ",,"); // Q03
        var found = scrutinise(planted).asked().stream().map(a -> a.rule().id()).toList();
        assertThat(found).contains("Q01", "Q01-total", "Q34", "Q36", "Q15", "Q17", "Q08", "Q06", "Q21", "Q29", "Q03",
                "Q31", "Q35");
    }

    /// What is planted, and every question that it alone raises, with the lines: nothing is asked besides.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "\"200,000\",\"2,400,000\"|\"200,000\",\"2,500,000\"|Q01[1] Q01-total[]",
            "見積者数,3|見積者数,1|Q34[]", "データ返却の定め,あり|データ返却の定め,なし|Q36[]", "検証,200|検証,730|Q15[2] Q17[2]",
            "1年確約|従量|Q17[1]", "\"1,040,000\",\"2,080,000\"|\"1,060,000\",\"2,120,000\"|Q01-total[] Q08[5]",
            ",運用報告書,|,,|Q06[5]", "セキュリティ,監査ログの保管|その他外部委託,予備費|Q21[4] Q31[1,2,3]", "データ転送|通信|Q29[1,2,3]",
            "同じ,はい|同じ,はい~他社の最低見積額,5020000|Q35[]", ",作業表,別紙2|,,|Q03[5]",
            "小計,,,,,\"5,020,000\"|小計,,,,,\"5,120,000\"|Q01-total[]"})
    void everyFaultPlantedAloneRaisesItsQuestionOnItsLineAndNoOther(String clean, String planted, String asked) {
        assertThat(CLEAN).contains(clean);
        assertThat(scrutinise(CLEAN.replace(clean, planted.replace("~", "\n"))).asked().stream().map(a -> a.rule().id()
                + a.lines().toString().replace(" ", "")).sorted().toList()).containsExactlyInAnyOrder(asked.split(
                        " "));
    }

    /// Two rows of headings, amounts with and without tax side by side, the sums under both.
    @Test
    void aTableWithTwoRowsOfHeadingsAndBothAmountsIsRead() {
        var quote = vendors("""
                御見積書
                件名：住民記録 運用,,,,,見積日,令和8年10月20日
                御見積金額（税込）,,"16,280,000円"
                No.,内訳,,,,金額,
                ,摘　要,数量,単位,単価（税抜）,税抜,税込
                1,クラウド（本番）,12,月,"450,000","5,400,000","5,940,000"
                2,保守,1,式,"9,400,000","9,400,000","10,340,000"
                ,小計,,,,"14,800,000","16,280,000"
                ,消費税（10%）,,,,"1,480,000",
                ,合計,,,,"16,280,000",
                """);
        assertThat(quote.lines()).extracting(l -> l.number("amount").orElseThrow().intValueExact()).containsExactly(
                5_400_000, 9_400_000);
        assertThat(quote.head().path("title").asString()).isEqualTo("住民記録 運用");
        assertThat(quote.head().path("date").asString()).isEqualTo("2026-10-20");
        assertThat(quote.head().path("subtotal").decimalValue()).isEqualByComparingTo("14800000");
        assertThat(quote.head().path("total").decimalValue()).isEqualByComparingTo("16280000");
        assertThat(questions(quote)).doesNotContain("Q01-total", "Q01-taxed", "Q01");
    }

    @Test
    void amountsWithTaxAreTakenWithoutItAndCountedThingsAreRead() {
        var quote = vendors("""
                項番,作業内容,工数,単価,御見積額（税込）,備考
                1,システム運用作業,12人月,"1,320,000円","15,840,000円",
                2,保守,1式,"3,300,000円","3,300,000円",年額
                3,回線,12ヶ月,"220,000円","2,640,000円",
                4,値引き,,,"△440,000円",
                ,合　計,,,"21,340,000円",
                """);
        assertThat(quote.lines()).extracting(l -> l.number("amount").orElseThrow().intValueExact()).containsExactly(
                14_400_000, 3_000_000, 2_400_000, -400_000);
        assertThat(quote.lines()).extracting(l -> l.words("unit")).containsExactly("人月", "式", "ヶ月", "");
        assertThat(quote.notes().getFirst().en()).contains("without it, at 10 %");
        assertThat(quote.headings()).extracting(Map.Entry::getKey).containsExactlyInAnyOrder("作業内容", "工数", "単価",
                "御見積額（税込）", "項番", "備考");
        assertThat(questions(quote)).contains("Q02").doesNotContain("Q01", "Q01-taxed");
        assertThat(questions(vendors("作業内容,税込金額\n保守,1100\n合計,1200\n"))).contains("Q01-taxed");
    }

    @Test
    void aYearAColumnBecomesALineAYearAndThousandsBecomeYen() {
        var quote = vendors("""
                運用経費見積（5か年）,,,単位：千円
                区分,品名,令和8年度,R9,2028年度,3年間合計
                クラウド利用料,本番,5400,5400,5600,16400
                運用,諸経費,2000,,2000,"4,500"
                ,小計,7400,5400,7600,20400
                """);
        assertThat(quote.lines()).extracting(l -> l.words("from") + " " + l.number("amount").orElseThrow()
                .toBigIntegerExact()).containsExactly("2026-04-01 5400000", "2027-04-01 5400000", "2028-04-01 5600000",
                        "2026-04-01 2000000", "2028-04-01 2000000");
        assertThat(quote.notes()).hasSize(2);
        var asked = Scrutiny.of(quote, RULES, Optional.empty()).asked();
        assertThat(asked).anySatisfy(a -> {
            assertThat(a.rule().id()).isEqualTo("Q01-years");
            assertThat(a.lines()).containsExactly(4);
            assertThat(a.high()).contains(500_000L);
        });
    }

    @Test
    void anAmountThatNobodyPaysIsASlipAndWhatIsNoQuoteSaysWhichHeadingsItHas() {
        assertThatThrownBy(() -> vendors("名称,数量,単価\n保守,999999999999999999,999999999999999999\n"))
                .isInstanceOfSatisfying(BadInput.class, bad -> assertThat(bad.findings().getFirst().code()).endsWith(
                        "much"));
        assertThatThrownBy(() -> vendors("あ,い,う\nえ,100,お\n")).isInstanceOfSatisfying(BadInput.class,
                bad -> assertThat(bad.findings().getFirst().message().ja()).contains("あ、い、う"));
    }

    private static Quote vendors(String csv) {
        return Quote.read("vendor.csv", csv.getBytes(Charset.forName("windows-31j")), FORM, Map.of());
    }

    private static List<String> questions(Quote quote) {
        return Scrutiny.of(quote, RULES, Optional.empty()).asked().stream().map(a -> a.rule().id()).toList();
    }

    @Test
    void anEffectIsWhatTheRuleSaysToTheYen() {
        var asked = scrutinise(CLEAN.replace("\"1,040,000\",\"2,080,000\"", "\"1,060,000\",\"2,120,000\"")).asked();
        var labour = asked.stream().filter(a -> a.rule().id().equals("Q08")).findFirst().orElseThrow();
        // 1,060,000 against 1,050,000 (5 % more than last year) and 1,000,000, two person-months
        assertThat(labour.low()).isEqualTo(20_000);
        assertThat(labour.high()).contains(120_000L);
    }

    @Test
    void whatAQuoteDoesNotSayIsNotedAndNotHeldAgainstIt() {
        var scrutiny = scrutinise("名称,金額,積算根拠,根拠資料\n監視,1000,実績,別紙\n");
        assertThat(scrutiny.skipped()).extracting(s -> s.rule().id()).contains("Q09", "Q15", "Q33");
        assertThat(scrutiny.skipped()).allSatisfy(s -> assertThat(s.missing()).isNotEmpty());
        assertThat(scrutiny.asked()).extracting(a -> a.rule().id()).containsExactly("Q36");
    }

    @Test
    void aVendorsOwnTableIsReadUnderItsOwnHeadings() {
        var vendor = "当社御見積\r\n御見積先,御中\r\n\r\nNo,作業名,御見積額(円)\r\n1,監視,\"￥1,234,000-\"\r\n2,保守,(500)\r\n,合計,\"￥1,233,500\"\r\n";
        var quote = Quote.read("vendor.csv", vendor.getBytes(Charset.forName("windows-31j")), FORM, Map.of("amount",
                "御見積額(円)"));
        assertThat(quote.lines()).hasSize(2);
        assertThat(quote.lines().getFirst().number("amount")).contains(new BigDecimal("1234000"));
        assertThat(quote.lines().get(1).number("amount")).contains(new BigDecimal("-500"));
        assertThat(quote.head().path("total").decimalValue()).isEqualByComparingTo("1233500");
        assertThat(quote.unread()).containsExactly("No");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"1,234|1234", "￥１，２３４－|1234", "$10,000.00 |10000.00", "▲500|-500",
            "(500)|-500",
            "12%|12", "3人月|3"})
    void amountsAreReadAsPeopleWriteThem(String written, BigDecimal read) {
        assertThat(Quote.number(written)).contains(read);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"約100", "100~200", "1.2.3", "百万", "=A1*2", "1e9", "--"})
    void whatIsNoAmountIsNotGuessed(String written) { assertThat(Quote.number(written)).isEmpty(); }

    @Test
    void everyCellThatCannotBeReadIsToldAtOnce() {
        var broken = CLEAN.replace("2026-11-01", "先月").replace("\"30,000\",\"360,000\",2027", "三万くらい,\"360,000\",2027")
                .replace("契約月数,60", "契約月数,五年");
        assertThatThrownBy(() -> scrutinise(broken)).isInstanceOfSatisfying(BadInput.class, bad -> assertThat(bad
                .findings()).extracting(Finding::where).containsExactlyInAnyOrder("quote.csv B4", "quote.csv B5",
                        "quote.csv E13"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"''|empty", "あいう|headings", "名称,金額|lines"})
    void aFileWithoutLinesIsRefusedWithWhatToDo(String content, String code) {
        assertThatThrownBy(() -> scrutinise(content == null ? "" : content)).isInstanceOfSatisfying(BadInput.class,
                bad -> assertThat(bad.findings().getFirst().code()).contains(code));
    }

    @Test
    void aBombIsRefusedBeforeItUnpacks() throws Exception {
        var bytes = new java.io.ByteArrayOutputStream();
        try (var zip = new java.util.zip.ZipOutputStream(bytes)) {
            zip.putNextEntry(new java.util.zip.ZipEntry("xl/worksheets/sheet1.xml"));
            var zeros = new byte[1_000_000];
            for (int i = 0; i < 60; i++)
                zip.write(zeros);
        }
        assertThatThrownBy(() -> Quote.read("bomb.xlsx", bytes.toByteArray(), FORM, Map.of())).isInstanceOf(
                BadInput.class).hasMessageContaining("too big");
    }

    @Test
    void likeMunicipalitiesAreCountedAndFewerThanFiveAreNotCompared() {
        var bodies = IntStream.rangeClosed(1, 8).mapToObj(i -> new QuotePeers.Body(30_000, BigDecimal.valueOf(30_000L
                * i), i < 5 ? "2024" : "2025", i < 5 ? "自治体クラウド" : "単独", Optional.empty())).toList();
        var like = QuotePeers.like(25_000, "自治体クラウド", bodies).orElseThrow();
        assertThat(like.count()).isEqualTo(8);
        assertThat(like.samePlatform()).isFalse();
        assertThat(like.years()).containsExactly("2024", "2025");
        // per head 1..8: quartiles 2.75 and 6.25, median 4.5, fence 6.25 + 1.5 * 3.5
        assertThat(like.perHead().median()).isEqualByComparingTo("4.5");
        assertThat(like.perHead().fence()).isEqualByComparingTo("11.5");
        assertThat(QuotePeers.like(60_000, "", bodies)).isEmpty();
        assertThat(QuotePeers.like(25_000, "", bodies.subList(0, 5))).isPresent();
        assertThat(QuotePeers.like(25_000, "", bodies.subList(0, 4))).isEmpty();
    }

    @Test
    void twoGroupsThatDifferByFewAreNotBothShown() {
        for (int others : new int[]{0, 1, 4, 5}) {
            var bodies = IntStream.rangeClosed(1, 5 + others).mapToObj(i -> new QuotePeers.Body(30_000, BigDecimal
                    .valueOf(30_000L * i), "2026", i <= 5 ? "dc" : "cloud", Optional.empty())).toList();
            var seen = QuotePeers.secretly(30_000, "dc", bodies).orElseThrow();
            assertThat(seen.count()).as(others + " others").isEqualTo(others == 0 || others == 5 ? 5 : 5 + others);
            assertThat(QuotePeers.like(30_000, "dc", bodies).orElseThrow().count()).isEqualTo(5);
        }
    }

    @Test
    void theVerbWritesLetterAndWorksheetAndReadsItsOwnTemplate(@TempDir Path folder) throws Exception {
        var quote = folder.resolve("quote.csv");
        Files.writeString(quote, CLEAN.replace("見積者数,3", "見積者数,1"));
        var letter = folder.resolve("letter.md");
        var sheet = folder.resolve("questions.xlsx");
        assertThat(verb("quote", quote.toString(), "--letter", letter.toString(), "--worksheet", sheet.toString()))
                .isEqualTo(1);
        assertThat(Files.readString(letter)).contains("みほん情報株式会社 御中").contains("ほかに応じうる者を探した経過");
        assertThat(jp.kiban.portal.Spreadsheet.read(Files.readAllBytes(sheet)).sheets().getFirst().at(1, 0)).isEqualTo(
                "Q34");
        var template = folder.resolve("empty.xlsx");
        assertThat(verb("quote", "--template", template.toString())).isZero();
        // the template itself has no lines yet, and says so
        assertThat(verb("quote", template.toString())).isEqualTo(2);
        assertThat(verb("quote")).isEqualTo(2);
        assertThat(verb("quote", folder.resolve("none.csv").toString())).isEqualTo(2);
        assertThat(verb("quote", quote.toString(), "--column", "nonsense")).isEqualTo(2);
    }

    private static int verb(String... arguments) {
        var line = new CommandLine(new CostVerb());
        line.setOut(new PrintWriter(new StringWriter()));
        line.setErr(new PrintWriter(new StringWriter()));
        return line.execute(arguments);
    }

    private static Scrutiny scrutinise(String csv) {
        return Scrutiny.of(Quote.read("quote.csv", csv.getBytes(StandardCharsets.UTF_8), FORM, Map.of()), RULES,
                Optional.empty());
    }
}
