package jp.kiban.kernel;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;

/// 国民の祝日と営業日. Computed by 国民の祝日に関する法律 (昭和23年法律178号): fixed days, Mondays, the two equinoxes (by the
/// approximation of the almanac, good for 1980–2099), substitute holidays (3条2項) and the day between two holidays (3条3項). A
/// business day is one on which banks transfer: no weekend, no holiday, not 31 December to 3 January (銀行法施行令5条); an
/// office day one on which local governments are open: not 29 December to 3 January (地方自治法4条の2).
/// Refuses years outside 2020–2099.
public final class Holidays {
    private Holidays() {}

    public static boolean isHoliday(LocalDate day) { return name(day).isPresent(); }

    /// Its Japanese name; 休日 for a substitute holiday or a day between two holidays.
    public static Optional<String> name(LocalDate day) {
        return named(day).or(() -> isSubstitute(day) || isBetween(day) ? Optional.of("休日") : Optional.empty());
    }

    public static boolean isBusinessDay(LocalDate day) {
        boolean weekend = day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
        boolean turnOfYear = day.getMonth() == Month.DECEMBER && day.getDayOfMonth() == 31
                || day.getMonth() == Month.JANUARY && day.getDayOfMonth() <= 3;
        return !weekend && !turnOfYear && !isHoliday(day);
    }

    public static boolean isOfficeDay(LocalDate day) {
        return isBusinessDay(day) && !(day.getMonth() == Month.DECEMBER && day.getDayOfMonth() >= 29);
    }

    /// The day itself, or the last business day before it.
    public static LocalDate businessDayOnOrBefore(LocalDate day) {
        var candidate = day;
        while (!isBusinessDay(candidate))
            candidate = candidate.minusDays(1);
        return candidate;
    }

    private static Optional<String> named(LocalDate day) {
        int year = day.getYear();
        if (year < 2020 || year > 2099)
            throw new IllegalArgumentException("holidays are known for 2020 to 2099, not for " + day);
        int date = day.getMonthValue() * 100 + day.getDayOfMonth();
        if (year == 2020 || year == 2021) {
            // 令和三年東京オリンピック特措法32条: three holidays moved in these two years
            int sea = year == 2020 ? 723 : 722;
            int mountain = year == 2020 ? 810 : 808;
            if (date == sea)
                return Optional.of("海の日");
            if (date == sea + 1)
                return Optional.of("スポーツの日");
            if (date == mountain)
                return Optional.of("山の日");
            if (day.getMonth() == Month.JULY || date == 811 || day.getMonth() == Month.OCTOBER)
                return Optional.empty();
        }
        return Optional.ofNullable(switch (date) {
            case 101 -> "元日";
            case 211 -> "建国記念の日";
            case 223 -> "天皇誕生日";
            case 429 -> "昭和の日";
            case 503 -> "憲法記念日";
            case 504 -> "みどりの日";
            case 505 -> "こどもの日";
            case 811 -> "山の日";
            case 1103 -> "文化の日";
            case 1123 -> "勤労感謝の日";
            default -> null;
        }).or(() -> isMonday(day, Month.JANUARY, 2, "成人の日")).or(() -> isMonday(day, Month.JULY, 3, "海の日"))
                .or(() -> isMonday(day, Month.SEPTEMBER, 3, "敬老の日"))
                .or(() -> isMonday(day, Month.OCTOBER, 2, "スポーツの日"))
                .or(() -> date == 300 + equinox(year, 20.8431) ? Optional.of("春分の日") : Optional.empty())
                .or(() -> date == 900 + equinox(year, 23.2488) ? Optional.of("秋分の日") : Optional.empty());
    }

    private static Optional<String> isMonday(LocalDate day, Month month, int nth, String name) {
        return day.getMonth() == month && day.getDayOfWeek() == DayOfWeek.MONDAY
                && day.equals(day.with(TemporalAdjusters.dayOfWeekInMonth(nth, DayOfWeek.MONDAY)))
                        ? Optional.of(name)
                        : Optional.empty();
    }

    /// Day of the month; the constant is the day of the equinox in 1980.
    private static int equinox(int year, double in1980) {
        return (int) (in1980 + 0.242194 * (year - 1980)) - (year - 1980) / 4;
    }

    /// The first day that is no holiday after a holiday on a Sunday.
    private static boolean isSubstitute(LocalDate day) {
        var before = day.minusDays(1);
        while (before.getYear() >= 2020 && named(before).isPresent()) {
            if (before.getDayOfWeek() == DayOfWeek.SUNDAY)
                return true;
            before = before.minusDays(1);
        }
        return false;
    }

    private static boolean isBetween(LocalDate day) {
        return day.getYear() == day.minusDays(1).getYear() && day.getYear() == day.plusDays(1).getYear()
                && named(day.minusDays(1)).isPresent() && named(day.plusDays(1)).isPresent();
    }
}
