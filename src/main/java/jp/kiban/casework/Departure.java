package jp.kiban.casework;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.standards.Judgement;
import tools.jackson.databind.JsonNode;

/// 規則によらない案. What an officer wants instead of what the rules say of the evidence: other facts, or another outcome,
/// and why, in words for the person concerned. Becomes an `Overrule` when proposed.
public record Departure(List<Fact> facts, Optional<DecisionKind> kind, Judgement.Reason reason) {
    public Departure { facts = List.copyOf(facts); }

    /// 事実. The value found true for one answer (`children[0].livingTogether`).
    public record Fact(String where, JsonNode found) {}

    void check() {
        var findings = new ArrayList<Finding>();
        if (facts.isEmpty() && kind.isEmpty())
            findings.add(new Finding("kind", "casework.nothing-overruled", Words.SAME_AS_RULES));
        if (reason.law().article().isBlank())
            findings.add(new Finding("article", "casework.article-wanted", Words.ARTICLE_WANTED));
        if (!findings.isEmpty())
            throw new BadInput(findings);
    }
}
