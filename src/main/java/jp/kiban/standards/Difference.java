package jp.kiban.standards;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import jp.kiban.flow.Flow;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.StandardRef;
import jp.kiban.kernel.Text;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
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

    /// 変わるもの. What kind of thing changes.
    public enum Kind {
        FIELD, RULE, AMOUNT, DEADLINE, NOTICE, VARIATION, FLOW, STANDARD
    }

    /// 変更. One thing that changes: where, in words, and the value before and after (empty where there is none).
    public record Change(Kind kind, String place, Text words, String before, String after) {}

    /// 影響. Of so many cases, for how many the outcome or the amount changes, and which.
    public record Effect(int cases, int outcomes, int amounts, int undecided, List<Case> changed) {
        public Effect { changed = List.copyOf(changed); }
    }

    /// 変わる事例. One case that comes out otherwise.
    public record Case(String name, String before, String after) {}

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
        return between(side(before.bundle(Optional.empty()), before.ref()), side(after.bundle(Optional.empty()), after
                .ref()), Stream.empty());
    }

    /// Between two places: a version's folder, a standard's folder (its last version), or `ID@DATE` below `standards`.
    public static Difference between(String before, String after, Path standards, Stream<String> population) {
        return between(side(before, standards), side(after, standards), population);
    }

    private static Side side(String place, Path standards) {
        if (place.matches("[a-z][a-z0-9-]*@\\d{4}-\\d{2}-\\d{2}")) {
            var ref = StandardRef.parse(place);
            return side(Files.isDirectory(standards.resolve(ref.id()))
                    ? Bundle.ofFolders(List.of(standards.resolve(ref.id())))
                    : Bundle.ofClassPath(), ref);
        }
        var folder = Path.of(place).toAbsolutePath().normalize();
        if (Files.exists(folder.resolve("standard.yaml"))) {
            var bundle = Bundle.ofFolders(List.of(folder));
            var id = folder.getFileName().toString();
            var last = bundle.names(id).stream().filter(n -> n.matches("\\d{4}-\\d{2}-\\d{2}")).reduce((a, b) -> b)
                    .orElseThrow(() -> new IllegalArgumentException("no version in " + place));
            return side(bundle, new StandardRef(id, LocalDate.parse(last)));
        }
        var parent = folder.getParent();
        if (parent != null && folder.getFileName().toString().matches("\\d{4}-\\d{2}-\\d{2}")
                && Files.exists(parent.resolve("standard.yaml")))
            return side(Bundle.ofFolders(List.of(parent)), new StandardRef(parent.getFileName().toString(), LocalDate
                    .parse(folder.getFileName().toString())));
        throw new IllegalArgumentException(
                "neither a standard's folder, a version's folder nor ID@DATE: " + place);
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

    private static Difference between(Side a, Side b, Stream<String> population) {
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
        var effect = effect(a, b, cases.values().stream().map(e -> new Given(e.name(), e.filed(), e.answers(), e
                .local())));
        var lines = population.filter(l -> !l.isBlank()).toList();
        return new Difference(a.version.ref(), b.version.ref(), changes, effect, lines.isEmpty()
                ? Optional.empty()
                : Optional.of(effect(a, b, given(lines, b.version.ref().version()))));
    }

    // ---- effect --------------------------------------------------------------------------------------------------

    private record Given(String name, LocalDate filed, JsonNode answers, JsonNode local) {}

    /// One case a line: `{"name": …, "filed": "2026-04-01", "answers": {…}, "local": {…}}`, or the answers alone.
    private static Stream<Given> given(List<String> lines, LocalDate otherwise) {
        var json = JsonMapper.builder().build();
        var given = new ArrayList<Given>();
        for (int i = 0; i < lines.size(); i++)
            try {
                var node = json.readTree(lines.get(i));
                boolean wrapped = node.path("answers").isObject();
                given.add(new Given(node.path("name").asString("line " + (i + 1)), wrapped && node.has("filed")
                        ? LocalDate.parse(node.path("filed").asString())
                        : otherwise, wrapped ? node.path("answers") : node, node.path("local")));
            } catch (JacksonException | java.time.DateTimeException broken) {
                throw new IllegalArgumentException("line " + (i + 1) + " of the population: " + String.valueOf(broken
                        .getMessage()).lines().findFirst().orElse("cannot be read"));
            }
        return given.stream();
    }

    private static Effect effect(Side a, Side b, Stream<Given> cases) {
        var changed = new ArrayList<Case>();
        int all = 0;
        int outcomes = 0;
        int amounts = 0;
        int undecided = 0;
        for (var given : (Iterable<Given>) cases::iterator) {
            all++;
            var before = judged(a.version, given);
            var after = judged(b.version, given);
            if (before.outcome.isEmpty() && after.outcome.isEmpty())
                undecided++;
            else if (!before.outcome.equals(after.outcome)) {
                outcomes++;
                changed.add(new Case(given.name, before.words(), after.words()));
            } else if (!before.amount.equals(after.amount)) {
                amounts++;
                changed.add(new Case(given.name, before.words(), after.words()));
            }
        }
        return new Effect(all, outcomes, amounts, undecided, changed);
    }

    private record Judged(String outcome, String amount) {
        String words() { return outcome.isEmpty() ? "—" : outcome + (amount.isEmpty() ? "" : " " + amount); }
    }

    private static Judged judged(StandardVersion version, Given given) {
        try {
            if (!version.check(given.answers).isEmpty())
                return new Judged("", "");
            var local = new LinkedHashMap<String, JsonNode>();
            given.local.forEachEntry((key, value) -> {
                if (version.variations().find(key).isPresent())
                    local.put(key, value);
            });
            var judgement = version.judge(given.answers, given.filed, version.variations().merge(local));
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
            return new Judged(judgement.outcome().name(), amount.toString());
        } catch (BadInput | IllegalStateException | IllegalArgumentException stopped) {
            return new Judged("", "");
        }
    }

    // ---- the parts -----------------------------------------------------------------------------------------------

    private static void fields(Side a, Side b, List<Change> changes) {
        compare(all(a.version), all(b.version), changes, Kind.FIELD, (path, field) -> new Text("項目「" + field.label()
                .ja() + "」", "「" + field.label().easy() + "」", "the field “" + field.label().en() + "”"), field -> {
                    var parts = new LinkedHashMap<String, String>();
                    parts.put("名前", field.label().ja());
                    parts.put("種類", field.kind().name());
                    parts.put("必須", field.required() ? "必須" : "任意");
                    parts.put("情報の元", field.evidenceItem().orElse("本人"));
                    parts.put("根拠", field.basis().toString());
                    parts.put("区分", field.dataClass());
                    parts.put("聞く条件", field.shownWhen().orElse("いつも"));
                    parts.put("選択肢", String.join("・", field.choices().stream().map(c -> c.label().ja()).toList()));
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
        compare(rows(before), rows(after), changes, Kind.RULE, (code, row) -> new Text("規則 " + code + "（" + row.table
                + "）", "決まり " + code, "the rule " + code), Rule::parts);
        compare(before.formulas(), after.formulas(), changes, Kind.RULE, (name, text) -> new Text("計算「" + name + "」",
                "計算（けいさん）「" + name + "」", "the formula “" + name + "”"), text -> Map.of("式", text));
    }

    private record Rule(String table, Map<String, String> parts) {}

    private static Map<String, Rule> rows(DecisionTables tables) {
        var all = new LinkedHashMap<String, Rule>();
        for (var table : tables.tables()) {
            int code = table.inputs().size() + table.outputs().indexOf(Rules.CODE);
            int number = 0;
            for (var row : table.rows()) {
                number++;
                var parts = new LinkedHashMap<String, String>();
                var columns = table.columns();
                for (int i = 0; i < row.cells().size() && i < columns.size(); i++)
                    parts.put(columns.get(i), row.texts().get(i).strip());
                var name = code >= table.inputs().size() && code < row.cells().size()
                        ? row.texts().get(code).replace("\"", "").strip()
                        : table.name() + " " + number;
                parts.put("表", table.name() + " " + number);
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
            var deadline = place.matches("values\\..*") && value.matches(".*(日|月)") || place.startsWith("remedies")
                    || place.startsWith("pay-calendar") || place.equals("notice-days");
            return new Text((deadline ? "期限・期間 " : "標準の値 ") + place, "標準（ひょうじゅん）の 値（あたい） " + place,
                    (deadline ? "the period " : "the value ") + place);
        }, value -> Map.of("値", value));
        changes.replaceAll(c -> c.kind() != Kind.STANDARD
                ? c
                : new Change((c.before() + c.after()).contains("円")
                        ? Kind.AMOUNT
                        : c.words().ja().startsWith("期限")
                                ? Kind.DEADLINE
                                : Kind.STANDARD,
                        c.place(), c.words(), c.before(), c.after()));
    }

    private static Map<String, String> leaves(Side side) {
        var leaves = new LinkedHashMap<String, String>();
        var file = side.version.ref().id() + "/standard.yaml";
        var yaml = new Reading(file, new ArrayList<>()).yaml(side.bundle.read(file));
        var day = side.version.ref().version();
        yaml.forEachEntry((key, node) -> {
            if (key.equals("values")) {
                // the value in force on the version's day
                var inForce = new LinkedHashMap<String, String>();
                for (var value : node)
                    if (!value.path("from").asString("").isEmpty() && value.path("from").asString().compareTo(day
                            .toString()) <= 0)
                        inForce.put(value.path("key").asString(""), (value.path("value").isValueNode()
                                ? value.path("value").asString("")
                                : value.path("value").toString()) + value.path("unit").asString(""));
                inForce.forEach((name, value) -> leaves.put("values." + name, value));
            } else
                leaves(node, key, leaves);
        });
        return leaves;
    }

    private static void leaves(JsonNode node, String place, Map<String, String> leaves) {
        if (node.isObject())
            node.forEachEntry((key, value) -> leaves(value, place + "." + key, leaves));
        else if (node.isArray())
            for (int i = 0; i < node.size(); i++)
                leaves(node.get(i), place + "[" + node.get(i).path("key").asString(String.valueOf(i)) + "]", leaves);
        else
            leaves.put(place, node.asString(""));
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
            changes.add(new Change(Kind.NOTICE, "notices/" + name, new Text("通知書 " + name + " の文が変わります（" + Math.max(
                    gone.size(), come.size()) + "行）", "お知らせ " + name + " の 文が 変（か）わります", "the notice " + name
                            + " changes (" + Math.max(gone.size(), come.size()) + " lines)"),
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
        compare(all.apply(a), all.apply(b), changes, Kind.VARIATION, (key, v) -> new Text("独自の設定「" + v.name().ja()
                + "」", "市や 町が 決める こと「" + v.name().easy() + "」", "the variation “" + v.name().en() + "”"), v -> {
                    var parts = new LinkedHashMap<String, String>();
                    parts.put("型", v.type().name());
                    parts.put("既定値", v.byDefault().toString());
                    parts.put("範囲", v.limits().words());
                    parts.put("選択肢", String.join("・", v.choices().stream().map(c -> c.label().ja()).toList()));
                    parts.put("条例", v.ordinanceNeeded() ? "要る" : "要らない");
                    parts.put("例の変更", v.mayChangeExamples() ? "変えてよい" : "変えない");
                    return parts;
                });
        for (int i = from; i < changes.size(); i++) {
            var c = changes.get(i);
            if (c.place().startsWith("standardPeriodDays"))
                changes.set(i, new Change(Kind.DEADLINE, c.place(), c.words(), c.before(), c.after()));
        }
    }

    private static void flow(Side a, Side b, List<Change> changes) {
        compare(nodes(a), nodes(b), changes, Kind.FLOW, (id, parts) -> new Text("流れ「" + parts.getOrDefault("名前", id)
                + "」", "流れ（ながれ）「" + parts.getOrDefault("名前", id) + "」",
                "the flow at “" + parts.getOrDefault("名前",
                        id) + "”"),
                parts -> parts);
    }

    private static Map<String, Map<String, String>> nodes(Side side) {
        var nodes = new LinkedHashMap<String, Map<String, String>>();
        side.version.flow().ifPresent((Flow flow) -> {
            flow.nodes().forEach(n -> nodes.put(n.id(), Map.of("名前", n.name(), "内容", n.toString())));
            flow.edges().forEach(e -> nodes.put(e.id(), Map.of("名前", e.id(), "内容", e.toString())));
        });
        return nodes;
    }

    private static <T> void compare(Map<String, T> before, Map<String, T> after, List<Change> changes, Kind kind,
            BiFunction<String, T, Text> name, Function<T, Map<String, String>> parts) {
        after.forEach((key, value) -> {
            var old = before.get(key);
            if (old == null) {
                changes.add(new Change(kind, key, said(name.apply(key, value), "が加わります", "が 増（ふ）えます", " is added"), "",
                        words(parts.apply(value))));
                return;
            }
            var was = parts.apply(old);
            parts.apply(value).forEach((part, now) -> {
                var then = was.getOrDefault(part, "");
                if (then.equals(now))
                    return;
                boolean amount = kind == Kind.RULE && then.matches("\\d+") && now.matches("\\d+");
                changes.add(new Change(amount ? Kind.AMOUNT : kind, key + "." + part, said(name.apply(key, value),
                        "の" + part + "が「" + brief(then) + "」から「" + brief(now) + "」に変わります", "が「" + brief(then)
                                + "」から「" + brief(now) + "」に 変（か）わります",
                        ": " + part + " changes from “" + brief(then)
                                + "” to “" + brief(now) + "”"),
                        then, now));
            });
        });
        before.forEach((key, value) -> {
            if (!after.containsKey(key))
                changes.add(new Change(kind, key, said(name.apply(key, value), "がなくなります", "が なくなります", " is removed"),
                        words(parts.apply(value)), ""));
        });
    }

    private static Text said(Text name, String ja, String easy, String en) {
        return new Text(name.ja() + ja, name.easy() + easy, name.en() + en);
    }

    private static String brief(String text) {
        var line = text.strip().replaceAll("\\s+", " ");
        return line.length() > 80 ? line.substring(0, 79) + "…" : line;
    }

    private static String words(Map<String, String> parts) {
        var words = new StringBuilder();
        parts.forEach((part, value) -> {
            if (!value.isEmpty())
                words.append(words.isEmpty() ? "" : " / ").append(part).append(": ").append(value);
        });
        return words.toString();
    }

    // ---- out -----------------------------------------------------------------------------------------------------

    /// In Japanese words, one change a line.
    public String words() {
        var words = new StringBuilder(before + " → " + after + "\n");
        if (changes.isEmpty())
            words.append("変わるところはありません。\n");
        Kind last = null;
        for (var change : changes) {
            if (change.kind() != last)
                words.append("\n").append(title(change.kind())).append("\n");
            last = change.kind();
            words.append("  ").append(change.words().ja()).append("\n");
        }
        words.append("\n例 ").append(words(examples));
        population.ifPresent(p -> words.append("\n与えられた人口 ").append(words(p)));
        return words.toString();
    }

    private static String title(Kind kind) {
        return switch (kind) {
            case FIELD -> "様式の項目";
            case RULE -> "規則";
            case AMOUNT -> "金額";
            case DEADLINE -> "期限・期間";
            case NOTICE -> "通知書";
            case VARIATION -> "独自の設定";
            case FLOW -> "流れ";
            case STANDARD -> "標準";
        };
    }

    private static String words(Effect effect) {
        var words = new StringBuilder(effect.cases() + "件のうち、結論が変わるもの" + effect.outcomes() + "件、額や項目が変わるもの" + effect
                .amounts() + "件" + (effect.undecided() > 0 ? "、どちらでも判定できないもの" + effect.undecided() + "件" : "")
                + "\n");
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

    /// The lines of a file; what cannot be read is an `UncheckedIOException`.
    static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException failed) {
            throw new UncheckedIOException(Objects.requireNonNullElse(failed.getMessage(), "cannot be read"), failed);
        }
    }
}
