package jp.kiban.payment;

import java.io.IOException;
import java.util.List;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.portal.Page;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/// 振込結果の画面. A file from the bank is uploaded, looked at, and then applied.
@Controller
class ResultPages {
    private final BankResults results;

    ResultPages(BankResults results) { this.results = results; }

    @Permit({Role.TREASURY, Role.APPROVAL})
    @GetMapping("/payment/results")
    String list(Actor.Officer by, Page.Wanted wanted, Model model) { return list(by, wanted, List.of(), model); }

    private String list(Actor.Officer by, Page.Wanted wanted, List<Finding> findings, Model model) {
        model.addAttribute("findings", findings);
        model.addAttribute("page", results.all(by.authority(), wanted));
        model.addAttribute("mayUpload", by.may(Role.TREASURY));
        return "payment/results";
    }

    @Permit(Role.TREASURY)
    @PostMapping("/payment/results")
    Object upload(Actor.Officer by,
            @RequestParam(required = false) @org.jspecify.annotations.Nullable MultipartFile file,
            Page.Wanted wanted, Model model) throws IOException {
        try {
            if (file == null)
                throw BadInput.of("file", "EMPTY", Words.of("payment.result.empty"));
            String name = file.getOriginalFilename();
            return "redirect:/payment/results/" + results.receive(by, name == null ? "" : name, file.getBytes());
        } catch (BadInput bad) {
            return new ModelAndView(list(by, wanted, bad.findings(), model), model.asMap(),
                    HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    @Permit({Role.TREASURY, Role.APPROVAL})
    @GetMapping("/payment/results/{id}")
    String one(Actor.Officer by, @PathVariable String id, Model model) {
        model.addAttribute("preview", results.preview(by.authority(), id));
        model.addAttribute("mayApply", by.may(Role.TREASURY));
        return "payment/result";
    }

    @Permit(Role.TREASURY)
    @PostMapping("/payment/results/{id}/apply")
    String apply(Actor.Officer by, @PathVariable String id) {
        results.apply(by, id);
        return "redirect:/payment/results/" + id;
    }
}
