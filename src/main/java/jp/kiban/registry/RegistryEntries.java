package jp.kiban.registry;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.kiban.address.Town;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/// 町字・郵便番号の一件. One town or postal code of the address dictionary with where it comes from, and the way to tell what is wrong with it;
/// an authority has its own page.
@Controller
class RegistryEntries {
    private final Addresses addresses;
    private final AddressEditions editions;
    private final TownFeed feed;

    RegistryEntries(Addresses addresses, AddressEditions editions, TownFeed feed) {
        this.addresses = addresses;
        this.editions = editions;
        this.feed = feed;
    }

    /// 町字のID. `242012-0001000`.
    record TownId(String lgCode, String machiazaId) {
        static TownId of(String text) {
            if (!text.matches("[0-9]{6}-[0-9]{7}"))
                throw new NotThere();
            return new TownId(text.substring(0, 6), text.substring(7));
        }
    }

    /// The edition that is asked for, with what is wrong with the question.
    private record Asked(Addresses.Edition edition, List<Finding> faults) {}

    private Asked asked(String on) {
        try {
            return new Asked(editions.on(on), List.of());
        } catch (BadInput bad) {
            return new Asked(addresses.edition(), bad.findings());
        }
    }

    @Permit(Role.ANYONE)
    @GetMapping("/registry/addresses/{town:[0-9]{6}-[0-9]{7}}")
    Object town(Actor actor, @PathVariable String town, @RequestParam(defaultValue = "") String on,
            Language language, Model model) {
        var id = TownId.of(town);
        var asked = asked(on);
        var entry = asked.edition().dictionary().byId(id.lgCode(), id.machiazaId());
        var history = feed.of(BaseRegistry.ADDRESSES, town);
        var today = addresses.byId(id.lgCode(), id.machiazaId());
        if (entry.isEmpty() && today.isEmpty() && history.isEmpty())
            throw new NotThere();
        var held = new LinkedHashMap<String, String>();
        entry.ifPresent(e -> {
            held.put("registry.entry.name", e.name());
            held.put("registry.entry.kana", e.kana());
            held.put("registry.entry.town-id", id.lgCode() + " " + id.machiazaId());
            held.put("registry.entry.point", e.position().map(p -> p.latitude() + ", " + p.longitude() + "（"
                    + Words.in(language, "registry.look.point." + p.of()) + "）").orElse(""));
            held.put("registry.entry.sources", String.join("、", e.origins()));
        });
        model.addAttribute("codes", entry.map(e -> asked.edition().dictionary().postalCodes(e)).orElse(List.of()));
        model.addAttribute("towns", List.of());
        return page(actor, BaseRegistry.ADDRESSES, town, entry.or(() -> today).or(() -> editions
                .last(id.lgCode(), id.machiazaId())).map(Town::name).orElse(town), held,
                "/api/registry/addresses/" + id.lgCode() + "/" + id.machiazaId(), new Shown(asked, on, today
                        .isPresent(), entry.isPresent(), history),
                model);
    }

    @Permit(Role.ANYONE)
    @GetMapping("/registry/postal-codes/{code:[0-9]{7}}")
    Object postal(Actor actor, @PathVariable String code, @RequestParam(defaultValue = "") String on, Model model) {
        var asked = asked(on);
        var towns = asked.edition().dictionary().byPostalCode(code);
        var history = feed.of(BaseRegistry.POSTAL_CODES, code);
        boolean today = !addresses.byPostalCode(code).isEmpty();
        if (towns.isEmpty() && !today && history.isEmpty())
            throw new NotThere();
        var held = new LinkedHashMap<String, String>();
        held.put("registry.entry.sources", String.join("、", towns.stream().flatMap(t -> t.origins().stream()).distinct()
                .toList()));
        model.addAttribute("codes", List.of());
        model.addAttribute("towns", towns);
        return page(actor, BaseRegistry.POSTAL_CODES, code, "〒" + code.substring(0, 3) + "-" + code.substring(3), held,
                "/api/registry/addresses/postal/" + code, new Shown(asked, on, today, !towns.isEmpty(), history),
                model);
    }

    @Permit(Role.ANYONE)
    @GetMapping("/registry/authorities/{code:[0-9]{6}}")
    String authority(@PathVariable String code) {
        if (!AuthorityId.isValid(code))
            throw new NotThere();
        return "redirect:/authorities/" + code;
    }

    /// What is shown: of which edition, whether the item is in the one in use and in the one that is asked for, and what became of it.
    private record Shown(Asked asked, String on, boolean today, boolean then, List<TownFeed.Change> history) {}

    private static Object page(Actor actor, BaseRegistry registry, String number, String name,
            Map<String, String> held, String api, Shown shown, Model model) {
        var faults = shown.asked().faults();
        model.addAttribute("registry", registry);
        model.addAttribute("number", number);
        model.addAttribute("name", name);
        model.addAttribute("held", List.copyOf(held.entrySet().stream().filter(e -> !e.getValue().isEmpty()).toList()));
        model.addAttribute("api", api);
        model.addAttribute("on", shown.on());
        model.addAttribute("findings", faults);
        model.addAttribute("past", !shown.on().isBlank() && faults.isEmpty());
        model.addAttribute("today", shown.today());
        model.addAttribute("then", shown.then());
        model.addAttribute("history", shown.history());
        model.addAttribute("version", shown.asked().edition().dictionary().version());
        model.addAttribute("mayTell", !(actor instanceof Actor.Nobody) && shown.today());
        return faults.isEmpty()
                ? "registry/entry"
                : new ModelAndView("registry/entry", model.asMap(), HttpStatus.UNPROCESSABLE_CONTENT);
    }
}
