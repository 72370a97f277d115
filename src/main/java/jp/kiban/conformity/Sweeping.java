package jp.kiban.conformity;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// 検査の後片付け. Once a minute, and when the house starts: ends test sessions that are past their time, and forgets what was
/// still under way when others ended. Also where the contract is not served any more.
@Component
final class Sweeping implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Sweeping.class);
    private static final long EVERY_MILLIS = 60_000;

    private final Store store;
    private final Clock real = Clock.systemUTC();
    private final Object bell = new Object();
    private volatile boolean running;

    Sweeping(Store store) { this.store = store; }

    /// How many sessions were swept.
    long sweep(Instant now) {
        return store.in(Scope.nation(), jdbc -> jdbc.sql("select conformity.sweep(?)").param(Timestamp.from(now))
                .query(Long.class).single());
    }

    @Override
    public void start() {
        running = true;
        Thread.ofPlatform().name("conformity sweep").daemon().start(() -> {
            while (running)
                try {
                    sweep(real.instant());
                    synchronized (bell) {
                        bell.wait(EVERY_MILLIS);
                    }
                } catch (InterruptedException stop) {
                    return;
                } catch (RuntimeException failed) {
                    if (!running)
                        return;
                    LOG.warn("test sessions could not be swept: {}", failed.toString());
                    if (!rest())
                        return;
                }
        });
    }

    private boolean rest() {
        try {
            synchronized (bell) {
                bell.wait(EVERY_MILLIS);
            }
            return true;
        } catch (InterruptedException stop) {
            return false;
        }
    }

    @Override
    public void stop() {
        running = false;
        synchronized (bell) {
            bell.notifyAll();
        }
    }

    @Override
    public boolean isRunning() { return running; }
}
