package jp.kiban.standards;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.StandardRef;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;

/// 表計算の決定表. The decision tables of a version as sheets that an official edits: one sheet a table, its name and hit policy on
/// top, one row a rule; `.xlsx`, or `.csv` with the tables one below the other. What comes back goes through the whole check,
/// and every fault stands on its cell. A sheet that comes back unchanged changes no character of the DMN.
public final class TableSheets {
    private static final int HEADING = 3;
    private static final int MOST_ROWS = 10_000;
    private static final int MOST_COLUMNS = 200;
    private static final int MOST_BYTES = 64 * 1024 * 1024;
    private static final String TABLE = "表";
    private static final String POLICY = "ヒットポリシー";
    private static final String ID = "規則の番号（新しい行は空）";

    /// A sheet, or a part of a CSV file.
    record Grid(String name, List<List<String>> rows, int offset) {}

    private final Bundle bundle;
    private final StandardRef ref;
    private final DecisionTables tables;

    TableSheets(Bundle bundle, StandardRef ref) {
        this.bundle = bundle;
        this.ref = ref;
        this.tables = DecisionTables.read(bundle.read(file()).orElse(""));
    }

    /// The sheets of a package.
    public static TableSheets of(StandardFiles files) {
        return new TableSheets(files.bundle(Optional.empty()), files.ref());
    }

    String file() { return ref.id() + "/" + ref.version() + "/decisions.dmn"; }

    public int size() { return tables.tables().size(); }

    // ---- out -----------------------------------------------------------------------------------------------------

    private List<Grid> grids() {
        var grids = new ArrayList<Grid>();
        var names = new LinkedHashSet<String>();
        for (var table : tables.tables()) {
            var rows = new ArrayList<List<String>>();
            rows.add(List.of(TABLE, table.name(), table.id()));
            rows.add(List.of(POLICY, table.hitPolicy()));
            var heading = new ArrayList<>(List.of(ID));
            table.inputs().forEach(i -> heading.add("入力: " + i));
            table.outputs().forEach(o -> heading.add("出力: " + o));
            table.annotations().forEach(a -> heading.add("注釈: " + a));
            rows.add(heading);
            for (var row : table.rows()) {
                var cells = new ArrayList<>(List.of(row.id()));
                cells.addAll(row.texts());
                rows.add(cells);
            }
            var name = table.name().replaceAll("[\\[\\]:*?/\\\\]", "・");
            name = name.length() > 28 ? name.substring(0, 28) : name;
            var unique = name;
            for (int i = 2; !names.add(unique); i++)
                unique = name + " " + i;
            grids.add(new Grid(unique, rows, 0));
        }
        return grids;
    }

    void write(Path to) throws IOException { Files.write(to, isCsv(to.toString()) ? csv() : xlsx()); }

    /// As an Excel workbook.
    public byte[] xlsx() throws IOException { return xlsx(grids(), Map.of()); }

    /// As CSV, the tables one below the other.
    public byte[] csv() throws IOException {
        var out = new StringWriter();
        csv(grids(), out);
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    static boolean isCsv(String file) { return file.toLowerCase(Locale.ROOT).endsWith(".csv"); }

    /// With a byte order mark, so that a spreadsheet program knows the letters.
    private static void csv(List<Grid> grids, Writer out) throws IOException {
        out.write('\uFEFF');
        try (var csv = new CSVPrinter(out, CSVFormat.DEFAULT.builder().setRecordSeparator("\r\n").get())) {
            for (int i = 0; i < grids.size(); i++) {
                if (i > 0)
                    csv.println();
                csv.printRecords(grids.get(i).rows());
            }
        }
    }

    /// @param notes by `SHEET!B5`, as comments on red cells
    private static byte[] xlsx(List<Grid> grids, Map<String, String> notes) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var book = new Workbook(bytes, "kiban", "1.0")) {
            for (var grid : grids) {
                var sheet = book.newWorksheet(grid.name());
                for (int r = 0; r < grid.rows().size(); r++)
                    for (int c = 0; c < grid.rows().get(r).size(); c++) {
                        sheet.value(r, c, grid.rows().get(r).get(c));
                        if (r == HEADING - 1)
                            sheet.style(r, c).bold().fillColor("E8F1FE").wrapText(true).set();
                    }
                for (int c = 0; c < grid.rows().get(HEADING - 1).size(); c++)
                    sheet.width(c, grid.rows().get(HEADING - 1).get(c).startsWith("注釈") ? 40 : 18);
                sheet.freezePane(1, HEADING);
                for (var note : notes.entrySet())
                    if (note.getKey().startsWith(grid.name() + "!")) {
                        var at = Pattern.compile("([A-Z]+)(\\d+)").matcher(note.getKey().substring(grid.name().length()
                                + 1));
                        if (at.matches()) {
                            int row = Integer.parseInt(at.group(2)) - 1;
                            int column = column(at.group(1));
                            sheet.comment(row, column, note.getValue());
                            sheet.style(row, column).fillColor("FFD6D6").set();
                        }
                    }
            }
        }
        return bytes.toByteArray();
    }

    private static int column(String letters) {
        int number = 0;
        for (var letter : letters.toCharArray())
            number = number * 26 + letter - 'A' + 1;
        return number - 1;
    }

    static String address(int row, int column) {
        var letters = new StringBuilder();
        for (int n = column + 1; n > 0; n = (n - 1) / 26)
            letters.insert(0, (char) ('A' + (n - 1) % 26));
        return letters.toString() + (row + 1);
    }

    // ---- in ------------------------------------------------------------------------------------------------------

    /// What came back: the DMN as the sheets want it, and everything that is wrong with it, on its cell.
    public static final class Returned {
        private final List<Grid> grids;
        private final String dmn;
        private final boolean changed;
        private final List<Fault> faults;

        Returned(List<Grid> grids, String dmn, boolean changed, List<Fault> faults) {
            this.grids = grids;
            this.dmn = dmn;
            this.changed = changed;
            this.faults = List.copyOf(faults);
        }

        /// `decisions.dmn` as the sheets want it; as it was while there are faults that keep it from being read.
        public String dmn() { return dmn; }

        public boolean changed() { return changed; }

        /// Each on its cell (`月額表!E7`), or in its file where no cell is to blame.
        public List<Fault> faults() { return faults; }

        /// A copy of the workbook with every fault as a comment on its cell.
        public byte[] annotated(Language language) throws IOException {
            var notes = new LinkedHashMap<String, String>();
            faults.forEach(f -> notes.merge(f.place().replaceFirst("!$", "!A1"),
                    f.words().in(language) + " → " + f.remedy().in(
                            language),
                    (a, b) -> a + "\n" + b));
            return xlsx(grids, notes);
        }
    }

    Returned read(Path from) throws IOException {
        return read(String.valueOf(from.getFileName()), Files.readAllBytes(from));
    }

    /// Takes edited sheets back through the check; an `IOException` says why the file cannot be opened.
    ///
    /// @param name of the file: `.csv` is read as CSV, anything else as a workbook
    public Returned read(String name, byte[] file) throws IOException {
        var grids = isCsv(name) ? readCsv(file) : readXlsx(file);
        for (var grid : grids)
            if (grid.rows().size() > MOST_ROWS || grid.rows().stream().anyMatch(row -> row.size() > MOST_COLUMNS))
                throw new IOException("at most " + MOST_ROWS + " rows of " + MOST_COLUMNS + " cells a sheet: " + grid
                        .name());
        var faults = new ArrayList<Fault>();
        var wanted = new ArrayList<DecisionTables.Wanted>();
        var places = new HashMap<String, String>();
        for (var grid : grids)
            wanted(grid, name, faults, places).ifPresent(wanted::add);
        for (var table : tables.tables())
            if (wanted.stream().noneMatch(w -> w.table().equals(table.id())) && faults.isEmpty())
                faults.add(Fault.of(name, "", Fault.Kind.TABLE_MISSING, table.name(), table.id()));
        if (!faults.isEmpty())
            return new Returned(grids, tables.xml(), false, faults);
        var dmn = tables.with(wanted);
        if (dmn.equals(tables.xml()))
            return new Returned(grids, dmn, false, List.of());
        var files = new TreeMap<>(bundle.files());
        files.keySet().removeIf(f -> !f.equals(Bundle.REGISTERS) && !f.equals(ref.id() + "/standard.yaml") && !f
                .startsWith(ref.id() + "/" + ref.version() + "/"));
        files.put(file(), dmn);
        var inspection = Inspection.of(new Bundle(bundle.place(), files));
        var now = DecisionTables.read(dmn);
        for (var fault : inspection.faults())
            faults.add(fault.file().equals(file())
                    ? fault.in(name, place(fault, now, places))
                    : onRule(fault, name, now, places).orElse(fault));
        return new Returned(grids, dmn, true, faults);
    }

    private static List<Grid> readXlsx(byte[] file) throws IOException {
        bounded(file);
        try (var book = new ReadableWorkbook(new ByteArrayInputStream(file))) {
            var grids = new ArrayList<Grid>();
            for (var sheet : book.getSheets().toList()) {
                var rows = new ArrayList<List<String>>();
                for (var row : sheet.read()) {
                    while (rows.size() < row.getRowNum() - 1)
                        rows.add(List.of());
                    var cells = new ArrayList<String>();
                    for (int i = 0; i < row.getCellCount(); i++)
                        cells.add(row.getOptionalCell(i).map(TableSheets::words).orElse(""));
                    rows.add(cells);
                }
                grids.add(new Grid(sheet.getName(), rows, 0));
            }
            return grids;
        } catch (RuntimeException broken) {
            throw new IOException("not an Excel workbook (.xlsx): " + broken.getMessage(), broken);
        }
    }

    /// A number as a rule writes it: 10000, not 10000.0 or 1E4.
    private static String words(Cell cell) {
        return switch (cell.getType()) {
            case NUMBER -> cell.asNumber().stripTrailingZeros().toPlainString();
            case BOOLEAN -> cell.asBoolean().toString();
            default -> cell.getText();
        };
    }

    /// A workbook is a zip, and a small one may unfold into a large one. Read as the reader of workbooks does, by the
    /// directory at its end: entries that say their size only after their content are common.
    private static void bounded(byte[] file) throws IOException {
        long unfolded = 0;
        var part = new byte[64 * 1024];
        try (var zip = ZipFile.builder().setByteArray(file).get()) {
            for (var entry : Collections.list(zip.getEntries()))
                try (var in = zip.getInputStream(entry)) {
                    for (int read = in.read(part); read >= 0; read = in.read(part)) {
                        unfolded += read;
                        if (unfolded > MOST_BYTES)
                            throw new IOException("the workbook unfolds into more than " + MOST_BYTES / 1024 / 1024
                                    + " MB");
                    }
                }
        } catch (IllegalArgumentException broken) {
            throw new IOException("not an Excel workbook (.xlsx): " + broken.getMessage(), broken);
        }
    }

    private static List<Grid> readCsv(byte[] file) throws IOException {
        var grids = new ArrayList<Grid>();
        try (Reader in = new InputStreamReader(new ByteArrayInputStream(file), StandardCharsets.UTF_8.newDecoder())) {
            var rows = new ArrayList<List<String>>();
            int line = 0;
            for (var record : CSVFormat.DEFAULT.builder().setIgnoreEmptyLines(false).get().parse(in)) {
                line++;
                var cells = new ArrayList<>(record.toList());
                cells.set(0, cells.getFirst().replace("\uFEFF", ""));
                if (cells.getFirst().equals(TABLE) && !rows.isEmpty()) {
                    grids.add(new Grid(rows.getFirst().size() > 1 ? rows.getFirst().get(1) : "", List.copyOf(rows), line
                            - 1 - rows.size()));
                    rows.clear();
                }
                rows.add(cells);
            }
            if (!rows.isEmpty())
                grids.add(new Grid(rows.getFirst().size() > 1 ? rows.getFirst().get(1) : "", List.copyOf(rows), line
                        - rows.size()));
        } catch (java.io.UncheckedIOException | IllegalStateException broken) {
            throw new IOException("not a CSV file in UTF-8: " + broken.getMessage(), broken);
        }
        return grids;
    }

    private static String at(Grid grid, int row, int column) {
        return grid.name() + "!" + address(row + grid.offset(), column);
    }

    private Optional<DecisionTables.Wanted> wanted(Grid grid, String file, List<Fault> faults,
            Map<String, String> places) {
        var rows = grid.rows();
        if (rows.isEmpty() || rows.getFirst().isEmpty() || !rows.getFirst().getFirst().equals(TABLE)) {
            faults.add(Fault.of(file, at(grid, 0, 0), Fault.Kind.FIRST_CELL, TABLE));
            return Optional.empty();
        }
        var id = rows.getFirst().size() > 2 ? rows.getFirst().get(2) : "";
        var table = tables.tables().stream().filter(t -> t.id().equals(id)).findFirst();
        if (table.isEmpty()) {
            faults.add(Fault.of(file, at(grid, 0, 2), Fault.Kind.TABLE_UNKNOWN, id, String.join(", ", tables.tables()
                    .stream().map(t -> t.id() + " " + t.name()).toList())));
            return Optional.empty();
        }
        if (rows.size() > 1 && rows.get(1).size() > 1 && !rows.get(1).get(1).equals(table.get().hitPolicy()))
            faults.add(
                    Fault.of(file, at(grid, 1, 1), Fault.Kind.HIT_POLICY, table.get().hitPolicy(), rows.get(1).get(1)));
        var columns = table.get().columns();
        var heading = rows.size() > 2 ? rows.get(2) : List.<String>of();
        for (int i = 0; i < columns.size(); i++) {
            var seen = i + 1 < heading.size() ? heading.get(i + 1).replaceFirst("^[^:]*: ", "") : "";
            if (!seen.equals(columns.get(i)))
                faults.add(Fault.of(file, at(grid, 2, i + 1), Fault.Kind.COLUMN_MOVED, columns.get(i), seen));
        }
        var lines = new ArrayList<DecisionTables.Wanted.Line>();
        var seen = new LinkedHashSet<String>();
        for (int r = HEADING; r < rows.size(); r++) {
            var cells = rows.get(r);
            if (cells.stream().allMatch(String::isBlank))
                continue;
            for (int c = columns.size() + 1; c < cells.size(); c++)
                if (!cells.get(c).isBlank())
                    faults.add(Fault.of(file, at(grid, r, c), Fault.Kind.NO_COLUMN, cells.get(c)));
            var own = cells.getFirst().strip();
            if (!own.isEmpty() && table.get().rows().stream().noneMatch(x -> x.id().equals(own)))
                faults.add(Fault.of(file, at(grid, r, 0), Fault.Kind.RULE_UNKNOWN, own));
            var rule = own.isEmpty() ? id + "-new-" + (r + 1) : own;
            if (!seen.add(rule))
                faults.add(Fault.of(file, at(grid, r, 0), Fault.Kind.ROW_TWICE, rule));
            var texts = new ArrayList<String>();
            for (int c = 1; c <= columns.size(); c++) {
                var text = c < cells.size() ? cells.get(c) : "";
                if (text.isBlank() && c <= table.get().inputs().size())
                    text = "-";
                texts.add(text);
                places.put(id + "/" + rule + "/" + (c - 1), at(grid, r, c));
            }
            places.put(id + "/" + rule, at(grid, r, 0));
            lines.add(new DecisionTables.Wanted.Line(rule, texts));
        }
        places.put(id, at(grid, 0, 0));
        return Optional.of(new DecisionTables.Wanted(id, lines));
    }

    // ---- a fault on its cell -------------------------------------------------------------------------------------

    /// The cell of a fault in the DMN: by the rule it names, the words it quotes, the line it stands on.
    private static String place(Fault fault, DecisionTables now, Map<String, String> places) {
        var message = fault.message();
        var numbered = Pattern.compile("rule #?(\\d+)").matcher(message);
        int number = numbered.find() ? Integer.parseInt(numbered.group(1)) : -1;
        var column = Pattern.compile("column #?(\\d+)").matcher(message);
        int wanted = column.find() ? Integer.parseInt(column.group(1)) : -1;
        String best = "";
        for (var table : now.tables()) {
            boolean named = message.contains("“" + table.name() + "”") || message.contains("'" + table.name() + "'")
                    || message.startsWith(table.name() + " ") || message.startsWith(table.name() + ":");
            if (named)
                best = places.getOrDefault(table.id(), best);
            for (int i = 0; i < table.rows().size(); i++) {
                var row = table.rows().get(i);
                boolean onLine = fault.line() > 0 && fault.line() >= line(now.xml(), row.start() + 1) && fault
                        .line() <= line(now.xml(), row.end());
                if (!(onLine || named && number == i + 1))
                    continue;
                for (int c = 0; c < row.cells().size(); c++)
                    if (c == wanted - 1 || wanted < 0 && suspect(fault, table, row, c))
                        return places.getOrDefault(table.id() + "/" + row.id() + "/" + c, best);
                return places.getOrDefault(table.id() + "/" + row.id(), best);
            }
        }
        if (number < 0)
            for (var table : now.tables())
                for (var row : table.rows())
                    for (int c = 0; c < row.cells().size(); c++) {
                        var text = row.cells().get(c).text().strip();
                        if (text.length() > 1 && (message.contains("'" + text + "'") || message.contains("`" + text
                                + "`")))
                            return places.getOrDefault(table.id() + "/" + row.id() + "/" + c, best);
                    }
        return best;
    }

    private static boolean suspect(Fault fault, DecisionTables.Table table, DecisionTables.Row row, int c) {
        var message = fault.message();
        var text = row.cells().get(c).text().strip();
        var column = table.columns().get(c);
        boolean note = c >= table.inputs().size() + table.outputs().size();
        if (fault.is(Fault.Kind.ARTICLE))
            return note && column.equals("条文");
        if (fault.is(Fault.Kind.EXPLANATION))
            return note && !column.equals("条文") && text.isBlank();
        if (fault.is(Fault.Kind.REASON_CODE, Fault.Kind.REASON_TWICE))
            return column.equals(Rules.CODE);
        return !note && text.length() > 1 && (message.contains("“" + text + "”") || message.contains("'" + text + "'")
                || message.contains("`" + text + "`"));
    }

    private static int line(String xml, int at) {
        int line = 1;
        for (int i = 0; i < at && i < xml.length(); i++)
            if (xml.charAt(i) == '\n')
                line++;
        return line;
    }

    /// An example that does not reach a rule is told on the rule.
    private static Optional<Fault> onRule(Fault fault, String file, DecisionTables now, Map<String, String> places) {
        var rule = Pattern.compile("no example reaches the rule: (.*) (\\d+)").matcher(fault.message());
        if (!rule.find())
            return Optional.empty();
        for (var table : now.tables())
            if (table.name().equals(rule.group(1)) && Integer.parseInt(rule.group(2)) <= table.rows().size()) {
                var row = table.rows().get(Integer.parseInt(rule.group(2)) - 1);
                return Optional.of(fault.in(file, places.getOrDefault(table.id() + "/" + row.id(), "")));
            }
        return Optional.empty();
    }
}
