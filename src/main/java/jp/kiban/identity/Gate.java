package jp.kiban.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/// 門. Asks the policy before every handler. Not signed in: a page leads to the sign-in and back, the API answers 401.
/// Signed in without the role: 403, the same for everything.
@Component
final class Gate implements HandlerInterceptor {
    private static final int MOST_KEPT = 256 * 1024;
    private final Policy policy;
    private final CurrentActor current;
    private final Parking parking;

    Gate(Policy policy, CurrentActor current, Parking parking) {
        this.policy = policy;
        this.current = current;
        this.parking = parking;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod method))
            return true;
        String path = request.getRequestURI();
        switch (policy.decide(current.of(request), method)) {
            case ALLOWED -> {
                return true;
            }
            case SIGN_IN -> {
                if (isApi(path)) {
                    response.setHeader("WWW-Authenticate", "Kiban-Card start=\"/api/identity/challenges\"");
                    throw new ErrorResponseException(HttpStatus.UNAUTHORIZED);
                }
                leadToSignIn(request, response);
            }
            case DENIED -> throw new ErrorResponseException(HttpStatus.FORBIDDEN);
        }
        return false;
    }

    static boolean isApi(String path) { return path.startsWith("/api/"); }

    private void leadToSignIn(HttpServletRequest request, HttpServletResponse response) {
        boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        String next = reads ? withQuery(request) : cameFrom(request);
        String kept = !reads && keep(request) ? "&kept=true" : "";
        String address = "/identity/sign-in?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8) + kept;
        if (request.getHeader("HX-Request") != null) {
            // an answer to a part of a page must not put the sign-in into that part
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            response.setHeader("HX-Redirect", address);
            return;
        }
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", address);
    }

    /// Keeps a form that arrived after its sender's session had ended. Files are not kept.
    private boolean keep(HttpServletRequest request) {
        var owner = current.whoseTimeIsOver(request);
        var fields = new LinkedHashMap<String, List<String>>();
        request.getParameterMap().forEach((name, values) -> {
            if (!name.equals("_csrf"))
                fields.put(name, List.of(values));
        });
        int size = fields.values().stream().flatMap(List::stream).mapToInt(String::length).sum();
        if (owner.isEmpty() || fields.isEmpty() || size > MOST_KEPT || !isForm(request))
            return false;
        parking.park(owner.get(), request.getRequestURI(), fields);
        return true;
    }

    private static boolean isForm(HttpServletRequest request) {
        String type = request.getContentType();
        return request.getMethod().equals("POST") && type != null
                && type.startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE);
    }

    private static String withQuery(HttpServletRequest request) {
        return request.getRequestURI() + (request.getQueryString() == null ? "" : "?" + request.getQueryString());
    }

    /// The page that the form was on; the browser tells within our own site only.
    private static String cameFrom(HttpServletRequest request) {
        String page = request.getHeader("Referer");
        if (page == null)
            return "/";
        try {
            var address = URI.create(page);
            boolean ours = address.getRawAuthority() != null
                    && address.getRawAuthority().equals(request.getHeader("Host"));
            return ours && address.getRawPath() != null
                    ? address.getRawPath() + (address.getRawQuery() == null ? "" : "?" + address.getRawQuery())
                    : "/";
        } catch (IllegalArgumentException notAnAddress) {
            return "/";
        }
    }
}
