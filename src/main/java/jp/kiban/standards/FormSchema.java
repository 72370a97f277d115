package jp.kiban.standards;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import jp.kiban.kernel.LegalBasis;
import jp.kiban.kernel.Text;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// 様式の定義. Reads `form.schema.json`: JSON Schema 2020-12 for the answers, with the keywords `x-kiban-*` for what a person
/// sees. A keyword on a group (source, basis, class, locked) holds for its fields unless they say otherwise.
final class FormSchema {
    static final Set<String> KEYWORDS = Set.of("pages", "label", "support", "kind", "source", "basis", "class",
            "locked", "required", "shown-when", "choices", "message", "gate", "shield", "retention", "gif",
            "why-asked");

    private static final String CORPORATION = "^[0-9]{13}$";

    private final JsonNode schema;
    private final Reading reading;
    private final Set<String> dataClasses;
    private final Feel feel;
    private final Set<String> onPages = new LinkedHashSet<>();

    FormSchema(JsonNode schema, Set<String> dataClasses, Reading reading) {
        this.schema = schema;
        this.reading = reading;
        this.dataClasses = dataClasses;
        fillPhotos(schema);
        fillCorporations(schema);
        this.feel = new Feel(List.copyOf(schema.path("properties").propertyNames()));
    }

    /// A photo is a list of the files given; a form need not spell that out.
    private static void fillPhotos(JsonNode node) {
        if (node instanceof ObjectNode property && node.path("x-kiban-kind").asString("").equals("PHOTO")) {
            property.put("type", "array");
            if (!property.has("items")) {
                var items = property.putObject("items").put("type", "object");
                items.putArray("required").add("name").add("type").add("size").add("sha256");
                var properties = items.putObject("properties");
                properties.putObject("name").put("type", "string").put("maxLength", 200).put("description", "ファイルの名前。");
                properties.putObject("type").put("type", "string").put("description", "ファイルの種類。");
                properties.putObject("size").put("type", "integer").put("minimum", 1).put("description", "大きさ（バイト）。");
                properties.putObject("sha256").put("type", "string").put("pattern", "^[0-9a-f]{64}$").put("description",
                        "内容の SHA-256。");
            }
        }
        node.forEach(FormSchema::fillPhotos);
    }

    /// A corporation is answered with its number; a form need not spell that out either.
    private static void fillCorporations(JsonNode node) {
        if (node instanceof ObjectNode property && node.path("x-kiban-kind").asString("").equals("CORPORATION")) {
            if (!property.has("type"))
                property.put("type", "string");
            if (!property.has("pattern"))
                property.put("pattern", CORPORATION);
        }
        node.forEach(FormSchema::fillCorporations);
    }

    /// The same form with questions and papers of a municipality.
    FormSchema with(List<ExtraField> questions, List<ExtraDocument> papers, Reading reading) {
        var dataClass = dataClasses.contains("personal") ? "personal" : dataClasses.iterator().next();
        return new FormSchema(LocalForms.schema(schema, dataClass, questions, papers), dataClasses, reading);
    }

    JsonNode json() { return schema; }

    Feel feel() { return feel; }

    Form form() {
        describe(schema, "");
        var pages = new ArrayList<FormPage>();
        for (var page : schema.path("x-kiban-pages")) {
            var id = reading.word(page, "id", "x-kiban-pages");
            var place = "x-kiban-pages." + id;
            var fields = new ArrayList<Field>();
            for (var path : reading.words(page.path("fields")))
                field(path, place).ifPresent(fields::add);
            if (fields.isEmpty())
                reading.fault(place, Fault.Kind.PAGE_EMPTY);
            pages.add(new FormPage(id, reading.text(page.path("title"), place + ".title"),
                    reading.text(page.path("lead"), place + ".lead"), condition(page, "shownWhen", place), fields));
        }
        if (pages.isEmpty())
            reading.fault("x-kiban-pages", Fault.Kind.PAGES_MISSING);
        labelled(schema, "").forEach(path -> {
            if (!onPages.contains(path) && onPages.stream().noneMatch(p -> path.startsWith(p + ".")))
                reading.fault("properties." + path, Fault.Kind.LABEL_WITHOUT_PAGE);
        });
        return new Form(pages);
    }

    private Optional<Field> field(String path, String place) {
        JsonNode node = schema;
        var inherited = JsonNodeFactory.instance.objectNode();
        boolean required = true;
        for (var name : path.split("\\.")) {
            inherit(node, inherited);
            required = requires(node, name);
            node = resolve(node.path("properties").path(name));
            if (node.isMissingNode()) {
                reading.fault(place, Fault.Kind.PROPERTY_MISSING, path);
                return Optional.empty();
            }
        }
        if (!onPages.add(path))
            reading.fault(place, Fault.Kind.ON_TWO_PAGES, path);
        return Optional.of(field(path, node, inherited, required));
    }

    private Field field(String path, JsonNode node, ObjectNode inherited, boolean required) {
        var place = "properties." + path;
        var own = inherited.deepCopy();
        inherit(node, own);
        var kind = kind(node, place);
        if (kind == Field.Kind.CORPORATION)
            corporation(node, place);
        var columns = new ArrayList<Field>();
        var inside = kind == Field.Kind.TABLE ? resolve(node.path("items")) : node;
        if (kind == Field.Kind.TABLE || kind == Field.Kind.ACCOUNT)
            for (var name : inside.path("properties").propertyNames()) {
                var column = resolve(inside.path("properties").path(name));
                if (column.has("x-kiban-label"))
                    columns.add(column(name, path, column, own, requires(inside, name)));
            }
        return new Field(path, reading.text(node.path("x-kiban-label"), place + ".x-kiban-label"),
                node.has("x-kiban-support")
                        ? Optional.of(reading.text(node.get("x-kiban-support"), place
                                + ".x-kiban-support"))
                        : Optional.empty(),
                kind, required || flag(node, "x-kiban-required"), source(own), basis(own, place), dataClass(own, place),
                flag(own, "x-kiban-locked"), condition(node, "x-kiban-shown-when", place), choices(node, kind, place),
                columns, handling(own, place));
    }

    private Field column(String name, String table, JsonNode node, ObjectNode inherited, boolean required) {
        var field = field(table + "." + name, node, inherited, required);
        return new Field(name, field.label(), field.support(), field.kind(), field.required(), field.evidenceItem(),
                field.basis(), field.dataClass(), field.lockedWhenKnown(), field.shownWhen(), field.choices(),
                field.columns(), field.handling());
    }

    private static boolean requires(JsonNode parent, String name) {
        for (var required : parent.path("required"))
            if (required.asString("").equals(name))
                return true;
        return false;
    }

    private static boolean flag(JsonNode node, String keyword) { return node.path(keyword).asBoolean(false); }

    private static void inherit(JsonNode from, ObjectNode into) {
        for (var keyword : List.of("x-kiban-source", "x-kiban-basis", "x-kiban-class", "x-kiban-locked", "x-kiban-gate",
                "x-kiban-shield", "x-kiban-retention", "x-kiban-gif", "x-kiban-why-asked"))
            if (from.has(keyword))
                into.set(keyword, from.get(keyword));
    }

    private static Optional<String> source(JsonNode node) {
        return Optional.of(node.path("x-kiban-source").asString("")).filter(s -> !s.isEmpty());
    }

    private Field.Handling handling(JsonNode node, String place) {
        var shield = node.path("x-kiban-shield").asString("none").toUpperCase(Locale.ROOT);
        boolean known = Arrays.stream(RegisterItem.Shield.values()).anyMatch(s -> s.name().equals(shield));
        if (!known)
            reading.fault(place + ".x-kiban-shield", Fault.Kind.SHIELD, shield.toLowerCase(Locale.ROOT));
        return new Field.Handling(word(node, "x-kiban-gate"),
                known ? RegisterItem.Shield.valueOf(shield) : RegisterItem.Shield.NONE,
                word(node, "x-kiban-retention"), word(node, "x-kiban-gif"), whyAsked(node, place));
    }

    private static Optional<String> word(JsonNode node, String keyword) {
        return Optional.of(node.path(keyword).asString("")).filter(s -> !s.isEmpty());
    }

    /// `{ja, ja-easy, en, basis}`: why a person is asked what a register knows, and by which law.
    private Optional<Text> whyAsked(JsonNode node, String place) {
        var why = node.path("x-kiban-why-asked");
        if (why.isMissingNode())
            return Optional.empty();
        reading.law(why.path("basis"), place + ".x-kiban-why-asked.basis");
        return Optional.of(reading.text(why, place + ".x-kiban-why-asked"));
    }

    private LegalBasis basis(JsonNode node, String place) {
        return reading.law(node.path("x-kiban-basis"), place + ".x-kiban-basis");
    }

    private String dataClass(JsonNode node, String place) {
        var name = node.path("x-kiban-class").asString("");
        if (!dataClasses.contains(name))
            reading.fault(place + ".x-kiban-class", Fault.Kind.CLASS_UNKNOWN, name, String.join(", ", dataClasses));
        return name;
    }

    private Field.Kind kind(JsonNode node, String place) {
        var word = node.path("x-kiban-kind").asString("");
        for (var kind : Field.Kind.values())
            if (kind.name().equals(word))
                return kind;
        if (!word.isEmpty())
            reading.fault(place + ".x-kiban-kind", Fault.Kind.KIND_UNKNOWN, word, Arrays.toString(Field.Kind.values()));
        return Field.Kind.TEXT;
    }

    /// Thirteen digits and nothing else: whether the check digit is right is not the schema's business.
    private void corporation(JsonNode node, String place) {
        var types = node.path("type").isArray()
                ? reading.words(node.path("type"))
                : List.of(node.path("type").asString(
                        ""));
        if (!types.contains("string") || !Set.of("string", "null").containsAll(types))
            reading.fault(place + ".type", Fault.Kind.CORPORATION_TYPE, types);
        if (!node.path("pattern").asString("").equals(CORPORATION))
            reading.fault(place + ".pattern", Fault.Kind.CORPORATION_PATTERN, node.path("pattern").asString(""),
                    CORPORATION);
    }

    private Optional<String> condition(JsonNode node, String keyword, String place) {
        var condition = node.path(keyword).asString("");
        if (condition.isEmpty())
            return Optional.empty();
        feel.learn(condition).ifPresent(wrong -> reading.fault(place + "." + keyword, Fault.Kind.CONDITION, wrong));
        return Optional.of(condition);
    }

    private List<Choice> choices(JsonNode node, Field.Kind kind, String place) {
        var choices = new ArrayList<Choice>();
        node.path("x-kiban-choices")
                .forEachEntry((value, text) -> choices.add(new Choice(value, reading.text(text, place
                        + ".x-kiban-choices." + value))));
        boolean several = kind == Field.Kind.MULTI_CHOICE;
        var allowed = reading.words(several ? resolve(node.path("items")).path("enum") : node.path("enum"));
        if ((several || kind == Field.Kind.CHOICE) && !choices.stream().map(Choice::value).toList().equals(allowed))
            reading.fault(place + ".x-kiban-choices", Fault.Kind.CHOICES_ENUM, choices.stream().map(Choice::value)
                    .toList(), allowed);
        return choices;
    }

    /// Every property is described, and no keyword is misspelt: all violations together.
    private void describe(JsonNode node, String place) {
        node.path("properties").forEachEntry((name, property) -> {
            var at = place.isEmpty() ? name : place + "." + name;
            if (resolve(property).path("description").asString("").isBlank())
                reading.fault("properties." + at, Fault.Kind.NOT_DESCRIBED);
            for (var keyword : property.propertyNames())
                if (keyword.startsWith("x-kiban-") && !KEYWORDS.contains(keyword.substring("x-kiban-".length())))
                    reading.fault("properties." + at, Fault.Kind.KEYWORD_UNKNOWN, keyword, KEYWORDS.stream().sorted()
                            .map(k -> "x-kiban-" + k).toList());
            if (property.has("x-kiban-message"))
                reading.text(property.get("x-kiban-message"), "properties." + at + ".x-kiban-message");
            describe(property, at);
            describe(property.path("items"), at);
        });
    }

    private Set<String> labelled(JsonNode node, String place) {
        var paths = new LinkedHashSet<String>();
        node.path("properties").forEachEntry((name, property) -> {
            var at = place.isEmpty() ? name : place + "." + name;
            if (resolve(property).has("x-kiban-label"))
                paths.add(at);
            paths.addAll(labelled(property, at));
        });
        return paths;
    }

    /// A property with its `$ref` into `$defs` filled in; what stands beside the `$ref` wins.
    private JsonNode resolve(JsonNode node) {
        var ref = node.path("$ref").asString("");
        if (!ref.startsWith("#/"))
            return node;
        var merged = JsonNodeFactory.instance.objectNode();
        schema.at(ref.substring(1)).forEachEntry(merged::set);
        node.forEachEntry((key, value) -> {
            if (!key.equals("$ref"))
                merged.set(key, value);
        });
        return merged;
    }

    /// The property that describes a value, by its path in the answers: names and, inside tables, numbers.
    Optional<JsonNode> property(List<Object> path) {
        JsonNode node = schema;
        for (var step : path)
            node = resolve(step instanceof Integer ? node.path("items") : node.path("properties").path((String) step));
        return node.isMissingNode() ? Optional.empty() : Optional.of(node);
    }

    /// The answers with nothing left out: what is missing is null, a missing table is empty. The rules may then name
    /// everything.
    JsonNode complete(JsonNode answers) { return complete(schema, answers); }

    private JsonNode complete(JsonNode described, @Nullable JsonNode value) {
        var property = resolve(described);
        if (property.has("items")) {
            var rows = JsonNodeFactory.instance.arrayNode();
            if (value != null)
                for (var row : value)
                    rows.add(complete(property.get("items"), row));
            return rows;
        }
        if (value == null || !property.has("properties") || !value.isObject())
            return value == null ? JsonNodeFactory.instance.nullNode() : value;
        var full = JsonNodeFactory.instance.objectNode();
        property.get("properties").forEachEntry((name, inner) -> full.set(name, complete(inner, value.get(name))));
        value.forEachEntry((name, extra) -> {
            if (!full.has(name))
                full.set(name, extra);
        });
        return full;
    }
}
