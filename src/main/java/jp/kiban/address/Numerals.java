package jp.kiban.address;

/// 漢数字. Between values and their kanji, as addresses write them: with units (十二) and by position (一二).
final class Numerals {
    private static final String DIGITS = "〇一二三四五六七八九";
    private static final String[] SMALL = new String[1000];

    static {
        for (int value = 0; value < SMALL.length; value++)
            SMALL[value] = make(value);
    }

    private Numerals() {}

    static boolean isKanji(char c) {
        return switch (c) {
            case '〇', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '百', '千' -> true;
            default -> false;
        };
    }

    /// With units: 1030 is 千三十, 0 is 〇.
    static String kanji(int value) { return value < SMALL.length ? SMALL[value] : make(value); }

    private static String make(int value) {
        if (value == 0)
            return "〇";
        var out = new StringBuilder();
        if (value >= 10_000) {
            out.append(make(value / 10_000)).append('万');
            value %= 10_000;
        }
        for (int unit = 1000; unit >= 10; unit /= 10) {
            int digit = value / unit;
            value %= unit;
            if (digit > 1)
                out.append(DIGITS.charAt(digit));
            if (digit > 0)
                out.append(unit == 1000 ? '千' : unit == 100 ? '百' : '十');
        }
        if (value > 0)
            out.append(DIGITS.charAt(value));
        return out.toString();
    }

    /// The value of kanji numerals `key[start..end)` with units or by position, or -1 when they do not make one number.
    static int value(char[] key, int start, int end) {
        boolean units = false;
        for (int i = start; i < end; i++)
            units |= key[i] == '十' || key[i] == '百' || key[i] == '千';
        if (end - start > (units ? 8 : 6))
            return -1;
        if (!units) {
            int value = 0;
            for (int i = start; i < end; i++)
                value = value * 10 + DIGITS.indexOf(key[i]);
            return value;
        }
        int total = 0;
        int digit = -1;
        int last = 10_000;
        for (int i = start; i < end; i++) {
            int unit = key[i] == '十' ? 10 : key[i] == '百' ? 100 : key[i] == '千' ? 1000 : 1;
            if (unit == 1) {
                if (digit >= 0)
                    return -1;
                digit = DIGITS.indexOf(key[i]);
            } else {
                if (unit >= last || digit == 0)
                    return -1;
                total += (digit < 0 ? 1 : digit) * unit;
                last = unit;
                digit = -1;
            }
        }
        return total + Math.max(0, digit);
    }
}
