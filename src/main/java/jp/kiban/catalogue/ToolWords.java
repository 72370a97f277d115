package jp.kiban.catalogue;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.ResourceBundle;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.Text;

/// 標準の道具の文. Sentences of `messages/catalogue-tools` in the three languages.
final class ToolWords {
    private ToolWords() {}

    static Text text(String key, Object... values) {
        return new Text(in(Language.JA, key, values), in(Language.JA_EASY, key, values), in(Language.EN, key, values));
    }

    static String in(Language language, String key, Object... values) {
        var bundle = ResourceBundle.getBundle("messages/catalogue-tools",
                language == Language.JA ? Locale.ROOT : language.locale(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        return values.length == 0
                ? bundle.getString(key)
                : new MessageFormat(bundle.getString(key), language.locale()).format(Arrays.stream(values).map(
                        v -> v instanceof Text text ? text.in(language) : v).toArray());
    }
}
