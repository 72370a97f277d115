package jp.kiban.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/// クッキー. The two secrets that a browser keeps; no script can read them, no other site can send them along with a form.
enum Cookies {
    /// The token of the session. Outlives it, so that what was typed when it ended can be kept for its owner.
    SESSION("kiban-session", Sessions.ABSOLUTE.plusHours(24)),
    /// Binds a challenge to the browser that began it.
    BROWSER("kiban-browser", Duration.ofMinutes(30));

    private final String name;
    private final Duration lasts;

    Cookies(String name, Duration lasts) {
        this.name = name;
        this.lasts = lasts;
    }

    Optional<String> read(HttpServletRequest request) {
        var cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : Arrays.stream(cookies).filter(c -> c.getName().equals(name)).map(c -> c.getValue())
                        .filter(value -> value.matches("[A-Za-z0-9_-]{43}")).findFirst();
    }

    void write(HttpServletRequest request, HttpServletResponse response, String value) {
        send(request, response, value, lasts);
    }

    void clear(HttpServletRequest request, HttpServletResponse response) {
        send(request, response, "", Duration.ZERO);
    }

    private void send(HttpServletRequest request, HttpServletResponse response, String value, Duration age) {
        response.addHeader(HttpHeaders.SET_COOKIE, ResponseCookie.from(name, value).path("/").httpOnly(true)
                .sameSite("Lax").secure(request.isSecure()).maxAge(age).build().toString());
    }
}
