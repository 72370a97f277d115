package jp.kiban.cost;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.servlet.http.HttpServletResponse;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.kiban.letters.Letters;
import jp.kiban.authority.Authorities;
import jp.kiban.authority.Authority;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.Text;
import jp.kiban.letters.Wareki;
import jp.kiban.portal.Csv;
import jp.kiban.portal.Page;
import jp.kiban.standards.ServiceStandard;
import jp.kiban.standards.Standards;
import jp.kiban.statistics.FiscalYear;
import jp.kiban.statistics.SmallCells;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/// 費用の画面. For officers, what their own authority's applications cost; for the ministry, every municipality, per
/// application and per head, without those whose few applications a total would tell.
@Controller
class CostPages {
    private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");
    private static final List<String> OWN_SORTS = Arrays.stream(Costs.Order.values())
            .map(o -> o.name().toLowerCase(Locale.ROOT)).toList();
    private static final List<String> WHOLE_SORTS = List.of("yen", "code", "name", "cases", "percase", "perhead");

    private final Costs costs;
    private final RateCard rates;
    private final Standards standards;
    private final Authorities authorities;
    private final SmallCells smallCells;
    private final MessageSource messages;
    private final Clock clock;

    CostPages(Costs costs, RateCard rates, Standards standards, Authorities authorities, SmallCells smallCells,
            MessageSource messages, Clock clock) {
        this.costs = costs;
        this.rates = rates;
        this.standards = standards;
        this.authorities = authorities;
        this.smallCells = smallCells;
        this.messages = messages;
        this.clock = clock;
    }

    /// 生の値. The parameters as they came.
    record Raw(String month, String year, String standard, String q, String sort, String page, String size) {}

    @ModelAttribute
    Raw raw(@RequestParam(defaultValue = "") String month, @RequestParam(defaultValue = "") String year,
            @RequestParam(defaultValue = "") String standard, @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String sort,
            @RequestParam(defaultValue = "") String page, @RequestParam(defaultValue = "") String size) {
        return new Raw(month, year, standard, q, sort, page, size);
    }

    /// 問い. What is asked for; a blank month is all time.
    record Question(Optional<YearMonth> month, FiscalYear year, String standard, String q, String sort,
            Page.Wanted wanted,
            List<Finding> faults) {
        Costs.Span span() {
            return month.map(m -> new Costs.Span(m.atDay(1), m.atEndOfMonth()))
                    .orElse(new Costs.Span(LocalDate.of(1900, 1, 1), LocalDate.of(9999, 12, 31)));
        }

        /// The ministry's: years do not overlap, so that no hidden municipality is told by subtraction.
        Costs.Span fiscalYear() { return new Costs.Span(year.from(), year.to()); }

        boolean down() { return sort.startsWith("-"); }

        String by() { return sort.replaceFirst("^-", ""); }
    }

    private Question read(Raw raw, List<String> sorts) {
        var faults = new ArrayList<Finding>();
        Optional<YearMonth> month = Optional.empty();
        if (raw.month().matches("[0-9]{4}-(0[1-9]|1[0-2])"))
            month = Optional.of(YearMonth.parse(raw.month()));
        else if (!raw.month().isBlank())
            faults.add(fault("month", raw.month(), "2026-11"));
        var year = FiscalYear.of(LocalDate.now(clock.withZone(JAPAN)));
        if (raw.year().matches("(19[5-9]|20[0-9]|21[0-9])[0-9]"))
            year = new FiscalYear(Integer.parseInt(raw.year()));
        else if (!raw.year().isBlank())
            faults.add(fault("year", raw.year(), "1950–2199"));
        var known = standards.all().stream().map(ServiceStandard::id).toList();
        if (!raw.standard().isBlank() && !known.contains(raw.standard()))
            faults.add(fault("standard", raw.standard(), String.join(", ", known)));
        String by = raw.sort().replaceFirst("^-", "");
        if (!by.isBlank() && !sorts.contains(by))
            faults.add(fault("sort", raw.sort(), String.join(", ", sorts)));
        if (Letters.count(raw.q()) > 100)
            faults.add(fault("q", Letters.count(raw.q()) + "", "100"));
        return new Question(month, year, known.contains(raw.standard()) ? raw.standard() : "",
                Letters.count(raw.q()) > 100 ? "" : raw.q().strip(), sorts.contains(by) ? raw.sort() : "-yen",
                Page.Wanted.read(raw.page(), raw.size(), 20, faults), List.copyOf(faults));
    }

    private static Finding fault(String where, String seen, String known) {
        return new Finding(where, "unknown", new Text(where + " に使えるのは " + known + " です。受け取った値: " + seen,
                where + " は " + known + " から えらんでください。入っていた もの: " + seen,
                where + " may be " + known + "; seen: " + seen));
    }

    private static Question sound(Question question) {
        if (!question.faults().isEmpty())
            throw new BadInput(question.faults());
        return question;
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY, Role.MINISTRY})
    @GetMapping("/cost")
    String cost(Actor.Officer officer, @ModelAttribute(binding = false) Raw raw, Language language, Model model) {
        model.addAttribute("money", new Money(messages, language));
        model.addAttribute("rates", Arrays.stream(RateCard.Resource.values())
                .map(r -> rates.on(LocalDate.now(clock.withZone(JAPAN)), r)).toList());
        model.addAttribute("months", months(language));
        model.addAttribute("standards", standardNames(language));
        return officer.may(Role.MINISTRY) ? whole(raw, language, model) : own(officer.authority(), raw, model);
    }

    private String own(AuthorityId authority, Raw raw, Model model) {
        var question = read(raw, OWN_SORTS);
        var search = search(question);
        var total = costs.total(authority, search);
        model.addAttribute("q", question);
        model.addAttribute("findings", question.faults());
        model.addAttribute("authority", authorities.get(authority).title());
        model.addAttribute("total", total);
        model.addAttribute("byStandard", costs.byStandard(authority, search));
        model.addAttribute("byMonth", costs.byMonth(authority, search));
        model.addAttribute("byActivity", costs.byActivity(authority, search));
        model.addAttribute("page", cases(authority, question, total.cases()));
        return "cost/own";
    }

    private static Costs.Search search(Question question) {
        return new Costs.Search(question.q().toUpperCase(Locale.ROOT), question.standard(), question.span());
    }

    private Page<Costs.CaseLine> cases(AuthorityId authority, Question question, long total) {
        var order = Costs.Order.valueOf(question.by().toUpperCase(Locale.ROOT));
        return new Page<>(costs.cases(authority, search(question), order, question.down(), question.wanted().offset(),
                question.wanted().size()), total, question.wanted().number(), question.wanted().size());
    }

    /// 市区町村の費用. A municipality as the ministry sees it; without figures where it is hidden.
    record Municipality(AuthorityId authority, Text name, long population, boolean hidden, Optional<CostLine> cost) {
        @JsonProperty
        public Optional<BigDecimal> yenPerCase() { return cost.filter(c -> c.cases() > 0).map(CostLine::yenPerCase); }

        /// Yen a head of the municipality's population.
        @JsonProperty
        public Optional<BigDecimal> yenPerHead() {
            return population == 0
                    ? Optional.empty()
                    : cost.map(c -> c.yen().divide(BigDecimal.valueOf(population), 12, RoundingMode.HALF_UP));
        }
    }

    /// 全国の費用. Each municipality, the applications' total, what belongs to none, and both together.
    record WholeView(List<Municipality> municipalities, CostLine applications, List<CostLine> common, BigDecimal all,
            boolean totalHidden) {}

    private WholeView wholeView(Question question) {
        var first = standards.all().stream().map(ServiceStandard::id).findFirst().orElse("");
        var whole = costs.whole(question.standard().isEmpty() ? first : question.standard(), question.fiscalYear());
        var cost = new LinkedHashMap<AuthorityId, CostLine>();
        whole.authorities().forEach((id, line) -> authorities.find(id)
                .map(a -> a.kind() == Authority.Kind.DESIGNATED_WARD ? a.parent().orElse(id) : id)
                .ifPresent(town -> cost.merge(town, line, (a, b) -> new CostLine("", a.usage().plus(b.usage()),
                        a.yen().add(b.yen()), a.cases() + b.cases()))));
        var hidden = smallCells
                .of(cost.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().cases())));
        var lines = authorities.municipalities().stream().map(m -> {
            boolean hide = hidden.municipalities().contains(m.id());
            return new Municipality(m.id(), m.title(), m.population(), hide,
                    hide ? Optional.empty() : Optional.ofNullable(cost.get(m.id())));
        }).toList();
        var all = List.copyOf(whole.authorities().values());
        var applications = Costs.sum(all, all.stream().mapToLong(CostLine::cases).sum());
        return new WholeView(lines, applications, whole.common(),
                applications.yen().add(Costs.sum(whole.common(), 0).yen()), hidden.nation());
    }

    private List<Municipality> sorted(WholeView view, Question question) {
        String words = question.q().toLowerCase(Locale.ROOT);
        Comparator<Municipality> up = switch (question.by()) {
            case "code" -> Comparator.comparing(Municipality::authority);
            case "name" -> Comparator.comparing(m -> m.name().easy());
            case "cases" -> Comparator.comparing(m -> m.cost().map(CostLine::cases).orElse(0L));
            case "percase" -> Comparator.comparing(m -> m.yenPerCase().orElse(BigDecimal.ZERO));
            case "perhead" -> Comparator.comparing(m -> m.yenPerHead().orElse(BigDecimal.ZERO));
            default -> Comparator.comparing(m -> m.cost().map(CostLine::yen).orElse(BigDecimal.ZERO));
        };
        return view.municipalities().stream()
                .filter(m -> words.isEmpty() || m.authority().code().startsWith(words)
                        || m.name().easy().contains(words)
                        || m.name().en().toLowerCase(Locale.ROOT).contains(words))
                .sorted((question.down() ? up.reversed() : up).thenComparing(Municipality::authority)).toList();
    }

    private String whole(Raw raw, Language language, Model model) {
        var question = read(raw, WHOLE_SORTS);
        var view = wholeView(question);
        model.addAttribute("q", question);
        model.addAttribute("findings", question.faults());
        model.addAttribute("whole", view);
        model.addAttribute("years", years(language));
        model.addAttribute("page", Page.of(sorted(view, question), question.wanted()));
        return "cost/whole";
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY, Role.MINISTRY})
    @GetMapping("/cost.csv")
    void csv(Actor.Officer officer, @ModelAttribute(binding = false) Raw raw, Language language,
            HttpServletResponse to) {
        var money = new Money(messages, language);
        if (officer.may(Role.MINISTRY)) {
            var question = sound(read(raw, WHOLE_SORTS));
            Csv.stream(to, "kiban-cost.csv",
                    List.of("authority", "name", "population", "cases", "yen", "percase", "perhead")
                            .stream().map(h -> money.text("cost." + h)).toList(),
                    sorted(wholeView(question), question).stream().map(
                            m -> row(m, money)).iterator());
            return;
        }
        var question = sound(read(raw, OWN_SORTS));
        var header = List.of("receipt", "standard", "arrived", "cpu", "database", "bytes", "messages", "yen").stream()
                .map(
                        h -> money.text("cost.csv." + h))
                .toList();
        costs.each(officer.authority(), search(question), Costs.Order.valueOf(question.by().toUpperCase(Locale.ROOT)),
                question
                        .down(),
                cases -> Csv.stream(to, "kiban-cost.csv", header, rows(cases)));
    }

    private static Iterator<List<?>> rows(Iterator<Costs.CaseLine> cases) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() { return cases.hasNext(); }

            @Override
            public List<?> next() {
                var c = cases.next();
                return List.of(c.receipt(), c.standard(), c.arrived().map(LocalDate::toString).orElse(""),
                        c.cost().usage()
                                .cpuNanos(),
                        c.cost().usage().databaseNanos(), c.cost().usage().bytes(), c.cost().usage().messages(),
                        plain(c.cost().yen()));
            }
        };
    }

    private static List<Object> row(Municipality m, Money money) {
        String hidden = m.hidden() ? money.text("cost.hidden") : "";
        return List.of(m.authority().code(), m.name().ja(), m.population(),
                m.cost().<Object>map(CostLine::cases).orElse(hidden), m.cost().map(c -> plain(c.yen())).orElse(hidden),
                m.yenPerCase().map(CostPages::plain).orElse(hidden),
                m.yenPerHead().map(CostPages::plain).orElse(hidden));
    }

    private static String plain(BigDecimal yen) { return yen.stripTrailingZeros().toPlainString(); }

    /// 事案の費用. As the API gives it: every activity's usage and exact yen.
    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @GetMapping("/api/cost/cases/{receipt}")
    @ResponseBody
    Costs.CaseCost caseApi(Actor.Officer officer, @PathVariable String receipt) {
        if (!ReceiptNumber.isValid(receipt))
            throw new NotThere();
        return costs.of(officer.authority(), ReceiptNumber.of(receipt)).orElseThrow(NotThere::new);
    }

    /// The list of the officer's own authority.
    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @GetMapping("/api/cost/cases")
    @ResponseBody
    Page<Costs.CaseLine> casesApi(Actor.Officer officer, @ModelAttribute(binding = false) Raw raw) {
        var question = sound(read(raw, OWN_SORTS));
        return cases(officer.authority(), question, costs.total(officer.authority(), search(question)).cases());
    }

    /// Every municipality, what belongs to no application, and the whole.
    record WholeAnswer(Page<Municipality> municipalities, Optional<CostLine> applications, List<CostLine> common,
            Optional<BigDecimal> allYen) {}

    @Permit(Role.MINISTRY)
    @GetMapping("/api/cost/authorities")
    @ResponseBody
    WholeAnswer wholeApi(@ModelAttribute(binding = false) Raw raw) {
        var question = sound(read(raw, WHOLE_SORTS));
        var view = wholeView(question);
        return new WholeAnswer(Page.of(sorted(view, question), question.wanted()),
                view.totalHidden() ? Optional.empty() : Optional.of(view.applications()), view.common(),
                view.totalHidden() ? Optional.empty() : Optional.of(view.all()));
    }

    /// The declared prices.
    @Permit(Role.ANYONE)
    @GetMapping("/api/cost/rates")
    @ResponseBody
    List<RateCard.Rate> ratesApi() { return rates.all(); }

    private Map<String, String> months(Language language) {
        var months = new LinkedHashMap<String, String>();
        months.put("", messages.getMessage("cost.month.all", null, language.locale()));
        var now = YearMonth.now(clock.withZone(JAPAN));
        for (int i = 0; i < 24; i++)
            months.put(now.minusMonths(i).toString(), Wareki.in(language, now.minusMonths(i)));
        return months;
    }

    private Map<String, String> years(Language language) {
        var years = new LinkedHashMap<String, String>();
        var now = FiscalYear.of(LocalDate.now(clock.withZone(JAPAN)));
        for (int i = 0; i < 5; i++)
            years.put(String.valueOf(now.year() - i), new FiscalYear(now.year() - i).in(language));
        return years;
    }

    private Map<String, String> standardNames(Language language) {
        var names = new LinkedHashMap<String, String>();
        names.put("", messages.getMessage("cost.standard.all", null, language.locale()));
        standards.all().forEach(s -> names.put(s.id(), s.name().in(language)));
        return names;
    }
}
