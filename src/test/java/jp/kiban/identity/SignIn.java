package jp.kiban.identity;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/// サインインした利用者. A browser in a test: signs in with a demonstration card over plain HTTP, keeps its cookies, and
/// sends the CSRF token with every writing request. Redirects are not followed unless asked for: tests look at them.
public final class SignIn {
    private final URI base;
    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient client = HttpClient.newBuilder().cookieHandler(cookies)
            .connectTimeout(Duration.ofSeconds(10)).followRedirects(HttpClient.Redirect.NEVER).build();

    private SignIn(URI base) { this.base = base; }

    /// Somebody who has opened the site and not signed in.
    public static SignIn nobody(int port) {
        var browser = new SignIn(URI.create("http://localhost:" + port));
        browser.get("/identity/sign-in");
        return browser;
    }

    /// Signed in as a resident with this demonstration card; fails the test if refused.
    public static SignIn resident(int port, String card) { return as(port, "resident", card, "1234"); }

    /// Signed in as an officer or ministry staff with this demonstration card.
    public static SignIn staff(int port, String card) { return as(port, "staff", card, "5678"); }

    /// `door` is resident or staff.
    public static SignIn as(int port, String door, String card, String pin) {
        var browser = nobody(port);
        var landed = browser.signIn(door, card, pin, "");
        if (landed.contains("failed") || !browser.isSignedIn())
            throw new AssertionError("the card " + card + " did not sign in: " + landed);
        return browser;
    }

    /// Goes the whole way to the card and back; answers the address that the browser is led to in the end (a path).
    public String signIn(String door, String card, String pin, String next) {
        String toCard = path(post("/identity/sign-in", Map.of("door", door, "next", next)));
        String challenge = toCard.replaceAll(".*challenge=([A-Za-z0-9_-]+).*", "$1");
        var answered = post("/demo/card", Map.of("challenge", challenge, "card", card, "pin", pin));
        if (answered.statusCode() != 303)
            throw new AssertionError("the card " + card + " did not sign: " + answered.statusCode());
        String back = path(answered);
        return back.startsWith("/identity/return") ? path(get(back)) : back;
    }

    public boolean isSignedIn() { return !get("/api/identity/session").body().contains("\"nobody\""); }

    public void signOut() { post("/identity/sign-out", Map.of()); }

    public HttpResponse<String> get(String path) { return send(request(path).GET()); }

    /// A page, in HTML.
    public HttpResponse<String> page(String path) { return send(request(path).header("Accept", "text/html").GET()); }

    /// The page that is reached in the end; at most ten redirects.
    public HttpResponse<String> follow(HttpResponse<String> response) {
        var at = response;
        for (int i = 0; i < 10 && at.statusCode() / 100 == 3; i++)
            at = page(path(at));
        return at;
    }

    /// A form, as a page sends it; the token goes as a header.
    public HttpResponse<String> post(String path, Map<String, String> fields) { return postText(path, form(fields)); }

    /// A form whose fields may come more than once, already written as `a=1&b=2`.
    public HttpResponse<String> postText(String path, String form) {
        return send(request(path).header("X-XSRF-TOKEN", token())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    public HttpResponse<String> postJson(String path, String json) { return json("POST", path, json, Map.of()); }

    public HttpResponse<String> putJson(String path, String json) { return json("PUT", path, json, Map.of()); }

    public HttpResponse<String> json(String method, String path, String json, Map<String, String> headers) {
        var request = request(path).header("X-XSRF-TOKEN", token()).header("Accept", "application/json");
        if (!headers.containsKey("Content-Type"))
            request.header("Content-Type", "application/json");
        headers.forEach(request::header);
        return send(request.method(method, HttpRequest.BodyPublishers.ofString(json)));
    }

    /// The client with its cookies, for whatever this class has no verb for.
    public HttpClient client() { return client; }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(60));
    }

    /// The value for the header `X-XSRF-TOKEN`.
    public String token() { return cookie("XSRF-TOKEN"); }

    /// The value of a cookie; empty when there is none.
    public String cookie(String name) {
        return cookies.getCookieStore().getCookies().stream().filter(c -> c.getName().equals(name))
                .map(HttpCookie::getValue).findFirst().orElse("");
    }

    public CookieManager cookies() { return cookies; }

    /// Where a redirect leads, as a path of this site.
    public static String path(HttpResponse<String> redirect) {
        var location = redirect.headers().firstValue("Location").map(URI::create).orElseThrow(
                () -> new AssertionError("no redirect but " + redirect.statusCode() + " from " + redirect.uri()));
        return location.getRawPath() + (location.getRawQuery() == null ? "" : "?" + location.getRawQuery());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stop);
        }
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream().map(f -> URLEncoder.encode(f.getKey(), StandardCharsets.UTF_8) + "="
                + URLEncoder.encode(f.getValue(), StandardCharsets.UTF_8)).collect(Collectors.joining("&"));
    }
}
