package jp.kiban.casework;

import java.util.Optional;
import jp.kiban.standards.Judgement;

/// 決裁案. What one officer proposes and another has to decide: the kind, the judgement it rests on, and the overrule if
/// it departs from what the rules said of the evidence. `revision` is the submission's revision that was judged.
record Proposal(DecisionKind kind, Judgement judgement, Optional<Overrule> overrule, int revision) {}
