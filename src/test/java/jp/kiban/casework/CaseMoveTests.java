package jp.kiban.casework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import jp.kiban.KibanTest;
import jp.kiban.catalogue.Move;
import jp.kiban.catalogue.Moves;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Role;
import jp.kiban.identity.SignIn;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Conflict;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.StandardRef;
import jp.kiban.standards.StandardFiles;
import jp.kiban.standards.Standards;
import jp.kiban.store.EventLog;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.test.context.TestPropertySource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Running cases that go over to a newer version which pays more for the young and nothing for those over five.
@KibanTest
@TestPropertySource(properties = "kiban.house=publishing")
class CaseMoveTests {
    /// 四日市市: no demonstration people, and no other test.
    private static final AuthorityId TOWN = AuthorityId.of("242021");
    private static final AuthorityId MINISTRY = AuthorityId.of("GCFA00");
    private static final Actor.Officer DESK = officer(TOWN, "desk", Role.RECEPTION);
    private static final Actor.Officer REVIEW = officer(TOWN, "review", Role.REVIEW);
    private static final Actor.Officer CHIEF = officer(TOWN, "chief", Role.APPROVAL);
    private static final Actor.Officer BOTH = officer(TOWN, "both", Role.REVIEW, Role.APPROVAL);
    private static final Actor.Officer MINISTER = officer(MINISTRY, "tanto", Role.MINISTRY);
    private static final Actor.Officer SECOND = officer(MINISTRY, "shonin", Role.MINISTRY);
    private static final StandardRef OLD = StandardRef.parse("zz-moving@2026-01-01");
    private static final StandardRef NEW = StandardRef.parse("zz-moving@2026-06-01");
    private static final Set<String> STAGES = Set.of("RECEIVED", "CHECKING");

    @Autowired
    Cases cases;
    @Autowired
    CaseMoves caseMoves;
    @Autowired
    Moves moves;
    @Autowired
    Standards standards;
    @Autowired
    Store store;
    @Autowired
    EventLog events;
    @Autowired
    Clock clock;
    @Autowired
    JsonMapper json;
    @LocalServerPort
    int port;

    private Applications before;
    private Applications after;

    private static Actor.Officer officer(AuthorityId authority, String id, Role... roles) {
        return new Actor.Officer(authority, id, id, Set.of(roles));
    }

    @BeforeEach
    void twoVersions() {
        before = new Applications(store, events, cases, clock).under(OLD);
        after = before.under(NEW);
        if (standards.all().stream().anyMatch(s -> s.id().equals(OLD.id())))
            return;
        publish(OLD, false);
        publish(NEW, true);
        standards.refresh();
    }

    /// As published by a ministry long ago; the examples of the original do not hold for the newer one.
    private void publish(StandardRef ref, boolean newer) {
        var shipped = StandardFiles.ofFolder(Path.of("standards"), StandardRef.parse("child-allowance@2024-10-01"))
                .orElseThrow();
        var files = new TreeMap<String, String>();
        shipped.files().forEach((path, text) -> {
            if (path.contains("/examples/") || path.contains("/layers/"))
                return;
            var changed = path.equals("standard.yaml")
                    ? text.replace("id: child-allowance", "id: " + ref.id()).replaceAll("(?m)^pattern:.*$", "")
                            + "\npattern: B\n"
                    : text;
            if (newer)
                changed = changed.replace("<text>15000</text>", "<text>20000</text>").replace(
                        "key: childUntilAge, value: 18", "key: childUntilAge, value: 5");
            files.put(path.replace("2024-10-01/", ref.version() + "/"), changed);
        });
        publish(store, clock, new StandardFiles(ref, files));
    }

    static void publish(Store store, Clock clock, StandardFiles all) {
        store.run(Scope.of(MINISTRY), jdbc -> jdbc.sql("""
                insert into catalogue.version (authority, standard, version, stage, number, package, sha256, digest, notice_days,
                    pattern, in_force_on, published_at)
                values (?, ?, ?, 'SCHEDULED', 1, ?, '', ?, 30, 'B', ?, ?)
                """).params(MINISTRY.code(), all.ref().id(), all.ref().version().text(), all.zip(), all.digest(),
                all.ref().day(), Timestamp.from(clock.instant())).update());
    }

    private Move declared() {
        var proposed = moves.propose(MINISTER, OLD.id(), OLD.version(), NEW.version(), STAGES, "改正のため");
        return moves.approve(SECOND, proposed.id());
    }

    private int seen(Move move) { return caseMoves.acts(TOWN, move.id()).size(); }

    private String answers(Random chance, String child) {
        var answers = (ObjectNode) json.readTree(Applications.answers(child, chance.nextInt(5) == 0));
        var row = (ObjectNode) answers.path("children").get(0);
        row.put("birthDate", LocalDate.of(2006 + chance.nextInt(20), 1 + chance.nextInt(12), 1 + chance.nextInt(28))
                .toString());
        row.put("livingTogether", chance.nextInt(4) > 0).put("abroad", chance.nextInt(6) == 0);
        answers.put("higherEarner", chance.nextBoolean() ? "claimant" : "spouse");
        return answers.toString();
    }

    private Case received(Applications door, String answers) {
        return door.received(TOWN, door.person(), answers, "[]", "[]", clock.instant());
    }

    private JsonNode said(Case file) {
        return json.readTree(json.writeValueAsString(cases.judge(file, cases.submission(file).answers())));
    }

    @Test
    void aMovedCaseAndANewOneWithTheSameFactsDecideAlike() {
        var move = declared();
        var chance = new Random(20261124);
        var facts = new ArrayList<String>();
        var old = new ArrayList<Case>();
        for (int i = 0; i < 24; i++) {
            String answers = answers(chance, "c" + i);
            while (!standards.version(NEW).check(json.readTree(answers)).isEmpty())
                answers = answers(chance, "c" + i);
            facts.add(answers);
            var file = received(before, facts.getLast());
            old.add(i % 3 == 0 ? cases.accept(DESK, file.receipt(), file.version()) : file);
        }
        var saidBefore = old.stream().map(this::said).toList();
        var preview = caseMoves.preview(TOWN, move);
        assertThat(preview.stream().map(p -> p.file().receipt())).containsAll(old.stream().map(Case::receipt).toList());
        assertThat(preview).anyMatch(p -> p.outcomeChanges()).anyMatch(p -> p.moves() && !p.outcomeChanges() && p
                .amountChanges());
        caseMoves.propose(REVIEW, move.id(), seen(move), "");
        assertThat(said(cases.find(TOWN, old.getFirst().receipt()))).as("a preview and a proposal change nothing")
                .isEqualTo(saidBefore.getFirst());
        caseMoves.perform(CHIEF, move.id(), seen(move));
        int changed = 0;
        for (int i = 0; i < old.size(); i++) {
            var moved = cases.find(TOWN, old.get(i).receipt());
            var fresh = received(after, facts.get(i));
            assertThat(moved.standard()).isEqualTo(NEW);
            assertThat(moved.stage()).isEqualTo(old.get(i).stage());
            assertThat(said(moved)).as(facts.get(i)).isEqualTo(said(fresh));
            assertThat(moved.suggests()).isEqualTo(fresh.suggests());
            assertThat(moved.dueOn()).isEqualTo(fresh.dueOn());
            if (!said(moved).path("outcome").equals(saidBefore.get(i).path("outcome")))
                changed++;
        }
        assertThat(changed).as("the two versions are not the same").isPositive();
        var acted = cases.find(TOWN, old.get(1).receipt());
        acted = cases.accept(DESK, acted.receipt(), acted.version());
        var back = caseMoves.takeBack(CHIEF, move.id(), seen(move), "見直し");
        assertThat(back.stayed()).as("somebody has acted on it").isPositive();
        assertThat(cases.find(TOWN, acted.receipt()).standard()).isEqualTo(NEW);
        assertThat(cases.find(TOWN, old.getFirst().receipt()).standard()).isEqualTo(OLD);
        assertThat(said(cases.find(TOWN, old.getFirst().receipt()))).isEqualTo(saidBefore.getFirst());
        var told = store.in(Scope.of(TOWN), jdbc -> events.about(jdbc, TOWN, old.getFirst().receipt().text()));
        assertThat(told.stream().map(EventLog.Entry::kind).filter("casework.CaseMoved"::equals)).hasSize(2);
        assertThat(SignIn.staff(port, "tsu-kessai").page("/casework/moves/" + move.id()).statusCode()).isEqualTo(200);
        assertThat(SignIn.staff(port, "tsu-kessai").page("/casework/moves").body()).contains("/casework/moves/" + move
                .id());
        assertThat(SignIn.staff(port, "cfa-tanto").page("/catalogue/moves/" + move.id()).body()).contains("四日市市");
        assertThat(SignIn.staff(port, "cfa-tanto").page("/catalogue/moves").statusCode()).isEqualTo(200);
        assertThat(SignIn.staff(port, "digital-tanto").page("/catalogue/moves/" + move.id()).statusCode()).isEqualTo(
                404);
        assertThat(SignIn.staff(port, "tsu-kessai").page("/casework/moves/987654").statusCode()).isEqualTo(404);
    }

    @Test
    void twoPeopleMoveAndOnlyWhatWasDeclared() {
        var move = moves.propose(MINISTER, OLD.id(), OLD.version(), NEW.version(), Set.of("CHECKING"), "審査中だけ");
        assertThat(moves.propose(MINISTER, OLD.id(), OLD.version(), NEW.version(), Set.of("CHECKING"), "審査中だけ"))
                .as("the same again").isEqualTo(move);
        assertThatThrownBy(() -> caseMoves.propose(REVIEW, move.id(), 0, "")).as("one person of the ministry alone")
                .isInstanceOf(NotThere.class);
        assertThat(caseMoves.of(TOWN)).noneMatch(m -> m.id() == move.id());
        assertThatThrownBy(() -> moves.approve(MINISTER, move.id())).isInstanceOf(Conflict.class);
        assertThatThrownBy(() -> moves.approve(officer(AuthorityId.of("GDIG00"), "other", Role.MINISTRY), move.id()))
                .as("another ministry").isInstanceOf(NotThere.class);
        assertThat(SignIn.staff(port, "cfa-shonin").page("/catalogue/moves/" + move.id()).body()).contains("/approve");
        var declared = moves.approve(SECOND, move.id());
        assertThat(declared.isOpen()).isTrue();
        assertThat(moves.approve(SECOND, move.id())).as("sent twice").isEqualTo(declared);
        var waiting = received(before, Applications.answers("w1", false));
        var checking = received(before, Applications.answers("w2", false));
        checking = cases.accept(DESK, checking.receipt(), checking.version());
        caseMoves.propose(BOTH, move.id(), seen(move), "");
        int seen = seen(move);
        assertThatThrownBy(() -> caseMoves.perform(BOTH, move.id(), seen)).isInstanceOf(Conflict.class);
        assertThat(cases.find(TOWN, checking.receipt()).standard()).isEqualTo(OLD);
        var done = caseMoves.perform(CHIEF, move.id(), seen);
        assertThat(caseMoves.perform(CHIEF, move.id(), seen)).as("sent twice").isEqualTo(done);
        assertThat(cases.find(TOWN, checking.receipt()).standard()).isEqualTo(NEW);
        assertThat(cases.find(TOWN, waiting.receipt()).standard()).as("its stage was not declared").isEqualTo(OLD);
        assertThatThrownBy(() -> moves.propose(MINISTER, OLD.id(), NEW.version(), OLD.version(), STAGES, "逆"))
                .as("never to an older one").isInstanceOf(BadInput.class);
        assertThatThrownBy(() -> moves.propose(MINISTER, OLD.id(), OLD.version(), NEW.version(), Set.of("GRANTED"),
                "決定後")).as("what is decided stays decided").isInstanceOf(BadInput.class);
        moves.end(MINISTER, move.id(), "終わり");
        caseMoves.takeBack(CHIEF, move.id(), seen(move), "戻す");
        assertThat(cases.find(TOWN, checking.receipt()).standard()).isEqualTo(OLD);
        assertThatThrownBy(() -> caseMoves.propose(REVIEW, move.id(), seen(move), "")).as("the ministry ended it")
                .isInstanceOf(Conflict.class);
    }

    @Test
    void aCaseOfAFaultyVersionKeepsItAndMayMoveToTheCorrectionOfTheSameDay() {
        var faulty = StandardRef.parse("zz-amended@2026-02-01");
        var correction = StandardRef.parse("zz-amended@2026-02-01.02");
        publish(faulty, false);
        standards.refresh();
        var door = before.under(standards.inForce(faulty.id(), LocalDate.now(clock)).ref());
        var morning = received(door, Applications.answers("a1", false));
        publish(correction, true);
        standards.refresh();
        door = before.under(standards.inForce(faulty.id(), LocalDate.now(clock)).ref());
        var evening = received(door, Applications.answers("a1", false));
        assertThat(cases.find(TOWN, morning.receipt()).standard()).as("filed before it").isEqualTo(faulty);
        assertThat(evening.standard()).as("filed after it").isEqualTo(correction);
        assertThat(said(morning)).isNotEqualTo(said(evening));
        assertThatThrownBy(() -> moves.propose(MINISTER, faulty.id(), correction.version(), faulty.version(), STAGES,
                "逆")).as("never back to the faulty one").isInstanceOf(BadInput.class);
        var page = SignIn.staff(port, "cfa-tanto").postText("/catalogue/moves", "service=zz-amended&from=2026-02-01"
                + "&until=2026-02-01.2&stages=RECEIVED&reason=x");
        assertThat(page.statusCode()).isEqualTo(422);
        assertThat(page.body()).contains("2026-12-01.02");
        var move = moves.approve(SECOND, moves.propose(MINISTER, faulty.id(), faulty.version(), correction.version(),
                STAGES, "額の誤り").id());
        caseMoves.propose(REVIEW, move.id(), seen(move), "");
        caseMoves.perform(CHIEF, move.id(), seen(move));
        var moved = cases.find(TOWN, morning.receipt());
        assertThat(moved.standard()).isEqualTo(correction);
        assertThat(said(moved)).isEqualTo(said(cases.find(TOWN, evening.receipt())));
        assertThat(SignIn.staff(port, "cfa-tanto").page("/catalogue/moves/" + move.id()).body()).contains(
                "2026-02-01.02");
    }
}
