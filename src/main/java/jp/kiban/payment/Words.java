package jp.kiban.payment;

import jp.kiban.kernel.Language;
import jp.kiban.kernel.Sentences;
import jp.kiban.kernel.Text;

/// この部屋の文. Sentences of `messages/payment` for findings and for the verb.
final class Words {
    private static final Sentences SENTENCES = Sentences.of("payment");

    private Words() {}

    static Text of(String key, Object... values) { return SENTENCES.text(key, values); }

    static String in(Language language, String key, Object... values) { return SENTENCES.in(language, key, values); }
}
