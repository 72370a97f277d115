package jp.kiban.conformity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import jp.kiban.standards.StandardFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is called is the address that was checked; what answers is bounded in time and size, whatever it is.
class PinnedLineTests {
    private static final SSLSocketFactory USUAL = (SSLSocketFactory) SSLSocketFactory.getDefault();
    private final Brake brake = new Brake();

    private PinnedLine line(String host, int port) {
        return new PinnedLine(host, port, false, List.of(InetAddress.getLoopbackAddress()), USUAL, brake);
    }

    private Target.Reply get(PinnedLine line, Duration longest, int largest) throws IOException {
        return line.send(new Target.Call("GET", URI.create("http://kensa.example.jp/api"), Map.of("Accept",
                "application/json"), Optional.empty()), longest, largest);
    }

    /// Says the same to everybody, and keeps what it was told.
    private static final class Raw implements AutoCloseable {
        private final ServerSocket door;
        final List<String> heard = new CopyOnWriteArrayList<>();

        Raw(String answer, boolean stays) {
            try {
                door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
            Thread.ofPlatform().daemon().start(() -> {
                while (true)
                    try (var socket = door.accept()) {
                        var in = socket.getInputStream();
                        var head = new StringBuilder();
                        while (!head.toString().endsWith("\r\n\r\n"))
                            head.append((char) in.read());
                        heard.add(head.toString());
                        socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                        socket.getOutputStream().flush();
                        while (stays && in.read() >= 0) {
                            // until the other side has enough
                        }
                    } catch (IOException closed) {
                        if (door.isClosed())
                            return;
                    }
            });
        }

        int port() { return door.getLocalPort(); }

        @Override
        public void close() {
            try {
                door.close();
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
        }
    }

    @Test
    void theNameIsNotLookedUpAgain() throws IOException {
        try (var raw = new Raw("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", false);
                var line = line("no-such-host.invalid", raw.port())) {
            assertThat(get(line, Duration.ofSeconds(5), 100).body()).isEqualTo("{}");
            assertThat(raw.heard.getFirst()).startsWith("GET /api HTTP/1.1\r\nHost: no-such-host.invalid:"
                    + raw.port() + "\r\n").contains("Accept: application/json\r\n", "Connection: close\r\n");
        }
    }

    @Test
    void aRedirectionIsAnAnswerAndNobodyFollowsIt() throws IOException {
        try (var other = new Raw("HTTP/1.1 200 OK\r\n\r\n{}", false);
                var raw = new Raw("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:" + other.port()
                        + "/\r\nContent-Length: 0\r\n\r\n", false);
                var line = line("kensa.example.jp", raw.port())) {
            var got = get(line, Duration.ofSeconds(5), 100);
            assertThat(got.status()).isEqualTo(302);
            assertThat(got.header("location")).contains("127.0.0.1");
            assertThat(other.heard).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 10\r\n\r\n0123456789", "\r\n0123456789",
            "Transfer-Encoding: chunked\r\n\r\n4\r\n0123\r\n6;x=y\r\n456789\r\n0\r\nTrailer: x\r\n\r\n",
            "Content-Length: 10\r\n\r\n0123456789 and more"})
    void aBodyEndsWhereItSays(String rest) throws IOException {
        try (var raw = new Raw("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n" + rest, false);
                var line = line("kensa.example.jp", raw.port())) {
            assertThat(get(line, Duration.ofSeconds(5), 10).body()).isEqualTo("0123456789");
            assertThatThrownBy(() -> get(line, Duration.ofSeconds(5), 9)).hasMessageContaining("exceeds capacity");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"SSH-2.0-OpenSSH_9.6|does not speak HTTP",
            "HTTP/1.1 200 OK\\nContent-Length: 9\\n\\nab|ended before",
            "HTTP/1.1 200 OK\\nContent-Length: x\\n\\nab|length",
            "HTTP/1.1 200 OK\\nContent-Length: 2\\nContent-Length: 3\\n\\nabc|two lengths",
            "HTTP/1.1 200 OK\\nContent-Encoding: gzip\\n\\nab|packed",
            "HTTP/1.1 200 OK\\nno colon\\n\\n|without a name",
            "HTTP/1.1 200 OK\\nTransfer-Encoding: chunked\\n\\nzz\\nab|no length",
            "HTTP/1.1 200 OK\\nTransfer-Encoding: chunked\\n\\n1\\nab\\n0\\n\\n|piece", "HTTP/1.1 200 OK|ended before"})
    void whatIsNotHttpIsSaidToBe(String answer, String words) {
        try (var raw = new Raw(answer.replace("\\n", "\r\n") + "\r\n", false);
                var line = line("kensa.example.jp", raw.port())) {
            assertThatThrownBy(() -> get(line, Duration.ofSeconds(5), 100)).isInstanceOf(IOException.class)
                    .hasMessageContaining(words);
        }
    }

    @Test
    void aHeadWithoutEndIsNotReadToItsEnd() {
        try (var raw = new Raw("HTTP/1.1 200 OK\r\nX: " + "x".repeat(40_000) + "\r\n\r\n", true);
                var line = line("kensa.example.jp", raw.port())) {
            assertThatThrownBy(() -> get(line, Duration.ofSeconds(5), 100)).hasMessageContaining("exceeds capacity");
        }
    }

    @Test
    void whoNeverEndsIsCutOff() {
        try (var raw = new Raw("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n012", true);
                var line = line("kensa.example.jp", raw.port())) {
            long begun = System.nanoTime();
            assertThatThrownBy(() -> get(line, Duration.ofMillis(400), 100)).isInstanceOf(HttpTimeoutException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(Duration.ofMillis(350), Duration
                    .ofSeconds(3));
        }
    }

    @Test
    void whatIsUnderWayStopsWithTheBrakeAndOnlyAGoodbyeIsSaidAfterwards() throws Exception {
        try (var hanging = new Raw("", true); var line = line("kensa.example.jp", hanging.port())) {
            var under = CompletableFuture.supplyAsync(() -> {
                try {
                    return get(line, Duration.ofSeconds(30), 100);
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            });
            while (hanging.heard.isEmpty())
                Thread.sleep(10);
            brake.pull(Brake.Why.CANCELLED);
            assertThatThrownBy(() -> under.get(5, TimeUnit.SECONDS)).hasCauseInstanceOf(Trouble.class);
            assertThatThrownBy(() -> get(line, Duration.ofSeconds(1), 100)).isInstanceOf(Trouble.class);
            line.leaving();
            assertThatThrownBy(() -> get(line, Duration.ofMillis(200), 100)).isInstanceOf(HttpTimeoutException.class);
            brake.pull(Brake.Why.TIME);
            assertThat(brake.pulled()).contains(Brake.Why.CANCELLED);
        }
    }

    @Test
    void theCertificateHasToBeOfTheName() throws Exception {
        var certificates = new Certificates();
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificates.server(false)));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
        try {
            var trusting = certificates.trusting().getSocketFactory();
            var loopback = List.of(InetAddress.getLoopbackAddress());
            int port = server.getAddress().getPort();
            try (var good = new PinnedLine("localhost", port, true, loopback, trusting, brake)) {
                assertThat(get(good, Duration.ofSeconds(5), 100).status()).isEqualTo(200);
            }
            try (var other = new PinnedLine("kensa.example.jp", port, true, loopback, trusting, brake)) {
                assertThatThrownBy(() -> get(other, Duration.ofSeconds(5), 100)).isInstanceOf(SSLException.class);
            }
            try (var unknown = new PinnedLine("localhost", port, true, loopback, USUAL, brake)) {
                assertThatThrownBy(() -> get(unknown, Duration.ofSeconds(5), 100)).isInstanceOf(SSLException.class);
            }
        } finally {
            server.stop(0);
        }
    }

    @Test
    void theKitSaysTheSameOverThisLineAndHidesAnEntryKeyThatComesBack() {
        var folder = StandardFolder.read(Path.of("standards", "move-out"));
        var standard = folder.standards().getFirst();
        var trials = new Trials(folder, standard, standard.versions().getLast(), 8);
        for (var fault : List.of(PlantedFault.NONE, PlantedFault.WRONG_ARTICLE))
            try (var small = new SmallTarget(trials.version(), fault);
                    var line = line("localhost", URI.create(small.url()).getPort());
                    var target = new Target("the small one", small.url(), Duration.ofSeconds(10), 1 << 20,
                            "secret-secret", line)) {
                var done = new ArrayList<Integer>();
                var report = new Kit(folder, standard, trials, target, new Kit.Wanted(8, 0), (d, all) -> done.add(d),
                        Clock.system(ZoneId.of("Asia/Tokyo"))).run();
                assertThat(report.conform()).isEqualTo(fault == PlantedFault.NONE);
                assertThat(report.target()).isEqualTo("the small one");
                assertThat(done).hasSizeGreaterThan(10).isSorted();
            }
        try (var raw = new Raw("HTTP/1.1 200 OK\r\n\r\nyou sent secret-secret", false);
                var line = line("kensa.example.jp", raw.port());
                var target = new Target("it", "http://kensa.example.jp", Duration.ofSeconds(5), 1 << 20,
                        "secret-secret", line)) {
            assertThatThrownBy(() -> target.get("/x")).isInstanceOf(Trouble.class).hasMessageContaining("you sent •••")
                    .hasMessageNotContaining("secret-secret");
            assertThat(raw.heard.getFirst()).contains("Authorization: Bearer secret-secret\r\n");
        }
    }

    @Test
    void whatATargetSaysStandsInAReportWithoutControlLettersOrHalves() {
        assertThat(Notebook.clean("a\u0000b\nc\ud83d")).isEqualTo("a\ufffdb\ufffdc\ufffd");
        assertThat(Notebook.clean("😀".repeat(300))).isEqualTo("😀".repeat(300));
        assertThat(Notebook.clean("😀".repeat(301))).isEqualTo("😀".repeat(300) + "…");
        var notebook = new Notebook();
        for (int i = 0; i < Notebook.MOST_KEPT + 1; i++)
            notebook.differs("LAW", "x", "y", "a", "b", What.LAW, "c");
        assertThat(notebook.differences()).hasSize(Notebook.MOST_KEPT);
        assertThat(notebook.different()).isEqualTo(Notebook.MOST_KEPT + 1);
    }
}
