package jp.kiban.exchange;

import jp.kiban.authority.Authorities;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.Text;
import jp.kiban.standards.RegisterItem;
import jp.kiban.standards.Registers;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/// 出どころ. Which register an item comes from, in words that a resident understands.
@Component
final class Sources {
    private final MessageSource messages;
    private final Authorities authorities;
    private final Registers catalogue;

    Sources(MessageSource messages, Authorities authorities, Registers catalogue) {
        this.messages = messages;
        this.authorities = authorities;
        this.catalogue = catalogue;
    }

    Text of(String item, AuthorityId authority) {
        var kept = catalogue.find(item).filter(i -> !Items.ALL.contains(item));
        if (kept.isPresent())
            return of(kept.get(), authorities.get(authority).title());
        String key = "exchange.source." + (Items.ALL.contains(item) ? item.substring(0, item.indexOf('.')) : "unknown");
        var name = authorities.get(authority).title();
        return new Text(in(Language.JA, key, name), in(Language.JA_EASY, key, name), in(Language.EN, key, name));
    }

    /// A municipality's own register is named with it.
    private static Text of(RegisterItem item, Text municipality) {
        var register = item.register();
        return item.keeper() != RegisterItem.Keeper.MUNICIPALITY
                ? register
                : new Text(municipality.ja() + "の" + register.ja(), municipality.easy() + "の " + register.easy(),
                        register.en() + " of " + municipality.en());
    }

    private String in(Language language, String key, Text name) {
        return messages.getMessage(key, new Object[]{name.in(language)}, language.locale());
    }
}
