package jp.kiban.home;

import java.util.Arrays;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import jp.kiban.authority.Authorities;
import jp.kiban.authority.Authority;
import jp.kiban.authority.AuthorityHistory;
import jp.kiban.authority.Point;
import jp.kiban.authority.Population;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.NotThere;
import jp.kiban.letters.CorporateNumber;
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
    private final AuthorityHistory history;
    private final MessageSource messages;

    AuthorityPages(Authorities authorities, AuthorityHistory history, MessageSource messages) {
        this.authorities = authorities;
        this.history = history;
        this.messages = messages;
    }

    @Permit(Role.ANYONE)
    @GetMapping("/authorities")
    String list(@RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String prefecture, @RequestParam(defaultValue = "") String sort,
            @RequestParam(defaultValue = "") String asOf, @RequestParam(defaultValue = "") String lat,
            @RequestParam(defaultValue = "") String lng,
            @RequestParam(defaultValue = "") String page, @RequestParam(defaultValue = "") String size,
            Language language, Model model) {
        var query = AuthorityQuery.read(authorities, q, kind, prefecture, sort, asOf, lat, lng, page, size);
        model.addAttribute("query", query);
        model.addAttribute("findings", query.faults());
        model.addAttribute("page", Page.of(query.of(authorities, history), query.wanted()).map(lines(query)));
        model.addAttribute("incomplete", query.asOf().filter(day -> day.isBefore(history.completeSince())).isPresent());
        model.addAttribute("populationOf", authorities.populationOf(query.asOf()).orElse(null));
        model.addAttribute("completeSince", history.completeSince());
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
            @RequestParam(defaultValue = "") String asOf, @RequestParam(defaultValue = "") String lat,
            @RequestParam(defaultValue = "") String lng,
            Language language) {
        var query = sound(AuthorityQuery.read(authorities, q, kind, prefecture, sort, asOf, lat, lng, "", ""));
        return Csv.download("authorities.csv",
                List.of("code", "kind", "name", "kana", "roman", "prefecture", "population", "population-of").stream()
                        .map(head -> text("authority." + head, language)).toList(),
                query.of(authorities, history).stream().map(lines(query))
                        .map(a -> List.of(a.code(), text("authority.kind." + a.kind(), language), a.name(), a.kana(),
                                a.roman(), a.prefecture(), a.population() == 0 ? "" : Long.toString(a.population()),
                                a.populationOf().map(LocalDate::toString).orElse("")))
                        .toList());
    }

    @Permit(Role.ANYONE)
    @GetMapping("/authorities/{code}")
    String one(@PathVariable String code, Language language, Model model) {
        var authority = get(code);
        var story = story(authority);
        model.addAttribute("authority", story);
        model.addAttribute("completeSince", history.completeSince());
        // of prefectures and ministries there are no changes to be kept
        model.addAttribute("kept", (authority.kind().isMunicipality()
                || authority.kind() == Authority.Kind.DESIGNATED_WARD)
                && story.validFrom().filter(f -> !f.isBefore(history.completeSince())).isEmpty());
        model.addAttribute("title", authority.roman().isEmpty() ? authority.name() : authority.title().in(language));
        model.addAttribute("parts", authorities.all().stream()
                .filter(a -> a.parent().equals(Optional.of(authority.id()))).map(this::line).toList());
        return "authority/one";
    }

    @Permit(Role.ANYONE)
    @GetMapping("/api/authorities")
    @ResponseBody
    Page<Line> api(@RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String prefecture, @RequestParam(defaultValue = "") String sort,
            @RequestParam(defaultValue = "") String asOf, @RequestParam(defaultValue = "") String lat,
            @RequestParam(defaultValue = "") String lng,
            @RequestParam(defaultValue = "") String page, @RequestParam(defaultValue = "") String size) {
        var query = sound(AuthorityQuery.read(authorities, q, kind, prefecture, sort, asOf, lat, lng, page, size));
        return Page.of(query.of(authorities, history), query.wanted()).map(lines(query));
    }

    @Permit(Role.ANYONE)
    @GetMapping("/api/authorities/{code}")
    @ResponseBody
    Story apiOne(@PathVariable String code) { return story(get(code)); }

    /// By six digits, or by the five without the check digit; bodies that are gone are found by the code they had.
    private Authority get(String code) {
        var six = code.matches("[0-9]{5}") ? code + AuthorityId.checkDigit(code) : code;
        if (!AuthorityId.isValid(six))
            throw new NotThere();
        var id = AuthorityId.of(six);
        return authorities.find(id)
                .or(() -> history.after(id).stream().map(AuthorityHistory.Change::former).findFirst())
                .orElseThrow(NotThere::new);
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

    private Function<Authority, Line> lines(AuthorityQuery query) {
        var formerly = query.asOf().isPresent() ? Map.<AuthorityId, List<String>>of() : query.formerly(history);
        return a -> line(a, query.asOf(), query.metres(authorities, a).map(m -> (double) Math.round(m)),
                formerly.getOrDefault(a.id(), List.of()));
    }

    private Line line(Authority a) { return line(a, Optional.empty(), Optional.empty(), List.of()); }

    private Line line(Authority a, Optional<LocalDate> asOf, Optional<Double> metres, List<String> formerly) {
        boolean now = authorities.find(a.id()).filter(a::equals).isPresent();
        var point = now ? authorities.point(a.id()) : Optional.<Point>empty();
        var until = now
                ? Optional.<LocalDate>empty()
                : history.after(a.id()).stream().filter(c -> c.former().equals(a)).findFirst()
                        .map(c -> c.day().minusDays(1));
        var population = authorities.population(a, asOf.or(() -> until));
        return new Line(a.id().code(), AuthorityQuery.code(a.kind().name()), a.name(), a.kana(), a.roman(),
                prefecture(a),
                a.parent().map(AuthorityId::code).orElse(""), population.map(Population::persons).orElse(0L),
                population.map(Population::of),
                population.map(p -> p.kind().name().toLowerCase(Locale.ROOT)).orElse(""),
                now ? authorities.corporateNumber(a).map(CorporateNumber::digits).orElse("") : "",
                point.map(Point::latitude), point.map(Point::longitude), metres,
                now ? history.since(a.id()) : Optional.empty(),
                until, formerly);
    }

    private String prefecture(Authority a) {
        return a.kind() == Authority.Kind.MINISTRY
                ? ""
                : authorities.prefectures().stream()
                        .filter(p -> a.id().isTest() ? false : p.id().code().startsWith(a.id().code().substring(0, 2)))
                        .map(Authority::name).findFirst().orElseGet(() -> authorities.prefectureOf(a.id()).name());
    }

    private Story story(Authority a) {
        boolean now = authorities.find(a.id()).filter(a::equals).isPresent();
        var line = line(a);
        return new Story(line.code(), line.kind(), line.name(), line.kana(), line.roman(), line.prefecture(),
                line.parent(),
                line.population(), line.populationOf(), line.populationKind(), line.corporateNumber(), line.latitude(),
                line.longitude(), line.validFrom(),
                line.validUntil(), now ? history.before(a.id()).stream().map(this::step).toList() : List.of(),
                now ? List.of() : history.after(a.id()).stream().map(this::step).toList());
    }

    private Step step(AuthorityHistory.Change change) {
        return new Step(change.day(), change.kind().code(), change.former().id().code(), change.former().name(),
                change.to().code(), authorities.find(change.to()).map(Authority::name)
                        .orElseGet(() -> history.after(change.to()).stream().map(c -> c.former().name()).findFirst()
                                .orElse("")),
                change.source(), change.checked().stream().sorted().map(AuthorityHistory.Checked::code).toList(),
                change.confidence());
    }

    /// 一行. One authority as the list and the API show it; empty text where there is no prefecture or no parent. `metres` is the
    /// distance to its representative point, `formerly` the earlier names that were searched for.
    record Line(String code, String kind, String name, String kana, String roman, String prefecture, String parent,
            long population, Optional<LocalDate> populationOf, String populationKind, String corporateNumber,
            Optional<Double> latitude, Optional<Double> longitude,
            Optional<Double> metres, Optional<LocalDate> validFrom, Optional<LocalDate> validUntil,
            List<String> formerly) {}

    /// 来歴. One authority with what went before it and what it became; `validFrom` is empty where the table knows no beginning.
    record Story(String code, String kind, String name, String kana, String roman, String prefecture, String parent,
            long population, Optional<LocalDate> populationOf, String populationKind, String corporateNumber,
            Optional<Double> latitude, Optional<Double> longitude,
            Optional<LocalDate> validFrom, Optional<LocalDate> validUntil, List<Step> predecessors,
            List<Step> successors) {}

    /// 変更.
    record Step(LocalDate day, String kind, String code, String name, String to, String toName, String source,
            List<String> checked, String confidence) {}
}
