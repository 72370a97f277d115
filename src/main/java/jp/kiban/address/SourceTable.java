package jp.kiban.address;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/// 元データの表. One CSV table of a source file (itself, gzipped, or within a zip), recognised by its header, never by its name.
final class SourceTable {
    /// What a table holds; in the order in which tables are taken, whatever the order of the files.
    enum Kind {
        PREFECTURES, MUNICIPALITIES, FORMER_MUNICIPALITIES, TOWNS_BY_NAME, ISJ, TOWNS, BLOCKS, RESIDENCES, LOTS, PLACE_POINTS, TOWN_POINTS, NUMBER_POINTS, POSTAL
    }

    private static final int MOST_ENTRIES = 2_000;
    private static final List<String> KEN_ALL = List.of("lg_code", "old_postal_code", "postal_code", "pref_kana",
            "city_kana", "town_kana", "pref", "city", "town", "f1", "f2", "f3", "f4", "f5", "f6");
    private static final Map<String, String> JAPANESE = Map.ofEntries(Map.entry("都道府県コード", "pref_code"),
            Map.entry("都道府県名", "pref"), Map.entry("市区町村コード", "lg_code"), Map.entry("市区町村名", "city"),
            Map.entry("大字町丁目コード", "isj_code"), Map.entry("大字町丁目名", "town"), Map.entry("大字町丁目名カナ", "town_kana"),
            Map.entry("小字・通称名", "koaza"), Map.entry("緯度", "lat"), Map.entry("経度", "lng"));

    private final Path file;
    private final @Nullable String entry;
    private final String name;
    private final List<String> columns;
    private final boolean headerless;
    private final Kind kind;
    private final String sha256;
    private final Map<String, Integer> index = new HashMap<>();

    private SourceTable(Path file, @Nullable String entry, String name, List<String> columns, boolean headerless,
            Kind kind, String sha256) {
        this.file = file;
        this.entry = entry;
        this.name = name;
        this.columns = columns;
        this.headerless = headerless;
        this.kind = kind;
        this.sha256 = sha256;
        for (int i = 0; i < columns.size(); i++)
            index.putIfAbsent(columns.get(i), i);
    }

    String name() { return name; }

    Kind kind() { return kind; }

    String sha256() { return sha256; }

    boolean has(String column) { return index.containsKey(column); }

    /// The tables of a file; refuses a file that holds none.
    static List<SourceTable> in(Path file) throws IOException {
        if (!Files.isRegularFile(file))
            throw new DictionaryRefused(Refusal.Why.NO_FILE, file);
        String sha = DictionaryBuild.sha256(file);
        var out = new ArrayList<SourceTable>();
        String base = String.valueOf(file.getFileName());
        byte[] magic;
        try (var in = Files.newInputStream(file)) {
            magic = in.readNBytes(4);
        }
        try {
            if (magic.length == 4 && magic[0] == 'P' && magic[1] == 'K') {
                long size = Files.size(file);
                try (var zip = new ZipInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
                    int entries = 0;
                    for (var e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
                        if (++entries > MOST_ENTRIES)
                            throw new DictionaryRefused(Refusal.Why.MANY_ENTRIES, base, MOST_ENTRIES);
                        var in = new BoundedStream(zip, base, size);
                        if (e.getName().toLowerCase(java.util.Locale.ROOT).endsWith(".csv"))
                            out.add(recognise(file, e.getName(), base, in, sha));
                        // to its end, so that what unpacks without end is noticed here
                        in.drain();
                    }
                }
                if (out.isEmpty())
                    throw new DictionaryRefused(Refusal.Why.NO_TABLE, base);
            } else {
                try (var in = open(file, null)) {
                    out.add(recognise(file, null, base, in, sha));
                }
            }
        } catch (ZipException | java.io.EOFException e) {
            throw new DictionaryRefused(Refusal.Why.DAMAGED, base, String.valueOf(e.getMessage()));
        }
        return out;
    }

    private static SourceTable recognise(Path file, @Nullable String entry, String name, InputStream in, String sha)
            throws IOException {
        var rows = new CsvRows(TextEncoding.reader(in));
        var header = rows.next();
        if (header == null)
            throw new DictionaryRefused(Refusal.Why.EMPTY, name);
        boolean headerless = header.size() == 15 && header.getFirst().trim().matches("\\d{5}")
                && header.get(2).matches("\\d{7}");
        var columns = headerless
                ? KEN_ALL
                : header.stream().map(String::trim).map(c -> JAPANESE.getOrDefault(c, c)).toList();
        var kind = headerless ? Kind.POSTAL : kind(columns);
        if (kind == null)
            throw new DictionaryRefused(Refusal.Why.UNKNOWN, name,
                    rows.raw().length() > 120 ? rows.raw().substring(0, 120) + "…" : rows.raw());
        return new SourceTable(file, entry, name, columns, headerless, kind, sha);
    }

    private static @Nullable Kind kind(List<String> columns) {
        boolean points = columns.contains("rep_lat");
        if (!columns.contains("lg_code"))
            return columns.containsAll(List.of("code", "name", "to")) ? Kind.FORMER_MUNICIPALITIES : null;
        if (columns.contains("prc_id"))
            return points ? Kind.NUMBER_POINTS : columns.contains("prc_num1") ? Kind.LOTS : null;
        if (columns.contains("blk_id")) {
            if (points)
                return Kind.NUMBER_POINTS;
            return columns.contains("rsdt_num") ? Kind.RESIDENCES : columns.contains("blk_num") ? Kind.BLOCKS : null;
        }
        if (columns.contains("machiaza_id"))
            return points ? Kind.TOWN_POINTS : columns.contains("oaza_cho") ? Kind.TOWNS : null;
        if (points)
            return Kind.PLACE_POINTS;
        if (columns.contains("postal_code"))
            return Kind.POSTAL;
        if (columns.contains("isj_code") && !columns.contains("koaza"))
            return Kind.ISJ;
        if (columns.contains("town"))
            return Kind.TOWNS_BY_NAME;
        if (columns.contains("city"))
            return Kind.MUNICIPALITIES;
        return columns.contains("pref") ? Kind.PREFECTURES : null;
    }

    private static InputStream open(Path file, @Nullable String entry) throws IOException {
        var in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        String base = String.valueOf(file.getFileName());
        long size = Files.size(file);
        if (entry != null) {
            var zip = new ZipInputStream(in);
            for (var e = zip.getNextEntry(); e != null; e = zip.getNextEntry())
                if (e.getName().equals(entry))
                    return new BoundedStream(zip, base, size);
            throw new DictionaryRefused(Refusal.Why.CHANGED, base);
        }
        in.mark(4);
        int one = in.read();
        int two = in.read();
        in.reset();
        return new BoundedStream(one == 0x1f && two == 0x8b ? new GZIPInputStream(in, 1 << 16) : in, base, size);
    }

    /// Goes through all rows; rows that are not rows are named and left out. Returns how many there were.
    long rows(DefectReport defects, Consumer<Fields> sink) throws IOException {
        long count = 0;
        try (var rows = new CsvRows(TextEncoding.reader(open(file, entry)))) {
            if (!headerless)
                rows.next();
            for (var row = rows.next(); row != null; row = rows.next()) {
                if (row.size() == 1 && row.getFirst().isBlank())
                    continue;
                count++;
                if (rows.fault() != null)
                    defects.add(name, rows.line(), DefectReport.Kind.BAD_ROW, String.valueOf(rows.fault()));
                else if (row.size() != columns.size())
                    defects.add(name, rows.line(), DefectReport.Kind.BAD_ROW,
                            row.size() + " fields, the header has " + columns.size());
                else
                    sink.accept(new Fields(row, rows.line()));
            }
        } catch (ZipException | java.io.EOFException e) {
            throw new DictionaryRefused(Refusal.Why.DAMAGED, name, String.valueOf(e.getMessage()));
        }
        return count;
    }

    /// The fields of a row by column name; a column that the table does not have is empty.
    final class Fields {
        private final List<String> values;
        private final long line;

        Fields(List<String> values, long line) {
            this.values = values;
            this.line = line;
        }

        String get(String column) {
            var at = index.get(column);
            return at == null ? "" : values.get(at);
        }

        long line() { return line; }
    }
}
