package jp.kiban.letters;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;

/// 郵便番号. Seven digits, without a check digit: no mistyped digit can be noticed by the number alone.
public record PostalCode(@JsonValue String digits) {
    public PostalCode {
        if (!digits.matches("[0-9]{7}"))
            throw new IllegalArgumentException("not a postal code (郵便番号 7桁): " + digits);
    }

    /// As people write it: any width, 〒, any hyphen or none, spaces.
    public static Optional<PostalCode> read(String text) {
        var digits = Kana.narrow(text).replaceFirst("^〒", "").replaceAll("\\s", "");
        return digits.matches("[0-9]{3}-?[0-9]{4}")
                ? Optional.of(new PostalCode(digits.replace("-", "")))
                : Optional.empty();
    }

    /// `514-8611`.
    @Override
    public String toString() { return digits.substring(0, 3) + "-" + digits.substring(3); }
}
