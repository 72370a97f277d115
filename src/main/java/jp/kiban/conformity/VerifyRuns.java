package jp.kiban.conformity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import jp.kiban.identity.Actor;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Conflict;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.StandardRef;
import jp.kiban.kernel.Text;
import jp.kiban.kernel.VersionName;
import jp.kiban.portal.Page;
import jp.kiban.standards.Edition;
import jp.kiban.standards.StandardFiles;
import jp.kiban.standards.StandardFolder;
import jp.kiban.standards.Standards;
import jp.kiban.store.EventLog;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// 検査の実行の一覧. Conformity runs that ministries start from here, each its ministry's own: one at a time for a ministry, so
/// many in the house, no longer than a run may. A run beats while it goes on; one that no longer does was interrupted, and is
/// said to be. The entry key of a target is in the memory of its run, and nowhere else.
@Component
final class VerifyRuns implements SmartLifecycle {
    static final int MOST_GENERATED = 500;
    static final int USUAL_GENERATED = 100;
    private static final Logger LOG = LoggerFactory.getLogger(VerifyRuns.class);
    private static final int LARGEST_ANSWER = 8 * 1024 * 1024;
    private static final long BEAT_SECONDS = 2;
    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final String COLUMNS = """
            id, standard, name::text, sent, target, keyed, generated, officer_name, stage, examples, done, total, seconds,
            begun_at, ended_at, cancelling, said, conform, differences
            """;

    private final Store store;
    private final EventLog events;
    private final Standards standards;
    private final HouseKey key;
    private final ObjectProvider<TestSessions.Limits> own;
    private final Limits limits;
    private final JsonMapper json;
    private final Clock clock;
    /// Time as it passes, whatever day the demonstration shows.
    private final Clock real = Clock.systemUTC();
    private final Map<UUID, Going> going = new ConcurrentHashMap<>();
    private Optional<ScheduledExecutorService> beating = Optional.empty();

    VerifyRuns(Store store, EventLog events, Standards standards, HouseKey key,
            ObjectProvider<TestSessions.Limits> own, Limits limits, JsonMapper json, Clock clock) {
        this.store = store;
        this.events = events;
        this.standards = standards;
        this.key = key;
        this.own = own;
        this.limits = limits;
        this.json = json;
        this.clock = clock;
    }

    /// 検査の実行の限り.
    ///
    /// @param atOnce runs of all ministries together
    /// @param longest that one may take
    /// @param answer the longest wait for one answer
    @Component
    record Limits(int atOnce, Duration longest, Duration answer) {
        @Autowired
        Limits(@Value("${kiban.conformity.runs-at-once:4}") int atOnce,
                @Value("${kiban.conformity.run-minutes:30}") int minutes,
                @Value("${kiban.conformity.answer-seconds:15}") int answerSeconds) {
            this(atOnce, Duration.ofMinutes(minutes), Duration.ofSeconds(answerSeconds));
            if (atOnce < 0 || minutes < 1 || minutes > 1_440 || answerSeconds < 1 || answerSeconds > 600)
                throw new IllegalStateException("kiban.conformity: runs-at-once is 0 or more, run-minutes 1 to 1440,"
                        + " answer-seconds 1 to 600; seen: " + atOnce + ", " + minutes + ", " + answerSeconds);
        }

        public long minutes() { return longest.toMinutes(); }
    }

    /// What goes on in this house now. `token` is here and nowhere else.
    private static final class Going {
        final UUID id;
        final Actor.Officer officer;
        final StandardFiles files;
        final Destination to;
        final String token;
        final int generated;
        final Brake brake = new Brake();
        final long begun = System.nanoTime();
        volatile int examples;
        volatile int done;
        volatile int total;

        Going(UUID id, Actor.Officer officer, StandardFiles files, Destination to, String token, int generated) {
            this.id = id;
            this.officer = officer;
            this.files = files;
            this.to = to;
            this.token = token;
            this.generated = generated;
        }

        int seconds() { return (int) Duration.ofNanos(System.nanoTime() - begun).toSeconds(); }
    }

    Limits limits() { return limits; }

    // starting and stopping

    /// Starts a run; `Conflict` while another of this ministry goes on, or the house is full.
    UUID start(Actor.Officer officer, StandardFiles files, boolean sent, Destination to, String token, int generated) {
        if (going.size() >= limits.atOnce())
            throw new Conflict(Words.text("conformity.run.full"));
        silent(officer.authority());
        var now = new Going(UUID.randomUUID(), officer, files, to, token, generated);
        var name = Standards.read(files).name();
        try {
            store.run(Scope.of(officer.authority()), jdbc -> {
                jdbc.sql("""
                        insert into conformity.run (authority, id, standard, name, sent, target, keyed, generated, officer,
                            officer_name, stage, begun_at, beat_at)
                        values (?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?, 'RUNNING', ?, ?)
                        """).params(officer.authority().code(), now.id, files.ref().toString(), json
                        .writeValueAsString(name), sent, to.shown(), !token.isEmpty(), generated, officer.id(),
                        officer.name(), Timestamp.from(clock.instant()), Timestamp.from(real.instant())).update();
                events.append(jdbc,
                        new ConformityRunBegun(officer.authority(), clock.instant(), now.id.toString(), files
                                .ref().toString(), to.shown(), officer.id()));
            });
        } catch (DuplicateKeyException another) {
            throw new Conflict(Words.text("conformity.run.another"));
        }
        going.put(now.id, now);
        var thread = Thread.ofPlatform().daemon().name("conformity run").unstarted(() -> run(now));
        now.brake.cuts(thread::interrupt);
        thread.start();
        return now.id;
    }

    /// Stops a run, here or at another node; one that has ended stays as it is.
    void cancel(Actor.Officer officer, UUID id) {
        get(officer.authority(), id);
        store.run(Scope.of(officer.authority()), jdbc -> jdbc.sql(
                "update conformity.run set cancelling = true where authority = ? and id = ? and stage = 'RUNNING'")
                .params(officer.authority().code(), id).update());
        Optional.ofNullable(going.get(id)).ifPresent(g -> g.brake.pull(Brake.Why.CANCELLED));
    }

    // the run itself

    private void run(Going now) {
        Optional<Report> report = Optional.empty();
        var said = "";
        try (var line = new PinnedLine(now.to.host(), now.to.port(), now.to.tls(), now.to.addresses(),
                (SSLSocketFactory) SSLSocketFactory.getDefault(), now.brake);
                var target = new Target(now.to.shown(), now.to.base(), limits.answer(),
                        LARGEST_ANSWER, token(now), line)) {
            report = Optional.of(report(now, target));
        } catch (Trouble trouble) {
            said = trouble.words();
        } catch (RuntimeException | Error failed) {
            if (now.brake.pulled().isEmpty())
                LOG.error("the conformity run {} failed", now.id, failed);
            said = "the kit itself failed: " + failed.getClass().getSimpleName();
        }
        // a stop has interrupted this thread, and the database would not have it
        boolean stopped = Thread.interrupted() || now.brake.pulled().isPresent();
        var stage = report.isPresent()
                ? VerifyRun.Stage.DONE
                : stopped
                        ? now.brake.pulled().map(VerifyRuns::stage).orElse(VerifyRun.Stage.FAILED)
                        : VerifyRun.Stage.FAILED;
        try {
            end(now, stage, stage == VerifyRun.Stage.FAILED ? said : "", report);
        } catch (RuntimeException unwritten) {
            // it will be said to be interrupted
            LOG.warn("the end of the conformity run {} could not be written: {}", now.id, unwritten.toString());
        } finally {
            going.remove(now.id);
        }
    }

    private static VerifyRun.Stage stage(Brake.Why why) {
        return switch (why) {
            case CANCELLED -> VerifyRun.Stage.CANCELLED;
            case TIME -> VerifyRun.Stage.TIMED_OUT;
            case SHUTDOWN -> VerifyRun.Stage.INTERRUPTED;
        };
    }

    /// This house knows its own entry key.
    private String token(Going now) {
        return now.to.self() && now.token.isEmpty()
                ? Optional.ofNullable(own.getIfAvailable()).map(TestSessions.Limits::key).orElse("")
                : now.token;
    }

    private Report report(Going now, Target target) {
        var folder = StandardFolder.of(now.files);
        var standard = folder.standards().getFirst();
        var version = standard.versions().getFirst();
        var faults = folder.verify(version);
        if (!faults.isEmpty())
            throw new Trouble(Trouble.Kind.CANNOT, "the standard itself is faulty (standards check): " + faults
                    .getFirst());
        replaced(now.files.ref()).ifPresent(by -> {
            throw new Trouble(Trouble.Kind.CANNOT, version.ref() + " was replaced on its own day by " + by
                    + "; no day has it in force. Verify " + by);
        });
        now.brake.check();
        var trials = new Trials(folder, standard, version, until(now.files));
        now.examples = trials.examples().size();
        return new Kit(folder, standard, trials, target, new Kit.Wanted(now.generated, 15_000), (done, all) -> {
            now.done = done;
            now.total = all;
            now.brake.check();
        }, clock).run();
    }

    /// The correction of the same day that took its place.
    private Optional<VersionName> replaced(StandardRef ref) {
        try {
            return standards.editions(ref.id()).stream().filter(e -> e.ref().day().equals(ref.day()) && e.withdrawn()
                    .isEmpty()).map(e -> e.ref().version()).filter(ref.version()::isBefore).max(Comparator
                            .naturalOrder());
        } catch (NotThere fresh) {
            return Optional.empty();
        }
    }

    /// The last day of this version: a later one that is published takes the days after it.
    private Optional<LocalDate> until(StandardFiles files) {
        try {
            var all = standards.editions(files.ref().id());
            var from = all.stream().filter(e -> e.ref().equals(files.ref())).map(Edition::inForceFrom).findFirst();
            return all.stream().map(Edition::inForceFrom).filter(d -> from.filter(d::isAfter).isPresent()).sorted()
                    .findFirst().map(d -> d.minusDays(1));
        } catch (NotThere fresh) {
            return Optional.empty();
        }
    }

    private void end(Going now, VerifyRun.Stage stage, String said, Optional<Report> report) {
        var authority = now.officer.authority();
        var text = report.map(Report::text).orElse("");
        var signed = text.isEmpty() ? "" : key.sign(text);
        int differences = report.map(r -> r.notebook().different()).orElse(0);
        store.run(Scope.of(authority), jdbc -> {
            int ended = jdbc.sql("""
                    update conformity.run set stage = ?, examples = ?, done = ?, total = ?, seconds = ?, beat_at = ?,
                        ended_at = ?, said = ?, conform = ?, differences = ?, report = ?, signed = ?, signed_by = ?::jsonb
                    where authority = ? and id = ? and stage = 'RUNNING'
                    """).param(stage.name()).param(now.examples).param(now.done).param(now.total).param(now.seconds())
                    .param(Timestamp.from(real.instant())).param(Timestamp.from(clock.instant()))
                    .param(Notebook.clean(said)).param(report.map(Report::conform).orElse(null)).param(differences)
                    .param(text).param(signed).param(signed.isEmpty() ? null : key.publicKey())
                    .param(authority.code()).param(now.id).update();
            if (ended == 1)
                told(jdbc, authority, now.id, now.files.ref().toString(), stage, differences);
        });
    }

    private void told(JdbcClient jdbc, AuthorityId authority, UUID id, String standard, VerifyRun.Stage stage,
            int differences) {
        events.append(jdbc, new ConformityRunEnded(authority, clock.instant(), id.toString(), standard, stage.name(),
                differences));
    }

    // beating

    private void beat() {
        for (var now : going.values())
            try {
                if (now.seconds() >= limits.longest().toSeconds())
                    now.brake.pull(Brake.Why.TIME);
                boolean cancelling = store.in(Scope.of(now.officer.authority()), jdbc -> jdbc.sql("""
                        update conformity.run set examples = ?, done = ?, total = ?, seconds = ?, beat_at = ?
                        where authority = ? and id = ? and stage = 'RUNNING' returning cancelling
                        """).params(now.examples, now.done, now.total, now.seconds(), Timestamp.from(real.instant()),
                        now.officer.authority().code(), now.id).query(Boolean.class).optional()).orElse(false);
                if (cancelling)
                    now.brake.pull(Brake.Why.CANCELLED);
            } catch (RuntimeException failed) {
                LOG.warn("the conformity run {} could not be noted: {}", now.id, failed.toString());
            }
    }

    /// Runs of this ministry that no longer beat: their house stopped.
    private void silent(AuthorityId authority) {
        store.run(Scope.of(authority), jdbc -> {
            var gone = jdbc.sql("""
                    update conformity.run set stage = 'INTERRUPTED', ended_at = ?
                    where authority = ? and stage = 'RUNNING' and beat_at < ? returning id, standard
                    """).params(Timestamp.from(clock.instant()), authority.code(), Timestamp.from(real.instant().minus(
                    SILENCE))).query((row, i) -> Map.entry(row.getObject(1, UUID.class), row.getString(2))).list();
            gone.forEach(g -> told(jdbc, authority, g.getKey(), g.getValue(), VerifyRun.Stage.INTERRUPTED, 0));
        });
    }

    @Override
    public void start() {
        var executor = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("conformity beat")
                .factory());
        executor.scheduleWithFixedDelay(this::beat, BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
        beating = Optional.of(executor);
    }

    @Override
    public void stop() {
        beating.ifPresent(ScheduledExecutorService::shutdownNow);
        beating = Optional.empty();
        going.values().forEach(g -> g.brake.pull(Brake.Why.SHUTDOWN));
        for (int waits = 0; !going.isEmpty() && waits < 100; waits++)
            try {
                Thread.sleep(50);
            } catch (InterruptedException hurry) {
                Thread.currentThread().interrupt();
                return;
            }
    }

    @Override
    public boolean isRunning() { return beating.isPresent(); }

    // reading

    /// 探すもの. `q` in standard, target and officer; `stage` empty for all.
    record Wish(String q, String stage) {}

    Page<VerifyRun> find(AuthorityId authority, Wish wish, Page.Wanted wanted) {
        silent(authority);
        var like = "%" + wish.q().strip().toLowerCase(Locale.ROOT).replace("\\", "\\\\").replace("%", "\\%")
                .replace("_", "\\_") + "%";
        var where = """
                 where authority = ? and (? = '' or stage = ?) and lower(standard || ' ' || name::text || ' ' || target
                    || ' ' || officer_name) like ?
                """;
        return store.in(Scope.of(authority), jdbc -> {
            long all = jdbc.sql("select count(*) from conformity.run" + where).params(authority.code(), wish.stage(),
                    wish.stage(), like).query(Long.class).single();
            var items = jdbc.sql("select " + COLUMNS + " from conformity.run" + where
                    + " order by begun_at desc, id limit ? offset ?").params(authority.code(), wish.stage(), wish
                            .stage(), like, wanted.size(), wanted.offset())
                    .query((row, i) -> run(row)).list();
            return new Page<>(items, all, wanted.number(), wanted.size());
        });
    }

    /// The one that goes on now.
    Optional<VerifyRun> running(AuthorityId authority) {
        return find(authority, new Wish("", VerifyRun.Stage.RUNNING.name()), new Page.Wanted(1, 1)).items().stream()
                .findFirst();
    }

    /// `NotThere` for everybody else's.
    VerifyRun get(AuthorityId authority, UUID id) {
        silent(authority);
        return store.in(Scope.of(authority), jdbc -> jdbc.sql("select " + COLUMNS
                + " from conformity.run where authority = ? and id = ?").params(authority.code(), id).query((row,
                        i) -> run(row))
                .optional()).orElseThrow(NotThere::new);
    }

    private VerifyRun run(ResultSet row) throws SQLException {
        var id = row.getObject(1, UUID.class);
        var now = Optional.ofNullable(going.get(id));
        return new VerifyRun(id, row.getString(2), json.readValue(row.getString(3), Text.class), row.getBoolean(4),
                row.getString(5), row.getBoolean(6), row.getInt(7), row.getString(8),
                VerifyRun.Stage.valueOf(row.getString(9)), now.map(g -> g.examples).orElse(row.getInt(10)),
                now.map(g -> g.done).orElse(row.getInt(11)), now.map(g -> g.total).orElse(row.getInt(12)),
                now.map(Going::seconds).orElse(row.getInt(13)), row.getTimestamp(14).toInstant(),
                Optional.ofNullable(row.getTimestamp(15)).map(Timestamp::toInstant), row.getBoolean(16),
                row.getString(17), Optional.ofNullable((Boolean) row.getObject(18)), row.getInt(19));
    }

    /// 結果. The report of a run that is done, as it was signed.
    ///
    /// @param key the public key as JWK
    record Result(String text, JsonNode report, String signed, String key) {}

    /// `NotThere` while there is none.
    Result result(AuthorityId authority, UUID id) {
        return store.in(Scope.of(authority), jdbc -> jdbc.sql("""
                select report, signed, signed_by::text from conformity.run
                where authority = ? and id = ? and stage = 'DONE'
                """).params(authority.code(), id).query((row, i) -> new Result(row.getString(1), json.readTree(row
                .getString(1)), row.getString(2), row.getString(3))).optional()).orElseThrow(NotThere::new);
    }

    /// Whether the signature fits: by the key that was kept with it.
    static SignedReport.Checked checked(Result result) {
        return SignedReport.check(result.signed(), SignedReport.publicKeys(result.key(), "the key of the run"));
    }
}
