package jp.kiban.registry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Conflict;
import jp.kiban.kernel.NotThere;
import jp.kiban.store.EventLog;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// 読込みの記録. Every file that was given to a registry, with its stage, its progress and its faults; nobody approves what they
/// proposed themselves.
@Component
public final class Loadings {
    static final Scope KEEPER = Scope.of(BaseRegistry.KEEPER);

    private final Store store;
    private final EventLog events;
    private final Clock clock;

    Loadings(Store store, EventLog events, Clock clock) {
        this.store = store;
        this.events = events;
        this.clock = clock;
    }

    /// What a file claims to be: a full or a difference file of a day.
    record Claim(BaseRegistry registry, Loading.Kind kind, String scope, LocalDate edition, String gapReason,
            boolean goneAccepted) {}

    /// The newest edition that is loaded; empty for an empty registry.
    public Optional<Loading> newest(BaseRegistry registry) {
        return store.in(Scope.nation(), jdbc -> jdbc.sql(SELECT
                + " where registry = ? and stage = 'DONE' order by edition desc, id desc limit 1").params(registry
                        .code())
                .query(Loadings::read).optional());
    }

    /// The newest edition of a part of it.
    public Optional<Loading> newest(BaseRegistry registry, String scope) {
        return store.in(Scope.nation(), jdbc -> jdbc.sql(SELECT
                + " where registry = ? and scope = ? and stage = 'DONE' order by edition desc, id desc limit 1").params(
                        registry.code(), scope)
                .query(Loadings::read).optional());
    }

    public List<Loading> all(BaseRegistry registry) {
        return store.in(Scope.nation(), jdbc -> jdbc.sql(SELECT + " where registry = ? order by id desc limit 200")
                .params(registry.code()).query(Loadings::read).list());
    }

    public Loading get(int id) {
        return store.in(Scope.nation(), jdbc -> jdbc.sql(SELECT + " where id = ?").params(id).query(Loadings::read)
                .optional()).orElseThrow(NotThere::new);
    }

    /// Those that were approved and are not done.
    List<Loading> open(BaseRegistry registry) {
        return store.in(Scope.nation(), jdbc -> jdbc.sql(SELECT
                + " where registry = ? and stage in ('APPROVED', 'RUNNING') order by id").params(registry.code())
                .query(Loadings::read).list());
    }

    /// Names of the files that are still needed: those of loads that may go on or begin.
    List<String> needed() { return store.in(Scope.nation(), jdbc -> jdbc.sql("""
                select file from registry.loading where stage in ('PROPOSED', 'APPROVED', 'RUNNING', 'STOPPED')
                """).query(String.class).list()); }

    Optional<Loading> bySha(BaseRegistry registry, String sha256) {
        return store.in(Scope.nation(), jdbc -> jdbc.sql(SELECT
                + " where registry = ? and sha256 = ? and stage <> 'SENT_BACK'").params(registry.code(), sha256)
                .query(Loadings::read).optional());
    }

    List<Loading.Fault> faults(int id, int most) {
        return store.in(Scope.nation(), jdbc -> jdbc.sql("""
                select line, col, code, seen from registry.loading_fault where loading = ? order by line, col limit ?
                """).params(id, most).query((row, i) -> new Loading.Fault(row.getLong(1), row.getInt(2),
                row.getString(3), row.getString(4))).list());
    }

    /// Kept as given by `proposer`; with an approver at once where the operator's command line gives it.
    Loading keep(Claim claim, SourceFile file, long lines, long bad, String proposer, String approver) {
        return store.in(KEEPER, jdbc -> {
            var now = Timestamp.from(clock.instant());
            int id = jdbc.sql("""
                    insert into registry.loading (registry, kind, scope, edition, file, sha256, bytes, stage, gap_reason,
                      gone_accepted, lines, bad, proposer, proposed_at, approver, approved_at)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, case when ? = '' then null::timestamptz else ? end) returning id
                    """).params(claim.registry().code(), claim.kind().name(), claim.scope(), claim.edition(), file
                    .name(), file.sha256(), file.bytes(), approver.isEmpty() ? "PROPOSED" : "APPROVED",
                    claim
                            .gapReason(),
                    claim.goneAccepted(), lines, bad, proposer, now, approver, approver, now)
                    .query(
                            Integer.class)
                    .single();
            return get(jdbc, id);
        });
    }

    void keepFaults(JdbcClient jdbc, int id, List<CorporationRow.Fault> faults) {
        if (faults.isEmpty())
            return;
        jdbc.sql("""
                insert into registry.loading_fault (loading, line, col, code, seen)
                select ?, * from unnest(?::bigint[], ?::int[], ?::text[], ?::text[]) on conflict do nothing
                """).params(id, faults.stream().map(CorporationRow.Fault::line).toArray(Long[]::new), faults.stream()
                .map(CorporationRow.Fault::column).toArray(Integer[]::new),
                faults.stream().map(
                        CorporationRow.Fault::code).toArray(String[]::new),
                faults.stream().map(f -> cut(f.seen()))
                        .toArray(String[]::new))
                .update();
    }

    void keepFaults(int id, List<CorporationRow.Fault> faults) {
        store.run(KEEPER, jdbc -> keepFaults(jdbc, id, faults));
    }

    /// PostgreSQL takes no NUL; a hundred characters show what is wrong.
    private static String cut(String seen) {
        String clean = seen.replace("\0", "␀");
        return clean.codePointCount(0, clean.length()) <= 100
                ? clean
                : clean.substring(0, clean.offsetByCodePoints(0, 100)) + "…";
    }

    /// Approved by somebody else than who proposed it.
    Loading approve(int id, String officer) { return act(id, officer, jdbc -> jdbc.sql("""
                update registry.loading set stage = 'APPROVED', approver = ?, approved_at = ? where id = ? and stage = 'PROPOSED'
                """).params(officer, Timestamp.from(clock.instant()), id).update()); }

    Loading sendBack(int id, String officer, String note) { return act(id, officer, jdbc -> jdbc.sql("""
                update registry.loading set stage = 'SENT_BACK', approver = ?, note = ? where id = ? and stage = 'PROPOSED'
                """).params(officer, note, id).update()); }

    /// Whoever proposed it may take it back themselves.
    Loading withdraw(int id, String officer) {
        return store.in(KEEPER, jdbc -> {
            int n = jdbc.sql("""
                    update registry.loading set stage = 'SENT_BACK', note = '' where id = ? and stage = 'PROPOSED' and proposer = ?
                    """).params(id, officer).update();
            if (n == 0)
                throw new Conflict(Words.text("registry.error.too-late"));
            return get(jdbc, id);
        });
    }

    private interface Change {
        int in(JdbcClient jdbc);
    }

    private Loading act(int id, String officer, Change change) {
        return store.in(KEEPER, jdbc -> {
            var loading = get(jdbc, id);
            if (loading.proposer().equals(officer))
                throw BadInput.of("", "registry.own", Words.text("registry.error.own"));
            if (change.in(jdbc) == 0)
                throw new Conflict(Words.text("registry.error.too-late"));
            return get(jdbc, id);
        });
    }

    /// From approved (or stopped) to running; what the load itself knows only now.
    Loading start(int id, boolean fresh) {
        return store.in(KEEPER, jdbc -> {
            jdbc.sql("""
                    update registry.loading set stage = 'RUNNING', note = '', known_at = coalesce(known_at, ?),
                      resumed_at = case when stage = 'RUNNING' and line > 0 then line else resumed_at end,
                      fresh = case when line = 0 and known_at is null then ? else fresh end
                    where id = ? and stage in ('APPROVED', 'RUNNING', 'STOPPED')
                    """).params(Timestamp.from(clock.instant()), fresh, id).update();
            return get(jdbc, id);
        });
    }

    void acceptGone(int id) {
        store.run(KEEPER, jdbc -> jdbc.sql("update registry.loading set gone_accepted = true where id = ?").params(id)
                .update());
    }

    /// Goes on with a load that stopped because many are gone; said by somebody else than who gave the file.
    Loading resume(int id, String officer) { return act(id, officer, jdbc -> jdbc.sql("""
                update registry.loading set stage = 'APPROVED', gone_accepted = true, note = '' where id = ? and stage = 'STOPPED'
                """).params(id).update()); }

    Loading stop(int id, String note) {
        return store.in(KEEPER, jdbc -> {
            jdbc.sql("update registry.loading set stage = 'STOPPED', note = ? where id = ?").params(note, id).update();
            return get(jdbc, id);
        });
    }

    /// Moves the place in the file within the transaction that keeps the rows up to there; refused when another process moved it.
    void advance(JdbcClient jdbc, int id, long from, long to, long added, long changed, long same, long bad) {
        int n = jdbc.sql("""
                update registry.loading set line = ?, lines = greatest(lines, ?), added = added + ?, changed = changed + ?,
                  same = same + ?, bad = (case when line = 0 then 0 else bad end) + ? where id = ? and line = ? and stage = 'RUNNING'
                """).params(to, to, added, changed, same, bad, id, from).update();
        if (n == 0)
            throw new Conflict(Words.text("registry.error.two-loads"));
    }

    /// The registry is at this edition from now on.
    Loading done(JdbcClient jdbc, int id, long gone) {
        Instant now = clock.instant();
        jdbc.sql("""
                update registry.loading set stage = 'DONE', lines = line, gone = ?, done_at = ? where id = ? and stage = 'RUNNING'
                """).params(gone, Timestamp.from(now), id).update();
        var loading = get(jdbc, id);
        jdbc.sql("""
                insert into registry.change (registry, item, what, detail, loading, at) values (?, '', 'EDITION', ?, ?, ?)
                """).params(loading.registry().code(), loading.edition().toString(), id, Timestamp.from(now)).update();
        events.append(jdbc, new EditionLoaded(BaseRegistry.KEEPER, now, loading.registry().code() + "/" + id, loading
                .registry().code(), loading.edition(), loading.sha256(), loading.proposer(), loading.approver(),
                loading
                        .added(),
                loading.changed(), gone, loading.bad()));
        return loading;
    }

    private static final String SELECT = """
            select id, registry, kind, scope, edition, file, sha256, bytes, stage, gap_reason, gone_accepted, fresh, lines, line,
              added, changed, same, bad, gone, proposer, proposed_at, approver, approved_at, known_at, done_at, note,
              resumed_at from registry.loading""";

    static Loading get(JdbcClient jdbc, int id) {
        return jdbc.sql(SELECT + " where id = ?").params(id).query(Loadings::read).optional().orElseThrow(
                NotThere::new);
    }

    private static Loading read(ResultSet row, int i) throws SQLException {
        return new Loading(row.getInt(1), BaseRegistry.of(row.getString(2)).orElseThrow(), Loading.Kind.valueOf(row
                .getString(3)), row.getString(4), row.getObject(5, LocalDate.class), row.getString(6), row.getString(7),
                row.getLong(8), Loading.Stage.valueOf(row.getString(9)), row.getString(10), row.getBoolean(11), row
                        .getBoolean(12),
                row.getLong(13), row.getLong(14), row.getLong(15), row.getLong(16), row.getLong(
                        17),
                row.getLong(18), row.getLong(19), row.getString(20), row.getTimestamp(21).toInstant(),
                row.getString(22), moment(row.getTimestamp(23)), moment(row.getTimestamp(24)), moment(row
                        .getTimestamp(25)),
                row.getString(26), row.getLong(27));
    }

    private static Optional<Instant> moment(@Nullable Timestamp at) {
        return Optional.ofNullable(at).map(Timestamp::toInstant);
    }
}
