package jp.kiban.conformity;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// 決定の照合. Holds a decision of the target against the one that the standard gives: outcome, reasons and articles, the
/// months and every line of them to the yen, what is paid once, and the other results.
final class Comparison {
    private final Notebook notebook;
    private final String trial;
    private final JsonNode expected;
    private final JsonNode seen;

    Comparison(Notebook notebook, String trial, JsonNode expected, JsonNode seen) {
        this.notebook = notebook;
        this.trial = trial;
        this.expected = expected;
        this.seen = seen;
    }

    void compare() {
        if (!notebook.equal("OUTCOME", trial, "outcome", expected.path("outcome").asString(""),
                seen.path("outcome").asString(""), What.OUTCOME))
            return;
        reasons();
        codes("REQUIREMENT", "requirements");
        results();
        if (!expected.path("outcome").asString("").equals("GRANT"))
            return;
        notebook.equal("START", trial, "start", expected.path("start").asString("-"), seen.path("start").asString("-"),
                What.START);
        months();
        once();
    }

    private void reasons() {
        var wanted = byCode(expected.path("reasons"));
        var given = byCode(seen.path("reasons"));
        wanted.forEach((code, reason) -> {
            var own = given.get(code);
            notebook.check("REASON-MISSING", own != null, trial, "reasons", code, given.keySet(),
                    What.REASON_MISSING, code);
            if (own != null)
                notebook.equal("LAW", trial, "reasons." + code, plain(reason.path("law")), plain(own.path("law")),
                        What.LAW, code);
        });
        given.keySet().forEach(code -> notebook.check("REASON-UNEXPECTED", wanted.containsKey(code), trial, "reasons",
                wanted.keySet(), code, What.REASON_UNEXPECTED, code));
    }

    private void codes(String code, String list) {
        var wanted = new TreeSet<>(byCode(expected.path(list)).keySet());
        var given = new TreeSet<>(byCode(seen.path(list)).keySet());
        notebook.equal(code, trial, list, wanted, given, What.REQUIREMENT);
    }

    private static Map<String, JsonNode> byCode(JsonNode list) {
        var byCode = new LinkedHashMap<String, JsonNode>();
        list.forEach(node -> byCode.put(node.path("code").asString("?"), node));
        return byCode;
    }

    private static String plain(JsonNode law) { return law.asString("").replaceAll("\\s+", " ").strip(); }

    /// Each key with all its values, in their order: a key may come more than once.
    private void results() {
        var wanted = byKey(expected.path("results"));
        var given = byKey(seen.path("results"));
        var keys = new TreeSet<>(wanted.keySet());
        keys.addAll(given.keySet());
        keys.forEach(key -> notebook.equal("RESULT", trial, "results." + key, wanted.getOrDefault(key, List.of()),
                given.getOrDefault(key, List.of()), What.RESULT, key));
    }

    private static Map<String, List<String>> byKey(JsonNode results) {
        var byKey = new TreeMap<String, List<String>>();
        results.forEach(r -> byKey.computeIfAbsent(r.path("key").asString("?"), k -> new ArrayList<>()).add(value(r)));
        return byKey;
    }

    private static String value(JsonNode result) {
        var value = result.path("value");
        return value.isNumber() ? value.decimalValue().stripTrailingZeros().toPlainString() : value.toString();
    }

    private void months() {
        var wanted = byMonth(expected);
        var given = byMonth(seen);
        if (shifted(wanted, given))
            return;
        var months = new TreeSet<>(wanted.keySet());
        months.addAll(given.keySet());
        int told = 0;
        for (var month : months) {
            var own = given.get(month);
            var should = wanted.get(month);
            if (own == null || should == null) {
                told++;
                if (told <= 3)
                    notebook.differs("MONTH", trial, "months." + month, should == null ? "nothing" : should,
                            own == null ? "nothing" : own,
                            should == null ? What.MONTH_UNPAID : What.MONTH_MISSING);
            } else if (lines("months." + month, should, own, told < 3)) {
                notebook.equal("TOTAL", trial, "months." + month + ".total", total(expected, month),
                        total(seen, month), What.TOTAL);
            } else {
                told++;
            }
        }
    }

    private static Map<String, Map<String, Long>> byMonth(JsonNode decision) {
        var months = new TreeMap<String, Map<String, Long>>();
        decision.path("months").forEach(
                month -> months.put(month.path("month").asString("?"), lines(month.path("lines"))));
        return months;
    }

    private static Map<String, Long> lines(JsonNode lines) {
        var byId = new TreeMap<String, Long>();
        lines.forEach(line -> byId.merge(line.path("id").asString("?"), line.path("yen").asLong(Long.MIN_VALUE / 2),
                Long::sum));
        return byId;
    }

    private static long total(JsonNode decision, String month) {
        for (var node : decision.path("months"))
            if (node.path("month").asString("").equals(month))
                return node.path("total").asLong(-1);
        return -1;
    }

    /// Every month one too early or too late is one fault, not twenty-five.
    private boolean shifted(Map<String, Map<String, Long>> wanted, Map<String, Map<String, Long>> given) {
        if (wanted.isEmpty() || wanted.size() != given.size() || wanted.keySet().equals(given.keySet()))
            return false;
        notebook.differs("MONTH", trial, "months", wanted.keySet().iterator().next(), given.keySet().iterator().next(),
                What.MONTHS_SHIFTED);
        return true;
    }

    private void once() {
        var wanted = lines(expected.path("once"));
        var given = lines(seen.path("once"));
        if (!wanted.isEmpty() || !given.isEmpty())
            lines("once", wanted, given, true);
    }

    /// True when every line agrees.
    private boolean lines(String where, Map<String, Long> wanted, Map<String, Long> given, boolean tell) {
        if (wanted.equals(given)) {
            notebook.check("AMOUNT", true, trial, where, wanted, given, What.AMOUNT, "");
            return true;
        }
        if (!tell)
            return false;
        if (wanted.keySet().equals(given.keySet()) && sorted(wanted).equals(sorted(given))) {
            notebook.differs("SWAPPED", trial, where, wanted, given,
                    What.SWAPPED);
            return false;
        }
        var ids = new TreeSet<>(wanted.keySet());
        ids.addAll(given.keySet());
        for (var id : ids)
            if (!wanted.getOrDefault(id, -1L).equals(given.getOrDefault(id, -1L)))
                notebook.differs("AMOUNT", trial, where + "." + id, yen(wanted, id), yen(given, id),
                        wanted.containsKey(id) && given.containsKey(id) ? What.AMOUNT_DIFFERS : What.AMOUNT, id,
                        byHowMuch(
                                wanted, given, id));
        return false;
    }

    private static List<Long> sorted(Map<String, Long> lines) {
        return new ArrayList<>(lines.values()).stream().sorted().toList();
    }

    private static String yen(Map<String, Long> lines, String id) {
        return lines.containsKey(id) ? lines.get(id) + " yen" : "no line";
    }

    private static String byHowMuch(Map<String, Long> wanted, Map<String, Long> given, String id) {
        return String.format("%,d", Math.abs(wanted.getOrDefault(id, 0L) - given.getOrDefault(id, 0L)));
    }
}
