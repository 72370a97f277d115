package jp.kiban.kernel;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// 文. The sentences of one file `messages/NAME` in the three languages, for findings, conflicts and verbs, which know no page.
/// A value that is itself a [Text] is said in the language of its sentence. A key that the file lacks is refused.
public final class Sentences {
    private static final Pattern NAMED = Pattern.compile("\\{(\\d)}");

    private final String file;
    private final boolean quoting;

    private Sentences(String file, boolean quoting) {
        this.file = "messages/" + file;
        this.quoting = quoting;
    }

    /// Sentences as pages have them too ([MessageFormat] where a value is named).
    public static Sentences of(String file) { return new Sentences(file, false); }

    /// Sentences that quote YAML and Markdown: only `{0}` to `{9}` mean anything, brackets and apostrophes are themselves.
    public static Sentences quoting(String file) { return new Sentences(file, true); }

    public Text text(String key, @Nullable Object... values) {
        return new Text(in(Language.JA, key, values), in(Language.JA_EASY, key, values), in(Language.EN, key, values));
    }

    public String in(Language language, String key, @Nullable Object... values) {
        String sentence = ResourceBundle.getBundle(file, language == Language.JA ? Locale.ROOT : language.locale(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES)).getString(key);
        if (quoting)
            return NAMED.matcher(sentence).replaceAll(m -> Matcher.quoteReplacement(
                    String.valueOf(said(values[Integer.parseInt(m.group(1))], language))));
        return values.length == 0
                ? sentence
                : new MessageFormat(sentence, language.locale()).format(
                        Arrays.stream(values).map(v -> said(v, language)).toArray());
    }

    private static @Nullable Object said(@Nullable Object value, Language language) {
        return value instanceof Text text ? text.in(language) : value;
    }
}
