package jp.kiban.cost;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.kiban.authority.Authorities;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.NotThere;
import jp.kiban.portal.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.JsonNode;

/// 見積精査の画面. An officer brings a quote, sees what the published rules ask, sends the letter, and keeps the answers and what they saved.
@Controller
class QuotePages {
    private static final MediaType WORKBOOK = MediaType.parseMediaType(
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    private final Quotes quotes;

    private final QuoteBase base;

    private final PlatformsBefore before;
    private final Authorities authorities;
    private final Clock clock;

    QuotePages(Quotes quotes, QuoteBase base, PlatformsBefore before, Authorities authorities, Clock clock) {
        this.authorities = authorities;
        this.clock = clock;
        this.quotes = quotes;
        this.before = before;
        this.base = base;
    }

    /// 一つの問い. As the page shows it.
    record Row(Scrutiny.Asked asked, String concerned, String effect, String who, Quotes.@Nullable Answer answer) {}

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @GetMapping("/cost/quotes")
    String list(Actor.Officer by, Page.Wanted wanted, @RequestParam(defaultValue = "") String removed, Model model) {
        return list(by, wanted, removed, List.of(), model);
    }

    private String list(Actor.Officer by, Page.Wanted wanted, String removed, List<Finding> findings, Model model) {
        model.addAttribute("findings", findings);
        model.addAttribute("page", quotes.all(by.authority(), wanted));
        model.addAttribute("removed", id(removed).orElse(null));
        model.addAttribute("replaces", "");
        return "cost/quotes";
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @PostMapping("/cost/quotes")
    Object add(Actor.Officer by, @RequestParam(required = false) @Nullable MultipartFile file,
            @RequestParam(defaultValue = "") String amount, @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String replaces, Page.Wanted wanted, Model model) throws IOException {
        try {
            return "redirect:/cost/quotes/" + keep(by, file, amount, name, replaces);
        } catch (BadInput bad) {
            var view = list(by, wanted, "", bad.findings().stream().map(QuotePages::atFile).toList(), model);
            model.addAttribute("amount", amount);
            model.addAttribute("name", name);
            model.addAttribute("replaces", replaces);
            return new ModelAndView(view, model.asMap(), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    /// A fault of a cell stands at the file, with its cell.
    private static Finding atFile(Finding fault) {
        return fault.where().equals("file")
                ? fault
                : CostWords.finding("file", "cost.quote.fault.cell", fault.where(), fault.message());
    }

    private UUID keep(Actor.Officer by, @Nullable MultipartFile file, String amount, String name, String replaces)
            throws IOException {
        if (file == null || file.isEmpty())
            throw new BadInput(List.of(CostWords.finding("file", "cost.quote.fault.choose")));
        var headings = new LinkedHashMap<String, String>();
        if (!amount.isBlank())
            headings.put("amount", amount);
        if (!name.isBlank())
            headings.put("name", name);
        var given = file.getOriginalFilename();
        return quotes.add(by, given == null ? "" : given, file.getBytes(), headings, replaces.isBlank()
                ? Optional.empty()
                : Optional.of(wanted(replaces)));
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @GetMapping("/cost/quotes/{id}")
    String one(Actor.Officer by, @PathVariable String id, Language language, Model model) {
        return one(by, id, language, List.of(), model);
    }

    private String one(Actor.Officer by, String id, Language language, List<Finding> findings, Model model) {
        var opened = quotes.open(by.authority(), wanted(id));
        var paper = new QuoteLetter(opened.scrutiny(), language);
        model.addAttribute("findings", findings);
        model.addAttribute("opened", opened);
        model.addAttribute("sum", opened.scrutiny().sum().toBigInteger().longValueExact());
        model.addAttribute("most", opened.scrutiny().mostAtOnce());
        model.addAttribute("rows", opened.scrutiny().asked().stream().map(a -> new Row(a, paper.concerned(a), paper
                .effect(a), paper.who(a), opened.answers().get(a.rule().id()))).toList());
        model.addAttribute("skipped", opened.scrutiny().skipped().stream().map(s -> Map.of("rule", s.rule(), "needs",
                needs(s, language))).toList());
        model.addAttribute("headings", opened.scrutiny().quote().headings());
        var fields = new LinkedHashMap<String, String>();
        fields.put("", CostWords.in(language, "cost.quote.page.headings.none"));
        quotes.form().columns().forEach(c -> fields.put(c.key(), c.title()));
        model.addAttribute("fields", fields);
        model.addAttribute("results", Quotes.Result.values());
        var systems = new LinkedHashMap<String, String>();
        systems.put("", CostWords.in(language, "cost.ledger.quote.each"));
        SystemCode.listed().forEach(l -> systems.put(l.code().code(), l.title().in(language)));
        model.addAttribute("systems", systems);
        var baselines = new LinkedHashMap<String, String>();
        for (var baseline : List.of(Baseline.QUOTE, Baseline.CONTRACT))
            baselines.put(baseline.name(), baseline.title().in(language));
        model.addAttribute("baselines", baselines);
        model.addAttribute("base", base.view(by.authority(), opened.kept().id()));
        model.addAttribute("months", opened.scrutiny().quote().head().path("months").asString(""));
        model.addAttribute("mayShare", by.may(Role.APPROVAL));
        var whole = new LinkedHashMap<String, String>();
        SystemCode.listed().forEach(s -> whole.put(s.code().code(), s.title().in(language)));
        model.addAttribute("aboutSystems", whole);
        var platforms = new LinkedHashMap<String, String>();
        for (var platform : QuoteBase.Platform.values())
            platforms.put(platform.word(), CostWords.in(language, "cost.base.platform." + platform.word()));
        model.addAttribute("platforms", platforms);
        model.addAttribute("platformBefore", before.of(by.authority()).map(QuoteBase.Platform::word).orElse(""));
        return "cost/quote";
    }

    private String needs(Scrutiny.Skipped skipped, Language language) {
        return String.join(language == Language.EN ? ", " : "、", skipped.missing().stream().map(m -> m.startsWith(
                "peers.") ? CostWords.in(language, "cost.quote.needs.peers") : quotes.form().title(m)).toList());
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @PostMapping("/cost/quotes/{id}/answers")
    Object answer(Actor.Officer by, @PathVariable String id, @RequestParam(defaultValue = "") String rule,
            @RequestParam(defaultValue = "") String answer, @RequestParam(defaultValue = "") String result,
            @RequestParam(defaultValue = "") String saved, Language language, Model model) {
        try {
            quotes.answer(by, wanted(id), rule, answer, result, saved);
            return "redirect:/cost/quotes/" + id + "#" + rule;
        } catch (BadInput bad) {
            var view = one(by, id, language, bad.findings(), model);
            model.addAttribute("typed", Map.of("rule", rule, "answer", answer, "result", result, "saved", saved));
            return new ModelAndView(view, model.asMap(), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    /// 見出しの対応. Each heading of the table and the column of the form that it is; empty: not read.
    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @PostMapping("/cost/quotes/{id}/headings")
    Object headings(Actor.Officer by, @PathVariable String id, @RequestParam MultiValueMap<String, String> form,
            Language language, Model model) {
        try {
            var heading = form.getOrDefault("heading", List.of());
            var key = form.getOrDefault("key", List.of());
            var meant = new LinkedHashMap<String, String>();
            for (int i = 0; i < Math.min(heading.size(), key.size()); i++)
                if (!key.get(i).isBlank() && !heading.get(i).isBlank())
                    meant.put(heading.get(i).strip(), key.get(i).strip());
            quotes.map(by, wanted(id), meant);
            return "redirect:/cost/quotes/" + id + "#questions";
        } catch (BadInput bad) {
            var view = one(by, id, language, bad.findings().stream().map(f -> CostWords.finding("headings",
                    "cost.quote.fault.cell", f.where(), f.message())).toList(), model);
            return new ModelAndView(view, model.asMap(), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    /// Says what the quote is for, so that it can be held against others.
    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @PostMapping("/cost/quotes/{id}/about")
    Object about(Actor.Officer by, @PathVariable String id,
            @RequestParam(name = "about-system", defaultValue = "") String system,
            @RequestParam(name = "about-months", defaultValue = "") String months,
            @RequestParam(name = "about-platform", defaultValue = "") String platform,
            @RequestParam(name = "about-year", defaultValue = "") String year, Language language, Model model) {
        try {
            base.describe(by, quotes.open(by.authority(), wanted(id)), system, months, platform, year);
            return "redirect:/cost/quotes/" + id + "#base";
        } catch (BadInput bad) {
            var view = one(by, id, language, bad.findings(), model);
            model.addAttribute("told", Map.of("system", system, "months", months, "platform", platform, "year", year));
            return new ModelAndView(view, model.asMap(), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    /// 同意.
    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @PostMapping("/cost/quotes/{id}/share")
    String share(Actor.Officer by, @PathVariable String id) {
        base.share(by, quotes.open(by.authority(), wanted(id)));
        return "redirect:/cost/quotes/" + id + "#base";
    }

    /// 同意の撤回.
    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @PostMapping("/cost/quotes/{id}/withdraw")
    String withdraw(Actor.Officer by, @PathVariable String id) {
        base.withdraw(by, quotes.open(by.authority(), wanted(id)).kept().id());
        return "redirect:/cost/quotes/" + id + "#base";
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @PostMapping("/cost/quotes/{id}/remove")
    String remove(Actor.Officer by, @PathVariable String id) {
        quotes.remove(by, wanted(id));
        return "redirect:/cost/quotes?removed=" + id;
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @PostMapping("/cost/quotes/{id}/restore")
    String restore(Actor.Officer by, @PathVariable String id) {
        quotes.restore(by, wanted(id));
        return "redirect:/cost/quotes/" + id;
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @PostMapping("/cost/quotes/{id}/ledger")
    Object toLedger(Actor.Officer by, @PathVariable String id, @RequestParam(defaultValue = "") String baseline,
            @RequestParam(defaultValue = "") String year, @RequestParam(defaultValue = "") String system,
            @RequestParam(defaultValue = "") String percent, Language language, Model model) {
        try {
            return "redirect:/cost/ledger/imports/" + quotes.toLedger(by, wanted(id), asked(baseline, year, system,
                    percent)).id();
        } catch (BadInput bad) {
            var view = one(by, id, language, bad.findings(), model);
            model.addAttribute("typed", Map.of("rule", "ledger", "baseline", baseline, "year", year, "system", system,
                    "percent", percent));
            return new ModelAndView(view, model.asMap(), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    private static LedgerQuote.Asked asked(String baseline, String year, String system, String percent) {
        var findings = new java.util.ArrayList<Finding>();
        var chosen = Baseline.of(baseline).filter(b -> b == Baseline.QUOTE || b == Baseline.CONTRACT);
        if (chosen.isEmpty())
            findings.add(CostWords.finding("baseline", "cost.ledger.quote.baseline", baseline));
        var wanted = LedgerSheet.yearOf(year);
        if (wanted.isEmpty())
            findings.add(CostWords.finding("year", "cost.ledger.fault.year", year));
        var of = SystemCode.named(system);
        if (of.isEmpty() && !system.isBlank())
            findings.add(CostWords.finding("system", "cost.ledger.fault.system", system));
        var tax = percent.isBlank()
                ? Optional.of(java.math.BigDecimal.TEN)
                : Quote.number(percent).filter(p -> p
                        .signum() >= 0 && p.compareTo(java.math.BigDecimal.valueOf(100)) <= 0);
        if (tax.isEmpty())
            findings.add(CostWords.finding("percent", "cost.ledger.fault.percent", percent));
        if (!findings.isEmpty())
            throw new BadInput(findings);
        return new LedgerQuote.Asked(chosen.orElseThrow(), wanted.orElseThrow(), of, new Tax(Tax.Stated.EXCLUDED, tax
                .orElseThrow()));
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @GetMapping("/cost/quotes/{id}/letter")
    String letter(Actor.Officer by, @PathVariable String id, Language language, Model model) {
        model.addAttribute("sender", authorities.get(by.authority()).title());
        model.addAttribute("today", LocalDate.now(clock.withZone(ZoneId.of("Asia/Tokyo"))));
        return one(by, id, language, List.of(), model) + "-letter";
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @GetMapping("/cost/quotes/{id}/questions.xlsx")
    ResponseEntity<byte[]> worksheet(Actor.Officer by, @PathVariable String id, Language language) {
        var opened = quotes.open(by.authority(), wanted(id));
        return workbook("見積精査.xlsx", new QuoteLetter(opened.scrutiny(), language).worksheet(), 0, language);
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @GetMapping("/cost/quotes/template.xlsx")
    ResponseEntity<byte[]> template(Language language) {
        var rows = QuoteLetter.template(quotes.form(), language);
        return workbook("見積様式.xlsx", rows, rows.size() - 1, language);
    }

    private static ResponseEntity<byte[]> workbook(String name, List<List<Object>> rows, int headings,
            Language language) {
        return ResponseEntity.ok().contentType(WORKBOOK).header("Content-Disposition", ContentDisposition.attachment()
                .filename(name, StandardCharsets.UTF_8).build().toString()).header("Cache-Control", "no-store").body(
                        QuoteLetter.workbook(CostWords.in(language, "cost.quote.template.sheet"), rows, headings));
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @ResponseBody
    @GetMapping("/api/cost/quotes")
    Page<Quotes.Kept> listAsJson(Actor.Officer by, Page.Wanted wanted) { return quotes.all(by.authority(), wanted); }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @ResponseBody
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping("/api/cost/quotes")
    Map<String, Object> addAsJson(Actor.Officer by, @RequestParam(required = false) @Nullable MultipartFile file,
            @RequestParam(defaultValue = "") String amount, @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String replaces) throws IOException {
        return Map.of("id", keep(by, file, amount, name, replaces));
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @ResponseBody
    @GetMapping("/api/cost/quotes/{id}")
    JsonNode oneAsJson(Actor.Officer by, @PathVariable String id) {
        return quotes.open(by.authority(), wanted(id)).scrutiny().json();
    }

    private static Optional<UUID> id(String text) {
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /// No id is no quote: the same answer as for another municipality's.
    private static UUID wanted(String text) { return id(text).orElseThrow(NotThere::new); }
}
