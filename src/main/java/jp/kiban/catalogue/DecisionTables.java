package jp.kiban.catalogue;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import jp.kiban.kernel.Text;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/// 決定表. The decision tables of a standard as a citizen reads them, taken from its DMN as it was published: what is looked
/// at, what follows, by which article, in which words.
final class DecisionTables {
    private static final String CODE = "理由";

    private DecisionTables() {}

    /// 表. `first`: rules are tried from the top and the first that fits counts; else every one that fits counts, or only one
    /// can.
    record Table(String name, String about, boolean first, List<String> inputs, List<String> outputs, List<Row> rows) {}

    /// 規則. One row; a condition that does not matter is empty.
    record Row(int number, List<String> conditions, List<String> results, String code, String law, Text words) {}

    static List<Table> of(String dmn) {
        try {
            var factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            var root = factory.newDocumentBuilder().parse(new InputSource(new StringReader(dmn))).getDocumentElement();
            var tables = new ArrayList<Table>();
            for (var element : children(root)) {
                if (!List.of("decision", "businessKnowledgeModel").contains(element.getLocalName()))
                    continue;
                var logic = child(element, "encapsulatedLogic").findFirst().orElse(element);
                child(logic, "decisionTable").forEach(table -> tables.add(table(element, table)));
            }
            return tables;
        } catch (ParserConfigurationException | SAXException | IOException broken) {
            throw new IllegalStateException("a published standard has no readable rules", broken);
        }
    }

    private static Table table(Element owner, Element table) {
        var inputs = child(table, "input").map(i -> i.hasAttribute("label")
                ? i.getAttribute("label")
                : child(i, "inputExpression").findFirst().map(e -> text(e)).orElse("")).toList();
        var outputs = child(table, "output").map(o -> o.getAttribute("name")).toList();
        int code = outputs.indexOf(CODE);
        var annotations = child(table, "annotation").map(a -> a.getAttribute("name")).toList();
        var rows = new ArrayList<Row>();
        child(table, "rule").forEach(rule -> {
            var conditions = child(rule, "inputEntry").map(e -> said(text(e))).toList();
            var results = child(rule, "outputEntry").map(e -> said(text(e))).toList();
            var notes = child(rule, "annotationEntry").map(e -> text(e)).toList();
            var japanese = note(annotations, notes, "ja");
            rows.add(new Row(rows.size() + 1, conditions, IntStream.range(0, results.size()).filter(i -> i != code)
                    .mapToObj(results::get).toList(), code >= 0 && code < results.size() ? results.get(code) : "",
                    note(annotations, notes, "条文"), new Text(filled(japanese), filled(note(annotations, notes,
                            "ja-easy")), filled(note(annotations, notes, "en")))));
        });
        var policy = table.getAttribute("hitPolicy");
        return new Table(owner.getAttribute("name"), child(owner, "description").findFirst().map(e -> text(e)).orElse(
                ""), policy.equals("FIRST"), inputs, outputs.stream().filter(o -> !o.equals(CODE)).toList(), rows);
    }

    private static String note(List<String> names, List<String> notes, String wanted) {
        int at = names.indexOf(wanted);
        return at < 0 || at >= notes.size() ? "" : notes.get(at);
    }

    private static String filled(String words) { return words.isBlank() ? "－" : words; }

    /// A test as people say it; what is more than a plain value stays as it is written.
    private static String said(String feel) {
        return switch (feel) {
            case "-", "" -> "";
            case "true" -> "はい";
            case "false" -> "いいえ";
            case "null" -> "なし";
            default -> feel.replaceAll("\"", "");
        };
    }

    private static String text(Element element) {
        return child(element, "text").findFirst().map(t -> Objects.requireNonNullElse(t.getTextContent(), "").strip())
                .orElseGet(() -> Objects.requireNonNullElse(element.getTextContent(), "").strip());
    }

    private static Stream<Element> child(Element parent, String name) {
        return children(parent).stream().filter(e -> name.equals(e.getLocalName()));
    }

    private static List<Element> children(Element parent) {
        var all = new ArrayList<Element>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling())
            if (node instanceof Element element)
                all.add(element);
        return all;
    }
}
