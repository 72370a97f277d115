package jp.kiban.cost;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
import jp.kiban.portal.Page;
import jp.kiban.statistics.FiscalYear;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/// 自分の団体の費用. What an officer's municipality pays by year, kind and system, what like municipalities pay that published it, what grew,
/// its quotes, and what it may do next. Its own ledger, seen by its own officers only.
@Controller
class OwnPages {
    private static final List<Baseline> ORDER = List.of(Baseline.ACTUAL, Baseline.CONTRACT, Baseline.QUOTE,
            Baseline.LAST_YEAR, Baseline.KEEP, Baseline.FY2018);

    private final Ledger ledger;
    private final Quotes quotes;
    private final Advices advices;
    private final Authorities authorities;
    private final Causes causes;
    private final PlatformsBefore platforms;

    OwnPages(Ledger ledger, Quotes quotes, Advices advices, Authorities authorities, Causes causes,
            PlatformsBefore platforms) {
        this.causes = causes;
        this.platforms = platforms;
        this.ledger = ledger;
        this.quotes = quotes;
        this.advices = advices;
        this.authorities = authorities;
    }

    /// 年度ごと. Of one baseline; with the year before of the same baseline beside it, where there is one.
    ///
    /// @param yen with tax
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record YearLine(FiscalYear year, BigDecimal yen, Optional<BigDecimal> changePercent, Confidence confidence,
            boolean untaxed) {}

    /// 費目ごと.
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record KindLine(CostKind kind, BigDecimal yen, Optional<BigDecimal> beforeYen, Confidence confidence) {
        public Optional<BigDecimal> differenceYen() { return beforeYen.map(yen::subtract); }
    }

    /// 業務ごと. With what like municipalities pay a head, where at least five published it.
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record SystemLine(SystemCode system, BigDecimal yen, Optional<BigDecimal> perHead, Confidence confidence,
            Optional<Peers> peers) {}

    /// 近さ. In what those are alike who are compared with, besides the band of people.
    public enum Tier {
        PLATFORM_AND_STRENGTH, PLATFORM, STRENGTH, SIZE;

        public String word() { return name().toLowerCase(java.util.Locale.ROOT); }
    }

    /// 似た団体.
    public record Peers(int count, FiscalYear year, Tier tier, BigDecimal middlePerHead, BigDecimal fencePerHead,
            boolean above) {}

    /// 自分の団体. All of it as the API gives it.
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Own(String code, String name, long population, Optional<BigDecimal> fiscalStrength,
            Optional<QuoteBase.Platform> platformBefore, Baseline baseline, Optional<FiscalYear> year,
            List<YearLine> years, List<KindLine> kinds, List<SystemLine> systems,
            Optional<Target.Town> target, Optional<Why> causes, Optional<AdvicePlan> advice) {}

    /// 増えた原因. As this municipality split it, who sees it, and whether it is still of today's sums.
    public record Why(List<GrowthView.Cause> causes, LedgerImport.Sight sight, java.time.Instant at, String by,
            boolean stale) {}

    private Own own(Actor.Officer by, String baseline, String year) {
        var faults = new ArrayList<Finding>();
        var authority = authorities.get(by.authority());
        var sums = ledger.sums(by.authority(), Ledger.Wanted.ALL, EnumSet.of(Ledger.By.YEAR, Ledger.By.SYSTEM,
                Ledger.By.KIND, Ledger.By.BASELINE, Ledger.By.CONFIDENCE));
        var known = ORDER.stream().filter(b -> sums.stream().anyMatch(s -> s.baseline().orElseThrow() == b)).toList();
        var chosen = ORDER.stream().filter(b -> b.name().equals(baseline)).findFirst();
        if (chosen.isEmpty() && !baseline.isBlank())
            faults.add(CostWords.finding("baseline", "cost.target.fault.choice", "baseline", ORDER.stream().map(
                    Baseline::name).collect(Collectors.joining(", ")), baseline));
        var shown = chosen.or(() -> known.stream().findFirst()).orElse(Baseline.ACTUAL);
        var byYear = sums.stream().filter(s -> s.baseline().orElseThrow() == shown).collect(Collectors.groupingBy(s -> s
                .year().orElseThrow(), TreeMap::new, Collectors.toList()));
        var at = byYear.keySet().stream().filter(y -> String.valueOf(y.year()).equals(year)).findFirst();
        if (at.isEmpty() && !year.isBlank())
            faults.add(CostWords.finding("year", "cost.target.fault.choice", "year", byYear.keySet().stream().map(
                    y -> String.valueOf(y.year())).collect(Collectors.joining(", ")), year));
        if (!faults.isEmpty())
            throw new BadInput(faults);
        var last = at.or(() -> byYear.isEmpty() ? Optional.empty() : Optional.of(byYear.lastKey()));
        var now = last.map(y -> byYear.getOrDefault(y, List.of())).orElse(List.of());
        var before = last.flatMap(y -> Optional.ofNullable(byYear.get(new FiscalYear(y.year() - 1)))).orElse(List
                .of());
        var target = last.filter(y -> authority.kind().isMunicipality() && y.year() > 2018).map(y -> Target.own(ledger,
                authority, y, shown)).filter(t -> t.state() != Target.State.NOTHING);
        var platform = platforms.of(authority.id());
        return new Own(authority.id().code(), authority.name(), authority.population(), FiscalStrength.of(authority
                .id()), platform, shown, last, years(byYear), kinds(now, before), systems(authority, platform, shown,
                        last, now),
                target, target.flatMap(t -> causes.own(authority.id(), last.orElseThrow(), shown)
                        .map(c -> why(c, t))),
                advices.latest(by.authority()).map(Advices.Opened::plan));
    }

    private static Why why(Causes.Told told, Target.Town town) {
        return new Why(told.yen().entrySet().stream().flatMap(c -> GrowthCause.of(c.getKey()).map(
                g -> new GrowthView.Cause(g.code(), g.group(), g.name(), c.getValue())).stream()).toList(), told
                        .sight(),
                told.at(), told.by(), !told.isOf(town));
    }

    private static BigDecimal yen(List<Ledger.Sum> sums) {
        return sums.stream().map(Ledger.Sum::yen).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Confidence weakest(List<Ledger.Sum> sums) {
        return sums.stream().flatMap(s -> s.confidence().stream()).max(Comparator.naturalOrder()).orElse(
                Confidence.SECOND_HAND);
    }

    private static List<YearLine> years(TreeMap<FiscalYear, List<Ledger.Sum>> byYear) {
        var lines = new ArrayList<YearLine>();
        byYear.forEach((year, sums) -> {
            var before = Optional.ofNullable(byYear.get(new FiscalYear(year.year() - 1))).map(OwnPages::yen).filter(
                    y -> y.signum() > 0);
            lines.add(new YearLine(year, yen(sums), before.map(b -> yen(sums).subtract(b).multiply(BigDecimal.valueOf(
                    100)).divide(b, 1, RoundingMode.HALF_UP)), weakest(sums), sums.stream().anyMatch(s -> s
                            .untaxedYen().signum() != 0)));
        });
        return lines.reversed();
    }

    private static List<KindLine> kinds(List<Ledger.Sum> now, List<Ledger.Sum> before) {
        var kinds = now.stream().collect(Collectors.groupingBy(s -> s.kind().orElseThrow(), TreeMap::new, Collectors
                .toList()));
        var earlier = before.stream().collect(Collectors.groupingBy(s -> s.kind().orElseThrow()));
        earlier.keySet().forEach(k -> kinds.putIfAbsent(k, List.of()));
        return kinds.entrySet().stream().map(k -> new KindLine(k.getKey(), yen(k.getValue()), before.isEmpty()
                ? Optional.empty()
                : Optional.of(yen(earlier.getOrDefault(k.getKey(), List.of()))),
                weakest(k.getValue().isEmpty()
                        ? earlier.getOrDefault(k.getKey(), List.of())
                        : k.getValue())))
                .sorted(Comparator.comparing(KindLine::yen).reversed()).toList();
    }

    private List<SystemLine> systems(Authority own, Optional<QuoteBase.Platform> platform, Baseline baseline,
            Optional<FiscalYear> year, List<Ledger.Sum> now) {
        var theirs = platforms.published();
        var peers = year.map(y -> ledger.publishedSums(Optional.empty(), Ledger.Wanted.ALL.in(y).of(baseline), EnumSet
                .of(Ledger.By.AUTHORITY, Ledger.By.SYSTEM))).orElse(List.of()).stream().filter(s -> !s.authority()
                        .orElseThrow().equals(own.id()))
                .collect(Collectors.groupingBy(s -> s.system().orElseThrow()));
        return now.stream().collect(Collectors.groupingBy(s -> s.system().orElseThrow(), TreeMap::new, Collectors
                .toList())).entrySet().stream().map(s -> {
                    var perHead = own.population() == 0
                            ? Optional.<BigDecimal>empty()
                            : Optional.of(yen(s.getValue()).divide(BigDecimal.valueOf(own.population()), 2,
                                    RoundingMode.HALF_UP));
                    return new SystemLine(s.getKey(), yen(s.getValue()), perHead, weakest(s.getValue()),
                            perHead.flatMap(
                                    p -> peers(own, platform, theirs, year.orElseThrow(), p, peers.getOrDefault(s
                                            .getKey(), List.of()))));
                }).sorted(Comparator.comparing(SystemLine::yen).reversed()).toList();
    }

    /// Those of the same band of people: alike in platform before and fiscal strength where at least five are, else in one of them, else in
    /// size alone; nothing under five. All of it is published, so nothing is hidden by it.
    private Optional<Peers> peers(Authority own, Optional<QuoteBase.Platform> platform,
            Map<AuthorityId, QuoteBase.Platform> theirs, FiscalYear year, BigDecimal perHead,
            List<Ledger.Sum> published) {
        String base = platform.map(QuoteBase.Platform::word).orElse("");
        String strength = FiscalStrength.classOf(own.id());
        for (var tier : Tier.values()) {
            if (tier != Tier.SIZE && tier != Tier.STRENGTH && base.isEmpty())
                continue;
            var bodies = published.stream().flatMap(s -> authorities.find(s.authority().orElseThrow()).filter(a -> a
                    .population() > 0).map(a -> new QuotePeers.Body(a.population(), s.yen(), "", key(tier,
                            Optional
                                    .ofNullable(theirs.get(a.id())).map(QuoteBase.Platform::word).orElse(""),
                            FiscalStrength
                                    .classOf(a.id())),
                            Optional.empty()))
                    .stream()).toList();
            var found = QuotePeers.like(own.population(), key(tier, base, strength), bodies);
            if (found.filter(p -> p.samePlatform() || tier == Tier.SIZE).isPresent())
                return found.map(p -> new Peers(p.count(), year, tier, p.perHead().median().setScale(1,
                        RoundingMode.HALF_UP), p.perHead().fence().setScale(1, RoundingMode.HALF_UP),
                        perHead
                                .compareTo(p.perHead().fence()) > 0));
        }
        return Optional.empty();
    }

    /// Empty for size alone, and where the platform is not known.
    private static String key(Tier tier, String platform, String strength) {
        return switch (tier) {
            case PLATFORM_AND_STRENGTH -> platform.isEmpty() ? "" : platform + " " + strength;
            case PLATFORM -> platform;
            case STRENGTH -> strength;
            case SIZE -> "";
        };
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @GetMapping("/cost/own")
    String shown(Actor.Officer by, @RequestParam(defaultValue = "") String baseline,
            @RequestParam(defaultValue = "") String year, Language language, Model model) {
        var own = own(by, baseline, year);
        model.addAttribute("own", own);
        model.addAttribute("most", own.years().stream().map(YearLine::yen).max(Comparator.naturalOrder()).map(
                y -> Math.max(1, y.doubleValue())).orElse(1.0));
        model.addAttribute("mostKind", own.kinds().stream().map(KindLine::yen).max(Comparator.naturalOrder()).map(
                y -> Math.max(1, y.doubleValue())).orElse(1.0));
        var baselines = new LinkedHashMap<String, String>();
        ORDER.forEach(b -> baselines.put(b.name(), b.title().in(language)));
        model.addAttribute("baselines", baselines);
        model.addAttribute("growth", growthTable(own));
        model.addAttribute("split", own.target().filter(t -> t.state().isCompared()).map(Causes::table).orElse(""));
        model.addAttribute("mayShow", by.may(Role.APPROVAL));
        var sights = new LinkedHashMap<String, String>();
        for (var sight : LedgerImport.Sight.values())
            sights.put(sight.name(), sight.title().in(language));
        model.addAttribute("sights", sights);
        var known = new LinkedHashMap<String, String>();
        if (own.platformBefore().isEmpty())
            known.put("", CostWords.in(language, "cost.own.platform.unknown"));
        for (var platform : QuoteBase.Platform.values())
            known.put(platform.word(), CostWords.in(language, "cost.base.platform." + platform.word()));
        model.addAttribute("platforms", known);
        model.addAttribute("quotes", quotes.all(by.authority(), new Page.Wanted(1, 5)));
        return "cost/own-town";
    }

    /// 移行前の基盤.
    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @PostMapping("/cost/own/platform")
    String platform(Actor.Officer by, @RequestParam(defaultValue = "") String platform) {
        platforms.say(by, platform);
        return "redirect:/cost/own#systems";
    }

    /// Who sees the causes of this year.
    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @PostMapping("/cost/own/causes/sight")
    String sight(Actor.Officer by, @RequestParam(defaultValue = "") String year,
            @RequestParam(defaultValue = "") String baseline, @RequestParam(defaultValue = "") String sight) {
        var chosen = Arrays.stream(LedgerImport.Sight.values()).filter(s -> s.name().equals(sight)).findFirst();
        var of = Baseline.of(baseline);
        var in = LedgerSheet.yearOf(year);
        if (chosen.isEmpty() || of.isEmpty() || in.isEmpty())
            throw new NotThere();
        causes.show(by, in.get(), of.get(), chosen.get());
        return "redirect:/cost/own?baseline=" + of.get() + "&year=" + in.get().year() + "#why";
    }

    /// What the page of causes takes: items before and after, in whole yen; empty where there is no year before.
    private static String growthTable(Own own) {
        if (own.kinds().stream().allMatch(k -> k.beforeYen().isEmpty()))
            return "";
        var table = new StringBuilder("item,before,after\n");
        own.kinds().forEach(k -> table.append(k.kind().title().ja()).append(',').append(whole(k.beforeYen().orElse(
                BigDecimal.ZERO))).append(',').append(whole(k.yen())).append('\n'));
        return table.toString();
    }

    private static String whole(BigDecimal yen) { return yen.setScale(0, RoundingMode.HALF_UP).toPlainString(); }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @ResponseBody
    @GetMapping("/api/cost/own")
    Own asJson(Actor.Officer by, @RequestParam(defaultValue = "") String baseline,
            @RequestParam(defaultValue = "") String year) {
        return own(by, baseline, year);
    }
}
