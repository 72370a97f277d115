package jp.kiban.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// 地番の登録簿. Lots of the address base registry, for everybody: by municipality, town and lot, by 不動産番号 where the file has it, or by id; as of a
/// day and as it was known, with a position where one is given. Whose they are is not here.
@Component
public final class Lots {
    static final int MOST = 200;
    private static final Pattern ID = Pattern.compile("([0-9]{6})-([0-9]{7})-([0-9A-Z]{1,40})");

    private final Store store;

    Lots(Store store) { this.store = store; }

    /// 地番ID. Which lot: its municipality, town and lot in the ids of the address base registry; not for ever, the release says.
    public record LotId(String lgCode, String machiazaId, String prcId) {
        static Optional<LotId> of(String text) {
            var id = ID.matcher(text);
            return id.matches() ? Optional.of(new LotId(id.group(1), id.group(2), id.group(3))) : Optional.empty();
        }

        @Override
        public String toString() { return lgCode + "-" + machiazaId + "-" + prcId; }
    }

    /// 地番. One version of a lot: so from `validFrom` (empty where the file says none) to `validUntil`.
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Lot(LotId id, String town, String lot, boolean displayed, String number,
            Optional<LocalDate> validFrom,
            Optional<LocalDate> validUntil, Optional<Position> position, Instant known, Optional<Instant> doubted,
            Provenance provenance) {}

    /// 代表点. In degrees of `srid`, and where that is from.
    public record Position(double latitude, double longitude, String srid, Provenance provenance) {}

    private static final String SELECT = """
            select lg_code, machiaza_id, prc_id, valid_from, valid_until, town, lot, displayed, number, loading, line, until_loading
            from registry.lot""";

    /// All versions, the newest first.
    public List<Lot> history(LotId id) {
        return store.in(Scope.nation(), jdbc -> read(jdbc, SELECT
                + " where lg_code = ? and machiaza_id = ? and prc_id = ? order by valid_from desc, loading desc",
                id
                        .lgCode(),
                id.machiazaId(), id.prcId()));
    }

    /// The version of a day by what was known then.
    public Optional<Lot> find(LotId id, AsOf asOf) {
        return history(id).stream().filter(l -> at(l, asOf)).findFirst().map(l -> placed(List.of(l), asOf).getFirst());
    }

    private static boolean at(Lot l, AsOf asOf) {
        return !l.known().isAfter(asOf.known()) && l.doubted().map(d -> d.isAfter(asOf.known())).orElse(true) && l
                .validFrom().map(f -> !f.isAfter(asOf.on())).orElse(true)
                && l.validUntil().map(u -> !u.isBefore(asOf
                        .on())).orElse(true);
    }

    /// 見つかった地番. At most `MOST`, in the order of towns; `more` when there are more.
    public record Found(List<Lot> lots, boolean more) {}

    /// Those of a municipality with this lot; `place` narrows it down to towns that contain it. A lot without a part finds its parts, too.
    public Found onLot(String lgCode, String place, String lot, AsOf asOf) {
        String key = RealEstate.lotKey(lot);
        String town = RealEstate.placeKey(place);
        return first(asOf, SELECT + """
                 where lg_code = ? and (lot_key = ? or lot_key >= ? and lot_key < ?) and (? = '' or position(? in place_key) > 0)
                order by lot_key <> ?, town, prc_id, valid_from desc, loading desc limit 2001
                """, lgCode, key, key + "-", key + ".", town, town, key);
    }

    /// Those of a town.
    public Found ofTown(String lgCode, String machiazaId, AsOf asOf) { return first(asOf, SELECT + """
                 where lg_code = ? and machiaza_id = ? order by prc_id, valid_from desc, loading desc limit 2001
                """, lgCode, machiazaId); }

    /// Those of a town, or of a part of it, with this lot.
    public Found inTown(String lgCode, String machiazaId, String lot, AsOf asOf) { return first(asOf, SELECT + """
                 where lg_code = ? and lot_key = ? and left(machiaza_id, 4) = left(?, 4)
                order by machiaza_id <> ?, prc_id, valid_from desc, loading desc limit 2001
                """, lgCode, RealEstate.lotKey(lot), machiazaId, machiazaId); }

    /// By 不動産番号, where files have it.
    public Found numbered(String number, AsOf asOf) {
        return first(asOf,
                SELECT + " where number = ? and number <> '' order by valid_from desc, loading desc limit 2001",
                number);
    }

    private Found first(AsOf asOf, String sql, Object... params) {
        var all = store.in(Scope.nation(), jdbc -> read(jdbc, sql, params));
        var found = new LinkedHashMap<LotId, Lot>();
        all.stream().filter(l -> at(l, asOf)).forEach(l -> found.putIfAbsent(l.id(), l));
        return new Found(placed(found.values().stream().limit(MOST).toList(), asOf), found.size() > MOST || all
                .size() > 2000);
    }

    /// With their positions, as they were known.
    private List<Lot> placed(List<Lot> lots, AsOf asOf) {
        if (lots.isEmpty())
            return lots;
        return store.in(Scope.nation(), jdbc -> {
            var loadings = new HashMap<Integer, Loading>();
            var positions = new HashMap<LotId, Position>();
            jdbc.sql("""
                    select p.lg_code, p.machiaza_id, p.prc_id, p.lat, p.lng, p.srid, p.loading, p.line from registry.lot_position p
                    join unnest(?::text[], ?::text[], ?::text[]) i(lg_code, machiaza_id, prc_id) using (lg_code, machiaza_id, prc_id)
                    join registry.loading l on l.id = p.loading left join registry.loading u on u.id = p.until_loading
                    where l.known_at <= ? and (u.known_at is null or u.known_at > ?) order by p.loading
                    """).params(lots.stream().map(l -> l.id().lgCode()).toArray(String[]::new), lots.stream().map(l -> l
                    .id().machiazaId()).toArray(String[]::new), lots.stream().map(l -> l.id().prcId()).toArray(
                            String[]::new),
                    java.sql.Timestamp.from(asOf.known()), java.sql.Timestamp.from(asOf.known())).query(
                            row -> {
                                positions.put(new LotId(row.getString(1), row.getString(2), row.getString(3)),
                                        new Position(row.getDouble(4), row.getDouble(5), row.getString(6), provenance(
                                                loading(jdbc, loadings, row.getInt(7)), row.getLong(8))));
                            });
            return lots.stream().map(l -> new Lot(l.id(), l.town(), l.lot(), l.displayed(), l.number(), l.validFrom(), l
                    .validUntil(), Optional.ofNullable(positions.get(l.id())), l.known(), l.doubted(),
                    l
                            .provenance()))
                    .toList();
        });
    }

    private static Loading loading(JdbcClient jdbc, Map<Integer, Loading> loadings, int id) {
        return loadings.computeIfAbsent(id, i -> Loadings.get(jdbc, i));
    }

    private static Provenance provenance(Loading loading, long line) {
        return new Provenance(loading.registry().owner(), loading.file(), line, loading.edition(), loading.sha256(),
                loading.proposer(), loading.approver(), loading.knownAt().orElse(loading.proposedAt()));
    }

    private static List<Lot> read(JdbcClient jdbc, String sql, Object... params) {
        var loadings = new HashMap<Integer, Loading>();
        return new ArrayList<>(jdbc.sql(sql).params(params).query((row, i) -> read(row, jdbc, loadings)).list());
    }

    private static Lot read(ResultSet row, JdbcClient jdbc, Map<Integer, Loading> loadings) throws SQLException {
        var loading = loading(jdbc, loadings, row.getInt("loading"));
        int until = row.getInt("until_loading");
        Optional<Instant> doubted = row.wasNull() ? Optional.empty() : loading(jdbc, loadings, until).knownAt();
        var from = row.getObject("valid_from", LocalDate.class);
        return new Lot(new LotId(row.getString("lg_code"), row.getString("machiaza_id"), row.getString("prc_id")), row
                .getString("town"), row.getString("lot"), row.getBoolean("displayed"), row.getString("number"),
                Optional.of(from).filter(f -> f.isAfter(LotLoad.UNKNOWN)), Optional.ofNullable(row.getObject(
                        "valid_until", LocalDate.class)),
                Optional.empty(), loading.knownAt().orElse(loading.proposedAt()), doubted, provenance(loading, row
                        .getLong("line")));
    }

    /// 公開の一行. A lot that stands, as open data has it.
    record Open(LotId id, String town, String lot, boolean displayed, LocalDate validFrom, Optional<Double> latitude,
            Optional<Double> longitude, String srid) {}

    /// Every lot that stands, of one municipality or prefecture or of all, in the order of ids, as one snapshot.
    void each(String part, Consumer<Open> told) {
        store.run(Scope.nation(), jdbc -> jdbc.sql("""
                select l.lg_code, l.machiaza_id, l.prc_id, l.town, l.lot, l.displayed, l.valid_from, p.lat, p.lng, p.srid
                from registry.lot l left join registry.lot_position p on p.lg_code = l.lg_code and p.machiaza_id = l.machiaza_id
                  and p.prc_id = l.prc_id and p.until_loading is null
                where l.lg_code like ? || '%' and l.until_loading is null and l.valid_until is null
                order by l.lg_code, l.machiaza_id, l.prc_id, l.valid_from
                """).params(part).withFetchSize(2000).query(row -> {
            var srid = row.getString(10);
            told.accept(new Open(new LotId(row.getString(1), row.getString(2), row.getString(3)), row.getString(4), row
                    .getString(5), row.getBoolean(6), row.getObject(7, LocalDate.class),
                    Optional.ofNullable(row
                            .getObject(8, Double.class)),
                    Optional.ofNullable(row.getObject(9, Double.class)), srid == null ? "" : srid));
        }));
    }
}
