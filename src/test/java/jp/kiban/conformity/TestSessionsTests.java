package jp.kiban.conformity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jp.kiban.KibanTest;
import jp.kiban.catalogue.Layers;
import jp.kiban.cost.CostLine;
import jp.kiban.cost.Costs;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.NotThere;
import jp.kiban.standards.StandardFolder;
import jp.kiban.standards.Standards;
import jp.kiban.statistics.Figures;
import jp.kiban.statistics.FiscalYear;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A test touches nobody: while it goes on nothing of it is counted anywhere, and when it has ended nothing of it is left.
@KibanTest
class TestSessionsTests {
    @LocalServerPort
    int port;
    @Autowired
    Store store;
    @Autowired
    Standards standards;
    @Autowired
    Layers layers;
    @Autowired
    Figures figures;
    @Autowired
    Costs costs;
    @Autowired
    TestSessions sessions;
    @Autowired
    Sweeping sweeping;
    @Autowired
    JsonMapper json;
    @Autowired
    Clock clock;

    private final HttpClient http = HttpClient.newHttpClient();

    private HttpResponse<String> call(String method, String path, String body) {
        try {
            return http.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/conformity" + path))
                    .header("Content-Type", "application/json").method(method,
                            HttpRequest.BodyPublishers.ofString(body))
                    .build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    private JsonNode opened(String local) {
        var got = call("POST", "/sessions", "{\"standard\": \"child-allowance\", \"day\": \"2025-06-02\", \"local\": "
                + local + "}");
        assertThat(got.statusCode()).as(got.body()).isEqualTo(201);
        return json.readTree(got.body());
    }

    /// Rows of the authority, by table, where there are any.
    private Map<String, Long> rows(AuthorityId authority) {
        return store.in(Scope.of(authority), jdbc -> {
            var counts = new TreeMap<String, Long>();
            for (var table : jdbc.sql("""
                    select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                    join pg_attribute a on a.attrelid = c.oid and a.attname = 'authority' and not a.attisdropped
                    where c.relkind = 'r' and n.nspname not like 'pg%'
                    """).query(String.class).list()) {
                long count = jdbc.sql("select count(*) from " + table + " where authority = ?").param(authority.code())
                        .query(Long.class).single();
                if (count > 0)
                    counts.put(table, count);
            }
            return counts;
        });
    }

    /// What the nation is told: figures of every standard and year, costs, what municipalities have set.
    private Map<String, Object> nation() {
        var told = new TreeMap<String, Object>();
        for (var standard : standards.all()) {
            told.put(standard.id() + " years", figures.years(standard.id()));
            for (int year = 2019; year <= 2027; year++) {
                var live = figures.live(standard.id(), new FiscalYear(year));
                told.put(standard.id() + " " + year + " live", live.nation() + " " + live.months());
                told.put(standard.id() + " " + year + " open", figures.open(standard.id(), new FiscalYear(year)));
            }
            for (var version : standard.versions())
                told.put(version.ref() + " layers", layers.everywhere(version, LocalDate.of(2026, 6, 1)));
        }
        var whole = costs.whole("", new Costs.Span(LocalDate.of(2019, 1, 1), LocalDate.of(2030, 1, 1)));
        told.put("costs", whole.authorities().keySet());
        told.put("common", whole.common().stream().filter(line -> line.key().equals("conformity"))
                .map(CostLine::key).collect(Collectors.toSet()));
        return told;
    }

    @Test
    void aTestIsInNoFigureAndLeavesNothing() throws InterruptedException {
        var before = nation();
        var session = opened("{\"payDay\": 12}");
        var name = session.path("session").asString();
        var authority = AuthorityId.of(session.path("authority").asString());
        assertThat(session.path("values").path("payDay").asInt()).isEqualTo(12);
        var folder = StandardFolder.read(Path.of("standards/child-allowance"));
        var standard = folder.standards().getFirst();
        var trial = new Trials(folder, standard, standard.versions().getLast(), 20).ordinary().orElseThrow();
        for (int i = 0; i < 3; i++) {
            var body = json.createObjectNode().put("day", trial.filed().toString()).put("applicant", "a" + i);
            body.set("answers", trial.answers());
            var sent = http(name, "k" + i, body.toString());
            assertThat(sent.statusCode()).as(sent.body()).isEqualTo(201);
            var receipt = json.readTree(sent.body()).path("receipt").asString();
            assertThat(call("POST", "/sessions/" + name + "/applications/" + receipt + "/decision",
                    "{\"by\": \"rules\", \"day\": \"" + trial.filed().plusDays(3) + "\"}").statusCode()).isEqualTo(200);
        }
        for (int tries = 0; tries < 100 && !rows(authority).containsKey("statistics.day"); tries++)
            Thread.sleep(100);
        Thread.sleep(1_000);
        assertThat(rows(authority)).containsKeys("submission.submission", "casework.decision", "casework.notice",
                "store.event", "audit.entry", "catalogue.layer", "statistics.day", "payment.entitlement")
                .doesNotContainKeys("cost.usage", "cost.application");
        Thread.sleep(1_100); // figures are read anew after a second
        assertThat(nation()).isEqualTo(before);

        assertThat(call("DELETE", "/sessions/" + name, "").statusCode()).isEqualTo(204);
        assertThat(call("GET", "/sessions/" + name + "/export", "").statusCode()).isEqualTo(404);
        assertThat(call("DELETE", "/sessions/" + name, "").statusCode()).isEqualTo(404);
        sweeping.sweep(Instant.now().plus(Duration.ofMinutes(2)));
        assertThat(rows(authority)).isEmpty();
        assertThat(nation()).isEqualTo(before);
    }

    private HttpResponse<String> http(String session, String key, String body) {
        try {
            return http.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port
                    + "/api/conformity/sessions/" + session + "/applications")).header("Content-Type",
                            "application/json")
                    .header("Idempotency-Key", key).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    @Test
    void aSessionEndsByItself() {
        var session = opened("{}");
        var authority = AuthorityId.of(session.path("authority").asString());
        var ends = Instant.parse(session.path("endsAt").asString());
        assertThat(ends).isBetween(Instant.now().plus(Duration.ofMinutes(115)),
                Instant.now().plus(Duration.ofMinutes(125)));
        sweeping.sweep(ends.minusSeconds(1));
        assertThat(sessions.find(session.path("session").asString()).authority()).isEqualTo(authority);
        sweeping.sweep(ends);
        assertThatThrownBy(() -> sessions.find(session.path("session").asString())).isInstanceOf(NotThere.class);
        sweeping.sweep(ends.plusSeconds(61));
        assertThat(rows(authority)).isEmpty();
    }

    @Test
    void whatIsRefusedLeavesNoSessionOpen() {
        var got = call("POST", "/sessions",
                "{\"standard\": \"child-allowance\", \"day\": \"2025-06-02\", \"local\": {\"payDay\": 77}}");
        assertThat(got.statusCode()).isEqualTo(422);
        assertThat(got.body()).contains("payDay");
    }

    @Test
    void onlyAnInventedAuthorityWhoseTestHasEndedIsForgotten() {
        var session = opened("{}");
        for (var code : new String[]{"242012", "G00001", "T0", session.path("authority").asString()})
            assertThatThrownBy(() -> store.in(Scope.nation(), jdbc -> jdbc.sql("select conformity.forget(?)").param(
                    code).query(Long.class).single())).as(code).hasStackTraceContaining(
                            "only an invented authority whose test has ended");
        sessions.end(sessions.find(session.path("session").asString()));
    }

    /// A thousand were opened almost an hour ago: the next one waits until they are forgotten, and then is let in.
    @Test
    void whoComesTooOftenIsToldWhenToComeBack() throws InterruptedException {
        var almost = java.sql.Timestamp.from(Instant.now().minusSeconds(3_597));
        store.in(Scope.nation(), jdbc -> jdbc.sql("""
                select count(conformity.open_one(?, 100000, 100000)) from generate_series(1, 1000)
                """).param(almost).query(Long.class).single());
        var got = call("POST", "/sessions", "{\"standard\": \"child-allowance\", \"day\": \"2025-06-02\"}");
        assertThat(got.statusCode()).as(got.body()).isEqualTo(429);
        assertThat(got.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(got.body()).contains("日本時間");
        long seconds = got.headers().firstValueAsLong("Retry-After").orElse(-1);
        assertThat(seconds).isBetween(1L, 6L);
        Thread.sleep(seconds * 1_000);
        sessions.end(sessions.find(opened("{}").path("session").asString()));
    }

    @Test
    void soManyAreOpenAtOnce() {
        var limited = new TestSessions(store, standards, layers, json, new TestSessions.Limits(1, 1_000, 2, "", true));
        var version = standards.inForce("child-allowance", LocalDate.of(2025, 6, 2)).ref();
        var first = opened("{}");
        assertThatThrownBy(() -> limited.open(version, Map.of())).isInstanceOfSatisfying(TestSessions.Crowded.class,
                crowded -> assertThat(crowded.again()).isAfter(Instant.now()));
        sessions.end(sessions.find(first.path("session").asString()));
    }

    @Test
    void inOperationOnlyWhoHasTheEntryKeyOpensOne() {
        var demonstration = new TestSessions.Limits(1, 1, 1, "", true);
        assertThat(demonstration.mayOpen("")).isTrue();
        var operation = new TestSessions.Limits(1, 1, 1, "", false);
        assertThat(operation.mayOpen("")).isFalse();
        assertThat(operation.mayOpen("anything")).isFalse();
        var key = "a key that nobody guesses";
        var keyed = new TestSessions.Limits(1, 1, 1, key, false);
        assertThat(keyed.mayOpen(key)).isTrue();
        assertThat(keyed.mayOpen("")).isFalse();
        assertThat(new TestSessions.Limits(1, 1, 1, key, true).mayOpen("")).isFalse();
        assertThatIllegalStateException().isThrownBy(() -> new TestSessions.Limits(1, 1, 1, "short", false))
                .withMessageContaining("kiban.conformity.key has 5 characters");
        assertThatIllegalStateException().isThrownBy(() -> new TestSessions.Limits(1, 1, 0, "", true))
                .withMessageContaining("hours 1 to 168");
    }
}
