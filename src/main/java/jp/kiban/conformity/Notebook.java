package jp.kiban.conformity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// 検査の控え. What was checked, how often, and what differed. A kind of check that was never made is no proof of anything, so
/// the counts are part of the report.
final class Notebook {
    /// 回数.
    static final class Count {
        int made;
        int different;
    }

    private final Map<String, Count> counts = new TreeMap<>();
    private final List<Difference> differences = new ArrayList<>();

    /// Notes that the check was made; true when it held.
    boolean check(String code, boolean holds, String trial, String where, Object expected, Object seen, String words) {
        var count = counts.computeIfAbsent(code, c -> new Count());
        count.made++;
        if (!holds) {
            count.different++;
            differences.add(new Difference(code, trial, where, cut(expected), cut(seen), words));
        }
        return holds;
    }

    boolean equal(String code, String trial, String where, Object expected, Object seen, String words) {
        return check(code, expected.equals(seen), trial, where, expected, seen, words);
    }

    void differs(String code, String trial, String where, Object expected, Object seen, String words) {
        check(code, false, trial, where, expected, seen, words);
    }

    private static String cut(Object value) {
        var text = String.valueOf(value);
        return text.length() > 300 ? text.substring(0, 300) + "…" : text;
    }

    Map<String, Count> counts() { return counts; }

    List<Difference> differences() { return List.copyOf(differences); }
}
