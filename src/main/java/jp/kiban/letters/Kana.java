package jp.kiban.letters;

import java.text.Normalizer;

/// かな. Kana turned into each other: hiragana, katakana, half-width. Voicing marks are joined to their kana or parted from it, as
/// the width needs. Everything that is no kana stays as it is, but for its width where the name of the method says so.
public final class Kana {
    static final String FULL = "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜";
    static final String HALF = "｡｢｣､･ｦｧｨｩｪｫｬｭｮｯｰｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝﾞﾟ";
    private static final String SMALL = "ァィゥェォッャュョヮヵヶ";
    private static final String LARGE = "アイウエオツヤユヨワカケ";

    private Kana() {}

    /// Full-width katakana from any kana, Latin letters and digits narrow: what a field for readings keeps.
    public static String katakana(String text) {
        var katakana = new StringBuilder(text.length());
        wide(text).codePoints().forEach(c -> katakana.appendCodePoint(narrow(katakana(c))));
        return katakana.toString();
    }

    /// Hiragana from any kana.
    public static String hiragana(String text) {
        var hiragana = new StringBuilder(text.length());
        wide(text).codePoints().forEach(c -> hiragana.appendCodePoint(c >= 'ァ' && c <= 'ヶ' ? c - 0x60 : c));
        return hiragana.toString();
    }

    /// Half-width katakana from any kana, small kana kept small; what has no half-width form stays.
    public static String half(String text) {
        var half = new StringBuilder(text.length());
        Normalizer.normalize(katakana(text), Normalizer.Form.NFD).codePoints().forEach(c -> {
            int at = FULL.indexOf(c == 0x3099 ? '゛' : c == 0x309A ? '゜' : c);
            half.appendCodePoint(at < 0 ? c : HALF.charAt(at));
        });
        return Normalizer.normalize(half, Normalizer.Form.NFC);
    }

    /// Half-width kana become full-width, marks are joined (`ｶﾞ`, カ゛ and NFD become ガ). Nothing else changes its width.
    public static String wide(String text) {
        var wide = new StringBuilder(text.length());
        for (int i = 0; i < text.length();) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            int full = c >= 0xFF61 && c <= 0xFF9F ? FULL.charAt(c - 0xFF61) : c;
            if (full == 0x309B || full == 0x309C || full == 0x3099 || full == 0x309A) {
                joinMark(wide, full == 0x309B || full == 0x3099 ? '\u3099' : '\u309A', full);
            } else {
                wide.appendCodePoint(full);
            }
        }
        return wide.toString();
    }

    /// The mark joined to the kana before it, or left as it was where that kana takes none.
    private static void joinMark(StringBuilder text, char mark, int asWritten) {
        if (!text.isEmpty()) {
            var joined = Normalizer.normalize(text.substring(text.length() - 1) + mark, Normalizer.Form.NFC);
            if (joined.length() == 1) {
                text.setCharAt(text.length() - 1, joined.charAt(0));
                return;
            }
        }
        text.appendCodePoint(asWritten);
    }

    static int katakana(int hiragana) { return hiragana >= 'ぁ' && hiragana <= 'ゖ' ? hiragana + 0x60 : hiragana; }

    static int large(int katakana) {
        int at = SMALL.indexOf(katakana);
        return at < 0 ? katakana : LARGE.charAt(at);
    }

    /// Full-width Latin letters, digits and signs, and the wide space.
    static int narrow(int c) {
        if (c >= 0xFF01 && c <= 0xFF5E)
            return c - 0xFEE0;
        return c == 0x3000 ? ' ' : c;
    }

    /// Digits, Latin letters and signs of any width as narrow ones, every hyphen as `-`, without spaces at the ends: what a
    /// field for codes and numbers reads.
    public static String narrow(String text) {
        var narrow = new StringBuilder(text.length());
        text.codePoints().forEach(c -> narrow.appendCodePoint(isHyphen(c) ? '-' : narrow(c)));
        return narrow.toString().strip();
    }

    /// Every sign that people type for a hyphen between digits; the long vowel mark too.
    public static boolean isHyphen(int c) {
        return switch (c) {
            case '-', 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2043, 0x207B, 0x208B, 0x2212, 0x23AF, 0x2500,
                    0x2501,
                    0xFE58, 0xFE63, 0xFF0D, 0x30FC, 0xFF70 ->
                true;
            default -> false;
        };
    }
}
