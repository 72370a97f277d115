package jp.kiban.flow;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import jp.kiban.store.Work;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// 期限の見張り. Looks every second, by the house's clock, for what has come due, and lets each act in a transaction of its own in
/// which its row goes: however often the house stops, and however many houses share the database, each acts exactly once.
@Component
final class Timers implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Timers.class);
    private static final int BATCH = 200;

    private final Store store;
    private final Clock clock;
    private final ObjectProvider<TimerOwner> owners;
    private volatile boolean running;
    private Optional<Thread> thread = Optional.empty();

    Timers(Store store, Clock clock, ObjectProvider<TimerOwner> owners) {
        this.store = store;
        this.clock = clock;
        this.owners = owners;
    }

    private record Row(AuthorityId authority, String subject, FlowEvent.Due due, int tries) {}

    /// Lets act all that is due now; how many there were.
    int look() {
        int acted = 0;
        for (var rows = due(); !rows.isEmpty(); rows = due()) {
            int before = acted;
            for (var row : rows)
                acted += act(row) ? 1 : 0;
            if (acted == before)
                break;
        }
        return acted;
    }

    private List<Row> due() {
        return store.in(Scope.nation(), jdbc -> jdbc
                .sql("""
                        select authority, subject, token, node, tries from flow.timer
                        where due <= ? and authority not like 'T%' order by due limit ?
                        """)
                .params(Timestamp.from(clock.instant()), BATCH)
                .query((row, i) -> new Row(AuthorityId.of(row.getString(1)), row.getString(2),
                        new FlowEvent.Due(row.getInt(3), row.getString(4)), row.getInt(5)))
                .list());
    }

    private boolean act(Row row) {
        var owner = owners.getIfAvailable();
        if (owner == null)
            return false;
        var work = Work.begin("timer " + row.due().timer());
        try {
            return store.in(Scope.of(row.authority()), jdbc -> {
                owner.hold(jdbc, row.authority(), row.subject());
                int taken = jdbc.sql("""
                        delete from flow.timer where authority = ? and subject = ? and token = ? and node = ? and due <= ?
                        """).params(row.authority().code(), row.subject(), row.due().token(), row.due().timer(),
                        Timestamp.from(clock.instant())).update();
                if (taken == 1)
                    owner.due(jdbc, row.authority(), row.subject(), row.due());
                return taken == 1;
            });
        } catch (RuntimeException failed) {
            LOG.warn("timer {} of {}: {}", row.due().timer(), row.subject(), failed.toString());
            postpone(row);
            return false;
        } finally {
            work.end();
        }
    }

    /// One that fails must not keep the others waiting.
    private void postpone(Row row) {
        var later = clock.instant().plusSeconds(1L << Math.min(row.tries() + 1, 12));
        store.run(Scope.of(row.authority()), jdbc -> jdbc.sql("""
                update flow.timer set due = ?, tries = tries + 1 where authority = ? and subject = ? and token = ? and node = ?
                """).params(Timestamp.from(later), row.authority().code(), row.subject(), row.due().token(),
                row.due().timer()).update());
    }

    @Override
    public void start() {
        running = true;
        thread = Optional.of(Thread.ofPlatform().daemon().name("timers").start(() -> {
            while (running) {
                try {
                    Thread.sleep(1_000);
                    look();
                } catch (InterruptedException stop) {
                    return;
                } catch (RuntimeException failed) {
                    if (running)
                        LOG.warn("timers: {}", failed.toString());
                }
            }
        }));
    }

    @Override
    public void stop() {
        running = false;
        thread.ifPresent(Thread::interrupt);
    }

    @Override
    public boolean isRunning() { return running; }
}
