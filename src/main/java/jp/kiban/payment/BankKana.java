package jp.kiban.payment;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// 半角カナ. The letters that banks take: JIS X 0201 in one byte each, digits, capital Latin letters, half-width kana without ｦ and
/// without small kana, the voicing marks as letters of their own, and ( ) - . in names of people and bodies (全銀協 総合振込の規定). Turns
/// hiragana, full-width and half-width katakana, Latin letters and digits of any width into them; refuses what has no such form,
/// kanji above all, and never guesses.
final class BankKana {
    /// Cut to this many letters in a payee's name.
    static final int NAME = 30;
    private static final String FULL = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン";
    private static final String HALF = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝ";
    private static final String SMALL = "ァィゥェォッャュョヮヵヶ";
    private static final String LARGE = "アイウエオツヤユヨワカケ";
    private static final Map<Integer, String> OTHER = Map.ofEntries(Map.entry((int) 'ヲ', "ｵ"),
            Map.entry((int) 'ヰ', "ｲ"), Map.entry((int) 'ヱ', "ｴ"), Map.entry((int) 'ー', "-"),
            Map.entry(0x3099, "ﾞ"), Map.entry(0x309A, "ﾟ"), Map.entry((int) '・', "."), Map.entry(0x2010, "-"),
            Map.entry(0x2011, "-"), Map.entry(0x2012, "-"), Map.entry(0x2013, "-"), Map.entry(0x2014, "-"),
            Map.entry(0x2015, "-"), Map.entry(0x2212, "-"));
    private static final String VOICED = "ｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾊﾋﾌﾍﾎｳ";
    private static final String HALF_VOICED = "ﾊﾋﾌﾍﾎ";

    private BankKana() {}

    /// 変換の結果. What a text became, and the letters that have no form for banks; sound when there are none.
    record Result(String text, String refused) {
        boolean isSound() { return refused.isEmpty(); }
    }

    static Result of(String text) {
        var half = new StringBuilder();
        var refused = new StringBuilder();
        // the free-standing marks would become a space and a mark
        String apart = text.replace('\u309B', '\u3099').replace('\u309C', '\u309A');
        String plain = Normalizer.normalize(Normalizer.normalize(apart, Normalizer.Form.NFKC), Normalizer.Form.NFD);
        plain.codePoints().forEach(letter -> {
            var one = half(letter);
            one.ifPresentOrElse(half::append, () -> refused.appendCodePoint(letter));
        });
        String joined = half.toString().strip().replaceAll(" +", " ");
        for (int i = 0; i < joined.length(); i++)
            if (isMark(joined.charAt(i)) && !mayCarry(i == 0 ? ' ' : joined.charAt(i - 1), joined.charAt(i)))
                refused.append(joined.charAt(i));
        String once = refused.codePoints().distinct().mapToObj(Character::toString).collect(Collectors.joining());
        return new Result(joined, once);
    }

    private static Optional<String> half(int letter) {
        int katakana = letter >= 'ぁ' && letter <= 'ゖ' ? letter + ('ァ' - 'ぁ') : letter;
        int small = SMALL.indexOf(katakana);
        int large = small < 0 ? katakana : LARGE.charAt(small);
        int at = FULL.indexOf(large);
        if (at >= 0)
            return Optional.of(String.valueOf(HALF.charAt(at)));
        if (OTHER.containsKey(large))
            return Optional.ofNullable(OTHER.get(large));
        String latin = Character.toString(letter).toUpperCase(Locale.ROOT);
        return latin.length() == 1 && isName(latin.charAt(0)) ? Optional.of(latin) : Optional.empty();
    }

    /// At most so many letters, never leaving a voicing mark without its kana or the kana without its mark.
    static String cut(String half, int letters) {
        if (half.length() <= letters)
            return half;
        int end = isMark(half.charAt(letters)) ? letters - 1 : letters;
        return half.substring(0, end).stripTrailing();
    }

    /// A letter that a bank takes in the name of a person or a body.
    static boolean isName(char c) { return isBankName(c) || c == '(' || c == ')' || c == '.'; }

    /// A letter that a bank takes in the name of a bank or a branch.
    static boolean isBankName(char c) {
        return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || HALF.indexOf(c) >= 0 || isMark(c) || c == '-'
                || c == ' ';
    }

    static boolean isMark(char c) { return c == 'ﾞ' || c == 'ﾟ'; }

    private static boolean mayCarry(char kana, char mark) {
        return (mark == 'ﾞ' ? VOICED : HALF_VOICED).indexOf(kana) >= 0;
    }

    /// JIS X 0201, one byte a letter.
    static byte toByte(char c) { return (byte) (c >= 0xFF61 && c <= 0xFF9F ? c - 0xFF61 + 0xA1 : c); }

    /// Bytes that JIS X 0201 does not know become U+FFFD.
    static char toChar(byte b) {
        int unsigned = b & 0xFF;
        if (unsigned >= 0xA1 && unsigned <= 0xDF)
            return (char) (unsigned - 0xA1 + 0xFF61);
        return unsigned >= 0x20 && unsigned < 0x7F ? (char) unsigned : '\uFFFD';
    }
}
