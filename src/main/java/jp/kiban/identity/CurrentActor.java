package jp.kiban.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/// 今の行為者. Who acts in a request; looked up once, and only when somebody asks. A handler takes its `Actor` as a parameter;
/// this is for what is drawn around it, such as a section of a home page.
@Component
public final class CurrentActor {
    private static final String FOUND = Sessions.Found.class.getName();
    private final Sessions sessions;

    CurrentActor(Sessions sessions) { this.sessions = sessions; }

    /// Of the request that this thread serves; nobody outside of one.
    public Actor get() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? of(attributes.getRequest())
                : new Actor.Nobody();
    }

    Actor of(HttpServletRequest request) {
        return found(request) instanceof Sessions.Found.Alive(var actor) ? actor : new Actor.Nobody();
    }

    /// Whose session ended while they were away.
    Optional<Actor> whoseTimeIsOver(HttpServletRequest request) {
        return found(request) instanceof Sessions.Found.Over(var actor) ? Optional.of(actor) : Optional.empty();
    }

    private Sessions.Found found(HttpServletRequest request) {
        if (request.getAttribute(FOUND) instanceof Sessions.Found found)
            return found;
        var found = Cookies.SESSION.read(request).map(sessions::find).orElse(new Sessions.Found.Unknown());
        request.setAttribute(FOUND, found);
        return found;
    }
}
