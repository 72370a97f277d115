package jp.kiban.standards;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.api.feel.runtime.events.FEELEventListener;
import org.kie.dmn.feel.FEEL;
import org.kie.dmn.feel.lang.CompiledExpression;
import org.kie.dmn.feel.lang.types.BuiltInType;
import tools.jackson.databind.JsonNode;

/// 表示の条件. Conditions in FEEL over the answers (and `row` inside a table), compiled once. What is not answered is null, so
/// a condition is always true or false.
final class Feel {
    private final FEEL feel = FEEL.newInstance(Feel.class.getClassLoader(), List.of());
    private final Map<String, Condition> compiled = new LinkedHashMap<>();
    private final List<String> variables;

    /// A condition, and the answers that it names: no others are laid out for it.
    private record Condition(CompiledExpression expression, List<String> names) {}

    Feel(List<String> variables) { this.variables = variables; }

    /// Compiles a condition; what is wrong with it, if it cannot be.
    Optional<String> learn(String condition) {
        var wrong = new StringBuilder();
        FEELEventListener listener = event -> wrong.append(wrong.isEmpty() ? "" : "; ").append(event.getMessage());
        feel.addListener(listener);
        try {
            var context = feel.newCompilerContext();
            variables.forEach(v -> context.addInputVariableType(v, BuiltInType.UNKNOWN));
            context.addInputVariableType("row", BuiltInType.UNKNOWN);
            compiled.put(condition, new Condition(feel.compile(condition, context),
                    variables.stream().filter(condition::contains).toList()));
        } catch (RuntimeException broken) {
            wrong.append(broken.getMessage());
        } finally {
            feel.removeListener(listener);
        }
        return wrong.isEmpty() ? Optional.empty() : Optional.of(wrong.toString());
    }

    /// True, false, or neither.
    Optional<Boolean> says(String condition, JsonNode answers) {
        return evaluated(condition, answers, Optional.empty()) instanceof Boolean said
                ? Optional.of(said)
                : Optional.empty();
    }

    /// True when the condition holds.
    boolean holds(String condition, JsonNode answers, Optional<JsonNode> row) {
        return Boolean.TRUE.equals(evaluated(condition, answers, row));
    }

    private @Nullable Object evaluated(String condition, JsonNode answers, Optional<JsonNode> row) {
        var known = compiled.get(condition);
        if (known == null)
            throw new IllegalArgumentException("not a condition of this form: " + condition);
        var facts = new LinkedHashMap<String, Object>();
        known.names().forEach(v -> facts.put(v, Plain.of(answers.path(v))));
        facts.put("row", row.map(Plain::of).orElse(null));
        return feel.evaluate(known.expression(), facts);
    }
}
