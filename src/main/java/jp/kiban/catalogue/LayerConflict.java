package jp.kiban.catalogue;

import java.util.List;
import java.util.Optional;
import jp.kiban.kernel.Text;
import tools.jackson.databind.JsonNode;

/// 引き継げない値. A value that a municipality has set under an earlier version and that a newer one does not take as it is. From
/// the day in force the standard's default stands in for this key alone, until the municipality has decided.
///
/// @param byDefault what stands in; empty where the version does not know the key any more
/// @param why in words, one or more
public record LayerConflict(String key, Kind kind, JsonNode value, Optional<JsonNode> byDefault, List<Text> why) {
    /// 種類.
    public enum Kind {
        /// The version does not know the key any more.
        GONE,
        /// The key is of another type now.
        TYPE,
        /// The value is out of the limits.
        RANGE,
        /// The version wants an ordinance (条例) named, and none is.
        ORDINANCE,
        /// The value would make a national example fail, and the version does not allow it (any more).
        EXAMPLE
    }

    public LayerConflict { why = List.copyOf(why); }
}
