package jp.kiban.casework;

import java.util.List;
import java.util.Optional;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.standards.Standards;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import jp.kiban.store.Work;
import jp.kiban.submission.CorrectionAsked;
import jp.kiban.submission.Submissions;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/// 申請の状況. What a resident sees of her own case: where it stands, by when, what to correct, her notices. Nothing of
/// what officers say to each other, and nothing of anybody else's application.
@Controller
final class MyCase {
    private final Store store;
    private final Notices notices;
    private final Submissions submissions;
    private final Standards standards;

    MyCase(Store store, Notices notices, Submissions submissions, Standards standards) {
        this.store = store;
        this.notices = notices;
        this.submissions = submissions;
        this.standards = standards;
    }

    @GetMapping("/casework/my/{receipt}")
    @Permit(Role.RESIDENT)
    String show(Actor.Resident resident, @PathVariable String receipt, Model model) {
        if (!ReceiptNumber.isValid(receipt))
            throw new NotThere();
        var scope = new Scope.Resident(resident.authority(), resident.person());
        var file = of(store, scope, Optional.of(ReceiptNumber.of(receipt))).stream().findFirst()
                .orElseThrow(NotThere::new);
        Work.current().concerns(file.authority(), file.receipt());
        var asked = file.stage() == CaseStage.CORRECTION
                ? submissions.corrections(file.authority(), file.receipt()).reversed().stream().findFirst()
                : Optional.<CorrectionAsked>empty();
        model.addAttribute("file", file).addAttribute("asked", asked.orElse(null))
                .addAttribute("standardName", standards.get(file.standard().id()).name())
                .addAttribute("notices", notices.of(scope, file.authority(), file.receipt()).reversed())
                .addAttribute("now", switch (file.stage()) {
                    case RECEIVED -> 1;
                    case CHECKING, CORRECTION, PROPOSED -> 2;
                    case GRANTED, REFUSED, REDIRECTED, WITHDRAWN, CLOSED -> 4;
                });
        return "casework/my";
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
