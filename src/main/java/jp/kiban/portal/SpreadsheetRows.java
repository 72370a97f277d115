package jp.kiban.portal;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Text;
import org.apache.commons.csv.CSVFormat;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;

/// 表計算の行. A spreadsheet of any length, row by row and never whole in memory: an `.xlsx` workbook, or CSV or tab-separated text in
/// UTF-8, UTF-16 or Shift_JIS. Says of each cell what a plain text would hide: that it is a date, a formula, an error, or merged. Bounded:
/// refuses a workbook that unpacks into more than 300 MB, a row of more than 200 cells or 200,000 letters, more than five million rows, an
/// old `.xls` and what has a password.
public final class SpreadsheetRows {
    private static final Bounds STREAMED = new Bounds(300_000_000, 60_000_000, 5_000_000, Long.MAX_VALUE);
    private static final int MOST_PARTS = 10_000;
    private static final int MOST_COLUMNS = 200;
    private static final int LONGEST_NUMBER = 400;
    private static final int LONGEST_ROW = 200_000;
    private static final int MOST_MERGES = 10_000;
    private static final Pattern MERGE = Pattern.compile("<(?:\\w+:)?mergeCell\\s[^>]*?ref=\"([A-Z]{1,3}\\d{1,7}):([A-Z]{1,3}\\d{1,7})\"");

    private static final Pattern RELATION = Pattern.compile("<Relationship\\b[^>]*>");
    private static final String PARTS = "[Content_Types].xml";
    private static final Pattern WORKBOOK = Pattern.compile("xl/[^/]*workbook[^/]*\\.xml");
    private static final Pattern FROM_1904 = Pattern.compile("\\bdate1904=[\"'](?:1|true)[\"']");

    private final Path file;
    private final Bounds bounds;
    private boolean from1904;
    /// Programs that write tables often leave the formats out; the reader asks for them only where there are any.
    private boolean styled;
    private final Consumer<Row> rows;

    private SpreadsheetRows(Path file, Bounds bounds, Consumer<Row> rows) {
        this.file = file;
        this.bounds = bounds;
        this.rows = rows;
    }

    /// 限度. How much of a file is read.
    ///
    /// @param unpacked bytes of a workbook's parts together
    /// @param strings bytes of its table of texts, which is in memory whole
    /// @param text bytes of a text
    record Bounds(long unpacked, long strings, int rows, long text) {}

    /// 行.
    ///
    /// @param sheet empty for a text
    /// @param number as a spreadsheet counts, from 1
    public record Row(String sheet, int number, List<Cell> cells) {
        /// An empty one where there is none.
        public Cell at(int column) { return column < cells.size() ? cells.get(column) : Cell.NONE; }

        public boolean isBlank() { return cells.stream().allMatch(c -> c.text().isBlank()); }

        /// `費用!B5`
        public String address(int column) {
            return (sheet.isEmpty() ? "" : sheet + "!") + Spreadsheet.address(number - 1, column);
        }
    }

    /// セル.
    ///
    /// @param text a date as `2026-11-21`, a number with every digit, a formula as what it last gave
    /// @param merged `B3:B5` when it is in a merged area
    public record Cell(String text, Shape shape, String merged) {
        static final Cell NONE = new Cell("", Shape.TEXT, "");
    }

    /// セルの型.
    public enum Shape {
        TEXT, NUMBER, DATE,
        /// A formula with what it last gave.
        FORMULA,
        /// A formula that nobody has calculated yet.
        UNCALCULATED,
        /// `#REF!`, `#N/A`
        ERROR
    }

    /// @throws BadInput when it is no spreadsheet, or too big; what was handed over before does not count then
    public static void walk(Path file, Consumer<Row> rows) { walk(file, STREAMED, rows); }

    static void walk(Path file, Bounds bounds, Consumer<Row> rows) { new SpreadsheetRows(file, bounds, rows).walk(); }

    private void walk() {
        try (var in = new BufferedInputStream(Files.newInputStream(file))) {
            var head = in.readNBytes(4);
            if (head.length == 0)
                throw refuse("empty", "ファイルが空です。", "The file is empty.");
            if (head.length == 4 && (head[0] & 0xff) == 0xD0 && (head[1] & 0xff) == 0xCF)
                throw old(in);
            if (head.length > 1 && head[0] == 'P' && head[1] == 'K')
                book();
            else
                text(head);
        } catch (IOException unreadable) {
            throw refuse("unreadable", "ファイルを読めません。", "The file cannot be read.");
        }
    }

    /// Both begin alike; only what is locked has a stream of this name.
    private static BadInput old(InputStream in) throws IOException {
        var start = new String(in.readNBytes(4_000_000), StandardCharsets.ISO_8859_1);
        return start.contains("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0")
                ? refuse("locked", "パスワードで保護されたファイルは読めません。パスワードを外して保存し直してください（ファイル → 情報 → ブックの保護）。",
                        "The file is protected by a password: save it without one (File, Info, Protect Workbook).")
                : refuse("old", "旧形式（.xls）のファイルは読めません。Excel で開き、.xlsx か CSV で保存し直してください。",
                        "This is an old .xls file: open it and save it as .xlsx or CSV.");
    }

    // ---- workbook ------------------------------------------------------------------------------------------------

    private record Area(int top, int left, int bottom, int right, String name) {}

    private void book() {
        var merged = unpacksWithinBounds();
        try (var book = new ReadableWorkbook(file.toFile(), new ReadingOptions(styled, true))) {
            for (var sheet : book.getSheets().toList()) {
                var areas = merged.getOrDefault(sheet.getId(), List.of());
                try (var all = sheet.openStream()) {
                    all.forEach(row -> {
                        if (row.getCellCount() > MOST_COLUMNS)
                            throw tooManyColumns(sheet.getName(), row.getRowNum(), row.getCellCount());
                        if (row.getRowNum() > bounds.rows())
                            throw tooManyRows(sheet.getName());
                        var cells = new ArrayList<Cell>();
                        for (int c = 0; c < row.getCellCount(); c++) {
                            int column = c;
                            var area = within(areas, row.getRowNum() - 1, c);
                            cells.add(row.getOptionalCell(c).map(cell -> cell(cell, area, from1904)).orElseGet(() -> area.isEmpty()
                                    ? Cell.NONE
                                    : new Cell("", Shape.TEXT, within(areas, row.getRowNum() - 1, column))));
                        }
                        rows.accept(new Row(sheet.getName(), row.getRowNum(), cells));
                    });
                }
            }
        } catch (BadInput bad) {
            throw bad;
        } catch (IOException | RuntimeException broken) {
            throw noWorkbook();
        }
    }

    private static String within(List<Area> areas, int row, int column) {
        for (var area : areas)
            if (row >= area.top() && row <= area.bottom() && column >= area.left() && column <= area.right())
                return area.name();
        return "";
    }

    private static Cell cell(org.dhatim.fastexcel.reader.Cell cell, String merged, boolean from1904) {
        var raw = Optional.ofNullable(cell.getRawValue()).orElse("");
        return switch (cell.getType()) {
            case ERROR -> new Cell(raw.isEmpty() ? "#N/A" : raw, Shape.ERROR, merged);
            case NUMBER -> {
                var number = cell.asNumber();
                yield Math.abs(number.scale()) > LONGEST_NUMBER || raw.length() > LONGEST_NUMBER
                        ? new Cell(raw, Shape.TEXT, merged)
                        : number(cell, number, Shape.NUMBER, merged, from1904);
            }
            case FORMULA -> raw.isEmpty()
                    ? new Cell("=" + Optional.ofNullable(cell.getFormula()).orElse(""), Shape.UNCALCULATED, merged)
                    : raw.startsWith("#")
                            ? new Cell(raw, Shape.ERROR, merged)
                            : raw.length() < LONGEST_NUMBER && raw.matches(
                                    "-?\\d+(\\.\\d+)?([eE][-+]?\\d{1,3})?")
                                    ? number(cell, new BigDecimal(raw), Shape.FORMULA, merged, from1904)
                                    : new Cell(raw, Shape.FORMULA, merged);
            case BOOLEAN -> new Cell(cell.asBoolean().toString(), Shape.TEXT, merged);
            case STRING, EMPTY -> new Cell(Optional.ofNullable(cell.getText()).orElse(""), Shape.TEXT, merged);
        };
    }

    private static Cell number(org.dhatim.fastexcel.reader.Cell cell, BigDecimal number, Shape otherwise, String merged,
            boolean from1904) {
        var shown = Optional.ofNullable(cell.getDataFormatString()).orElse("");
        var format = CellFormat.of(Optional.ofNullable(cell.getDataFormatId()).orElse(0), shown);
        var words = format.words(number, from1904, shown);
        return new Cell(words, otherwise == Shape.NUMBER && format.isDay(words) ? Shape.DATE : otherwise, merged);
    }

    /// Counted by unpacking: what the file says of its own sizes proves nothing. Answers the merged areas by the id of the sheet.
    private Map<String, List<Area>> unpacksWithinBounds() {
        long left = bounds.unpacked();
        var merged = new HashMap<String, List<Area>>();
        var ids = new HashMap<String, String>();
        try (var zip = new ZipFile(file.toFile())) {
            if (zip.size() > MOST_PARTS)
                throw tooBig();
            for (var entry : Collections.list(zip.entries())) {
                boolean strings = entry.getName().endsWith("sharedStrings.xml");
                long before = left;
                if (entry.getName().startsWith("xl/worksheets/") && entry.getName().endsWith(".xml"))
                    left = merges(zip, entry, left, merged);
                else {
                    var kept = new ByteArrayOutputStream();
                    left = counted(zip, entry, strings ? Math.min(left, bounds.strings()) : left, kept) + (strings
                            ? before - Math.min(before, bounds.strings())
                            : 0);
                    if (entry.getName().equals("xl/_rels/workbook.xml.rels"))
                        relations(kept.toString(StandardCharsets.UTF_8), ids);
                    else if (entry.getName().equals(PARTS))
                        styled = kept.toString(StandardCharsets.UTF_8).contains("spreadsheetml.styles+xml");
                    else if (WORKBOOK.matcher(entry.getName()).matches())
                        from1904 = FROM_1904.matcher(kept.toString(StandardCharsets.UTF_8)).find();
                }
            }
        } catch (IOException broken) {
            throw refuse("unreadable", "Excel のファイル（.xlsx）として読めません。途中で壊れているようです。",
                    "This cannot be read as an Excel workbook (.xlsx); it seems damaged.");
        }
        var byId = new HashMap<String, List<Area>>();
        ids.forEach((id, target) -> Optional.ofNullable(merged.get(target)).ifPresent(a -> byId.put(id, a)));
        return byId;
    }

    private long counted(ZipFile zip, ZipEntry entry, long left, ByteArrayOutputStream kept) throws IOException {
        boolean keeps = entry.getName().equals(PARTS) || entry.getName().equals("xl/_rels/workbook.xml.rels") || WORKBOOK.matcher(entry.getName()).matches();
        long still = left;
        try (InputStream in = zip.getInputStream(entry)) {
            var buffer = new byte[65_536];
            for (int got = in.read(buffer); got > 0; got = in.read(buffer)) {
                still -= got;
                if (still < 0)
                    throw tooBig();
                if (keeps && kept.size() < 1_000_000)
                    kept.write(buffer, 0, got);
            }
        }
        return still;
    }

    private static void relations(String text, Map<String, String> ids) {
        for (var relation : RELATION.matcher(text).results().toList()) {
            var id = attribute(relation.group(), "Id");
            var target = attribute(relation.group(), "Target").replaceFirst("^/?(xl/)?", "");
            ids.put(id, "xl/" + target);
        }
    }

    private static String attribute(String element, String name) {
        var at = Pattern.compile("\\b" + name + "=\"([^\"]*)\"").matcher(element);
        return at.find() ? at.group(1) : "";
    }

    /// The merged areas stand behind the rows.
    private long merges(ZipFile zip, ZipEntry entry, long left, Map<String, List<Area>> merged)
            throws IOException {
        var areas = new ArrayList<Area>();
        var carry = "";
        try (InputStream in = zip.getInputStream(entry)) {
            var buffer = new byte[65_536];
            for (int got = in.readNBytes(buffer, 0, buffer.length); got > 0; got = in.readNBytes(buffer, 0,
                    buffer.length)) {
                left -= got;
                if (left < 0)
                    throw tooBig();
                var text = carry + new String(buffer, 0, got, StandardCharsets.ISO_8859_1);
                int until = 0;
                if (text.contains("mergeCell ")) {
                    var found = MERGE.matcher(text);
                    while (found.find() && areas.size() < MOST_MERGES) {
                        areas.add(area(found.group(1), found.group(2)));
                        until = found.end();
                    }
                }
                carry = text.substring(Math.max(until, text.length() - 200));
            }
        }
        merged.put(entry.getName(), areas);
        return left;
    }

    private static Area area(String from, String to) {
        return new Area(row(from), column(from), row(to), column(to), from + ":" + to);
    }

    private static int row(String address) { return Integer.parseInt(address.replaceAll("[A-Z]", "")) - 1; }

    private static int column(String address) {
        int column = 0;
        for (char letter : address.replaceAll("\\d", "").toCharArray())
            column = column * 26 + letter - 'A' + 1;
        return column - 1;
    }

    // ---- text ----------------------------------------------------------------------------------------------------

    private void text(byte[] head) throws IOException {
        if (Files.size(file) > bounds.text())
            throw refuse("big", "大きすぎます（%,d バイトまで）。分けて読み込んでください。".formatted(bounds.text()),
                    "This is too big (at most %,d bytes): split it.".formatted(bounds.text()));
        var charset = charset(file, head);
        boolean tabs = tabs(file, charset);
        var format = (tabs ? CSVFormat.TDF : CSVFormat.EXCEL).builder().setIgnoreEmptyLines(false).get();
        var bounded = new BoundedReader(open(file, charset));
        int number = 0;
        try (bounded; var csv = format.parse(bounded)) {
            for (var record : csv) {
                number++;
                bounded.again();
                if (number > bounds.rows())
                    throw tooManyRows("");
                if (record.size() > MOST_COLUMNS)
                    throw tooManyColumns("", number, record.size());
                var cells = new ArrayList<Cell>(record.size());
                for (var value : record)
                    cells.add(new Cell(value, Shape.TEXT, ""));
                rows.accept(new Row("", number, cells));
            }
        } catch (UncheckedIOException | IllegalStateException broken) {
            throw quotation(number);
        } catch (TooLong broken) {
            throw quotation(number);
        }
    }

    private static BadInput quotation(int number) {
        return refuse("unreadable", "CSV として読めません（%d 行目の次あたり）。引用符の閉じ忘れがないか見てください。".formatted(number),
                "This cannot be read as CSV, after line %d: look for a quotation mark that is not closed.".formatted(
                        number));
    }

    private static Reader open(Path file, Charset charset) throws IOException {
        var in = new BufferedReader(new InputStreamReader(Files.newInputStream(file), charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT)));
        in.mark(1);
        if (in.read() != '\uFEFF')
            in.reset();
        return in;
    }

    private static boolean tabs(Path file, Charset charset) throws IOException {
        var start = new char[16_384];
        int length;
        try (var in = open(file, charset)) {
            length = Math.max(0, in.read(start));
        }
        var lines = new String(start, 0, length).lines().limit(20).toList();
        return lines.stream().filter(l -> l.contains("\t")).count() > lines.stream().filter(l -> l.contains(",")).count();
    }

    /// Read through once before anything is handed over: half a file in the wrong letters would be worse than none.
    private static Charset charset(Path file, byte[] head) throws IOException {
        if (head.length > 1 && ((head[0] & 0xff) == 0xFF && (head[1] & 0xff) == 0xFE || (head[0] & 0xff) == 0xFE
                && (head[1] & 0xff) == 0xFF))
            return StandardCharsets.UTF_16;
        long broken = 0;
        for (var charset : List.of(StandardCharsets.UTF_8, Charset.forName("windows-31j"))) {
            long line = 1;
            try (var in = open(file, charset)) {
                var buffer = new char[65_536];
                for (int got = in.read(buffer); got > 0; got = in.read(buffer))
                    for (int i = 0; i < got; i++) {
                        if (buffer[i] == '\n')
                            line++;
                        if (buffer[i] == '\0')
                            throw refuse("encoding", "文字ではないもの（%d 行目あたり）が入っています。CSV か .xlsx で保存し直してください。"
                                    .formatted(line), "There is something that is no text near line %d: save it as CSV or .xlsx."
                                            .formatted(line));
                    }
                return charset;
            } catch (CharacterCodingException other) {
                broken = Math.max(broken, line);
            }
        }
        throw refuse("encoding", "文字コードが UTF-8 でも UTF-16 でも Shift_JIS でもありません（%d 行目より後）。".formatted(broken),
                "The text is neither UTF-8, UTF-16 nor Shift_JIS (from after line %d).".formatted(broken));
    }

    private static final class TooLong extends IOException {}

    /// Stops a row that has no end: an open quotation mark would swallow the rest of the file.
    private static final class BoundedReader extends FilterReader {
        private long since;

        BoundedReader(Reader in) { super(in); }

        void again() { since = 0; }

        @Override
        public int read() throws IOException {
            if (++since > LONGEST_ROW)
                throw new TooLong();
            return super.read();
        }

        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            if (since > LONGEST_ROW)
                throw new TooLong();
            int got = super.read(buffer, offset, length);
            since += Math.max(0, got);
            return got;
        }
    }

    // ---- refusals ------------------------------------------------------------------------------------------------

    private static BadInput noWorkbook() {
        return refuse("unreadable", "Excel のファイル（.xlsx）として読めません。",
                "This cannot be read as an Excel workbook (.xlsx).");
    }

    private BadInput tooBig() {
        return refuse("big", "大きすぎます（展開して %,d バイトまで、文字の表は %,d バイトまで）。".formatted(bounds.unpacked(), bounds.strings()),
                "This is too big: at most %,d bytes unpacked, %,d of them texts.".formatted(bounds.unpacked(),
                        bounds.strings()));
    }

    private BadInput tooManyRows(String sheet) {
        return refuse("big", (sheet.isEmpty() ? "" : "シート「" + sheet + "」の") + "行が多すぎます（%,d 行まで）。使っていない行を消すか、ファイルを分けてください。".formatted(
                bounds.rows()), (sheet.isEmpty() ? "There are" : "Sheet " + sheet + " has")
                        + " too many rows (at most %,d): remove rows that are not used, or split the file.".formatted(bounds
                                .rows()));
    }

    private static BadInput tooManyColumns(String sheet, int row, int seen) {
        var where = (sheet.isEmpty() ? "" : sheet + " ") + row;
        return refuse("big", "列が多すぎます（%s 行目に %d 列。%d 列まで）。".formatted(where, seen, MOST_COLUMNS),
                "Row %s has %d columns: at most %d.".formatted(where, seen, MOST_COLUMNS));
    }

    private static BadInput refuse(String code, String ja, String en) {
        return new BadInput(List.of(new Finding("file", "spreadsheet." + code, new Text(ja, ja, en))));
    }
}
