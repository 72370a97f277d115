package jp.kiban.portal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipFile;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Text;
import org.apache.commons.csv.CSVFormat;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;

/// 表計算の表. What somebody's spreadsheet says, as rows of text: the sheets of an `.xlsx` workbook, or a CSV or tab-separated file in
/// UTF-8 or Shift_JIS. Dates become `2026-11-21`, numbers keep every digit, formulas what they last gave, merged cells what
/// their first cell says. Bounded: refuses more than 50 MB unpacked, 100,000 rows or 200 columns, an old `.xls` and what has a password.
public record Spreadsheet(List<Sheet> sheets) {
    private static final int MOST_BYTES = 50_000_000;
    private static final int MOST_ROWS = 100_000;
    private static final int MOST_COLUMNS = 200;

    /// @param name of a CSV file: empty
    public record Sheet(String name, List<List<String>> rows) {
        /// Empty where there is no such cell.
        public String at(int row, int column) {
            return row < rows.size() && column < rows.get(row).size() ? rows.get(row).get(column) : "";
        }
    }

    /// @throws BadInput when it is no spreadsheet, or too big
    public static Spreadsheet read(byte[] file) {
        if (file.length == 0)
            throw refuse("empty", "ファイルが空です。", "The file is empty.");
        if (starts(file, 0xD0, 0xCF, 0x11, 0xE0))
            throw refuse("old", "旧形式（.xls）またはパスワード付きのファイルは読めません。.xlsx か CSV で保存し直してください。",
                    "An old .xls file, or one with a password, cannot be read: save it as .xlsx or CSV.");
        return new Spreadsheet(starts(file, 'P', 'K') ? book(file) : List.of(new Sheet("", table(text(file)))));
    }

    /// `B5`, as a spreadsheet names the cell; both counted from 0.
    public static String address(int row, int column) {
        var letters = new StringBuilder();
        for (int n = column + 1; n > 0; n = (n - 1) / 26)
            letters.insert(0, (char) ('A' + (n - 1) % 26));
        return letters.toString() + (row + 1);
    }

    private static boolean starts(byte[] file, int... bytes) {
        for (int i = 0; i < bytes.length; i++)
            if (file.length <= i || (file[i] & 0xff) != bytes[i])
                return false;
        return true;
    }

    private static List<Sheet> book(byte[] file) {
        unpacksWithinBounds(file);
        try (var book = new ReadableWorkbook(new ByteArrayInputStream(file))) {
            var sheets = new ArrayList<Sheet>();
            for (var sheet : book.getSheets().toList()) {
                var rows = new ArrayList<List<String>>();
                try (var all = sheet.openStream()) {
                    all.forEach(row -> {
                        if (row.getRowNum() > MOST_ROWS || row.getCellCount() > MOST_COLUMNS)
                            throw tooBig();
                        while (rows.size() < row.getRowNum() - 1)
                            rows.add(List.of());
                        var cells = new ArrayList<String>();
                        for (int c = 0; c < row.getCellCount(); c++)
                            cells.add(row.getOptionalCell(c).map(Spreadsheet::words).orElse(""));
                        rows.add(cells);
                    });
                }
                sheets.add(new Sheet(sheet.getName(), rows));
            }
            return sheets;
        } catch (BadInput bad) {
            throw bad;
        } catch (IOException | RuntimeException broken) {
            throw refuse("unreadable", "Excel のファイル（.xlsx）として読めません。",
                    "This cannot be read as an Excel workbook (.xlsx).");
        }
    }

    /// Counted by unpacking: what the file says of its own sizes proves nothing.
    private static void unpacksWithinBounds(byte[] file) {
        long left = MOST_BYTES;
        var buffer = new byte[8192];
        try {
            var kept = Files.createTempFile("kiban-sheet", ".zip");
            try {
                Files.write(kept, file);
                try (var zip = new ZipFile(kept.toFile())) {
                    for (var entry : Collections.list(zip.entries()))
                        try (var in = zip.getInputStream(entry)) {
                            for (int got = in.read(buffer); got > 0; got = in.read(buffer)) {
                                left -= got;
                                if (left < 0)
                                    throw tooBig();
                            }
                        }
                }
            } finally {
                Files.delete(kept);
            }
        } catch (IOException broken) {
            throw refuse("unreadable", "Excel のファイル（.xlsx）として読めません。途中で壊れているようです。",
                    "This cannot be read as an Excel workbook (.xlsx); it seems damaged.");
        }
    }

    private static String words(Cell cell) {
        if (cell.getType() == CellType.EMPTY || cell.getType() == CellType.ERROR)
            return "";
        if (cell.getType() == CellType.NUMBER) {
            var format = Optional.ofNullable(cell.getDataFormatString()).orElse("");
            int id = Optional.ofNullable(cell.getDataFormatId()).orElse(0);
            return id >= 14 && id <= 17 || format.contains("yy")
                    ? cell.asDate().toLocalDate().toString()
                    : cell.asNumber().stripTrailingZeros().toPlainString();
        }
        return cell.getType() == CellType.BOOLEAN
                ? cell.asBoolean().toString()
                : Optional.ofNullable(cell.getText()).orElse("");
    }

    private static List<List<String>> table(String text) {
        var first = text.lines().limit(20).toList();
        boolean tabs = first.stream().filter(l -> l.contains("\t")).count() > first.stream().filter(l -> l.contains(
                ",")).count();
        var rows = new ArrayList<List<String>>();
        try (var csv = (tabs ? CSVFormat.TDF : CSVFormat.EXCEL).builder().setIgnoreEmptyLines(false).get().parse(
                new StringReader(text))) {
            for (var line : csv) {
                if (rows.size() >= MOST_ROWS || line.size() > MOST_COLUMNS)
                    throw tooBig();
                rows.add(line.toList());
            }
        } catch (IOException | RuntimeException broken) {
            if (broken instanceof BadInput bad)
                throw bad;
            throw refuse("unreadable", "CSV として読めません（%d 行目の次あたり）。引用符の閉じ忘れがないか見てください。".formatted(rows.size()),
                    "This cannot be read as CSV, after line %d: look for a quotation mark that is not closed."
                            .formatted(rows.size()));
        }
        return rows;
    }

    private static String text(byte[] file) {
        if (file.length > MOST_BYTES)
            throw tooBig();
        for (var charset : List.of(StandardCharsets.UTF_8, Charset.forName("windows-31j")))
            try {
                return charset.newDecoder().onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(
                        CodingErrorAction.REPORT).decode(ByteBuffer.wrap(file)).toString().replace("\uFEFF", "");
            } catch (CharacterCodingException other) {
                // the next
            }
        throw refuse("encoding", "文字コードが UTF-8 でも Shift_JIS でもありません。", "The text is neither UTF-8 nor Shift_JIS.");
    }

    private static BadInput tooBig() {
        return refuse("big", "大きすぎます（展開して %,d バイト、%,d 行、%d 列まで）。".formatted(MOST_BYTES, MOST_ROWS, MOST_COLUMNS),
                "This is too big: at most %,d bytes unpacked, %,d rows, %d columns.".formatted(MOST_BYTES, MOST_ROWS,
                        MOST_COLUMNS));
    }

    private static BadInput refuse(String code, String ja, String en) {
        return new BadInput(List.of(new Finding("file", "spreadsheet." + code, new Text(ja, ja, en))));
    }
}
