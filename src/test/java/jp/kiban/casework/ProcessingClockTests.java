package jp.kiban.casework;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Optional;
import jp.kiban.kernel.Holidays;
import org.junit.jupiter.api.Test;

/// The clock of the standard period, on both sides of its lines. 2026-11-21 is a Saturday.
class ProcessingClockTests {
    private static final LocalDate ARRIVED = LocalDate.of(2026, 11, 2);

    private static Optional<LocalDate> due(ProcessingClock clock) { return clock.due(Holidays::isOfficeDay); }

    @Test
    void thirtyDaysAfterArrivalIsTheLastDay() {
        assertThat(due(ProcessingClock.start(ARRIVED, 30))).contains(LocalDate.of(2026, 12, 2));
    }

    @Test
    void theDayOfArrivalDoesNotCount() {
        assertThat(ProcessingClock.start(ARRIVED, 30).daysAt(ARRIVED)).isZero();
        assertThat(ProcessingClock.start(ARRIVED, 30).daysAt(ARRIVED.plusDays(1))).isOne();
    }

    @Test
    void aLastDayOnAWeekendMovesToMonday() {
        // 2026-12-05 is a Saturday
        assertThat(due(ProcessingClock.start(LocalDate.of(2026, 11, 4), 30))).contains(LocalDate.of(2026, 12, 4));
        assertThat(due(ProcessingClock.start(LocalDate.of(2026, 11, 5), 30))).contains(LocalDate.of(2026, 12, 7));
    }

    @Test
    void aLastDayAtTheTurnOfTheYearMovesToTheFirstOfficeDay() {
        assertThat(due(ProcessingClock.start(LocalDate.of(2026, 11, 28), 30))).contains(LocalDate.of(2026, 12, 28));
        assertThat(due(ProcessingClock.start(LocalDate.of(2026, 11, 29), 30))).contains(LocalDate.of(2027, 1, 4));
    }

    @Test
    void standsStillWhileACorrectionIsAwaited() {
        var paused = ProcessingClock.start(ARRIVED, 30).pause(ARRIVED.plusDays(4));
        assertThat(due(paused)).isEmpty();
        assertThat(paused.daysAt(ARRIVED.plusDays(4))).isEqualTo(4);
        assertThat(paused.daysAt(ARRIVED.plusDays(11))).isEqualTo(4);
        var running = paused.resume(ARRIVED.plusDays(11));
        assertThat(running.pausedDays()).isEqualTo(7);
        assertThat(due(running)).contains(LocalDate.of(2026, 12, 9));
        assertThat(running.daysAt(ARRIVED.plusDays(12))).isEqualTo(5);
    }

    @Test
    void twoPausesAddUpAndAnAnswerOnTheSameDayCostsNothing() {
        var clock = ProcessingClock.start(ARRIVED, 30).pause(ARRIVED.plusDays(1)).resume(ARRIVED.plusDays(3))
                .pause(ARRIVED.plusDays(10)).resume(ARRIVED.plusDays(10)).pause(ARRIVED.plusDays(11))
                .resume(ARRIVED.plusDays(12));
        assertThat(clock.pausedDays()).isEqualTo(3);
    }

    @Test
    void pausingTwiceOrResumingTwiceChangesNothing() {
        var clock = ProcessingClock.start(ARRIVED, 30).pause(ARRIVED.plusDays(1));
        assertThat(clock.pause(ARRIVED.plusDays(5))).isEqualTo(clock);
        var running = clock.resume(ARRIVED.plusDays(5));
        assertThat(running.resume(ARRIVED.plusDays(9))).isEqualTo(running);
    }
}
