package jp.kiban.cost;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import jp.kiban.authority.Authority;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.statistics.FiscalYear;

/// 目標との比較. The running costs of the standardised systems against FY2018: for the nation 30 % less, and for every municipality not more
/// than its own. Municipality by municipality, of the systems that are known on both sides, without tax and without what is paid but once. Where
/// one side is unknown there is no figure, never zero; and a whole that is not split is never held against parts.
public final class Target {
    /// 国の目標. 30 % less than FY2018.
    public static final BigDecimal AIM = new BigDecimal("0.7");
    private static final SystemCode WHOLE = SystemCode.of("all-systems");
    private static final List<SystemCode> WITH_THEM = List.of(SystemCode.of("shared-base"), SystemCode.of(
            "common-functions"));
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final List<Town> towns;

    /// 状態.
    public enum State {
        /// 30 % less, or even less
        MET,
        /// not more than in FY2018
        BELOW,
        /// more than in FY2018
        ABOVE,
        /// FY2018 is unknown
        NO_BASE,
        /// what is paid now is unknown
        NO_NOW,
        /// nothing is known
        NOTHING,
        /// one side is split by system and the other is not
        UNLIKE;

        public String word() { return name().toLowerCase(java.util.Locale.ROOT); }

        public boolean isCompared() { return this == MET || this == BELOW || this == ABOVE; }
    }

    /// 市区町村. Yen without tax of the systems that are compared; `overYen` is what it pays more than FY2018 (less: negative), `toGoYen` what
    /// is still above 70 % of it.
    ///
    /// @param kinds difference by kind of cost, the largest increase first; they sum to `overYen`
    /// @param baseKinds FY2018 by kind of cost
    /// @param causes difference by the council's causes as the municipality split it; empty where it has not
    /// @param newYen of what was not paid for at all in FY2018 (a new item)
    /// @param aloneBefore systems known for FY2018 only, `aloneNow` known now only: neither is compared
    /// @param untaxed part of it does not say whether tax is in it
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Town(AuthorityId authority, String name, long population, State state, Optional<BigDecimal> baseYen,
            Optional<BigDecimal> nowYen, Optional<BigDecimal> changePercent, Optional<BigDecimal> overYen,
            Optional<BigDecimal> toGoYen, Optional<BigDecimal> nowYenPerHead, int systems,
            List<SystemCode> aloneBefore, List<SystemCode> aloneNow, Map<CostKind, BigDecimal> kinds,
            Map<CostKind, BigDecimal> baseKinds, BigDecimal newYen, Optional<Confidence> confidence, boolean untaxed,
            Map<String, Long> causes) {
        /// The cause that it gives most of an increase to; nothing where it gives none.
        public Optional<GrowthCause> mostCause() {
            return causes.entrySet().stream().filter(c -> c.getValue() > 0).max(Map.Entry.comparingByValue()).flatMap(
                    c -> GrowthCause.of(c.getKey()));
        }

        private Town because(Map<String, Long> told) {
            return new Town(authority, name, population, state, baseYen, nowYen, changePercent, overYen, toGoYen,
                    nowYenPerHead, systems, aloneBefore, aloneNow, kinds, baseKinds, newYen, confidence, untaxed, told);
        }

        /// What grew most; nothing where nothing grew.
        public Optional<CostKind> grewMost() {
            return kinds.entrySet().stream().filter(k -> k.getValue().signum() > 0).map(Map.Entry::getKey).findFirst();
        }
    }

    /// 分布. Of changes in percent.
    public record Spread(BigDecimal least, BigDecimal firstQuarter, BigDecimal middle, BigDecimal thirdQuarter,
            BigDecimal most) {}

    /// 群. Municipalities together, with the change told three ways: every yen counts the same (cities weigh most), every municipality
    /// counts the same, every head counts the same.
    ///
    /// @param byYen nothing when there is none
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Group(int towns, int compared, int met, int below, int above, BigDecimal baseYen, BigDecimal nowYen,
            Optional<BigDecimal> byYen, Optional<BigDecimal> byTown, Optional<BigDecimal> byHead,
            Optional<Spread> spread) {
        /// How many of a hundred compared ones pay more than in FY2018.
        public Optional<BigDecimal> abovePercent() {
            return compared == 0
                    ? Optional.empty()
                    : Optional.of(BigDecimal.valueOf(above).multiply(HUNDRED).divide(BigDecimal.valueOf(compared), 1,
                            RoundingMode.HALF_UP));
        }
    }

    /// 階級. Changes from `from` (not included) to `to` (included), in percent; open at an end that is empty.
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Bin(Optional<Integer> from, Optional<Integer> to, int towns, State state) {}

    private static final int[] BOUNDS = {-50, -30, -15, 0, 25, 50, 100, 200};

    private Target(List<Town> towns) { this.towns = List.copyOf(towns); }

    /// @param base sums of FY2018 by authority, system, kind and confidence; `now` those of the year that is held against it
    public static Target of(List<Authority> municipalities, List<Ledger.Sum> base, List<Ledger.Sum> now) {
        var before = base.stream().filter(Target::counts).collect(Collectors.groupingBy(s -> s.authority()
                .orElseThrow()));
        var after = now.stream().filter(Target::counts).collect(Collectors.groupingBy(s -> s.authority()
                .orElseThrow()));
        return new Target(municipalities.stream().map(m -> town(m, before.getOrDefault(m.id(), List.of()), after
                .getOrDefault(m.id(), List.of()))).toList());
    }

    private static boolean counts(Ledger.Sum sum) {
        var system = sum.system().orElseThrow();
        return sum.kind().orElseThrow().isRunning() && (system.isStandardised() || WITH_THEM.contains(system) || system
                .equals(WHOLE));
    }

    private static Town town(Authority municipality, List<Ledger.Sum> base, List<Ledger.Sum> now) {
        var before = bySystem(base);
        var after = bySystem(now);
        var both = before.keySet().stream().filter(after::containsKey).toList();
        var aloneBefore = before.keySet().stream().filter(s -> !after.containsKey(s)).toList();
        var aloneNow = after.keySet().stream().filter(s -> !before.containsKey(s)).toList();
        var state = before.isEmpty() && after.isEmpty()
                ? Optional.of(State.NOTHING)
                : before.isEmpty()
                        ? Optional.of(State.NO_BASE)
                        : after.isEmpty()
                                ? Optional.of(State.NO_NOW)
                                : both.isEmpty() ? Optional.of(State.UNLIKE) : Optional.<State>empty();
        if (state.isPresent())
            return new Town(municipality.id(), municipality.name(), municipality.population(), state.get(), total(
                    before), total(after), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 0,
                    aloneBefore, aloneNow, Map.of(), Map.of(), BigDecimal.ZERO, Optional.empty(), false, Map.of());
        var basis = both.stream().flatMap(s -> before.getOrDefault(s, List.of()).stream()).toList();
        var today = both.stream().flatMap(s -> after.getOrDefault(s, List.of()).stream()).toList();
        var baseYen = yen(basis);
        var nowYen = yen(today);
        var goal = baseYen.multiply(AIM);
        var kinds = kinds(basis, today);
        var fresh = kinds.entrySet().stream().filter(k -> k.getValue().signum() > 0 && basis.stream().noneMatch(s -> s
                .kind().orElseThrow() == k.getKey())).map(Map.Entry::getValue).reduce(BigDecimal.ZERO,
                        BigDecimal::add);
        var all = new ArrayList<>(basis);
        all.addAll(today);
        return new Town(municipality.id(), municipality.name(), municipality.population(), nowYen.compareTo(
                goal) <= 0 ? State.MET : nowYen.compareTo(baseYen) <= 0 ? State.BELOW : State.ABOVE, Optional.of(
                        baseYen), Optional.of(nowYen), change(baseYen, nowYen), Optional.of(nowYen.subtract(baseYen)),
                Optional.of(nowYen.subtract(goal).max(BigDecimal.ZERO)), municipality.population() == 0
                        ? Optional.empty()
                        : Optional.of(nowYen.divide(BigDecimal.valueOf(municipality.population()), 2,
                                RoundingMode.HALF_UP)), both.size(), aloneBefore, aloneNow, kinds, kinds(List.of(), basis),
                fresh, all.stream().flatMap(s -> s.confidence().stream()).max(Comparator.naturalOrder()), all.stream()
                        .anyMatch(s -> s.untaxedYen().signum() != 0), Map.of());
    }

    private static Map<SystemCode, List<Ledger.Sum>> bySystem(List<Ledger.Sum> sums) {
        return sums.stream().collect(Collectors.groupingBy(s -> s.system().orElseThrow(), java.util.TreeMap::new,
                Collectors.toList()));
    }

    private static Optional<BigDecimal> total(Map<SystemCode, List<Ledger.Sum>> sums) {
        return sums.isEmpty()
                ? Optional.empty()
                : Optional.of(yen(sums.values().stream().flatMap(List::stream).toList()));
    }

    private static BigDecimal yen(List<Ledger.Sum> sums) {
        return sums.stream().map(Ledger.Sum::yenWithoutTax).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Map<CostKind, BigDecimal> kinds(List<Ledger.Sum> before, List<Ledger.Sum> after) {
        var kinds = new EnumMap<CostKind, BigDecimal>(CostKind.class);
        after.forEach(s -> kinds.merge(s.kind().orElseThrow(), s.yenWithoutTax(), BigDecimal::add));
        before.forEach(s -> kinds.merge(s.kind().orElseThrow(), s.yenWithoutTax().negate(), BigDecimal::add));
        var sorted = new LinkedHashMap<CostKind, BigDecimal>();
        kinds.entrySet().stream().sorted(Map.Entry.<CostKind, BigDecimal>comparingByValue().reversed()).forEach(
                k -> sorted.put(k.getKey(), k.getValue()));
        return sorted;
    }

    /// Percent, to the tenth; nothing against zero.
    private static Optional<BigDecimal> change(BigDecimal base, BigDecimal now) {
        return base.signum() == 0
                ? Optional.empty()
                : Optional.of(now.subtract(base).multiply(HUNDRED).divide(base, 1, RoundingMode.HALF_UP));
    }

    /// One municipality with its own ledger, also what nobody else sees.
    static Town own(Ledger ledger, Authority municipality, FiscalYear year, Baseline baseline) {
        var by = EnumSet.of(Ledger.By.AUTHORITY, Ledger.By.SYSTEM, Ledger.By.KIND, Ledger.By.CONFIDENCE);
        return of(List.of(municipality), ledger.sums(municipality.id(), Ledger.Wanted.ALL.in(new FiscalYear(2018)).of(
                Baseline.FY2018), by), ledger.sums(municipality.id(), Ledger.Wanted.ALL.in(year).of(baseline), by))
                .towns().getFirst();
    }

    /// With the causes that municipalities gave, where they split what the ledger says today.
    Target because(List<Causes.Told> told) {
        return new Target(towns.stream().map(t -> told.stream().filter(c -> c.isOf(t)).findFirst().map(c -> t.because(c
                .yen())).orElse(t)).toList());
    }

    public List<Town> towns() { return towns; }

    public Group nation() { return group(towns); }

    static Group group(List<Town> towns) {
        var compared = towns.stream().filter(t -> t.state().isCompared()).toList();
        var base = sum(compared, Town::baseYen);
        var now = sum(compared, Town::nowYen);
        var changed = compared.stream().filter(t -> t.changePercent().isPresent()).toList();
        var changes = changed.stream().map(t -> t.changePercent().orElseThrow()).sorted().toList();
        var heads = changed.stream().mapToLong(Town::population).sum();
        return new Group(towns.size(), compared.size(), count(compared, State.MET), count(compared, State.BELOW), count(
                compared, State.ABOVE), base, now, change(base, now), changes.isEmpty()
                        ? Optional.empty()
                        : Optional.of(changes.stream().reduce(BigDecimal.ZERO, BigDecimal::add).divide(BigDecimal
                                .valueOf(changes.size()), 1, RoundingMode.HALF_UP)), heads == 0
                                        ? Optional.empty()
                                        : Optional.of(changed.stream().map(t -> t.changePercent().orElseThrow()
                                                .multiply(BigDecimal.valueOf(t.population()))).reduce(BigDecimal.ZERO,
                                                        BigDecimal::add).divide(BigDecimal.valueOf(heads), 1,
                                                                RoundingMode.HALF_UP)), changes.isEmpty()
                                                                        ? Optional.empty()
                                                                        : Optional.of(new Spread(changes.getFirst(),
                                                                                quantile(changes, 1), quantile(changes,
                                                                                        2), quantile(changes, 3),
                                                                                changes.getLast())));
    }

    private static int count(List<Town> towns, State state) {
        return (int) towns.stream().filter(t -> t.state() == state).count();
    }

    private static BigDecimal sum(List<Town> towns, Function<Town, Optional<BigDecimal>> what) {
        return towns.stream().flatMap(t -> what.apply(t).stream()).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /// Of quarters, between the two nearest values.
    static BigDecimal quantile(List<BigDecimal> sorted, int quarter) {
        int at = (sorted.size() - 1) * quarter;
        var below = sorted.get(at / 4);
        return at % 4 == 0
                ? below
                : below.add(sorted.get(at / 4 + 1).subtract(below).multiply(BigDecimal.valueOf(at % 4)).divide(
                        BigDecimal.valueOf(4), MathContext.DECIMAL128)).setScale(1, RoundingMode.HALF_UP);
    }

    /// How many municipalities changed by how much; -30 and 0 are bounds, so that a bin is met, below or above as a whole.
    public List<Bin> histogram() {
        var bins = new ArrayList<Bin>();
        for (int i = 0; i <= BOUNDS.length; i++) {
            var from = i == 0 ? Optional.<Integer>empty() : Optional.of(BOUNDS[i - 1]);
            var to = i == BOUNDS.length ? Optional.<Integer>empty() : Optional.of(BOUNDS[i]);
            bins.add(new Bin(from, to, (int) towns.stream().filter(t -> t.state().isCompared()).filter(t -> in(t,
                    from, to)).count(), to.filter(b -> b <= -30).isPresent()
                            ? State.MET
                            : to.filter(b -> b <= 0).isPresent() ? State.BELOW : State.ABOVE));
        }
        return bins;
    }

    /// Worked out on the yen, not on the rounded percent.
    private static boolean in(Town town, Optional<Integer> from, Optional<Integer> to) {
        var base = town.baseYen().orElseThrow();
        var over = town.overYen().orElseThrow().multiply(HUNDRED);
        return base.signum() > 0 && from.filter(f -> over.compareTo(base.multiply(BigDecimal.valueOf(f))) <= 0)
                .isEmpty() && to.filter(t -> over.compareTo(base.multiply(BigDecimal.valueOf(t))) > 0).isEmpty();
    }
}
