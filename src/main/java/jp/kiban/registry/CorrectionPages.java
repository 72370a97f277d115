package jp.kiban.registry;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.kiban.authority.Authorities;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.NotThere;
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

/// 訂正の申出の画面. One side asks and follows (`/registry/corrections`), the keeper answers (`/registry/desk/corrections`).
@Controller
class CorrectionPages {
    private final Corrections corrections;
    private final Corporations corporations;
    private final Authorities authorities;

    CorrectionPages(Corrections corrections, Corporations corporations, Authorities authorities) {
        this.corrections = corrections;
        this.corporations = corporations;
        this.authorities = authorities;
    }

    @Permit({Role.RESIDENT, Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @GetMapping("/registry/corrections")
    String mine(Actor actor, Model model) {
        model.addAttribute("corrections", corrections.mine(actor));
        return "registry/corrections";
    }

    @Permit({Role.RESIDENT, Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @GetMapping("/registry/corrections/{number:[0-9]+}")
    String one(Actor actor, @PathVariable String number, Model model) {
        model.addAttribute("one", corrections.get(actor, number(number)));
        model.addAttribute("keeper", false);
        return "registry/correction";
    }

    static long number(String number) {
        if (!number.matches("[0-9]{1,18}"))
            throw new NotThere();
        return Long.parseLong(number);
    }

    // asking, about a corporation

    @Permit({Role.RESIDENT, Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @GetMapping("/registry/corporations/{number:[0-9]+}/correction")
    String form(@PathVariable String number, Language language, Model model) {
        return form(corporation(number), new Corrections.Told("", "", "", "", UUID.randomUUID().toString()), List.of(),
                language, model);
    }

    private Corporation corporation(String number) {
        return CorporateNumber.read(number).flatMap(corporations::find).orElseThrow(NotThere::new);
    }

    private static String form(Corporation entry, Corrections.Told told, List<Finding> findings, Language language,
            Model model) {
        model.addAttribute("entry", entry);
        model.addAttribute("told", told);
        model.addAttribute("findings", findings);
        var fields = new LinkedHashMap<String, String>();
        Corrections.FIELDS.forEach(f -> {
            String held = held(entry, f, language);
            String label = Words.in(language, "registry.field." + f);
            fields.put(f, held.isEmpty() ? label : label + "（" + held + "）");
        });
        model.addAttribute("fields", fields);
        return "registry/correction-form";
    }

    /// What the registry says in this field.
    private static String held(Corporation entry, String field, Language language) {
        return switch (field) {
            case "name" -> entry.name();
            case "furigana" -> entry.furigana();
            case "address" -> entry.address();
            case "number" -> entry.number().digits();
            case "status" -> Words.in(language, entry.closed() ? "registry.closed" : "registry.live");
            default -> "";
        };
    }

    @Permit({Role.RESIDENT, Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @PostMapping("/registry/corporations/{number:[0-9]+}/correction")
    Object ask(Actor actor, @PathVariable String number, @RequestParam(defaultValue = "") String field,
            @RequestParam(defaultValue = "") String claimed, @RequestParam(defaultValue = "") String evidence,
            @RequestParam(defaultValue = "") String press, Language language, Model model) {
        var entry = corporation(number);
        var told = new Corrections.Told(field, held(entry, field, language), claimed, evidence, press);
        try {
            long id = corrections.ask(actor, BaseRegistry.CORPORATIONS, entry.number().digits(), told, language);
            return "redirect:/registry/corrections/" + id;
        } catch (BadInput bad) {
            return new ModelAndView(form(entry, told, bad.findings(), language, model), model.asMap(),
                    HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    /// 申出. A request as the API takes it; `press` is an UUID that the caller makes up, so that a repeated call is the same request.
    record Asked(String field, String claimed, String evidence, String press) {}

    @Permit({Role.RESIDENT, Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @PostMapping("/api/registry/corporations/{number}/correction")
    @ResponseBody
    Corrections.Correction askApi(Actor actor, @PathVariable String number, @RequestBody Asked asked,
            Language language) {
        var entry = corporation(number);
        return corrections.get(actor, corrections.ask(actor, BaseRegistry.CORPORATIONS, entry.number().digits(),
                new Corrections.Told(text(asked.field()), held(entry, text(asked.field()), language), text(asked
                        .claimed()), text(asked.evidence()), text(asked.press())),
                language));
    }

    private static String text(@org.jspecify.annotations.Nullable String text) { return text == null ? "" : text; }

    @Permit({Role.RESIDENT, Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @GetMapping("/api/registry/corrections")
    @ResponseBody
    List<Corrections.Correction> mineApi(Actor actor) { return corrections.mine(actor); }

    @Permit({Role.RESIDENT, Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @PostMapping("/registry/corrections/{number:[0-9]+}/withdraw")
    String withdraw(Actor actor, @PathVariable String number) {
        corrections.withdraw(actor, number(number));
        return "redirect:/registry/corrections/" + number(number);
    }

    // the keeper's side

    static void keeper(Actor.Officer officer) {
        if (!officer.authority().equals(BaseRegistry.KEEPER))
            throw new NotThere();
    }

    @Permit(Role.MINISTRY)
    @GetMapping("/registry/desk/corrections")
    String desk(Actor.Officer officer, Language language, Model model) {
        keeper(officer);
        var all = corrections.desk();
        model.addAttribute("corrections", all);
        model.addAttribute("names", names(all, language));
        return "registry/desk-corrections";
    }

    private Map<String, String> names(List<Corrections.Correction> all, Language language) {
        var names = new LinkedHashMap<String, String>();
        all.forEach(c -> names.computeIfAbsent(c.authority().code(), code -> authorities.find(c.authority()).map(a -> a
                .title().in(language)).orElse(code)));
        return names;
    }

    @Permit(Role.MINISTRY)
    @GetMapping("/registry/desk/corrections/{number:[0-9]+}")
    String deskOne(Actor.Officer officer, @PathVariable String number, Language language, Model model) {
        return deskOne(officer, number(number), List.of(), "", language, model);
    }

    private String deskOne(Actor.Officer officer, long number, List<Finding> findings, String note, Language language,
            Model model) {
        keeper(officer);
        var one = corrections.forKeeper(number);
        model.addAttribute("one", one);
        model.addAttribute("from", names(List.of(one), language).get(one.authority().code()));
        model.addAttribute("keeper", true);
        model.addAttribute("findings", findings);
        model.addAttribute("note", note);
        return "registry/correction";
    }

    @Permit(Role.MINISTRY)
    @PostMapping("/registry/desk/corrections/{number:[0-9]+}")
    Object answer(Actor.Officer officer, @PathVariable String number, @RequestParam(defaultValue = "") String act,
            @RequestParam(defaultValue = "") String note, Language language, Model model) {
        keeper(officer);
        try {
            corrections.answer(officer, number(number), switch (act) {
                case "look" -> Corrections.Stage.LOOKING;
                case "accept" -> Corrections.Stage.ACCEPTED;
                case "refuse" -> Corrections.Stage.REFUSED;
                default -> throw new NotThere();
            }, note);
            return "redirect:/registry/desk/corrections/" + number(number);
        } catch (BadInput bad) {
            return new ModelAndView(deskOne(officer, number(number), bad.findings(), note, language, model), model
                    .asMap(), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }
}
