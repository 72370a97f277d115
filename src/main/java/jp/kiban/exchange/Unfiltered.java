package jp.kiban.exchange;

/// 支援措置の確認前. What a register answered, before anyone has looked whether a protected person is in it. Whoever keeps a
/// register can put something in; only this room can take it out, and it does so in one place, `Shield`. So no page,
/// search or form can show a register's answer by mistake: it would not compile.
public final class Unfiltered<T> {
    private final T content;

    private Unfiltered(T content) { this.content = content; }

    public static <T> Unfiltered<T> of(T content) { return new Unfiltered<>(content); }

    T open() { return content; }

    /// Says nothing of its content, in logs either.
    @Override
    public String toString() { return "unfiltered"; }
}
