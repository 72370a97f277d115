package jp.kiban.conformity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.ECKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.Stream;
import jp.kiban.KibanTest;
import jp.kiban.identity.SignIn;
import jp.kiban.standards.StandardFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// This house serves the contract on its real road, and is conform.
@KibanTest
class OwnConformityTests {
    @LocalServerPort
    int port;
    @Autowired
    Clock clock;

    private static Stream<String> shipped() throws IOException {
        try (var folders = Files.list(Path.of("standards"))) {
            return folders.filter(Files::isDirectory).map(folder -> folder.getFileName().toString()).sorted().toList()
                    .stream();
        }
    }

    /// Of each standard some examples and some made cases of every kind; `-Dkiban.conformity.whole=true` takes all.
    @ParameterizedTest
    @MethodSource("shipped")
    void thisHouseIsConformWithEveryStandardItShips(String id) {
        boolean whole = Boolean.getBoolean("kiban.conformity.whole");
        var folder = StandardFolder.read(Path.of("standards", id));
        var standard = folder.standards().getFirst();
        var version = standard.versions().getLast();
        int every = whole ? 1 : Math.max(1, folder.examples(version.ref()).size() / 8);
        var trials = new Trials(folder, standard, version, every);
        long begun = System.nanoTime();
        try (var target = new Target("http://localhost:" + port + "/api/conformity", Duration.ofSeconds(60))) {
            var report = new Kit(folder, standard, trials, target, new Kit.Wanted(whole ? 150 : 10, 30_000),
                    (done, all) -> {
                    }, clock).run();
            System.out.printf("conformity of this house: %s, %d examples, %d generated cases, %d calls, %.1f s%n", id,
                    report.examples(), report.generated(), report.calls(), (System.nanoTime() - begun) / 1e9);
            assertThat(report.notebook().differences()).isEmpty();
            assertThat(report.conform()).isTrue();
            assertThat(report.notebook().counts()).containsKeys("OUTCOME", "LAW", "DEADLINE", "NOTICE-REASON",
                    "ISOLATION", "STATISTICS", "EXPORT-DECISION", "NOT-IDEMPOTENT", "FINDING-MISSING", "SESSION-END");
        }
    }

    @Test
    void aMinistryReceivesWhatIsSignedAndRefusesWhatWasChanged() {
        var ministry = SignIn.staff(port, "cfa-tanto");
        var key = SignedReport.newKey();
        var signed = SignedReport.sign("""
                {"report": "kiban-conformity-report/1", "conform": false, "standard": {"id": "x", "name": "<b>某標準</b>", "version":
                "2026-01-01"}, "target": {"product": "某製品"}, "counts": {"differences": 1}, "differences": [{"code": "AMOUNT"}]}
                """, key);
        var handed = ministry.postJson("/api/conformity/reports", body(signed, key));
        assertThat(handed.statusCode()).as(handed.body()).isEqualTo(201);
        var id = JsonMapper.builder().build().readTree(handed.body()).path("id").asString();
        assertThat(ministry.page("/conformity").body()).contains("&lt;b&gt;某標準", "某製品", "不適合");
        assertThat(ministry.page("/conformity/reports/" + id).body()).contains("某製品", "AMOUNT", "署名は正しく");
        assertThat(ministry.page("/ministry").body()).contains("/conformity");
        var changed = ministry.postJson("/api/conformity/reports", body(signed.replaceFirst("\\.[A-Za-z0-9_-]",
                ".X"), key));
        assertThat(changed.statusCode()).isEqualTo(422);
        assertThat(changed.body()).contains("署名を確かめられませんでした");
        assertThat(SignIn.staff(port, "tsu-shinsa").page("/conformity").statusCode()).isEqualTo(403);
    }

    private static String body(String signed, ECKey key) {
        var body = JsonNodeFactory.instance.objectNode().put("report", signed);
        body.set("keys", JsonMapper.builder().build().readTree(key.toPublicJWK().toJSONString()));
        return body.toString();
    }
}
