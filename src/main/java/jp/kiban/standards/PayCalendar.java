package jp.kiban.standards;

import java.time.YearMonth;
import java.util.List;
import java.util.stream.IntStream;

/// 支払期. The months in which a benefit is paid and how many months before it each pays for (児童手当法8条4項: even months,
/// the two months before). The day within the month is the local parameter `payDay`.
public record PayCalendar(List<Integer> payMonths, int monthsCovered) {
    public PayCalendar {
        payMonths = List.copyOf(payMonths);
        if (payMonths.isEmpty() || payMonths.stream().anyMatch(m -> m < 1 || m > 12))
            throw new IllegalArgumentException("pay months are numbers from 1 to 12: " + payMonths);
        if (payMonths.size() * monthsCovered != 12)
            throw new IllegalArgumentException("pay months " + payMonths + " of " + monthsCovered
                    + " months each do not cover a year");
    }

    public boolean paysIn(YearMonth month) { return payMonths.contains(month.getMonthValue()); }

    /// The months that the payment of this month is for, earliest first; none when nothing is paid in it.
    public List<YearMonth> covers(YearMonth payMonth) {
        if (!paysIn(payMonth))
            return List.of();
        return IntStream.rangeClosed(1, monthsCovered).mapToObj(i -> payMonth.minusMonths(monthsCovered + 1 - i))
                .toList();
    }

    /// The month in which this month's amount is paid: the first pay month after it.
    public YearMonth payMonthOf(YearMonth month) {
        var pay = month.plusMonths(1);
        while (!paysIn(pay))
            pay = pay.plusMonths(1);
        return pay;
    }
}
