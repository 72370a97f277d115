package jp.kiban.portal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import jp.kiban.kernel.BadInput;

/// 表計算の表. What somebody's spreadsheet says, whole, as rows of text: the sheets of an `.xlsx` workbook that say something, or a CSV or tab-separated file. It is read as
/// `SpreadsheetRows` reads it: days become `2026-11-21`, numbers keep every digit, codes their leading zeros, formulas what they last gave; an error stands as `#N/A`
/// and a formula that nobody has calculated as itself, so that whoever wants a number there names it. Hidden rows count like others.
/// Bounded: refuses more than 50 MB unpacked or 100,000 rows.
public record Spreadsheet(List<Sheet> sheets) {
    private static final SpreadsheetRows.Bounds WHOLE = new SpreadsheetRows.Bounds(50_000_000, 50_000_000, 100_000,
            50_000_000);

    /// @param name of a CSV file: empty
    public record Sheet(String name, List<List<String>> rows) {
        /// Empty where there is no such cell.
        public String at(int row, int column) {
            return row < rows.size() && column < rows.get(row).size() ? rows.get(row).get(column) : "";
        }
    }

    /// At least one sheet, if only an empty one.
    ///
    /// @throws BadInput when it is no spreadsheet, or too big
    public static Spreadsheet read(byte[] file) {
        var sheets = new LinkedHashMap<String, List<List<String>>>();
        try {
            var kept = Files.createTempFile("kiban-sheet", ".file");
            try {
                Files.write(kept, file);
                SpreadsheetRows.walk(kept, WHOLE, row -> {
                    var rows = sheets.computeIfAbsent(row.sheet(), s -> new ArrayList<>());
                    while (rows.size() < row.number() - 1)
                        rows.add(List.of());
                    rows.add(row.cells().stream().map(SpreadsheetRows.Cell::text).toList());
                });
            } finally {
                Files.delete(kept);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        if (sheets.isEmpty())
            return new Spreadsheet(List.of(new Sheet("", List.of())));
        return new Spreadsheet(sheets.entrySet().stream().map(s -> new Sheet(s.getKey(), s.getValue())).toList());
    }

    /// `B5`, as a spreadsheet names the cell; both counted from 0.
    public static String address(int row, int column) {
        var letters = new StringBuilder();
        for (int n = column + 1; n > 0; n = (n - 1) / 26)
            letters.insert(0, (char) ('A' + (n - 1) % 26));
        return letters.toString() + (row + 1);
    }
}
