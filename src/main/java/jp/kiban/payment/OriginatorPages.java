package jp.kiban.payment;

import java.util.List;
import java.util.Map;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/// 振込依頼人の画面. The authority's own code and account at its bank, which head every transfer file.
@Controller
class OriginatorPages {
    private final Originators originators;

    OriginatorPages(Originators originators) { this.originators = originators; }

    @Permit({Role.TREASURY, Role.APPROVAL})
    @GetMapping("/payment/originator")
    String page(Actor.Officer by, Model model) {
        var typed = originators.current(by.authority()).map(OriginatorPages::fields).orElse(Map.of());
        return page(by, typed, List.of(), model);
    }

    private static Map<String, String> fields(Originators.Current current) {
        var account = current.originator().account();
        return Map.of("code", current.originator().code(), "holderKana", current.originator().name(), "bankCode",
                account.bankCode(), "bankName", account.bankName(), "branchCode", account.branchCode(), "branchName",
                account.branchName(), "type", String.valueOf(account.type()), "number", account.number(), "crlf",
                String.valueOf(current.crlf()));
    }

    private static String page(Actor.Officer by, Map<String, String> typed, List<Finding> findings, Model model) {
        model.addAttribute("typed", typed);
        model.addAttribute("findings", findings);
        model.addAttribute("maySet", by.may(Role.TREASURY));
        return "payment/originator";
    }

    @Permit(Role.TREASURY)
    @PostMapping("/payment/originator")
    Object set(Actor.Officer by, @RequestParam Map<String, String> typed, Model model) {
        try {
            set(originators, by, typed);
            return "redirect:/payment/originator?kept=true";
        } catch (BadInput bad) {
            return new ModelAndView(page(by, typed, bad.findings(), model), model.asMap(),
                    HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    static void set(Originators originators, Actor.Officer by, Map<String, String> typed) {
        originators.set(by.authority(), by.id(), typed.getOrDefault("code", ""), typed.getOrDefault("holderKana", ""),
                typed.getOrDefault("bankCode", ""), typed.getOrDefault("bankName", ""),
                typed.getOrDefault("branchCode", ""), typed.getOrDefault("branchName", ""),
                typed.getOrDefault("type", ""), typed.getOrDefault("number", ""),
                typed.getOrDefault("crlf", "").equals("true"));
    }
}
