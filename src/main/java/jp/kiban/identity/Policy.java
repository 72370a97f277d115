package jp.kiban.identity;

import java.util.Optional;
import java.util.Set;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;

/// 判断点. The one place that says whether an actor may call a handler. What nobody has permitted is denied.
@Component
final class Policy {
    /// 判断. What the policy answers.
    enum Answer {
        ALLOWED, SIGN_IN, DENIED
    }

    Answer decide(Actor actor, HandlerMethod handler) {
        return permitted(handler).map(roles -> decide(actor, roles)).orElse(Answer.DENIED);
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

    /// Nothing when nobody has said who may call it. What the libraries bring along (the OpenAPI document, the last resort
    /// of errors) carries nothing of anybody.
    static Optional<Set<Role>> permitted(HandlerMethod handler) {
        var permit = AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), Permit.class);
        if (permit != null)
            return Optional.of(Set.of(permit.value())).filter(roles -> !roles.isEmpty());
        String room = handler.getBeanType().getPackageName();
        if (room.startsWith("org.springdoc.") || room.startsWith("org.springframework.boot."))
            return Optional.of(Set.of(Role.ANYONE));
        return Optional.empty();
    }

}
