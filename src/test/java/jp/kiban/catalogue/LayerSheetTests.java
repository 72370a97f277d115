package jp.kiban.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import jp.kiban.standards.StandardVersion;
import jp.kiban.standards.Standards;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.LinkedMultiValueMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What goes out to a spreadsheet comes back the same, and every fault is told with its cell.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LayerSheetTests {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String MORE = """
              - key: points
                name: { ja: 点数表, ja-easy: 点, en: Points }
                explanation: { ja: 点数, ja-easy: 点, en: Points }
                type: TABLE
                default: []
                max-rows: 3
                basis: 児童手当法 第7条第1項
                columns:
                  - { key: work, type: CHOICE, name: { ja: 就労, ja-easy: 仕事, en: Work }, choices: [{ value: full, label: { ja: 常勤, ja-easy: いつも, en: Full }}, { value: part, label: { ja: 短時間, ja-easy: 短い, en: Part }}] }
                  - { key: score, type: INTEGER, name: { ja: 点数, ja-easy: 点, en: Score }, min: 0, max: 10 }
              - key: questions
                name: { ja: 追加の質問, ja-easy: 聞く こと, en: More questions }
                explanation: { ja: 質問, ja-easy: 聞く こと, en: Questions }
                type: FIELD
                default: []
                basis: 児童手当法 第7条第1項
              - key: order
                name: { ja: 順, ja-easy: 順, en: Order }
                explanation: { ja: 順, ja-easy: 順, en: Order }
                type: ORDERED
                default: [a, b]
                basis: 児童手当法 第7条第1項
                choices: [{ value: a, label: { ja: あ, ja-easy: あ, en: A } }, { value: b, label: { ja: い, ja-easy: い, en: B } }]
              - key: greeting
                name: { ja: あいさつ, ja-easy: あいさつ, en: Greeting }
                explanation: { ja: 文, ja-easy: 文, en: Words }
                type: TEXT
                default: { ja: こんにちは, ja-easy: こんにちは, en: Hello }
                basis: 児童手当法 第7条第1項
            """;

    private StandardVersion version;
    private LayerSheet sheet;

    @BeforeAll
    void aStandardWithTables(@TempDir Path folder) throws IOException {
        var source = Path.of("standards");
        try (var all = Files.walk(source.resolve("child-allowance"))) {
            for (var from : all.toList()) {
                var to = folder.resolve(source.relativize(from));
                if (Files.isDirectory(from))
                    Files.createDirectories(to);
                else
                    Files.copy(from, to);
            }
        }
        var variations = folder.resolve("child-allowance/2024-10-01/variations.yaml");
        Files.writeString(variations, Files.readString(variations) + MORE);
        version = Standards.of(folder).inForce("child-allowance", LocalDate.of(2026, 11, 24));
        sheet = new LayerSheet(version);
    }

    private static Map<String, JsonNode> layer() {
        var all = new LinkedHashMap<String, JsonNode>();
        JSON.readTree("""
                {"payDay":15,"noticeStyle":"electronic","payNotice":true,"channels":["online","post"],
                 "points":[{"work":"full","score":10},{"work":"part","score":4}],
                 "questions":[{"key":"bus","label":{"ja":"路線","ja-easy":"バス","en":"Bus"},"kind":"CHOICE","required":true,
                   "choices":[{"value":"x","label":{"ja":"北","ja-easy":"きた","en":"North"}},{"value":"y","label":{"ja":"南","ja-easy":"みなみ","en":"South"}}],
                   "basis":"津市規則 第3条"}],
                 "order":["b","a"],"greeting":{"ja":"やあ","ja-easy":"やあ","en":"Hi"}}
                """).forEachEntry(all::put);
        return all;
    }

    private List<Finding> check(LayerSheet.Reading reading) {
        var all = new java.util.ArrayList<>(reading.findings());
        reading.values().forEach((key, value) -> all.addAll(version.variations().check(key, value)));
        return all;
    }

    @Test
    void aLayerSurvivesTheWorkbook() {
        var read = sheet.read(sheet.workbook(layer(), Optional.empty(), List.of(), Language.JA), Optional.empty());
        assertThat(read.findings()).isEmpty();
        assertThat(read.values()).isEqualTo(layer());
    }

    @Test
    void aLayerSurvivesTheCsv() {
        var file = LayerPages.csv(version, layer(), Optional.empty()).getBody();
        var read = sheet.read(java.util.Objects.requireNonNull(file), Optional.empty());
        assertThat(read.findings()).isEmpty();
        assertThat(read.values()).isEqualTo(layer());
    }

    @Test
    void oneTableSurvivesBoth() {
        var points = Optional.of("points");
        for (var file : List.of(sheet.workbook(layer(), points, List.of(), Language.EN), java.util.Objects
                .requireNonNull(LayerPages.csv(version, layer(), points).getBody()))) {
            var read = sheet.read(file, points);
            assertThat(read.findings()).isEmpty();
            assertThat(read.values()).isEqualTo(Map.of("points", layer().get("points")));
        }
    }

    @Test
    void everyFaultIsToldWithItsCell() {
        var read = sheet.read("work,score,colour\nfull,11,red\n短時間,５\nnone,x\n".getBytes(StandardCharsets.UTF_8),
                Optional
                        .of("points"));
        assertThat(check(read).stream().map(f -> read.cell(f.where()))).containsExactlyInAnyOrder("CSV!C1", "CSV!B2",
                "CSV!A4", "CSV!B4");
        assertThat(String.valueOf(read.values().getOrDefault("points", JSON.nullNode()).path(1)))
                .as("words and wide digits are understood").isEqualTo(
                        "{\"work\":\"part\",\"score\":5}");
    }

    @Test
    void theCsvOfAnOldSpreadsheetIsReadToo() {
        var read = sheet.read("就労,点数\n常勤,9\n".getBytes(Charset.forName("windows-31j")), Optional.of("points"));
        assertThat(read.findings()).isEmpty();
        assertThat(String.valueOf(read.values().get("points"))).isEqualTo("[{\"work\":\"full\",\"score\":9}]");
    }

    @Test
    void theFaultsAreWrittenIntoTheWorkbook() throws IOException {
        var wrong = layer();
        wrong.put("payDay", JSON.readTree("29"));
        wrong.put("points", JSON.readTree("[{\"work\":\"full\",\"score\":10},{\"work\":\"part\",\"score\":99}]"));
        var findings = new java.util.ArrayList<Finding>();
        wrong.forEach((key, value) -> findings.addAll(version.variations().check(key, value)));
        assertThat(findings).hasSize(2);
        try (var book = new ReadableWorkbook(new ByteArrayInputStream(sheet.workbook(wrong, Optional.empty(), findings,
                Language.JA)))) {
            var settings = book.findSheet("設定").orElseThrow().read();
            assertThat(settings.get(1).getCellText(6)).contains("支払日", "1–28", "29");
            var points = book.findSheet("points").orElseThrow().read();
            assertThat(points.get(1).getCellCount()).isLessThan(3);
            assertThat(points.get(2).getCellText(2)).contains("2行目", "99");
        }
    }

    @Test
    void whatIsNoSpreadsheetIsRefusedInWords() {
        for (var file : List.of(new byte[0], "PKnotazip".getBytes(StandardCharsets.UTF_8), "a\nb\n".getBytes(
                StandardCharsets.UTF_8)))
            assertThat(sheet.read(file, Optional.empty()).findings()).isNotEmpty();
        assertThat(sheet.read("key,row,column,value\ncolour,,,red\n".getBytes(StandardCharsets.UTF_8), Optional.empty())
                .findings()).singleElement().satisfies(f -> assertThat(f.message().ja()).contains("colour"));
    }

    @Test
    void whatIsTypedOnTheFormBecomesTheSameLayer() {
        var fields = new LinkedMultiValueMap<String, String>();
        fields.put("set", List.copyOf(layer().keySet()));
        fields.add("v.payDay", "１５");
        fields.add("v.noticeStyle", "electronic");
        fields.add("v.payNotice", "true");
        fields.put("v.channels", List.of("online", "post"));
        fields.add("v.points[0].work", "full");
        fields.add("v.points[0].score", "10");
        fields.add("v.points[1].work", "");
        fields.add("v.points[1].score", "");
        fields.add("v.points[2].work", "part");
        fields.add("v.points[2].score", "4");
        fields.add("v.questions[0].key", "bus");
        fields.add("v.questions[0].label.ja", "路線");
        fields.add("v.questions[0].label.ja-easy", "バス");
        fields.add("v.questions[0].label.en", "Bus");
        fields.add("v.questions[0].kind", "CHOICE");
        fields.add("v.questions[0].required", "true");
        fields.add("v.questions[0].choices", "x=北|きた|North; y=南|みなみ|South");
        fields.add("v.questions[0].basis", "津市規則 第3条");
        fields.add("o.order.a", "2");
        fields.add("o.order.b", "1");
        fields.add("v.greeting.ja", "やあ");
        fields.add("v.greeting.ja-easy", "やあ");
        fields.add("v.greeting.en", "Hi");
        assertThat(LayerForm.typed(version, fields).local()).isEqualTo(layer());
    }
}
