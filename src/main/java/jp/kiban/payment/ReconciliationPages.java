package jp.kiban.payment;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import jp.kiban.portal.Csv;
import jp.kiban.portal.Page;
import jp.kiban.standards.Standards;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/// 突合の画面. The sums side by side, every difference with its application, or 一致; as of any day, also as CSV and JSON.
@Controller
class ReconciliationPages {
    private final Reconciliation reconciliation;
    private final Standards standards;
    private final Clock clock;

    ReconciliationPages(Reconciliation reconciliation, Standards standards, Clock clock) {
        this.reconciliation = reconciliation;
        this.standards = standards;
        this.clock = clock;
    }

    @Permit({Role.TREASURY, Role.APPROVAL})
    @GetMapping("/payment/reconciliation")
    String page(Actor.Officer by, @RequestParam(defaultValue = "") String service,
            @RequestParam(defaultValue = "") String day, Page.Wanted wanted, Language language, Model model) {
        var findings = List.<Finding>of();
        var asOf = LocalDate.now(clock);
        try {
            asOf = day(day);
        } catch (BadInput bad) {
            findings = bad.findings();
        }
        var services = new LinkedHashMap<String, String>();
        standards.all().stream().filter(s -> s.versions().getLast().terms().pays())
                .forEach(s -> services.put(s.id(), s.name().in(language)));
        String wantedService = services.containsKey(service) ? service : services.keySet().iterator().next();
        var report = reconciliation.asOf(by.authority(), wantedService, asOf);
        model.addAttribute("findings", findings);
        model.addAttribute("services", services);
        model.addAttribute("report", report);
        model.addAttribute("sums", report.sums());
        model.addAttribute("lines", Page.of(report.lines(), wanted));
        model.addAttribute("day", asOf.toString());
        return "payment/reconciliation";
    }

    private LocalDate day(String text) {
        var day = text.isBlank() ? LocalDate.now(clock) : PayRunPages.day(text);
        if (day.getYear() < 2021 || day.getYear() > 2098)
            throw BadInput.of("day", "DAY", Words.of("payment.finding.day", text));
        return day;
    }

    @Permit({Role.TREASURY, Role.APPROVAL})
    @GetMapping("/api/payment/reconciliation")
    @ResponseBody
    Reconciliation.Report api(Actor.Officer by, @RequestParam String service,
            @RequestParam(defaultValue = "") String day) {
        standards.get(service);
        return reconciliation.asOf(by.authority(), service, day(day));
    }

    @Permit({Role.TREASURY, Role.APPROVAL})
    @GetMapping("/payment/reconciliation.csv")
    void csv(Actor.Officer by, @RequestParam String service, @RequestParam(defaultValue = "") String day,
            Language language, HttpServletResponse to) {
        standards.get(service);
        var report = reconciliation.asOf(by.authority(), service, day(day));
        var said = new java.util.TreeMap<String, String>();
        report.differences().forEach(d -> said.merge(d.subject(), d.text().in(language), (a, b) -> a + " / " + b));
        var lines = report.lines().stream().map(line -> List.<Object>of(line.receipt().text(), line.decided(), line
                .entitled(), line.ordered(), line.sent(), line.resent(), line.paid(), line.returned(), line.waiting(),
                java.util.Objects.requireNonNullElse(said.remove(line.receipt().text()), "")));
        // what belongs to no line comes last
        var others = Stream.of(said).flatMap(rest -> rest.entrySet().stream())
                .map(rest -> List.<Object>of(rest.getKey(),
                        "", "", "", "", "", "", "", "", rest.getValue()));
        Csv.stream(to, "reconciliation-" + report.day() + ".csv", PayRunPages.heads(language, "receipt", "decided",
                "entitled", "ordered", "sent", "resent", "paid", "returned", "waiting", "difference"),
                Stream.concat(lines,
                        others).iterator());
    }
}
