package jp.kiban.submission;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import jp.kiban.catalogue.Adoptions;
import jp.kiban.exchange.Exchange;
import jp.kiban.exchange.Inquiry;
import jp.kiban.identity.Actor;
import jp.kiban.kernel.Conflict;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.standards.StandardVersion;
import jp.kiban.standards.Standards;
import jp.kiban.store.Store;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/// 書き始め. Opens a form: asks the registers once for everything they know, and lays it out as a draft. Somebody who has an
/// unfinished draft gets that one back.
@Component
final class Starting {
    private static final Duration BETWEEN_CLEANINGS = Duration.ofHours(1);

    private final Store store;
    private final Drafts drafts;
    private final Submissions submissions;
    private final Standards standards;
    private final Exchange exchange;
    private final MessageSource messages;
    private final Clock clock;
    private final Adoptions adoptions;
    private final AtomicReference<Instant> forgotten = new AtomicReference<>(Instant.EPOCH);

    Starting(Store store, Drafts drafts, Submissions submissions, Standards standards, Exchange exchange,
            MessageSource messages, Adoptions adoptions,
            Clock clock) {
        this.adoptions = adoptions;
        this.store = store;
        this.drafts = drafts;
        this.submissions = submissions;
        this.standards = standards;
        this.exchange = exchange;
        this.messages = messages;
        this.clock = clock;
    }

    Draft begin(Actor.Resident resident, String standard, Language language) {
        var open = drafts.open(resident, standard, Optional.empty());
        if (open.isPresent())
            return refreshed(resident, open.get());
        mustBeOffered(resident, standard);
        forgetOldDrafts();
        var version = standards.inForce(standard, LocalDate.now(clock));
        var evidence = ask(resident, version);
        var answers = Known.of(version.form(), evidence).into(Answers.none(), true, path -> {
        });
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return drafts.start(resident, new Draft(resident.authority(), DraftId.next(), resident.person(), version.ref(),
                Optional.empty(), answers, evidence, List.of(), Map.of(), 1, now, now, now, language,
                Optional.empty(), Beside.NOTHING));
    }

    /// An offered standard that the municipality has not adopted is not for its residents.
    void mustBeOffered(Actor.Resident resident, String standard) {
        if (!isOffered(resident, standard))
            throw new Conflict(Wording.three(messages, "submission.conflict.not-offered"));
    }

    boolean isOffered(Actor.Resident resident, String standard) {
        return adoptions.offered(resident.authority(), standard, LocalDate.now(clock));
    }

    /// A draft of an earlier day, or of an earlier version, is laid out again: what the registers say now counts, what the
    /// resident entered stays.
    private Draft refreshed(Actor.Resident resident, Draft draft) {
        var today = LocalDate.now(clock);
        var version = standards.inForce(draft.standard().id(), today);
        if (LocalDate.ofInstant(draft.evidenceAt(), clock.getZone()).equals(today)
                && version.ref().equals(draft.standard()))
            return draft;
        var evidence = ask(resident, version);
        return store.in(Drafts.scope(resident), jdbc -> {
            var held = drafts.hold(jdbc, resident, draft.id()).draft();
            var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            var again = new Draft(held.authority(), held.id(), held.person(), version.ref(), held.correcting(),
                    Known.of(version.form(), evidence).into(held.answers(), true, path -> {
                    }), evidence, held.disputes(), held.pages(), held.version() + 1, held.openedAt(), now, now,
                    held.language(), held.receipt(), held.beside());
            drafts.keep(jdbc, again);
            return again;
        });
    }

    /// Now and then, with somebody's start, what has lain too long is forgotten.
    private void forgetOldDrafts() {
        var now = clock.instant();
        var last = forgotten.get();
        if (Duration.between(last, now).compareTo(BETWEEN_CLEANINGS) > 0 && forgotten.compareAndSet(last, now))
            drafts.forget(now);
    }

    /// One inquiry for all items of the form, with its purpose and law.
    List<EvidenceUsed> ask(Actor.Resident resident, StandardVersion version) {
        return ask(resident, version, Optional.empty());
    }

    private List<EvidenceUsed> ask(Actor.Resident resident, StandardVersion version, Optional<ReceiptNumber> receipt) {
        var standard = standards.get(version.ref().id());
        var items = List.copyOf(version.form().evidenceItems());
        if (items.isEmpty())
            return List.of();
        return exchange.provide(new Inquiry(resident.authority(), resident.person(), items,
                messages.getMessage("submission.purpose", new Object[]{standard.name().ja()}, Language.JA.locale()),
                standard.law(), receipt, "resident:" + resident.person().number())).evidence().stream()
                .map(e -> new EvidenceUsed(e.item(), EvidenceUsed.Status.valueOf(e.status().name()), e.value(),
                        e.source(),
                        e.asOf()))
                .toList();
    }

    /// The form again, as it was sent, to put right what the authority asked for.
    Draft correct(Actor.Resident resident, ReceiptNumber receipt) {
        var submission = submissions.mine(resident, receipt);
        if (submissions.openCorrection(resident, receipt).isEmpty())
            throw new Conflict(Wording.three(messages, "submission.conflict.no-correction"));
        var open = drafts.open(resident, submission.standard().id(), Optional.of(receipt));
        if (open.isPresent())
            return open.get();
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        // what the register says now counts: the doubt may have been put right there
        var evidence = ask(resident, standards.version(submission.standard()), Optional.of(receipt));
        var known = Known.of(standards.version(submission.standard()).form(), evidence);
        return drafts.start(resident, new Draft(resident.authority(), DraftId.next(), resident.person(),
                submission.standard(), Optional.of(receipt),
                known.into((ObjectNode) submission.answers(), false, path -> {
                }),
                evidence, submission.disputes(), Map.of(), 1, now, now, now, submission.language(),
                Optional.empty(), submission.beside()));
    }
}
