package jp.kiban.identity;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/// 今の行為者. Who acts in the request that this thread serves.
@Component
final class CurrentActor {
    private static final String ATTRIBUTE = Actor.class.getName();

    Actor get() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? of(attributes.getRequest())
                : new Actor.Nobody();
    }

    static Actor of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Actor actor ? actor : new Actor.Nobody();
    }

    static void set(HttpServletRequest request, Actor actor) { request.setAttribute(ATTRIBUTE, actor); }
}
