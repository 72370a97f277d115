package jp.kiban.letters;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// 検索の鍵. What of a text matters to somebody who searches: one width, one kana, large kana, new forms of kanji for old ones and
/// variants (`letters/variants.txt`), ヶ・が・の between kanji as one, no selectors, no spaces, small Latin letters. Two texts with the
/// same key may be different names: a key finds, it never replaces the text, which stays as it was written.
public final class Folding {
    private static final char[] TABLE = new char[0x10000];
    private static final Map<Integer, Character> BEYOND = new HashMap<>();

    static {
        for (int c = 0; c < TABLE.length; c++)
            TABLE[c] = (char) one(c);
        try (var in = Folding.class.getResourceAsStream("/letters/variants.txt")) {
            var words = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(l -> !l.startsWith("#")).flatMap(l -> java.util.Arrays.stream(l.strip().split(" ")))
                    .toList();
            for (var word : words)
                word.codePoints().skip(1).forEach(variant -> learn(variant, word.charAt(0)));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Folding() {}

    /// The key of a text.
    public static String key(String text) {
        if (text.isEmpty())
            return "";
        var composed = Normalizer.normalize(Kana.wide(text), Normalizer.Form.NFC);
        var key = new StringBuilder(composed.length());
        int before = ' ';
        for (int i = 0; i < composed.length();) {
            int c = composed.codePointAt(i);
            i += Character.charCount(c);
            int folded = fold(c);
            if (folded == 0)
                continue;
            if (isJoint(folded) && isKanji(before) && i < composed.length() && isKanji(composed.codePointAt(i)))
                folded = folded == 'ノ' || folded == '之' || folded == '乃' ? 'ノ' : 'ケ';
            key.appendCodePoint(folded);
            before = c;
        }
        return key.toString();
    }

    /// One character as a search takes it; 0 for what a search passes over (spaces, middle dots, selectors). Its neighbours do not
    /// count here, so half-width kana with marks and ヶ between kanji need `key`.
    public static int fold(int c) { return c < 0x10000 ? TABLE[c] : beyond(c); }

    private static int beyond(int c) {
        if (c >= 0xE0100 && c <= 0xE01EF)
            return 0;
        var variant = BEYOND.get(c);
        return variant == null ? c : variant;
    }

    private static void learn(int variant, char stands) {
        if (variant < 0x10000)
            TABLE[variant] = stands;
        else
            BEYOND.put(variant, stands);
    }

    private static int one(int c) {
        if (c >= 0xFE00 && c <= 0xFE0F || Character.isWhitespace(c) || c == 0x3000 || c == 0xA0 || c == '・' || c == '･'
                || c == 0x200B || c == 0xFEFF)
            return 0;
        if (Kana.isHyphen(c))
            return '-';
        int narrow = Kana.narrow(c);
        if (narrow < 0x80)
            return Character.toLowerCase(narrow);
        if (c >= 0xFF61 && c <= 0xFF9F)
            return Kana.large(Kana.FULL.charAt(c - 0xFF61));
        int katakana = Kana.large(Kana.katakana(c));
        return switch (katakana) {
            case 'ヰ' -> 'イ';
            case 'ヱ' -> 'エ';
            case 'ヮ' -> 'ワ';
            default -> Character.isLetter(katakana) && katakana < 0x3000 ? lower(katakana) : katakana;
        };
    }

    private static int lower(int c) {
        var lower = Character.toString(c).toLowerCase(Locale.ROOT);
        return lower.length() == 1 ? lower.charAt(0) : c;
    }

    private static boolean isJoint(int folded) {
        return switch (folded) {
            case 'ケ', 'カ', 'ガ', '箇', '个', 'ノ', '之', '乃' -> true;
            default -> false;
        };
    }

    private static boolean isKanji(int c) { return Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN; }
}
