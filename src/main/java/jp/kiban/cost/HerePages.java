package jp.kiban.cost;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import jp.kiban.authority.Authorities;
import jp.kiban.authority.Authority;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.Text;
import jp.kiban.portal.Page;
import jp.kiban.standards.ServiceStandard;
import jp.kiban.standards.Standards;
import jp.kiban.statistics.FiscalYear;
import jp.kiban.statistics.SmallCells;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/// ここの費用. For everybody, in plain words: what a service costs here for one case and for each who lives here. From what the municipality
/// published of its ledger, and from what this platform metered up to yesterday; few cases are not shown, nor what would tell them.
@Controller
class HerePages {
    private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");
    private static final Duration FRESH = Duration.ofMinutes(5);

    private final Ledger ledger;
    private final Costs costs;
    private final SmallCells smallCells;
    private final Standards standards;
    private final Authorities authorities;
    private final MessageSource messages;
    private final Clock clock;
    private final Map<String, Metered> metered = new ConcurrentHashMap<>();

    HerePages(Ledger ledger, Costs costs, SmallCells smallCells, Standards standards, Authorities authorities,
            MessageSource messages, Clock clock) {
        this.ledger = ledger;
        this.costs = costs;
        this.smallCells = smallCells;
        this.standards = standards;
        this.authorities = authorities;
        this.messages = messages;
        this.clock = clock;
    }

    /// 全国の計量. Of one service in one fiscal year: the costs by municipality, and who must not be shown.
    private record Metered(Instant at, Map<AuthorityId, CostLine> costs, SmallCells.Hidden hidden) {}

    /// 公表された費用. Of one system in the year that was published last.
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Published(SystemCode system, Text name, FiscalYear year, BigDecimal yen,
            Optional<BigDecimal> yenPerHead, Optional<BigDecimal> yenPerCase, long cases, Confidence confidence,
            boolean untaxed) {}

    /// 計量された費用. Of one service; `hidden` where few cases would be told.
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Counted(String standard, Text name, boolean hidden, Optional<BigDecimal> yenPerCase,
            Optional<BigDecimal> yenPerHead) {}

    /// ここの費用. As the API gives it.
    record Here(AuthorityId authority, Text name, long population, List<Published> published, int meteredFiscalYear,
            LocalDate meteredThrough, List<Counted> metered) {}

    private Here here(String code) {
        if (!AuthorityId.isValid(code))
            throw new NotThere();
        var authority = authorities.find(AuthorityId.of(code)).filter(a -> a.kind().isMunicipality()).orElseThrow(
                NotThere::new);
        var yesterday = LocalDate.now(clock.withZone(JAPAN)).minusDays(1);
        var year = FiscalYear.of(yesterday);
        return new Here(authority.id(), authority.title(), authority.population(), published(authority), year.year(),
                yesterday, standards.all().stream().map(s -> counted(authority, s, year, yesterday)).toList());
    }

    private List<Published> published(Authority authority) {
        var sums = ledger.publishedSums(Optional.of(authority.id()), Ledger.Wanted.ALL.of(Baseline.ACTUAL), EnumSet.of(
                Ledger.By.YEAR, Ledger.By.SYSTEM, Ledger.By.CONFIDENCE));
        return sums.stream().collect(Collectors.groupingBy(s -> s.system().orElseThrow(), LinkedHashMap::new, Collectors
                .toList())).entrySet().stream().map(system -> {
                    var last = system.getValue().stream().map(s -> s.year().orElseThrow()).max(Comparator
                            .naturalOrder()).orElseThrow();
                    var now = system.getValue().stream().filter(s -> s.year().orElseThrow().equals(last)).toList();
                    var yen = now.stream().map(Ledger.Sum::yen).reduce(BigDecimal.ZERO, BigDecimal::add);
                    long cases = now.stream().mapToLong(Ledger.Sum::cases).sum();
                    // what few people asked for is not told by its price
                    boolean few = cases < 10;
                    return new Published(system.getKey(), system.getKey().title(), last, yen, per(yen, authority
                            .population()), few ? Optional.empty() : per(yen, cases), few ? 0 : cases, now.stream()
                                    .flatMap(s -> s.confidence().stream()).max(Comparator.naturalOrder()).orElse(
                                            Confidence.SECOND_HAND),
                            now.stream().anyMatch(s -> s.untaxedYen()
                                    .signum() != 0));
                }).sorted(Comparator.comparing(Published::yen).reversed()).toList();
    }

    private static Optional<BigDecimal> per(BigDecimal yen, long many) {
        return many == 0
                ? Optional.empty()
                : Optional.of(yen.divide(BigDecimal.valueOf(many), 12, RoundingMode.HALF_UP));
    }

    private Counted counted(Authority authority, ServiceStandard standard, FiscalYear year, LocalDate through) {
        var all = metered(standard.id(), year, through);
        var line = all.costs().get(authority.id());
        boolean hidden = all.hidden().municipalities().contains(authority.id());
        if (hidden || line == null || line.cases() == 0)
            return new Counted(standard.id(), standard.name(), hidden, Optional.empty(), Optional.empty());
        return new Counted(standard.id(), standard.name(), false, Optional.of(rounded(line.yenPerCase())), per(line
                .yen(), authority.population()).map(HerePages::rounded));
    }

    /// So that the two together do not tell the number of cases.
    private static BigDecimal rounded(BigDecimal yen) { return yen.setScale(4, RoundingMode.HALF_UP); }

    private Metered metered(String standard, FiscalYear year, LocalDate through) {
        var now = clock.instant();
        return metered.compute(standard + " " + year.year(), (key, kept) -> kept != null && kept.at().plus(FRESH)
                .isAfter(now) ? kept : meter(standard, year, through, now));
    }

    private Metered meter(String standard, FiscalYear year, LocalDate through, Instant now) {
        var whole = costs.whole(standard, new Costs.Span(year.from(), through));
        var cost = new LinkedHashMap<AuthorityId, CostLine>();
        whole.authorities().forEach((id, line) -> authorities.find(id).map(a -> a
                .kind() == Authority.Kind.DESIGNATED_WARD ? a.parent().orElse(id) : id).ifPresent(town -> cost.merge(
                        town, line, (a, b) -> new CostLine("", a.usage().plus(b.usage()), a.yen().add(b.yen()), a
                                .cases() + b.cases()))));
        return new Metered(now, cost, smallCells.of(cost.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey,
                e -> e.getValue().cases()))));
    }

    @Permit(Role.ANYONE)
    @GetMapping("/cost/here")
    String choose(@RequestParam(defaultValue = "") String q, Page.Wanted wanted, Model model) {
        var published = ledger.publishedSums(Optional.empty(), Ledger.Wanted.ALL.of(Baseline.ACTUAL), EnumSet.of(
                Ledger.By.AUTHORITY)).stream().map(s -> s.authority().orElseThrow()).collect(Collectors.toSet());
        String words = q.strip().toLowerCase(Locale.ROOT);
        var found = new ArrayList<>(authorities.municipalities().stream().filter(a -> words.isEmpty() || a.id().code()
                .startsWith(words) || a.title().easy().contains(words)
                || a.roman().toLowerCase(Locale.ROOT).contains(
                        words))
                .toList());
        found.sort(Comparator.<Authority, Boolean>comparing(a -> !published.contains(a.id())).thenComparing(
                Authority::id));
        model.addAttribute("q", q.strip());
        model.addAttribute("published", published);
        model.addAttribute("page", Page.of(found, wanted));
        return "cost/here-choose";
    }

    @Permit(Role.ANYONE)
    @GetMapping("/cost/here/{code}")
    String shown(@PathVariable String code, Language language, Model model) {
        var here = here(code);
        model.addAttribute("here", here);
        var counted = here.metered().stream().collect(Collectors.partitioningBy(c -> c.hidden() || c.yenPerCase()
                .isPresent()));
        model.addAttribute("metered", counted.get(true));
        model.addAttribute("unmetered", counted.get(false));
        model.addAttribute("money", new Money(messages, language));
        return "cost/here";
    }

    @Permit(Role.ANYONE)
    @ResponseBody
    @GetMapping("/api/cost/here/{code}")
    Here asJson(@PathVariable String code) { return here(code); }
}
