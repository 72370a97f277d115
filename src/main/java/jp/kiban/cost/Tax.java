package jp.kiban.cost;

import java.math.BigDecimal;
import java.math.RoundingMode;
import jp.kiban.kernel.Text;

/// 消費税. Whether an amount holds the consumption tax, and at which percent. What is not stated stays so: the amount is then taken as it
/// is, and comparisons say of how many yen it is not known.
///
/// @param percent 10 for 10 %; 0 where the tax is not stated or none is due
public record Tax(Stated stated, BigDecimal percent) {
    private static final int PLACES = 12;
    public static final Tax UNSTATED = new Tax(Stated.UNSTATED, BigDecimal.ZERO);

    /// 税の別.
    public enum Stated {
        INCLUDED(new Text("税込", "税こみ", "Tax included")), EXCLUDED(new Text("税抜", "税ぬき", "Before tax")), UNSTATED(
                new Text("税の別が不明", "税が入っているか わからない", "Tax not stated"));

        private final Text title;

        Stated(Text title) { this.title = title; }

        public Text title() { return title; }
    }

    public Tax {
        if (percent.signum() < 0 || percent.compareTo(BigDecimal.valueOf(100)) > 0)
            throw new IllegalArgumentException("not a percent of tax: " + percent);
        percent = percent.stripTrailingZeros();
    }

    public static Tax included(String percent) { return new Tax(Stated.INCLUDED, new BigDecimal(percent)); }

    public static Tax excluded(String percent) { return new Tax(Stated.EXCLUDED, new BigDecimal(percent)); }

    /// The amount with tax, exactly.
    public BigDecimal with(BigDecimal amount) { return stated == Stated.EXCLUDED ? amount.multiply(factor()) : amount; }

    /// The amount before tax; to twelve decimals, half up, where it does not divide.
    public BigDecimal without(BigDecimal amount) {
        return stated == Stated.INCLUDED && percent.signum() > 0
                ? amount.divide(factor(), PLACES, RoundingMode.HALF_UP)
                : amount;
    }

    private BigDecimal factor() { return BigDecimal.ONE.add(percent.movePointLeft(2)); }
}
