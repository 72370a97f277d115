package jp.kiban.payment;

import java.util.List;
import java.util.Map;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.portal.Csv;
import jp.kiban.standards.Standards;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/// 支払えないものと口座の訂正の画面. Who is owed money and has no account that a bank takes, or whose money came back; a corrected account is
/// entered here and confirmed by another officer.
@Controller
class ReturnPages {
    private final PayRuns runs;
    private final Accounts accounts;
    private final Standards standards;

    ReturnPages(PayRuns runs, Accounts accounts, Standards standards) {
        this.runs = runs;
        this.accounts = accounts;
        this.standards = standards;
    }

    @Permit({Role.TREASURY, Role.APPROVAL})
    @GetMapping("/payment/returns")
    String list(Actor.Officer by, Model model) {
        model.addAttribute("unpayable", unpayable(by));
        model.addAttribute("waiting", accounts.waiting(by.authority()));
        model.addAttribute("me", by.id());
        model.addAttribute("mayEnter", by.may(Role.TREASURY));
        return "payment/returns";
    }

    private List<PayRuns.Unpayable> unpayable(Actor.Officer by) {
        return standards.all().stream().filter(s -> s.versions().getLast().terms().pays())
                .flatMap(service -> runs.outlook(by.authority(), service.id(),
                        runs.nextPayDay(by.authority(), service.id())).unpayable().stream())
                .toList();
    }

    @Permit({Role.TREASURY, Role.APPROVAL})
    @GetMapping("/payment/returns.csv")
    ResponseEntity<byte[]> csv(Actor.Officer by, Language language) {
        return Csv.download("unpayable.csv", PayRunPages.heads(language, "receipt", "amount", "why"),
                unpayable(by).stream().map(u -> List.<Object>of(u.receipt().text(), u.amount().amount(),
                        Words.in(language, "payment.why." + u.why()))).toList());
    }

    @Permit(Role.TREASURY)
    @GetMapping("/payment/accounts/{receipt}")
    String form(Actor.Officer by, @PathVariable String receipt, Model model) {
        return form(by, receipt, Map.of(), List.of(), model);
    }

    private String form(Actor.Officer by, String receipt, Map<String, String> typed, List<Finding> findings,
            Model model) {
        var number = number(receipt);
        if (unpayable(by).stream().noneMatch(u -> u.receipt().equals(number))
                && accounts.waiting(by.authority()).stream().noneMatch(w -> w.receipt().equals(number)))
            throw new NotThere();
        model.addAttribute("receipt", number);
        model.addAttribute("typed", typed);
        model.addAttribute("findings", findings);
        return "payment/account";
    }

    @Permit(Role.TREASURY)
    @PostMapping("/payment/accounts/{receipt}")
    Object enter(Actor.Officer by, @PathVariable String receipt, @RequestParam Map<String, String> typed,
            Model model) {
        try {
            accounts.enter(by, number(receipt), read(typed));
            return "redirect:/payment/returns";
        } catch (BadInput bad) {
            return new ModelAndView(form(by, receipt, typed, bad.findings(), model), model.asMap(),
                    HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    static BankAccount.Reading read(Map<String, String> typed) {
        return BankAccount.read("", typed.getOrDefault("bankCode", ""), typed.getOrDefault("bankName", ""),
                typed.getOrDefault("branchCode", ""), typed.getOrDefault("branchName", ""),
                typed.getOrDefault("type", ""), typed.getOrDefault("number", ""),
                typed.getOrDefault("holderKana", ""));
    }

    @Permit({Role.TREASURY, Role.APPROVAL})
    @PostMapping("/payment/accounts/{receipt}/{version}/confirm")
    String confirm(Actor.Officer by, @PathVariable String receipt, @PathVariable int version) {
        accounts.confirm(by, number(receipt), version);
        return "redirect:/payment/returns";
    }

    static ReceiptNumber number(String text) {
        if (!ReceiptNumber.isValid(text))
            throw new NotThere();
        return ReceiptNumber.of(text);
    }
}
