package jp.kiban.registry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.kiban.authority.Authorities;
import jp.kiban.identity.Actor;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Conflict;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.NotThere;
import jp.kiban.store.EventLog;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// 訂正の申出. Who sees that a registry is wrong tells its keeper: what is wrong, what is right, by what evidence. Nothing is changed here:
/// the keeper looks, passes it on to the owner of the data, and answers; when a later edition changes the item, the request says
/// so.
@Component
public final class Corrections {
    private static final int LONGEST = 1000;

    private final Store store;
    private final EventLog events;
    private final Authorities authorities;
    private final Clock clock;

    Corrections(Store store, EventLog events, Authorities authorities, Clock clock) {
        this.store = store;
        this.events = events;
        this.authorities = authorities;
        this.clock = clock;
    }

    /// 段階. ASKED 申出, LOOKING 確認中, ACCEPTED 誤りと認めた, REFUSED 誤りではない, MENDED 反映済み, WITHDRAWN 取下げ; and what may follow what.
    public enum Stage {
        ASKED, LOOKING, ACCEPTED, REFUSED, MENDED, WITHDRAWN;

        private static final Map<Stage, Set<Stage>> NEXT = Map.of(ASKED, Set.of(LOOKING, ACCEPTED, REFUSED, WITHDRAWN),
                LOOKING, Set.of(ACCEPTED, REFUSED, WITHDRAWN), ACCEPTED, Set.of(MENDED), REFUSED, Set.of(), MENDED, Set
                        .of(),
                WITHDRAWN, Set.of());

        /// What may come next.
        public Set<Stage> next() { return NEXT.getOrDefault(this, Set.of()); }
    }

    /// 一件の申出. What somebody told; `byResident` but never who.
    public record Correction(AuthorityId authority, long id, BaseRegistry registry, String item, String field,
            String held, String claimed, String evidence, Stage stage, Instant at, boolean byResident, String officer,
            List<Step> steps) {}

    /// 経過. When it came to which stage, by whom, with which words.
    public record Step(Stage stage, String who, String note, Instant at) {}

    /// 申出の書面. What the form holds; `press` names the form that was shown, so that a second press is the same request.
    record Told(String field, String held, String claimed, String evidence, String press) {}

    private static Scope scope(Actor actor) {
        return switch (actor) {
            case Actor.Resident resident -> Scope.resident(resident.authority(), resident.person());
            case Actor.Officer officer -> Scope.of(officer.authority());
            case Actor.Nobody nobody -> throw new NotThere();
        };
    }

    private static AuthorityId authority(Actor actor) {
        return switch (actor) {
            case Actor.Resident resident -> resident.authority();
            case Actor.Officer officer -> officer.authority();
            case Actor.Nobody nobody -> throw new NotThere();
        };
    }

    /// Tells the keeper; answers the number of the request.
    long ask(Actor actor, BaseRegistry registry, String item, Told told, Set<String> fields, Language language) {
        var faults = new ArrayList<Finding>();
        if (!fields.contains(told.field()))
            faults.add(finding("field", "registry.error.choose"));
        length("claimed", told.claimed(), faults);
        length("evidence", told.evidence(), faults);
        if (!told.press().matches("[0-9a-f-]{36}"))
            faults.add(finding("", "registry.error.form"));
        if (!faults.isEmpty())
            throw new BadInput(faults);
        return store.in(scope(actor), jdbc -> {
            String person = actor instanceof Actor.Resident(var a, var p) ? p.number() : "";
            String officer = actor instanceof Actor.Officer o ? o.id() : "";
            var now = clock.instant();
            var id = jdbc.sql("""
                    insert into registry.correction (authority, person, officer, registry, item, keeper, field, held, claimed, evidence,
                      language, press, stage, at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'ASKED', ?)
                    on conflict (authority, press) do nothing returning id
                    """).params(authority(actor).code(), person, officer, registry.code(), item, registry.keeper()
                    .code(), told.field(), told.held(), told.claimed().strip(), told.evidence().strip(),
                    language
                            .code(),
                    told.press(), Timestamp.from(now)).query(Long.class).optional();
            if (id.isEmpty())
                return jdbc.sql("select id from registry.correction where authority = ? and press = ?").params(
                        authority(actor).code(), told.press()).query(Long.class).optional().orElseThrow(
                                NotThere::new);
            step(jdbc, authority(actor), id.get(), Stage.ASKED, who(actor), "");
            events.append(jdbc, new CorrectionAsked(authority(actor), now, "correction/" + id.get(), registry.code(),
                    item, told.field()));
            return id.get();
        });
    }

    private static void length(String where, String text, List<Finding> faults) {
        int count = text.strip().codePointCount(0, text.strip().length());
        if (count == 0)
            faults.add(finding(where, "registry.error." + where));
        else if (count > LONGEST)
            faults.add(finding(where, "registry.error.long", LONGEST, count));
    }

    private static Finding finding(String where, String key, Object... values) {
        return new Finding(where, key, Words.text(key, values));
    }

    private String who(Actor actor) {
        return actor instanceof Actor.Officer officer
                ? authorities.find(officer.authority()).map(a -> a.name()).orElse(officer.authority().code()) + " "
                        + officer.name()
                : "resident";
    }

    /// Those of the one who asks: her own, or of her office.
    List<Correction> mine(Actor actor) {
        return store.in(scope(actor), jdbc -> jdbc.sql(SELECT + " where authority = ? order by id desc limit 500")
                .params(authority(actor).code()).query((row, i) -> read(row, List.of())).list());
    }

    /// Those for the keeper to answer, the oldest first; closed ones at the end.
    List<Correction> desk() { return store.in(Loadings.KEEPER, jdbc -> jdbc.sql(SELECT + """
                 where keeper = ? order by stage not in ('ASKED', 'LOOKING'), id limit 500
                """).params(BaseRegistry.KEEPER.code()).query((row, i) -> read(row, List.of())).list()); }

    Correction get(Actor actor, long id) {
        return store.in(scope(actor), jdbc -> find(jdbc, " where authority = ? and id = ?", authority(actor).code(),
                id));
    }

    Correction forKeeper(long id) {
        return store.in(Loadings.KEEPER, jdbc -> find(jdbc, " where keeper = ? and id = ?", BaseRegistry.KEEPER.code(),
                id));
    }

    private static Correction find(JdbcClient jdbc, String where, Object... params) {
        var one = jdbc.sql(SELECT + where).params(params).query((row, i) -> read(row, List.of())).optional()
                .orElseThrow(NotThere::new);
        var steps = jdbc.sql("""
                select stage, who, note, at from registry.correction_step where authority = ? and id = ? order by step
                """).params(one.authority().code(), one.id()).query((row, i) -> new Step(Stage.valueOf(row.getString(
                1)), row.getString(2), row.getString(3), row.getTimestamp(4).toInstant())).list();
        return new Correction(one.authority(), one.id(), one.registry(), one.item(), one.field(), one.held(), one
                .claimed(), one.evidence(), one.stage(), one.at(), one.byResident(), one.officer(), steps);
    }

    /// The keeper looks, accepts or refuses; an answer has words.
    void answer(Actor.Officer keeper, long id, Stage to, String note) {
        if (!keeper.authority().equals(BaseRegistry.KEEPER))
            throw new NotThere();
        if ((to == Stage.ACCEPTED || to == Stage.REFUSED) && note.isBlank())
            throw BadInput.of("note", "registry.note", Words.text("registry.error.note"));
        store.run(Loadings.KEEPER, jdbc -> {
            var one = find(jdbc, " where keeper = ? and id = ?", BaseRegistry.KEEPER.code(), id);
            if (to == Stage.MENDED || to == Stage.WITHDRAWN)
                throw new NotThere();
            move(jdbc, one, to, who(keeper), note.strip());
            events.append(jdbc, new CorrectionAnswered(BaseRegistry.KEEPER, clock.instant(), "correction/" + id, one
                    .authority(), to));
        });
    }

    void withdraw(Actor actor, long id) {
        store.run(scope(actor), jdbc -> {
            var one = find(jdbc, " where authority = ? and id = ?", authority(actor).code(), id);
            move(jdbc, one, Stage.WITHDRAWN, who(actor), "");
        });
    }

    private void move(JdbcClient jdbc, Correction one, Stage to, String who, String note) {
        if (!one.stage().next().contains(to))
            throw new Conflict(Words.text("registry.error.too-late"));
        int n = jdbc.sql("update registry.correction set stage = ? where authority = ? and id = ? and stage = ?")
                .params(
                        to.name(), one.authority().code(), one.id(), one.stage().name())
                .update();
        if (n == 0)
            throw new Conflict(Words.text("registry.error.too-late"));
        step(jdbc, one.authority(), one.id(), to, who, note);
    }

    private void step(JdbcClient jdbc, AuthorityId authority, long id, Stage stage, String who, String note) {
        jdbc.sql("""
                insert into registry.correction_step (authority, id, step, stage, who, note, at)
                select ?, ?, coalesce(max(step), 0) + 1, ?, ?, ?, ? from registry.correction_step where authority = ? and id = ?
                """).params(authority.code(), id, stage.name(), who, note, Timestamp.from(clock.instant()), authority
                .code(), id).update();
    }

    /// Accepted requests whose item this load has changed: the registry now says something else.
    static int mended(JdbcClient jdbc, Loading loading) {
        return mended(jdbc, loading.registry(), "h.loading = ?", loading.id(), loading.file(), Timestamp.from(loading
                .knownAt().orElse(loading.proposedAt())));
    }

    /// The same for what an edition of the address dictionary has changed.
    static int mended(JdbcClient jdbc, BaseRegistry registry, int told, String version, Timestamp at) {
        return mended(jdbc, registry, "h.told = ?", told, version, at);
    }

    private static int mended(JdbcClient jdbc, BaseRegistry registry, String brought, int by, String who,
            Timestamp at) { return jdbc.sql("""
                with changed as (
                  update registry.correction c set stage = 'MENDED' where c.stage = 'ACCEPTED' and c.registry = ?
                    and exists (select from registry.change h where h.registry = c.registry and h.item = c.item and %s)
                  returning c.authority, c.id)
                insert into registry.correction_step (authority, id, step, stage, who, note, at)
                select authority, id, (select max(step) + 1 from registry.correction_step s where s.authority = changed.authority
                  and s.id = changed.id), 'MENDED', ?, '', ? from changed
                """.formatted(brought)).params(registry.code(), by, who, at).update(); }

    private static final String SELECT = """
            select authority, id, registry, item, field, held, claimed, evidence, stage, at, person <> '' as by_resident, officer
            from registry.correction""";

    private static Correction read(ResultSet row, List<Step> steps) throws SQLException {
        return new Correction(AuthorityId.of(row.getString(1)), row.getLong(2), BaseRegistry.of(row.getString(3))
                .orElseThrow(), row.getString(4), row.getString(5), row.getString(6), row.getString(7),
                row.getString(
                        8),
                Stage.valueOf(row.getString(9)), row.getTimestamp(10).toInstant(), row.getBoolean(11), row
                        .getString(12),
                steps);
    }
}
