package jp.kiban.cost;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

/// 費用対効果の画面. An estimate before anybody decides: in how many years the money is back, for whom, how sure that is and what it hangs
/// on. Nothing is kept; the page opens with invented figures of a small town.
@Controller
class BenefitPages {

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY, Role.MINISTRY})
    @GetMapping("/cost/benefit")
    ModelAndView opened(Model model) {
        model.addAttribute("example", true);
        return shown(BenefitAsk.example(), "", new ArrayList<>(), model);
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY, Role.MINISTRY})
    @PostMapping("/cost/benefit")
    ModelAndView asked(@RequestParam(defaultValue = "") String table, @RequestParam(defaultValue = "") String years,
            @RequestParam(defaultValue = "") String rates,
            @RequestParam(required = false) @Nullable MultipartFile file, Model model) {
        var findings = new ArrayList<Finding>();
        return shown(ask(table, years, rates, file, findings), table, findings, model);
    }

    private static BenefitAsk ask(String table, String years, String rates, @Nullable MultipartFile file,
            List<Finding> findings) {
        String text = table;
        if (file != null && !file.isEmpty())
            try (var in = file.getInputStream()) {
                text = TownFile.text("file", in.readNBytes(TownFile.LARGEST + 1), findings).orElse("");
            } catch (IOException broken) {
                findings.add(CostWords.finding("file", "cost.fees.fault.file", "file"));
            }
        return new BenefitAsk(text, years, rates, "", "");
    }

    private static ModelAndView shown(BenefitAsk ask, String typed, List<Finding> findings, Model model) {
        var view = findings.isEmpty() ? ask.read(findings) : Optional.<BenefitView>empty();
        // a file that could not be read is not put into the form in place of what was typed
        model.addAttribute("ask", view.isPresent() ? ask : new BenefitAsk(typed, ask.years(), ask.rates(), "", ""));
        model.addAttribute("findings", findings);
        view.ifPresent(v -> {
            model.addAttribute("view", v);
            var all = new ArrayList<>(v.ledgers());
            all.add(v.total());
            model.addAttribute("ledgers", all);
            model.addAttribute("yearBars", around(v.total().sumYen(), v.total().sumYen()));
            model.addAttribute("rangeBars", spans(all.stream().map(l -> v.range(l.ledger())).toList()));
            model.addAttribute("driverBars", spans(v.drivers().stream().map(d -> new Benefit.Range(
                    Math.min(d.atLow(), d.atHigh()), v.total().atRates().getFirst().npvYen(),
                    Math.max(d.atLow(), d.atHigh()))).toList()));
        });
        return new ModelAndView("cost/benefit", model.asMap(), findings.isEmpty()
                ? HttpStatus.OK
                : HttpStatus.UNPROCESSABLE_CONTENT);
    }

    /// 棒. From `x` so wide, in a picture of 100; `zero` is where nothing is, `mark` the middle.
    public record Bar(double x, double width, double zero, double mark, boolean more) {}

    private static List<Bar> around(List<Long> yen, List<Long> scale) {
        double least = Math.min(0, scale.stream().mapToLong(Long::longValue).min().orElse(0));
        double most = Math.max(1, scale.stream().mapToLong(Long::longValue).max().orElse(1));
        double zero = at(0, least, most);
        return yen.stream().map(y -> {
            double to = at(y, least, most);
            return new Bar(Math.min(zero, to), Math.abs(to - zero), zero, zero, y >= 0);
        }).toList();
    }

    private static List<Bar> spans(List<Benefit.Range> ranges) {
        double least = Math.min(0, ranges.stream().mapToLong(Benefit.Range::low).min().orElse(0));
        double most = Math.max(1, ranges.stream().mapToLong(Benefit.Range::high).max().orElse(1));
        return ranges.stream().map(r -> new Bar(at(r.low(), least, most),
                Math.max(0.3, at(r.high(), least, most) - at(r.low(), least, most)), at(0, least, most),
                at(r.middle(), least, most), r.low() >= 0)).toList();
    }

    private static double at(double yen, double least, double most) {
        return Math.round(1000 * (yen - least) / (most - least)) / 10.0;
    }

    private static BenefitView sound(BenefitAsk ask, List<Finding> findings) {
        var view = findings.isEmpty() ? ask.read(findings) : Optional.<BenefitView>empty();
        if (!findings.isEmpty())
            throw new BadInput(findings);
        return view.orElseThrow();
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY, Role.MINISTRY})
    @PostMapping("/cost/benefit.csv")
    ResponseEntity<byte[]> csv(@RequestParam(defaultValue = "") String table,
            @RequestParam(defaultValue = "") String years, @RequestParam(defaultValue = "") String rates,
            @RequestParam(required = false) @Nullable MultipartFile file) {
        var findings = new ArrayList<Finding>();
        var view = sound(ask(table, years, rates, file, findings), findings);
        return Csv.download("kiban-benefit.csv", view.header(), view.rows());
    }

    /// `table` is the text of the CSV (or `file` the file), `years` the length of the plan, `rates` the interest.
    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY, Role.MINISTRY})
    @PostMapping("/api/cost/benefit")
    @ResponseBody
    BenefitView api(@RequestParam(defaultValue = "") String table, @RequestParam(defaultValue = "") String years,
            @RequestParam(defaultValue = "") String rates,
            @RequestParam(required = false) @Nullable MultipartFile file) {
        var findings = new ArrayList<Finding>();
        return sound(ask(table, years, rates, file, findings), findings);
    }
}
