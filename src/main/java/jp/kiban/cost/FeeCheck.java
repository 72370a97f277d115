package jp.kiban.cost;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import jp.kiban.kernel.Text;

/// 料金の検査. The six properties of a fee, and the least money with which the State removes what is wrong: each body's excess over
/// its stand-alone cost, and what the early ones pay beyond the price of the last to join. Looks for counter-examples
/// among all pairs of bodies; who raises whom is judged before rounding to the yen, since rounding itself can move one yen.
public final class FeeCheck {
    private final Fees fees;
    private final FeeCase shared;
    private final FeeRule base;
    private final List<FeeProperty> properties;
    private final long aboveAloneYen;
    private final int aboveAlone;
    private final List<Cohort> cohorts;
    private final long earlyLossYen;

    /// 参加年の組. Who joined in one year: how many, their people, what a person pays a year (present value over present
    /// person-years), that price against the level one (1 is level), and what they pay beyond the price of the last to join, in
    /// yen of the first year.
    public record Cohort(int joined, int bodies, long population, Optional<BigDecimal> yenPerPersonYear,
            BigDecimal againstLevel, long lossYen) {}

    public FeeCheck(Fees fees) {
        this.fees = fees;
        this.shared = fees.shared();
        this.base = fees.rule() instanceof FeeRule.Capped capped ? capped.rule() : fees.rule();
        this.properties = new ArrayList<>();
        this.cohorts = cohorts();
        this.earlyLossYen = cohorts.stream().mapToLong(Cohort::lossYen).sum();
        sums();
        var above = alone();
        this.aboveAloneYen = above[0];
        this.aboveAlone = (int) above[1];
        grows();
        time();
        leaves();
        scale();
    }

    public List<FeeProperty> properties() { return List.copyOf(properties); }

    public FeeProperty property(FeeProperty.Kind kind) {
        return properties.stream().filter(p -> p.kind() == kind).findFirst().orElseThrow();
    }

    /// The least subsidy after which nobody pays more than alone: what is above must be paid by somebody else, and nothing else has to be.
    public long aboveAloneYen() { return aboveAloneYen; }

    /// How many bodies pay more than alone in some year.
    public int aboveAlone() { return aboveAlone; }

    public List<Cohort> byJoining() { return cohorts; }

    /// The least subsidy after which nobody pays more per unit and year than the last to join, in yen of the first year.
    public long earlyLossYen() { return earlyLossYen; }

    private void say(FeeProperty.Kind kind, FeeProperty.Verdict verdict, String key, Object... values) {
        properties.add(new FeeProperty(kind, verdict, CostWords.text("cost.fees." + key, values)));
    }

    // sums

    private void sums() {
        for (int y = 1; y <= shared.years(); y++) {
            long fund = fees.fund(y) - (y == 1 ? 0 : fees.fund(y - 1)) - fees.interest(y);
            if (fees.feesOf(y) + fees.topUp(y) - fund != shared.cost(y))
                throw new IllegalStateException("year " + y + " does not sum: " + fees.rule().text());
        }
        long cost = IntStream.rangeClosed(1, shared.years()).mapToLong(shared::cost).sum();
        long paid = IntStream.rangeClosed(1, shared.years()).mapToLong(fees::feesOf).sum();
        long interest = IntStream.rangeClosed(1, shared.years()).mapToLong(fees::interest).sum();
        if (interest != 0)
            say(FeeProperty.Kind.SUMS, FeeProperty.Verdict.PROVED, "sums.fund", paid, cost, -interest, fees.topUp());
        else if (fees.topUp() > 0)
            say(FeeProperty.Kind.SUMS, FeeProperty.Verdict.PROVED, "sums.topup", paid, fees.topUp(), cost);
        else
            say(FeeProperty.Kind.SUMS, FeeProperty.Verdict.PROVED, "sums.proved", paid, cost);
    }

    // stand-alone

    private long[] alone() {
        long excess = 0;
        long worst = 0;
        int worstBody = -1;
        int worstYear = 0;
        int known = 0;
        var above = new java.util.BitSet();
        var alones = IntStream.rangeClosed(1, shared.years()).mapToObj(shared::aloneYen).toList();
        for (int i = 0; i < shared.size(); i++) {
            var body = shared.bodies().get(i);
            if (alones.get(body.joins() - 1)[i] >= 0)
                known++;
            for (int y = body.joins(); y <= shared.years(); y++) {
                long alone = alones.get(y - 1)[i];
                long over = alone < 0 ? 0 : fees.fee(i, y) - alone;
                if (over > 0) {
                    above.set(i);
                    excess += over;
                    if (over > worst) {
                        worst = over;
                        worstBody = i;
                        worstYear = y;
                    }
                }
            }
        }
        var kind = FeeProperty.Kind.ALONE;
        if (known == 0)
            say(kind, FeeProperty.Verdict.OPEN, "alone.unknown");
        else if (worstBody >= 0) {
            var body = shared.bodies().get(worstBody);
            say(kind, FeeProperty.Verdict.BROKEN, "alone.broken", body.name(), worstYear,
                    fees.fee(worstBody, worstYear), shared.aloneYen(body, worstYear), above.cardinality(), excess);
        } else if (fees.rule() instanceof FeeRule.Capped)
            say(kind, FeeProperty.Verdict.PROVED, "alone.capped", fees.topUp());
        else
            say(kind, FeeProperty.Verdict.HOLDS, "alone.holds", known);
        return new long[]{excess, above.cardinality()};
    }

    // one more

    /// The prices to look at: of each year in which the company changed, or of the whole plan.
    private List<FeeTariff> tariffs() {
        return switch (base) {
            case FeeRule.Key key -> IntStream.rangeClosed(1, shared.years())
                    .filter(y -> y == 1 || shared.membersIn(y) != shared.membersIn(y - 1))
                    .mapToObj(y -> FeeTariff.ofYear(shared, key, y)).toList();
            case FeeRule.Levelised levelised -> List.of(FeeTariff.levelised(shared, levelised.key()));
            case FeeRule.TrueUp trueUp -> List.of(FeeTariff.upTo(shared, trueUp.key(), shared.years()));
            case FeeRule.Shapley shapley -> List.of(FeeTariff.shapley(shared, shapley.bodies(), shared.years(),
                    shared.fixedYen() + (shared.years() == 1 ? shared.initialYen() : 0)));
            case FeeRule.Capped capped -> throw new IllegalStateException(capped.text());
        };
    }

    private void grows() {
        var kind = FeeProperty.Kind.GROWS;
        if (base instanceof FeeRule.Shapley) {
            say(kind, FeeProperty.Verdict.PROVED, "grows.shapley");
            return;
        }
        if (shared.variableYen() == 0) {
            say(kind, FeeProperty.Verdict.PROVED, "grows.fixed");
            return;
        }
        Optional<Rise> worst = Optional.empty();
        for (var tariff : tariffs()) {
            var rising = IntStream.range(0, shared.size()).filter(tariff::isIn).filter(j -> raises(tariff, j))
                    .toArray();
            var found = worst(tariff, rising, true);
            if (found.isPresent() && (worst.isEmpty() || found.get().by() > worst.get().by()))
                worst = found;
        }
        worst.ifPresentOrElse(
                rise -> say(kind, FeeProperty.Verdict.BROKEN, "grows.broken", shared.bodies().get(rise.mover()).name(),
                        shared.bodies().get(rise.body()).name(), rise.low(), rise.high()),
                () -> say(kind, FeeProperty.Verdict.HOLDS, "grows.holds"));
    }

    /// Exactly: some part's price is higher with this body than without it.
    private static boolean raises(FeeTariff tariff, int mover) {
        for (int c = 0; c < tariff.parts(); c++) {
            var without = tariff.price(c, mover);
            if (without.isPresent() && tariff.price(c).above(without.get()))
                return true;
        }
        return false;
    }

    /// Because of one body's coming or going another's yearly fee is higher.
    private record Rise(int mover, int body, BigDecimal low, BigDecimal high, double by) {}

    /// The largest rise for anybody: by each mover's coming, or by its going.
    private Optional<Rise> worst(FeeTariff tariff, int[] movers, boolean coming) {
        int parts = tariff.parts();
        int n = shared.size();
        var weights = new double[parts][n];
        for (int c = 0; c < parts; c++)
            for (int i = 0; i < n; i++)
                weights[c][i] = tariff.weight(c, i);
        var all = IntStream.range(0, parts).mapToDouble(c -> tariff.price(c).yen()).toArray();
        var fee = new double[n];
        var in = new boolean[n];
        for (int i = 0; i < n; i++) {
            in[i] = tariff.isIn(i);
            for (int c = 0; c < parts; c++)
                fee[i] += all[c] * weights[c][i];
        }
        int mover = -1;
        int body = -1;
        double most = 1e-9;
        var rise = new double[n];
        for (int j : movers) {
            java.util.Arrays.fill(rise, 0);
            boolean defined = true;
            for (int c = 0; c < parts && defined; c++) {
                var without = tariff.price(c, j);
                defined = without.isPresent();
                if (defined)
                    add(rise, weights[c], coming ? all[c] - without.get().yen() : without.get().yen() - all[c]);
            }
            if (!defined)
                continue;
            for (int i = 0; i < n; i++) {
                if (rise[i] <= (coming ? most : most * fee[i]) || fee[i] <= 0 && !coming || i == j || !in[i])
                    continue;
                most = coming ? rise[i] : rise[i] / fee[i];
                mover = j;
                body = i;
            }
        }
        if (mover < 0)
            return Optional.empty();
        var with = fee(tariff, body, -1);
        var without = fee(tariff, body, mover);
        var low = coming ? without : with;
        var high = coming ? with : without;
        return high.compareTo(low) > 0 ? Optional.of(new Rise(mover, body, low, high, most)) : Optional.empty();
    }

    private static void add(double[] sums, double[] weights, double price) {
        if (price != 0)
            for (int i = 0; i < sums.length; i++)
                sums[i] += weights[i] * price;
    }

    /// A yearly fee before rounding, to the hundredth of a yen.
    private static BigDecimal fee(FeeTariff tariff, int body, int without) {
        var sum = BigDecimal.ZERO;
        for (int c = 0; c < tariff.parts(); c++) {
            var price = tariff.price(c, without).orElseThrow();
            sum = sum.add(new BigDecimal(price.top().multiply(BigInteger.valueOf(tariff.weight(c, body))))
                    .divide(new BigDecimal(price.bottom()), 12, RoundingMode.HALF_UP));
        }
        return sum.setScale(2, RoundingMode.HALF_UP);
    }

    // over time

    private List<Cohort> cohorts() {
        var level = FeeTariff.levelised(shared, Fees.key(base)).dues();
        var paid = new BigInteger[shared.years() + 1];
        var due = new BigInteger[shared.years() + 1];
        var personYears = new BigInteger[shared.years() + 1];
        var count = new int[shared.years() + 1];
        var people = new long[shared.years() + 1];
        for (var array : List.of(paid, due, personYears))
            java.util.Arrays.fill(array, BigInteger.ZERO);
        var left = new BigInteger[shared.years() + 2];
        left[shared.years() + 1] = BigInteger.ZERO;
        for (int y = shared.years(); y >= 1; y--)
            left[y] = left[y + 1].add(shared.worth(y));
        for (int i = 0; i < shared.size(); i++) {
            var body = shared.bodies().get(i);
            int c = body.joins();
            if (c > shared.years())
                continue;
            count[c]++;
            people[c] += body.population();
            due[c] = due[c].add(level.tops()[i].multiply(left[c]));
            personYears[c] = personYears[c].add(BigInteger.valueOf(body.population()).multiply(left[c]));
        }
        for (int y = 1; y <= shared.years(); y++) {
            var yen = new long[shared.years() + 1];
            for (int i = 0; i < shared.size(); i++)
                if (shared.bodies().get(i).joins() <= y)
                    yen[shared.bodies().get(i).joins()] += fees.fee(i, y);
            for (int c = 1; c <= y; c++)
                paid[c] = paid[c].add(BigInteger.valueOf(yen[c]).multiply(shared.worth(y)));
        }
        var found = new ArrayList<Cohort>();
        var present = IntStream.rangeClosed(1, shared.years()).filter(c -> count[c] > 0).toArray();
        // a cohort in which nobody lives has no price
        int last = IntStream.of(present).filter(c -> due[c].signum() > 0).max().orElse(present[present.length - 1]);
        var today = new BigDecimal(shared.worth(1));
        for (int c : present) {
            // paid − price of the last · what level prices would have been
            var levelYen = new BigDecimal(due[c]).divide(new BigDecimal(level.bottom()), 30, RoundingMode.HALF_UP);
            var lastYen = new BigDecimal(due[last]).divide(new BigDecimal(level.bottom()), 30, RoundingMode.HALF_UP);
            var asLast = lastYen.signum() == 0
                    ? BigDecimal.ZERO
                    : levelYen.multiply(new BigDecimal(paid[last])).divide(lastYen, 30, RoundingMode.HALF_UP);
            var beyond = new BigDecimal(paid[c]).subtract(asLast).divide(today, 0, RoundingMode.CEILING);
            // as many yen as rounding can move are no loss; rounding of the last weighs as much as its price is applied to
            var scale = lastYen.signum() == 0
                    ? BigDecimal.ONE
                    : levelYen.divide(lastYen, 4, RoundingMode.CEILING);
            var rounding = BigDecimal.valueOf(count[c] + 1L).add(scale.multiply(BigDecimal.valueOf(count[last] + 1L)))
                    .multiply(BigDecimal.valueOf(shared.years()));
            found.add(new Cohort(c, count[c], people[c], personYears[c].signum() == 0
                    ? Optional.empty()
                    : Optional.of(new BigDecimal(paid[c]).divide(new BigDecimal(personYears[c]), 4,
                            RoundingMode.HALF_UP)),
                    levelYen.signum() == 0
                            ? BigDecimal.ONE
                            : new BigDecimal(paid[c]).divide(levelYen, 4, RoundingMode.HALF_UP),
                    beyond.compareTo(rounding) > 0 ? beyond.longValueExact() : 0));
        }
        return List.copyOf(found);
    }

    private void time() {
        var kind = FeeProperty.Kind.TIME;
        if (cohorts.size() == 1) {
            say(kind, FeeProperty.Verdict.OPEN, "time.one");
            return;
        }
        if (fees.rule() instanceof FeeRule.Levelised) {
            say(kind, FeeProperty.Verdict.PROVED, "time.levelised", -fees.deepestFund());
            return;
        }
        if (fees.rule() instanceof FeeRule.TrueUp && shared.ratePercent().signum() == 0) {
            say(kind, FeeProperty.Verdict.PROVED, "time.trueup");
            return;
        }
        var dear = cohorts.stream().max(java.util.Comparator.comparing(Cohort::againstLevel)).orElseThrow();
        var cheap = cohorts.stream().min(java.util.Comparator.comparing(Cohort::againstLevel)).orElseThrow();
        if (dear.againstLevel().subtract(cheap.againstLevel()).compareTo(new BigDecimal("0.0010")) <= 0)
            say(kind, FeeProperty.Verdict.HOLDS, "time.holds");
        else
            say(kind, FeeProperty.Verdict.BROKEN, "time.broken", dear.joined(), cheap.joined(),
                    percent(dear.againstLevel()), percent(cheap.againstLevel()), earlyLossYen);
    }

    private static BigDecimal percent(BigDecimal ratio) {
        return ratio.movePointRight(2).setScale(2, RoundingMode.HALF_UP);
    }

    // one less

    private void leaves() {
        var kind = FeeProperty.Kind.LEAVES;
        if (shared.size() == 1) {
            say(kind, FeeProperty.Verdict.OPEN, "leaves.one");
            return;
        }
        var tariff = tariffs().getLast();
        var movers = IntStream.range(0, shared.size()).filter(tariff::isIn).toArray();
        var worst = worst(tariff, movers, false);
        if (worst.isEmpty()) {
            say(kind, FeeProperty.Verdict.HOLDS, "leaves.none");
            return;
        }
        var rise = worst.get();
        Text mover = shared.bodies().get(rise.mover()).name();
        Text body = shared.bodies().get(rise.body()).name();
        var percent = rise.low().signum() == 0
                ? BigDecimal.ZERO
                : rise.high().subtract(rise.low()).multiply(BigDecimal.valueOf(100)).divide(rise.low(), 2,
                        RoundingMode.HALF_UP);
        if (fees.rule() instanceof FeeRule.Capped) {
            say(kind, FeeProperty.Verdict.PROVED, "leaves.capped", mover, body, percent);
            return;
        }
        var driven = driven(tariff, movers);
        if (driven.isPresent()) {
            var d = driven.get();
            say(kind, FeeProperty.Verdict.BROKEN, "leaves.broken", shared.bodies().get(d.mover()).name(),
                    shared.bodies().get(d.body()).name(), d.low(), d.high(),
                    shared.aloneYen(shared.bodies().get(d.body()), shared.years()));
        } else {
            boolean known = java.util.Arrays.stream(shared.aloneYen(shared.years())).anyMatch(a -> a >= 0);
            say(kind, known ? FeeProperty.Verdict.HOLDS : FeeProperty.Verdict.OPEN,
                    known ? "leaves.holds" : "leaves.unknown", mover, body, percent);
        }
    }

    /// Somebody who pays no more than alone, and more than alone once another has left.
    private Optional<Rise> driven(FeeTariff tariff, int[] movers) {
        int n = shared.size();
        var alone = shared.aloneYen(shared.years());
        var now = new double[n];
        for (int c = 0; c < tariff.parts(); c++) {
            double price = tariff.price(c).yen();
            for (int i = 0; i < n; i++)
                now[i] += price * tariff.weight(c, i);
        }
        var weights = new double[tariff.parts()][n];
        for (int c = 0; c < weights.length; c++)
            for (int i = 0; i < n; i++)
                weights[c][i] = tariff.weight(c, i);
        var within = IntStream.of(movers).filter(i -> alone[i] >= 0 && now[i] <= alone[i]).toArray();
        for (int j : movers) {
            var then = new double[n];
            boolean defined = true;
            for (int c = 0; c < weights.length && defined; c++) {
                var without = tariff.price(c, j);
                defined = without.isPresent();
                if (defined)
                    add(then, weights[c], without.get().yen());
            }
            if (!defined)
                continue;
            for (int i : within)
                if (i != j && then[i] > alone[i]) {
                    var high = fee(tariff, i, j);
                    if (high.compareTo(BigDecimal.valueOf(alone[i])) > 0)
                        return Optional.of(new Rise(j, i, fee(tariff, i, -1), high, then[i] - alone[i]));
                }
        }
        return Optional.empty();
    }

    // ten times

    private void scale() {
        // (F + 10V) / (F + V) ≤ 1.2  ⇔  44·V ≤ F
        var ratio = BigDecimal.valueOf(shared.fixedYen()).add(BigDecimal.valueOf(shared.variableYen())
                .multiply(BigDecimal.TEN)).divide(BigDecimal.valueOf(shared.totalYen()), 4, RoundingMode.HALF_UP);
        boolean holds = BigInteger.valueOf(44).multiply(BigInteger.valueOf(shared.variableYen()))
                .compareTo(BigInteger.valueOf(shared.fixedYen())) <= 0;
        say(FeeProperty.Kind.SCALE, holds ? FeeProperty.Verdict.HOLDS : FeeProperty.Verdict.BROKEN,
                holds ? "scale.holds" : "scale.broken", ratio, shared.variableYen(), shared.fixedYen());
    }
}
