package jp.kiban.conformity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import jp.kiban.KibanTest;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Role;
import jp.kiban.identity.SignIn;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Conflict;
import jp.kiban.kernel.StandardRef;
import jp.kiban.portal.Page;
import jp.kiban.standards.Standards;
import jp.kiban.store.EventLog;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A ministry has the house hold a target against its standard: the house itself is conform, a planted fault is named, a
/// run is stopped by hand, by time and by the house's own end, and nobody else ever sees it.
@KibanTest
class VerifyRunsTests {
    private static final String STANDARD = "child-allowance@2024-10-01";
    private static final Actor.Officer OFFICER = new Actor.Officer(AuthorityId.of("GCFA00"), "cfa-tanto", "府川 のぞみ",
            Set.of(Role.MINISTRY));
    @LocalServerPort
    int port;
    @Autowired
    VerifyRuns runs;
    @Autowired
    Store store;
    @Autowired
    EventLog events;
    @Autowired
    Standards standards;
    @Autowired
    HouseKey key;
    @Autowired
    ObjectProvider<TestSessions.Limits> limits;
    @Autowired
    JsonMapper json;
    @Autowired
    Clock clock;

    @AfterEach
    void nothingGoesOn() {
        runs.running(OFFICER.authority()).ifPresent(r -> runs.cancel(OFFICER, r.id()));
        until(() -> runs.running(OFFICER.authority()).isEmpty());
    }

    private static void until(BooleanSupplier true_) {
        long end = System.nanoTime() + Duration.ofSeconds(240).toNanos();
        while (!true_.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it takes too long").isLessThan(end);
            try {
                Thread.sleep(100);
            } catch (InterruptedException stop) {
                throw new IllegalStateException(stop);
            }
        }
    }

    private static Destination at(int port) {
        return new Destination("http://small.example.jp", "http://small.example.jp", "small.example.jp", port, false,
                List.of(InetAddress.getLoopbackAddress()), false);
    }

    private UUID start(VerifyRuns by, int port) {
        return by.start(OFFICER, standards.edition(StandardRef.parse(STANDARD)).files(), false, at(port),
                "a-secret-of-the-target", 0);
    }

    private VerifyRuns house(int atOnce, Duration longest) {
        var other = new VerifyRuns(store, events, standards, key, limits, new VerifyRuns.Limits(atOnce, longest,
                Duration.ofSeconds(20)), json, clock);
        other.start();
        return other;
    }

    /// Says what it is, and then nothing more.
    private static final class Silent implements AutoCloseable {
        private final HttpServer server;
        private final CountDownLatch end = new CountDownLatch(1);
        final CountDownLatch asked = new CountDownLatch(1);

        Silent() {
            try {
                server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
            server.setExecutor(Executors.newCachedThreadPool());
            server.createContext("/", exchange -> {
                if (!exchange.getRequestMethod().equals("GET")) {
                    asked.countDown();
                    try {
                        end.await();
                    } catch (InterruptedException stop) {
                        return;
                    }
                }
                var text = """
                        {"contract": "kiban-conformity/1", "product": "沈黙", "productVersion": "1", "standards":
                        [{"id": "child-allowance", "versions": ["2024-10-01"]}]}""".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, text.length);
                exchange.getResponseBody().write(text);
                exchange.close();
            });
            server.start();
        }

        int port() { return server.getAddress().getPort(); }

        @Override
        public void close() {
            end.countDown();
            server.stop(0);
        }
    }

    private JsonNode told(SignIn ministry, String address) { return json.readTree(ministry.get(address).body()); }

    @Test
    void theHouseItselfIsConformAndTheReportIsSigned() {
        var ministry = SignIn.staff(port, "cfa-tanto");
        var form = "standard=" + STANDARD + "&target=self&generated=4";
        var started = ministry.postText("/api/conformity/runs", form);
        assertThat(started.statusCode()).as(started.body()).isEqualTo(202);
        var follow = started.headers().firstValue("Location").orElseThrow();
        assertThat(ministry.postText("/api/conformity/runs", form).statusCode()).as("one at a time").isEqualTo(409);
        var other = SignIn.staff(port, "digital-tanto");
        for (var path : List.of(follow, follow.substring(4), follow + "/report.jws", follow.substring(4) + "/key.jwk"))
            assertThat(other.get(path).statusCode()).as(path).isEqualTo(404);
        assertThat(other.post(follow + "/cancel", Map.of()).statusCode()).isEqualTo(404);
        assertThat(other.page("/conformity/runs").body()).doesNotContain("児童手当");
        assertThat(SignIn.staff(port, "tsu-shinsa").page("/conformity/runs").statusCode()).isEqualTo(403);
        assertThat(ministry.page(follow.substring(4)).body()).contains("進み具合", "検査を中止する");
        until(() -> !told(ministry, follow).at("/run/stage").asString().equals("RUNNING"));
        var end = told(ministry, follow);
        assertThat(end.at("/run/stage").asString()).as(end.toString()).isEqualTo("DONE");
        assertThat(end.at("/run/conform").asBoolean()).as(end.at("/report/differences").toString()).isTrue();
        assertThat(end.at("/run/done").asInt()).isEqualTo(end.at("/run/total").asInt());
        assertThat(end.at("/run/examples").asInt()).isEqualTo(end.at("/report/counts/examples").asInt());
        assertThat(end.at("/report/target/url").asString()).isEqualTo("self");
        var signed = ministry.get(follow + "/report.jws").body();
        var keys = SignedReport.publicKeys(SignIn.nobody(port).get("/conformity/keys.json").body(), "the house");
        assertThat(SignedReport.check(signed, keys)).isInstanceOfSatisfying(SignedReport.Checked.Good.class,
                good -> assertThat(good.report()).isEqualTo(end.path("report")));
        assertThat(ministry.page(follow.substring(4)).body()).contains("適合", "公表している版と同じ本文", "署名は正しく");
        var handed = json.createObjectNode().put("report", signed);
        handed.set("keys", json.readTree(ministry.get(follow + "/key.jwk").body()));
        assertThat(ministry.postJson("/api/conformity/reports", handed.toString()).statusCode()).isEqualTo(201);
        assertThat(ministry.get("/api/conformity/reports").body()).contains("\"SAME\"");
        assertThat(ministry.page("/conformity/runs?q=SELF&stage=DONE").body()).contains("児童手当");
        assertThat(ministry.page("/conformity/runs?q=x%25y").body()).contains("当てはまる検査はありません");
    }

    @Test
    void aPlantedFaultIsNamedByKindAndCaseAndTheEntryKeyIsNowhere() {
        var version = standards.version(StandardRef.parse(STANDARD));
        try (var small = new SmallTarget(version, PlantedFault.ONE_YEN_TOO_MUCH)) {
            var id = start(runs, URI.create(small.url()).getPort());
            until(() -> !runs.get(OFFICER.authority(), id).running());
            var run = runs.get(OFFICER.authority(), id);
            assertThat(run.stage()).as(run.said()).isEqualTo(VerifyRun.Stage.DONE);
            assertThat(run.conform()).contains(false);
            assertThat(run.differences()).isPositive();
            assertThat(run.keyed()).isTrue();
            var page = SignIn.staff(port, "cfa-tanto").page("/conformity/runs/" + id + "?kind=AMOUNT").body();
            assertThat(page).contains("不適合", "AMOUNT", "絞り込み: AMOUNT", "署名は正しく");
            var row = store.in(Scope.of(OFFICER.authority()), jdbc -> jdbc.sql(
                    "select r::text from conformity.run r where id = ?").param(id).query(String.class).single());
            assertThat(row + page).doesNotContain("a-secret-of-the-target");
        }
    }

    @Test
    void aRunIsCancelledAtOnceAndTheNextMayBegin() throws Exception {
        try (var silent = new Silent()) {
            var id = start(runs, silent.port());
            silent.asked.await();
            assertThatExceptionOfType(Conflict.class).isThrownBy(() -> start(runs, silent.port()));
            long begun = System.nanoTime();
            runs.cancel(OFFICER, id);
            until(() -> !runs.get(OFFICER.authority(), id).running());
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(12));
            runs.cancel(OFFICER, id);
            var run = runs.get(OFFICER.authority(), id);
            assertThat(run.stage()).isEqualTo(VerifyRun.Stage.CANCELLED);
            assertThat(run.endedAt()).isPresent();
            var again = start(runs, silent.port());
            runs.cancel(OFFICER, again);
            until(() -> runs.get(OFFICER.authority(), again).stage() == VerifyRun.Stage.CANCELLED);
            assertThat(SignIn.staff(port, "cfa-tanto").page("/conformity/runs/" + id).body()).contains(
                    "担当者が中止しました");
        }
    }

    @Test
    void aRunThatTakesTooLongIsStoppedAndAFullHouseSaysSo() {
        try (var silent = new Silent()) {
            var quick = house(1, Duration.ofSeconds(1));
            try {
                var id = start(quick, silent.port());
                assertThatExceptionOfType(Conflict.class).isThrownBy(() -> start(quick, silent.port()))
                        .withMessageContaining("as many as it may");
                until(() -> !quick.get(OFFICER.authority(), id).running());
                assertThat(quick.get(OFFICER.authority(), id).stage()).isEqualTo(VerifyRun.Stage.TIMED_OUT);
            } finally {
                quick.stop();
            }
        }
    }

    @Test
    void aHouseThatStopsInterruptsAndOneThatWasKilledIsFoundOut() throws Exception {
        try (var silent = new Silent()) {
            var other = house(4, Duration.ofMinutes(5));
            var id = start(other, silent.port());
            silent.asked.await();
            assertThat(runs.get(OFFICER.authority(), id).stage()).as("another node's run goes on").isEqualTo(
                    VerifyRun.Stage.RUNNING);
            other.stop();
            assertThat(runs.get(OFFICER.authority(), id).stage()).isEqualTo(VerifyRun.Stage.INTERRUPTED);
            beaten(id, "RUNNING", Instant.now(Clock.systemUTC()).minusSeconds(25));
            assertThat(runs.get(OFFICER.authority(), id).stage()).isEqualTo(VerifyRun.Stage.RUNNING);
            beaten(id, "RUNNING", Instant.now(Clock.systemUTC()).minusSeconds(31));
            assertThat(runs.get(OFFICER.authority(), id).stage()).isEqualTo(VerifyRun.Stage.INTERRUPTED);
            assertThat(SignIn.staff(port, "cfa-tanto").page("/conformity/runs/" + id).body()).contains(
                    "動いている間に基盤が停止しました");
        }
    }

    private void beaten(UUID id, String stage, Instant at) {
        store.run(Scope.of(OFFICER.authority()), jdbc -> jdbc.sql(
                "update conformity.run set stage = ?, beat_at = ? where authority = ? and id = ?")
                .params(stage, Timestamp
                        .from(at), OFFICER.authority().code(), id)
                .update());
    }

    @Test
    void aTargetThatIsNotThereEndsTheRunInWordsAndBadWishesAreToldAtOnce() {
        var id = start(runs, 9);
        until(() -> !runs.get(OFFICER.authority(), id).running());
        var run = runs.get(OFFICER.authority(), id);
        assertThat(run.stage()).isEqualTo(VerifyRun.Stage.FAILED);
        assertThat(run.said()).contains("cannot reach http://small.example.jp");
        var ministry = SignIn.staff(port, "cfa-tanto");
        var bad = ministry.postText("/conformity/runs",
                "standard=move-out%402025-04-01&target=http%3A%2F%2F169.254.169.254%2F&token=my-short%20key&generated=501");
        assertThat(bad.statusCode()).isEqualTo(422);
        assertThat(bad.body()).contains("この版は公表されていません", "169.254.169.254", "0〜500", "入場鍵は").doesNotContain(
                "my-short");
        assertThat(runs.find(OFFICER.authority(), new VerifyRuns.Wish("", "RUNNING"), new Page.Wanted(1, 5)).items())
                .isEmpty();
    }
}
