package jp.kiban.registry;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.kiban.address.AddressLevel;
import jp.kiban.authority.Authorities;
import jp.kiban.authority.Authority;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.NotThere;
import jp.kiban.letters.Letters;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.ModelAndView;

/// 地番の画面. Everybody looks lots up: by an address as it is written, by 不動産番号 or 不動産ID, or by municipality, town and lot; as of a day and as it was
/// known. An officer sees beside a lot what the register of real estate has on it.
@Controller
class LotPages {
    private static final int LONGEST = 200;

    private final Lots lots;
    private final RealEstate realEstate;
    private final Addresses addresses;
    private final Authorities authorities;
    private final Loadings loadings;
    private final Clock clock;

    LotPages(Lots lots, RealEstate realEstate, Addresses addresses, Authorities authorities, Loadings loadings,
            Clock clock) {
        this.lots = lots;
        this.realEstate = realEstate;
        this.addresses = addresses;
        this.authorities = authorities;
        this.loadings = loadings;
        this.clock = clock;
    }

    private record Asked(String q, String lgCode, String place, String lot, AsOf asOf, boolean looks,
            List<Finding> faults) {}

    private Asked read(String q, String municipality, String place, String lot, String on, String known) {
        var faults = new ArrayList<Finding>();
        for (var text : List.of(q, place, lot))
            if (Letters.count(text) > LONGEST)
                faults.add(CorporationLoad.finding("q", "registry.error.long", LONGEST, Letters.count(text)));
        String code = "";
        if (!lot.isBlank() || !place.isBlank()) {
            code = authorities.all().stream().filter(a -> a.kind() != Authority.Kind.MINISTRY && (a.id().code().equals(
                    municipality.strip()) || a.name().equals(municipality.strip()))).map(a -> a.id().code()).findFirst()
                    .orElse("");
            if (code.isEmpty())
                faults.add(CorporationLoad.finding("municipality", "registry.error.municipality", municipality));
            if (lot.isBlank())
                faults.add(CorporationLoad.finding("lot", "registry.error.lot"));
        }
        var asOf = AsOf.read("", "", clock);
        try {
            asOf = AsOf.read(on, known, clock);
        } catch (BadInput bad) {
            faults.addAll(bad.findings());
        }
        return new Asked(q.strip(), code, place, lot, asOf, !q.isBlank() || !lot.isBlank() || !place.isBlank(), List
                .copyOf(faults));
    }

    private Lots.Found found(Asked asked) {
        if (!asked.looks())
            return new Lots.Found(List.of(), false);
        var id = Lots.LotId.of(asked.q());
        if (id.isPresent())
            return new Lots.Found(lots.find(id.get(), asked.asOf()).stream().toList(), false);
        var number = RealEstate.number(asked.q());
        if (number.isPresent())
            return lots.numbered(number.get(), asked.asOf());
        return asked.q().isEmpty()
                ? lots.onLot(asked.lgCode(), asked.place(), asked.lot(), asked.asOf())
                : written(asked);
    }

    /// An address in free text: the matcher says municipality, town and what of it is a lot.
    private Lots.Found written(Asked asked) {
        var match = addresses.match(asked.q());
        if (!match.level().atLeast(AddressLevel.TOWN) || match.ambiguous())
            return new Lots.Found(List.of(), false);
        var ids = match.ids();
        if (!ids.prcId().isEmpty())
            return new Lots.Found(lots.find(new Lots.LotId(ids.lgCode(), ids.machiazaId(), ids.prcId()), asked.asOf())
                    .stream().toList(), false);
        String lot = match.parts().number().isEmpty() ? match.rest().strip() : match.parts().number();
        return lot.isEmpty()
                ? lots.ofTown(ids.lgCode(), ids.machiazaId(), asked.asOf())
                : lots.inTown(ids.lgCode(), ids.machiazaId(), lot, asked.asOf());
    }

    @Permit(Role.ANYONE)
    @GetMapping("/registry/lots")
    Object list(@RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "") String municipality,
            @RequestParam(defaultValue = "") String place, @RequestParam(defaultValue = "") String lot,
            @RequestParam(defaultValue = "") String on, @RequestParam(defaultValue = "") String known,
            Language language, Model model) {
        var asked = read(q, municipality, place, lot, on, known);
        boolean fine = asked.faults().isEmpty();
        model.addAllAttributes(Map.of("q", q, "municipality", municipality, "place", place, "lot", lot, "on", on,
                "findings", asked.faults(), "looks", asked.looks() && fine, "towns", addresses.knowsTowns()));
        var found = fine ? found(asked) : new Lots.Found(List.of(), false);
        model.addAttribute("found", found);
        model.addAttribute("names", names(found.lots(), language));
        model.addAttribute("loaded", loadings.newest(BaseRegistry.LOTS));
        return fine
                ? "registry/lots"
                : new ModelAndView("registry/lots", model.asMap(), HttpStatus.UNPROCESSABLE_CONTENT);
    }

    private Map<String, String> names(List<Lots.Lot> found, Language language) {
        var names = new java.util.HashMap<String, String>();
        found.forEach(l -> names.computeIfAbsent(l.id().lgCode(), code -> authorities.find(AuthorityId.of(code)).map(
                a -> a.title().in(language)).orElse(code)));
        return names;
    }

    @Permit(Role.ANYONE)
    @GetMapping("/api/registry/lots")
    @ResponseBody
    Lots.Found api(@RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "") String municipality,
            @RequestParam(defaultValue = "") String place, @RequestParam(defaultValue = "") String lot,
            @RequestParam(defaultValue = "") String on, @RequestParam(defaultValue = "") String known) {
        var asked = read(q, municipality, place, lot, on, known);
        if (!asked.faults().isEmpty())
            throw new BadInput(asked.faults());
        return found(asked);
    }

    private List<Lots.Lot> history(String lot) {
        var history = Lots.LotId.of(lot).map(lots::history).orElse(List.of());
        if (history.isEmpty())
            throw new NotThere();
        return history;
    }

    @Permit(Role.ANYONE)
    @GetMapping("/registry/lots/{lot}")
    String one(Actor actor, @PathVariable String lot, @RequestParam(defaultValue = "") String on,
            @RequestParam(defaultValue = "") String known, Language language, Model model) {
        var history = history(lot);
        var id = history.getFirst().id();
        Optional<Lots.Lot> entry = Optional.empty();
        List<Finding> findings = List.of();
        try {
            entry = lots.find(id, AsOf.read(on, known, clock));
        } catch (BadInput bad) {
            findings = bad.findings();
        }
        model.addAttribute("findings", findings);
        model.addAttribute("entry", entry);
        model.addAttribute("history", history);
        model.addAttribute("on", on);
        model.addAttribute("known", known);
        model.addAttribute("past", !on.isBlank() || !known.isBlank());
        model.addAttribute("municipality", names(history, language).getOrDefault(id.lgCode(), id.lgCode()));
        model.addAttribute("town", addresses.byId(id.lgCode(), id.machiazaId()));
        model.addAttribute("properties", actor instanceof Actor.Officer officer
                ? realEstate.onLot(officer, id.lgCode(), "", history.getFirst().lot(), AsOf.read("", "", clock))
                        .properties().stream()
                        .filter(p -> p.machiazaId().isEmpty() || p.machiazaId().equals(id.machiazaId()))
                        .toList()
                : List.of());
        model.addAttribute("mayTell", !(actor instanceof Actor.Nobody));
        return "registry/lot";
    }

    /// 一件. The version of the day that was asked for, and all versions.
    record One(Lots.Lot lot, List<Lots.Lot> history) {}

    @Permit(Role.ANYONE)
    @GetMapping("/api/registry/lots/{lot}")
    @ResponseBody
    One apiOne(@PathVariable String lot, @RequestParam(defaultValue = "") String on,
            @RequestParam(defaultValue = "") String known) {
        var history = history(lot);
        return new One(lots.find(history.getFirst().id(), AsOf.read(on, known, clock)).orElseThrow(NotThere::new),
                history);
    }
}
