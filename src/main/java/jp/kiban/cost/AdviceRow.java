package jp.kiban.cost;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Optional;

/// 利用明細. What one resource used in one hour or one day (Asia/Tokyo): for how many hours it ran, what was charged in yen, how busy it was
/// where that was measured. A committed row is paid for whether it runs or not.
///
/// @param hours how long the period is: 1 or 24
/// @param line where it stands in the table, counted from 1; 0 where there is none
public record AdviceRow(String resource, String name, Kind kind, Use use, LocalDateTime from, int hours,
        BigDecimal ranHours, BigDecimal yen, boolean committed, Optional<BigDecimal> cpuPercent,
        Optional<BigDecimal> memoryPercent, Optional<BigDecimal> cores, Optional<BigDecimal> calls,
        Optional<BigDecimal> gigabytes, Optional<BigDecimal> readGigabytes, int line) {
    /// 種類.
    public enum Kind {
        COMPUTE, DATABASE, STORAGE, DISK, ADDRESS, OTHER;

        public String word() { return name().toLowerCase(Locale.ROOT); }

        /// Has hours, a size and a load.
        boolean runs() { return this == COMPUTE || this == DATABASE; }
    }

    /// 用途. Only what is known to be no production is advised to stop at night.
    public enum Use {
        PRODUCTION, STAGING, DEVELOPMENT, TRAINING, UNKNOWN;

        public String word() { return name().toLowerCase(Locale.ROOT); }

        boolean mayStop() { return this == STAGING || this == DEVELOPMENT || this == TRAINING; }
    }

    public AdviceRow {
        if (hours != 1 && hours != 24 || ranHours.signum() < 0 || ranHours.compareTo(BigDecimal.valueOf(hours)) > 0
                || yen.signum() < 0)
            throw new IllegalArgumentException(
                    resource + " " + from + ": " + ranHours + " of " + hours + " hours, " + yen + " yen");
    }
}
