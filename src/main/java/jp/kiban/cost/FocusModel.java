package jp.kiban.cost;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// FOCUS の要求モデル. The requirements model that the specification publishes with each version, as an operator gives it: rules with an id, a text, a
/// keyword, and what must hold of which cell when. Refuses a model with a function, a keyword or a reference that is not understood here: a rule that
/// cannot be run is never passed over.
record FocusModel(String version, Map<String, Rule> rules, List<String> roots, Set<String> criteria) {
    private static final int LARGEST = 32 * 1024 * 1024;

    /// @param applies to whom: words for what a provider supports; empty for all
    record Rule(String id, String function, String column, String text, Keyword keyword, boolean isStatic,
            List<String> applies, Requirement requirement, Optional<Requirement> when) {
        /// The check says another thing than the text: a MUST be null that checks for a value, a check of another column, or one that is asked when
        /// a column is null where the text says when it is not (or the other way round).
        boolean doubtful() {
            if (requirement instanceof Requirement.Is(_, var value, var not) && value.isEmpty() && function
                    .equals("Nullability") && not != (keyword == Keyword.MUST_NOT || keyword == Keyword.SHOULD_NOT))
                return true;
            if (when.filter(this::contradicts).isPresent())
                return true;
            return switch (requirement) {
                case Requirement.Is(var asked, _, _) -> !asked.equals(column);
                case Requirement.AtLeast(var asked, _) -> !asked.equals(column);
                case Requirement.Shaped(var asked, _) -> !asked.equals(column);
                case Requirement.Present(var asked) -> !asked.equals(column);
                case Requirement.All _,Requirement.Any _,Requirement.Of _,Requirement.Same _,Requirement.Product _,Requirement.Distinct _,Requirement.Unsaid _ ->
                    false;
            };
        }

        private boolean contradicts(Requirement condition) {
            if (condition instanceof Requirement.All(var of))
                return of.stream().anyMatch(this::contradicts);
            return condition instanceof Requirement.Is(var asked, var value, var not) && value.isEmpty()
                    && text.contains(
                            asked + (not ? " is null" : " is not null"))
                    && !text.contains(asked + (not
                            ? " is not null"
                            : " is null"));
        }
    }

    enum Keyword {
        MUST, MUST_NOT, SHOULD, SHOULD_NOT, RECOMMENDED, MAY;

        /// What breaks it is a fault, advice, or nothing.
        FocusFinding.Level level() {
            return switch (this) {
                case MUST, MUST_NOT -> FocusFinding.Level.FAULT;
                case SHOULD, SHOULD_NOT, RECOMMENDED -> FocusFinding.Level.ADVICE;
                case MAY -> FocusFinding.Level.NOTE;
            };
        }

        String words() { return name().replace('_', ' '); }
    }

    /// What kinds of value and writing the model asks about.
    enum Shape {
        TypeString, TypeDecimal, TypeDateTime, FormatString, FormatNumeric, FormatDateTime, FormatUnit, FormatCurrency, FormatKeyValue, CheckNationalCurrency, CheckDecimalValue
    }

    /// 求めること. What a rule asks, taken apart.
    sealed interface Requirement {
        record All(List<Requirement> of) implements Requirement {}

        record Any(List<Requirement> of) implements Requirement {}

        record Of(String rule) implements Requirement {}

        record Present(String column) implements Requirement {}

        /// The cell says this; nothing at all when there is no value.
        record Is(String column, Optional<Value> value, boolean not) implements Requirement {}

        record Same(String a, String b, boolean not) implements Requirement {}

        record AtLeast(String column, BigDecimal least) implements Requirement {}

        record Product(String a, String b, String result) implements Requirement {}

        record Distinct(String a, String b, int count) implements Requirement {}

        record Shaped(String column, Shape shape) implements Requirement {}

        /// Asked of nobody by the file alone.
        record Unsaid() implements Requirement {}
    }

    /// A value to compare with: as text, or as a number.
    record Value(String text, Optional<BigDecimal> number) {}

    static FocusModel read(Path file) {
        String name = file.toString();
        try {
            if (Files.size(file) > LARGEST)
                throw FocusFile.refuse(name, "cost.focus.model.large", name, LARGEST / 1024 / 1024);
            return of(name, JsonMapper.builder().build().readTree(Files.readAllBytes(file)));
        } catch (IOException unreadable) {
            throw FocusFile.refuse(name, "cost.focus.file.unreadable", name);
        } catch (JacksonException broken) {
            throw FocusFile.refuse(name, "cost.focus.model.json", name, String.valueOf(broken.getOriginalMessage()));
        }
    }

    static FocusModel of(String name, JsonNode json) {
        var faults = new ArrayList<Finding>();
        var rules = new LinkedHashMap<String, Rule>();
        for (var entry : json.path("ModelRules").properties()) {
            var reader = new Reader(name, entry.getKey(), faults);
            reader.rule(entry.getValue()).ifPresent(r -> rules.put(r.id(), r));
        }
        if (rules.isEmpty() && faults.isEmpty())
            faults.add(CostWords.finding(name, "cost.focus.model.none", name));
        var referred = new HashSet<String>();
        for (var rule : rules.values())
            for (String other : references(rule.requirement()))
                if (rules.containsKey(other))
                    referred.add(other);
                else if (!json.path("ModelRules").has(other))
                    faults.add(CostWords.finding(name, "cost.focus.model.reference", rule.id(), other));
        var roots = rules.keySet().stream().filter(id -> !referred.contains(id)).toList();
        for (var rule : rules.values())
            if (circular(rule.id(), rules, new LinkedHashSet<>()))
                faults.add(CostWords.finding(name, "cost.focus.model.circle", rule.id()));
        if (!faults.isEmpty())
            throw new BadInput(faults);
        return new FocusModel(
                json.path("Details").path("FOCUSVersion").asString(json.path("Details").path("ModelVersion")
                        .asString("?")),
                rules, roots, new LinkedHashSet<>(json.path("ApplicabilityCriteria").propertyNames()));
    }

    long statics() { return rules.values().stream().filter(Rule::isStatic).count(); }

    private static List<String> references(Requirement requirement) {
        return switch (requirement) {
            case Requirement.Of(var rule) -> List.of(rule);
            case Requirement.All(var of) -> of.stream().flatMap(r -> references(r).stream()).toList();
            case Requirement.Any(var of) -> of.stream().flatMap(r -> references(r).stream()).toList();
            case Requirement.Present _,Requirement.Is _,Requirement.Same _,Requirement.AtLeast _,Requirement.Product _,Requirement.Distinct _,Requirement.Shaped _,Requirement.Unsaid _ ->
                List
                        .of();
        };
    }

    private static boolean circular(String id, Map<String, Rule> rules, Set<String> above) {
        if (!above.add(id))
            return true;
        var rule = rules.get(id);
        if (rule != null && above.size() < 64)
            for (String other : references(rule.requirement()))
                if (circular(other, rules, above))
                    return true;
        above.remove(id);
        return above.size() >= 64;
    }

    private record Reader(String name, String id, List<Finding> faults) {
        Optional<Rule> rule(JsonNode json) {
            int before = faults.size();
            var criteria = json.path("ValidationCriteria");
            String type = json.path("Type").asString("");
            if (!type.equals("Static") && !type.equals("Dynamic"))
                fault("cost.focus.model.type", id, type);
            var keyword = keyword(criteria.path("Keyword").asString(""));
            boolean isStatic = type.equals("Static");
            var requirement = isStatic
                    ? requirement(criteria.path("Requirement"))
                    : new Requirement.Unsaid();
            if (isStatic && requirement instanceof Requirement.Unsaid && faults.size() == before)
                fault("cost.focus.model.empty", id);
            var when = criteria.path("Condition").isEmpty()
                    ? Optional.<Requirement>empty()
                    : Optional.of(requirement(criteria.path("Condition")));
            var applies = new ArrayList<String>();
            json.path("ApplicabilityCriteria").forEach(c -> applies.add(c.asString("")));
            return faults.size() > before || keyword.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Rule(id, json.path("Function").asString(""), json.path("Reference").asString(""),
                            criteria.path("MustSatisfy").asString(""), keyword.get(), isStatic, List.copyOf(applies),
                            requirement, when));
        }

        private Optional<Keyword> keyword(String word) {
            for (var k : Keyword.values())
                if (k.words().equals(word))
                    return Optional.of(k);
            fault("cost.focus.model.keyword", id, word);
            return Optional.empty();
        }

        private Requirement requirement(JsonNode json) {
            String function = json.path("CheckFunction").asString("");
            return switch (function) {
                case "AND" -> new Requirement.All(items(json));
                case "OR" -> new Requirement.Any(items(json));
                case "CheckModelRule" -> new Requirement.Of(word(json, "ModelRuleId"));
                case "ColumnPresent" -> new Requirement.Present(word(json, "ColumnName"));
                case "CheckValue" -> new Requirement.Is(column(json), value(json), false);
                case "CheckNotValue" -> new Requirement.Is(column(json), value(json), true);
                case "CheckSameValue" ->
                    new Requirement.Same(word(json, "ColumnAName"), word(json, "ColumnBName"), false);
                case "CheckNotSameValue" -> new Requirement.Same(word(json, "ColumnAName"), word(json, "ColumnBName"),
                        true);
                case "CheckGreaterOrEqualThanValue" -> {
                    var least = value(json).flatMap(Value::number);
                    if (least.isEmpty())
                        fault("cost.focus.model.value", id, function);
                    yield new Requirement.AtLeast(word(json, "ColumnName"), least.orElse(BigDecimal.ZERO));
                }
                case "ColumnByColumnEqualsColumnValue" -> new Requirement.Product(word(json, "ColumnAName"), word(json,
                        "ColumnBName"), word(json, "ResultColumnName"));
                case "CheckDistinctCount" -> {
                    if (json.path("ExpectedCount").asInt(0) != 1)
                        fault("cost.focus.model.value", id, function);
                    yield new Requirement.Distinct(word(json, "ColumnAName"), word(json, "ColumnBName"), 1);
                }
                case "" -> {
                    // two conditions of the published model 1.2 are written {"AND": …}
                    for (String word : List.of("AND", "OR"))
                        if (json.size() == 1 && json.has(word)) {
                            var of = new ArrayList<Requirement>();
                            if (json.path(word).isArray())
                                json.path(word).forEach(i -> of.add(requirement(i)));
                            else
                                of.add(requirement(json.path(word)));
                            yield word.equals("AND") ? new Requirement.All(of) : new Requirement.Any(of);
                        }
                    if (!json.isEmpty())
                        fault("cost.focus.model.function", id, json.toString());
                    yield new Requirement.Unsaid();
                }
                default -> {
                    for (var shape : Shape.values())
                        if (shape.name().equals(function))
                            yield new Requirement.Shaped(word(json, "ColumnName"), shape);
                    fault("cost.focus.model.function", id, function);
                    yield new Requirement.Unsaid();
                }
            };
        }

        private List<Requirement> items(JsonNode json) {
            var items = new ArrayList<Requirement>();
            json.path("Items").forEach(i -> items.add(requirement(i)));
            if (items.isEmpty())
                fault("cost.focus.model.empty", id);
            return List.copyOf(items);
        }

        /// Two conditions of the published model 1.2 name their column `CheckCondition`.
        private String column(JsonNode json) {
            return json.has("CheckCondition") && !json.has("ColumnName")
                    ? word(json, "CheckCondition")
                    : word(json,
                            "ColumnName");
        }

        private String word(JsonNode json, String key) {
            String word = json.path(key).asString("");
            if (word.isEmpty())
                fault("cost.focus.model.argument", id, json.path("CheckFunction").asString(""), key);
            return word;
        }

        private Optional<Value> value(JsonNode json) {
            var value = json.path("Value");
            if (value.isMissingNode())
                fault("cost.focus.model.argument", id, json.path("CheckFunction").asString(""), "Value");
            return value.isNull() || value.isMissingNode()
                    ? Optional.empty()
                    : value.isNumber()
                            ? Optional.of(new Value(value.asString(), Optional.of(value.decimalValue())))
                            : Optional.of(new Value(value.asString(""), Optional.empty()));
        }

        private void fault(String key, Object... values) { faults.add(CostWords.finding(name, key, values)); }
    }
}
