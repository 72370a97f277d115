package jp.kiban.registry;

import jp.kiban.letters.CorporateNumber;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.kiban.address.Town;
import jp.kiban.authority.Authorities;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.AuthorityId;
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
    private final RealEstate realEstate;
    private final Authorities authorities;
    private final Lots lots;
    private final Addresses addresses;
    private final Clock clock;

    CorrectionPages(Corrections corrections, Corporations corporations, RealEstate realEstate, Authorities authorities,
            Lots lots, Addresses addresses, Clock clock) {
        this.lots = lots;
        this.addresses = addresses;
        this.clock = clock;
        this.corrections = corrections;
        this.corporations = corporations;
        this.realEstate = realEstate;
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

    // asking

    /// 申出の対象. An item of a registry: its name, and what the registry says in each field that can be wrong.
    record Item(BaseRegistry registry, String number, String name, Map<String, String> held) {}

    @Permit({Role.RESIDENT, Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @GetMapping("/registry/{registry:corporations|real-estate|lots|addresses|authorities|postal-codes}/{item:[0-9][0-9A-Z-]+}/correction")
    String form(Actor actor, @PathVariable String registry, @PathVariable String item, Language language,
            Model model) {
        return form(item(actor, registry, item, language), new Corrections.Told("", "", "", "", UUID.randomUUID()
                .toString()), List.of(), language, model);
    }

    /// Only what the one who asks may see.
    private Item item(Actor actor, String registry, String number, Language language) {
        var held = new LinkedHashMap<String, String>();
        if (registry.equals(BaseRegistry.CORPORATIONS.code())) {
            var entry = CorporateNumber.read(number).flatMap(corporations::find).orElseThrow(NotThere::new);
            held.put("name", entry.name());
            held.put("furigana", entry.furigana());
            held.put("address", entry.address());
            held.put("status", Words.in(language, entry.closed() ? "registry.closed" : "registry.live"));
            held.put("number", entry.number().digits());
            held.put("other", "");
            return new Item(BaseRegistry.CORPORATIONS, entry.number().digits(), entry.name(), held);
        }
        if (registry.equals(BaseRegistry.REAL_ESTATE.code()) && actor instanceof Actor.Officer officer) {
            var entry = RealEstate.number(number).flatMap(n -> realEstate.history(officer, n).stream().findFirst())
                    .orElseThrow(NotThere::new);
            held.put("address", entry.place());
            held.put("number", entry.number());
            held.put("other", "");
            return new Item(BaseRegistry.REAL_ESTATE, entry.number(), entry.number(), held);
        }
        return open(registry, number);
    }

    /// An item of the open registries that everybody sees.
    private Item open(String registry, String number) {
        var held = new LinkedHashMap<String, String>();
        String name = switch (BaseRegistry.of(registry).orElseThrow(NotThere::new)) {
            case LOTS -> {
                var lot = Lots.LotId.of(number).flatMap(id -> lots.history(id).stream().findFirst()).orElseThrow(
                        NotThere::new);
                held.put("address", lot.town() + lot.lot());
                held.put("position", lots.find(lot.id(), AsOf.read("", "", clock)).flatMap(Lots.Lot::position).map(
                        p -> p.latitude() + ", " + p.longitude()).orElse(""));
                yield lot.town() + lot.lot();
            }
            case ADDRESSES -> {
                var id = RegistryEntries.TownId.of(number);
                var town = addresses.byId(id.lgCode(), id.machiazaId()).orElseThrow(NotThere::new);
                held.put("name", town.name());
                held.put("furigana", town.kana());
                held.put("postal", town.postalCode());
                held.put("position", town.position().map(p -> p.latitude() + ", " + p.longitude()).orElse(""));
                yield town.name();
            }
            case POSTAL_CODES -> {
                var towns = number.matches("[0-9]{7}") ? addresses.byPostalCode(number) : List.<Town>of();
                if (towns.isEmpty())
                    throw new NotThere();
                held.put("address", String.join("、", towns.stream().map(Town::name).distinct().limit(20).toList()));
                yield number;
            }
            case AUTHORITIES -> {
                if (!AuthorityId.isValid(number))
                    throw new NotThere();
                var authority = authorities.get(AuthorityId.of(number));
                held.put("name", authority.name());
                held.put("furigana", authority.kana());
                held.put("history", "");
                held.put("position", authorities.point(authority.id()).map(p -> p.latitude() + ", " + p.longitude())
                        .orElse(""));
                yield authority.name();
            }
            case CORPORATIONS, REAL_ESTATE -> throw new NotThere();
        };
        held.put("other", "");
        return new Item(BaseRegistry.of(registry).orElseThrow(), number, name, held);
    }

    private static String form(Item item, Corrections.Told told, List<Finding> findings, Language language,
            Model model) {
        model.addAttribute("item", item);
        model.addAttribute("told", told);
        model.addAttribute("findings", findings);
        var fields = new LinkedHashMap<String, String>();
        item.held().forEach((field, held) -> {
            String label = Words.in(language, "registry.field." + field);
            fields.put(field, held.isEmpty() ? label : label + "（" + held + "）");
        });
        model.addAttribute("fields", fields);
        return "registry/correction-form";
    }

    @Permit({Role.RESIDENT, Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @PostMapping("/registry/{registry:corporations|real-estate|lots|addresses|authorities|postal-codes}/{item:[0-9][0-9A-Z-]+}/correction")
    Object ask(Actor actor, @PathVariable String registry, @PathVariable String item,
            @RequestParam(defaultValue = "") String field, @RequestParam(defaultValue = "") String claimed,
            @RequestParam(defaultValue = "") String evidence, @RequestParam(defaultValue = "") String press,
            Language language, Model model) {
        var about = item(actor, registry, item, language);
        var told = new Corrections.Told(field, about.held().getOrDefault(field, ""), claimed, evidence, press);
        try {
            return "redirect:/registry/corrections/" + corrections.ask(actor, about.registry(), about.number(), told,
                    about.held().keySet(), language);
        } catch (BadInput bad) {
            return new ModelAndView(form(about, told, bad.findings(), language, model), model.asMap(),
                    HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    /// 申出. A request as the API takes it; `press` is an UUID that the caller makes up, so that a repeated call is the same request.
    record Asked(String field, String claimed, String evidence, String press) {}

    @Permit({Role.RESIDENT, Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @PostMapping("/api/registry/{registry:corporations|real-estate|lots|addresses|authorities|postal-codes}/{item:[0-9][0-9A-Z-]+}/correction")
    @ResponseBody
    Corrections.Correction askApi(Actor actor, @PathVariable String registry, @PathVariable String item,
            @RequestBody Asked asked, Language language) {
        var about = item(actor, registry, item, language);
        return corrections.get(actor, corrections.ask(actor, about.registry(), about.number(), new Corrections.Told(
                text(asked.field()), about.held().getOrDefault(text(asked.field()), ""), text(asked.claimed()), text(
                        asked.evidence()),
                text(asked.press())), about.held().keySet(), language));
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
