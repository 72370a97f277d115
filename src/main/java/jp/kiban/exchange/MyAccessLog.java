package jp.kiban.exchange;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import jp.kiban.authority.Authorities;
import jp.kiban.exchange.Evidence.Status;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.LegalBasis;
import jp.kiban.portal.Csv;
import jp.kiban.portal.Page;
import jp.kiban.standards.Registers;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseBody;

/// 自分の利用記録. The page where a resident reads who looked at her, when, why, by which law and at what; the same as CSV
/// and JSON. Nobody reads another's.
@Controller
class MyAccessLog {
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");

    private final AccessLog log;
    private final Authorities authorities;
    private final Registers catalogue;
    private final MessageSource messages;

    MyAccessLog(AccessLog log, Authorities authorities, Registers catalogue, MessageSource messages) {
        this.log = log;
        this.authorities = authorities;
        this.catalogue = catalogue;
        this.messages = messages;
    }

    /// 一度の閲覧. As the person reads it, in the words of her language.
    record Line(Instant at, String who, String purpose, LegalBasis basis, String receipt, List<What> items) {}

    /// 見られた項目. The item's name, the same in words, and what came of it.
    record What(String item, String name, boolean provided, String result) {}

    @GetMapping("/exchange/my-log")
    @Permit(Role.RESIDENT)
    String page(Actor.Resident me, Page.Wanted wanted, Locale locale, Model model) {
        model.addAttribute("page", read(me, wanted, locale));
        return "exchange/my-log";
    }

    @GetMapping("/api/exchange/my-log")
    @Permit(Role.RESIDENT)
    @ResponseBody
    Page<Line> api(Actor.Resident me, Page.Wanted wanted, Locale locale) { return read(me, wanted, locale); }

    /// One row an item.
    @GetMapping("/exchange/my-log.csv")
    @Permit(Role.RESIDENT)
    void csv(Actor.Resident me, Locale locale, HttpServletResponse to) {
        var rows = log.all(me.authority(), me.person())
                .map(entry -> List.of(MOMENT.format(entry.at().atZone(JAPAN)),
                        who(me.authority(), entry.requestedBy(), locale), item(entry.item(), locale),
                        words(entry.purpose(), locale), entry.basis().toString(), entry.receipt(),
                        say(locale, "exchange.result." + entry.result().name())));
        var header = List.of("when", "who", "item", "why", "law", "receipt", "result").stream()
                .map(key -> say(locale, "exchange.log." + key)).toList();
        Csv.stream(to, say(locale, "exchange.log.file") + ".csv", header, rows.iterator());
    }

    private Page<Line> read(Actor.Resident me, Page.Wanted wanted, Locale locale) {
        var looks = log.looks(me.authority(), me.person(), wanted.offset(), wanted.size()).stream()
                .map(look -> new Line(look.at(), who(me.authority(), look.requestedBy(), locale),
                        words(look.purpose(), locale), look.basis(), look.receipt(),
                        look.items().stream()
                                .map(seen -> new What(seen.item(), item(seen.item(), locale),
                                        seen.result() == Status.PROVIDED,
                                        say(locale, "exchange.result." + seen.result().name())))
                                .toList()))
                .toList();
        return new Page<>(looks, log.looks(me.authority(), me.person()), wanted.number(), wanted.size());
    }

    private String item(String item, Locale locale) {
        String otherwise = catalogue.find(item).map(i -> i.name().in(Language.of(locale))).orElse(item);
        String name = messages.getMessage("exchange.item." + item, new Object[0], otherwise, locale);
        return name == null ? otherwise : name;
    }

    /// A purpose is the key of a message, or words already.
    private String words(String purpose, Locale locale) {
        String said = messages.getMessage(purpose, new Object[0], purpose, locale);
        return said == null ? purpose : said;
    }

    private String who(AuthorityId authority, String requestedBy, Locale locale) {
        if (requestedBy.startsWith("resident:"))
            return say(locale, "exchange.who.self");
        if (requestedBy.startsWith("officer:"))
            return say(locale, "exchange.who.officer",
                    authorities.get(authority).title().in(Language.of(locale)),
                    requestedBy.substring("officer:".length()));
        return say(locale, "exchange.who.house");
    }

    private String say(Locale locale, String key, Object... values) { return messages.getMessage(key, values, locale); }
}
