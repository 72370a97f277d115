package jp.kiban;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.jdbc.core.simple.JdbcClient;

/// One property moves the house to another PostgreSQL, and its owner need not be a superuser. Without the demonstration
/// nothing of it is there.
class OutsideDatabaseTests {
    @Test
    void anOutsideServerNeedsOnePropertyAndProductionHasNoDemonstration(@TempDir Path folder) throws Exception {
        try (var server = EmbeddedPostgres.builder().setServerConfig("fsync", "off").setLocaleConfig("locale", "C")
                .start()) {
            try (var connection = server.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("create role town login password 'secret' createrole");
                statement.execute("create database town owner town");
            }
            String url = "jdbc:postgresql://localhost:" + server.getPort() + "/town?user=town&password=secret";
            for (int start = 1; start <= 2; start++) {
                try (var house = SpringApplication.run(Kiban.class, "--kiban.store.url=" + url, "--server.port=0",
                        "--kiban.demo=false", "--kiban.data=" + folder)) {
                    assertThat(house.getBean(JdbcClient.class).sql("select current_user").query(String.class).single())
                            .isEqualTo("kiban_app");
                    assertThat(house.getBeanDefinitionNames()).noneMatch(name -> {
                        var type = house.getType(name);
                        return type != null && type.getPackageName().startsWith("jp.kiban.demo");
                    });
                    int port = Integer.parseInt(house.getEnvironment().getProperty("local.server.port", "0"));
                    var health = HttpClient.newHttpClient().send(
                            HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/health")).build(),
                            HttpResponse.BodyHandlers.ofString());
                    assertThat(health.statusCode()).isEqualTo(200);
                }
            }
        }
    }
}
