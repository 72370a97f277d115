package jp.kiban.catalogue;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// 施行の時計. Looks once a minute whether a published version has come into force, so that it is in the record, and
/// whether it found values that nobody decided about. Nothing waits
/// for it: which version counts follows from the day alone.
@Component
class Midnight implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Midnight.class);
    private static final long EVERY_MILLIS = 60_000;

    private final Publications publications;
    private final Upgrades upgrades;
    private volatile boolean running;
    private final Object bell = new Object();

    Midnight(Publications publications, Upgrades upgrades) {
        this.publications = publications;
        this.upgrades = upgrades;
    }

    @Override
    public void start() {
        running = true;
        Thread.ofPlatform().name("midnight").daemon().start(() -> {
            while (running)
                try {
                    synchronized (bell) {
                        bell.wait(EVERY_MILLIS);
                    }
                    if (running) {
                        publications.keepDays();
                        upgrades.tell();
                    }
                } catch (InterruptedException stop) {
                    return;
                } catch (RuntimeException failed) {
                    if (running)
                        LOG.warn("the record of versions that came into force: {}", failed.toString());
                }
        });
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
