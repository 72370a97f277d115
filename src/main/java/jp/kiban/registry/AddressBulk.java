package jp.kiban.registry;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import jp.kiban.address.AddressMatcher;
import jp.kiban.address.MatchRun;
import jp.kiban.identity.Actor;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Conflict;
import jp.kiban.kernel.NotThere;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// 住所の一括照合. Files of addresses that officers give, matched one after the other in the background with the columns of `addresses
/// match`: read as a stream, written in pieces, so that a list of any length takes the same memory. A run and its result are its
/// officer's alone; the file given is thrown away when the run ends, the result after a day, or when its officer says so. A run that
/// was going when the house stopped is told to be interrupted.
@Component
final class AddressBulk implements SmartLifecycle {
    static final Duration KEPT = Duration.ofHours(24);
    private static final Logger LOG = LoggerFactory.getLogger(AddressBulk.class);
    private static final int OPEN_AT_ONCE = 3;
    /// The node that works on a run says so this often; a silence of as many is the end of it.
    private static final int BEAT_SECONDS = 10;
    private static final int SILENCE_SECONDS = 60;
    private static final int FORGETS_SECONDS = 600;

    /// As much as is taken; what is packed may unpack to four times as much.
    static final long MOST_BYTES = 512L << 20;

    /// 結果の形.
    enum Format {
        CSV, NDJSON;

        String code() { return name().toLowerCase(java.util.Locale.ROOT); }
    }

    /// 段階.
    enum Stage {
        RUNNING, DONE, CANCELLED, REFUSED, INTERRUPTED
    }

    /// 一回. `read` of `bytes` and `lines` say how far it is; `said` is what the run told of bad lines, or why it was refused.
    record Run(UUID id, String name, Stage stage, long read, long bytes, long lines, long bad, String said,
            String dataVersion, Format format, Instant begunAt, Optional<Instant> endedAt) {
        public int percent() { return bytes == 0 ? 0 : (int) Math.min(100, read * 100 / bytes); }
    }

    private final Addresses addresses;
    private final Store store;
    private final Path folder;
    private final Clock clock;
    private final Map<UUID, Going> going = new ConcurrentHashMap<>();
    private Optional<ExecutorService> work = Optional.empty();
    private Optional<ScheduledExecutorService> beat = Optional.empty();
    private volatile boolean running;

    @Autowired
    AddressBulk(Addresses addresses, Store store, @Value("${kiban.data}") Path data, Clock clock) {
        this.addresses = addresses;
        this.store = store;
        this.folder = data.toAbsolutePath().resolve("registry").resolve("address-runs");
        this.clock = clock;
    }

    /// What this node works on, or has waiting.
    private record Going(Actor.Officer officer, UUID id, Path file, ListReading reading) {}

    /// Takes a file; refuses a fourth while three are open. `csv` when it has columns, `columns` those that hold the address.
    UUID give(Actor.Officer officer, String name, InputStream file, List<String> columns, boolean csv, Format format)
            throws IOException {
        forget();
        if (all(officer).stream().filter(r -> r.stage() == Stage.RUNNING).count() >= OPEN_AT_ONCE)
            throw new Conflict(Words.text("registry.bulk.busy", OPEN_AT_ONCE));
        var id = UUID.randomUUID();
        Files.createDirectories(folder);
        var kept = folder.resolve(id + ".in");
        keep(file, kept);
        var now = new Going(officer, id, kept, new ListReading());
        var matcher = addresses.matcher();
        store.run(Scope.of(officer.authority()), jdbc -> jdbc.sql("""
                insert into registry.address_run (authority, id, owner, name, stage, bytes, data_version, format, begun_at)
                values (?, ?, ?, ?, 'RUNNING', ?, ?, ?, ?)
                """).params(officer.authority().code(), id, officer.id(), name, size(kept), matcher.version(), format
                .code(), Timestamp.from(clock.instant())).update());
        going.put(id, now);
        work.orElseThrow(() -> new IllegalStateException("address runs are not open")).execute(() -> run(now, columns,
                csv, format, matcher));
        return id;
    }

    /// Lays the file in as it comes; what is too large or breaks off leaves nothing.
    private void keep(InputStream file, Path to) throws IOException {
        boolean whole = false;
        try (var out = Files.newOutputStream(to)) {
            long bytes = 0;
            byte[] piece = new byte[1 << 16];
            for (int n = file.read(piece); n >= 0; n = file.read(piece)) {
                bytes += n;
                if (bytes > MOST_BYTES)
                    throw BadInput.of("file", "registry.bulk.large", Words.text("registry.error.bulk-large",
                            MOST_BYTES >> 20));
                out.write(piece, 0, n);
            }
            if (bytes == 0)
                throw BadInput.of("file", "registry.bulk.file", Words.text("registry.error.bulk-empty"));
            whole = true;
        } finally {
            if (!whole)
                remove(to);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private void run(Going now, List<String> columns, boolean csv, Format format, AddressMatcher matcher) {
        var log = new StringWriter();
        var plain = new MatchRun(matcher, columns, format == Format.NDJSON, new PrintWriter(log), true);
        var run = format == Format.NDJSON ? plain : plain.forSpreadsheets();
        var stage = Stage.DONE;
        try (var in = now.reading().open(now.file());
                var out = new Pieces(now, run, format)) {
            run.run(in, out, csv);
            out.last();
        } catch (ListReading.Stopped stopped) {
            stage = running ? Stage.CANCELLED : Stage.INTERRUPTED;
        } catch (IOException | UncheckedIOException refused) {
            boolean stopped = refused.getCause() instanceof ListReading.Stopped;
            stage = !stopped ? Stage.REFUSED : running ? Stage.CANCELLED : Stage.INTERRUPTED;
            log.append(stopped ? "" : String.valueOf(refused.getMessage()));
        } catch (RuntimeException failed) {
            LOG.warn("address run {} ended: {}", now.id(), failed.toString());
            stage = Stage.INTERRUPTED;
        }
        try {
            end(now, stage, run, log.toString());
        } catch (RuntimeException unsaid) {
            LOG.warn("address run {} ended as {}, which could not be written: {}", now.id(), stage, unsaid.toString());
        } finally {
            going.remove(now.id());
            remove(now.file());
        }
    }

    private void end(Going now, Stage stage, MatchRun run, String said) {
        var authority = now.officer().authority();
        store.run(Scope.of(authority), jdbc -> {
            if (stage != Stage.DONE)
                jdbc.sql("delete from registry.address_piece where authority = ? and run = ?").params(authority.code(),
                        now.id()).update();
            jdbc.sql("""
                    update registry.address_run set stage = ?, read = ?, lines = ?, bad = ?, said = ?, ended_at = ?, seen_at = now()
                    where authority = ? and id = ? and stage = 'RUNNING'
                    """).params(stage.name(), now.reading().read(), run.done(), run.bad(), said, Timestamp.from(clock
                    .instant()), authority.code(), now.id()).update();
        });
    }

    /// The result as it is written: a piece whenever there is enough of it, each in its own transaction. A run that its officer
    /// stopped or removed, here or at another node, ends with the next piece.
    private final class Pieces extends OutputStream {
        private static final int PIECE = 1 << 20;
        private final Going now;
        private final MatchRun run;
        private final byte[] waiting = new byte[PIECE];
        private int filled;
        private int number;

        Pieces(Going now, MatchRun run, Format format) throws IOException {
            this.now = now;
            this.run = run;
            if (format == Format.CSV) // a spreadsheet takes what begins with it for UTF-8
                write("\uFEFF".getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void write(int one) throws IOException { write(new byte[]{(byte) one}, 0, 1); }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            int done = 0;
            while (done < length) {
                int now = Math.min(length - done, PIECE - filled);
                System.arraycopy(bytes, from + done, waiting, filled, now);
                filled += now;
                done += now;
                if (filled == PIECE)
                    last();
            }
        }

        void last() throws IOException {
            var packed = ListReading.packed(waiting, filled);
            var authority = now.officer().authority().code();
            boolean wanted = store.in(Scope.of(now.officer().authority()), jdbc -> {
                int open = jdbc.sql("""
                        update registry.address_run set read = ?, lines = ?, bad = ?, seen_at = now()
                        where authority = ? and id = ? and stage = 'RUNNING'
                        """).params(now.reading().read(), run.done(), run.bad(), authority, now.id()).update();
                if (open == 1)
                    jdbc.sql("insert into registry.address_piece (authority, run, number, packed) values (?, ?, ?, ?)")
                            .params(authority, now.id(), number++, packed).update();
                return open == 1;
            });
            filled = 0;
            if (!wanted)
                throw new ListReading.Stopped();
        }
    }

    /// The officer's own runs, the newest first.
    List<Run> all(Actor.Officer officer) {
        return store.in(Scope.of(officer.authority()), jdbc -> jdbc.sql("""
                select id, name, stage, read, bytes, lines, bad, said, data_version, begun_at, ended_at,
                    seen_at < now() - make_interval(secs => ?), format from registry.address_run
                where authority = ? and owner = ? and begun_at >= ? order by begun_at desc
                """).params(SILENCE_SECONDS, officer.authority().code(), officer.id(), Timestamp.from(oldest())).query((
                row, i) -> run(row)).list());
    }

    /// `NotThere` for everybody else's.
    Run get(Actor.Officer officer, UUID id) {
        return all(officer).stream().filter(r -> r.id().equals(id)).findFirst().orElseThrow(NotThere::new);
    }

    private Run run(ResultSet row) throws SQLException {
        var id = row.getObject(1, UUID.class);
        var stage = Stage.valueOf(row.getString(3));
        var now = Optional.ofNullable(going.get(id));
        return new Run(id, row.getString(2),
                stage == Stage.RUNNING && now.isEmpty() && row.getBoolean(12) ? Stage.INTERRUPTED : stage,
                now.map(g -> g.reading().read()).orElse(row.getLong(4)), row.getLong(5), row.getLong(6), row.getLong(7),
                row.getString(8), row.getString(9), row.getString(13).equals("csv") ? Format.CSV : Format.NDJSON, row
                        .getTimestamp(10).toInstant(),
                Optional.ofNullable(row.getTimestamp(11)).map(Timestamp::toInstant));
    }

    /// The result, piece by piece; `NotThere` unless the run is done.
    void result(Actor.Officer officer, UUID id, OutputStream to) throws IOException {
        if (get(officer, id).stage() != Stage.DONE)
            throw new NotThere();
        for (int number = 0;; number++) {
            int next = number;
            var piece = store.in(Scope.of(officer.authority()), jdbc -> jdbc.sql("""
                    select p.packed from registry.address_piece p
                    join registry.address_run r on r.authority = p.authority and r.id = p.run
                    where p.authority = ? and p.run = ? and p.number = ? and r.owner = ?
                    """).params(officer.authority().code(), id, next, officer.id()).query(byte[].class).optional());
            if (piece.isEmpty())
                return;
            try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(piece.get()))) {
                unpacked.transferTo(to);
            }
        }
    }

    /// Stops a run; one that has ended stays as it is.
    void cancel(Actor.Officer officer, UUID id) {
        get(officer, id);
        Optional.ofNullable(going.get(id)).ifPresent(g -> g.reading().stop());
        store.run(Scope.of(officer.authority()), jdbc -> jdbc.sql("""
                update registry.address_run set stage = 'CANCELLED', ended_at = ?
                where authority = ? and id = ? and owner = ? and stage = 'RUNNING'
                """).params(Timestamp.from(clock.instant()), officer.authority().code(), id, officer.id()).update());
    }

    /// Takes a run and its result away.
    void remove(Actor.Officer officer, UUID id) {
        cancel(officer, id);
        store.run(Scope.of(officer.authority()), jdbc -> jdbc.sql("""
                delete from registry.address_run where authority = ? and id = ? and owner = ?
                """).params(officer.authority().code(), id, officer.id()).update());
    }

    private Instant oldest() { return clock.instant().minus(KEPT); }

    /// Everybody's runs whose day is over, and those that no node works on any more.
    void forget() {
        store.run(Scope.nation(), jdbc -> {
            jdbc.sql("select registry.forget_address_runs(?)").param(Timestamp.from(oldest())).query(Long.class)
                    .single();
            jdbc.sql("select registry.interrupt_address_runs(?)").param(SILENCE_SECONDS).query(Long.class).single();
        });
    }

    private void beat() {
        for (var now : going.values())
            try {
                AuthorityId authority = now.officer().authority();
                store.run(Scope.of(authority), jdbc -> jdbc.sql("""
                        update registry.address_run set seen_at = now() where authority = ? and id = ?
                        """).params(authority.code(), now.id()).update());
            } catch (RuntimeException missed) {
                LOG.debug("a beat of address run {} was missed: {}", now.id(), missed.toString());
            }
    }

    private void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            LOG.warn("{} could not be thrown away: {}", file, stays.toString());
        }
    }

    /// Files of runs that ended with the house are nobody's any more.
    private void clear() {
        if (!Files.isDirectory(folder))
            return;
        try (var left = Files.list(folder)) {
            left.filter(f -> f.getFileName().toString().endsWith(".in")).toList().forEach(this::remove);
        } catch (IOException unread) {
            LOG.warn("the folder {} cannot be read: {}", folder, unread.toString());
        }
    }

    @Override
    public void start() {
        clear();
        work = Optional.of(Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("addresses").factory()));
        var beats = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("addresses-beat")
                .factory());
        beats.scheduleWithFixedDelay(this::beat, BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
        beats.scheduleWithFixedDelay(() -> {
            try {
                forget();
            } catch (RuntimeException later) {
                LOG.debug("address runs could not be forgotten now: {}", later.toString());
            }
        }, SILENCE_SECONDS, FORGETS_SECONDS, TimeUnit.SECONDS);
        beat = Optional.of(beats);
        running = true;
    }

    /// What is going says that it was interrupted, as long as it still can.
    @Override
    public void stop() {
        running = false;
        beat.ifPresent(ScheduledExecutorService::shutdownNow);
        going.values().forEach(g -> g.reading().stop());
        work.ifPresent(w -> {
            w.shutdown();
            try {
                w.awaitTermination(10, TimeUnit.SECONDS);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Override
    public boolean isRunning() { return running; }
}
