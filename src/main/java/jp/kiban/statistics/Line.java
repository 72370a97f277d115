package jp.kiban.statistics;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import jp.kiban.kernel.Text;

/// 表の一行. The figures of one area (`JP`, an authority code) or of one month of the nation (`2026-11`) in a fiscal year.
/// `parent` is the area it is counted in; population is 0 where it means nothing.
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Line(String code, Text name, String parent, long population, @JsonIgnore Map<Measure, Figure> byMeasure) {
    public Line { byMeasure = Map.copyOf(new EnumMap<>(byMeasure)); }

    public Figure of(Measure measure) { return byMeasure.getOrDefault(measure, Figure.NONE); }

    /// By the measures' names, in their order.
    public Map<String, Figure> getFigures() {
        var figures = new LinkedHashMap<String, Figure>();
        for (var measure : Measure.values())
            figures.put(measure.key(), of(measure));
        return figures;
    }
}
