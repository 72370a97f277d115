package jp.kiban.registry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import jp.kiban.address.DictionaryBuild;
import jp.kiban.address.AddressDictionary;
import jp.kiban.address.Refusal;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Conflict;
import jp.kiban.kernel.NotThere;
import jp.kiban.registry.DictionaryRelease.Order;
import jp.kiban.registry.DictionaryRelease.OrderStage;
import jp.kiban.registry.DictionaryRelease.Stage;
import jp.kiban.store.EventLog;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// 辞書の版の記録. Which releases of the address dictionary there are, what they were made of, and which is in force since when: taken into
/// use on the word of two people. Nothing here touches a file.
@Component
public final class DictionaryReleases {
    /// Releases that were begun and are neither in use nor discarded.
    static final int OPEN_AT_ONCE = 3;
    static final int MOST_FILES = 500;

    private final Store store;
    private final EventLog events;
    private final Clock clock;

    DictionaryReleases(Store store, EventLog events, Clock clock) {
        this.store = store;
        this.events = events;
        this.clock = clock;
    }

    // what there is

    /// The newest first.
    public List<DictionaryRelease> all() {
        return store.in(Scope.nation(), jdbc -> jdbc.sql(RELEASE + " order by id desc limit 200")
                .query(DictionaryReleases::release).list());
    }

    public DictionaryRelease get(int id) { return store.in(Scope.nation(), jdbc -> get(jdbc, id)); }

    private static DictionaryRelease get(JdbcClient jdbc, int id) {
        return jdbc.sql(RELEASE + " where id = ?").params(id).query(DictionaryReleases::release).optional()
                .orElseThrow(NotThere::new);
    }

    public List<DictionaryRelease.Source> sources(int id) {
        return store.in(Scope.nation(), jdbc -> jdbc.sql("""
                select position, name, uploaded, bytes, sha256, kinds, rows, defects from registry.dictionary_source
                where release = ? order by position
                """).params(id).query((row, i) -> new DictionaryRelease.Source(row.getInt(1), row.getString(2),
                row.getBoolean(3), row.getLong(4), row.getString(5), row.getString(6), row.getLong(7),
                row.getLong(8))).list());
    }

    /// Every order that was ever given, the newest first.
    public List<Order> orders() {
        return store.in(Scope.nation(), jdbc -> jdbc.sql(ORDER + " order by id desc limit 500")
                .query(DictionaryReleases::order).list());
    }

    /// How many wait for the word of a second person.
    public long proposed() { return store.in(Scope.nation(), jdbc -> jdbc.sql("""
                select count(*) from registry.dictionary_order where stage = 'PROPOSED'
                """).query(Long.class).single()); }

    public Order order(int id) { return store.in(Scope.nation(), jdbc -> order(jdbc, id)); }

    private static Order order(JdbcClient jdbc, int id) {
        return jdbc.sql(ORDER + " where id = ?").params(id).query(DictionaryReleases::order).optional()
                .orElseThrow(NotThere::new);
    }

    /// The order that is in force; empty as long as only the operator's own dictionary ever was.
    public Optional<Order> inForce() { return store.in(Scope.nation(), this::inForce); }

    private Optional<Order> inForce(JdbcClient jdbc) {
        return jdbc.sql(ORDER
                + " where stage = 'APPROVED' and effective_at <= ? order by effective_at desc, id desc limit 1")
                .params(Timestamp.from(clock.instant())).query(DictionaryReleases::order).optional();
    }

    // making one

    /// Begins a release; refuses a fourth while three are open.
    int begin(String officer, String note) {
        return store.in(Loadings.KEEPER, jdbc -> {
            jdbc.sql("lock table registry.dictionary_release in share row exclusive mode").update();
            int open = jdbc.sql("""
                    select count(*) from registry.dictionary_release r where stage <> 'DISCARDED'
                      and not exists (select from registry.dictionary_order o where o.release = r.id and o.stage = 'APPROVED')
                    """).query(Integer.class).single();
            if (open >= OPEN_AT_ONCE)
                throw new Conflict(Words.text("registry.dictionary.too-many", OPEN_AT_ONCE));
            return jdbc.sql("""
                    insert into registry.dictionary_release (stage, note, creator, begun_at) values ('COLLECTING', ?, ?, ?)
                    returning id
                    """).params(note, officer, Timestamp.from(clock.instant())).query(Integer.class).single();
        });
    }

    /// Keeps a source; answers its position. One that the release has already (by its digest) is kept once.
    int add(int id, String name, boolean uploaded, long bytes, String sha256, long mostBytes) {
        return store.in(Loadings.KEEPER, jdbc -> {
            collecting(jdbc, id);
            var known = jdbc.sql("select position from registry.dictionary_source where release = ? and sha256 = ?")
                    .params(id, sha256).query(Integer.class).optional();
            if (known.isPresent())
                return known.get();
            var now = jdbc.sql("""
                    select count(*), coalesce(sum(bytes), 0), coalesce(max(position), 0) from registry.dictionary_source
                    where release = ?
                    """).params(id).query((row, i) -> new long[]{row.getLong(1), row.getLong(2), row.getLong(3)})
                    .single();
            if (now[0] >= MOST_FILES)
                throw BadInput.of("file", "registry.dictionary.files",
                        Words.text("registry.dictionary.most-files", MOST_FILES));
            if (now[1] + bytes > mostBytes)
                throw BadInput.of("file", "registry.dictionary.bytes",
                        Words.text("registry.dictionary.most-bytes", mostBytes >> 20, (now[1] + bytes) >> 20));
            int position = (int) now[2] + 1;
            jdbc.sql("""
                    insert into registry.dictionary_source (release, position, name, uploaded, bytes, sha256)
                    values (?, ?, ?, ?, ?, ?)
                    """).params(id, position, name, uploaded, bytes, sha256).update();
            return position;
        });
    }

    void remove(int id, int position) {
        store.run(Loadings.KEEPER, jdbc -> {
            collecting(jdbc, id);
            jdbc.sql("delete from registry.dictionary_source where release = ? and position = ?").params(id, position)
                    .update();
        });
    }

    private static void collecting(JdbcClient jdbc, int id) {
        // locked, so that a file is not added to what is being built
        if (jdbc.sql("select stage from registry.dictionary_release where id = ? for update").params(id)
                .query(String.class).optional().orElseThrow(NotThere::new).equals("COLLECTING"))
            return;
        throw new Conflict(Words.text("registry.dictionary.too-late"));
    }

    void build(int id) {
        if (sources(id).isEmpty())
            throw BadInput.of("file", "registry.dictionary.no-files", Words.text("registry.dictionary.no-files"));
        move(id, "COLLECTING", "BUILDING");
    }

    void cancel(int id) { move(id, "BUILDING", "COLLECTING"); }

    /// Back to its files: other ones are needed.
    void reopen(int id) {
        noOrder(id);
        move(id, "BUILT", "COLLECTING");
    }

    void discard(int id) {
        noOrder(id);
        store.run(Loadings.KEEPER, jdbc -> {
            if (jdbc.sql("""
                    update registry.dictionary_release set stage = 'DISCARDED' where id = ? and stage in ('COLLECTING', 'BUILT')
                    """).params(id).update() == 0)
                throw new Conflict(Words.text("registry.dictionary.too-late"));
        });
    }

    private void noOrder(int id) {
        get(id);
        if (orders().stream().anyMatch(o -> o.release() == id
                && (o.stage() == OrderStage.PROPOSED || o.stage() == OrderStage.APPROVED)))
            throw new Conflict(Words.text("registry.dictionary.ordered"));
    }

    private void move(int id, String from, String to) {
        get(id);
        store.run(Loadings.KEEPER, jdbc -> {
            if (jdbc.sql("""
                    update registry.dictionary_release set stage = ?, done = 0, of = 0, step = '', said = '', tries = 0
                    where id = ? and stage = ?
                    """).params(to, id, from).update() == 0)
                throw new Conflict(Words.text("registry.dictionary.too-late"));
        });
    }

    // what the builder tells

    List<DictionaryRelease> building() {
        return store.in(Scope.nation(), jdbc -> jdbc.sql(RELEASE + " where stage = 'BUILDING' order by id")
                .query(DictionaryReleases::release).list());
    }

    /// Says that the build begins: how often it did by now, 0 when nobody wants it any more.
    int begun(int id) { return store.in(Loadings.KEEPER, jdbc -> jdbc.sql("""
                update registry.dictionary_release set tries = tries + 1, done = 0, of = 0, step = ''
                where id = ? and stage = 'BUILDING' returning tries
                """).params(id).query(Integer.class).optional().orElse(0)); }

    /// The house closes as it should: that is no failed try.
    void paused(int id) { store.run(Loadings.KEEPER, jdbc -> jdbc.sql("""
                update registry.dictionary_release set tries = greatest(tries - 1, 0) where id = ? and stage = 'BUILDING'
                """).params(id).update()); }

    /// Keeps how far it is; false when it was cancelled.
    boolean progress(int id, AddressDictionary.Step step) { return store.in(Loadings.KEEPER, jdbc -> jdbc.sql("""
                update registry.dictionary_release set done = ?, of = ?, step = ? where id = ? and stage = 'BUILDING'
                """).params(step.done(), step.of(), step.table(), id).update()) > 0; }

    boolean wanted(int id) { return get(id).stage() == Stage.BUILDING; }

    void refused(int id, List<Refusal> why) { store.run(Loadings.KEEPER, jdbc -> jdbc.sql("""
                update registry.dictionary_release set stage = 'COLLECTING', said = ? where id = ? and stage = 'BUILDING'
                """).params(Refusal.written(why), id).update()); }

    /// What is wrong with the sources, counted; `leftOut` is false where the row was kept as it is.
    public record Defects(String kind, boolean leftOut, long rows) {}

    /// The largest first.
    List<Defects> defects(int id) {
        return store.in(Scope.nation(), jdbc -> jdbc.sql("""
                select kind, left_out, rows from registry.dictionary_defect where release = ? order by rows desc, kind, left_out
                """).params(id).query((row, i) -> new Defects(row.getString(1), row.getBoolean(2), row.getLong(3)))
                .list());
    }

    /// 元データの比較. Rows of a kind of source in the release that this one is compared with, and in this one.
    public record Rows(String kind, long before, long after) {
        /// Much of what there was is missing: a file may have been forgotten.
        public boolean fewer() { return after < before - before / 20; }
    }

    /// By kind, where the release in use then was made here too.
    List<Rows> rows(int id) {
        return store.in(Scope.nation(), jdbc -> jdbc.sql("""
                with former as (select max(f.id) as id from registry.dictionary_release r join registry.dictionary_release f
                    on f.version = r.before and f.version <> '' and f.id <> r.id where r.id = ?)
                select kind, coalesce(sum(rows) filter (where release = former.id), 0),
                  coalesce(sum(rows) filter (where release <> former.id), 0)
                from registry.dictionary_rows, former where release in (?, former.id)
                  and exists (select from registry.dictionary_rows f where f.release = former.id)
                group by kind order by kind
                """).params(id, id).query((row, i) -> new Rows(row.getString(1), row.getLong(2), row.getLong(3)))
                .list());
    }

    /// What a table of the sources held.
    record Table(String sha256, String kind, long rows, long defects) {}

    void built(int id, DictionaryBuild.Outcome o, List<Table> tables, List<Defects> defects, Impact impact) {
        store.run(Loadings.KEEPER, jdbc -> {
            if (jdbc.sql("""
                    update registry.dictionary_release set stage = 'BUILT', said = '', built_at = ?, version = ?, sha256 = ?,
                      bytes = ?, towns = ?, defects = ?, before = ?, appeared = ?, gone = ?, renamed = ?, moved = ?
                    where id = ? and stage = 'BUILDING'
                    """).params(Timestamp.from(clock.instant()), o.version(), o.sha256(), o.bytes(), o.towns(), o
                    .defects(), o.before(), o.appeared(), o.gone(), o.renamed(), o.moved(), id).update() == 0)
                return; // cancelled in the last moment
            jdbc.sql("update registry.dictionary_source set kinds = '', rows = 0, defects = 0 where release = ?")
                    .params(id).update();
            for (var t : tables)
                jdbc.sql("""
                        update registry.dictionary_source set rows = rows + ?, defects = defects + ?,
                          kinds = case when kinds = '' then ? when ? = any(string_to_array(kinds, ', ')) then kinds
                            else kinds || ', ' || ? end
                        where release = ? and sha256 = ?
                        """).params(t.rows(), t.defects(), t.kind(), t.kind(), t.kind(), id, t.sha256()).update();
            jdbc.sql("delete from registry.dictionary_rows where release = ?").params(id).update();
            for (var t : tables)
                jdbc.sql("""
                        insert into registry.dictionary_rows (release, kind, rows) values (?, ?, ?)
                        on conflict (release, kind) do update set rows = dictionary_rows.rows + excluded.rows
                        """).params(id, t.kind(), t.rows()).update();
            jdbc.sql("delete from registry.dictionary_defect where release = ?").params(id).update();
            for (var d : defects)
                jdbc.sql("insert into registry.dictionary_defect (release, kind, left_out, rows) values (?, ?, ?, ?)")
                        .params(id, d.kind(), d.leftOut(), d.rows()).update();
            keep(jdbc, id, impact);
        });
    }

    // what it touches

    /// 影響. How many stored records of an authority have an id that a release takes away, renames or moves.
    public record Touch(String authority, String holder, String what, long records) {}

    /// 町の変更.
    public record Change(String lgCode, String machiazaId, String what, String before, String after, long metres) {}

    /// 影響の全体. The numbers, and the towns that they are about.
    record Impact(List<Touch> touches, List<Change> changes) {
        static final Impact NONE = new Impact(List.of(), List.of());
    }

    private static void keep(JdbcClient jdbc, int id, Impact impact) {
        jdbc.sql("delete from registry.dictionary_touch where release = ?").params(id).update();
        jdbc.sql("delete from registry.dictionary_change where release = ?").params(id).update();
        for (var t : impact.touches())
            jdbc.sql("""
                    insert into registry.dictionary_touch (release, authority, holder, what, records) values (?, ?, ?, ?, ?)
                    """).params(id, t.authority(), t.holder(), t.what(), t.records()).update();
        var all = impact.changes();
        for (int i = 0; i < all.size(); i += 5_000) {
            var some = all.subList(i, Math.min(all.size(), i + 5_000));
            jdbc.sql("""
                    insert into registry.dictionary_change (release, lg_code, machiaza_id, what, before, after, metres)
                    select ?, * from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[])
                    on conflict do nothing
                    """).params(id, texts(some, Change::lgCode), texts(some, Change::machiazaId),
                    texts(some, Change::what), texts(some, Change::before), texts(some, Change::after),
                    some.stream().map(Change::metres).toArray(Long[]::new)).update();
        }
    }

    private static <T> String[] texts(List<T> rows, java.util.function.Function<T, String> part) {
        return rows.stream().map(part).toArray(String[]::new);
    }

    /// Every number, for the keeper; in the order of authorities.
    List<Touch> touches(int id) {
        return store.in(Loadings.KEEPER, jdbc -> jdbc.sql("""
                select authority, holder, what, records from registry.dictionary_touch where release = ?
                order by authority, holder, what
                """).params(id).query((row, i) -> new Touch(row.getString(1), row.getString(2), row.getString(3),
                row.getLong(4))).list());
    }

    /// An authority's own numbers.
    List<Touch> touches(int id, Scope authority) {
        return store.in(authority, jdbc -> jdbc.sql("""
                select authority, holder, what, records from registry.dictionary_touch
                where release = ? and authority = current_setting('kiban.authority', true) order by holder, what
                """).params(id).query((row, i) -> new Touch(row.getString(1), row.getString(2), row.getString(3),
                row.getLong(4))).list());
    }

    /// Begins an authority's list anew.
    void forget(int id, Scope authority, String code) {
        store.run(authority,
                jdbc -> jdbc.sql("delete from registry.dictionary_touched where authority = ? and release = ?")
                        .params(code, id).update());
    }

    void keep(int id, String version, Scope authority, String code, String holder, List<AddressHolder.Held> held) {
        store.run(authority, jdbc -> jdbc.sql("""
                insert into registry.dictionary_touched (authority, release, version, holder, item, lg_code, machiaza_id, records)
                select ?, ?, ?, ?, item, lg_code, machiaza_id, case when item = '' then sum(records) else max(records) end
                from unnest(?::text[], ?::text[], ?::text[], ?::bigint[]) as t(item, lg_code, machiaza_id, records)
                group by item, lg_code, machiaza_id
                on conflict (authority, release, holder, item, lg_code, machiaza_id) do update
                  set records = dictionary_touched.records + excluded.records
                """).params(code, id, version, holder, texts(held, AddressHolder.Held::item),
                texts(held, AddressHolder.Held::lgCode), texts(held, AddressHolder.Held::machiazaId),
                held.stream().map(AddressHolder.Held::records).toArray(Long[]::new)).update());
    }

    /// 影響を受ける記録. One of an authority's own records, with what becomes of its town.
    public record Touched(String holder, String item, String lgCode, String machiazaId, long records, String what,
            String before, String after, long metres) {
        Touched unnamed() { return new Touched(holder, "", lgCode, machiazaId, records, what, before, after, metres); }
    }

    List<Touched> touched(int id, Scope authority, int from, int limit) {
        return store.in(authority, jdbc -> jdbc.sql("""
                select t.holder, t.item, t.lg_code, t.machiaza_id, t.records, c.what, c.before, c.after, c.metres
                from registry.dictionary_touched t join registry.dictionary_release r
                  on r.id = t.release and r.version = t.version join registry.dictionary_change c
                  on c.release = t.release and c.lg_code = t.lg_code and c.machiaza_id = t.machiaza_id
                where t.authority = current_setting('kiban.authority', true) and t.release = ?
                order by t.holder, t.lg_code, t.machiaza_id, c.what, t.item offset ? limit ?
                """).params(id, from, limit).query((row, i) -> new Touched(row.getString(1), row.getString(2),
                row.getString(3), row.getString(4), row.getLong(5), row.getString(6), row.getString(7),
                row.getString(8), row.getLong(9))).list());
    }

    // taking one into use

    /// Proposes a built release, a former one, or 0 for the operator's own, from a day on or at once.
    int propose(int release, String officer, Optional<LocalDate> day) {
        if (day.isPresent() && day.get().isBefore(LocalDate.now(clock)))
            throw BadInput.of("day", "registry.day", Words.text("registry.dictionary.past", day.get().toString()));
        if (release != 0 && get(release).stage() != Stage.BUILT)
            throw new Conflict(Words.text("registry.dictionary.too-late"));
        return store.in(Loadings.KEEPER, jdbc -> {
            if (inForce(jdbc).map(Order::release).orElse(0) == release)
                throw new Conflict(Words.text("registry.dictionary.already"));
            if (jdbc.sql("select count(*) from registry.dictionary_order where release = ? and stage = 'PROPOSED'")
                    .params(release).query(Integer.class).single() > 0)
                throw new Conflict(Words.text("registry.dictionary.proposed"));
            return jdbc.sql("""
                    insert into registry.dictionary_order (release, stage, day, proposer, proposed_at)
                    values (?, 'PROPOSED', nullif(?, '')::date, ?, ?) on conflict do nothing returning id
                    """)
                    .params(release, day.map(LocalDate::toString).orElse(""), officer, Timestamp.from(clock.instant()))
                    .query(Integer.class)
                    .optional().orElseThrow(() -> new Conflict(Words.text("registry.dictionary.proposed")));
        });
    }

    /// Approved by somebody else than who proposed it. A new release must have been compared with what is in force now (`version`).
    void approve(int id, String officer, String version) {
        store.run(Loadings.KEEPER, jdbc -> {
            var order = open(jdbc, id);
            if (order.proposer().equals(officer))
                throw BadInput.of("", "registry.own", Words.text("registry.error.own"));
            var release = order.release() == 0
                    ? Optional.<DictionaryRelease>empty()
                    : Optional.of(get(jdbc, order.release()));
            var built = release.flatMap(DictionaryRelease::built);
            boolean former = jdbc.sql("""
                    select count(*) from registry.dictionary_order where release = ? and stage = 'APPROVED'
                    """).params(order.release()).query(Integer.class).single() > 0;
            if (!former && built.isPresent() && !built.get().before().equals(version))
                throw new Conflict(Words.text("registry.dictionary.stale"));
            var now = clock.instant();
            var effective = order.day().map(d -> d.atStartOfDay(clock.getZone()).toInstant()).filter(now::isBefore)
                    .orElse(now);
            jdbc.sql("""
                    update registry.dictionary_order set stage = 'APPROVED', decider = ?, decided_at = ?, effective_at = ?
                    where id = ?
                    """).params(officer, Timestamp.from(now), Timestamp.from(effective), id).update();
            events.append(jdbc, new DictionaryApproved(BaseRegistry.KEEPER, now, "dictionary/" + order.release(), order
                    .release(), built.map(DictionaryRelease.Built::version).orElse(""),
                    built.map(DictionaryRelease.Built::sha256).orElse(""), effective, order.proposer(), officer));
        });
    }

    void sendBack(int id, String officer, String note) {
        store.run(Loadings.KEEPER, jdbc -> {
            var order = open(jdbc, id);
            if (order.proposer().equals(officer))
                throw BadInput.of("", "registry.own", Words.text("registry.error.own"));
            if (note.isBlank())
                throw BadInput.of("note", "registry.dictionary.note", Words.text("registry.dictionary.why"));
            end(jdbc, id, OrderStage.SENT_BACK, officer, note);
        });
    }

    /// Takes back what was proposed (whoever proposed it), or what was approved and has not taken effect (anybody of the keeper).
    void withdraw(int id, String officer) {
        store.run(Loadings.KEEPER, jdbc -> {
            var order = locked(jdbc, id);
            boolean waiting = order.stage() == OrderStage.PROPOSED && order.proposer().equals(officer);
            boolean ahead = order.stage() == OrderStage.APPROVED && !order.effective(clock.instant());
            if (!waiting && !ahead)
                throw new Conflict(Words.text("registry.dictionary.too-late"));
            end(jdbc, id, OrderStage.WITHDRAWN, officer, "");
        });
    }

    private void end(JdbcClient jdbc, int id, OrderStage stage, String officer, String note) { jdbc.sql("""
                update registry.dictionary_order set stage = ?, decider = ?, decided_at = ?, effective_at = null, note = ?
                where id = ?
                """).params(stage.name(), officer, Timestamp.from(clock.instant()), note, id).update(); }

    private static Order locked(JdbcClient jdbc, int id) {
        return jdbc.sql(ORDER + " where id = ? for update").params(id).query(DictionaryReleases::order).optional()
                .orElseThrow(NotThere::new);
    }

    private static Order open(JdbcClient jdbc, int id) {
        var order = locked(jdbc, id);
        if (order.stage() != OrderStage.PROPOSED)
            throw new Conflict(Words.text("registry.dictionary.too-late"));
        return order;
    }

    // reading

    private static final String RELEASE = """
            select id, stage, note, creator, begun_at, done, of, step, said, built_at, version, sha256, bytes, towns, defects,
              before, appeared, gone, renamed, moved, tries from registry.dictionary_release""";
    private static final String ORDER = """
            select id, release, stage, day, proposer, proposed_at, decider, decided_at, effective_at, note
            from registry.dictionary_order""";

    private static DictionaryRelease release(ResultSet row, int i) throws SQLException {
        var stage = Stage.valueOf(row.getString(2));
        var at = moment(row.getTimestamp(10));
        Optional<DictionaryRelease.Built> built = at.isEmpty() || stage == Stage.COLLECTING || stage == Stage.BUILDING
                ? Optional.empty()
                : Optional.of(new DictionaryRelease.Built(at.get(), row.getString(11), row.getString(12),
                        row.getLong(13), row.getLong(14), row.getLong(15), row.getString(16), row.getLong(17),
                        row.getLong(18), row.getLong(19), row.getLong(20)));
        return new DictionaryRelease(row.getInt(1), stage, row.getString(3), row.getString(4),
                row.getTimestamp(5).toInstant(), row.getInt(6), row.getInt(7), row.getString(8), row.getInt(21),
                Refusal.read(row.getString(9)), built);
    }

    private static Order order(ResultSet row, int i) throws SQLException {
        return new Order(row.getInt(1), row.getInt(2), OrderStage.valueOf(row.getString(3)),
                Optional.ofNullable(row.getObject(4, LocalDate.class)), row.getString(5), row.getTimestamp(6)
                        .toInstant(),
                row.getString(7), moment(row.getTimestamp(8)), moment(row.getTimestamp(9)), row.getString(10));
    }

    private static Optional<Instant> moment(@Nullable Timestamp at) {
        return Optional.ofNullable(at).map(Timestamp::toInstant);
    }
}
