package jp.kiban.standards;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import jp.kiban.kernel.AuthorityId;
import tools.jackson.databind.JsonNode;

/// 独自施策の読み取り. Reads `variations.yaml` and the shipped layers of a version, or tells everything that is wrong in them.
final class VariationReader {
    private static final Set<Variation.Type> IN_COLUMNS = Set.of(Variation.Type.INTEGER, Variation.Type.YEN,
            Variation.Type.DECIMAL, Variation.Type.CHOICE, Variation.Type.YES_NO, Variation.Type.DATE,
            Variation.Type.TEXT);
    private static final Set<String> KEYS = Set.of("key", "name", "explanation", "type", "default", "min", "max",
            "choices", "required", "columns", "min-rows", "max-rows", "unit", "ordinance", "may-change-examples",
            "basis", "confidence", "note");
    private static final Set<String> COLUMN_KEYS = Set.of("key", "name", "type", "min", "max", "choices", "required",
            "unit");
    private static final Set<String> LAYER_KEYS = Set.of("authority", "from", "ordinance", "source", "values", "note",
            "confidence");

    private final Bundle bundle;
    private final List<Fault> faults;

    VariationReader(Bundle bundle, List<Fault> faults) {
        this.bundle = bundle;
        this.faults = faults;
    }

    /// @param dmn the rules, which must name the formulas that may be chosen
    Variations variations(String file, NationalValues nationalValues, Optional<String> dmn) {
        var reading = new Reading(file, faults);
        var all = new ArrayList<Variation>();
        var seen = new HashSet<String>();
        nationalValues.all().forEach(v -> seen.add(v.key()));
        for (var node : reading.yaml(bundle.read(file)).path("variations")) {
            var key = reading.word(node, "key", "variations");
            if (!seen.add(key))
                reading.fault(key, Fault.Kind.DECLARED_TWICE, key);
            variation(key, node, reading).ifPresent(v -> {
                if (v.type() == Variation.Type.FORMULA)
                    for (var choice : v.choices())
                        if (dmn.isPresent() && !dmn.get().contains(choice.value()))
                            reading.fault(key + ".choices." + choice.value(), Fault.Kind.FORMULA_UNKNOWN,
                                    choice.value());
                all.add(v);
            });
        }
        return new Variations(all);
    }

    /// The layers that the standard's folder carries, checked against what may vary.
    List<Layer> layers(String folder, Variations variations) {
        var all = new ArrayList<Layer>();
        for (var name : bundle.names(folder)) {
            var reading = new Reading(folder + "/" + name, faults);
            if (!name.endsWith(".yaml")) {
                reading.fault("", Fault.Kind.LAYER_NAME);
                continue;
            }
            var yaml = reading.yaml(bundle.read(folder + "/" + name));
            var code = yaml.path("authority").asString("");
            if (!name.equals(code + ".yaml"))
                reading.fault("authority", Fault.Kind.LAYER_FILE, code, name);
            unknown(yaml, LAYER_KEYS, "", reading);
            var from = reading.date(yaml.path("from").asString(""), "from");
            var authority = reading.authority(code, "authority");
            reading.word(yaml, "source", "");
            var ordinance = yaml.path("ordinance").asString("");
            var values = new LinkedHashMap<String, JsonNode>();
            if (!yaml.path("values").isObject())
                reading.fault("values", Fault.Kind.VALUES_MAPPING);
            yaml.path("values").forEachEntry((key, value) -> {
                values.put(key, value);
                variations.check(key, value).forEach(f -> reading.fault("values." + f.where(), Fault.Kind.LAYER_VALUE, f
                        .message()));
                variations.find(key).filter(v -> v.ordinanceNeeded() && ordinance.isBlank())
                        .ifPresent(v -> reading.fault("ordinance", Fault.Kind.ORDINANCE_MISSING, key));
            });
            if (from != null && authority.isPresent())
                all.add(new Layer(authority.get(), from, ordinance, yaml.path("source").asString(""), values));
        }
        return all;
    }

    private static Optional<Variation> variation(String key, JsonNode node, Reading reading) {
        if (!key.matches("[A-Za-z_\\p{L}][\\p{L}\\p{N}_]{0,59}"))
            reading.fault(key, Fault.Kind.VARIATION_KEY, key);
        unknown(node, KEYS, key, reading);
        var type = type(node, key, reading);
        if (type.isEmpty())
            return Optional.empty();
        var kind = type.get();
        var choices = choices(node, key, reading);
        if ((kind.isChoice() || kind.isList()) && choices.isEmpty())
            reading.fault(key + ".choices", Fault.Kind.CHOICES_MISSING);
        if (kind.isNumber() && !(node.has("min") && node.has("max")))
            reading.fault(key, Fault.Kind.LIMITS_MISSING);
        var columns = new ArrayList<Variation.Column>();
        var names = new HashSet<String>();
        for (var column : node.path("columns"))
            column(column, key, names, reading).ifPresent(columns::add);
        if (kind == Variation.Type.TABLE && columns.isEmpty())
            reading.fault(key + ".columns", Fault.Kind.COLUMNS_MISSING);
        var limits = kind == Variation.Type.TABLE
                ? limits(node, key, "min-rows", "max-rows", kind, reading)
                : limits(node, key, "min", "max", kind, reading);
        var variation = new Variation(key, reading.text(node.path("name"), key + ".name"),
                reading.text(node.path("explanation"), key + ".explanation"), kind, node.path("default"), limits,
                choices, reading.words(node.path("required")), columns,
                Optional.of(node.path("unit").asString("")).filter(u -> !u.isBlank()),
                node.path("ordinance").asBoolean(false), node.path("may-change-examples").asBoolean(false),
                reading.law(node.path("basis"), key + ".basis"));
        for (var flag : List.of("ordinance", "may-change-examples"))
            if (node.has(flag) && !node.get(flag).isBoolean())
                reading.fault(key + "." + flag, Fault.Kind.FLAG, node.get(flag));
        variation.check(node.path("default")).forEach(f -> reading.fault(
                key + ".default" + f.where().substring(Math.min(key.length(), f.where().length())),
                Fault.Kind.DEFAULT_VALUE, f.message()));
        return Optional.of(variation);
    }

    private static Optional<Variation.Column> column(JsonNode node, String key, Set<String> names, Reading reading) {
        var own = reading.word(node, "key", key + ".columns");
        var place = key + ".columns." + own;
        if (!own.isBlank() && !names.add(own))
            reading.fault(place, Fault.Kind.DECLARED_TWICE, own);
        unknown(node, COLUMN_KEYS, place, reading);
        var type = type(node, place, reading);
        if (type.isPresent() && !IN_COLUMNS.contains(type.get()))
            reading.fault(place + ".type", Fault.Kind.ONE_OF, IN_COLUMNS.stream().sorted().toList(), type.get());
        if (type.isEmpty() || !IN_COLUMNS.contains(type.get()))
            return Optional.empty();
        var choices = choices(node, place, reading);
        if (type.get() == Variation.Type.CHOICE && choices.isEmpty())
            reading.fault(place + ".choices", Fault.Kind.CHOICES_MISSING);
        return Optional.of(new Variation.Column(own, reading.text(node.path("name"), place + ".name"), type.get(),
                limits(node, place, "min", "max", type.get(), reading), choices,
                node.path("required").asBoolean(true)));
    }

    private static Optional<Variation.Type> type(JsonNode node, String place, Reading reading) {
        var word = node.path("type").asString("");
        var type = Arrays.stream(Variation.Type.values()).filter(t -> t.name().equals(word)).findFirst();
        if (type.isEmpty())
            reading.fault(place + ".type", Fault.Kind.ONE_OF, List.of(Variation.Type.values()), word);
        return type;
    }

    private static List<Choice> choices(JsonNode node, String place, Reading reading) {
        var choices = new ArrayList<Choice>();
        var seen = new HashSet<String>();
        for (var choice : node.path("choices")) {
            var value = reading.word(choice, "value", place + ".choices");
            if (!seen.add(value))
                reading.fault(place + ".choices." + value, Fault.Kind.DECLARED_TWICE, value);
            choices.add(new Choice(value, reading.text(choice.path("label"), place + ".choices." + value)));
        }
        return choices;
    }

    private static Variation.Limits limits(JsonNode node, String place, String low, String high, Variation.Type type,
            Reading reading) {
        if (type == Variation.Type.DATE) {
            var earliest = node.has(low) ? reading.date(node.path(low).asString(""), place + "." + low) : null;
            var latest = node.has(high) ? reading.date(node.path(high).asString(""), place + "." + high) : null;
            if (earliest != null && latest != null && earliest.isAfter(latest))
                reading.fault(place, Fault.Kind.LIMITS_CROSSED, low, earliest, high, latest);
            return new Variation.Limits(Optional.empty(), Optional.empty(), Optional.ofNullable(earliest),
                    Optional.ofNullable(latest));
        }
        var min = number(node, low, place, reading);
        var max = number(node, high, place, reading);
        if (min.isPresent() && max.isPresent() && min.get().compareTo(max.get()) > 0)
            reading.fault(place, Fault.Kind.LIMITS_CROSSED, low, min.get(), high, max.get());
        return new Variation.Limits(min, max, Optional.empty(), Optional.empty());
    }

    private static Optional<BigDecimal> number(JsonNode node, String key, String place, Reading reading) {
        if (!node.has(key))
            return Optional.empty();
        if (node.get(key).isNumber())
            return Optional.of(node.get(key).decimalValue());
        reading.fault(place + "." + key, Fault.Kind.NUMBER_WANTED, node.get(key));
        return Optional.empty();
    }

    private static void unknown(JsonNode node, Set<String> known, String place, Reading reading) {
        for (var key : node.propertyNames())
            if (!known.contains(key))
                reading.fault(Reading.join(place, key), Fault.Kind.FORMAT_WORD, key, String.join(", ", known.stream()
                        .sorted().toList()).toLowerCase(Locale.ROOT));
    }

    /// The layer of the authority in force on the day, if the folder carries one.
    static Optional<Layer> inForce(List<Layer> layers, AuthorityId authority, java.time.LocalDate day) {
        return layers.stream().filter(l -> l.authority().equals(authority) && !l.from().isAfter(day)).findFirst();
    }
}
