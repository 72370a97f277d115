package jp.kiban.submission;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import jp.kiban.authority.Authorities;
import jp.kiban.catalogue.Adoptions;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Text;
import jp.kiban.letters.Folding;
import jp.kiban.standards.ServiceStandard;
import jp.kiban.standards.Standards;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// 手続の一覧. Every service in force, to be found by its name or by words of what it says; for a resident, those that the
/// own municipality offers.
@Controller
final class Services {
    private final Standards standards;
    private final Adoptions adoptions;
    private final Authorities authorities;
    private final Clock clock;

    Services(Standards standards, Adoptions adoptions, Authorities authorities, Clock clock) {
        this.standards = standards;
        this.adoptions = adoptions;
        this.authorities = authorities;
        this.clock = clock;
    }

    /// In force today.
    List<ServiceStandard> inForce() {
        var today = LocalDate.now(clock);
        return standards.all().stream().filter(s -> standards.editionInForce(s.id(), today).isPresent()).toList();
    }

    /// In force today, and offered by the authority to its residents.
    List<ServiceStandard> offered(AuthorityId authority) {
        var today = LocalDate.now(clock);
        return inForce().stream().filter(s -> adoptions.offered(authority, s.id(), today)).toList();
    }

    /// 一件. A service as the list shows it.
    record Found(String id, Text name, Text summary, Text ministry) {}

    @Permit(Role.ANYONE)
    @GetMapping("/submission")
    String list(Actor actor, @RequestParam(defaultValue = "") String q, Model model) {
        var all = actor instanceof Actor.Resident resident ? offered(resident.authority()) : inForce();
        var words = Arrays.stream(q.strip().split("[\\s　]+")).map(Folding::key).filter(word -> !word.isEmpty())
                .toList();
        model.addAttribute("q", q.strip());
        model.addAttribute("services", all.stream().filter(s -> matches(s, words)).map(s -> new Found(s.id(), s.name(),
                s.summary(), authorities.get(s.ministry()).title())).toList());
        return "submission/services";
    }

    /// All of the words, in any of the three languages.
    private static boolean matches(ServiceStandard service, List<String> words) {
        var said = Folding.key(List.of(service.name(), service.summary(), service.audience()).stream()
                .map(t -> t.ja() + " " + t.easy() + " " + t.en()).reduce(service.id(), (a, b) -> a + " " + b));
        return words.stream().allMatch(said::contains);
    }
}
