package jp.kiban.standards;

import java.io.StringReader;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import jp.kiban.kernel.StandardRef;
import jp.kiban.kernel.Yen;
import org.jspecify.annotations.Nullable;
import org.kie.api.io.Resource;
import org.kie.dmn.api.core.DMNContext;
import org.kie.dmn.api.core.DMNMessage;
import org.kie.dmn.api.core.DMNModel;
import org.kie.dmn.api.core.DMNRuntime;
import org.kie.dmn.api.core.event.AfterEvaluateDecisionTableEvent;
import org.kie.dmn.api.core.event.DMNRuntimeEventListener;
import org.kie.dmn.backend.marshalling.v1x.DMNMarshallerFactory;
import org.kie.dmn.core.internal.utils.DMNRuntimeBuilder;
import org.kie.internal.io.ResourceFactory;
import tools.jackson.databind.JsonNode;

/// 判定. Runs the rules of one version: `decisions.dmn` (DMN 1.5) by KIE. The model takes the inputs 申請, 請求日 and 値 and
/// gives the decision 判定 {outcome, start, reasons, months [{month, lines [{id, yen, reason}]}], once [{id, yen, reason}],
/// results [{key, value, reason}], requirements [{reason, where}]}; every word that a person reads comes from the rules that fired. One runtime a version, safe for many
/// threads.
final class Decisions {
    private static final String ANSWERS = "申請";
    private static final String FILED = "請求日";
    private static final String VALUES = "値";
    private static final String JUDGEMENT = "判定";

    private final ScopedValue<Trace> trace = ScopedValue.newInstance();
    private final Supplier<Optional<Compiled>> compiling;
    private final Rules rules;
    private volatile @Nullable Compiled compiled;

    private record Compiled(DMNRuntime runtime, DMNModel model) {}

    private Decisions(Supplier<Optional<Compiled>> compiling, Rules rules) {
        this.compiling = compiling;
        this.rules = rules;
    }

    /// Rules of the jar itself were held against their examples when it was built: they are read now and compiled with the
    /// first judgement (or the warming up), so that a dozen standards do not delay the start.
    static Optional<Decisions> readShipped(String xml, Reading reading) {
        var definitions = DMNMarshallerFactory.newDefaultMarshaller().unmarshal(xml);
        var rules = new Rules(definitions, new Rules.Places(xml), reading);
        return Optional.of(new Decisions(() -> compile(xml, new Rules.Places(xml), reading), rules));
    }

    private Compiled compiled() {
        var ready = compiled;
        if (ready != null)
            return ready;
        synchronized (this) {
            if (compiled == null)
                compiled = listening(compiling.get()
                        .orElseThrow(() -> new IllegalStateException("the rules could not be compiled")));
            return Objects.requireNonNull(compiled);
        }
    }

    private Compiled listening(Compiled fresh) {
        fresh.runtime().addListener(new DMNRuntimeEventListener() {
            @Override
            public void afterEvaluateDecisionTable(AfterEvaluateDecisionTableEvent event) {
                if (trace.isBound())
                    trace.get().add(event);
            }
        });
        return fresh;
    }

    /// Reads and compiles the model; empty when it cannot be used, with the faults told.
    static Optional<Decisions> read(String xml, Reading reading) {
        var malformed = Positions.scan(xml, new HashMap<>());
        if (malformed.isPresent()) {
            reading.fault(malformed.get().getLineNumber() + ":" + Math.max(1, malformed.get().getColumnNumber()),
                    Fault.Kind.XML_BROKEN, malformed.get().getMessage());
            return Optional.empty();
        }
        var places = new Rules.Places(xml);
        var compiled = compile(xml, places, reading);
        if (compiled.isEmpty()) {
            // what is wrong with the tables is told at once with what the engine says
            try {
                new Rules(DMNMarshallerFactory.newDefaultMarshaller().unmarshal(xml), places, reading);
            } catch (RuntimeException unreadable) {
                reading.fault("", Fault.Kind.NOT_DMN, unreadable.getMessage());
            }
            return Optional.empty();
        }
        return Optional.of(new Decisions(() -> compiled,
                new Rules(compiled.get().model().getDefinitions(), places, reading)));
    }

    private static Optional<Compiled> compile(String xml, Rules.Places places, Reading reading) {
        var built = DMNRuntimeBuilder.fromDefaults().buildConfiguration().fromResources(List.of(resource(xml)));
        var compiled = built.<Optional<DMNRuntime>>cata(broken -> {
            reading.fault("", Fault.Kind.NOT_DMN, broken.getMessage());
            return Optional.empty();
        }, Optional::of);
        if (compiled.isEmpty() || compiled.get().getModels().isEmpty())
            return Optional.empty();
        var runtime = compiled.get();
        var model = runtime.getModels().getFirst();
        boolean usable = true;
        for (var message : model.getMessages())
            if (message.getSeverity() != DMNMessage.Severity.INFO) {
                reading.fault(Optional.ofNullable(message.getSourceId()).map(places::of).orElse(""),
                        Fault.Kind.DMN_ENGINE, message.getMessage());
                usable = false;
            }
        for (var name : List.of(ANSWERS, FILED, VALUES))
            if (model.getInputByName(name) == null) {
                reading.fault("", Fault.Kind.INPUT_DATA, name);
                usable = false;
            }
        if (model.getDecisionByName(JUDGEMENT) == null) {
            reading.fault("", Fault.Kind.DECISION_MISSING, JUDGEMENT);
            usable = false;
        }
        return usable ? Optional.of(new Compiled(runtime, model)) : Optional.empty();
    }

    private static Resource resource(String xml) {
        return ResourceFactory.newReaderResource(new StringReader(xml), "UTF-8");
    }

    Rules rules() { return rules; }

    /// @param complete the answers with nothing left out, for the rules
    /// @param inputs the answers as they were given, for the record
    /// @throws IllegalStateException when the rules give no answer, or one that the standard does not promise
    Judgement judge(StandardRef version, Terms terms, JsonNode complete, JsonNode inputs, LocalDate filed,
            Map<String, JsonNode> values) {
        var ready = compiled();
        var context = ready.runtime().newContext();
        context.set(ANSWERS, Plain.of(complete));
        context.set(FILED, filed);
        var plain = new LinkedHashMap<String, @Nullable Object>();
        values.forEach((key, value) -> plain.put(key, Plain.of(value)));
        context.set(VALUES, plain);
        var fired = new Trace(rules);
        var result = ScopedValue.where(trace, fired).call(() -> ready.runtime().evaluateAll(ready.model(), context));
        var errors = result.getMessages(DMNMessage.Severity.ERROR);
        if (!errors.isEmpty())
            throw new IllegalStateException(version + " could not judge: "
                    + errors.stream().map(DMNMessage::getMessage).collect(Collectors.joining("; ")));
        var judged = judgement(version, Plain.json(result.getDecisionResultByName(JUDGEMENT).getResult()),
                fired.rules(),
                inputs, values);
        var broken = broken(terms, judged);
        if (!broken.isEmpty())
            throw new IllegalStateException(version + " judged otherwise than promised: " + String.join("; ", broken));
        return judged;
    }

    private Judgement judgement(StandardRef version, JsonNode result, List<Judgement.FiredRule> fired, JsonNode inputs,
            Map<String, JsonNode> values) {
        var reasons = new ArrayList<Judgement.Reason>();
        for (var code : result.path("reasons")) {
            var rule = rules.rule(code.asString());
            reasons.add(new Judgement.Reason(rule.code(), rule.text(), rule.law()));
        }
        var months = new ArrayList<Judgement.MonthlyAmount>();
        for (var month : result.path("months")) {
            var amount = new Judgement.MonthlyAmount(month(month.path("month")), lines(month.path("lines")));
            if (!amount.total().equals(Yen.ZERO))
                months.add(amount);
        }
        var requirements = new ArrayList<Judgement.Requirement>();
        for (var requirement : result.path("requirements")) {
            var rule = rules.rule(requirement.path("reason").asString());
            requirements.add(new Judgement.Requirement(rule.code(), rule.text(), rule.law(),
                    requirement.path("where").asString("")));
        }
        var results = new ArrayList<Judgement.Result>();
        for (var one : result.path("results"))
            if (!one.path("value").isNull() && !one.path("value").isMissingNode())
                results.add(new Judgement.Result(one.path("key").asString(""), one.path("value"),
                        Optional.of(one.path("reason").asString("")).filter(code -> !code.isEmpty()).map(rules::rule)
                                .map(rule -> new Judgement.Reason(rule.code(), rule.text(), rule.law()))));
        var start = result.path("start");
        return new Judgement(version, Judgement.Outcome.valueOf(result.path("outcome").asString()), reasons, fired,
                start.isString() ? Optional.of(month(start)) : Optional.empty(), months, lines(result.path("once")),
                results, inputs, values, requirements);
    }

    private List<Judgement.AmountLine> lines(JsonNode lines) {
        var amounts = new ArrayList<Judgement.AmountLine>();
        for (var line : lines)
            amounts.add(new Judgement.AmountLine(line.path("id").asString(),
                    rules.rule(line.path("reason").asString()).text(), Yen.of(line.path("yen").asLong()),
                    line.path("reason").asString()));
        return amounts;
    }

    /// What the judgement says that the standard does not promise, or the other way round.
    private static List<String> broken(Terms terms, Judgement judged) {
        var broken = new ArrayList<String>();
        boolean grant = judged.outcome() == Judgement.Outcome.GRANT;
        if (!terms.outcomes().contains(judged.outcome()))
            broken.add(judged.outcome() + " is not among its outcomes " + terms.outcomes());
        if ((grant && terms.paysMonthly()) == judged.months().isEmpty())
            broken.add("months belong to a grant that pays by the month, and only to it");
        if ((grant && terms.paysOnce()) == judged.onceTotal().equals(Yen.ZERO))
            broken.add("once belongs to a grant that pays once, and only to it");
        for (var result : judged.results())
            terms.result(result.key()).ifPresentOrElse(kind -> kind.fault(result.value()).ifPresent(broken::add),
                    () -> broken.add("the result “" + result.key() + "” is not declared"));
        return broken;
    }

    private static YearMonth month(JsonNode day) { return YearMonth.from(LocalDate.parse(day.asString())); }

    /// 経過. Collects what fired during one evaluation; the same rule seeing the same things is noted once.
    private static final class Trace {
        private final Rules rules;
        private final Set<Judgement.FiredRule> fired = new LinkedHashSet<>();

        Trace(Rules rules) { this.rules = rules; }

        void add(AfterEvaluateDecisionTableEvent event) {
            var table = rules.table(event.getDecisionTableId());
            if (table.isEmpty())
                return;
            var context = event.getResult().getContext();
            var seen = new LinkedHashMap<String, JsonNode>();
            for (var name : table.get().parameters())
                seen.put(name, Plain.json(look(context, name)));
            for (var name : table.get().inputs())
                seen.putIfAbsent(name, Plain.json(look(context, name)));
            for (int number : event.getSelected()) {
                var rule = table.get().rules().get(number - 1);
                fired.add(new Judgement.FiredRule(table.get().name(), number, rule.code(), rule.text(), rule.law(),
                        seen, rule.output()));
            }
        }

        private static @Nullable Object look(DMNContext context, String name) {
            Object value = null;
            var steps = name.split("\\.");
            for (int i = 0; i < steps.length; i++)
                value = i == 0 ? context.get(steps[0]) : value instanceof Map<?, ?> map ? map.get(steps[i]) : null;
            return value;
        }

        List<Judgement.FiredRule> rules() { return List.copyOf(fired); }
    }
}
