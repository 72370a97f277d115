package jp.kiban.casework;

/// 処分の種類. What an authority can decide on an application: 認定, 却下 or 移送. 取消 is a decision on a decision and not
/// among them.
public enum DecisionKind {
    /// 認定.
    GRANT,
    /// 却下.
    REFUSAL,
    /// 移送.
    REDIRECT
}
