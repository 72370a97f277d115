package jp.kiban.kernel;

/// 競合. The act came too late: somebody else acted first, or the thing is no longer in a state that allows it. Nothing
/// was changed; the message says what happened and what to do.
public final class Conflict extends RuntimeException {
    private final transient Text text;

    public Conflict(Text text) {
        super(text.en());
        this.text = text;
    }

    public Text text() { return text; }
}
