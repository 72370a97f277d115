package jp.kiban.conformity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import jp.kiban.standards.StandardFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The verb says what is wrong in a sentence, and its exit code says what came of it.
class VerifyVerbTests {
    private static final String STANDARD = "standards/dog-registration";

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

    /// A server that does as it likes with each request.
    private static HttpServer doing(HttpHandler what) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", what);
        server.setExecutor(Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory()));
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

    /// The head of the answer comes at once, and its body never.
    @Test
    void aTargetThatHangsInTheMiddleOfAnAnswerIsNotWaitedForForever() throws IOException {
        assertThat(against(doing(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
        }))).isEqualTo(2);
        assertThat(err.toString()).contains("does not answer within 1 s").doesNotContain("\tat ");
    }

    @Test
    void aServerFaultIsCalledByItsNumber() throws IOException {
        assertThat(against(doing(exchange -> {
            exchange.sendResponseHeaders(500, -1);
            exchange.close();
        }))).isEqualTo(2);
        assertThat(err.toString()).contains("answers 500 when asked what it is").doesNotContain("\tat ");
    }

    @Test
    void anAnswerWithoutEndIsCutOff() throws IOException {
        var heap = "x".repeat(1024 * 1024).getBytes(StandardCharsets.UTF_8);
        assertThat(against(doing(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 0);
            try (var body = exchange.getResponseBody()) {
                for (int i = 0; i < 100; i++)
                    body.write(heap);
            } catch (IOException cutOff) {
                // as it should be
            }
        }))).isEqualTo(2);
        assertThat(err.toString()).contains("is larger than 32 MB").doesNotContain("\tat ");
    }

    @Test
    void whereATargetSendsElsewhereIsSaid() throws IOException {
        assertThat(against(doing(exchange -> {
            exchange.getResponseHeaders().set("Location", "https://elsewhere.example/login");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        }))).isEqualTo(2);
        assertThat(err.toString()).contains("sends elsewhere (302): https://elsewhere.example/login",
                "give the address where the contract is served").doesNotContain("\tat ");
    }

    @Test
    void wrongAddressesAreSaidToBe() {
        assertThat(verify(STANDARD, "--target", "http://no-such-host.invalid/x")).isEqualTo(2);
        assertThat(verify(STANDARD, "--target", "http://")).isEqualTo(2);
        assertThat(verify(STANDARD, "--target", "not an address")).isEqualTo(2);
        assertThat(verify(STANDARD, "--target", "http://localhost:1/x?y=z")).isEqualTo(2);
        assertThat(verify(STANDARD, "--target", "http://user:word@localhost:1/x")).isEqualTo(2);
        assertThat(err.toString()).contains("cannot reach http://no-such-host.invalid/x: there is no such host",
                "not an address: http://", "not an address: not an address",
                "to which paths can be added").doesNotContain("\tat ");
    }

    @Test
    void aTargetThatTakesNoMoreSessionsSaysWhenAndTheKitPassesItOn() throws IOException {
        assertThat(against(contract(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "3000");
            exchange.sendResponseHeaders(429, -1);
            exchange.close();
        }))).isEqualTo(2);
        assertThat(err.toString()).contains("opens no more sessions now (status 429); it says: come back in 3000 s");
    }

    @Test
    void theEntryKeyIsSentAndIsWantedWhereItIs() throws IOException {
        var seen = new ArrayList<String>();
        HttpHandler closed = exchange -> {
            seen.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        };
        assertThat(against(contract(closed))).isEqualTo(2);
        assertThat(err.toString()).contains("the entry key of the target is wanted (--bearer FILE)");
        var file = Files.writeString(folder.resolve("entry"), "abcdefghijklmnopqrstuvwxyz\n");
        var server = contract(closed);
        try {
            verify(STANDARD, "--target", "http://localhost:" + server.getAddress().getPort(), "--bearer",
                    file.toString());
        } finally {
            server.stop(0);
        }
        assertThat(seen).containsExactly("null", "Bearer abcdefghijklmnopqrstuvwxyz");
        assertThat(verify(STANDARD, "--target", "http://localhost:1", "--bearer", "no-such-file")).isEqualTo(2);
        assertThat(err.toString()).contains("cannot read no-such-file");
    }

    /// It says that it serves the contract; what happens to everything else is given.
    private static HttpServer contract(HttpHandler rest) throws IOException {
        var version = StandardFolder.read(Path.of(STANDARD)).standards().getFirst().versions().getLast().ref();
        var described = ("{\"contract\": \"kiban-conformity/1\", \"product\": \"p\", \"standards\": [{\"id\": \""
                + version.id()
                + "\", \"versions\": [\"" + version.version() + "\"]}]}").getBytes(StandardCharsets.UTF_8);
        return doing(exchange -> {
            if (exchange.getRequestMethod().equals("POST")) {
                rest.handle(exchange);
                return;
            }
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, described.length);
            exchange.getResponseBody().write(described);
            exchange.close();
        });
    }

    @Test
    void anExpiredCertificateIsSaidToBe() throws Exception {
        var issuer = new Certificates();
        for (var expired : List.of(true, false)) {
            var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(issuer.server(expired)));
            server.createContext("/", exchange -> exchange.sendResponseHeaders(204, -1));
            server.start();
            var address = "https://localhost:" + server.getAddress().getPort();
            try (var known = new Target(address, Duration.ofSeconds(10), "", Optional.of(issuer.trusting()));
                    var unknown = new Target(address, Duration.ofSeconds(10))) {
                if (expired)
                    assertThatThrownBy(() -> known.get("")).hasMessageStartingWith("the certificate of " + address
                            + " has expired (NotAfter: ");
                else
                    assertThat(known.get("").status()).isEqualTo(204);
                assertThatThrownBy(() -> unknown.get("")).hasMessageContaining("an issuer that is not known here");
            } finally {
                server.stop(0);
            }
        }
    }

    @Test
    void plainHttpWhereTlsIsSpokenIsNoStackTrace() throws IOException {
        try (var plain = new ServerSocket(0)) {
            Thread.ofPlatform().daemon().start(() -> {
                try (var caller = plain.accept()) {
                    caller.getInputStream().read();
                    caller.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(
                            StandardCharsets.US_ASCII));
                } catch (IOException gone) {
                    // the caller has seen enough
                }
            });
            assertThat(verify(STANDARD, "--target", "https://localhost:" + plain.getLocalPort())).isEqualTo(2);
        }
        assertThat(err.toString()).contains("no safe connection (TLS)").doesNotContain("\tat ");
    }

    @Test
    void somethingElseIsNotTheContract() throws IOException {
        assertThat(against(answering("application/json", "{\"hello\": 1}", 0))).isEqualTo(2);
        assertThat(err.toString()).contains("does not serve the contract kiban-conformity/1");
    }

    @Test
    void aVersionReplacedOnItsOwnDayCannotBeVerified() throws IOException {
        var from = Path.of(STANDARD);
        var to = folder.resolve(from.getFileName().toString());
        String day = "";
        try (var all = Files.walk(from)) {
            for (var file : all.filter(Files::isRegularFile).toList()) {
                var path = from.relativize(file);
                if (path.getNameCount() > 1)
                    day = path.getName(0).toString();
                for (var name : java.util.List.of(path.toString(), path.toString().replaceFirst("^" + day + "/", day
                        + ".02/"))) {
                    Files.createDirectories(to.resolve(name).getParent());
                    Files.write(to.resolve(name), Files.readAllBytes(file));
                }
            }
        }
        assertThat(verify(to.toString(), "--target", "http://localhost:1", "--standard-version", day)).isEqualTo(2);
        assertThat(err.toString()).contains("was replaced on its own day by " + day + ".02");
        assertThat(verify(to.toString(), "--target", "http://localhost:1", "--standard-version", day + ".2"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("not a version", day + ".2");
    }

    @Test
    void badWordsAreAnsweredInASentence() throws IOException {
        assertThat(verify("no/such/folder", "--target", "http://localhost:1")).isEqualTo(2);
        assertThat(verify(STANDARD, "--target", "ftp://x")).isEqualTo(2);
        assertThat(verify(STANDARD, "--target", "http://localhost:1", "--standard-version", "yesterday")).isEqualTo(2);
        assertThat(verify(STANDARD, "--target", "http://localhost:1", "--standard", "other")).isEqualTo(2);
        assertThat(verify(STANDARD)).isEqualTo(2);
        assertThat(verify("--report", folder.resolve("none.jws").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("not a folder", "not an http or https address", "not a version",
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
        assertThat(verify(STANDARD, "--report", signed.toString(), "--keys", keys)).isZero();
        assertThat(out.toString()).contains("it is about the standard in " + STANDARD + ", to the letter");
        assertThat(verify("standards/move-out", "--report", signed.toString(), "--keys", keys, "--target",
                "https://elsewhere.example/")).isEqualTo(1);
        assertThat(err.toString()).contains("which is not in standards/move-out",
                "the report is about another target: http://localhost:");
        var copy = folder.resolve("copy/dog-registration");
        try (var files = Files.walk(Path.of(STANDARD))) {
            for (var file : files.toList())
                if (Files.isRegularFile(file)) {
                    var place = copy.resolve(Path.of(STANDARD).relativize(file));
                    Files.createDirectories(place.getParent());
                    Files.writeString(place, Files.readString(file) + (file.endsWith("standard.yaml") ? "\n" : ""));
                }
        }
        assertThat(verify(copy.toString(), "--report", signed.toString(), "--keys", keys)).isEqualTo(1);
        assertThat(err.toString()).contains("the report is about another text of dog-registration");

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
