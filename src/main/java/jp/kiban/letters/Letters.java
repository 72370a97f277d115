package jp.kiban.letters;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// 文字数. Text counted as people see it: a kanji of plane 2 or 3, a kanji with its variation selector (IVS, SVS), a kana with
/// a combining voicing mark each count once (grapheme clusters, UAX #29). UTF-16 units are nobody's letters. The limits of a
/// form's JSON Schema count code points, as JSON Schema says; a selector is one of its own there.
public final class Letters {
    private Letters() {}

    /// How many letters a reader sees.
    public static int count(String text) {
        if (isPlain(text))
            return text.length();
        var at = boundaries(text);
        int count = 0;
        while (at.next() != BreakIterator.DONE)
            count++;
        return count;
    }

    public static int codePoints(String text) { return text.codePointCount(0, text.length()); }

    /// The letters one by one; joined again they are the text.
    public static List<String> each(String text) {
        var letters = new ArrayList<String>();
        var at = boundaries(text);
        int from = 0;
        for (int to = at.next(); to != BreakIterator.DONE; to = at.next()) {
            letters.add(text.substring(from, to));
            from = to;
        }
        return letters;
    }

    /// The first letters, at most so many; never half a character, never a kanji without its selector.
    public static String first(String text, int letters) { return text.substring(0, end(text, letters)); }

    /// The last letters, at most so many.
    public static String last(String text, int letters) { return text.substring(end(text, count(text) - letters)); }

    /// As `first`, with … where something was left out; for showing only, never for keeping.
    public static String excerpt(String text, int letters) {
        int end = end(text, letters);
        return end == text.length() ? text : text.substring(0, end) + "…";
    }

    private static int end(String text, int letters) {
        if (letters <= 0)
            return 0;
        if (letters >= text.length())
            return text.length();
        if (isPlain(text))
            return letters;
        var at = boundaries(text);
        int end = at.next(letters);
        return end == BreakIterator.DONE ? text.length() : end;
    }

    private static BreakIterator boundaries(String text) {
        var at = BreakIterator.getCharacterInstance(Locale.ROOT);
        at.setText(text);
        return at;
    }

    /// Nothing in it is joined with what stands before it: the usual case, without the cost of looking for boundaries.
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = c >= 0x20 && c < 0x7F || c >= 0x3001 && c < 0x302A || c >= 0x3041 && c <= 0x3096
                    || c >= 0x309B && c <= 0x30FF || c >= 0x4E00 && c <= 0x9FFF || c >= 0xFF01 && c <= 0xFF9D
                    || c == 0x3000;
            if (!plain)
                return false;
        }
        return true;
    }
}
