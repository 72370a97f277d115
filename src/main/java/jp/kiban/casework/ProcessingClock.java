package jp.kiban.casework;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Predicate;

/// 標準処理期間の時計 (行政手続法6条). Starts at arrival (the first day does not count, 民法140条), stands still from the day
/// a correction is asked until the day it comes in, and ends on a day on which the office is open: a last day that is a
/// holiday moves to the next open one (民法142条). Days, in Asia/Tokyo.
record ProcessingClock(LocalDate arrived, int periodDays, int pausedDays, Optional<LocalDate> pausedSince) {
    ProcessingClock {
        if (periodDays < 1 || pausedDays < 0)
            throw new IllegalArgumentException("a period of " + periodDays + " days, paused " + pausedDays);
    }

    static ProcessingClock start(LocalDate arrived, int periodDays) {
        return new ProcessingClock(arrived, periodDays, 0, Optional.empty());
    }

    ProcessingClock pause(LocalDate day) {
        return pausedSince.isPresent() ? this : new ProcessingClock(arrived, periodDays, pausedDays, Optional.of(day));
    }

    ProcessingClock resume(LocalDate day) {
        return pausedSince.isEmpty()
                ? this
                : new ProcessingClock(arrived, periodDays, pausedDaysAt(day), Optional.empty());
    }

    /// Days that did not count, as of the day.
    int pausedDaysAt(LocalDate day) {
        return pausedDays + pausedSince.map(since -> Math.max(0, (int) ChronoUnit.DAYS.between(since, day))).orElse(0);
    }

    /// Days since arrival that count, as of the day.
    int daysAt(LocalDate day) { return Math.max(0, (int) ChronoUnit.DAYS.between(arrived, day) - pausedDaysAt(day)); }

    /// The last day of the period; empty while the clock stands still.
    Optional<LocalDate> due(Predicate<LocalDate> officeIsOpen) {
        if (pausedSince.isPresent())
            return Optional.empty();
        LocalDate day = arrived.plusDays((long) periodDays + pausedDays);
        while (!officeIsOpen.test(day))
            day = day.plusDays(1);
        return Optional.of(day);
    }
}
