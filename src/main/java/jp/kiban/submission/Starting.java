package jp.kiban.submission;

import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.kiban.exchange.Exchange;
import jp.kiban.exchange.Inquiry;
import jp.kiban.identity.Actor;
import jp.kiban.kernel.Conflict;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.standards.StandardVersion;
import jp.kiban.standards.Standards;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/// 書き始め. Opens a form: asks the registers once for everything they know, and lays it out as a draft. Somebody who has an
/// unfinished draft gets that one back.
@Component
final class Starting {
    private final Drafts drafts;
    private final Submissions submissions;
    private final Standards standards;
    private final Exchange exchange;
    private final MessageSource messages;
    private final Clock clock;

    Starting(Drafts drafts, Submissions submissions, Standards standards, Exchange exchange, MessageSource messages,
            Clock clock) {
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
            return open.get();
        var version = standards.inForce(standard, LocalDate.now(clock));
        var evidence = ask(resident, version);
        var answers = Known.of(version.form(), evidence).into(Answers.none(), true, path -> {
        });
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return drafts.start(resident, new Draft(resident.authority(), DraftId.next(), resident.person(), version.ref(),
                Optional.empty(), answers, evidence, List.of(), Map.of(), 1, now, now, now, language,
                Optional.empty()));
    }

    /// One inquiry for all items of the form, with its purpose and law.
    List<EvidenceUsed> ask(Actor.Resident resident, StandardVersion version) {
        var standard = standards.get(version.ref().id());
        var items = List.copyOf(version.form().evidenceItems());
        if (items.isEmpty())
            return List.of();
        return exchange.provide(Inquiry.bySelf(resident.authority(), resident.person(), items,
                standard.name().ja() + "の事前入力", standard.law())).evidence().stream()
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
        var known = Known.of(standards.version(submission.standard()).form(), submission.evidence());
        return drafts.start(resident, new Draft(resident.authority(), DraftId.next(), resident.person(),
                submission.standard(), Optional.of(receipt),
                known.into((ObjectNode) submission.answers(), false, path -> {
                }),
                submission.evidence(), submission.disputes(), Map.of(), 1, now, now, now, submission.language(),
                Optional.empty()));
    }
}
