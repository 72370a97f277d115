package jp.kiban.standards;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// 決定表の本文. The decision tables of a DMN file as they are written, each cell with its place in the text, so that a cell can be
/// changed and every other character of the file stays as it was.
record DecisionTables(String xml, List<Table> tables, Map<String, String> formulas) {

    /// 表.
    ///
    /// @param name of the decision or the model that it is the logic of
    /// @param end where its last rule ends, and a new one could begin
    record Table(String id, String name, String hitPolicy, List<String> inputs, List<String> outputs,
            List<String> annotations, List<Row> rows, int end) {

        /// Every column by its heading, inputs first.
        List<String> columns() {
            var all = new ArrayList<>(inputs);
            all.addAll(outputs);
            all.addAll(annotations);
            return all;
        }
    }

    /// 行. One rule; `start` and `end` hold its element with the white space before it.
    record Row(String id, int start, int end, List<Cell> cells) {
        List<String> texts() { return cells.stream().map(Cell::text).toList(); }
    }

    /// ます. The words of one cell; `start` and `end` hold them in the file.
    record Cell(String text, int start, int end) {}

    private static final String PREFIX = "(?:[\\w-]+:)?";
    private static final Pattern HOLDER = Pattern.compile("<" + PREFIX
            + "(?:decision|businessKnowledgeModel)\\s[^>]*?name=\"([^\"]*)\"");
    private static final Pattern TEXT = Pattern.compile("<" + PREFIX + "text\\s*>(.*?)</" + PREFIX + "text>|<" + PREFIX
            + "text\\s*/>", Pattern.DOTALL);
    private static final Pattern COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);

    static DecisionTables read(String xml) {
        // a comment keeps its length but loses its meaning
        var bare = COMMENT.matcher(xml).replaceAll(m -> " ".repeat(m.end() - m.start()));
        var tables = new ArrayList<Table>();
        for (var found : elements(bare, "decisionTable", 0, bare.length()))
            tables.add(table(bare, found));
        var formulas = new LinkedHashMap<String, String>();
        for (var found : elements(bare, "literalExpression", 0, bare.length())) {
            var text = TEXT.matcher(bare).region(found.from, found.to);
            if (text.find() && text.group(1) != null)
                formulas.merge(holder(bare, found.from) + variable(bare, found.from), plain(text.group(1)).strip(),
                        (a, b) -> a + "\n" + b);
        }
        return new DecisionTables(xml, List.copyOf(tables), formulas);
    }

    /// An element: where it begins, where its content does, where that ends, where it ends, and how it begins.
    private record Element(int start, int from, int to, int end, String head) {}

    private static List<Element> elements(String xml, String name, int from, int to) {
        var found = new ArrayList<Element>();
        var open = Pattern.compile("<(" + PREFIX + name + ")(\\s[^>]*?)?(/)?>").matcher(xml).region(from, to);
        int at = from;
        while (open.find()) {
            if (open.start() < at)
                continue;
            if (open.group(3) != null) {
                found.add(new Element(open.start(), open.end(), open.end(), open.end(), open.group()));
                at = open.end();
                continue;
            }
            var closing = "</" + open.group(1);
            int end = xml.indexOf(closing, open.end());
            if (end < 0 || end > to)
                return found;
            int after = xml.indexOf('>', end) + 1;
            found.add(new Element(open.start(), open.end(), end, after, open.group()));
            at = after;
        }
        return found;
    }

    private static Table table(String xml, Element table) {
        var inputs = elements(xml, "input", table.from, table.to).stream().map(i -> label(xml, i)).toList();
        var outputs = elements(xml, "output", table.from, table.to).stream().map(o -> attribute(o.head, "name").orElse(
                attribute(o.head, "label").orElse(""))).toList();
        var annotations = elements(xml, "annotation", table.from, table.to).stream().map(a -> attribute(a.head, "name")
                .orElse("")).toList();
        var rows = new ArrayList<Row>();
        int end = table.to;
        for (var rule : elements(xml, "rule", table.from, table.to)) {
            var cells = new ArrayList<Cell>();
            for (var kind : List.of("inputEntry", "outputEntry", "annotationEntry"))
                for (var entry : elements(xml, kind, rule.from, rule.to))
                    cells.add(cell(xml, entry));
            int start = rule.start;
            while (start > 0 && Character.isWhitespace(xml.charAt(start - 1)))
                start--;
            rows.add(new Row(attribute(rule.head, "id").orElse(""), start, rule.end, List.copyOf(cells)));
            end = rule.end;
        }
        return new Table(attribute(table.head, "id").orElse(""), holder(xml, table.start), attribute(table.head,
                "hitPolicy").orElse("UNIQUE"), inputs, outputs, annotations, List.copyOf(rows), end);
    }

    private static Cell cell(String xml, Element entry) {
        var text = TEXT.matcher(xml).region(entry.from, entry.to);
        if (!text.find() || text.group(1) == null)
            return new Cell("", entry.from, entry.to);
        return new Cell(plain(text.group(1)), text.start(1), text.end(1));
    }

    private static String label(String xml, Element input) {
        var text = TEXT.matcher(xml).region(input.from, input.to);
        return text.find() && text.group(1) != null
                ? plain(text.group(1)).strip()
                : attribute(input.head, "label").orElse("");
    }

    private static String holder(String xml, int before) {
        var name = "";
        var found = HOLDER.matcher(xml).region(0, before);
        while (found.find())
            name = plain(found.group(1));
        return name;
    }

    /// The entry of a context that an expression stands in: `/名前`.
    private static String variable(String xml, int before) {
        int entry = xml.lastIndexOf("<contextEntry", before);
        if (entry < 0 || xml.substring(entry, before).contains("</contextEntry"))
            return "";
        var name = Pattern.compile("<" + PREFIX + "variable\\s[^>]*?name=\"([^\"]*)\"").matcher(xml).region(entry,
                before);
        return name.find() ? "／" + plain(name.group(1)) : "";
    }

    private static Optional<String> attribute(String head, String name) {
        var found = Pattern.compile("\\s" + name + "=\"([^\"]*)\"").matcher(head);
        return found.find() ? Optional.of(plain(found.group(1))) : Optional.empty();
    }

    static String plain(String escaped) {
        if (escaped.startsWith("<![CDATA["))
            return escaped.substring(9, escaped.length() - 3);
        return Pattern.compile("&#(x?)([0-9a-fA-F]+);").matcher(escaped).replaceAll(m -> Matcher.quoteReplacement(
                Character.toString(Integer.parseInt(m.group(2), m.group(1).isEmpty() ? 10 : 16))))
                .replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'")
                .replace("&amp;", "&");
    }

    static String escaped(String plain) {
        return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /// What a table shall say from now on: its rows, each with the id it had, or none for a new one.
    record Wanted(String table, List<Line> rows) {
        record Line(String id, List<String> cells) {}
    }

    /// The file with these tables saying this. A cell that stays is not touched.
    String with(List<Wanted> wanted) {
        record Edit(int start, int end, String text) {}
        var edits = new ArrayList<Edit>();
        for (var one : wanted) {
            var table = tables.stream().filter(t -> t.id().equals(one.table())).findFirst().orElseThrow();
            var kept = one.rows().stream().map(Wanted.Line::id).filter(id -> table.rows().stream().anyMatch(r -> r.id()
                    .equals(id))).toList();
            boolean ordered = table.rows().stream().map(Row::id).filter(kept::contains).toList().equals(kept);
            if (ordered) {
                for (var row : table.rows())
                    if (!kept.contains(row.id()))
                        edits.add(new Edit(row.start(), row.end(), ""));
                int at = table.rows().isEmpty() ? table.end() : table.rows().getFirst().start();
                for (var line : one.rows()) {
                    var row = table.rows().stream().filter(r -> r.id().equals(line.id())).findFirst();
                    if (row.isEmpty()) {
                        edits.add(new Edit(at, at, element(table, line)));
                        continue;
                    }
                    for (int i = 0; i < row.get().cells().size(); i++) {
                        var cell = row.get().cells().get(i);
                        if (!cell.text().strip().equals(line.cells().get(i).strip()))
                            edits.add(new Edit(cell.start(), cell.end(), escaped(line.cells().get(i))));
                    }
                    at = row.get().end();
                }
            } else {
                // in another order: the rules are written anew
                var text = new StringBuilder();
                one.rows().forEach(line -> text.append(element(table, line)));
                edits.add(new Edit(table.rows().getFirst().start(), table.rows().getLast().end(), text.toString()));
            }
        }
        var text = new StringBuilder(xml);
        // from the end, so that the places before stay true; of two at one place the later first
        for (int i = edits.size() - 1; i >= 0; i--) {
            int last = i;
            for (int j = 0; j < i; j++)
                if (edits.get(j).start() > edits.get(last).start())
                    last = j;
            var edit = edits.remove(last);
            text.replace(edit.start(), edit.end(), edit.text());
        }
        return text.toString();
    }

    private static String element(Table table, Wanted.Line line) {
        var text = new StringBuilder("\n        <rule id=\"" + escaped(line.id()) + "\">");
        for (int i = 0; i < line.cells().size(); i++) {
            var kind = i < table.inputs().size()
                    ? "inputEntry"
                    : i < table.inputs().size() + table.outputs().size() ? "outputEntry" : "annotationEntry";
            text.append("\n          <").append(kind).append("><text>").append(escaped(line.cells().get(i)))
                    .append("</text></").append(kind).append(">");
        }
        return text.append("\n        </rule>").toString();
    }
}
