package jp.kiban.casework;

import java.util.List;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.store.Work;
import jp.kiban.submission.Attachments;
import jp.kiban.submission.FilePages;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/// 事案の添付ファイル. What the applicant gave with the application, for the officers of the case. A photo may show where a
/// protected person lives: it is hidden as their address is, until somebody gave a reason.
@Controller
final class CaseFiles {
    private final Cases cases;
    private final Looks looks;
    private final Attachments attachments;

    CaseFiles(Cases cases, Looks looks, Attachments attachments) {
        this.cases = cases;
        this.looks = looks;
        this.attachments = attachments;
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL})
    @GetMapping({"/casework/cases/{receipt}/files/{sha256}", "/api/casework/cases/{receipt}/files/{sha256}"})
    ResponseEntity<byte[]> file(Actor.Officer officer, @PathVariable String receipt, @PathVariable String sha256) {
        if (!ReceiptNumber.isValid(receipt))
            throw new NotThere();
        var file = cases.find(officer.authority(), ReceiptNumber.of(receipt));
        Work.current().concerns(file.authority(), file.receipt());
        if (looks.mark(file).isPresent() && !looks.isOpen(officer, file))
            throw new NotThere();
        var content = attachments.of(file.authority(), file.receipt(), sha256).orElseThrow(NotThere::new);
        looks.at(officer, file, List.of("resident.person"), Words.in(Language.JA, "casework.look.case"));
        return FilePages.shown(content, sha256);
    }
}
