package jp.kiban.catalogue;

import jp.kiban.kernel.Language;
import jp.kiban.kernel.Sentences;
import jp.kiban.kernel.Text;

/// 独自施策の文. Sentences of `messages/catalogue-layer` for findings and conflicts.
final class LayerWords {
    private static final Sentences SENTENCES = Sentences.of("catalogue-layer");

    private LayerWords() {}

    static Text text(String key, Object... values) { return SENTENCES.text(key, values); }

    static String in(Language language, String key, Object... values) { return SENTENCES.in(language, key, values); }
}
