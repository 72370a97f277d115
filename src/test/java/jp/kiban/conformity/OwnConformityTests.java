package jp.kiban.conformity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import jp.kiban.KibanTest;
import jp.kiban.standards.StandardFolder;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/// This house serves the contract on its real road, and is conform.
@KibanTest
class OwnConformityTests {
    @LocalServerPort
    int port;
    @Autowired
    Clock clock;

    @Test
    void thisHouseIsConform() {
        var folder = StandardFolder.read(Path.of("standards/child-allowance"));
        var standard = folder.standards().getFirst();
        var trials = new Trials(folder, standard, standard.versions().getLast());
        try (var target = new Target("http://localhost:" + port + "/api/conformity", Duration.ofSeconds(60))) {
            var report = new Kit(folder, standard, trials, target, new Kit.Wanted(40, 30_000), (done, all) -> {
            }, clock).run();
            assertThat(report.notebook().differences()).isEmpty();
            assertThat(report.conform()).isTrue();
            assertThat(report.notebook().counts()).containsKeys("AMOUNT", "LAW", "DEADLINE", "NOTICE-REMEDY",
                    "ISOLATION", "STATISTICS", "EXPORT-DECISION", "NOT-IDEMPOTENT", "FINDING-MISSING");
        }
    }
}
