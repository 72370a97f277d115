package jp.kiban.cost;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import jp.kiban.authority.Authorities;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import jp.kiban.letters.Letters;
import jp.kiban.portal.Page;
import jp.kiban.statistics.FiscalYear;
import jp.kiban.store.Scope;
import org.apache.commons.csv.CSVFormat;
import org.dhatim.fastexcel.Workbook;
import org.springframework.context.MessageSource;
import org.springframework.http.ContentDisposition;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/// 台帳の画面. A municipality's own entries with a total for each baseline, and two baselines side by side; for the ministry, what
/// municipalities shared or published.
@Controller
class LedgerPages {
    private static final int MOST_SHEET_ROWS = 200_000;
    private final Ledger ledger;
    private final LedgerList list;
    private final Authorities authorities;
    private final MessageSource messages;
    private final Clock clock;

    LedgerPages(Ledger ledger, LedgerList list, Authorities authorities, MessageSource messages, Clock clock) {
        this.ledger = ledger;
        this.list = list;
        this.authorities = authorities;
        this.messages = messages;
        this.clock = clock;
    }

    /// 生の値. The parameters as they came.
    record Raw(String year, String system, String kind, String baseline, String confidence, String q, String sort,
            String page, String size) {}

    @ModelAttribute("raw")
    Raw raw(@RequestParam(defaultValue = "") String year, @RequestParam(defaultValue = "") String system,
            @RequestParam(defaultValue = "") String kind, @RequestParam(defaultValue = "") String baseline,
            @RequestParam(defaultValue = "") String confidence, @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String sort, @RequestParam(defaultValue = "") String page,
            @RequestParam(defaultValue = "") String size) {
        return new Raw(year, system, kind, baseline, confidence, q, sort, page, size);
    }

    /// 問い.
    record Question(LedgerList.Search search, LedgerList.Order order, boolean down, Page.Wanted wanted,
            List<Finding> faults) {}

    private static Question read(Raw raw) {
        var faults = new ArrayList<Finding>();
        var year = LedgerPages.<FiscalYear>one("year", raw.year(),
                raw.year().matches("\\d{4}") && LedgerSheet.yearOf(raw
                        .year()).isPresent() ? LedgerSheet.yearOf(raw.year()) : Optional.empty(),
                "2024", faults);
        var system = one("system", raw.system(), SystemCode.isValid(raw.system())
                ? Optional.of(SystemCode.of(raw.system()))
                : Optional.empty(), "resident-tax", faults);
        var kind = one("kind", raw.kind(), Arrays.stream(CostKind.values()).filter(k -> k.name().equals(raw.kind()))
                .findFirst(), Arrays.toString(CostKind.values()), faults);
        var baseline = one("baseline", raw.baseline(), Arrays.stream(Baseline.values()).filter(b -> b.name().equals(raw
                .baseline())).findFirst(), Arrays.toString(Baseline.values()), faults);
        var confidence = one("confidence", raw.confidence(), Arrays.stream(Confidence.values()).filter(c -> c.name()
                .equals(raw.confidence())).findFirst(), Arrays.toString(Confidence.values()), faults);
        var by = raw.sort().replaceFirst("^-", "");
        if (!by.isBlank() && !LedgerList.Order.names().contains(by))
            faults.add(CostWords.finding("sort", "cost.ledger.fault.choice", raw.sort(), String.join(", ",
                    LedgerList.Order.names())));
        if (Letters.count(raw.q()) > 100)
            faults.add(CostWords.finding("q", "cost.ledger.fault.q", 100, Letters.count(raw.q())));
        boolean known = LedgerList.Order.names().contains(by);
        return new Question(new LedgerList.Search(Optional.empty(), new Ledger.Wanted(year, system, kind, baseline),
                confidence, Letters.count(raw.q()) > 100 ? "" : raw.q().replace("\0", "")),
                known
                        ? LedgerList.Order.valueOf(by.toUpperCase(Locale.ROOT))
                        : LedgerList.Order.YEAR,
                !known || raw.sort().startsWith("-"), Page.Wanted.read(raw.page(), raw.size(), 20, faults), List.copyOf(
                        faults));
    }

    private static <T> Optional<T> one(String where, String seen, Optional<T> read, String known,
            List<Finding> faults) {
        if (!seen.isBlank() && read.isEmpty())
            faults.add(CostWords.finding(where, "cost.ledger.fault.choice", Letters.excerpt(seen, 40), known));
        return seen.isBlank() ? Optional.empty() : read;
    }

    private static Question sound(Question question) {
        if (!question.faults().isEmpty())
            throw new BadInput(question.faults());
        return question;
    }

    /// A ministry sees what was shared; everybody else their own.
    private static Scope scope(Actor.Officer by) {
        return by.may(Role.MINISTRY) ? Scope.nation() : Scope.of(by.authority());
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY, Role.MINISTRY})
    @GetMapping("/cost/ledger")
    String page(Actor.Officer by, @ModelAttribute(name = "raw", binding = false) Raw raw, Language language,
            Model model) {
        var question = read(raw);
        model.addAttribute("findings", question.faults());
        model.addAttribute("nation", by.may(Role.MINISTRY));
        model.addAttribute("authority", authorities.get(by.authority()).title());
        model.addAttribute("names", authorities);
        model.addAttribute("page", list.page(scope(by), question.search(), question.order(), question.down(), question
                .wanted()));
        model.addAttribute("totals", list.totals(scope(by), question.search()).values());
        model.addAttribute("sort", raw.sort().isBlank() ? "-year" : raw.sort());
        model.addAttribute("money", new Money(messages, language));
        choices(scope(by), language, model);
        return "cost/ledger";
    }

    private void choices(Scope scope, Language language, Model model) {
        var years = new LinkedHashMap<String, String>();
        years.put("", all(language));
        list.years(scope).forEach(y -> years.put(String.valueOf(y.year()), y.in(language)));
        var systems = new LinkedHashMap<String, String>();
        systems.put("", all(language));
        SystemCode.listed().forEach(s -> systems.put(s.code().code(), s.title().in(language)));
        var kinds = new LinkedHashMap<String, String>();
        kinds.put("", all(language));
        Arrays.stream(CostKind.values()).forEach(k -> kinds.put(k.name(), k.title().in(language)));
        var baselines = new LinkedHashMap<String, String>();
        baselines.put("", all(language));
        Arrays.stream(Baseline.values()).forEach(b -> baselines.put(b.name(), b.title().in(language)));
        var confidences = new LinkedHashMap<String, String>();
        confidences.put("", all(language));
        Arrays.stream(Confidence.values()).forEach(c -> confidences.put(c.name(), c.title().in(language)));
        model.addAttribute("years", years);
        model.addAttribute("systems", systems);
        model.addAttribute("kinds", kinds);
        model.addAttribute("baselines", baselines);
        model.addAttribute("confidences", confidences);
    }

    private static String all(Language language) { return CostWords.in(language, "cost.ledger.page.all"); }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY, Role.MINISTRY})
    @ResponseBody
    @GetMapping("/api/cost/ledger")
    Page<LedgerList.Line> api(Actor.Officer by, @ModelAttribute(name = "raw", binding = false) Raw raw) {
        var question = sound(read(raw));
        return list.page(scope(by), question.search(), question.order(), question.down(), question.wanted());
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY, Role.MINISTRY})
    @ResponseBody
    @GetMapping("/api/cost/ledger/totals")
    List<LedgerList.Total> totals(Actor.Officer by, @ModelAttribute(name = "raw", binding = false) Raw raw) {
        return List.copyOf(list.totals(scope(by), sound(read(raw)).search()).values());
    }

    // ---- out -----------------------------------------------------------------------------------------------------

    private static List<String> headings(Language language) {
        var headings = new ArrayList<String>();
        headings.add(CostWords.in(language, "cost.ledger.page.authority"));
        Arrays.stream(LedgerColumn.values()).forEach(c -> headings.add(c.title().in(language)));
        headings.add(CostWords.in(language, "cost.ledger.page.yen"));
        headings.add(CostWords.in(language, "cost.ledger.page.net"));
        headings.add(CostWords.in(language, "cost.ledger.page.way"));
        return headings;
    }

    /// As the template has it, so that what went out can come in again.
    private static List<Object> row(LedgerList.Line line) {
        var e = line.entry();
        return List.of(line.authority().code(), e.year().year(), e.system().title().ja(), e.kind().title().ja(), e
                .baseline().title().ja(), e.name(), e.supplier(), e.amount(), e.currency(),
                e.isForeign()
                        ? e.yenPerUnit()
                        : "",
                e.rateDay().map(LocalDate::toString).orElse(""), e.tax()
                        .stated() == Tax.Stated.UNSTATED ? "不明" : e.tax().stated().title().ja(),
                e.tax().percent(),
                e.from().toString(), e.to().toString(), e.cases().<Object>map(c -> c).orElse(""), e.source(), e
                        .confidence().title().ja(),
                e.note(), plain(line.yen()), plain(line.yenWithoutTax()), line.way()
                        .title().ja());
    }

    private static BigDecimal plain(BigDecimal yen) { return new BigDecimal(yen.stripTrailingZeros().toPlainString()); }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY, Role.MINISTRY})
    @GetMapping("/cost/ledger.csv")
    void csv(Actor.Officer by, @ModelAttribute(name = "raw", binding = false) Raw raw, Language language,
            HttpServletResponse response) {
        var question = sound(read(raw));
        response.setContentType("text/csv;charset=UTF-8");
        download(response, "kiban-ledger.csv");
        try (var out = new java.io.OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8);
                var csv = CSVFormat.EXCEL.print(out)) {
            out.write('\uFEFF');
            csv.printRecord(headings(language));
            list.each(scope(by), question.search(), question.order(), question.down(), line -> {
                try {
                    csv.printRecord(row(line).stream().map(LedgerPages::safe).toList());
                } catch (IOException gone) {
                    throw new UncheckedIOException(gone);
                }
            });
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /// No text that a spreadsheet would run as a formula.
    private static Object safe(Object value) {
        return value instanceof String text && !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0
                ? "'" + text
                : value instanceof BigDecimal number ? number.toPlainString() : value;
    }

    private static void download(HttpServletResponse response, String name) {
        response.setHeader("Content-Disposition", ContentDisposition.attachment().filename(name,
                StandardCharsets.UTF_8).build().toString());
        response.setHeader("Cache-Control", "no-store");
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY, Role.MINISTRY})
    @GetMapping("/cost/ledger.xlsx")
    void xlsx(Actor.Officer by, @ModelAttribute(name = "raw", binding = false) Raw raw, Language language,
            HttpServletResponse response) throws IOException {
        var question = sound(read(raw));
        long total = list.totals(scope(by), question.search()).values().stream().mapToLong(LedgerList.Total::entries)
                .sum();
        if (total > MOST_SHEET_ROWS)
            throw new BadInput(List.of(CostWords.finding("size", "cost.ledger.fault.sheet", total, MOST_SHEET_ROWS)));
        response.setContentType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        download(response, "kiban-ledger.xlsx");
        try (var book = new Workbook(response.getOutputStream(), "kiban", "1.0")) {
            var sheet = book.newWorksheet(LedgerTemplate.ENTRIES.in(language));
            var headings = headings(language);
            for (int c = 0; c < headings.size(); c++) {
                sheet.value(0, c, headings.get(c));
                sheet.style(0, c).bold().wrapText(true).fillColor("E8F1FE").set();
                sheet.width(c, 16);
            }
            sheet.freezePane(0, 1);
            var at = new int[]{0};
            list.each(scope(by), question.search(), question.order(), question.down(), line -> {
                var values = row(line);
                at[0]++;
                for (int c = 0; c < values.size(); c++)
                    LedgerTemplate.put(sheet, at[0], c, values.get(c));
            });
            book.finish();
        }
    }

    // ---- side by side --------------------------------------------------------------------------------------------

    /// 比べ方.
    record Compared(String left, String leftYear, String right, String rightYear, String system) {}

    private LedgerComparison comparison(Actor.Officer by, Compared asked) {
        var faults = new ArrayList<Finding>();
        var left = one("left", asked.left(), baseline(asked.left()), Arrays.toString(Baseline.values()), faults);
        var right = one("right", asked.right(), baseline(asked.right()), Arrays.toString(Baseline.values()), faults);
        var leftYear = one("leftYear", asked.leftYear(), LedgerSheet.yearOf(asked.leftYear()), "2024", faults);
        var rightYear = one("rightYear", asked.rightYear(), LedgerSheet.yearOf(asked.rightYear()), "2024", faults);
        var system = one("system", asked.system(), SystemCode.isValid(asked.system())
                ? Optional.of(SystemCode.of(asked.system()))
                : Optional.empty(), "resident-tax", faults);
        if (!faults.isEmpty())
            throw new BadInput(faults);
        var usual = list.years(Scope.of(by.authority())).stream().findFirst().orElse(FiscalYear.of(LocalDate.now(
                clock)));
        return LedgerComparison.of(ledger, list, by.authority(), left.orElse(Baseline.LAST_YEAR),
                leftYear.orElse(usual),
                right.orElse(Baseline.ACTUAL), rightYear.orElse(usual), system);
    }

    private static Optional<Baseline> baseline(String name) {
        return Arrays.stream(Baseline.values()).filter(b -> b.name().equals(name)).findFirst();
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @GetMapping("/cost/ledger/compare")
    String compare(Actor.Officer by, @RequestParam(defaultValue = "") String left,
            @RequestParam(defaultValue = "") String leftYear, @RequestParam(defaultValue = "") String right,
            @RequestParam(defaultValue = "") String rightYear, @RequestParam(defaultValue = "") String system,
            Language language, Model model) {
        var asked = new Compared(left, leftYear, right, rightYear, system);
        try {
            var comparison = comparison(by, asked);
            model.addAttribute("compared", comparison);
            model.addAttribute("asked",
                    new Compared(comparison.left().baseline().name(), String.valueOf(comparison.left()
                            .year().year()), comparison.right().baseline().name(),
                            String.valueOf(comparison.right().year()
                                    .year()),
                            system));
            model.addAttribute("findings", List.of());
        } catch (BadInput bad) {
            model.addAttribute("asked", asked);
            model.addAttribute("findings", bad.findings());
        }
        choices(Scope.of(by.authority()), language, model);
        model.addAttribute("authority", authorities.get(by.authority()).title());
        model.addAttribute("money", new Money(messages, language));
        return "cost/ledger-compare";
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @ResponseBody
    @GetMapping("/api/cost/ledger/compare")
    LedgerComparison compareAsJson(Actor.Officer by, @RequestParam(defaultValue = "") String left,
            @RequestParam(defaultValue = "") String leftYear, @RequestParam(defaultValue = "") String right,
            @RequestParam(defaultValue = "") String rightYear, @RequestParam(defaultValue = "") String system) {
        return comparison(by, new Compared(left, leftYear, right, rightYear, system));
    }
}
