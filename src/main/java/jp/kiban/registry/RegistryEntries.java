package jp.kiban.registry;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.NotThere;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/// 町字・郵便番号の一件. One town or postal code of the address dictionary with where it comes from, and the way to tell what is wrong with it;
/// an authority has its own page.
@Controller
class RegistryEntries {
    private final Addresses addresses;

    RegistryEntries(Addresses addresses) { this.addresses = addresses; }

    /// 町字のID. `242012-0001000`.
    record TownId(String lgCode, String machiazaId) {
        static TownId of(String text) {
            if (!text.matches("[0-9]{6}-[0-9]{7}"))
                throw new NotThere();
            return new TownId(text.substring(0, 6), text.substring(7));
        }
    }

    @Permit(Role.ANYONE)
    @GetMapping("/registry/addresses/{town:[0-9]{6}-[0-9]{7}}")
    String town(Actor actor, @PathVariable String town, Language language, Model model) {
        var id = TownId.of(town);
        var entry = addresses.byId(id.lgCode(), id.machiazaId()).orElseThrow(NotThere::new);
        var held = new LinkedHashMap<String, String>();
        held.put("registry.entry.name", entry.name());
        held.put("registry.entry.kana", entry.kana());
        held.put("registry.entry.town-id", id.lgCode() + " " + id.machiazaId());
        held.put("registry.entry.postal", entry.postalCode());
        held.put("registry.entry.point", entry.position().map(p -> p.latitude() + ", " + p.longitude()).orElse(""));
        held.put("registry.entry.sources", String.join("、", entry.origins()));
        return page(actor, BaseRegistry.ADDRESSES, town, entry.name(), held, "/api/registry/addresses/" + id.lgCode()
                + "/" + id.machiazaId(), model);
    }

    @Permit(Role.ANYONE)
    @GetMapping("/registry/postal-codes/{code:[0-9]{7}}")
    String postal(Actor actor, @PathVariable String code, Model model) {
        var towns = addresses.byPostalCode(code);
        if (towns.isEmpty())
            throw new NotThere();
        var held = new LinkedHashMap<String, String>();
        held.put("registry.entry.towns", String.join("、", towns.stream().map(t -> t.name()).distinct().toList()));
        held.put("registry.entry.sources", String.join("、", towns.stream().flatMap(t -> t.origins().stream()).distinct()
                .toList()));
        return page(actor, BaseRegistry.POSTAL_CODES, code, "〒" + code.substring(0, 3) + "-" + code.substring(3), held,
                "/api/registry/addresses/postal/" + code, model);
    }

    @Permit(Role.ANYONE)
    @GetMapping("/registry/authorities/{code:[0-9]{6}}")
    String authority(@PathVariable String code) {
        if (!AuthorityId.isValid(code))
            throw new NotThere();
        return "redirect:/authorities/" + code;
    }

    private String page(Actor actor, BaseRegistry registry, String number, String name, Map<String, String> held,
            String api, Model model) {
        model.addAttribute("registry", registry);
        model.addAttribute("number", number);
        model.addAttribute("name", name);
        model.addAttribute("held", List.copyOf(held.entrySet().stream().filter(e -> !e.getValue().isEmpty()).toList()));
        model.addAttribute("api", api);
        model.addAttribute("version", addresses.version());
        model.addAttribute("mayTell", !(actor instanceof Actor.Nobody));
        return "registry/entry";
    }
}
