package jp.kiban.registry;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import jp.kiban.portal.Page;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.ModelAndView;

/// 不動産の画面. Officers look lots, houses and units up by number, by ID, or by municipality and lot; as of a day and as it was known.
@Controller
class RealEstatePages {
    private final RealEstate realEstate;
    private final Authorities authorities;
    private final Addresses addresses;
    private final Clock clock;

    RealEstatePages(RealEstate realEstate, Authorities authorities, Addresses addresses, Clock clock) {
        this.addresses = addresses;
        this.realEstate = realEstate;
        this.authorities = authorities;
        this.clock = clock;
    }

    /// 調べること. Read from what was typed; what is wrong is in `faults`.
    private record Asked(String number, String lgCode, String place, String lot, AsOf asOf, Page.Wanted wanted,
            List<Finding> faults) {}

    /// 見つかった一ページ. `more` when there are more than are read at all.
    record Answer(@JsonUnwrapped Page<RealEstate.Property> page, boolean more) {}

    /// 所在. A written address that names its municipality, taken apart: the rest may hold the lot.
    private record Written(String lgCode, String place, String lot) {}

    private Optional<Written> written(String place) {
        var match = addresses.match(place.strip());
        String city = match.parts().cityName();
        if (city.isEmpty() || match.ambiguous() || !place.contains(city) && !place.strip().startsWith(
                match.parts().pref()))
            return Optional.empty();
        var rest = match.rest().strip();
        var number = rest.split("(?=[0-9０-９])", 2);
        boolean numbered = number.length == 2 || rest.matches("[0-9０-９].*");
        String before = rest.matches("[0-9０-９].*") ? "" : number[0];
        return Optional.of(new Written(match.ids().lgCode(), match.parts().townName() + before.strip(), numbered
                ? rest.substring(before.length())
                : ""));
    }

    private Asked read(Actor.Officer officer, String q, String municipality, String writtenPlace, String writtenLot,
            String on, String known, String page, String size) {
        var faults = new ArrayList<Finding>();
        var wanted = Page.Wanted.read(page, size, Page.Wanted.USUAL_SIZE, faults);
        var whole = writtenPlace.isBlank() || !municipality.isBlank()
                ? Optional.<Written>empty()
                : written(writtenPlace);
        String place = whole.map(Written::place).orElse(writtenPlace);
        String lot = writtenLot.isBlank() ? whole.map(Written::lot).orElse("") : writtenLot;
        String number = "";
        if (!q.isBlank()) {
            number = RealEstate.number(q).orElse("");
            if (number.isEmpty())
                faults.add(CorporationLoad.finding("q", "registry.error.property-number", q.strip()));
        }
        String code = "";
        if (!lot.isBlank() || !place.isBlank()) {
            String asked = whole.map(Written::lgCode).orElse(municipality.isBlank()
                    ? officer.authority().code()
                    : municipality.strip());
            code = authorities.all().stream().filter(a -> a.kind() != Authority.Kind.MINISTRY && (a.id().code().equals(
                    asked) || a.name().equals(asked))).map(a -> a.id().code()).findFirst().orElse("");
            if (code.isEmpty())
                faults.add(CorporationLoad.finding("municipality", "registry.error.municipality", asked));
            if (lot.isBlank())
                faults.add(CorporationLoad.finding("lot", "registry.error.lot"));
        }
        AsOf asOf = AsOf.read("", "", clock);
        try {
            asOf = AsOf.read(on, known, clock);
        } catch (BadInput bad) {
            faults.addAll(bad.findings());
        }
        return new Asked(number, code, place, lot, asOf, wanted, faults);
    }

    private Answer found(Actor.Officer officer, Asked asked) {
        var found = !asked.number().isEmpty()
                ? new RealEstate.Found(realEstate.find(officer, asked.number(), asked.asOf()).stream().toList(), false)
                : asked.lot().isBlank()
                        ? new RealEstate.Found(List.of(), false)
                        : realEstate.onLot(officer, asked.lgCode(), asked.place(), asked.lot(), asked.asOf());
        return new Answer(Page.of(found.properties(), asked.wanted()), found.more());
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY, Role.MINISTRY})
    @GetMapping("/registry/real-estate")
    Object list(Actor.Officer officer, @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String municipality, @RequestParam(defaultValue = "") String place,
            @RequestParam(defaultValue = "") String lot, @RequestParam(defaultValue = "") String on,
            @RequestParam(defaultValue = "") String known, @RequestParam(defaultValue = "") String page,
            @RequestParam(defaultValue = "") String size, Language language, Model model) {
        var asked = read(officer, q, municipality, place, lot, on, known, page, size);
        boolean looks = !q.isBlank() || !lot.isBlank() || !place.isBlank();
        model.addAllAttributes(Map.of("q", q, "municipality", municipality, "place", place, "lot", lot, "on", on,
                "known", known, "findings", asked.faults(), "looks", looks && asked.faults().isEmpty()));
        var answer = looks && asked.faults().isEmpty()
                ? found(officer, asked)
                : new Answer(Page.of(List.of(), asked.wanted()), false);
        model.addAttribute("found", answer.page().items());
        model.addAttribute("page", answer.page());
        model.addAttribute("more", answer.more());
        model.addAttribute("names", names(answer.page().items(), language));
        model.addAttribute("part", RealEstate.part(q));
        model.addAttribute("here", AuthorityId.isValid(officer.authority().code()) && !officer.authority().isNational()
                ? authorities.get(officer.authority()).title().in(language)
                : "");
        return asked.faults().isEmpty()
                ? "registry/real-estate"
                : new ModelAndView("registry/real-estate", model.asMap(), HttpStatus.UNPROCESSABLE_CONTENT);
    }

    private Map<String, String> names(List<RealEstate.Property> found, Language language) {
        var names = new LinkedHashMap<String, String>();
        found.forEach(p -> names.computeIfAbsent(p.lgCode(), code -> authorities.find(AuthorityId.of(code)).map(a -> a
                .title().in(language)).orElse(code)));
        return names;
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY, Role.MINISTRY})
    @GetMapping("/api/registry/real-estate")
    @ResponseBody
    Answer api(Actor.Officer officer, @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String municipality, @RequestParam(defaultValue = "") String place,
            @RequestParam(defaultValue = "") String lot, @RequestParam(defaultValue = "") String on,
            @RequestParam(defaultValue = "") String known, @RequestParam(defaultValue = "") String page,
            @RequestParam(defaultValue = "") String size) {
        var asked = read(officer, q, municipality, place, lot, on, known, page, size);
        if (!asked.faults().isEmpty())
            throw new BadInput(asked.faults());
        return found(officer, asked);
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY, Role.MINISTRY})
    @GetMapping("/registry/real-estate/{property}")
    String one(Actor.Officer officer, @PathVariable String property, Language language, Model model) {
        var history = history(officer, property);
        model.addAttribute("history", history);
        model.addAttribute("names", names(history, language));
        model.addAttribute("part", RealEstate.part(property));
        return "registry/property";
    }

    private List<RealEstate.Property> history(Actor.Officer officer, String property) {
        var history = RealEstate.number(property).map(n -> realEstate.history(officer, n)).orElse(List.of());
        if (history.isEmpty())
            throw new NotThere();
        return history;
    }

    /// 一件. The version that stands, and all of them; `part` is what the ID names beyond the whole.
    record One(String id, Optional<String> part, RealEstate.Property property, List<RealEstate.Property> history) {}

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY, Role.MINISTRY})
    @GetMapping("/api/registry/real-estate/{property}")
    @ResponseBody
    One apiOne(Actor.Officer officer, @PathVariable String property, @RequestParam(defaultValue = "") String on,
            @RequestParam(defaultValue = "") String known) {
        var history = history(officer, property);
        var one = realEstate.find(officer, history.getFirst().number(), AsOf.read(on, known, clock)).orElseThrow(
                NotThere::new);
        return new One(one.id(), RealEstate.part(property), one, history);
    }
}
