package jp.kiban.exchange;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import jp.kiban.authority.Authorities;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.LegalBasis;
import jp.kiban.portal.Csv;
import jp.kiban.portal.Page;
import org.springframework.context.MessageSource;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseBody;

/// 自分の利用記録. The page where a resident reads who looked at her, when, why, by which law and at what; the same as CSV
/// and JSON. Nobody reads another's.
@Controller
class MyAccessLog {
    private static final int MOST_ROWS = 10_000;
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");

    private final AccessLog log;
    private final Authorities authorities;
    private final MessageSource messages;

    MyAccessLog(AccessLog log, Authorities authorities, MessageSource messages) {
        this.log = log;
        this.authorities = authorities;
        this.messages = messages;
    }

    /// 記録の一行. As the person reads it; `item` is the name of the item, the rest is in words.
    record Line(Instant at, String who, String item, String what, String purpose, LegalBasis basis,
            String receipt, String result) {}

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

    @GetMapping("/exchange/my-log.csv")
    @Permit(Role.RESIDENT)
    ResponseEntity<byte[]> csv(Actor.Resident me, Locale locale) {
        var rows = log.of(me.authority(), me.person(), 0, MOST_ROWS).stream().map(e -> line(me.authority(), e, locale))
                .map(l -> List.of(MOMENT.format(l.at().atZone(JAPAN)), l.who(), l.what(), l.purpose(),
                        l.basis().toString(), l.receipt(), l.result()))
                .toList();
        var header = List.of("when", "who", "item", "why", "law", "receipt", "result").stream()
                .map(key -> say(locale, "exchange.log." + key)).toList();
        return Csv.download(say(locale, "exchange.log.file") + ".csv", header, rows);
    }

    private Page<Line> read(Actor.Resident me, Page.Wanted wanted, Locale locale) {
        var entries = log.of(me.authority(), me.person(), (int) wanted.offset(), wanted.size());
        return new Page<>(entries.stream().map(entry -> line(me.authority(), entry, locale)).toList(),
                log.count(me.authority(), me.person()), wanted.number(), wanted.size());
    }

    private Line line(AuthorityId authority, AccessLog.Entry entry, Locale locale) {
        String what = messages.getMessage("exchange.item." + entry.item(), new Object[0], entry.item(), locale);
        return new Line(entry.at(), who(authority, entry.requestedBy(), locale), entry.item(),
                what == null ? entry.item() : what, entry.purpose(), entry.basis(), entry.receipt(),
                say(locale, "exchange.result." + entry.result().name()));
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
