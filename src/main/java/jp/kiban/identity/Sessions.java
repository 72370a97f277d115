package jp.kiban.identity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.PersonId;
import jp.kiban.store.EventLog;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.stereotype.Component;

/// セッション. What follows a sign-in: a random token in the browser, its digest in the database, so it survives a restart.
/// Ends after 30 minutes without a request, after 12 hours in any case, or by signing out. Measured in real time.
@Component
final class Sessions {
    static final Duration IDLE = Duration.ofMinutes(30);
    static final Duration ABSOLUTE = Duration.ofHours(12);
    /// Another node learns of a sign-out, and a changed role works, within this time.
    private static final Duration REMEMBERED = Duration.ofSeconds(5);
    private static final Duration NOTED = Duration.ofMinutes(1);
    private static final Duration SWEEP = Duration.ofMinutes(10);
    private static final int MOST_REMEMBERED = 20_000;

    private final Store store;
    private final EventLog events;
    private final Clock clock;
    private final RealTime time;
    private final Map<String, Remembered> remembered = new ConcurrentHashMap<>();
    private final AtomicReference<Instant> swept = new AtomicReference<>(Instant.EPOCH);

    Sessions(Store store, EventLog events, Clock clock, RealTime time) {
        this.store = store;
        this.events = events;
        this.clock = clock;
        this.time = time;
    }

    /// セッションの状態. What a token stands for.
    sealed interface Found {
        /// Signed in.
        record Alive(Actor actor) implements Found {}

        /// It was this actor's, and its time is over (never: after a sign-out).
        record Over(Actor actor) implements Found {}

        record Unknown() implements Found {}
    }

    private record Row(Actor actor, Instant started, Instant seen, boolean ended) {}

    private record Remembered(Row row, Instant read, Instant noted) {}

    /// A new session; its token is told this once.
    String start(Actor actor) {
        String token = Secrets.next();
        Instant now = time.now();
        sweep(now);
        store.run(Scope.of(authority(actor)), jdbc -> {
            jdbc.sql("""
                    insert into identity.session (authority, token, kind, who, started_at, seen_at)
                    values (?, ?, ?, ?, ?, ?)
                    """).params(authority(actor).code(), Secrets.digest(token), kind(actor), who(actor),
                    Timestamp.from(now), Timestamp.from(now)).update();
            events.append(jdbc, new SignedIn(authority(actor), clock.instant(), who(actor),
                    actor instanceof Actor.Officer ? Door.STAFF : Door.RESIDENT));
        });
        return token;
    }

    Found find(String token) {
        Instant now = time.now();
        var session = remember(token, now);
        if (session.isEmpty() || session.get().row().ended())
            return new Found.Unknown();
        var row = session.get().row();
        if (!now.isBefore(row.seen().plus(IDLE)) || !now.isBefore(row.started().plus(ABSOLUTE)))
            return new Found.Over(row.actor());
        note(token, session.get(), now);
        return new Found.Alive(row.actor());
    }

    private Optional<Remembered> remember(String token, Instant now) {
        var known = remembered.get(key(token));
        if (known != null && now.isBefore(known.read().plus(REMEMBERED)))
            return Optional.of(known);
        var read = read(token).map(row -> new Remembered(row, now, row.seen()));
        if (remembered.size() > MOST_REMEMBERED)
            remembered.clear();
        read.ifPresentOrElse(session -> remembered.put(key(token), session), () -> remembered.remove(key(token)));
        return read;
    }

    void end(String token) {
        if (read(token).orElse(null) instanceof Row row)
            store.run(Scope.of(authority(row.actor())), jdbc -> jdbc.sql("""
                    update identity.session set ended_at = ? where authority = ? and token = ? and ended_at is null
                    """).params(Timestamp.from(time.now()), authority(row.actor()).code(), Secrets.digest(token))
                    .update());
        remembered.remove(key(token));
    }

    /// That it was used is written at most once a minute.
    private void note(String token, Remembered session, Instant now) {
        if (now.isBefore(session.noted().plus(NOTED)))
            return;
        var actor = session.row().actor();
        store.run(Scope.of(authority(actor)), jdbc -> jdbc.sql("""
                update identity.session set seen_at = ? where authority = ? and token = ? and seen_at < ?
                """).params(Timestamp.from(now), authority(actor).code(), Secrets.digest(token), Timestamp.from(now))
                .update());
        remembered.computeIfPresent(key(token), (key, known) -> new Remembered(
                new Row(actor, known.row().started(), now, known.row().ended()), known.read(), now));
    }

    private Optional<Row> read(String token) { return store.in(Scope.nation(), jdbc -> jdbc.sql("""
                select authority, kind, who, started_at, seen_at, ended_at, officer_name, officer_roles
                from identity.session_of(?)
                """).params((Object) Secrets.digest(token)).query((row, i) -> row(row)).optional()); }

    private static Row row(ResultSet row) throws SQLException {
        var authority = AuthorityId.of(row.getString(1));
        String name = row.getString(7);
        var actor = switch (row.getString(2)) {
            case "RESIDENT" -> new Actor.Resident(authority, PersonId.of(row.getString(3)));
            // an officer who was taken off the list is nobody from that moment
            case "OFFICER" -> name == null
                    ? new Actor.Nobody()
                    : Officers.officer(authority, row.getString(3), name, row.getString(8));
            default -> throw new IllegalStateException("a session of " + row.getString(2));
        };
        return new Row(actor, row.getTimestamp(4).toInstant(), row.getTimestamp(5).toInstant(),
                row.getTimestamp(6) != null || actor instanceof Actor.Nobody);
    }

    private void sweep(Instant now) {
        var last = swept.get();
        if (now.isAfter(last.plus(SWEEP)) && swept.compareAndSet(last, now))
            store.run(Scope.nation(),
                    jdbc -> jdbc.sql("select identity.forget(?)").params(Timestamp.from(now))
                            .query((row, i) -> true).single());
    }

    private static String key(String token) { return HexFormat.of().formatHex(Secrets.digest(token)); }

    private static AuthorityId authority(Actor actor) {
        return switch (actor) {
            case Actor.Nobody nobody -> throw new IllegalStateException("nobody has no session");
            case Actor.Resident resident -> resident.authority();
            case Actor.Officer officer -> officer.authority();
        };
    }

    private static String kind(Actor actor) { return actor instanceof Actor.Officer ? "OFFICER" : "RESIDENT"; }

    private static String who(Actor actor) {
        return switch (actor) {
            case Actor.Nobody nobody -> throw new IllegalStateException("nobody has no session");
            case Actor.Resident resident -> resident.person().number();
            case Actor.Officer officer -> officer.id();
        };
    }
}
