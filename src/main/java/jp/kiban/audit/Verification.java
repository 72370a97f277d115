package jp.kiban.audit;

/// 検証の結果. What recomputing a chain from its beginning found.
public sealed interface Verification {
    /// Every entry is the one that was written, in its place; `head` is the hash to compare with a copy kept elsewhere.
    record Whole(long entries, String head) implements Verification {}

    /// The first entry that is not: its number and what is wrong with it.
    record Broken(long number, Fault fault) implements Verification {}

    /// 異常の種類.
    enum Fault {
        /// Its content is not what was hashed.
        ALTERED,
        /// It is not there.
        MISSING,
        /// It does not follow the entry before it.
        OUT_OF_ORDER
    }
}
