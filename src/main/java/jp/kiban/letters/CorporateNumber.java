package jp.kiban.letters;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import jp.kiban.kernel.AuthorityId;

/// 法人番号. Thirteen digits, the first of them the check digit: 9 less the remainder by 9 of the others weighted 1, 2, 1, 2 … from the
/// right (平成26年財務省令70号2条). Of single wrong digits the rule misses 0 taken for 9 and 9 for 0 in the twelve, and nothing else; a
/// number that passes is not proven to exist.
public record CorporateNumber(@JsonValue String digits) implements Comparable<CorporateNumber> {
    public CorporateNumber {
        if (!isValid(digits))
            throw new IllegalArgumentException("not a corporate number (法人番号 13桁): " + digits);
    }

    @JsonCreator
    public static CorporateNumber of(String digits) { return new CorporateNumber(digits); }

    public static CorporateNumber of(long number) { return new CorporateNumber("%013d".formatted(number)); }

    public static boolean isValid(String digits) {
        return digits.length() == 13 && isDigits(digits)
                && digits.charAt(0) - '0' == checkDigit(Long.parseLong(digits.substring(1)));
    }

    /// The number that these twelve digits belong to.
    public static CorporateNumber withBase(String twelve) {
        return new CorporateNumber(checkDigit(Long.parseLong(twelve)) + twelve);
    }

    /// The number of a local government: 000020 and its code (国税庁 法人番号の付番). Wards of designated cities and national bodies
    /// have none that could be derived.
    public static Optional<CorporateNumber> of(AuthorityId authority) {
        return authority.code().matches("[0-9]{6}")
                ? Optional.of(withBase("000020" + authority.code()))
                : Optional.empty();
    }

    /// As people write it: any width, hyphens and spaces, the T of an invoice number (適格請求書発行事業者の登録番号) before it.
    public static Optional<CorporateNumber> read(String text) {
        var digits = digitsOf(text);
        return isValid(digits) ? Optional.of(new CorporateNumber(digits)) : Optional.empty();
    }

    /// The digits of what somebody typed, without T, hyphens and spaces; empty text when there is anything else in it.
    public static String digitsOf(String text) {
        var digits = Kana.narrow(text).replaceAll("[\\s-]", "").replaceFirst("^[Tt]", "");
        return isDigits(digits) ? digits : "";
    }

    /// Nine less the remainder by nine of the weighted sum of twelve digits (weights 1 and 2 in turn from the lowest).
    public static int checkDigit(long twelve) {
        int sum = 0;
        long rest = twelve;
        for (int n = 1; n <= 12; n++) {
            sum += (int) (rest % 10) * (n % 2 == 1 ? 1 : 2);
            rest /= 10;
        }
        return 9 - sum % 9;
    }

    private static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++)
            if (text.charAt(i) < '0' || text.charAt(i) > '9')
                return false;
        return true;
    }

    public long value() { return Long.parseLong(digits); }

    /// 登録番号. The number as the tax office writes it for issuers of invoices; says nothing about whether it is registered.
    public String asInvoiceNumber() { return "T" + digits; }

    @Override
    public int compareTo(CorporateNumber other) { return digits.compareTo(other.digits); }

    @Override
    public String toString() { return digits; }
}
