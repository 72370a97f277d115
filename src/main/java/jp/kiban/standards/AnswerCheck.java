package jp.kiban.standards;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Text;
import jp.kiban.letters.CorporateNumber;
import jp.kiban.letters.Letters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// 不備の検査. Holds answers against the form: the JSON Schema, and the questions that are asked only sometimes. Everything
/// that is wrong comes at once, one finding a field, in the order of the form.
final class AnswerCheck {
    private final FormSchema described;
    private final Form form;
    private final Schema schema;

    AnswerCheck(FormSchema described, Form form, JsonNode schema) {
        this.described = described;
        this.form = form;
        this.schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(forValidation(schema));
        this.schema.initializeValidators();
    }

    /// The schema without what only a page needs; the validator would warn of every word it does not know.
    private static JsonNode forValidation(JsonNode node) {
        if (!node.isObject())
            return node;
        var kept = JsonNodeFactory.instance.objectNode();
        node.forEachEntry((key, value) -> {
            if (!key.startsWith("x-kiban-"))
                kept.set(key, forValidation(value));
        });
        return kept;
    }

    List<Finding> check(JsonNode answers) {
        var findings = new LinkedHashMap<String, Finding>();
        for (var error : schema.validate(withoutNulls(answers),
                run -> run.executionConfig(c -> c.formatAssertionsEnabled(true)))) {
            var path = path(error);
            var where = write(path);
            if (!withinAnother(where, findings))
                findings.putIfAbsent(where, finding(where, path, error.getKeyword(), error));
        }
        for (var field : form.fields())
            corporations(field, answers, findings);
        var complete = described.complete(answers);
        for (var page : form.pages())
            if (shown(page.shownWhen(), complete, Optional.empty()))
                for (var field : page.fields())
                    if (shown(field.shownWhen(), complete, Optional.empty()))
                        unanswered(field, complete, findings);
        return findings.values().stream().sorted((a, b) -> Integer.compare(order(a.where()), order(b.where())))
                .toList();
    }

    /// Thirteen digits that cannot be a corporate number are a slip of the pen.
    private void corporations(Field field, JsonNode answers, Map<String, Finding> findings) {
        if (field.kind() == Field.Kind.CORPORATION) {
            JsonNode value = answers;
            for (var name : field.path().split("\\."))
                value = value.path(name);
            corporation(field.path(), List.of((Object[]) field.path().split("\\.")), value, findings);
        }
        for (var column : field.columns())
            if (column.kind() == Field.Kind.CORPORATION) {
                int i = 0;
                for (var row : answers.path(field.path())) {
                    corporation(field.path() + "[" + i + "]." + column.path(), List.of(field.path(), i, column.path()),
                            row.path(column.path()), findings);
                    i++;
                }
            }
    }

    private void corporation(String where, List<Object> path, JsonNode value, Map<String, Finding> findings) {
        var text = value.asString("");
        if (text.isBlank() || CorporateNumber.isValid(text) || withinAnother(where, findings))
            return;
        var label = label(path);
        var seen = Letters.excerpt(text, 40);
        if (findings.containsKey(where) && described.property(path).map(p -> p.has("x-kiban-message")).orElse(false))
            return;
        findings.put(where, text.matches("[0-9]{13}")
                ? new Finding(where, "check-digit", new Text("「" + label.ja() + "」の法人番号 " + seen
                        + " は、検査用数字（いちばん左の数字）が合いません。書き写しの誤りがないか、番号をお確かめください。",
                        "「" + label.easy() + "」の 番号（ばんごう） " + seen + " は まちがって います。もう一度 見て ください。",
                        label.en() + ": the check digit (the first digit) of " + seen
                                + " is wrong. Please check the number for a slip."))
                : new Finding(where, "corporate-number", new Text("「" + label.ja() + "」は法人番号（13桁の数字）です。書かれているのは「"
                        + seen + "」です。番号を書くか、名前で探して候補から選んでください。",
                        "「" + label.easy() + "」は 会社（かいしゃ）などの 番号（数字〔すうじ〕13）です。書いて あるのは 「" + seen
                                + "」です。名前で さがして、えらんで ください。",
                        label.en() + " is a corporate number of 13 digits; \"" + seen
                                + "\" is none. Write the number, or search by name and choose.")));
    }

    /// What is null was not answered: to the schema it is not there.
    private static JsonNode withoutNulls(JsonNode node) {
        if (node.isObject()) {
            var kept = JsonNodeFactory.instance.objectNode();
            node.forEachEntry((key, value) -> {
                if (!value.isNull())
                    kept.set(key, withoutNulls(value));
            });
            return kept;
        }
        if (!node.isArray())
            return node;
        var rows = JsonNodeFactory.instance.arrayNode();
        node.forEach(row -> rows.add(withoutNulls(row)));
        return rows;
    }

    /// Whether a page, a field or a column is asked for with these (complete) answers.
    boolean shown(Optional<String> condition, JsonNode complete, Optional<JsonNode> row) {
        return condition.map(c -> described.feel().holds(c, complete, row)).orElse(true);
    }

    private void unanswered(Field field, JsonNode answers, Map<String, Finding> findings) {
        if (field.kind() == Field.Kind.TABLE) {
            int i = 0;
            for (var row : answers.path(field.path())) {
                for (var column : field.columns())
                    if (column.required() && row.path(column.path()).isNull()
                            && shown(column.shownWhen(), answers, Optional.of(row)))
                        missing(field.path() + "[" + i + "]." + column.path(), List.of(field.path(), i, column.path()),
                                findings);
                i++;
            }
        } else if (field.required()) {
            JsonNode value = answers;
            for (var name : field.path().split("\\."))
                value = value.path(name);
            if (value.isNull() || value.isMissingNode() || value.isString() && value.asString().isBlank()
                    || value.isArray() && value.isEmpty())
                missing(field.path(), List.of((Object[]) field.path().split("\\.")), findings);
        }
    }

    private void missing(String where, List<Object> path, Map<String, Finding> findings) {
        if (!withinAnother(where, findings))
            findings.putIfAbsent(where, new Finding(where, "required", required(path)));
    }

    /// A fault of a whole group already says what is wrong with its parts.
    private static boolean withinAnother(String where, Map<String, Finding> findings) {
        return findings.keySet().stream().anyMatch(w -> !w.isEmpty() && !w.equals(where) && (where.startsWith(w + ".")
                || where.startsWith(w + "[")));
    }

    private List<Object> path(Error error) {
        var path = new ArrayList<Object>();
        var location = error.getInstanceLocation();
        for (int i = 0; i < location.getNameCount(); i++)
            path.add(location.getElement(i));
        if (error.getProperty() != null && error.getKeyword().equals("required"))
            path.add(error.getProperty());
        return path;
    }

    private static String write(List<Object> path) {
        var where = new StringBuilder();
        for (var step : path)
            where.append(step instanceof Integer ? "[" + step + "]" : where.isEmpty() ? step : "." + step);
        return where.toString();
    }

    private Finding finding(String where, List<Object> path, String keyword, Error error) {
        var value = error.getInstanceNode();
        boolean empty = value == null || value.isNull() || value.isString() && value.asString().isBlank();
        if (keyword.equals("required") || empty && !keyword.equals("const"))
            return new Finding(where, "required", required(path));
        var own = described.property(path).map(p -> p.path("x-kiban-message")).filter(JsonNode::isObject)
                .map(AnswerCheck::text);
        return new Finding(where, keyword, own.orElseGet(() -> message(path, keyword, error)));
    }

    private boolean number(List<Object> path) {
        var kind = described.property(path).map(p -> p.path("x-kiban-kind").asString("")).orElse("");
        return kind.equals("INTEGER") || kind.equals("YEN");
    }

    private Text required(List<Object> path) {
        var label = label(path);
        var kind = described.property(path).map(p -> p.path("x-kiban-kind").asString("")).orElse("");
        var own = described.property(path).map(p -> p.path("x-kiban-message")).filter(JsonNode::isObject);
        if (kind.equals("CONSENT") && own.isPresent())
            return text(own.get());
        if (kind.equals("PHOTO"))
            return new Text("「" + label.ja() + "」のファイルを付けてください。", "「" + label.easy() + "」の ファイルを つけてください。",
                    "Attach a file: " + label.en() + ".");
        if (kind.equals("CHOICE") || kind.equals("YES_NO") || kind.equals("MULTI_CHOICE"))
            return new Text("「" + label.ja() + "」を選んでください。", "「" + label.easy() + "」を えらんでください。",
                    "Choose an answer: " + label.en() + ".");
        return new Text("「" + label.ja() + "」を入力してください。", "「" + label.easy() + "」を 書いてください。",
                "Enter: " + label.en() + ".");
    }

    private Text message(List<Object> path, String keyword, Error error) {
        var label = label(path);
        var limit = error.getSchemaNode() == null ? "" : error.getSchemaNode().asString("");
        if (keyword.equals("type") && number(path))
            return new Text("「" + label.ja() + "」は数字で入力してください。", "「" + label.easy() + "」は 数字（すうじ）で 書いてください。",
                    label.en() + ": enter a whole number.");
        return switch (keyword) {
            case "maxLength" -> new Text("「" + label.ja() + "」は" + limit + "文字以内で入力してください。",
                    "「" + label.easy() + "」は " + limit + "文字（もじ）までで 書いてください。",
                    label.en() + ": at most " + limit + " characters.");
            case "enum" -> new Text("「" + label.ja() + "」は示された中から選んでください。",
                    "「" + label.easy() + "」は ある ものの 中から えらんでください。", label.en() + ": choose one of those offered.");
            case "minimum", "exclusiveMinimum" -> new Text("「" + label.ja() + "」は" + limit + "以上の数を入力してください。",
                    "「" + label.easy() + "」は " + limit + "か、それより 大きい 数（かず）を 書いてください。",
                    label.en() + ": at least " + limit + ".");
            case "maximum", "exclusiveMaximum" -> new Text("「" + label.ja() + "」は" + limit + "以下の数を入力してください。",
                    "「" + label.easy() + "」は " + limit + "か、それより 小さい 数（かず）を 書いてください。",
                    label.en() + ": at most " + limit + ".");
            case "minItems" -> new Text("「" + label.ja() + "」は" + limit + "件以上にしてください。",
                    "「" + label.easy() + "」は " + limit + "より 少なく できません。", label.en() + ": at least " + limit + ".");
            case "maxItems" -> new Text("「" + label.ja() + "」は" + limit + "件以内にしてください。",
                    "「" + label.easy() + "」は " + limit + "までに してください。", label.en() + ": at most " + limit + " rows.");
            default -> new Text("「" + label.ja() + "」の内容をお確かめください。", "「" + label.easy() + "」を もう一度 見てください。",
                    "Please check: " + label.en() + ".");
        };
    }

    /// The label of the thing at a finding's place, e.g. `children[0].birthDate`.
    Text label(String where) {
        var path = new ArrayList<Object>();
        for (var step : where.split("[.\\[]"))
            path.add(step.endsWith("]") ? (Object) Integer.valueOf(step.substring(0, step.length() - 1)) : step);
        return label(path);
    }

    private Text label(List<Object> path) {
        for (int length = path.size(); length > 0; length--) {
            var label = described.property(path.subList(0, length)).map(p -> p.path("x-kiban-label"))
                    .filter(JsonNode::isObject);
            if (label.isPresent())
                return text(label.get());
        }
        return Text.same(path.isEmpty() ? "—" : String.valueOf(path.getLast()));
    }

    private static Text text(JsonNode node) {
        return new Text(node.path("ja").asString("—"), node.path("ja-easy").asString("—"),
                node.path("en").asString("—"));
    }

    private int order(String where) {
        var path = where.replaceAll("\\[\\d+]", "");
        var fields = form.fields();
        for (int i = 0; i < fields.size(); i++)
            if (path.equals(fields.get(i).path()) || path.startsWith(fields.get(i).path() + ".")
                    || fields.get(i).path().startsWith(path + "."))
                return i;
        return fields.size();
    }
}
