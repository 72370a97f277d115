package jp.kiban.conformity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.kiban.casework.StraightThrough;
import jp.kiban.catalogue.Layers;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Role;
import jp.kiban.kernel.ActingDay;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Conflict;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.StandardRef;
import jp.kiban.standards.Field;
import jp.kiban.standards.Standards;
import jp.kiban.standards.Variations;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// 検査の場. Each is an invented authority of its own, with the local values it has set: a partition of the database like that
/// of any municipality, and nobody's. Whoever opened it knows its secret name; nobody else can act in it. It ends when it is
/// ended, or by itself after some hours; then nothing of it is left. So many may be open at once, and so many be opened in
/// an hour. In operation (`kiban.demo=false`) only who has the entry key of the house may open one.
@Component
@ConditionalOnProperty("kiban.conformity.enabled")
final class TestSessions implements StraightThrough {
    static final int SHORTEST_KEY = 20;
    private static final String LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private final SecureRandom random = new SecureRandom();
    private final Store store;
    private final Standards standards;
    private final Layers layers;
    private final JsonMapper json;
    private final Limits limits;
    /// Time as it passes, whatever day the demonstration shows or an act is done on.
    private final Clock real = Clock.systemUTC();

    TestSessions(Store store, Standards standards, Layers layers, JsonMapper json, Limits limits) {
        this.store = store;
        this.standards = standards;
        this.layers = layers;
        this.json = json;
        this.limits = limits;
    }

    /// 検査の場の限り.
    ///
    /// @param openAtOnce sessions that may be open at one time
    /// @param anHour sessions that may be opened within one hour
    /// @param hours after which a session ends by itself
    /// @param key what whoever opens one must know; where it is empty everybody may in a demonstration, and nobody else
    @Component
    @ConditionalOnProperty("kiban.conformity.enabled")
    record Limits(int openAtOnce, int anHour, int hours, String key, boolean demo) {
        Limits(@Value("${kiban.conformity.open-at-once:200}") int openAtOnce,
                @Value("${kiban.conformity.an-hour:1000}") int anHour,
                @Value("${kiban.conformity.hours:2}") int hours, @Value("${kiban.conformity.key:}") String key,
                @Value("${kiban.demo:false}") boolean demo) {
            this.openAtOnce = openAtOnce;
            this.anHour = anHour;
            this.hours = hours;
            this.key = key.strip();
            this.demo = demo;
            if (openAtOnce < 0 || anHour < 0 || hours < 1 || hours > 168)
                throw new IllegalStateException(
                        "kiban.conformity: open-at-once and an-hour are 0 or more, hours 1 to 168;"
                                + " seen: " + openAtOnce + ", " + anHour + ", " + hours);
            if (!this.key.isEmpty() && this.key.length() < SHORTEST_KEY)
                throw new IllegalStateException("kiban.conformity.key has " + this.key.length()
                        + " characters; at least " + SHORTEST_KEY + " are wanted, so that nobody guesses it");
        }

        /// @param bearer what came in `Authorization: Bearer …`, empty where nothing did
        boolean mayOpen(String bearer) {
            return key.isEmpty()
                    ? demo
                    : MessageDigest.isEqual(key.getBytes(StandardCharsets.UTF_8),
                            bearer.getBytes(StandardCharsets.UTF_8));
        }
    }

    /// 満員. No more sessions now; `again` is when there will be room.
    static final class Crowded extends RuntimeException {
        private final Instant again;

        Crowded(Instant again) {
            super("no more test sessions before " + again, null, false, false);
            this.again = again;
        }

        Instant again() { return again; }
    }

    /// @param name secret, to be used in the addresses
    /// @param values every value in force: the local ones, else the defaults
    record Session(String name, AuthorityId authority, String standard, Map<String, JsonNode> local,
            Instant endsAt) {}

    Limits limits() { return limits; }

    @Override
    public boolean isOn(JdbcClient jdbc, AuthorityId test) {
        return jdbc.sql("select automatic from conformity.session where authority = ? and ended_at is null").param(test
                .code()).query(Boolean.class).optional().orElse(false);
    }

    /// Opens one; local values outside their limits are refused, all at once. `Crowded` when there are enough.
    Session open(StandardRef version, Map<String, JsonNode> local) { return open(version, local, false); }

    /// @param automatic simple cases are decided when they arrive, without being asked
    Session open(StandardRef version, Map<String, JsonNode> local, boolean automatic) {
        standards.version(version).variations().merge(local);
        var now = real.instant();
        store.in(Scope.nation(), jdbc -> jdbc.sql("select conformity.open_one(?, ?, ?)")
                .params(Timestamp.from(now), (long) limits.openAtOnce(), (long) limits.anHour())
                .query((row, i) -> Optional.ofNullable(row.getTimestamp(1)).map(Timestamp::toInstant)).single())
                .ifPresent(again -> {
                    throw new Crowded(again);
                });
        var ends = now.plus(Duration.ofHours(limits.hours()));
        while (true) {
            var authority = AuthorityId.of("T" + letters(5));
            if (authority.code().equals("T00000"))
                continue;
            var secret = letters(26);
            int opened = store.in(Scope.of(authority), jdbc -> jdbc.sql("""
                    insert into conformity.session (authority, secret, standard, local, opened_at, ends_at, automatic)
                    values (?, ?, ?, ?::jsonb, ?, ?, ?) on conflict do nothing
                    """).params(authority.code(), secret, version.id(), json.writeValueAsString(local),
                    Timestamp.from(now), Timestamp.from(ends), automatic).update());
            if (opened == 0)
                continue;
            var session = new Session(authority.code() + "-" + secret, authority, version.id(), local, ends);
            try {
                set(authority, version, local);
            } catch (BadInput | Conflict refused) {
                end(session);
                throw refused;
            }
            return session;
        }
    }

    /// Ends it: its name is no longer known, and what it left is gone.
    void end(Session session) {
        var authority = session.authority();
        store.run(Scope.of(authority), jdbc -> jdbc
                .sql("update conformity.session set ended_at = ? where authority = ? and ended_at is null")
                .params(Timestamp.from(real.instant()), authority.code()).update());
        store.in(Scope.of(authority), jdbc -> jdbc.sql("select conformity.forget(?)").param(authority.code())
                .query(Long.class).single());
    }

    /// By the two officers and the acts of every other authority, to be in force from the first day of the version.
    private void set(AuthorityId authority, StandardRef version, Map<String, JsonNode> local) {
        if (local.isEmpty())
            return;
        var proposing = new Actor.Officer(authority, "kensa-1", "検査 一郎", Set.of(Role.RECEPTION, Role.REVIEW));
        var approving = new Actor.Officer(authority, "kensa-2", "検査 花子", Set.of(Role.APPROVAL));
        ActingDay.on(version.day().minusDays(1), () -> {
            var layer = layers.propose(proposing, version.id(), new Layers.Wanted(version.day(), Optional.empty(),
                    local, "適合性検査条例", "適合性検査のため", Optional.empty()));
            return layers.approve(approving, version.id(), layer.number());
        });
    }

    /// `NotThere` for every name that was not given out, and for those whose session has ended.
    Session find(String name) {
        if (!name.matches("T[0-9A-Z]{5}-[0-9A-Z]{26}"))
            throw new NotThere();
        var authority = AuthorityId.of(name.substring(0, 6));
        return store.in(Scope.of(authority), jdbc -> jdbc
                .sql("""
                        select standard, local::text, ends_at from conformity.session
                        where authority = ? and secret = ? and ended_at is null and ends_at > ?
                        """)
                .params(authority.code(), name.substring(7), Timestamp.from(real.instant())).query((row, i) -> {
                    var local = new LinkedHashMap<String, JsonNode>();
                    json.readTree(row.getString(2)).forEachEntry(local::put);
                    return new Session(name, authority, row.getString(1), local, row.getTimestamp(3).toInstant());
                }).optional()).orElseThrow(NotThere::new);
    }

    /// The values in force in this session under the version.
    Variations.Values values(Session session, StandardRef version) {
        return layers.values(session.authority(), standards.version(version), version.day());
    }

    /// Where the answers to the questions and papers that this municipality adds stand: `local.reason`.
    List<String> localQuestions(Session session, StandardRef version) {
        return layers.form(session.authority(), standards.version(version), version.day()).form().fields().stream()
                .map(Field::path).filter(path -> path.startsWith("local.")).toList();
    }

    private String letters(int count) {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++)
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        return text.toString();
    }
}
