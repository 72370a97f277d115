package jp.kiban.cost;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.Sentences;
import jp.kiban.kernel.Text;

/// この部屋の文. Sentences of the files `messages/cost-*` (the key's second word names the file, else it is `cost-fees`) in all three languages at once, for findings,
/// proofs and verbs. A value that is a text is said in the language of its sentence.
final class CostWords {
    private static final Map<String, Sentences> FILES = new ConcurrentHashMap<>();

    private CostWords() {}

    static Finding finding(String where, String key, Object... values) {
        return new Finding(where, key, text(key, values));
    }

    static Text text(String key, Object... values) { return sentences(key).text(key, numbers(values)); }

    static String in(Language language, String key, Object... values) {
        return sentences(key).in(language, key, numbers(values));
    }

    private static Sentences sentences(String key) {
        return FILES.computeIfAbsent("cost-" + key.split("\\.")[1], part -> Sentences.of(
                CostWords.class.getResource("/messages/" + part + ".properties") == null ? "cost-fees" : part));
    }

    private static Object[] numbers(Object[] values) {
        return Arrays.stream(values).map(v -> v instanceof BigDecimal number ? number(number) : v).toArray();
    }

    /// With thousands separated and every decimal place it has.
    static String number(BigDecimal number) {
        var format = java.text.NumberFormat.getInstance(Locale.JAPAN);
        format.setMinimumFractionDigits(Math.max(0, number.scale()));
        format.setMaximumFractionDigits(Math.max(0, number.scale()));
        return format.format(number);
    }

    /// As people type it (full width, capitals, blanks) in plain letters.
    static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).replaceAll("\\s+", "").toLowerCase(Locale.ROOT);
    }
}
