package jp.kiban.identity;

import java.security.MessageDigest;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import jp.kiban.identity.CertificateCheck.Outcome;
import jp.kiban.identity.CertificateCheck.Refusal;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// 署名要求. From the wish to sign in to a proven actor: a challenge that only one browser began and only one answer can
/// use, the card's answer, and the return of that same browser with a code that works once.
@Component
public final class Challenges {
    static final Duration OPEN = Duration.ofMinutes(5);
    static final Duration CODE = Duration.ofMinutes(1);
    private static final Logger LOG = LoggerFactory.getLogger(Challenges.class);

    private final Store store;
    private final TrustStores trust;
    private final People people;
    private final Officers officers;
    private final Clock clock;
    private final RealTime time;
    private final String residentPolicy;
    private final String staffPolicy;

    Challenges(Store store, TrustStores trust, People people, Officers officers, Clock clock, RealTime time,
            @Value("${kiban.identity.policy.resident:1.2.392.200149.8.5.1.3.30}") String residentPolicy,
            @Value("${kiban.identity.policy.staff:2.25.272829636363535744742200936177384442385}") String staffPolicy) {
        this.store = store;
        this.trust = trust;
        this.people = people;
        this.officers = officers;
        this.clock = clock;
        this.time = time;
        this.residentPolicy = residentPolicy;
        this.staffPolicy = staffPolicy;
    }

    /// 署名要求の一件. `text` is exactly what the card signs, as UTF-8.
    public record Challenge(String id, Door door, String text, Instant until) {}

    /// 到着. Who came back, and where they wanted to go.
    record Arrival(Actor actor, String next) {}

    private record Answered(Door door, X500Principal issuer, String serial, byte[] browser, String next) {}

    /// The policy (certificatePolicies) that a certificate of this door must carry.
    public String policy(Door door) { return door == Door.RESIDENT ? residentPolicy : staffPolicy; }

    Challenge begin(Door door, String browser, String next) {
        String id = Secrets.next();
        String nonce = Secrets.next();
        Instant begun = time.now().truncatedTo(ChronoUnit.SECONDS);
        store.run(Scope.nation(), jdbc -> jdbc.sql("""
                insert into identity.challenge (id, door, nonce, browser, next, begun_at) values (?, ?, ?, ?, ?, ?)
                """).params(id, door.name(), nonce, Secrets.digest(browser), next, Timestamp.from(begun)).update());
        return challenge(id, door, nonce, begun);
    }

    /// The challenge while it is open: nobody has answered it, and its five minutes are not over.
    public Optional<Challenge> find(String id) {
        return store.in(Scope.nation(), jdbc -> jdbc.sql("""
                select door, nonce, begun_at from identity.challenge
                where id = ? and answered_at is null and begun_at > ?
                """).params(id, Timestamp.from(time.now().minus(OPEN)))
                .query((row, i) -> challenge(id, Door.valueOf(row.getString(1)), row.getString(2),
                        row.getTimestamp(3).toInstant()))
                .optional());
    }

    /// The card's answer; a challenge takes one, right or wrong. A code for the browser's return, or nothing: why not is
    /// in the log.
    public Optional<String> answer(String id, byte[] certificate, byte[] signature) {
        return switch (judge(id, certificate, signature)) {
            case Outcome.Refused(var why) -> {
                LOG.info("sign-in refused: challenge {}, {}", id, why);
                yield Optional.empty();
            }
            case Outcome.Verified(var issuer, var serial) -> {
                String code = Secrets.next();
                store.run(Scope.nation(), jdbc -> jdbc.sql("""
                        update identity.challenge set code = ?, issuer = ?, serial = ? where id = ? and code is null
                        """).params(Secrets.digest(code), issuer.getEncoded(), serial.toString(), id).update());
                yield Optional.of(code);
            }
        };
    }

    Outcome judge(String id, byte[] certificate, byte[] signature) {
        var challenge = consume(id);
        if (challenge.isEmpty())
            return new Outcome.Refused(Refusal.CHALLENGE_NOT_OPEN);
        Door door = challenge.get().door();
        var outcome = CertificateCheck.check(trust.of(door), policy(door), challenge.get().text(), certificate,
                signature, clock.instant());
        if (outcome instanceof Outcome.Verified(var issuer, var serial)
                && actor(door, issuer, serial.toString()).isEmpty())
            return new Outcome.Refused(Refusal.NOBODY_LINKED);
        return outcome;
    }

    /// One statement takes the nonce: of two answers at the same moment, one finds nothing.
    private Optional<Challenge> consume(String id) {
        Instant now = time.now();
        return store.in(Scope.nation(), jdbc -> jdbc.sql("""
                update identity.challenge set answered_at = ? where id = ? and answered_at is null and begun_at > ?
                returning door, nonce, begun_at
                """).params(Timestamp.from(now), id, Timestamp.from(now.minus(OPEN)))
                .query((row, i) -> challenge(id, Door.valueOf(row.getString(1)), row.getString(2),
                        row.getTimestamp(3).toInstant()))
                .optional());
    }

    /// The browser's return. A code works once, for a minute, and only in the browser that began; shown by another, it is
    /// spent all the same.
    Optional<Arrival> redeem(String code, String state, String browser) {
        Instant now = time.now();
        var answered = store.in(Scope.nation(), jdbc -> jdbc.sql("""
                update identity.challenge set returned_at = ?
                where code = ? and id = ? and returned_at is null and answered_at > ?
                returning door, issuer, serial, browser, next
                """).params(Timestamp.from(now), Secrets.digest(code), state, Timestamp.from(now.minus(CODE)))
                .query((row, i) -> new Answered(Door.valueOf(row.getString(1)), new X500Principal(row.getBytes(2)),
                        row.getString(3), row.getBytes(4), row.getString(5)))
                .optional());
        if (answered.isEmpty()) {
            LOG.info("sign-in refused: challenge {}, the code is unknown, used or late", state);
            return Optional.empty();
        }
        if (!MessageDigest.isEqual(answered.get().browser(), Secrets.digest(browser))) {
            LOG.info("sign-in refused: challenge {}, {}", state, Refusal.OTHER_BROWSER);
            return Optional.empty();
        }
        return actor(answered.get().door(), answered.get().issuer(), answered.get().serial())
                .map(actor -> new Arrival(actor, answered.get().next()));
    }

    private Optional<? extends Actor> actor(Door door, X500Principal issuer, String serial) {
        return door == Door.RESIDENT ? people.find(issuer, serial) : officers.find(issuer, serial);
    }

    /// Readable by whoever holds the card, rebuilt here from what was kept: nothing of it comes back from outside.
    private static Challenge challenge(String id, Door door, String nonce, Instant begun) {
        String text = """
                Kiban 基盤 サインイン (sign-in)
                入口 (door): %s
                日時 (time): %s
                要求 (request): %s
                番号 (nonce): %s
                """.formatted(door.path(), begun, id, nonce);
        return new Challenge(id, door, text, begun.plus(OPEN));
    }
}
