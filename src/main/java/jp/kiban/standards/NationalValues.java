package jp.kiban.standards;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.kiban.kernel.Text;
import tools.jackson.databind.JsonNode;

/// 国の値の一覧. All of them, by the day they begin.
record NationalValues(List<NationalValue> all) {
    NationalValues { all = List.copyOf(all); }

    /// The values in force on the day: of each key the latest that has begun, else its first.
    Map<String, JsonNode> on(LocalDate day) {
        var values = new LinkedHashMap<String, JsonNode>();
        for (var dated : all)
            if (!values.containsKey(dated.key()) || !dated.from().isAfter(day))
                values.put(dated.key(), dated.value());
        return values;
    }

    Optional<Text> named(String key) {
        return all.stream().filter(d -> d.key().equals(key)).findFirst().flatMap(NationalValue::name);
    }
}
