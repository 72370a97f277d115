package jp.kiban.store;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import tools.jackson.databind.json.JsonMapper;

/// 手元の保管. The store for a verb: no server of pages is started. Where a Kiban runs on the data folder, its PostgreSQL is used as
/// it runs; else the one of the folder is started, and stopped again at the end. One connection, one thread.
public final class StoreAtHand implements AutoCloseable {
    private final Store store;
    private final EventLog events;
    private final SingleConnectionDataSource connection;
    private final Optional<Database.HomeServer> started;

    private StoreAtHand(String ownerUrl, String applicationUrl, String init, Optional<Database.HomeServer> started) {
        new Migrations(ownerUrl).run();
        var source = new PGSimpleDataSource();
        source.setUrl(applicationUrl);
        try {
            this.connection = new SingleConnectionDataSource(source.getConnection(), true);
            try (var statement = connection.getConnection().createStatement()) {
                statement.execute(init);
            }
        } catch (java.sql.SQLException failed) {
            throw new IllegalStateException("the database refused: " + failed.getMessage(), failed);
        }
        this.started = started;
        this.store = new Store(connection, new DataSourceTransactionManager(connection));
        this.events = new EventLog(JsonMapper.builder().build(), new Bell());
    }

    /// What libraries have to tell at every start is nothing to whoever called a verb.
    private static void quiet() {
        if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof ch.qos.logback.classic.Logger root)
            root.setLevel(Level.WARN);
    }

    /// `url` as in `kiban.store.url`, blank for the PostgreSQL in the data folder.
    public static StoreAtHand open(Path data, String url) {
        quiet();
        if (!url.isBlank())
            return new StoreAtHand(url, url, "set role " + Database.APPLICATION_ROLE, Optional.empty());
        var running = running(data.toAbsolutePath().resolve("postgres").resolve("postmaster.pid"));
        if (running.isPresent()) {
            String at = "jdbc:postgresql://localhost:" + running.get() + "/postgres?user=";
            return new StoreAtHand(at + "postgres", at + Database.APPLICATION_ROLE, "select 1", Optional.empty());
        }
        var server = Database.HomeServer.start(data, 0, true);
        return new StoreAtHand(server.ownerUrl(), server.applicationUrl(), server.connectionInit(),
                Optional.of(server));
    }

    /// The port of the PostgreSQL that runs on the folder: the fourth line of its note of itself.
    private static Optional<Integer> running(Path note) {
        try {
            if (!Files.exists(note))
                return Optional.empty();
            var lines = Files.readAllLines(note);
            boolean alive = ProcessHandle.of(Long.parseLong(lines.getFirst().strip())).filter(ProcessHandle::isAlive)
                    .flatMap(p -> p.info().command()).filter(c -> c.endsWith("/postgres")).isPresent();
            return alive && lines.size() > 3 ? Optional.of(Integer.parseInt(lines.get(3).strip())) : Optional.empty();
        } catch (IOException | NumberFormatException unreadable) {
            return Optional.empty();
        }
    }

    public Store store() { return store; }

    public EventLog events() { return events; }

    @Override
    public void close() {
        connection.destroy();
        started.ifPresent(Database.HomeServer::close);
    }
}
