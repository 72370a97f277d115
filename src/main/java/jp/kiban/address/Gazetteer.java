package jp.kiban.address;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// 地名簿. What the sources say, gathered into one: municipalities, towns, residences, lots, postal codes, points. The union is kept;
/// each town remembers which sources have it. Where two releases of the town master know the same municipality, the newest release
/// gives the ids.
final class Gazetteer {
    static final int NOWHERE = Integer.MIN_VALUE;
    private static final Pattern TRAILING_CHOME = Pattern.compile("^(.+?)([〇一二三四五六七八九十]+(?:丁目|丁))$");
    private static final Pattern COUNTY = Pattern.compile("^(.{1,6}?郡)(.+[町村])$");
    private static final Pattern WARD = Pattern.compile("^(.+?市)(.+区)$");

    /// A municipality, a ward, or a prefecture (then `city` is empty).
    static final class Place {
        final String lgCode;
        String pref = "";
        String county = "";
        String city = "";
        String ward = "";
        String kana = "";
        int latitude = NOWHERE;
        int longitude = NOWHERE;
        boolean official;
        final Map<String, List<Row>> towns = new HashMap<>();
        final Map<String, Row> byId = new HashMap<>();

        Place(String lgCode) { this.lgCode = lgCode; }

        boolean isPrefecture() { return city.isEmpty(); }

        String name() { return county + city + ward; }
    }

    /// A town.
    static final class Row {
        String machiazaId = "";
        String oaza = "";
        String chome = "";
        String koaza = "";
        String kana = "";
        int postalCode;
        int latitude = NOWHERE;
        int longitude = NOWHERE;
        /// The point is not the town's own but of what contains it.
        boolean borrowedPoint;
        boolean residential;
        boolean street;
        boolean made;
        long origins;
        /// Rank of the release that gave the id; higher is newer.
        int release;
        int number;
        @Nullable
        Numbers residences;
        @Nullable
        Numbers lots;

        String town() { return oaza + chome + koaza; }
    }

    /// 住居番号 or 地番 of one town.
    static final class Numbers {
        long[] keys = new long[8];
        long[] ids = new long[8];
        int[] latitudes = new int[8];
        int[] longitudes = new int[8];
        int size;

        void add(long key, long id) {
            if (size == keys.length) {
                keys = Arrays.copyOf(keys, size * 2);
                ids = Arrays.copyOf(ids, size * 2);
                latitudes = Arrays.copyOf(latitudes, size * 2);
                longitudes = Arrays.copyOf(longitudes, size * 2);
            }
            keys[size] = key;
            ids[size] = id;
            latitudes[size] = NOWHERE;
            longitudes[size++] = NOWHERE;
        }
    }

    final TreeMap<String, Place> places = new TreeMap<>();
    /// Names of municipalities that are no more, and what they became.
    final Map<String, List<Place>> formers = new TreeMap<>();
    final List<AddressDictionary.Source> sources = new ArrayList<>();
    final DefectReport defects = new DefectReport();
    final Map<String, Integer> oddNumbers = new HashMap<>();
    final List<String> oddNames = new ArrayList<>();
    private final Map<String, Map<Long, Long>> numberRows = new HashMap<>();

    static Gazetteer read(List<Path> files, Consumer<AddressDictionary.Step> progress) throws IOException {
        var tables = new ArrayList<SourceTable>();
        var refused = new ArrayList<Refusal>();
        for (var file : files)
            try {
                tables.addAll(SourceTable.in(file));
            } catch (DictionaryRefused bad) {
                refused.addAll(bad.refusals());
            }
        if (!refused.isEmpty())
            throw new DictionaryRefused(refused);
        var out = new Gazetteer();
        int done = 0;
        for (var table : tables)
            out.sources.add(null);
        for (var phase : SourceTable.Kind.values())
            for (int i = 0; i < tables.size(); i++)
                if (tables.get(i).kind() == phase) {
                    var table = tables.get(i);
                    long rows = out.take(table, i);
                    out.sources.set(i,
                            new AddressDictionary.Source(table.name(), phase.name().toLowerCase(java.util.Locale.ROOT),
                                    rows, table.sha256()));
                    progress.accept(new AddressDictionary.Step(++done, tables.size(), table.name() + ": "
                            + phase.name().toLowerCase(java.util.Locale.ROOT), rows));
                }
        out.borrowPoints();
        return out;
    }

    private long take(SourceTable table, int source) throws IOException {
        long origin = 1L << Math.min(source, 62);
        return switch (table.kind()) {
            case PREFECTURES, MUNICIPALITIES -> table.rows(defects, row -> municipality(table, row));
            case FORMER_MUNICIPALITIES -> table.rows(defects, row -> former(table, row));
            case ISJ -> table.rows(defects, row -> isj(table, row, origin));
            case TOWNS -> {
                int release = table.has("machiaza_dist") ? 2000 + source : 1000 + source;
                var seen = new HashMap<String, Long>();
                yield table.rows(defects, row -> town(table, row, origin, release, seen));
            }
            case TOWNS_BY_NAME -> table.rows(defects, row -> townByName(table, row, origin));
            case TOWN_POINTS -> table.rows(defects, row -> townPoint(table, row));
            case PLACE_POINTS -> table.rows(defects, row -> placePoint(table, row));
            case POSTAL -> {
                long rows = table.rows(defects, row -> postal(table, row));
                endOfPostal(table);
                yield rows;
            }
            case BLOCKS -> table.rows(defects, row -> number(table, row, origin, "blk"));
            case RESIDENCES -> table.rows(defects, row -> number(table, row, origin, "rsdt"));
            case LOTS -> table.rows(defects, row -> number(table, row, origin, "prc"));
            case NUMBER_POINTS -> {
                numberIndex();
                yield table.rows(defects, row -> numberPoint(table, row));
            }
        };
    }

    private void municipality(SourceTable table, SourceTable.Fields row) {
        String code = row.get("lg_code");
        if (!codeFits(table, row, code))
            return;
        if (!row.get("ablt_date").isEmpty()) {
            defects.add(table.name(), row.line(), DefectReport.Kind.ABOLISHED, code + " " + row.get("ablt_date"));
            return;
        }
        if (row.get("pref").isEmpty()) {
            defects.add(table.name(), row.line(), DefectReport.Kind.NO_NAME, code);
            return;
        }
        var place = places.computeIfAbsent(code, Place::new);
        place.official = true;
        place.pref = row.get("pref");
        place.county = row.get("county");
        place.city = row.get("city");
        place.ward = row.get("ward");
        place.kana = row.get(place.city.isEmpty() ? "pref_kana" : "county_kana") + row.get("city_kana")
                + row.get("ward_kana");
        point(table, row, "lat", "lng", (lat, lng) -> {
            place.latitude = lat;
            place.longitude = lng;
        });
    }

    /// 旧市町村. One that was merged or renamed: `name` under the old `code` became (a part of) `to`. Rows of municipalities that
    /// only changed their kind keep their name and say nothing.
    private void former(SourceTable table, SourceTable.Fields row) {
        String name = row.get("name");
        String code = row.get("to");
        if (!codeFits(table, row, code))
            return;
        var place = places.get(code);
        if (place == null || place.isPrefecture())
            defects.add(table.name(), row.line(), DefectReport.Kind.UNKNOWN_MUNICIPALITY, code);
        else if (name.isEmpty())
            defects.add(table.name(), row.line(), DefectReport.Kind.NO_NAME, row.get("code"));
        else if (!name.equals(place.city) && !name.equals(place.ward)) {
            var successors = formers.computeIfAbsent(Folding.key(name), k -> new ArrayList<>());
            if (!successors.contains(place))
                successors.add(place);
        }
    }

    private boolean codeFits(SourceTable table, SourceTable.Fields row, String code) {
        if (code.length() == 6 && code.chars().allMatch(c -> c >= '0' && c <= '9')
                && code.charAt(5) == checkDigit(code))
            return true;
        defects.add(table.name(), row.line(), DefectReport.Kind.BAD_CODE, code);
        return false;
    }

    static char checkDigit(String code) {
        int sum = 0;
        for (int i = 0; i < 5; i++)
            sum += (code.charAt(i) - '0') * (6 - i);
        return (char) ('0' + (11 - sum % 11) % 10);
    }

    /// The place of a code, with the names that the row itself brings when no table of municipalities has it.
    private @Nullable Place place(SourceTable table, SourceTable.Fields row, String code) {
        var place = places.get(code);
        if (place != null)
            return place;
        if (!codeFits(table, row, code))
            return null;
        String city = row.get("city");
        if (row.get("pref").isEmpty() || city.isEmpty()) {
            defects.add(table.name(), row.line(), DefectReport.Kind.UNKNOWN_MUNICIPALITY, code);
            return null;
        }
        place = new Place(code);
        place.pref = row.get("pref");
        place.county = row.get("county");
        place.city = city;
        place.ward = row.get("ward");
        if (!table.has("ward")) {
            var ward = WARD.matcher(city);
            var county = COUNTY.matcher(city);
            if (ward.matches()) {
                place.city = ward.group(1);
                place.ward = ward.group(2);
            } else if (county.matches()) {
                place.county = county.group(1);
                place.city = county.group(2);
            }
        }
        place.kana = row.get("county_kana") + row.get("city_kana") + row.get("ward_kana");
        places.put(code, place);
        return place;
    }

    private void town(SourceTable table, SourceTable.Fields row, long origin, int release, Map<String, Long> seen) {
        String code = row.get("lg_code");
        var place = place(table, row, code);
        if (place == null)
            return;
        String id = row.get("machiaza_id");
        Long before = seen.putIfAbsent(code + id + row.get("rsdt_addr_flg"), row.line());
        if (before != null)
            defects.add(table.name(), row.line(), DefectReport.Kind.DUPLICATE, code + "/" + id + " = row " + before);
        if (!row.get("ablt_date").isEmpty()) {
            defects.add(table.name(), row.line(), DefectReport.Kind.ABOLISHED, code + "/" + id);
            return;
        }
        var town = new Row();
        town.machiazaId = id;
        town.oaza = named(row.get("oaza_cho"));
        town.chome = chome(row.get("chome"));
        town.koaza = row.get("koaza");
        if (town.town().isEmpty()) {
            defects.add(table.name(), row.line(), DefectReport.Kind.NO_NAME, code + "/" + id);
            return;
        }
        if (town.oaza.isEmpty())
            defects.add(table.name(), row.line(), DefectReport.Kind.ORPHAN, code + "/" + id + " " + town.town());
        placeholder(table, row, town.town());
        town.kana = row.get("oaza_cho_kana") + row.get("chome_kana") + row.get("koaza_kana");
        town.residential = row.get("rsdt_addr_flg").equals("1");
        town.street = row.get("koaza_aka_code").equals("2");
        town.postalCode = postalCode(row.get("post_code"));
        town.borrowedPoint = row.get("pos_src").endsWith("town");
        point(table, row, "lat", "lng", (lat, lng) -> {
            town.latitude = lat;
            town.longitude = lng;
        });
        town.release = release;
        add(place, town, origin);
    }

    private void placeholder(SourceTable table, SourceTable.Fields row, String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= 0xE000 && c <= 0xF8FF || c == '□' || c == '〓' || c == '\uFFFD')
                defects.add(table.name(), row.line(), DefectReport.Kind.PLACEHOLDER_CHARACTER,
                        name + " (U+%04X)".formatted((int) c));
        }
    }

    private void townByName(SourceTable table, SourceTable.Fields row, long origin) {
        String code = row.get("lg_code");
        if (code.length() == 5)
            code += checkDigit(code + "0");
        var place = place(table, row, code);
        if (place == null)
            return;
        var town = new Row();
        split(row.get("town"), town);
        town.koaza = row.get("koaza");
        if (town.town().isEmpty()) {
            defects.add(table.name(), row.line(), DefectReport.Kind.NO_NAME, code);
            return;
        }
        placeholder(table, row, town.town());
        town.kana = row.get("town_kana");
        point(table, row, "lat", "lng", (lat, lng) -> {
            town.latitude = lat;
            town.longitude = lng;
        });
        add(place, town, origin);
    }

    private void isj(SourceTable table, SourceTable.Fields row, long origin) {
        String code = row.get("lg_code");
        code += checkDigit(code + "0");
        var place = place(table, row, code);
        if (place == null)
            return;
        var town = new Row();
        split(row.get("town"), town);
        if (town.town().isEmpty()) {
            defects.add(table.name(), row.line(), DefectReport.Kind.NO_NAME, code);
            return;
        }
        placeholder(table, row, town.town());
        point(table, row, "lat", "lng", (lat, lng) -> {
            town.latitude = lat;
            town.longitude = lng;
        });
        add(place, town, origin);
    }

    /// Some sources write that there is no oaza; others leave the column empty.
    private static String named(String oaza) { return oaza.equals("（大字なし）") || oaza.equals("(大字なし)") ? "" : oaza; }

    private static void split(String written, Row town) {
        String name = named(written);
        var chome = TRAILING_CHOME.matcher(name);
        if (chome.matches()) {
            town.oaza = chome.group(1);
            town.chome = chome.group(2);
        } else {
            town.oaza = name;
        }
    }

    /// 丁目 in kanji, whatever the release: the registered names are in kanji.
    static String chome(String written) {
        int end = 0;
        var digits = new StringBuilder();
        while (end < written.length() && (Character.isDigit(written.charAt(end)))) {
            digits.append((char) ('0' + Character.digit(written.charAt(end), 10)));
            end++;
        }
        if (end == 0 || end > 4)
            return written;
        return Numerals.kanji(Integer.parseInt(digits.toString())) + written.substring(end);
    }

    private static void add(Place place, Row town, long origin) {
        town.origins = origin;
        var same = place.towns.computeIfAbsent(Folding.key(town.town()), k -> new ArrayList<>(1));
        for (var other : same)
            if (merges(other, town)) {
                merge(place, other, town);
                return;
            }
        same.add(town);
        if (!town.machiazaId.isEmpty())
            place.byId.putIfAbsent(town.machiazaId, town);
    }

    /// Whether two rows with the same folded name are the same town: one of them brings no id of its own, or the same one, or
    /// an older release's.
    private static boolean merges(Row one, Row other) {
        if (one.street != other.street)
            return false;
        if (one.machiazaId.isEmpty() || other.machiazaId.isEmpty() || one.machiazaId.equals(other.machiazaId))
            return true;
        return one.release != other.release && one.oaza.isEmpty() == other.oaza.isEmpty();
    }

    private static void merge(Place place, Row kept, Row more) {
        boolean newer = more.release > kept.release;
        if (newer || kept.machiazaId.isEmpty()) {
            if (!more.machiazaId.isEmpty()) {
                kept.machiazaId = more.machiazaId;
                kept.oaza = more.oaza;
                kept.chome = more.chome;
                kept.koaza = more.koaza;
                kept.residential = more.residential;
                place.byId.put(more.machiazaId, kept);
            }
            kept.release = Math.max(kept.release, more.release);
        }
        kept.residential |= more.residential;
        if (kept.kana.isEmpty() || newer && !more.kana.isEmpty())
            kept.kana = more.kana;
        if (kept.postalCode == 0)
            kept.postalCode = more.postalCode;
        if (kept.latitude == NOWHERE || kept.borrowedPoint && more.latitude != NOWHERE && !more.borrowedPoint) {
            kept.latitude = more.latitude;
            kept.longitude = more.longitude;
            kept.borrowedPoint = more.borrowedPoint;
        }
        kept.origins |= more.origins;
    }

    private void townPoint(SourceTable table, SourceTable.Fields row) {
        var place = places.get(row.get("lg_code"));
        var town = place == null ? null : place.byId.get(row.get("machiaza_id"));
        if (town == null) {
            defects.add(table.name(), row.line(), DefectReport.Kind.NO_PARENT,
                    row.get("lg_code") + "/" + row.get("machiaza_id"));
            return;
        }
        point(table, row, "rep_lat", "rep_lon", (lat, lng) -> {
            town.latitude = lat;
            town.longitude = lng;
            town.borrowedPoint = false;
        });
    }

    private void placePoint(SourceTable table, SourceTable.Fields row) {
        var place = places.get(row.get("lg_code"));
        if (place == null) {
            defects.add(table.name(), row.line(), DefectReport.Kind.NO_PARENT, row.get("lg_code"));
            return;
        }
        point(table, row, "rep_lat", "rep_lon", (lat, lng) -> {
            place.latitude = lat;
            place.longitude = lng;
        });
    }

    private interface Point {
        void at(int latitude, int longitude);
    }

    private void point(SourceTable table, SourceTable.Fields row, String latitude, String longitude, Point sink) {
        String lat = row.get(latitude);
        String lng = row.get(longitude);
        if (lat.isEmpty() && lng.isEmpty())
            return;
        try {
            double y = Double.parseDouble(lat);
            double x = Double.parseDouble(lng);
            if (y > 20 && y < 46.5 && x > 122 && x < 154.5) {
                sink.at((int) Math.round(y * 1e6), (int) Math.round(x * 1e6));
                return;
            }
        } catch (NumberFormatException e) {
            // named below
        }
        defects.add(table.name(), row.line(), DefectReport.Kind.BAD_POSITION, lat + " " + lng);
    }

    private static int postalCode(String code) {
        String digits = code.replace("-", "");
        return digits.length() == 7 && digits.chars().allMatch(c -> c >= '0' && c <= '9')
                ? Integer.parseInt(digits)
                : 0;
    }

    private void postal(SourceTable table, SourceTable.Fields row) {
        String lg = row.get("lg_code");
        if (lg.length() == 5)
            lg += checkDigit(lg + "0");
        var place = places.get(lg);
        if (place == null) {
            defects.add(table.name(), row.line(), DefectReport.Kind.UNKNOWN_MUNICIPALITY, lg);
            return;
        }
        int code = postalCode(row.get("postal_code"));
        if (code == 0) {
            defects.add(table.name(), row.line(), DefectReport.Kind.BAD_CODE, row.get("postal_code"));
            return;
        }
        // of one town in several lines, the later ones go on in its parenthesis; a code for one office is not the town's
        if (!row.get("street").isEmpty())
            return;
        String town = row.get("town");
        if (postalOpen != null && postalOpen.place() == place && postalOpen.code() == code) {
            town = postalOpen.town() + town;
            postalOpen = null;
        } else {
            endOfPostal(table);
        }
        var name = new OpenPostal(place, code, town, row.line());
        if (PostalNames.open(town))
            postalOpen = name;
        else
            postal(name);
    }

    private void postal(OpenPostal name) {
        for (var area : PostalNames.of(name.town(), name.place().name()))
            postalNames.add(new PostalName(name.place(), name.code(), area.kind(), Folding.key(area.town()),
                    Folding.key(area.within())));
    }

    /// A parenthesis that nothing closes is told, and taken as it is.
    private void endOfPostal(SourceTable table) {
        var open = postalOpen;
        if (open == null)
            return;
        postalOpen = null;
        defects.add(table.name(), open.line(), DefectReport.Kind.BAD_ROW, "（ without ）: " + open.town());
        postal(open);
    }

    private record OpenPostal(Place place, int code, String town, long line) {}

    private @Nullable OpenPostal postalOpen;

    /// A postal code and the folded name it is for; resolved to rows when all towns are known.
    record PostalName(Place place, int code, PostalNames.Kind kind, String town, String within) {}

    final List<PostalName> postalNames = new ArrayList<>();

    /// Folded number components packed into one sortable key.
    long packed(String one, String two, String three) {
        return component(one) << 42 | component(two) << 21 | component(three);
    }

    private long component(String written) {
        if (written.isEmpty())
            return 0;
        String key = Folding.of(written).toString();
        if (key.length() <= 6 && key.chars().allMatch(c -> c >= '0' && c <= '9'))
            return Integer.parseInt(key) + 1L;
        int odd = oddNumbers.computeIfAbsent(key, k -> {
            oddNames.add(k);
            return oddNames.size() - 1;
        });
        return NumberTable.ODD + odd;
    }

    private @Nullable Row townOfNumber(SourceTable table, SourceTable.Fields row, long origin) {
        String code = row.get("lg_code");
        var place = places.get(code);
        if (place == null) {
            defects.add(table.name(), row.line(), DefectReport.Kind.UNKNOWN_MUNICIPALITY, code);
            return null;
        }
        var written = new Row();
        written.machiazaId = row.get("machiaza_id");
        written.oaza = named(row.get("oaza_cho"));
        written.chome = chome(row.get("chome"));
        written.koaza = row.get("koaza");
        String name = written.town();
        var byId = place.byId.get(written.machiazaId);
        if (name.isEmpty())
            return byId;
        if (byId != null && Folding.key(byId.town()).equals(Folding.key(name)))
            return byId;
        // the master of towns is of another release, or none: the number file names its town itself
        written.release = 3000;
        written.residential = table.kind() != SourceTable.Kind.LOTS;
        add(place, written, origin);
        var town = place.byId.get(written.machiazaId);
        if (byId != null && town == byId) {
            place.byId.put(written.machiazaId, written);
            for (var same : place.towns.getOrDefault(Folding.key(name), List.of()))
                if (same.machiazaId.equals(written.machiazaId))
                    place.byId.put(written.machiazaId, same);
            town = place.byId.get(written.machiazaId);
        }
        return town;
    }

    private void number(SourceTable table, SourceTable.Fields row, long origin, String kind) {
        var town = townOfNumber(table, row, origin);
        if (town == null) {
            if (places.containsKey(row.get("lg_code")))
                defects.add(table.name(), row.line(), DefectReport.Kind.NO_PARENT,
                        row.get("lg_code") + "/" + row.get("machiaza_id"));
            return;
        }
        if (!row.get("ablt_date").isEmpty()) {
            defects.add(table.name(), row.line(), DefectReport.Kind.ABOLISHED, row.get("machiaza_id"));
            return;
        }
        if (kind.equals("prc")) {
            if (town.lots == null)
                town.lots = new Numbers();
            long id = NumberTable.lotId(row.get("prc_id"));
            if (id < 0 || row.get("prc_num1").isEmpty())
                defects.add(table.name(), row.line(), DefectReport.Kind.BAD_CODE, row.get("prc_id"));
            else
                town.lots.add(packed(row.get("prc_num1"), row.get("prc_num2"), row.get("prc_num3")), id);
        } else {
            if (town.residences == null)
                town.residences = new Numbers();
            town.residential = true;
            long id = NumberTable.residenceId(row.get("blk_id"), row.get("rsdt_id"), row.get("rsdt2_id"));
            if (id < 0 || row.get("blk_num").isEmpty() && row.get("rsdt_num").isEmpty())
                defects.add(table.name(), row.line(), DefectReport.Kind.BAD_CODE,
                        row.get("blk_id") + "-" + row.get("rsdt_id"));
            else
                town.residences.add(packed(row.get("blk_num"), row.get("rsdt_num"), row.get("rsdt_num2")), id);
        }
    }

    /// For the points: rows of residences and lots by id.
    private void numberIndex() {
        if (!numberRows.isEmpty())
            return;
        for (var place : places.values())
            for (var towns : place.towns.values())
                for (var town : towns) {
                    index(place, town, 'r', town.residences);
                    index(place, town, 'p', town.lots);
                }
    }

    private void index(Place place, Row town, char kind, @Nullable Numbers numbers) {
        if (numbers == null)
            return;
        var byId = new HashMap<Long, Long>();
        for (int i = 0; i < numbers.size; i++)
            byId.put(numbers.ids[i], (long) i);
        numberRows.put(kind + place.lgCode + town.machiazaId, byId);
    }

    private void numberPoint(SourceTable table, SourceTable.Fields row) {
        boolean lot = table.has("prc_id");
        var place = places.get(row.get("lg_code"));
        var town = place == null ? null : place.byId.get(row.get("machiaza_id"));
        long id = lot
                ? NumberTable.lotId(row.get("prc_id"))
                : NumberTable.residenceId(row.get("blk_id"), row.get("rsdt_id"), row.get("rsdt2_id"));
        Long at = Optional.ofNullable(numberRows.get((lot ? 'p' : 'r') + row.get("lg_code") + row.get("machiaza_id")))
                .map(ids -> ids.get(id)).orElse(null);
        var numbers = town == null ? null : lot ? town.lots : town.residences;
        if (at == null || numbers == null) {
            defects.add(table.name(), row.line(), DefectReport.Kind.NO_PARENT, row.get("lg_code") + "/"
                    + row.get("machiaza_id") + "/"
                    + (lot ? row.get("prc_id") : row.get("blk_id") + row.get("rsdt_id")));
            return;
        }
        int index = (int) (long) at;
        point(table, row, "rep_lat", "rep_lon", (lat, lng) -> {
            numbers.latitudes[index] = lat;
            numbers.longitudes[index] = lng;
        });
    }

    /// A town without a point gets that of what contains it: its oaza, or the middle of the oaza's chome.
    private void borrowPoints() {
        for (var place : places.values()) {
            var middles = new HashMap<String, long[]>();
            for (var towns : place.towns.values())
                for (var town : towns)
                    if (town.latitude != NOWHERE && !town.oaza.isEmpty()) {
                        var sum = middles.computeIfAbsent(town.oaza, k -> new long[4]);
                        if (town.chome.isEmpty() && town.koaza.isEmpty()) {
                            sum[0] = town.latitude;
                            sum[1] = town.longitude;
                            sum[2] = 1;
                            sum[3] = 1;
                        } else if (sum[3] == 0) {
                            sum[0] += town.latitude;
                            sum[1] += town.longitude;
                            sum[2]++;
                        }
                    }
            for (var towns : place.towns.values())
                for (var town : towns)
                    if (town.latitude == NOWHERE) {
                        var sum = middles.get(town.oaza);
                        if (sum != null && sum[2] > 0) {
                            town.latitude = (int) (sum[0] / sum[2]);
                            town.longitude = (int) (sum[1] / sum[2]);
                            town.borrowedPoint = true;
                        }
                    }
        }
    }
}
