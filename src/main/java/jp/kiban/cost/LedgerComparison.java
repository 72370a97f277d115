package jp.kiban.cost;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Text;
import jp.kiban.statistics.FiscalYear;

/// 基準の比較. Two baselines side by side: by kind of cost, with everything named in which they differ besides the yen. There is no figure that
/// mixes them. Against each other baseline of the right year the ratio is told as well: 8 % and 2.3 times can both be true.
record LedgerComparison(Side left, Side right, List<Line> lines, List<Text> differences, List<Against> against) {
    private static final int PLACES = 4;

    /// 片側.
    ///
    /// @param months how many months of the year are paid for
    record Side(Baseline baseline, FiscalYear year, BigDecimal yen, BigDecimal yenWithoutTax, BigDecimal oneOffYen,
            BigDecimal foreignYen, BigDecimal untaxedYen, long entries, long months, List<String> rates,
            Set<SystemCode> systems, Map<Confidence, BigDecimal> confidence) {}

    /// 費目ごと.
    record Line(CostKind kind, BigDecimal left, BigDecimal right) {
        public BigDecimal difference() { return right.subtract(left); }

        public Optional<BigDecimal> ratio() { return LedgerComparison.ratio(left, right); }
    }

    /// 別の基準との比.
    record Against(Baseline baseline, BigDecimal yen, Optional<BigDecimal> ratio) {}

    public BigDecimal difference() { return right.yen().subtract(left.yen()); }

    /// Right by left; empty when there is nothing on the left.
    public Optional<BigDecimal> ratio() { return ratio(left.yen(), right.yen()); }

    private static Optional<BigDecimal> ratio(BigDecimal left, BigDecimal right) {
        return left.signum() <= 0 ? Optional.empty() : Optional.of(right.divide(left, PLACES, RoundingMode.HALF_UP));
    }

    /// @throws BadInput when both sides are the same
    static LedgerComparison of(Ledger ledger, LedgerList list, AuthorityId authority, Baseline left,
            FiscalYear leftYear, Baseline right, FiscalYear rightYear, Optional<SystemCode> system) {
        if (left == right && leftYear.equals(rightYear))
            throw new BadInput(List.of(new Finding("right", "cost.ledger.fault.same", CostWords.text(
                    "cost.ledger.fault.same"))));
        var one = side(ledger, list, authority, left, leftYear, system);
        var other = side(ledger, list, authority, right, rightYear, system);
        var lefts = kinds(ledger, authority, left, leftYear, system);
        var rights = kinds(ledger, authority, right, rightYear, system);
        var lines = new ArrayList<Line>();
        for (var kind : CostKind.values())
            if (lefts.containsKey(kind) || rights.containsKey(kind))
                lines.add(new Line(kind, lefts.getOrDefault(kind, BigDecimal.ZERO), rights.getOrDefault(kind,
                        BigDecimal.ZERO)));
        var against = ledger.sums(authority, wanted(Optional.empty(), rightYear, system), EnumSet.of(
                Ledger.By.BASELINE)).stream().filter(s -> s.baseline().orElseThrow() != right).map(s -> new Against(s
                        .baseline().orElseThrow(), s.yen(), ratio(s.yen(), other.yen())))
                .toList();
        return new LedgerComparison(one, other, List.copyOf(lines), differences(one, other, lines), against);
    }

    private static Ledger.Wanted wanted(Optional<Baseline> baseline, FiscalYear year, Optional<SystemCode> system) {
        return new Ledger.Wanted(Optional.of(year), system, Optional.empty(), baseline);
    }

    private static Map<CostKind, BigDecimal> kinds(Ledger ledger, AuthorityId authority, Baseline baseline,
            FiscalYear year, Optional<SystemCode> system) {
        var kinds = new EnumMap<CostKind, BigDecimal>(CostKind.class);
        ledger.sums(authority, wanted(Optional.of(baseline), year, system), EnumSet.of(Ledger.By.KIND)).forEach(
                s -> kinds.put(s.kind().orElseThrow(), s.yen()));
        return kinds;
    }

    private static Side side(Ledger ledger, LedgerList list, AuthorityId authority, Baseline baseline, FiscalYear year,
            Optional<SystemCode> system) {
        var wanted = wanted(Optional.of(baseline), year, system);
        var all = ledger.sums(authority, wanted, Set.of()).getFirst();
        var confidence = new EnumMap<Confidence, BigDecimal>(Confidence.class);
        ledger.sums(authority, wanted, EnumSet.of(Ledger.By.CONFIDENCE)).forEach(s -> confidence.put(s.confidence()
                .orElseThrow(), s.yen()));
        var systems = ledger.sums(authority, wanted, EnumSet.of(Ledger.By.SYSTEM)).stream().map(s -> s.system()
                .orElseThrow()).collect(Collectors.toCollection(TreeSet::new));
        var once = kinds(ledger, authority, baseline, year, system).getOrDefault(CostKind.ONE_OFF, BigDecimal.ZERO);
        return new Side(baseline, year, all.yen(), all.yenWithoutTax(), once, all.foreignYen(), all.untaxedYen(), all
                .entries(), list.months(authority, wanted), list.rates(authority, wanted), systems, confidence);
    }

    private static List<Text> differences(Side left, Side right, List<Line> lines) {
        var differences = new ArrayList<Text>();
        if (left.baseline() != right.baseline())
            differences.add(CostWords.text("cost.ledger.differs.baseline", left.baseline().title(), left.baseline()
                    .meaning(), right.baseline().title(), right.baseline().meaning()));
        if (!left.year().equals(right.year()))
            differences.add(CostWords.text("cost.ledger.differs.year", year(left), year(right)));
        if (left.months() != right.months() && left.entries() > 0 && right.entries() > 0)
            differences.add(CostWords.text("cost.ledger.differs.months", left.months(), right.months()));
        if (left.oneOffYen().compareTo(right.oneOffYen()) != 0)
            differences.add(CostWords.text("cost.ledger.differs.once", yen(left.oneOffYen()), yen(right.oneOffYen())));
        if (left.foreignYen().signum() != 0 || right.foreignYen().signum() != 0)
            differences
                    .add(CostWords.text("cost.ledger.differs.currency", yen(left.foreignYen()), rates(left), yen(right
                            .foreignYen()), rates(right)));
        if (left.untaxedYen().signum() != 0 || right.untaxedYen().signum() != 0)
            differences.add(CostWords.text("cost.ledger.differs.tax", yen(left.untaxedYen()), yen(right.untaxedYen())));
        only(left.systems(), right.systems()).ifPresent(s -> differences.add(CostWords.text(
                "cost.ledger.differs.system.left", s)));
        only(right.systems(), left.systems()).ifPresent(s -> differences.add(CostWords.text(
                "cost.ledger.differs.system.right", s)));
        for (var line : lines) {
            if (line.kind() != CostKind.ONE_OFF && line.left().signum() == 0 && line.right().signum() != 0 && left
                    .entries() > 0)
                differences.add(CostWords.text("cost.ledger.differs.kind.right", line.kind().title(), yen(line
                        .right())));
            if (line.kind() != CostKind.ONE_OFF && line.right().signum() == 0 && line.left().signum() != 0 && right
                    .entries() > 0)
                differences.add(CostWords.text("cost.ledger.differs.kind.left", line.kind().title(), yen(line.left())));
        }
        for (var side : List.of(left, right))
            for (var doubt : List.of(Confidence.ESTIMATED, Confidence.SECOND_HAND)) {
                var yen = side.confidence().getOrDefault(doubt, BigDecimal.ZERO);
                if (yen.signum() != 0)
                    differences.add(CostWords.text("cost.ledger.differs.confidence", side.baseline().title(), doubt
                            .title(), yen(yen)));
            }
        return List.copyOf(differences);
    }

    private static Text year(Side side) {
        return new Text(side.year().in(jp.kiban.kernel.Language.JA), side.year().in(jp.kiban.kernel.Language.JA_EASY),
                side.year().in(jp.kiban.kernel.Language.EN));
    }

    private static Text yen(BigDecimal yen) { return CostWords.text("cost.ledger.yen", whole(yen)); }

    /// Rounded half up to the yen, for words only.
    static String whole(BigDecimal yen) { return CostWords.number(yen.setScale(0, RoundingMode.HALF_UP)); }

    private static String rates(Side side) { return side.rates().isEmpty() ? "–" : String.join(", ", side.rates()); }

    private static Optional<Text> only(Set<SystemCode> these, Set<SystemCode> others) {
        var only = these.stream().filter(s -> !others.contains(s)).toList();
        return only.isEmpty() || others.isEmpty()
                ? Optional.empty()
                : Optional.of(new Text(join(only, t -> t.title().ja()), join(only, t -> t.title().easy()), join(only,
                        t -> t.title().en())));
    }

    private static String join(List<SystemCode> systems, java.util.function.Function<SystemCode, String> name) {
        return systems.stream().limit(10).map(name).collect(Collectors.joining("、")) + (systems.size() > 10 ? "…" : "");
    }
}
