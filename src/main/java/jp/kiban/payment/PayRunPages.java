package jp.kiban.payment;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.Text;
import jp.kiban.portal.Csv;
import jp.kiban.portal.Page;
import jp.kiban.standards.Standards;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// 支払回の画面. For 会計, who prepares and sends, and 決裁, who approves: what the next pay day would pay, every run, and one run with
/// its orders, files and acts.
@Controller
class PayRunPages {
    private final PayRuns runs;
    private final BankResults results;
    private final Standards standards;
    private final Originators originators;
    private final Clock clock;

    PayRunPages(PayRuns runs, BankResults results, Standards standards, Originators originators, Clock clock) {
        this.runs = runs;
        this.results = results;
        this.standards = standards;
        this.originators = originators;
        this.clock = clock;
    }

    /// One service and what its next pay day would hold.
    record Next(String service, Text name, boolean monthly, PayRuns.Outlook outlook, String press) {}

    @Permit({Role.TREASURY, Role.APPROVAL})
    @GetMapping("/payment/runs")
    String list(Actor.Officer by, Page.Wanted wanted, Model model) { return list(by, wanted, "", List.of(), model); }

    private String list(Actor.Officer by, Page.Wanted wanted, String payDay, List<Finding> findings, Model model) {
        model.addAttribute("findings", findings);
        model.addAttribute("payDay", payDay);
        model.addAttribute("nexts",
                standards.all().stream().filter(s -> s.versions().getLast().terms().pays()).map(service -> new Next(
                        service.id(), service.name(),
                        service.versions().getLast().terms().paysMonthly(), runs
                                .outlook(by.authority(), service.id(), runs.nextPayDay(by.authority(), service.id())),
                        UUID.randomUUID().toString()))
                        .toList());
        model.addAttribute("page", runs.all(by.authority(), wanted));
        model.addAttribute("mayPrepare", by.may(Role.TREASURY));
        model.addAttribute("originator", originators.current(by.authority()).isPresent());
        return "payment/runs";
    }

    @Permit({Role.TREASURY, Role.APPROVAL})
    @GetMapping("/payment/runs.csv")
    ResponseEntity<byte[]> csv(Actor.Officer by, Language language) {
        return Csv.download("pay-runs.csv", heads(language, "number", "service", "payDay", "through", "stage", "orders",
                "total", "preparedBy"),
                runs.all(by.authority(), new Page.Wanted(1, Page.LARGEST)).items().stream()
                        .map(run -> List.<Object>of(run.number(), run.service(), run.payDay(), run.coveredThrough(),
                                Words.in(language, "payment.stage." + run.stage()), run.orders(), run.total().amount(),
                                run.preparedBy()))
                        .toList());
    }

    static List<String> heads(Language language, String... keys) {
        return List.of(keys).stream().map(key -> Words.in(language, "payment.head." + key)).toList();
    }

    @Permit(Role.TREASURY)
    @PostMapping("/payment/runs")
    Object prepare(Actor.Officer by, @RequestParam String service, @RequestParam(defaultValue = "") String payDay,
            @RequestParam String press, Page.Wanted wanted, Model model) {
        try {
            standards.get(service);
            var day = payDay.isBlank() ? runs.nextPayDay(by.authority(), service) : day(payDay);
            return "redirect:/payment/runs/" + runs.prepare(by, service, day, press).number();
        } catch (BadInput bad) {
            model.addAttribute("status", HttpStatus.UNPROCESSABLE_CONTENT);
            return new org.springframework.web.servlet.ModelAndView(list(by, wanted, payDay, bad.findings(), model),
                    model.asMap(), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    static LocalDate day(String text) {
        String plain = java.text.Normalizer.normalize(text, java.text.Normalizer.Form.NFKC).strip().replace('/', '-')
                .replace("年", "-").replace("月", "-").replace("日", "");
        try {
            String[] parts = plain.split("-");
            if (parts.length == 3)
                return LocalDate.of(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
        } catch (DateTimeException | NumberFormatException notADay) {
            // told below
        }
        throw BadInput.of("payDay", "DAY", Words.of("payment.finding.day", text));
    }

    @Permit({Role.TREASURY, Role.APPROVAL})
    @GetMapping("/payment/runs/{number}")
    String one(Actor.Officer by, @PathVariable int number, @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String stage, Page.Wanted wanted, Language language, Model model) {
        return one(by, number, q, stage, wanted, List.of(), language, model);
    }

    private String one(Actor.Officer by, int number, String q, String stage, Page.Wanted wanted,
            List<Finding> findings, Language language, Model model) {
        var run = runs.get(by.authority(), number);
        model.addAttribute("run", run);
        model.addAttribute("service", standards.get(run.service()).name());
        model.addAttribute("monthly", standards.get(run.service()).versions().getLast().terms().paysMonthly());
        model.addAttribute("findings", findings);
        model.addAttribute("files", runs.files(by.authority(), number));
        model.addAttribute("q", q);
        model.addAttribute("stage", stage);
        model.addAttribute("stages", stages(language));
        model.addAttribute("orders", runs.orders(by.authority(), wish(number, q, stage), wanted));
        model.addAttribute("mine", run.preparedBy().equals(by.id()));
        model.addAttribute("mayApprove", by.may(Role.APPROVAL));
        model.addAttribute("maySend", by.may(Role.TREASURY));
        model.addAttribute("bank", runs.bankIsConnected());
        model.addAttribute("step", switch (run.stage()) {
            case PREPARED, CANCELLED -> 2;
            case APPROVED -> 3;
            case SENT -> 4;
            case COMPLETED -> 5;
        });
        model.addAttribute("steps", List.of("prepare", "approve", "send", "answer").stream()
                .map(step -> Words.in(language, "payment.step." + step)).toList());
        return "payment/run";
    }

    private static PayRuns.Wish wish(int number, String q, String stage) {
        String receipt = q.strip().toUpperCase(java.util.Locale.ROOT);
        // a text that is no receipt number finds nothing, as a number of nobody does
        var wanted = receipt.isEmpty()
                ? Optional.<ReceiptNumber>empty()
                : Optional.of(
                        ReceiptNumber.isValid(receipt) ? ReceiptNumber.of(receipt) : ReceiptNumber.of(NOBODYS));
        return new PayRuns.Wish(Optional.of(number), wanted, java.util.Arrays.stream(OrderStage.values())
                .filter(s -> s.name().equals(stage)).findFirst());
    }

    private static final String NOBODYS = "000000-00000-00000";

    private static java.util.LinkedHashMap<String, String> stages(Language language) {
        var stages = new java.util.LinkedHashMap<String, String>();
        stages.put("", Words.in(language, "payment.every"));
        for (var stage : OrderStage.values())
            stages.put(stage.name(), Words.in(language, "payment.order." + stage));
        return stages;
    }

    @Permit({Role.TREASURY, Role.APPROVAL})
    @GetMapping("/payment/runs/{number}/orders.csv")
    void orders(Actor.Officer by, @PathVariable int number, Language language, HttpServletResponse response) {
        runs.get(by.authority(), number);
        var wish = new PayRuns.Wish(Optional.of(number), Optional.empty(), Optional.empty());
        var pages = java.util.stream.Stream.iterate(1, page -> page + 1).map(page -> runs.orders(by.authority(), wish,
                new Page.Wanted(page, Page.LARGEST)).items()).takeWhile(part -> !part.isEmpty());
        Csv.stream(response, "pay-run-" + number + ".csv", heads(language, "line", "receipt", "payDay", "sequence",
                "from", "through", "amount", "bank", "ending", "stage", "reason"),
                pages.flatMap(List::stream).map(
                        o -> List.<Object>of(o.line(), o.receipt().text(), o.payDay(), o.sequence(), o.from(), o
                                .through(), o.amount().amount(), o.bankCode(), o.accountEnding(),
                                Words.in(language,
                                        "payment.order." + o.stage()),
                                o.returnReason().orElse("")))
                        .iterator());
    }

    @Permit(Role.APPROVAL)
    @PostMapping("/payment/runs/{number}/approve")
    Object approve(Actor.Officer by, @PathVariable int number, Page.Wanted wanted, Language language, Model model) {
        return act(by, number, wanted, language, model, () -> runs.approve(by, number));
    }

    @Permit({Role.TREASURY, Role.APPROVAL})
    @PostMapping("/payment/runs/{number}/cancel")
    Object cancel(Actor.Officer by, @PathVariable int number, @RequestParam(defaultValue = "") String reason,
            Page.Wanted wanted, Language language, Model model) {
        return act(by, number, wanted, language, model, () -> runs.cancel(by, number, reason));
    }

    @Permit(Role.TREASURY)
    @PostMapping("/payment/runs/{number}/send")
    Object send(Actor.Officer by, @PathVariable int number, Page.Wanted wanted, Language language, Model model) {
        return act(by, number, wanted, language, model, () -> runs.send(by, number));
    }

    @Permit(Role.TREASURY)
    @PostMapping("/payment/runs/{number}/fetch")
    String fetch(Actor.Officer by, @PathVariable int number) {
        int changed = results.fetch(by, number);
        return "redirect:/payment/runs/" + number + (changed == 0 ? "?waiting=true" : "");
    }

    private Object act(Actor.Officer by, int number, Page.Wanted wanted, Language language, Model model,
            Runnable deed) {
        try {
            deed.run();
            return "redirect:/payment/runs/" + number;
        } catch (BadInput bad) {
            return new org.springframework.web.servlet.ModelAndView(
                    one(by, number, "", "", wanted, bad.findings(), language, model), model.asMap(),
                    HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    @Permit({Role.TREASURY, Role.APPROVAL})
    @GetMapping({"/payment/files/{name}", "/api/payment/files/{name}"})
    ResponseEntity<byte[]> file(Actor.Officer by, @PathVariable String name) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_OCTET_STREAM)
                .header(HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(name).build().toString())
                .header(HttpHeaders.CACHE_CONTROL, "no-store").body(runs.bytes(by.authority(), name));
    }

}
