package jp.kiban.conformity;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.kiban.casework.Case;
import jp.kiban.casework.CaseStage;
import jp.kiban.casework.Cases;
import jp.kiban.casework.Decision;
import jp.kiban.casework.DecisionKind;
import jp.kiban.casework.Departure;
import jp.kiban.casework.Notices;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Role;
import jp.kiban.kernel.ActingDay;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Conflict;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.LegalBasis;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.PersonId;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.Text;
import jp.kiban.standards.Judgement;
import jp.kiban.standards.Standards;
import jp.kiban.statistics.OwnFigures;
import jp.kiban.store.Scope;
import jp.kiban.submission.Outcome;
import jp.kiban.submission.Submissions;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// 検査の役所. The office of an invented authority: it takes in, examines and decides by the very acts of every other office,
/// with two officers of its own. It knows no shorter way.
@Component
@ConditionalOnProperty("kiban.conformity.enabled")
final class TestOffice {
    private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");
    private static final long LONGEST_WAIT_NANOS = 10_000_000_000L;
    private static final Set<CaseStage> DECIDED = Set.of(CaseStage.GRANTED, CaseStage.REFUSED, CaseStage.REDIRECTED);

    private final Submissions submissions;
    private final Cases cases;
    private final Notices notices;
    private final OwnFigures figures;
    private final Standards standards;
    private final TestSessions sessions;
    private final Clock clock;

    TestOffice(Submissions submissions, Cases cases, Notices notices, OwnFigures figures, Standards standards,
            TestSessions sessions, Clock clock) {
        this.submissions = submissions;
        this.cases = cases;
        this.notices = notices;
        this.figures = figures;
        this.standards = standards;
        this.sessions = sessions;
        this.clock = clock;
    }

    Outcome submit(TestSessions.Session session, LocalDate day, String applicant, Language language,
            ObjectNode answers, String key) {
        var resident = new Actor.Resident(session.authority(), person(applicant));
        return ActingDay.on(day, () -> submissions.receiveStated(resident, session.standard(), answers, language, key));
    }

    /// The same applicant is the same person, within a session.
    private static PersonId person(String applicant) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(applicant.getBytes(StandardCharsets.UTF_8));
            return PersonId.of(String.format(Locale.ROOT, "%015d",
                    new BigInteger(1, hash).mod(BigInteger.TEN.pow(15))));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    Told.Followed follow(TestSessions.Session session, ReceiptNumber receipt) {
        var file = file(session, receipt);
        return new Told.Followed(receipt.text(), file.standard().id(), file.standard().version(), status(file),
                file.stage().name(), file.arrivedOn(), file.stage().isOpen() ? file.dueOn() : Optional.empty());
    }

    private static String status(Case file) {
        return file.stage() == CaseStage.WITHDRAWN ? "withdrawn" : file.stage().isOpen() ? "open" : "decided";
    }

    /// The case of a receipt that was given out; it is opened a moment after the receipt.
    private Case file(TestSessions.Session session, ReceiptNumber receipt) {
        submissions.find(session.authority(), receipt);
        long until = System.nanoTime() + LONGEST_WAIT_NANOS;
        while (cases.stage(session.authority(), receipt).isEmpty()) {
            if (System.nanoTime() > until)
                throw new IllegalStateException("the case of " + receipt + " was not opened");
            pause();
        }
        return cases.find(session.authority(), receipt);
    }

    private static void pause() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while waiting", stop);
        }
    }

    /// 職員の判断. What an officer wants instead of what the rules say, and why.
    record Otherwise(DecisionKind kind, Text why, LegalBasis law) {}

    /// Carries the case to its decision, by the acts of reception, review and approval. A case that is decided stays so.
    ObjectNode decide(TestSessions.Session session, ReceiptNumber receipt, LocalDate day,
            Optional<Otherwise> otherwise) {
        var file = file(session, receipt);
        if (day.isBefore(file.arrivedOn()))
            throw BadInput.of("day", "conformity.day", new Text("到達の日より前には決められません。", "届（とど）く 前に 決める ことは できません。",
                    "Nothing is decided before it has arrived."));
        ActingDay.on(day, () -> {
            carry(session, receipt, otherwise);
            return true;
        });
        return decision(session, receipt);
    }

    private void carry(TestSessions.Session session, ReceiptNumber receipt, Optional<Otherwise> otherwise) {
        var taking = new Actor.Officer(session.authority(), "kensa-1", "検査 一郎", Set.of(Role.RECEPTION, Role.REVIEW));
        var deciding = new Actor.Officer(session.authority(), "kensa-2", "検査 花子", Set.of(Role.APPROVAL));
        for (int acts = 0; acts < 8; acts++) {
            var file = cases.find(session.authority(), receipt);
            switch (file.stage()) {
                case RECEIVED -> cases.accept(taking, receipt, file.version());
                case CHECKING -> cases.propose(taking, receipt, file.version(), otherwise.map(TestOffice::departure),
                        requirements(session, file), "適合性検査");
                case PROPOSED -> cases.decide(deciding, receipt, file.version(), otherwise.isPresent());
                case GRANTED, REFUSED, REDIRECTED, CLOSED -> {
                    return;
                }
                default -> throw new Conflict(new Text("この申請は、いま決めることができません。", "この 申請（しんせい）は、今 決められません。",
                        "This application cannot be decided now."));
            }
        }
        throw new IllegalStateException(receipt + " comes to no end");
    }

    private static Departure departure(Otherwise otherwise) {
        return new Departure(List.of(), Optional.of(otherwise.kind()),
                new Judgement.Reason("OFFICER", otherwise.why(), otherwise.law()));
    }

    /// What an officer has to see; the test officer has.
    private Set<String> requirements(TestSessions.Session session, Case file) {
        var submission = submissions.find(session.authority(), file.receipt());
        return standards.version(file.standard())
                .judge(submission.answers(), file.arrivedOn(), sessions.values(session, file.standard()))
                .questionsStillOpen().stream().map(Judgement.Requirement::code).collect(Collectors.toSet());
    }

    /// The decision; `NotThere` while there is none.
    ObjectNode decision(TestSessions.Session session, ReceiptNumber receipt) {
        var file = file(session, receipt);
        return told(file, cases.decision(session.authority(), receipt).orElseThrow(NotThere::new));
    }

    private static ObjectNode told(Case file, Decision decision) {
        var judgement = decision.basis().judgement();
        var outcome = switch (decision.kind()) {
            case GRANT -> Judgement.Outcome.GRANT;
            case REFUSAL -> Judgement.Outcome.REFUSE;
            case REDIRECT -> Judgement.Outcome.REDIRECT;
        };
        var told = Told.of(judgement, outcome.name(), decision.reasons());
        told.put("receipt", file.receipt().text());
        told.put("standard", file.standard().id());
        told.put("version", file.standard().version().toString());
        told.put("decidedOn", decision.basis().decidedOn().toString());
        told.put("by", decision.basis().overrule().isPresent() ? "officer" : "rules");
        return told;
    }

    void withdraw(TestSessions.Session session, ReceiptNumber receipt, LocalDate day) {
        var submission = submissions.find(session.authority(), receipt);
        file(session, receipt);
        ActingDay.on(day,
                () -> submissions.withdraw(new Actor.Resident(session.authority(), submission.person()), receipt));
        long until = System.nanoTime() + LONGEST_WAIT_NANOS;
        while (cases.find(session.authority(), receipt).stage().isOpen() && System.nanoTime() < until)
            pause();
    }

    List<Told.Notice> notices(TestSessions.Session session, ReceiptNumber receipt) {
        file(session, receipt);
        return notices.of(Scope.of(session.authority()), session.authority(), receipt).stream()
                .map(n -> new Told.Notice(n.number(), n.kind(), LocalDate.ofInstant(n.issuedAt(), JAPAN),
                        words(n)))
                .toList();
    }

    private static Map<String, Told.Words> words(jp.kiban.casework.Notice notice) {
        var words = new LinkedHashMap<String, Told.Words>();
        for (var language : Language.values())
            words.put(language.code(), new Told.Words(notice.in(language).title(), notice.in(language).text()));
        return words;
    }

    OwnFigures.Own statistics(TestSessions.Session session) {
        return figures.of(session.authority(), session.standard());
    }

    /// 持ち出し. Every case as a record that any other system can read.
    List<ObjectNode> export(TestSessions.Session session) {
        return cases.receipts(session.authority()).stream().map(receipt -> {
            var file = cases.find(session.authority(), receipt);
            var submission = submissions.find(session.authority(), receipt);
            var record = JsonNodeFactory.instance.objectNode();
            record.put("receipt", receipt.text());
            record.put("standard", file.standard().id());
            record.put("version", file.standard().version().toString());
            record.put("arrivedOn", file.arrivedOn().toString());
            record.put("language", submission.language().code());
            record.put("status", status(file));
            record.set("answers", submission.answers());
            cases.decision(session.authority(), receipt)
                    .ifPresent(decision -> record.set("decision", told(file, decision)));
            return record;
        }).toList();
    }

    LocalDate today() { return LocalDate.now(clock); }
}
