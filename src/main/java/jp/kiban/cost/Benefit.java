package jp.kiban.cost;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/// 費用対効果. What a change costs and brings the nation, prefectures, municipalities and residents over some years: flows, net present
/// value, simple and discounted payback, exact for the likely values; ranges by drawing every input from its triangle (a fixed seed: the same question
/// always has the same answer); and which input drives the result, by turning each from its lowest to its highest.
public final class Benefit {
    private static final MathContext EXACT = MathContext.DECIMAL128;
    private final List<BenefitLine> lines;
    private final int years;

    /// 範囲. In nineteen of twenty draws it is at least `low`; the middle; in one of twenty it is above `high`. Yen.
    public record Range(long low, long middle, long high) {}

    /// 抽出の結果. How many draws, from which seed; the range of the net present value of each ledger and of all; in how many percent it is
    /// above 0; in how many percent the money is back within the years, and the middle year of those.
    public record Drawn(int draws, long seed, Map<String, Range> ledgers, Range all, BigDecimal abovePercent,
            BigDecimal paidBackPercent, Optional<BigDecimal> middlePayback) {}

    /// 影響. The net present value of all with this input at its lowest and at its highest, the others likely.
    public record Turned(String ledger, String what, String name, long atLow, long atHigh) {
        public long width() { return Math.abs(atHigh - atLow); }
    }

    public Benefit(List<BenefitLine> lines, int years) {
        this.lines = List.copyOf(lines);
        this.years = years;
    }

    public int years() { return years; }

    public List<BenefitLine.Ledger> ledgers() {
        return Arrays.stream(BenefitLine.Ledger.values())
                .filter(l -> lines.stream().anyMatch(x -> x.ledger() == l && x.what() != BenefitLine.What.WAGE))
                .toList();
    }

    /// The likely flow of each year from 0, exact.
    public List<BigDecimal> flow(Optional<BenefitLine.Ledger> ledger) { return flow(ledger, BenefitLine::likely); }

    private List<BigDecimal> flow(Optional<BenefitLine.Ledger> ledger, Function<BenefitLine, BigDecimal> value) {
        var wages = new LinkedHashMap<String, BigDecimal>();
        lines.stream().filter(l -> l.what() == BenefitLine.What.WAGE).forEach(l -> wages.put(l.name(), value.apply(l)));
        var flow = new BigDecimal[years + 1];
        Arrays.fill(flow, BigDecimal.ZERO);
        for (var line : lines)
            if (line.what() != BenefitLine.What.WAGE && (ledger.isEmpty() || ledger.get() == line.ledger())) {
                var yen = value.apply(line).multiply(BigDecimal.valueOf(line.what().sign()));
                if (line.what() == BenefitLine.What.HOURS)
                    yen = yen.multiply(wages.getOrDefault(line.wage(), BigDecimal.ZERO));
                for (int y = line.from(); y <= Math.min(line.to(), years); y++)
                    flow[y] = flow[y].add(yen);
            }
        return List.of(flow);
    }

    /// Net present value in yen.
    public static long npv(List<BigDecimal> flow, BigDecimal ratePercent) {
        return yen(discounted(flow, ratePercent).stream().reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    static List<BigDecimal> discounted(List<BigDecimal> flow, BigDecimal ratePercent) {
        var grown = BigDecimal.ONE.add(ratePercent.movePointLeft(2));
        var worth = new ArrayList<BigDecimal>();
        var factor = BigDecimal.ONE;
        for (var yen : flow) {
            worth.add(yen.divide(factor, EXACT));
            factor = factor.multiply(grown, EXACT);
        }
        return worth;
    }

    static long yen(BigDecimal amount) { return amount.setScale(0, RoundingMode.HALF_UP).longValueExact(); }

    /// After how many years what was spent has come back and stays back, to the tenth (within a year evenly); 0 when nothing was ever
    /// owed; nothing when it does not come back.
    public static Optional<BigDecimal> payback(List<BigDecimal> flow, BigDecimal ratePercent) {
        var sums = new ArrayList<BigDecimal>();
        var sum = BigDecimal.ZERO;
        for (var yen : discounted(flow, ratePercent)) {
            sum = sum.add(yen);
            sums.add(sum);
        }
        int last = -1;
        for (int y = 0; y < sums.size(); y++)
            if (sums.get(y).signum() < 0)
                last = y;
        if (last < 0)
            return Optional.of(BigDecimal.ZERO);
        if (last == sums.size() - 1)
            return Optional.empty();
        var owed = sums.get(last).negate();
        var gained = sums.get(last + 1).subtract(sums.get(last));
        return Optional.of(BigDecimal.valueOf(last).add(owed.divide(gained, EXACT)).setScale(1, RoundingMode.HALF_UP));
    }

    /// Every input that varies, the widest first.
    public List<Turned> turned(BigDecimal ratePercent) {
        return lines.stream().filter(BenefitLine::varies)
                .map(turned -> new Turned(turned.ledger().word(), turned.what().word(), turned.name(),
                        npv(flow(Optional.empty(), l -> l == turned ? l.low() : l.likely()), ratePercent),
                        npv(flow(Optional.empty(), l -> l == turned ? l.high() : l.likely()), ratePercent)))
                .sorted(Comparator.comparingLong(Turned::width).reversed().thenComparing(Turned::name)).toList();
    }

    public Drawn drawn(BigDecimal ratePercent, int draws, long seed) {
        var random = new Random(seed); // its sequence is laid down by the language's library
        var ledgers = ledgers();
        var all = new double[draws];
        var each = new double[ledgers.size()][draws];
        var back = new double[draws];
        int paidBack = 0;
        double grown = 1 + ratePercent.doubleValue() / 100;
        var worth = new double[years + 1];
        for (int y = 0; y <= years; y++)
            worth[y] = 1 / Math.pow(grown, y);
        var wages = new LinkedHashMap<String, Double>();
        for (int d = 0; d < draws; d++) {
            var value = new double[lines.size()];
            for (int i = 0; i < value.length; i++) {
                value[i] = triangle(lines.get(i), random);
                if (lines.get(i).what() == BenefitLine.What.WAGE)
                    wages.put(lines.get(i).name(), value[i]);
            }
            var flow = new double[years + 1];
            for (int i = 0; i < value.length; i++) {
                var line = lines.get(i);
                double yen = value[i] * line.what().sign()
                        * (line.what() == BenefitLine.What.HOURS ? wages.getOrDefault(line.wage(), 0.0) : 1);
                int at = ledgers.indexOf(line.ledger());
                for (int y = line.from(); y <= Math.min(line.to(), years) && yen != 0; y++) {
                    flow[y] += yen;
                    each[at][d] += yen * worth[y];
                }
            }
            double sum = 0;
            int last = -1;
            double owed = 0;
            for (int y = 0; y <= years; y++) {
                sum += flow[y] * worth[y];
                if (sum < 0) {
                    last = y;
                    owed = -sum;
                }
            }
            all[d] = sum;
            if (last < years)
                back[paidBack++] = last < 0 ? 0 : last + owed / (flow[last + 1] * worth[last + 1]);
        }
        var ranges = new LinkedHashMap<String, Range>();
        for (int i = 0; i < ledgers.size(); i++)
            ranges.put(ledgers.get(i).word(), range(each[i]));
        var paid = Arrays.copyOf(back, paidBack);
        Arrays.sort(paid);
        return new Drawn(draws, seed, ranges, range(all),
                percent(Arrays.stream(all).filter(v -> v > 0).count(), draws), percent(paidBack, draws),
                paidBack == 0
                        ? Optional.empty()
                        : Optional.of(BigDecimal.valueOf(paid[(paidBack - 1) / 2]).setScale(1, RoundingMode.HALF_UP)));
    }

    private static double triangle(BenefitLine line, Random random) {
        double low = line.low().doubleValue();
        double high = line.high().doubleValue();
        if (high <= low)
            return low;
        double at = random.nextDouble();
        double likely = line.likely().doubleValue();
        double turn = (likely - low) / (high - low);
        return at < turn
                ? low + Math.sqrt(at * (high - low) * (likely - low))
                : high - Math.sqrt((1 - at) * (high - low) * (high - likely));
    }

    private static Range range(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        return new Range(Math.round(sorted[(n - 1) / 20]), Math.round(sorted[(n - 1) / 2]),
                Math.round(sorted[(n - 1) - (n - 1) / 20]));
    }

    private static BigDecimal percent(long part, int all) {
        return BigDecimal.valueOf(part).multiply(BigDecimal.valueOf(100)).divide(BigDecimal.valueOf(all), 1,
                RoundingMode.HALF_UP);
    }
}
