package jp.kiban.cost;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;

/// 効果の一行. One input of an estimate: whose ledger, what it is, its lowest, likeliest and highest value, in which years (0 is now), and
/// for hours the wage they are worth. Costs and hours are never negative; what they mean is said by their kind.
public record BenefitLine(Ledger ledger, What what, String name, BigDecimal low, BigDecimal likely, BigDecimal high,
        int from, int to, String wage) {
    /// 台帳. Who pays or gains.
    public enum Ledger {
        NATION, PREFECTURE, MUNICIPALITY, RESIDENT;

        public String word() { return name().toLowerCase(Locale.ROOT); }
    }

    /// 種類.
    public enum What {
        /// Yen spent in the years given, to get there.
        ONCE,
        /// Yen a year that is no longer spent.
        BEFORE,
        /// Yen a year that is spent instead.
        AFTER,
        /// Hours a year that are saved.
        HOURS,
        /// Yen a year that is gained otherwise.
        BENEFIT,
        /// Yen that an hour is worth.
        WAGE;

        public String word() { return name().toLowerCase(Locale.ROOT); }

        int sign() {
            return switch (this) {
                case ONCE, AFTER -> -1;
                case BEFORE, HOURS, BENEFIT -> 1;
                case WAGE -> 0;
            };
        }

        static Optional<What> of(String word) {
            for (What what : values())
                if (what.word().equals(word))
                    return Optional.of(what);
            return Optional.empty();
        }
    }

    public BenefitLine {
        if (low.signum() < 0 || low.compareTo(likely) > 0 || likely.compareTo(high) > 0 || from < 0 || to < from)
            throw new IllegalArgumentException(name + ": " + low + ", " + likely + ", " + high + " in " + from + "–" + to);
    }

    boolean varies() { return low.compareTo(high) < 0; }
}
