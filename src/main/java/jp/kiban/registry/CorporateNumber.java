package jp.kiban.registry;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.text.Normalizer;
import java.util.Optional;

/// 法人番号. Thirteen digits: a check digit and twelve digits (行政手続における特定の個人を識別するための番号の利用等に関する法律39条; check digit
/// by 法人番号の指定等に関する省令2条). Refuses a wrong check digit. The check digit finds most slips of the hand, not all: a
/// number that is right in form need not exist.
public record CorporateNumber(@JsonValue String digits) implements Comparable<CorporateNumber> {
    public CorporateNumber {
        if (!isValid(digits))
            throw new IllegalArgumentException("not a corporate number (法人番号 13桁): " + digits);
    }

    @JsonCreator
    public static CorporateNumber of(String digits) { return new CorporateNumber(digits); }

    static CorporateNumber of(long number) { return new CorporateNumber("%013d".formatted(number)); }

    public static boolean isValid(String digits) {
        return digits.length() == 13 && isDigits(digits)
                && digits.charAt(0) - '0' == checkDigit(Long.parseLong(digits.substring(1)));
    }

    /// Nine less the remainder by nine of the weighted sum of twelve digits (weights 1 and 2 in turn from the lowest).
    static int checkDigit(long twelve) {
        int sum = 0;
        for (int n = 1; n <= 12; n++) {
            sum += (int) (twelve % 10) * (n % 2 == 1 ? 1 : 2);
            twelve /= 10;
        }
        return 9 - sum % 9;
    }

    private static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++)
            if (text.charAt(i) < '0' || text.charAt(i) > '9')
                return false;
        return true;
    }

    /// What somebody typed: any width, with hyphens or spaces, or the number of a registered issuer of invoices (T and the
    /// number). Empty when it isn't a corporate number.
    public static Optional<CorporateNumber> read(String typed) {
        return Optional.of(digitsOf(typed)).filter(CorporateNumber::isValid).map(CorporateNumber::new);
    }

    /// The digits of what somebody typed, without T, hyphens and spaces; empty text when there is anything else in it.
    static String digitsOf(String typed) {
        String plain = Normalizer.normalize(typed, Normalizer.Form.NFKC).replaceAll("[\\s\\-‐‑‒–—―−ー]", "");
        if (plain.startsWith("T") || plain.startsWith("t"))
            plain = plain.substring(1);
        return isDigits(plain) ? plain : "";
    }

    long value() { return Long.parseLong(digits); }

    /// 登録番号. The number as the tax office writes it for issuers of invoices; says nothing about whether it is registered.
    public String asInvoiceNumber() { return "T" + digits; }

    @Override
    public int compareTo(CorporateNumber other) { return digits.compareTo(other.digits); }

    @Override
    public String toString() { return digits; }
}
