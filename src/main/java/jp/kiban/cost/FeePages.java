package jp.kiban.cost;

import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
import jp.kiban.portal.Csv;
import jp.kiban.portal.Page;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/// 利用料の試算の画面. What every officer may try: a cost, a rule, who shares. Nothing is kept; an address is a whole calculation, to be
/// sent to somebody else.
@Controller
class FeePages {
    private static final int LONGEST_TABLE = 5000;
    private static final List<String> SORTS = List.of("code", "name", "population", "fee", "head", "total", "joins",
            "over");
    /// The rules that the page offers by name.
    private static final List<String> PRESETS = List.of("equal:6,population:94", "population", "equal",
            "equal:30,population:70", "equal:15,population:35,usage:50",
            "bands:10000=1,50000=3,200000=8,more=20", "two-part:100000", "levelised:population",
            "true-up:population", "capped:equal", "capped:population", "shapley", "shapley:bodies");
    private static final List<String> COMPARED = List.of("equal", "population", "equal:6,population:94",
            "equal:30,population:70", "bands:10000=1,50000=3,200000=8,more=20", "true-up:population",
            "levelised:population", "capped:equal", "shapley:bodies");

    /// What the page that was just opened assumes.
    private static final String ASSUMED_ALONE = "3000000+120";
    private static final int REMEMBERED = 32;

    private final Authorities authorities;
    /// Nine rules over all bodies are most of the work of a page, and the same question is asked again with every sort and page of its table.
    private final Map<FeeAsk, List<Compared>> known = Collections.synchronizedMap(new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<FeeAsk, List<Compared>> eldest) { return size() > REMEMBERED; }
    });

    FeePages(Authorities authorities) { this.authorities = authorities; }

    /// 一覧の見方. Filter, order and page of the table.
    record Look(String q, String sort, String page, String size) {
        boolean down() { return sort.startsWith("-"); }

        String by() { return sort.replaceFirst("^-", ""); }
    }

    /// Fields as they came; a page that was just opened has the usual ones.
    record Asked(FeeAsk ask, boolean opened) {}

    @ModelAttribute("asked")
    Asked asked(@RequestParam(defaultValue = "") String total, @RequestParam(defaultValue = "") String rule,
            @RequestParam(defaultValue = "") String preset, @RequestParam(defaultValue = "") String variable,
            @RequestParam(defaultValue = "") String initial, @RequestParam(defaultValue = "") String years,
            @RequestParam(defaultValue = "") String path, @RequestParam(defaultValue = "") String order,
            @RequestParam(defaultValue = "") String rate, @RequestParam(defaultValue = "") String alone,
            @RequestParam(defaultValue = "") String among, @RequestParam(defaultValue = "") String bodies,
            @RequestParam(defaultValue = "") String kind) {
        var ask = new FeeAsk(total, rule.isBlank() && !preset.equals("own") ? preset : rule, variable, initial, years,
                path, order, rate, alone, among, bodies, kind);
        return ask.given().isEmpty()
                ? new Asked(new FeeAsk("10億", PRESETS.getFirst(), "0", "", "", "", "", "", ASSUMED_ALONE, "all", "",
                        ""), true)
                : new Asked(ask, false);
    }

    @ModelAttribute("look")
    Look look(@RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "-population") String sort,
            @RequestParam(defaultValue = "") String page, @RequestParam(defaultValue = "") String size) {
        return new Look(q, sort, page, size);
    }

    /// 計算の結果.
    private record Outcome(FeeAsk.Read read, Fees fees, FeeCheck check, FeeView view) {}

    private Optional<Outcome> work(FeeAsk ask, List<Finding> findings) {
        if (ask.bodies().length() > LONGEST_TABLE)
            findings.add(CostWords.finding("bodies", "cost.fees.fault.table.long", ask.bodies().length(),
                    LONGEST_TABLE));
        var read = findings.isEmpty() ? ask.read(authorities, findings) : Optional.<FeeAsk.Read>empty();
        return read.map(r -> {
            var fees = Fees.of(r.shared(), r.rule());
            var check = new FeeCheck(fees);
            return new Outcome(r, fees, check, FeeView.of(r, fees, check));
        });
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY, Role.MINISTRY})
    @GetMapping("/cost/fees")
    String fees(Actor.Officer officer, @ModelAttribute(name = "asked", binding = false) Asked asked,
            @ModelAttribute(name = "look", binding = false) Look look, Language language, Model model) {
        var findings = new ArrayList<Finding>();
        var lookFaults = new ArrayList<Finding>();
        var wanted = wanted(look, lookFaults);
        var outcome = work(asked.ask(), findings);
        findings.addAll(lookFaults);
        model.addAttribute("ask", asked.ask());
        model.addAttribute("findings", findings);
        model.addAttribute("presets", presets(asked.ask().rule(), language));
        model.addAttribute("kinds", kinds(language));
        model.addAttribute("orders", orders(language));
        model.addAttribute("grammar", grammar());
        outcome.ifPresent(o -> {
            model.addAttribute("view", o.view());
            model.addAttribute("check", o.check());
            model.addAttribute("own", own(officer.authority(), o));
            model.addAttribute("sizes", sizes(o.view().bySize()));
            model.addAttribute("joining", joining(o.check().byJoining()));
            model.addAttribute("compared", comparedOnce(asked.ask(), o));
            model.addAttribute("assumedTotal", asked.opened());
            model.addAttribute("assumedAlone", asked.ask().alone().equals(ASSUMED_ALONE));
            model.addAttribute("page", Page.of(sorted(o.view(), look), wanted));
            model.addAttribute("many", o.view().years() > 1);
            model.addAttribute("address", address(asked.ask(), true));
            model.addAttribute("others", address(asked.ask(), false));
        });
        return "cost/fees";
    }

    private static String address(FeeAsk ask, boolean rule) {
        return ask.given().entrySet().stream().filter(e -> rule || !e.getKey().equals("rule"))
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static Page.Wanted wanted(Look look, List<Finding> findings) {
        if (!SORTS.contains(look.by()))
            findings.add(CostWords.finding("sort", "cost.fees.fault.sort", look.sort(), String.join(", ", SORTS)));
        if (look.q().length() > 100)
            findings.add(CostWords.finding("q", "cost.fees.fault.q", look.q().length()));
        return Page.Wanted.read(look.page(), look.size(), 20, findings);
    }

    /// 自分の団体. What the officer's own municipality pays.
    public record Own(String name, FeeView.Line line, long firstYen) {}

    private Optional<Own> own(AuthorityId officers, Outcome outcome) {
        var id = authorities.find(officers)
                .map(a -> a.kind() == Authority.Kind.DESIGNATED_WARD ? a.parent().orElse(a.id()) : a.id())
                .orElse(officers);
        return outcome.view().bodies().stream().filter(b -> b.code().equals(id)).findFirst()
                .map(b -> new Own(b.name(), b, b.feeYen().get(b.joins() - 1)));
    }

    /// 比較の一行.
    public record Compared(String rule, boolean chosen, Optional<BigDecimal> small, Optional<BigDecimal> large,
            Optional<Long> ownYen, int above, long subsidyYen, long earlyYen, List<String> broken) {}

    private List<Compared> comparedOnce(FeeAsk ask, Outcome chosen) {
        var before = known.get(ask);
        if (before != null)
            return before;
        var lines = List.copyOf(compared(ask, chosen));
        known.put(ask, lines);
        return lines;
    }

    private List<Compared> compared(FeeAsk ask, Outcome chosen) {
        var rules = new ArrayList<>(COMPARED);
        if (!rules.contains(chosen.view().rule()))
            rules.addFirst(chosen.view().rule());
        // each rule by itself: a page that was not asked for before takes as long as the slowest, not as all of them
        return rules.parallelStream().flatMap(words -> compared(words, chosen).stream()).toList();
    }

    private static Optional<Compared> compared(String words, Outcome chosen) {
        if (chosen.view().years() == 1 && (words.startsWith("true-up") || words.startsWith("levelised"))
                && !words.equals(
                        chosen.view().rule()))
            return Optional.empty();
        var rule = FeeRule.read(words, new ArrayList<>());
        if (rule.isEmpty() || !Fees.obstacles(chosen.read().shared(), rule.get()).isEmpty())
            return Optional.empty();
        var outcome = chosen;
        if (!words.equals(chosen.view().rule())) {
            var fees = Fees.of(chosen.read().shared(), rule.get());
            var check = new FeeCheck(fees);
            outcome = new Outcome(chosen.read(), fees, check, FeeView.of(chosen.read(), fees, check));
        }
        var sizes = outcome.view().bySize();
        return Optional.of(new Compared(words, words.equals(chosen.view().rule()),
                sizes.stream().filter(s -> s.below() == 10_000).findFirst().flatMap(FeeView.Size::middle),
                sizes.stream().filter(s -> s.from() == 300_000).findFirst().flatMap(FeeView.Size::middle),
                Optional.empty(), outcome.check().aboveAlone(), outcome.check().aboveAloneYen(),
                outcome.check().earlyLossYen(),
                outcome.check().properties().stream().filter(FeeProperty::broken).map(p -> p.kind().word())
                        .toList()));
    }

    /// 規模の線. A band with its line on a logarithmic scale from 0 to 100.
    public record SizeLine(FeeView.Size size, double from, double middle, double to) {}

    private static List<SizeLine> sizes(List<FeeView.Size> sizes) {
        double least = sizes.stream().flatMap(s -> s.least().stream()).mapToDouble(FeePages::log).min().orElse(0);
        double most = sizes.stream().flatMap(s -> s.most().stream()).mapToDouble(FeePages::log).max().orElse(1);
        double width = Math.max(1e-9, most - least);
        return sizes.stream().map(s -> new SizeLine(s, at(s.least(), least, width), at(s.middle(), least, width),
                at(s.most(), least, width))).toList();
    }

    private static double log(BigDecimal yen) { return Math.log10(Math.max(0.01, yen.doubleValue())); }

    private static double at(Optional<BigDecimal> yen, double least, double width) {
        return yen.map(y -> Math.round(20 + 960 * (log(y) - least) / width) / 10.0).orElse(0.0);
    }

    /// 参加年の線. A cohort with its bar from 0 to 100.
    public record JoiningLine(FeeCheck.Cohort cohort, double bar, double level) {}

    private static List<JoiningLine> joining(List<FeeCheck.Cohort> cohorts) {
        double most = Math.max(1, cohorts.stream().mapToDouble(c -> c.againstLevel().doubleValue()).max().orElse(1));
        return cohorts.stream().map(c -> new JoiningLine(c,
                Math.round(1000 * Math.max(0, c.againstLevel().doubleValue()) / most) / 10.0,
                Math.round(1000 / most) / 10.0)).toList();
    }

    private static List<FeeView.Line> sorted(FeeView view, Look look) {
        String words = look.q().strip().toLowerCase(Locale.ROOT);
        Comparator<FeeView.Line> up = switch (look.by()) {
            case "code" -> Comparator.comparing(FeeView.Line::code);
            case "name" -> Comparator.comparing(FeeView.Line::name);
            case "fee" -> Comparator.comparingLong(FeeView.Line::lastYen);
            case "head" -> Comparator.comparing(l -> l.yenPerPersonYear().orElse(BigDecimal.ZERO));
            case "total" -> Comparator.comparingLong(FeeView.Line::totalYen);
            case "joins" -> Comparator.comparingInt(FeeView.Line::joins);
            case "over" -> Comparator.comparingLong(l -> l.aloneYen().map(a -> l.lastYen() - a).orElse(0L));
            default -> Comparator.comparingLong(FeeView.Line::population);
        };
        return view.bodies().stream().filter(b -> words.isEmpty() || b.code().code().startsWith(words)
                || b.name().contains(words))
                .sorted((look.down() ? up.reversed() : up).thenComparing(FeeView.Line::code)).toList();
    }

    private static Map<String, String> presets(String rule, Language language) {
        var names = new LinkedHashMap<String, String>();
        PRESETS.forEach(p -> names.put(p, CostWords.in(language, "cost.fees.preset." + p.replaceAll("[^a-z0-9]+", "-"))
                + " " + p));
        names.put("own", CostWords.in(language, "cost.fees.preset.own"));
        return names;
    }

    private static Map<String, String> kinds(Language language) {
        var names = new LinkedHashMap<String, String>();
        names.put("", CostWords.in(language, "cost.fees.kind.none"));
        Sharing.rules().kinds().forEach(k -> names.put(k.id(), k.name().in(language)));
        return names;
    }

    private static Map<String, String> orders(Language language) {
        var names = new LinkedHashMap<String, String>();
        for (String order : List.of("code", "large", "small"))
            names.put(order, CostWords.in(language, "cost.fees.order." + order));
        return names;
    }

    private static Map<String, String> grammar() {
        var rows = new LinkedHashMap<String, String>();
        rows.put("equal", "equal");
        rows.put("population", "population");
        rows.put("usage", "usage");
        rows.put("equal:6,population:94", "shares");
        rows.put("bands:10000=1,50000=3,more=20", "bands");
        rows.put("two-part:300000", "twopart");
        rows.put("levelised:population", "levelised");
        rows.put("true-up:population", "trueup");
        rows.put("capped:equal", "capped");
        rows.put("shapley", "shapley");
        rows.put("shapley:bodies", "shapleybodies");
        return rows;
    }

    private FeeView sound(FeeAsk ask) {
        var findings = new ArrayList<Finding>();
        var outcome = work(ask, findings);
        if (!findings.isEmpty())
            throw new BadInput(findings);
        return outcome.orElseThrow().view();
    }

    /// Every fee, the six properties and the least subsidies.
    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY, Role.MINISTRY})
    @GetMapping("/api/cost/fees")
    @ResponseBody
    FeeView api(@ModelAttribute(name = "asked", binding = false) Asked asked) { return sound(asked.ask()); }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY, Role.MINISTRY})
    @GetMapping("/cost/fees.csv")
    ResponseEntity<byte[]> csv(@ModelAttribute(name = "asked", binding = false) Asked asked,
            @ModelAttribute(name = "look", binding = false) Look look) {
        var view = sound(asked.ask());
        return Csv.download("kiban-fees.csv", FeeView.header(view.years()), view.rows());
    }

}
