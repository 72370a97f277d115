package jp.kiban.catalogue;

import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import jp.kiban.kernel.Language;
import jp.kiban.letters.Wareki;
import jp.kiban.standards.Choice;
import jp.kiban.standards.Recurrence;
import jp.kiban.standards.Variation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// 設定値の文字. Between a local value and what is typed or stands in a cell of a spreadsheet. What cannot be understood stays
/// the text that it was, so that the check can say what it saw.
final class LayerText {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final JsonNodeFactory MAKE = JsonNodeFactory.instance;
    private static final Pattern DAY = Pattern.compile("([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?");

    private LayerText() {}

    /// A number, a yes or no, a choice, a day or a text, from its typed form.
    static JsonNode read(Variation.Type type, List<Choice> choices, String typed) {
        var text = Normalizer.normalize(typed, Normalizer.Form.NFKC).strip();
        return switch (type) {
            case INTEGER, YEN, DECIMAL -> number(typed, text.replaceAll("[,\\s]|円$|^¥", ""));
            case YES_NO -> switch (text.toLowerCase(Locale.ROOT)) {
                case "true", "yes", "はい", "する", "有", "あり", "○", "〇", "1" -> MAKE.booleanNode(true);
                case "false", "no", "いいえ", "しない", "無", "なし", "×", "x", "0" -> MAKE.booleanNode(false);
                default -> MAKE.stringNode(typed);
            };
            case CHOICE, FORMULA -> MAKE.stringNode(choice(choices, text));
            case DATE -> MAKE.stringNode(day(text));
            case RECURRENCE -> MAKE.stringNode(text);
            default -> MAKE.stringNode(typed.strip());
        };
    }

    private static JsonNode number(String typed, String text) {
        return text.matches("-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,12})?")
                ? JSON.readTree(text.replaceFirst("\\.0+$", ""))
                : MAKE.stringNode(typed);
    }

    /// A choice may be given by its value or by its words.
    private static String choice(List<Choice> choices, String text) {
        return choices.stream().filter(c -> c.value().equals(text)).findFirst().or(() -> choices.stream().filter(
                c -> List.of(c.label().ja(), c.label().easy(), c.label().en()).contains(text)).findFirst())
                .map(Choice::value).orElse(text);
    }

    static String day(String text) {
        var found = DAY.matcher(text);
        if (!found.matches())
            return text;
        try {
            return LocalDate.of(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2)),
                    Integer.parseInt(found.group(3))).toString();
        } catch (DateTimeException noSuchDay) {
            return text;
        }
    }

    /// Some of the choices, in the order given, by commas.
    static JsonNode list(List<Choice> choices, String typed) {
        var all = MAKE.arrayNode();
        for (var part : typed.split("[,、;\\n]"))
            if (!part.isBlank())
                all.add(choice(choices, Normalizer.normalize(part, Normalizer.Form.NFKC).strip()));
        return all;
    }

    /// As it stands in a control or a cell.
    static String write(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> value.asString();
            case NUMBER -> value.decimalValue().toPlainString();
            case ARRAY -> String.join(", ", words(value));
            case NULL, MISSING -> "";
            default -> value.toString();
        };
    }

    static List<String> words(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(LayerText::write).toList();
    }

    /// In words, for people: labels instead of values, the days of a recurrence, the number of rows.
    static String say(Variation variation, JsonNode value, Language language, LocalDate today) {
        return switch (variation.type()) {
            case YES_NO -> LayerWords.in(language, "catalogue.layer." + (value.asBoolean(false) ? "yes" : "no"));
            case CHOICE, FORMULA -> label(variation, value, language);
            case SET, ORDERED -> {
                var labels = new ArrayList<String>();
                value.forEach(v -> labels.add(label(variation, v, language)));
                yield labels.isEmpty()
                        ? LayerWords.in(language, "catalogue.layer.nothing")
                        : String.join(language == Language.EN
                                ? ", "
                                : variation.type() == Variation.Type.ORDERED
                                        ? " → "
                                        : "、",
                                labels);
            }
            case INTEGER, YEN, DECIMAL -> value.isNumber()
                    ? "%,d".formatted(value.decimalValue().toBigInteger())
                            + fraction(value) + unit(variation, language)
                    : write(value);
            case DATE -> Optional.of(value.asString("")).filter(d -> day(d).equals(d) && DAY.matcher(d).matches())
                    .map(d -> Wareki.in(language, LocalDate.parse(d))).orElse(write(value));
            case RECURRENCE -> Recurrence.read(value.asString("")).map(r -> value.asString() + "（" + String.join("、",
                    r.next(today, 3).stream().map(d -> Wareki.in(language, d)).toList()) + " …）").orElse(write(value));
            case TABLE, FIELD, DOCUMENT -> value.isEmpty()
                    ? LayerWords.in(language, "catalogue.layer.nothing")
                    : LayerWords.in(language, "catalogue.layer.rows", value.size());
            case TEXT -> value.isObject()
                    ? value.path(language.code()).asString(value.path("ja").asString(""))
                    : write(
                            value);
            case ORDINANCE -> write(value).isBlank()
                    ? LayerWords.in(language, "catalogue.layer.nothing")
                    : write(value);
        };
    }

    private static String fraction(JsonNode value) {
        var text = value.decimalValue().stripTrailingZeros().toPlainString();
        return text.indexOf('.') < 0 ? "" : text.substring(text.indexOf('.'));
    }

    private static String unit(Variation variation, Language language) {
        if (variation.type() == Variation.Type.YEN)
            return language == Language.EN ? " yen" : "円";
        return variation.unit().map(u -> language == Language.EN ? " " + u : u).orElse("");
    }

    private static String label(Variation variation, JsonNode value, Language language) {
        return variation.choices().stream().filter(c -> c.value().equals(value.asString(""))).findFirst()
                .map(c -> c.label().in(language)).orElse(write(value));
    }
}
