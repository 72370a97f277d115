package jp.kiban.cost;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jp.kiban.cost.FocusModel.Requirement;
import jp.kiban.cost.FocusModel.Rule;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/// FOCUS 検査. Runs every static rule of a requirements model over a file in one pass: what a rule asks is asked of every row where it applies. A rule
/// of an absent column, or for what the provider does not support, is not run, and is listed as such. Nothing is mended. Memory is bounded:
/// so many findings a rule (all are counted), so many keys for "one and only one".
final class FocusCheck {
    static final int FINDINGS_PER_RULE = 20;
    private static final int MOST_KEYS = 1 << 20;

    /// What became of a rule.
    enum Outcome {
        KEPT, BROKEN, GROUP, NO_COLUMN, NOT_SUPPORTED, DYNAMIC
    }

    /// @param rows where it applied; for a rule about the whole file 1
    /// @param broken where it was broken
    /// @param bounded its keys were too many to compare all
    record Result(Rule rule, Outcome outcome, long rows, long broken, boolean bounded) {}

    /// Asked now and then; false ends the check, which then says that it was ended.
    interface Watch {
        boolean goOn(long rows, long bytes, long ofBytes);
    }

    /// @param supports what the file's version came with, by its columns
    record Report(String file, Optional<FocusColumn.Version> version, FocusDialect dialect, String model, int columns,
            long rows, List<Result> results, List<FocusFinding> findings, List<FocusNotes.Note> notes, boolean ended) {
        long count(Outcome outcome) { return results.stream().filter(r -> r.outcome() == outcome).count(); }

        long count(FocusFinding.Level level) { return findings.stream().filter(f -> f.level() == level).count(); }

        /// Static rules that were run, groups with them.
        long run() { return count(Outcome.KEPT) + count(Outcome.BROKEN) + count(Outcome.GROUP); }

        /// How often rules of this level were broken, also beyond the findings kept.
        long broken(FocusFinding.Level level) {
            return results.stream().filter(r -> r.rule().keyword().level() == level).mapToLong(Result::broken).sum();
        }

        boolean clean() { return findings.stream().allMatch(f -> f.level() == FocusFinding.Level.NOTE); }
    }

    private enum Truth {
        YES, NO, OPEN
    }

    private interface Test {
        Truth of();
    }

    /// One rule with what must hold before it is asked.
    private final class Unit {
        private final Rule rule;
        private final List<List<Test>> when = new ArrayList<>();
        private final Test test;
        private final Set<String> columns;
        private final @Nullable Keys keys;
        private long rows;
        private long broken;

        Unit(Rule rule, Test test, Set<String> columns, @Nullable Keys keys) {
            this.rule = rule;
            this.test = test;
            this.columns = columns;
            this.keys = keys;
        }

        void row() {
            if (!applies())
                return;
            rows++;
            if (test.of() == Truth.NO)
                broken(file.row(), seen());
        }

        private boolean applies() {
            for (var all : when) {
                boolean holds = true;
                for (int i = 0; i < all.size() && holds; i++)
                    holds = all.get(i).of() == Truth.YES;
                if (holds)
                    return true;
            }
            return false;
        }

        void broken(long row, String seen) {
            broken++;
            if (rule.keyword().level() != FocusFinding.Level.NOTE && broken <= limit)
                findings.add(
                        new FocusFinding(rule.id(), rule.keyword().level(), rule.column(), row, seen, rule.text()));
        }

        private String seen() {
            return columns.size() == 1
                    ? cell(columns.iterator().next())
                    : columns.stream().map(c -> c + "=" + cell(c)).collect(Collectors.joining(" "));
        }

        private String cell(String column) {
            int c = place(column);
            return c < 0 ? "" : file.seen(c);
        }
    }

    private final FocusFile file;
    private final FocusModel model;
    private final Set<String> unsupported;
    private final int limit;
    private final Map<String, Integer> places = new HashMap<>();
    private final Map<String, Unit> units = new LinkedHashMap<>();
    private final Map<String, Outcome> fixed = new HashMap<>();
    private final List<FocusFinding> findings = new ArrayList<>();
    private final @Nullable String[] texts;
    private final boolean[] read;
    private final @Nullable BigDecimal[] numbers;
    private final boolean[] counted;
    private final FocusNumber number = new FocusNumber();

    private FocusCheck(FocusFile file, FocusModel model, Set<String> unsupported, int limit) {
        this.file = file;
        this.model = model;
        this.unsupported = unsupported;
        this.limit = limit;
        int columns = file.heads().size();
        texts = new String[columns];
        read = new boolean[columns];
        numbers = new BigDecimal[columns];
        counted = new boolean[columns];
        for (int c = 0; c < columns; c++)
            places.putIfAbsent(file.heads().get(c).seen(), c);
    }

    /// @param unsupported words of the model for what this provider does not support
    static Report of(FocusFile file, FocusModel model, Set<String> unsupported, int limit, Watch watch) {
        return new FocusCheck(file, model, unsupported, limit).run(watch);
    }

    private Report run(Watch watch) {
        for (String root : model.roots())
            visit(root, List.of(), true);
        var rowly = units.values().stream().filter(u -> u.keys == null && !presence(u.rule)).toArray(Unit[]::new);
        var keyed = units.values().stream().filter(u -> u.keys != null).toArray(Unit[]::new);
        for (var unit : units.values())
            if (presence(unit.rule)) {
                unit.rows = 1;
                if (unit.test.of() == Truth.NO)
                    unit.broken(0, nearly(unit.rule.column()));
            }
        long rows = 0;
        boolean ended = false;
        while (!ended && file.next()) {
            rows++;
            Arrays.fill(read, false);
            Arrays.fill(counted, false);
            for (var unit : rowly)
                unit.row();
            for (var unit : keyed)
                if (unit.applies())
                    Objects.requireNonNull(unit.keys).see(unit);
            if ((rows & 4095) == 0)
                ended = !watch.goOn(rows, file.position(), file.size());
        }
        for (var unit : keyed)
            Objects.requireNonNull(unit.keys).lonely(unit);
        var results = new ArrayList<Result>();
        for (var rule : model.rules().values()) {
            var unit = units.get(rule.id());
            var outcome = unit == null
                    ? fixed.getOrDefault(rule.id(), rule.isStatic() ? Outcome.GROUP : Outcome.DYNAMIC)
                    : unit.broken > 0 && rule.keyword().level() != FocusFinding.Level.NOTE
                            ? Outcome.BROKEN
                            : Outcome.KEPT;
            results.add(
                    new Result(rule, outcome, unit == null ? 0 : unit.rows, unit == null ? 0 : unit.broken, unit != null
                            && unit.keys != null && unit.keys.full));
        }
        var notes = file.notes().all();
        for (var note : notes)
            findings.add(note(note));
        var order = new ArrayList<>(model.rules().keySet());
        Map<String, Integer> places = new HashMap<>();
        order.forEach(id -> places.put(id, places.size()));
        findings.sort(
                java.util.Comparator.comparing(FocusFinding::level).thenComparing(f -> places.getOrDefault(f.rule(),
                        Integer.MAX_VALUE)).thenComparing(FocusFinding::rule).thenComparing(FocusFinding::row));
        return new Report(file.name, file.version(), file.dialect(), model.version(), file.heads().size(), rows,
                results,
                List.copyOf(findings), notes, ended);
    }

    private FocusFinding note(FocusNotes.Note note) {
        String head = note.column() >= 0 && note.column() < file.heads().size()
                ? file.heads().get(note.column()).seen()
                : "";
        return new FocusFinding("reader." + note.kind().name().toLowerCase(java.util.Locale.ROOT), note.kind().shifts()
                ? FocusFinding.Level.FAULT
                : FocusFinding.Level.NOTE, head, note.firstRow(), "×" + note.count(),
                CostWords.in(
                        jp.kiban.kernel.Language.EN, "cost.focus.note." + note.kind().name().toLowerCase(
                                java.util.Locale.ROOT)));
    }

    /// A heading that differs from the wanted one only in how it is written.
    private String nearly(String column) {
        return file.heads().stream().map(FocusFile.Head::seen)
                .filter(h -> FocusColumn.plain(h).equals(FocusColumn.plain(
                        column)))
                .findFirst().orElse("");
    }

    private static boolean presence(Rule rule) { return rule.requirement() instanceof Requirement.Present; }

    private int place(String column) { return places.getOrDefault(column, -1); }

    /// Goes down a rule to those it is made of, with the conditions on the way.
    private void visit(String id, List<Test> above, boolean supported) {
        var rule = Objects.requireNonNull(model.rules().get(id));
        if (!rule.isStatic()) {
            fixed.put(id, Outcome.DYNAMIC);
            return;
        }
        boolean here = supported && rule.applies().stream().noneMatch(unsupported::contains);
        var conditions = new ArrayList<>(above);
        rule.when().ifPresent(w -> conditions.add(test(w)));
        var parts = rule.requirement() instanceof Requirement.All(var of)
                && of.stream().allMatch(r -> r instanceof Requirement.Of) ? of : List.<Requirement>of();
        if (!parts.isEmpty()) {
            if (!here)
                fixed.put(id, Outcome.NOT_SUPPORTED);
            for (var part : parts)
                if (part instanceof Requirement.Of(var other))
                    visit(other, conditions, here);
            return;
        }
        if (rule.requirement() instanceof Requirement.Any(var of) && of.stream().allMatch(
                r -> r instanceof Requirement.Of))
            for (var part : of)
                if (part instanceof Requirement.Of(var other) && Objects.requireNonNull(model.rules().get(other))
                        .isStatic())
                    fixed.putIfAbsent(other, here ? Outcome.GROUP : Outcome.NOT_SUPPORTED);
        var columns = new LinkedHashSet<String>();
        columns(rule.requirement(), columns);
        if (!here)
            fixed.put(id, Outcome.NOT_SUPPORTED);
        else if (!presence(rule) && columns.stream().anyMatch(c -> place(c) < 0)) {
            fixed.put(id, Outcome.NO_COLUMN);
            if (rule.requirement() instanceof Requirement.Any(var of))
                for (var part : of)
                    if (part instanceof Requirement.Of(var other))
                        fixed.put(other, Outcome.NO_COLUMN);
        } else
            units.computeIfAbsent(id, i -> new Unit(rule, test(rule.requirement()), columns,
                    rule.requirement() instanceof Requirement.Distinct(var a, var b, _)
                            ? new Keys(place(a), place(b))
                            : null)).when
                    .add(List.copyOf(conditions));
    }

    private void columns(Requirement requirement, Set<String> into) {
        switch (requirement) {
            case Requirement.All(var of) -> of.forEach(r -> columns(r, into));
            case Requirement.Any(var of) -> of.forEach(r -> columns(r, into));
            case Requirement.Of(var rule) ->
                columns(Objects.requireNonNull(model.rules().get(rule)).requirement(), into);
            case Requirement.Present(var column) -> into.add(column);
            case Requirement.Is(var column, _, _) -> into.add(column);
            case Requirement.Same(var a, var b, _) -> into.addAll(List.of(a, b));
            case Requirement.AtLeast(var column, _) -> into.add(column);
            case Requirement.Product(var a, var b, var result) -> into.addAll(List.of(a, b, result));
            case Requirement.Distinct(var a, var b, _) -> into.addAll(List.of(a, b));
            case Requirement.Shaped(var column, _) -> into.add(column);
            case Requirement.Unsaid _ -> {
            }
        }
    }

    private Test test(Requirement requirement) {
        return switch (requirement) {
            case Requirement.All(var of) -> all(of.stream().map(this::test).toArray(Test[]::new));
            case Requirement.Any(var of) -> oneOf(of).orElseGet(() -> any(of.stream().map(this::test).toArray(
                    Test[]::new)));
            case Requirement.Of(var id) -> {
                var rule = Objects.requireNonNull(model.rules().get(id));
                if (!rule.isStatic())
                    yield () -> Truth.OPEN;
                var asked = test(rule.requirement());
                if (rule.when().isEmpty())
                    yield asked;
                var when = test(rule.when().get());
                yield () -> when.of() == Truth.YES ? asked.of() : Truth.OPEN;
            }
            case Requirement.Present(var column) -> () -> truth(place(column) >= 0);
            case Requirement.Is(var column, var value, var not) -> {
                int c = place(column);
                if (value.isEmpty())
                    yield () -> truth((c < 0 || text(c) == null) != not);
                var wanted = value.get();
                if (wanted.number().isPresent()) {
                    var n = wanted.number().get();
                    yield () -> {
                        var seen = c < 0 ? null : number(c);
                        return truth((seen != null && seen.compareTo(n) == 0) != not);
                    };
                }
                yield () -> truth((c >= 0 && wanted.text().equals(text(c))) != not);
            }
            case Requirement.Same(var a, var b, var not) -> {
                int ca = place(a);
                int cb = place(b);
                yield () -> truth(Objects.equals(ca < 0 ? null : text(ca), cb < 0 ? null : text(cb)) != not);
            }
            case Requirement.AtLeast(var column, var least) -> {
                int c = place(column);
                yield () -> {
                    if (c < 0 || text(c) == null)
                        return Truth.YES;
                    var seen = number(c);
                    return truth(seen != null && seen.compareTo(least) >= 0);
                };
            }
            case Requirement.Product(var a, var b, var result) -> product(place(a), place(b), place(result));
            case Requirement.Distinct _,Requirement.Unsaid _ -> () -> Truth.OPEN;
            case Requirement.Shaped(var column, var shape) -> {
                int c = place(column);
                yield () -> c < 0 || text(c) == null ? Truth.YES : truth(shaped(c, shape));
            }
        };
    }

    private static Test all(Test[] tests) {
        return () -> {
            boolean open = false;
            for (var test : tests)
                switch (test.of()) {
                    case NO -> {
                        return Truth.NO;
                    }
                    case OPEN -> open = true;
                    case YES -> {
                    }
                }
            return open ? Truth.OPEN : Truth.YES;
        };
    }

    /// One that holds is enough; those that do not apply here hold nothing up and prove nothing.
    private static Test any(Test[] tests) {
        return () -> {
            boolean no = false;
            for (var test : tests)
                switch (test.of()) {
                    case YES -> {
                        return Truth.YES;
                    }
                    case NO -> no = true;
                    case OPEN -> {
                    }
                }
            return no ? Truth.NO : Truth.OPEN;
        };
    }

    /// A list of allowed values of one column, or of pairs of two, looked up instead of walked. A cell without a value is not asked: whether
    /// it may be empty is another rule's question.
    private Optional<Test> oneOf(List<Requirement> of) {
        var allowed = new LinkedHashSet<List<String>>();
        List<String> columns = List.of();
        for (var one : of) {
            var pairs = one instanceof Requirement.All(var both) ? both : List.of(one);
            var names = new ArrayList<String>();
            var values = new ArrayList<String>();
            for (var pair : pairs)
                if (pair instanceof Requirement.Is(var column, var value, var not) && !not && value.isPresent() && value
                        .get().number().isEmpty()) {
                    names.add(column);
                    values.add(value.get().text());
                } else
                    return Optional.empty();
            if (columns.isEmpty())
                columns = names;
            if (!columns.equals(names))
                return Optional.empty();
            allowed.add(values);
        }
        int[] at = columns.stream().mapToInt(this::place).toArray();
        if (at.length == 1) {
            var words = allowed.stream().map(List::getFirst).collect(Collectors.toSet());
            return Optional.of(() -> {
                String said = at[0] < 0 ? null : text(at[0]);
                return said == null ? Truth.OPEN : truth(words.contains(said));
            });
        }
        return Optional.of(() -> at[0] < 0 || text(at[0]) == null
                ? Truth.OPEN
                : truth(allowed.contains(Arrays.stream(at).mapToObj(c -> c < 0
                        ? ""
                        : String.valueOf(text(
                                c)))
                        .toList())));
    }

    /// Equal when the exact product, rounded to the places the result is written with, is the result.
    private Test product(int a, int b, int result) {
        return () -> {
            if (a < 0 || b < 0 || result < 0)
                return Truth.OPEN;
            var x = number(a);
            var y = number(b);
            var z = number(result);
            if (x == null || y == null || z == null)
                return text(a) == null || text(b) == null || text(result) == null ? Truth.OPEN : Truth.NO;
            var exact = x.multiply(y);
            return truth(
                    exact.compareTo(z) == 0 || exact.setScale(Math.max(z.scale(), 0), RoundingMode.HALF_UP).compareTo(
                            z) == 0 || exact.setScale(Math.max(z.scale(), 0), RoundingMode.DOWN).compareTo(z) == 0);
        };
    }

    private static Truth truth(boolean holds) { return holds ? Truth.YES : Truth.NO; }

    private @Nullable String text(int column) {
        if (!read[column]) {
            texts[column] = file.text(column);
            read[column] = true;
        }
        return texts[column];
    }

    /// The cell as a number, if it is one without anything around it.
    private @Nullable BigDecimal number(int column) {
        if (!counted[column]) {
            counted[column] = true;
            numbers[column] = !file.absent(column)
                    && number.read(file.bytes(column), file.from(column), file.to(column))
                    && (number.strict() || plain(text(column))) ? number.value() : null;
        }
        return numbers[column];
    }

    private static final Pattern DECIMAL = Pattern.compile("[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[Ee][+-]?\\d{1,3})?");

    private static boolean plain(@Nullable String text) { return text != null && DECIMAL.matcher(text).matches(); }

    private boolean shaped(int column, FocusModel.Shape shape) {
        String text = Objects.requireNonNull(text(column));
        var holds = file.heads().get(column).holds();
        boolean unsaid = holds == FocusFile.Holds.UNSAID;
        return switch (shape) {
            case TypeString -> unsaid || holds == FocusFile.Holds.TEXT;
            case TypeDecimal -> (unsaid || holds == FocusFile.Holds.NUMBER || holds == FocusFile.Holds.INEXACT)
                    && number(column) != null;
            case CheckDecimalValue -> number(column) != null;
            case TypeDateTime -> (unsaid || holds == FocusFile.Holds.TIME || holds == FocusFile.Holds.TEXT) && FocusTime
                    .read(text, false).or(() -> FocusTime.read(text, true)).isPresent();
            case FormatString -> file.unicode(column);
            case FormatNumeric -> number.read(text) && number.strict();
            case FormatDateTime -> FocusTime.strict(text);
            case FormatUnit -> unit(text);
            case FormatCurrency -> !text.isBlank() && (!text.matches("[A-Za-z]{3}") || national(text));
            case CheckNationalCurrency -> national(text);
            case FormatKeyValue -> keys(text);
        };
    }

    private static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream().map(
            Currency::getCurrencyCode).collect(Collectors.toSet());

    private static boolean national(String text) { return CURRENCIES.contains(text); }

    /// The specification's own terms, which are to be written as it writes them.
    private static final Map<String, String> UNITS = terms();
    private static final Pattern UNIT = Pattern.compile(
            "(?:\\d+ )?(?<unit>[\\p{L}0-9][\\p{L}0-9 ().%,]*?)(?:-(?<by>[\\p{L}]+))?(?:/(?:\\d+ )?(?<per>[\\p{L}]+))?");

    private static Map<String, String> terms() {
        var terms = new HashMap<String, String>();
        var spelled = new TreeSet<String>();
        for (String time : List.of("Year", "Month", "Day", "Hour", "Minute", "Second"))
            spelled.addAll(List.of(time, time + "s"));
        for (String count : List.of("Count", "Unit", "Request", "Token", "Connection", "Certificate", "Domain", "Core"))
            spelled.addAll(List.of(count, count + "s"));
        spelled.forEach(t -> terms.put(t.toLowerCase(java.util.Locale.ROOT), t));
        return Map.copyOf(terms);
    }

    private static boolean unit(String text) {
        var m = UNIT.matcher(text);
        if (!m.matches())
            return false;
        for (String part : new String[]{"unit", "by", "per"}) {
            String said = m.group(part);
            if (said != null) {
                String term = UNITS.get(said.toLowerCase(java.util.Locale.ROOT));
                if (term != null && !term.equals(said))
                    return false;
            }
        }
        String size = m.group("unit");
        return !size.matches("(?i)[kmgtpe]i?b") || size.matches("[KMGTPE]i?[bB]");
    }

    private static final JsonFactory JSON = JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /// A JSON object of unique keys with plain values.
    private static boolean keys(String text) {
        try (var parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT)
                return false;
            for (var token = parser.nextToken(); token != JsonToken.END_OBJECT; token = parser.nextToken())
                if (token == null || token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY)
                    return false;
            return parser.nextToken() == null;
        } catch (JacksonException broken) {
            return false;
        }
    }

    /// 一つだけ. Which value of one column stood with each value of another, by hashes of 64 bits; so many keys and no more.
    private final class Keys {
        private final int a;
        private final int b;
        private long[] table = new long[3 << 12];
        private int size;
        private boolean full;

        Keys(int a, int b) {
            this.a = a;
            this.b = b;
        }

        void see(Unit unit) {
            String key = text(a);
            if (key == null)
                return;
            unit.rows++;
            String value = text(b);
            long keyHash = hash(key);
            long valueHash = value == null ? 0 : hash(value);
            int at = find(table, keyHash);
            if (table[at] == 0) {
                if (size >= MOST_KEYS) {
                    full = true;
                    return;
                }
                table[at] = keyHash;
                table[at + 1] = valueHash;
                table[at + 2] = file.row();
                if (++size * 2 > table.length / 3)
                    grow();
            } else if (table[at + 1] == 0) {
                table[at + 1] = valueHash;
            } else if (valueHash != 0 && table[at + 1] != valueHash)
                unit.broken(file.row(), file.heads().get(a).seen() + "=" + key + " " + file.heads().get(b).seen() + "="
                        + value + " ≠ " + table[at + 2]);
        }

        /// Keys that never stood with any value.
        void lonely(Unit unit) {
            for (int i = 0; i < table.length; i += 3)
                if (table[i] != 0 && table[i + 1] == 0)
                    unit.broken(table[i + 2], file.heads().get(b).seen() + "=");
        }

        private void grow() {
            var old = table;
            table = new long[old.length * 2];
            for (int i = 0; i < old.length; i += 3)
                if (old[i] != 0)
                    System.arraycopy(old, i, table, find(table, old[i]), 3);
        }

        private static int find(long[] table, long hash) {
            int slots = table.length / 3;
            int slot = (int) Long.remainderUnsigned(hash, slots);
            while (table[slot * 3] != 0 && table[slot * 3] != hash)
                slot = slot + 1 == slots ? 0 : slot + 1;
            return slot * 3;
        }

        private static long hash(String text) {
            long hash = 0xcbf29ce484222325L;
            for (int i = 0; i < text.length(); i++)
                hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
            hash ^= hash >>> 32;
            hash *= 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
            return hash == 0 ? 1 : hash;
        }
    }
}
