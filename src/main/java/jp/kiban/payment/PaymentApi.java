package jp.kiban.payment;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.portal.Page;
import jp.kiban.standards.Standards;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// 支払のAPI. Every act and every list of the pages, for programs.
@RestController
@RequestMapping(path = "/api/payment", produces = MediaType.APPLICATION_JSON_VALUE)
class PaymentApi {
    private final PayRuns runs;
    private final BankResults results;
    private final Accounts accounts;
    private final Originators originators;
    private final Standards standards;

    PaymentApi(PayRuns runs, BankResults results, Accounts accounts, Originators originators, Standards standards) {
        this.runs = runs;
        this.results = results;
        this.accounts = accounts;
        this.originators = originators;
        this.standards = standards;
    }

    /// What to prepare: the service, the day (the next regular pay day when absent) and a key of the caller's that makes a
    /// repeated call the same run.
    record Preparation(Optional<String> service, Optional<String> payDay, Optional<String> press) {}

    /// Why a run is called off.
    record Reason(Optional<String> reason) {}

    @Permit({Role.TREASURY, Role.APPROVAL})
    @GetMapping("/outlook")
    PayRuns.Outlook outlook(Actor.Officer by, @RequestParam String service,
            @RequestParam(defaultValue = "") String payDay) {
        standards.get(service);
        return runs.outlook(by.authority(), service,
                payDay.isBlank() ? runs.nextPayDay(by.authority(), service) : PayRunPages.day(payDay));
    }

    @Permit({Role.TREASURY, Role.APPROVAL})
    @GetMapping("/runs")
    Page<PayRun> list(Actor.Officer by, Page.Wanted wanted) { return runs.all(by.authority(), wanted); }

    @Permit(Role.TREASURY)
    @PostMapping("/runs")
    PayRun prepare(Actor.Officer by, @RequestBody Preparation wanted) {
        String service = standards.get(wanted.service().orElse("")).id();
        String press = wanted.press().orElse("");
        if (press.isBlank() || press.length() > 100)
            throw BadInput.of("press", "PRESS", Words.of("payment.finding.press"));
        return runs.prepare(by, service, wanted.payDay().map(PayRunPages::day)
                .orElseGet(() -> runs.nextPayDay(by.authority(), service)), press);
    }

    @Permit({Role.TREASURY, Role.APPROVAL})
    @GetMapping("/runs/{number}")
    PayRun run(Actor.Officer by, @PathVariable int number) { return runs.get(by.authority(), number); }

    @Permit({Role.TREASURY, Role.APPROVAL})
    @GetMapping("/runs/{number}/files")
    List<PayRuns.SentFile> files(Actor.Officer by, @PathVariable int number) {
        runs.get(by.authority(), number);
        return runs.files(by.authority(), number);
    }

    @Permit({Role.TREASURY, Role.APPROVAL})
    @GetMapping("/orders")
    Page<PaymentOrder> orders(Actor.Officer by, @RequestParam(required = false) Optional<Integer> run,
            @RequestParam(defaultValue = "") String receipt, @RequestParam(required = false) Optional<OrderStage> stage,
            Page.Wanted wanted) {
        return runs.orders(by.authority(), new PayRuns.Wish(run,
                receipt.isBlank() ? Optional.empty() : Optional.of(ReturnPages.number(receipt)), stage), wanted);
    }

    @Permit(Role.APPROVAL)
    @PostMapping("/runs/{number}/approve")
    PayRun approve(Actor.Officer by, @PathVariable int number) { return runs.approve(by, number); }

    @Permit({Role.TREASURY, Role.APPROVAL})
    @PostMapping("/runs/{number}/cancel")
    PayRun cancel(Actor.Officer by, @PathVariable int number, @RequestBody Reason reason) {
        return runs.cancel(by, number, reason.reason().orElse(""));
    }

    @Permit(Role.TREASURY)
    @PostMapping("/runs/{number}/send")
    PayRun send(Actor.Officer by, @PathVariable int number) { return runs.send(by, number); }

    @Permit(Role.TREASURY)
    @PostMapping("/runs/{number}/fetch")
    Map<String, Integer> fetch(Actor.Officer by, @PathVariable int number) {
        return Map.of("changed", results.fetch(by, number));
    }

    /// The body is the file as the bank gave it.
    @Permit(Role.TREASURY)
    @PostMapping(path = "/results", consumes = {MediaType.APPLICATION_OCTET_STREAM_VALUE, "text/csv",
            MediaType.TEXT_PLAIN_VALUE})
    BankResults.Preview upload(Actor.Officer by, @RequestParam(defaultValue = "api") String name,
            @RequestBody byte[] file) {
        return results.preview(by.authority(), results.receive(by, name, file));
    }

    @Permit({Role.TREASURY, Role.APPROVAL})
    @GetMapping("/results")
    Page<BankResults.Received> results(Actor.Officer by, Page.Wanted wanted) {
        return results.all(by.authority(), wanted);
    }

    @Permit({Role.TREASURY, Role.APPROVAL})
    @GetMapping("/results/{id}")
    BankResults.Preview preview(Actor.Officer by, @PathVariable String id) {
        return results.preview(by.authority(), id);
    }

    @Permit(Role.TREASURY)
    @PostMapping("/results/{id}/apply")
    Map<String, Integer> apply(Actor.Officer by, @PathVariable String id) {
        return Map.of("changed", results.apply(by, id));
    }

    /// A corrected account that waits for its second person.
    record WaitingAccount(ReceiptNumber receipt, int version, String bankCode, String branchCode, int type,
            String number, String holderKana, String enteredBy) {}

    @Permit({Role.TREASURY, Role.APPROVAL})
    @GetMapping("/accounts")
    List<WaitingAccount> waiting(Actor.Officer by) {
        return accounts.waiting(by.authority()).stream()
                .map(w -> new WaitingAccount(w.receipt(), w.version(), w.account().bankCode(),
                        w.account().branchCode(), w.account().type(), w.account().number(), w.account().holderKana(),
                        w.enteredBy()))
                .toList();
    }

    @Permit(Role.TREASURY)
    @PostMapping("/accounts/{receipt}")
    Map<String, Integer> enter(Actor.Officer by, @PathVariable String receipt,
            @RequestBody Map<String, String> account) {
        return Map.of("version", accounts.enter(by, ReturnPages.number(receipt), ReturnPages.read(account)));
    }

    @Permit({Role.TREASURY, Role.APPROVAL})
    @PostMapping("/accounts/{receipt}/{version}/confirm")
    Map<String, Integer> confirm(Actor.Officer by, @PathVariable String receipt, @PathVariable int version) {
        accounts.confirm(by, ReturnPages.number(receipt), version);
        return Map.of("version", version);
    }

    @Permit(Role.TREASURY)
    @PutMapping("/originator")
    Map<String, Boolean> originator(Actor.Officer by, @RequestBody Map<String, String> originator) {
        OriginatorPages.set(originators, by, originator);
        return Map.of("kept", true);
    }
}
