package jp.kiban.submission;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jp.kiban.catalogue.Layers;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Conflict;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import jp.kiban.registry.CorporationFound;
import jp.kiban.standards.StandardVersion;
import jp.kiban.standards.Standards;
import jp.kiban.store.Store;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// 申請のAPI. Every act of the pages as JSON: a draft step by step, or a whole application in one request. What a register
/// said cannot be sent differently: say so in `disputes`.
@RestController
final class ClaimApi {
    /// A form with twenty children is below a tenth of it.
    private static final int LARGEST_BYTES = 256 * 1024;

    private final Standards standards;
    private final Starting starting;
    private final Saving saving;
    private final Drafts drafts;
    private final Submissions submissions;
    private final Attachments attachments;
    private final AddressAnswers addresses;
    private final CorporationChoice corporations;
    private final Layers layers;
    private final Store store;
    private final MessageSource messages;
    private final JsonMapper json;
    private final Clock clock;

    ClaimApi(Standards standards, Starting starting, Saving saving, Drafts drafts, Submissions submissions,
            Attachments attachments, AddressAnswers addresses, CorporationChoice corporations, Layers layers,
            Store store,
            MessageSource messages, JsonMapper json, Clock clock) {
        this.standards = standards;
        this.starting = starting;
        this.saving = saving;
        this.drafts = drafts;
        this.submissions = submissions;
        this.attachments = attachments;
        this.addresses = addresses;
        this.corporations = corporations;
        this.layers = layers;
        this.store = store;
        this.messages = messages;
        this.json = json;
        this.clock = clock;
    }

    /// 送る内容. The answers by the standard's schema, statements about what registers said, the language of notices. With
    /// `prefill` false no register is asked: everything is the applicant's own statement.
    record Sent(
            @Schema(description = """
            The answers, by the standard's form. An address (x-kiban-kind ADDRESS) is a text in any notation, kept as it is sent; or \
            {"text", "id"}, where the text fits several places and the id says which ("none": none of them); or {"id", "rest"}, \
            a registered id and what follows it. A corporation (CORPORATION) is its number of 13 digits alone.""") Optional<JsonNode> answers,
            Optional<List<Dispute>> disputes, Optional<Language> language,
            Optional<Boolean> prefill) {}

    record Opened(String id, String standard, JsonNode answers, List<EvidenceUsed> evidence, List<Dispute> disputes,
            int version,
            Optional<String> receipt, List<Finding> findings, Map<String, AddressAnswers.Matched> addresses,
            Map<String, CorporationFound> corporations) {}

    record Received(String receipt, String standard, int revision, Instant arrivedAt, boolean already,
            @Schema(description = "by the path of the answer: what each address was found to mean, how far, with which ids and version") Map<String, AddressAnswers.Matched> addresses,
            @Schema(description = "by the path of the answer: name and seat of each corporation as the newest edition has them; closed ones with their successors; no name where the edition does not know the number") Map<String, CorporationFound> corporations) {}

    @Permit(Role.RESIDENT)
    @PostMapping("/api/submission/{standard}/drafts")
    ResponseEntity<Opened> begin(Actor.Resident resident, @PathVariable String standard, Language language) {
        standards.get(standard);
        submissions.inTheWay(resident, standard).ifPresent(earlier -> {
            throw new Conflict(Wording.three(messages, "submission.conflict.already", earlier.text()));
        });
        return ResponseEntity.status(HttpStatus.CREATED).body(opened(starting.begin(resident, standard, language)));
    }

    @Permit(Role.RESIDENT)
    @GetMapping("/api/submission/drafts/{id}")
    Opened draft(Actor.Resident resident, @PathVariable String id) {
        return opened(drafts.get(resident, DraftId.of(id)));
    }

    @RequestBody(content = @Content(mediaType = "application/json", schema = @Schema(implementation = Sent.class)))
    @Permit(Role.RESIDENT)
    @PutMapping("/api/submission/drafts/{id}")
    Opened fill(Actor.Resident resident, @PathVariable String id, HttpServletRequest request) {
        var sent = read(bytes(request));
        var form = saving.version(drafts.get(resident, DraftId.of(id))).form();
        var read = addresses.read(form, given(sent));
        if (!read.findings().isEmpty())
            throw new BadInput(read.findings());
        var numbers = corporations.beside(Beside.NOTHING, form.fields(), read.answers());
        return opened(store.in(Drafts.scope(resident), jdbc -> {
            var draft = drafts.hold(jdbc, resident, DraftId.of(id)).draft();
            if (draft.receipt().isPresent())
                throw new Conflict(Wording.three(messages, "submission.conflict.sent"));
            var version = saving.version(draft);
            var known = Known.of(version.form(), draft.evidence());
            var answers = laid(known, read.answers());
            Filling.tidy(version, known, answers);
            var beside = addresses.beside(new Beside(draft.beside().written(), Map.of(), numbers.corporations()),
                    version.form(), answers, read).of(answers);
            var filled = Filling.with(draft, answers, clock.instant().truncatedTo(ChronoUnit.MICROS));
            var kept = new Draft(filled.authority(), filled.id(), filled.person(), filled.standard(),
                    filled.correcting(),
                    filled.answers(), filled.evidence(), sent.disputes().orElse(draft.disputes()), filled.pages(),
                    filled.version(), filled.openedAt(), filled.savedAt(), filled.evidenceAt(),
                    sent.language().orElse(draft.language()), filled.receipt(), beside);
            drafts.keep(jdbc, kept);
            return kept;
        }));
    }

    @Permit(Role.RESIDENT)
    @PostMapping("/api/submission/drafts/{id}/submit")
    ResponseEntity<Received> submit(Actor.Resident resident, @PathVariable String id, Language language) {
        return answer(submissions.receive(resident, DraftId.of(id), Channel.API, language, answers -> {
        }), resident);
    }

    @Operation(summary = "A whole application in one request; the same key with the same body is the same application", description = """
            Addresses are matched with the address registry and answered back, never altered. One that fits several places is refused with the finding `address-several`; \
            `candidates` of the problem has the places by path, and `{"text", "id"}` in the answers chooses one. Corporations are numbers; the answer tells name, seat and edition.""")
    @ApiResponse(responseCode = "201", description = "received, or received before", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "409", description = "there is an open or granted application already, or the key was used for another body", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "422", description = "everything that is wrong, all at once: `findings` with `where`, `code` and `message`; `candidates` by the path of the answer, where an address fits several places", content = @Content(mediaType = "application/problem+json"))
    @RequestBody(content = @Content(mediaType = "application/json", schema = @Schema(implementation = Sent.class)))
    @Permit(Role.RESIDENT)
    @PostMapping("/api/submission/{standard}")
    ResponseEntity<Received> send(Actor.Resident resident, @PathVariable String standard,
            @RequestHeader(name = "Idempotency-Key", defaultValue = "") String key, HttpServletRequest request,
            Language language) {
        standards.get(standard);
        if (!key.matches("[\\x21-\\x7e]{1,200}"))
            throw BadInput.of("Idempotency-Key", "submission.key", Wording.three(messages, "submission.error.key"));
        byte[] bytes = bytes(request);
        var sent = read(bytes);
        var mark = new Submissions.Sent(key, digest(standard, bytes));
        boolean prefill = sent.prefill().orElse(true);
        // a repetition must not look into the registers again; without registers the insert itself finds it
        var earlier = prefill ? submissions.sentBefore(resident, mark) : Optional.<Receipt>empty();
        if (earlier.isPresent())
            return answer(new Outcome.Accepted(earlier.get()), resident);
        starting.mustBeOffered(resident, standard);
        var version = asked(resident, standard);
        var evidence = prefill ? starting.ask(resident, version) : List.<EvidenceUsed>of();
        var known = Known.of(version.form(), evidence);
        var read = addresses.read(version.form(), given(sent));
        var answers = laid(known, read.answers());
        Filling.tidy(version, known, answers);
        var findings = new ArrayList<>(addresses.findings(read, known));
        version.check(answers).stream().filter(f -> findings.stream().noneMatch(a -> Answers.within(a.where(), f
                .where()))).forEach(findings::add);
        if (findings.isEmpty())
            findings.addAll(store.in(Drafts.scope(resident), jdbc -> attachments.missing(jdbc, resident.authority(),
                    resident.person(), version.form(), answers)));
        if (!findings.isEmpty())
            throw new BadInput(findings, read.open().isEmpty() ? Map.of() : Map.of("candidates", read.open()));
        var beside = corporations.beside(addresses.beside(Beside.NOTHING, version.form(), answers, read), version
                .form().fields(), answers);
        return answer(submissions.receive(resident, version, answers, evidence, sent.disputes().orElse(List.of()),
                known.effort(answers, 0), sent.language().orElse(language), mark, beside), beside, answers);
    }

    /// The version in force, with the questions and papers that the resident's municipality adds.
    private StandardVersion asked(Actor.Resident resident, String standard) {
        var today = LocalDate.now(clock);
        return layers.form(resident.authority(), standards.inForce(standard, today), today);
    }

    /// 様式. What is asked in the resident's municipality today, as JSON Schema for `answers`; its own questions and papers are
    /// under `local`.
    record AskedForm(String standard, JsonNode schema) {}

    @Permit(Role.RESIDENT)
    @GetMapping("/api/submission/{standard}/form")
    AskedForm form(Actor.Resident resident, @PathVariable String standard) {
        standards.get(standard);
        var version = asked(resident, standard);
        return new AskedForm(version.ref().toString(), version.answerSchema());
    }

    private ObjectNode given(Sent sent) {
        if (!(sent.answers().orElse(null) instanceof ObjectNode given))
            throw BadInput.of("answers", "submission.answers", Wording.three(messages, "submission.error.answers"));
        return given;
    }

    /// What was sent over what is known; a known value that was sent differently is a finding, all at once.
    private ObjectNode laid(Known known, ObjectNode given) {
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
                draft.version(), draft.receipt().map(Object::toString), saving.findings(draft),
                matched(draft.beside(), draft.answers()), draft.beside().corporations());
    }

    /// With what was found when it was first received.
    private ResponseEntity<Received> answer(Outcome outcome, Actor.Resident resident) {
        if (!(outcome instanceof Outcome.Accepted(var r)))
            return answer(outcome, Beside.NOTHING, Answers.none());
        var submission = submissions.mine(resident, r.number());
        return answer(outcome, submission.beside(), submission.answers());
    }

    private static ResponseEntity<Received> answer(Outcome outcome, Beside beside, JsonNode answers) {
        return switch (outcome) {
            case Outcome.Accepted(var r) ->
                ResponseEntity.status(HttpStatus.CREATED).body(received(r, false, beside, answers));
            case Outcome.AlreadyThere(var r) -> ResponseEntity.status(HttpStatus.CONFLICT)
                    .body(received(r, true, Beside.NOTHING, answers));
            case Outcome.NeedsCorrection(var findings) -> throw new BadInput(findings);
        };
    }

    private static Received received(Receipt r, boolean already, Beside beside, JsonNode answers) {
        return new Received(r.number().text(), r.standard().toString(), r.revision(), r.arrivedAt(), already, matched(
                beside, answers), beside.corporations());
    }

    private static Map<String, AddressAnswers.Matched> matched(Beside beside, JsonNode answers) {
        var matched = new TreeMap<String, AddressAnswers.Matched>();
        beside.addresses().forEach((path, found) -> matched.put(path, AddressAnswers.Matched.of(Answers.at(answers,
                path).map(v -> v.asString("")).orElse(""), found)));
        return matched;
    }

    static String digest(String standard, byte[] sent) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            sha.update(standard.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha.digest(sent));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Read by hand, so that a body of any size, or one that is no JSON, is answered with what is wrong with it.
    private byte[] bytes(HttpServletRequest request) {
        try {
            byte[] bytes = request.getInputStream().readNBytes(LARGEST_BYTES + 1);
            if (bytes.length > LARGEST_BYTES)
                throw fault("", "submission.size", "submission.error.size", LARGEST_BYTES / 1024);
            return bytes;
        } catch (IOException broken) {
            throw fault("", "submission.json", "submission.error.json", 0, 0);
        }
    }

    private Sent read(byte[] bytes) {
        try {
            if (!(json.readTree(bytes) instanceof ObjectNode body))
                throw fault("", "submission.json", "submission.error.object");
            if (Answers.leaves(body).entrySet().stream()
                    .anyMatch(e -> !Filling.plain(e.getKey() + e.getValue().asString(""))
                            .equals(e.getKey() + e.getValue().asString(""))))
                throw fault("", "submission.json", "submission.error.characters");
            var names = Arrays.stream(Sent.class.getRecordComponents()).map(RecordComponent::getName).sorted().toList();
            var unknown = body.properties().stream().map(Map.Entry::getKey).filter(n -> !names.contains(n))
                    .map(n -> new Finding(n, "submission.unknown",
                            Wording.three(messages, "submission.error.unknown", String.join(", ", names))))
                    .toList();
            if (!unknown.isEmpty())
                throw new BadInput(unknown);
            return json.treeToValue(body, Sent.class);
        } catch (JacksonException malformed) {
            var at = malformed.getLocation();
            throw fault("", "submission.json", "submission.error.json", at == null ? 0 : at.getLineNr(),
                    at == null ? 0 : at.getColumnNr());
        }
    }

    private BadInput fault(String where, String code, String key, Object... values) {
        return BadInput.of(where, code, Wording.three(messages, key, values));
    }
}
