package jp.kiban.letters;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// 全銀カナ. A name in the letters that banks take: half-width kana without ｦ and without small kana, the voicing marks as letters
/// of their own, digits, capital Latin letters and ( ) - . (全銀協 総合振込の規定). Turns hiragana, full-width and half-width
/// katakana, Latin letters and digits of any width into them; what has no such form, kanji above all, is named and never
/// guessed.
///
/// @param text what the name became
/// @param refused the letters that have no form for banks, each once; empty when sound
public record ZenginKana(String text, String refused) {
    private static final String PLAIN = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝ";
    private static final String VOICED = "ｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾊﾋﾌﾍﾎｳ";
    private static final String HALF_VOICED = "ﾊﾋﾌﾍﾎ";

    public boolean isSound() { return refused.isEmpty(); }

    public static ZenginKana of(String name) {
        var half = new StringBuilder();
        var refused = new StringBuilder();
        Kana.half(Kana.katakana(name)).codePoints()
                .forEach(letter -> half(letter).ifPresentOrElse(half::append, () -> refused.appendCodePoint(letter)));
        var joined = half.toString().strip().replaceAll(" +", " ");
        for (int i = 0; i < joined.length(); i++)
            if (isMark(joined.charAt(i)) && !mayCarry(i == 0 ? ' ' : joined.charAt(i - 1), joined.charAt(i)))
                refused.append(joined.charAt(i));
        return new ZenginKana(joined,
                refused.codePoints().distinct().mapToObj(Character::toString).collect(Collectors.joining()));
    }

    private static Optional<String> half(int letter) {
        int full = letter >= 0xFF61 && letter <= 0xFF9F ? Kana.FULL.charAt(letter - 0xFF61) : letter;
        int at = Kana.FULL.indexOf(Kana.large(full));
        if (at >= 0 && PLAIN.indexOf(Kana.HALF.charAt(at)) >= 0)
            return Optional.of(String.valueOf(Kana.HALF.charAt(at)));
        if (Kana.isHyphen(letter))
            return Optional.of("-");
        switch (full) {
            case 'ヲ' -> {
                return Optional.of("ｵ");
            }
            case 'ヰ' -> {
                return Optional.of("ｲ");
            }
            case 'ヱ' -> {
                return Optional.of("ｴ");
            }
            case '゛', 0x3099 -> {
                return Optional.of("ﾞ");
            }
            case '゜', 0x309A -> {
                return Optional.of("ﾟ");
            }
            case '・' -> {
                return Optional.of(".");
            }
            default -> {
            }
        }
        var latin = Character.toString(letter).toUpperCase(Locale.ROOT);
        return latin.length() == 1 && isLetter(latin.charAt(0)) ? Optional.of(latin) : Optional.empty();
    }

    /// A letter that a bank takes in the name of a person or a body.
    public static boolean isLetter(char c) {
        return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || PLAIN.indexOf(c) >= 0 || isMark(c) || c == '-'
                || c == ' '
                || c == '(' || c == ')' || c == '.';
    }

    /// A voicing mark, which is a letter of its own here.
    public static boolean isMark(char c) { return c == 'ﾞ' || c == 'ﾟ'; }

    private static boolean mayCarry(char kana, char mark) {
        return (mark == 'ﾞ' ? VOICED : HALF_VOICED).indexOf(kana) >= 0;
    }
}
