package jp.kiban.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import jp.kiban.standards.PayCalendar;
import org.junit.jupiter.api.Test;

class PayScheduleTests {
    private static final PayCalendar EVEN = new PayCalendar(List.of(2, 4, 6, 8, 10, 12), 2);
    private static final PaySchedule FIFTH = new PaySchedule(EVEN, 5);

    @Test
    void aPayDayOnASaturdayPaysOnTheFridayBefore() {
        assertThat(FIFTH.payDay(YearMonth.of(2026, 12))).isEqualTo("2026-12-04");
        assertThat(FIFTH.payDay(YearMonth.of(2027, 2))).isEqualTo("2027-02-05");
    }

    @Test
    void thePayDayNeverLeavesItsMonth() {
        // 1 February 2026 is a Sunday: the Friday before would be in January
        assertThat(new PaySchedule(EVEN, 1).payDay(YearMonth.of(2026, 2))).isEqualTo("2026-02-02");
        assertThat(new PaySchedule(EVEN, 2).payDay(YearMonth.of(2026, 2))).isEqualTo("2026-02-02");
        assertThatThrownBy(() -> FIFTH.payDay(YearMonth.of(2026, 1))).hasMessageContaining("2026-01");
        assertThatThrownBy(() -> new PaySchedule(EVEN, 29)).hasMessageContaining("29");
    }

    @Test
    void thePayDayItselfIsTheNextAndTheDayAfterItIsNot() {
        assertThat(FIFTH.next(LocalDate.of(2026, 12, 4))).isEqualTo("2026-12-04");
        assertThat(FIFTH.next(LocalDate.of(2026, 12, 5))).isEqualTo("2027-02-05");
    }

    @Test
    void twoMonthsBecomeDueOnThePayDayAndNotTheDayBefore() {
        assertThat(FIFTH.coveredThrough(LocalDate.of(2026, 12, 3))).isEqualTo(YearMonth.of(2026, 9));
        assertThat(FIFTH.coveredThrough(LocalDate.of(2026, 12, 4))).isEqualTo(YearMonth.of(2026, 11));
        assertThat(FIFTH.coveredThrough(LocalDate.of(2027, 2, 4))).isEqualTo(YearMonth.of(2026, 11));
        assertThat(FIFTH.coveredThrough(LocalDate.of(2027, 2, 5))).isEqualTo(YearMonth.of(2027, 1));
    }

    @Test
    void whatIsGrantedAfterItsPayDayIsDueOnTheNextOne() {
        var june = YearMonth.of(2026, 6);
        assertThat(FIFTH.dueDay(june, LocalDate.of(2026, 6, 30))).contains(LocalDate.parse("2026-08-05"));
        assertThat(FIFTH.dueDay(june, LocalDate.of(2026, 8, 4))).contains(LocalDate.parse("2026-08-05"));
        assertThat(FIFTH.dueDay(june, LocalDate.of(2026, 8, 5))).contains(LocalDate.parse("2026-10-05"));
        assertThat(FIFTH.dueDay(june, LocalDate.of(2026, 11, 20))).contains(LocalDate.parse("2026-12-04"));
    }
}
