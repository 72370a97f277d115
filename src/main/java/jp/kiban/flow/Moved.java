package jp.kiban.flow;

import java.util.List;
import tools.jackson.databind.JsonNode;

/// 一歩. What one event did: the state after it, the nodes gone through in their order, and the facts as the tasks left them.
public record Moved(FlowState state, List<String> path, JsonNode facts) {
    public Moved { path = List.copyOf(path); }
}
