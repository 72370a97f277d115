package jp.kiban.home;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import jp.kiban.authority.Authorities;
import jp.kiban.authority.Authority;
import jp.kiban.authority.Authority.Kind;
import jp.kiban.authority.AuthorityHistory;
import jp.kiban.authority.Point;
import jp.kiban.authority.Population;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Text;
import jp.kiban.letters.Folding;
import jp.kiban.letters.Kana;
import jp.kiban.letters.Letters;
import jp.kiban.letters.WrittenDate;
import jp.kiban.portal.Page;

/// 団体の検索条件. What a reader of the list asks for. Reading it finds every fault at once; a value that cannot be read is
/// left out, so a page can still be drawn beside the findings.
record AuthorityQuery(String q, String kind, String prefecture, String sort, Optional<LocalDate> asOf,
        Optional<Point> near, Page.Wanted wanted, List<Finding> faults) {
    static final List<String> SORTS = List.of("code", "name", "kana", "population", "distance");

    /// 種類の絞り込み. A kind, or one of the two groups that laws speak of.
    enum Group {
        LOCAL_GOVERNMENT(a -> a.kind().isLocalGovernment()), PREFECTURE(Kind.PREFECTURE), MUNICIPALITY(
                a -> a.kind().isMunicipality()), DESIGNATED_CITY(Kind.DESIGNATED_CITY), CITY(Kind.CITY), SPECIAL_WARD(
                        Kind.SPECIAL_WARD), TOWN(Kind.TOWN), VILLAGE(
                                Kind.VILLAGE), DESIGNATED_WARD(Kind.DESIGNATED_WARD), MINISTRY(Kind.MINISTRY);

        final Predicate<Authority> holds;

        Group(Predicate<Authority> holds) { this.holds = holds; }

        Group(Kind kind) { this(authority -> authority.kind() == kind); }

        /// `designated-city`: as the API writes it.
        String code() { return AuthorityQuery.code(name()); }

        static Optional<Group> of(String code) {
            return Arrays.stream(values()).filter(g -> g.code().equals(code.replace('_', '-').toLowerCase(Locale.ROOT)))
                    .findFirst();
        }
    }

    static String code(String name) { return name.toLowerCase(Locale.ROOT).replace('_', '-'); }

    /// `asOf` a day in any notation, `lat` and `lng` in degrees; each may be empty.
    static AuthorityQuery read(Authorities authorities, String q, String kind, String prefecture, String sort,
            String asOf, String lat, String lng, String page, String size) {
        var faults = new ArrayList<Finding>();
        var day = day(asOf, faults);
        var near = near(lat, lng, faults);
        if (sort.endsWith("distance") && near.isEmpty() && faults.isEmpty())
            faults.add(new Finding("sort", "no-point", new Text("距離の順に並べるには lat と lng が要ります。",
                    "近い 順に するには lat と lng が いります。", "sorting by distance needs lat and lng")));
        if (Letters.count(q) > 100) {
            faults.add(new Finding("q", "too-long", new Text("検索する言葉は100文字までです。" + Letters.count(q) + "文字ありました。",
                    "さがす 言葉は 100文字までです。" + Letters.count(q) + "文字 ありました。",
                    "q is at most 100 characters; seen: " + Letters.count(q))));
            q = "";
        }
        if (!kind.isBlank() && Group.of(kind).isEmpty()) {
            var known = Arrays.stream(Group.values()).map(Group::code).collect(Collectors.joining(", "));
            faults.add(new Finding("kind", "unknown", new Text("kind は次のどれかです: " + known + "。受け取った値: " + kind,
                    "kind は 次の どれかです: " + known + "。入っていた もの: " + kind,
                    "kind is one of " + known + "; seen: " + kind)));
            kind = "";
        }
        if (!prefecture.isBlank() && prefectureIn(authorities, prefecture).isEmpty()) {
            faults.add(new Finding("prefecture", "unknown", new Text(
                    "prefecture は都道府県の名前か6桁の団体コードです。受け取った値: " + prefecture,
                    "prefecture は 都道府県の 名前か 6つの 数字です。入っていた もの: " + prefecture,
                    "prefecture is the name or the 6-digit code of a prefecture; seen: " + prefecture)));
            prefecture = "";
        }
        if (!sort.isBlank() && !SORTS.contains(sort.replaceFirst("^-", ""))) {
            faults.add(new Finding("sort", "unknown", new Text(
                    "sort は " + String.join(", ", SORTS) + " のどれかです（前に - を付けると逆順）。受け取った値: " + sort,
                    "sort は " + String.join(", ", SORTS) + " の どれかです。入っていた もの: " + sort,
                    "sort is one of " + String.join(", ", SORTS) + ", with - in front for descending; seen: " + sort)));
            sort = "";
        }
        return new AuthorityQuery(q.strip(), Group.of(kind).map(Group::code).orElse(""),
                prefectureIn(authorities, prefecture).map(a -> a.id().code()).orElse(""),
                sort.isBlank() || sort.endsWith("distance") && near.isEmpty()
                        ? near.isEmpty() ? "code" : "distance"
                        : sort,
                day, near,
                Page.Wanted.read(page, size, Page.Wanted.USUAL_SIZE, faults), List.copyOf(faults));
    }

    private static Optional<LocalDate> day(String text, List<Finding> faults) {
        if (text.isBlank())
            return Optional.empty();
        var day = WrittenDate.read(text).exactDay();
        if (day.isEmpty())
            faults.add(new Finding("asOf", "not-a-day", new Text("asOf は日付です（例: 2023-12-31、令和5年12月31日）。受け取った値: "
                    + Letters.excerpt(text, 40), "asOf は 日にちです（例: 2023-12-31）。入っていた もの: " + Letters.excerpt(text, 40),
                    "asOf is a day such as 2023-12-31; seen: " + Letters.excerpt(text, 40))));
        return day;
    }

    private static Optional<Point> near(String lat, String lng, List<Finding> faults) {
        if (lat.isBlank() && lng.isBlank())
            return Optional.empty();
        var latitude = degrees("lat", lat, 90, faults);
        var longitude = degrees("lng", lng, 180, faults);
        return latitude.isPresent() && longitude.isPresent()
                ? Optional.of(new Point(latitude.get(), longitude.get()))
                : Optional.empty();
    }

    private static Optional<Double> degrees(String where, String text, int most, List<Finding> faults) {
        var plain = Kana.narrow(text);
        if (plain.matches("-?[0-9]{1,3}(\\.[0-9]{1,15})?") && Math.abs(Double.parseDouble(plain)) <= most)
            return Optional.of(Double.parseDouble(plain));
        faults.add(new Finding(where, "not-degrees",
                new Text(where + " は度で -" + most + " から " + most + " までの数です。受け取った値: "
                        + Letters.excerpt(text, 40),
                        where + " は -" + most + " から " + most + " までの 数です。入っていた もの: "
                                + Letters.excerpt(text, 40),
                        where + " is a number of degrees from -" + most + " to " + most + "; seen: "
                                + Letters.excerpt(text, 40))));
        return Optional.empty();
    }

    /// The bodies of the day asked for, else of today. A body is found by the names and codes of those that went into it, too.
    List<Authority> of(Authorities authorities, AuthorityHistory history) {
        var group = Group.of(kind);
        var words = Folding.key(q);
        var heirs = asOf.isPresent() || words.isEmpty() ? Map.<AuthorityId, List<String>>of() : formerly(history);
        var found = asOf.map(history::on).orElseGet(authorities::all).stream()
                .filter(a -> group.map(g -> g.holds.test(a)).orElse(true))
                .filter(a -> prefecture.isEmpty() || a.kind() != Kind.MINISTRY
                        && prefectureOf(authorities, a).equals(Optional.of(prefecture)))
                .filter(a -> near.isEmpty() || authorities.point(a.id()).isPresent())
                .filter(a -> words.isEmpty() || matches(a, words) || heirs.containsKey(a.id()));
        return (sort.equals("code") ? found : found.sorted(order(authorities))).toList();
    }

    /// Earlier names that the words are found in, by the body of today.
    Map<AuthorityId, List<String>> formerly(AuthorityHistory history) {
        var words = Folding.key(q);
        var found = new HashMap<AuthorityId, List<String>>();
        if (!words.isEmpty())
            for (var change : history.changes())
                if (matches(change.former(), words))
                    for (var heir : history.heirs(change.to())) {
                        var names = found.computeIfAbsent(heir, h -> new ArrayList<>());
                        if (!names.contains(change.former().name()))
                            names.add(change.former().name());
                    }
        return found;
    }

    private static boolean matches(Authority a, String words) {
        return a.id().code().toLowerCase(Locale.ROOT).startsWith(words) || Folding.key(a.name()).contains(words)
                || Folding.key(a.kana()).contains(words) || Folding.key(a.roman()).contains(words);
    }

    private static Optional<String> prefectureOf(Authorities authorities, Authority a) {
        return authorities.prefectures().stream().map(p -> p.id().code())
                .filter(p -> a.id().code().matches("[0-9]{6}")
                        && p.substring(0, 2).equals(a.id().code().substring(0, 2)))
                .findFirst();
    }

    private Comparator<Authority> order(Authorities authorities) {
        Comparator<Authority> up = switch (sort.replaceFirst("^-", "")) {
            case "name" -> Comparator.comparing(Authority::name);
            case "kana" -> Comparator.comparing(Authority::kana);
            case "population" -> Comparator.comparingLong((Authority a) -> authorities.population(a, asOf).map(
                    Population::persons).orElse(0L));
            case "distance" -> Comparator.comparingDouble(a -> metres(authorities, a).orElse(Double.MAX_VALUE));
            default -> Comparator.comparing(Authority::id);
        };
        return (sort.startsWith("-") ? up.reversed() : up).thenComparing(Authority::id);
    }

    /// From the point asked for to the representative point.
    Optional<Double> metres(Authorities authorities, Authority a) {
        return near.flatMap(from -> authorities.point(a.id()).map(from::metresTo));
    }

    private static Optional<Authority> prefectureIn(Authorities authorities, String text) {
        return authorities.prefectures().stream()
                .filter(p -> p.id().code().equals(text.strip()) || p.name().equals(text.strip())
                        || p.id().code().substring(0, 2).equals(text.strip()))
                .findFirst();
    }
}
