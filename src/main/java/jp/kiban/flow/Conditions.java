package jp.kiban.flow;

import java.time.temporal.TemporalAmount;
import tools.jackson.databind.JsonNode;

/// 条件. What a FEEL expression means for the facts at hand; who knows FEEL answers.
public interface Conditions {
    /// Anything but true is false: null, or a comparison with what is not there.
    boolean holds(String feel, JsonNode facts);

    /// A `Duration` or a `Period`.
    TemporalAmount duration(String feel, JsonNode facts);
}
