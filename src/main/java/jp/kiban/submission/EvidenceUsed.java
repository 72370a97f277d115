package jp.kiban.submission;

import java.time.LocalDate;
import java.util.Optional;
import jp.kiban.kernel.Text;
import tools.jackson.databind.JsonNode;

/// 用いた情報. What a register answered when the form was filled: the item, its value as it was then, who said so and as
/// of which day. Kept with the submission, so that what the resident saw can be shown years later.
public record EvidenceUsed(String item, Status status, Optional<JsonNode> value, Text source,
        Optional<LocalDate> asOf) {

    public EvidenceUsed {
        // what was stored as null is no value
        value = value.filter(v -> !v.isNull());
    }

    /// 回答. A value; nothing recorded; or the register could not be asked (the resident then enters it).
    public enum Status {
        PROVIDED, NONE, UNAVAILABLE
    }
}
