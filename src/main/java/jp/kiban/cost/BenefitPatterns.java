package jp.kiban.cost;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// 形の比較. Ways to do the same thing (共通化のパターン A・B, …) and which costs the nation, prefectures, municipalities and residents least together: what is
/// spent once and every year, at its present value. Beside them what going on as today costs; and which inputs, at their lowest
/// or highest, would make another way the cheapest.
public record BenefitPatterns(BigDecimal ratePercent, List<Pattern> patterns, Optional<Long> keepYen, String least,
        long aheadYen, List<Switch> switches) {

    /// 一つの形. Present value of its costs, of each ledger and of all, and its net present value with benefits.
    public record Pattern(String name, long costYen, Map<String, Long> ledgers, long npvYen) {}

    /// 入れ替わり. With this input at its lowest, or highest, this way costs least.
    public record Switch(String pattern, String ledger, String what, String name, String leastAtLow,
            String leastAtHigh) {}

    /// 行. A line, and the way that it is a line of; blank for all.
    record Row(BenefitLine line, String pattern) {}

    /// Nothing where no line names a way, or all the same.
    static Optional<BenefitPatterns> of(List<Row> rows, int years, BigDecimal ratePercent) {
        var names = names(rows);
        if (names.size() < 2)
            return Optional.empty();
        var patterns = names.stream().map(n -> pattern(n, rows, years, ratePercent)).sorted(Comparator.comparingLong(
                Pattern::costYen).thenComparing(Pattern::name)).toList();
        var least = patterns.getFirst().name();
        var switches = new ArrayList<Switch>();
        for (var row : rows)
            if (row.line().varies() && cost(row.line())) {
                var low = least(names, turned(rows, row, row.line().low()), years, ratePercent);
                var high = least(names, turned(rows, row, row.line().high()), years, ratePercent);
                if (!low.equals(least) || !high.equals(least))
                    switches.add(new Switch(row.pattern(), row.line().ledger().word(), row.line().what().word(), row
                            .line().name(), low, high));
            }
        var today = rows.stream().map(Row::line).filter(l -> l.what() == BenefitLine.What.BEFORE).toList();
        return Optional.of(new BenefitPatterns(ratePercent, patterns, today.isEmpty()
                ? Optional.empty()
                : Optional.of(Benefit.npv(new Benefit(today, years).flow(Optional.empty()), ratePercent)), least,
                patterns
                        .get(1).costYen() - patterns.getFirst().costYen(),
                switches));
    }

    static List<String> names(List<Row> rows) {
        return rows.stream().map(Row::pattern).filter(p -> !p.isEmpty()).distinct().sorted().toList();
    }

    /// The lines of one way, with those of all.
    static List<BenefitLine> lines(List<Row> rows, String pattern) {
        return rows.stream().filter(r -> r.pattern().isEmpty() || r.pattern().equals(pattern)).map(Row::line).toList();
    }

    private static boolean cost(BenefitLine line) {
        return line.what() == BenefitLine.What.ONCE || line.what() == BenefitLine.What.AFTER;
    }

    private static long cost(List<BenefitLine> lines, Optional<BenefitLine.Ledger> ledger, int years,
            BigDecimal ratePercent) {
        return -Benefit.npv(new Benefit(lines.stream().filter(BenefitPatterns::cost).toList(), years).flow(ledger),
                ratePercent);
    }

    private static Pattern pattern(String name, List<Row> rows, int years, BigDecimal ratePercent) {
        var lines = lines(rows, name);
        var ledgers = new LinkedHashMap<String, Long>();
        for (var ledger : BenefitLine.Ledger.values())
            ledgers.put(ledger.word(), cost(lines, Optional.of(ledger), years, ratePercent));
        return new Pattern(name, cost(lines, Optional.empty(), years, ratePercent), ledgers, Benefit.npv(new Benefit(
                lines, years).flow(Optional.empty()), ratePercent));
    }

    private static String least(List<String> names, List<Row> rows, int years, BigDecimal ratePercent) {
        return names.stream().min(Comparator.<String>comparingLong(n -> cost(lines(rows, n), Optional.empty(), years,
                ratePercent)).thenComparing(Comparator.naturalOrder())).orElseThrow();
    }

    private static List<Row> turned(List<Row> rows, Row turned, BigDecimal value) {
        var line = turned.line();
        var at = new BenefitLine(line.ledger(), line.what(), line.name(), value, value, value, line.from(), line.to(),
                line.wage());
        return rows.stream().map(r -> r == turned ? new Row(at, r.pattern()) : r).toList();
    }
}
