package jp.kiban.cost;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// なぜ増えたか. The difference between two bills, split over its causes: each yen once, the sum exact, the unexplained shown. What the
/// exchange rate, wages and quantities did is worked out (each as the mean of both orders, so that it does not matter which is taken first); the rest of a
/// line goes where its causes say, and without one to the unexplained. Exchange and wage scenarios revalue both sides.
public final class Growth {
    private static final MathContext EXACT = MathContext.DECIMAL128;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final List<GrowthLine> lines;
    private final List<Split> splits;

    /// 内訳. A line and its yen by cause.
    public record Split(GrowthLine line, Map<String, Long> yen) {}

    /// 為替の想定. All lines at one rate: both totals and their difference.
    public record AtRate(BigDecimal rate, long beforeYen, long afterYen, List<Long> before, List<Long> after) {
        public long difference() { return afterYen - beforeYen; }
    }

    /// 賃金の想定. Labour dearer by so many percent on both sides.
    public record AtWage(BigDecimal percent, long beforeYen, long afterYen) {
        public long difference() { return afterYen - beforeYen; }
    }

    public Growth(List<GrowthLine> lines) {
        this.lines = List.copyOf(lines);
        this.splits = this.lines.stream().map(Growth::split).toList();
    }

    public List<Split> splits() { return splits; }

    public long beforeYen() { return lines.stream().mapToLong(l -> l.before().yen()).reduce(0, Math::addExact); }

    public long afterYen() { return lines.stream().mapToLong(l -> l.after().yen()).reduce(0, Math::addExact); }

    public long difference() { return Math.subtractExact(afterYen(), beforeYen()); }

    /// Percent of the total after the change, to the hundredth.
    public BigDecimal shareAfter(GrowthLine line) { return share(line.after().yen(), afterYen()); }

    public BigDecimal shareBefore(GrowthLine line) { return share(line.before().yen(), beforeYen()); }

    /// The whole difference in percent of what was before; nothing when that was 0.
    public Optional<BigDecimal> changePercent() {
        return beforeYen() == 0 ? Optional.empty() : Optional.of(share(difference(), beforeYen()));
    }

    private static BigDecimal share(long part, long whole) {
        return whole == 0
                ? BigDecimal.ZERO
                : BigDecimal.valueOf(part).multiply(HUNDRED).divide(BigDecimal.valueOf(whole), 2, RoundingMode.HALF_UP);
    }

    /// Yen by cause, in the order of the causes, those with yen only; they sum to the difference.
    public Map<String, Long> byCause() {
        var sums = new TreeMap<String, Long>();
        splits.forEach(s -> s.yen().forEach((cause, yen) -> sums.merge(cause, yen, Math::addExact)));
        var ordered = new LinkedHashMap<String, Long>();
        for (var cause : GrowthCause.all())
            if (sums.getOrDefault(cause.code(), 0L) != 0)
                ordered.put(cause.code(), sums.getOrDefault(cause.code(), 0L));
        return ordered;
    }

    private static Split split(GrowthLine line) {
        var yen = new LinkedHashMap<String, Long>();
        var a = line.before();
        var b = line.after();
        long left = line.difference();
        left -= put(yen, GrowthCause.EXCHANGE, a.foreign().add(b.foreign()).multiply(b.rate().subtract(a.rate()))
                .divide(BigDecimal.TWO));
        if (a.wageIndex().signum() > 0 && b.wageIndex().signum() > 0)
            left -= put(yen, GrowthCause.WAGES, a.labourYen().divide(a.wageIndex(), EXACT)
                    .add(b.labourYen().divide(b.wageIndex(), EXACT))
                    .multiply(b.wageIndex().subtract(a.wageIndex())).divide(BigDecimal.TWO));
        if (a.quantity().signum() > 0 && b.quantity().signum() > 0) {
            // what the price did besides exchange and wages is the line's own cause
            var pricePerUnit = BigDecimal.valueOf(a.yen()).divide(a.quantity(), EXACT)
                    .add(BigDecimal.valueOf(b.yen()).divide(b.quantity(), EXACT)).divide(BigDecimal.TWO);
            left -= put(yen, GrowthCause.QUANTITY, pricePerUnit.multiply(b.quantity().subtract(a.quantity())));
        }
        if (line.causes().isEmpty())
            yen.merge(GrowthCause.UNEXPLAINED, left, Math::addExact);
        else {
            var codes = List.copyOf(new TreeMap<>(line.causes()).keySet());
            int places = line.causes().values().stream().mapToInt(v -> Math.max(0, v.scale())).max().orElse(0);
            var weights = codes.stream().map(c -> line.causes().getOrDefault(c, BigDecimal.ZERO).setScale(places)
                    .unscaledValue()).toList();
            var all = weights.stream().reduce(BigInteger.ZERO, BigInteger::add);
            var size = BigInteger.valueOf(Math.absExact(left));
            var given = LargestRemainder.of(Math.absExact(left),
                    weights.stream().map(size::multiply).toArray(BigInteger[]::new), all);
            for (int i = 0; i < codes.size(); i++)
                yen.merge(codes.get(i), left < 0 ? -given[i] : given[i], Math::addExact);
        }
        yen.values().removeIf(v -> v == 0);
        return new Split(line, yen);
    }

    private static long put(Map<String, Long> yen, String cause, BigDecimal amount) {
        long whole = amount.setScale(0, RoundingMode.HALF_UP).longValueExact();
        if (whole != 0)
            yen.merge(cause, whole, Math::addExact);
        return whole;
    }

    // what if

    public boolean hasForeign() {
        return lines.stream().anyMatch(l -> l.before().foreign().signum() != 0 || l.after().foreign().signum() != 0);
    }

    public boolean hasLabour() {
        return lines.stream().anyMatch(l -> l.before().labour().signum() != 0 || l.after().labour().signum() != 0);
    }

    public AtRate atRate(BigDecimal rate) {
        var before = new ArrayList<Long>();
        var after = new ArrayList<Long>();
        for (var line : lines) {
            before.add(revalued(line.before(), rate));
            after.add(revalued(line.after(), rate));
        }
        return new AtRate(rate, before.stream().mapToLong(Long::longValue).sum(),
                after.stream().mapToLong(Long::longValue).sum(), before, after);
    }

    private static long revalued(GrowthLine.Side side, BigDecimal rate) {
        return BigDecimal.valueOf(side.yen()).add(side.foreign().multiply(rate.subtract(side.rate())))
                .setScale(0, RoundingMode.HALF_UP).longValueExact();
    }

    public AtWage atWage(BigDecimal percent) {
        return new AtWage(percent, dearer(GrowthLine::before, percent), dearer(GrowthLine::after, percent));
    }

    private long dearer(Function<GrowthLine, GrowthLine.Side> side, BigDecimal percent) {
        return lines.stream().map(side).mapToLong(s -> BigDecimal.valueOf(s.yen())
                .add(s.labourYen().multiply(percent).movePointLeft(2)).setScale(0, RoundingMode.HALF_UP)
                .longValueExact()).sum();
    }

    /// By how many yen the difference grows when the currency is one yen dearer; one decimal.
    public BigDecimal yenPerRate() {
        return sum(l -> l.after().foreign().subtract(l.before().foreign())).setScale(1, RoundingMode.HALF_UP);
    }

    /// The rate at which both bills are the same; nothing when no rate makes them so.
    public Optional<BigDecimal> breakEvenRate() {
        var slope = sum(l -> l.after().foreign().subtract(l.before().foreign()));
        if (slope.signum() == 0)
            return Optional.empty();
        var atZero = BigDecimal.valueOf(difference()).subtract(sum(l -> l.after().foreign().multiply(l.after().rate())
                .subtract(l.before().foreign().multiply(l.before().rate()))));
        var rate = atZero.negate().divide(slope, 2, RoundingMode.HALF_UP);
        return rate.signum() > 0 ? Optional.of(rate) : Optional.empty();
    }

    /// By how many yen the difference grows when labour is one percent dearer; one decimal.
    public BigDecimal yenPerWagePercent() {
        return sum(l -> l.after().labourYen().subtract(l.before().labourYen())).movePointLeft(2)
                .setScale(1, RoundingMode.HALF_UP);
    }

    /// The change of wages, in percent, at which both bills are the same; nothing when none does, or only one below −100 %.
    public Optional<BigDecimal> breakEvenWage() {
        var slope = sum(l -> l.after().labourYen().subtract(l.before().labourYen()));
        if (slope.signum() == 0)
            return Optional.empty();
        var percent = BigDecimal.valueOf(difference()).negate().multiply(HUNDRED).divide(slope, 2,
                RoundingMode.HALF_UP);
        return percent.compareTo(HUNDRED.negate()) > 0 ? Optional.of(percent) : Optional.empty();
    }

    private BigDecimal sum(Function<GrowthLine, BigDecimal> part) {
        return lines.stream().map(part).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
