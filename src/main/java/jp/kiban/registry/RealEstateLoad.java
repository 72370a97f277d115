package jp.kiban.registry;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.store.Store;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// 不動産データの読込み. CSV with a header of nine columns and an optional tenth, `machiaza_id`; each row is a version of a lot, house or unit.
/// A row that is known already changes nothing; one that says otherwise of the same day puts the old one right.
@Component
public final class RealEstateLoad implements RegistryLoad {
    static final List<String> COLUMNS = List.of("number", "kind", "lg_code", "location", "lot", "house_number", "room",
            "valid_from", "valid_until", "machiaza_id");
    private static final Pattern NAME = Pattern.compile("^real-estate_([0-9]{4})([0-9]{2})([0-9]{2}).*");
    private static final Set<String> KINDS = Set.of("land", "house", "unit");
    private static final int CHUNK = 5_000;

    private final Store store;
    private final Loadings loadings;

    RealEstateLoad(Store store, Loadings loadings) {
        this.store = store;
        this.loadings = loadings;
    }

    @Override
    public BaseRegistry registry() { return BaseRegistry.REAL_ESTATE; }

    @Override
    public List<String> columns() { return COLUMNS; }

    @Override
    public Optional<Loadings.Claim> named(String name) {
        var dated = NAME.matcher(name);
        try {
            return dated.matches()
                    ? Optional.of(new Loadings.Claim(registry(), Loading.Kind.DIFFERENCE, "", LocalDate.of(Integer
                            .parseInt(dated.group(1)), Integer.parseInt(dated.group(2)),
                            Integer.parseInt(dated
                                    .group(3))),
                            "", false))
                    : Optional.empty();
        } catch (DateTimeException impossible) {
            return Optional.empty();
        }
    }

    @Override
    public List<Finding> hindrances(Loadings.Claim claim, SourceFile file) {
        var open = loadings.open(registry()).stream().filter(l -> !l.sha256().equals(file.sha256())).findFirst();
        if (open.isPresent())
            return List.of(CorporationLoad.finding("file", "registry.error.other-load", open.get().file()));
        return loadings.newest(registry()).filter(n -> claim.edition().isBefore(n.edition())).map(n -> List.of(
                CorporationLoad.finding("file", "registry.error.older", file.name(), claim.edition().toString(), n
                        .edition().toString())))
                .orElse(List.of());
    }

    private record Row(long line, String number, String kind, String lgCode, String location, String lot,
            String houseNumber, String room, LocalDate from, @Nullable LocalDate until, String machiazaId,
            long digest) {}

    private static void read(SourceFile file, Consumer<Row> rows, Consumer<CorporationRow.Fault> faults,
            SourceFile.Lines lines) {
        var seen = new HashSet<String>();
        file.rows((columns, written) -> {
            if (!List.of(columns).equals(COLUMNS) && !List.of(columns).equals(COLUMNS.subList(0, 9)))
                throw BadInput.of("file", "registry.file", Words.text("registry.error.real-estate-file", file.name(),
                        String.join(",", COLUMNS), written.length() > 200 ? written.substring(0, 200) : written));
        }, (line, cells) -> Optional.ofNullable(row(line, cells, seen, faults)).ifPresent(rows), faults, lines);
    }

    private static @Nullable Row row(long line, String[] cells, Set<String> seen,
            Consumer<CorporationRow.Fault> told) {
        var check = new RowCheck(line);
        check.that(cells[0].matches("[0-9]{13}"), 1, "property-number", cells[0]);
        check.that(KINDS.contains(cells[1]), 2, "code", cells[1]);
        check.municipality(cells[2], 3);
        check.that(!cells[3].isBlank(), 4, "empty", cells[3]);
        check.that(!cells[4].isBlank(), 5, "empty", cells[4]);
        check.that(cells[5].isBlank() == cells[1].equals("land") || !KINDS.contains(cells[1]), 6, "house-number",
                cells[5]);
        check.that(!cells[7].isEmpty(), 8, "empty", cells[7]);
        var from = check.day(cells[7], 8);
        var until = check.day(cells[8], 9);
        check.order(from, until, 9, cells[8]);
        String town = cells.length > 9 ? cells[9] : "";
        check.that(town.matches("([0-9]{7})?"), 10, "machiaza", town);
        for (int c = 0; c < cells.length; c++)
            check.that(cells[c].indexOf('\uFFFD') < 0, c + 1, "charset", cells[c]);
        check.that(!check.passes() || seen.add(cells[0] + cells[7]), 1, "double", cells[0]);
        check.tell(told);
        if (!check.passes() || from == null)
            return null;
        return new Row(line, cells[0], cells[1].toUpperCase(java.util.Locale.ROOT), cells[2], cells[3].strip(), cells[4]
                .strip(), cells[5].strip(), cells[6].strip(), from, until, town, SourceFile.digest(cells));
    }

    @Override
    public CorporationLoad.Inspection look(SourceFile file) {
        var faults = new ArrayList<CorporationRow.Fault>();
        long[] counts = new long[2];
        read(file, row -> counts[0]++, faults::add, line -> counts[1] = line);
        return new CorporationLoad.Inspection(counts[1], counts[0], faults);
    }

    /// Loads a file given by the operator.
    public Loading load(java.nio.file.Path path, String operator) {
        var file = SourceFile.look(path);
        return byOperator(loadings, file, operator);
    }

    @Override
    public Loading run(int id, SourceFile file, Consumer<Loading> told) {
        var known = loadings.get(id);
        if (known.stage() == Loading.Stage.DONE)
            return known;
        var loading = loadings.start(id, false);
        var rows = new ArrayList<Row>();
        var faults = new ArrayList<CorporationRow.Fault>();
        long[] from = {loading.line()};
        long[] last = {loading.line()};
        read(file, row -> {
            if (row.line() > loading.line())
                rows.add(row);
        }, fault -> {
            if (fault.line() > loading.line())
                faults.add(fault);
        }, line -> {
            last[0] = line;
            if (rows.size() + faults.size() >= CHUNK && line > from[0]) {
                told.accept(keep(loading, rows, faults, from[0], line));
                from[0] = line;
            }
        });
        if (last[0] > from[0])
            told.accept(keep(loading, rows, faults, from[0], last[0]));
        return store.in(Loadings.KEEPER, jdbc -> {
            Corrections.mended(jdbc, loading);
            return loadings.done(jdbc, id, 0);
        });
    }

    private Loading keep(Loading loading, List<Row> rows, List<CorporationRow.Fault> faults, long from, long to) {
        var kept = store.in(Loadings.KEEPER, jdbc -> {
            long[] counts = new long[2];
            for (var row : rows)
                keep(jdbc, loading, row, counts);
            loadings.keepFaults(jdbc, loading.id(), faults);
            long bad = faults.stream().mapToLong(CorporationRow.Fault::line).distinct().count();
            loadings.advance(jdbc, loading.id(), from, to, counts[0], counts[1], rows.size() - counts[0] - counts[1],
                    bad);
            return Loadings.get(jdbc, loading.id());
        });
        rows.clear();
        faults.clear();
        return kept;
    }

    /// Adds the version, unless it is known; what was held of the same day is wrong from now on.
    private static void keep(JdbcClient jdbc, Loading loading, Row row, long[] counts) {
        String lotKey = RealEstate.lotKey(row.lot());
        int wrong = jdbc.sql("""
                update registry.property set until_loading = ?
                where number = ? and valid_from = ? and until_loading is null and digest <> ? and loading <> ?
                """).params(loading.id(), row.number(), row.from(), row.digest(), loading.id()).update();
        boolean before = jdbc.sql("select exists (select from registry.property where number = ?)").params(row.number())
                .query(Boolean.class).single();
        int added = jdbc.sql("""
                insert into registry.property (number, valid_from, valid_until, loading, line, kind, lg_code, machiaza_id, location, lot,
                  house_number, room, place_key, lot_key, prc_id, digest)
                select ?, ?, nullif(?, '')::date, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? where not exists (
                  select from registry.property where number = ? and valid_from = ? and digest = ? and until_loading is null)
                on conflict do nothing
                """)
                .params(row.number(), row.from(), row.until() == null ? "" : row.until().toString(), loading.id(), row
                        .line(), row.kind(), row.lgCode(), row.machiazaId(), row.location(), row.lot(),
                        row.houseNumber(), row
                                .room(),
                        RealEstate.placeKey(row.location()), lotKey, RealEstate.prcId(lotKey), row.digest(), row
                                .number(),
                        row.from(), row.digest())
                .update();
        if (added == 0)
            return;
        counts[before ? 1 : 0]++;
        jdbc.sql("""
                insert into registry.change (registry, item, what, detail, loading, at)
                values ('real-estate', ?, ?, ?, ?, ?)
                """).params(row.number(), before ? "CHANGED" : "ADDED", wrong > 0 ? "correction" : "", loading.id(),
                java.sql.Timestamp.from(loading.knownAt().orElse(loading.proposedAt()))).update();
    }
}
