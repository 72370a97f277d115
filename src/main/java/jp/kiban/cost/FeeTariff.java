package jp.kiban.cost;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// 料金. The prices that a rule asks of a set of bodies in a stretch of time: a fee is the sum over the parts of
/// `price · weight`. Prices are exact fractions of a yen, and can be had for the same set without one of its bodies.
final class FeeTariff {
    /// 単価. Yen per unit of weight, as an exact fraction.
    record Price(BigInteger top, BigInteger bottom) {
        Price {
            var common = top.gcd(bottom);
            if (bottom.signum() < 0)
                common = common.negate();
            top = top.divide(common);
            bottom = bottom.divide(common);
        }

        boolean above(Price other) { return top.multiply(other.bottom).compareTo(other.top.multiply(bottom)) > 0; }

        double yen() {
            return new java.math.BigDecimal(top).divide(new java.math.BigDecimal(bottom),
                    java.math.MathContext.DECIMAL64).doubleValue();
        }
    }

    private sealed interface Pool {
        /// `share/all` of the cost.
        record Share(BigInteger share, BigInteger all) implements Pool {}

        /// A fixed price.
        record Flat(long yen) implements Pool {}

        /// What is left after the fixed price.
        record Rest(long flatYen) implements Pool {}

        /// One of so many equal shares of what does not move with the use.
        record Cohort(int cohorts) implements Pool {}

        /// What moves with the use, by the use.
        record Moving() implements Pool {}
    }

    private record Part(Pool pool, long[] weights) {}

    private final FeeCase shared;
    private final BigInteger[] time;
    private final BigInteger usage;
    /// Cost times all use, so that it stays whole when a body leaves.
    private final BigInteger total;
    private final BigInteger fixed;
    private final BigInteger times;
    private final List<Part> parts;
    private final BigInteger[] sums;

    private FeeTariff(FeeCase shared, BigInteger[] time, BigInteger total, BigInteger fixed, List<Part> parts) {
        this.shared = shared;
        this.time = time;
        this.usage = BigInteger.valueOf(Math.max(1, shared.usage()));
        this.total = total.multiply(usage);
        this.fixed = fixed;
        this.times = Arrays.stream(time).reduce(BigInteger.ZERO, BigInteger::add);
        this.parts = parts;
        this.sums = parts.stream().map(p -> {
            var sum = BigInteger.ZERO;
            for (int i = 0; i < time.length; i++)
                if (p.weights[i] != 0 && time[i].signum() != 0)
                    sum = sum.add(BigInteger.valueOf(p.weights[i]).multiply(time[i]));
            return sum;
        }).toArray(BigInteger[]::new);
    }

    /// One year, by its cost.
    static FeeTariff ofYear(FeeCase shared, FeeRule.Key key, int year) {
        return new FeeTariff(shared, present(shared, year, year, false), BigInteger.valueOf(shared.cost(year)),
                BigInteger.ZERO, parts(shared, key));
    }

    /// All years up to this one as if they were one, without interest.
    static FeeTariff upTo(FeeCase shared, FeeRule.Key key, int year) {
        long total = 0;
        for (int y = 1; y <= year; y++)
            total = Math.addExact(total, shared.cost(y));
        return new FeeTariff(shared, present(shared, 1, year, false), BigInteger.valueOf(total), BigInteger.ZERO,
                parts(shared, key));
    }

    /// The whole plan, each year by what it is worth.
    static FeeTariff levelised(FeeCase shared, FeeRule.Key key) {
        var total = BigInteger.ZERO;
        for (int y = 1; y <= shared.years(); y++)
            total = total.add(BigInteger.valueOf(shared.cost(y)).multiply(shared.worth(y)));
        return new FeeTariff(shared, present(shared, 1, shared.years(), true), total, BigInteger.ZERO,
                parts(shared, key));
    }

    /// The Shapley value of one year's cost (without what is spent once): what does not move with the use in equal shares a cohort, what
    /// moves by the use. It is the Shapley value because a fixed cost is a game in which every player's first arrival costs all of
    /// it, and what moves is additive.
    static FeeTariff shapley(FeeCase shared, boolean bodies, int year, long fixedYen) {
        var parts = new ArrayList<Part>();
        var time = present(shared, year, year, false);
        if (bodies) {
            parts.add(new Part(new Pool.Cohort(1), shared.weights(FeeRule.Basis.EQUAL)));
        } else {
            var cohorts = cohorts(shared, year);
            for (int cohort : cohorts)
                parts.add(new Part(new Pool.Cohort(cohorts.size()), cohortWeights(shared, cohort)));
        }
        if (shared.variableYen() > 0)
            parts.add(new Part(new Pool.Moving(), shared.weights(FeeRule.Basis.USAGE)));
        return new FeeTariff(shared, time, BigInteger.ZERO, BigInteger.valueOf(fixedYen), parts);
    }

    static List<Integer> cohorts(FeeCase shared, int year) {
        var cohorts = new TreeSet<Integer>();
        shared.bodies().stream().filter(b -> b.joins() <= year).forEach(b -> cohorts.add(b.joins()));
        return List.copyOf(cohorts);
    }

    private static long[] cohortWeights(FeeCase shared, int cohort) {
        var weights = shared.bodies().stream().mapToLong(b -> b.joins() == cohort ? b.population() : 0).toArray();
        return Arrays.stream(weights).sum() > 0
                ? weights
                : shared.bodies().stream().mapToLong(b -> b.joins() == cohort ? 1 : 0).toArray();
    }

    private static BigInteger[] present(FeeCase shared, int from, int to, boolean worth) {
        var upFrom = new BigInteger[to + 2];
        upFrom[to + 1] = BigInteger.ZERO;
        for (int y = to; y >= 1; y--)
            upFrom[y] = upFrom[y + 1].add(y < from ? BigInteger.ZERO : worth ? shared.worth(y) : BigInteger.ONE);
        return shared.bodies().stream().map(b -> b.joins() > to ? BigInteger.ZERO : upFrom[b.joins()])
                .toArray(BigInteger[]::new);
    }

    private static List<Part> parts(FeeCase shared, FeeRule.Key key) {
        return switch (key) {
            case FeeRule.Shares shares -> {
                int places = shares.shares().values().stream().mapToInt(s -> Math.max(0, s.scale())).max().orElse(0);
                var all = shares.shares().values().stream().map(v -> v.setScale(places).unscaledValue())
                        .reduce(BigInteger.ZERO, BigInteger::add);
                yield shares.shares().entrySet().stream().map(e -> new Part(
                        new Pool.Share(e.getValue().setScale(places).unscaledValue(), all),
                        shared.weights(e.getKey()))).toList();
            }
            case FeeRule.Bands bands -> List.of(new Part(new Pool.Share(BigInteger.ONE, BigInteger.ONE),
                    shared.bodies().stream().mapToLong(b -> bands.units(b.population())).toArray()));
            case FeeRule.TwoPart two -> List.of(
                    new Part(new Pool.Flat(two.flatYen()), shared.weights(FeeRule.Basis.EQUAL)),
                    new Part(new Pool.Rest(two.flatYen()), shared.weights(two.meter())));
        };
    }

    int parts() { return parts.size(); }

    /// True when every part has somebody to carry it.
    boolean carried() {
        for (int c = 0; c < parts.size(); c++)
            if (sums[c].signum() == 0 && !(parts.get(c).pool instanceof Pool.Flat))
                return false;
        return true;
    }

    /// What is left for the meter after the fixed fees; negative when they are more than the cost.
    boolean flatsFit() {
        return parts.stream().noneMatch(p -> p.pool instanceof Pool.Rest rest
                && total.compareTo(BigInteger.valueOf(rest.flatYen).multiply(times).multiply(usage)) < 0);
    }

    long weight(int part, int body) { return parts.get(part).weights[body]; }

    boolean isIn(int body) { return time[body].signum() > 0; }

    Price price(int part) { return price(part, -1).orElseThrow(); }

    /// The price when this body is not there; nothing when nobody is left to pay it.
    Optional<Price> price(int part, int without) {
        var gone = without < 0 ? BigInteger.ZERO : time[without];
        long weightGone = without < 0 ? 0 : parts.get(part).weights[without];
        var weight = sums[part].subtract(BigInteger.valueOf(weightGone).multiply(gone));
        var cost = without < 0
                ? total
                : total.subtract(BigInteger.valueOf(shared.variableYen())
                        .multiply(BigInteger.valueOf(shared.bodies().get(without).usage())).multiply(gone));
        return switch (parts.get(part).pool) {
            case Pool.Flat flat -> Optional.of(new Price(BigInteger.valueOf(flat.yen), BigInteger.ONE));
            case Pool.Moving moving -> Optional.of(new Price(BigInteger.valueOf(shared.variableYen()), usage));
            case Pool.Share share -> weight.signum() == 0
                    ? Optional.empty()
                    : Optional.of(new Price(share.share.multiply(cost), share.all.multiply(usage).multiply(weight)));
            case Pool.Rest rest -> weight.signum() == 0
                    ? Optional.empty()
                    : Optional.of(new Price(cost.subtract(BigInteger.valueOf(rest.flatYen)
                            .multiply(times.subtract(gone)).multiply(usage)), usage.multiply(weight)));
            case Pool.Cohort cohort -> weight.signum() == 0
                    ? Optional.empty()
                    : Optional.of(new Price(fixed, BigInteger.valueOf(cohort.cohorts).multiply(weight)));
        };
    }

    /// What is due from each in one year, over one common denominator.
    record Dues(BigInteger[] tops, BigInteger bottom) {}

    Dues dues() {
        var prices = new ArrayList<Price>();
        var bottom = BigInteger.ONE;
        for (int c = 0; c < parts.size(); c++) {
            prices.add(price(c));
            bottom = bottom.multiply(prices.get(c).bottom)
                    .divide(bottom.gcd(prices.get(c).bottom));
        }
        var unit = new BigInteger[parts.size()];
        for (int c = 0; c < unit.length; c++)
            unit[c] = prices.get(c).top.multiply(bottom.divide(prices.get(c).bottom));
        var tops = new BigInteger[time.length];
        for (int i = 0; i < tops.length; i++) {
            var sum = BigInteger.ZERO;
            for (int c = 0; c < unit.length; c++)
                if (parts.get(c).weights[i] != 0)
                    sum = sum.add(unit[c].multiply(BigInteger.valueOf(parts.get(c).weights[i])));
            tops[i] = sum;
        }
        return new Dues(tops, bottom);
    }

    /// What is due over the whole stretch: each year's due times the years there.
    Dues duesOverTime() {
        var dues = dues();
        var tops = new BigInteger[time.length];
        for (int i = 0; i < tops.length; i++)
            tops[i] = dues.tops[i].multiply(time[i]);
        return new Dues(tops, dues.bottom);
    }
}
