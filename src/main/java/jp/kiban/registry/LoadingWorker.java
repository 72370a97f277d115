package jp.kiban.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Conflict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// 読込みの係. Loads what was approved, one file after the other, and goes on after a restart with what it had not finished; then has the
/// seats matched with the house's address dictionary. Files given on the
/// command line are loaded there: they are not in its folder.
@Component
class LoadingWorker implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(LoadingWorker.class);
    private static final long IDLE_SECONDS = 30;

    private final Loadings loadings;
    private final List<RegistryLoad> loads;
    private final Places places;
    private final CorporationKeys keys;
    private final Addresses addresses;
    private final Path folder;
    /// The version of the dictionary that every seat was looked up with.
    private String located = "";
    private final Semaphore bell = new Semaphore(0);
    private Optional<Thread> thread = Optional.empty();
    private volatile boolean running;

    LoadingWorker(Loadings loadings, List<RegistryLoad> loads, Places places, CorporationKeys keys,
            Addresses addresses, @Value("${kiban.data}") Path data) {
        this.loadings = loadings;
        this.loads = List.copyOf(loads);
        this.places = places;
        this.keys = keys;
        this.addresses = addresses;
        this.folder = data.toAbsolutePath().resolve("registry");
    }

    /// There may be something to do.
    void wake() { bell.release(); }

    private void work() {
        while (running) {
            try {
                long renewed = keys.renew(() -> !running);
                if (renewed > 0)
                    LOG.info("search keys of {} corporations made anew", renewed);
                for (var load : loads)
                    for (var loading : loadings.open(load.registry()))
                        file(loading).ifPresent(file -> run(load, loading, file));
                locate();
                if (bell.tryAcquire(IDLE_SECONDS, TimeUnit.SECONDS))
                    bell.drainPermits();
            } catch (InterruptedException stop) {
                return;
            } catch (RuntimeException failed) {
                if (running)
                    LOG.warn("loading stopped, tried again in {} s: {}", IDLE_SECONDS, failed.toString());
                if (!pause())
                    return;
            }
        }
    }

    /// The seats that no dictionary has found yet, or not this edition of it: at the start, and after each load.
    private void locate() {
        if (!addresses.knowsTowns() || located.equals(addresses.version()))
            return;
        var matcher = addresses.matcher();
        String version = matcher.version();
        long[] counts = places.match(new TownMatcher(matcher, version), () -> !running);
        located = running ? version : "";
        if (counts[0] > 0)
            LOG.info("seats of corporations looked up: {}, found: {}", counts[0], counts[1]);
    }

    private static boolean pause() {
        try {
            Thread.sleep(IDLE_SECONDS * 1000);
            return true;
        } catch (InterruptedException stop) {
            return false;
        }
    }

    private void run(RegistryLoad load, Loading loading, SourceFile file) {
        try {
            var done = load.run(loading.id(), file, now -> {
                if (!running)
                    throw new IllegalStateException("the house closes; goes on at the next start");
            });
            located = "";
            LOG.info("{}: {} {} at line {}", file.name(), done.registry().code(), done.stage(), done.line());
        } catch (BadInput | Conflict refused) {
            loadings.stop(loading.id(), String.valueOf(refused.getMessage()));
        }
    }

    /// The file of a load, by its content: in the folder of uploads, or of what was laid in.
    private Optional<SourceFile> file(Loading loading) {
        if (!Files.isDirectory(folder))
            return Optional.empty();
        try (var all = Files.walk(folder, 3)) {
            return all.filter(Files::isRegularFile).filter(f -> f.getFileName().toString().equals(loading.file()))
                    .map(SourceFile::look).filter(f -> f.sha256().equals(loading.sha256())).findFirst();
        } catch (IOException failed) {
            LOG.warn("the folder {} cannot be read: {}", folder, failed.toString());
            return Optional.empty();
        }
    }

    @Override
    public void start() {
        running = true;
        thread = Optional.of(Thread.ofPlatform().name("registry-loading").start(this::work));
    }

    @Override
    public void stop() {
        running = false;
        thread.ifPresent(t -> {
            t.interrupt();
            try {
                t.join(20_000);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Override
    public boolean isRunning() { return running; }
}
