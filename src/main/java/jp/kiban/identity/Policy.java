package jp.kiban.identity;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;

/// 判断点. The one place that says whether an actor may call a handler. What nobody has permitted is denied.
@Component
final class Policy {
    private static final String PORTAL = "jp.kiban.portal";
    private static final Set<Role> OFFICE = Set.of(Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY);

    /// The ground of the pages cannot name roles, because this room stands on it: its three homes are named here, its
    /// other pages carry nothing of anybody.
    private static final Map<String, Set<Role>> HOMES = Map.of("/my", Set.of(Role.RESIDENT), "/office", OFFICE,
            "/ministry", Set.of(Role.MINISTRY));

    /// 判断. What the policy answers.
    enum Answer {
        ALLOWED, SIGN_IN, DENIED
    }

    Answer decide(Actor actor, HandlerMethod handler, String path) {
        return permitted(handler, path).map(roles -> decide(actor, roles)).orElse(Answer.DENIED);
    }

    static Answer decide(Actor actor, Set<Role> permitted) {
        if (permitted.contains(Role.ANYONE))
            return Answer.ALLOWED;
        boolean allowed = switch (actor) {
            case Actor.Nobody nobody -> false;
            case Actor.Resident resident -> permitted.contains(Role.RESIDENT);
            case Actor.Officer officer -> officer.roles().stream().anyMatch(permitted::contains);
        };
        if (allowed)
            return Answer.ALLOWED;
        return actor instanceof Actor.Nobody ? Answer.SIGN_IN : Answer.DENIED;
    }

    /// Nothing when nobody has said who may call it.
    static Optional<Set<Role>> permitted(HandlerMethod handler, String path) {
        var permit = AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), Permit.class);
        if (permit != null)
            return Optional.of(Set.of(permit.value())).filter(roles -> !roles.isEmpty());
        String room = handler.getBeanType().getPackageName();
        if (room.equals(PORTAL))
            return Optional.of(HOMES.entrySet().stream()
                    .filter(home -> path.equals(home.getKey()) || path.startsWith(home.getKey() + "/"))
                    .map(Map.Entry::getValue).findFirst().orElse(Set.of(Role.ANYONE)));
        if (room.startsWith("org.springdoc.") || room.startsWith("org.springframework.boot."))
            return Optional.of(Set.of(Role.ANYONE));
        return Optional.empty();
    }

}
