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

    public static boolean isValid(String digits) {
        return digits.matches("[1-9][0-9]{12}") && digits.charAt(0) - '0' == checkDigit(digits.substring(1));
    }

    /// The number that these twelve digits belong to.
    public static CorporateNumber withBase(String twelve) { return new CorporateNumber(checkDigit(twelve) + twelve); }

    /// The number of a local government: 000020 and its code (国税庁 法人番号の付番). Wards of designated cities and national bodies
    /// have none that could be derived.
    public static Optional<CorporateNumber> of(AuthorityId authority) {
        return authority.code().matches("[0-9]{6}")
                ? Optional.of(withBase("000020" + authority.code()))
                : Optional.empty();
    }

    /// As people write it: any width, hyphens and spaces, the T of an invoice number (適格請求書発行事業者の登録番号) before it.
    public static Optional<CorporateNumber> read(String text) {
        var digits = Kana.narrow(text).replaceFirst("^[Tt]", "").replaceAll("[\\s-]", "");
        return isValid(digits) ? Optional.of(new CorporateNumber(digits)) : Optional.empty();
    }

    private static int checkDigit(String twelve) {
        int sum = 0;
        for (int n = 1; n <= 12; n++)
            sum += (twelve.charAt(12 - n) - '0') * (n % 2 == 1 ? 1 : 2);
        return 9 - sum % 9;
    }

    @Override
    public int compareTo(CorporateNumber other) { return digits.compareTo(other.digits); }

    @Override
    public String toString() { return digits; }
}
