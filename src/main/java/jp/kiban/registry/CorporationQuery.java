package jp.kiban.registry;

import jp.kiban.letters.CorporateNumber;
import java.util.ArrayList;
import java.util.List;
import jp.kiban.authority.Authorities;
import jp.kiban.kernel.Finding;
import jp.kiban.portal.Page;

/// 法人の検索条件. What a reader of the list asks for. Reading it finds every fault at once; what cannot be read is left out, so that a page
/// can be drawn beside the findings.
record CorporationQuery(String q, String prefecture, String kind, boolean open, String sort, Page.Wanted wanted,
        List<Finding> faults) {
    static final List<String> SORTS = List.of("relevance", "name", "kana", "number");

    static CorporationQuery read(Authorities authorities, String q, String prefecture, String kind, boolean open,
            String sort, String page, String size) {
        var faults = new ArrayList<Finding>();
        if (q.codePointCount(0, q.length()) > 100) {
            faults.add(finding("q", "registry.error.long", 100, q.codePointCount(0, q.length())));
            q = "";
        }
        if (!q.isBlank() && CorporateNumber.digitsOf(q).isEmpty() && Corporations.words(q).isEmpty())
            faults.add(finding("q", "registry.error.only-form", q.strip()));
        String two = "";
        if (prefecture.equals("99"))
            two = "99";
        else if (!prefecture.isBlank()) {
            String asked = prefecture.strip();
            two = authorities.prefectures().stream().filter(p -> p.id().code().equals(asked) || p.name().equals(asked)
                    || p.id().code().substring(0, 2).equals(asked)).map(p -> p.id().code().substring(0, 2)).findFirst()
                    .orElse("");
            if (two.isEmpty())
                faults.add(finding("prefecture", "registry.error.prefecture", asked));
        }
        if (!kind.isBlank() && !CorporationRow.KINDS.contains(kind)) {
            faults.add(finding("kind", "registry.error.one-of", "kind", String.join(", ", CorporationRow.KINDS.stream()
                    .sorted().toList()), kind));
            kind = "";
        }
        if (!sort.isBlank() && !SORTS.contains(sort.replaceFirst("^-", ""))) {
            faults.add(finding("sort", "registry.error.one-of", "sort", String.join(", ", SORTS), sort));
            sort = "";
        }
        return new CorporationQuery(q.strip(), two, kind.strip(), open, sort.isBlank() ? "relevance" : sort,
                Page.Wanted.read(page, size, Page.Wanted.USUAL_SIZE, faults), List.copyOf(faults));
    }

    static Finding finding(String where, String key, Object... values) {
        return new Finding(where, key, Words.text(key, values));
    }

    boolean searches() { return !q.isEmpty() || !prefecture.isEmpty() || !kind.isEmpty(); }

    Corporations.Query query() { return new Corporations.Query(q, prefecture, kind, open, sort); }
}
