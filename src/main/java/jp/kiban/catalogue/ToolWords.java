package jp.kiban.catalogue;

import jp.kiban.kernel.Language;
import jp.kiban.kernel.Sentences;
import jp.kiban.kernel.Text;

/// 標準の道具の文. Sentences of `messages/catalogue-tools`.
final class ToolWords {
    private static final Sentences SENTENCES = Sentences.of("catalogue-tools");

    private ToolWords() {}

    static Text text(String key, Object... values) { return SENTENCES.text(key, values); }

    static String in(Language language, String key, Object... values) { return SENTENCES.in(language, key, values); }
}
