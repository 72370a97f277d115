package jp.kiban.standards;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.StandardRef;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// 例. The golden cases of a version: answers on a day, and what the rules must say. `examples/_base.yaml` holds the ordinary
/// answers (and rows); a case states only what is different. A conforming implementation gives the same results.
final class Examples {
    private static final int WARMING = 12;
    private final List<Example> all;

    private Examples(List<Example> all) { this.all = all; }

    List<Example> all() { return all; }

    static Examples of(Bundle bundle, StandardRef ref, List<Fault> faults) {
        var folder = ref.id() + "/" + ref.version() + "/examples";
        var base = new Reading(folder + "/_base.yaml", faults).yaml(bundle.read(folder + "/_base.yaml"));
        var all = new ArrayList<Example>();
        for (var file : bundle.names(folder)) {
            if (file.startsWith("_"))
                continue;
            var reading = new Reading(folder + "/" + file, faults);
            for (var node : reading.yaml(bundle.read(folder + "/" + file)).path("cases")) {
                var name = reading.word(node, "case", "cases");
                var filed = reading.date(reading.word(node, "filed", name), name + ".filed");
                if (filed != null)
                    all.add(new Example(folder + "/" + file, name, filed, answers(base, node.path("answers")),
                            node.path("authority").asString(""), node.path("local"), node.path("expect")));
            }
        }
        if (all.isEmpty())
            faults.add(Fault.of(folder, "", Fault.Kind.NO_EXAMPLES));
        return new Examples(all);
    }

    private static JsonNode answers(JsonNode base, JsonNode differing) {
        var answers = over(base.path("answers"), differing);
        base.path("rows").forEachEntry((table, row) -> {
            var rows = JsonNodeFactory.instance.arrayNode();
            answers.path(table).forEach(own -> rows.add(over(row, own)));
            answers.set(table, rows);
        });
        return answers;
    }

    private static ObjectNode over(JsonNode base, JsonNode own) {
        var merged = JsonNodeFactory.instance.objectNode();
        base.forEachEntry(merged::set);
        own.forEachEntry((key, value) -> merged.set(key,
                value.isObject() && merged.path(key).isObject() ? over(merged.get(key), value) : value));
        return merged;
    }

    /// Runs the cases a few times, so that the engine is loaded before somebody waits for it; results are not looked at.
    void warm(StandardVersion version) {
        for (int round = 0; round < 3; round++)
            for (var example : all.subList(0, Math.min(WARMING, all.size()))) {
                version.check(example.answers());
                version.judge(example.answers(), example.filed(), version.variations().defaults());
            }
    }

    /// Holds every case against the rules; also says which rules no case reaches.
    List<Fault> verify(StandardVersion version) {
        var faults = new ArrayList<Fault>();
        var reached = new LinkedHashSet<String>();
        for (var example : all)
            try {
                reached.addAll(example.verify(version, faults));
            } catch (BadInput | IllegalStateException | IllegalArgumentException bad) {
                faults.add(Fault.of(example.file(), example.name(), Fault.Kind.EXAMPLE_STOPPED, bad.getMessage()));
            }
        var unreached = new LinkedHashSet<>(version.rules().names());
        unreached.removeAll(reached);
        var folder = version.ref().id() + "/" + version.ref().version();
        for (var rule : unreached)
            faults.add(Fault.of(folder + "/examples", "", Fault.Kind.RULE_UNREACHED, rule.substring(0, rule
                    .lastIndexOf(' ')), rule.substring(rule.lastIndexOf(' ') + 1)));
        return faults;
    }

    /// 一つの例.
    ///
    /// @param authority judged with what this municipality has set, as shipped; empty for the defaults
    /// @param local single values that are set for this example
    record Example(String file, String name, LocalDate filed, JsonNode answers, String authority, JsonNode local,
            JsonNode expect) {
        private static final Set<String> EXPECTATIONS = Set.of("findings", "outcome", "start", "reasons", "without",
                "months", "nothing-in", "questions", "once", "results");

        /// The same case under other local values.
        Example with(JsonNode values) { return new Example(file, name, filed, answers, "", values, expect); }

        /// The rules that this case reached; what differs from the expectation goes to the faults.
        Set<String> verify(StandardVersion version, List<Fault> faults) {
            for (var key : expect.propertyNames())
                if (!EXPECTATIONS.contains(key))
                    faults.add(Fault.of(file, name, Fault.Kind.EXPECTATION_UNKNOWN, key, String.join(", ",
                            EXPECTATIONS.stream().sorted().toList())));
            var found = new TreeSet<>(version.check(answers).stream().map(Finding::where).toList());
            compare("findings", new TreeSet<>(words(expect.path("findings"))), found, faults);
            if (!found.isEmpty() && !expect.has("outcome"))
                return Set.of();
            var raw = new LinkedHashMap<String, JsonNode>();
            if (!authority.isEmpty())
                version.layer(AuthorityId.of(authority), filed).ifPresentOrElse(layer -> raw.putAll(layer.values()),
                        () -> faults.add(Fault.of(file, name, Fault.Kind.LAYER_ABSENT, authority, filed)));
            local.forEachEntry(raw::put);
            var judgement = version.judge(answers, filed, version.variations().merge(raw));
            compare("outcome", expect.path("outcome").asString(""), judgement.outcome().name(), faults);
            compare("start", expect.path("start").asString("-"), judgement.start().map(YearMonth::toString).orElse("-"),
                    faults);
            var codes = judgement.reasons().stream().map(Judgement.Reason::code).toList();
            for (var code : words(expect.path("reasons")))
                if (!codes.contains(code))
                    faults.add(Fault.of(file, name, Fault.Kind.REASON_EXPECTED, code, codes));
            for (var code : words(expect.path("without")))
                if (codes.contains(code))
                    faults.add(Fault.of(file, name, Fault.Kind.REASON_UNEXPECTED, code, codes));
            compare("questions", new TreeSet<>(words(expect.path("questions"))),
                    new TreeSet<>(judgement.questionsStillOpen().stream().map(Judgement.Requirement::code).toList()),
                    faults);
            expect.path("months").forEachEntry((month, lines) -> {
                var seen = new TreeMap<String, Long>();
                judgement.in(YearMonth.parse(month)).ifPresent(m -> {
                    m.lines().forEach(l -> seen.put(l.beneficiaryId(), l.yen().amount()));
                    seen.put("total", m.total().amount());
                });
                var wanted = new TreeMap<String, Long>();
                lines.forEachEntry((who, yen) -> wanted.put(who, yen.asLong()));
                compare(month, wanted, seen, faults);
            });
            if (expect.has("once")) {
                var seen = new TreeMap<String, Long>();
                judgement.once().forEach(l -> seen.merge(l.beneficiaryId(), l.yen().amount(), Long::sum));
                seen.put("total", judgement.onceTotal().amount());
                var wanted = new TreeMap<String, Long>();
                expect.path("once").forEachEntry((who, yen) -> wanted.put(who, yen.asLong()));
                wanted.putIfAbsent("total", wanted.values().stream().mapToLong(Long::longValue).sum());
                compare("once", wanted, seen, faults);
            }
            expect.path("results").forEachEntry((key, value) -> compare(key, value.isArray()
                    ? words(value)
                    : value.isNull() ? List.of() : List.of(value.asString()),
                    judgement.results(key).stream().map(
                            JsonNode::asString).toList(),
                    faults));
            for (var month : words(expect.path("nothing-in")))
                if (judgement.in(YearMonth.parse(month)).isPresent())
                    faults.add(Fault.of(file, name, Fault.Kind.NOTHING_EXPECTED, month));
            var reached = new LinkedHashSet<String>();
            judgement.trace().forEach(f -> reached.add(f.decision() + " " + f.rule()));
            return reached;
        }

        private void compare(String what, Object expected, Object seen, List<Fault> faults) {
            if (!expected.equals(seen))
                faults.add(Fault.of(file, name, Fault.Kind.EXAMPLE_DIFFERS, what, expected, seen));
        }

        private static List<String> words(JsonNode node) {
            var words = new ArrayList<String>();
            node.forEach(n -> words.add(n.asString("")));
            return words;
        }
    }
}
