package jp.kiban.standards;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import jp.kiban.kernel.AuthorityId;
import tools.jackson.databind.JsonNode;

/// 独自施策の層. What one municipality has set in a version of a standard, from a day on: a layer over the national text,
/// never a copy of it. A shipped layer (`layers/<code>.yaml`) is what the municipality has at first.
///
/// @param ordinance the ordinances (条例) by which it was set; empty when none is needed
/// @param source where the values were published
public record Layer(AuthorityId authority, LocalDate from, String ordinance, String source,
        Map<String, JsonNode> values) {
    public Layer { values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values)); }
}
