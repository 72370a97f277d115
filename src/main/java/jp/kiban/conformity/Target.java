package jp.kiban.conformity;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
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
    static final int SHORTEST_HIDDEN = 8;
    private static final int LARGEST_BYTES = 32 * 1024 * 1024;
    private final String base;
    private final Duration longest;
    private final Line line;
    private final String shown;
    private final int largest;
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
        this.line = new UsualLine(client.build());
        this.shown = base;
        this.largest = LARGEST_BYTES;
    }

    /// One that is reached by a line of its own, under the name that a report may show.
    Target(String shown, String base, Duration longest, int largest, String bearer, Line line) {
        this.largest = largest;
        this.shown = shown;
        this.base = base;
        this.longest = longest;
        this.bearer = bearer;
        this.line = line;
    }

    /// 送るもの. One call.
    record Call(String method, URI address, Map<String, String> headers, Optional<String> body) {}

    /// 返ってきたもの. The names of the headers are in small letters.
    record Reply(int status, Map<String, String> headers, String body) {
        String header(String name) { return headers.getOrDefault(name, ""); }
    }

    /// 線. How a call gets there and back: within the time, and no more than so many bytes.
    interface Line extends AutoCloseable {
        Reply send(Call call, Duration longest, int largestBytes) throws IOException, InterruptedException;

        /// The kit goes: what it still says is a good-bye.
        default void leaving() {}

        @Override
        void close();
    }

    /// The client of Java, for whoever runs the kit against a target of their own choice.
    private record UsualLine(HttpClient http) implements Line {
        @Override
        public Reply send(Call call, Duration longest, int largestBytes) throws IOException, InterruptedException {
            var request = HttpRequest.newBuilder(call.address()).timeout(longest).method(call.method(), call.body()
                    .map(b -> HttpRequest.BodyPublishers.ofString(b, StandardCharsets.UTF_8))
                    .orElseGet(HttpRequest.BodyPublishers::noBody));
            call.headers().forEach(request::header);
            var coming = http.sendAsync(request.build(), BodyHandlers.limiting(BodyHandlers.ofString(
                    StandardCharsets.UTF_8), largestBytes));
            try {
                // the time limit of the request itself ends with the head of the answer; this one does not
                var got = coming.get(longest.toMillis() + 200, TimeUnit.MILLISECONDS);
                var headers = new LinkedHashMap<String, String>();
                got.headers().map().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values
                        .getFirst()));
                return new Reply(got.statusCode(), headers, got.body());
            } catch (TimeoutException late) {
                coming.cancel(true);
                throw new HttpTimeoutException("late");
            } catch (ExecutionException failed) {
                if (failed.getCause() instanceof IOException gone)
                    throw gone;
                throw new IllegalStateException(failed.getCause());
            } catch (InterruptedException stop) {
                coming.cancel(true);
                throw stop;
            }
        }

        @Override
        public void close() { http.shutdownNow(); }
    }

    /// 答え. `body` is missing where there was none.
    ///
    /// @param elsewhere where it says to go instead (`Location`)
    /// @param again how many seconds to wait (`Retry-After`)
    record Answer(int status, String type, JsonNode body, String elsewhere, long again) {
        boolean good() { return status >= 200 && status < 300; }
    }

    String address() { return shown; }

    void leaving() { line.leaving(); }

    int calls() { return calls.get(); }

    Answer get(String path) { return send("GET", path, Map.of(), Optional.empty()); }

    Answer delete(String path) { return send("DELETE", path, Map.of(), Optional.empty()); }

    Answer post(String path, JsonNode body, Map<String, String> headers) {
        return postText(path, json.writeValueAsString(body), headers);
    }

    Answer postText(String path, String body, Map<String, String> headers) {
        var all = new LinkedHashMap<>(headers);
        all.put("Content-Type", "application/json");
        return send("POST", path, all, Optional.of(body));
    }

    private Answer send(String method, String path, Map<String, String> headers, Optional<String> body) {
        calls.incrementAndGet();
        var all = new LinkedHashMap<>(headers);
        all.put("Accept", "application/json, application/problem+json");
        if (!bearer.isEmpty())
            all.put("Authorization", "Bearer " + bearer);
        try {
            return answer(line.send(new Call(method, URI.create(base + path), all, body), longest, largest),
                    path);
        } catch (HttpTimeoutException late) {
            throw slow(path);
        } catch (IOException gone) {
            throw trouble(gone, path);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new Trouble(Trouble.Kind.STOPPED, "stopped");
        }
    }

    private Answer answer(Reply got, String path) {
        var type = got.header("content-type");
        var elsewhere = hidden(got.header("location"));
        long again = got.header("retry-after").matches("[0-9]{1,6}") ? Long.parseLong(got.header("retry-after")) : -1;
        var text = hidden(got.body());
        if (text.isBlank())
            return new Answer(got.status(), type, MissingNode.getInstance(), elsewhere, again);
        try {
            return new Answer(got.status(), type, json.readTree(text), elsewhere, again);
        } catch (JacksonException noJson) {
            if (got.status() >= 300)
                return new Answer(got.status(), type, MissingNode.getInstance(), elsewhere, again);
            throw new Trouble(Trouble.Kind.GARBAGE, "the answer for " + (path.isEmpty() ? shown : path)
                    + " is no JSON: " + start(text));
        }
    }

    /// A target that sends the entry key back does not bring it into a report.
    private String hidden(String told) {
        return bearer.length() < SHORTEST_HIDDEN ? told : told.replace(bearer, "•••");
    }

    private Trouble slow(String path) {
        return new Trouble(Trouble.Kind.SLOW, shown + " does not answer within " + longest.toSeconds() + " s ("
                + (path.isEmpty() ? "when asked what it is" : path) + ")");
    }

    /// What went wrong below HTTP, in a sentence.
    private Trouble trouble(IOException gone, String path) {
        for (Throwable cause = gone; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException)
                return new Trouble(Trouble.Kind.DOWN, "the certificate of " + shown + " has expired ("
                        + cause.getMessage() + "); a target with a valid one is wanted");
            if (cause instanceof CertificateNotYetValidException)
                return new Trouble(Trouble.Kind.DOWN, "the certificate of " + shown + " is not valid yet ("
                        + cause.getMessage() + ")");
            if (cause instanceof CertPathBuilderException)
                return new Trouble(Trouble.Kind.DOWN, "the certificate of " + shown
                        + " is by an issuer that is not known here; make it known to Java"
                        + " (-Djavax.net.ssl.trustStore=FILE)");
        }
        if (gone instanceof SSLException)
            return new Trouble(Trouble.Kind.DOWN, "no safe connection (TLS) to " + shown + ": " + why(gone));
        if (why(gone).contains("exceeds capacity"))
            return new Trouble(Trouble.Kind.GARBAGE, "the answer for " + (path.isEmpty() ? shown : path)
                    + " is larger than " + largest / 1024 / 1024 + " MB");
        return new Trouble(Trouble.Kind.DOWN, "cannot reach " + shown + ": " + why(gone));
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
    public void close() { line.close(); }
}
