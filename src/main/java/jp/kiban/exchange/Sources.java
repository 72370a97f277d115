package jp.kiban.exchange;

import jp.kiban.authority.Authorities;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.Text;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/// 出どころ. Which register an item comes from, in words that a resident understands.
@Component
final class Sources {
    private final MessageSource messages;
    private final Authorities authorities;

    Sources(MessageSource messages, Authorities authorities) {
        this.messages = messages;
        this.authorities = authorities;
    }

    Text of(String item, AuthorityId authority) {
        String key = "exchange.source." + (Items.ALL.contains(item) ? item.substring(0, item.indexOf('.')) : "unknown");
        var name = authorities.get(authority).title();
        return new Text(in(Language.JA, key, name), in(Language.JA_EASY, key, name), in(Language.EN, key, name));
    }

    private String in(Language language, String key, Text name) {
        return messages.getMessage(key, new Object[]{name.in(language)}, language.locale());
    }
}
