package jp.kiban.cost;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.kiban.authority.Authorities;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.portal.Csv;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/// なぜ増えたかの画面. An officer's table of items before and after, split over its causes. What was sent is shown at
/// once and not kept, but for an officer's own split of the ledger's difference against FY2018; and the page opens with the published figures of the first pilot as an example.
@Controller
class GrowthPages {
    private final Causes causes;
    private final Ledger ledger;
    private final Authorities authorities;

    GrowthPages(Causes causes, Ledger ledger, Authorities authorities) {
        this.causes = causes;
        this.ledger = ledger;
        this.authorities = authorities;
    }

    /// 残す先. The year and baseline whose difference against FY2018 this table splits, as they came.
    record Of(String year, String baseline) {}

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY, Role.MINISTRY})
    @GetMapping("/cost/growth")
    ModelAndView opened(Model model) {
        model.addAttribute("example", true);
        return shown(GrowthAsk.example(), "", new ArrayList<>(), model);
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY, Role.MINISTRY})
    @PostMapping("/cost/growth")
    ModelAndView asked(@RequestParam(defaultValue = "") String table, @RequestParam(defaultValue = "") String base,
            @RequestParam(defaultValue = "") String rates, @RequestParam(defaultValue = "") String wages,
            @RequestParam(defaultValue = "") String year, @RequestParam(defaultValue = "") String baseline,
            @RequestParam(required = false) @Nullable MultipartFile file, Model model) {
        var findings = new ArrayList<Finding>();
        if (!year.isBlank())
            model.addAttribute("of", new Of(year, baseline));
        return shown(ask(table, base, rates, wages, file, findings), table, findings, model);
    }

    /// Keeps a split as the causes of the officer's own municipality.
    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @PostMapping("/cost/growth/keep")
    Object keep(Actor.Officer by, @RequestParam(defaultValue = "") String table,
            @RequestParam(defaultValue = "") String base, @RequestParam(defaultValue = "") String year,
            @RequestParam(defaultValue = "") String baseline, Model model) {
        var ask = new GrowthAsk(table, base, "", "");
        var of = Baseline.of(baseline).filter(b -> b != Baseline.FY2018);
        var in = LedgerSheet.yearOf(year).filter(y -> y.year() > 2018);
        var town = authorities.find(by.authority()).filter(a -> a.kind().isMunicipality());
        try {
            if (of.isEmpty() || in.isEmpty() || town.isEmpty())
                throw new BadInput(List.of(CostWords.finding("table", "cost.causes.fault.none")));
            causes.keep(by, in.get(), of.get(), ask, Target.own(ledger, town.get(), in.get(), of.get()));
            return "redirect:/cost/own?baseline=" + of.get() + "&year=" + in.get().year() + "#why";
        } catch (BadInput bad) {
            model.addAttribute("of", new Of(year, baseline));
            return shown(ask, table, new ArrayList<>(bad.findings()), model);
        }
    }

    private static GrowthAsk ask(String table, String base, String rates, String wages, @Nullable MultipartFile file,
            List<Finding> findings) {
        String text = table;
        if (file != null && !file.isEmpty())
            try (var in = file.getInputStream()) {
                text = TownFile.text("file", in.readNBytes(TownFile.LARGEST + 1), findings).orElse("");
            } catch (IOException broken) {
                findings.add(CostWords.finding("file", "cost.fees.fault.file", "file"));
            }
        return new GrowthAsk(text, base, rates, wages);
    }

    private static ModelAndView shown(GrowthAsk ask, String typed, List<Finding> findings, Model model) {
        var view = findings.isEmpty() ? ask.read(findings) : Optional.<GrowthView>empty();
        // a file that could not be read is not put into the form in place of what was typed
        model.addAttribute("ask", view.isPresent() ? ask : new GrowthAsk(typed, ask.base(), ask.rates(), ask.wages()));
        model.addAttribute("findings", findings);
        model.addAttribute("causeList", GrowthCause.all());
        view.ifPresent(v -> {
            model.addAttribute("view", v);
            model.addAttribute("causeBars", bars(v.causes().stream().map(GrowthView.Cause::yen).toList()));
            model.addAttribute("lineBars", bars(v.lines().stream().map(GrowthView.Line::differenceYen).toList()));
        });
        return new ModelAndView("cost/growth", model.asMap(), findings.isEmpty()
                ? HttpStatus.OK
                : HttpStatus.UNPROCESSABLE_CONTENT);
    }

    /// 差の棒. A bar from the middle of 0 to 100: to the right for more, to the left for less.
    public record Bar(double x, double width, boolean more) {}

    private static List<Bar> bars(List<Long> yen) {
        double most = Math.max(1, yen.stream().mapToDouble(y -> Math.abs((double) y)).max().orElse(1));
        return yen.stream().map(y -> {
            double width = Math.round(500 * Math.abs((double) y) / most) / 10.0;
            return new Bar(y < 0 ? 50 - width : 50, width, y > 0);
        }).toList();
    }

    private static GrowthView sound(GrowthAsk ask, List<Finding> findings) {
        var view = findings.isEmpty() ? ask.read(findings) : Optional.<GrowthView>empty();
        if (!findings.isEmpty())
            throw new BadInput(findings);
        return view.orElseThrow();
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY, Role.MINISTRY})
    @PostMapping("/cost/growth.csv")
    ResponseEntity<byte[]> csv(@RequestParam(defaultValue = "") String table,
            @RequestParam(defaultValue = "") String base, @RequestParam(defaultValue = "") String rates,
            @RequestParam(defaultValue = "") String wages,
            @RequestParam(required = false) @Nullable MultipartFile file) {
        var findings = new ArrayList<Finding>();
        var view = sound(ask(table, base, rates, wages, file, findings), findings);
        return Csv.download("kiban-growth.csv", view.header(), view.rows());
    }

    /// `table` is the text of the CSV (or `file` the file), `base` its rate, `rates` and `wages` the scenarios.
    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY, Role.MINISTRY})
    @PostMapping("/api/cost/growth")
    @ResponseBody
    GrowthView api(@RequestParam(defaultValue = "") String table, @RequestParam(defaultValue = "") String base,
            @RequestParam(defaultValue = "") String rates, @RequestParam(defaultValue = "") String wages,
            @RequestParam(required = false) @Nullable MultipartFile file) {
        var findings = new ArrayList<Finding>();
        return sound(ask(table, base, rates, wages, file, findings), findings);
    }
}
