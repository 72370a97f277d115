package jp.kiban.demo;

import jp.kiban.kernel.Language;
import jp.kiban.kernel.Text;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/// 見本の文. The demonstration's messages as texts in three languages.
@Component
@Demo
final class DemoWords {
    private final MessageSource messages;

    DemoWords(MessageSource messages) { this.messages = messages; }

    Text of(String key, Object... values) {
        return new Text(in(Language.JA, key, values), in(Language.JA_EASY, key, values), in(Language.EN, key, values));
    }

    String in(Language language, String key, Object... values) {
        return messages.getMessage(key, values, language.locale());
    }
}
