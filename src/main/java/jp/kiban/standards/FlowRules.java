package jp.kiban.standards;

import java.time.Duration;
import java.time.Period;
import java.time.chrono.ChronoPeriod;
import java.time.temporal.TemporalAmount;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jp.kiban.flow.Conditions;
import jp.kiban.flow.Flow;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.api.feel.runtime.events.FEELEvent;
import org.kie.dmn.api.feel.runtime.events.FEELEventListener;
import org.kie.dmn.feel.FEEL;
import org.kie.dmn.feel.lang.CompiledExpression;
import org.kie.dmn.feel.lang.types.BuiltInType;
import tools.jackson.databind.JsonNode;

/// 流れの条件. The FEEL expressions of one flow, and the condition under which it runs without hands, compiled once. They see
/// `判定`, `申請` and `結果`, and nothing else.
final class FlowRules implements Conditions {
    static final List<String> FACTS = List.of("判定", "申請", "結果", "請求日", "値");
    private final Map<String, CompiledExpression> compiled = new LinkedHashMap<>();
    private final FEEL feel = FEEL.newInstance(FlowRules.class.getClassLoader(), List.of());

    /// Reads the flow, with the faults of its expressions.
    static Optional<Flow> read(String bpmn, FlowRules rules, Reading reading) {
        var read = Flow.read(bpmn);
        read.faults().forEach(reading::fault);
        read.flow().ifPresent(flow -> flow.expressions()
                .forEach(e -> rules.add(e.feel(), Integer.toString(e.line()), reading)));
        return read.flow();
    }

    void add(String expression, String place, Reading reading) {
        var wrong = new TreeMap<String, String>();
        FEELEventListener listener = event -> {
            if (event.getSeverity() == FEELEvent.Severity.ERROR || event.getSeverity() == FEELEvent.Severity.WARN)
                wrong.put(event.getMessage(), "");
        };
        feel.addListener(listener);
        try {
            var context = feel.newCompilerContext();
            FACTS.forEach(name -> context.addInputVariableType(name, BuiltInType.UNKNOWN));
            compiled.put(expression, feel.compile(expression, context));
        } catch (RuntimeException broken) { // the compiler trips over some of what it has just told
            wrong.putIfAbsent("it cannot be read", "");
        } finally {
            feel.removeListener(listener);
        }
        wrong.keySet().forEach(message -> reading.fault(place, Fault.Kind.FLOW_FEEL, expression, FACTS, message));
    }

    @Override
    public boolean holds(String expression, JsonNode facts) { return Boolean.TRUE.equals(evaluate(expression, facts)); }

    @Override
    public TemporalAmount duration(String expression, JsonNode facts) {
        return switch (evaluate(expression, facts)) {
            case Duration exact -> exact;
            case Period period -> period;
            case ChronoPeriod period -> Period.from(period);
            case null -> throw new IllegalStateException("“" + expression + "” gives no duration");
            case Object other ->
                throw new IllegalStateException("“" + expression + "” gives " + other + ", not a duration");
        };
    }

    private @Nullable Object evaluate(String expression, JsonNode facts) {
        var known = compiled.get(expression);
        if (known == null)
            throw new IllegalArgumentException("not an expression of this flow: " + expression);
        var plain = new LinkedHashMap<String, @Nullable Object>();
        FACTS.forEach(name -> plain.put(name, Plain.of(facts.path(name))));
        return feel.evaluate(known, plain);
    }
}
