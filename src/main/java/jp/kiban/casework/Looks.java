package jp.kiban.casework;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import jp.kiban.exchange.Exchange;
import jp.kiban.exchange.Inquiry;
import jp.kiban.exchange.Protection;
import jp.kiban.exchange.SupportMeasure;
import jp.kiban.identity.Actor;
import jp.kiban.kernel.BadInput;
import jp.kiban.letters.Letters;
import jp.kiban.standards.Standards;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.stereotype.Component;

/// 閲覧. Each look of an officer at somebody's case, written down for that person to see; and the shut door before the
/// address of a protected person (支援措置): it opens for one officer, for a reason, for ten minutes.
@Component
final class Looks {
    private static final Duration OPEN = Duration.ofMinutes(10);

    private final Store store;
    private final Exchange exchange;
    private final Protection protection;
    private final Standards standards;
    private final Clock clock;

    Looks(Store store, Exchange exchange, Protection protection, Standards standards, Clock clock) {
        this.store = store;
        this.exchange = exchange;
        this.protection = protection;
        this.standards = standards;
        this.clock = clock;
    }

    /// An officer is about to see these items of the applicant.
    void at(Actor.Officer officer, Case file, List<String> items, String purpose) {
        exchange.viewed(Inquiry.byOfficer(file.authority(), file.person(), items, purpose,
                standards.get(file.standard().id()).law(), file.receipt(), officer.id()));
    }

    /// The mark beside a protected applicant's name, for officers of the authority that protects her.
    Optional<SupportMeasure.Mark> mark(Case file) {
        return protection.measureOf(file.authority(), file.person())
                .map(measure -> measure.mark(java.time.LocalDate.now(clock)))
                .filter(mark -> mark != SupportMeasure.Mark.ENDED);
    }

    /// Opens the door; the reason is kept, and shown to the person in her log.
    void disclose(Actor.Officer officer, Case file, String reason) {
        if (reason.isBlank())
            throw BadInput.of("reason", "casework.reason-wanted", Words.REASON_WANTED);
        if (Letters.count(reason) > 500)
            throw BadInput.of("reason", "casework.reason-long", Words.REASON_LONG);
        store.run(Scope.of(file.authority()), jdbc -> jdbc.sql("""
                insert into casework.disclosure (authority, receipt, officer, at, reason) values (?, ?, ?, ?, ?)
                on conflict do nothing
                """).params(file.authority().code(), file.receipt().text(), officer.id(),
                Timestamp.from(clock.instant()), reason.strip()).update());
        at(officer, file, List.of("resident.person"),
                Words.in(jp.kiban.kernel.Language.JA, "casework.look.address", reason.strip()));
    }

    boolean isOpen(Actor.Officer officer, Case file) {
        return store.in(Scope.of(file.authority()), jdbc -> jdbc.sql("""
                select exists (select from casework.disclosure
                    where authority = ? and receipt = ? and officer = ? and at > ? and at <= ?)
                """).params(file.authority().code(), file.receipt().text(), officer.id(),
                Timestamp.from(clock.instant().minus(OPEN)), Timestamp.from(clock.instant()))
                .query(Boolean.class).single());
    }
}
