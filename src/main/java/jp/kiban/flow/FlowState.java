package jp.kiban.flow;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// 流れの現在. Where the tokens of one running flow are, which timers run, and the stage reached; one JSON value. Over when no
/// token is left. A token that comes to a place where it waits gets a new number, so that what was meant for an earlier
/// visit never hits a later one.
///
/// @param next the number of the next token
/// @param stage the stage of the node reached last that names one; empty before the first
public record FlowState(int next, String stage, List<Token> tokens, List<Timer> timers) {
    /// 印. Waits at a task, or (`via` an edge) at a parallel gateway for the others.
    public record Token(int id, String at, Optional<String> via) {}

    /// 期限. When the timer on a token's task comes due.
    public record Timer(int token, String node, Instant due) {}

    static final FlowState NOTHING = new FlowState(1, "", List.of(), List.of());
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public FlowState {
        tokens = List.copyOf(tokens);
        timers = List.copyOf(timers);
    }

    public boolean isOver() { return tokens.isEmpty(); }

    public Optional<Token> token(int id) { return tokens.stream().filter(t -> t.id() == id).findFirst(); }

    /// The tokens that wait at tasks (not those that wait at a gateway for others), longest first.
    public List<Token> waiting() { return tokens.stream().filter(t -> t.via().isEmpty()).toList(); }

    /// Short names: the value is written at every step.
    public String json() {
        var text = new StringBuilder(64 + 32 * tokens.size());
        text.append("{\"n\":").append(next).append(",\"s\":\"").append(stage).append("\",\"t\":[");
        String comma = "";
        for (var token : tokens) {
            text.append(comma).append("{\"i\":").append(token.id()).append(",\"a\":").append(quoted(token.at()));
            token.via().ifPresent(via -> text.append(",\"v\":").append(quoted(via)));
            text.append('}');
            comma = ",";
        }
        text.append("],\"d\":[");
        comma = "";
        for (var timer : timers) {
            text.append(comma).append("{\"t\":").append(timer.token()).append(",\"n\":").append(quoted(timer.node()))
                    .append(",\"at\":\"").append(timer.due()).append("\"}");
            comma = ",";
        }
        return text.append("]}").toString();
    }

    private static String quoted(String word) { return JSON.writeValueAsString(word); }

    /// The state that `json` wrote; an `IllegalArgumentException` for anything else.
    public static FlowState parse(String json) {
        JsonNode tree;
        try {
            tree = JSON.readTree(json);
        } catch (JacksonException broken) {
            throw new IllegalArgumentException("not the state of a flow: " + json, broken);
        }
        if (!tree.path("n").isInt())
            throw new IllegalArgumentException("not the state of a flow: " + json);
        var tokens = new ArrayList<Token>();
        for (var token : tree.path("t"))
            tokens.add(new Token(token.path("i").asInt(), token.path("a").asString(),
                    token.has("v") ? Optional.of(token.path("v").asString()) : Optional.empty()));
        var timers = new ArrayList<Timer>();
        for (var timer : tree.path("d"))
            timers.add(new Timer(timer.path("t").asInt(), timer.path("n").asString(),
                    Instant.parse(timer.path("at").asString())));
        return new FlowState(tree.path("n").asInt(), tree.path("s").asString(), tokens, timers);
    }
}
