package jp.kiban.cost;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
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
import jp.kiban.portal.LargeFiles;
import jp.kiban.portal.Page;
import jp.kiban.statistics.FiscalYear;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
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
    @LargeFiles(otherwise = "cost.upload.focus.otherwise")
    @PostMapping("/cost/focus")
    Object bring(Actor.Officer by, @RequestParam(required = false) @Nullable MultipartFile file,
            @RequestParam(required = false) @Nullable MultipartFile rules,
            @RequestParam(defaultValue = "SubAccountId") String source, @RequestParam(defaultValue = "") String tag,
            @RequestParam(defaultValue = "BilledCost") String measure, @RequestParam(defaultValue = "") String charge,
            @RequestParam(defaultValue = "") String dayFirst, Language language, Model model) {
        var ask = new FocusAsk(source, tag, measure, charge, dayFirst);
        try {
            var asked = ask.read(FocusReadings.isThere(file));
            return "redirect:/cost/focus/" + readings.begin(by, java.util.Objects.requireNonNull(file), Optional
                    .ofNullable(rules).filter(r -> !r.isEmpty()), asked).id();
        } catch (BadInput bad) {
            return new ModelAndView(list(by, bad.findings(), ask.typed(), language, model), model.asMap(),
                    HttpStatus.UNPROCESSABLE_CONTENT);
        }
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
        model.addAttribute("by", reading.source());
        model.addAttribute("measure", reading.measure());
        model.addAttribute("state", CostWords.text("cost.focus.page.state." + reading.state().name().toLowerCase(
                java.util.Locale.ROOT)));
        model.addAttribute("typed", typed);
        model.addAttribute("taken", readings.standing(by.authority(), reading).map(UUID::toString).orElse(""));
        model.addAttribute("page", readings.findings(by.authority(), reading.id(), wanted));
        model.addAttribute("checked", reading.rules().isPresent());
        reading.rules().ifPresent(r -> model.addAttribute("summary", CostWords.text("cost.focus.check.rules", r.rules(),
                r.statics(), r.run(), r.groups(), r.noColumn(), r.notSupported(), r.dynamic())));
        if (reading.state() == FocusReadings.State.READ)
            mapping(by, reading, typed, model);
        model.addAttribute("language", language);
        return "cost/focus-reading";
    }

    private void mapping(Actor.Officer by, FocusReadings.Reading reading, Map<String, String> typed, Model model) {
        var remembered = readings.remembered(by.authority(), reading.asked().source());
        var sources = readings.sources(by.authority(), reading.id(), new Page.Wanted(1, MOST_SOURCES));
        model.addAttribute("rows", sources.items().stream().map(f -> new Row(f, typed.getOrDefault("=" + f.source(),
                remembered.getOrDefault(f.source(), FocusTake.UNASSIGNED).code()), digits(f)))
                .toList());
        model.addAttribute("more", sources.total() - sources.items().size());
        model.addAttribute("faulty", reading.faulty());
        var totals = readings.totals(by.authority(), reading.id());
        model.addAttribute("totals", totals.entrySet().stream().map(t -> t.getKey() + " " + CostWords.number(t
                .getValue())).toList());
        model.addAttribute("foreign", totals.keySet().stream().filter(c -> !c.equals("JPY")).toList());
        model.addAttribute("hasTax", readings.hasTax(by.authority(), reading.id()));
        boolean own = readings.isMarked(by.authority(), reading.id());
        model.addAttribute("own", own);
        model.addAttribute("tax", typed.getOrDefault("tax", own ? "included" : ""));
        var systems = new LinkedHashMap<String, Text>();
        systems.put(FocusTake.UNASSIGNED.code(), FocusTake.UNASSIGNED.title());
        SystemCode.listed().forEach(l -> systems.put(l.code().code(), l.title()));
        model.addAttribute("systems", systems);
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
        readings.one(by.authority(), id(id));
        var asked = FocusAsk.Taking.of(form.getOrDefault("from", List.of()), form.getOrDefault("system", List.of()),
                form);
        try {
            var read = asked.read();
            return "redirect:/cost/ledger/imports/" + readings.take(by, id(id), read.systems(), read.rates(), read
                    .tax());
        } catch (BadInput bad) {
            var typed = new LinkedHashMap<String, String>();
            asked.systems().forEach((source, code) -> typed.put("=" + source, code));
            asked.rates().forEach((currency, rate) -> typed.put("rate." + currency, rate));
            typed.put("tax", asked.tax());
            return new ModelAndView(one(by, id, wanted, language, bad.findings(), typed, model), model.asMap(),
                    HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @PostMapping("/cost/focus/{id}/remove")
    String remove(Actor.Officer by, @PathVariable String id) {
        readings.remove(by.authority(), id(id));
        return "redirect:/cost/focus";
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @GetMapping({"/cost/focus/{id}/findings.csv", "/api/cost/focus/{id}/findings.csv"})
    void findings(Actor.Officer by, @PathVariable String id, Language language, HttpServletResponse to) {
        var all = readings.findings(by.authority(), id(id));
        Csv.stream(to, "focus-findings.csv", FocusCheckVerb.HEADER, new Iterator<List<Object>>() {
            @Override
            public boolean hasNext() { return all.hasNext(); }

            @Override
            public List<Object> next() {
                var f = all.next();
                return List.of(f.rule(), f.level().word(), f.column(), f.row(), f.seen(), f.text().in(language));
            }
        });
    }

    /// What counts in the ledger, of one fiscal year or all, as FOCUS.
    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @GetMapping({"/cost/focus.csv", "/api/cost/focus.csv"})
    void out(Actor.Officer by, @RequestParam(defaultValue = "") String year, HttpServletResponse to) {
        export.write(by.authority(), year(year), rows -> Csv.stream(to, "focus" + (year.isEmpty() ? "" : "-" + year)
                + ".csv", FocusExport.HEADER, rows));
    }

    /// The same as a workbook.
    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @GetMapping({"/cost/focus.xlsx", "/api/cost/focus.xlsx"})
    void workbook(Actor.Officer by, @RequestParam(defaultValue = "") String year, HttpServletResponse to) {
        long count = export.count(by.authority(), year(year));
        if (count > FocusExport.MOST_SHEET_ROWS)
            throw new BadInput(List.of(CostWords.finding("year", "cost.ledger.fault.sheet", count,
                    FocusExport.MOST_SHEET_ROWS)));
        export.write(by.authority(), year(year), rows -> {
            to.setContentType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
            to.setHeader("Content-Disposition", ContentDisposition.attachment().filename("focus" + (year.isEmpty()
                    ? ""
                    : "-" + year) + ".xlsx").build().toString());
            to.setHeader("Cache-Control", "no-store");
            try {
                FocusExport.workbook(to.getOutputStream(), rows);
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
        });
    }

    private static Optional<FiscalYear> year(String year) {
        if (!year.matches("|(?:19[5-9]\\d|20\\d\\d|21\\d\\d)"))
            throw new BadInput(List.of(CostWords.finding("year", "cost.focus.page.year", year)));
        return year.isEmpty() ? Optional.empty() : Optional.of(new FiscalYear(Integer.parseInt(year)));
    }

    static UUID id(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException no) {
            throw new NotThere();
        }
    }
}
