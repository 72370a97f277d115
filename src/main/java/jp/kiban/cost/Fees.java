package jp.kiban.cost;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import jp.kiban.kernel.Finding;

/// 利用料. What each body pays in each year by a rule, in whole yen that sum to the yen: `Σ fees + top-up of the State = cost`, year
/// by year; by a levelised rule a state fund stands between and is empty at the end of the plan. Pure; the same input always
/// gives the same fees.
public final class Fees {
    private final FeeCase shared;
    private final FeeRule rule;
    private final long[][] fee;
    private final long[] topUp;
    private final long[] fund;
    private final long[] interest;

    private Fees(FeeCase shared, FeeRule rule, long[][] fee, long[] topUp, long[] fund, long[] interest) {
        this.shared = shared;
        this.rule = rule;
        this.fee = fee;
        this.topUp = topUp;
        this.fund = fund;
        this.interest = interest;
    }

    /// Why a rule cannot be used for this case; empty when it can.
    static List<Finding> obstacles(FeeCase shared, FeeRule rule) {
        if (shared.membersIn(1) == 0)
            return List.of(CostWords.finding("path", "cost.fees.fault.path.empty"));
        if (shared.variableYen() > 0 && shared.usage() == 0)
            return List.of(CostWords.finding("variable", "cost.fees.fault.usage"));
        if (rule instanceof FeeRule.Capped && Arrays.stream(shared.aloneYen(1)).anyMatch(a -> a < 0))
            return List.of(CostWords.finding("alone", "cost.fees.fault.alone"));
        var years = IntStream.rangeClosed(1, shared.years())
                .filter(y -> y <= 2 || shared.membersIn(y) != shared.membersIn(y - 1)).boxed();
        var inner = rule instanceof FeeRule.Capped capped ? capped.rule() : rule;
        var tariffs = switch (inner) {
            case FeeRule.Key key -> years.map(y -> FeeTariff.ofYear(shared, key, y)).toList();
            case FeeRule.TrueUp trueUp -> years.map(y -> FeeTariff.upTo(shared, trueUp.key(), y)).toList();
            case FeeRule.Levelised levelised -> List.of(FeeTariff.levelised(shared, levelised.key()));
            case FeeRule.Shapley shapley -> List.of(FeeTariff.levelised(shared, key(shapley)));
            case FeeRule.Capped twice -> throw new IllegalArgumentException(rule.text());
        };
        if (tariffs.stream().anyMatch(t -> !t.carried()))
            return List.of(CostWords.finding("rule", "cost.fees.fault.nobody", rule.text()));
        if (tariffs.stream().anyMatch(t -> !t.flatsFit()))
            return List.of(CostWords.finding("rule", "cost.fees.fault.flat", rule.text()));
        return List.of();
    }

    /// The key that a rule shares by; by population where it has none.
    static FeeRule.Key key(FeeRule rule) {
        return switch (rule) {
            case FeeRule.Key key -> key;
            case FeeRule.Levelised levelised -> levelised.key();
            case FeeRule.TrueUp trueUp -> trueUp.key();
            case FeeRule.Capped capped -> key(capped.rule());
            case FeeRule.Shapley shapley -> new FeeRule.Shares(
                    java.util.Map.of(FeeRule.Basis.POPULATION, BigDecimal.ONE));
        };
    }

    public static Fees of(FeeCase shared, FeeRule rule) {
        int years = shared.years();
        int n = shared.size();
        return switch (rule) {
            case FeeRule.Key key -> {
                var fee = new long[years][];
                for (int y = 1; y <= years; y++)
                    fee[y - 1] = y > 1 && shared.cost(y) == shared.cost(y - 1)
                            && shared.membersIn(y) == shared.membersIn(y - 1)
                                    ? fee[y - 2]
                                    : among(shared, y, shared.cost(y), FeeTariff.ofYear(shared, key, y).dues());
                yield new Fees(shared, rule, fee, new long[years], new long[years], new long[years]);
            }
            case FeeRule.TrueUp trueUp -> {
                var fee = new long[years][];
                var paid = new long[n];
                long spent = 0;
                for (int y = 1; y <= years; y++) {
                    spent += shared.cost(y);
                    var now = among(shared, y, spent, FeeTariff.upTo(shared, trueUp.key(), y).duesOverTime());
                    fee[y - 1] = new long[n];
                    for (int i = 0; i < n; i++)
                        fee[y - 1][i] = now[i] - paid[i];
                    paid = now;
                }
                yield new Fees(shared, rule, fee, new long[years], new long[years], new long[years]);
            }
            case FeeRule.Levelised levelised -> levelised(shared, levelised);
            case FeeRule.Shapley shapley -> shapley(shared, shapley);
            case FeeRule.Capped capped -> of(shared, capped.rule()).capped(capped);
        };
    }

    private static Fees levelised(FeeCase shared, FeeRule.Levelised rule) {
        int years = shared.years();
        var fee = new long[years][];
        var fund = new long[years];
        var interest = new long[years];
        var dues = FeeTariff.levelised(shared, rule.key()).dues();
        var joining = new BigInteger[years + 1];
        Arrays.fill(joining, BigInteger.ZERO);
        for (int i = 0; i < shared.size(); i++) {
            int joins = shared.bodies().get(i).joins();
            joining[joins] = joining[joins].add(dues.tops()[i]);
        }
        var due = BigInteger.ZERO;
        long balance = 0;
        for (int y = 1; y <= years; y++) {
            interest[y - 1] = BigDecimal.valueOf(balance).multiply(shared.ratePercent()).movePointLeft(2)
                    .setScale(0, RoundingMode.HALF_EVEN).longValueExact();
            balance += interest[y - 1] - shared.cost(y);
            due = due.add(joining[y]);
            // the last year closes the fund to the yen
            long revenue = y == years
                    ? -balance
                    : new BigDecimal(due).divide(new BigDecimal(dues.bottom()), 0, RoundingMode.HALF_UP)
                            .longValueExact();
            fee[y - 1] = y == years ? closing(shared, revenue, dues) : among(shared, y, revenue, dues);
            balance += revenue;
            fund[y - 1] = balance;
        }
        return new Fees(shared, rule, fee, new long[years], fund, interest);
    }

    /// Some yen more or less than due, in the same proportions.
    private static long[] closing(FeeCase shared, long revenue, FeeTariff.Dues dues) {
        var all = Arrays.stream(dues.tops()).reduce(BigInteger.ZERO, BigInteger::add);
        var tops = Arrays.stream(dues.tops()).map(t -> t.multiply(BigInteger.valueOf(revenue)))
                .toArray(BigInteger[]::new);
        return among(shared, shared.years(), revenue, new FeeTariff.Dues(tops, all));
    }

    private static Fees shapley(FeeCase shared, FeeRule.Shapley rule) {
        int years = shared.years();
        var fee = new long[years][];
        var nothing = new BigInteger[shared.size()];
        Arrays.fill(nothing, BigInteger.ZERO);
        var before = new FeeTariff.Dues(nothing, BigInteger.ONE);
        for (int y = 1; y <= years; y++) {
            var dues = FeeTariff.shapley(shared, rule.bodies(), y, shared.fixedYen()).dues();
            if (shared.initialYen() > 0) {
                // what was spent once is borne by all who are there; each new cohort pays the others back
                var once = FeeTariff.shapley(shared, rule.bodies(), y, shared.initialYen());
                var now = onlyFixed(once, shared, y);
                dues = plus(plus(dues, now, BigInteger.ONE), before, BigInteger.ONE.negate());
                before = now;
            }
            fee[y - 1] = among(shared, y, shared.cost(y), dues);
        }
        return new Fees(shared, rule, fee, new long[years], new long[years], new long[years]);
    }

    private static FeeTariff.Dues onlyFixed(FeeTariff tariff, FeeCase shared, int year) {
        int fixedParts = tariff.parts() - (shared.variableYen() > 0 ? 1 : 0);
        var bottom = BigInteger.ONE;
        for (int c = 0; c < fixedParts; c++) {
            var b = tariff.price(c).bottom();
            bottom = bottom.multiply(b).divide(bottom.gcd(b));
        }
        var tops = new BigInteger[shared.size()];
        for (int i = 0; i < tops.length; i++) {
            tops[i] = BigInteger.ZERO;
            if (shared.bodies().get(i).joins() <= year)
                for (int c = 0; c < fixedParts; c++)
                    tops[i] = tops[i].add(tariff.price(c).top().multiply(bottom.divide(tariff.price(c).bottom()))
                            .multiply(BigInteger.valueOf(tariff.weight(c, i))));
        }
        return new FeeTariff.Dues(tops, bottom);
    }

    private static FeeTariff.Dues plus(FeeTariff.Dues a, FeeTariff.Dues b, BigInteger sign) {
        var bottom = a.bottom().multiply(b.bottom()).divide(a.bottom().gcd(b.bottom()));
        var tops = new BigInteger[a.tops().length];
        for (int i = 0; i < tops.length; i++)
            tops[i] = a.tops()[i].multiply(bottom.divide(a.bottom()))
                    .add(b.tops()[i].multiply(bottom.divide(b.bottom())).multiply(sign));
        return new FeeTariff.Dues(tops, bottom);
    }

    private static long[] among(FeeCase shared, int year, long total, FeeTariff.Dues dues) {
        var members = IntStream.range(0, shared.size()).filter(i -> shared.bodies().get(i).joins() <= year).toArray();
        var given = LargestRemainder.of(total, Arrays.stream(members).mapToObj(i -> dues.tops()[i])
                .toArray(BigInteger[]::new), dues.bottom());
        var fee = new long[shared.size()];
        for (int k = 0; k < members.length; k++)
            fee[members[k]] = given[k];
        return fee;
    }

    private Fees capped(FeeRule.Capped rule) {
        var paid = new long[fee.length][];
        var state = new long[fee.length];
        for (int y = 0; y < fee.length; y++) {
            paid[y] = fee[y].clone();
            var alone = shared.aloneYen(y + 1);
            for (int i = 0; i < paid[y].length; i++) {
                var body = shared.bodies().get(i);
                if (body.joins() <= y + 1)
                    paid[y][i] = Math.min(fee[y][i], alone[i]);
                state[y] += fee[y][i] - paid[y][i];
            }
        }
        return new Fees(shared, rule, paid, state, fund, interest);
    }

    public FeeCase shared() { return shared; }

    public FeeRule rule() { return rule; }

    /// Yen of a body in a year (from 1); negative when it is paid back.
    public long fee(int body, int year) { return fee[year - 1][body]; }

    /// Yen over all years.
    public long total(int body) { return IntStream.range(0, fee.length).mapToLong(y -> fee[y][body]).sum(); }

    public long feesOf(int year) { return Arrays.stream(fee[year - 1]).sum(); }

    /// What the State adds so that nobody pays more than alone.
    public long topUp(int year) { return topUp[year - 1]; }

    public long topUp() { return Arrays.stream(topUp).sum(); }

    /// The state fund at the end of a year: negative while it has lent.
    public long fund(int year) { return fund[year - 1]; }

    public long interest(int year) { return interest[year - 1]; }

    /// The deepest that the fund ever stands in debt.
    public long deepestFund() { return Arrays.stream(fund).min().orElse(0); }

    /// Yen a person a year over the plan, twelve places; nothing where nobody lives.
    public java.util.Optional<BigDecimal> perHead(int body) {
        var one = shared.bodies().get(body);
        return one.population() == 0
                ? java.util.Optional.empty()
                : java.util.Optional.of(BigDecimal.valueOf(total(body)).divide(BigDecimal.valueOf(one.population())
                        .multiply(BigDecimal.valueOf(shared.years() - one.joins() + 1L)), 12, RoundingMode.HALF_UP));
    }
}
