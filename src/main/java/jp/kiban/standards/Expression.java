package jp.kiban.standards;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kie.dmn.feel.FEEL;
import org.kie.dmn.feel.lang.CompiledExpression;
import org.kie.dmn.feel.lang.types.BuiltInType;
import tools.jackson.databind.JsonNode;

/// 式. One FEEL expression (DMN 1.5 §10) over named facts, compiled once and safe for many threads; for rules that other rooms
/// keep as data. Refuses what cannot be compiled. A fact that is missing is null, and so is what cannot be computed from it.
public final class Expression {
    private final String text;
    private final List<String> facts;
    private final CompiledExpression compiled;
    private final FEEL feel;

    private Expression(String text, List<String> facts, FEEL feel, CompiledExpression compiled) {
        this.text = text;
        this.facts = facts;
        this.feel = feel;
        this.compiled = compiled;
    }

    /// @param facts the names that the expression may use
    /// @throws IllegalArgumentException with what is wrong
    public static Expression of(String text, List<String> facts) {
        var feel = FEEL.newInstance(Expression.class.getClassLoader(), List.of());
        var wrong = new StringBuilder();
        feel.addListener(event -> wrong.append(wrong.isEmpty() ? "" : "; ").append(event.getMessage()));
        var context = feel.newCompilerContext();
        facts.forEach(fact -> context.addInputVariableType(fact, BuiltInType.UNKNOWN));
        CompiledExpression compiled;
        try {
            compiled = feel.compile(text, context);
        } catch (RuntimeException broken) {
            throw new IllegalArgumentException("not an expression in FEEL: " + text + " (" + broken.getMessage() + ")",
                    broken);
        }
        if (!wrong.isEmpty())
            throw new IllegalArgumentException("not an expression in FEEL: " + text + " (" + wrong + ")");
        return new Expression(text, List.copyOf(facts), FEEL.newInstance(Expression.class.getClassLoader(), List.of()),
                compiled);
    }

    /// What it gives for these facts; dates are given as `yyyy-MM-dd`, what has no value as null.
    public JsonNode of(Map<String, JsonNode> given) {
        var plain = new LinkedHashMap<String, Object>();
        for (var fact : facts) {
            var node = given.get(fact);
            plain.put(fact, node == null ? null : Plain.of(node));
        }
        return Plain.json(feel.evaluate(compiled, plain));
    }

    /// True only when it gives true.
    public boolean holds(Map<String, JsonNode> given) { return of(given).asBoolean(false); }

    @Override
    public String toString() { return text; }
}
