package jp.kiban.standards;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.kiban.kernel.LegalBasis;
import tools.jackson.databind.JsonNode;

/// 国の値. Dated values that the law or the ministry fixes and no local government may change.
record NationalValues(List<Dated> all) {
    record Dated(String key, JsonNode value, LocalDate from, LegalBasis basis) {}

    NationalValues { all = List.copyOf(all); }

    /// The values in force on the day: of each key the latest that has begun, else its first.
    Map<String, JsonNode> on(LocalDate day) {
        var values = new LinkedHashMap<String, JsonNode>();
        for (var dated : all)
            if (!values.containsKey(dated.key()) || !dated.from().isAfter(day))
                values.put(dated.key(), dated.value());
        return values;
    }
}
