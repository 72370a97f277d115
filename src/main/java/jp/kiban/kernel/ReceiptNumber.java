package jp.kiban.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;

/// 受付番号. The name of one application for its whole life (submission, case, decision, orders, cost): the day of
/// arrival and ten letters that cannot be guessed, the last a check letter, e.g. `261121-7K3M9-QTX2P`. Unique within
/// an authority. Read aloud safely: no I, L, O or U (Crockford base 32).
public record ReceiptNumber(@JsonValue String text) implements Comparable<ReceiptNumber> {
    private static final String LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final SecureRandom RANDOM = new SecureRandom();

    public ReceiptNumber {
        if (!isValid(text))
            throw new IllegalArgumentException("not a receipt number (受付番号): " + text);
    }

    @JsonCreator
    public static ReceiptNumber of(String text) { return new ReceiptNumber(text); }

    public static boolean isValid(String text) {
        return text.matches("[0-9]{6}-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}")
                && text.charAt(17) == check(text.substring(0, 17));
    }

    /// A new number for something that arrived on this day.
    public static ReceiptNumber next(LocalDate arrived) {
        var text = new StringBuilder(arrived.format(DateTimeFormatter.ofPattern("yyMMdd"))).append('-');
        for (int i = 0; i < 9; i++) {
            if (i == 5)
                text.append('-');
            text.append(LETTERS.charAt(RANDOM.nextInt(32)));
        }
        return new ReceiptNumber(text.toString() + check(text.toString()));
    }

    /// Weighted by odd numbers, which have an inverse modulo 32: one wrong letter is always noticed.
    private static char check(String text) {
        int sum = 0;
        int weight = 1;
        for (char c : text.replace("-", "").toCharArray()) {
            sum += LETTERS.indexOf(c) * weight;
            weight += 2;
        }
        return LETTERS.charAt(sum % 32);
    }

    @Override
    public int compareTo(ReceiptNumber other) { return text.compareTo(other.text); }

    @Override
    public String toString() { return text; }
}
