package jp.kiban.standards;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.kiban.authority.Authorities;
import jp.kiban.authority.Authority;
import jp.kiban.flow.Flow;
import jp.kiban.flow.Node;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.Text;
import jp.kiban.kernel.VersionName;
import org.w3c.dom.Element;
import tools.jackson.databind.JsonNode;

/// 決まりごとの検査. What a standard has to keep to besides being readable: nothing asked that a register knows, a flow that ends,
/// plain words that are plain, notices that can be filled in, statistics that can be counted, limits that make sense. Works
/// on the files as they are, so that it can also speak of a standard that has other faults.
final class Lints {
    private static final Set<String> EXPORTS = Set.of("outcome", "reasons", "requirements", "start", "months", "once",
            "results");
    static final List<String> DIMENSIONS = List.of("municipality", "prefecture", "ward", "region", "month",
            "quarter", "fiscal year", "outcome", "reason", "channel", "stage", "age band", "birth order", "sex",
            "nationality", "household size", "household type", "disaster", "school", "facility", "standard version");
    static final List<String> MEASURES = List.of("requests", "applications", "notifications", "grants",
            "rejections", "refusals", "redirections", "corrections", "withdrawals", "recipients", "persons", "children",
            "households", "certificates", "notices", "yen", "days", "online", "automatic", "typed fields", "seconds");
    private static final Set<String> COMMON = Set.of("id", "name", "kana", "date", "type", "kind", "number", "code",
            "class", "value", "address", "phone", "email", "from", "until", "amount", "reason", "status", "note",
            "text",
            "birthDate", "postalCode", "sex", "relationship", "grade", "year", "month");
    private static final Pattern GATE = Pattern.compile("別表.*|準法定.*|条例.*");

    private static final Set<String> UNDECIDED = Set.of("RECEIVED", "CHECKING", "CORRECTION", "PROPOSED");
    private static final Pattern LAW = Pattern.compile(".*(第[0-9０-９一二三四五六七八九十百]+条|条例|規則|要綱).*", Pattern.DOTALL);

    private final Bundle bundle;
    private final List<Fault> faults;
    private final Map<String, JsonNode> items = new LinkedHashMap<>();
    private final Map<String, Set<String>> destinations = new HashMap<>();
    private final List<Authority> ministries = new Authorities().all().stream().filter(a -> a.id().isNational())
            .toList();

    Lints(Bundle bundle, List<Fault> faults) {
        this.bundle = bundle;
        this.faults = faults;
        var builtIn = Bundle.ofClassPath();
        builtIn.files().forEach((file, text) -> {
            if (file.endsWith("/form.schema.json"))
                destinations(quietly(file, text));
        });
        var registers = bundle.read(Bundle.REGISTERS).or(() -> builtIn.read(Bundle.REGISTERS));
        if (registers.isPresent())
            quietly(Bundle.REGISTERS, registers.get()).path("items").forEach(i -> items.put(i.path("id").asString(""),
                    i));
    }

    private static JsonNode quietly(String file, String text) {
        var reading = new Reading(file, new ArrayList<>());
        return file.endsWith(".json")
                ? reading.json(Optional.of(text))
                : reading.yaml(Optional.of(
                        text));
    }

    private JsonNode tree(String file) {
        return bundle.read(file).map(text -> quietly(file, text)).orElseGet(() -> quietly(file, "{}"));
    }

    /// Learns from the forms of the bundle where the values of register items go.
    void learn() {
        bundle.files().keySet().stream().filter(f -> f.endsWith("/form.schema.json")).forEach(f -> destinations(tree(
                f)));
    }

    /// What the files say, whether or not the standard could be read.
    void files() {
        learn();
        for (var file : bundle.files().keySet()) {
            if (file.endsWith("/form.schema.json"))
                form(file);
            if (file.matches("[^/]+/standard\\.yaml")) {
                standard(file);
                values(file);
                flows(file.split("/")[0]);
            }
            if (file.matches("[^/]+/[^/]+/layers/[^/]+\\.yaml"))
                layer(file);
            if (file.endsWith("/variations.yaml"))
                limits(file);
            if (file.endsWith("/decisions.dmn"))
                rules(file);
            plain(file);
        }
        if (bundle.read(Bundle.REGISTERS).isPresent())
            items.forEach((id, item) -> {
                if (item.has("from-standard"))
                    granted(id, item.path("from-standard"));
            });
    }

    /// What a register item wants of the granted cases of a standard must be what that standard lets others read.
    private void granted(String id, JsonNode from) {
        var place = id + ".from-standard";
        var standard = from.path("standard").asString("");
        var file = standard + "/standard.yaml";
        var yaml = bundle.read(file).map(text -> quietly(file, text));
        if (yaml.isEmpty()) {
            if (bundle.files().keySet().stream().filter(f -> f.matches("[^/]+/standard\\.yaml")).count() > 1)
                faults.add(Fault.of(Bundle.REGISTERS, place, Fault.Kind.GRANT_STANDARD, standard));
            return;
        }
        var exports = new TreeSet<String>();
        yaml.get().path("exports").forEach(e -> exports.add(e.asString("").replaceFirst("^results\\.", "")));
        from.path("gives").forEachEntry((key, word) -> {
            if (!exports.contains(word.asString("").replaceFirst("^results\\.", ""))
                    && !Set.of(RegisterItem.Granted.RECEIPT, RegisterItem.Granted.DECIDED_ON)
                            .contains(word.asString("")))
                faults.add(Fault.of(Bundle.REGISTERS, place + ".gives." + key, Fault.Kind.GRANT_WORD, word.asString(""),
                        standard, exports));
        });
        from.path("when").forEachEntry((key, wanted) -> {
            var result = yaml.get().path("results").valueStream()
                    .filter(r -> r.path("key").asString("").equals(key)).findFirst();
            if (result.isEmpty())
                faults.add(Fault.of(Bundle.REGISTERS, place + ".when." + key, Fault.Kind.GRANT_RESULT, key, standard));
            else if (result.get().has("choices") && result.get().path("choices").valueStream()
                    .noneMatch(c -> c.path("value").equals(wanted)))
                faults.add(
                        Fault.of(Bundle.REGISTERS, place + ".when." + key, Fault.Kind.GRANT_CHOICE, wanted.asString(""),
                                key, standard));
        });
    }

    // ---- once only -----------------------------------------------------------------------------------------------

    /// Which property the value of a register item goes into, in any form of the bundle.
    private void destinations(JsonNode form) {
        form.path("properties").forEachEntry((name, property) -> {
            var source = property.path("x-kiban-source").asString("");
            if (!source.isEmpty())
                destinations.computeIfAbsent(source, s -> new TreeSet<>()).add(name);
        });
    }

    private void form(String file) {
        var standard = tree(file.split("/")[0] + "/standard.yaml");
        var form = tree(file);
        var shown = new TreeSet<String>();
        form.path("x-kiban-pages").forEach(p -> p.path("fields").forEach(f -> shown.add(f.asString(""))));
        fields(form, form, "", "properties", new Inherited("", "", "", "", false), (path, field) -> {
            var source = field.node().path("x-kiban-source").asString("");
            if (!source.isEmpty() && !items.isEmpty() && !items.containsKey(source))
                faults.add(Fault.of(file, "properties." + path + ".x-kiban-source", Fault.Kind.REGISTER_ITEM, source,
                        String.join(", ", items.keySet())));
            boolean onPage = shown.stream().anyMatch(s -> path.equals(s) || path.startsWith(s + "."));
            var asked = field.node();
            if (!onPage || !asked.has("x-kiban-label"))
                return;
            var place = "properties." + path;
            if (field.inherited().source().isEmpty() && !field.inherited().why())
                known(path, asked).ifPresent(item -> faults.add(Fault.of(file, place, Fault.Kind.ASKED_AGAIN, item)));
            handling(file, place, field, standard);
        });
    }

    private record Inherited(String source, String dataClass, String gate, String shield, boolean why) {
        Inherited with(JsonNode node) {
            return new Inherited(node.path("x-kiban-source").asString(source), node.path("x-kiban-class").asString(
                    dataClass), node.path("x-kiban-gate").asString(gate), node.path("x-kiban-shield").asString(shield),
                    why || node.has("x-kiban-why-asked"));
        }
    }

    private record Asked(JsonNode node, Inherited inherited) {}

    private static void fields(JsonNode root, JsonNode node, String path, String under, Inherited above,
            BiConsumer<String, Asked> each) {
        node.path(under).forEachEntry((name, raw) -> {
            var property = resolved(root, raw);
            var at = path.isEmpty() ? name : path + "." + name;
            var inherited = above.with(property);
            each.accept(at, new Asked(property, inherited));
            fields(root, property, at, "properties", inherited, each);
            fields(root, resolved(root, property.path("items")), at, "properties", inherited, each);
        });
    }

    private static JsonNode resolved(JsonNode root, JsonNode node) {
        var ref = node.path("$ref").asString("");
        if (!ref.startsWith("#/"))
            return node;
        var merged = tools.jackson.databind.node.JsonNodeFactory.instance.objectNode();
        root.at(ref.substring(1)).forEachEntry(merged::set);
        node.forEachEntry((key, value) -> {
            if (!key.equals("$ref"))
                merged.set(key, value);
        });
        return merged;
    }

    /// The register item that already holds the answer: declared by the same GIF item, the same words, or the same place and
    /// name in the item's shape.
    Optional<String> known(String path, JsonNode asked) {
        var kind = asked.path("x-kiban-kind").asString("");
        if (kind.equals("CONSENT") || kind.equals("PHOTO") || kind.equals("TABLE"))
            return Optional.empty();
        var steps = path.split("\\.");
        var last = steps[steps.length - 1];
        var parent = steps.length > 1 ? steps[steps.length - 2] : "";
        var gif = asked.path("x-kiban-gif").asString("");
        var label = asked.path("x-kiban-label").path("ja").asString("");
        for (var item : items.entrySet()) {
            var id = item.getKey();
            var own = item.getValue();
            if (label.equals(own.path("name").path("ja").asString("-")) || last.equals(camel(id)) && !COMMON.contains(
                    last))
                return Optional.of(id);
            boolean here = destinations.getOrDefault(id, Set.of()).contains(parent) || parent.equals(camel(id));
            var shape = own.path("shape");
            var properties = shape.has("items") ? shape.path("items").path("properties") : shape.path("properties");
            for (var name : properties.propertyNames()) {
                var property = properties.path(name);
                if (!gif.isEmpty() && gif.equals(property.path("x-kiban-gif").asString(""))
                        || label.equals(property.path("x-kiban-label").path("ja").asString("-"))
                        || label.equals(property.path("title").asString("-"))
                        || name.equals(last) && (here || !COMMON.contains(name) && name.matches(".*[a-z][A-Z].*")))
                    return Optional.of(id);
            }
        }
        return Optional.empty();
    }

    /// `tax.higher-earner` as a form would name it: `higherEarner`.
    private static String camel(String id) {
        return Pattern.compile("-(.)").matcher(id.substring(id.indexOf('.') + 1)).replaceAll(m -> m.group(1)
                .toUpperCase(Locale.ROOT));
    }

    private void handling(String file, String place, Asked field, JsonNode standard) {
        var inherited = field.inherited();
        if (!inherited.gate().isEmpty() && !GATE.matcher(inherited.gate()).matches())
            faults.add(Fault.of(file, place + ".x-kiban-gate", Fault.Kind.GATE, inherited.gate()));
        if (!inherited.shield().isEmpty() && !Set.of("address", "household", "none").contains(inherited.shield()))
            faults.add(Fault.of(file, place + ".x-kiban-shield", Fault.Kind.SHIELD, inherited.shield()));
        boolean personal = standard.path("classes").has(inherited.dataClass()) && !inherited.dataClass().equals(
                "plain");
        if (personal && inherited.source().isEmpty() && inherited.shield().isEmpty())
            faults.add(Fault.of(file, place, Fault.Kind.PERSON_UNSHIELDED, inherited.dataClass()));
    }

    // ---- the standard itself -------------------------------------------------------------------------------------

    private void standard(String file) {
        var id = file.split("/")[0];
        var yaml = tree(file);
        var names = new LinkedHashSet<String>();
        var results = new LinkedHashSet<String>();
        var numbers = new LinkedHashSet<String>();
        yaml.path("results").forEach(r -> {
            var key = r.path("key").asString("");
            results.add(key);
            if (Set.of("integer", "yen").contains(r.path("type").asString("")))
                numbers.add(key);
        });
        for (var version : bundle.names(id)) {
            var form = tree(id + "/" + version + "/form.schema.json");
            fields(form, form, "", "properties", new Inherited("", "", "", "", false), (path, f) -> names.add(path));
            tree(id + "/" + version + "/variations.yaml").path("variations").forEach(v -> names.add(v.path("key")
                    .asString("")));
        }
        var code = yaml.path("ministry").asString("");
        if (AuthorityId.isValid(code) && ministries.stream().noneMatch(m -> m.id().code().equals(code)))
            faults.add(Fault.of(file, "ministry", Fault.Kind.MINISTRY_UNKNOWN, code, ministries.stream()
                    .map(m -> m.id().code() + " " + m.name()).collect(Collectors.joining(", "))));
        int i = 0;
        for (var export : yaml.path("exports")) {
            var word = export.asString("");
            if (!EXPORTS.contains(word.split("\\.")[0]) && !names.contains(word) && !results.contains(word)
                    || word.startsWith("results.") && !results.contains(word.substring(8)))
                faults.add(Fault.of(file, "exports[" + i + "]", Fault.Kind.EXPORT_UNKNOWN, word, String.join(", ",
                        new TreeSet<>(EXPORTS))));
            i++;
        }
        i = 0;
        for (var report : yaml.path("statistics")) {
            var place = "statistics[" + i++ + "]";
            countable(file, place + ".dimensions", report.path("dimensions"), DIMENSIONS, names, results);
            countable(file, place + ".measures", report.path("measures"), MEASURES, Set.of(), numbers);
        }
    }

    /// 国の値. Each is called something, the same on all its days; a table says what its columns are.
    private void values(String file) {
        var yaml = tree(file);
        var called = new HashMap<String, String>();
        int i = 0;
        for (var value : yaml.path("values")) {
            var place = "values[" + i++ + "]";
            var key = value.path("key").asString("");
            var words = value.path("name").path("ja").asString("") + " (" + value.path("unit").path("ja").asString(value
                    .path("unit").asString("")) + ")";
            var before = called.putIfAbsent(key, words);
            if (before != null && !before.equals(words))
                faults.add(Fault.of(file, place + ".name", Fault.Kind.VALUE_NAMES, key, before));
            var named = new TreeSet<String>();
            value.path("columns").forEach(c -> named.add(c.path("key").asString("")));
            var used = new TreeSet<String>();
            if (value.path("value").isArray())
                value.path("value").forEach(row -> used.addAll(row.propertyNames()));
            used.removeAll(named);
            if (!used.isEmpty())
                faults.add(Fault.of(file, place + ".columns", Fault.Kind.VALUE_COLUMNS, key, String.join(", ", used)));
        }
    }

    // ---- the flow ------------------------------------------------------------------------------------------------

    private void flows(String id) {
        boolean mayWithdraw = tree(id + "/standard.yaml").path("withdrawal").path("allowed").asBoolean(true);
        for (var version : bundle.names(id)) {
            var file = id + "/" + version + "/flow.bpmn";
            if (VersionName.read(version).isEmpty())
                continue;
            var bpmn = bundle.read(file);
            if (bpmn.isEmpty())
                faults.add(Fault.of(file, "", Fault.Kind.FLOW_MISSING));
            else
                Flow.read(bpmn.get()).flow().ifPresent(flow -> {
                    if (mayWithdraw)
                        withdrawal(file, flow);
                    asked(id, file, flow);
                });
        }
    }

    /// What a resident is asked to do stands in her language; the names of the flow are Japanese.
    private void asked(String id, String file, Flow flow) {
        var worded = new TreeSet<String>();
        tree(id + "/standard.yaml").path("tasks").forEach(task -> worded.add(task.path("id").asString("")));
        for (var node : flow.nodes())
            if (node instanceof Node.User user && user.role().equals("RESIDENT") && user.act().equals("done")
                    && !worded.remove(user.id()))
                faults.add(
                        Fault.of(file, Integer.toString(node.line()), Fault.Kind.TASK_WORDS, user.id(), user.name()));
        // words of an earlier version's task may stay: its cases go on
        worded.removeIf(task -> bundle.names(id).stream().anyMatch(version -> bundle.read(id + "/" + version
                + "/flow.bpmn").filter(text -> text.contains("id=\"" + task + "\"")).isPresent()));
        worded.forEach(task -> faults.add(Fault.of(id + "/standard.yaml", "tasks", Fault.Kind.TASK_UNKNOWN, task)));
    }

    /// Until it is decided, an applicant may take an application back; wherever the flow waits, it listens.
    private void withdrawal(String file, Flow flow) {
        for (var node : flow.nodes()) {
            var stage = switch (node) {
                case Node.User user -> user.stage();
                case Node.Receive receive -> receive.stage();
                default -> Optional.<String>empty();
            };
            boolean listens = flow.boundaries(node).stream().anyMatch(b -> b instanceof Node.Message message && message
                    .message().equals("withdrawn"));
            if (stage.filter(UNDECIDED::contains).isPresent() && !listens)
                faults.add(Fault.of(file, Integer.toString(node.line()), Fault.Kind.FLOW_WITHDRAWAL, node.name()));
        }
    }

    // ---- layers --------------------------------------------------------------------------------------------------

    /// What a municipality asks besides the standard is not what a register knows either.
    private void layer(String file) {
        var folder = file.substring(0, file.indexOf("/layers/"));
        var values = tree(file).path("values");
        tree(folder + "/variations.yaml").path("variations").forEach(variation -> {
            var key = variation.path("key").asString("");
            var type = variation.path("type").asString("");
            if (type.equals("FIELD") || type.equals("DOCUMENT"))
                asked(key, type.equals("FIELD"), values.path(key)).forEach(f -> faults.add(Fault.of(file, "values." + f
                        .where(), Fault.Kind.LAYER_ASKS_AGAIN, f.message())));
        });
    }

    /// Which of the questions or papers of one value ask for what a register holds, without saying why and by which law.
    List<Finding> asked(String key, boolean questions, JsonNode entries) {
        var findings = new ArrayList<Finding>();
        int i = 0;
        for (var entry : entries) {
            var place = key + "[" + i++ + "]";
            var why = entry.path("why-asked").asString("");
            var asked = tools.jackson.databind.node.JsonNodeFactory.instance.objectNode();
            asked.set("x-kiban-label", questions ? entry.path("label") : entry.path("name"));
            var item = ExtraField.words(entry, "source").or(() -> known("local." + entry.path("key").asString(""),
                    asked));
            if (item.isPresent() && why.isBlank())
                findings.add(
                        new Finding(place + ".why-asked", "layer.once-only", Words.text("standards.layer.once-only",
                                item.get())));
            else if (!why.isBlank() && !LAW.matcher(why).matches())
                findings.add(new Finding(place + ".why-asked", "layer.why-law", Words.text("standards.layer.why-law")));
        }
        return findings;
    }

    private void countable(String file, String place, JsonNode words, List<String> known, Set<String> names,
            Set<String> results) {
        var all = new TreeSet<String>();
        known.forEach(w -> all.add(bare(w)));
        results.forEach(w -> all.add(bare(w)));
        names.forEach(w -> {
            all.add(bare(w));
            all.add(bare(w.substring(w.lastIndexOf('.') + 1)));
        });
        int i = 0;
        for (var word : words) {
            if (!all.contains(bare(word.asString(""))))
                faults.add(Fault.of(file, place + "[" + i + "]", Fault.Kind.UNCOUNTABLE, word.asString(""), String.join(
                        ", ", known)));
            i++;
        }
    }

    private static String bare(String words) { return words.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", ""); }

    private void limits(String file) {
        int i = 0;
        for (var variation : tree(file).path("variations")) {
            var place = "variations[" + i++ + "]";
            range(file, place, variation);
            int j = 0;
            for (var column : variation.path("columns"))
                range(file, place + ".columns[" + j++ + "]", column);
        }
    }

    private void range(String file, String place, JsonNode node) {
        var min = node.path("min");
        var max = node.path("max");
        boolean crossed = min.isNumber() && max.isNumber() && min.decimalValue().compareTo(max.decimalValue()) > 0
                || min.isString() && max.isString() && min.asString().compareTo(max.asString()) > 0;
        if (crossed)
            faults.add(Fault.of(file, place + ".min", Fault.Kind.LIMITS_CROSSED, "min", min.asString(), "max", max
                    .asString()));
    }

    private void rules(String file) {
        for (var rule : elements(file, "rule")) {
            var law = note(rule, 0);
            if (!law.isBlank() && !law.matches("(?s).*(第[^条]{1,12}条|別表|附則|告示|通知|要綱|要領|規則|条例|憲法|防災基本計画|指針|基準).*"))
                faults.add(Fault.of(file, rule.getAttribute("id"), Fault.Kind.LAW_WITHOUT_ARTICLE, law));
        }
    }

    private static String note(Element rule, int number) {
        var notes = rule.getElementsByTagName("annotationEntry");
        return notes.getLength() > number ? notes.item(number).getTextContent().strip() : "";
    }

    private List<Element> elements(String file, String name) {
        try {
            var factory = javax.xml.parsers.DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            var found = builder.parse(new org.xml.sax.InputSource(new java.io.StringReader(String.valueOf(bundle.files()
                    .get(file))))).getElementsByTagName(name);
            var all = new ArrayList<Element>();
            for (int i = 0; i < found.getLength(); i++)
                all.add((Element) found.item(i));
            return all;
        } catch (java.io.IOException | org.xml.sax.SAXException
                | javax.xml.parsers.ParserConfigurationException broken) {
            return List.of();
        }
    }

    // ---- plain words ---------------------------------------------------------------------------------------------

    private void plain(String file) {
        var texts = new ArrayList<PlainWords.Said>();
        if (file.endsWith(".ja-easy.md")) {
            int line = 0;
            for (var words : String.valueOf(bundle.files().get(file)).split("\n", -1)) {
                line++;
                if (!words.startsWith("法律（"))
                    texts.add(new PlainWords.Said(String.valueOf(line), words));
            }
        } else if (file.endsWith(".dmn"))
            elements(file, "rule").forEach(r -> texts.add(new PlainWords.Said(r.getAttribute("id"), note(r, 2))));
        else if ((file.endsWith(".yaml") || file.endsWith(".json")) && !file.contains("/examples/"))
            easy(tree(file), "", texts);
        faults.addAll(PlainWords.check(file, texts));
    }

    private static void easy(JsonNode node, String place, List<PlainWords.Said> texts) {
        if (node.isObject())
            node.forEachEntry((key, value) -> {
                if (key.equals("ja-easy") && value.isString())
                    texts.add(new PlainWords.Said(place, value.asString()));
                else
                    easy(value, place.isEmpty() ? key : place + "." + key, texts);
            });
        if (node.isArray())
            for (int i = 0; i < node.size(); i++)
                easy(node.get(i), place + "[" + i + "]", texts);
    }

    // ---- notices -------------------------------------------------------------------------------------------------

    /// Whether every notice can be filled in, for everything the examples decide, in every language.
    void notices(StandardVersion version, Examples examples) {
        var folder = version.ref().id() + "/" + version.ref().version() + "/notices/";
        var told = new LinkedHashSet<String>();
        for (var example : examples.all())
            try {
                var found = version.check(example.answers());
                if (!found.isEmpty()) {
                    render(version, folder, "correction", language -> version.factsOf(found, language), told);
                    continue;
                }
                var values = version.variations().merge(map(example.local()));
                var judgement = version.judge(example.answers(), example.filed(), values);
                render(version, folder, kind(judgement.outcome()), language -> version.factsOf(judgement, values,
                        language), told);
            } catch (BadInput | IllegalStateException | IllegalArgumentException already) {
                continue;
            }
        render(version, folder, "correction", language -> version.factsOf(List.of(new Finding(version.form().fields()
                .getFirst().path(), "x", Text.same("—"))), language), told);
    }

    static String kind(Judgement.Outcome outcome) {
        return switch (outcome) {
            case GRANT -> "grant";
            case REFUSE -> "refusal";
            case REDIRECT -> "redirect";
        };
    }

    static Map<String, JsonNode> map(JsonNode node) {
        var map = new LinkedHashMap<String, JsonNode>();
        node.forEachEntry(map::put);
        return map;
    }

    private void render(StandardVersion version, String folder, String kind,
            java.util.function.Function<Language, Map<String, Object>> judged, Set<String> told) {
        if (!version.noticeKinds().contains(kind))
            return;
        for (var language : Language.values()) {
            var facts = new TreeMap<String, Object>(judged.apply(language));
            for (var word : List.of("recipient", "receipt", "authority", "mayor", "governor"))
                facts.put(word, "—");
            for (var day : List.of("filedOn", "date", "due"))
                facts.put(day, LocalDate.of(2026, 4, 1));
            try {
                version.notice(kind, language, facts);
            } catch (IllegalArgumentException lacking) {
                var message = String.valueOf(lacking.getMessage());
                for (var name : message.substring(message.indexOf("lacks:") + 6).split(",")) {
                    var fact = name.strip().replaceAll("\\[]|.*\\.", "");
                    var file = folder + kind + "." + language.code() + ".md";
                    if (told.add(file + fact))
                        faults.add(Fault.of(file, "", Fault.Kind.FACT_UNKNOWN, fact, String.join(", ", facts.keySet()))
                                .at(line(file, fact), 0));
                }
            }
        }
    }

    private int line(String file, String fact) {
        int line = 1;
        for (var words : bundle.read(file).orElse("").split("\n", -1)) {
            if (Pattern.compile("\\{\\{[#^]?\\s*" + Pattern.quote(fact) + "\\s*}}").matcher(words).find())
                return line;
            line++;
        }
        return 0;
    }
}
