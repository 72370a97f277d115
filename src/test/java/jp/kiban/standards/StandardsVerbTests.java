package jp.kiban.standards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class StandardsVerbTests {
    @TempDir
    Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int check(Path place) {
        return new CommandLine(new StandardsVerb()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err))
                .execute("check", place.toString(), "--boundaries", "0");
    }

    @Test
    void thePublishedStandardsHaveNoFault() {
        assertThat(check(Published.FOLDER)).as(err.toString()).isZero();
        assertThat(out.toString()).contains("child-allowance", "0 fault(s)");
    }

    @Test
    void oneStandardMayBeCheckedAlone() {
        assertThat(check(Published.FOLDER.resolve("child-allowance"))).as(err.toString()).isZero();
    }

    @Test
    void everyFaultIsNamedWithItsFileAndPlace() throws IOException {
        copy();
        change("standard.yaml", s -> s.replace("ministry: GCFA00", "ministry: G1")
                .replace("  ja-easy: 児童手当（じどうてあて）を もらう ための 手続き（てつづき）\n", ""));
        change("2024-10-01/form.schema.json",
                s -> s.replace("\"x-kiban-shown-when\": \"row.abroad = true\"",
                        "\"x-kiban-shown-when\": \"row.abroad = = true\"")
                        .replace("\"contact.email\", ", "\"contact.mail\", "));
        change("2024-10-01/variations.yaml", s -> s.replace("default: 5\n", "default: 35\n"));
        change("2024-10-01/decisions.dmn",
                s -> s.replace("<outputEntry><text>\"CA-ABROAD\"</text></outputEntry>",
                        "<outputEntry><text>\"CA-FACILITY\"</text></outputEntry>")
                        .replaceFirst("<annotationEntry><text>児童手当法 第17条第1項</text>", "<annotationEntry><text></text>"));
        Files.delete(folder.resolve("child-allowance/2024-10-01/notices/grant.en.md"));
        change("2024-10-01/notices/refusal.ja.md", s -> s.replace("{{recipient}}", "{{recipent}}") + "{{#open}}");
        assertThat(check(folder)).isEqualTo(1);
        assertThat(err.toString().lines())
                .anyMatch(l -> l.matches("child-allowance/standard.yaml:17:\\d+: ministry: .*→ .*"))
                .anyMatch(l -> l.matches("child-allowance/standard.yaml:6:\\d+: name: .*ja-easy.*"))
                .anyMatch(l -> l.contains("form.schema.json") && l.contains("studyAbroad") && l.contains("shown-when"))
                .anyMatch(l -> l.contains("form.schema.json") && l.contains("contact.mail"))
                .anyMatch(l -> l.matches(".*variations.yaml:10:\\d+: payDay.default: .*1–28.*"))
                .anyMatch(l -> l.matches(".*decisions\\.dmn:\\d+: .*CA-FACILITY is used twice.*"))
                .anyMatch(l -> l.matches(".*decisions\\.dmn:\\d+: 結論 rule 1: the article.*"))
                .anyMatch(l -> l.contains("grant.en.md") && l.contains("missing"))
                .anyMatch(l -> l.contains("refusal.ja.md") && l.contains("not closed"))
                .anyMatch(l -> l.contains("do not use the same facts") && l.contains("recipent"));
    }

    @Test
    void brokenFilesAreNamedByLine() throws IOException {
        copy();
        change("2024-10-01/form.schema.json", s -> s.replaceFirst(",", ";"));
        change("2024-10-01/decisions.dmn", s -> s.replaceFirst("請求日 &lt;= date", "請求日 &lt;= &lt;= date"));
        assertThat(check(folder)).isEqualTo(1);
        assertThat(err.toString().lines()).anyMatch(l -> l.matches(".*form\\.schema\\.json:\\d+:\\d+: .*"))
                .anyMatch(l -> l.matches(".*decisions\\.dmn:\\d+: .*"));
    }

    @Test
    void aWrongAmountIsCaughtByTheExamples() throws IOException {
        copy();
        change("2024-10-01/decisions.dmn", s -> s.replace("<text>30000</text>", "<text>20000</text>"));
        assertThat(check(folder)).isEqualTo(1);
        assertThat(err.toString()).containsPattern("golden\\.yaml:\\d+:\\d+: G1").contains("30000", "20000");
    }

    @Test
    void aRuleWithoutAnExampleIsAFault() throws IOException {
        copy();
        change("2024-10-01/examples/persons.yaml",
                s -> s.replace("{ pension: { class: mutual-aid, publicServant: true } }", "{}")
                        .replace("expect: { outcome: REDIRECT, reasons: [CA-EMPLOYER] }",
                                "expect: { outcome: GRANT, start: 2025-07 }")
                        .replace("publicServant: true", "publicServant: false")
                        .replace("reasons: [CA-EMPLOYER], without: [CA-WRONG-MUNI]", "reasons: [CA-WRONG-MUNI]"));
        assertThat(check(folder)).isEqualTo(1);
        assertThat(err.toString()).contains("no example reaches the rule: 結論 1");
    }

    @Test
    void aFaultyStandardStopsTheStartWithAllItsFaults() throws IOException {
        copy();
        change("standard.yaml", s -> s.replace("ministry: GCFA00", "ministry: G1").replace("covers: 2", "covers: 3"));
        assertThatThrownBy(() -> Standards.of(folder)).isInstanceOf(FaultyStandards.class)
                .hasMessageContainingAll("2 fault(s)", "standard.yaml:18:1: ministry",
                        "standard.yaml:53:1: pay-calendar");
    }

    @Test
    void aCorrectionIsAFolderBesideTheFaultyVersionAndItsNumberHasTwoDigits() throws IOException {
        copy();
        var standard = folder.resolve("child-allowance");
        try (var all = Files.walk(standard.resolve("2024-10-01"))) {
            for (var file : all.filter(Files::isRegularFile).toList()) {
                var to = standard.resolve("2024-10-01.02").resolve(standard.resolve("2024-10-01").relativize(file)
                        .toString());
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
            }
        }
        change("2024-10-01.02/decisions.dmn", s -> s.replace("<text>30000</text>", "<text>35000</text>"));
        assertThat(check(standard)).as("the amount of the correction is not what its examples say").isEqualTo(1);
        assertThat(err.toString()).contains("child-allowance/2024-10-01.02/examples/").doesNotContain(
                "child-allowance/2024-10-01/examples/");
        change("2024-10-01.02/decisions.dmn", s -> s.replace("<text>35000</text>", "<text>30000</text>"));
        assertThat(check(standard)).as(err.toString()).isZero();
        var standards = Standards.of(folder);
        var day = java.time.LocalDate.of(2024, 10, 1);
        assertThat(standards.inForce("child-allowance", day).ref()).hasToString("child-allowance@2024-10-01.02");
        assertThat(standards.edition(new jp.kiban.kernel.StandardRef("child-allowance", day)).files().files())
                .doesNotContainKey(
                        "2024-10-01.02/flow.bpmn")
                .containsKey("2024-10-01/flow.bpmn");
        Files.move(standard.resolve("2024-10-01.02"), standard.resolve("2024-10-01.2"));
        assertThat(check(standard)).isEqualTo(1);
        assertThat(err.toString()).contains("child-allowance/2024-10-01.2", "2024-10-01.02 to .99");
    }

    @Test
    void aFolderThatIsNotThereIsBadInput() {
        assertThat(check(folder.resolve("nowhere"))).isEqualTo(2);
        assertThat(err.toString()).contains("not a folder");
        assertThat(check(folder)).isEqualTo(1);
        assertThat(err.toString()).contains("there is no standard here");
    }

    private void change(String file, UnaryOperator<String> change) throws IOException {
        var path = folder.resolve("child-allowance").resolve(file);
        var before = Files.readString(path);
        var after = change.apply(before);
        assertThat(after).as(file).isNotEqualTo(before);
        Files.writeString(path, after);
    }

    private void copy() throws IOException {
        try (var all = Files.walk(Published.FOLDER)) {
            for (var file : all.toList()) {
                var to = folder.resolve(Published.FOLDER.relativize(file).toString());
                if (Files.isDirectory(file))
                    Files.createDirectories(to);
                else
                    Files.copy(file, to);
            }
        }
    }
}
