package jp.kiban;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The application as a process of its own on a data folder, so that a test can kill it as a power cut would.
public final class HouseProcess implements AutoCloseable {
    private final Path data;
    private final int port;
    private final List<String> options;
    private @Nullable Process process;

    public HouseProcess(Path data, int port, String... options) {
        this.data = data;
        this.port = port;
        this.options = List.of(options);
    }

    public String url() { return "http://localhost:" + port; }

    public void start() throws IOException, InterruptedException {
        Files.createDirectories(data);
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseCompactObjectHeaders", "--enable-native-access=ALL-UNNAMED", "-cp", classes, "jp.kiban.Kiban",
                "--server.port=" + port, "--kiban.data=" + data.toAbsolutePath()));
        command.addAll(options);
        process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(data.resolve("house.log").toFile())).start();
        var client = HttpClient.newHttpClient();
        for (int i = 0; i < 1200; i++) {
            if (!process.isAlive())
                throw new IllegalStateException(
                        "the application ended: " + Files.readString(data.resolve("house.log")));
            try {
                if (client.send(HttpRequest.newBuilder(URI.create(url() + "/actuator/health/readiness"))
                        .timeout(Duration.ofSeconds(2))
                        .build(), HttpResponse.BodyHandlers.discarding()).statusCode() == 200)
                    return;
            } catch (IOException notYet) {
                // it is still starting
            }
            Thread.sleep(100);
        }
        throw new IllegalStateException("not ready after two minutes");
    }

    /// SIGKILL: nothing is flushed, nothing is closed; its PostgreSQL stays behind.
    public void kill() throws InterruptedException {
        if (process == null)
            return;
        process.destroyForcibly();
        process.waitFor(30, TimeUnit.SECONDS);
    }

    /// The database as its superuser sees it, around all row-level security.
    public Connection database() throws IOException, SQLException {
        String databasePort = Files.readAllLines(data.resolve("postgres/postmaster.pid")).get(3).trim();
        return DriverManager.getConnection("jdbc:postgresql://localhost:" + databasePort + "/postgres?user=postgres");
    }

    @Override
    public void close() throws Exception {
        kill();
        Path pid = data.resolve("postgres/postmaster.pid");
        if (!Files.exists(pid))
            return;
        String server = Files.readAllLines(pid).getFirst().trim();
        new ProcessBuilder("kill", "-INT", server).start().waitFor();
        ProcessHandle.of(Long.parseLong(server))
                .ifPresent(p -> p.onExit().orTimeout(30, TimeUnit.SECONDS).exceptionally(e -> p).join());
    }
}
