package jp.kiban.registry;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import jp.kiban.address.AddressDictionary;
import jp.kiban.address.DictionaryBuild;
import jp.kiban.address.Refusal;
import org.apache.commons.csv.CSVFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// 辞書の係. Has releases built that wait for it, each by a process of its own, and takes into use what is in force: at the start, when a
/// day begins, when somebody approved. Whatever the house was doing when it stopped is done again at the next start.
@Component
final class DictionaryWorker extends Worker {
    private static final Logger LOG = LoggerFactory.getLogger(DictionaryWorker.class);
    /// A build that was cut off is done again by itself once: it may be what ended the house.
    static final int TRIES = 2;
    /// Former dictionaries that are kept for the way back, besides the one in force.
    static final int FORMER_KEPT = 3;

    private final DictionaryReleases releases;
    private final DictionaryFolder folder;
    private final DictionaryImpact impact;
    private final Addresses addresses;
    private final LoadingWorker seats;
    private final Clock clock;
    private final int megabytes;
    private volatile int troubled = -1;

    DictionaryWorker(DictionaryReleases releases, DictionaryFolder folder, DictionaryImpact impact, Addresses addresses,
            LoadingWorker seats, Clock clock, @Value("${kiban.registry.dictionary.build-memory:2048}") int megabytes) {
        super("dictionary");
        this.releases = releases;
        this.folder = folder;
        this.impact = impact;
        this.addresses = addresses;
        this.seats = seats;
        this.clock = clock;
        this.megabytes = megabytes;
    }

    @Override
    void round() throws IOException, InterruptedException {
        takeEffect();
        for (var release : releases.building())
            build(release.id());
    }

    // taking into use

    /// Takes into use what is in force; what cannot be is told, and what was in use stays.
    synchronized void takeEffect() {
        int wanted = releases.inForce().map(DictionaryRelease.Order::release).orElse(0);
        if (wanted == addresses.release() || wanted == troubled)
            return;
        try {
            if (wanted == 0) {
                addresses.takeOwn();
            } else {
                var built = releases.get(wanted).built().orElseThrow();
                var file = folder.dictionary(wanted);
                if (!Files.isRegularFile(file))
                    throw new IOException(file + ": the file is not in this house; copy it from the one that built it");
                String sha256 = DictionaryBuild.sha256(file);
                if (!sha256.equals(built.sha256()))
                    throw new IOException(file + ": its digest is " + sha256 + ", approved was " + built.sha256());
                addresses.take(wanted, file);
            }
            troubled = -1;
            LOG.info("address dictionary: release {} is in use, version {}", wanted,
                    addresses.knowsTowns() ? addresses.version() : "(municipalities only)");
            seats.wake();
            tidy();
        } catch (IOException refused) {
            troubled = wanted;
            LOG.error("address dictionary: release {} is in force and cannot be used, release {} stays: {}", wanted,
                    addresses.release(), refused.getMessage());
        }
    }

    /// Sources of what was approved are not needed any more; of former dictionaries the last few are.
    private void tidy() {
        var orders = releases.orders();
        var keep = new HashSet<Integer>();
        keep.add(addresses.release());
        for (var order : orders)
            if (order.stage() == DictionaryRelease.OrderStage.PROPOSED
                    || order.stage() == DictionaryRelease.OrderStage.APPROVED && !order.effective(clock.instant()))
                keep.add(order.release());
        orders.stream().filter(o -> o.effective(clock.instant())).map(DictionaryRelease.Order::release)
                .filter(r -> r != 0).distinct().limit(FORMER_KEPT + 1L).forEach(keep::add);
        for (var release : releases.all()) {
            boolean approved = orders.stream().anyMatch(o -> o.release() == release.id()
                    && o.stage() == DictionaryRelease.OrderStage.APPROVED);
            if (release.stage() == DictionaryRelease.Stage.DISCARDED)
                folder.forget(release.id());
            else if (approved)
                folder.forgetSources(release.id());
            if (approved && !keep.contains(release.id()))
                folder.forgetDictionary(release.id());
        }
    }

    // building

    private void build(int id) throws IOException, InterruptedException {
        var place = Files.createDirectories(folder.of(id));
        // one house builds it; the lock goes with the process that holds it, however that ends
        try (var channel = FileChannel.open(place.resolve("build.lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE); var lock = channel.tryLock()) {
            if (lock == null)
                return;
            clear(place);
            int tries = releases.begun(id);
            if (tries == 0)
                return;
            if (tries > TRIES)
                releases.refused(id, List.of(Refusal.of(Refusal.Why.INTERRUPTED, TRIES)));
            else
                build(id, place);
        }
    }

    private void build(int id, Path place) throws InterruptedException {
        try {
            var missing = sources(id, place);
            if (!missing.isEmpty()) {
                releases.refused(id, missing);
                return;
            }
            var process = start(place);
            if (!follow(id, process)) {
                if (!isRunning())
                    releases.paused(id);
                return;
            }
            var outcome = DictionaryBuild.Outcome.in(place);
            if (outcome.isEmpty()) {
                var why = Refusal.of(Refusal.Why.KILLED, process.exitValue(), tail(place.resolve("build.log")));
                LOG.warn("address dictionary: release {}: {}", id, why.english());
                releases.refused(id, List.of(why));
                clear(place);
            } else if (!outcome.get().refused().isEmpty())
                releases.refused(id, outcome.get().refused());
            else
                finish(id, place, outcome.get());
        } catch (IOException | RuntimeException failed) {
            if (!isRunning()) {
                releases.paused(id);
                return;
            }
            // told to whoever waits for it, and not tried over and over
            LOG.error("address dictionary: release {} could not be finished", id, failed);
            releases.refused(id, List.of(Refusal.of(Refusal.Why.OTHER, String.valueOf(failed.getMessage()))));
        }
    }

    private void finish(int id, Path place, DictionaryBuild.Outcome outcome) throws IOException {
        var tables = new ArrayList<DictionaryReleases.Table>();
        try (var csv = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get()
                .parse(Files.newBufferedReader(place.resolve(DictionaryBuild.TABLES)))) {
            for (var row : csv)
                tables.add(new DictionaryReleases.Table(row.get("sha256"), row.get("kind"),
                        Long.parseLong(row.get("rows")), Long.parseLong(row.get("defects"))));
        }
        var touched = impact.of(id, outcome.version(), outcome.before(), place.resolve(DictionaryBuild.DIFFERENCE),
                () -> isRunning() && releases.wanted(id));
        if (isRunning())
            releases.built(id, outcome, tables, defects(place), touched);
        else
            releases.paused(id);
    }

    /// What is wrong, counted by kind.
    private static List<DictionaryReleases.Defects> defects(Path place) throws IOException {
        var counts = new TreeMap<String, Long>();
        try (var csv = DictionaryImpact.rows(Files.newBufferedReader(place.resolve(DictionaryBuild.DEFECTS)))) {
            for (var row : csv)
                counts.merge(row.get(2) + "\t" + row.get(3), 1L, Long::sum);
        }
        return counts.entrySet().stream().map(e -> e.getKey().split("\t", -1)).map(k -> new DictionaryReleases.Defects(
                k[0], Boolean.parseBoolean(k[1]), counts.getOrDefault(k[0] + "\t" + k[1], 0L))).toList();
    }

    /// Nothing of an earlier try stays.
    private static void clear(Path place) throws IOException {
        for (String old : List.of(DictionaryBuild.OUTCOME, DictionaryBuild.TABLES, DictionaryBuild.DEFECTS,
                DictionaryBuild.DIFFERENCE, DictionaryBuild.DICTIONARY, DictionaryBuild.BEFORE))
            Files.deleteIfExists(place.resolve(old));
        try (var left = Files.newDirectoryStream(place, "*.part")) {
            for (var part : left)
                Files.deleteIfExists(part);
        }
    }

    /// Writes what is to be built, the files in their order; answers what is missing or was changed since it was given.
    private List<Refusal> sources(int id, Path place) throws IOException {
        var files = new ArrayList<String>();
        var wrong = new ArrayList<Refusal>();
        long bytes = 0;
        for (var source : releases.sources(id)) {
            var file = folder.source(id, source);
            bytes += source.bytes();
            if (!Files.isRegularFile(file))
                wrong.add(Refusal.of(Refusal.Why.NO_FILE, source.name()));
            else if (!source.uploaded() && !DictionaryBuild.sha256(file).equals(source.sha256()))
                wrong.add(Refusal.of(Refusal.Why.CHANGED, source.name()));
            else
                files.add(file.toString());
        }
        long free = Files.getFileStore(place).getUsableSpace();
        long needed = 4 * bytes + (256L << 20);
        if (free < needed)
            wrong.add(Refusal.of(Refusal.Why.DISK, free >> 20, needed >> 20));
        Files.write(place.resolve(DictionaryBuild.SOURCES), files);
        if (addresses.knowsTowns() && addresses.file().isPresent())
            Files.writeString(place.resolve(DictionaryBuild.BEFORE),
                    addresses.file().get().toAbsolutePath().toString());
        return wrong;
    }

    private Process start(Path place) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx" + megabytes + "m",
                "-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8"));
        command.addAll(program());
        command.addAll(List.of("addresses", "release", place.toString(), "--follow"));
        return new ProcessBuilder(command).redirectError(place.resolve("build.log").toFile()).start();
    }

    /// This program again: its jar, or the folders it was compiled to.
    private static List<String> program() {
        String path = System.getProperty("java.class.path");
        if (DictionaryWorker.class.getClassLoader() instanceof URLClassLoader urls
                && Arrays.stream(urls.getURLs()).allMatch(u -> u.getProtocol().equals("file")))
            path = Arrays.stream(urls.getURLs()).map(u -> Path.of(URI.create(u.toString())).toString())
                    .collect(Collectors.joining(File.pathSeparator));
        else if (path.endsWith(".jar") && !path.contains(File.pathSeparator)
                && DictionaryWorker.class.getClassLoader() instanceof URLClassLoader)
            return List.of("-jar", path);
        return List.of("-cp", path, "jp.kiban.Kiban");
    }

    /// Keeps what it says of its progress; stops it when it is cancelled or the house closes. True when it ended by itself.
    private boolean follow(int id, Process process) throws IOException, InterruptedException {
        try (var out = new BufferedReader(process.inputReader(StandardCharsets.UTF_8))) {
            while (true) {
                while (out.ready()) {
                    String line = out.readLine();
                    if (line != null)
                        step(line).ifPresent(step -> releases.progress(id, step));
                }
                if (process.waitFor(300, TimeUnit.MILLISECONDS))
                    return isRunning() && releases.wanted(id);
                if (!isRunning() || !releases.wanted(id))
                    return false;
            }
        } finally {
            process.destroyForcibly();
            process.waitFor(10, TimeUnit.SECONDS);
        }
    }

    private static Optional<AddressDictionary.Step> step(String line) {
        var parts = line.split("\t", -1);
        return parts.length == 3 && parts[0].matches("[0-9]{1,6}/[0-9]{1,6}")
                ? Optional.of(new AddressDictionary.Step(Integer.parseInt(parts[0].split("/")[0]),
                        Integer.parseInt(parts[0].split("/")[1]), parts[1], Long.parseLong(parts[2])))
                : Optional.empty();
    }

    private static String tail(Path log) throws IOException {
        if (!Files.isRegularFile(log))
            return "";
        var lines = Files.readAllLines(log);
        return String.join(" / ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
    }

    // living

    /// Before the doors open: the first answer is by the dictionary in force.
    @Override
    public int getPhase() { return 0; }

    @Override
    public void start() {
        takeEffect();
        super.start();
    }
}
