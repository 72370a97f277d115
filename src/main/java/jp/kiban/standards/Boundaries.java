package jp.kiban.standards;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import jp.kiban.kernel.BadInput;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// 境の例. Finds where the rules change their mind: for every day and number in the examples, the two neighbours between which
/// the outcome or the rules that fire are others. The thresholds that the rules compare with (the numbers in the DMN and among
/// the values) say where to look, and halving says exactly where. A boundary of which an example stands on one side only, or
/// on neither, is proposed as a case, ready to paste.
final class Boundaries {
    private static final int[] DAYS = {1, -1, 15, -15, 31, -31, 366, -366, 1_100, -1_100, 2_200, -2_200, 6_600, -6_600};
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.\"-])\\d{1,9}(?![\\w.\"-])");
    private static final int MOST = 24;

    private final Bundle bundle;
    private final StandardVersion version;
    private int left;
    private final Map<String, Side> found = new LinkedHashMap<>();
    private final Set<String> tight = new LinkedHashSet<>();

    /// One side of a boundary: an input right at it, and what the rules say there.
    private record Side(Input input, String leaf, Judgement judgement) {}

    /// Answers on a day.
    private record Input(String from, LocalDate filed, JsonNode answers, JsonNode local) {}

    /// A day or a number somewhere in the answers (or the day of arrival).
    private record Leaf(List<Object> path, boolean day) {
        String name() {
            if (path.isEmpty())
                return "filed";
            var name = new StringBuilder();
            path.forEach(p -> name.append(p instanceof Integer ? "" : (name.isEmpty() ? "" : ".") + p));
            return name.toString();
        }
    }

    /// @param judgements how many times the rules may be asked: the same number always finds the same
    Boundaries(Bundle bundle, StandardVersion version, int judgements) {
        this.bundle = bundle;
        this.version = version;
        this.left = judgements;
    }

    /// The missing cases; a warning for each goes to the faults.
    String propose(Examples examples, List<Fault> faults) {
        var inputs = new ArrayList<Input>();
        var kinds = new LinkedHashMap<String, Input>();
        for (var example : examples.all()) {
            var input = new Input(example.name(), example.filed(), example.answers(), example.local());
            inputs.add(input);
            judge(input).ifPresent(j -> kinds.putIfAbsent(signature(j).toString(), input));
        }
        var constants = constants();
        // what the examples themselves come close to
        for (var input : inputs)
            if (!over())
                judge(input).ifPresent(here -> leaves(input).forEach(leaf -> {
                    for (int step : new int[]{1, -1})
                        neighbour(input, leaf, step, here, true);
                }));
        // what they do not: looked for from one example of each kind
        for (var input : kinds.values())
            for (var leaf : leaves(input)) {
                if (over())
                    break;
                judge(input).ifPresent(here -> search(input, leaf, here, constants));
            }
        return write(faults);
    }

    private boolean over() { return left <= 0; }

    private void neighbour(Input input, Leaf leaf, int step, Judgement here, boolean own) {
        var there = shifted(input, leaf, step);
        there.flatMap(this::judge).ifPresent(other -> {
            var from = signature(here);
            var to = signature(other);
            if (from.equals(to))
                return;
            var mine = key(leaf, from, to);
            var theirs = key(leaf, to, from);
            found.putIfAbsent(mine, new Side(input, leaf.name(), here));
            found.putIfAbsent(theirs, new Side(there.get(), leaf.name(), other));
            if (own)
                tight.add(mine);
        });
    }

    /// A boundary is where it is, seen from this side: what fires here and not there, and the other way round.
    private static String key(Leaf leaf, Set<String> from, Set<String> to) {
        var lost = new TreeSet<>(from);
        lost.removeAll(to);
        var won = new TreeSet<>(to);
        won.removeAll(from);
        return leaf.name() + " " + lost + " | " + won;
    }

    private void search(Input input, Leaf leaf, Judgement here, Set<Long> constants) {
        var steps = new LinkedHashSet<Long>();
        if (leaf.day())
            for (int days : DAYS)
                steps.add((long) days);
        else {
            long value = value(input, leaf).longValue();
            for (long constant : constants)
                if (Math.abs(constant - value) < 100_000_000L)
                    for (long near = -1; near <= 1; near++)
                        steps.add(constant + near - value);
        }
        for (long step : steps) {
            if (over())
                return;
            if (step == 0)
                continue;
            var far = shifted(input, leaf, step);
            var there = far.flatMap(this::judge);
            if (there.isPresent() && !signature(there.get()).equals(signature(here)))
                halve(input, leaf, here, step);
        }
    }

    /// Between two values that are judged otherwise there are two neighbours that are.
    private void halve(Input input, Leaf leaf, Judgement here, long step) {
        var from = signature(here);
        long near = 0;
        long far = step;
        while (Math.abs(far - near) > 1) {
            long middle = near + (far - near) / 2;
            var judged = shifted(input, leaf, middle).flatMap(this::judge);
            if (judged.isPresent() && signature(judged.get()).equals(from))
                near = middle;
            else
                far = middle;
        }
        var side = shifted(input, leaf, near);
        if (side.isPresent())
            judge(side.get()).ifPresent(j -> neighbour(side.get(), leaf, step > 0 ? 1 : -1, j, false));
    }

    private Optional<Judgement> judge(Input input) {
        left--;
        try {
            if (!version.check(input.answers()).isEmpty())
                return Optional.empty();
            return Optional.of(version.judge(input.answers(), input.filed(), version.variations().merge(Lints.map(input
                    .local()))));
        } catch (BadInput | IllegalStateException | IllegalArgumentException stopped) {
            return Optional.empty();
        }
    }

    private static Set<String> signature(Judgement judgement) {
        var signature = new TreeSet<String>();
        signature.add(judgement.outcome().name());
        judgement.trace().forEach(f -> signature.add(f.code()));
        return signature;
    }

    // ---- days and numbers ----------------------------------------------------------------------------------------

    private static List<Leaf> leaves(Input input) {
        var leaves = new ArrayList<Leaf>();
        leaves.add(new Leaf(List.of(), true));
        leaves(input.answers(), List.of(), leaves);
        return leaves;
    }

    private static void leaves(JsonNode node, List<Object> path, List<Leaf> leaves) {
        if (node.isObject())
            node.forEachEntry((name, value) -> leaves(value, with(path, name), leaves));
        else if (node.isArray())
            for (int i = 0; i < Math.min(node.size(), 3); i++)
                leaves(node.get(i), with(path, i), leaves);
        else if (node.isIntegralNumber() && !path.getLast().equals("size"))
            leaves.add(new Leaf(path, false));
        else if (node.isString() && node.asString().matches("\\d{4}-\\d{2}-\\d{2}"))
            leaves.add(new Leaf(path, true));
    }

    private static List<Object> with(List<Object> path, Object step) {
        var longer = new ArrayList<>(path);
        longer.add(step);
        return List.copyOf(longer);
    }

    private static JsonNode at(JsonNode node, List<Object> path) {
        for (var step : path)
            node = step instanceof Integer i ? node.path(i) : node.path((String) step);
        return node;
    }

    private static BigDecimal value(Input input, Leaf leaf) { return at(input.answers(), leaf.path()).decimalValue(); }

    private Optional<Input> shifted(Input input, Leaf leaf, long by) {
        try {
            if (leaf.path().isEmpty()) {
                var filed = input.filed().plusDays(by);
                return filed.isBefore(version.ref().day())
                        ? Optional.empty()
                        : Optional.of(new Input(input.from(), filed, input.answers(), input.local()));
            }
            var node = at(input.answers(), leaf.path());
            var answers = input.answers().deepCopy();
            var make = JsonNodeFactory.instance;
            var value = leaf.day()
                    ? make.stringNode(LocalDate.parse(node.asString()).plusDays(by).toString())
                    : make.numberNode(node.asLong() + by);
            var parent = at(answers, leaf.path().subList(0, leaf.path().size() - 1));
            if (leaf.path().getLast() instanceof Integer i && parent instanceof ArrayNode rows)
                rows.set(i, value);
            else if (parent instanceof ObjectNode object)
                object.set((String) leaf.path().getLast(), value);
            return Optional.of(new Input(input.from(), input.filed(), answers, input.local()));
        } catch (DateTimeException impossible) {
            return Optional.empty();
        }
    }

    /// The numbers that the rules compare with: those in the DMN, and the values.
    private Set<Long> constants() {
        var constants = new TreeSet<Long>();
        var tables = DecisionTables.read(bundle.read(version.ref().id() + "/" + version.ref().version()
                + "/decisions.dmn").orElse(""));
        tables.formulas().values().forEach(f -> numbers(f, constants));
        tables.tables().forEach(t -> t.rows().forEach(r -> r.texts().subList(0, Math.min(t.inputs().size(), r.cells()
                .size())).forEach(c -> numbers(c, constants))));
        version.variations().all().forEach(v -> numbers(v.byDefault().toString(), constants));
        var standard = bundle.read(version.ref().id() + "/standard.yaml").orElse("");
        Pattern.compile("value: *(\\d{1,9})\\b").matcher(standard).results().forEach(m -> constants.add(Long.valueOf(m
                .group(1))));
        return constants;
    }

    private static void numbers(String text, Set<Long> into) {
        NUMBER.matcher(text).results().forEach(m -> into.add(Long.valueOf(m.group())));
    }

    // ---- out -----------------------------------------------------------------------------------------------------

    private String write(List<Fault> faults) {
        var folder = version.ref().id() + "/" + version.ref().version() + "/examples";
        var base = bundle.read(folder + "/_base.yaml").map(text -> new Reading("_base.yaml", new ArrayList<>()).yaml(
                Optional.of(text))).orElse(JsonNodeFactory.instance.objectNode());
        var leaves = new TreeSet<String>();
        var text = new StringBuilder();
        int number = 0;
        for (var side : found.entrySet()) {
            if (tight.contains(side.getKey()) || number >= MOST)
                continue;
            number++;
            var one = side.getValue();
            var value = one.leaf().equals("filed") ? one.input().filed().toString() : one.leaf();
            var name = "境 " + number + ": " + (one.leaf().equals("filed") ? "請求日 " + value : value) + "（「" + one.input()
                    .from() + "」から）";
            leaves.add(one.leaf());
            text.append("  - ").append(yaml(name, one, base)).append('\n');
        }
        if (number > 0)
            faults.add(Fault.of(folder, "", Fault.Kind.BOUNDARIES, number, String.join(", ", leaves)));
        return text.isEmpty() ? "" : "# " + version.ref() + "\ncases:\n" + text;
    }

    private String yaml(String name, Side side, JsonNode base) {
        var make = JsonNodeFactory.instance;
        var one = make.objectNode().put("case", name).put("filed", side.input().filed().toString());
        var answers = one.putObject("answers");
        side.input().answers().forEachEntry((key, value) -> {
            if (!value.equals(base.path("answers").path(key)))
                answers.set(key, brief(value, base.path("rows").path(key)));
        });
        if (!side.input().local().isEmpty())
            one.set("local", side.input().local());
        var judgement = side.judgement();
        var expect = one.putObject("expect").put("outcome", judgement.outcome().name());
        judgement.start().ifPresent(s -> expect.put("start", s.toString()));
        var reasons = expect.putArray("reasons");
        judgement.reasons().forEach(r -> reasons.add(r.code()));
        if (!judgement.questionsStillOpen().isEmpty()) {
            var questions = expect.putArray("questions");
            new TreeSet<>(judgement.questionsStillOpen().stream().map(Judgement.Requirement::code).toList()).forEach(
                    questions::add);
        }
        if (!judgement.months().isEmpty()) {
            var month = expect.putObject("months").putObject(judgement.months().getFirst().month().toString());
            judgement.months().getFirst().lines().forEach(l -> month.put(l.beneficiaryId(), l.yen().amount()));
            month.put("total", judgement.months().getFirst().total().amount());
        }
        if (!judgement.once().isEmpty()) {
            var sums = new TreeMap<String, Long>();
            judgement.once().forEach(l -> sums.merge(l.beneficiaryId(), l.yen().amount(), Long::sum));
            var once = expect.putObject("once");
            sums.forEach(once::put);
            once.put("total", judgement.onceTotal().amount());
        }
        if (!judgement.results().isEmpty()) {
            var results = expect.putObject("results");
            judgement.results().stream().map(Judgement.Result::key).distinct().forEach(key -> {
                var values = judgement.results(key);
                if (values.size() == 1)
                    results.set(key, values.getFirst());
                else
                    values.forEach(results.putArray(key)::add);
            });
        }
        // a line of JSON is a line of YAML
        return one.toString();
    }

    /// The rows of a table without what every row has from the base.
    private static JsonNode brief(JsonNode value, JsonNode row) {
        if (!value.isArray() || !row.isObject())
            return value;
        var rows = JsonNodeFactory.instance.arrayNode();
        for (var own : value) {
            var kept = rows.addObject();
            own.forEachEntry((key, cell) -> {
                if (!cell.equals(row.path(key)))
                    kept.set(key, cell);
            });
        }
        return rows;
    }

    /// What has been looked at, for tests: the boundaries found, each with whether an example stands at it.
    Map<String, Boolean> seen() {
        var seen = new HashMap<String, Boolean>();
        found.keySet().forEach(k -> seen.put(k, tight.contains(k)));
        return seen;
    }
}
