package jp.kiban.catalogue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import jp.kiban.authority.Authorities;
import jp.kiban.authority.Authority;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Role;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Conflict;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.StandardRef;
import jp.kiban.kernel.VersionName;
import jp.kiban.letters.Letters;
import jp.kiban.standards.Standards;
import jp.kiban.store.EventLog;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// 移行の宣言. Which running cases may go over to a newer version, as the ministries have declared, and what it would do to
/// whom.
@Component
public final class Moves {
    private final Store store;
    private final EventLog events;
    private final Standards standards;
    private final Authorities authorities;
    private final ObjectProvider<RunningCases> cases;
    private final Clock clock;

    Moves(Store store, EventLog events, Standards standards, Authorities authorities,
            ObjectProvider<RunningCases> cases, Clock clock) {
        this.store = store;
        this.events = events;
        this.standards = standards;
        this.authorities = authorities;
        this.cases = cases;
        this.clock = clock;
    }

    /// Every declaration, newest first, without those that still wait for a second person; must not be asked inside
    /// another's transaction.
    public List<Move> all() { return every().stream().filter(m -> m.approved().isPresent()).toList(); }

    private List<Move> every() {
        return store.in(Scope.nation(), jdbc -> jdbc.sql("""
                select m.id, m.authority, m.standard, m.from_version, m.to_version, m.stages, m.reason, m.at, m.officer,
                    m.officer_name, e.at, a.at, a.officer, a.officer_name
                from catalogue.move m left join catalogue.move_approval a on (a.authority, a.move) = (m.authority, m.id)
                left join catalogue.move_end e on (e.authority, e.move) = (m.authority, m.id)
                order by m.id desc
                """).query((row, i) -> new Move(row.getLong(1), jp.kiban.kernel.AuthorityId.of(row.getString(2)), row
                .getString(3), VersionName.parse(row.getString(4)), VersionName.parse(row.getString(5)),
                Set.of((String[]) row
                        .getArray(6).getArray()),
                row.getString(7), row.getTimestamp(8).toInstant(), row.getString(9), row.getString(10),
                Optional.ofNullable(row.getTimestamp(12)).map(at -> approval(at, row)),
                Optional.ofNullable(row.getTimestamp(11)).map(Timestamp::toInstant)))
                .list());
    }

    private static Move.Approval approval(Timestamp at, ResultSet row) {
        try {
            return new Move.Approval(at.toInstant(), row.getString(13), row.getString(14));
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /// A declared move; `NotThere` while it is a proposal.
    public Move get(long id) { return all().stream().filter(m -> m.id() == id).findFirst().orElseThrow(NotThere::new); }

    /// Those of one ministry, its proposals among them.
    List<Move> of(Actor.Officer officer) {
        return every().stream().filter(m -> m.ministry().equals(officer.authority())).toList();
    }

    Move mine(Actor.Officer officer, long id) {
        return of(officer).stream().filter(m -> m.id() == id).findFirst().orElseThrow(NotThere::new);
    }

    Set<String> stages() {
        var all = new TreeSet<String>();
        cases.stream().forEach(c -> all.addAll(c.stages()));
        return all;
    }

    /// 団体ごとの影響.
    record AuthorityEffect(Authority authority, RunningCases.Effect effect) {}

    /// What the move would do, municipality by municipality; those without such cases are left out.
    List<AuthorityEffect> effects(Move move) {
        var all = new ArrayList<AuthorityEffect>();
        for (var municipality : authorities.municipalities())
            cases.stream().forEach(c -> {
                var effect = c.effect(municipality.id(), move.before(), move.after(), move.stages());
                if (effect.moving() + effect.staying() > 0)
                    all.add(new AuthorityEffect(municipality, effect));
            });
        return all;
    }

    /// 宣言の提案. Between two public versions of one's own standard, the second newer and not withdrawn; the same again is the
    /// same. A second person declares it.
    public Move propose(Actor.Officer officer, String standard, VersionName from, VersionName to, Set<String> stages,
            String reason) {
        if (!officer.may(Role.MINISTRY))
            throw new IllegalStateException(officer.id() + " is not of a ministry");
        var before = standards.edition(new StandardRef(standard, from));
        var after = standards.edition(new StandardRef(standard, to));
        if (!after.standard().ministry().equals(officer.authority()))
            throw new NotThere();
        var findings = new ArrayList<Finding>();
        if (!to.isAfter(from) || after.withdrawn().isPresent() || after.inForceFrom().isBefore(before.inForceFrom()))
            findings.add(new Finding("until", "catalogue.move-to", Words.text("catalogue.error.move-to")));
        if (stages.isEmpty() || !stages().containsAll(stages))
            findings.add(new Finding("stages", "catalogue.move-stages", Words.text("catalogue.error.move-stages")));
        if (reason.isBlank())
            findings.add(new Finding("reason", "catalogue.reason-wanted", Words.text("catalogue.error.reason")));
        if (Letters.count(reason) > 2_000)
            findings.add(new Finding("reason", "catalogue.reason-long", Words.text("catalogue.error.reason-long")));
        if (!findings.isEmpty())
            throw new BadInput(findings);
        var same = of(officer).stream()
                .filter(m -> m.ended().isEmpty() && m.before().equals(before.ref()) && m.after().equals(
                        after.ref()) && m.stages().equals(stages))
                .findFirst();
        if (same.isPresent())
            return same.get();
        long id = store.in(Scope.of(officer.authority()), jdbc -> {
            long made = jdbc.sql("""
                    insert into catalogue.move (authority, standard, from_version, to_version, stages, reason, at, officer, officer_name)
                    values (?, ?, ?, ?, ?::text[], ?, ?, ?, ?) returning id
                    """)
                    .params(officer.authority().code(), standard, from.text(), to.text(),
                            stages.stream().sorted().toArray(
                                    String[]::new),
                            reason.strip(), Timestamp.from(clock.instant()), officer.id(), officer.name())
                    .query(Long.class).single();
            events.append(jdbc, new MoveProposed(officer.authority(), clock.instant(), "move-" + made, before.ref(),
                    after.ref(), stages.stream().sorted().toList(), officer.id()));
            return made;
        });
        return mine(officer, id);
    }

    /// 宣言. By another person of the ministry than the one who proposed; from now on the municipalities see it.
    public Move approve(Actor.Officer officer, long id) {
        if (!officer.may(Role.MINISTRY))
            throw new IllegalStateException(officer.id() + " is not of a ministry");
        var move = mine(officer, id);
        if (move.approved().filter(a -> a.officer().equals(officer.id())).isPresent())
            return move;
        if (move.officer().equals(officer.id()))
            throw new Conflict(Words.text("catalogue.conflict.two-persons"));
        if (!move.isProposed() || standards.edition(move.after()).withdrawn().isPresent())
            throw new Conflict(Words.text("catalogue.conflict.too-late"));
        store.run(Scope.of(officer.authority()), jdbc -> {
            int kept = jdbc.sql("""
                    insert into catalogue.move_approval (authority, move, at, officer, officer_name) values (?, ?, ?, ?, ?)
                    on conflict do nothing
                    """).params(officer.authority().code(), id, Timestamp.from(clock.instant()), officer.id(), officer
                    .name()).update();
            if (kept == 0)
                throw new Conflict(Words.text("catalogue.conflict.too-late"));
            events.append(jdbc, new MoveDeclared(officer.authority(), clock.instant(), "move-" + id, move.before(), move
                    .after(), move.stages().stream().sorted().toList(), officer.id()));
        });
        return mine(officer, id);
    }

    /// Takes a proposal or a declaration back; one person is enough to stop.
    public Move end(Actor.Officer officer, long id, String reason) {
        var move = mine(officer, id);
        if (reason.isBlank() || Letters.count(reason) > 2_000)
            throw BadInput.of("reason", "catalogue.reason-wanted", Words.text("catalogue.error.reason"));
        if (move.ended().isPresent())
            return move;
        store.run(Scope.of(officer.authority()), jdbc -> {
            int kept = jdbc.sql("""
                    insert into catalogue.move_end (authority, move, at, officer, reason) values (?, ?, ?, ?, ?)
                    on conflict do nothing
                    """).params(officer.authority().code(), id, Timestamp.from(clock.instant()), officer.id(), reason
                    .strip()).update();
            if (kept == 0)
                throw new Conflict(Words.text("catalogue.conflict.too-late"));
            events.append(jdbc, new MoveDeclarationEnded(officer.authority(), clock.instant(), "move-" + id, move
                    .before(), officer.id()));
        });
        return mine(officer, id);
    }
}
