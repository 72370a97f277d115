package jp.kiban.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import jp.kiban.kernel.BadInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Claims about workbooks as people and programs make them, well or ill; written part by part, so that every corner can be said.
class SpreadsheetTests {
    private static final String MAIN = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "
            + "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
    @TempDir
    Path folder;

    private interface Part {
        void into(OutputStream out) throws IOException;
    }

    /// A workbook of one sheet.
    private static final class Written {
        private String properties = "";
        /// As programs write them that know neither formats nor a table of texts.
        private boolean bare;
        private String rows = "";
        private String before = "";
        private String after = "";
        private String head = "";
        private final List<String> formats = new ArrayList<>();
        private String strings = "";
        private Part sheet = out -> {
        };

        /// The number of a style for this format.
        int style(String format) {
            formats.add(format);
            return formats.size();
        }

        byte[] file() throws IOException {
            var bytes = new ByteArrayOutputStream();
            try (var zip = new ZipOutputStream(bytes)) {
                put(zip, "[Content_Types].xml",
                        bare
                                ? "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>"
                                : "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/><Override PartName=\"/xl/sharedStrings.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/></Types>");
                put(zip, "_rels/.rels",
                        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
                put(zip, "xl/workbook.xml", "<workbook " + MAIN + ">" + properties
                        + "<sheets><sheet name=\"費用\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>");
                put(zip, "xl/_rels/workbook.xml.rels",
                        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>");
                var styles = new StringBuilder("<styleSheet " + MAIN + "><numFmts>");
                for (int i = 0; i < formats.size(); i++)
                    styles.append("<numFmt numFmtId=\"").append(200 + i).append("\" formatCode=\"")
                            .append(formats.get(i)
                                    .replace("\"", "&quot;"))
                            .append("\"/>");
                styles.append("</numFmts><cellXfs><xf numFmtId=\"0\"/>");
                for (int i = 0; i < formats.size(); i++)
                    styles.append("<xf numFmtId=\"").append(formats.get(i).matches("id\\d+")
                            ? formats.get(i).substring(2)
                            : "" + (200 + i)).append("\"/>");
                if (!bare) {
                    put(zip, "xl/styles.xml", styles + "</cellXfs></styleSheet>");
                    put(zip, "xl/sharedStrings.xml", head + "<sst " + MAIN + ">" + strings + "</sst>");
                }
                zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
                zip.write((head + "<worksheet " + MAIN + ">" + before + "<sheetData>" + rows).getBytes(
                        StandardCharsets.UTF_8));
                sheet.into(zip);
                zip.write(("</sheetData>" + after + "</worksheet>").getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
            return bytes.toByteArray();
        }

        private static void put(ZipOutputStream zip, String name, String text) throws IOException {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + (text.startsWith("<?xml")
                    ? text.substring(text
                            .indexOf("?>") + 2)
                    : text)).getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
    }

    private static String code(byte[] file) {
        return catchThrowableOfType(BadInput.class, () -> Spreadsheet.read(file)).findings().getFirst().code();
    }

    private static String first(Written book) throws IOException {
        return Spreadsheet.read(book.file()).sheets().getFirst().at(0, 0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"id14 | 46347 | 2026-11-21", "id57 | 46347 | 2026-11-21",
            "id28 | 46347 | 2026-11-21", "id22 | 46347.395833333 | 2026-11-21T09:30", "id20 | 0.395833333 | 09:30",
            "yyyy/m/d | 46347 | 2026-11-21", "[$-411]ggge\"年\"m\"月\"d\"日\";@ | 46347 | 2026-11-21",
            "[$-ja-JP]ge.m.d | 46347 | 2026-11-21", "[$-411]ggge\"年\"m\"月\" | 46347 | 2026-11-21",
            "m\"月\"d\"日\" | 46347 | 2026-11-21", "mmm-yy | 46347 | 2026-11-21", "d-mmm | 46347 | 2026-11-21",
            "yyyy/m/d h:mm | 46347.395833333 | 2026-11-21T09:30", "yyyy/m/d h:mm | 46347 | 2026-11-21",
            "h:mm | 0.5 | 12:00", "h\"時\"mm\"分\" | 0.520833333 | 12:30", "[h]:mm | 1.0625 | 25:30",
            "h:mm AM/PM | 0.75 | 18:00", "[Red]#,##0 | 46347 | 46347", "0.00E+00 | 46347 | 46347",
            "G/標準 | 46347 | 46347",
            "#,##0\"days\" | 46347 | 46347", "#,##0_d | 46347 | 46347", "\\d0 | 46347 | 46347",
            "000000 | 11002 | 011002",
            "0000000 | 600001 | 0600001", "#,##0.00 | 0.1 | 0.1", "yyyy/m/d | 60 | 60", "yyyy/m/d | 59 | 1900-02-28",
            "yyyy/m/d | 61 | 1900-03-01", "yyyy/m/d | 1 | 1900-01-01", "yyyy/m/d | 0 | 0", "yyyy/m/d | -3 | -3",
            "yyyy/m/d | 2958465 | 9999-12-31", "yyyy/m/d | 2958466 | 2958466", "yyyy/m/d | 1E300 | #long"})
    void aNumberSaysWhatItsFormatMeans(String format, String number, String said) throws IOException {
        var book = new Written();
        int style = book.style(format);
        book.rows = "<row r=\"1\"><c r=\"A1\" s=\"" + style + "\"><v>" + number
                + "</v></c></row><row r=\"2\"><c r=\"A2\" s=\"" + style + "\"><f>A1</f><v>" + number + "</v></c></row>";
        var sheet = Spreadsheet.read(book.file()).sheets().getFirst();
        assertThat(sheet.at(0, 0)).isEqualTo(said.equals("#long") ? "1" + "0".repeat(300) : said);
        assertThat(sheet.at(1, 0)).as("what a formula last gave").isEqualTo(sheet.at(0, 0));
    }

    @Test
    void daysOfTheOldMacintoshAreFourYearsLater() throws IOException {
        var book = new Written();
        book.properties = "<workbookPr date1904=\"1\"/>";
        int style = book.style("yyyy/m/d");
        book.rows = "<row r=\"1\"><c r=\"A1\" s=\"" + style + "\"><v>44885</v></c><c r=\"B1\" s=\"" + style
                + "\"><f>A1</f><v>44885</v></c><c r=\"C1\" s=\"" + style + "\"><v>0</v></c></row>";
        var sheet = Spreadsheet.read(book.file()).sheets().getFirst();
        assertThat(sheet.rows().getFirst()).containsExactly("2026-11-21", "2026-11-21", "1904-01-01");
    }

    @Test
    void everyKindOfCellSaysWhatIsSeenOnTheScreen() throws IOException {
        var book = new Written();
        book.strings = "<si><t>様式</t></si><si><r><t>太い</t></r><r><rPr><b/></rPr><t>字</t></r><rPh sb=\"0\" eb=\"2\"><t>フトイ</t></rPh></si><si><t xml:space=\"preserve\"> １２３ </t></si>";
        book.rows = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c><c r=\"C1\" t=\"s\"><v>2</v></c>"
                + "<c r=\"D1\" t=\"inlineStr\"><is><t>011002</t></is></c><c r=\"E1\" t=\"b\"><v>1</v></c><c r=\"F1\" t=\"e\"><v>#N/A</v></c>"
                + "<c r=\"G1\"><f>1+1</f><v>2</v></c><c r=\"H1\"><f>A1*B1</f></c><c r=\"I1\" t=\"str\"><f>T(A1)</f><v>答え</v></c><c r=\"J1\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c></row>"
                + "<row r=\"4\" hidden=\"1\"><c r=\"B4\"><v>0.1</v></c></row>";
        var sheet = Spreadsheet.read(book.file()).sheets().getFirst();
        assertThat(sheet.name()).isEqualTo("費用");
        assertThat(sheet.rows().getFirst()).containsExactly("様式", "太い字", " １２３ ", "011002", "true", "#N/A", "2",
                "=A1*B1",
                "答え", "#DIV/0!");
        assertThat(sheet.at(3, 1)).as("hidden, and after rows that are not there").isEqualTo("0.1");
        var shapes = new ArrayList<SpreadsheetRows.Shape>();
        SpreadsheetRows.walk(Files.write(folder.resolve("b"), book.file()), row -> row.cells().forEach(c -> shapes.add(c
                .shape())));
        assertThat(shapes).contains(SpreadsheetRows.Shape.ERROR, SpreadsheetRows.Shape.UNCALCULATED,
                SpreadsheetRows.Shape.FORMULA);
    }

    @Test
    void aWorkbookWithoutFormatsIsReadAsItIsWritten() throws IOException {
        var book = new Written();
        book.bare = true;
        book.rows = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>御見積書</t></is></c><c r=\"B1\"><v>5400000</v></c><c r=\"C1\" s=\"1\"><v>46347</v></c></row>";
        assertThat(Spreadsheet.read(book.file()).sheets().getFirst().rows().getFirst()).containsExactly("御見積書",
                "5400000", "46347");
    }

    @Test
    void mergedCellsAreKnown() throws IOException {
        var book = new Written();
        book.rows = "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\"/></row>";
        book.after = "<mergeCells count=\"1\"><mergeCell ref=\"A1:B1\"/></mergeCells>";
        var merged = new ArrayList<String>();
        SpreadsheetRows.walk(Files.write(folder.resolve("m"), book.file()), row -> row.cells().forEach(c -> merged.add(c
                .merged())));
        assertThat(merged).containsExactly("A1:B1", "A1:B1");
    }

    @Test
    void entitiesFromOutsideAreNotFetchedAndThoseThatMultiplyDoNot() throws IOException {
        var secret = Files.writeString(folder.resolve("secret"), "秘密");
        for (String head : List.of("<!DOCTYPE x [<!ENTITY a SYSTEM \"" + secret.toUri() + "\">]>",
                "<!DOCTYPE x [<!ENTITY l \"lol\"><!ENTITY a \"" + "&l;".repeat(1000) + "\">]>",
                "<!DOCTYPE x SYSTEM \"http://127.0.0.1:1/x.dtd\">")) {
            var book = new Written();
            book.head = head;
            String cell = head.contains("ENTITY a") ? "&a;" : "x";
            book.strings = "<si><t>" + cell + "</t></si>";
            book.rows = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>";
            String said;
            try {
                said = first(book);
            } catch (BadInput refused) {
                said = refused.findings().getFirst().code();
            }
            assertThat(said).as(head).doesNotContain("秘密", "lol").hasSizeLessThan(100);
        }
    }

    @Test
    void bombsAreRefusedByWhatTheyUnpackInto() throws IOException {
        var book = new Written();
        byte[] blank = new byte[1 << 20];
        Arrays.fill(blank, (byte) ' ');
        book.sheet = out -> {
            for (int i = 0; i < 400; i++)
                out.write(blank);
        };
        var file = book.file();
        assertThat(file.length).isLessThan(1 << 20);
        assertThat(code(file)).isEqualTo("spreadsheet.big");
        var kept = Files.write(folder.resolve("bomb"), file);
        assertThat(catchThrowableOfType(BadInput.class, () -> SpreadsheetRows.walk(kept, row -> {
        }))).isNotNull();
        var strings = new Written();
        strings.strings = "<si><t>" + "あ".repeat(21_000_000) + "</t></si>";
        var texts = Files.write(folder.resolve("texts"), strings.file());
        assertThat(catchThrowableOfType(BadInput.class, () -> SpreadsheetRows.walk(texts, row -> {
        }))).isNotNull();
    }

    @Test
    void aSheetUsedToItsLastRowIsWalkedAndRefusedWhereItIsHeldWhole() throws IOException {
        var book = new Written();
        book.rows = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"A1048576\"><v>2</v></c></row>";
        var rows = new ArrayList<String>();
        SpreadsheetRows.walk(Files.write(folder.resolve("last"), book.file()), row -> rows.add(row.address(0)));
        assertThat(rows).containsExactly("費用!A1", "費用!A1048576");
        var told = catchThrowableOfType(BadInput.class, () -> Spreadsheet.read(book.file())).findings().getFirst();
        assertThat(told.message().ja()).contains("費用", "100,000", "分けて");
    }

    @Test
    void lockedOldBrokenAndEmptyFilesAreToldApart() throws IOException {
        byte[] ole = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, (byte) 0xB1, 0x1A, (byte) 0xE1};
        assertThat(code(Arrays.copyOf(ole, 600))).isEqualTo("spreadsheet.old");
        var locked = new ByteArrayOutputStream();
        locked.writeBytes(Arrays.copyOf(ole, 512));
        locked.writeBytes("EncryptedPackage".getBytes(StandardCharsets.UTF_16LE));
        assertThat(code(locked.toByteArray())).isEqualTo("spreadsheet.locked");
        assertThat(code(new byte[0])).isEqualTo("spreadsheet.empty");
        byte[] whole = new Written().file();
        for (int length = 3; length < whole.length; length += 97)
            assertThat(code(Arrays.copyOf(whole, length))).isIn("spreadsheet.unreadable");
        var bad = new Written();
        bad.rows = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>99</v></c></row>";
        assertThat(catchThrowableOfType(Exception.class, () -> Spreadsheet.read(bad.file()))).isIn(null,
                catchThrowableOfType(
                        BadInput.class, () -> Spreadsheet.read(bad.file())));
        assertThat(Spreadsheet.read(new Written().file()).sheets().getFirst().rows()).isEmpty();
    }

    @Test
    void textsOfEveryEncodingAreRead() {
        for (var charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16, java.nio.charset.Charset.forName(
                "windows-31j")))
            assertThat(Spreadsheet.read("名称,金額\n髙い,1\n".getBytes(charset)).sheets().getFirst().at(1, 0)).as(charset
                    .name()).isEqualTo("髙い");
        assertThat(Spreadsheet.read("\uFEFFa\tb\n".getBytes(StandardCharsets.UTF_8)).sheets().getFirst().at(0, 1))
                .isEqualTo(
                        "b");
    }
}
