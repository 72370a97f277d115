package jp.kiban.catalogue;

import jp.kiban.kernel.Language;
import jp.kiban.kernel.Sentences;
import jp.kiban.kernel.Text;

/// この部屋の文. Sentences of `messages/catalogue` for findings and conflicts.
final class Words {
    private static final Sentences SENTENCES = Sentences.of("catalogue");

    private Words() {}

    static Text text(String key, Object... values) { return SENTENCES.text(key, values); }

    static String in(Language language, String key, Object... values) { return SENTENCES.in(language, key, values); }
}
