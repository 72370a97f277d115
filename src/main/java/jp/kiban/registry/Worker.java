package jp.kiban.registry;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// 係. Works beside the requests on a thread of its own: one round after the other, at once when somebody rings, else every half
/// minute. Begins with the house and ends with it; a round that fails is told and tried again.
abstract class Worker implements SmartLifecycle {
    private static final long IDLE_SECONDS = 30;
    private static final long ENDING_MILLIS = 20_000;

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final String name;
    private final Semaphore bell = new Semaphore(0);
    private Optional<Thread> thread = Optional.empty();
    private volatile boolean running;

    Worker(String name) { this.name = name; }

    /// Everything that waits to be done; ends soon when the house does.
    abstract void round() throws IOException, InterruptedException;

    /// There may be something to do.
    final void wake() { bell.release(); }

    private void work() {
        while (running) {
            try {
                round();
                if (bell.tryAcquire(IDLE_SECONDS, TimeUnit.SECONDS))
                    bell.drainPermits();
            } catch (InterruptedException stop) {
                return;
            } catch (IOException | RuntimeException failed) {
                if (running)
                    log.warn("{}: tried again in {} s: {}", name, IDLE_SECONDS, failed.toString());
                try {
                    Thread.sleep(IDLE_SECONDS * 1000);
                } catch (InterruptedException stop) {
                    return;
                }
            }
        }
    }

    @Override
    public void start() {
        running = true;
        thread = Optional.of(Thread.ofPlatform().name("registry-" + name).start(this::work));
    }

    @Override
    public void stop() {
        running = false;
        thread.ifPresent(t -> {
            t.interrupt();
            try {
                t.join(ENDING_MILLIS);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Override
    public final boolean isRunning() { return running; }
}
