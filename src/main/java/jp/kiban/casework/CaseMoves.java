package jp.kiban.casework;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.kiban.catalogue.Move;
import jp.kiban.catalogue.Moves;
import jp.kiban.catalogue.RunningCases;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Role;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Conflict;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.StandardRef;
import jp.kiban.letters.Letters;
import jp.kiban.standards.Judgement;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// 版の移行. Running cases that go over to a newer version: previewed, proposed by one officer, performed by another who
/// decides, and taken back for every case on which nobody has acted since.
@Component
final class CaseMoves implements RunningCases {
    /// Those in which nothing rests on the rules yet; what waits for a decision is sent back first.
    static final Set<CaseStage> STAGES = Set.of(CaseStage.RECEIVED, CaseStage.CHECKING, CaseStage.CORRECTION);

    private final Store store;
    private final Cases cases;
    private final Moves moves;
    private final Clock clock;

    CaseMoves(Store store, Cases cases, Moves moves, Clock clock) {
        this.store = store;
        this.cases = cases;
        this.moves = moves;
        this.clock = clock;
    }

    /// 一つの事案への影響. What the rules of both versions say; `stays` names why it cannot move.
    record Preview(Case file, Judgement.Outcome before, Optional<Judgement.Outcome> after, boolean amountChanges,
            Optional<String> stays) {
        boolean moves() { return stays.isEmpty(); }

        boolean outcomeChanges() { return after.filter(a -> a != before).isPresent(); }
    }

    /// 操作の一件.
    record Act(int number, Kind kind, Instant at, String officer, String officerName, String note, int moved,
            int stayed) {}

    /// 操作の種類.
    enum Kind {
        PROPOSED, CALLED_OFF, PERFORMED, TAKEN_BACK
    }

    @Override
    public Set<String> stages() { return STAGES.stream().map(Enum::name).collect(Collectors.toSet()); }

    @Override
    public Effect effect(AuthorityId authority, StandardRef from, StandardRef to, Set<String> stages) {
        var previews = preview(authority, from, to, stages);
        var byStage = new LinkedHashMap<String, Integer>();
        previews.stream().filter(Preview::moves).forEach(p -> byStage.merge(p.file().stage().name(), 1, Integer::sum));
        int moving = (int) previews.stream().filter(Preview::moves).count();
        return new Effect(moving, byStage, (int) previews.stream().filter(p -> p.moves() && p.outcomeChanges()).count(),
                (int) previews.stream().filter(p -> p.moves() && !p.outcomeChanges() && p.amountChanges()).count(),
                previews.size() - moving);
    }

    List<Preview> preview(AuthorityId authority, Move move) {
        return preview(authority, move.before(), move.after(), move.stages());
    }

    private List<Preview> preview(AuthorityId authority, StandardRef from, StandardRef to, Set<String> stages) {
        return store.in(Scope.of(authority), jdbc -> running(jdbc, authority, from, stages, "").stream().map(file -> {
            var before = cases.judgement(file, from);
            var stays = cases.stays(jdbc, file, to);
            if (stays.isPresent())
                return new Preview(file, before.outcome(), Optional.empty(), false, stays);
            var after = cases.judgement(file, to);
            return new Preview(file, before.outcome(), Optional.of(after.outcome()), !before.months().equals(after
                    .months()) || !before.once().equals(after.once()), Optional.empty());
        }).toList());
    }

    private static List<Case> running(JdbcClient jdbc, AuthorityId authority, StandardRef version, Set<String> stages,
            String lock) {
        return jdbc.sql("select " + Cases.COLUMNS + """
                from casework.case_file where authority = ? and standard = ? and standard_version = ?
                    and stage = any(?::text[]) order by receipt
                """ + lock)
                .params(authority.code(), version.id(), version.version().text(), stages.toArray(String[]::new))
                .query((row, i) -> Cases.read(authority, row)).list();
    }

    /// The declared moves that concern cases of this authority, or did.
    List<Move> of(AuthorityId authority) {
        return moves.all().stream().filter(m -> m.isOpen() || !acts(authority, m.id()).isEmpty()).toList();
    }

    List<Act> acts(AuthorityId authority, long move) {
        return store.in(Scope.of(authority), jdbc -> acts(jdbc, authority, move));
    }

    private static List<Act> acts(JdbcClient jdbc, AuthorityId authority, long move) {
        return jdbc.sql("""
                select number, kind, at, officer, officer_name, note, moved, stayed from casework.move_act
                where authority = ? and move = ? order by number
                """).params(authority.code(), move).query((row, i) -> new Act(row.getInt(1), Kind.valueOf(row.getString(
                2)), row.getTimestamp(3).toInstant(), row.getString(4), row.getString(5), row.getString(6),
                row.getInt(7),
                row.getInt(8))).list();
    }

    /// What may come next.
    static Set<Kind> next(Optional<Act> last) {
        return last.map(act -> switch (act.kind()) {
            case PROPOSED -> Set.of(Kind.PERFORMED, Kind.CALLED_OFF);
            case PERFORMED -> Set.of(Kind.TAKEN_BACK);
            case CALLED_OFF, TAKEN_BACK -> Set.of(Kind.PROPOSED);
        }).orElse(Set.of(Kind.PROPOSED));
    }

    /// 移行の提案.
    Act propose(Actor.Officer officer, long move, int seen, String note) {
        if (!moves.get(move).isOpen())
            throw new Conflict(Words.text("casework.conflict.move-ended"));
        return act(officer, move, seen, Kind.PROPOSED, note, jdbc -> new int[]{0, 0});
    }

    /// Takes the proposal back.
    Act callOff(Actor.Officer officer, long move, int seen, String note) {
        return act(officer, move, seen, Kind.CALLED_OFF, note, jdbc -> new int[]{0, 0});
    }

    /// 移行. By an officer who decides, and who did not propose it; each case in its own step of its own history.
    Act perform(Actor.Officer officer, long move, int seen) {
        mustDecide(officer);
        var declared = moves.get(move);
        if (!declared.isOpen())
            throw new Conflict(Words.text("casework.conflict.move-ended"));
        return act(officer, move, seen, Kind.PERFORMED, "", jdbc -> {
            var last = acts(jdbc, officer.authority(), move).getLast();
            if (last.officer().equals(officer.id()))
                throw new Conflict(Words.TWO_PERSONS);
            int moved = 0;
            int stayed = 0;
            for (var file : running(jdbc, officer.authority(), declared.before(), declared.stages(), "for update"))
                if (cases.stays(jdbc, file, declared.after()).isPresent())
                    stayed++;
                else {
                    cases.carry(jdbc, file, declared.after(), officer, move, false);
                    moved++;
                }
            return new int[]{moved, stayed};
        });
    }

    /// 移行の取り消し. Every moved case on which nobody has acted since goes back; the others stay where they are.
    Act takeBack(Actor.Officer officer, long move, int seen, String note) {
        mustDecide(officer);
        if (note.isBlank())
            throw BadInput.of("note", "casework.reason-wanted", Words.REASON_WANTED);
        var declared = moves.get(move);
        return act(officer, move, seen, Kind.TAKEN_BACK, note, jdbc -> {
            int back = 0;
            int stayed = 0;
            for (var receipt : movedBy(jdbc, officer.authority(), move)) {
                var file = cases.locked(jdbc, officer.authority(), receipt.receipt());
                if (file.version() == receipt.number() && file.standard().equals(declared.after())) {
                    cases.carry(jdbc, file, declared.before(), officer, move, true);
                    back++;
                } else
                    stayed++;
            }
            return new int[]{back, stayed};
        });
    }

    private record Moved(ReceiptNumber receipt, int number) {}

    /// The last time that this move took the case over, unless it has been taken back since.
    private static List<Moved> movedBy(JdbcClient jdbc, AuthorityId authority, long move) {
        return jdbc.sql("""
                select distinct on (receipt) receipt, number, (detail->>'back')::boolean from casework.step
                where authority = ? and event = 'CaseMoved' and (detail->>'move')::bigint = ? order by receipt, number desc
                """).params(authority.code(), move).query((row, i) -> row.getBoolean(3)
                ? Optional.<Moved>empty()
                : Optional.of(new Moved(ReceiptNumber.of(row.getString(1)), row.getInt(2)))).list().stream()
                .filter(Objects::nonNull).flatMap(Optional::stream).toList();
    }

    private static void mustDecide(Actor.Officer officer) {
        if (!officer.may(Role.APPROVAL))
            throw new IllegalStateException(officer.id() + " does not decide");
    }

    private interface Work {
        int[] on(JdbcClient jdbc);
    }

    private Act act(Actor.Officer officer, long move, int seen, Kind kind, String note, Work work) {
        moves.get(move);
        if (Letters.count(note) > 2_000)
            throw BadInput.of("note", "casework.reason-long", Words.REASON_LONG);
        return store.in(Scope.of(officer.authority()), jdbc -> {
            jdbc.sql("select pg_advisory_xact_lock(hashtext(?))").param("move " + officer.authority() + move).query((
                    row, i) -> true).single();
            var all = acts(jdbc, officer.authority(), move);
            if (all.size() != seen) {
                if (all.size() == seen + 1 && all.getLast().kind() == kind && all.getLast().officer().equals(officer
                        .id()))
                    return all.getLast();
                throw new Conflict(Words.text("casework.conflict.move-too-late"));
            }
            if (!next(all.isEmpty() ? Optional.empty() : Optional.of(all.getLast())).contains(kind))
                throw new Conflict(Words.text("casework.conflict.move-too-late"));
            int[] done = work.on(jdbc);
            var made = new Act(seen + 1, kind, clock.instant().truncatedTo(ChronoUnit.MICROS), officer.id(),
                    officer.name(), note.strip(), done[0],
                    done[1]);
            jdbc.sql("""
                    insert into casework.move_act (authority, move, number, kind, at, officer, officer_name, note, moved, stayed)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """).params(officer.authority().code(), move, made.number(), kind.name(), Timestamp.from(made.at()),
                    officer.id(), officer.name(), made.note(), made.moved(), made.stayed()).update();
            return made;
        });
    }

}
