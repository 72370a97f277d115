package jp.kiban.standards;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import jp.kiban.kernel.LegalBasis;
import jp.kiban.kernel.Text;
import org.kie.dmn.model.api.BusinessKnowledgeModel;
import org.kie.dmn.model.api.Decision;
import org.kie.dmn.model.api.DecisionTable;
import org.kie.dmn.model.api.Definitions;
import org.kie.dmn.model.api.Expression;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// 規則の目録. Every decision table of a standard with its rules as they are published: number, reason code, article and the
/// words in three languages. A table has the annotation columns 条文, ja, ja-easy, en and the output column 理由 with the
/// reason code; its inputs are plain names, so that the trace can say what a rule saw.
final class Rules {
    static final String CODE = "理由";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> ANNOTATIONS = List.of("条文", "ja", "ja-easy", "en");

    /// 決定表.
    record Table(String id, String name, List<String> inputs, List<String> parameters, List<Rule> rules) {}

    /// 規則. One row.
    record Rule(int number, String code, Text text, LegalBasis law, JsonNode output) {}

    private final Map<String, Table> tables = new LinkedHashMap<>();
    private final Map<String, Rule> byCode = new HashMap<>();

    Rules(Definitions definitions, Places places, Reading reading) {
        for (var element : definitions.getDrgElement())
            switch (element) {
                case Decision decision ->
                    table(element.getName(), decision.getExpression(), List.of(), places, reading);
                case BusinessKnowledgeModel model -> {
                    var logic = model.getEncapsulatedLogic();
                    table(element.getName(), logic.getExpression(), logic.getFormalParameter().stream()
                            .map(p -> p.getName()).toList(), places, reading);
                }
                default -> {
                }
            }
        if (tables.isEmpty())
            reading.fault("", Fault.Kind.NO_TABLE);
    }

    private void table(String name, Expression expression, List<String> parameters, Places places, Reading reading) {
        if (!(expression instanceof DecisionTable table))
            return;
        var place = places.of(table.getId());
        var columns = table.getAnnotation().stream().map(a -> a.getName()).toList();
        if (!columns.equals(ANNOTATIONS))
            reading.fault(place, Fault.Kind.ANNOTATIONS, name, columns, ANNOTATIONS);
        var inputs = table.getInput().stream().map(i -> i.getInputExpression().getText().strip()).toList();
        for (var input : inputs)
            if (!input.matches("[\\p{L}\\p{N}_.]+"))
                reading.fault(place, Fault.Kind.INPUT_NAME, name, input);
        int code = -1;
        for (int i = 0; i < table.getOutput().size(); i++)
            if (CODE.equals(table.getOutput().get(i).getName()))
                code = i;
        if (code < 0) {
            reading.fault(place, Fault.Kind.REASON_COLUMN, name, CODE);
            return;
        }
        var rules = new ArrayList<Rule>();
        for (var row : table.getRule()) {
            int number = rules.size() + 1;
            var at = places.of(row.getId());
            var notes = row.getAnnotationEntry().stream().map(a -> Objects.requireNonNullElse(a.getText(), ""))
                    .toList();
            var output = JsonNodeFactory.instance.objectNode();
            for (int i = 0; i < row.getOutputEntry().size(); i++)
                output.set(table.getOutput().get(i).getName(),
                        literal(row.getOutputEntry().get(i).getText(), name, number, at, reading));
            var rule = new Rule(number, output.path(CODE).asString(""), words(notes, name, number, at, reading),
                    law(notes, name, number, at, reading), output);
            if (!rule.code().matches("[A-Z][A-Z0-9-]+"))
                reading.fault(at, Fault.Kind.REASON_CODE, name, number, rule.code());
            if (byCode.putIfAbsent(rule.code(), rule) != null)
                reading.fault(at, Fault.Kind.REASON_TWICE, name, number, rule.code());
            rules.add(rule);
        }
        tables.put(table.getId(), new Table(table.getId(), name, inputs, parameters, rules));
    }

    private static Text words(List<String> notes, String name, int number, String at, Reading reading) {
        if (notes.size() == 4 && notes.subList(1, 4).stream().noneMatch(String::isBlank))
            return new Text(notes.get(1), notes.get(2), notes.get(3));
        reading.fault(at, Fault.Kind.EXPLANATION, name, number);
        return Text.same("?");
    }

    /// An output is a literal, so that the published table says all: `"CA-RATE"`, `10000`, `true`.
    private static JsonNode literal(String text, String name, int number, String at, Reading reading) {
        try {
            return JSON.readTree(text.strip());
        } catch (JacksonException broken) {
            reading.fault(at, Fault.Kind.LITERAL, name, number, text);
            return JsonNodeFactory.instance.nullNode();
        }
    }

    private static LegalBasis law(List<String> notes, String name, int number, String at, Reading reading) {
        if (!notes.isEmpty() && !notes.getFirst().isBlank())
            return Reading.law(notes.getFirst());
        reading.fault(at, Fault.Kind.ARTICLE, name, number);
        return Reading.NO_LAW;
    }

    Optional<Table> table(String id) { return Optional.ofNullable(tables.get(id)); }

    List<Table> tables() { return List.copyOf(tables.values()); }

    Rule rule(String code) {
        var rule = byCode.get(code);
        if (rule == null)
            throw new IllegalStateException("the rules gave the reason code " + code + " that no rule explains");
        return rule;
    }

    /// `表 2`: every rule, for coverage.
    Set<String> names() {
        var names = new LinkedHashSet<String>();
        tables.values().forEach(t -> t.rules().forEach(r -> names.add(t.name() + " " + r.number())));
        return names;
    }

    /// Where an element stands in the file, as a line number.
    record Places(String xml) {
        String of(String id) {
            int at = xml.indexOf("id=\"" + id + "\"");
            return at < 0 ? "" : String.valueOf(1 + xml.substring(0, at).chars().filter(c -> c == '\n').count());
        }
    }
}
