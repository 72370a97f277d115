package jp.kiban.standards;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.StreamSupport;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.LegalBasis;
import jp.kiban.kernel.Text;
import tools.jackson.databind.JsonNode;

/// 独自施策の一項目. One point that a local government may set, within limits: fixed by nobody but the standard.
///
/// @param choices the allowed values of a choice or a set, else empty
/// @param always values that a set always holds
/// @param ordinanceNeeded the local government names its ordinance (条例) when it sets this
public record Variation(String key, Text name, Text explanation, Type type, JsonNode byDefault, OptionalInt min,
        OptionalInt max, List<Choice> choices, List<String> always, boolean ordinanceNeeded, LegalBasis basis) {

    /// 型. What kind of value.
    public enum Type {
        INTEGER, YES_NO, CHOICE, SET, TEXT
    }

    public Variation { choices = List.copyOf(choices); }

    /// What is wrong with this local value; empty when it may be set.
    List<Finding> check(JsonNode value) {
        return fault(value).map(f -> List.of(new Finding(key, "variation.limits", f))).orElse(List.of());
    }

    private Optional<Text> fault(JsonNode value) {
        return switch (type) {
            case INTEGER ->
                value.isIntegralNumber() && value.canConvertToInt() && value.asInt() >= min.orElse(Integer.MIN_VALUE)
                        && value.asInt() <= max.orElse(Integer.MAX_VALUE)
                                ? Optional.empty()
                                : Optional.of(outOfRange(value));
            case YES_NO -> value.isBoolean() ? Optional.empty() : Optional.of(notOneOf(value, "true, false"));
            case CHOICE -> isChoice(value) ? Optional.empty() : Optional.of(notOneOf(value, allowed()));
            case SET -> isSet(value)
                    ? Optional.empty()
                    : Optional.of(notOneOf(value, allowed() + (always.isEmpty()
                            ? ""
                            : " (" + String.join(", ", always) + " +)")));
            case TEXT -> value.isString() && !value.asString().isBlank() && value.asString().length() <= max.orElse(200)
                    ? Optional.empty()
                    : Optional.of(outOfRange(value));
        };
    }

    private boolean isChoice(JsonNode value) {
        return value.isString() && choices.stream().anyMatch(c -> c.value().equals(value.asString()));
    }

    private boolean isSet(JsonNode value) {
        if (!value.isArray() || value.isEmpty())
            return false;
        var chosen = StreamSupport.stream(value.spliterator(), false).toList();
        return chosen.stream().allMatch(this::isChoice)
                && chosen.stream().map(JsonNode::asString).toList().containsAll(always);
    }

    private String allowed() { return String.join(", ", choices.stream().map(Choice::value).toList()); }

    private Text outOfRange(JsonNode seen) {
        var range = (min.isPresent() ? min.getAsInt() : "") + "–" + (max.isPresent() ? max.getAsInt() : "");
        return new Text("「" + name.ja() + "」は " + range + " の範囲で設定してください（入力: " + seen + "）。",
                "「" + name.easy() + "」は " + range + " の 中で 決めてください（今: " + seen + "）。",
                "“" + name.en() + "” must be within " + range + " (seen: " + seen + ").");
    }

    private Text notOneOf(JsonNode seen, String allowed) {
        return new Text("「" + name.ja() + "」は次の中から選んでください: " + allowed + "（入力: " + seen + "）。",
                "「" + name.easy() + "」は この中から 選んでください: " + allowed + "（今: " + seen + "）。",
                "“" + name.en() + "” must be one of: " + allowed + " (seen: " + seen + ").");
    }
}
