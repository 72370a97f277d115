package jp.kiban.registry;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.zip.ZipInputStream;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.store.Store;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// 地番マスターの読込み. Files of the address base registry: lots (`mt_parcel`) and their positions (`mt_parcel_pos`), of one municipality, one
/// prefecture or all, whole or as a difference. Read line by line; a bad line never stops the rest; rows and the place in the file are one
/// transaction. What a later whole file lacks has ended by its day; the version before stays.
@Component
public final class LotLoad implements RegistryLoad {
    /// Every column that is read; the files have more. Names of the trial release of 2022 count as well.
    static final List<String> COLUMNS = List.of("lg_code", "machiaza_id", "prc_id", "oaza_cho", "chome", "koaza",
            "prc_num1", "prc_num2", "prc_num3", "rsdt_addr_flg", "efct_date", "ablt_date", "real_prop_num", "rep_lon",
            "rep_lat", "rep_srid");
    private static final Map<String, String> EARLIER = Map.ofEntries(Map.entry("town_id", "machiaza_id"),
            Map.entry("parcel_id", "prc_id"), Map.entry("oaza_town_name", "oaza_cho"), Map.entry("chome_name", "chome"),
            Map.entry("koaza_name", "koaza"), Map.entry("parcel_num1", "prc_num1"), Map.entry("parcel_num2",
                    "prc_num2"),
            Map.entry("parcel_num3", "prc_num3"), Map.entry("real_property_num", "real_prop_num"), Map.entry(
                    "全国地方公共団体コード", "lg_code"),
            Map.entry("町字ID", "machiaza_id"), Map.entry("地番ID", "prc_id"), Map.entry("大字・町名", "oaza_cho"), Map.entry(
                    "丁目名", "chome"),
            Map.entry("小字名", "koaza"), Map.entry("地番1", "prc_num1"), Map.entry("地番2", "prc_num2"), Map.entry("地番3",
                    "prc_num3"),
            Map.entry("住居表示フラグ", "rsdt_addr_flg"), Map.entry("効力発生日", "efct_date"), Map.entry("廃止日", "ablt_date"), Map
                    .entry("不動産番号", "real_prop_num"),
            Map.entry("代表点_経度", "rep_lon"), Map.entry("代表点_緯度", "rep_lat"), Map.entry("代表点_座標参照系", "rep_srid"));
    static final LocalDate UNKNOWN = LocalDate.of(1, 1, 1);

    private static final Pattern MUNICIPALITY = Pattern.compile("city([0-9]{6})");
    private static final Pattern PREFECTURE = Pattern.compile("pref([0-9]{2})(?![0-9])");
    private static final Pattern DAY = Pattern.compile("_(20[0-9]{2})([0-9]{2})([0-9]{2})(?![0-9])");
    private static final int CHUNK = 20_000;

    private final Store store;
    private final Loadings loadings;

    LotLoad(Store store, Loadings loadings) {
        this.store = store;
        this.loadings = loadings;
    }

    /// 表の形. Where rows go, by which columns a row is the same, and what is kept.
    private record Shape(String table, List<String> key, String columns) {}

    private static final Shape LOTS = new Shape("lot", List.of("lg_code", "machiaza_id", "prc_id", "valid_from"),
            "lg_code, machiaza_id, prc_id, valid_from, valid_until, town, lot, displayed, number, place_key, lot_key, loading, line, digest");
    private static final Shape POSITIONS = new Shape("lot_position", List.of("lg_code", "machiaza_id", "prc_id"),
            "lg_code, machiaza_id, prc_id, lat, lng, srid, loading, line, digest");

    private static Shape shape(String name) { return name.contains("mt_parcel_pos") ? POSITIONS : LOTS; }

    @Override
    public BaseRegistry registry() { return BaseRegistry.LOTS; }

    @Override
    public List<String> columns() { return COLUMNS; }

    @Override
    public Optional<Loadings.Claim> named(String name) { return claim(name, day(name)); }

    /// A file whose name has no day is of the day that is said, else of the day that its zip was made on.
    @Override
    public Optional<Loadings.Claim> claim(SourceFile file, Optional<LocalDate> said) {
        return claim(file.name(), day(file.name()).or(() -> said).or(() -> packed(file.path())));
    }

    private static Optional<Loadings.Claim> claim(String name, Optional<LocalDate> day) {
        if (!name.startsWith("mt_parcel"))
            return Optional.empty();
        String part = MUNICIPALITY.matcher(name).results().map(m -> m.group(1)).findFirst().or(() -> PREFECTURE.matcher(
                name).results().map(m -> m.group(1)).findFirst()).orElse("");
        return day.map(d -> new Loadings.Claim(BaseRegistry.LOTS, name.contains("diff")
                ? Loading.Kind.DIFFERENCE
                : Loading.Kind.FULL, shape(name).table() + "/" + part, d, "", false));
    }

    private static Optional<LocalDate> day(String name) {
        try {
            return DAY.matcher(name).results().map(m -> LocalDate.of(Integer.parseInt(m.group(1)), Integer.parseInt(m
                    .group(2)), Integer.parseInt(m.group(3)))).findFirst();
        } catch (DateTimeException impossible) {
            return Optional.empty();
        }
    }

    private static Optional<LocalDate> packed(Path path) {
        try (var zip = new ZipInputStream(Files.newInputStream(path))) {
            var entry = zip.getNextEntry();
            return entry == null ? Optional.empty() : Optional.of(entry.getTimeLocal().toLocalDate());
        } catch (IOException noZip) {
            return Optional.empty();
        }
    }

    private static String part(String scope) { return scope.substring(scope.indexOf('/') + 1); }

    @Override
    public List<Finding> hindrances(Loadings.Claim claim, SourceFile file) {
        var open = loadings.open(registry()).stream().filter(l -> !l.sha256().equals(file.sha256())).findFirst();
        if (open.isPresent())
            return List.of(CorporationLoad.finding("file", "registry.error.other-load", open.get().file()));
        var newest = loadings.newest(registry(), claim.scope());
        if (newest.isEmpty())
            return claim.kind() == Loading.Kind.FULL
                    ? List.of()
                    : List.of(CorporationLoad.finding("file", "registry.error.no-edition", file.name()));
        return claim.edition().isBefore(newest.get().edition())
                ? List.of(CorporationLoad.finding("file", "registry.error.older", file.name(), claim.edition()
                        .toString(), newest.get().edition().toString()))
                : List.of();
    }

    @Override
    public CorporationLoad.Inspection look(SourceFile file) {
        var faults = new ArrayList<CorporationRow.Fault>();
        long[] counts = new long[2];
        read(file, row -> counts[0]++, faults::add, line -> counts[1] = line);
        return new CorporationLoad.Inspection(counts[1], counts[0], faults);
    }

    /// Loads a file given by the operator.
    public Loading load(Path path, String operator) { return byOperator(loadings, SourceFile.look(path), operator); }

    // reading

    /// One line; `key` says which lot and version it is, `copied` is it in the text format of COPY.
    private record Row(long line, long key, String copied, long digest) {}

    private static void read(SourceFile file, Consumer<Row> rows, Consumer<CorporationRow.Fault> faults,
            SourceFile.Lines lines) {
        var shape = shape(file.name());
        var at = new HashMap<String, Integer>();
        var seen = new LongSet();
        file.rows((columns, written) -> {
            for (int c = 0; c < columns.length; c++)
                at.putIfAbsent(EARLIER.getOrDefault(columns[c].strip(), columns[c].strip()), c);
            var needed = shape == LOTS
                    ? List.of("lg_code", "machiaza_id", "prc_id", "prc_num1")
                    : List.of("lg_code", "machiaza_id", "prc_id", "rep_lon", "rep_lat");
            if (!at.keySet().containsAll(needed))
                throw BadInput.of("file", "registry.file", Words.text("registry.error.lot-file", file.name(),
                        String.join(", ", needed), written.length() > 200 ? written.substring(0, 200) : written));
        }, (line, cells) -> {
            var row = row(line, cells, at, shape, seen, faults);
            if (row != null)
                rows.accept(row);
        }, faults, lines);
    }

    private static @Nullable Row row(long line, String[] cells, Map<String, Integer> at, Shape shape, LongSet seen,
            Consumer<CorporationRow.Fault> told) {
        var check = new RowCheck(line);
        String lg = cell(cells, at, "lg_code");
        String town = cell(cells, at, "machiaza_id");
        String prc = cell(cells, at, "prc_id");
        check.municipality(lg, column("lg_code"));
        check.that(town.matches("[0-9]{7}"), column("machiaza_id"), "machiaza", town);
        check.that(!prc.isEmpty() && prc.length() <= 40, column("prc_id"), prc.isEmpty() ? "empty" : "code", prc);
        for (String cell : cells)
            check.that(cell.indexOf('\uFFFD') < 0, 0, "charset", cell);
        var copied = new StringBuilder(200);
        CorporationLoad.escaped(copied.append(lg).append('\t').append(town).append('\t'), prc);
        long key;
        if (shape == LOTS) {
            String ends = cell(cells, at, "ablt_date");
            var from = check.day(cell(cells, at, "efct_date"), column("efct_date"));
            var until = check.day(ends, column("ablt_date"));
            String number = cell(cells, at, "real_prop_num");
            check.that(number.matches("([0-9]{13})?"), column("real_prop_num"), "property-number", number);
            check.that(!cell(cells, at, "prc_num1").isEmpty(), column("prc_num1"), "empty", "");
            check.order(from, until, column("ablt_date"), ends);
            var place = cell(cells, at, "oaza_cho") + cell(cells, at, "chome") + cell(cells, at, "koaza");
            String lot = lot(cell(cells, at, "prc_num1"), cell(cells, at, "prc_num2"), cell(cells, at, "prc_num3"));
            var day = from == null ? UNKNOWN : from;
            copied.append('\t').append(day).append('\t').append(until == null ? "\\N" : until.toString());
            for (var text : List.of(place, lot))
                CorporationLoad.escaped(copied.append('\t'), text);
            copied.append('\t').append(cell(cells, at, "rsdt_addr_flg").equals("1") ? 't' : 'f').append('\t').append(
                    number);
            for (var text : List.of(RealEstate.placeKey(place), RealEstate.lotKey(lot)))
                CorporationLoad.escaped(copied.append('\t'), text);
            key = key(lg, town, prc, day.toString());
        } else {
            var lat = degrees(cell(cells, at, "rep_lat"), "rep_lat", 90, check);
            var lng = degrees(cell(cells, at, "rep_lon"), "rep_lon", 180, check);
            CorporationLoad.escaped(copied.append('\t').append(lat).append('\t').append(lng).append('\t'),
                    cell(cells, at, "rep_srid"));
            key = key(lg, town, prc, "");
        }
        check.that(!check.passes() || seen.add(key), column("prc_id"), "double", prc);
        check.tell(told);
        return check.passes() ? new Row(line, key, copied.toString(), key(cells)) : null;
    }

    private static int column(String name) { return COLUMNS.indexOf(name) + 1; }

    private static String cell(String[] cells, Map<String, Integer> at, String column) {
        var place = at.get(column);
        return place == null ? "" : cells[place].strip();
    }

    /// `103番3`, `103番3の1`; a word for the lot stays a word.
    static String lot(String one, String two, String three) {
        return one + "番" + two + (three.isEmpty() ? "" : "の" + three);
    }

    private static @Nullable Double degrees(String text, String column, int most, RowCheck check) {
        boolean fine = text.matches("-?[0-9]{1,3}(\\.[0-9]{1,20})?") && Math.abs(Double.parseDouble(text)) <= most;
        check.that(fine, column(column), "degrees", text);
        return fine ? Double.valueOf(text) : null;
    }

    /// Never 0: that is no entry of a set.
    private static long key(String... texts) {
        long key = SourceFile.digest(texts);
        return key == 0 ? 1 : key;
    }

    // loading

    @Override
    public Loading run(int id, SourceFile file, Consumer<Loading> told) {
        var known = loadings.get(id);
        if (known.stage() == Loading.Stage.DONE)
            return known;
        var shape = shape(file.name());
        String part = part(known.scope());
        boolean empty = store.in(Loadings.KEEPER, jdbc -> jdbc.sql("select not exists (select from registry."
                + shape.table() + " where lg_code like ? || '%')").params(part).query(Boolean.class).single());
        var loading = loadings.start(id, empty);
        var seen = new LongSet();
        var chunk = new Chunk(loading);
        read(file, row -> {
            seen.add(row.key());
            if (row.line() > loading.line())
                chunk.add(row);
        }, fault -> {
            if (fault.line() > loading.line())
                chunk.faults.add(fault);
        }, line -> {
            chunk.line = Math.max(line, chunk.from);
            if (chunk.rows + chunk.faults.size() >= CHUNK)
                told.accept(chunk.keep(shape));
        });
        if (chunk.line > chunk.from)
            told.accept(chunk.keep(shape));
        return finish(id, shape, part, seen);
    }

    /// Rows that go into the database together, with the place in the file.
    private final class Chunk {
        private final Loading loading;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 22);
        private final List<CorporationRow.Fault> faults = new ArrayList<>();
        private int rows;
        private long from;
        private long line;

        Chunk(Loading loading) {
            this.loading = loading;
            this.from = loading.line();
            this.line = from;
        }

        void add(Row row) {
            bytes.writeBytes((row.copied() + '\t' + loading.id() + '\t' + row.line() + '\t' + row.digest() + '\n')
                    .getBytes(StandardCharsets.UTF_8));
            rows++;
        }

        Loading keep(Shape shape) {
            var kept = store.in(Loadings.KEEPER, jdbc -> {
                long[] counts = rows == 0 ? new long[2] : merge(jdbc, shape, loading, bytes.toByteArray());
                loadings.keepFaults(jdbc, loading.id(), faults);
                long bad = faults.stream().mapToLong(CorporationRow.Fault::line).distinct().count();
                loadings.advance(jdbc, loading.id(), from, line, counts[0], counts[1], rows - counts[0] - counts[1],
                        bad);
                return Loadings.get(jdbc, loading.id());
            });
            bytes.reset();
            faults.clear();
            rows = 0;
            from = line;
            return kept;
        }
    }

    /// How many are new, and how many say otherwise than before.
    private long[] merge(JdbcClient jdbc, Shape shape, Loading loading, byte[] rows) {
        String table = "registry." + shape.table();
        jdbc.sql("create temporary table if not exists incoming_" + shape.table()
                + " on commit delete rows as select * from " + table + " where false").update();
        store.copy("copy incoming_" + shape.table() + " (" + shape.columns() + ") from stdin", new ByteArrayInputStream(
                rows));
        String insert = "insert into " + table + " (" + shape.columns() + ") select i." + shape.columns().replace(", ",
                ", i.") + " from incoming_" + shape.table() + " i ";
        if (loading.fresh())
            return new long[]{jdbc.sql(insert).update(), 0};
        String same = String.join(" and ", shape.key().stream().map(k -> "l." + k + " = i." + k).toList());
        String item = "i.lg_code || '-' || i.machiaza_id || '-' || i.prc_id";
        String change = """
                insert into registry.change (registry, item, what, detail, loading, at)
                select 'lots', %s, '%s', '%s', i.loading, (select known_at from registry.loading where id = i.loading)
                from incoming_%s i\s""";
        String kind = shape == LOTS ? "" : "position";
        int changed = jdbc
                .sql(change.formatted(item, "CHANGED", kind, shape.table()) + "join " + table + " l on " + same
                        + " and l.until_loading is null and l.digest <> i.digest order by i.line")
                .update();
        int added = jdbc.sql(change.formatted(item, shape == LOTS ? "ADDED" : "CHANGED", kind, shape.table())
                + "where not exists (select from " + table + " l where " + same
                + " and l.until_loading is null) order by i.line").update();
        jdbc.sql("update " + table + " l set until_loading = i.loading from incoming_" + shape.table() + " i where "
                + same + " and l.until_loading is null and l.digest <> i.digest").update();
        jdbc.sql(insert + "where not exists (select from " + table + " l where " + same
                + " and l.until_loading is null and l.digest = i.digest) on conflict do nothing").update();
        return new long[]{added, changed};
    }

    private record Gone(String lgCode, String machiazaId, String prcId, LocalDate from) {}

    /// What a whole file of the same part no longer has has ended by its day; so many at once that the file must be doubted end only
    /// when somebody says so.
    private Loading finish(int id, Shape shape, String part, LongSet seen) {
        var loading = loadings.get(id);
        List<Gone> gone = loading.kind() == Loading.Kind.FULL && !loading.fresh()
                ? gone(shape, part, seen)
                : List.of();
        if (gone.size() > 1000 && gone.size() * 100L > seen.size() + gone.size() && !loading.goneAccepted())
            return loadings.stop(id, "gone:" + gone.size());
        return store.in(Loadings.KEEPER, jdbc -> {
            for (int at = 0; at < gone.size(); at += CHUNK) {
                var some = gone.subList(at, Math.min(gone.size(), at + CHUNK));
                Object[] params = {some.stream().map(Gone::lgCode).toArray(String[]::new), some.stream().map(
                        Gone::machiazaId).toArray(String[]::new), some.stream().map(Gone::prcId).toArray(
                                String[]::new),
                        some.stream().map(g -> g.from().toString()).toArray(String[]::new)};
                String those = "unnest(?::text[], ?::text[], ?::text[], ?::text[]) g(lg_code, machiaza_id, prc_id, valid_from)";
                if (shape == LOTS)
                    jdbc.sql("insert into registry.lot (" + LOTS.columns() + ") select " + "l." + LOTS.columns()
                            .replace(", ", ", l.").replace("l.valid_until", "greatest(l.valid_from, n.edition - 1)")
                            .replace("l.loading", "n.id").replace("l.line", "0").replace("l.digest", "l.digest + 1")
                            + " from registry.lot l join " + those
                            + " on l.lg_code = g.lg_code and l.machiaza_id = g.machiaza_id and l.prc_id = g.prc_id and l.valid_from = g.valid_from::date"
                            + " join registry.loading n on n.id = " + id
                            + " where l.until_loading is null and l.loading <> n.id").params(params).update();
                jdbc.sql("update registry." + shape.table() + " l set until_loading = " + id + " from " + those
                        + " where l.lg_code = g.lg_code and l.machiaza_id = g.machiaza_id and l.prc_id = g.prc_id"
                        + (shape == LOTS ? " and l.valid_from = g.valid_from::date" : "")
                        + " and l.until_loading is null and l.loading <> " + id).params(params).update();
                jdbc.sql("""
                        insert into registry.change (registry, item, what, detail, loading, at)
                        select 'lots', g.lg_code || '-' || g.machiaza_id || '-' || g.prc_id, ?, ?, n.id, n.known_at
                        from registry.loading n, unnest(?::text[], ?::text[], ?::text[]) g(lg_code, machiaza_id, prc_id) where n.id = ?
                        """).params(shape == LOTS ? "GONE" : "CHANGED", shape == LOTS ? "" : "position", params[0],
                        params[1], params[2], id).update();
            }
            Corrections.mended(jdbc, loading);
            return loadings.done(jdbc, id, gone.size());
        });
    }

    private List<Gone> gone(Shape shape, String part, LongSet seen) {
        boolean lots = shape == LOTS;
        return store.in(Loadings.KEEPER, jdbc -> {
            var gone = new ArrayList<Gone>();
            jdbc.sql("select lg_code, machiaza_id, prc_id, " + (lots ? "valid_from" : "date '0001-01-01'")
                    + " from registry." + shape.table() + " where lg_code like ? || '%' and until_loading is null"
                    + (lots ? " and valid_until is null" : "")).params(part).withFetchSize(50_000).query(row -> {
                        var one = new Gone(row.getString(1), row.getString(2), row.getString(3), row.getObject(4,
                                LocalDate.class));
                        if (!seen.contains(key(one.lgCode(), one.machiazaId(), one.prcId(), lots
                                ? one.from().toString()
                                : "")))
                            gone.add(one);
                    });
            return gone;
        });
    }
}
