package jp.kiban.casework;

import jp.kiban.standards.Judgement;

/// 処分の種類. What an authority can decide on an application: 認定, 却下 or 移送. 取消 is a decision on a decision and not
/// among them.
public enum DecisionKind {
    /// 認定.
    GRANT,
    /// 却下.
    REFUSAL,
    /// 移送.
    REDIRECT;

    /// The outcome of the rules that it corresponds to.
    Judgement.Outcome outcome() {
        return switch (this) {
            case GRANT -> Judgement.Outcome.GRANT;
            case REFUSAL -> Judgement.Outcome.REFUSE;
            case REDIRECT -> Judgement.Outcome.REDIRECT;
        };
    }

    /// The decision that follows the rules.
    static DecisionKind of(Judgement.Outcome outcome) {
        return switch (outcome) {
            case GRANT -> GRANT;
            case REFUSE -> REFUSAL;
            case REDIRECT -> REDIRECT;
        };
    }
}
