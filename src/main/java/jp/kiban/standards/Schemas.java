package jp.kiban.standards;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import jp.kiban.kernel.Text;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import jp.kiban.letters.Letters;

/// 書式の定義. The JSON Schemas of the files of a standard (`schemas/NAME.schema.json`): an editor completes with them, and the
/// check holds the files against them. What an editor shows as wrong is what the check refuses.
public final class Schemas {
    /// The schemas by name: standard, variations, registers, layer, examples.
    public static final List<String> NAMES = List.of("standard", "variations", "registers", "layer", "examples");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, JsonNode> texts = new TreeMap<>();
    private final Map<String, Schema> compiled = new TreeMap<>();

    Schemas() {
        var registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        for (var name : NAMES) {
            var text = JSON.readTree(text(name).orElseThrow());
            texts.put(name, text);
            compiled.put(name, registry.getSchema(bare(text.deepCopy())));
        }
    }

    /// Without the words for people that the validator does not know.
    private static JsonNode bare(JsonNode schema) {
        if (schema instanceof ObjectNode object)
            object.remove("x-kiban-ja");
        schema.forEach(Schemas::bare);
        return schema;
    }

    /// One schema as it is published; empty when there is none of that name.
    public static Optional<String> text(String name) {
        if (!NAMES.contains(name))
            return Optional.empty();
        try (var in = Schemas.class.getResourceAsStream("/schemas/" + name + ".schema.json")) {
            return Optional.of(new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Holds every file of the bundle that has a schema against it.
    void check(Bundle bundle, List<Fault> faults) {
        for (var file : bundle.files().keySet())
            of(file).ifPresent(name -> {
                var unread = new ArrayList<Fault>();
                var yaml = new Reading(file, unread).yaml(bundle.read(file));
                if (unread.isEmpty())
                    check(name, file, yaml, faults);
                else if (name.equals("layer") || name.equals("registers"))
                    faults.addAll(unread);
            });
    }

    /// Which schema a file follows, by its name.
    static Optional<String> of(String file) {
        if (file.equals(Bundle.REGISTERS))
            return Optional.of("registers");
        if (file.matches("[^/]+/standard\\.yaml"))
            return Optional.of("standard");
        if (file.matches("[^/]+/[^/]+/variations\\.yaml"))
            return Optional.of("variations");
        if (file.matches("[^/]+/[^/]+/layers/[^/]+\\.yaml"))
            return Optional.of("layer");
        if (file.matches("[^/]+/[^/]+/examples/[^_/][^/]*\\.yaml"))
            return Optional.of("examples");
        return Optional.empty();
    }

    private void check(String name, String file, JsonNode yaml, List<Fault> faults) {
        var schema = Objects.requireNonNull(compiled.get(name));
        var seen = new LinkedHashSet<String>();
        for (var error : schema.validate(yaml, run -> run.executionConfig(c -> c.formatAssertionsEnabled(true)))) {
            if (List.of("if", "then", "allOf", "anyOf").contains(error.getKeyword()) || !seen.add(place(error)))
                continue;
            faults.add(fault(name, file, error));
        }
    }

    private static String place(Error error) {
        var place = new StringBuilder();
        for (var step : steps(error))
            place.append(step instanceof Integer ? "[" + step + "]" : place.isEmpty() ? step : "." + step);
        return place.toString();
    }

    /// The path of what is wrong: of the unknown key itself; of the whole, where a key is missing.
    private static List<Object> steps(Error error) {
        var steps = new ArrayList<Object>();
        var location = error.getInstanceLocation();
        for (int i = 0; i < location.getNameCount(); i++)
            steps.add(location.getElement(i));
        if (error.getProperty() != null && error.getKeyword().equals("additionalProperties"))
            steps.add(error.getProperty());
        return steps;
    }

    private Fault fault(String name, String file, Error error) {
        var value = error.getInstanceNode() == null ? "" : error.getInstanceNode().toString();
        var seen = Letters.excerpt(value, 60);
        var wanted = error.getSchemaNode() == null ? "" : error.getSchemaNode().toString();
        var place = place(error);
        var meaning = meaning(name, error);
        return switch (error.getKeyword()) {
            case "required" -> Fault.of(file, place, Fault.Kind.SCHEMA_REQUIRED, error.getProperty(), meaning);
            case "additionalProperties" -> unknown(name, file, error);
            case "enum" -> Fault.of(file, place, Fault.Kind.SCHEMA_ONE_OF, wanted, seen, meaning);
            case "const" -> Fault.of(file, place, Fault.Kind.SCHEMA_CONST, wanted, seen, meaning);
            case "type" -> Fault.of(file, place, Fault.Kind.SCHEMA_TYPE, wanted, seen, meaning);
            case "pattern", "format" -> Fault.of(file, place, Fault.Kind.SCHEMA_FORM, seen, meaning);
            case "minimum" -> Fault.of(file, place, Fault.Kind.SCHEMA_LEAST, wanted, seen, meaning);
            case "maximum" -> Fault.of(file, place, Fault.Kind.SCHEMA_MOST, wanted, seen, meaning);
            case "minItems", "minProperties", "minLength" ->
                Fault.of(file, place, Fault.Kind.SCHEMA_EMPTY, meaning);
            default -> Fault.of(file, place, Fault.Kind.SCHEMA_OTHER, error.getKeyword(), seen, meaning);
        };
    }

    private Fault unknown(String name, String file, Error error) {
        var steps = steps(error);
        var known = describe(Objects.requireNonNull(texts.get(name)), steps.subList(0, steps.size() - 1))
                .path("properties").propertyNames();
        var word = String.valueOf(error.getProperty());
        return known.stream().filter(k -> near(k, word)).findFirst()
                .map(k -> Fault.of(file, place(error), Fault.Kind.SCHEMA_MISSPELT, word, k))
                .orElseGet(() -> Fault.of(file, place(error), Fault.Kind.SCHEMA_UNKNOWN, word, String.join(", ",
                        known)));
    }

    /// What the schema says of the place of an error, with an example where it gives one.
    private Text meaning(String name, Error error) {
        var steps = new ArrayList<>(steps(error));
        if (error.getKeyword().equals("required"))
            steps.add(error.getProperty());
        var root = Objects.requireNonNull(texts.get(name));
        var described = describe(root, steps);
        while (!described.has("description") && !steps.isEmpty()) {
            steps.removeLast();
            described = describe(root, steps);
        }
        var example = described.path("examples").path(0);
        var like = example.isMissingNode() ? "" : example.isString() ? example.asString() : example.toString();
        var ja = described.path("x-kiban-ja").asString("—");
        return new Text(ja + (like.isEmpty() ? "" : "（例: " + like + "）"), ja + (like.isEmpty()
                ? ""
                : "（例（れい）: " + like + "）"), described.path("description").asString("—")
                        + (like.isEmpty()
                                ? ""
                                : "; e.g. " + like));
    }

    private static boolean near(String known, String word) {
        var a = known.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z]", "");
        var b = word.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z]", "");
        if (a.equals(b) || a.startsWith(b) && b.length() > 2 || b.startsWith(a) && a.length() > 2)
            return true;
        var costs = new int[b.length() + 1];
        for (int j = 0; j < costs.length; j++)
            costs[j] = j;
        for (int i = 1; i <= a.length(); i++) {
            int corner = costs[0];
            costs[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int up = costs[j];
                costs[j] = Math.min(Math.min(costs[j], costs[j - 1]) + 1,
                        corner + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1));
                corner = up;
            }
        }
        return costs[b.length()] <= 2 && a.length() > 3;
    }

    /// What the schema says of a place.
    private static JsonNode describe(JsonNode root, List<Object> steps) {
        var node = root;
        for (var step : steps) {
            node = resolve(root, node);
            var next = step instanceof Integer ? node.path("items") : node.path("properties").path((String) step);
            node = next.isMissingNode() ? node.path("additionalProperties") : next;
        }
        return resolve(root, node);
    }

    private static JsonNode resolve(JsonNode root, JsonNode node) {
        var ref = node.path("$ref").asString("");
        if (!ref.startsWith("#/"))
            return node;
        var merged = JsonNodeFactory.instance.objectNode();
        root.at(ref.substring(1)).forEachEntry(merged::set);
        node.forEachEntry(merged::set);
        return merged;
    }
}
