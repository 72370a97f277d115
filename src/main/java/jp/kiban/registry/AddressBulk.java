package jp.kiban.registry;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import jp.kiban.address.MatchRun;
import jp.kiban.identity.Actor;
import jp.kiban.kernel.Conflict;
import jp.kiban.kernel.NotThere;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/// 住所の一括照合. Files of addresses that officers give, matched one after the other in the background with the columns of `addresses
/// match`. A run and its result are its officer's alone; the file given is not kept, the result is for a day, or until its officer
/// removes it. A run that was going when the house stopped is told to be interrupted.
@Component
final class AddressBulk implements DisposableBean {
    static final Duration KEPT = Duration.ofHours(24);
    private static final int OPEN_AT_ONCE = 3;

    /// 段階.
    enum Stage {
        RUNNING, DONE, CANCELLED, REFUSED, INTERRUPTED
    }

    /// 一回. `read` and `bytes` say how far it is; `said` is what the run told of bad lines, or why it was refused.
    record Run(UUID id, String name, Stage stage, long read, long bytes, long bad, String said, String dataVersion,
            Instant begunAt, Optional<Instant> endedAt) {
        public int percent() { return bytes == 0 ? 0 : (int) (read * 100 / bytes); }
    }

    private final Addresses addresses;
    private final Store store;
    private final Clock clock;
    private final ExecutorService work = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("addresses").factory());
    private final Map<UUID, Going> going = new ConcurrentHashMap<>();

    AddressBulk(Addresses addresses, Store store, Clock clock) {
        this.addresses = addresses;
        this.store = store;
        this.clock = clock;
    }

    /// What is going on now: how many bytes were read, and whether it is to stop.
    private static final class Going {
        private final AtomicLong read = new AtomicLong();
        private volatile boolean cancelled;
    }

    /// Takes a file; refuses a fourth while three are open.
    UUID give(Actor.Officer officer, String name, byte[] file, List<String> columns, boolean csv) {
        forget(officer);
        if (all(officer).stream().filter(r -> r.stage() == Stage.RUNNING).count() >= OPEN_AT_ONCE)
            throw new Conflict(Words.text("registry.bulk.busy", OPEN_AT_ONCE));
        var id = UUID.randomUUID();
        going.put(id, new Going());
        store.run(Scope.of(officer.authority()), jdbc -> jdbc.sql("""
                insert into registry.address_run (authority, id, owner, name, stage, bytes, data_version, begun_at)
                values (?, ?, ?, ?, 'RUNNING', ?, ?, ?)
                """).params(officer.authority().code(), id, officer.id(), name, file.length, addresses.version(),
                Timestamp.from(clock.instant())).update());
        work.execute(() -> run(officer, id, file, columns, csv));
        return id;
    }

    private void run(Actor.Officer officer, UUID id, byte[] file, List<String> columns, boolean csv) {
        var now = going.computeIfAbsent(id, i -> new Going());
        var log = new StringWriter();
        var out = new ByteArrayOutputStream(file.length * 2);
        var run = new MatchRun(addresses.matcher(), columns, false, new PrintWriter(log), true);
        var stage = Stage.DONE;
        try {
            run.run(new Watched(new ByteArrayInputStream(file), now), out, csv);
        } catch (Cancelled stopped) {
            stage = Stage.CANCELLED;
        } catch (IOException refused) {
            stage = Stage.REFUSED;
            log.append(String.valueOf(refused.getMessage()));
        } catch (UncheckedIOException refused) {
            stage = refused.getCause() instanceof Cancelled ? Stage.CANCELLED : Stage.REFUSED;
            log.append(stage == Stage.REFUSED ? String.valueOf(refused.getMessage()) : "");
        }
        end(officer, id, stage, now.read.get(), run.bad(), log.toString(),
                stage == Stage.DONE ? out.toByteArray() : new byte[0]);
        going.remove(id);
    }

    private void end(Actor.Officer officer, UUID id, Stage stage, long read, long bad, String said, byte[] result) {
        store.run(Scope.of(officer.authority()), jdbc -> jdbc.sql("""
                update registry.address_run set stage = ?, read = ?, bad = ?, said = ?, result = ?, ended_at = ?
                where authority = ? and id = ?
                """).params(stage.name(), read, bad, said, result, Timestamp.from(clock.instant()),
                officer.authority().code(), id).update());
    }

    private static final class Cancelled extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /// Counts what was read, and stops where the officer wants it.
    private static final class Watched extends FilterInputStream {
        private final Going going;

        Watched(InputStream in, Going going) {
            super(in);
            this.going = going;
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            count(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            // in small pieces, so that a stop is heard soon
            int count = super.read(into, from, Math.min(length, 8_192));
            count(Math.max(0, count));
            return count;
        }

        private void count(int bytes) throws IOException {
            if (going.cancelled)
                throw new Cancelled();
            going.read.addAndGet(bytes);
        }
    }

    /// The officer's own runs, the newest first.
    List<Run> all(Actor.Officer officer) {
        forget(officer);
        return store.in(Scope.of(officer.authority()), jdbc -> jdbc.sql("""
                select id, name, stage, read, bytes, bad, said, data_version, begun_at, ended_at from registry.address_run
                where authority = ? and owner = ? order by begun_at desc
                """).params(officer.authority().code(), officer.id()).query((row, i) -> run(row)).list());
    }

    /// `NotThere` for everybody else's.
    Run get(Actor.Officer officer, UUID id) {
        return all(officer).stream().filter(r -> r.id().equals(id)).findFirst().orElseThrow(NotThere::new);
    }

    private Run run(ResultSet row) throws SQLException {
        var id = row.getObject(1, UUID.class);
        var stage = Stage.valueOf(row.getString(3));
        var now = Optional.ofNullable(going.get(id));
        return new Run(id, row.getString(2), stage == Stage.RUNNING && now.isEmpty() ? Stage.INTERRUPTED : stage,
                now.map(g -> g.read.get()).orElse(row.getLong(4)), row.getLong(5), row.getLong(6), row.getString(7),
                row.getString(8), row.getTimestamp(9).toInstant(),
                Optional.ofNullable(row.getTimestamp(10)).map(Timestamp::toInstant));
    }

    byte[] result(Actor.Officer officer, UUID id) {
        if (get(officer, id).stage() != Stage.DONE)
            throw new NotThere();
        return store.in(Scope.of(officer.authority()), jdbc -> jdbc.sql("""
                select result from registry.address_run where authority = ? and id = ? and owner = ?
                """).params(officer.authority().code(), id, officer.id()).query(byte[].class).single());
    }

    /// Stops a run; one that has ended stays as it is.
    void cancel(Actor.Officer officer, UUID id) {
        get(officer, id);
        Optional.ofNullable(going.get(id)).ifPresent(g -> g.cancelled = true);
    }

    /// Takes a run and its result away.
    void remove(Actor.Officer officer, UUID id) {
        cancel(officer, id);
        store.run(Scope.of(officer.authority()), jdbc -> jdbc.sql("""
                delete from registry.address_run where authority = ? and id = ? and owner = ?
                """).params(officer.authority().code(), id, officer.id()).update());
    }

    private void forget(Actor.Officer officer) { store.run(Scope.of(officer.authority()), jdbc -> jdbc.sql("""
                delete from registry.address_run where authority = ? and begun_at < ?
                """).params(officer.authority().code(), Timestamp.from(clock.instant().minus(KEPT))).update()); }

    @Override
    public void destroy() {
        new ArrayList<>(going.values()).forEach(g -> g.cancelled = true);
        work.shutdownNow();
    }
}
