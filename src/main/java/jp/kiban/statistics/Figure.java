package jp.kiban.statistics;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// 数値. One published figure: a value in its measure's unit, or hidden (秘匿: it would tell about fewer than ten), or
/// nothing because there was nothing to measure.
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Figure(@Nullable Double value, boolean hidden) {
    static final Figure HIDDEN = new Figure(null, true);
    static final Figure NONE = new Figure(null, false);

    public Figure {
        if (hidden && value != null)
            throw new IllegalArgumentException("a hidden figure has no value");
    }

    static Figure of(double value) { return new Figure(value, false); }
}
