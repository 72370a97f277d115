package jp.kiban.cost;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Role;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Conflict;
import jp.kiban.kernel.NotThere;
import jp.kiban.letters.Letters;
import jp.kiban.portal.Page;
import jp.kiban.statistics.FiscalYear;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// 費用の台帳. Every cost of every system of a local government, whatever brought it in. An import is looked at, then committed, and can be
/// undone; in a closed year both take two people. Figures of different baselines are never added up.
@Component
public final class Ledger {
    private static final int PORTION = 1_000;
    private static final int MOST_KINDS_OF_ENTRIES = 200_000;
    private static final int LONGEST_REASON = 500;

    private final Store store;
    private final Clock clock;

    Ledger(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    // ---- figures -------------------------------------------------------------------------------------------------

    /// 分け方. By what sums are told apart.
    public enum By {
        AUTHORITY("authority"), YEAR("fiscal_year"), SYSTEM("system"), KIND("kind"), BASELINE("baseline"), CONFIDENCE(
                "confidence");

        private final String column;

        By(String column) { this.column = column; }
    }

    /// 問い. What to add up; what is empty is not asked for.
    public record Wanted(Optional<FiscalYear> year, Optional<SystemCode> system, Optional<CostKind> kind,
            Optional<Baseline> baseline) {
        public static final Wanted ALL = new Wanted(Optional.empty(), Optional.empty(), Optional.empty(), Optional
                .empty());

        public Wanted in(FiscalYear wanted) { return new Wanted(Optional.of(wanted), system, kind, baseline); }

        public Wanted of(SystemCode wanted) { return new Wanted(year, Optional.of(wanted), kind, baseline); }

        public Wanted of(CostKind wanted) { return new Wanted(year, system, Optional.of(wanted), baseline); }

        public Wanted of(Baseline wanted) { return new Wanted(year, system, kind, Optional.of(wanted)); }
    }

    /// 合計. What was not told apart is empty.
    ///
    /// @param yen with tax, exactly
    /// @param foreignYen how much of it was in another currency
    /// @param untaxedYen of how much of it the tax is not stated
    public record Sum(Optional<AuthorityId> authority, Optional<FiscalYear> year, Optional<SystemCode> system,
            Optional<CostKind> kind, Optional<Baseline> baseline, Optional<Confidence> confidence, long entries,
            long cases, BigDecimal yen, BigDecimal yenWithoutTax, BigDecimal foreignYen, BigDecimal untaxedYen) {}

    /// Of one authority, as it sees itself.
    public List<Sum> sums(AuthorityId authority, Wanted wanted, Set<By> by) {
        return store.in(Scope.of(authority), jdbc -> sums(jdbc, wanted, by, Optional.of(authority),
                LedgerImport.Sight.OWN));
    }

    /// Of every authority, from what they shared with the nation or published.
    public List<Sum> sumsOfNation(Wanted wanted, Set<By> by) {
        return store.in(Scope.nation(), jdbc -> sums(jdbc, wanted, by, Optional.empty(), LedgerImport.Sight.SHARED));
    }

    /// What everybody may see: of one authority, or of all.
    public List<Sum> publishedSums(Optional<AuthorityId> authority, Wanted wanted, Set<By> by) {
        return store.in(Scope.nation(), jdbc -> sums(jdbc, wanted, by, authority, LedgerImport.Sight.PUBLISHED));
    }

    private static List<Sum> sums(JdbcClient jdbc, Wanted wanted, Set<By> by, Optional<AuthorityId> authority,
            LedgerImport.Sight least) {
        if (!by.contains(By.BASELINE) && wanted.baseline().isEmpty())
            throw new IllegalArgumentException(
                    "figures of different baselines are not added up: ask for one, or by baseline");
        var columns = by.isEmpty() ? List.<String>of() : EnumSet.copyOf(by).stream().map(b -> "s." + b.column).toList();
        var where = new StringBuilder();
        var values = new ArrayList<Object>();
        authority.ifPresent(a -> and(where, values, "s.authority = ?", a.code()));
        if (least == LedgerImport.Sight.PUBLISHED)
            where.append(" and i.sight = 'PUBLISHED'");
        wanted.year().ifPresent(y -> and(where, values, "s.fiscal_year = ?", y.year()));
        wanted.system().ifPresent(s -> and(where, values, "s.system = ?", s.code()));
        wanted.kind().ifPresent(k -> and(where, values, "s.kind = ?", k.name()));
        wanted.baseline().ifPresent(b -> and(where, values, "s.baseline = ?", b.name()));
        var keys = String.join(", ", columns);
        return jdbc.sql("select " + (keys.isEmpty() ? "" : keys + ", ") + """
                coalesce(sum(s.entries), 0) as entries, coalesce(sum(s.cases), 0) as cases, coalesce(sum(s.yen), 0) as yen,
                coalesce(sum(s.yen_net), 0) as yen_net, coalesce(sum(s.foreign_yen), 0) as foreign_yen, coalesce(sum(s.untaxed_yen), 0) as untaxed_yen
                from cost.ledger_sum s join cost.ledger_import i on i.authority = s.authority and i.id = s.import
                where i.state = 'COMMITTED'
                """ + where + (keys.isEmpty() ? "" : " group by " + keys + " order by " + keys)).params(values).query((
                row,
                i) -> new Sum(by.contains(By.AUTHORITY)
                        ? Optional.of(AuthorityId.of(row.getString("authority")))
                        : Optional.empty(),
                        by.contains(By.YEAR)
                                ? Optional.of(new FiscalYear(row.getInt("fiscal_year")))
                                : Optional.empty(),
                        by.contains(By.SYSTEM)
                                ? Optional.of(SystemCode.of(row.getString("system")))
                                : Optional.empty(),
                        by.contains(By.KIND) ? Optional.of(CostKind.valueOf(row.getString("kind"))) : Optional.empty(),
                        by.contains(By.BASELINE)
                                ? Optional.of(Baseline.valueOf(row.getString("baseline")))
                                : wanted.baseline(),
                        by.contains(By.CONFIDENCE)
                                ? Optional.of(Confidence.valueOf(row.getString("confidence")))
                                : Optional.empty(),
                        row.getLong("entries"), row.getLong("cases"), row.getBigDecimal("yen"), row.getBigDecimal(
                                "yen_net"),
                        row.getBigDecimal("foreign_yen"), row.getBigDecimal("untaxed_yen")))
                .list();
    }

    private static void and(StringBuilder where, List<Object> values, String condition, Object value) {
        where.append(" and ").append(condition);
        values.add(value);
    }

    // ---- bringing in ---------------------------------------------------------------------------------------------

    /// Takes entries in as a preview: all of them, or none when the giver throws. They do not count until they are committed.
    ///
    /// @param origin what must not count twice: the digest of a file, the id of a quote
    /// @param entries is handed where to put them, one by one; nothing of them is kept in memory
    public LedgerImport bring(Actor.Officer by, LedgerImport.Way way, String name, String origin,
            Consumer<Consumer<LedgerEntry>> entries) {
        return store.in(Scope.of(by.authority()), jdbc -> {
            var id = open(jdbc, by.authority(), by.id(), way, name, origin, LedgerImport.State.PREVIEW);
            if (write(jdbc, by.authority(), id, entries) == 0)
                throw new BadInput(List.of(CostWords.finding("file", "cost.ledger.fault.nothing")));
            note(jdbc, by.authority(), id, "BROUGHT", by.id(), "");
            return one(jdbc, by.authority(), id);
        });
    }

    /// The same for very many: those that are alike in all but the amount, the cases and the place are added up before they are kept.
    /// Refuses more than 200,000 that are not alike.
    public LedgerImport bringAddedUp(Actor.Officer by, LedgerImport.Way way, String name, String origin,
            Consumer<Consumer<LedgerEntry>> entries) {
        return bring(by, way, name, origin, keep -> {
            var sums = new LinkedHashMap<LedgerEntry, Tally>();
            entries.accept(e -> {
                var alike = new LedgerEntry(e.year(), e.system(), e.kind(), e.baseline(), e.name(), e.supplier(),
                        BigDecimal.ZERO, e.currency(), e.yenPerUnit().stripTrailingZeros(), e.rateDay(), e.tax(), e
                                .from(),
                        e.to(), Optional.empty(), e.source(), e.confidence(), e.note(), "");
                sums.computeIfAbsent(alike, k -> new Tally(e.place())).add(e);
                if (sums.size() > MOST_KINDS_OF_ENTRIES)
                    throw new BadInput(List.of(CostWords.finding("file", "cost.ledger.fault.kinds",
                            MOST_KINDS_OF_ENTRIES)));
            });
            sums.forEach((alike, tally) -> keep.accept(new LedgerEntry(alike.year(), alike.system(), alike.kind(), alike
                    .baseline(), alike.name(), alike.supplier(), tally.amount, alike.currency(), alike.yenPerUnit(),
                    alike.rateDay(), alike.tax(), alike.from(), alike.to(), tally.cases, alike.source(), alike
                            .confidence(),
                    alike.note(), tally.place)));
        });
    }

    private static final class Tally {
        private final String place;
        private BigDecimal amount = BigDecimal.ZERO;
        private Optional<Long> cases = Optional.empty();

        private Tally(String place) { this.place = place; }

        private void add(LedgerEntry entry) {
            amount = amount.add(entry.amount());
            entry.cases().ifPresent(c -> cases = Optional.of(Math.addExact(cases.orElse(0L), c)));
        }
    }

    private UUID open(JdbcClient jdbc, AuthorityId authority, String by, LedgerImport.Way way, String name,
            String origin, LedgerImport.State state) {
        var id = UUID.randomUUID();
        jdbc.sql("""
                insert into cost.ledger_import (authority, id, way, name, origin, state, sight, at, by, entries, committed_by)
                values (?, ?, ?, ?, ?, ?, 'OWN', ?, ?, 0, nullif(?, ''))
                """).params(authority.code(), id, way.name(), Letters.first(name.isBlank() ? "?" : name, 200), Letters
                .first(origin, 200), state.name(), now(), by, state == LedgerImport.State.COMMITTED ? by : "").update();
        return id;
    }

    /// How many were written; the sums and the number of the import with them.
    private static long write(JdbcClient jdbc, AuthorityId authority, UUID id,
            Consumer<Consumer<LedgerEntry>> entries) {
        var portion = new ArrayList<LedgerEntry>(PORTION);
        var written = new long[1];
        entries.accept(entry -> {
            portion.add(entry);
            if (portion.size() == PORTION) {
                insert(jdbc, authority, id, written[0], portion);
                written[0] += portion.size();
                portion.clear();
            }
        });
        if (!portion.isEmpty())
            insert(jdbc, authority, id, written[0], portion);
        written[0] += portion.size();
        jdbc.sql("""
                insert into cost.ledger_sum
                select authority, import, fiscal_year, system, kind, baseline, confidence, count(*), coalesce(sum(cases), 0), sum(yen),
                       sum(yen_net), coalesce(sum(yen) filter (where currency <> 'JPY'), 0), coalesce(sum(yen) filter (where tax = 'UNSTATED'), 0)
                from cost.ledger_entry where authority = ? and import = ? group by 1, 2, 3, 4, 5, 6, 7
                """).params(authority.code(), id).update();
        jdbc.sql("update cost.ledger_import set entries = ? where authority = ? and id = ?").params(written[0],
                authority.code(), id).update();
        return written[0];
    }

    private static final String INSERT = """
            insert into cost.ledger_entry (authority, import, no, fiscal_year, system, kind, baseline, name, supplier, amount, currency, rate,
              rate_day, tax, tax_percent, from_day, to_day, cases, source, confidence, note, place, yen, yen_net)
            select ?, ?, ? + row_number() over (order by at), fiscal_year, system, kind, baseline, name, supplier, amount, currency, rate,
              nullif(rate_day, '')::date, tax, tax_percent, from_day, to_day, nullif(cases, '')::bigint, source, confidence, note, place, yen, yen_net
            from unnest(?::int[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::numeric[], ?::text[], ?::numeric[], ?::text[],
              ?::text[], ?::numeric[], ?::date[], ?::date[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::numeric[], ?::numeric[])
              with ordinality as e (fiscal_year, system, kind, baseline, name, supplier, amount, currency, rate, rate_day, tax, tax_percent,
                from_day, to_day, cases, source, confidence, note, place, yen, yen_net, at)
            """;

    private static void insert(JdbcClient jdbc, AuthorityId authority, UUID id, long before,
            List<LedgerEntry> entries) {
        jdbc.sql(INSERT).params(authority.code(), id, before, entries.stream().map(e -> e.year().year()).toArray(
                Integer[]::new), each(entries, e -> e.system().code()), each(entries, e -> e.kind().name()),
                each(entries,
                        e -> e.baseline().name()),
                each(entries, LedgerEntry::name), each(entries,
                        LedgerEntry::supplier),
                each(entries, e -> e.amount().toPlainString()), each(entries,
                        LedgerEntry::currency),
                each(entries, e -> e.yenPerUnit().toPlainString()),
                each(entries, e -> e.rateDay().map(Object::toString).orElse("")), each(entries, e -> e.tax().stated()
                        .name()),
                each(entries, e -> e.tax().percent().toPlainString()), each(entries, e -> e.from()
                        .toString()),
                each(entries, e -> e.to().toString()), each(entries, e -> e.cases().map(
                        Object::toString).orElse("")),
                each(entries, LedgerEntry::source), each(entries,
                        e -> e.confidence().name()),
                each(entries, LedgerEntry::note), each(
                        entries, LedgerEntry::place),
                each(entries, e -> e.yen()
                        .toPlainString()),
                each(entries, e -> e
                        .yenWithoutTax().toPlainString()))
                .update();
    }

    private static String[] each(List<LedgerEntry> entries, java.util.function.Function<LedgerEntry, String> what) {
        return entries.stream().map(what).map(text -> text.replace("\0", "")).toArray(String[]::new);
    }

    /// 自動の取込. What the platform itself measured: replaces what it said of this origin before, and counts at once. A closed year is left as
    /// it is. Answers whether anything was written.
    boolean replace(AuthorityId authority, String origin, String name, List<LedgerEntry> entries) {
        return store.in(Scope.of(authority), jdbc -> {
            if (entries.stream().map(LedgerEntry::year).distinct().anyMatch(y -> isClosed(jdbc, authority, y)))
                return false;
            jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 7))").params("cost.ledger " + authority.code()
                    + " " + origin).query((row, i) -> true).list();
            var known = jdbc.sql(
                    "select id from cost.ledger_import where authority = ? and way = 'METER' and origin = ? and state = 'COMMITTED'")
                    .params(authority.code(), origin).query(UUID.class).optional();
            if (known.isEmpty() && entries.isEmpty())
                return false;
            var id = known.orElseGet(() -> open(jdbc, authority, "kiban", LedgerImport.Way.METER, name, origin,
                    LedgerImport.State.COMMITTED));
            jdbc.sql("delete from cost.ledger_entry where authority = ? and import = ?").params(authority.code(), id)
                    .update();
            jdbc.sql("delete from cost.ledger_sum where authority = ? and import = ?").params(authority.code(), id)
                    .update();
            jdbc.sql("update cost.ledger_import set at = ? where authority = ? and id = ?").params(now(), authority
                    .code(), id).update();
            write(jdbc, authority, id, entries::forEach);
            return true;
        });
    }

    // ---- what becomes of an import -------------------------------------------------------------------------------

    /// 登録. From now on the entries count. Of a closed year it waits for a second person, and the answer says so.
    public LedgerImport commit(Actor.Officer by, UUID id, String reason) {
        return act(by, id, LedgerImport.Act.COMMIT, reason);
    }

    /// 取消. By the one who committed it, or one who decides (決裁), with a reason. A preview is thrown away without one.
    public LedgerImport undo(Actor.Officer by, UUID id, String reason) {
        return act(by, id, LedgerImport.Act.UNDO, reason);
    }

    private LedgerImport act(Actor.Officer by, UUID id, LedgerImport.Act act, String reason) {
        var said = reason(reason);
        return store.in(Scope.of(by.authority()), jdbc -> {
            var now = locked(jdbc, by.authority(), id);
            if (now.way() == LedgerImport.Way.METER)
                throw new Conflict(CostWords.text("cost.ledger.conflict.metered"));
            if (now.asked().isPresent())
                throw new Conflict(CostWords.text("cost.ledger.conflict.asked"));
            if (act == LedgerImport.Act.COMMIT && now.state() == LedgerImport.State.COMMITTED
                    || act == LedgerImport.Act.UNDO && now.state() == LedgerImport.State.UNDONE)
                return now; // said twice
            if (act == LedgerImport.Act.COMMIT && now.state() == LedgerImport.State.UNDONE)
                throw new Conflict(CostWords.text("cost.ledger.conflict.undone"));
            boolean thrownAway = act == LedgerImport.Act.UNDO && now.state() == LedgerImport.State.PREVIEW;
            if (act == LedgerImport.Act.UNDO && !thrownAway) {
                if (!by.may(Role.APPROVAL) && !now.committedBy().filter(by.id()::equals).isPresent())
                    throw new Conflict(CostWords.text("cost.ledger.conflict.undo.who"));
                if (said.isEmpty())
                    throw new BadInput(List.of(CostWords.finding("reason", "cost.ledger.fault.reason")));
            }
            var closed = thrownAway ? List.<FiscalYear>of() : closedYears(jdbc, by.authority(), id);
            if (closed.isEmpty())
                perform(jdbc, by.authority(), now, act, by.id(), said);
            else {
                if (said.isEmpty())
                    throw new BadInput(List.of(CostWords.finding("reason", "cost.ledger.fault.reason")));
                jdbc.sql(
                        "update cost.ledger_import set asked = ?, asked_by = ?, asked_reason = ? where authority = ? and id = ?")
                        .params(act.name(), by.id(), said, by.authority().code(), id).update();
                note(jdbc, by.authority(), id, "ASKED_" + act, by.id(), said);
            }
            return one(jdbc, by.authority(), id);
        });
    }

    /// 二人目の承認. Another person, one who decides (決裁), agrees to what was asked for.
    public LedgerImport agree(Actor.Officer by, UUID id) {
        return store.in(Scope.of(by.authority()), jdbc -> {
            var now = locked(jdbc, by.authority(), id);
            var asked = now.asked().orElseThrow(() -> new Conflict(CostWords.text("cost.ledger.conflict.unasked")));
            if (!by.may(Role.APPROVAL) || asked.by().equals(by.id()))
                throw new Conflict(CostWords.text("cost.ledger.conflict.second"));
            perform(jdbc, by.authority(), now, asked.act(), by.id(), asked.reason());
            return one(jdbc, by.authority(), id);
        });
    }

    /// Takes back what was asked for: by the one who asked, or one who decides.
    public LedgerImport decline(Actor.Officer by, UUID id) {
        return store.in(Scope.of(by.authority()), jdbc -> {
            var now = locked(jdbc, by.authority(), id);
            var asked = now.asked().orElseThrow(() -> new Conflict(CostWords.text("cost.ledger.conflict.unasked")));
            if (!by.may(Role.APPROVAL) && !asked.by().equals(by.id()))
                throw new Conflict(CostWords.text("cost.ledger.conflict.second"));
            jdbc.sql(
                    "update cost.ledger_import set asked = null, asked_by = null, asked_reason = null where authority = ? and id = ?")
                    .params(by.authority().code(), id).update();
            note(jdbc, by.authority(), id, "DECLINED_" + asked.act(), by.id(), "");
            return one(jdbc, by.authority(), id);
        });
    }

    private void perform(JdbcClient jdbc, AuthorityId authority, LedgerImport now, LedgerImport.Act act, String by,
            String reason) {
        if (act == LedgerImport.Act.COMMIT) {
            jdbc.sql("""
                    select name from cost.ledger_import where authority = ? and way = ? and origin = ? and state = 'COMMITTED'
                    """).params(authority.code(), now.way().name(), now.origin()).query(String.class).optional()
                    .ifPresent(name -> {
                        throw new Conflict(CostWords.text("cost.ledger.conflict.twice", name));
                    });
            jdbc.sql("""
                    update cost.ledger_import set state = 'COMMITTED', committed_by = ?, asked = null, asked_by = null, asked_reason = null
                    where authority = ? and id = ?
                    """).params(now.asked().map(LedgerImport.Asked::by).orElse(by), authority.code(), now.id())
                    .update();
        } else
            jdbc.sql("""
                    update cost.ledger_import set state = 'UNDONE', sight = 'OWN', asked = null, asked_by = null, asked_reason = null
                    where authority = ? and id = ?
                    """).params(authority.code(), now.id()).update();
        note(jdbc, authority, now.id(), act == LedgerImport.Act.COMMIT ? "COMMITTED" : "UNDONE", by, reason);
    }

    /// 見える範囲を変える. By one who decides (決裁); only what counts can be shown to others. The platform's own metering stays with the
    /// municipality: of few applications it would tell too much.
    public LedgerImport show(Actor.Officer by, UUID id, LedgerImport.Sight sight) {
        return store.in(Scope.of(by.authority()), jdbc -> {
            var now = locked(jdbc, by.authority(), id);
            if (now.sight() == sight)
                return now;
            if (!by.may(Role.APPROVAL))
                throw new Conflict(CostWords.text("cost.ledger.conflict.show.who"));
            if (now.state() != LedgerImport.State.COMMITTED || now.way() == LedgerImport.Way.METER)
                throw new Conflict(CostWords.text("cost.ledger.conflict.show"));
            jdbc.sql("update cost.ledger_import set sight = ? where authority = ? and id = ?").params(sight.name(), by
                    .authority().code(), id).update();
            note(jdbc, by.authority(), id, "SIGHT_" + sight, by.id(), "");
            return one(jdbc, by.authority(), id);
        });
    }

    // ---- closed years --------------------------------------------------------------------------------------------

    /// 年度を締める. By one who decides, once the year is over. It stays closed: what changes it later takes two people.
    public void close(Actor.Officer by, FiscalYear year) {
        if (!by.may(Role.APPROVAL))
            throw new Conflict(CostWords.text("cost.ledger.conflict.close.who"));
        if (!year.to().isBefore(java.time.LocalDate.now(clock)))
            throw new Conflict(CostWords.text("cost.ledger.conflict.close.early"));
        store.run(Scope.of(by.authority()), jdbc -> jdbc.sql("""
                insert into cost.ledger_year (authority, fiscal_year, closed_at, closed_by) values (?, ?, ?, ?) on conflict do nothing
                """).params(by.authority().code(), year.year(), now(), by.id()).update());
    }

    /// The closed years, and who closed them.
    public Map<FiscalYear, String> closed(AuthorityId authority) {
        return store.in(Scope.of(authority), jdbc -> {
            var years = new LinkedHashMap<FiscalYear, String>();
            jdbc.sql("select fiscal_year, closed_by from cost.ledger_year where authority = ? order by 1").params(
                    authority.code()).query((row, i) -> years.put(new FiscalYear(row.getInt(1)), row.getString(2)))
                    .list();
            return years;
        });
    }

    private static boolean isClosed(JdbcClient jdbc, AuthorityId authority, FiscalYear year) {
        return jdbc.sql("select exists (select from cost.ledger_year where authority = ? and fiscal_year = ?)").params(
                authority.code(), year.year()).query(Boolean.class).single();
    }

    private static List<FiscalYear> closedYears(JdbcClient jdbc, AuthorityId authority, UUID id) { return jdbc.sql("""
                select distinct y.fiscal_year from cost.ledger_year y join cost.ledger_sum s on s.authority = y.authority and s.fiscal_year = y.fiscal_year
                where s.authority = ? and s.import = ? order by 1
                """).params(authority.code(), id).query((row, i) -> new FiscalYear(row.getInt(1))).list(); }

    /// 影響. What counts of a year and baseline today, and what the import adds or adds already.
    public record Effect(FiscalYear year, Baseline baseline, BigDecimal inLedger, BigDecimal ofImport,
            boolean closed) {}

    /// What committing an import would change, or did.
    public List<Effect> effects(AuthorityId authority, UUID id) {
        return store.in(Scope.of(authority), jdbc -> jdbc.sql("""
                select s.fiscal_year, s.baseline, sum(s.yen) filter (where s.import = ?) as own,
                       coalesce(sum(s.yen) filter (where i.state = 'COMMITTED' and s.import <> ?), 0) as others,
                       exists (select from cost.ledger_year y where y.authority = ? and y.fiscal_year = s.fiscal_year) as closed
                from cost.ledger_sum s join cost.ledger_import i on i.authority = s.authority and i.id = s.import
                where s.authority = ? group by 1, 2 having count(*) filter (where s.import = ?) > 0 order by 1, 2
                """).params(id, id, authority.code(), authority.code(), id).query((row, i) -> new Effect(new FiscalYear(
                row.getInt(1)), Baseline.valueOf(row.getString(2)), row.getBigDecimal(4), row.getBigDecimal(3),
                row
                        .getBoolean(5)))
                .list());
    }

    // ---- imports -------------------------------------------------------------------------------------------------

    private static final String IMPORT = """
            select id, way, name, origin, state, sight, at, by, entries, committed_by, asked, asked_by, asked_reason
            from cost.ledger_import where authority = ?
            """;

    private static LedgerImport read(ResultSet row) throws SQLException {
        var asked = Optional.ofNullable(row.getString("asked"));
        var by = Optional.ofNullable(row.getString("asked_by")).orElse("");
        var reason = Optional.ofNullable(row.getString("asked_reason")).orElse("");
        return new LedgerImport(row.getObject("id", UUID.class), LedgerImport.Way.valueOf(row.getString("way")), row
                .getString("name"), row.getString("origin"), LedgerImport.State.valueOf(row.getString("state")),
                LedgerImport.Sight.valueOf(row.getString("sight")), row.getTimestamp("at").toInstant(), row.getString(
                        "by"),
                row.getLong("entries"), Optional.ofNullable(row.getString("committed_by")), asked.map(
                        a -> new LedgerImport.Asked(LedgerImport.Act.valueOf(a), by, reason)));
    }

    private static LedgerImport one(JdbcClient jdbc, AuthorityId authority, UUID id) {
        return jdbc.sql(IMPORT + " and id = ?").params(authority.code(), id).query((row, i) -> read(row)).optional()
                .orElseThrow(() -> new NotThere());
    }

    private static LedgerImport locked(JdbcClient jdbc, AuthorityId authority, UUID id) {
        return jdbc.sql(IMPORT + " and id = ? for update").params(authority.code(), id).query((row, i) -> read(row))
                .optional().orElseThrow(() -> new NotThere());
    }

    public LedgerImport one(AuthorityId authority, UUID id) {
        return store.in(Scope.of(authority), jdbc -> one(jdbc, authority, id));
    }

    /// The newest first.
    public Page<LedgerImport> imports(AuthorityId authority, Page.Wanted wanted) {
        return store.in(Scope.of(authority), jdbc -> new Page<>(jdbc.sql(IMPORT
                + " order by at desc, id limit ? offset ?").params(authority.code(), wanted.size(), wanted.offset())
                .query((row, i) -> read(row)).list(),
                jdbc.sql(
                        "select count(*) from cost.ledger_import where authority = ?").params(authority.code()).query(
                                Long.class)
                        .single(),
                wanted.number(), wanted.size()));
    }

    /// 経過の一行. Act is BROUGHT, COMMITTED, UNDONE, ASKED_…, DECLINED_… or SIGHT_….
    public record Note(Instant at, String act, String by, String reason) {}

    /// What was done with an import, in its order.
    public List<Note> notes(AuthorityId authority, UUID id) {
        return store.in(Scope.of(authority), jdbc -> jdbc.sql(
                "select at, act, by, reason from cost.ledger_act where authority = ? and import = ? order by no")
                .params(
                        authority.code(), id)
                .query((row, i) -> new Note(row.getTimestamp(1).toInstant(), row.getString(
                        2), row.getString(3), row.getString(4)))
                .list());
    }

    /// What should be looked at in an import, kept among what was done with it.
    void remark(Actor.Officer by, UUID id, String words) {
        store.run(Scope.of(by.authority()), jdbc -> {
            locked(jdbc, by.authority(), id);
            note(jdbc, by.authority(), id, "NOTICED", by.id(), Letters.first(words, 2_000));
        });
    }

    private void note(JdbcClient jdbc, AuthorityId authority, UUID id, String act, String by, String reason) { jdbc.sql("""
                insert into cost.ledger_act (authority, import, no, at, act, by, reason)
                select ?, ?, coalesce(max(no), 0) + 1, ?, ?, ?, ? from cost.ledger_act where authority = ? and import = ?
                """).params(authority.code(), id, now(), act, by, reason, authority.code(), id).update(); }

    /// Fewer words than 500 letters, without ends.
    private static String reason(String reason) {
        if (Letters.count(reason) > LONGEST_REASON)
            throw new BadInput(List.of(CostWords.finding("reason", "cost.ledger.fault.reason.long", LONGEST_REASON,
                    Letters.count(reason))));
        return reason.strip();
    }

    private Timestamp now() { return Timestamp.from(clock.instant().truncatedTo(ChronoUnit.MICROS)); }
}
