package jp.kiban.store;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// 置き場所. A PostgreSQL of our own in the data folder (a real server, fsync on), or an outside one by the single
/// property `kiban.store.url`. Migrations run as the owner; the application's own connections never own a table.
@Configuration
class Database {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    static final String APPLICATION_ROLE = "kiban_app";

    /// Begins as soon as the properties are known, beside the reading of the application itself: unpacking, starting and
    /// migrating a database is a third of the start.
    static final class Early implements ApplicationListener<ApplicationPreparedEvent> {
        @Override
        public void onApplicationEvent(ApplicationPreparedEvent prepared) {
            var context = prepared.getApplicationContext();
            var settings = context.getEnvironment();
            var server = new CompletableFuture<HomeServer>();
            Thread.ofPlatform().name("database").daemon().start(() -> {
                try {
                    server.complete(HomeServer.of(settings.getProperty("kiban.store.url", ""),
                            Path.of(settings.getRequiredProperty("kiban.data")),
                            settings.getProperty("kiban.store.port", Integer.class, 0),
                            settings.getProperty("kiban.store.fsync", Boolean.class, true)));
                } catch (RuntimeException | Error failed) {
                    server.completeExceptionally(failed);
                }
            });
            context.getBeanFactory().registerSingleton("earlyServer", new Starting(server));
        }
    }

    /// The database on its way.
    record Starting(CompletableFuture<HomeServer> server) {}

    @Bean(destroyMethod = "close")
    HomeServer homeServer(Starting starting) {
        try {
            return starting.server().join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    @Bean
    DataSource dataSource(HomeServer server, @Value("${kiban.store.connections:16}") int connections) {
        var pool = new HikariDataSource();
        pool.setPoolName("kiban");
        pool.setJdbcUrl(server.applicationUrl());
        pool.setMaximumPoolSize(connections);
        pool.setConnectionTimeout(10_000);
        pool.setConnectionInitSql(server.connectionInit());
        return pool;
    }

    /// The server in the data folder, or a note of the outside one.
    record HomeServer(String ownerUrl, String applicationUrl, String connectionInit, Optional<EmbeddedPostgres> own)
            implements
                AutoCloseable {
        /// The server that the properties name, with every room's migrations done.
        static HomeServer of(String url, Path data, int port, boolean fsync) {
            var server = url.isBlank() ? start(data, port, fsync) : outside(url);
            try {
                new Migrations(server.ownerUrl()).run();
            } catch (RuntimeException failed) {
                server.close();
                throw failed;
            }
            return server;
        }

        static HomeServer outside(String url) {
            return new HomeServer(url, url, "set role " + APPLICATION_ROLE, Optional.empty());
        }

        static HomeServer start(Path data, int port, boolean fsync) {
            Path folder = data.toAbsolutePath().resolve("postgres");
            try {
                Files.createDirectories(folder);
                stopLeftOver(folder);
                var server = EmbeddedPostgres.builder().setDataDirectory(folder).setCleanDataDirectory(false)
                        .setOverrideWorkingDirectory(data.toAbsolutePath().resolve("postgres-binaries").toFile())
                        .setPort(port).setLocaleConfig("locale", "C").setServerConfig("fsync", fsync ? "on" : "off")
                        .setServerConfig("shared_buffers", "192MB").setServerConfig("max_connections", "100")
                        .setServerConfig("max_wal_size", "2GB").setServerConfig("timezone", "UTC")
                        .setServerConfig("jit", "off").setPGStartupWait(Duration.ofSeconds(60)).start();
                String url = "jdbc:postgresql://localhost:" + server.getPort() + "/postgres?user=";
                return new HomeServer(url + "postgres", url + APPLICATION_ROLE, "select 1", Optional.of(server));
            } catch (IOException | IllegalStateException failed) {
                throw new IllegalStateException("PostgreSQL could not be started in " + folder
                        + ". Is another Kiban running on this folder? Stop it, or name another folder with --kiban.data=DIR. ("
                        + failed.getMessage() + ")", failed);
            }
        }

        /// A killed application leaves its PostgreSQL running; it is stopped the gentle way before a new start.
        private static void stopLeftOver(Path folder) throws IOException {
            Path pidFile = folder.resolve("postmaster.pid");
            if (!Files.exists(pidFile))
                return;
            long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().trim());
            var process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive)
                    .filter(p -> p.info().command().map(c -> c.endsWith("/postgres")).orElse(false));
            if (process.isEmpty()) {
                Files.delete(pidFile);
                return;
            }
            LOG.info("stopping the PostgreSQL that an earlier run left behind (pid {})", pid);
            try {
                new ProcessBuilder("kill", "-INT", Long.toString(pid)).start().waitFor();
                process.get().onExit().get(60, TimeUnit.SECONDS);
            } catch (Exception failed) {
                throw new IOException("the left-over PostgreSQL (pid " + pid + ") did not stop", failed);
            }
        }

        @Override
        public void close() {
            own.ifPresent(server -> {
                try {
                    server.close();
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            });
        }
    }
}
