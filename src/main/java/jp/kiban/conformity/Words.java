package jp.kiban.conformity;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.Text;

/// この部屋の文. Sentences of `messages/conformity` that a finding or an entrance carries in all three languages at once.
final class Words {
    private Words() {}

    static Text text(String key, Object... values) {
        return new Text(in(Language.JA, key, values), in(Language.JA_EASY, key, values),
                in(Language.EN, key, values));
    }

    private static String in(Language language, String key, Object... values) {
        return values.length == 0 ? in(language, key) : MessageFormat.format(in(language, key), values);
    }

    private static String in(Language language, String key) {
        return ResourceBundle
                .getBundle("messages/conformity", language == Language.JA ? Locale.ROOT : language.locale(),
                        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString(key);
    }
}
