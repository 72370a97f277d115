package jp.kiban.conformity;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// 検査の相手. The implementation under test, at the other end of HTTP. Every call has a time limit and a largest answer;
/// whatever does not come back as JSON is `Trouble`, never a surprise.
final class Target implements AutoCloseable {
    private static final int LARGEST_CHARACTERS = 32 * 1024 * 1024;
    private final String base;
    private final Duration longest;
    private final HttpClient http;
    private final JsonMapper json = JsonMapper.builder().build();
    private final AtomicInteger calls = new AtomicInteger();

    Target(String address, Duration longest) {
        this.base = address.replaceFirst("/+$", "");
        this.longest = longest;
        URI uri;
        try {
            uri = URI.create(base);
        } catch (IllegalArgumentException wrong) {
            throw new Trouble(Trouble.Kind.CANNOT, "not an address: " + address);
        }
        if (uri.getHost() == null || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())))
            throw new Trouble(Trouble.Kind.CANNOT, "not an http or https address: " + address);
        this.http = HttpClient.newBuilder().connectTimeout(longest).version(HttpClient.Version.HTTP_1_1).build();
    }

    /// 答え. `body` is missing where there was none.
    record Answer(int status, String type, JsonNode body) {
        boolean good() { return status >= 200 && status < 300; }
    }

    String address() { return base; }

    int calls() { return calls.get(); }

    Answer get(String path) { return send(request(path).GET(), path); }

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
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(longest).header("Accept",
                "application/json, application/problem+json");
    }

    private Answer send(HttpRequest.Builder request, String path) {
        calls.incrementAndGet();
        try {
            var got = http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            var type = got.headers().firstValue("Content-Type").orElse("");
            var text = got.body();
            if (text.length() > LARGEST_CHARACTERS)
                throw new Trouble(Trouble.Kind.GARBAGE, "an answer of " + text.length() + " characters for " + path);
            if (text.isBlank())
                return new Answer(got.statusCode(), type, MissingNode.getInstance());
            try {
                return new Answer(got.statusCode(), type, json.readTree(text));
            } catch (JacksonException noJson) {
                if (got.statusCode() >= 400)
                    return new Answer(got.statusCode(), type, MissingNode.getInstance());
                throw new Trouble(Trouble.Kind.GARBAGE, "the answer for " + (path.isEmpty() ? base : path)
                        + " is no JSON: " + start(text));
            }
        } catch (HttpTimeoutException late) {
            throw new Trouble(Trouble.Kind.SLOW,
                    base + " does not answer within " + longest.toSeconds() + " s (" + path + ")");
        } catch (IOException gone) {
            throw new Trouble(Trouble.Kind.DOWN, "cannot reach " + base + ": " + why(gone));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new Trouble(Trouble.Kind.CANNOT, "stopped");
        }
    }

    private static String why(IOException gone) {
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
