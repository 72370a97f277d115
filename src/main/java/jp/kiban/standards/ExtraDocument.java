package jp.kiban.standards;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.kiban.kernel.LegalBasis;
import jp.kiban.kernel.Text;

/// 追加の書類. One paper that a municipality asks its own residents for (a value of a DOCUMENT variation), as a file.
///
/// @param source the register's item that the paper would prove, if the municipality says so
/// @param whyAsked the reason and the law why a person is asked although a register holds it
public record ExtraDocument(String key, Text name, Optional<Text> support, boolean required, LegalBasis basis,
        Optional<String> source, Optional<String> whyAsked) {

    /// The papers that these values add, in order.
    public static List<ExtraDocument> of(Variations variations, Variations.Values values) {
        var all = new ArrayList<ExtraDocument>();
        for (var variation : variations.all())
            if (variation.type() == Variation.Type.DOCUMENT)
                values.get(variation.key()).forEach(entry -> all.add(new ExtraDocument(entry.path("key").asString(),
                        ExtraField.text(entry.path("name")),
                        entry.path("support").isObject()
                                ? Optional.of(ExtraField.text(entry.get("support")))
                                : Optional.empty(),
                        entry.path("required").asBoolean(false), Reading.law(entry.path("basis").asString()),
                        ExtraField.words(entry, "source"), ExtraField.words(entry, "why-asked"))));
        return all;
    }
}
