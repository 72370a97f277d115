package jp.kiban.letters;

import java.util.Optional;
import java.util.regex.Pattern;

/// 電話番号. A number of Japan as it is dialled here: ten digits, or eleven where it begins with 0x0 (mobile, IP) or 0800, from 0 on
/// (電気通信番号計画). It has no check digit. Where a writer put hyphens or brackets the groups are kept, for the length of an area code
/// cannot be told from the digits; mobile, IP and free numbers are grouped by their own rule.
///
/// @param digits ten or eleven
/// @param grouped as it is shown: `059-229-3111`
public record PhoneNumber(String digits, String grouped) {
    private static final Pattern TEN = Pattern.compile("0[1-9][0-9]{8}");
    private static final Pattern ELEVEN = Pattern.compile("0[5-9]0[1-9][0-9]{7}|0800[0-9]{7}|020[0-9]{8}");

    public PhoneNumber {
        if (!TEN.matcher(digits).matches() && !ELEVEN.matcher(digits).matches())
            throw new IllegalArgumentException("not a phone number of Japan: " + digits.length() + " digits");
    }

    /// As people write it: any width, hyphens, brackets, dots, spaces, +81 with or without (0), 電話 or TEL before it.
    public static Optional<PhoneNumber> read(String text) {
        var plain = Kana.narrow(text).replaceFirst("^(?i:携帯電話|携帯|電話番号|電話|でんわ|TEL)[:.]?\\s*", "")
                .replaceFirst("^(?:\\+|00|010-?)81[-\\s.]*(?:\\(0\\)|0)?[-\\s.]*", "0");
        if (!plain.matches("[0-9()\\s.\\-の]+"))
            return Optional.empty();
        var digits = plain.replaceAll("[^0-9]", "");
        if (!TEN.matcher(digits).matches() && !ELEVEN.matcher(digits).matches())
            return Optional.empty();
        return Optional.of(new PhoneNumber(digits, grouped(digits, plain)));
    }

    private static String grouped(String digits, String plain) {
        if (digits.matches("0[5-9]0[1-9][0-9]{7}|020[0-9]{8}"))
            return digits.replaceFirst("(...)(....)(....)", "$1-$2-$3");
        if (digits.matches("0120[0-9]{6}"))
            return digits.replaceFirst("(....)(...)(...)", "$1-$2-$3");
        if (digits.matches("0800[0-9]{7}"))
            return digits.replaceFirst("(....)(...)(....)", "$1-$2-$3");
        if (digits.matches("0[59]70[0-9]{6}"))
            return digits.replaceFirst("(....)(...)(...)", "$1-$2-$3");
        // Tokyo and Osaka are the only area codes of two digits: 03, 06
        var groups = plain.replaceAll("[^0-9]+", "-").replaceAll("^-|-$", "");
        if (groups.matches("0[0-9]{1,4}-[0-9]{1,4}-[0-9]{4}"))
            return groups;
        return digits.matches("0[36][0-9]{8}") ? digits.replaceFirst("(..)(....)(....)", "$1-$2-$3") : digits;
    }

    @Override
    public String toString() { return grouped; }
}
