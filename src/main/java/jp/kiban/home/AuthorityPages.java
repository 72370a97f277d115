package jp.kiban.home;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import jp.kiban.authority.Authorities;
import jp.kiban.authority.Authority;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.NotThere;
import jp.kiban.portal.Csv;
import jp.kiban.portal.Page;
import org.springframework.context.MessageSource;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/// 団体の一覧. Every authority, for anyone: searched, filtered, sorted, page by page, as CSV and as JSON.
@Controller
class AuthorityPages {
    private final Authorities authorities;
    private final MessageSource messages;

    AuthorityPages(Authorities authorities, MessageSource messages) {
        this.authorities = authorities;
        this.messages = messages;
    }

    @Permit(Role.ANYONE)
    @GetMapping("/authorities")
    String list(@RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String prefecture, @RequestParam(defaultValue = "") String sort,
            @RequestParam(defaultValue = "") String page, @RequestParam(defaultValue = "") String size,
            Language language, Model model) {
        var query = AuthorityQuery.read(authorities, q, kind, prefecture, sort, page, size);
        model.addAttribute("query", query);
        model.addAttribute("findings", query.faults());
        model.addAttribute("page", Page.of(query.of(authorities), query.wanted()).map(this::line));
        model.addAttribute("kinds", kinds(language));
        var prefectures = new LinkedHashMap<String, String>();
        prefectures.put("", text("authority.every-prefecture", language));
        authorities.prefectures().forEach(p -> prefectures.put(p.id().code(), p.title().in(language)));
        model.addAttribute("prefectures", prefectures);
        return "authority/list";
    }

    @Permit(Role.ANYONE)
    @GetMapping("/authorities.csv")
    ResponseEntity<byte[]> csv(@RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String prefecture, @RequestParam(defaultValue = "") String sort,
            Language language) {
        var query = sound(AuthorityQuery.read(authorities, q, kind, prefecture, sort, "", ""));
        return Csv.download("authorities.csv",
                List.of("code", "kind", "name", "kana", "roman", "prefecture", "population").stream()
                        .map(head -> text("authority." + head, language)).toList(),
                query.of(authorities).stream().map(this::line)
                        .map(a -> List.of(a.code(), text("authority.kind." + a.kind(), language), a.name(), a.kana(),
                                a.roman(), a.prefecture(), a.population()))
                        .toList());
    }

    @Permit(Role.ANYONE)
    @GetMapping("/authorities/{code}")
    String one(@PathVariable String code, Language language, Model model) {
        var authority = get(code);
        model.addAttribute("authority", line(authority));
        model.addAttribute("title", authority.title().in(language));
        model.addAttribute("parts", authorities.all().stream()
                .filter(a -> a.parent().equals(Optional.of(authority.id()))).map(this::line).toList());
        return "authority/one";
    }

    @Permit(Role.ANYONE)
    @GetMapping("/api/authorities")
    @ResponseBody
    Page<Line> api(@RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String prefecture, @RequestParam(defaultValue = "") String sort,
            @RequestParam(defaultValue = "") String page, @RequestParam(defaultValue = "") String size) {
        var query = sound(AuthorityQuery.read(authorities, q, kind, prefecture, sort, page, size));
        return Page.of(query.of(authorities), query.wanted()).map(this::line);
    }

    @Permit(Role.ANYONE)
    @GetMapping("/api/authorities/{code}")
    @ResponseBody
    Line apiOne(@PathVariable String code) { return line(get(code)); }

    private Authority get(String code) {
        if (!AuthorityId.isValid(code))
            throw new NotThere();
        return authorities.get(AuthorityId.of(code));
    }

    private static AuthorityQuery sound(AuthorityQuery query) {
        if (!query.faults().isEmpty())
            throw new BadInput(query.faults());
        return query;
    }

    private LinkedHashMap<String, String> kinds(Language language) {
        var kinds = new LinkedHashMap<String, String>();
        kinds.put("", text("authority.every-kind", language));
        Arrays.stream(AuthorityQuery.Group.values())
                .forEach(g -> kinds.put(g.code(), text("authority.kind." + g.code(), language)));
        return kinds;
    }

    private String text(String key, Language language) { return messages.getMessage(key, null, language.locale()); }

    private Line line(Authority a) {
        var prefecture = a.kind() == Authority.Kind.MINISTRY ? "" : authorities.prefectureOf(a.id()).name();
        return new Line(a.id().code(), AuthorityQuery.code(a.kind().name()), a.name(), a.kana(), a.roman(), prefecture,
                a.parent().map(AuthorityId::code).orElse(""), a.population());
    }

    /// 一行. One authority as the list and the API show it; empty text where there is no prefecture or no parent.
    record Line(String code, String kind, String name, String kana, String roman, String prefecture, String parent,
            long population) {}
}
