package jp.kiban.cost;

import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import jp.kiban.identity.Actor;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Conflict;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.NotThere;
import jp.kiban.letters.Letters;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartFile;

/// 明細の読み込み. Files of cloud costs that officers brought, read one after another in the background, each told how far it is and ended when asked. What was read is
/// kept for two hours in this process; the file itself only while it is read. Which source belongs to which system is remembered for the authority.
@Component
class FocusReadings {
    static final int MOST_OF_ONE_AUTHORITY = 3;
    private static final int MOST = 30;
    private static final Duration KEPT = Duration.ofHours(2);

    enum State {
        WAITING, READING, READ, REFUSED, STOPPED
    }

    /// 一件の読み込み.
    static final class Reading {
        final UUID id = UUID.randomUUID();
        final AuthorityId authority;
        final String name;
        final String digest;
        final FocusSums.Asked asked;
        final Instant at;
        private final Path file;
        private final Optional<Path> model;
        private volatile State state = State.WAITING;
        private volatile long rows;
        private volatile int percent;
        private volatile boolean stop;
        private volatile FocusSums.@Nullable Added added;
        private volatile FocusCheck.@Nullable Report report;
        private volatile List<Finding> refused = List.of();
        private volatile @Nullable UUID taken;

        private Reading(AuthorityId authority, String name, String digest, FocusSums.Asked asked, Instant at, Path file,
                Optional<Path> model) {
            this.authority = authority;
            this.name = name;
            this.digest = digest;
            this.asked = asked;
            this.at = at;
            this.file = file;
            this.model = model;
        }

        public UUID id() { return id; }

        public String name() { return name; }

        public Instant at() { return at; }

        public State state() { return state; }

        public long rows() { return rows; }

        public int percent() { return percent; }

        public boolean running() { return state == State.WAITING || state == State.READING; }

        public List<Finding> refused() { return refused; }

        FocusSums.Added added() {
            var there = added;
            if (there == null)
                throw new NotThere();
            return there;
        }

        Optional<FocusCheck.Report> report() { return Optional.ofNullable(report); }

        Optional<UUID> taken() { return Optional.ofNullable(taken); }

        private void read() {
            if (stop)
                return;
            state = State.READING;
            FocusCheck.Watch watch = (now, bytes, of) -> {
                rows = now;
                percent = of == 0 ? 0 : (int) Math.min(99, bytes * 100 / of);
                return !stop && !Thread.currentThread().isInterrupted();
            };
            try {
                if (model.isPresent()) {
                    var rules = FocusModel.read(model.get());
                    try (var open = FocusFile.open(file)) {
                        report = FocusCheck.of(open, rules, Set.of(), 200, watch);
                    }
                }
                try (var open = FocusFile.open(file)) {
                    added = FocusSums.of(open, asked, watch);
                }
                rows = added().rows();
                percent = 100;
                state = stop || added().ended() ? State.STOPPED : State.READ;
            } catch (BadInput bad) {
                refused = bad.findings();
                state = State.REFUSED;
            } catch (RuntimeException | OutOfMemoryError broken) {
                refused = List.of(CostWords.finding("file", "cost.focus.file.unreadable", name));
                state = State.REFUSED;
            } finally {
                drop();
            }
        }

        private void drop() {
            try {
                Files.deleteIfExists(file);
                if (model.isPresent())
                    Files.deleteIfExists(model.get());
            } catch (IOException left) {
                file.toFile().deleteOnExit();
            }
        }
    }

    private final Store store;
    private final Ledger ledger;
    private final Clock clock;
    private final Map<UUID, Reading> readings = new ConcurrentHashMap<>();
    private final ExecutorService reader = Executors.newSingleThreadExecutor(Thread.ofPlatform().name("focus").daemon()
            .factory());

    FocusReadings(Store store, Ledger ledger, Clock clock) {
        this.store = store;
        this.ledger = ledger;
        this.clock = clock;
    }

    @PreDestroy
    void close() {
        readings.values().forEach(r -> r.stop = true);
        reader.shutdownNow();
        readings.values().forEach(Reading::drop);
    }

    /// The newest first.
    List<Reading> all(AuthorityId authority) {
        return readings.values().stream().filter(r -> r.authority.equals(authority))
                .sorted(java.util.Comparator.comparing(
                        (Reading r) -> r.at).reversed())
                .toList();
    }

    Reading one(AuthorityId authority, UUID id) {
        return Optional.ofNullable(readings.get(id)).filter(r -> r.authority.equals(authority)).orElseThrow(
                NotThere::new);
    }

    Reading begin(Actor.Officer by, MultipartFile file, Optional<MultipartFile> model, FocusSums.Asked asked) {
        readings.values().removeIf(r -> !r.running() && r.at.isBefore(clock.instant().minus(KEPT)));
        if (all(by.authority()).stream().filter(Reading::running).count() >= MOST_OF_ONE_AUTHORITY
                || readings.size() >= MOST)
            throw new Conflict(CostWords.text("cost.focus.page.busy"));
        var given = file.getOriginalFilename();
        try {
            var kept = Files.createTempFile("kiban-focus", ".bill");
            var rules = model.isPresent()
                    ? Optional.of(Files.createTempFile("kiban-focus", ".model"))
                    : Optional.<Path>empty();
            if (model.isPresent())
                try (var in = model.get().getInputStream()) {
                    Files.copy(in, rules.orElseThrow(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                }
            String digest;
            try (var in = new DigestInputStream(file.getInputStream(), MessageDigest.getInstance("SHA-256"))) {
                Files.copy(in, kept, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                digest = HexFormat.of().formatHex(in.getMessageDigest().digest());
            }
            var reading = new Reading(by.authority(), Letters.first(given == null || given.isBlank() ? "FOCUS" : given,
                    200), digest, asked, clock.instant(), kept, rules);
            readings.put(reading.id, reading);
            reader.execute(reading::read);
            return reading;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    void stop(AuthorityId authority, UUID id) {
        var reading = one(authority, id);
        reading.stop = true;
        if (reading.state == State.WAITING) {
            reading.state = State.STOPPED;
            reading.drop();
        }
    }

    /// What was remembered of these sources.
    Map<String, SystemCode> remembered(AuthorityId authority, FocusSums.Source by) {
        return store.in(Scope.of(authority), jdbc -> {
            var systems = new LinkedHashMap<String, SystemCode>();
            jdbc.sql("select value, system from cost.focus_system where authority = ? and source = ? order by value")
                    .params(
                            authority.code(), by.words())
                    .query((row, i) -> systems.put(row.getString(1), SystemCode.of(row
                            .getString(2))))
                    .list();
            return systems;
        });
    }

    private void remember(Actor.Officer by, FocusSums.Source source, Map<String, SystemCode> systems) {
        store.run(Scope.of(by.authority()), jdbc -> {
            for (var one : systems.entrySet())
                if (one.getValue().equals(FocusTake.UNASSIGNED))
                    jdbc.sql("delete from cost.focus_system where authority = ? and source = ? and value = ?").params(by
                            .authority().code(), source.words(), one.getKey()).update();
                else
                    jdbc.sql("""
                            insert into cost.focus_system (authority, source, value, system, by) values (?, ?, ?, ?, ?)
                            on conflict (authority, source, value) do update set system = excluded.system, by = excluded.by
                            """)
                            .params(by.authority().code(), source.words(), one.getKey(), one.getValue().code(), by.id())
                            .update();
        });
    }

    /// Takes what was read into the ledger as a preview; the mapping is remembered. A second press leads to the same preview.
    UUID take(Actor.Officer by, UUID id, Map<String, SystemCode> systems, Map<String, FocusTake.Rate> rates, Tax tax) {
        var reading = one(by.authority(), id);
        synchronized (reading) {
            var before = reading.taken;
            if (before != null)
                return before;
            if (reading.state != State.READ)
                throw new Conflict(CostWords.text("cost.focus.page.unread"));
            remember(by, reading.asked.source(), systems);
            var all = new LinkedHashMap<>(remembered(by.authority(), reading.asked.source()));
            all.putAll(systems);
            var take = new FocusTake(reading.asked.source(), all, rates, tax, reading.name);
            var preview = ledger.bring(by, LedgerImport.Way.FOCUS, reading.name, reading.digest,
                    keep -> take.into(reading
                            .added(), keep));
            reading.taken = preview.id();
            return preview.id();
        }
    }

    List<FocusFinding> findings(Reading reading) {
        var all = new ArrayList<FocusFinding>();
        if (reading.state == State.READ || reading.state == State.STOPPED)
            reading.added().faults().forEach(f -> all.add(new FocusFinding("reader", FocusFinding.Level.FAULT, "", row(f
                    .where()), "", f.message().ja())));
        reading.report().ifPresent(r -> all.addAll(r.findings()));
        return all;
    }

    private static long row(String where) { return where.matches("\\d{1,18}") ? Long.parseLong(where) : 0; }
}
