package jp.kiban.store;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.ExecutionInfo;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.listener.QueryExecutionListener;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// 置き場所. A PostgreSQL of our own in the data folder (a real server, fsync on), or an outside one by the single
/// property `kiban.store.url`. Migrations run as the owner; the application's own connections never own a table.
@Configuration
class Database {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    static final String APPLICATION_ROLE = "kiban_app";

    @Bean(destroyMethod = "close")
    HomeServer homeServer(@Value("${kiban.store.url:}") String url, @Value("${kiban.data}") Path data,
            @Value("${kiban.store.port:0}") int port, @Value("${kiban.store.fsync:true}") boolean fsync) {
        return url.isBlank() ? HomeServer.start(data, port, fsync) : HomeServer.outside(url);
    }

    @Bean
    DataSource dataSource(HomeServer server, @Value("${kiban.store.connections:16}") int connections,
            ObjectProvider<QueryExecutionListener> listeners) {
        new Migrations(server.ownerUrl()).run();
        var pool = new HikariDataSource();
        pool.setPoolName("kiban");
        pool.setJdbcUrl(server.applicationUrl());
        pool.setMaximumPoolSize(connections);
        pool.setConnectionTimeout(10_000);
        pool.setConnectionInitSql(server.connectionInit());
        var metered = ProxyDataSourceBuilder.create(pool).listener(new Meter());
        listeners.forEach(metered::listener);
        return metered.build();
    }

    /// The library's own figure is in milliseconds, too coarse for statements of a tenth of one.
    private static final class Meter implements QueryExecutionListener {
        private static final String STARTED = "started";

        @Override
        public void beforeQuery(ExecutionInfo info, List<QueryInfo> queries) {
            info.addCustomValue(STARTED, System.nanoTime());
        }

        @Override
        public void afterQuery(ExecutionInfo info, List<QueryInfo> queries) {
            Work.current().usedDatabase(System.nanoTime() - info.getCustomValue(STARTED, Long.class));
        }
    }

    /// The server in the data folder, or a note of the outside one.
    record HomeServer(String ownerUrl, String applicationUrl, String connectionInit, Optional<EmbeddedPostgres> own)
            implements
                AutoCloseable {
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
