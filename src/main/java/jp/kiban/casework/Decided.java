package jp.kiban.casework;

import java.time.Instant;
import java.time.YearMonth;
import java.util.Objects;
import java.util.Optional;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.StandardRef;
import jp.kiban.kernel.Yen;

/// 処分を決めた. Days count from arrival, without the days of correction (行政手続法6条). The first month, its amount and
/// what is paid once are there for a grant only. `children` counts those (in any service) whom the first amount is for.
public record Decided(AuthorityId authority, Instant at, String subject, ReceiptNumber receipt, StandardRef standard,
        DecisionKind kind,
        boolean overruled, int daysFromArrival, int pausedDays, Optional<YearMonth> start, Yen monthlyYen, int children,
        Yen onceYen)
        implements
            Event {
    /// Decisions of before anything was paid once say nothing of it.
    public Decided { onceYen = Objects.requireNonNullElse(onceYen, Yen.ZERO); }
}
