package jp.kiban.kernel;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.function.Supplier;

/// 検査の日. The day that a test acts on: as long as the act runs, on its own thread, a clock that asks here shows that day at
/// the present time of day. Only a clock that was made for it asks (of the demonstration, of a conformity test); the clock
/// of a house in operation never does.
public final class ActingDay {
    private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");
    private static final ScopedValue<LocalDate> DAY = ScopedValue.newInstance();

    private ActingDay() {}

    /// Does the act on this day.
    public static <T> T on(LocalDate day, Supplier<T> act) { return ScopedValue.where(DAY, day).call(act::get); }

    /// The moment as the act sees it.
    public static Instant of(Instant now) {
        return DAY.isBound() ? now.atZone(JAPAN).with(DAY.get()).toInstant() : now;
    }

    /// A clock that asks.
    public static Clock over(Clock clock) {
        return new Clock() {
            @Override
            public ZoneId getZone() { return clock.getZone(); }

            @Override
            public Clock withZone(ZoneId zone) { return over(clock.withZone(zone)); }

            @Override
            public Instant instant() { return of(clock.instant()); }
        };
    }
}
