package jp.kiban.letters;

/// 文字の範囲. Where a character comes from, the narrowest first: who takes one class takes those before it.
public enum CharacterClass {
    /// One byte: Latin letters, digits, half-width kana.
    JIS_X_0201,
    /// 非漢字と第1・第2水準漢字.
    JIS_X_0208,
    /// 第3・第4水準漢字 (JIS X 0213:2004).
    JIS_X_0213,
    /// 行政事務標準文字 (MJ+), by the table that the operator supplies.
    ADMINISTRATIVE,
    /// Everything else: private use (外字), characters of no Japanese standard, a form (IVS) that is in none of the above.
    EXTERNAL
}
