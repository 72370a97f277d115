package jp.kiban.cost;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.Text;
import jp.kiban.portal.Csv;
import jp.kiban.portal.Page;
import jp.kiban.statistics.FiscalYear;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/// クラウドの明細（FOCUS）の画面. An officer brings a cloud's bill, watches it being read, looks at the findings, gives accounts or tags to
/// systems, and takes it into the ledger as a preview.
@Controller
class FocusPages {
    static final int MOST_SOURCES = 300;
    private final FocusReadings readings;
    private final FocusExport export;

    FocusPages(FocusReadings readings, FocusExport export) {
        this.readings = readings;
        this.export = export;
    }

    /// 対応の一行. One source and the system it is given to.
    record Row(FocusTake.From from, String system, String words) {}

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @GetMapping("/cost/focus")
    String list(Actor.Officer by, Language language, Model model) {
        return list(by, List.of(), Map.of(), language, model);
    }

    private String list(Actor.Officer by, List<Finding> findings, Map<String, String> typed, Language language,
            Model model) {
        model.addAttribute("findings", findings);
        model.addAttribute("readings", readings.all(by.authority()));
        var choices = new LinkedHashMap<String, String>();
        FocusSums.Source.choices().forEach(c -> choices.put(c, c));
        choices.put("tag", CostWords.in(language, "cost.focus.page.by.tag"));
        model.addAttribute("choices", choices);
        model.addAttribute("typed", typed);
        model.addAttribute("years", export.years(by.authority()));
        return "cost/focus";
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @PostMapping("/cost/focus")
    Object bring(Actor.Officer by, @RequestParam(required = false) @Nullable MultipartFile file,
            @RequestParam(required = false) @Nullable MultipartFile rules,
            @RequestParam(defaultValue = "SubAccountId") String source, @RequestParam(defaultValue = "") String tag,
            @RequestParam(defaultValue = "BilledCost") String measure, @RequestParam(defaultValue = "") String charge,
            @RequestParam(defaultValue = "") String dayFirst, Language language, Model model) {
        var faults = new ArrayList<Finding>();
        if (file == null || file.isEmpty())
            faults.add(CostWords.finding("file", "cost.focus.page.choose"));
        if (source.equals("tag") && tag.isBlank())
            faults.add(CostWords.finding("tag", "cost.focus.page.tag.missing"));
        var asked = FocusSums.Source.of(source.equals("tag") ? "tag:" + tag.strip() : source);
        if (asked.isEmpty() && faults.isEmpty())
            faults.add(CostWords.finding("source", "cost.focus.take.by", source, String.join(", ", FocusSums.Source
                    .choices())));
        var cost = FocusColumn.of(measure).filter(c -> c == FocusColumn.BILLED_COST || c == FocusColumn.EFFECTIVE_COST);
        if (cost.isEmpty())
            faults.add(CostWords.finding("measure", "cost.focus.take.measure", measure));
        if (!faults.isEmpty() || file == null)
            return new ModelAndView(list(by, faults, Map.of("source", source, "tag", tag, "measure", measure), language,
                    model), model.asMap(), HttpStatus.UNPROCESSABLE_CONTENT);
        return "redirect:/cost/focus/" + readings.begin(by, file, Optional.ofNullable(rules).filter(r -> !r.isEmpty()),
                new FocusSums.Asked(asked.orElseThrow(), cost.orElseThrow(), charge.equals("yes"),
                        dayFirst.equals("yes")))
                .id();
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @GetMapping("/cost/focus/{id}")
    String one(Actor.Officer by, @PathVariable String id, Page.Wanted wanted, Language language, Model model) {
        return one(by, id, wanted, language, List.of(), Map.of(), model);
    }

    private String one(Actor.Officer by, String id, Page.Wanted wanted, Language language, List<Finding> findings,
            Map<String, String> typed, Model model) {
        var reading = readings.one(by.authority(), id(id));
        model.addAttribute("findings", findings);
        model.addAttribute("reading", reading);
        model.addAttribute("by", reading.asked.source().words());
        model.addAttribute("measure", reading.asked.measure().id());
        model.addAttribute("state", CostWords.text("cost.focus.page.state." + reading.state().name().toLowerCase(
                java.util.Locale.ROOT)));
        model.addAttribute("typed", typed);
        model.addAttribute("taken", reading.taken().map(UUID::toString).orElse(""));
        model.addAttribute("page", Page.of(readings.findings(reading), wanted));
        model.addAttribute("checked", reading.report().isPresent());
        reading.report()
                .ifPresent(r -> model.addAttribute("summary", CostWords.text("cost.focus.check.rules", r.results()
                        .size(), r.results().stream().filter(x -> x.rule().isStatic()).count(), r.run(),
                        r.count(
                                FocusCheck.Outcome.GROUP),
                        r.count(FocusCheck.Outcome.NO_COLUMN), r.count(
                                FocusCheck.Outcome.NOT_SUPPORTED),
                        r.count(FocusCheck.Outcome.DYNAMIC))));
        if (reading.state() == FocusReadings.State.READ) {
            var added = reading.added();
            var remembered = readings.remembered(by.authority(), reading.asked.source());
            var sources = FocusTake.sources(added);
            model.addAttribute("rows", sources.stream().limit(MOST_SOURCES).map(f -> new Row(f, typed.getOrDefault("="
                    + f.source(), remembered.getOrDefault(f.source(), FocusTake.UNASSIGNED).code()), digits(f)))
                    .toList());
            model.addAttribute("more", Math.max(0, sources.size() - MOST_SOURCES));
            model.addAttribute("faulty", added.faulty());
            model.addAttribute("totals", added.currencies().stream().map(c -> c + " " + CostWords.number(added.sum(c)))
                    .toList());
            model.addAttribute("foreign", added.currencies().stream().filter(c -> !c.equals("JPY")).toList());
            model.addAttribute("taxLines", added.lines().stream().filter(l -> l.charge().equals("Tax")).count());
            var systems = new LinkedHashMap<String, Text>();
            systems.put(FocusTake.UNASSIGNED.code(), FocusTake.UNASSIGNED.title());
            SystemCode.listed().forEach(l -> systems.put(l.code().code(), l.title()));
            model.addAttribute("systems", systems);
        }
        model.addAttribute("language", language);
        return "cost/focus-reading";
    }

    private static String digits(FocusTake.From from) {
        int places = from.sum().abs().compareTo(java.math.BigDecimal.ONE) < 0 ? 6 : 2;
        return CostWords.number(from.sum().setScale(Math.min(places, Math.max(0, from.sum().scale())),
                java.math.RoundingMode.HALF_UP)) + " " + from.currency();
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @PostMapping("/cost/focus/{id}/stop")
    String stop(Actor.Officer by, @PathVariable String id) {
        readings.stop(by.authority(), id(id));
        return "redirect:/cost/focus/" + id(id);
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @PostMapping("/cost/focus/{id}/take")
    Object take(Actor.Officer by, @PathVariable String id, @RequestParam MultiValueMap<String, String> form,
            Page.Wanted wanted, Language language, Model model) {
        var reading = readings.one(by.authority(), id(id));
        var faults = new ArrayList<Finding>();
        var systems = new LinkedHashMap<String, SystemCode>();
        var typed = new LinkedHashMap<String, String>();
        var sources = form.getOrDefault("from", List.of());
        var codes = form.getOrDefault("system", List.of());
        for (int i = 0; i < Math.min(sources.size(), codes.size()); i++) {
            typed.put("=" + sources.get(i), codes.get(i));
            if (SystemCode.isValid(codes.get(i)) && SystemCode.named(codes.get(i)).isPresent())
                systems.put(sources.get(i), SystemCode.of(codes.get(i)));
            else
                faults.add(CostWords.finding("system", "cost.focus.take.system", i + 1, codes.get(i)));
        }
        var words = new ArrayList<String>();
        for (var field : form.entrySet())
            if (field.getKey().startsWith("rate.") && !String.join("", field.getValue()).isBlank()) {
                typed.put(field.getKey(), field.getValue().getFirst());
                words.add(field.getKey().substring(5) + "=" + field.getValue().getFirst().strip());
            }
        var rates = FocusTake.rates(words, faults);
        String word = Optional.ofNullable(form.getFirst("tax")).orElse("unstated");
        typed.put("tax", word);
        var tax = FocusTake.tax(word);
        if (tax.isEmpty())
            faults.add(CostWords.finding("tax", "cost.focus.take.tax", word));
        try {
            if (!faults.isEmpty())
                throw new BadInput(faults);
            return "redirect:/cost/ledger/imports/"
                    + readings.take(by, reading.id(), systems, rates, tax.orElseThrow());
        } catch (BadInput bad) {
            return new ModelAndView(one(by, id, wanted, language, bad.findings(), typed, model), model.asMap(),
                    HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @GetMapping("/cost/focus/{id}/findings.csv")
    void findings(Actor.Officer by, @PathVariable String id, HttpServletResponse to) {
        var reading = readings.one(by.authority(), id(id));
        Csv.stream(to, "focus-findings.csv", FocusCheckVerb.HEADER, FocusCheckVerb.rows(readings.findings(reading))
                .iterator());
    }

    /// What counts in the ledger, of one fiscal year or all, as FOCUS.
    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @GetMapping("/cost/focus.csv")
    void out(Actor.Officer by, @RequestParam(defaultValue = "") String year, HttpServletResponse to) {
        if (!year.matches("|(?:19[5-9]\\d|20\\d\\d|21\\d\\d)"))
            throw new BadInput(List.of(CostWords.finding("year", "cost.focus.page.year", year)));
        export.write(by.authority(), year.isEmpty()
                ? Optional.empty()
                : Optional.of(new FiscalYear(Integer.parseInt(year))),
                rows -> Csv.stream(to, "focus"
                        + (year.isEmpty() ? "" : "-" + year) + ".csv", FocusExport.HEADER, rows));
    }

    private static UUID id(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException no) {
            throw new NotThere();
        }
    }
}
