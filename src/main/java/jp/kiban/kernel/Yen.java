package jp.kiban.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.text.NumberFormat;
import java.util.Locale;
import java.util.stream.Collector;

/// 円. A whole, non-negative amount of yen. Refuses negative amounts and overflow; a difference that may be negative
/// is not money and stays a `long`.
public record Yen(@JsonValue long amount) implements Comparable<Yen> {
    public static final Yen ZERO = new Yen(0);

    public Yen {
        if (amount < 0)
            throw new IllegalArgumentException("negative yen: " + amount);
    }

    @JsonCreator
    public static Yen of(long amount) { return new Yen(amount); }

    public Yen plus(Yen other) { return new Yen(Math.addExact(amount, other.amount)); }

    public Yen minus(Yen other) { return new Yen(amount - other.amount); }

    public Yen times(int count) { return new Yen(Math.multiplyExact(amount, (long) count)); }

    public static Collector<Yen, ?, Yen> sum() {
        return Collector.of(() -> new long[1], (a, y) -> a[0] = Math.addExact(a[0], y.amount), (a, b) -> {
            a[0] = Math.addExact(a[0], b[0]);
            return a;
        }, a -> new Yen(a[0]));
    }

    @Override
    public int compareTo(Yen other) { return Long.compare(amount, other.amount); }

    /// As a page shows it: `12,345円`.
    @Override
    public String toString() { return NumberFormat.getIntegerInstance(Locale.JAPAN).format(amount) + "円"; }
}
