package jp.kiban.kernel;

/// 該当なし. For this actor the thing does not exist. The same answer, word for word, whether it never existed, belongs
/// to another authority, or is protected: the difference itself would be a disclosure.
public final class NotThere extends RuntimeException {
    public NotThere() { super("not there", null, false, false); }
}
