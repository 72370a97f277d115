package jp.kiban.registry;

import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/// ベース・レジストリの入口. What registries there are, of which edition, and where to look things up.
@Controller
class RegistryPages {
    private final Loadings loadings;
    private final Corporations corporations;

    RegistryPages(Loadings loadings, Corporations corporations) {
        this.loadings = loadings;
        this.corporations = corporations;
    }

    @Permit(Role.ANYONE)
    @GetMapping("/registry")
    String index(Actor actor, Model model) {
        model.addAttribute("corporations", loadings.newest(BaseRegistry.CORPORATIONS));
        model.addAttribute("count", corporations.count());
        model.addAttribute("keeper", actor instanceof Actor.Officer officer && officer.authority().equals(
                BaseRegistry.KEEPER));
        model.addAttribute("officer", actor instanceof Actor.Officer);
        model.addAttribute("asker", actor instanceof Actor.Resident || actor instanceof Actor.Officer officer
                && !officer.may(Role.MINISTRY));
        return "registry/index";
    }
}
