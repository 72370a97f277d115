package jp.kiban.payment;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;
import jp.kiban.kernel.Holidays;
import jp.kiban.standards.PayCalendar;

/// 支払日の決まり. The pay months of a standard with the day of one authority. When that day is no business day, the last business
/// day before it pays; when that would leave the pay month, which the law fixes (児童手当法8条4項), the first one after it.
record PaySchedule(PayCalendar calendar, int dayOfMonth) implements PayDays {
    PaySchedule {
        if (dayOfMonth < 1 || dayOfMonth > 28)
            throw new IllegalArgumentException("a pay day is from 1 to 28: " + dayOfMonth);
    }

    /// The day on which this pay month pays.
    LocalDate payDay(YearMonth payMonth) {
        if (!calendar.paysIn(payMonth))
            throw new IllegalArgumentException("nothing is paid in " + payMonth);
        var wanted = payMonth.atDay(dayOfMonth);
        var day = Holidays.businessDayOnOrBefore(wanted);
        if (YearMonth.from(day).equals(payMonth))
            return day;
        var after = wanted;
        while (!Holidays.isBusinessDay(after))
            after = after.plusDays(1);
        return after;
    }

    /// The first pay day on this day or after it.
    @Override
    public LocalDate next(LocalDate day) {
        var month = YearMonth.from(day);
        while (!calendar.paysIn(month) || payDay(month).isBefore(day))
            month = month.plusMonths(1);
        return payDay(month);
    }

    /// The last month that is due when money moves on this day: of the latest pay day that is not after it.
    @Override
    public YearMonth coveredThrough(LocalDate day) {
        var month = YearMonth.from(day);
        while (!calendar.paysIn(month) || payDay(month).isAfter(day))
            month = month.minusMonths(1);
        return calendar.covers(month).getLast();
    }

    /// The pay day of a month's amount that was granted on a day: its own, or the next one when that is past.
    @Override
    public Optional<LocalDate> dueDay(YearMonth month, LocalDate granted) {
        var own = payDay(calendar.payMonthOf(month));
        return Optional.of(own.isAfter(granted) ? own : next(granted.plusDays(1)));
    }
}
