package jp.kiban.exchange;

import java.time.LocalDate;
import java.util.Optional;
import jp.kiban.kernel.Text;
import tools.jackson.databind.JsonNode;

/// 提供された情報. One item: its value in the shape that the standards name (`resident.children` is a list), the register
/// it comes from, the day it was true. The value is there exactly when the status is PROVIDED.
public record Evidence(String item, Optional<JsonNode> value, Text source, Optional<LocalDate> asOf, Status status) {
    public Evidence {
        if (value.isPresent() != (status == Status.PROVIDED))
            throw new IllegalArgumentException(item + ": a value goes with PROVIDED and with nothing else: " + status);
    }

    /// 結果. NONE is said alike when there is nothing, when it is not known, and when it may not be told.
    public enum Status {
        PROVIDED, NONE, UNAVAILABLE
    }
}
