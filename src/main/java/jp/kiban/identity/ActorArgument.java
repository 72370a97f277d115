package jp.kiban.identity;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/// Gives a controller method the actor it names.
@Component
final class ActorArgument implements HandlerMethodArgumentResolver {
    private final CurrentActor current;

    ActorArgument(CurrentActor current) { this.current = current; }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return Actor.class.isAssignableFrom(parameter.getParameterType());
    }

    @Override
    public Object resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer container,
            NativeWebRequest request, @Nullable WebDataBinderFactory binder) {
        var servlet = request.getNativeRequest(HttpServletRequest.class);
        var actor = servlet == null ? new Actor.Nobody() : current.of(servlet);
        if (!parameter.getParameterType().isInstance(actor))
            throw new IllegalStateException(parameter.getExecutable() + " wants a "
                    + parameter.getParameterType().getSimpleName() + ", and its @Permit lets others in");
        return actor;
    }
}
