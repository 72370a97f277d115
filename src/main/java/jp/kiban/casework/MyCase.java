package jp.kiban.casework;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.Text;
import jp.kiban.standards.ServiceStandard;
import jp.kiban.standards.Standards;
import jp.kiban.standards.Terms;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import jp.kiban.store.Work;
import jp.kiban.submission.CorrectionAsked;
import jp.kiban.submission.Submissions;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// 申請の状況. What a resident sees of her own case: where it stands, by when, what to correct, her notices. Nothing of
/// what officers say to each other, and nothing of anybody else's application.
@Controller
final class MyCase {
    private final Store store;
    private final Notices notices;
    private final Submissions submissions;
    private final Standards standards;
    private final Cases cases;
    private final Hints hints;

    MyCase(Store store, Notices notices, Submissions submissions, Standards standards, Cases cases, Hints hints) {
        this.cases = cases;
        this.hints = hints;
        this.store = store;
        this.notices = notices;
        this.submissions = submissions;
        this.standards = standards;
    }

    @GetMapping("/casework/my/{receipt}")
    @Permit(Role.RESIDENT)
    String show(Actor.Resident resident, @PathVariable String receipt, Model model) {
        return page(file(resident, receipt), List.of(), "", "", model);
    }

    /// 済. She has done what the flow waits for.
    @PostMapping("/casework/my/{receipt}/task")
    @Permit(Role.RESIDENT)
    String done(Actor.Resident resident, @PathVariable String receipt, @RequestParam int version,
            @RequestParam String task, @RequestParam(defaultValue = "") String note, Model model) {
        var file = file(resident, receipt);
        try {
            cases.done(resident, file.receipt(), version, task, note);
            return "redirect:/casework/my/" + file.receipt();
        } catch (BadInput bad) {
            return page(file, bad.findings(), task, note, model);
        }
    }

    private Case file(Actor.Resident resident, String receipt) {
        if (!ReceiptNumber.isValid(receipt))
            throw new NotThere();
        var file = of(store, scope(resident), Optional.of(ReceiptNumber.of(receipt))).stream().findFirst()
                .orElseThrow(NotThere::new);
        Work.current().concerns(file.authority(), file.receipt());
        return file;
    }

    static Scope.Resident scope(Actor.Resident resident) {
        return new Scope.Resident(resident.authority(), resident.person());
    }

    private String page(Case file, List<Finding> findings, String task, String note, Model model) {
        var scope = new Scope.Resident(file.authority(), file.person());
        var asked = file.stage() == CaseStage.CORRECTION
                ? submissions.corrections(file.authority(), file.receipt()).reversed().stream().findFirst()
                : Optional.<CorrectionAsked>empty();
        model.addAttribute("file", file).addAttribute("asked", asked.orElse(null))
                .addAttribute("standardName", standards.get(file.standard().id()).name())
                .addAttribute("notices", notices.of(scope, file.authority(), file.receipt()).reversed())
                .addAttribute("tasks", cases.residentsTasks(file)).addAttribute("findings", findings)
                .addAttribute("asks", standards.version(file.standard()).terms().tasks().stream().collect(Collectors
                        .toMap(Terms.Asked::id, t -> t)))
                .addAttribute("typed", Map.of(task, note))
                .addAttribute("hints", shown(standards, hints.of(scope, Optional.of(file.receipt()))))
                .addAttribute("now", switch (file.stage()) {
                    case RECEIVED -> 1;
                    case CHECKING, CORRECTION, PROPOSED -> 2;
                    case GRANTED, REFUSED, REDIRECTED, WITHDRAWN, CLOSED -> 4;
                });
        return "casework/my";
    }

    /// 案内（見せる形）. With the names of the standards; a standard that is not here is not offered.
    record Shown(Hint hint, Text of, Optional<Text> next) {}

    static List<Shown> shown(Standards standards, List<Hint> hints) {
        var names = standards.all().stream().collect(Collectors.toMap(ServiceStandard::id, ServiceStandard::name));
        return hints.stream()
                .filter(hint -> names.containsKey(hint.standard())
                        && (hint.kind() != Hint.Kind.NEXT || names.containsKey(hint.opens())))
                .map(hint -> new Shown(hint, Objects.requireNonNull(names.get(hint.standard())),
                        Optional.ofNullable(names.get(hint.opens()))))
                .toList();
    }

    /// Her cases, the newest first; the database gives nobody else's.
    static List<Case> of(Store store, Scope.Resident scope, Optional<ReceiptNumber> receipt) {
        return store.in(scope, jdbc -> jdbc.sql("select " + Cases.COLUMNS + """
                from casework.case_file where authority = ? and person = ? and (receipt = ? or ?)
                order by arrived_at desc limit 20
                """).params(scope.authority().code(), scope.person().number(),
                receipt.map(ReceiptNumber::text).orElse(""), receipt.isEmpty())
                .query((row, i) -> Cases.read(scope.authority(), row)).list());
    }
}
