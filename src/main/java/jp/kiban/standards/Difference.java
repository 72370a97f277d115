package jp.kiban.standards;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import jp.kiban.flow.Flow;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.StandardRef;
import jp.kiban.kernel.Text;
import jp.kiban.kernel.VersionName;
import jp.kiban.letters.Letters;
import jp.kiban.letters.Wareki;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// 版の違い. What changes from one version of a standard to another: fields, rules, amounts, deadlines, notices, what may vary,
/// the flow; and for whom it changes the outcome or the amount.
///
/// @param changes in the order of the kinds
/// @param examples the effect on the golden cases of both versions
/// @param population the effect on a given population, when one was given
public record Difference(StandardRef before, StandardRef after, List<Change> changes, Effect examples,
        Optional<Effect> population) {

    /// The column of a table of rules that is an amount.
    private static final String YEN = "円";
    private static final Pattern NUMBER = Pattern.compile("(?<![0-9.])[0-9]{1,15}(?![0-9.])");

    /// 変わるもの. What kind of thing changes.
    public enum Kind {
        FIELD, RULE, AMOUNT, DEADLINE, NOTICE, VARIATION, FLOW, STANDARD;

        public Text title() { return Words.text("standards.diff.kind." + name()); }
    }

    /// 変更. One thing that changes: where, in words, and the value before and after (empty where there is none).
    public record Change(Kind kind, String place, Text words, String before, String after) {}

    /// 影響. Of so many cases, for how many the outcome or the amount changes, and which.
    public record Effect(int cases, int outcomes, int amounts, int undecided, List<Case> changed) {
        public Effect { changed = List.copyOf(changed); }

        /// `61件のうち、結論が変わるもの2件、…`.
        public Text said() {
            return Words.text(undecided > 0 ? "standards.diff.effect.undecided" : "standards.diff.effect", cases,
                    outcomes, amounts, undecided);
        }
    }

    /// 変わる事例. One case that comes out otherwise: in short, and as both versions judge it.
    public record Case(String name, String before, String after, Told was, Told is) {}

    /// 判定. What a version says of a case; nothing where it cannot judge it.
    public record Told(StandardVersion version, Optional<Judgement> judgement) {}

    public Difference { changes = List.copyOf(changes); }

    /// One side of the comparison.
    record Side(Bundle bundle, ServiceStandard standard, StandardVersion version) {
        String file(String name) {
            return bundle.read(version.ref().id() + "/" + version.ref().version() + "/" + name).orElse("");
        }

        Examples examples() { return Examples.of(bundle, version.ref(), new ArrayList<>()); }
    }

    /// Between two published packages; the faults of a package that cannot be read are a `FaultyStandards`.
    public static Difference between(StandardFiles before, StandardFiles after) {
        return between(before, after, Optional.empty(), 0);
    }

    /// The same, and for whom of a population: at most so many cases; what cannot be taken of it is a `BadInput`.
    public static Difference between(StandardFiles before, StandardFiles after, Optional<byte[]> population, int most) {
        return between(side(before.bundle(Optional.empty()), before.ref()), side(after.bundle(Optional.empty()), after
                .ref()), population, most);
    }

    /// Between two places: a version's folder, a standard's folder (its last version), or `ID@VERSION` below `standards`.
    public static Difference between(String before, String after, Path standards,
            Optional<byte[]> population) {
        return between(side(before, standards), side(after, standards), population, Integer.MAX_VALUE);
    }

    private static Side side(String place, Path standards) {
        if (place.matches("[a-z][a-z0-9-]+@[^/]+")) {
            var ref = StandardRef.parse(place);
            return side(Files.isDirectory(standards.resolve(ref.id()))
                    ? Bundle.ofFolders(List.of(standards.resolve(ref.id())))
                    : Bundle.ofClassPath(), ref);
        }
        var folder = Path.of(place).toAbsolutePath().normalize();
        if (Files.exists(folder.resolve("standard.yaml"))) {
            var bundle = Bundle.ofFolders(List.of(folder));
            var id = folder.getFileName().toString();
            var last = bundle.names(id).stream().filter(n -> VersionName.read(n).isPresent()).reduce((a, b) -> b)
                    .orElseThrow(() -> new IllegalArgumentException("no version in " + place));
            return side(bundle, new StandardRef(id, VersionName.parse(last)));
        }
        var parent = folder.getParent();
        if (parent != null && VersionName.read(folder.getFileName().toString()).isPresent()
                && Files.exists(parent.resolve("standard.yaml")))
            return side(Bundle.ofFolders(List.of(parent)), new StandardRef(parent.getFileName().toString(), VersionName
                    .parse(folder.getFileName().toString())));
        throw new IllegalArgumentException(
                "neither a standard's folder, a version's folder nor ID@VERSION: " + place);
    }

    private static Side side(Bundle bundle, StandardRef ref) {
        var faults = new ArrayList<Fault>();
        var only = new java.util.TreeMap<String, String>();
        bundle.files().forEach((file, text) -> {
            if (file.equals(Bundle.REGISTERS) || file.equals(ref.id() + "/standard.yaml")
                    || file.startsWith(ref.id() + "/" + ref.version() + "/"))
                only.put(file, text);
        });
        var own = new Bundle(bundle.place(), only);
        var standard = new StandardReader(own, faults).read(ref.id());
        if (standard.isEmpty() && faults.isEmpty())
            throw new IllegalArgumentException("there is no " + ref + " in " + bundle.place());
        if (standard.isEmpty())
            throw new FaultyStandards(bundle.place(), new Positions(own).locate(faults));
        return new Side(own, standard.get(), standard.get().versions().getFirst());
    }

    private static Difference between(Side a, Side b, Optional<byte[]> population, int most) {
        var people = population.map(bytes -> Population.read(bytes, b.version, most));
        var changes = new ArrayList<Change>();
        fields(a, b, changes);
        rules(a, b, changes);
        values(a, b, changes);
        notices(a, b, changes);
        variations(a, b, changes);
        flow(a, b, changes);
        changes.sort(java.util.Comparator.comparing(Change::kind));
        var cases = new LinkedHashMap<String, Examples.Example>();
        a.examples().all().forEach(e -> cases.put(e.name(), e));
        b.examples().all().forEach(e -> cases.put(e.name(), e));
        var effect = effect(a, b, cases.values().stream().map(e -> new Population.Case(e.name(), e.filed(), e
                .answers(), e.local())).toList());
        return new Difference(a.version.ref(), b.version.ref(), changes, effect, people.map(p -> effect(a, b, p
                .cases())));
    }

    // ---- effect --------------------------------------------------------------------------------------------------

    private static Effect effect(Side a, Side b, List<Population.Case> cases) {
        var changed = new ArrayList<Case>();
        int all = 0;
        int outcomes = 0;
        int amounts = 0;
        int undecided = 0;
        for (var given : cases) {
            all++;
            var before = judged(a.version, given);
            var after = judged(b.version, given);
            if (before.outcome.isEmpty() && after.outcome.isEmpty())
                undecided++;
            else if (!before.outcome.equals(after.outcome)) {
                outcomes++;
                changed.add(new Case(given.name(), before.words(), after.words(), before.told, after.told));
            } else if (!before.amount.equals(after.amount)) {
                amounts++;
                changed.add(new Case(given.name(), before.words(), after.words(), before.told, after.told));
            }
        }
        return new Effect(all, outcomes, amounts, undecided, changed);
    }

    private record Judged(String outcome, String amount, Told told) {
        String words() { return outcome.isEmpty() ? "—" : outcome + (amount.isEmpty() ? "" : " " + amount); }
    }

    private static Judged judged(StandardVersion version, Population.Case given) {
        try {
            if (!version.check(given.answers()).isEmpty())
                return new Judged("", "", new Told(version, Optional.empty()));
            var local = new LinkedHashMap<String, JsonNode>();
            given.local().forEachEntry((key, value) -> {
                if (version.variations().find(key).isPresent())
                    local.put(key, value);
            });
            var judgement = version.judge(given.answers(), given.filed(), version.variations().merge(local));
            var amount = new StringBuilder();
            long last = -1;
            for (var month : judgement.months())
                if (month.total().amount() != last) {
                    last = month.total().amount();
                    amount.append(amount.isEmpty() ? "" : ", ").append(month.month()).append(": ").append(last);
                }
            if (!judgement.once().isEmpty())
                amount.append(amount.isEmpty() ? "" : ", ").append(judgement.onceTotal().amount());
            judgement.results().forEach(r -> amount.append(amount.isEmpty() ? "" : ", ").append(r.key()).append("=")
                    .append(r.value().asString("")));
            return new Judged(judgement.outcome().name(), amount.toString(), new Told(version, Optional.of(
                    judgement)));
        } catch (BadInput | IllegalStateException | IllegalArgumentException stopped) {
            return new Judged("", "", new Told(version, Optional.empty()));
        }
    }

    // ---- the parts -----------------------------------------------------------------------------------------------

    private static void fields(Side a, Side b, List<Change> changes) {
        compare(all(a.version), all(b.version), changes, Kind.FIELD, (path, field) -> Words.text(
                "standards.diff.field", field.label()), field -> {
                    var parts = new LinkedHashMap<String, Text>();
                    parts.put(":name", field.label());
                    parts.put(":kind", field.kind().title());
                    parts.put(":required", Words.text("standards.diff.required." + field.required()));
                    parts.put(":source", field.evidenceItem().map(Text::same).orElse(Words.text(
                            "standards.diff.source.person")));
                    parts.put(":basis", Text.same(field.basis().toString()));
                    parts.put(":class", Text.same(field.dataClass()));
                    parts.put(":shown-when", field.shownWhen().map(Text::same).orElse(Words.text(
                            "standards.diff.shown.always")));
                    parts.put(":choices", choices(field.choices()));
                    return parts;
                });
    }

    private static Map<String, Field> all(StandardVersion version) {
        var all = new LinkedHashMap<String, Field>();
        version.form().fields().forEach(f -> {
            all.put(f.path(), f);
            f.columns().forEach(c -> all.put(f.path() + "." + c.path(), c));
        });
        return all;
    }

    private static void rules(Side a, Side b, List<Change> changes) {
        var before = DecisionTables.read(a.file("decisions.dmn"));
        var after = DecisionTables.read(b.file("decisions.dmn"));
        compare(rows(before), rows(after), changes, Kind.RULE, (code, row) -> Words.text("standards.diff.rule", code,
                row.table), Rule::parts);
        compare(before.formulas(), after.formulas(), changes, Kind.RULE, (name, text) -> Words.text(
                "standards.diff.formula", name), text -> Map.of(":formula", same(text)));
    }

    private record Rule(String table, Map<String, Text> parts) {}

    private static Map<String, Rule> rows(DecisionTables tables) {
        var all = new LinkedHashMap<String, Rule>();
        for (var table : tables.tables()) {
            int code = table.inputs().size() + table.outputs().indexOf(Rules.CODE);
            int number = 0;
            for (var row : table.rows()) {
                number++;
                var parts = new LinkedHashMap<String, Text>();
                var columns = table.columns();
                for (int i = 0; i < row.cells().size() && i < columns.size(); i++)
                    parts.put(columns.get(i), columns.get(i).equals(YEN)
                            ? yen(row.texts().get(i).strip())
                            : same(row.texts().get(i).strip()));
                var name = code >= table.inputs().size() && code < row.cells().size()
                        ? row.texts().get(code).replace("\"", "").strip()
                        : table.name() + " " + number;
                parts.put(":row", Text.same(table.name() + " " + number));
                all.put(name, new Rule(table.name(), parts));
            }
        }
        return all;
    }

    /// `standard.yaml`: national values by key and day, and whatever else is said.
    private static void values(Side a, Side b, List<Change> changes) {
        var before = leaves(a);
        var after = leaves(b);
        compare(before, after, changes, Kind.STANDARD, (place, value) -> {
            var deadline = place.matches("values\\..*") && value.ja().matches(".*(日|月)") || place.startsWith("remedies")
                    || place.startsWith("pay-calendar") || place.equals("notice-days");
            return Words.text(deadline ? "standards.diff.period" : "standards.diff.value", named(a, b, place));
        }, value -> Map.of(":value", value.ja().isBlank() ? Words.text("standards.diff.nothing") : value));
        changes.replaceAll(c -> c.kind() != Kind.STANDARD
                ? c
                : new Change((c.before() + c.after()).contains("円")
                        ? Kind.AMOUNT
                        : c.words().en().startsWith("the period")
                                ? Kind.DEADLINE
                                : Kind.STANDARD,
                        c.place(), c.words(), c.before(), c.after()));
    }

    /// A national value by its name, everything else by its place.
    private static Object named(Side a, Side b, String place) {
        if (!place.startsWith("values."))
            return place;
        var key = place.substring("values.".length());
        var called = b.version.called(key);
        return called.ja().equals(key) ? a.version.called(key) : called;
    }

    private static Map<String, Text> leaves(Side side) {
        var leaves = new LinkedHashMap<String, Text>();
        var file = side.version.ref().id() + "/standard.yaml";
        var yaml = new Reading(file, new ArrayList<>()).yaml(side.bundle.read(file));
        yaml.forEachEntry((key, node) -> {
            if (key.equals("values"))
                // the value in force on the version's day
                side.version.nationalValues().stream().filter(v -> !v.from().isAfter(side.version.ref().day()))
                        .forEach(v -> leaves.put("values." + v.key(), v.isTable()
                                ? Text.same(v.value().toString())
                                : new Text(v.written(Language.JA), v.written(Language.JA_EASY), v.written(
                                        Language.EN))));
            else
                leaves(node, key, leaves);
        });
        return leaves;
    }

    private static void leaves(JsonNode node, String place, Map<String, Text> leaves) {
        if (node.isObject())
            node.forEachEntry((key, value) -> leaves(value, place + "." + key, leaves));
        else if (node.isArray())
            for (int i = 0; i < node.size(); i++)
                leaves(node.get(i), place + "[" + node.get(i).path("key").asString(String.valueOf(i)) + "]", leaves);
        else
            leaves.put(place, Text.same(node.asString("")));
    }

    private static void notices(Side a, Side b, List<Change> changes) {
        var names = new LinkedHashSet<String>();
        for (var side : List.of(a, b))
            names.addAll(side.bundle.names(side.version.ref().id() + "/" + side.version.ref().version() + "/notices"));
        for (var name : names) {
            var before = a.file("notices/" + name);
            var after = b.file("notices/" + name);
            if (before.equals(after))
                continue;
            var gone = new ArrayList<>(Arrays.asList(before.split("\n")));
            var come = new ArrayList<>(Arrays.asList(after.split("\n")));
            var same = new ArrayList<>(gone);
            same.retainAll(come);
            gone.removeAll(same);
            come.removeAll(same);
            changes.add(new Change(Kind.NOTICE, "notices/" + name, Words.text("standards.diff.notice", name, Math
                    .max(gone.size(), come.size())),
                    String.join("\n", gone),
                    String.join("\n", come)));
        }
    }

    private static void variations(Side a, Side b, List<Change> changes) {
        Function<Side, Map<String, Variation>> all = side -> {
            var map = new LinkedHashMap<String, Variation>();
            side.version.variations().all().forEach(v -> map.put(v.key(), v));
            return map;
        };
        int from = changes.size();
        compare(all.apply(a), all.apply(b), changes, Kind.VARIATION, (key, v) -> Words.text("standards.diff.variation",
                v.name()), v -> {
                    var parts = new LinkedHashMap<String, Text>();
                    parts.put(":type", v.type().title());
                    parts.put(":default", said(v, v.byDefault()));
                    parts.put(":limits",
                            v.type() == Variation.Type.YEN ? yen(v.limits().words()) : same(v.limits().words()));
                    parts.put(":choices", choices(v.choices()));
                    parts.put(":ordinance", Words.text("standards.diff.needed." + v.ordinanceNeeded()));
                    parts.put(":examples", Words.text("standards.diff.may-change." + v.mayChangeExamples()));
                    return parts;
                });
        for (int i = from; i < changes.size(); i++) {
            var c = changes.get(i);
            if (c.place().startsWith("standardPeriodDays"))
                changes.set(i, new Change(Kind.DEADLINE, c.place(), c.words(), c.before(), c.after()));
        }
    }

    private static void flow(Side a, Side b, List<Change> changes) {
        compare(nodes(a), nodes(b), changes, Kind.FLOW, (id, parts) -> Words.text("standards.diff.flow", parts
                .getOrDefault(":name", same(id))), parts -> parts);
    }

    private static Map<String, Map<String, Text>> nodes(Side side) {
        var nodes = new LinkedHashMap<String, Map<String, Text>>();
        side.version.flow().ifPresent((Flow flow) -> {
            flow.nodes().forEach(n -> nodes.put(n.id(), Map.of(":name", same(n.name()), ":content", same(
                    unlined(n.toString())))));
            flow.edges().forEach(e -> nodes.put(e.id(), Map.of(":name", same(e.name().isEmpty()
                    ? e.id()
                    : e
                            .name()),
                    ":content", same(unlined(e.toString())))));
        });
        return nodes;
    }

    /// Where a node stands in the file says nothing of what it is.
    private static String unlined(String node) { return node.replaceFirst("line=\\d+, ", ""); }

    /// An amount as people read it: `15,000円`; what is no plain number stays as it is written.
    private static Text yen(String written) {
        if (!written.matches(".*\\d.*") || written.matches(".*[A-Za-z\\p{IsHan}\\p{IsHiragana}].*"))
            return same(written);
        var grouped = NUMBER.matcher(written).replaceAll(m -> String.format("%,d", Long.parseLong(m.group())));
        return new Text(grouped + "円", grouped + "円", grouped + " yen");
    }

    /// A local value as people read it.
    private static Text said(Variation variation, JsonNode value) {
        return switch (variation.type()) {
            case YEN -> yen(value.asString(""));
            case INTEGER, DECIMAL -> {
                var number = value.isIntegralNumber() ? String.format("%,d", value.asLong()) : value.asString("");
                var unit = variation.unit().map(u -> " " + u).orElse("");
                yield new Text(number + unit.strip(), number + unit.strip(), number + unit);
            }
            case YES_NO -> Words.text("standards.value." + value.asBoolean(false));
            case CHOICE, FORMULA -> chosen(variation, value);
            case SET, ORDERED -> {
                var chosen = new ArrayList<Text>();
                value.forEach(v -> chosen.add(chosen(variation, v)));
                yield chosen.isEmpty()
                        ? Words.text("standards.diff.nothing")
                        : new Text(String.join("・", chosen.stream().map(Text::ja).toList()), String.join("・", chosen
                                .stream().map(Text::easy).toList()), String.join(", ",
                                        chosen.stream().map(Text::en)
                                                .toList()));
            }
            case DATE -> VariationCheck.day(value).map(day -> new Text(Wareki.in(Language.JA, day), Wareki.in(
                    Language.JA_EASY, day), Wareki.in(Language.EN, day))).orElseGet(() -> same(value.asString("")));
            case RECURRENCE, TEXT, ORDINANCE -> value.isObject() ? ExtraField.text(value) : same(value.asString(""));
            case TABLE, FIELD, DOCUMENT -> value.isEmpty()
                    ? Words.text("standards.diff.nothing")
                    : same(value
                            .toString());
        };
    }

    private static Text chosen(Variation variation, JsonNode value) {
        return variation.choices().stream().filter(c -> c.value().equals(value.asString(""))).map(Choice::label)
                .findFirst().orElseGet(() -> same(value.asString("")));
    }

    private static Text same(String words) {
        return words.isBlank() ? Words.text("standards.diff.nothing") : Text.same(words);
    }

    private static Text choices(List<Choice> choices) {
        if (choices.isEmpty())
            return Words.text("standards.diff.nothing");
        return new Text(joined(choices, Language.JA), joined(choices, Language.JA_EASY), joined(choices, Language.EN));
    }

    private static String joined(List<Choice> choices, Language language) {
        return String.join(language == Language.EN ? ", " : "・", choices.stream().map(c -> c.label().in(language))
                .toList());
    }

    /// What a part is called: a word of ours (`:name`), or the heading of a column.
    private static Text part(String part) {
        return part.startsWith(":") ? Words.text("standards.diff.part." + part.substring(1)) : Text.same(part);
    }

    private static <T> void compare(Map<String, T> before, Map<String, T> after, List<Change> changes, Kind kind,
            BiFunction<String, T, Text> name, Function<T, ? extends Map<String, Text>> parts) {
        after.forEach((key, value) -> {
            var old = before.get(key);
            if (old == null) {
                changes.add(new Change(kind, key, Words.text("standards.diff.added", name.apply(key, value)), "",
                        words(parts.apply(value))));
                return;
            }
            var was = parts.apply(old);
            parts.apply(value).forEach((part, now) -> {
                var then = was.containsKey(part) ? was.get(part) : Words.text("standards.diff.nothing");
                if (then.equals(now))
                    return;
                boolean amount = kind == Kind.RULE && part.equals(YEN);
                changes.add(new Change(amount ? Kind.AMOUNT : kind, key + "." + part.replace(":", ""), Words.text(
                        "standards.diff.changed", name.apply(key, value), part(part), brief(then), brief(now)),
                        raw(then), raw(now)));
            });
        });
        before.forEach((key, value) -> {
            if (!after.containsKey(key))
                changes.add(new Change(kind, key, Words.text("standards.diff.removed", name.apply(key, value)),
                        words(parts.apply(value)), ""));
        });
    }

    private static String raw(Text text) { return text.equals(Words.text("standards.diff.nothing")) ? "" : text.ja(); }

    private static Text brief(Text text) { return new Text(brief(text.ja()), brief(text.easy()), brief(text.en())); }

    private static String brief(String text) {
        var line = text.strip().replaceAll("\\s+", " ");
        return Letters.excerpt(line, 79);
    }

    private static String words(Map<String, Text> parts) {
        var words = new StringBuilder();
        parts.forEach((part, value) -> {
            if (!raw(value).isEmpty())
                words.append(words.isEmpty() ? "" : " / ").append(part(part).ja()).append(": ").append(value.ja());
        });
        return words.toString();
    }

    // ---- out -----------------------------------------------------------------------------------------------------

    /// In words, one change a line.
    public String words(Language language) {
        var words = new StringBuilder(before + " → " + after + "\n");
        if (changes.isEmpty())
            words.append(Words.in(language, "standards.diff.same")).append("\n");
        Kind last = null;
        for (var change : changes) {
            if (change.kind() != last)
                words.append("\n").append(change.kind().title().in(language)).append("\n");
            last = change.kind();
            words.append("  ").append(change.words().in(language)).append("\n");
        }
        words.append("\n").append(Words.in(language, "standards.diff.of-examples")).append(" ").append(words(examples,
                language));
        population.ifPresent(p -> words.append("\n").append(Words.in(language, "standards.diff.of-population")).append(
                " ").append(words(p, language)));
        return words.toString();
    }

    private static String words(Effect effect, Language language) {
        var words = new StringBuilder(effect.said().in(language) + "\n");
        effect.changed().forEach(c -> words.append("  ").append(c.name()).append(": ").append(c.before()).append(" → ")
                .append(c.after()).append("\n"));
        return words.toString();
    }

    public ObjectNode json() {
        var json = JsonNodeFactory.instance.objectNode().put("before", before.toString()).put("after", after
                .toString());
        var list = json.putArray("changes");
        changes.forEach(c -> list.addObject().put("kind", c.kind().name()).put("place", c.place()).put("before", c
                .before()).put("after", c.after()).set("words", Ruling.text(c.words())));
        json.set("examples", json(examples));
        population.ifPresent(p -> json.set("population", json(p)));
        return json;
    }

    private static ObjectNode json(Effect effect) {
        var json = JsonNodeFactory.instance.objectNode().put("cases", effect.cases()).put("outcomes", effect
                .outcomes()).put("amounts", effect.amounts()).put("undecided", effect.undecided());
        var changed = json.putArray("changed");
        effect.changed().forEach(c -> changed.addObject().put("name", c.name()).put("before", c.before()).put("after",
                c.after()));
        return json;
    }
}
