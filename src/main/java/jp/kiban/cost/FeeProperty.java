package jp.kiban.cost;

import jp.kiban.kernel.Text;

/// 料金の性質. One thing that a fair fee should keep, and whether this one does: proved for the rule as such, found true for every
/// body and year of this case, broken with the example that breaks it, or not to be said.
public record FeeProperty(Kind kind, Verdict verdict, Text why) {
    /// 性質.
    public enum Kind {
        /// Fees and top-up are the cost, to the yen.
        SUMS,
        /// Nobody pays more than alone.
        ALONE,
        /// One more body never raises another's fee.
        GROWS,
        /// Whenever somebody joins, a year costs the same.
        TIME,
        /// When one leaves, nobody else is driven above what it would pay alone.
        LEAVES,
        /// Ten times the users cost at most 1.2 times as much.
        SCALE;

        /// `sums`, `alone` and so on.
        public String word() { return name().toLowerCase(java.util.Locale.ROOT); }
    }

    /// 判定.
    public enum Verdict {
        PROVED, HOLDS, BROKEN, OPEN;

        public String word() { return name().toLowerCase(java.util.Locale.ROOT); }
    }

    public boolean broken() { return verdict == Verdict.BROKEN; }
}
