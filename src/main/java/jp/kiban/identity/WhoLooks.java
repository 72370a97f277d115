package jp.kiban.identity;

import java.util.Optional;
import jp.kiban.authority.Authorities;
import jp.kiban.kernel.Text;
import jp.kiban.portal.Viewer;
import org.springframework.stereotype.Component;

/// 見ている人. Tells the frame around every page who is signed in. A resident is addressed by their municipality: this
/// room keeps no resident's name.
@Component
final class WhoLooks implements Viewer {
    private final CurrentActor current;
    private final Authorities authorities;

    WhoLooks(CurrentActor current, Authorities authorities) {
        this.current = current;
        this.authorities = authorities;
    }

    @Override
    public Optional<Who> who() {
        return switch (current.get()) {
            case Actor.Nobody nobody -> Optional.empty();
            case Actor.Resident resident -> Optional
                    .of(new Who(authorities.get(resident.authority()).name(), Role.RESIDENT.title(), false, true));
            case Actor.Officer officer -> Optional
                    .of(new Who(authorities.get(officer.authority()).name() + " " + officer.name(), titles(officer),
                            true, false));
        };
    }

    private static Text titles(Actor.Officer officer) {
        return officer.roles().stream().sorted().map(Role::title)
                .reduce((a, b) -> new Text(a.ja() + "・" + b.ja(), a.easy() + "、" + b.easy(), a.en() + ", " + b.en()))
                .orElseThrow();
    }
}
