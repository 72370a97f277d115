package jp.kiban.payment;

import java.text.MessageFormat;
import java.util.ResourceBundle;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.Text;

/// Texts of this room in the three languages from `messages/payment*.properties`, for findings and for the verb, which runs
/// without a server.
final class Words {
    private static final ResourceBundle.Control EXACT = ResourceBundle.Control
            .getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private Words() {}

    static Text of(String key, Object... values) {
        return new Text(in(Language.JA, key, values), in(Language.JA_EASY, key, values),
                in(Language.EN, key, values));
    }

    static String in(Language language, String key, Object... values) {
        var bundle = ResourceBundle.getBundle("messages.payment", language.locale(), EXACT);
        return new MessageFormat(bundle.getString(key), language.locale()).format(values);
    }
}
