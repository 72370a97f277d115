package jp.kiban.letters;

import java.util.ArrayList;
import java.util.List;

/// 個人番号の見張り. Finds what may be an Individual Number in a text, so that it is refused where none may be (番号法20条): twelve digits
/// whose last is 11 less the remainder by 11 of the others weighted by the order, 0 where that remainder is 0 or 1 (総務省令5条). There
/// is no type that holds one. Of single wrong digits the rule misses those that turn the remainder 0 into 1 or 1 into 0. One in
/// eleven of all rows of twelve digits passes by chance: what is found may be one, no more.
public final class MyNumbers {
    private MyNumbers() {}

    /// 見つけた場所. Where it stands in the text, in UTF-16 units, from and up to; never the number itself.
    public record Place(int from, int to) {}

    /// Every row of exactly twelve digits, in any width, in groups of four or not, that passes the check.
    public static List<Place> in(String text) {
        var places = new ArrayList<Place>();
        for (int i = 0; i < text.length(); i++) {
            if (digit(text.charAt(i)) < 0 || i > 0 && joined(text, i))
                continue;
            int at = i;
            var digits = new StringBuilder();
            while (at < text.length()) {
                int digit = digit(text.charAt(at));
                if (digit >= 0)
                    digits.append(digit);
                else if (!(isGap(text.charAt(at)) && digits.length() % 4 == 0 && at + 1 < text.length()
                        && digit(text.charAt(at + 1)) >= 0))
                    break;
                at++;
            }
            if (digits.length() == 12 && isValid(digits.toString()))
                places.add(new Place(i, at));
            i = at;
        }
        return places;
    }

    public static boolean isValid(String twelve) {
        return twelve.matches("[0-9]{12}") && twelve.charAt(11) - '0' == checkDigit(twelve.substring(0, 11));
    }

    static int checkDigit(String eleven) {
        int sum = 0;
        for (int n = 1; n <= 11; n++)
            sum += (eleven.charAt(11 - n) - '0') * (n <= 6 ? n + 1 : n - 5);
        int rest = sum % 11;
        return rest <= 1 ? 0 : 11 - rest;
    }

    private static boolean joined(String text, int i) { return digit(text.charAt(i - 1)) >= 0; }

    private static boolean isGap(char c) { return c == ' ' || c == 0x3000 || Kana.isHyphen(c); }

    private static int digit(char c) {
        if (c >= '0' && c <= '9')
            return c - '0';
        return c >= '０' && c <= '９' ? c - '０' : -1;
    }
}
