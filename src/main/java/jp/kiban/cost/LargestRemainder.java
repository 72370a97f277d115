package jp.kiban.cost;

import java.math.BigInteger;
import java.util.Arrays;

/// 最大剰余法. Whole yen that sum to the yen: everybody gets the whole part of what is due, and the yen that are left go one
/// each to the largest fractions; on equal fractions to the one that stands first. Exact; refuses dues that do not belong to the total.
final class LargestRemainder {
    private LargestRemainder() {}

    /// The dues are `numerators[i] / denominator`.
    static long[] of(long total, BigInteger[] numerators, BigInteger denominator) {
        int n = numerators.length;
        var whole = new long[n];
        var rest = new BigInteger[n];
        long given = 0;
        for (int i = 0; i < n; i++) {
            var parts = numerators[i].divideAndRemainder(denominator);
            if (parts[1].signum() < 0) {
                parts[0] = parts[0].subtract(BigInteger.ONE);
                parts[1] = parts[1].add(denominator);
            }
            whole[i] = parts[0].longValueExact();
            rest[i] = parts[1];
            given = Math.addExact(given, whole[i]);
        }
        long left = total - given;
        if (left < 0 || left > n)
            throw new IllegalArgumentException(left + " yen are left for " + n);
        if (left == 0)
            return whole;
        var order = new Integer[n];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> rest[b].compareTo(rest[a])); // stable: the first stays first
        for (int k = 0; k < left; k++)
            whole[order[k]]++;
        return whole;
    }

    /// The same for a total of any size: units that sum to it, by weights of which not all are nothing.
    static BigInteger[] of(BigInteger total, BigInteger[] weights) {
        var sum = Arrays.stream(weights).reduce(BigInteger.ZERO, BigInteger::add);
        if (sum.signum() <= 0)
            throw new IllegalArgumentException("nobody weighs anything");
        var whole = new BigInteger[weights.length];
        var rest = new BigInteger[weights.length];
        var left = total;
        for (int i = 0; i < weights.length; i++) {
            rest[i] = total.multiply(weights[i]).mod(sum);
            whole[i] = total.multiply(weights[i]).subtract(rest[i]).divide(sum);
            left = left.subtract(whole[i]);
        }
        var order = new Integer[weights.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> rest[b].compareTo(rest[a])); // stable: the first stays first
        for (int k = 0; k < left.intValueExact(); k++)
            whole[order[k]] = whole[order[k]].add(BigInteger.ONE);
        return whole;
    }

    /// Shares by whole-number weights; nothing for anybody when all weigh nothing is refused.
    static long[] of(long total, long[] weights) {
        var sum = BigInteger.ZERO;
        for (long weight : weights)
            sum = sum.add(BigInteger.valueOf(weight));
        if (sum.signum() <= 0)
            throw new IllegalArgumentException("nobody weighs anything");
        var numerators = new BigInteger[weights.length];
        for (int i = 0; i < weights.length; i++)
            numerators[i] = BigInteger.valueOf(total).multiply(BigInteger.valueOf(weights[i]));
        return of(total, numerators, sum);
    }
}
