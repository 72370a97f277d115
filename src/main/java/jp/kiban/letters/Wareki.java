package jp.kiban.letters;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import jp.kiban.kernel.Language;

/// 和暦. Dates as people in Japan read them, on pages and notices only: inside, a date is a `LocalDate` and law days are
/// days of Asia/Tokyo. Refuses days before 明治6年 (1873), where the calendars differ. Reading what people write is `WrittenDate`.
public final class Wareki {
    private static final LocalDate GREGORIAN_SINCE = LocalDate.of(1873, 1, 1);

    private Wareki() {}

    /// `令和8年11月21日`; the first year of an era is 元年.
    public static String of(LocalDate date) {
        return year(date) + date.getMonthValue() + "月" + date.getDayOfMonth() + "日";
    }

    /// `令和8年11月`.
    public static String of(YearMonth month) { return year(month.atEndOfMonth()) + month.getMonthValue() + "月"; }

    /// A day in the language of the page: era years in Japanese, `21 November 2026` in English.
    public static String in(Language language, LocalDate date) {
        return language == Language.EN
                ? date.format(DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH))
                : of(date);
    }

    public static String in(Language language, YearMonth month) {
        return language == Language.EN
                ? month.format(DateTimeFormatter.ofPattern("MMMM uuuu", Locale.ENGLISH))
                : of(month);
    }

    private static String year(LocalDate date) {
        if (date.isBefore(GREGORIAN_SINCE))
            throw new IllegalArgumentException("before 明治6年 the calendars differ: " + date);
        var era = Era.of(date);
        int year = date.getYear() - era.first().getYear() + 1;
        return era.title() + (year == 1 ? "元" : year) + "年";
    }
}
