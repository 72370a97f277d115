package jp.kiban.registry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.Normalizer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import jp.kiban.identity.Actor;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// 不動産の登録簿. Lots, houses and units by their number (不動産番号, 不動産登記規則90条), by the ID of the ministry's guideline (不動産ID), or by
/// place and lot; as of a day and as it was known. For officers; owners are not in it.
@Component
public final class RealEstate {
    /// So many versions are read of one lot: a large block of flats has some hundred units.
    private static final int MOST_READ = 5_000;
    private static final Pattern ID = Pattern.compile("([0-9]{13})(?:-?([0-9A-Z]{4}))?");
    private static final Pattern LOT = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?(?:-([0-9]{1,5}))?");

    private final Store store;
    private final int mostRead;

    @Autowired
    RealEstate(Store store) { this(store, MOST_READ); }

    RealEstate(Store store, int mostRead) {
        this.store = store;
        this.mostRead = mostRead;
    }

    /// 不動産. One version of a lot, house or unit: so from `validFrom` to `validUntil`.
    public record Property(String number, Kind kind, String lgCode, String machiazaId, String prcId, String location,
            String lot, String houseNumber, String room, LocalDate validFrom, Optional<LocalDate> validUntil,
            Instant known, Optional<Instant> doubted, Provenance provenance) {

        /// 不動産ID of the whole: the number and 0000 (不動産IDルールガイドライン).
        public String id() { return number + "-0000"; }

        /// 所在, 地番 and 家屋番号 in one line.
        public String place() {
            return location + lot + (houseNumber.isEmpty() ? "" : " 家屋番号 " + houseNumber) + (room.isEmpty()
                    ? ""
                    : " " + room);
        }
    }

    /// 種類: 土地, 建物, 区分建物.
    public enum Kind {
        LAND, HOUSE, UNIT
    }

    /// 不動産番号 of what was typed: 13 digits, or an ID of 13 digits and a part (`-0000`, `-0204`, `-000B`, `-G018`); any width.
    static Optional<String> number(String typed) {
        var id = ID.matcher(plain(typed));
        return id.matches() ? Optional.of(id.group(1)) : Optional.empty();
    }

    /// The part that an ID names beyond the whole; empty where it names the whole.
    static Optional<String> part(String typed) {
        var id = ID.matcher(plain(typed));
        return id.matches() ? Optional.ofNullable(id.group(2)).filter(p -> !p.equals("0000")) : Optional.empty();
    }

    private static String plain(String typed) {
        return Normalizer.normalize(typed, Normalizer.Form.NFKC).replaceAll("[‐‑‒–—―−ー]", "-").replaceAll("\\s", "")
                .toUpperCase(java.util.Locale.ROOT);
    }

    /// `12-3` of `１２番地３`, `12番3`, `12の3`, `12-3`; what isn't a number stays as it is, in plain width.
    static String lotKey(String lot) {
        String key = plain(lot).replace("番地の", "-").replace("番地", "-").replace("番", "-")
                .replaceAll("(?<=[0-9])[のノ之](?=[0-9])",
                        "-")
                .replaceAll("-+", "-").replaceAll("^-|-$", "");
        return key;
    }

    /// 地番ID of the address base registry; empty where the lot is not made of numbers.
    static String prcId(String lotKey) {
        var lot = LOT.matcher(lotKey);
        return lot.matches() ? five(lot.group(1)) + five(lot.group(2)) + five(lot.group(3)) : "";
    }

    private static String five(@org.jspecify.annotations.Nullable String digits) {
        return "%05d".formatted(digits == null ? 0 : Integer.parseInt(digits));
    }

    static String placeKey(String location) { return SearchKey.folded(location.replace("大字", "").replace("字", "")); }

    /// All versions, the newest first.
    public List<Property> history(Actor.Officer officer, String number) {
        return store.in(Scope.of(officer.authority()), jdbc -> read(jdbc, SELECT
                + " where number = ? order by valid_from desc, loading desc", number));
    }

    /// The version of a day by what was known then.
    public Optional<Property> find(Actor.Officer officer, String number, AsOf asOf) {
        return history(officer, number).stream().filter(p -> at(p, asOf)).findFirst();
    }

    private static boolean at(Property p, AsOf asOf) {
        return !p.known().isAfter(asOf.known()) && p.doubted().map(d -> d.isAfter(asOf.known())).orElse(true) && !p
                .validFrom().isAfter(asOf.on())
                && p.validUntil().map(u -> !u.isBefore(asOf.on())).orElse(true);
    }

    /// 地番の上の不動産. In the order of kinds and numbers; `more` when there are more than are read.
    public record Found(List<Property> properties, boolean more) {}

    /// Those on a lot of a municipality; `place` narrows it down where there are several of the number.
    public Found onLot(Actor.Officer officer, String lgCode, String place, String lot, AsOf asOf) {
        return store.in(Scope.of(officer.authority()), jdbc -> {
            var found = new HashMap<String, Property>();
            var read = read(jdbc, SELECT + """
                     where lg_code = ? and lot_key = ? and (? = '' or position(? in place_key) > 0)
                    order by valid_from desc, loading desc limit ?
                    """, lgCode, lotKey(lot), placeKey(place), placeKey(place), mostRead + 1);
            for (var p : read)
                if (at(p, asOf))
                    found.putIfAbsent(p.number(), p);
            return new Found(found.values().stream().sorted(Comparator.comparing(Property::kind).thenComparing(
                    Property::number)).toList(), read.size() > mostRead);
        });
    }

    private static final String SELECT = """
            select number, valid_from, valid_until, loading, line, kind, lg_code, machiaza_id, location, lot, house_number, room, prc_id,
              until_loading from registry.property""";

    private static List<Property> read(JdbcClient jdbc, String sql, Object... params) {
        var loadings = new HashMap<Integer, Loading>();
        return new ArrayList<>(jdbc.sql(sql).params(params).query((row, i) -> read(row, jdbc, loadings)).list());
    }

    private static Property read(ResultSet row, JdbcClient jdbc, Map<Integer, Loading> loadings) throws SQLException {
        var loading = loadings.computeIfAbsent(row.getInt("loading"), id -> Loadings.get(jdbc, id));
        int until = row.getInt("until_loading");
        Optional<Instant> doubted = row.wasNull()
                ? Optional.empty()
                : loadings.computeIfAbsent(until, id -> Loadings.get(jdbc, id)).knownAt();
        var known = loading.knownAt().orElse(loading.proposedAt());
        return new Property(row.getString("number"), Kind.valueOf(row.getString("kind")), row.getString("lg_code"), row
                .getString("machiaza_id"), row.getString("prc_id"), row.getString("location"), row.getString("lot"),
                row
                        .getString("house_number"),
                row.getString("room"), row.getObject("valid_from", LocalDate.class),
                Optional.ofNullable(row.getObject("valid_until", LocalDate.class)), known, doubted, new Provenance(
                        loading.registry().owner(), loading.file(), row.getLong("line"), loading.edition(), loading
                                .sha256(),
                        loading.proposer(), loading.approver(), known));
    }
}
