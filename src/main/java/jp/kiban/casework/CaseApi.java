package jp.kiban.casework;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.portal.Page;
import jp.kiban.standards.Judgement;
import jp.kiban.store.Work;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// 事案のAPI. Every act of the officers' pages for programs; the version that was seen goes with each act.
@RestController
@Tag(name = "casework 事案", description = "Cases, their stages and the acts on them")
final class CaseApi {
    private final Cases cases;
    private final CaseList list;
    private final Looks looks;

    CaseApi(Cases cases, CaseList list, Looks looks) {
        this.cases = cases;
        this.list = list;
        this.looks = looks;
    }

    /// 事案の要約. A case in the list: no address, no account.
    record Row(ReceiptNumber receipt, String standard, String applicant, CaseStage stage, int version,
            LocalDate arrivedOn, Optional<LocalDate> dueOn, boolean overdue, Optional<DecisionKind> suggests,
            boolean duplicate, int disputes, String reviewer) {}

    /// 事案の全体. What the case page shows, without the answers themselves: those are at `/api/submission`.
    record Whole(Row summary, int daysUsed, int pausedDays, Judgement judgement, DecisionKind kind,
            Optional<Overrule> overrule, boolean decided, List<Past> history, Set<String> may) {}

    /// 経過.
    record Past(int number, String event, CaseStage stage, java.time.Instant at, String officer, String note) {}

    /// 操作. The version seen, and the officer's words where the act wants them.
    record Act(int version, Optional<String> note, Optional<Boolean> overruleRead, Optional<Set<String>> seen) {}

    /// 補正の求め.
    record Ask(int version, List<Finding> findings, Optional<LocalDate> until) {}

    /// 規則によらない案.
    record Depart(int version, Departure departure, Optional<String> note, Optional<Set<String>> seen) {}

    /// 済. A task of the flow, by its id.
    record Did(int version, String task, Optional<String> note) {}

    /// 申出の確認.
    record Settle(int version, String item, String note) {}

    @GetMapping("/api/casework/cases")
    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL})
    @Operation(summary = "Cases of the officer's authority")
    Page<Row> cases(Actor.Officer officer, Page.Wanted wanted, @RequestParam(defaultValue = "") String stage,
            @RequestParam(defaultValue = "") String due, @RequestParam(defaultValue = "") String standard,
            @RequestParam(defaultValue = "ALL") String whose, @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "due") String sort) {
        return list.find(officer, Inbox.filter(stage, due, standard, whose, q, sort), wanted).map(this::row);
    }

    @GetMapping("/api/casework/cases/{receipt}")
    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL})
    @Operation(summary = "One case: stage, deadline, the judgement rule by rule, history, and what the officer may do")
    Whole one(Actor.Officer officer, @PathVariable String receipt) {
        var file = cases.find(officer.authority(), valid(receipt));
        Work.current().concerns(file.authority(), file.receipt());
        looks.at(officer, file, List.of("resident.person"), Words.in(Language.JA, "casework.look.case"));
        var decision = cases.decision(file.authority(), file.receipt());
        var proposal = file.stage() == CaseStage.PROPOSED
                ? cases.proposal(file.authority(), file.receipt())
                : Optional.<Proposal>empty();
        var judgement = decision.map(d -> d.basis().judgement()).or(() -> proposal.map(Proposal::judgement))
                .orElseGet(() -> cases.judge(file, cases.submission(file).answers()));
        if (looks.mark(file).isPresent() && !looks.isOpen(officer, file))
            judgement = Answers.withoutAddresses(judgement, cases.standard(file).form());
        var steps = cases.steps(file.authority(), file.receipt());
        var proposer = steps.stream().filter(s -> s.event().equals("Proposed")).reduce((a, b) -> b)
                .map(Step::officer);
        return new Whole(row(file), file.clock().daysAt(cases.today()), file.clock().pausedDaysAt(cases.today()),
                judgement, decision.map(Decision::kind).or(() -> proposal.map(Proposal::kind))
                        .orElse(DecisionKind.of(judgement.outcome())),
                decision.flatMap(d -> d.basis().overrule()).or(() -> proposal.flatMap(Proposal::overrule)),
                decision.isPresent(),
                steps.stream().map(s -> new Past(s.number(), s.event(), s.stage(), s.at(), s.officer(), s.note()))
                        .toList(),
                cases.mayDo(officer, file, proposer).stream().map(Class::getSimpleName)
                        .collect(java.util.stream.Collectors.toCollection(java.util.TreeSet::new)));
    }

    @PostMapping("/api/casework/cases/{receipt}/accept")
    @Permit({Role.RECEPTION, Role.REVIEW})
    Row accept(Actor.Officer officer, @PathVariable String receipt, @RequestBody Act act) {
        return row(cases.accept(officer, valid(receipt), act.version()));
    }

    @PostMapping("/api/casework/cases/{receipt}/correction")
    @Permit({Role.RECEPTION, Role.REVIEW})
    Row correction(Actor.Officer officer, @PathVariable String receipt, @RequestBody Ask ask) {
        return row(cases.askCorrection(officer, valid(receipt), ask.version(), ask.findings(), ask.until()));
    }

    @PostMapping("/api/casework/cases/{receipt}/end-correction")
    @Permit({Role.RECEPTION, Role.REVIEW})
    Row endCorrection(Actor.Officer officer, @PathVariable String receipt, @RequestBody Act act) {
        return row(cases.endCorrection(officer, valid(receipt), act.version(), act.note().orElse("")));
    }

    @PostMapping("/api/casework/cases/{receipt}/settle")
    @Permit(Role.REVIEW)
    Row settle(Actor.Officer officer, @PathVariable String receipt, @RequestBody Settle settle) {
        return row(cases.settle(officer, valid(receipt), settle.version(), settle.item(), settle.note()));
    }

    @PostMapping("/api/casework/cases/{receipt}/propose")
    @Permit(Role.REVIEW)
    Row propose(Actor.Officer officer, @PathVariable String receipt, @RequestBody Act act) {
        return row(cases.propose(officer, valid(receipt), act.version(), Optional.empty(),
                act.seen().orElse(Set.of()), act.note().orElse("")));
    }

    @PostMapping("/api/casework/cases/{receipt}/departure")
    @Permit(Role.REVIEW)
    Row departure(Actor.Officer officer, @PathVariable String receipt, @RequestBody Depart depart) {
        return row(cases.propose(officer, valid(receipt), depart.version(), Optional.of(depart.departure()),
                depart.seen().orElse(Set.of()), depart.note().orElse("")));
    }

    @PostMapping("/api/casework/cases/{receipt}/withdraw-proposal")
    @Permit(Role.REVIEW)
    Row withdrawProposal(Actor.Officer officer, @PathVariable String receipt, @RequestBody Act act) {
        return row(cases.withdrawProposal(officer, valid(receipt), act.version()));
    }

    @PostMapping("/api/casework/cases/{receipt}/send-back")
    @Permit(Role.APPROVAL)
    Row sendBack(Actor.Officer officer, @PathVariable String receipt, @RequestBody Act act) {
        return row(cases.sendBack(officer, valid(receipt), act.version(), act.note().orElse("")));
    }

    @PostMapping("/api/casework/cases/{receipt}/decide")
    @Permit(Role.APPROVAL)
    Row decide(Actor.Officer officer, @PathVariable String receipt, @RequestBody Act act) {
        return row(cases.decide(officer, valid(receipt), act.version(), act.overruleRead().orElse(false)));
    }

    @PostMapping("/api/casework/cases/{receipt}/task")
    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL})
    Row done(Actor.Officer officer, @PathVariable String receipt, @RequestBody Did did) {
        return row(cases.done(officer, valid(receipt), did.version(), did.task(), did.note().orElse("")));
    }

    @PostMapping("/api/casework/cases/{receipt}/close")
    @Permit({Role.REVIEW, Role.APPROVAL})
    Row close(Actor.Officer officer, @PathVariable String receipt, @RequestBody Act act) {
        return row(cases.close(officer, valid(receipt), act.version()));
    }

    private static ReceiptNumber valid(String receipt) {
        if (!ReceiptNumber.isValid(receipt))
            throw new NotThere();
        return ReceiptNumber.of(receipt);
    }

    private Row row(Case file) {
        return new Row(file.receipt(), file.standard().toString(), file.applicant(), file.stage(), file.version(),
                file.arrivedOn(), file.dueOn(), file.overdue(cases.today()), file.suggests(), file.duplicate(),
                file.disputes(), file.reviewer());
    }
}
