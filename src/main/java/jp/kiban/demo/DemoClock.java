package jp.kiban.demo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import jp.kiban.kernel.ActingDay;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Primary;
import org.springframework.stereotype.Component;

/// 見本の時計. The clock of a demonstration: runs like the real one, some whole days before or after it. The days are kept
/// in the database and survive a restart; the property `kiban.today` sets the day at the start.
@Component
@Primary
@Demo
final class DemoClock extends Clock {
    static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");
    /// The newest child allowance law came into force on this day; no demonstration goes further back.
    static final LocalDate FIRST = LocalDate.of(2024, 10, 1);
    static final LocalDate LAST = LocalDate.of(2098, 12, 31);

    private final Clock real = Clock.system(JAPAN);
    private final Store store;
    private volatile Duration apart;

    DemoClock(Store store, @Value("${kiban.today:}") String today) {
        this.store = store;
        this.apart = Duration.ofDays(store.in(Scope.nation(), jdbc -> jdbc
                .sql("select value::bigint from demo.setting where key = 'clock.days'").query(Long.class).optional())
                .orElse(0L));
        if (!today.isBlank())
            set(LocalDate.parse(today.strip()));
    }

    @Override
    public ZoneId getZone() { return JAPAN; }

    @Override
    public Instant instant() { return ActingDay.of(real.instant().plus(apart)); }

    @Override
    public Clock withZone(ZoneId zone) { return Clock.offset(real.withZone(zone), apart); }

    LocalDate today() { return LocalDate.now(this); }

    LocalDate realToday() { return LocalDate.now(real); }

    /// Makes it that day, at the present time of day.
    synchronized void set(LocalDate day) {
        if (day.isBefore(FIRST) || day.isAfter(LAST))
            throw new IllegalArgumentException("a demonstration plays between " + FIRST + " and " + LAST + ": " + day);
        long days = ChronoUnit.DAYS.between(realToday(), day);
        store.run(Scope.nation(), jdbc -> jdbc.sql("""
                insert into demo.setting (key, value) values ('clock.days', ?)
                on conflict (key) do update set value = excluded.value
                """).params(Long.toString(days)).update());
        apart = Duration.ofDays(days);
    }
}
