package jp.kiban.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// 許可の点検. The application does not start while one of its handlers says nothing about who may call it, or wants an
/// actor that its permit does not promise.
@Component
final class Permits implements SmartInitializingSingleton {
    private final ObjectProvider<RequestMappingHandlerMapping> mappings;

    Permits(ObjectProvider<RequestMappingHandlerMapping> mappings) { this.mappings = mappings; }

    @Override
    public void afterSingletonsInstantiated() {
        var faults = mappings.stream().flatMap(mapping -> mapping.getHandlerMethods().entrySet().stream())
                .flatMap(entry -> faults(entry.getKey(), entry.getValue()).stream()).sorted().toList();
        if (!faults.isEmpty())
            throw new IllegalStateException("the policy is incomplete:\n  " + String.join("\n  ", faults));
    }

    static List<String> faults(RequestMappingInfo mapping, HandlerMethod handler) {
        if (!handler.getBeanType().getPackageName().startsWith("jp.kiban"))
            return List.of();
        var faults = new ArrayList<String>();
        if (Policy.permitted(handler).isEmpty())
            faults.add(handler.getShortLogMessage() + " " + mapping.getPatternValues() + " carries no @Permit");
        var permit = AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), Permit.class);
        if (permit != null)
            for (var parameter : handler.getMethodParameters())
                if (!promises(Set.of(permit.value()), parameter.getParameterType()))
                    faults.add(handler.getShortLogMessage() + " wants a " + parameter.getParameterType().getSimpleName()
                            + ", and its @Permit lets others in");
        return faults;
    }

    private static boolean promises(Set<Role> roles, Class<?> type) {
        if (type == Actor.Resident.class)
            return roles.equals(Set.of(Role.RESIDENT));
        if (type == Actor.Officer.class)
            return !roles.contains(Role.RESIDENT) && !roles.contains(Role.ANYONE);
        return true;
    }
}
