package jp.kiban.casework;

import java.util.List;
import java.util.Optional;
import jp.kiban.standards.Judgement;
import tools.jackson.databind.JsonNode;

/// 規則によらない判断. An officer departs from what the rules say of the evidence, by reason and article: either the facts
/// are others than the registers say (the rules then judge the facts found), or the outcome is another one. Money is
/// never typed in: a grant needs facts for which the rules give amounts. The reason goes to the person concerned, so it
/// is there in the three languages; a second person must have agreed.
///
/// @param kind the outcome put in place of the rules'; absent when only facts were found
/// @param rulesSaid what the rules had said of the evidence as it came
public record Overrule(Judgement.Outcome rulesSaid, Optional<DecisionKind> kind, List<FoundFact> facts,
        Judgement.Reason reason) {
    public Overrule {
        facts = List.copyOf(facts);
        if (kind.isEmpty() && facts.isEmpty())
            throw new IllegalArgumentException("an overrule that changes nothing");
        if (kind.equals(Optional.of(DecisionKind.GRANT)))
            throw new IllegalArgumentException(
                    "a grant follows from facts and rules, never from an officer's word alone");
    }

    /// 認定した事実. The value that an officer found to be true for one answer, such as `children[0].livingTogether`, and
    /// what the evidence had said.
    public record FoundFact(String where, JsonNode before, JsonNode found) {}
}
