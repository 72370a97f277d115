package jp.kiban.standards;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

class DecideAndDiffTests {
    private static final Path STANDARD = Published.FOLDER.resolve("child-allowance");

    @TempDir
    Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(Object... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        var words = java.util.Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
        return new CommandLine(new StandardsVerb()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err))
                .execute(words);
    }

    private Path input(String text) throws IOException { return Files.writeString(folder.resolve("in.json"), text); }

    private JsonNode json() { return Published.JSON.readTree(out.toString()); }

    @Test
    void aDecisionIsToldWhole() throws IOException {
        var answers = input(Published.answers().toString());
        assertThat(run("decide", STANDARD, "--date", "2026-02-10", "--authority", "242012", "--input", answers))
                .as(err.toString()).isZero();
        var json = json();
        assertThat(json.path("outcome").asString()).isEqualTo("GRANT");
        assertThat(json.path("version").asString()).isEqualTo("2024-10-01");
        assertThat(json.path("start").asString()).isEqualTo("2026-03");
        assertThat(json.path("months").path(0).path("total").asInt()).isPositive();
        assertThat(json.path("deadline").path("until").asString()).isEqualTo("2026-03-12");
        assertThat(json.path("reasons").path(0).path("law").asString()).startsWith("児童手当法");
        assertThat(json.path("rules")).isNotEmpty();
        assertThat(json.path("parameters").path("values").path("childUntilAge").asInt()).isEqualTo(18);
        assertThat(json.path("authority").path("name").asString()).isEqualTo("津市");
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() throws IOException {
        assertThat(run("decide", STANDARD, "--date", "2026-02-30", "--authority", "999999", "--input", input("{,")))
                .isEqualTo(2);
        assertThat(json().path("findings").valueStream().map(f -> f.path("code").asString())).containsExactlyInAnyOrder(
                "date.form", "authority.unknown", "json.broken");
        assertThat(err.toString()).contains("2026-02-30", "999999", "1:2");
        assertThat(run("decide", STANDARD, "--date", "2024-09-30", "--input", input("{}"))).isEqualTo(2);
        assertThat(json().path("findings").path(0).path("code").asString()).isEqualTo("version.none");
        assertThat(run("decide", STANDARD, "--date", "2024-10-01", "--input", input("{}"))).isEqualTo(2);
        assertThat(json().path("findings")).hasSizeGreaterThan(3);
        assertThat(run("decide", STANDARD, "--date", "2024-10-01", "--input", input("[]"))).isEqualTo(2);
        assertThat(json().path("findings").path(0).path("code").asString()).isEqualTo("answers.shape");
        assertThat(run("decide", folder.resolve("none"), "--date", "2024-10-01", "--input", input("{}"))).isEqualTo(2);
        assertThat(json().path("findings").path(0).path("code").asString()).isEqualTo("folder.none");
    }

    private Path changed() throws IOException {
        var to = folder.resolve("b/child-allowance");
        try (var all = Files.walk(STANDARD)) {
            for (var file : all.filter(Files::isRegularFile).toList()) {
                var copy = to.resolve(STANDARD.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                var text = Files.readString(file);
                if (file.endsWith("decisions.dmn"))
                    text = text.replace("<text>30000</text>", "<text>35000</text>");
                if (file.endsWith("standard.yaml"))
                    text = text.replace("value: 15, unit: { ja: 日", "value: 20, unit: { ja: 日");
                if (file.endsWith("variations.yaml"))
                    text = text.replace("default: 30", "default: 45") + """
                              - key: gift
                                name: { ja: お祝い金, ja-easy: お祝（いわ）い, en: Gift }
                                explanation: { ja: 額, ja-easy: 額, en: Amount }
                                type: YEN
                                default: 15000
                                min: 0
                                max: 50000
                                basis: 児童手当法 第7条第1項
                            """;
                if (file.endsWith("grant.ja.md"))
                    text = text.replace("次のことがあったときは", "次の場合は");
                if (file.endsWith("form.schema.json"))
                    text = text.replace("\"ja\": \"フリガナ\", \"ja-easy\": \"読みかた\"",
                            "\"ja\": \"よみ\", \"ja-easy\": \"読みかた\"");
                Files.writeString(copy, text);
            }
        }
        return to;
    }

    @Test
    void whatChangesIsToldInWordsAndForWhom() throws IOException {
        var after = changed();
        var population = Files.writeString(folder.resolve("people.ndjson"), """
                {"name": "p1", "filed": "2026-02-10", "answers": %s}
                %s
                """.formatted(Published.answers(), Published.answers()));
        assertThat(run("diff", STANDARD, after, "--population", population)).as(err.toString()).isZero();
        assertThat(out.toString()).contains("円が「30,000円」から「35,000円」に変わります", "「15日」から「20日」に変わります",
                "既定値が「30」から「45」に変わります", "通知書 grant.ja.md の文が変わります（1行）",
                "項目「よみ」の名前が「フリガナ」から「よみ」に変わります", "結論が変わるもの0件", "与えられた人口 2件のうち", "独自の設定「お祝い金」が加わります");
        var difference = Difference.between(STANDARD.toString(), after.toString(), Published.FOLDER,
                java.util.Optional.empty());
        var gift = difference.changes().stream().filter(c -> c.place().equals("gift")).findFirst().orElseThrow();
        assertThat(gift.after()).contains("型: 円", "既定値: 15,000円", "範囲: 0–50,000円").doesNotContain("YEN", "15000");
        var amount = difference.changes().stream().filter(c -> c.words().ja().contains("35,000円")).findFirst()
                .orElseThrow();
        assertThat(amount.kind()).isEqualTo(Difference.Kind.AMOUNT);
        assertThat(amount.words().en()).contains("30,000 yen", "35,000 yen").doesNotContain("円」");
        assertThat(run("diff", STANDARD, after.resolve("2024-10-01"), "--json")).isZero();
        assertThat(json().path("changes").valueStream().map(c -> c.path("kind").asString())).contains("FIELD", "AMOUNT",
                "DEADLINE", "NOTICE");
        assertThat(json().path("examples").path("amounts").asInt()).isEqualTo(json().path("examples").path("changed")
                .size()).isGreaterThan(5);
    }

    @Test
    void aVersionDoesNotDifferFromItself() {
        assertThat(run("diff", "child-allowance@2024-10-01", STANDARD, "--in", Published.FOLDER)).as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("変わるところはありません", "結論が変わるもの0件、額や項目が変わるもの0件");
    }

    @Test
    void whatCannotBeComparedIsSaid() throws IOException {
        assertThat(run("diff", STANDARD, folder)).isEqualTo(2);
        assertThat(err.toString()).contains("neither a standard's folder");
        assertThat(run("diff", STANDARD, STANDARD, "--population", input("{}\n{"))).isEqualTo(2);
        assertThat(err.toString()).contains("line 2 of the population");
        var broken = changed();
        Files.writeString(broken.resolve("standard.yaml"), "id: child-allowance\n");
        assertThat(run("diff", STANDARD, broken)).isEqualTo(1);
        assertThat(err.toString()).contains("child-allowance/standard.yaml");
    }
}
