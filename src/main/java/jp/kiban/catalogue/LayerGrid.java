package jp.kiban.catalogue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.kiban.kernel.Text;
import jp.kiban.standards.Choice;
import jp.kiban.standards.ExtraField;
import jp.kiban.standards.Variation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// 表としての設定値. A value of rows (a table, added questions, added papers) as columns and cells of text, for a page and for
/// a spreadsheet alike. A cell's place in a finding is `key[0].column`.
record LayerGrid(String key, List<Column> columns) {
    /// 列. A column as people see it; `id` is where its value lies in a row: `score`, `label.ja`.
    record Column(String id, Text name, Variation.Type type, List<Choice> choices, boolean required, String range) {}

    static boolean fits(Variation variation) {
        return switch (variation.type()) {
            case TABLE, FIELD, DOCUMENT -> true;
            default -> false;
        };
    }

    static LayerGrid of(Variation variation) {
        return new LayerGrid(variation.key(), switch (variation.type()) {
            case TABLE -> variation.columns().stream().map(c -> new Column(c.key(), c.name(), c.type(), c.choices(), c
                    .required(), c.limits().words())).toList();
            case FIELD -> List.of(plain("key", true), plain("label.ja", true), plain("label.ja-easy", true), plain(
                    "label.en", true), choice("kind", List.of(ExtraField.Kind.values())), yesNo("required"),
                    plain(
                            "choices", false),
                    plain("basis", true), plain("source", false), plain("why-asked", false));
            case DOCUMENT -> List.of(plain("key", true), plain("name.ja", true), plain("name.ja-easy", true), plain(
                    "name.en", true), yesNo("required"), plain("basis", true), plain("source", false),
                    plain(
                            "why-asked", false));
            default -> throw new IllegalArgumentException("no rows: " + variation.key());
        });
    }

    private static Column plain(String id, boolean required) {
        return new Column(id, LayerWords.text("catalogue.layer.column." + id), Variation.Type.TEXT, List.of(), required,
                "");
    }

    private static Column yesNo(String id) {
        return new Column(id, LayerWords.text("catalogue.layer.column." + id), Variation.Type.YES_NO, List.of(), false,
                "");
    }

    private static Column choice(String id, List<ExtraField.Kind> kinds) {
        return new Column(id, LayerWords.text("catalogue.layer.column." + id), Variation.Type.CHOICE, kinds.stream()
                .map(k -> new Choice(k.name(), LayerWords.text("catalogue.layer.kind." + k.name()))).toList(), true,
                "");
    }

    /// The cells, row by row.
    List<List<String>> rows(JsonNode value) {
        var rows = new ArrayList<List<String>>();
        for (var row : value)
            rows.add(columns.stream().map(c -> cell(c, row)).toList());
        return rows;
    }

    private static String cell(Column column, JsonNode row) {
        if (column.id().equals("choices")) {
            var words = new ArrayList<String>();
            row.path("choices").forEach(c -> words.add(c.path("value").asString("") + "=" + c.path("label").path("ja")
                    .asString("") + "|" + c.path("label").path("ja-easy").asString("") + "|"
                    + c.path("label").path("en").asString("")));
            return String.join("; ", words);
        }
        JsonNode at = row;
        for (var step : column.id().split("\\."))
            at = at.path(step);
        return LayerText.write(at);
    }

    /// The value that the cells make; rows that are empty altogether are left out.
    JsonNode value(List<? extends Map<String, String>> rows) {
        var all = JsonNodeFactory.instance.arrayNode();
        for (var row : rows)
            if (row.values().stream().anyMatch(c -> !c.isBlank()))
                all.add(row(row));
        return all;
    }

    private ObjectNode row(Map<String, String> cells) {
        var node = JsonNodeFactory.instance.objectNode();
        for (var column : columns) {
            var typed = cells.getOrDefault(column.id(), "");
            if (typed.isBlank())
                continue;
            var steps = column.id().split("\\.");
            if (steps.length == 2)
                node.withObject("/" + steps[0]).put(steps[1], typed.strip());
            else if (column.id().equals("choices"))
                node.set("choices", choices(typed));
            else
                node.set(column.id(), LayerText.read(column.type(), column.choices(), typed));
        }
        return node;
    }

    /// `a=日本語|やさしい日本語|English; b=…`.
    private static JsonNode choices(String typed) {
        var all = JsonNodeFactory.instance.arrayNode();
        for (var part : typed.split("[;；\\n]")) {
            if (part.isBlank())
                continue;
            var sides = part.strip().split("[=＝]", 2);
            var words = (sides.length > 1 ? sides[1] : "").split("[|｜]", -1);
            var choice = all.addObject().put("value", sides[0].strip());
            var label = choice.putObject("label");
            var languages = List.of("ja", "ja-easy", "en");
            for (int i = 0; i < 3; i++)
                label.put(languages.get(i), i < words.length ? words[i].strip() : "");
        }
        return all;
    }

    /// The column that a heading names, by its id, by its name in any language, or by `name（id）`.
    Optional<Column> column(String heading) {
        var words = heading.strip();
        return columns.stream().filter(c -> c.id().equals(words) || words.endsWith("（" + c.id() + "）") || List.of(c
                .name().ja(), c.name().easy(), c.name().en()).contains(words)).findFirst();
    }

    static Map<String, String> cells() { return new LinkedHashMap<>(); }
}
