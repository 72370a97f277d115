package jp.kiban.standards;

import jp.kiban.kernel.Language;
import jp.kiban.kernel.Sentences;
import jp.kiban.kernel.Text;
import org.jspecify.annotations.Nullable;

/// この部屋の文. Sentences of `messages/standards` in the three languages.
final class Words {
    private static final Sentences SENTENCES = Sentences.quoting("standards");

    private Words() {}

    static Text text(String key, @Nullable Object... values) { return SENTENCES.text(key, values); }

    static String in(Language language, String key, @Nullable Object... values) {
        return SENTENCES.in(language, key, values);
    }
}
