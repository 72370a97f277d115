package jp.kiban.standards;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import jp.kiban.kernel.Holidays;

/// 繰り返す日. Days that come again: `every month 25`, `every month last`, `months 2,4,6 10`, `every year 4-1`, `every week
/// mon`; a last word says what happens when banks are closed: `before` (the default: the last business day before, or, when
/// that would leave the month, the first after), `after` (the first business day after) or `same` (the day itself).
public record Recurrence(SortedSet<Integer> months, int day, Optional<DayOfWeek> weekday, Closed closed) {
    static final String FORMS = "every month 25 | every month last | months 2,4,6 10 | every year 4-1 | every week mon"
            + " （+ before | after | same）";
    private static final int LAST = 0;
    private static final Pattern FORM = Pattern.compile(
            "(?:every month|months (?<months>[0-9]{1,2}(?:,[0-9]{1,2}){0,11})) (?<day>[0-9]{1,2}|last)(?: (?<c1>before|after|same))?"
                    + "|every year (?<month>[0-9]{1,2})-(?<date>[0-9]{1,2}|last)(?: (?<c2>before|after|same))?"
                    + "|every week (?<week>mon|tue|wed|thu|fri|sat|sun)(?: (?<c3>before|after|same))?");

    /// 休日の扱い. What happens on a day that is no business day.
    public enum Closed {
        BEFORE, AFTER, SAME
    }

    /// Reads the written form; empty when it is none, or names a day that does not come in every month that it names.
    public static Optional<Recurrence> read(String words) {
        var found = FORM.matcher(words.strip());
        if (!found.matches())
            return Optional.empty();
        var months = new TreeSet<Integer>();
        if (found.group("week") != null)
            return Optional.of(new Recurrence(months, 1, Optional.of(DayOfWeek.valueOf(switch (found.group("week")) {
                case "mon" -> "MONDAY";
                case "tue" -> "TUESDAY";
                case "wed" -> "WEDNESDAY";
                case "thu" -> "THURSDAY";
                case "fri" -> "FRIDAY";
                case "sat" -> "SATURDAY";
                default -> "SUNDAY";
            })), closed(found.group("c3"))));
        boolean yearly = found.group("month") != null;
        var list = yearly ? found.group("month") : found.group("months");
        if (list == null)
            for (int m = 1; m <= 12; m++)
                months.add(m);
        else
            for (var month : list.split(","))
                months.add(Integer.valueOf(month));
        var day = yearly ? found.group("date") : found.group("day");
        int number = day.equals("last") ? LAST : Integer.parseInt(day);
        if (months.first() < 1 || months.last() > 12 || number < 0 || number == LAST && !day.equals("last")
                || months.stream().anyMatch(m -> number > YearMonth.of(2026, m).lengthOfMonth()))
            return Optional.empty();
        return Optional.of(new Recurrence(months, number, Optional.empty(),
                closed(found.group(yearly ? "c2" : "c1"))));
    }

    private static Closed closed(@org.jspecify.annotations.Nullable String word) {
        return word == null ? Closed.BEFORE : Closed.valueOf(word.toUpperCase(Locale.ROOT));
    }

    /// The day of this month, moved off closed days; empty when the month has none. Not for weeks.
    public Optional<LocalDate> in(YearMonth month) {
        if (weekday.isPresent() || !months.contains(month.getMonthValue()))
            return Optional.empty();
        return Optional.of(open(day == LAST ? month.atEndOfMonth() : month.atDay(day)));
    }

    /// The first such day on this day or after it.
    public LocalDate onOrAfter(LocalDate from) {
        if (weekday.isPresent()) {
            // moved by a holiday it may lie before the week's own day
            var own = from.with(TemporalAdjusters.previousOrSame(weekday.get()));
            while (open(own).isBefore(from))
                own = own.plusWeeks(1);
            return open(own);
        }
        for (var month = YearMonth.from(from).minusMonths(1);; month = month.plusMonths(1)) {
            var found = in(month).filter(d -> !d.isBefore(from));
            if (found.isPresent())
                return found.get();
        }
    }

    /// The next such days, the first on this day or after it.
    public List<LocalDate> next(LocalDate from, int howMany) {
        var days = new ArrayList<LocalDate>();
        for (var day = onOrAfter(from); days.size() < howMany; day = onOrAfter(day.plusDays(1)))
            days.add(day);
        return days;
    }

    private LocalDate open(LocalDate wanted) {
        return switch (closed) {
            case SAME -> wanted;
            case AFTER -> after(wanted);
            case BEFORE -> {
                var before = Holidays.businessDayOnOrBefore(wanted);
                yield weekday.isPresent() || YearMonth.from(before).equals(YearMonth.from(wanted))
                        ? before
                        : after(wanted);
            }
        };
    }

    private static LocalDate after(LocalDate wanted) {
        var day = wanted;
        while (!Holidays.isBusinessDay(day))
            day = day.plusDays(1);
        return day;
    }
}
