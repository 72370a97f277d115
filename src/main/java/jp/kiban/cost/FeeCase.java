package jp.kiban.cost;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import jp.kiban.kernel.AuthorityId;

/// 分けるもの. What is to be shared: the yen of a year when all have joined, how much of it moves with the use, what is spent
/// once in the first year, for how many years, and by whom. Bodies are kept in the order of their codes, which is also how ties are
/// broken. The cost of a year in which some have not joined yet is `fixed + variable · their use / all use`, to the yen.
public record FeeCase(long totalYen, long variableYen, long initialYen, int years, BigDecimal ratePercent,
        List<FeeBody> bodies, Alone alone) {

    /// 単独の費用. What a body would pay without the others, where its own figure is not given.
    public sealed interface Alone {
        /// The whole cost of the shared service for this one body: the game's own value.
        record Own() implements Alone {}

        /// So many yen a year, and so many a head.
        record Linear(long fixedYen, BigDecimal perHeadYen) implements Alone {}

        /// Unknown: nothing is held against it.
        record Unknown() implements Alone {}
    }

    public FeeCase {
        if (totalYen < 1 || variableYen < 0 || variableYen > totalYen || initialYen < 0 || years < 1
                || bodies.isEmpty())
            throw new IllegalArgumentException("total " + totalYen + ", variable " + variableYen + ", initial "
                    + initialYen + ", years " + years + ", bodies " + bodies.size());
        bodies = bodies.stream().sorted(Comparator.comparing(FeeBody::id)).toList();
    }

    int size() { return bodies.size(); }

    long fixedYen() { return totalYen - variableYen; }

    long[] weights(FeeRule.Basis basis) { return bodies.stream().mapToLong(basis::of).toArray(); }

    long usage() { return bodies.stream().mapToLong(FeeBody::usage).sum(); }

    long usageIn(int year) { return bodies.stream().filter(b -> b.joins() <= year).mapToLong(FeeBody::usage).sum(); }

    int membersIn(int year) { return (int) bodies.stream().filter(b -> b.joins() <= year).count(); }

    /// What the service costs in a year, whole yen.
    long cost(int year) {
        long moving = variableYen == 0
                ? 0
                : new BigDecimal(BigInteger.valueOf(variableYen).multiply(BigInteger.valueOf(usageIn(year))))
                        .divide(BigDecimal.valueOf(usage()), 0, RoundingMode.HALF_UP).longValueExact();
        return fixedYen() + moving + (year == 1 ? initialYen : 0);
    }

    /// What each body would pay alone in a year, or -1 where nobody knows; a fraction of a yen counts as a yen.
    long aloneYen(FeeBody body, int year) { return aloneYen(body, year, usage()); }

    /// For all of them, in their order.
    long[] aloneYen(int year) {
        long all = usage();
        return bodies.stream().mapToLong(b -> aloneYen(b, year, all)).toArray();
    }

    private long aloneYen(FeeBody body, int year, long all) {
        if (body.aloneYen().isPresent())
            return body.aloneYen().getAsLong();
        return switch (alone) {
            case Alone.Unknown unknown -> -1;
            case Alone.Own own -> fixedYen() + (year == body.joins() ? initialYen : 0)
                    + (variableYen == 0
                            ? 0
                            : new BigDecimal(
                                    BigInteger.valueOf(variableYen).multiply(BigInteger.valueOf(body.usage())))
                                    .divide(BigDecimal.valueOf(all), 0, RoundingMode.CEILING).longValueExact());
            case Alone.Linear linear -> linear.perHeadYen().multiply(BigDecimal.valueOf(body.population()))
                    .setScale(0, RoundingMode.CEILING).longValueExact() + linear.fixedYen();
        };
    }

    /// A year's weight when yen of different years are added up: `(1+r)^(years−year)` as a whole number, the same power of
    /// ten taken out of every year.
    BigInteger worth(int year) {
        int places = Math.max(0, ratePercent.stripTrailingZeros().scale());
        var ten = BigInteger.TEN.pow(places + 2);
        var grown = ten.add(ratePercent.setScale(places).unscaledValue());
        return grown.pow(years - year).multiply(ten.pow(year - 1));
    }

    int indexOf(AuthorityId id) {
        for (int i = 0; i < bodies.size(); i++)
            if (bodies.get(i).id().equals(id))
                return i;
        return -1;
    }
}
