package jp.kiban.conformity;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// 検査の相手. The implementation under test, at the other end of HTTP. Every call has a time limit and a largest answer;
/// whatever does not come back as JSON is `Trouble`, never a surprise.
final class Target implements AutoCloseable {
    private static final int LARGEST_BYTES = 32 * 1024 * 1024;
    private final String base;
    private final Duration longest;
    private final HttpClient http;
    private final JsonMapper json = JsonMapper.builder().build();
    private final AtomicInteger calls = new AtomicInteger();
    private final String bearer;

    Target(String address, Duration longest) { this(address, longest, "", Optional.empty()); }

    /// @param bearer what opens sessions there (`Authorization: Bearer …`), empty where anybody may
    /// @param trust other issuers of certificates than those of this Java
    Target(String address, Duration longest, String bearer, Optional<SSLContext> trust) {
        this.base = address.strip().replaceFirst("/+$", "");
        this.longest = longest;
        this.bearer = bearer;
        URI uri;
        try {
            uri = URI.create(base);
        } catch (IllegalArgumentException wrong) {
            throw new Trouble(Trouble.Kind.CANNOT, "not an address: " + address);
        }
        if (uri.getHost() == null || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())))
            throw new Trouble(Trouble.Kind.CANNOT, "not an http or https address: " + address);
        if (uri.getRawQuery() != null || uri.getRawFragment() != null || uri.getRawUserInfo() != null)
            throw new Trouble(Trouble.Kind.CANNOT,
                    "an address to which paths can be added is wanted, without a name, ? or"
                            + " #: " + address);
        var client = HttpClient.newBuilder().connectTimeout(longest).version(HttpClient.Version.HTTP_1_1);
        trust.ifPresent(client::sslContext);
        this.http = client.build();
    }

    /// 答え. `body` is missing where there was none.
    ///
    /// @param elsewhere where it says to go instead (`Location`)
    /// @param again how many seconds to wait (`Retry-After`)
    record Answer(int status, String type, JsonNode body, String elsewhere, long again) {
        boolean good() { return status >= 200 && status < 300; }
    }

    String address() { return base; }

    int calls() { return calls.get(); }

    Answer get(String path) { return send(request(path).GET(), path); }

    Answer delete(String path) { return send(request(path).DELETE(), path); }

    Answer post(String path, JsonNode body, Map<String, String> headers) {
        return postText(path, json.writeValueAsString(body), headers);
    }

    Answer postText(String path, String body, Map<String, String> headers) {
        var request = request(path).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        headers.forEach(request::header);
        return send(request, path);
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create(base + path)).timeout(longest).header("Accept",
                "application/json, application/problem+json");
        return bearer.isEmpty() ? request : request.header("Authorization", "Bearer " + bearer);
    }

    private Answer send(HttpRequest.Builder request, String path) {
        calls.incrementAndGet();
        var coming = http.sendAsync(request.build(), BodyHandlers.limiting(BodyHandlers.ofString(
                StandardCharsets.UTF_8), LARGEST_BYTES));
        try {
            // the time limit of the request itself ends with the head of the answer; this one does not
            return answer(coming.get(longest.toMillis() + 200, TimeUnit.MILLISECONDS), path);
        } catch (TimeoutException late) {
            coming.cancel(true);
            throw slow(path);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof HttpTimeoutException
                    ? slow(path)
                    : failed.getCause() instanceof IOException gone
                            ? trouble(gone, path)
                            : new IllegalStateException(
                                    failed.getCause());
        } catch (InterruptedException stop) {
            coming.cancel(true);
            Thread.currentThread().interrupt();
            throw new Trouble(Trouble.Kind.CANNOT, "stopped");
        }
    }

    private Answer answer(HttpResponse<String> got, String path) {
        var type = got.headers().firstValue("Content-Type").orElse("");
        var elsewhere = got.headers().firstValue("Location").orElse("");
        long again = got.headers().firstValue("Retry-After").filter(s -> s.matches("[0-9]{1,6}")).map(Long::parseLong)
                .orElse(-1L);
        var text = got.body();
        if (text.isBlank())
            return new Answer(got.statusCode(), type, MissingNode.getInstance(), elsewhere, again);
        try {
            return new Answer(got.statusCode(), type, json.readTree(text), elsewhere, again);
        } catch (JacksonException noJson) {
            if (got.statusCode() >= 300)
                return new Answer(got.statusCode(), type, MissingNode.getInstance(), elsewhere, again);
            throw new Trouble(Trouble.Kind.GARBAGE, "the answer for " + (path.isEmpty() ? base : path)
                    + " is no JSON: " + start(text));
        }
    }

    private Trouble slow(String path) {
        return new Trouble(Trouble.Kind.SLOW, base + " does not answer within " + longest.toSeconds() + " s ("
                + (path.isEmpty() ? "when asked what it is" : path) + ")");
    }

    /// What went wrong below HTTP, in a sentence.
    private Trouble trouble(IOException gone, String path) {
        for (Throwable cause = gone; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException)
                return new Trouble(Trouble.Kind.DOWN, "the certificate of " + base + " has expired ("
                        + cause.getMessage() + "); a target with a valid one is wanted");
            if (cause instanceof CertificateNotYetValidException)
                return new Trouble(Trouble.Kind.DOWN, "the certificate of " + base + " is not valid yet ("
                        + cause.getMessage() + ")");
            if (cause instanceof CertPathBuilderException)
                return new Trouble(Trouble.Kind.DOWN, "the certificate of " + base
                        + " is by an issuer that is not known here; make it known to Java"
                        + " (-Djavax.net.ssl.trustStore=FILE)");
        }
        if (gone instanceof SSLException)
            return new Trouble(Trouble.Kind.DOWN, "no safe connection (TLS) to " + base + ": " + why(gone));
        if (why(gone).contains("exceeds capacity"))
            return new Trouble(Trouble.Kind.GARBAGE, "the answer for " + (path.isEmpty() ? base : path)
                    + " is larger than " + LARGEST_BYTES / 1024 / 1024 + " MB");
        return new Trouble(Trouble.Kind.DOWN, "cannot reach " + base + ": " + why(gone));
    }

    private static String why(IOException gone) {
        if (gone instanceof UnknownHostException || gone.getCause() instanceof UnresolvedAddressException
                || gone.getCause() instanceof ConnectException refused && refused
                        .getCause() instanceof UnresolvedAddressException)
            return "there is no such host";
        var words = gone.getMessage();
        return words == null || words.isBlank() ? "connection refused or broken" : words;
    }

    private static String start(String text) {
        var one = text.strip().replaceAll("\\s+", " ");
        return one.length() > 60 ? one.substring(0, 60) + "…" : one;
    }

    @Override
    public void close() { http.shutdownNow(); }
}
