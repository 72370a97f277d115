package jp.kiban.cost;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.NotThere;
import jp.kiban.portal.Csv;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/// 費用を下げる手立ての画面. An officer brings what the cloud really used and sees what may be spent less. The page opens with the table
/// brought last, or with invented usage of a small town.
@Controller
class AdvicePages {
    private final Advices advices;

    AdvicePages(Advices advices) { this.advices = advices; }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @GetMapping("/cost/advice")
    ModelAndView opened(Actor.Officer by, @RequestParam(defaultValue = "") String removed, Model model) {
        id(removed).ifPresent(r -> model.addAttribute("removed", r));
        return shown(by, Optional.empty(), List.of(), model);
    }

    private ModelAndView shown(Actor.Officer by, Optional<AdviceAsk> typed, List<Finding> findings, Model model) {
        var kept = advices.latest(by.authority());
        model.addAttribute("kept", kept.map(Advices.Opened::kept).orElse(null));
        model.addAttribute("plan", kept.map(Advices.Opened::plan).orElseGet(() -> AdviceAsk.EXAMPLE.read(AdviceAsk
                .example())));
        model.addAttribute("ask", typed.or(() -> kept.map(k -> k.kept().ask())).orElse(AdviceAsk.EXAMPLE));
        model.addAttribute("findings", findings);
        return new ModelAndView("cost/advice", model.asMap(), findings.isEmpty()
                ? HttpStatus.OK
                : HttpStatus.UNPROCESSABLE_CONTENT);
    }

    /// With a file keeps it; without one looks at the kept one again.
    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @PostMapping("/cost/advice")
    Object asked(Actor.Officer by, @RequestParam(required = false) @Nullable MultipartFile file,
            @RequestParam(defaultValue = "") String hours, @RequestParam(defaultValue = "") String target,
            @RequestParam(defaultValue = "") String offers, @RequestParam(defaultValue = "") String storages,
            @RequestParam(defaultValue = "") String start, Model model) throws IOException {
        var ask = new AdviceAsk(hours.strip(), target.strip(), offers.strip(), storages.strip(), start.strip());
        try {
            take(by, file, ask);
            return "redirect:/cost/advice";
        } catch (BadInput bad) {
            return shown(by, Optional.of(ask), bad.findings().stream().map(AdvicePages::atFile).toList(), model);
        }
    }

    private void take(Actor.Officer by, @Nullable MultipartFile file, AdviceAsk ask) throws IOException {
        if (file != null && !file.isEmpty()) {
            var name = file.getOriginalFilename();
            advices.keep(by, UUID.randomUUID(), name == null ? "" : name, file.getBytes(), ask);
        } else
            advices.ask(by, advices.latest(by.authority()).orElseThrow(() -> new BadInput(List.of(CostWords.finding(
                    "file", "cost.advice.fault.file")))).kept().id(), ask);
    }

    /// A fault of a cell stands at the file, with its cell.
    private static Finding atFile(Finding fault) {
        return fault.where().matches("[A-Z]+[0-9]+")
                ? CostWords.finding("file", "cost.quote.fault.cell", fault.where(), fault.message())
                : fault;
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @PostMapping("/cost/advice/{id}/remove")
    String remove(Actor.Officer by, @PathVariable String id) {
        advices.remove(by, id(id).orElseThrow(NotThere::new));
        return "redirect:/cost/advice?removed=" + id;
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @PostMapping("/cost/advice/{id}/restore")
    String restore(Actor.Officer by, @PathVariable String id) {
        advices.restore(by, id(id).orElseThrow(NotThere::new));
        return "redirect:/cost/advice";
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @GetMapping("/cost/advice.csv")
    ResponseEntity<byte[]> csv(Actor.Officer by, Language language) {
        var plan = advices.latest(by.authority()).orElseThrow(NotThere::new).plan();
        return Csv.download("kiban-advice.csv", header(language), rows(plan, language));
    }

    static List<String> header(Language language) {
        return List.of("kind", "name", "saved", "year", "sureness", "from", "to", "rows", "why", "check", "debt")
                .stream().map(h -> CostWords.in(language, "cost.advice.csv." + h)).toList();
    }

    static List<List<Object>> rows(AdvicePlan plan, Language language) {
        return plan.advice().stream().map(a -> List.<Object>of(CostWords.in(language, "cost.advice.kind." + a.kind()
                .word()), a.name().isEmpty() ? String.join(" ", a.resources()) : a.name(), whole(a.savedYen()), whole(a
                        .savedYenAYear()),
                CostWords.in(language, "cost.advice.sureness." + a.sureness().word()), a
                        .evidence().from().toString(),
                a.evidence().to().toString(), a.evidence().rows(), a
                        .why().in(language),
                String.join(" ", a.checks().stream().map(c -> c.in(
                        language)).toList()),
                a.commitment().map(
                        c -> c.needsDebtAct() ? "yes" : "no").orElse("")))
                .toList();
    }

    private static BigDecimal whole(BigDecimal yen) { return yen.setScale(0, RoundingMode.HALF_UP); }

    /// Invented usage, as a form to fill in.
    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @GetMapping("/cost/advice/template.csv")
    ResponseEntity<byte[]> template() {
        return ResponseEntity.ok().contentType(new MediaType("text", "csv", StandardCharsets.UTF_8)).header(
                "Content-Disposition", ContentDisposition.attachment().filename("利用明細の例.csv", StandardCharsets.UTF_8)
                        .build().toString())
                .body(AdviceAsk.example());
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @ResponseBody
    @GetMapping("/api/cost/advice")
    AdvicePlan asJson(Actor.Officer by) { return advices.latest(by.authority()).orElseThrow(NotThere::new).plan(); }

    /// With a `file` keeps it; without one looks at the kept one again with these terms.
    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @ResponseBody
    @PostMapping("/api/cost/advice")
    AdvicePlan askedAsJson(Actor.Officer by, @RequestParam(required = false) @Nullable MultipartFile file,
            @RequestParam(defaultValue = "") String hours, @RequestParam(defaultValue = "") String target,
            @RequestParam(defaultValue = "") String offers, @RequestParam(defaultValue = "") String storages,
            @RequestParam(defaultValue = "") String start) throws IOException {
        take(by, file, new AdviceAsk(hours.strip(), target.strip(), offers.strip(), storages.strip(), start.strip()));
        return asJson(by);
    }

    private static Optional<UUID> id(String text) {
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }
}
