package jp.kiban.conformity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// 検査の控え. What was checked, how often, and what differed. A kind of check that was never made is no proof of anything, so
/// the counts are part of the report.
final class Notebook {
    /// A target that is wrong everywhere, on purpose or not, fills no memory: what comes later is only counted.
    static final int MOST_KEPT = 5_000;
    private static final int LONGEST = 300;

    /// 回数.
    static final class Count {
        int made;
        int different;
    }

    private final Map<String, Count> counts = new TreeMap<>();
    private final List<Difference> differences = new ArrayList<>();
    private int different;

    /// Notes that the check was made; true when it held.
    boolean check(String code, boolean holds, String trial, String where, Object expected, Object seen, What what,
            Object... with) {
        var count = counts.computeIfAbsent(code, c -> new Count());
        count.made++;
        if (!holds) {
            count.different++;
            different++;
            if (differences.size() < MOST_KEPT)
                differences.add(new Difference(code, trial, cut(where), cut(expected), cut(seen), what.said(clean(
                        with))));
        }
        return holds;
    }

    boolean equal(String code, String trial, String where, Object expected, Object seen, What what, Object... with) {
        return check(code, expected.equals(seen), trial, where, expected, seen, what, with);
    }

    void differs(String code, String trial, String where, Object expected, Object seen, What what, Object... with) {
        check(code, false, trial, where, expected, seen, what, with);
    }

    private static Object[] clean(Object[] with) { return Arrays.stream(with).map(Notebook::cut).toArray(); }

    private static String cut(Object value) { return clean(String.valueOf(value)); }

    /// What a target says, as it may stand in a report: no control characters, no halves of letters, not too long.
    static String clean(String told) {
        var text = new StringBuilder();
        int[] letters = told.codePoints().limit(LONGEST + 1L).toArray();
        for (int i = 0; i < Math.min(letters.length, LONGEST); i++)
            text.appendCodePoint(Character.isISOControl(letters[i]) || Character.getType(
                    letters[i]) == Character.SURROGATE ? '\uFFFD' : letters[i]);
        return letters.length > LONGEST ? text + "…" : text.toString();
    }

    /// How many differences were seen, kept or not.
    int different() { return different; }

    Map<String, Count> counts() { return counts; }

    /// The first of them.
    List<Difference> differences() { return List.copyOf(differences); }
}
