package jp.kiban.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LedgerSheetTests {
    private static final String HEADINGS = "年度,業務,費目,基準,名称,金額,通貨,為替レート,税の別,税率,開始日,終了日,件数,出典,確からしさ\n";
    @TempDir
    Path folder;

    private List<LedgerEntry> entries = new ArrayList<>();

    private LedgerSheet.Read read(byte[] file) throws IOException {
        entries = new ArrayList<>();
        var path = Files.write(folder.resolve("costs"), file);
        return LedgerSheet.read(path, "costs", entries::add);
    }

    private LedgerSheet.Read read(String csv) throws IOException { return read(csv.getBytes(StandardCharsets.UTF_8)); }

    private List<Finding> faults(byte[] file) {
        return catchThrowableOfType(BadInput.class, () -> read(file)).findings();
    }

    private List<String> faults(String rows) {
        return faults((HEADINGS + rows).getBytes(StandardCharsets.UTF_8)).stream().map(f -> f.where() + " " + f.code()
                .replace("cost.ledger.fault.", "")).toList();
    }

    private static byte[] empty(Consumer<Worksheet> fill) {
        var bytes = new ByteArrayOutputStream();
        try (var book = new Workbook(bytes, "test", "1.0")) {
            fill.accept(book.newWorksheet("費用"));
            book.finish();
        } catch (IOException impossible) {
            throw new java.io.UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static byte[] book(Consumer<Worksheet> fill) {
        return empty(sheet -> {
            var headings = HEADINGS.strip().split(",");
            for (int c = 0; c < headings.length; c++)
                sheet.value(0, c, headings[c]);
            var row = "2025,住民基本台帳,クラウド利用経費,実績,雲,1000,,,税抜,10,,,,請求書,計測".split(",");
            for (int c = 0; c < row.length; c++)
                if (!row[c].isEmpty())
                    sheet.value(1, c, row[c]);
            fill.accept(sheet);
        });
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void theTemplateIsEmptyAndItsExampleIsReadAsItStands(Language language) throws IOException {
        var template = new LedgerTemplate(language);
        assertThat(faults(template.xlsx())).extracting(Finding::code).containsExactly("cost.ledger.fault.nothing");
        assertThat(faults(template.csv())).extracting(Finding::code).containsExactly("cost.ledger.fault.nothing");
        var example = empty(sheet -> {
            for (int r = 0; r < template.example().size(); r++)
                for (int c = 0; c < template.example().get(r).size(); c++)
                    LedgerTemplate.put(sheet, r + 1, c, template.example().get(r).get(c));
            for (var column : LedgerColumn.values())
                sheet.value(0, column.ordinal(), column.title().in(language));
        });
        read(example);
        assertThat(entries).hasSize(template.example().size());
        assertThat(entries.get(4).yen()).isEqualByComparingTo("8551441.1125"); // 52000.25 × 149.5 × 1.1
        assertThat(entries.get(0).yen()).isEqualByComparingTo("9072000");
        assertThat(entries.get(5).from()).isEqualTo("2025-10-01");
        assertThat(entries.get(3).cases()).contains(15_200L);
        assertThat(entries.get(3).place()).isEqualTo("費用!G5");
    }

    @ParameterizedTest
    @CsvSource({"2024,2024", "令和6年度,2024", "R6,2024", "令和元年度,2019", "平成30,2018", "H30年度,2018", "FY2025,2025",
            "２０２５年度,2025"})
    void aFiscalYearIsReadAsTownHallsWriteIt(String words, int year) {
        assertThat(LedgerSheet.yearOf(words)).hasValueSatisfying(y -> assertThat(y.year()).isEqualTo(year));
    }

    @ParameterizedTest
    @CsvSource({"24", "平成32", "令和0", "2024/4", "昭和60", "3024"})
    void whatMayBeAnotherYearIsRefused(String words) { assertThat(LedgerSheet.yearOf(words)).isEmpty(); }

    @Test
    void amountsAreReadExactlyOrRefused() throws IOException {
        var ok = List.of("1000", "\"1,234,567\"", "1234.567890123456".substring(0, 14), "¥1000", "1000円", "▲500",
                "(500)", "\"－1,000\"", "１０００", "\" 1000 \"");
        for (var amount : ok) {
            read(HEADINGS + "2025,住民基本台帳,クラウド利用経費,実績,雲," + amount + ",,,税込,10,,,,請求書,計測\n");
            assertThat(entries).as(amount).hasSize(1);
        }
        for (var amount : List.of("\"1,23\"", "\"10.000,00\"", "1.2E+07", "一千万", "1000ドル", "10%", "1234567890123456789",
                "1-2"))
            assertThat(faults("2025,住民基本台帳,クラウド利用経費,実績,雲," + amount + ",,,税込,10,,,,請求書,計測\n")).as(amount)
                    .containsExactly("F2 amount");
        read(HEADINGS + "2025,住民基本台帳,クラウド利用経費,実績,雲,\"$10,000.00 \",USD,150.25,税抜,10,,,,請求書,計測\n");
        assertThat(entries.getFirst().yen()).isEqualByComparingTo("1652750");
        assertThat(faults("2025,住民基本台帳,クラウド利用経費,実績,雲,\"$10,000.00 \",,,税抜,10,,,,請求書,計測\n")).containsExactly("F2 sign");
        assertThat(faults("2025,住民基本台帳,クラウド利用経費,実績,雲,1000円,USD,150,税抜,10,,,,請求書,計測\n")).containsExactly("F2 sign");
    }

    @Test
    void everyFaultOfEveryRowIsToldAtOnceOnItsCell() {
        assertThat(faults("""
                2025,住民基本台帳,クラウド利用経費,実績,雲,NULL,,,税抜,10,,,,請求書,計測
                来年,住民票,雲代,予想,雲,1000,XXX,,税別なし,ten,45748,2027-01-01,半分,,たぶん
                2025,住民基本台帳,クラウド利用経費,実績,雲,1000,USD,,税抜,10,2026-03-31,2025-04-01,,請求書,計測
                2025,住民基本台帳,クラウド利用経費,実績,雲,1000,,150,税抜,200,2025-03-31,,,請求書,計測
                合計,,,,,4000,,,,,,,,,
                2019,住民基本台帳,クラウド利用経費,実績,雲,1000,,,税抜,,,,,請求書,計測
                ,,,,,,,,,,,,,,

                ,住民基本台帳,クラウド利用経費,実績,,,,,,,,,,請求書,計測
                """)).containsExactlyInAnyOrder("F2 null", "A3 year", "B3 system", "C3 kind", "D3 baseline",
                "G3 currency", "I3 tax", "J3 percent", "K3 serial", "M3 cases", "N3 empty", "O3 confidence",
                "H4 rate.empty", "L4 order",
                "H5 rate.yen", "J5 percent", "K5 term", "A6 sum", "J7 percent.empty", "A10 empty", "F10 empty",
                "I10 empty");
        assertThat(entries).as("those after the first fault are not handed over").isEmpty();
    }

    @Test
    void headingsThatAreMissingOrTwiceAreNamed() {
        assertThat(faults("年度,業務,費目,金額,金額\n".getBytes(StandardCharsets.UTF_8))).extracting(Finding::code)
                .containsExactlyInAnyOrder("cost.ledger.fault.twice", "cost.ledger.fault.heading",
                        "cost.ledger.fault.heading", "cost.ledger.fault.heading", "cost.ledger.fault.heading");
        assertThat(faults("りんご,みかん\n1,2\n".getBytes(StandardCharsets.UTF_8))).extracting(Finding::code)
                .containsExactly("cost.ledger.fault.headings");
    }

    @Test
    void faultsAreCountedWhenTheyAreTooManyToTell() {
        var rows = new StringBuilder();
        for (int i = 0; i < 2_000; i++)
            rows.append("2025,住民基本台帳,クラウド利用経費,実績,雲,x,,,税抜,10,,,,請求書,計測\n");
        var faults = faults((HEADINGS + rows).getBytes(StandardCharsets.UTF_8));
        assertThat(faults).hasSize(LedgerSheet.MOST_FINDINGS + 1);
        assertThat(faults.getLast().message().en()).contains("1,500");
    }

    @Test
    void lettersOfAJapaneseSpreadsheetAreKnownAndOthersRefused() throws IOException {
        var csv = HEADINGS + "2025,住民基本台帳,クラウド利用経費,実績,①髙橋システム,1000,,,税抜,10,,,,請求書,計測\n";
        for (var charset : List.of(StandardCharsets.UTF_8, Charset.forName("windows-31j"), StandardCharsets.UTF_16)) {
            read(csv.getBytes(charset));
            assertThat(entries.getFirst().name()).as(charset.name()).isEqualTo("①髙橋システム");
        }
        read(csv.replace(',', '\t').getBytes(StandardCharsets.UTF_16));
        assertThat(entries).hasSize(1);
        assertThat(faults((csv + "\u00ff").getBytes(StandardCharsets.ISO_8859_1))).extracting(Finding::code)
                .hasSize(1);
        assertThat(faults(csv.getBytes(Charset.forName("EUC-JP")))).extracting(Finding::code).isNotEmpty();
        var picture = new byte[3_000];
        picture[0] = (byte) 0x89;
        assertThat(faults(picture)).extracting(Finding::code).containsExactly("spreadsheet.encoding");
        assertThat(faults(new byte[0])).extracting(Finding::code).containsExactly("spreadsheet.empty");
        assertThat(faults(new byte[]{(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0})).extracting(Finding::code)
                .containsExactly("spreadsheet.old");
    }

    @Test
    void aQuotationMarkThatIsNeverClosedDoesNotSwallowTheFile() {
        var rows = "2025,住民基本台帳,クラウド利用経費,実績,\"雲,1000\n" + "x,".repeat(500_000);
        assertThat(faults((HEADINGS + rows).getBytes(StandardCharsets.UTF_8))).extracting(Finding::code)
                .containsExactly("spreadsheet.unreadable");
    }

    @Test
    void mergedCellsAreNamedAndNotFilledIn() {
        var faults = faults(book(sheet -> {
            sheet.range(1, 0, 2, 0).merge();
            for (int c = 1; c < 15; c++)
                if (sheet.value(1, c) != null)
                    sheet.value(2, c, sheet.value(1, c).toString());
        }));
        assertThat(faults).extracting(Finding::where).containsExactly("費用!A2");
        assertThat(faults.getFirst().message().ja()).contains("A2:A3");
    }

    @Test
    void aMergedTitleAboveTheTableHurtsNobody() throws IOException {
        var book = book(sheet -> sheet.range(10, 0, 10, 3).merge());
        assertThat(read(book).entries()).isEqualTo(1);
    }

    @Test
    void excelDatesAreDatesAndNoAmounts() throws IOException {
        read(book(sheet -> {
            sheet.value(1, 10, LocalDate.of(2025, 10, 1));
            sheet.style(1, 10).format("yyyy/mm/dd").set();
        }));
        assertThat(entries.getFirst().from()).isEqualTo("2025-10-01");
        var faults = faults(book(sheet -> {
            sheet.value(1, 5, LocalDate.of(2025, 10, 1));
            sheet.style(1, 5).format("yyyy/mm/dd").set();
            sheet.value(1, 0, LocalDate.of(2025, 4, 1));
            sheet.style(1, 0).format("yyyy/mm/dd").set();
        }));
        assertThat(faults).extracting(f -> f.where() + " " + f.code()).containsExactlyInAnyOrder(
                "費用!A2 cost.ledger.fault.date", "費用!F2 cost.ledger.fault.date");
    }

    @Test
    void formulasAreReadByTheirResultWithANoticeAndRefusedWithoutOne() throws IOException {
        var without = book(sheet -> sheet.formula(1, 5, "500+500"));
        assertThat(faults(without)).extracting(Finding::code).containsExactly("cost.ledger.fault.uncalculated");
        var with = rewritten(without, "xl/worksheets/sheet1.xml", xml -> xml.replace("<f>500+500</f>",
                "<f>500+500</f><v>1000.5</v>"));
        var read = read(with);
        assertThat(entries.getFirst().amount()).isEqualByComparingTo("1000.5");
        assertThat(read.notices()).extracting(Finding::code).containsExactly("cost.ledger.notice.formulas");
        var broken = rewritten(without, "xl/worksheets/sheet1.xml", xml -> xml.replaceAll(
                "<c r=\"F2\"([^>]*?)><f>500\\+500</f>", "<c r=\"F2\"$1 t=\"e\"><f>500+500</f><v>#REF!</v>"));
        assertThat(faults(broken)).extracting(Finding::code).containsExactly("cost.ledger.fault.error");
    }

    @Test
    void aZipBombIsStoppedWhileItUnfolds() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
            var nothing = new byte[1_000_000];
            for (int i = 0; i < 400; i++)
                zip.write(nothing);
        }
        assertThat(bytes.size()).isLessThan(1_000_000);
        assertThat(faults(bytes.toByteArray())).extracting(Finding::code).containsExactly("spreadsheet.big");
        assertThat(faults("PK damaged".getBytes(StandardCharsets.UTF_8))).extracting(Finding::code).containsExactly(
                "spreadsheet.unreadable");
        var wide = new StringBuilder(HEADINGS.strip());
        wide.append(",x".repeat(300)).append('\n');
        assertThat(faults(wide.toString().getBytes(StandardCharsets.UTF_8))).extracting(Finding::code).containsExactly(
                "spreadsheet.big");
    }

    @Test
    void aRowSaidTwiceAndASheetThatWasNotReadAreNoticed() throws IOException {
        var row = "2025,住民基本台帳,クラウド利用経費,実績,雲,1000,,,税抜,10,,,,請求書,計測\n";
        assertThat(read(HEADINGS + row + row).notices()).extracting(Finding::where).containsExactly("A3");
        assertThat(entries).hasSize(2);
    }

    @Test
    void aLongFilePassesWithoutBeingKept() throws IOException {
        var file = folder.resolve("large.csv");
        try (var out = Files.newBufferedWriter(file)) {
            out.write(HEADINGS);
            for (int i = 0; i < 300_000; i++)
                out.write("2025,住民基本台帳,クラウド利用経費,実績,雲" + i + ",0.1,,,税込,10,,,,請求書,計測\n");
        }
        var sum = new BigDecimal[]{BigDecimal.ZERO};
        var read = LedgerSheet.read(file, "large.csv", e -> sum[0] = sum[0].add(e.yen()));
        assertThat(read.entries()).isEqualTo(300_000);
        assertThat(sum[0]).isEqualByComparingTo("30000");
    }

    @Test
    void taxIsExactOneWayAndRoundedToTwelvePlacesTheOther() {
        assertThat(Tax.excluded("10").with(new BigDecimal("0.07"))).isEqualByComparingTo("0.077");
        assertThat(Tax.included("10").without(new BigDecimal("100"))).isEqualByComparingTo("90.909090909091");
        assertThat(Tax.UNSTATED.with(BigDecimal.TEN)).isEqualByComparingTo(Tax.UNSTATED.without(BigDecimal.TEN));
        assertThatThrownBy(() -> Tax.included("101")).isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] rewritten(byte[] book, String part, java.util.function.UnaryOperator<String> change)
            throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var in = org.apache.commons.compress.archivers.zip.ZipFile.builder().setByteArray(book).get();
                var out = new ZipOutputStream(bytes)) {
            for (var entry : java.util.Collections.list(in.getEntries())) {
                out.putNextEntry(new ZipEntry(entry.getName()));
                var content = in.getInputStream(entry).readAllBytes();
                out.write(entry.getName().equals(part)
                        ? change.apply(new String(content, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8)
                        : content);
            }
        }
        return bytes.toByteArray();
    }
}
