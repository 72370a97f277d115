package jp.kiban.catalogue;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import jp.kiban.kernel.Finding;
import jp.kiban.standards.StandardVersion;
import jp.kiban.standards.Variation;
import org.springframework.util.MultiValueMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// 独自施策の入力. What an officer has typed so far on the form of a layer: for every variation whether it is set locally, and
/// the value; and from when, why, by which ordinance, whether as a trial. Nothing typed is ever lost by a fault.
record LayerForm(Map<String, JsonNode> values, java.util.Set<String> set, Map<String, String> words) {
    private static final Pattern CELL = Pattern.compile("v\\.([^\\[\\]]+)\\[([0-9]{1,4})]\\.(.+)");

    /// A form that shows these local values.
    static LayerForm of(StandardVersion version, Map<String, JsonNode> local, Map<String, String> words) {
        var values = new LinkedHashMap<String, JsonNode>();
        version.variations().all().forEach(v -> values.put(v.key(), local.getOrDefault(v.key(), v.byDefault())));
        var set = new java.util.LinkedHashSet<>(local.keySet());
        set.retainAll(values.keySet());
        return new LayerForm(values, set, words);
    }

    static LayerForm typed(StandardVersion version, MultiValueMap<String, String> fields) {
        var words = new LinkedHashMap<String, String>();
        for (var key : List.of("from", "until", "ordinance", "why", "trial", "share", "group", "areas", "area",
                "measure"))
            words.put(key, Objects.requireNonNullElse(fields.getFirst(key), ""));
        var values = new LinkedHashMap<String, JsonNode>();
        for (var variation : version.variations().all())
            values.put(variation.key(), value(variation, fields));
        var set = new java.util.LinkedHashSet<>(fields.getOrDefault("set", List.of()));
        set.retainAll(values.keySet());
        return new LayerForm(values, set, words);
    }

    private static JsonNode value(Variation variation, MultiValueMap<String, String> fields) {
        var name = "v." + variation.key();
        var first = Objects.requireNonNullElse(fields.getFirst(name), "");
        if (LayerGrid.fits(variation))
            return LayerGrid.of(variation).value(rows(variation, fields));
        return switch (variation.type()) {
            case SET -> {
                var chosen = JsonNodeFactory.instance.arrayNode();
                fields.getOrDefault(name, List.of()).forEach(chosen::add);
                yield chosen;
            }
            case ORDERED -> ordered(variation, fields);
            case TEXT -> {
                if (!variation.byDefault().isObject())
                    yield JsonNodeFactory.instance.stringNode(first.strip());
                var text = JsonNodeFactory.instance.objectNode();
                for (var language : List.of("ja", "ja-easy", "en"))
                    text.put(language, Objects.requireNonNullElse(fields.getFirst(name + "." + language), "").strip());
                yield text;
            }
            default -> LayerText.read(variation.type(), variation.choices(), first);
        };
    }

    /// The ranks that were typed beside the choices; a choice without a rank is not in the list.
    private static JsonNode ordered(Variation variation, MultiValueMap<String, String> fields) {
        record Ranked(int rank, String value) {}
        var ranked = new ArrayList<Ranked>();
        for (var choice : variation.choices()) {
            var rank = Objects.requireNonNullElse(fields.getFirst("o." + variation.key() + "." + choice.value()), "")
                    .strip();
            if (rank.matches("[0-9]{1,3}") && Integer.parseInt(rank) > 0)
                ranked.add(new Ranked(Integer.parseInt(rank), choice.value()));
        }
        ranked.sort(Comparator.comparingInt(Ranked::rank));
        var list = JsonNodeFactory.instance.arrayNode();
        ranked.forEach(r -> list.add(r.value()));
        return list;
    }

    private static List<Map<String, String>> rows(Variation variation, MultiValueMap<String, String> fields) {
        var rows = new TreeMap<Integer, Map<String, String>>();
        fields.forEach((name, typed) -> {
            var cell = CELL.matcher(name);
            if (cell.matches() && cell.group(1).equals(variation.key()))
                rows.computeIfAbsent(Integer.valueOf(cell.group(2)), n -> LayerGrid.cells()).put(cell.group(3), typed
                        .getFirst());
        });
        return List.copyOf(rows.values());
    }

    LayerForm with(String key, JsonNode value) {
        var values = new LinkedHashMap<>(values());
        values.put(key, value);
        var set = new java.util.LinkedHashSet<>(set());
        set.add(key);
        return new LayerForm(values, set, words);
    }

    LayerForm saying(String key, String text) {
        var words = new LinkedHashMap<>(words());
        words.put(key, text);
        return new LayerForm(values, set, words);
    }

    /// Only what is set locally.
    Map<String, JsonNode> local() {
        var local = new LinkedHashMap<String, JsonNode>();
        values.forEach((key, value) -> {
            if (set.contains(key))
                local.put(key, value);
        });
        return local;
    }

    public String word(String key) { return words.getOrDefault(key, ""); }

    /// What is to be proposed; what cannot even be read goes to the findings.
    Layers.Wanted wanted(LocalDate otherwise, List<Finding> findings) {
        var from = day("from", findings);
        var trial = Optional.<LayerTrial>empty();
        Optional<LocalDate> until = Optional.empty();
        if (word("trial").equals("true")) {
            until = word("until").isBlank() ? Optional.empty() : day("until", findings);
            trial = TrialForm.read(word("share"), word("group"), TrialForm.areas(word("areas")), word("measure"),
                    findings);
        }
        return new Layers.Wanted(from.orElse(otherwise), until, local(), word("ordinance"), word("why"), trial);
    }

    private Optional<LocalDate> day(String key, List<Finding> findings) {
        try {
            return Optional.of(LocalDate.parse(LayerText.day(word(key).strip())));
        } catch (DateTimeParseException wrong) {
            findings.add(new Finding(key, "layer.date", LayerWords.text("catalogue.layer.error.date",
                    LayerWords.text("catalogue.layer.field." + key).ja(), word(key))));
            return Optional.empty();
        }
    }
}
