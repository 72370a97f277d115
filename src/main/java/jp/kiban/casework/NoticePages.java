package jp.kiban.casework;

import jakarta.servlet.http.HttpServletResponse;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.store.Scope;
import jp.kiban.store.Work;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.RedirectView;

/// 通知書の画面. A notice as it was sent, to read, to print and as PDF, in the language of the reader; for the person it
/// is for, and for the officers of the authority that sent it.
@Controller
final class NoticePages {
    private final Notices notices;
    private final Cases cases;
    private final Looks looks;
    private final Paper paper;
    private final Fonts fonts;

    NoticePages(Notices notices, Cases cases, Looks looks, Paper paper, Fonts fonts) {
        this.notices = notices;
        this.cases = cases;
        this.looks = looks;
        this.paper = paper;
        this.fonts = fonts;
    }

    @GetMapping("/casework/my/{receipt}/notices/{number}")
    @Permit(Role.RESIDENT)
    String mine(Actor.Resident resident, Language language, @PathVariable String receipt, @PathVariable int number,
            Model model) {
        return page(mine(resident, receipt, number), "/casework/my/" + receipt, language, model);
    }

    @GetMapping("/casework/cases/{receipt}/notices/{number}")
    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL})
    String ours(Actor.Officer officer, Language language, @PathVariable String receipt, @PathVariable int number,
            Model model) {
        return page(ours(officer, receipt, number), "/casework/cases/" + receipt, language, model);
    }

    @GetMapping("/casework/my/{receipt}/notices/{number}.pdf")
    @Permit(Role.RESIDENT)
    Object minePdf(Actor.Resident resident, Language language, @PathVariable String receipt, @PathVariable int number) {
        return pdf(mine(resident, receipt, number), "/casework/my/" + receipt, language);
    }

    @GetMapping("/casework/cases/{receipt}/notices/{number}.pdf")
    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL})
    Object oursPdf(Actor.Officer officer, Language language, @PathVariable String receipt, @PathVariable int number) {
        return pdf(ours(officer, receipt, number), "/casework/cases/" + receipt, language);
    }

    /// Says which folder a font belongs in, where none is found.
    @GetMapping("/casework/no-font")
    @Permit({Role.RESIDENT, Role.RECEPTION, Role.REVIEW, Role.APPROVAL})
    String noFont(Actor actor, Model model, HttpServletResponse response) {
        response.setStatus(HttpStatus.OK.value());
        model.addAttribute("folder", actor instanceof Actor.Officer ? fonts.folder().toString() : "");
        return "casework/no-font";
    }

    private Notice mine(Actor.Resident resident, String receipt, int number) {
        return notices.get(Scope.resident(resident.authority(), resident.person()), resident.authority(),
                valid(receipt), number);
    }

    private Notice ours(Actor.Officer officer, String receipt, int number) {
        var file = cases.find(officer.authority(), valid(receipt));
        looks.at(officer, file, java.util.List.of("resident.person"), Words.in(Language.JA, "casework.look.case"));
        return notices.get(Scope.of(officer.authority()), officer.authority(), file.receipt(), number);
    }

    private static ReceiptNumber valid(String receipt) {
        if (!ReceiptNumber.isValid(receipt))
            throw new NotThere();
        return ReceiptNumber.of(receipt);
    }

    private static String page(Notice notice, String back, Language language, Model model) {
        Work.current().concerns(notice.authority(), notice.receipt());
        model.addAttribute("notice", notice).addAttribute("words", notice.in(language)).addAttribute("back", back)
                .addAttribute("body", notice.in(language).html().replace("<table>", "<table class=\"dads-table\">"));
        return "casework/notice";
    }

    private Object pdf(Notice notice, String back, Language language) {
        Work.current().concerns(notice.authority(), notice.receipt());
        var written = paper.pdf(notice, language);
        if (written.isEmpty()) {
            View noFont = new RedirectView("/casework/no-font");
            return noFont;
        }
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_PDF)
                .header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.inline()
                        .filename("%s-%d-%s.pdf".formatted(notice.receipt(), notice.number(), language.code())).build()
                        .toString())
                .header(HttpHeaders.CONTENT_LANGUAGE, language.html()).body(written.get());
    }
}
