package jp.kiban.standards;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipFile;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TableSheetsTests {
    @TempDir
    Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void copy() throws IOException {
        var from = Published.FOLDER.resolve("child-allowance");
        try (var all = Files.walk(from)) {
            for (var file : all.filter(Files::isRegularFile).toList()) {
                var to = folder.resolve("child-allowance").resolve(from.relativize(file).toString());
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
            }
        }
        Files.copy(Published.FOLDER.resolve("registers.yaml"), folder.resolve("registers.yaml"));
    }

    private Path standard() { return folder.resolve("child-allowance"); }

    private Path dmn() { return standard().resolve("2024-10-01/decisions.dmn"); }

    private int run(String... words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return new CommandLine(new StandardsVerb()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(
                words);
    }

    private Path out(String name) {
        var file = folder.resolve(name);
        assertThat(run("tables", standard().toString(), "--out", file.toString())).as(err.toString()).isZero();
        return file;
    }

    private int in(Path file, String... more) {
        var words = new java.util.ArrayList<>(List.of("tables", standard().toString(), "--in", file.toString()));
        words.addAll(List.of(more));
        return run(words.toArray(String[]::new));
    }

    @Test
    void whatComesBackUnchangedChangesNoCharacter() throws IOException {
        var before = Files.readString(dmn());
        for (var name : List.of("t.xlsx", "t.csv")) {
            assertThat(in(out(name), "--write")).as(err.toString()).isZero();
            assertThat(out.toString()).contains("nothing has changed");
            assertThat(Files.readString(dmn())).isEqualTo(before);
        }
        assertThat(run("tables", standard().resolve("2024-10-01").toString(), "--out", folder.resolve("v.xlsx")
                .toString())).isZero();
    }

    @Test
    void everyTableHasItsSheet() throws IOException {
        try (var book = new ReadableWorkbook(Files.newInputStream(out("t.xlsx")))) {
            assertThat(book.getSheets().map(s -> s.getName())).contains("月額表", "結論", "児童の要件");
            var rates = book.findSheet("月額表").orElseThrow().read();
            assertThat(rates.get(1).getCellText(1)).isEqualTo("UNIQUE");
            assertThat(rates.get(2).getCellText(1)).startsWith("入力: ");
            assertThat(rates.stream().flatMap(r -> r.stream()).map(c -> c == null ? "" : c.getText())).contains("30000",
                    "\"CA-RATE-THIRD\"");
        }
    }

    @Test
    void aChangedCellIsTakenOverAndNothingElse() throws IOException {
        var before = Files.readString(dmn());
        var csv = out("t.csv");
        Files.writeString(csv, Files.readString(csv).replace("第18条をもとに", "")
                .replace("18歳に達した日以後の最初の3月31日を過ぎているお子さんは、支給の対象になりません。", "対象外です（18歳の年度末を過ぎています）。"));
        assertThat(in(csv)).as(err.toString()).isZero();
        assertThat(out.toString()).contains("--write takes it over");
        assertThat(Files.readString(dmn())).isEqualTo(before);
        assertThat(in(csv, "--write")).isZero();
        assertThat(Files.readString(dmn())).isEqualTo(before.replace(
                "18歳に達した日以後の最初の3月31日を過ぎているお子さんは、支給の対象になりません。", "対象外です（18歳の年度末を過ぎています）。"));
    }

    @Test
    void everyFaultStandsOnItsCell() throws IOException {
        var csv = out("t.csv");
        Files.writeString(csv, Files.readString(csv).replaceFirst(",\"\"\"CA-ABROAD\"\"\",[^,]*,",
                ",\"\"\"CA-FACILITY\"\"\",,").replaceFirst(",30000,", ",many,"));
        assertThat(in(csv)).isEqualTo(1);
        assertThat(err.toString().lines())
                .anyMatch(l -> l.matches("t\\.csv: 児童の要件!J\\d+: .*CA-FACILITY is used twice.*"))
                .anyMatch(l -> l.matches("t\\.csv: 児童の要件!K\\d+: .*article.*"))
                .anyMatch(l -> l.matches("t\\.csv: 月額表!E\\d+: .*many.*"));
        try (var zip = new ZipFile(folder.resolve("t-faults.xlsx").toFile())) {
            var comments = zip.stream().filter(e -> e.getName().contains("comments")).map(e -> {
                try {
                    return new String(zip.getInputStream(e).readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
                } catch (IOException failed) {
                    throw new java.io.UncheckedIOException(failed);
                }
            }).reduce("", String::concat);
            assertThat(comments).contains("used twice", "article", "many");
        }
    }

    @Test
    void aWrongAmountIsCaughtByTheExamplesAndANewRuleNeedsOne() throws IOException {
        var csv = out("t.csv");
        Files.writeString(csv, Files.readString(csv).replaceFirst(",30000,", ",20000,"));
        assertThat(in(csv)).isEqualTo(1);
        assertThat(err.toString()).contains("examples/golden.yaml", "30000", "20000");
    }

    @Test
    void aSmallFileThatUnfoldsIntoALargeOneIsNotOpened() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new java.util.zip.ZipOutputStream(bytes)) {
            zip.putNextEntry(new java.util.zip.ZipEntry("xl/workbook.xml"));
            for (int i = 0; i < 65; i++)
                zip.write(new byte[1024 * 1024]);
        }
        assertThat(bytes.size()).isLessThan(200_000);
        assertThat(in(Files.write(folder.resolve("bomb.xlsx"), bytes.toByteArray()))).isEqualTo(2);
        assertThat(err.toString()).contains("more than 64 MB");
    }

    @Test
    void whatIsNoTableIsRefused() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var book = new Workbook(bytes, "t", "1.0")) {
            book.newWorksheet("へや").value(0, 0, "こんにちは");
        }
        assertThat(in(Files.write(folder.resolve("x.xlsx"), bytes.toByteArray()))).isEqualTo(1);
        assertThat(err.toString()).contains("x.xlsx: へや!A1: the first cell is not");
        assertThat(in(Files.writeString(folder.resolve("y.xlsx"), "no workbook"))).isEqualTo(2);
        assertThat(in(folder.resolve("none.xlsx"))).isEqualTo(2);
        assertThat(run("tables", folder.resolve("none").toString(), "--out", "x.csv")).isEqualTo(2);
        assertThat(run("tables", standard().toString())).isEqualTo(2);
    }
}
