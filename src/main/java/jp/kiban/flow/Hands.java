package jp.kiban.flow;

import tools.jackson.databind.JsonNode;

/// 手. Does what a service, rule or send task says, at once and in the caller's transaction, and answers with the facts as
/// they are afterwards: the conditions behind it see them.
public interface Hands {
    JsonNode does(Node task, JsonNode facts);

    /// Nothing is done.
    static Hands idle() { return (task, facts) -> facts; }
}
