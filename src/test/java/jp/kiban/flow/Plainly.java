package jp.kiban.flow;

import java.time.Duration;
import java.time.temporal.TemporalAmount;
import tools.jackson.databind.JsonNode;

/// Conditions of the form `x.y = "word"`, `x = 3`, `x < 3`, `true`; durations as ISO 8601 text in a fact.
final class Plainly implements Conditions {
    @Override
    public boolean holds(String feel, JsonNode facts) {
        if (feel.equals("true") || feel.equals("false"))
            return feel.equals("true");
        var parts = feel.split(" ");
        var value = look(parts[0], facts);
        return switch (parts[1]) {
            case "=" -> value.asString("").equals(parts[2].replace("\"", ""));
            case "<" -> value.isNumber() && value.asInt() < Integer.parseInt(parts[2]);
            default -> throw new IllegalArgumentException(feel);
        };
    }

    private static JsonNode look(String path, JsonNode facts) {
        var node = facts;
        for (var step : path.split("\\."))
            node = node.path(step);
        return node;
    }

    @Override
    public TemporalAmount duration(String feel, JsonNode facts) { return Duration.parse(look(feel, facts).asString()); }
}
