package jp.kiban.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import jp.kiban.KibanTest;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.PersonId;
import jp.kiban.store.EventLog;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/// How long a sign-in lasts, and what is kept when it ends.
@KibanTest
class SessionTests {
    private static final AuthorityId YUBARI = AuthorityId.of("012092");
    private static final AuthorityId AOGASHIMA = AuthorityId.of("134023");
    private static final Actor RESIDENT = new Actor.Resident(YUBARI, PersonId.of("5550001"));
    private static final Actor OTHER = new Actor.Resident(YUBARI, PersonId.of("5550002"));
    private static final Instant START = Instant.parse("2031-05-01T00:00:00Z");

    @Autowired
    Store store;
    @Autowired
    EventLog events;
    @Autowired
    Clock clock;
    @Autowired
    JsonMapper json;
    @Autowired
    Officers officers;
    @Autowired
    JdbcClient bare;

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private Sessions sessions;
    private Parking parking;

    @BeforeEach
    void begin() {
        now.set(START);
        sessions = again();
        parking = new Parking(store, json, new RealTime(PolicyTests.ticking(now)));
    }

    /// What another node, or this one after a restart, would see.
    private Sessions again() { return new Sessions(store, events, clock, new RealTime(PolicyTests.ticking(now))); }

    @Test
    void aSessionSurvivesARestart() {
        String token = sessions.start(RESIDENT);
        assertThat(again().find(token)).isEqualTo(new Sessions.Found.Alive(RESIDENT));
    }

    @Test
    void withoutARequestItEndsAfterThirtyMinutes() {
        String token = sessions.start(RESIDENT);
        pass(Duration.ofMinutes(30).minusMillis(1));
        assertThat(again().find(token)).isEqualTo(new Sessions.Found.Alive(RESIDENT));
        String other = sessions.start(OTHER);
        pass(Duration.ofMinutes(30));
        assertThat(again().find(other)).isEqualTo(new Sessions.Found.Over(OTHER));
        assertThat(sessions.find(other)).isEqualTo(new Sessions.Found.Over(OTHER));
    }

    @Test
    void whoKeepsWorkingStaysSignedInForTwelveHours() {
        String token = sessions.start(RESIDENT);
        for (int i = 0; i < 12 * 60 / 20 - 1; i++) {
            pass(Duration.ofMinutes(20));
            assertThat(sessions.find(token)).isEqualTo(new Sessions.Found.Alive(RESIDENT));
        }
        pass(Duration.ofMinutes(20).minusMillis(1));
        assertThat(sessions.find(token)).isEqualTo(new Sessions.Found.Alive(RESIDENT));
        pass(Duration.ofMillis(1));
        assertThat(sessions.find(token)).isEqualTo(new Sessions.Found.Over(RESIDENT));
    }

    @Test
    void afterSigningOutTheTokenIsNobodys() {
        String token = sessions.start(RESIDENT);
        sessions.end(token);
        assertThat(sessions.find(token)).isEqualTo(new Sessions.Found.Unknown());
        assertThat(again().find(token)).isEqualTo(new Sessions.Found.Unknown());
    }

    @Test
    void aGuessedTokenIsNobodys() { assertThat(sessions.find("guessed")).isEqualTo(new Sessions.Found.Unknown()); }

    @Test
    void theDatabaseDoesNotKnowTheToken() {
        String token = sessions.start(RESIDENT);
        long known = store.in(Scope.of(YUBARI), jdbc -> jdbc.sql("""
                select count(*) from identity.session where position(convert_to(?, 'UTF8') in token) > 0
                """).params(token).query(Long.class).single());
        assertThat(known).isZero();
    }

    @Test
    void aChangedRoleWorksInARunningSession() {
        var reviewer = new Actor.Officer(YUBARI, "session-test", "試験 一郎", Set.of(Role.REVIEW));
        officers.add(reviewer);
        String token = sessions.start(reviewer);
        assertThat(sessions.find(token)).isEqualTo(new Sessions.Found.Alive(reviewer));
        var approver = new Actor.Officer(YUBARI, "session-test", "試験 一郎", Set.of(Role.APPROVAL));
        officers.add(approver);
        pass(Duration.ofSeconds(5));
        assertThat(sessions.find(token)).isEqualTo(new Sessions.Found.Alive(approver));
    }

    @Test
    void whatWasTypedIsGivenBackToTheSamePersonOnceOnly() {
        var fields = Map.of("name", List.of("山田"), "child", List.of("一", "二"));
        parking.park(RESIDENT, "/x", fields);
        assertThat(parking.take(OTHER, "/x")).isEmpty();
        assertThat(parking.take(new Actor.Resident(AOGASHIMA, PersonId.of("5550001")), "/x"))
                .as("the same number elsewhere is somebody else").isEmpty();
        assertThat(parking.take(new Actor.Officer(YUBARI, "5550001", "甲", Set.of(Role.REVIEW)), "/x")).isEmpty();
        assertThat(parking.take(new Actor.Nobody(), "/x")).isEmpty();
        assertThat(parking.take(RESIDENT, "/y")).isEmpty();
        assertThat(parking.take(RESIDENT, "/x")).contains(fields);
        assertThat(parking.take(RESIDENT, "/x")).isEmpty();
    }

    @Test
    void anotherCannotTakeItByItsNumberEither() {
        parking.park(RESIDENT, "/x", Map.of("a", List.of("1")));
        String id = parking.newest(RESIDENT, Optional.empty()).orElseThrow().id();
        assertThat(parking.remove(OTHER, id)).isEmpty();
        assertThat(parking.remove(RESIDENT, id)).isPresent();
    }

    @Test
    void itIsKeptForADay() {
        parking.park(RESIDENT, "/x", Map.of("a", List.of("1")));
        pass(Duration.ofHours(24).minusMillis(1));
        assertThat(parking.newest(RESIDENT, Optional.of("/x"))).isPresent();
        pass(Duration.ofMillis(1));
        assertThat(parking.newest(RESIDENT, Optional.of("/x"))).isEmpty();
        assertThat(parking.take(RESIDENT, "/x")).isEmpty();
    }

    @Test
    void theLookupsTellNothingWithoutAnExactKey() {
        assertThat(bare.sql("select count(*) from identity.session").query(Long.class).single()).isZero();
        assertThat(bare.sql("select count(*) from identity.parked").query(Long.class).single()).isZero();
        assertThat(bare.sql("select count(*) from identity.officer").query(Long.class).single()).isZero();
        assertThat(bare.sql("select count(*) from identity.person_link").query(Long.class).single()).isZero();
        assertThat(bare.sql("select count(*) from identity.session_of(''::bytea)").query(Long.class).single())
                .isZero();
    }

    private void pass(Duration duration) { now.updateAndGet(t -> t.plus(duration)); }
}
