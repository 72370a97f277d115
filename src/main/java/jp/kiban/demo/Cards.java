package jp.kiban.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.security.auth.x500.X500Principal;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Challenges;
import jp.kiban.identity.Door;
import jp.kiban.identity.Officers;
import jp.kiban.identity.People;
import jp.kiban.identity.TrustStores;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// 見本のカード入れ. The test cards of everybody in the demonstration. A card's key is made when it is first used and never
/// leaves the demonstration's folder; three wrong PINs lock it, also over a restart. What the real card does: check the
/// PIN, sign a text, hand out its certificate.
@Demo
@Component
class Cards {
    static final int TRIES = 3;
    private static final String RESIDENT_CA = "C=JP,O=Kiban demonstration (not JPKI),OU=Test CA for resident user authentication";
    private static final String STAFF_CA = "C=JP,O=Kiban demonstration,OU=Test CA for officers";

    private final List<CardHolders> lists;
    private final People people;
    private final Officers officers;
    private final Challenges challenges;
    private final TrustStores trust;
    private final Clock clock;
    private final Path folder;
    private final Map<Door, TestCa> authorities = new ConcurrentHashMap<>();
    private final Map<String, Card> inUse = new ConcurrentHashMap<>();

    Cards(List<CardHolders> lists, People people, Officers officers, Challenges challenges, TrustStores trust,
            Clock clock, @Value("${kiban.data}") Path data) {
        this.lists = lists;
        this.people = people;
        this.officers = officers;
        this.challenges = challenges;
        this.trust = trust;
        this.clock = clock;
        this.folder = data.resolve("demo-cards");
    }

    /// カードの返事. What the card says to a PIN.
    sealed interface Answer {
        record Signed(byte[] certificate, byte[] signature) implements Answer {}

        record WrongPin(int triesLeft) implements Answer {}

        record Locked() implements Answer {}
    }

    private record Card(PrivateKey key, X509Certificate certificate) {}

    /// Those that work first; in the order in which they came.
    List<CardHolder> all() {
        var all = new LinkedHashMap<String, CardHolder>();
        for (var list : lists)
            for (var holder : list.all())
                all.putIfAbsent(holder.cardId(), holder);
        return all.values().stream().sorted(Comparator.comparing(CardHolder::condition)).toList();
    }

    Optional<CardHolder> find(String cardId) {
        return all().stream().filter(holder -> holder.cardId().equals(cardId)).findFirst();
    }

    static Door door(CardHolder holder) { return holder.isStaff() ? Door.STAFF : Door.RESIDENT; }

    Answer sign(CardHolder holder, String pin, String text) {
        synchronized (this) {
            int left = triesLeft(holder);
            if (left == 0)
                return new Answer.Locked();
            if (!pin.equals(holder.pin())) {
                wrong(holder, TRIES - left + 1);
                return left == 1 ? new Answer.Locked() : new Answer.WrongPin(left - 1);
            }
            reset(holder);
        }
        var card = inUse.computeIfAbsent(holder.cardId(), id -> take(holder));
        authority(door(holder)).refresh(clock);
        try {
            var signer = Signature.getInstance("SHA256withRSA");
            signer.initSign(card.key());
            signer.update(text.getBytes(StandardCharsets.UTF_8));
            return new Answer.Signed(card.certificate().getEncoded(), signer.sign());
        } catch (GeneralSecurityException never) {
            throw new IllegalStateException(never);
        }
    }

    int triesLeft(CardHolder holder) {
        try {
            return Files.exists(tries(holder))
                    ? TRIES - Integer.parseInt(Files.readString(tries(holder)).strip())
                    : TRIES;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    void reset(CardHolder holder) {
        try {
            Files.deleteIfExists(tries(holder));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void wrong(CardHolder holder, int tries) {
        try {
            Files.createDirectories(folder);
            TestCa.write(tries(holder), Integer.toString(tries).getBytes(StandardCharsets.US_ASCII));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Path tries(CardHolder holder) { return folder.resolve(holder.cardId() + ".tries"); }

    /// The card out of the folder, made there if it is new; and whose it is, told to the platform as a municipality would.
    private Card take(CardHolder holder) {
        try {
            Path key = folder.resolve(holder.cardId() + ".key");
            Path certificate = folder.resolve(holder.cardId() + ".cer");
            authority(door(holder));
            if (!Files.exists(key) || !Files.exists(certificate)) {
                var keys = TestCa.newKeys();
                TestCa.write(certificate, issue(holder, keys.getPublic()).getEncoded());
                TestCa.write(key, keys.getPrivate().getEncoded());
            }
            var card = new Card(TestCa.readKey(key), TestCa.read(certificate));
            link(holder, card.certificate());
            return card;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException("the card in " + folder + " cannot be read: " + holder.cardId(), failed);
        }
    }

    private X509Certificate issue(CardHolder holder, java.security.PublicKey key) {
        Door door = door(holder);
        var wish = TestCa.Wish.usual(holder.cardId(), key, challenges.policy(door));
        return switch (holder.condition()) {
            case VALID -> authority(door).issue(wish);
            case EXPIRED -> authority(door).issue(
                    wish.valid(Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2024-12-31T14:59:59Z")));
            case REVOKED -> {
                var certificate = authority(door).issue(wish);
                authority(door).revoke(certificate.getSerialNumber(), clock);
                yield certificate;
            }
            // the same name as the trusted authority, another key
            case WRONG_CA -> new TestCa("stranger", subject(door), folder, folder.resolve("not-trusted")).issue(wish);
        };
    }

    private void link(CardHolder holder, X509Certificate certificate) {
        switch (holder.actor()) {
            case Actor.Nobody nobody -> throw new IllegalStateException("a card without a holder: " + holder.cardId());
            case Actor.Resident(var authority, var person) -> people.link(certificate.getIssuerX500Principal(),
                    certificate.getSerialNumber(), authority, person);
            case Actor.Officer officer -> {
                officers.add(officer);
                officers.link(certificate.getIssuerX500Principal(), certificate.getSerialNumber(), officer.authority(),
                        officer.id());
            }
        }
    }

    private TestCa authority(Door door) {
        return authorities.computeIfAbsent(door, d -> new TestCa(d.path(), subject(d), folder, trust.folder(d)));
    }

    private static X500Principal subject(Door door) {
        return new X500Principal(door == Door.RESIDENT ? RESIDENT_CA : STAFF_CA);
    }
}
