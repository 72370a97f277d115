package jp.kiban.cost;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.kiban.identity.Actor;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Conflict;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.Text;
import jp.kiban.letters.Letters;
import jp.kiban.portal.Page;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartFile;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// 明細の読み込み. Files of cloud costs that officers brought, read one after another in the background, each told how far it is and ended when asked. What was
/// read is kept for its municipality for fourteen days, the last twenty of them, whichever node is asked; the file itself is kept below `kiban.data` only until it is
/// read, and one that was being read when the house stopped is read again at its next start. Which source belongs to which system is remembered.
@Component
class FocusReadings implements SmartLifecycle {
    static final int MOST_OF_ONE_AUTHORITY = 10;
    static final int KEPT = 20;
    static final Duration KEPT_FOR = Duration.ofDays(14);
    static final int FINDINGS_PER_RULE = 100;
    private static final Logger LOG = LoggerFactory.getLogger(FocusReadings.class);
    private static final int PORTION = 1_000;
    private static final int BEAT_SECONDS = 10;
    private static final int SILENCE_SECONDS = 60;
    private static final Pattern NAME = Pattern.compile("([0-9A-Za-z-]{1,40})\\.([0-9a-f-]{36})\\.bill");

    /// 状態. INTERRUPTED: the node that read it has said nothing for a minute.
    enum State {
        WAITING, READING, READ, REFUSED, STOPPED, INTERRUPTED
    }

    /// 規則の数. What became of the rules of the requirements model that was given with the file.
    record Rules(String model, String file, int rules, long statics, long run, long groups, long noColumn,
            long notSupported, long dynamic) {}

    /// 一件の読み込み.
    ///
    /// @param faulty rows that could not be added up; then nothing of the file can be taken
    /// @param rules when a requirements model was given with it
    /// @param taken the preview in the ledger that was made of it
    record Reading(UUID id, String name, String digest, String source, String measure, boolean byCharge,
            boolean dayFirst, State state, long rows, int percent, long faulty, List<Finding> refused,
            Optional<Rules> rules, Instant at, String by, Optional<UUID> taken) {
        public boolean running() { return state == State.WAITING || state == State.READING; }

        FocusSums.Asked asked() {
            return new FocusSums.Asked(FocusSums.Source.of(source).orElseThrow(), FocusColumn.of(measure)
                    .orElseThrow(),
                    byCharge, dayFirst);
        }
    }

    /// 指摘. A finding of the reader or of a rule; a rule's words are those of the specification in every language.
    record Found(String rule, FocusFinding.Level level, String column, long row, String seen, Text text) {}

    /// What this node reads or has waiting.
    private record Going(AuthorityId authority, UUID id, String name, FocusSums.Asked asked, Path file,
            Optional<Path> model) {}

    private final Store store;
    private final Ledger ledger;
    private final Clock clock;
    private final Path folder;
    private final Map<UUID, Going> going = new ConcurrentHashMap<>();
    private Optional<ExecutorService> work = Optional.empty();
    private Optional<ScheduledExecutorService> beat = Optional.empty();
    private volatile boolean running;

    FocusReadings(Store store, Ledger ledger, Clock clock, @Value("${kiban.data}") Path data) {
        this.store = store;
        this.ledger = ledger;
        this.clock = clock;
        this.folder = data.toAbsolutePath().resolve("cost").resolve("focus");
    }

    // ---- what was read ---------------------------------------------------------------------------------------------

    private static final String COLUMNS = """
            select id, name, digest, source, measure, by_charge, day_first, state, rows, percent, faulty, refused, rules, at, by, taken,
                seen_at < now() - make_interval(secs => 60) as silent from cost.focus_reading where authority = ?
            """;

    /// The newest first.
    List<Reading> all(AuthorityId authority) {
        return store.in(Scope.of(authority), jdbc -> jdbc.sql(COLUMNS + " and at >= ? order by at desc, id limit ?")
                .params(authority.code(), Timestamp.from(oldest()), KEPT + MOST_OF_ONE_AUTHORITY)
                .query((row, i) -> reading(row)).list());
    }

    Reading one(AuthorityId authority, UUID id) {
        return store.in(Scope.of(authority), jdbc -> one(jdbc, authority, id, ""));
    }

    private Reading one(JdbcClient jdbc, AuthorityId authority, UUID id, String lock) {
        return jdbc.sql(COLUMNS + " and id = ? and at >= ?" + lock).params(authority.code(), id, Timestamp.from(
                oldest())).query((row, i) -> reading(row)).optional().orElseThrow(NotThere::new);
    }

    private static Reading reading(ResultSet row) throws SQLException {
        var state = State.valueOf(row.getString("state"));
        boolean open = state == State.WAITING || state == State.READING;
        return new Reading(row.getObject("id", UUID.class), row.getString("name"), row.getString("digest"), row
                .getString("source"), row.getString("measure"), row.getBoolean("by_charge"),
                row.getBoolean("day_first"),
                open && row.getBoolean("silent") ? State.INTERRUPTED : state, row.getLong("rows"), row.getInt(
                        "percent"),
                row.getLong("faulty"), JsonMapper.shared().readValue(row.getString("refused"),
                        new TypeReference<List<Finding>>() {
                        }),
                row.getString("rules").isEmpty()
                        ? Optional.empty()
                        : Optional.of(JsonMapper.shared().readValue(row.getString("rules"), Rules.class)),
                row.getTimestamp("at").toInstant(), row.getString("by"), Optional.ofNullable(row.getObject("taken",
                        UUID.class)));
    }

    /// What came from each source in each currency, the largest first.
    Page<FocusTake.From> sources(AuthorityId authority, UUID id, Page.Wanted wanted) {
        return store.in(Scope.of(authority), jdbc -> {
            long total = jdbc.sql("""
                    select count(*) from (select distinct source, currency from cost.focus_line where authority = ? and reading = ?) as s
                    """).params(authority.code(), id).query(Long.class).single();
            return new Page<>(jdbc.sql("""
                    select source, currency, sum(sum) as sum, sum(rows) as rows from cost.focus_line where authority = ? and reading = ?
                    group by source, currency order by abs(sum(sum)) desc, source, currency limit ? offset ?
                    """).params(authority.code(), id, wanted.size(), wanted.offset()).query((row,
                    i) -> new FocusTake.From(row.getString("source"), row.getString("currency"), plain(row
                            .getBigDecimal("sum")), row.getLong("rows")))
                    .list(), total, wanted.number(), wanted.size());
        });
    }

    /// The exact sum of each currency.
    Map<String, BigDecimal> totals(AuthorityId authority, UUID id) {
        return store.in(Scope.of(authority), jdbc -> {
            var totals = new LinkedHashMap<String, BigDecimal>();
            jdbc.sql("""
                    select currency, sum(sum) from cost.focus_line where authority = ? and reading = ? group by currency order by currency
                    """).params(authority.code(), id).query((row, i) -> totals.put(row.getString(1), plain(row
                    .getBigDecimal(2)))).list();
            return totals;
        });
    }

    private static BigDecimal plain(BigDecimal sum) {
        var exact = sum.signum() == 0 ? BigDecimal.ZERO : sum.stripTrailingZeros();
        return exact.scale() < 0 ? exact.setScale(0) : exact;
    }

    /// It has lines of tax, which are not taken when tax is added.
    boolean hasTax(AuthorityId authority, UUID id) {
        return store.in(Scope.of(authority), jdbc -> jdbc.sql(
                "select exists (select from cost.focus_line where authority = ? and reading = ? and charge = 'Tax')")
                .params(authority.code(), id).query(Boolean.class).single());
    }

    /// The file came out of a ledger of this platform: its amounts are with tax.
    boolean isMarked(AuthorityId authority, UUID id) {
        return store.in(Scope.of(authority), jdbc -> jdbc.sql(
                "select exists (select from cost.focus_line where authority = ? and reading = ? and marks <> '')")
                .params(authority.code(), id).query(Boolean.class).single());
    }

    private static List<FocusSums.Line> lines(JdbcClient jdbc, AuthorityId authority, UUID id) {
        return jdbc.sql("select * from cost.focus_line where authority = ? and reading = ? order by no").params(
                authority.code(), id).query(
                        (row, i) -> new FocusSums.Line(YearMonth.from(row.getObject("month",
                                LocalDate.class)), row.getString("source"), row.getString("category"),
                                row.getString("charge"),
                                row.getString("provider"), row.getString("currency"), row.getString("pricing"),
                                row.getString(
                                        "marks"),
                                row.getBigDecimal("sum"), row.getLong("rows"), row.getLong("first_row")))
                .list();
    }

    /// What its rows add up to, of a file that was read to its end.
    FocusSums.Added added(AuthorityId authority, UUID id) {
        return store.in(Scope.of(authority), jdbc -> {
            var reading = one(jdbc, authority, id, "");
            if (reading.state() != State.READ)
                throw new Conflict(CostWords.text("cost.focus.page.unread"));
            return new FocusSums.Added(lines(jdbc, authority, id), reading.rows(), reading.faulty());
        });
    }

    Page<Found> findings(AuthorityId authority, UUID id, Page.Wanted wanted) {
        return store.in(Scope.of(authority), jdbc -> {
            one(jdbc, authority, id, "");
            long total = jdbc.sql("select count(*) from cost.focus_finding where authority = ? and reading = ?").params(
                    authority.code(), id).query(Long.class).single();
            return new Page<>(some(jdbc, authority, id, wanted.offset(), wanted.size()), total, wanted.number(), wanted
                    .size());
        });
    }

    private static List<Found> some(JdbcClient jdbc, AuthorityId authority, UUID id, long from, int size) {
        return jdbc.sql("""
                select rule, level, head, row, seen, text, easy, en from cost.focus_finding where authority = ? and reading = ? and no >= ? order by no limit ?
                """).params(authority.code(), id, from, size).query((row, i) -> new Found(row.getString(1),
                FocusFinding.Level.valueOf(row.getString(2)), row.getString(3), row.getLong(4), row.getString(5),
                new Text(row.getString(6), row.getString(7), row.getString(8)))).list();
    }

    /// All of them, so many at a time.
    Iterator<Found> findings(AuthorityId authority, UUID id) {
        one(authority, id);
        return new Iterator<>() {
            private List<Found> portion = List.of();
            private long from;
            private int at;

            @Override
            public boolean hasNext() {
                if (at == portion.size() && (from == 0 || portion.size() == PORTION)) {
                    portion = store.in(Scope.of(authority), jdbc -> some(jdbc, authority, id, from, PORTION));
                    from += portion.size();
                    at = 0;
                }
                return at < portion.size();
            }

            @Override
            public Found next() {
                if (!hasNext())
                    throw new NoSuchElementException();
                return portion.get(at++);
            }
        };
    }

    // ---- reading ---------------------------------------------------------------------------------------------------

    /// A file was chosen; what is wrong with it, also that it is empty, is told by its reading.
    static boolean isThere(@Nullable MultipartFile file) {
        return file != null && (!file.isEmpty() || file.getOriginalFilename() != null && !file.getOriginalFilename()
                .isBlank());
    }

    /// Keeps the file until it is read; refuses another while ten are open.
    Reading begin(Actor.Officer by, MultipartFile file, Optional<MultipartFile> model, FocusSums.Asked asked) {
        forget();
        if (all(by.authority()).stream().filter(Reading::running).count() >= MOST_OF_ONE_AUTHORITY)
            throw new Conflict(CostWords.text("cost.focus.page.busy"));
        var given = file.getOriginalFilename();
        var name = Letters.first(given == null || given.isBlank() ? "FOCUS" : given.replace("\0", ""), 200);
        var id = UUID.randomUUID();
        var kept = folder.resolve(by.authority().code() + "." + id + ".bill");
        var rules = folder.resolve(by.authority().code() + "." + id + ".model");
        try {
            Files.createDirectories(folder);
            if (model.isPresent())
                try (var in = model.get().getInputStream()) {
                    Files.copy(in, rules, StandardCopyOption.REPLACE_EXISTING);
                }
            String digest;
            try (var in = file.getInputStream()) {
                digest = keep(in, kept);
            }
            store.run(Scope.of(by.authority()), jdbc -> {
                jdbc.sql("""
                        insert into cost.focus_reading (authority, id, name, digest, source, measure, by_charge, day_first, state, at, by)
                        values (?, ?, ?, ?, ?, ?, ?, ?, 'WAITING', ?, ?)
                        """).params(by.authority().code(), id, name, digest, asked.source().words(), asked.measure()
                        .id(), asked.byCharge(), asked.dayFirst(),
                        Timestamp.from(clock.instant().truncatedTo(
                                ChronoUnit.MICROS)),
                        by.id()).update();
                thin(jdbc, by.authority());
            });
        } catch (IOException failed) {
            drop(kept, Optional.of(rules));
            throw new UncheckedIOException(failed);
        }
        queue(new Going(by.authority(), id, name, asked, kept, model.map(m -> rules)));
        return one(by.authority(), id);
    }

    private static String keep(InputStream given, Path kept) throws IOException {
        try (var in = new DigestInputStream(given, MessageDigest.getInstance("SHA-256"))) {
            Files.copy(in, kept, StandardCopyOption.REPLACE_EXISTING);
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Beyond the last twenty the oldest goes.
    private static void thin(JdbcClient jdbc, AuthorityId authority) {
        var old = jdbc.sql("""
                select id from cost.focus_reading where authority = ? and state not in ('WAITING', 'READING') order by at desc, id offset ?
                """).params(authority.code(), KEPT).query(UUID.class).list();
        for (var id : old)
            remove(jdbc, authority, id);
    }

    private static void remove(JdbcClient jdbc, AuthorityId authority, UUID id) {
        for (String table : List.of("focus_line", "focus_finding"))
            jdbc.sql("delete from cost." + table + " where authority = ? and reading = ?").params(authority.code(), id)
                    .update();
        jdbc.sql("delete from cost.focus_reading where authority = ? and id = ?").params(authority.code(), id).update();
    }

    private void queue(Going now) {
        going.put(now.id(), now);
        try {
            work.orElseThrow(() -> new IllegalStateException("readings are not open")).execute(() -> read(now));
        } catch (RejectedExecutionException closing) {
            going.remove(now.id());
        }
    }

    private void read(Going now) {
        if (!running)
            return;
        boolean over = true;
        try {
            if (!tell(now, "READING", 0, 0))
                return;
            Optional<FocusCheck.Report> report = Optional.empty();
            if (now.model().isPresent()) {
                var rules = FocusModel.read(now.model().get());
                try (var open = FocusFile.open(now.file())) {
                    report = Optional.of(FocusCheck.of(open, rules, Set.of(), FINDINGS_PER_RULE, watch(now)));
                }
            }
            FocusSums.Added added;
            try (var open = FocusFile.open(now.file())) {
                added = FocusSums.of(open, now.asked(), watch(now));
            }
            if (added.ended() || report.filter(FocusCheck.Report::ended).isPresent())
                over = running; // stopped by an officer: it is over; by the house: it is read again
            else if (added.rows() == 0)
                refuse(now, List.of(CostWords.finding("file", "cost.focus.file.empty", now.name())));
            else
                keep(now, added, report);
        } catch (BadInput bad) {
            refuse(now, bad.findings());
        } catch (RuntimeException | OutOfMemoryError broken) {
            over = running;
            if (over) {
                LOG.warn("reading {} of {} failed: {}", now.id(), now.authority().code(), broken.toString());
                refuse(now, List.of(CostWords.finding("file", "cost.focus.file.unreadable", now.name())));
            }
        } finally {
            going.remove(now.id());
            if (over)
                drop(now.file(), now.model());
        }
    }

    private FocusCheck.Watch watch(Going now) {
        var last = new long[]{System.nanoTime()};
        return (rows, bytes, of) -> {
            if (!running || Thread.currentThread().isInterrupted())
                return false;
            if (System.nanoTime() - last[0] < 1_000_000_000L)
                return true;
            last[0] = System.nanoTime();
            return tell(now, "READING", rows, of == 0 ? 0 : (int) Math.min(99, bytes * 100 / of));
        };
    }

    /// False when it was stopped or removed, here or at another node.
    private boolean tell(Going now, String state, long rows,
            int percent) { return store.in(Scope.of(now.authority()), jdbc -> jdbc.sql("""
                update cost.focus_reading set state = ?, rows = ?, percent = ?, seen_at = now()
                where authority = ? and id = ? and state in ('WAITING', 'READING')
                """).params(state, rows, percent, now.authority().code(), now.id()).update() == 1); }

    private void refuse(Going now, List<Finding> why) {
        // the file is kept under a name of its own; people know it by the name they gave
        String kept = String.valueOf(now.file().getFileName());
        var said = why.stream().map(f -> new Finding(f.where(), f.code(), new Text(f.message().ja().replace(kept, now
                .name()), f.message().easy().replace(kept, now.name()), f.message().en().replace(kept, now.name()))))
                .toList();
        try {
            store.run(Scope.of(now.authority()), jdbc -> jdbc.sql("""
                    update cost.focus_reading set state = 'REFUSED', refused = ?, seen_at = now()
                    where authority = ? and id = ? and state in ('WAITING', 'READING')
                    """).params(JsonMapper.shared().writeValueAsString(said), now.authority().code(), now.id())
                    .update());
        } catch (RuntimeException unsaid) {
            LOG.warn("reading {} was refused, which could not be written: {}", now.id(), unsaid.toString());
        }
    }

    private void keep(Going now, FocusSums.Added added, Optional<FocusCheck.Report> report) {
        var rules = report.map(r -> JsonMapper.shared().writeValueAsString(new Rules(r.model(), r.version().map(
                FocusColumn.Version::id).orElse(""), r.results().size(),
                r.results().stream().filter(x -> x.rule()
                        .isStatic()).count(),
                r.run(), r.count(FocusCheck.Outcome.GROUP), r.count(
                        FocusCheck.Outcome.NO_COLUMN),
                r.count(FocusCheck.Outcome.NOT_SUPPORTED), r.count(
                        FocusCheck.Outcome.DYNAMIC))))
                .orElse("");
        store.run(Scope.of(now.authority()), jdbc -> {
            int open = jdbc.sql("""
                    update cost.focus_reading set state = 'READ', rows = ?, percent = 100, faulty = ?, rules = ?, seen_at = now()
                    where authority = ? and id = ? and state in ('WAITING', 'READING')
                    """).params(added.rows(), added.faulty(), rules, now.authority().code(), now.id()).update();
            if (open == 0)
                return;
            portions(added.lines(), (from, some) -> line(jdbc, now, from, some));
            portions(found(added, report), (from, some) -> finding(jdbc, now, from, some));
        });
    }

    /// Handed one portion and the number of its first.
    private interface Portion<T> {
        void take(int from, List<T> some);
    }

    private static <T> void portions(List<T> all, Portion<T> to) {
        for (int from = 0; from < all.size(); from += PORTION)
            to.take(from, all.subList(from, Math.min(all.size(), from + PORTION)));
    }

    private static void line(JdbcClient jdbc, Going now, int from, List<FocusSums.Line> some) {
        jdbc.sql("""
                insert into cost.focus_line (authority, reading, no, month, source, category, charge, provider, currency, pricing, marks, sum, rows, first_row)
                select ?, ?, ? + at - 1, month, source, category, charge, provider, currency, pricing, marks, sum, rows, first_row
                from unnest(?::date[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::numeric[], ?::bigint[], ?::bigint[])
                  with ordinality as l (month, source, category, charge, provider, currency, pricing, marks, sum, rows, first_row, at)
                """)
                .params(now.authority().code(), now.id(), from, each(some, l -> l.month().atDay(1).toString()), each(
                        some, FocusSums.Line::source), each(some, FocusSums.Line::category),
                        each(some,
                                FocusSums.Line::charge),
                        each(some, FocusSums.Line::provider), each(some,
                                FocusSums.Line::currency),
                        each(some, FocusSums.Line::pricing), each(some,
                                FocusSums.Line::marks),
                        each(some, l -> l.sum().toPlainString()), each(some, l -> l
                                .rows() + ""),
                        each(some, l -> l.firstRow() + ""))
                .update();
    }

    private static void finding(JdbcClient jdbc, Going now, int from, List<Found> some) {
        jdbc.sql("""
                insert into cost.focus_finding (authority, reading, no, rule, level, head, row, seen, text, easy, en)
                select ?, ?, ? + at - 1, rule, level, head, row, seen, text, easy, en
                from unnest(?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[])
                  with ordinality as f (rule, level, head, row, seen, text, easy, en, at)
                """)
                .params(now.authority().code(), now.id(), from, each(some, Found::rule), each(some, f -> f.level()
                        .name()), each(some, Found::column), each(some, f -> f.row() + ""), each(some, Found::seen),
                        each(some, f -> f.text().ja()), each(some, f -> f.text().easy()), each(some, f -> f.text()
                                .en()))
                .update();
    }

    private static <T> String[] each(List<T> all, Function<T, String> what) {
        return all.stream().map(what).map(text -> text.replace("\0", "")).toArray(String[]::new);
    }

    /// What the reader could not add up first, then what the rules found.
    private static List<Found> found(FocusSums.Added added, Optional<FocusCheck.Report> report) {
        var all = new ArrayList<Found>();
        for (var fault : added.faults()) {
            String[] where = fault.where().split(" ", 2);
            all.add(new Found("reader", FocusFinding.Level.FAULT, where.length > 1 ? where[1] : "", where[0].matches(
                    "\\d{1,18}") ? Long.parseLong(where[0]) : 0, "", fault.message()));
        }
        var told = report.stream().flatMap(r -> r.findings().stream()).map(f -> f.rule() + " " + f.column()).collect(
                Collectors.toSet());
        for (var note : added.notes()) {
            String rule = "reader." + note.kind().name().toLowerCase(Locale.ROOT);
            if (!told.contains(rule + " " + note.column()))
                all.add(new Found(rule, note.kind().shifts() ? FocusFinding.Level.FAULT : FocusFinding.Level.NOTE, note
                        .column(), note.firstRow(), "×" + note.count(),
                        CostWords.text("cost.focus.note." + note.kind()
                                .name().toLowerCase(Locale.ROOT))));
        }
        report.ifPresent(r -> r.findings().forEach(f -> all.add(new Found(f.rule(), f.level(), f.column(), f.row(), f
                .seen(), words(f)))));
        return all;
    }

    private static Text words(FocusFinding finding) {
        if (finding.rule().startsWith("reader."))
            return CostWords.text("cost.focus.note." + finding.rule().substring("reader.".length()));
        return Text.same(finding.text().isBlank() ? finding.rule() : finding.text());
    }

    /// Ends it; one that has ended stays as it is.
    void stop(AuthorityId authority, UUID id) {
        one(authority, id);
        store.run(Scope.of(authority), jdbc -> jdbc.sql("""
                update cost.focus_reading set state = 'STOPPED' where authority = ? and id = ? and state in ('WAITING', 'READING')
                """).params(authority.code(), id).update());
    }

    /// Throws it away, with what was read. What was taken into the ledger stays there.
    void remove(AuthorityId authority, UUID id) {
        one(authority, id);
        store.run(Scope.of(authority), jdbc -> remove(jdbc, authority, id));
    }

    // ---- taking ----------------------------------------------------------------------------------------------------

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

    private static void remember(JdbcClient jdbc, Actor.Officer by, FocusSums.Source source,
            Map<String, SystemCode> systems) {
        for (var one : systems.entrySet())
            if (one.getValue().equals(FocusTake.UNASSIGNED))
                jdbc.sql("delete from cost.focus_system where authority = ? and source = ? and value = ?").params(by
                        .authority().code(), source.words(), one.getKey()).update();
            else
                jdbc.sql("""
                        insert into cost.focus_system (authority, source, value, system, by) values (?, ?, ?, ?, ?)
                        on conflict (authority, source, value) do update set system = excluded.system, by = excluded.by
                        """).params(by.authority().code(), source.words(), one.getKey(), one.getValue().code(), by
                        .id()).update();
    }

    /// The preview that was made of it; none when that was thrown away or undone, for then it may be taken again.
    Optional<UUID> standing(AuthorityId authority, Reading reading) {
        return reading.taken().filter(id -> ledger.one(authority, id).state() != LedgerImport.State.UNDONE);
    }

    /// Takes what was read into the ledger as a preview; the mapping is remembered. A second press leads to the same preview. What was found and not mended
    /// stays written beside the import.
    UUID take(Actor.Officer by, UUID id, Map<String, SystemCode> systems, Map<String, FocusTake.Rate> rates, Tax tax) {
        return store.in(Scope.of(by.authority()), jdbc -> {
            var reading = one(jdbc, by.authority(), id, " for update");
            var standing = standing(by.authority(), reading);
            if (standing.isPresent())
                return standing.get();
            if (reading.state() != State.READ)
                throw new Conflict(CostWords.text("cost.focus.page.unread"));
            var source = reading.asked().source();
            remember(jdbc, by, source, systems);
            var all = new LinkedHashMap<>(remembered(by.authority(), source));
            all.putAll(systems);
            var take = new FocusTake(source, all, rates, tax, reading.name());
            var added = new FocusSums.Added(lines(jdbc, by.authority(), id), reading.rows(), reading.faulty());
            var preview = ledger.bring(by, LedgerImport.Way.FOCUS, reading.name(), reading.digest(), keep -> take.into(
                    added, keep));
            long broken = jdbc.sql("""
                    select count(distinct rule) from cost.focus_finding where authority = ? and reading = ? and level <> 'NOTE'
                    """).params(by.authority().code(), id).query(Long.class).single();
            if (broken > 0)
                ledger.remark(by, preview.id(), CostWords.text("cost.focus.take.broken", broken).ja());
            jdbc.sql("update cost.focus_reading set taken = ? where authority = ? and id = ?").params(preview.id(), by
                    .authority().code(), id).update();
            return preview.id();
        });
    }

    // ---- the house -------------------------------------------------------------------------------------------------

    private Instant oldest() { return clock.instant().minus(KEPT_FOR); }

    /// Everybody's whose time is over.
    void forget() {
        store.run(Scope.nation(), jdbc -> jdbc.sql("select cost.forget_focus_readings(?)").param(Timestamp.from(
                oldest())).query(Long.class).single());
    }

    private void beat() {
        for (var now : going.values())
            try {
                store.run(Scope.of(now.authority()), jdbc -> jdbc.sql("""
                        update cost.focus_reading set seen_at = now() where authority = ? and id = ?
                        """).params(now.authority().code(), now.id()).update());
            } catch (RuntimeException missed) {
                LOG.debug("a beat of reading {} was missed: {}", now.id(), missed.toString());
            }
    }

    private static void drop(Path file, Optional<Path> model) {
        for (var path : Stream.concat(Stream.of(file), model.stream()).toList())
            try {
                Files.deleteIfExists(path);
            } catch (IOException stays) {
                LOG.warn("{} could not be thrown away: {}", path, stays.toString());
            }
    }

    /// Files that were not read when this node stopped are read now; files of nobody go.
    private void resume() {
        if (!Files.isDirectory(folder))
            return;
        try (var left = Files.list(folder)) {
            for (var file : left.sorted().toList()) {
                var name = NAME.matcher(String.valueOf(file.getFileName()));
                if (name.matches())
                    resume(AuthorityId.of(name.group(1)), UUID.fromString(name.group(2)), file);
            }
        } catch (IOException | RuntimeException unread) {
            LOG.warn("the folder {} cannot be read: {}", folder, unread.toString());
        }
    }

    private void resume(AuthorityId authority, UUID id, Path file) {
        var model = Optional.of(folder.resolve(authority.code() + "." + id + ".model")).filter(Files::exists);
        boolean open = store.in(Scope.of(authority), jdbc -> jdbc.sql("""
                update cost.focus_reading set state = 'WAITING', rows = 0, percent = 0, seen_at = now()
                where authority = ? and id = ? and state in ('WAITING', 'READING')
                """).params(authority.code(), id).update() == 1);
        if (open) {
            var reading = one(authority, id);
            queue(new Going(authority, id, reading.name(), reading.asked(), file, model));
        } else
            drop(file, model);
    }

    @Override
    public void start() {
        work = Optional.of(Executors.newSingleThreadExecutor(Thread.ofPlatform().name("focus").daemon().factory()));
        var beats = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("focus-beat").daemon()
                .factory());
        beats.scheduleWithFixedDelay(this::beat, BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
        beats.scheduleWithFixedDelay(() -> {
            try {
                forget();
            } catch (RuntimeException later) {
                LOG.debug("readings could not be forgotten now: {}", later.toString());
            }
        }, SILENCE_SECONDS, 3600, TimeUnit.SECONDS);
        beat = Optional.of(beats);
        running = true;
        resume();
    }

    @Override
    public void stop() {
        running = false;
        beat.ifPresent(ScheduledExecutorService::shutdownNow);
        work.ifPresent(w -> {
            w.shutdown();
            try {
                w.awaitTermination(10, TimeUnit.SECONDS);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        going.clear();
    }

    @Override
    public boolean isRunning() { return running; }
}
