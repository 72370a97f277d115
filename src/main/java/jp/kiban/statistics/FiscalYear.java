package jp.kiban.statistics;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.IntStream;
import jp.kiban.kernel.Language;
import jp.kiban.letters.Wareki;

/// 年度. From 1 April to 31 March, named by the calendar year it begins in. Figures by area are given for one fiscal year
/// at a time: periods that overlap would let a hidden cell be worked out by subtraction.
public record FiscalYear(int year) implements Comparable<FiscalYear> {
    public FiscalYear {
        if (year < 1950 || year > 2200)
            throw new IllegalArgumentException("not a fiscal year (年度): " + year);
    }

    public static FiscalYear of(LocalDate day) {
        return new FiscalYear(day.getMonthValue() >= 4 ? day.getYear() : day.getYear() - 1);
    }

    public LocalDate from() { return LocalDate.of(year, 4, 1); }

    public LocalDate to() { return LocalDate.of(year + 1, 3, 31); }

    public List<YearMonth> months() {
        return IntStream.range(0, 12).mapToObj(i -> YearMonth.of(year, 4).plusMonths(i)).toList();
    }

    /// `令和8年度`; in English `FY2026`.
    public String in(Language language) {
        String era = Wareki.of(YearMonth.of(year, 5));
        return language == Language.EN ? "FY" + year : era.substring(0, era.indexOf('年')) + "年度";
    }

    @Override
    public int compareTo(FiscalYear other) { return Integer.compare(year, other.year); }
}
