package jp.kiban.cost;

import java.math.BigDecimal;
import java.text.MessageFormat;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.ResourceBundle;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.Text;

/// この部屋の文. Sentences of the files `messages/cost-*` (the key's second word names the file, else it is `cost-fees`) in all three languages at once, for findings,
/// proofs and verbs. A value that is a text is said in the language of its sentence.
final class CostWords {
    private CostWords() {}

    static Finding finding(String where, String key, Object... values) {
        return new Finding(where, key, text(key, values));
    }

    static Text text(String key, Object... values) {
        return new Text(in(Language.JA, key, values), in(Language.JA_EASY, key, values), in(Language.EN, key, values));
    }

    static String in(Language language, String key, Object... values) {
        String part = "cost-" + key.split("\\.")[1];
        String room = CostWords.class.getResource("/messages/" + part + ".properties") == null ? "cost-fees" : part;
        var bundle = ResourceBundle.getBundle("messages/" + room,
                language == Language.JA ? Locale.ROOT : language.locale(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        if (values.length == 0)
            return bundle.getString(key);
        var said = Arrays.stream(values).map(v -> v instanceof Text text
                ? text.in(language)
                : v instanceof BigDecimal number ? number(number) : v).toArray();
        return new MessageFormat(bundle.getString(key), language == Language.EN ? Locale.ENGLISH : Locale.JAPAN)
                .format(said);
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
