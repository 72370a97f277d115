package jp.kiban.conformity;

/// 検査の支障. The target could not be asked: it is not there, it does not answer in time, or what it answers is no JSON. The
/// message is for whoever runs the kit.
final class Trouble extends RuntimeException {
    /// 種類.
    enum Kind {
        DOWN, SLOW, GARBAGE, CANNOT,
        /// whoever runs the kit wants no more of it
        STOPPED
    }

    private final Kind kind;

    Trouble(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    Kind kind() { return kind; }

    String words() { return String.valueOf(getMessage()); }
}
