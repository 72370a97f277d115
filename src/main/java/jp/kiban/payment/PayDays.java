package jp.kiban.payment;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;
import jp.kiban.kernel.Holidays;

/// 支払日の決まり. When what is owed is paid: by the months of the law and the day of the authority (`PaySchedule`), or in the
/// next run that somebody prepares (`NextRun`).
sealed interface PayDays permits PaySchedule, PayDays.NextRun {
    /// The first pay day on this day or after it.
    LocalDate next(LocalDate day);

    /// The last month that is due when money moves on this day.
    YearMonth coveredThrough(LocalDate day);

    /// The pay day of what was granted on a day; empty when only its order will tell.
    Optional<LocalDate> dueDay(YearMonth month, LocalDate granted);

    /// 次の支払回. For what is paid once: any business day will do, and everything granted is due. The month of what is owed is
    /// that of its grant.
    record NextRun() implements PayDays {
        @Override
        public LocalDate next(LocalDate day) {
            var next = day;
            while (!Holidays.isBusinessDay(next))
                next = next.plusDays(1);
            return next;
        }

        @Override
        public YearMonth coveredThrough(LocalDate day) { return YearMonth.from(day); }

        @Override
        public Optional<LocalDate> dueDay(YearMonth month, LocalDate granted) { return Optional.empty(); }
    }
}
