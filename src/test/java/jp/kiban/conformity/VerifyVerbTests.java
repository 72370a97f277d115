package jp.kiban.conformity;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jp.kiban.standards.StandardFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The verb says what is wrong in a sentence, and its exit code says what came of it.
class VerifyVerbTests {
    private static final String STANDARD = "standards/child-allowance";

    @TempDir
    Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int verify(String... words) {
        var all = new ArrayList<>(List.of(words));
        if (!all.contains("--report"))
            all.addAll(List.of("--key", folder.resolve("key.jwk").toString(), "--out", folder.resolve("report")
                    .toString(), "--generated", "5", "--timeout", "1"));
        return new CommandLine(new VerifyVerb()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
    }

    private static HttpServer answering(String type, String body, int waitMillis) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try {
                Thread.sleep(waitMillis);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return server;
    }

    private int against(HttpServer server) {
        try {
            return verify(STANDARD, "--target", "http://localhost:" + server.getAddress().getPort());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aTargetThatIsDownIsSaidToBe() throws IOException {
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertThat(verify(STANDARD, "--target", "http://localhost:" + port)).isEqualTo(2);
        assertThat(err.toString()).contains("cannot reach http://localhost:" + port).doesNotContain("\tat ");
    }

    @Test
    void aSlowTargetIsNotWaitedForForever() throws IOException {
        assertThat(against(answering("application/json", "{}", 3_000))).isEqualTo(2);
        assertThat(err.toString()).contains("does not answer within 1 s").doesNotContain("\tat ");
    }

    @Test
    void garbageIsCalledGarbage() throws IOException {
        assertThat(against(answering("text/html", "<html><p>hello", 0))).isEqualTo(2);
        assertThat(err.toString()).contains("is no JSON: <html><p>hello").doesNotContain("\tat ");
    }

    @Test
    void somethingElseIsNotTheContract() throws IOException {
        assertThat(against(answering("application/json", "{\"hello\": 1}", 0))).isEqualTo(2);
        assertThat(err.toString()).contains("does not serve the contract kiban-conformity/1");
    }

    @Test
    void badWordsAreAnsweredInASentence() throws IOException {
        assertThat(verify("no/such/folder", "--target", "http://localhost:1")).isEqualTo(2);
        assertThat(verify(STANDARD, "--target", "ftp://x")).isEqualTo(2);
        assertThat(verify(STANDARD, "--target", "http://localhost:1", "--standard-version", "yesterday")).isEqualTo(2);
        assertThat(verify(STANDARD, "--target", "http://localhost:1", "--standard", "other")).isEqualTo(2);
        assertThat(verify(STANDARD)).isEqualTo(2);
        assertThat(verify("--report", folder.resolve("none.jws").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("not a folder", "not an http or https address", "not a day",
                "there is no standard other", "wanted: standards verify", "both are wanted").doesNotContain("\tat ");
    }

    @Test
    void theReportIsSignedAndTamperingIsTold() throws IOException {
        var version = StandardFolder.read(Path.of(STANDARD)).standards().getFirst().versions().getLast();
        try (var small = new SmallTarget(version, PlantedFault.WRONG_DEADLINE)) {
            assertThat(verify(STANDARD, "--target", small.url())).as(err.toString()).isEqualTo(1);
        }
        assertThat(out.toString()).contains("DEADLINE", "not conform");
        assertThat(folder.resolve("report.md")).content().contains("不適合", "DEADLINE", "sha-256:");
        assertThat(folder.resolve("report.html")).content().contains("不適合", "DEADLINE");
        assertThat(folder.resolve("report.keys.json")).content().doesNotContain("\"d\"");
        var signed = folder.resolve("report.jws");
        var keys = folder.resolve("report.keys.json").toString();
        assertThat(verify("--report", signed.toString(), "--keys", keys)).as(err.toString()).isZero();
        assertThat(out.toString()).contains("the signature is good", "it says: not conform");

        var parts = Files.readString(signed).strip().split("\\.");
        var changed = new String(java.util.Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                .replaceFirst("\"conform\" *: *false", "\"conform\":true");
        Files.writeString(signed, parts[0] + "." + java.util.Base64.getUrlEncoder().withoutPadding()
                .encodeToString(changed.getBytes(StandardCharsets.UTF_8)) + "." + parts[2]);
        assertThat(verify("--report", signed.toString(), "--keys", keys)).isEqualTo(1);
        assertThat(err.toString()).contains("the report was changed after it was signed");

        Files.writeString(folder.resolve("other.json"), SignedReport.newKey().toPublicJWK().toJSONString());
        assertThat(verify("--report", signed.toString(), "--keys", folder.resolve("other.json").toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("signed with a key that is not among those given");
    }
}
