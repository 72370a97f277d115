package jp.kiban.cost;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.kiban.kernel.Text;
import jp.kiban.standards.Expression;
import tools.jackson.databind.JsonNode;

/// 見積精査の規則. One published rule: when it speaks, of which lines, with which effect in yen, why such a cost arises, who can act, and the
/// question to ask. Read from `cost/quote-rules.yaml`; refuses a rule whose expressions are not FEEL.
///
/// @param needs columns, facts of the head, or `peers`, without which the rule is not looked at
/// @param lines which lines a rule on the whole quote speaks of
record QuoteRule(String id, boolean wholeQuote, List<String> needs, Expression when, Optional<Expression> lines,
        Optional<Expression> low, Optional<Expression> high, Text cause, List<Text> who, Text name, Text question,
        String origin, JsonNode fires, JsonNode silent) {
    private static final List<String> FACTS = List.of("line", "quote", "peers");

    /// 規則集.
    record Published(int version, List<QuoteRule> rules) {}

    static Published shipped() {
        var file = QuoteForm.yaml("/cost/quote-rules.yaml");
        var causes = texts(file.path("causes"));
        var people = texts(file.path("who"));
        var rules = new ArrayList<QuoteRule>();
        for (var node : file.path("rules")) {
            var needs = new ArrayList<String>();
            node.path("needs").forEach(n -> needs.add(n.asString()));
            var who = new ArrayList<Text>();
            node.path("who").forEach(w -> who.add(known(people, w.asString())));
            rules.add(new QuoteRule(node.path("id").asString(), node.path("scope").asString().equals("quote"), List
                    .copyOf(needs), Expression.of(node.path("when").asString(), FACTS), expression(node, "lines"),
                    expression(node, "low"), expression(node, "high"), known(causes, node.path("cause").asString()),
                    List.copyOf(who), text(node.path("name")), text(node.path("question")), node.path("origin")
                            .asString(),
                    node.path("fires"), node.path("silent")));
        }
        return new Published(file.path("version").asInt(), List.copyOf(rules));
    }

    private static Optional<Expression> expression(JsonNode node, String key) {
        return node.path(key).isString()
                ? Optional.of(Expression.of(node.path(key).asString(), FACTS))
                : Optional
                        .empty();
    }

    private static Text known(Map<String, Text> texts, String key) {
        var text = texts.get(key);
        if (text == null)
            throw new IllegalStateException("quote-rules.yaml: " + key + " is not declared");
        return text;
    }

    private static Map<String, Text> texts(JsonNode nodes) {
        var texts = new LinkedHashMap<String, Text>();
        nodes.forEachEntry((key, node) -> texts.put(key, text(node)));
        return texts;
    }

    /// The question goes to a vendor: it has no plain form of its own.
    private static Text text(JsonNode node) {
        var ja = node.path("ja").asString();
        return new Text(ja, node.path("ja-easy").asString(ja), node.path("en").asString());
    }
}
