package jp.kiban.standards;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.kiban.kernel.LegalBasis;
import jp.kiban.kernel.Text;
import tools.jackson.databind.JsonNode;

/// 追加の質問. One question that a municipality adds to the form of its own residents (a value of a FIELD variation): what,
/// of which kind, by which ordinance. It never asks what a register holds (`source`) without saying why (`whyAsked`).
///
/// @param source the register's item that the question touches, if the municipality says so
/// @param whyAsked the reason and the law why a person is asked although a register holds it
public record ExtraField(String key, Text label, Optional<Text> support, Kind kind, boolean required,
        List<Choice> choices, LegalBasis basis, Optional<String> source, Optional<String> whyAsked) {
    /// 種類. What a municipality may ask for; the larger kinds (tables, accounts, consent) are the standard's alone. An address and a
    /// corporation are looked up in their registries as those of the standard are.
    public enum Kind {
        TEXT, TEXTAREA, ADDRESS, CORPORATION, INTEGER, YEN, DATE, CHOICE, MULTI_CHOICE, YES_NO
    }

    static final List<Kind> KINDS = List.of(Kind.values());

    public ExtraField { choices = List.copyOf(choices); }

    /// The questions that these values add, in order.
    public static List<ExtraField> of(Variations variations, Variations.Values values) {
        var all = new ArrayList<ExtraField>();
        for (var variation : variations.all())
            if (variation.type() == Variation.Type.FIELD)
                values.get(variation.key()).forEach(entry -> all.add(read(entry)));
        return all;
    }

    private static ExtraField read(JsonNode entry) {
        var choices = new ArrayList<Choice>();
        entry.path("choices").forEach(c -> choices.add(new Choice(c.path("value").asString(), text(c.path("label")))));
        return new ExtraField(entry.path("key").asString(), text(entry.path("label")),
                entry.path("support").isObject() ? Optional.of(text(entry.get("support"))) : Optional.empty(),
                Kind.valueOf(entry.path("kind").asString()), entry.path("required").asBoolean(false), choices,
                Reading.law(entry.path("basis").asString()), words(entry, "source"), words(entry, "why-asked"));
    }

    static Text text(JsonNode node) {
        return new Text(node.path("ja").asString(), node.path("ja-easy").asString(), node.path("en").asString());
    }

    static Optional<String> words(JsonNode entry, String key) {
        return Optional.of(entry.path(key).asString("")).filter(w -> !w.isBlank());
    }
}
