package jp.kiban.catalogue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.Text;
import jp.kiban.standards.StandardVersion;
import jp.kiban.standards.Variation;
import org.apache.commons.csv.CSVFormat;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// 独自施策の表計算。A layer as a workbook (a sheet of settings and a sheet for each table) or as CSV, out and in again, for the
/// whole layer or for one table. Everything that is wrong is told with its cell, and can be written into the workbook: the
/// cell is coloured, carries the words as a note, and the last column repeats them.
final class LayerSheet {
    static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private static final String SETTINGS = "設定";
    private static final String WRONG = "FFD6D6";
    private static final int MOST_ROWS = 2_000;
    private final StandardVersion version;

    LayerSheet(StandardVersion version) { this.version = version; }

    /// 読み取り. The values that the file sets, where each stands in it, and what could not be read.
    record Reading(Map<String, JsonNode> values, Map<String, String> cells, List<Finding> findings) {
        /// `設定!D5`, the cell of a finding; empty when it stands nowhere.
        String cell(String where) {
            for (var at = where;;) {
                var cell = cells.get(at);
                if (cell != null)
                    return cell;
                int cut = Math.max(at.lastIndexOf('.'), at.lastIndexOf('['));
                if (cut <= 0)
                    return "";
                at = at.substring(0, cut);
            }
        }
    }

    // out

    /// The workbook of a layer, or of one table of it, with the findings in their cells.
    byte[] workbook(Map<String, JsonNode> local, Optional<String> table, List<Finding> findings, Language language) {
        var out = new ByteArrayOutputStream();
        try (var book = new Workbook(out, "Kiban", "1.0")) {
            if (table.isEmpty())
                settings(book.newWorksheet(SETTINGS), local, findings, language);
            for (var variation : version.variations().all())
                if (LayerGrid.fits(variation) && table.stream().allMatch(variation.key()::equals))
                    rows(book.newWorksheet(sheetName(variation.key())), variation, local.getOrDefault(variation.key(),
                            variation.byDefault()), findings, language);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return out.toByteArray();
    }

    private static String sheetName(String key) { return key.length() > 31 ? key.substring(0, 31) : key; }

    private void settings(Worksheet sheet, Map<String, JsonNode> local, List<Finding> findings, Language language) {
        head(sheet, List.of("key", word("sheet.name", language), word("sheet.set", language), word("sheet.value",
                language), word("sheet.default", language), word("sheet.range", language),
                word("sheet.faults",
                        language)));
        int row = 1;
        for (var variation : version.variations().all()) {
            var value = local.getOrDefault(variation.key(), variation.byDefault());
            if (variation.type() == Variation.Type.TEXT && variation.byDefault().isObject()) {
                for (var part : List.of("ja", "ja-easy", "en"))
                    setting(sheet, row++, variation, variation.key() + "." + part, local.containsKey(variation.key()),
                            value.path(part), variation.byDefault().path(part), findings, language);
            } else
                setting(sheet, row++, variation, variation.key(), local.containsKey(variation.key()), value, variation
                        .byDefault(), findings, language);
        }
        sheet.freezePane(0, 1);
        widths(sheet, 24, 30, 12, 36, 24, 40, 50);
    }

    private static void setting(Worksheet sheet, int row, Variation variation, String key, boolean set, JsonNode value,
            JsonNode byDefault, List<Finding> findings, Language language) {
        sheet.value(row, 0, key);
        sheet.value(row, 1, variation.name().in(language));
        sheet.value(row, 2, set ? "○" : "");
        if (LayerGrid.fits(variation)) {
            sheet.value(row, 3, word("sheet.other", language, sheetName(variation.key())));
        } else {
            cell(sheet, row, 3, value);
            cell(sheet, row, 4, byDefault);
        }
        sheet.value(row, 5, range(variation, language));
        fault(sheet, row, 3, 6, said(findings, f -> f.where().equals(key) || LayerGrid.fits(variation) && f.where()
                .equals(key), language));
    }

    private static void cell(Worksheet sheet, int row, int column, JsonNode value) {
        if (value.isNumber())
            sheet.value(row, column, value.decimalValue());
        else
            sheet.value(row, column, LayerText.write(value));
    }

    /// What may be set, in words.
    static String range(Variation variation, Language language) {
        var words = new ArrayList<String>();
        if (!variation.limits().words().isEmpty())
            words.add(variation.limits().words());
        if (!variation.choices().isEmpty())
            words.add(variation.choices().stream().map(c -> c.value() + "=" + c.label().in(language)).collect(Collectors
                    .joining(", ")));
        if (variation.type() == Variation.Type.YES_NO)
            words.add("true, false");
        return String.join(" ", words);
    }

    private static void rows(Worksheet sheet, Variation variation, JsonNode value, List<Finding> findings,
            Language language) {
        var grid = LayerGrid.of(variation);
        var heads = new ArrayList<String>();
        grid.columns().forEach(c -> heads.add(c.name().in(language) + "（" + c.id() + "）"));
        heads.add(word("sheet.faults", language));
        head(sheet, heads);
        int at = 1;
        for (var row : value) {
            var cells = grid.rows(alone(row)).getFirst();
            for (int c = 0; c < grid.columns().size(); c++) {
                var column = grid.columns().get(c);
                var own = row.path(column.id());
                if (own.isNumber())
                    sheet.value(at, c, own.decimalValue());
                else
                    sheet.value(at, c, cells.get(c));
                var place = variation.key() + "[" + (at - 1) + "]." + column.id();
                fault(sheet, at, c, -1, said(findings, f -> f.where().equals(place) || f.where().startsWith(place
                        + "[") || f.where().startsWith(place + "."), language));
            }
            var whole = variation.key() + "[" + (at - 1) + "]";
            var said = said(findings, f -> f.where().startsWith(whole), language);
            if (!said.isEmpty())
                sheet.value(at, grid.columns().size(), said);
            at++;
        }
        sheet.freezePane(0, 1);
        for (int c = 0; c < heads.size(); c++)
            sheet.width(c, c == heads.size() - 1 ? 60 : 22);
    }

    private static JsonNode alone(JsonNode row) {
        return tools.jackson.databind.node.JsonNodeFactory.instance.arrayNode().add(row);
    }

    private interface Which {
        boolean is(Finding finding);
    }

    private static String said(List<Finding> findings, Which which, Language language) {
        return findings.stream().filter(which::is).map(f -> f.message().in(language)).distinct().collect(Collectors
                .joining(" "));
    }

    private static void fault(Worksheet sheet, int row, int column, int last, String said) {
        if (said.isEmpty())
            return;
        sheet.style(row, column).fillColor(WRONG).set();
        sheet.comment(row, column, said);
        if (last >= 0)
            sheet.value(row, last, said);
    }

    private static void head(Worksheet sheet, List<String> heads) {
        for (int c = 0; c < heads.size(); c++) {
            sheet.value(0, c, heads.get(c));
            sheet.style(0, c).bold().fillColor("E6EEF8").set();
        }
    }

    private static void widths(Worksheet sheet, int... widths) {
        for (int c = 0; c < widths.length; c++)
            sheet.width(c, widths[c]);
    }

    private static String word(String key, Language language, Object... values) {
        return LayerWords.in(language, "catalogue.layer." + key, values);
    }

    /// The whole layer, one value a line: `key, row, column, value`.
    List<List<Object>> lines(Map<String, JsonNode> local) {
        var lines = new ArrayList<List<Object>>();
        for (var variation : version.variations().all()) {
            var value = local.get(variation.key());
            if (value == null)
                continue;
            if (LayerGrid.fits(variation)) {
                var grid = LayerGrid.of(variation);
                int n = 1;
                for (var row : grid.rows(value)) {
                    for (int c = 0; c < row.size(); c++)
                        if (!row.get(c).isEmpty())
                            lines.add(List.of(variation.key(), n, grid.columns().get(c).id(), row.get(c)));
                    n++;
                }
            } else if (value.isObject())
                for (var part : value.properties())
                    lines.add(List.of(variation.key() + "." + part.getKey(), "", "", LayerText.write(part.getValue())));
            else
                lines.add(List.of(variation.key(), "", "", LayerText.write(value)));
        }
        return lines;
    }

    /// One table as its rows.
    static List<List<String>> table(Variation variation, JsonNode value) { return LayerGrid.of(variation).rows(value); }

    // in

    /// Reads a workbook or a CSV (UTF-8, or the Shift_JIS of older spreadsheets); of the whole layer or of one table.
    Reading read(byte[] file, Optional<String> table) {
        var reading = new Reading(new LinkedHashMap<>(), new LinkedHashMap<>(), new ArrayList<>());
        try {
            if (file.length > 1 && file[0] == 'P' && file[1] == 'K')
                book(file, table, reading);
            else
                csv(file, table, reading);
        } catch (IOException | RuntimeException broken) {
            wrong(reading, "", "unreadable");
        }
        if (reading.values().isEmpty() && reading.findings().isEmpty())
            wrong(reading, "", "empty");
        return reading;
    }

    private void book(byte[] file, Optional<String> table, Reading reading) throws IOException {
        try (var book = new ReadableWorkbook(new ByteArrayInputStream(file))) {
            var sheets = book.getSheets().toList();
            var own = new LinkedHashMap<String, List<List<String>>>();
            for (var sheet : sheets) {
                var rows = new ArrayList<List<String>>();
                try (var all = sheet.openStream()) {
                    all.limit(MOST_ROWS).forEach(row -> {
                        while (rows.size() < row.getRowNum() - 1 && rows.size() < MOST_ROWS)
                            rows.add(List.of());
                        var cells = new ArrayList<String>();
                        for (int c = 0; c < Math.min(row.getCellCount(), 60); c++)
                            cells.add(text(row.getOptionalCell(c).orElse(null)));
                        rows.add(cells);
                    });
                }
                own.put(sheet.getName(), rows);
            }
            if (table.isPresent()) {
                var variation = version.variations().find(table.get()).filter(LayerGrid::fits);
                var rows = own.getOrDefault(sheetName(table.get()), own.values().iterator().next());
                var name = own.containsKey(sheetName(table.get()))
                        ? sheetName(table.get())
                        : sheets.getFirst()
                                .getName();
                variation.ifPresent(v -> grid(v, rows, name, reading));
                return;
            }
            var marked = new ArrayList<String>();
            settings(own.getOrDefault(SETTINGS, List.of()), reading, marked);
            for (var variation : version.variations().all())
                if (LayerGrid.fits(variation) && (marked.contains(variation.key()) || !own.containsKey(SETTINGS))
                        && own.containsKey(sheetName(variation.key())))
                    grid(variation, own.getOrDefault(sheetName(variation.key()), List.of()), sheetName(variation.key()),
                            reading);
        }
    }

    private static String text(@Nullable Cell cell) {
        if (cell == null || cell.getType() == CellType.EMPTY || cell.getType() == CellType.ERROR)
            return "";
        if (cell.getType() == CellType.NUMBER) {
            var format = Optional.ofNullable(cell.getDataFormatString()).orElse("");
            int id = Optional.ofNullable(cell.getDataFormatId()).orElse(0);
            if (id >= 14 && id <= 17 || format.contains("yy"))
                return cell.asDate().toLocalDate().toString();
            return cell.asNumber().stripTrailingZeros().toPlainString();
        }
        return Optional.ofNullable(cell.getText()).orElse("");
    }

    private void settings(List<List<String>> rows, Reading reading, List<String> marked) {
        for (int r = 1; r < rows.size(); r++) {
            var row = rows.get(r);
            var key = at(row, 0).strip();
            if (key.isEmpty())
                continue;
            var cell = SETTINGS + "!D" + (r + 1);
            var part = key.matches(".+\\.(ja|ja-easy|en)") ? key.substring(key.lastIndexOf('.') + 1) : "";
            var name = part.isEmpty() ? key : key.substring(0, key.lastIndexOf('.'));
            var variation = version.variations().find(name);
            boolean set = !at(row, 2).isBlank();
            if (variation.isEmpty()) {
                reading.cells().put(key, SETTINGS + "!A" + (r + 1));
                wrong(reading, key, "unknown", key);
            } else if (set && LayerGrid.fits(variation.get()))
                marked.add(key);
            else if (set) {
                reading.cells().put(key, cell);
                put(reading, variation.get(), part, at(row, 3));
            }
        }
    }

    private static void put(Reading reading, Variation variation, String part, String typed) {
        if (!part.isEmpty()) {
            var text = reading.values().computeIfAbsent(variation.key(),
                    k -> tools.jackson.databind.node.JsonNodeFactory.instance.objectNode());
            if (text instanceof tools.jackson.databind.node.ObjectNode object)
                object.put(part, typed.strip());
        } else
            reading.values().put(variation.key(), variation.type().isList()
                    ? LayerText.list(variation.choices(), typed)
                    : LayerText.read(variation.type(), variation.choices(), typed));
    }

    private void grid(Variation variation, List<List<String>> rows, String sheet, Reading reading) {
        var grid = LayerGrid.of(variation);
        if (rows.isEmpty()) {
            wrong(reading, variation.key(), "no-head", variation.key());
            return;
        }
        var columns = new ArrayList<Optional<LayerGrid.Column>>();
        var faults = List.of(word("sheet.faults", Language.JA), word("sheet.faults", Language.JA_EASY), word(
                "sheet.faults", Language.EN));
        for (int c = 0; c < rows.getFirst().size(); c++) {
            var heading = at(rows.getFirst(), c);
            var column = grid.column(heading);
            columns.add(column);
            if (column.isEmpty() && !heading.isBlank() && !faults.contains(heading)) {
                var where = variation.key() + "." + heading;
                reading.cells().put(where, sheet + "!" + letter(c) + "1");
                wrong(reading, where, "no-column", heading, String.join(", ", grid.columns().stream().map(
                        LayerGrid.Column::id).toList()));
            }
        }
        reading.cells().put(variation.key(), sheet + "!A1");
        var cells = new ArrayList<Map<String, String>>();
        for (int r = 1; r < rows.size(); r++) {
            var row = rows.get(r);
            var own = LayerGrid.cells();
            for (int c = 0; c < columns.size(); c++)
                if (columns.get(c).isPresent())
                    own.put(columns.get(c).get().id(), at(row, c));
            if (own.values().stream().allMatch(String::isBlank))
                continue;
            for (int c = 0; c < columns.size(); c++)
                if (columns.get(c).isPresent())
                    reading.cells().put(variation.key() + "[" + cells.size() + "]." + columns.get(c).get().id(), sheet
                            + "!" + letter(c) + (r + 1));
            reading.cells().put(variation.key() + "[" + cells.size() + "]", sheet + "!A" + (r + 1));
            cells.add(own);
        }
        reading.values().put(variation.key(), grid.value(cells));
    }

    private static String letter(int column) {
        return column < 26
                ? String.valueOf((char) ('A' + column))
                : String.valueOf((char) ('A' + column / 26 - 1)) + (char) ('A' + column % 26);
    }

    private static String at(List<String> row, int column) { return column < row.size() ? row.get(column) : ""; }

    private void csv(byte[] file, Optional<String> table, Reading reading) throws IOException {
        var rows = new ArrayList<List<String>>();
        try (var parser = CSVFormat.EXCEL.parse(new StringReader(decoded(file)))) {
            for (var row : parser) {
                if (rows.size() >= MOST_ROWS * 10)
                    break;
                rows.add(row.toList().stream().map(LayerSheet::unquoted).toList());
            }
        }
        if (table.isPresent()) {
            version.variations().find(table.get()).filter(LayerGrid::fits).ifPresent(v -> grid(v, rows, "CSV",
                    reading));
            return;
        }
        var tables = new LinkedHashMap<String, java.util.TreeMap<Integer, Map<String, String>>>();
        var places = new LinkedHashMap<String, String>();
        for (int r = 1; r < rows.size(); r++) {
            var row = rows.get(r);
            var key = at(row, 0).strip();
            if (key.isEmpty())
                continue;
            var part = key.matches(".+\\.(ja|ja-easy|en)") ? key.substring(key.lastIndexOf('.') + 1) : "";
            var variation = version.variations().find(part.isEmpty() ? key : key.substring(0, key.lastIndexOf('.')));
            if (variation.isEmpty()) {
                reading.cells().put(key, "CSV!A" + (r + 1));
                wrong(reading, key, "unknown", key);
            } else if (LayerGrid.fits(variation.get())) {
                var number = at(row, 1).strip();
                var column = LayerGrid.of(variation.get()).column(at(row, 2));
                if (!number.matches("[1-9][0-9]{0,3}") || column.isEmpty()) {
                    reading.cells().put(key + " " + r, "CSV!B" + (r + 1));
                    wrong(reading, key + " " + r, "no-column", at(row, 2), String.join(", ", LayerGrid.of(variation
                            .get()).columns().stream().map(LayerGrid.Column::id).toList()));
                } else {
                    tables.computeIfAbsent(key, k -> new java.util.TreeMap<>()).computeIfAbsent(Integer.valueOf(
                            number), n -> LayerGrid.cells()).put(column.get().id(), at(row, 3));
                    places.put(key + " " + number + " " + column.get().id(), "CSV!D" + (r + 1));
                }
            } else {
                reading.cells().put(key, "CSV!D" + (r + 1));
                put(reading, variation.get(), part, at(row, 3));
            }
        }
        tables.forEach((key, lines) -> {
            var grid = LayerGrid.of(version.variations().find(key).orElseThrow());
            int i = 0;
            for (var line : lines.entrySet()) {
                for (var column : line.getValue().keySet())
                    reading.cells().put(key + "[" + i + "]." + column, places.getOrDefault(key + " " + line.getKey()
                            + " " + column, ""));
                i++;
            }
            reading.values().put(key, grid.value(List.copyOf(lines.values())));
        });
    }

    /// What our own CSV puts in front of a text that a spreadsheet would run.
    private static String unquoted(String cell) {
        return cell.matches("(?s)'[=+\\-@\\t\\r].*") ? cell.substring(1) : cell;
    }

    private static String decoded(byte[] file) {
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException notUtf8) {
            return new String(file, Charset.forName("windows-31j"));
        }
    }

    private static void wrong(Reading reading, String where, String what, Object... values) {
        Text text = LayerWords.text("catalogue.layer.sheet." + what, values);
        reading.findings().add(new Finding(where, "layer.sheet." + what, text));
    }

}
