package jp.kiban.standards;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Text;
import jp.kiban.letters.Letters;
import tools.jackson.databind.JsonNode;

/// 設定値の検査. Holds one local value against its variation: what was seen, where (row and column in a table) and what to do,
/// everything at once.
final class VariationCheck {
    private static final int LETTERS = 200;
    private static final int MANY_LETTERS = 2_000;
    private final Variation variation;
    private final List<Finding> findings = new ArrayList<>();

    VariationCheck(Variation variation) { this.variation = variation; }

    List<Finding> of(JsonNode value) {
        var key = variation.key();
        var name = variation.name();
        switch (variation.type()) {
            case INTEGER, YEN, DECIMAL, CHOICE, FORMULA, YES_NO, DATE ->
                plain(key, name, variation.type(), variation.limits(), variation.choices(), value);
            case TEXT -> text(key, name, value);
            case SET, ORDERED -> chosen(key, name, value);
            case RECURRENCE -> recurrence(key, name, value);
            case TABLE -> table(key, name, value);
            case FIELD -> questions(key, name, value);
            case DOCUMENT -> papers(key, name, value);
            case ORDINANCE -> {
                if (!value.isString() || Letters.count(value.asString()) > variation.limits().max(LETTERS))
                    tooLong(key, name, variation.limits().max(LETTERS), value);
            }
        }
        return findings;
    }

    private void plain(String where, Text name, Variation.Type type, Variation.Limits limits, List<Choice> choices,
            JsonNode value) {
        switch (type) {
            case INTEGER, YEN -> {
                if (!whole(value))
                    add(where, "variation.type", "「" + name.ja() + "」は整数で設定してください（入力: " + seen(value) + "）。",
                            "「" + name.easy() + "」は 数（かず）を 書いて ください（今: " + seen(value) + "）。小数（しょうすう）は だめです。",
                            "“" + name.en() + "” is a whole number (seen: " + seen(value) + ").");
                else if (!limits.holds(value.decimalValue())
                        || type == Variation.Type.YEN && value.decimalValue().signum() < 0)
                    outOfRange(where, name, type == Variation.Type.YEN && limits.min().isEmpty()
                            ? "0–" + limits.max().map(BigDecimal::toPlainString).orElse("")
                            : limits.words(), value);
            }
            case DECIMAL -> {
                if (!value.isNumber())
                    add(where, "variation.type", "「" + name.ja() + "」は数で設定してください（入力: " + seen(value) + "）。",
                            "「" + name.easy() + "」は 数（かず）を 書いて ください（今: " + seen(value) + "）。",
                            "“" + name.en() + "” is a number (seen: " + seen(value) + ").");
                else if (!limits.holds(value.decimalValue()))
                    outOfRange(where, name, limits.words(), value);
            }
            case CHOICE, FORMULA -> {
                if (!isChoice(choices, value))
                    notOneOf(where, name, allowed(choices), value);
            }
            case YES_NO -> {
                if (!value.isBoolean())
                    notOneOf(where, name, "true, false", value);
            }
            case DATE -> {
                var day = day(value);
                if (day.isEmpty())
                    add(where, "variation.type",
                            "「" + name.ja() + "」は 2026-04-01 の形の日付で設定してください（入力: " + seen(value) + "）。",
                            "「" + name.easy() + "」は 2026-04-01 の ように 日にちを 書いて ください（今: " + seen(value) + "）。",
                            "“" + name.en() + "” is a date such as 2026-04-01 (seen: " + seen(value) + ").");
                else if (!limits.holds(day.get()))
                    outOfRange(where, name, limits.words(), value);
            }
            case TEXT -> words(where, name, limits.max(LETTERS), value);
            default -> throw new IllegalArgumentException("no plain type: " + type);
        }
    }

    private static boolean whole(JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToLong()
                || value.isNumber() && value.decimalValue().stripTrailingZeros().scale() <= 0 && value.isBigDecimal();
    }

    static Optional<LocalDate> day(JsonNode value) {
        try {
            return value.isString() ? Optional.of(LocalDate.parse(value.asString())) : Optional.empty();
        } catch (DateTimeParseException wrong) {
            return Optional.empty();
        }
    }

    private void words(String where, Text name, int most, JsonNode value) {
        if (!value.isString() || value.asString().isBlank() || Letters.count(value.asString()) > most)
            tooLong(where, name, most, value);
    }

    private void text(String key, Text name, JsonNode value) {
        int most = variation.limits().max(value.isObject() ? MANY_LETTERS : LETTERS);
        if (!value.isObject()) {
            if (!value.isString() || Letters.count(value.asString()) > most
                    || value.asString().isBlank() && !variation.byDefault().asString("?").isBlank())
                tooLong(key, name, most, value);
            return;
        }
        for (var language : List.of("ja", "ja-easy", "en"))
            words(key + "." + language, name, most, value.path(language));
    }

    private void chosen(String key, Text name, JsonNode value) {
        var allowed = allowed(variation.choices());
        if (!value.isArray()) {
            notOneOf(key, name, allowed, value);
            return;
        }
        var seen = new ArrayList<String>();
        for (var entry : value)
            if (!isChoice(variation.choices(), entry))
                notOneOf(key, name, allowed, entry);
            else if (seen.contains(entry.asString()))
                add(key, "variation.twice", "「" + name.ja() + "」に同じものが2回あります: " + entry.asString() + "。1つにしてください。",
                        "「" + name.easy() + "」に 同じ ものが 2つ あります: " + entry.asString() + "。1つに して ください。",
                        "“" + name.en() + "” holds " + entry.asString() + " twice; keep one.");
            else
                seen.add(entry.asString());
        if (!findings.isEmpty())
            return;
        var missing = variation.always().stream().filter(a -> !seen.contains(a)).toList();
        if (!missing.isEmpty())
            add(key, "variation.always", "「" + name.ja() + "」には必ず次を含めてください: " + String.join(", ", missing) + "（入力: "
                    + seen(value) + "）。", "「" + name.easy() + "」には これが いります: " + String.join(", ", missing) + "。",
                    "“" + name.en() + "” always holds " + String.join(", ", missing) + " (seen: " + seen(value)
                            + ").");
        else
            entries(key, name, 1, variation.choices().size(), value);
    }

    private void entries(String key, Text name, int least, int most, JsonNode value) {
        int from = variation.limits().min(least);
        int to = variation.limits().max(most);
        if (value.size() < from || value.size() > to)
            add(key, "variation.rows",
                    "「" + name.ja() + "」は " + from + "～" + to + " 件にしてください（入力: " + value.size() + " 件）。",
                    "「" + name.easy() + "」は " + from + "から " + to + "までの 数（かず）に して ください（今: " + value.size() + "）。",
                    "“" + name.en() + "” takes " + from + " to " + to + " entries (seen: " + value.size() + ").");
    }

    private void recurrence(String key, Text name, JsonNode value) {
        if (!value.isString() || Recurrence.read(value.asString()).isEmpty())
            add(key, "variation.type",
                    "「" + name.ja() + "」は次の形で設定してください: " + Recurrence.FORMS + "（入力: " + seen(value) + "）。",
                    "「" + name.easy() + "」は この 形（かたち）で 書いて ください: " + Recurrence.FORMS + "（今: " + seen(value) + "）。",
                    "“" + name.en() + "” is written as: " + Recurrence.FORMS + " (seen: " + seen(value) + ").");
    }

    private void table(String key, Text name, JsonNode value) {
        if (!value.isArray()) {
            add(key, "variation.type", "「" + name.ja() + "」は行の並び（表）で設定してください（入力: " + seen(value) + "）。",
                    "「" + name.easy() + "」は 表（ひょう）です（今: " + seen(value) + "）。",
                    "“" + name.en() + "” is a table: a list of rows (seen: " + seen(value) + ").");
            return;
        }
        entries(key, name, 0, variation.mostRows(), value);
        for (int i = 0; i < value.size(); i++) {
            var row = value.get(i);
            var place = key + "[" + i + "]";
            var columns = variation.columns();
            for (var unknown : row.propertyNames())
                if (columns.stream().noneMatch(c -> c.key().equals(unknown)))
                    add(place + "." + unknown, "variation.unknown", "「" + name.ja() + "」に「" + unknown + "」という列はありません。",
                            "「" + name.easy() + "」に 「" + unknown + "」は ありません。",
                            "“" + name.en() + "” has no column “" + unknown + "”.");
            for (var column : columns) {
                var cell = row.path(column.key());
                var cellName = cellName(name, i, column.name());
                if (cell.isMissingNode() || cell.isNull() || cell.isString() && cell.asString().isBlank()) {
                    if (column.required())
                        missing(place + "." + column.key(), cellName);
                } else
                    plain(place + "." + column.key(), cellName, column.type(), column.limits(), column.choices(), cell);
            }
        }
    }

    private static Text cellName(Text name, int row, Text column) {
        return new Text(name.ja() + " " + (row + 1) + "行目 " + column.ja(),
                name.easy() + " " + (row + 1) + "行目（ぎょうめ） " + column.easy(),
                name.en() + ", row " + (row + 1) + ", " + column.en());
    }

    private void questions(String key, Text name, JsonNode value) {
        listed(key, name, value, (place, entry, label) -> {
            words3(place + ".label", label, entry.path("label"));
            var kind = entry.path("kind").asString("");
            if (ExtraField.KINDS.stream().noneMatch(k -> k.name().equals(kind)))
                notOneOf(place + ".kind", label, String.join(", ", ExtraField.KINDS.stream().map(Enum::name).toList()),
                        entry.path("kind"));
            if (kind.endsWith("CHOICE")) {
                if (entry.path("choices").size() < 2)
                    missing(place + ".choices", label);
                int i = 0;
                for (var choice : entry.path("choices")) {
                    if (choice.path("value").asString("").isBlank())
                        missing(place + ".choices[" + i + "].value", label);
                    words3(place + ".choices[" + i + "].label", label, choice.path("label"));
                    i++;
                }
            }
            known(place, label, entry, Set.of("key", "label", "support", "kind", "required", "choices", "basis",
                    "why-asked", "source"));
        });
    }

    private void papers(String key, Text name, JsonNode value) {
        listed(key, name, value, (place, entry, label) -> {
            words3(place + ".name", label, entry.path("name"));
            known(place, label, entry, Set.of("key", "name", "required", "basis", "support", "why-asked", "source"));
        });
    }

    private interface Entry {
        void check(String place, JsonNode entry, Text label);
    }

    private void listed(String key, Text name, JsonNode value, Entry each) {
        if (!value.isArray()) {
            add(key, "variation.type", "「" + name.ja() + "」は一覧で設定してください（入力: " + seen(value) + "）。",
                    "「" + name.easy() + "」は 一覧（いちらん）です（今: " + seen(value) + "）。",
                    "“" + name.en() + "” is a list (seen: " + seen(value) + ").");
            return;
        }
        entries(key, name, 0, variation.mostRows(), value);
        var seen = new HashSet<String>();
        for (int i = 0; i < value.size(); i++) {
            var entry = value.get(i);
            var place = key + "[" + i + "]";
            var label = cellName(name, i, Text.same(entry.path("key").asString("?").isBlank()
                    ? "?"
                    : entry.path("key").asString("?")));
            var own = entry.path("key").asString("");
            if (!own.matches("[a-z][A-Za-z0-9]{0,39}"))
                add(place + ".key", "variation.key", "「" + label.ja() + "」の名前（key）は英小文字で始まる40字までの英数字にしてください（入力: "
                        + seen(entry.path("key")) + "）。",
                        "「" + label.easy() + "」の key は a から z の 小さい 字で 始めて ください（今: " + seen(entry.path("key")) + "）。",
                        "The key of “" + label.en()
                                + "” is letters and digits, at most 40, a small letter first (seen: "
                                + seen(entry.path("key")) + ").");
            else if (!seen.add(own))
                add(place + ".key", "variation.twice", "「" + label.ja() + "」の名前（key）が重なっています。別の名前にしてください。",
                        "「" + label.easy() + "」の key が 2つ あります。", "The key of “" + label.en() + "” is used twice.");
            if (entry.path("basis").asString("").isBlank())
                missing(place + ".basis", label);
            if (entry.has("required") && !entry.get("required").isBoolean())
                notOneOf(place + ".required", label, "true, false", entry.get("required"));
            each.check(place, entry, label);
        }
    }

    private void known(String place, Text label, JsonNode entry, Set<String> keys) {
        for (var key : entry.propertyNames())
            if (!keys.contains(key))
                add(place + "." + key, "variation.unknown", "「" + label.ja() + "」に「" + key + "」という欄はありません。",
                        "「" + label.easy() + "」に 「" + key + "」は ありません。",
                        "“" + label.en() + "” has no “" + key + "”.");
    }

    private void words3(String place, Text label, JsonNode text) {
        for (var language : List.of("ja", "ja-easy", "en"))
            if (text.path(language).asString("").isBlank())
                missing(place + "." + language, label);
    }

    private void missing(String where, Text name) {
        add(where, "variation.required", "「" + name.ja() + "」の " + last(where) + " が空です。入力してください。",
                "「" + name.easy() + "」の " + last(where) + " が ありません。書いて ください。",
                "“" + name.en() + "”: " + last(where) + " is empty; fill it in.");
    }

    private static String last(String where) { return where.substring(where.lastIndexOf('.') + 1); }

    private static boolean isChoice(List<Choice> choices, JsonNode value) {
        return value.isString() && choices.stream().anyMatch(c -> c.value().equals(value.asString()));
    }

    private static String allowed(List<Choice> choices) {
        return String.join(", ", choices.stream().map(Choice::value).toList());
    }

    private static String seen(JsonNode value) {
        var text = value.isMissingNode() ? "-" : value.toString();
        return Letters.excerpt(text, 79);
    }

    private void outOfRange(String where, Text name, String range, JsonNode value) {
        add(where, "variation.limits", "「" + name.ja() + "」は " + range + " の範囲で設定してください（入力: " + seen(value) + "）。",
                "「" + name.easy() + "」は " + range + " の 中で 決めてください（今: " + seen(value) + "）。",
                "“" + name.en() + "” must be within " + range + " (seen: " + seen(value) + ").");
    }

    private void notOneOf(String where, Text name, String allowed, JsonNode value) {
        add(where, "variation.choice", "「" + name.ja() + "」は次の中から選んでください: " + allowed + "（入力: " + seen(value) + "）。",
                "「" + name.easy() + "」は この中から 選んでください: " + allowed + "（今: " + seen(value) + "）。",
                "“" + name.en() + "” must be one of: " + allowed + " (seen: " + seen(value) + ").");
    }

    private void tooLong(String where, Text name, int most, JsonNode value) {
        add(where, "variation.limits", "「" + name.ja() + "」は " + most + " 字までの文にしてください（入力: " + seen(value) + "）。",
                "「" + name.easy() + "」は " + most + "字（じ）までの 言葉を 書いて ください（今: " + seen(value) + "）。",
                "“" + name.en() + "” is a text of at most " + most + " letters (seen: " + seen(value) + ").");
    }

    private void add(String where, String code, String ja, String easy, String en) {
        findings.add(new Finding(where, code, new Text(ja, easy, en)));
    }
}
