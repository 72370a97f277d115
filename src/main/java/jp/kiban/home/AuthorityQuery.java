package jp.kiban.home;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import jp.kiban.authority.Authorities;
import jp.kiban.authority.Authority;
import jp.kiban.authority.Authority.Kind;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Text;
import jp.kiban.letters.Letters;
import jp.kiban.portal.Page;

/// 団体の検索条件. What a reader of the list asks for. Reading it finds every fault at once; a value that cannot be read is
/// left out, so a page can still be drawn beside the findings.
record AuthorityQuery(String q, String kind, String prefecture, String sort, Page.Wanted wanted,
        List<Finding> faults) {
    static final List<String> SORTS = List.of("code", "name", "kana", "population");

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

    static AuthorityQuery read(Authorities authorities, String q, String kind, String prefecture, String sort,
            String page, String size) {
        var faults = new ArrayList<Finding>();
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
                sort.isBlank() ? "code" : sort,
                Page.Wanted.read(page, size, Page.Wanted.USUAL_SIZE, faults), List.copyOf(faults));
    }

    List<Authority> of(Authorities authorities) {
        var group = Group.of(kind);
        String words = plain(q);
        var found = authorities.all().stream().filter(a -> group.map(g -> g.holds.test(a)).orElse(true))
                .filter(a -> prefecture.isEmpty() || a.kind() != Kind.MINISTRY
                        && authorities.prefectureOf(a.id()).id().code().equals(prefecture))
                .filter(a -> words.isEmpty() || a.id().code().toLowerCase(Locale.ROOT).startsWith(words)
                        || plain(a.name()).contains(words) || plain(a.kana()).contains(words)
                        || plain(a.roman()).contains(words));
        return (sort.equals("code") ? found : found.sorted(order())).toList();
    }

    private Comparator<Authority> order() {
        Comparator<Authority> up = switch (sort.replaceFirst("^-", "")) {
            case "name" -> Comparator.comparing(Authority::name);
            case "kana" -> Comparator.comparing(Authority::kana);
            case "population" -> Comparator.comparingLong(Authority::population);
            default -> Comparator.comparing(Authority::id);
        };
        return (sort.startsWith("-") ? up.reversed() : up).thenComparing(Authority::id);
    }

    private static Optional<Authority> prefectureIn(Authorities authorities, String text) {
        return authorities.prefectures().stream()
                .filter(p -> p.id().code().equals(text.strip()) || p.name().equals(text.strip())
                        || p.id().code().substring(0, 2).equals(text.strip()))
                .findFirst();
    }

    /// Width, letter case and the two kana do not matter to a search.
    private static String plain(String text) {
        return Normalizer.normalize(text.strip(), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT).chars()
                .map(c -> c >= 'ァ' && c <= 'ヶ' ? c - 'ァ' + 'ぁ' : c)
                .collect(StringBuilder::new, (s, c) -> s.append((char) c), StringBuilder::append).toString();
    }

}
