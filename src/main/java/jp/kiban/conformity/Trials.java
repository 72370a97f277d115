package jp.kiban.conformity;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Holidays;
import jp.kiban.standards.Field;
import jp.kiban.standards.Judgement;
import jp.kiban.standards.LocalForms;
import jp.kiban.standards.ServiceStandard;
import jp.kiban.standards.StandardFolder;
import jp.kiban.standards.StandardVersion;
import jp.kiban.standards.Variation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// 試験の組み立て. Every example of a version, and cases made from them: the two days, or the two amounts, between which the
/// rules change their mind; each field missing and wrong, one by one and all at once; each choice. The same standard always
/// gives the same cases.
final class Trials {
    private static final JsonNodeFactory MAKE = JsonNodeFactory.instance;
    private static final int MOST_BORDERS_A_FIELD = 8;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final StandardVersion version;
    private final LocalDate first;
    private final LocalDate last;
    private Optional<LocalDate> until = Optional.empty();
    private final List<Trial> examples = new ArrayList<>();
    private Optional<List<Trial>> made = Optional.empty();
    private final Map<Limit, List<Trial>> under = new ConcurrentHashMap<>();

    Trials(StandardFolder folder, ServiceStandard standard, StandardVersion version) {
        this(folder, standard, version, 1);
    }

    /// @param until the last day of the version, where a later one is known that is not in the folder
    Trials(StandardFolder folder, ServiceStandard standard, StandardVersion version, Optional<LocalDate> until) {
        this(folder, standard, version, 1);
        this.until = until;
    }

    /// @param everyNth of the examples, for a quick look: 1 for all
    Trials(StandardFolder folder, ServiceStandard standard, StandardVersion version, int everyNth) {
        this.version = version;
        this.first = version.ref().day();
        this.last = standard.versions().stream().map(v -> v.ref().day()).filter(day -> day.isAfter(first))
                .findFirst().map(day -> day.minusDays(1)).orElse(LocalDate.of(2099, 12, 31));
        int number = 0;
        for (var golden : folder.examples(version.ref())) {
            if (number++ % everyNth != 0)
                continue;
            var local = new LinkedHashMap<String, JsonNode>();
            if (!golden.layer().isEmpty())
                version.layer(AuthorityId.of(golden.layer()), golden.filed()).ifPresent(l -> local.putAll(l.values()));
            golden.local().forEachEntry(local::put);
            Trial.of(version, golden.name(), true, golden.filed(), copy(golden.answers()), local)
                    .ifPresent(examples::add);
        }
    }

    private LocalDate last() { return until.filter(day -> day.isBefore(last)).orElse(last); }

    StandardVersion version() { return version; }

    List<Trial> examples() { return List.copyOf(examples); }

    /// An ordinary case under no local values: the first example that grants, else the first that is judged.
    Optional<Trial> ordinary() {
        var judged = examples.stream().filter(t -> t.judgement().isPresent() && t.local().isEmpty()).toList();
        return judged.stream().filter(t -> t.judgement().orElseThrow().outcome() == Judgement.Outcome.GRANT)
                .findFirst().or(() -> judged.stream().findFirst());
    }

    /// At most so many, of every kind some.
    synchronized List<Trial> generated(int most) {
        if (made.isEmpty() || made.get().size() > most)
            made = Optional.of(make(most));
        return made.get();
    }

    private List<Trial> make(int most) {
        var kinds = List.of(closedDay(), borders(most), missing(), wrong(), choices());
        var all = new ArrayList<Trial>();
        var seen = new LinkedHashSet<String>();
        examples.forEach(e -> seen.add(print(e)));
        for (int i = 0; all.size() < most && i < 2_000; i++)
            for (var kind : kinds)
                if (i < kind.size() && all.size() < most && seen.add(print(kind.get(i))))
                    all.add(kind.get(i));
        return all;
    }

    private static String print(Trial trial) { return trial.filed() + " " + trial.local() + " " + trial.answers(); }

    static ObjectNode copy(JsonNode answers) { return (ObjectNode) JSON.readTree(JSON.writeValueAsString(answers)); }

    // borders

    /// The ordinary case, filed on a day near its own from which the standard period ends while the office is closed.
    private List<Trial> closedDay() {
        return ordinary().flatMap(base -> IntStream.rangeClosed(1, 14).mapToObj(base.filed()::plusDays)
                .filter(day -> !day.isAfter(last()) && !Holidays.isOfficeDay(day.plus(version.standardPeriodDays(
                        version.variations().defaults()))))
                .findFirst().flatMap(day -> Trial.of(version, base.name() + " ▸ last day on a closed day", false, day,
                        base.answers(), base.local())))
                .map(List::of).orElse(List.of());
    }

    /// No more than anybody wants: each is found by asking the rules many times.
    private List<Trial> borders(int most) {
        var trials = new ArrayList<Trial>();
        for (var base : bases()) {
            if (trials.size() >= most)
                break;
            filedBorders(base, trials);
            for (var leaf : leaves(base.answers(), ""))
                if (trials.size() >= most)
                    break;
                else if (isDay(leaf.value()))
                    dayBorders(base, leaf, trials);
                else if (leaf.value().isIntegralNumber())
                    numberBorders(base, leaf, trials);
        }
        return trials;
    }

    /// The ordinary case, and the example with the most to decide.
    private List<Trial> bases() {
        var bases = new ArrayList<Trial>();
        ordinary().ifPresent(bases::add);
        examples.stream().filter(t -> t.judgement().isPresent() && t.local().isEmpty())
                .max(java.util.Comparator.comparingInt(t -> t.judgement().orElseThrow().trace().size()))
                .filter(t -> !bases.contains(t)).ifPresent(bases::add);
        return bases;
    }

    private void filedBorders(Trial base, List<Trial> trials) {
        var grid = new ArrayList<Long>();
        for (int days = -60; days <= 90; days += 10)
            grid.add(base.filed().toEpochDay() + days);
        search(grid, day -> {
            var filed = LocalDate.ofEpochDay(day);
            return filed.isBefore(first) || filed.isAfter(last())
                    ? Optional.empty()
                    : Trial.of(version, base.name() + " ▸ filed " + filed, false, filed, base.answers(), base.local());
        }, trials);
    }

    private void dayBorders(Trial base, Leaf leaf, List<Trial> trials) {
        long filed = base.filed().toEpochDay();
        var grid = new LinkedHashSet<Long>();
        for (int years = -26; years <= 0; years++)
            grid.add(base.filed().plusYears(years).toEpochDay());
        for (int days = -30; days <= 30; days += 6)
            grid.add(filed + days);
        search(grid.stream().sorted().toList(), day -> changed(base, leaf, MAKE.stringNode(LocalDate.ofEpochDay(day)
                .toString())), trials);
    }

    private void numberBorders(Trial base, Leaf leaf, List<Trial> trials) {
        var grid = new LinkedHashSet<Long>();
        for (long power = 1; power <= 100_000_000; power *= 10)
            for (int step : new int[]{1, 2, 5})
                grid.add(power * step);
        grid.add(0L);
        search(grid.stream().sorted().toList(), number -> changed(base, leaf, number <= Integer.MAX_VALUE
                ? MAKE.numberNode((int) number)
                : MAKE.numberNode(number)), trials);
    }

    private Optional<Trial> changed(Trial base, Leaf leaf, JsonNode value) {
        var answers = copy(base.answers());
        put(answers, leaf.path(), value);
        return Trial.of(version, base.name() + " ▸ " + leaf.path() + " = " + value, false, base.filed(), answers,
                base.local());
    }

    /// Between two neighbours of the grid with another result lies a border: the last value before it and the first after.
    private static void search(List<Long> grid, LongFunction<Optional<Trial>> at, List<Trial> trials) {
        int borders = 0;
        var next = grid.isEmpty() ? Optional.<Trial>empty() : at.apply(grid.getFirst());
        for (int i = 0; i + 1 < grid.size() && borders < MOST_BORDERS_A_FIELD; i++) {
            var low = next;
            var high = at.apply(grid.get(i + 1));
            next = high;
            if (low.isEmpty() || high.isEmpty() || result(low.get()).equals(result(high.get())))
                continue;
            long from = grid.get(i);
            long to = grid.get(i + 1);
            while (to - from > 1) {
                long middle = from + (to - from) / 2;
                var tried = at.apply(middle);
                if (tried.isEmpty())
                    break;
                if (result(tried.get()).equals(result(low.get()))) {
                    from = middle;
                    low = tried;
                } else {
                    to = middle;
                    high = tried;
                }
            }
            borders++;
            trials.add(low.get());
            trials.add(high.get());
        }
    }

    /// What somebody would notice of a result; the passing of months alone is nothing new.
    private static String result(Trial trial) {
        return trial.judgement().map(j -> j.outcome() + " "
                + j.reasons().stream().map(Judgement.Reason::code).sorted().toList() + " "
                + j.start().map(s -> ChronoUnit.MONTHS.between(trial.filed().withDayOfMonth(1), s.atDay(1)))
                + j.months().stream().findFirst().map(m -> m.lines().stream()
                        .map(l -> l.beneficiaryId() + "=" + l.yen().amount()).collect(Collectors.joining(",")))
                        .orElse("")
                + j.once().stream().map(l -> l.beneficiaryId() + "=" + l.yen().amount())
                        .collect(Collectors.joining(","))
                + j.results().stream().map(r -> r.key() + "=" + r.value()).collect(Collectors.joining(",")))
                .orElseGet(() -> trial.findings().toString());
    }

    // missing and wrong

    private List<Trial> missing() {
        var trials = new ArrayList<Trial>();
        var base = ordinary();
        if (base.isEmpty())
            return trials;
        findings(base.get(), "nothing at all", MAKE.objectNode(), trials);
        var paths = new LinkedHashSet<String>();
        for (var leaf : leaves(base.get().answers(), "")) {
            paths.add(leaf.path());
            for (int dot = leaf.path().lastIndexOf('.'); dot > 0; dot = leaf.path().lastIndexOf('.', dot - 1))
                paths.add(leaf.path().substring(0, dot));
        }
        for (var path : paths) {
            var answers = copy(base.get().answers());
            remove(answers, path);
            Trial.of(version, base.get().name() + " ▸ without " + path, false, base.get().filed(), answers, Map.of())
                    .ifPresent(trials::add);
        }
        return trials;
    }

    private List<Trial> wrong() {
        var trials = new ArrayList<Trial>();
        var base = ordinary();
        if (base.isEmpty())
            return trials;
        var everything = copy(base.get().answers());
        for (var leaf : leaves(base.get().answers(), ""))
            for (var bad : bad(leaf.value())) {
                var answers = copy(base.get().answers());
                put(answers, leaf.path(), bad);
                if (findings(base.get(), base.get().name() + " ▸ " + leaf.path() + " is " + cut(bad), answers, trials))
                    put(everything, leaf.path(), bad);
            }
        findings(base.get(), base.get().name() + " ▸ everything wrong at once", everything, trials);
        if (!trials.isEmpty())
            trials.addFirst(trials.removeLast());
        return trials;
    }

    private static String cut(JsonNode value) {
        var text = value.toString();
        return text.length() > 40 ? text.length() + " characters" : text;
    }

    /// Only what the form itself finds fault with.
    private boolean findings(Trial base, String name, ObjectNode answers, List<Trial> trials) {
        var trial = Trial.of(version, name, false, base.filed(), answers, Map.of())
                .filter(t -> !t.findings().isEmpty());
        trial.ifPresent(trials::add);
        return trial.isPresent();
    }

    private static List<JsonNode> bad(JsonNode value) {
        if (isDay(value))
            return List.of(MAKE.stringNode("2025-02-30"), MAKE.stringNode("昨日"));
        if (value.isString())
            return List.of(MAKE.stringNode("none-of-these"), MAKE.stringNode(""), MAKE.numberNode(12345),
                    MAKE.stringNode("長".repeat(3_000)));
        if (value.isNumber())
            return List.of(MAKE.numberNode(-1), MAKE.stringNode("abc"), MAKE.numberNode(1.5));
        if (value.isBoolean())
            return List.of(MAKE.stringNode("maybe"), MAKE.numberNode(1));
        return List.of();
    }

    // choices

    private List<Trial> choices() {
        var trials = new ArrayList<Trial>();
        var base = ordinary();
        if (base.isEmpty())
            return trials;
        for (var field : version.form().fields()) {
            if (field.kind() == Field.Kind.TABLE)
                for (int row = 0; row < at(base.get().answers(), field.path()).size(); row++)
                    for (var column : field.columns())
                        each(base.get(), field.path() + "[" + row + "]." + column.path(), column, trials);
            else
                each(base.get(), field.path(), field, trials);
        }
        return trials;
    }

    private void each(Trial base, String path, Field field, List<Trial> trials) {
        if (field.kind() == Field.Kind.YES_NO)
            for (boolean yes : new boolean[]{true, false})
                Optional.of(new Leaf(path, MAKE.booleanNode(yes))).flatMap(l -> changed(base, l, l.value()))
                        .ifPresent(trials::add);
        if (field.kind() == Field.Kind.CHOICE)
            for (var choice : field.choices())
                changed(base, new Leaf(path, MAKE.stringNode(choice.value())), MAKE.stringNode(choice.value()))
                        .ifPresent(trials::add);
    }

    // local values

    /// 地域の値の限り. A session to be opened with this one local value, and whether it may be.
    record Limit(String key, JsonNode value, boolean allowed) {}

    List<Limit> limits() {
        var limits = new ArrayList<Limit>();
        for (var variation : version.variations().all()) {
            var candidates = new ArrayList<JsonNode>();
            variation.limits().min().filter(Trials::isWhole).ifPresent(min -> {
                candidates.add(MAKE.numberNode(min.intValueExact()));
                candidates.add(MAKE.numberNode(min.intValueExact() - 1));
            });
            variation.limits().max().filter(Trials::isWhole).ifPresent(max -> {
                candidates.add(MAKE.numberNode(max.intValueExact()));
                candidates.add(MAKE.numberNode(max.intValueExact() + 1));
            });
            variation.choices().forEach(choice -> {
                candidates.add(MAKE.stringNode(choice.value()));
                candidates.add(MAKE.arrayNode().add(choice.value()));
            });
            for (int count : own(variation))
                candidates.add(own(variation.type(), count));
            candidates.add(MAKE.stringNode("none-of-these"));
            candidates.add(MAKE.booleanNode(true));
            var tried = new LinkedHashSet<String>();
            for (var value : candidates)
                if (tried.add(value.toString()))
                    limits.add(new Limit(variation.key(), value, allowed(variation.key(), value)));
        }
        limits.add(new Limit("no-such-variation", MAKE.numberNode(1), false));
        return limits;
    }

    /// How many questions or papers of its own a municipality sets: one, and one more than it may.
    private static List<Integer> own(Variation variation) {
        if (variation.type() != Variation.Type.FIELD && variation.type() != Variation.Type.DOCUMENT)
            return List.of();
        return variation.limits().max().filter(Trials::isWhole).map(max -> List.of(1, max.intValueExact() + 1))
                .orElse(List.of(1));
    }

    private static ArrayNode own(Variation.Type type, int count) {
        var list = MAKE.arrayNode();
        for (int i = 1; i <= count; i++) {
            var entry = list.addObject().put("key", "kensa" + i).put("required", true).put("basis", "適合性検査条例 第" + i
                    + "条");
            if (type == Variation.Type.FIELD)
                entry.put("kind", "TEXT");
            entry.putObject(type == Variation.Type.FIELD ? "label" : "name").put("ja", "検査の合言葉" + i)
                    .put("ja-easy", "検査（けんさ）の 合言葉（あいことば）" + i).put("en", "Word of the test " + i);
        }
        return list;
    }

    /// What is tried under one local value: the ordinary case; where the value adds questions or papers, without and with them.
    List<Trial> under(Limit limit) { return under.computeIfAbsent(limit, this::make); }

    private List<Trial> make(Limit limit) {
        var base = ordinary();
        if (base.isEmpty())
            return List.of();
        var local = Map.of(limit.key(), limit.value());
        var name = base.get().name() + " ▸ local " + limit.key() + " = " + cut(limit.value());
        var all = new ArrayList<Trial>();
        Trial.of(version, name, false, base.get().filed(), base.get().answers(), local).ifPresent(all::add);
        var asked = asked(local).form().fields().stream().filter(f -> f.path().startsWith("local.")).toList();
        if (!asked.isEmpty()) {
            var answers = copy(base.get().answers());
            for (var field : asked)
                put(answers, field.path(), field.kind() == Field.Kind.PHOTO ? paper() : MAKE.stringNode("検査"));
            Trial.of(version, name + ", answered", false, base.get().filed(), answers, local).ifPresent(all::add);
        }
        return all;
    }

    private static JsonNode paper() {
        var list = MAKE.arrayNode();
        list.addObject().put("name", "kensa.pdf").put("type", "application/pdf").put("size", 1_000).put("sha256",
                "0123456789abcdef".repeat(4));
        return list;
    }

    /// The version with the questions that these local values add.
    StandardVersion asked(Map<String, JsonNode> local) {
        return local.isEmpty() ? version : LocalForms.asked(version, version.variations().merge(local));
    }

    /// Whether these local values would make a national example come out otherwise, though the standard does not allow it.
    boolean changesExamples(Map<String, JsonNode> local) {
        if (local.isEmpty() || version.variations().all().stream()
                .anyMatch(v -> local.containsKey(v.key()) && v.mayChangeExamples()))
            return false;
        return examples.stream().filter(e -> e.local().isEmpty() && e.judgement().isPresent())
                .anyMatch(e -> Trial.of(version, e.name(), false, e.filed(), e.answers(), local)
                        .filter(t -> result(t).equals(result(e))).isEmpty());
    }

    private static boolean isWhole(BigDecimal limit) {
        return limit.stripTrailingZeros().scale() <= 0 && limit.abs().compareTo(BigDecimal.valueOf(1_000_000_000)) < 0;
    }

    private boolean allowed(String key, JsonNode value) {
        try {
            version.variations().merge(Map.of(key, value));
            return true;
        } catch (BadInput refused) {
            return false;
        }
    }

    // places in the answers

    /// 値. One value and its place, such as `children[0].birthDate`.
    record Leaf(String path, JsonNode value) {}

    static List<Leaf> leaves(JsonNode node, String path) {
        var leaves = new ArrayList<Leaf>();
        if (node.isObject())
            node.forEachEntry((name, inner) -> leaves.addAll(leaves(inner, path.isEmpty() ? name : path + "." + name)));
        else if (node.isArray())
            for (int i = 0; i < node.size(); i++)
                leaves.addAll(leaves(node.get(i), path + "[" + i + "]"));
        else if (!node.isNull())
            leaves.add(new Leaf(path, node));
        return leaves;
    }

    static boolean isDay(JsonNode value) {
        if (!value.isString() || !value.asString().matches("[0-9]{4}-[0-9]{2}-[0-9]{2}"))
            return false;
        try {
            return LocalDate.parse(value.asString()).getYear() > 1800;
        } catch (DateTimeParseException noDay) {
            return false;
        }
    }

    private static List<Object> steps(String path) {
        var steps = new ArrayList<Object>();
        for (var piece : path.split("[.\\[]"))
            steps.add(piece.endsWith("]") ? (Object) Integer.valueOf(piece.substring(0, piece.length() - 1)) : piece);
        return steps;
    }

    static JsonNode at(JsonNode node, String path) {
        for (var step : steps(path))
            node = step instanceof Integer index ? node.path(index) : node.path((String) step);
        return node;
    }

    static void put(ObjectNode answers, String path, JsonNode value) {
        var steps = steps(path);
        JsonNode node = answers;
        for (var step : steps.subList(0, steps.size() - 1)) {
            var next = step instanceof Integer index ? node.path(index) : node.path((String) step);
            if (!next.isContainer() && node instanceof ObjectNode object && step instanceof String name)
                next = object.putObject(name);
            node = next;
        }
        if (node instanceof ObjectNode object && steps.getLast() instanceof String name)
            object.set(name, value);
        else if (node instanceof ArrayNode array && steps.getLast() instanceof Integer index && index < array.size())
            array.set(index, value);
    }

    static void remove(ObjectNode answers, String path) {
        var steps = steps(path);
        JsonNode node = answers;
        for (var step : steps.subList(0, steps.size() - 1))
            node = step instanceof Integer index ? node.path(index) : node.path((String) step);
        if (node instanceof ObjectNode object && steps.getLast() instanceof String name)
            object.remove(name);
        else if (node instanceof ArrayNode array && steps.getLast() instanceof Integer index && index < array.size())
            array.remove(index);
    }
}
