package jp.kiban.home;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import jp.kiban.authority.Authorities;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.portal.HomeSection;
import jp.kiban.portal.HomeSection.Home;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/// 三つのホーム. Each is what the rooms contribute for the one who looks, in their order.
@Controller
class Homes {
    private static final Logger log = LoggerFactory.getLogger(Homes.class);
    private final ObjectProvider<HomeSection> sections;
    private final Authorities authorities;

    Homes(ObjectProvider<HomeSection> sections, Authorities authorities) {
        this.sections = sections;
        this.authorities = authorities;
    }

    /// The way home, whoever asks.
    @Permit(Role.ANYONE)
    @GetMapping("/home")
    String home(Actor actor) {
        return "redirect:" + switch (actor) {
            case Actor.Nobody nobody -> "/";
            case Actor.Resident resident -> "/my";
            case Actor.Officer officer -> officer.may(Role.MINISTRY) ? "/ministry" : "/office";
        };
    }

    @Permit(Role.RESIDENT)
    @GetMapping("/my")
    String my(Actor.Resident resident, Model model) {
        model.addAttribute("authority", authorities.get(resident.authority()).title());
        return show(Home.MY, model);
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @GetMapping("/office")
    String office(Actor.Officer officer, Model model) {
        model.addAttribute("authority", authorities.get(officer.authority()).title());
        return show(Home.OFFICE, model);
    }

    @Permit(Role.MINISTRY)
    @GetMapping("/ministry")
    String ministry(Actor.Officer officer, Model model) {
        model.addAttribute("authority", authorities.get(officer.authority()).title());
        return show(Home.MINISTRY, model);
    }

    private String show(Home home, Model model) {
        model.addAttribute("home", home.name().toLowerCase(java.util.Locale.ROOT));
        model.addAttribute("sections", contributions(home));
        return "home/home";
    }

    private List<Contribution> contributions(Home home) {
        return sections.stream().filter(section -> section.home() == home)
                .sorted(Comparator.comparingInt(HomeSection::order)).flatMap(section -> {
                    try {
                        return section.appliesToCurrent()
                                ? java.util.stream.Stream.of(new Contribution(section.fragment(), section.model()))
                                : java.util.stream.Stream.empty();
                    } catch (RuntimeException failed) {
                        log.error("home section {} failed", section.fragment(), failed);
                        return java.util.stream.Stream.of(new Contribution("home/home :: unavailable", Map.of()));
                    }
                }).toList();
    }

    record Contribution(String fragment, Map<String, Object> model) {}
}
