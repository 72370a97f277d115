package jp.kiban.letters;

/// 漢数字. Whole numbers in kanji, by place (一九八九) or by unit (二十三, 百五), with 〇, 元, the old forms 壱弐参拾 and 廿 卅. Only where the
/// caller knows that a number stands there: 三田 and 八王子 are no numbers.
public final class KanjiNumber {
    /// The kanji that a number may be written with.
    public static final String LETTERS = "〇零一二三四五六七八九十百千壱壹弐貳参參拾廿卅";
    private static final String DIGITS = "〇一二三四五六七八九";

    private KanjiNumber() {}

    public static boolean isPart(int c) { return LETTERS.indexOf(c) >= 0; }

    /// The number, or -1 when the text is none or greater than 9,999.
    public static int read(String text) {
        if (text.isEmpty() || !text.codePoints().allMatch(KanjiNumber::isPart))
            return -1;
        var plain = text.replace('零', '〇').replaceAll("[壱壹]", "一").replaceAll("[弐貳]", "二").replaceAll("[参參]", "三")
                .replace('拾', '十').replace("廿", "二十").replace("卅", "三十");
        return plain.codePoints().allMatch(c -> DIGITS.indexOf(c) >= 0) ? byPlace(plain) : byUnit(plain);
    }

    private static int byPlace(String digits) {
        if (digits.length() > 4)
            return -1;
        int number = 0;
        for (char c : digits.toCharArray())
            number = number * 10 + DIGITS.indexOf(c);
        return number;
    }

    private static int byUnit(String text) {
        int number = 0;
        int digit = -1;
        int lastUnit = 10_000;
        for (char c : text.toCharArray()) {
            int unit = c == '十' ? 10 : c == '百' ? 100 : c == '千' ? 1_000 : 0;
            if (unit == 0) {
                if (digit >= 0)
                    return -1;
                digit = DIGITS.indexOf(c);
            } else {
                if (unit >= lastUnit || digit == 0)
                    return -1;
                number += (digit < 0 ? 1 : digit) * unit;
                digit = -1;
                lastUnit = unit;
            }
        }
        return digit < 0 ? number : number + digit;
    }

    /// The text with every run of kanji digits before one of these signs written in Arabic digits: `令和五年四月` before 年月日 becomes
    /// `令和5年4月`.
    public static String arabicBefore(String text, String signs) {
        var arabic = new StringBuilder();
        for (int i = 0; i < text.length();) {
            int end = i;
            while (end < text.length() && isPart(text.charAt(end)))
                end++;
            int number = end > i && end < text.length() && signs.indexOf(text.charAt(end)) >= 0
                    ? read(text.substring(i, end))
                    : -1;
            if (number >= 0)
                arabic.append(number);
            else
                arabic.append(text, i, Math.max(end, i + 1));
            i = Math.max(end, i + 1);
        }
        return arabic.toString();
    }
}
