package jp.kiban.casework;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.PersonId;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.StandardRef;
import jp.kiban.store.EventLog;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import jp.kiban.submission.Channel;
import jp.kiban.submission.Corrected;
import jp.kiban.submission.Received;
import jp.kiban.submission.Withdrawn;

/// Applications as the door leaves them: rows of the room `submission` and the event that tells of them. Nobody types a
/// form here; the cases that follow are the ones of the application.
final class Applications {
    static final StandardRef CHILD_ALLOWANCE = new StandardRef("child-allowance", LocalDate.of(2024, 10, 1));
    private static final AtomicLong PERSON = new AtomicLong(70_000_000);

    private final Store store;
    private final EventLog events;
    private final Cases cases;
    private final Clock clock;
    private StandardRef standard = CHILD_ALLOWANCE;

    Applications(Store store, EventLog events, Cases cases, Clock clock) {
        this.store = store;
        this.events = events;
        this.cases = cases;
        this.clock = clock;
    }

    /// The same for another standard.
    Applications under(StandardRef other) {
        var applications = new Applications(store, events, cases, clock);
        applications.standard = other;
        return applications;
    }

    PersonId person() { return PersonId.of(Long.toString(PERSON.incrementAndGet())); }

    /// One child of six and the higher earner: granted by the rules.
    static String answers(String child, boolean publicServant) { return """
                {"claimant": {"name": "津 花子", "kana": "ツ ハナコ", "birthDate": "1990-05-10", "sex": "female", "postalCode": "514-8611", "address": "三重県津市西丸之内23番1号"},
                 "pension": {"class": "employee", "publicServant": %s},
                 "spouse": {"name": "津 太郎", "kana": "ツ タロウ", "birthDate": "1989-03-02", "livingTogether": true},
                 "higherEarner": "claimant", "event": null, "divorceApart": null,
                 "children": [{"id": "%s", "name": "津 一郎", "kana": "ツ イチロウ", "birthDate": "2024-06-15", "relationship": "子", "livingTogether": true, "abroad": false, "inFacility": false}],
                 "elders": [],
                 "account": {"bankCode": "0155", "bankName": "百五銀行", "branchCode": "001", "branchName": "本店営業部", "type": "1", "number": "1234567", "holderKana": "ツ ハナコ"},
                 "contact": {"phone": "059-229-3155", "email": "hanako@example.jp"}, "consent": true}
                """
            .formatted(publicServant, child); }

    private static String evidence(String child) { return """
                [{"item": "resident.person", "status": "PROVIDED", "value": {"name": "津 花子", "kana": "ツ ハナコ", "birthDate": "1990-05-10", "sex": "female", "postalCode": "514-8611", "address": "三重県津市西丸之内23番1号"},
                  "source": {"ja": "津市 住民記録", "ja-easy": "津市の 記録", "en": "Resident register of Tsu"}, "asOf": "2026-11-20"},
                 {"item": "resident.children", "status": "PROVIDED", "value": [{"id": "%s", "name": "津 一郎", "kana": "ツ イチロウ", "birthDate": "2024-06-15", "relationship": "子", "livingTogether": true, "abroad": false, "inFacility": false}],
                  "source": {"ja": "津市 住民記録", "ja-easy": "津市の 記録", "en": "Resident register of Tsu"}, "asOf": "2026-11-20"}]
                """
            .formatted(child); }

    Case received(AuthorityId authority, PersonId person, String child) {
        return received(authority, person, answers(child, false), evidence(child), "[]", clock.instant());
    }

    Case received(AuthorityId authority, PersonId person, String answers, String evidence, String disputes,
            Instant at) {
        var receipt = ReceiptNumber.next(LocalDate.ofInstant(at, clock.getZone()));
        store.run(Scope.of(authority), jdbc -> {
            write(jdbc, authority, person, receipt, 1, answers, evidence, disputes, at, at);
            events.append(jdbc, new Received(authority, at, receipt.text(), receipt, standard, Channel.ONLINE,
                    48, 1, 20));
        });
        return awaited(authority, receipt, 1);
    }

    Case received(AuthorityId authority, PersonId person, String child, List<String> disputed) {
        var disputes = "[" + String.join(",", disputed.stream()
                .map(item -> "{\"item\": \"%s\", \"text\": \"先月から同居しています。\"}".formatted(item)).toList()) + "]";
        return received(authority, person, answers(child, false), evidence(child), disputes, clock.instant());
    }

    Case corrected(Case file, String answers) {
        var at = clock.instant();
        store.run(Scope.of(file.authority()), jdbc -> {
            write(jdbc, file.authority(), file.person(), file.receipt(), 2, answers, "[]", "[]", file.arrivedAt(), at);
            events.append(jdbc, new Corrected(file.authority(), at, file.receipt().text(), file.receipt(),
                    file.standard(), 2, 30, 1));
        });
        return awaited(file.authority(), file.receipt(), file.version() + 1);
    }

    Case withdrawn(Case file) {
        store.run(Scope.of(file.authority()), jdbc -> events.append(jdbc, new Withdrawn(file.authority(),
                clock.instant(), file.receipt().text(), file.receipt(), file.standard())));
        return awaited(file.authority(), file.receipt(), file.version() + 1);
    }

    private void write(org.springframework.jdbc.core.simple.JdbcClient jdbc, AuthorityId authority,
            PersonId person, ReceiptNumber receipt, int revision, String answers, String evidence, String disputes,
            Instant first, Instant at) {
        jdbc.sql("""
                insert into submission.submission (authority, receipt, revision, person, standard, standard_version, first_arrived_at,
                    arrived_at, language, channel, answers, evidence, disputes, seconds, typed_fields, prefilled_fields)
                values (?, ?, ?, ?, ?, ?, ?, ?, 'ja', 'ONLINE', ?::jsonb, ?::jsonb, ?::jsonb, 48, 1, 20)
                """).params(authority.code(), receipt.text(), revision, person.number(), standard.id(),
                standard.version().text(), Timestamp.from(first), Timestamp.from(at), answers, evidence, disputes)
                .update();
    }

    /// Handlers act after the commit; a test waits for them.
    private Case awaited(AuthorityId authority, ReceiptNumber receipt, int version) {
        long end = System.nanoTime() + 20_000_000_000L;
        while (System.nanoTime() < end) {
            if (cases.stage(authority, receipt).isPresent() && cases.find(authority, receipt).version() >= version)
                return cases.find(authority, receipt);
            try {
                Thread.sleep(20);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }
        throw new AssertionError("the case of " + receipt + " did not come");
    }
}
