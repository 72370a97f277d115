package jp.kiban.flow;

import java.util.Locale;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.Text;
import org.jspecify.annotations.Nullable;

/// この部屋の文. Sentences of `messages/flow` in the three languages; `{0}` stands for the first of what they name. Brackets and
/// apostrophes mean themselves: the sentences quote YAML and Markdown.
final class Words {
    private static final Pattern NAMED = Pattern.compile("\\{(\\d)}");

    private Words() {}

    static Text text(String key, @Nullable Object... with) {
        return new Text(in(Language.JA, key, with), in(Language.JA_EASY, key, with), in(Language.EN, key, with));
    }

    static String in(Language language, String key, @Nullable Object... with) {
        var sentence = ResourceBundle
                .getBundle("messages/flow", language == Language.JA ? Locale.ROOT : language.locale(),
                        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString(key);
        return NAMED.matcher(sentence).replaceAll(m -> Matcher.quoteReplacement(said(with[Integer.parseInt(m.group(1))],
                language)));
    }

    private static String said(@Nullable Object value, Language language) {
        return value instanceof Text text ? text.in(language) : String.valueOf(value);
    }
}
