package jp.kiban.catalogue;

import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Text;
import jp.kiban.standards.ServiceStandard;
import jp.kiban.standards.Standards;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.JsonNode;

/// 採用の画面. The offered standards, and what this municipality has decided about each.
@Controller
class AdoptionPages {
    private final Adoptions adoptions;
    private final Standards standards;
    private final Clock clock;

    AdoptionPages(Adoptions adoptions, Standards standards, Clock clock) {
        this.adoptions = adoptions;
        this.standards = standards;
        this.clock = clock;
    }

    /// 一行. An offered standard, what counts today, and everything decided about it.
    record Offer(String standard, Text name, Text summary, boolean offered, Optional<Adoptions.Adoption> now, int seen,
            List<Adoptions.Adoption> history) {}

    private List<Offer> offers(Actor.Officer officer) {
        var today = LocalDate.now(clock);
        return standards.all().stream().filter(s -> s.pattern() == ServiceStandard.Pattern.B).map(s -> {
            var history = adoptions.history(officer.authority(), s.id());
            return new Offer(s.id(), s.name(), s.summary(), adoptions.offered(officer.authority(), s.id(), today),
                    adoptions.inForce(officer.authority(), s.id(), today), history.size(), history.reversed());
        }).toList();
    }

    @Permit({Role.APPROVAL, Role.REVIEW})
    @GetMapping("/catalogue/adoptions")
    String page(Actor.Officer officer, Model model) { return page(officer, "", List.of(), Map.of(), model); }

    private String page(Actor.Officer officer, String about, List<Finding> findings, Map<String, String> typed,
            Model model) {
        model.addAttribute("offers", offers(officer));
        model.addAttribute("may", officer.may(Role.APPROVAL));
        model.addAttribute("about", about);
        model.addAttribute("findings", findings);
        model.addAttribute("typed", typed);
        model.addAttribute("today", LocalDate.now(clock));
        return "catalogue/adoptions";
    }

    @Permit(Role.APPROVAL)
    @PostMapping("/catalogue/adoptions/{standard}")
    Object decide(Actor.Officer officer, @PathVariable String standard, @RequestParam Map<String, String> fields,
            Model model) {
        try {
            decided(officer, standard, fields);
            return "redirect:/catalogue/adoptions?kept=true";
        } catch (BadInput bad) {
            return new ModelAndView(page(officer, standard, bad.findings(), fields, model), model.asMap(),
                    HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    private Adoptions.Adoption decided(Actor.Officer officer, String standard, Map<String, String> fields) {
        standards.get(standard);
        Adoptions.Kind kind;
        try {
            kind = Adoptions.Kind.valueOf(fields.getOrDefault("kind", ""));
        } catch (IllegalArgumentException wrong) {
            throw BadInput.of("kind", "catalogue.kind", Words.text("catalogue.error.kind"));
        }
        var day = fields.getOrDefault("from", "");
        return adoptions.decide(officer, standard, Publishing.number(fields.getOrDefault("number", "")), kind, day
                .isBlank() ? LocalDate.now(clock) : Publishing.day(day, "from"), fields.getOrDefault("reason", ""));
    }

    @Permit({Role.APPROVAL, Role.REVIEW})
    @GetMapping("/api/catalogue/adoptions")
    @ResponseBody
    List<Offer> all(Actor.Officer officer) { return offers(officer); }

    /// `kind` is ADOPTED, DECLINED or ENDED; `number` is how many decisions were seen; `from` a day, or today.
    @Permit(Role.APPROVAL)
    @PostMapping("/api/catalogue/adoptions/{standard}")
    @ResponseBody
    Adoptions.Adoption decide(Actor.Officer officer, @PathVariable String standard, @RequestBody JsonNode body) {
        var fields = new LinkedHashMap<String, String>();
        for (var name : List.of("number", "kind", "from", "reason"))
            Optional.of(body.path(name)).filter(JsonNode::isValueNode).ifPresent(v -> fields.put(name, v.asString("")));
        return decided(officer, standard, fields);
    }
}
