package jp.kiban.cost;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import jp.kiban.authority.Authorities;
import jp.kiban.authority.Authority;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.Text;
import jp.kiban.letters.Letters;
import jp.kiban.portal.Csv;
import jp.kiban.portal.Page;
import jp.kiban.statistics.FiscalYear;
import jp.kiban.statistics.PrefectureTiles;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/// 目標の画面. Where the nation and every municipality stand against FY2018: how many, not only how much. Everybody sees what municipalities
/// published, the ministry also what they shared with it, an officer their own figures besides.
@Controller
class TargetPages {
    private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");
    private static final List<Baseline> COMPARED = List.of(Baseline.ACTUAL, Baseline.CONTRACT, Baseline.QUOTE);
    private static final List<String> SORTS = List.of("code", "population", "base", "now", "change", "over", "head");
    private static final String UNTOLD = "untold";
    private static final long[] BANDS = {0, 10_000, 20_000, 50_000, 100_000, 300_000};
    private static final Set<Ledger.By> BY = EnumSet.of(Ledger.By.AUTHORITY, Ledger.By.SYSTEM, Ledger.By.KIND,
            Ledger.By.CONFIDENCE);

    private final Ledger ledger;
    private final Authorities authorities;
    private final Causes causes;
    private final Clock clock;

    TargetPages(Ledger ledger, Authorities authorities, Causes causes, Clock clock) {
        this.ledger = ledger;
        this.causes = causes;
        this.authorities = authorities;
        this.clock = clock;
    }

    /// 生の値. The parameters as they came.
    record Raw(String year, String baseline, String area, String state, String band, String cause, String q,
            String sort, String page, String size) {}

    @ModelAttribute
    Raw raw(@RequestParam(defaultValue = "") String year, @RequestParam(defaultValue = "") String baseline,
            @RequestParam(defaultValue = "") String area, @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String band, @RequestParam(defaultValue = "") String cause,
            @RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "") String sort,
            @RequestParam(defaultValue = "") String page,
            @RequestParam(defaultValue = "") String size) {
        return new Raw(year, baseline, area, state, band, cause, q, sort, page, size);
    }

    /// 問い.
    record Question(FiscalYear year, Baseline baseline, String area, String state, String band, String cause,
            String q, String sort, Page.Wanted wanted, List<Finding> faults) {}

    private Question read(Raw raw, Optional<FiscalYear> latest) {
        var faults = new ArrayList<Finding>();
        var year = latest.orElseGet(() -> new FiscalYear(FiscalYear.of(LocalDate.now(clock.withZone(JAPAN)))
                .year() - 1));
        if (raw.year().matches("20[12][0-9]") && Integer.parseInt(raw.year()) > 2018)
            year = new FiscalYear(Integer.parseInt(raw.year()));
        else if (!raw.year().isBlank())
            faults.add(fault("year", "2019–2029", raw.year()));
        var baseline = chosen("baseline", raw.baseline(), COMPARED.stream().map(Baseline::name).toList(), "ACTUAL",
                faults);
        var area = chosen("area", raw.area(), authorities.prefectures().stream().map(p -> p.id().code()).toList(), "",
                faults);
        var state = chosen("state", raw.state(), Arrays.stream(Target.State.values()).map(Target.State::word).toList(),
                "", faults);
        var band = chosen("band", raw.band(), Arrays.stream(BANDS).mapToObj(String::valueOf).toList(), "", faults);
        var cause = chosen("cause", raw.cause(), Stream.concat(GrowthCause.all().stream().map(GrowthCause::code), Stream
                .of(UNTOLD)).toList(), "", faults);
        // who pays most more than before stands first; what is unknown, last
        var sort = chosen("sort", raw.sort().replaceFirst("^-", ""), SORTS, "change", faults);
        if (Letters.count(raw.q()) > 100)
            faults.add(fault("q", "100", String.valueOf(Letters.count(raw.q()))));
        return new Question(year, Baseline.valueOf(baseline), area, state, band, cause, Letters.count(raw.q()) > 100
                ? ""
                : raw.q().strip(), (raw.sort().startsWith("-") || raw.sort().isBlank() ? "-" : "") + sort,
                Page.Wanted.read(raw.page(), raw
                        .size(), 20, faults),
                List.copyOf(faults));
    }

    private static String chosen(String where, String seen, List<String> known, String usual, List<Finding> faults) {
        if (seen.isBlank())
            return usual;
        if (known.contains(seen))
            return seen;
        faults.add(fault(where, String.join(", ", known), seen));
        return usual;
    }

    private static Finding fault(String where, String known, String seen) {
        return CostWords.finding(where, "cost.target.fault.choice", where, known, seen);
    }

    /// 規模ごと. Municipalities with `from` people or more and fewer than `below` (0: no bound).
    public record Band(long from, long below, Target.Group group) {
        public boolean last() { return below == 0; }

        boolean has(Target.Town town) { return town.population() >= from && (below == 0 || town.population() < below); }
    }

    /// 費目ごと. In the nation's sum, in how many municipalities it grew, and in how many more than anything else.
    public record KindLine(CostKind kind, BigDecimal overYen, int grew, int grewMost) {}

    /// 都道府県ごと. How many of the compared pay more than in FY2018.
    public record Area(String code, String name, String nameEn, int x, int y, Target.Group group, String shade) {}

    /// 答え. As the API gives it.
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Answer(int fiscalYear, Baseline baseline, boolean sharedFigures, Target.Group nation,
            List<Target.Bin> histogram, List<Band> bands, List<KindLine> kinds, Why causes,
            Page<Target.Town> municipalities) {}

    private static boolean ministry(Actor actor) { return actor instanceof Actor.Officer o && o.may(Role.MINISTRY); }

    private List<Ledger.Sum> sums(Actor actor, Ledger.Wanted wanted, Set<Ledger.By> by) {
        return ministry(actor)
                ? ledger.sumsOfNation(wanted, by)
                : ledger.publishedSums(Optional.empty(), wanted, by);
    }

    private Target target(Actor actor, Question question) {
        return Target.of(authorities.municipalities(), sums(actor, Ledger.Wanted.ALL.in(new FiscalYear(2018)).of(
                Baseline.FY2018), BY), sums(actor, Ledger.Wanted.ALL.in(question.year()).of(question.baseline()), BY))
                .because(causes.seen(question.year(), question.baseline(), ministry(actor)));
    }

    /// The last year of which anything is known.
    private Optional<FiscalYear> latest(Actor actor, Raw raw) {
        if (!raw.year().isBlank())
            return Optional.empty();
        var baseline = COMPARED.stream().filter(b -> b.name().equals(raw.baseline())).findFirst().orElse(
                Baseline.ACTUAL);
        return sums(actor, Ledger.Wanted.ALL.of(baseline), EnumSet.of(Ledger.By.YEAR)).stream().flatMap(s -> s.year()
                .stream()).filter(y -> y.year() > 2018).max(Comparator.naturalOrder());
    }

    private List<Target.Town> wanted(Target target, Question question) {
        String words = question.q().toLowerCase(Locale.ROOT);
        var bands = bands(target);
        Predicate<Target.Town> chosen = t -> (words.isEmpty() || t.authority().code().startsWith(words) || t.name()
                .contains(words)) && (question.area().isEmpty()
                        || t.authority().code().startsWith(question.area()
                                .substring(0, 2)))
                && (question.state().isEmpty() || t.state().word().equals(question
                        .state()))
                && (question.cause().isEmpty() || (question.cause().equals(UNTOLD)
                        ? t.state() == Target.State.ABOVE && t.causes().isEmpty()
                        : t.causes().getOrDefault(question.cause(), 0L) > 0))
                && (question.band().isEmpty() || bands.stream().anyMatch(b -> String.valueOf(
                        b.from()).equals(question.band()) && b.has(t)));
        Function<Target.Town, Optional<BigDecimal>> by = switch (question.sort().replaceFirst("^-", "")) {
            case "population" -> t -> Optional.of(BigDecimal.valueOf(t.population()));
            case "base" -> Target.Town::baseYen;
            case "now" -> Target.Town::nowYen;
            case "change" -> Target.Town::changePercent;
            case "over" -> Target.Town::overYen;
            case "head" -> Target.Town::nowYenPerHead;
            default -> t -> Optional.of(new BigDecimal(t.authority().code()));
        };
        var up = Comparator.<BigDecimal>naturalOrder();
        // what is unknown stands at the end, whichever way it is sorted
        return target.towns().stream().filter(chosen).sorted(Comparator.<Target.Town, Boolean>comparing(t -> by.apply(t)
                .isEmpty()).thenComparing(t -> by.apply(t).orElse(BigDecimal.ZERO), question.sort().startsWith("-")
                        ? up.reversed()
                        : up)
                .thenComparing(Target.Town::authority)).toList();
    }

    private static List<Band> bands(Target target) {
        var bands = new ArrayList<Band>();
        for (int i = 0; i < BANDS.length; i++) {
            var band = new Band(BANDS[i], i == BANDS.length - 1 ? 0 : BANDS[i + 1], Target.group(List.of()));
            bands.add(new Band(band.from(), band.below(), Target.group(target.towns().stream().filter(band::has)
                    .toList())));
        }
        return bands;
    }

    private static List<KindLine> kinds(Target target) {
        var yen = new EnumMap<CostKind, BigDecimal>(CostKind.class);
        var grew = new EnumMap<CostKind, Integer>(CostKind.class);
        var most = new EnumMap<CostKind, Integer>(CostKind.class);
        for (var town : target.towns()) {
            town.kinds().forEach((kind, over) -> {
                yen.merge(kind, over, BigDecimal::add);
                if (over.signum() > 0)
                    grew.merge(kind, 1, Integer::sum);
            });
            town.grewMost().ifPresent(k -> most.merge(k, 1, Integer::sum));
        }
        return yen.entrySet().stream().map(k -> new KindLine(k.getKey(), k.getValue(), grew.getOrDefault(k.getKey(), 0),
                most.getOrDefault(k.getKey(), 0))).sorted(Comparator.comparing(KindLine::overYen).reversed()).toList();
    }

    /// 原因ごと. Of those that pay more than in FY2018 and split their increase: the yen, how many gave it some, how many the most.
    public record CauseLine(String code, String group, Text name, long yen, int towns, int most) {}

    /// 増えた原因. How many are above, how many of them say why, and what of the increase nobody has split.
    public record Why(int above, int told, BigDecimal untoldYen, List<CauseLine> lines) {}

    private static Why why(Target target) {
        var above = target.towns().stream().filter(t -> t.state() == Target.State.ABOVE).toList();
        var told = above.stream().filter(t -> !t.causes().isEmpty()).toList();
        var untold = above.stream().filter(t -> t.causes().isEmpty()).flatMap(t -> t.overYen().stream()).reduce(
                BigDecimal.ZERO, BigDecimal::add);
        var lines = GrowthCause.all().stream().map(c -> new CauseLine(c.code(), c.group(), c.name(), told.stream()
                .mapToLong(t -> t.causes().getOrDefault(c.code(), 0L)).sum(),
                (int) told.stream().filter(t -> t.causes()
                        .getOrDefault(c.code(), 0L) > 0).count(),
                (int) told.stream().filter(t -> t.mostCause().filter(
                        c::equals).isPresent()).count()))
                .filter(l -> l.towns() > 0 || l.yen() != 0).toList();
        return new Why(above.size(), told.size(), untold, lines);
    }

    private List<Area> areas(Target target) {
        var places = PrefectureTiles.all();
        var prefectures = authorities.prefectures();
        var areas = new ArrayList<Area>();
        for (int i = 0; i < prefectures.size() && i < places.size(); i++) {
            var prefecture = prefectures.get(i);
            var group = Target.group(target.towns().stream().filter(t -> t.authority().code().startsWith(prefecture.id()
                    .code().substring(0, 2))).toList());
            areas.add(new Area(prefecture.id().code(), prefecture.id().code().startsWith("01")
                    ? prefecture.name()
                    : prefecture.name().replaceFirst("[都府県]$", ""),
                    prefecture.roman().replaceFirst(
                            "-(ken|fu|to|do)$", ""),
                    places.get(i).x(), places.get(i).y(), group, shade(group)));
        }
        return areas;
    }

    /// `none` where nothing is compared, `0` where nobody pays more, else one of five steps of the share that does.
    private static String shade(Target.Group group) {
        return group.compared() == 0
                ? "none"
                : group.above() == 0
                        ? "0"
                        : String.valueOf(Math.min(5, 1 + 5 * (group.above() - 1) / group
                                .compared()));
    }

    @Permit(Role.ANYONE)
    @GetMapping("/cost/target")
    String shown(Actor actor, @ModelAttribute(binding = false) Raw raw, Language language, Model model) {
        var question = read(raw, latest(actor, raw));
        var target = target(actor, question);
        model.addAttribute("q", question);
        model.addAttribute("findings", question.faults());
        model.addAttribute("shared", ministry(actor));
        model.addAttribute("nation", target.nation());
        model.addAttribute("without", target.towns().stream().filter(t -> !t.state().isCompared()).count());
        var bins = target.histogram();
        model.addAttribute("bins", bins);
        model.addAttribute("mostInABin", Math.max(1, bins.stream().mapToInt(Target.Bin::towns).max().orElse(1)));
        model.addAttribute("bands", bands(target));
        model.addAttribute("kinds", kinds(target));
        model.addAttribute("why", why(target));
        model.addAttribute("areas", areas(target));
        model.addAttribute("mapWidth", PrefectureTiles.WIDTH);
        model.addAttribute("mapHeight", PrefectureTiles.HEIGHT);
        model.addAttribute("facts", TargetFact.all());
        model.addAttribute("page", Page.of(wanted(target, question), question.wanted()));
        model.addAttribute("mine", mine(actor, question));
        model.addAttribute("filter", filter(question));
        choices(model, language);
        return "cost/target";
    }

    /// An officer's own municipality with everything in its ledger, also what nobody else sees.
    private Target.@Nullable Town mine(Actor actor, Question question) {
        if (!(actor instanceof Actor.Officer officer) || officer.may(Role.MINISTRY))
            return null;
        return authorities.find(officer.authority()).filter(a -> a.kind().isMunicipality()).map(a -> Target.own(
                ledger, a, question.year(), question.baseline())).filter(t -> t.state() != Target.State.NOTHING).orElse(
                        null);
    }

    private static String filter(Question q) {
        return "year=" + q.year().year() + "&baseline=" + q.baseline() + "&area=" + q.area() + "&state=" + q.state()
                + "&band=" + q.band() + "&cause=" + q.cause() + "&sort=" + q.sort() + "&q="
                + java.net.URLEncoder.encode(q.q(),
                        java.nio.charset.StandardCharsets.UTF_8);
    }

    private void choices(Model model, Language language) {
        var years = new LinkedHashMap<String, String>();
        for (int y = FiscalYear.of(LocalDate.now(clock.withZone(JAPAN))).year(); y > 2018; y--)
            years.put(String.valueOf(y), new FiscalYear(y).in(language));
        model.addAttribute("years", years);
        var baselines = new LinkedHashMap<String, String>();
        COMPARED.forEach(b -> baselines.put(b.name(), b.title().in(language)));
        model.addAttribute("baselines", baselines);
        var areas = new LinkedHashMap<String, String>();
        areas.put("", CostWords.in(language, "cost.target.all"));
        authorities.prefectures().forEach(p -> areas.put(p.id().code(), p.title().in(language)));
        model.addAttribute("areaChoices", areas);
        var states = new LinkedHashMap<String, String>();
        states.put("", CostWords.in(language, "cost.target.all"));
        for (var state : Target.State.values())
            states.put(state.word(), CostWords.in(language, "cost.target.state." + state.word()));
        model.addAttribute("states", states);
        var why = new LinkedHashMap<String, String>();
        why.put("", CostWords.in(language, "cost.target.all"));
        why.put(UNTOLD, CostWords.in(language, "cost.target.cause.untold"));
        GrowthCause.all().forEach(c -> why.put(c.code(), c.code() + " " + c.name().in(language)));
        model.addAttribute("causeChoices", why);
    }

    private Question sound(Actor actor, Raw raw) {
        var question = read(raw, latest(actor, raw));
        if (!question.faults().isEmpty())
            throw new BadInput(question.faults());
        return question;
    }

    @Permit(Role.ANYONE)
    @GetMapping("/cost/target.csv")
    ResponseEntity<byte[]> csv(Actor actor, @ModelAttribute(binding = false) Raw raw, Language language) {
        var question = sound(actor, raw);
        return Csv.download("kiban-target.csv", List.of("code", "name", "population", "state", "base", "now", "change",
                "over", "togo", "head", "systems", "alone", "grew", "causes", "confidence").stream().map(
                        h -> CostWords.in(
                                language, "cost.target.csv." + h))
                .toList(),
                wanted(target(actor, question), question).stream()
                        .map(t -> row(t, language)).toList());
    }

    private static List<Object> row(Target.Town t, Language language) {
        var alone = new ArrayList<String>();
        t.aloneBefore().forEach(s -> alone.add("(2018) " + s.code()));
        t.aloneNow().forEach(s -> alone.add("(now) " + s.code()));
        return List.of(t.authority().code(), t.name(), t.population(), CostWords.in(language, "cost.target.state." + t
                .state().word()), whole(t.baseYen()), whole(t.nowYen()), t.changePercent().<Object>map(c -> c).orElse(
                        ""),
                whole(t.overYen()), whole(t.toGoYen()), t.nowYenPerHead().<Object>map(c -> c).orElse(""), t
                        .systems(),
                String.join("; ", alone), t.grewMost().map(k -> k.title().in(language))
                        .orElse(""),
                String.join("; ", t.causes().entrySet().stream().map(c -> c.getKey() + " " + c.getValue()).toList()),
                t.confidence().map(c -> c.title().in(language)).orElse(""));
    }

    private static Object whole(Optional<BigDecimal> yen) {
        return yen.<Object>map(y -> y.setScale(0, RoundingMode.HALF_UP)).orElse("");
    }

    /// The same as JSON: the nation, how the changes are spread, and the municipalities asked for, page by page.
    @Permit(Role.ANYONE)
    @ResponseBody
    @GetMapping("/api/cost/target")
    Answer asJson(Actor actor, @ModelAttribute(binding = false) Raw raw) {
        var question = sound(actor, raw);
        var target = target(actor, question);
        return new Answer(question.year().year(), question.baseline(), ministry(actor), target.nation(), target
                .histogram(), bands(target), kinds(target), why(target),
                Page.of(wanted(target, question), question.wanted()));
    }
}
