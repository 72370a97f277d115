package jp.kiban.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class AddressesVerbTests {
    @TempDir
    Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void build() throws IOException {
        var args = new ArrayList<>(List.of("build", "--out", folder.resolve("a.dict").toString(), "--defects",
                folder.resolve("defects.csv").toString(), "--source"));
        SmallCountry.files(folder).forEach(f -> args.add(f.toString()));
        assertThat(run(args.toArray(String[]::new))).isZero();
    }

    private int run(String... args) {
        return new CommandLine(new AddressesVerb()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err))
                .execute(args);
    }

    private int match(String in, String to, String... more) {
        var args = new ArrayList<>(List.of("match", "--dict", folder.resolve("a.dict").toString()));
        args.addAll(List.of(more));
        args.add(folder.resolve(in).toString());
        args.add(folder.resolve(to).toString());
        return run(args.toArray(String[]::new));
    }

    @Test
    void aBuildSaysWhatItMadeAndWritesTheDefects() throws IOException {
        assertThat(out.toString()).contains("version ").contains("towns");
        assertThat(err.toString()).contains("old.csv: ORPHAN");
        assertThat(Files.readString(folder.resolve("defects.csv"))).startsWith("file,row,kind,left_out,seen")
                .contains("towns.csv,27,ABOLISHED,true");
    }

    @Test
    void csvKeepsAllColumnsInOrderAndAddsTwelve() throws IOException {
        Files.writeString(folder.resolve("in.csv"),
                "\uFEFFid,住所,memo\r\n1,千代田区神田神保町2-3,\"a,\"\"b\"\"\"\r\n2,\"鎌倉市\n山之内189\",\r\n");
        assertThat(match("in.csv", "out.csv", "--column", "住所")).isZero();
        var lines = Files.readString(folder.resolve("out.csv")).split("\r\n");
        assertThat(lines[0]).isEqualTo(
                "id,住所,memo,match_pref,match_city,match_town,match_rest,match_level,match_lg_code,match_machiaza_id,match_lat,match_lng,match_confidence,match_candidates,match_notes");
        assertThat(lines[1]).startsWith("1,千代田区神田神保町2-3,\"a,\"\"b\"\"\",東京都,千代田区,神田神保町二丁目,3,3,131016,0030002,");
        assertThat(lines[2]).startsWith("2,\"鎌倉市\n山之内189\",,神奈川県,鎌倉市,山ノ内,189,3,142042,0010000,");
    }

    @Test
    void shiftJisIsReadAndTextLinesNeedNoColumn() throws IOException {
        Files.write(folder.resolve("in.txt"), "鎌倉市山之内１８９\r\n龍ケ崎市平台４丁目\r\n".getBytes(Charset.forName("windows-31j")));
        assertThat(match("in.txt", "out.ndjson")).isZero();
        var lines = Files.readAllLines(folder.resolve("out.ndjson"));
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst()).startsWith("{\"input\":\"鎌倉市山之内１８９\",\"match_pref\":\"神奈川県\"").endsWith("}");
    }

    @Test
    void badLinesAreNamedAndStayInTheOutput() throws IOException {
        Files.writeString(folder.resolve("in.csv"),
                "id,address\n1,千代田区紀尾井町1-3\n2\n3,鎌倉市,山之内,189\n4,\"鎌倉市山ノ内\n5,千代田区\n");
        assertThat(match("in.csv", "out.csv")).isEqualTo(1);
        assertThat(err.toString()).contains("line 3: 1 fields").contains("line 4: 4 fields")
                .contains("line 5: a quotation mark");
        var lines = Files.readString(folder.resolve("out.csv")).split("\r\n");
        assertThat(lines).hasSize(6);
        assertThat(lines[2]).startsWith("2,,").endsWith("bad line: 1 fields, the header has 2\"");
        assertThat(lines[3]).startsWith("3,\"鎌倉市,山之内,189\",");
        assertThat(lines[5]).startsWith("5,千代田区,東京都,千代田区");
    }

    @Test
    void whatCannotBeTakenEndsWithTwoAndSaysWhy() throws IOException {
        Files.writeString(folder.resolve("in.csv"), "id,where\n1,x\n");
        assertThat(match("in.csv", "out.csv")).isEqualTo(2);
        assertThat(err.toString()).contains("--column NAME").contains("id, where");
        assertThat(match("in.csv", "out.csv", "--column", "住所")).isEqualTo(2);
        assertThat(err.toString()).contains("no column '住所'");
        assertThat(match("none.csv", "out.csv")).isEqualTo(2);
        assertThat(match("in.csv", "in.csv", "--column", "where")).isEqualTo(2);
        Files.writeString(folder.resolve("again.csv"), "address,match_pref\nx,y\n");
        assertThat(match("again.csv", "out.csv")).isEqualTo(2);
        Files.write(folder.resolve("a.dict"), "no dictionary".getBytes(StandardCharsets.UTF_8));
        assertThat(match("in.csv", "out.csv", "--column", "where")).isEqualTo(2);
        assertThat(err.toString()).contains("not an address dictionary");
        assertThat(run("match")).isEqualTo(2);
        assertThat(run()).isEqualTo(2);
        assertThat(run("build", "--out", folder.resolve("b.dict").toString(), "--source",
                folder.resolve("in.csv").toString())).isEqualTo(2);
    }

    private void give(String name, String text) throws IOException { Files.writeString(folder.resolve(name), text); }

    @Test
    void whatIsWithinQuotationMarksIsGivenBackAsItWasWritten() throws IOException {
        give("in.csv", "id,住所,memo\r\n1,\"鎌倉市\r\n山ノ内189\",\"a\r\nb\rc\nd\"\r\n2,千代田区,x");
        assertThat(match("in.csv", "out.csv")).isZero();
        assertThat(Files.readString(folder.resolve("out.csv"))).contains("\r\n1,\"鎌倉市\r\n山ノ内189\",\"a\r\nb\rc\nd\",")
                .contains("\r\n2,千代田区,x,東京都,").endsWith("\r\n");
    }

    @Test
    void oneDamagedCharacterCostsOneLineAndNotTheFile() throws IOException {
        var bytes = new java.io.ByteArrayOutputStream();
        bytes.writeBytes("id,住所\r\n1,鎌倉市山ノ内189\r\n".getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(new byte[]{'2', ',', (byte) 0xE6, (byte) 0xB4, (byte) 0xFF, '\r', '\n'});
        bytes.writeBytes("3,龍ケ崎市平台４丁目\r\n".repeat(2).getBytes(StandardCharsets.UTF_8));
        Files.write(folder.resolve("in.csv"), bytes.toByteArray());
        assertThat(match("in.csv", "out.csv")).isEqualTo(1);
        assertThat(err.toString()).contains("line 3: bytes that are no character");
        assertThat(Files.readString(folder.resolve("out.csv"))).contains("1,鎌倉市山ノ内189,神奈川県,", "3,龍ケ崎市平台４丁目,茨城県,");

        // far behind a beginning of plain ASCII
        var ascii = "id,address\r\n" + "0,x\r\n".repeat(20_000);
        Files.write(folder.resolve("late.csv"), (ascii + new String(bytes.toByteArray(), StandardCharsets.ISO_8859_1)
                .substring("id,".length())).getBytes(StandardCharsets.ISO_8859_1));
        assertThat(match("late.csv", "late-out.csv")).isEqualTo(1);
        assertThat(Files.readString(folder.resolve("late-out.csv"))).contains("1,鎌倉市山ノ内189,神奈川県,");
        Files.write(folder.resolve("cp932.csv"), (ascii + "1,鎌倉市山ノ内189\r\n".repeat(3)).getBytes(Charset.forName(
                "windows-31j")));
        assertThat(match("cp932.csv", "cp932-out.csv")).isZero();
        assertThat(Files.readString(folder.resolve("cp932-out.csv"))).contains("1,鎌倉市山ノ内189,神奈川県,");
    }

    @Test
    void unicodeTextOfASpreadsheetAndPackedListsAreRead() throws IOException {
        Files.write(folder.resolve("in.csv"), "\uFEFFid,住所\r\n1,鎌倉市山ノ内189\r\n".getBytes(
                StandardCharsets.UTF_16LE));
        assertThat(match("in.csv", "out.csv")).isZero();
        assertThat(Files.readString(folder.resolve("out.csv"))).startsWith("id,住所,match_pref").contains(
                "1,鎌倉市山ノ内189,神奈川県,");
        try (var gz = new java.util.zip.GZIPOutputStream(Files.newOutputStream(folder.resolve("in.csv.gz")))) {
            gz.write("id,住所\n1,鎌倉市山ノ内189\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(match("in.csv.gz", "gz.csv")).isZero();
        assertThat(Files.readString(folder.resolve("gz.csv"))).contains("1,鎌倉市山ノ内189,神奈川県,");
        Files.write(folder.resolve("in.zip"), new byte[]{'P', 'K', 3, 4, 0});
        assertThat(match("in.zip", "zip.csv")).isEqualTo(2);
        assertThat(err.toString()).contains("in.zip: a zip");
    }

    @Test
    void columnsThatCouldBeMistakenAreRefused() throws IOException {
        give("two.csv", "id,住所,住所\n1,鎌倉市,千代田区\n");
        assertThat(match("two.csv", "out.csv")).isEqualTo(2);
        assertThat(match("two.csv", "out.csv", "--column", "住所")).isEqualTo(2);
        assertThat(err.toString()).contains("two columns '住所'");
        give("other.csv", "a,a,住所\n1,2,鎌倉市\n");
        assertThat(match("other.csv", "out.csv")).isZero();
        assertThat(match("other.csv", "out.ndjson")).as("a line of JSON would lose one").isEqualTo(2);
        assertThat(err.toString()).contains("each name once");
        give("one.csv", "id, 住所 \n1,鎌倉市\n");
        assertThat(match("one.csv", "out.csv", "--column", "住所")).as("spaces around a name").isZero();
        assertThat(match("one.csv", "out.csv", "--column", "住所", "--column", "住所")).isEqualTo(2);
        assertThat(err.toString()).contains("named twice");
    }

    @Test
    void anEmptyListIsToldAndOneWithoutLinesIsNoFault() throws IOException {
        for (String text : List.of("", "\uFEFF")) {
            give("in.csv", text);
            assertThat(match("in.csv", "out.csv")).isEqualTo(2);
        }
        assertThat(err.toString()).contains("the input is empty");
        give("in.csv", "id,住所\r\n");
        assertThat(match("in.csv", "out.csv")).isZero();
        assertThat(Files.readString(folder.resolve("out.csv"))).startsWith("id,住所,match_pref").endsWith(
                "match_notes\r\n");
        give("in.txt", "");
        assertThat(match("in.txt", "out.csv")).isZero();
    }

    @Test
    void aLineWithoutEndIsRefusedAndWhatStoodThereStays() throws IOException {
        give("out.csv", "kept");
        give("in.txt", "鎌倉市山ノ内189\n" + "x".repeat(Lines.LONGEST + 1));
        assertThat(match("in.txt", "out.csv")).isEqualTo(2);
        assertThat(err.toString()).contains("line 2 is longer than");
        assertThat(Files.readString(folder.resolve("out.csv"))).isEqualTo("kept");
        assertThat(folder.resolve("out.csv.part")).doesNotExist();
        give("in.txt", "鎌倉市山ノ内189" + "x".repeat(Lines.LONGEST - 20));
        assertThat(match("in.txt", "out.csv")).as("the longest line").isZero();
        give("file", "");
        assertThat(match("in.txt", "file/out.csv")).isEqualTo(2);
        assertThat(err.toString()).contains("file: is a file, and should be a folder").doesNotContain("\tat ");
        assertThat(match("in.txt", ".")).isEqualTo(2);
    }

    @Test
    void aBuildOverwritesNoSourceAndMayTakeThePlaceOfWhatItIsHeldAgainst() throws IOException {
        var dictionary = folder.resolve("a.dict").toString();
        var args = new ArrayList<>(List.of("build", "--compare", dictionary, "--out", dictionary, "--difference", folder
                .resolve("difference.csv").toString(), "--source"));
        SmallCountry.files(folder).forEach(f -> args.add(f.toString()));
        give("towns.csv", Files.readString(folder.resolve("towns.csv")).replace("平台", "平臺"));
        assertThat(run(args.toArray(String[]::new))).as(err.toString()).isZero();
        assertThat(err.toString()).contains(" renamed");
        assertThat(Files.readString(folder.resolve("difference.csv"))).contains("RENAMED,082082,");

        String towns = folder.resolve("towns.csv").toString();
        String before = Files.readString(folder.resolve("towns.csv"));
        assertThat(run("build", "--source", towns, "--out", towns)).isEqualTo(2);
        assertThat(Files.readString(folder.resolve("towns.csv"))).isEqualTo(before);
        assertThat(run("build", "--source", folder.toString(), "--out", folder.resolve("b.dict").toString())).isEqualTo(
                2);
        assertThat(run("build", "--source", towns, "--out", folder.toString())).isEqualTo(2);
        assertThat(run("build", "--source", towns, "--out", folder.resolve("b.dict").toString(), "--compare", folder
                .resolve("none.dict").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("would overwrite its source", "is a folder; name the files in it",
                "there is no such dictionary");
        assertThat(folder.resolve("b.dict")).as("told before anything is built").doesNotExist();
    }
}
