package jp.kiban.standards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.Test;

class PayCalendarTests {
    private final PayCalendar calendar = Published.CHILD_ALLOWANCE.payCalendar().orElseThrow();

    @Test
    void evenMonthsPayTheTwoMonthsBefore() {
        assertThat(calendar.payMonths()).containsExactly(2, 4, 6, 8, 10, 12);
        assertThat(calendar.covers(YearMonth.of(2025, 2))).containsExactly(YearMonth.of(2024, 12),
                YearMonth.of(2025, 1));
        assertThat(calendar.covers(YearMonth.of(2025, 12))).containsExactly(YearMonth.of(2025, 10),
                YearMonth.of(2025, 11));
        assertThat(calendar.covers(YearMonth.of(2025, 1))).isEmpty();
    }

    @Test
    void everyMonthIsPaidInTheFirstPayMonthAfterIt() {
        assertThat(calendar.payMonthOf(YearMonth.of(2024, 12))).isEqualTo(YearMonth.of(2025, 2));
        assertThat(calendar.payMonthOf(YearMonth.of(2025, 1))).isEqualTo(YearMonth.of(2025, 2));
        assertThat(calendar.payMonthOf(YearMonth.of(2025, 2))).isEqualTo(YearMonth.of(2025, 4));
        for (int i = 0; i < 24; i++) {
            var month = YearMonth.of(2025, 1).plusMonths(i);
            assertThat(calendar.covers(calendar.payMonthOf(month))).contains(month);
        }
    }

    @Test
    void aCalendarThatLeavesMonthsOutIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PayCalendar(List.of(2, 4), 2));
        assertThatIllegalArgumentException().isThrownBy(() -> new PayCalendar(List.of(13), 12));
    }
}
