package jp.kiban.submission;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Conflict;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import jp.kiban.standards.Standards;
import jp.kiban.store.Store;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// 申請のAPI. Every act of the pages as JSON: a draft step by step, or a whole application in one request. What a register
/// said cannot be sent differently: say so in `disputes`.
@RestController
final class ClaimApi {
    private static final int LONGEST_KEY = 200;

    private final Standards standards;
    private final Starting starting;
    private final Saving saving;
    private final Drafts drafts;
    private final Submissions submissions;
    private final Store store;
    private final MessageSource messages;
    private final JsonMapper json;
    private final Clock clock;

    ClaimApi(Standards standards, Starting starting, Saving saving, Drafts drafts, Submissions submissions, Store store,
            MessageSource messages, JsonMapper json, Clock clock) {
        this.standards = standards;
        this.starting = starting;
        this.saving = saving;
        this.drafts = drafts;
        this.submissions = submissions;
        this.store = store;
        this.messages = messages;
        this.json = json;
        this.clock = clock;
    }

    /// 送る内容. The answers by the standard's schema, statements about what registers said, the language of notices.
    record Sent(Optional<JsonNode> answers, Optional<List<Dispute>> disputes, Optional<Language> language) {}

    record Opened(String id, String standard, JsonNode answers, List<EvidenceUsed> evidence, List<Dispute> disputes,
            int version,
            Optional<String> receipt, List<Finding> findings) {}

    record Received(String receipt, String standard, int revision, Instant arrivedAt, boolean already) {}

    @Permit(Role.RESIDENT)
    @PostMapping("/api/submission/{standard}/drafts")
    ResponseEntity<Opened> begin(Actor.Resident resident, @PathVariable String standard, Language language) {
        standards.get(standard);
        return ResponseEntity.status(HttpStatus.CREATED).body(opened(starting.begin(resident, standard, language)));
    }

    @Permit(Role.RESIDENT)
    @GetMapping("/api/submission/drafts/{id}")
    Opened draft(Actor.Resident resident, @PathVariable String id) {
        return opened(drafts.get(resident, DraftId.of(id)));
    }

    @Permit(Role.RESIDENT)
    @PutMapping("/api/submission/drafts/{id}")
    Opened fill(Actor.Resident resident, @PathVariable String id, @RequestBody Sent sent) {
        return opened(store.in(Drafts.scope(resident), jdbc -> {
            var draft = drafts.hold(jdbc, resident, DraftId.of(id)).draft();
            if (draft.receipt().isPresent())
                throw new Conflict(Wording.three(messages, "submission.conflict.sent"));
            var version = saving.version(draft);
            var known = Known.of(version.form(), draft.evidence());
            var answers = laid(known, sent);
            Filling.tidy(version, known, answers);
            var filled = Filling.with(draft, answers, clock.instant().truncatedTo(ChronoUnit.MICROS));
            var kept = new Draft(filled.authority(), filled.id(), filled.person(), filled.standard(),
                    filled.correcting(),
                    filled.answers(), filled.evidence(), sent.disputes().orElse(draft.disputes()), filled.pages(),
                    filled.version(), filled.openedAt(), filled.savedAt(), filled.evidenceAt(),
                    sent.language().orElse(draft.language()), filled.receipt());
            drafts.keep(jdbc, kept);
            return kept;
        }));
    }

    @Permit(Role.RESIDENT)
    @PostMapping("/api/submission/drafts/{id}/submit")
    ResponseEntity<Received> submit(Actor.Resident resident, @PathVariable String id) {
        return answer(submissions.receive(resident, DraftId.of(id), Channel.API, answers -> {
        }));
    }

    @Permit(Role.RESIDENT)
    @PostMapping("/api/submission/{standard}")
    ResponseEntity<Received> send(Actor.Resident resident, @PathVariable String standard,
            @RequestHeader(name = "Idempotency-Key", defaultValue = "") String key, @RequestBody Sent sent,
            Language language) {
        standards.get(standard);
        if (key.isBlank() || key.length() > LONGEST_KEY)
            throw BadInput.of("Idempotency-Key", "submission.key", Wording.three(messages, "submission.error.key"));
        var mark = new Submissions.Sent(key, digest(standard, sent));
        var earlier = submissions.sentBefore(resident, mark);
        if (earlier.isPresent())
            return answer(new Outcome.Accepted(earlier.get()));
        var version = standards.inForce(standard, LocalDate.now(clock));
        var evidence = starting.ask(resident, version);
        var known = Known.of(version.form(), evidence);
        var answers = laid(known, sent);
        Filling.tidy(version, known, answers);
        var findings = version.check(answers);
        if (!findings.isEmpty())
            throw new BadInput(findings);
        return answer(submissions.receive(resident, version, answers, evidence, sent.disputes().orElse(List.of()),
                known.effort(answers, 0), sent.language().orElse(language), mark));
    }

    /// What was sent over what is known; a known value that was sent differently is a finding, all at once.
    private ObjectNode laid(Known known, Sent sent) {
        if (!(sent.answers().orElse(null) instanceof ObjectNode given))
            throw BadInput.of("answers", "submission.answers", Wording.three(messages, "submission.error.answers"));
        var overruled = new ArrayList<Finding>();
        var answers = known.into(given, true, path -> overruled.add(new Finding(path, "submission.known",
                Wording.three(messages, "submission.error.known", path))));
        if (!overruled.isEmpty())
            throw new BadInput(overruled);
        return answers;
    }

    @Permit(Role.RESIDENT)
    @GetMapping("/api/submission/receipts/{receipt}")
    Submission receipt(Actor.Resident resident, @PathVariable String receipt) {
        return submissions.mine(resident, ClaimPages.valid(receipt));
    }

    @Permit(Role.RESIDENT)
    @PostMapping("/api/submission/receipts/{receipt}/withdraw")
    Map<String, Instant> withdraw(Actor.Resident resident, @PathVariable String receipt) {
        return Map.of("withdrawnAt", submissions.withdraw(resident, ClaimPages.valid(receipt)));
    }

    @Permit(Role.RESIDENT)
    @PostMapping("/api/submission/receipts/{receipt}/correct")
    ResponseEntity<Opened> correct(Actor.Resident resident, @PathVariable String receipt) {
        return ResponseEntity.status(HttpStatus.CREATED)
                .body(opened(starting.correct(resident, ClaimPages.valid(receipt))));
    }

    private Opened opened(Draft draft) {
        return new Opened(draft.id().toString(), draft.standard().toString(), draft.answers(), draft.evidence(),
                draft.disputes(),
                draft.version(), draft.receipt().map(Object::toString), saving.findings(draft));
    }

    private static ResponseEntity<Received> answer(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Accepted(var r) -> ResponseEntity.status(HttpStatus.CREATED).body(received(r, false));
            case Outcome.AlreadyThere(var r) -> ResponseEntity.status(HttpStatus.CONFLICT).body(received(r, true));
            case Outcome.NeedsCorrection(var findings) -> throw new BadInput(findings);
        };
    }

    private static Received received(Receipt r, boolean already) {
        return new Received(r.number().text(), r.standard().toString(), r.revision(), r.arrivedAt(), already);
    }

    private String digest(String standard, Sent sent) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
                    .digest((standard + json.writeValueAsString(sent)).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
