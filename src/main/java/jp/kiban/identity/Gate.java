package jp.kiban.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import tools.jackson.databind.json.JsonMapper;

/// 門. Asks the policy before every handler. Not signed in: a page leads to the sign-in and back, the API answers 401.
/// Signed in without the role: 403, the same for everything.
@Component
final class Gate implements HandlerInterceptor {
    private final Policy policy;
    private final JsonMapper json;

    Gate(Policy policy, JsonMapper json) {
        this.policy = policy;
        this.json = json;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        if (!(handler instanceof HandlerMethod method))
            return true;
        String path = request.getRequestURI();
        switch (policy.decide(CurrentActor.of(request), method, path)) {
            case ALLOWED -> {
                return true;
            }
            case SIGN_IN -> {
                if (isApi(path))
                    problem(response, HttpStatus.UNAUTHORIZED);
                else
                    leadToSignIn(request, response);
            }
            case DENIED -> {
                if (isApi(path))
                    problem(response, HttpStatus.FORBIDDEN);
                else
                    response.sendError(HttpServletResponse.SC_FORBIDDEN);
            }
        }
        return false;
    }

    static boolean isApi(String path) { return path.startsWith("/api/"); }

    private void leadToSignIn(HttpServletRequest request, HttpServletResponse response) {
        String next = request.getRequestURI()
                + (request.getQueryString() == null ? "" : "?" + request.getQueryString());
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location",
                "/identity/sign-in?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8));
    }

    private void problem(HttpServletResponse response, HttpStatus status) throws IOException {
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        if (status == HttpStatus.UNAUTHORIZED)
            response.setHeader("WWW-Authenticate", "Kiban-Card realm=\"kiban\", start=\"/identity/sign-in\"");
        response.getOutputStream().write(json.writeValueAsBytes(ProblemDetail.forStatus(status)));
    }
}
