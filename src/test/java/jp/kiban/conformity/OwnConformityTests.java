package jp.kiban.conformity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.ECKey;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import jp.kiban.KibanTest;
import jp.kiban.identity.SignIn;
import jp.kiban.standards.StandardFolder;
import org.junit.jupiter.api.Test;
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
