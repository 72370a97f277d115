package jp.kiban.registry;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import jp.kiban.letters.CorporateNumber;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import jp.kiban.authority.Authorities;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.NotThere;
import jp.kiban.portal.Csv;
import jp.kiban.portal.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/// 法人の画面. Everybody looks corporations up: while typing, by number, name and reading; one with its history, as of a day and as it was
/// known then; as pages, CSV and JSON.
@Controller
class CorporationPages {
    private static final int PREDECESSORS = 50;

    private final Corporations corporations;
    private final Loadings loadings;
    private final Authorities authorities;
    private final Places places;
    private final Clock clock;

    CorporationPages(Corporations corporations, Loadings loadings, Authorities authorities, Places places,
            Clock clock) {
        this.corporations = corporations;
        this.loadings = loadings;
        this.authorities = authorities;
        this.places = places;
        this.clock = clock;
    }

    /// 一行. One corporation as the list and the API show it.
    record Line(CorporateNumber number, String name, String furigana, String kind, String postCode, String address,
            String municipality, @Nullable LocalDate closedOn, @Nullable CorporateNumber successor,
            LocalDate changedOn) {}

    static Line line(Corporation c) {
        return new Line(c.number(), c.name(), c.furigana(), Integer.toString(c.kind()), c.postCode(), c.address(), c
                .municipality(), c.closeDate().orElse(null), c.successor().orElse(null), c.changeDate());
    }

    /// 見つかった一ページ. A page of what was found; `more` when there are more than are told.
    record Answer(@JsonUnwrapped Page<Line> page, boolean more) {}

    private Answer answer(CorporationQuery query) {
        var found = corporations.search(query.query());
        var page = Page.of(found.numbers(), query.wanted());
        return new Answer(new Page<>(corporations.all(page.items()).stream().map(CorporationPages::line).toList(), page
                .total(), page.number(), page.size()), found.more());
    }

    @Permit(Role.ANYONE)
    @GetMapping("/registry/corporations")
    String list(@RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "") String prefecture,
            @RequestParam(defaultValue = "") String kind, @RequestParam(defaultValue = "false") String open,
            @RequestParam(defaultValue = "") String sort, @RequestParam(defaultValue = "") String page,
            @RequestParam(defaultValue = "") String size, Language language, Model model) {
        var query = CorporationQuery.read(authorities, q, prefecture, kind, open.equals("true"), sort, page, size);
        model.addAttribute("query", query);
        model.addAttribute("findings", query.faults());
        if (query.searches() && query.faults().isEmpty()) {
            var answer = answer(query);
            model.addAttribute("page", answer.page());
            model.addAttribute("more", answer.more());
        }
        model.addAttribute("prefectures", prefectures(language));
        model.addAttribute("kinds", kinds(language));
        model.addAttribute("edition", loadings.newest(BaseRegistry.CORPORATIONS));
        model.addAttribute("count", corporations.count());
        model.addAttribute("filling", filling());
        return "registry/corporations";
    }

    /// An empty registry is being filled: its search is not made yet.
    private boolean filling() { return loadings.open(BaseRegistry.CORPORATIONS).stream().anyMatch(Loading::fresh); }

    private LinkedHashMap<String, String> prefectures(Language language) {
        var all = new LinkedHashMap<String, String>();
        all.put("", Words.in(language, "registry.every-prefecture"));
        authorities.prefectures().forEach(p -> all.put(p.id().code().substring(0, 2), p.title().in(language)));
        all.put("99", Words.in(language, "registry.abroad"));
        return all;
    }

    private static LinkedHashMap<String, String> kinds(Language language) {
        var all = new LinkedHashMap<String, String>();
        all.put("", Words.in(language, "registry.every-kind"));
        CorporationRow.KINDS.stream().sorted().forEach(k -> all.put(k, Words.in(language, "registry.kind." + k)));
        return all;
    }

    @Permit(Role.ANYONE)
    @GetMapping("/registry/corporations.csv")
    ResponseEntity<byte[]> csv(@RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String prefecture, @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "false") String open, @RequestParam(defaultValue = "") String sort,
            Language language) {
        var query = sound(CorporationQuery.read(authorities, q, prefecture, kind, open.equals("true"), sort, "1",
                "1000"));
        return Csv.download("corporations.csv", List.of("number", "name", "furigana", "kind", "post-code", "address",
                "municipality", "closed", "successor", "changed").stream()
                .map(h -> Words.in(language, "registry.corporation."
                        + h))
                .toList(),
                answer(query).page().items().stream().map(c -> List.of(c.number().digits(), c
                        .name(), c.furigana(), Words.in(language, "registry.kind." + c.kind()), c.postCode(),
                        c.address(),
                        c.municipality(), text(c.closedOn()), text(c.successor()), c.changedOn().toString())).toList());
    }

    private static String text(@Nullable Object value) { return value == null ? "" : value.toString(); }

    private static CorporationQuery sound(CorporationQuery query) {
        if (!query.faults().isEmpty())
            throw new BadInput(query.faults());
        return query;
    }

    @Permit(Role.ANYONE)
    @GetMapping("/api/registry/corporations")
    @ResponseBody
    Answer api(@RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "") String prefecture,
            @RequestParam(defaultValue = "") String kind, @RequestParam(defaultValue = "false") String open,
            @RequestParam(defaultValue = "") String sort, @RequestParam(defaultValue = "") String page,
            @RequestParam(defaultValue = "") String size) {
        return answer(sound(CorporationQuery.read(authorities, q, prefecture, kind, open.equals("true"), sort, page,
                size)));
    }

    // one corporation

    /// 一件. A corporation as the API tells it: the entry of the day that was asked for, where its seat is by the address dictionary
    /// (of the current entry only), where the entry comes from, whom it succeeded, and all versions.
    record One(Line corporation, String invoiceNumber, String enName, String enAddress, LocalDate assignedOn,
            String process, Optional<Places.Place> place, Provenance provenance, List<Line> predecessors,
            boolean morePredecessors, List<Version> history) {}

    /// 版. One version of the entry: so since `changedOn`, known since `known`, and held to be wrong since `doubted`.
    record Version(LocalDate changedOn, String process, boolean corrected, String name, String address,
            @Nullable LocalDate closedOn, Instant known, @Nullable Instant doubted, String file, long line) {}

    private static Version version(Corporations.Version v) {
        var c = v.corporation();
        return new Version(c.changeDate(), "%02d".formatted(c.process()), c.corrected(), c.name(), c.address(), c
                .closeDate().orElse(null), v.known(), v.doubted().orElse(null), c.provenance().file(),
                c.provenance()
                        .line());
    }

    @Permit(Role.ANYONE)
    @GetMapping("/registry/corporations/{number:[0-9TＴ-]+}")
    String one(Actor actor, @PathVariable String number, @RequestParam(defaultValue = "") String on,
            @RequestParam(defaultValue = "") String known, Model model) {
        var id = CorporateNumber.read(number).orElseThrow(NotThere::new);
        if (!id.digits().equals(number))
            return "redirect:/registry/corporations/" + id;
        var history = corporations.history(id);
        if (history.isEmpty())
            throw new NotThere();
        model.addAttribute("number", id);
        model.addAttribute("history", history);
        model.addAttribute("on", on);
        model.addAttribute("known", known);
        model.addAttribute("past", !on.isBlank() || !known.isBlank());
        try {
            var entry = on.isBlank() && known.isBlank()
                    ? corporations.find(id).or(() -> Optional.of(history.getFirst().corporation()))
                    : corporations.find(id, AsOf.read(on, known, clock));
            model.addAttribute("entry", entry);
            model.addAttribute("findings", List.of());
        } catch (BadInput bad) {
            model.addAttribute("entry", Optional.of(history.getFirst().corporation()));
            model.addAttribute("findings", bad.findings());
        }
        model.addAttribute("gone", corporations.find(id).isEmpty());
        model.addAttribute("first", history.getLast().corporation().changeDate());
        model.addAttribute("place",
                model.getAttribute("entry") instanceof Optional<?> shown && shown.equals(corporations
                        .find(id)) ? places.of(id) : Optional.empty());
        var predecessors = corporations.predecessors(id, PREDECESSORS);
        model.addAttribute("predecessors", predecessors.stream().limit(PREDECESSORS).toList());
        model.addAttribute("morePredecessors", predecessors.size() > PREDECESSORS);
        model.addAttribute("mayTell", !(actor instanceof Actor.Nobody));
        return "registry/corporation";
    }

    @Permit(Role.ANYONE)
    @GetMapping("/api/registry/corporations/{number:[0-9TＴ-]+}")
    @ResponseBody
    One apiOne(@PathVariable String number, @RequestParam(defaultValue = "") String on,
            @RequestParam(defaultValue = "") String known) {
        var id = CorporateNumber.read(number).orElseThrow(NotThere::new);
        var entry = (on.isBlank() && known.isBlank()
                ? corporations.find(id)
                : corporations.find(id, AsOf.read(on, known, clock))).orElseThrow(NotThere::new);
        var predecessors = corporations.predecessors(id, PREDECESSORS);
        return new One(line(entry), id.asInvoiceNumber(), entry.enName(), entry.enAddress(), entry.assignmentDate(),
                "%02d".formatted(entry.process()), Optional.of(entry).equals(corporations.find(id))
                        ? places.of(id)
                        : Optional.empty(),
                entry.provenance(), predecessors.stream().limit(PREDECESSORS).map(CorporationPages::line).toList(),
                predecessors.size() > PREDECESSORS,
                corporations.history(id).stream().map(CorporationPages::version).toList());
    }

}
