package jp.kiban.conformity;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.kiban.authority.Authorities;
import jp.kiban.casework.DecisionKind;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.LegalBasis;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.Text;
import jp.kiban.kernel.VersionName;
import jp.kiban.standards.Standards;
import jp.kiban.statistics.OwnFigures;
import jp.kiban.submission.Outcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// 適合性検査の契約. The contract `docs/reference/conformity-contract.md` as this house serves it. Only where
/// `kiban.conformity.enabled` is set; a house in operation does not have these addresses unless it is, and then opens sessions
/// for holders of its entry key only. Everybody may call the others: what they reach is an invented authority that the
/// caller has opened, and the secret name of its session is the key.
@RestController
@ConditionalOnProperty("kiban.conformity.enabled")
@Tag(name = "conformity 適合性検査", description = "The contract of the conformance kit, for invented authorities only")
final class ConformityApi {
    static final String CONTRACT = "kiban-conformity/1";
    private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private final TestSessions sessions;
    private final TestOffice office;
    private final Standards standards;
    private final Authorities authorities;

    ConformityApi(TestSessions sessions, TestOffice office, Standards standards, Authorities authorities) {
        this.sessions = sessions;
        this.office = office;
        this.standards = standards;
        this.authorities = authorities;
    }

    record Described(String contract, String product, String productVersion, List<Offered> standards,
            List<String> languages) {}

    record Offered(String id, List<VersionName> versions) {}

    /// @param localQuestions where the answers to the municipality's own questions and papers stand
    record Opened(String session, String standard, VersionName version, String authority, Text authorityName,
            Map<String, JsonNode> values, List<String> localQuestions, Instant endsAt) {}

    record Received(String receipt, String standard, VersionName version, LocalDate arrivedOn, boolean again) {}

    record Statistics(long received, long withdrawn, Map<String, Long> decided, Map<String, Long> yen,
            Map<Integer, Long> days) {}

    record Export(String standard, List<ObjectNode> cases) {}

    @Permit(Role.ANYONE)
    @GetMapping("/api/conformity")
    Described describe() {
        String version = ConformityApi.class.getPackage().getImplementationVersion();
        return new Described(CONTRACT, "Kiban 国・地方デジタル共通基盤", version == null ? "development" : version,
                standards.all().stream()
                        .map(s -> new Offered(s.id(), s.versions().stream().map(v -> v.ref().version()).toList()))
                        .toList(),
                List.of("ja", "ja-easy", "en"));
    }

    @Permit(Role.ANYONE)
    @PostMapping("/api/conformity/sessions")
    ResponseEntity<Opened> open(@RequestHeader(name = "Authorization", defaultValue = "") String authorization,
            @RequestBody JsonNode body) {
        if (!sessions.limits().mayOpen(authorization.regionMatches(true, 0, "Bearer ", 0, 7)
                ? authorization.substring(7).strip()
                : "")) {
            var refused = new ErrorResponseException(HttpStatus.UNAUTHORIZED);
            refused.getHeaders().set("WWW-Authenticate", "Bearer");
            throw refused;
        }
        var faults = new ArrayList<Finding>();
        var day = day(body, "day", faults);
        var standard = body.path("standard").asString("");
        if (standard.isBlank())
            faults.add(wanted("standard"));
        if (!body.path("local").isMissingNode() && !body.path("local").isObject())
            faults.add(wanted("local"));
        if (!body.path("automatic").isMissingNode() && !body.path("automatic").isBoolean())
            faults.add(wanted("automatic"));
        refuse(faults);
        var local = new LinkedHashMap<String, JsonNode>();
        body.path("local").forEachEntry(local::put);
        var version = standards.inForce(standard, day).ref();
        var session = sessions.open(version, local, body.path("automatic").asBoolean(false));
        return ResponseEntity.status(HttpStatus.CREATED).body(new Opened(session.name(), standard, version.version(),
                session.authority().code(), authorities.get(session.authority()).title(),
                sessions.values(session, version).all(), sessions.localQuestions(session, version),
                session.endsAt()));
    }

    /// 検査の終わり. Nothing of the invented authority is left.
    @Permit(Role.ANYONE)
    @DeleteMapping("/api/conformity/sessions/{session}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void end(@PathVariable String session) { sessions.end(sessions.find(session)); }

    /// Too many sessions: told when there will be room, as a day and time and in seconds.
    @ExceptionHandler(TestSessions.Crowded.class)
    ResponseEntity<ProblemDetail> crowded(TestSessions.Crowded crowded, Language language) {
        var again = crowded.again().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        long seconds = Math.max(1, Duration.between(Clock.systemUTC().instant(), again).plusMillis(999).toSeconds());
        var problem = ProblemDetail.forStatusAndDetail(HttpStatus.TOO_MANY_REQUESTS, Words
                .text("conformity.error.crowded", again.atZone(JAPAN).format(MOMENT)).in(language));
        problem.setTitle(Words.text("conformity.error.crowded.title").in(language));
        problem.setProperty("again", again.toString());
        return ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS).contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .header("Retry-After", Long.toString(seconds)).header("Cache-Control", "no-store").body(problem);
    }

    @Permit(Role.ANYONE)
    @PostMapping("/api/conformity/sessions/{session}/applications")
    ResponseEntity<Received> submit(@PathVariable String session,
            @RequestHeader(name = "Idempotency-Key", defaultValue = "") String key, @RequestBody JsonNode body) {
        var held = sessions.find(session);
        var faults = new ArrayList<Finding>();
        if (!key.matches("[\\x21-\\x7e]{1,200}"))
            faults.add(wanted("Idempotency-Key"));
        var day = day(body, "day", faults);
        var applicant = body.path("applicant").asString("");
        if (!applicant.matches("[A-Za-z0-9._-]{1,60}"))
            faults.add(wanted("applicant"));
        if (!body.path("answers").isObject())
            faults.add(wanted("answers"));
        refuse(faults);
        var outcome = office.submit(held, day, applicant, Language.of(body.path("language").asString("ja")),
                (ObjectNode) body.get("answers"), key);
        return switch (outcome) {
            case Outcome.Accepted(var r) -> ResponseEntity.status(HttpStatus.CREATED)
                    .body(new Received(r.number().text(), r.standard().id(), r.standard().version(), day, false));
            case Outcome.AlreadyThere(var r) -> ResponseEntity.status(HttpStatus.CONFLICT)
                    .body(new Received(r.number().text(), r.standard().id(), r.standard().version(), day, true));
            case Outcome.NeedsCorrection(var findings) -> throw new BadInput(findings);
        };
    }

    @Permit(Role.ANYONE)
    @GetMapping("/api/conformity/sessions/{session}/applications/{receipt}")
    Told.Followed follow(@PathVariable String session, @PathVariable String receipt) {
        return office.follow(sessions.find(session), valid(receipt));
    }

    @Permit(Role.ANYONE)
    @PostMapping("/api/conformity/sessions/{session}/applications/{receipt}/decision")
    ObjectNode decide(@PathVariable String session, @PathVariable String receipt, @RequestBody JsonNode body) {
        var held = sessions.find(session);
        var faults = new ArrayList<Finding>();
        var day = day(body, "day", faults);
        var otherwise = otherwise(body, faults);
        refuse(faults);
        return office.decide(held, valid(receipt), day, otherwise);
    }

    private static Optional<TestOffice.Otherwise> otherwise(JsonNode body, List<Finding> faults) {
        var by = body.path("by").asString("rules");
        if (by.equals("rules"))
            return Optional.empty();
        var kind = switch (body.path("outcome").asString("")) {
            case "REFUSE" -> Optional.of(DecisionKind.REFUSAL);
            case "REDIRECT" -> Optional.of(DecisionKind.REDIRECT);
            default -> Optional.<DecisionKind>empty();
        };
        var text = body.path("reason").path("text");
        var law = body.path("reason").path("law").asString("").strip();
        if (!by.equals("officer"))
            faults.add(wanted("by"));
        if (kind.isEmpty())
            faults.add(wanted("outcome"));
        for (var language : Language.values())
            if (text.path(language.code()).asString("").isBlank())
                faults.add(wanted("reason.text." + language.code()));
        if (!law.contains(" "))
            faults.add(wanted("reason.law"));
        if (!faults.isEmpty())
            return Optional.empty();
        int space = law.indexOf(' ');
        return Optional.of(new TestOffice.Otherwise(kind.orElseThrow(),
                new Text(text.path("ja").asString(), text.path("ja-easy").asString(), text.path("en").asString()),
                new LegalBasis(law.substring(0, space), law.substring(space + 1).strip())));
    }

    @Permit(Role.ANYONE)
    @GetMapping("/api/conformity/sessions/{session}/applications/{receipt}/decision")
    ObjectNode decision(@PathVariable String session, @PathVariable String receipt) {
        return office.decision(sessions.find(session), valid(receipt));
    }

    @Permit(Role.ANYONE)
    @PostMapping("/api/conformity/sessions/{session}/applications/{receipt}/withdrawal")
    Told.Followed withdraw(@PathVariable String session, @PathVariable String receipt, @RequestBody JsonNode body) {
        var held = sessions.find(session);
        var faults = new ArrayList<Finding>();
        var day = day(body, "day", faults);
        refuse(faults);
        office.withdraw(held, valid(receipt), day);
        return office.follow(held, valid(receipt));
    }

    @Permit(Role.ANYONE)
    @GetMapping("/api/conformity/sessions/{session}/applications/{receipt}/notices")
    Map<String, List<Told.Notice>> notices(@PathVariable String session, @PathVariable String receipt) {
        return Map.of("notices", office.notices(sessions.find(session), valid(receipt)));
    }

    @Permit(Role.ANYONE)
    @GetMapping("/api/conformity/sessions/{session}/statistics")
    Statistics statistics(@PathVariable String session) { return told(office.statistics(sessions.find(session))); }

    private static Statistics told(OwnFigures.Own own) {
        return new Statistics(own.received(), own.withdrawn(),
                Map.of("GRANT", own.granted(), "REFUSE", own.refused(), "REDIRECT", own.redirected()),
                Map.of("granted", own.grantedYen()), own.days());
    }

    @Permit(Role.ANYONE)
    @GetMapping("/api/conformity/sessions/{session}/export")
    Export export(@PathVariable String session) {
        var held = sessions.find(session);
        return new Export(held.standard(), office.export(held));
    }

    private static ReceiptNumber valid(String receipt) {
        if (!ReceiptNumber.isValid(receipt))
            throw new NotThere();
        return ReceiptNumber.of(receipt);
    }

    private static LocalDate day(JsonNode body, String name, List<Finding> faults) {
        try {
            var day = LocalDate.parse(body.path(name).asString(""));
            if (day.getYear() >= 2020 && day.getYear() <= 2099)
                return day;
        } catch (DateTimeParseException noDay) {
            // told below
        }
        faults.add(wanted(name));
        return LocalDate.EPOCH;
    }

    private static Finding wanted(String where) {
        return new Finding(where, "conformity.wanted",
                new Text("「" + where + "」が無いか、形が正しくありません。", "「" + where + "」が ありません。または 正しく ありません。",
                        "“" + where + "” is missing, or not of the right form."));
    }

    private static void refuse(List<Finding> faults) {
        if (!faults.isEmpty())
            throw new BadInput(faults);
    }
}
