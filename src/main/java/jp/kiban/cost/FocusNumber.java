package jp.kiban.cost;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// FOCUS の数. Reads one number from the bytes of a cell, exactly: no number passes through binary floating point. `strict` tells whether it is
/// written as the specification's NumericFormat asks; `"$10,000.00 "`, `△1,234円` and `(12.5)` are read too, but are not strict.
/// Refuses what is no number, more than 60 digits, and exponents that would make it larger than any cost.
final class FocusNumber {
    private static final int MOST_DIGITS = 60;
    private static final int MOST_EXPONENT = 60;
    /// More decimal places are not held as a long.
    static final int MOST_PLACES = 18;
    private static final Pattern PLAIN = Pattern.compile("-?(?:\\d+\\.?\\d*|\\.\\d+)(?:[Ee]-?\\d{1,3})?");
    private static final Pattern GROUPED = Pattern.compile("\\d{1,3}(?:,\\d{3})+(?:\\.\\d*)?");

    private long unscaled;
    private int scale;
    private @Nullable BigDecimal big;
    private boolean strict;

    /// False when these bytes are no number.
    boolean read(byte[] bytes, int from, int to) {
        big = null;
        strict = true;
        int at = from;
        boolean minus = at < to && bytes[at] == '-';
        if (minus)
            at++;
        if (to - at > 0 && to - at <= 19) {
            long sum = 0;
            int point = -1;
            int digits = 0;
            int i = at;
            for (; i < to; i++) {
                int d = bytes[i] - '0';
                if (d >= 0 && d <= 9) {
                    sum = sum * 10 + d;
                    digits++;
                } else if (bytes[i] == '.' && point < 0)
                    point = i;
                else
                    break;
            }
            if (i == to && digits > 0 && digits <= 18) {
                unscaled = minus ? -sum : sum;
                scale = point < 0 ? 0 : to - point - 1;
                return true;
            }
        }
        return slowly(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }

    /// A number that was never a text.
    void set(long unscaledValue, int places) {
        big = null;
        strict = true;
        unscaled = unscaledValue;
        scale = places;
    }

    boolean read(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return read(bytes, 0, bytes.length);
    }

    private boolean slowly(String seen) {
        if (seen.length() > 200)
            return false;
        if (PLAIN.matcher(seen).matches())
            return keep(seen);
        strict = false;
        String text = Normalizer.normalize(seen, Normalizer.Form.NFKC).replaceAll("[\\s\\u00A0]+", "");
        boolean minus = false;
        if (text.startsWith("(") && text.endsWith(")")) {
            minus = true;
            text = text.substring(1, text.length() - 1);
        }
        if (text.startsWith("△") || text.startsWith("▲") || text.startsWith("-") || text.startsWith("−")) {
            minus = !minus;
            text = text.substring(1);
        } else if (text.startsWith("+"))
            text = text.substring(1);
        text = text.replaceFirst("^(?:[$¥€£]|JPY|USD|US\\$|EUR)", "").replaceFirst("(?:円|JPY|USD|EUR)$", "");
        if (!minus && text.startsWith("-")) {
            minus = true;
            text = text.substring(1);
        }
        if (GROUPED.matcher(text).matches())
            text = text.replace(",", "");
        text = text.replaceFirst("([Ee])\\+", "$1");
        return !text.startsWith("-") && PLAIN.matcher(text).matches() && keep(minus ? "-" + text : text);
    }

    private boolean keep(String plain) {
        int e = Math.max(plain.indexOf('e'), plain.indexOf('E'));
        if (e > MOST_DIGITS + 2 || e < 0 && plain.length() > MOST_DIGITS + 2)
            return false;
        if (e >= 0 && Math.abs(Integer.parseInt(plain.substring(e + 1))) > MOST_EXPONENT)
            return false;
        big = new BigDecimal(plain.endsWith(".")
                ? plain.substring(0, plain.length() - 1)
                : plain.replace(".E", "E")
                        .replace(".e", "e"));
        return true;
    }

    boolean strict() { return strict; }

    /// True when it is held as `unscaled()` and `scale()`; else only `value()` has it.
    boolean small() { return big == null; }

    long unscaled() { return unscaled; }

    int scale() { return scale; }

    BigDecimal value() { return big == null ? BigDecimal.valueOf(unscaled, scale) : big; }

    int signum() { return big == null ? Long.signum(unscaled) : big.signum(); }

    /// 正確な和. Adds numbers up without rounding any of them: one long for each number of decimal places, which overflows into a decimal. The places that come first
    /// are at hand; few files have others.
    static class Sum {
        private static final long[] NO_OTHERS = new long[0];
        private long sum;
        private int places = -1;
        private long[] others = NO_OTHERS;
        private BigDecimal rest = BigDecimal.ZERO;

        final void add(FocusNumber number) {
            if (!number.small())
                rest = rest.add(number.value());
            else if (number.scale() == places)
                sum = added(sum, number);
            else
                elsewhere(number);
        }

        private void elsewhere(FocusNumber number) {
            if (places < 0) {
                places = number.scale();
                sum = number.unscaled();
                return;
            }
            if (others.length == 0)
                others = new long[20];
            others[number.scale()] = added(others[number.scale()], number);
        }

        private long added(long before, FocusNumber number) {
            long more = before + number.unscaled();
            if (((before ^ more) & (number.unscaled() ^ more)) < 0) {
                rest = rest.add(BigDecimal.valueOf(before, number.scale()));
                return number.unscaled();
            }
            return more;
        }

        final BigDecimal value() {
            var all = rest;
            if (sum != 0)
                all = all.add(BigDecimal.valueOf(sum, places));
            for (int s = 0; s < others.length; s++)
                if (others[s] != 0)
                    all = all.add(BigDecimal.valueOf(others[s], s));
            return all.signum() == 0 ? BigDecimal.ZERO : all.stripTrailingZeros();
        }
    }
}
