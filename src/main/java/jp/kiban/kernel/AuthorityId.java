package jp.kiban.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// 団体コード. Names one authority (行政庁): a local government by its 全国地方公共団体コード (6 digits with
/// check digit, JIS X 0401/0402 plus the modulus-11 digit), a national body by `G` and five capitals or digits, an
/// invented body of a test by `T` and five capitals or digits. Refuses anything else, a wrong check digit included.
public record AuthorityId(@JsonValue String code) implements Comparable<AuthorityId> {
    public AuthorityId {
        if (!isValid(code))
            throw new IllegalArgumentException("not an authority code (団体コード 6桁 or G-code): " + code);
    }

    @JsonCreator
    public static AuthorityId of(String code) { return new AuthorityId(code); }

    /// True when the text is a well-formed code; says nothing about whether such an authority exists.
    public static boolean isValid(String code) {
        if (code.matches("[GT][0-9A-Z]{5}"))
            return true;
        return code.matches("[0-9]{6}") && code.charAt(5) - '0' == checkDigit(code.substring(0, 5));
    }

    /// The sixth digit of a code of five (全国地方公共団体コード). Of single wrong digits the rule misses those that turn the remainder
    /// 0 by 11 into 10 or back: both have the digit 1.
    public static int checkDigit(String five) {
        int sum = 0;
        for (int i = 0; i < 5; i++)
            sum += (five.charAt(i) - '0') * (6 - i);
        return sum < 11 ? (11 - sum) % 10 : (11 - sum % 11) % 10;
    }

    /// An invented authority of a conformity test: it is in no list and in no figure of the nation.
    public boolean isTest() { return code.startsWith("T"); }

    public boolean isNational() { return code.startsWith("G"); }

    @Override
    public int compareTo(AuthorityId other) { return code.compareTo(other.code); }

    @Override
    public String toString() { return code; }
}
