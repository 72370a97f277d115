package jp.kiban;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import jp.kiban.authority.Authorities;
import jp.kiban.kernel.AuthorityId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The application is killed (SIGKILL) at random moments under load, and started again. `-Dkiban.kills=20` kills more often
/// than the few times of a normal build. Timers of running cases come due before, while and after it is dead.
class KillTests {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final AuthorityId TSU = AuthorityId.of("242012");
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);
    private static final int KILLS = Integer.getInteger("kiban.kills", 2);

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final AtomicBoolean going = new AtomicBoolean(true);
    private final Map<Integer, String> acknowledged = new ConcurrentHashMap<>();
    private final AtomicInteger decided = new AtomicInteger();
    private final AtomicInteger runs = new AtomicInteger();
    private final AtomicInteger fell = new AtomicInteger();

    @Test
    void whatWasAcknowledgedExistsAndNothingHappensTwice(@TempDir Path folder) throws Exception {
        var random = new Random(20261121);
        try (var house = new HouseProcess(folder, freePort(), "--kiban.today=" + TODAY);
                var threads = Executors.newFixedThreadPool(8)) {
            house.start();
            var towns = new Authorities().municipalities().stream()
                    .filter(a -> a.id().equals(TSU) || a.id().code().startsWith("24")).toList();
            var waiting = new ConcurrentLinkedQueue<Crowd.Member>();
            String review;
            String approval;
            String treasury;
            try (var database = house.database()) {
                waiting.addAll(Crowd.residents(database, List.of(new Authorities().get(TSU)), 0, 300));
                waiting.addAll(Crowd.residents(database, towns, 300, 200 * KILLS));
                review = Crowd.officer(database, TSU, "kill-shinsa", "RECEPTION,REVIEW");
                approval = Crowd.officer(database, TSU, "kill-kessai", "APPROVAL");
                treasury = Crowd.officer(database, TSU, "kill-kaikei", "TREASURY");
            }
            var registry = new RegistryUnderKills(folder, (token, method, path) -> call(house, token, method, path,
                    ""));
            try (var database = house.database()) {
                registry.begin(database);
            }
            for (int i = 0; i < 4; i++)
                threads.submit(() -> send(house, waiting));
            threads.submit(() -> decide(house, review, approval));
            threads.submit(() -> prepare(house, treasury));
            threads.submit(() -> fallDue(house, new Random(20261124)));
            for (int kill = 1; kill <= KILLS; kill++) {
                try (var database = house.database()) {
                    registry.inTheMiddle(database);
                }
                Thread.sleep((kill == 1 ? 0 : 1_000) + random.nextInt(kill == 1 ? 500 : 2_500));
                house.kill();
                house.start();
            }
            Thread.sleep(3_000);
            // a slow machine gets to every kind of act too
            for (long end = System.nanoTime() + Duration.ofSeconds(60).toNanos(); System.nanoTime() < end
                    && (decided.get() == 0 || fell.get() == 0 || runs.get() == 0);)
                pause(200);
            going.set(false);
            threads.shutdown();
            assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
            try (var database = house.database()) {
                until(database, "handlers catch up",
                        """
                        select count(*) from store.event e where e.kind = 'submission.Received' and not exists
                          (select from casework.case_file c where c.authority = e.authority and c.receipt = e.subject)""",
                        0);
                Road.until(() -> lag(database) == 0);
                eachTimerActedOnceAndNoneIsLost(database);
                int lost = 0;
                for (String receipt : acknowledged.values())
                    if (count(database,
                            "select count(*) from submission.submission where receipt = '" + receipt + "'") != 1)
                        lost++;
                System.out.printf("%d kills: %d receipts acknowledged, %d lost, %d decided, %d runs prepared%n", KILLS,
                        acknowledged.size(), lost, decided.get(), runs.get());
                assertThat(acknowledged).isNotEmpty();
                assertThat(lost).isZero();
                assertThat(count(database,
                        "select count(*) - count(distinct (authority, person)) from submission.submission")).isZero();
                assertThat(count(database, "select count(*) from store.parked")).isZero();
                assertThat(count(database,
                        """
                        select count(*) from casework.decision d where not exists
                          (select from payment.entitlement e where e.authority = d.authority and e.receipt = d.receipt)"""))
                        .isZero();
                assertThat(count(database, """
                        select count(*) from (select authority, receipt, beneficiary, month from payment.order_month
                          group by 1, 2, 3, 4 having count(*) > 1) twice""")).isZero();
                registry.isWhole(database);
                var agreed = JSON.readTree(
                        call(house, treasury, "GET", "/api/payment/reconciliation?service=child-allowance", "").body());
                assertThat(agreed.at("/differences")).isEmpty();
            }
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void send(HouseProcess house, ConcurrentLinkedQueue<Crowd.Member> waiting) {
        while (going.get()) {
            var member = waiting.poll();
            if (member == null)
                return;
            while (going.get()) {
                try {
                    var answer = client.send(member.sends(house.url()), HttpResponse.BodyHandlers.ofString());
                    if (answer.statusCode() != 201)
                        throw new AssertionError(answer.statusCode() + " " + answer.body());
                    acknowledged.put(member.number(), JSON.readTree(answer.body()).get("receipt").asString());
                    break;
                } catch (IOException killed) {
                    pause(100);
                } catch (InterruptedException stop) {
                    return;
                }
            }
        }
    }

    private void decide(HouseProcess house, String review, String approval) {
        while (going.get()) {
            try {
                for (JsonNode one : JSON
                        .readTree(
                                call(house, review, "GET", "/api/casework/cases?size=30&whose=OPEN&stage=RECEIVED", "")
                                        .body())
                        .at("/items")) {
                    String at = "/api/casework/cases/" + one.get("receipt").asString();
                    act(house, review, at, "accept");
                    if (one.get("receipt").asString().hashCode() % 2 == 0)
                        continue; // stays in review, where its time runs
                    act(house, review, at, "propose");
                    if (act(house, approval, at, "decide"))
                        decided.incrementAndGet();
                    if (!going.get())
                        return;
                }
                pause(100);
            } catch (IOException killed) {
                pause(200);
            } catch (InterruptedException stop) {
                return;
            }
        }
    }

    /// The 10 days of a review are over within seconds, of ever more cases: some before the house dies, some while it is
    /// dead, some after it has come back.
    private void fallDue(HouseProcess house, Random random) {
        while (going.get()) {
            try (var database = house.database(); var statement = database.prepareStatement("""
                    update flow.timer set due = ? where due > ?::timestamptz + interval '1 day' and (authority, subject, token, node) in
                      (select authority, subject, token, node from flow.timer where node = 'review-late' and due > ?::timestamptz + interval '1 day' limit 3)
                    """)) {
                while (going.get()) {
                    var now = now();
                    statement.setObject(1, now.plusMillis(random.nextInt(8_000)).atOffset(ZoneOffset.UTC));
                    statement.setObject(2, now.atOffset(ZoneOffset.UTC));
                    statement.setObject(3, now.atOffset(ZoneOffset.UTC));
                    fell.addAndGet(statement.executeUpdate());
                    pause(100);
                }
            } catch (IOException | SQLException | RuntimeException killed) {
                pause(200);
            }
        }
    }

    /// By the clock of the house, which is some whole days before or after ours.
    private static Instant now() {
        return Instant.now().plus(ChronoUnit.DAYS.between(LocalDate.now(ZoneId.of("Asia/Tokyo")), TODAY),
                ChronoUnit.DAYS);
    }

    private void eachTimerActedOnceAndNoneIsLost(Connection database) {
        until(database, "all that is due has acted",
                "select count(*) from flow.timer where due <= '" + now().plusSeconds(9)
                        + "'",
                0);
        long acted = count(database, "select count(*) from flow.step where event = 'due review-late'");
        System.out.printf("%d timers fell due, %d acted (the others' reviews were over before)%n", fell.get(), acted);
        assertThat(acted).isPositive();
        assertThat(count(database, """
                select count(*) from (select from flow.step where event = 'due review-late'
                  group by authority, subject having count(*) > 1) twice""")).as("acted twice").isZero();
        assertThat(count(database, """
                select count(*) from flow.instance i where i.state->'t' @> '[{"a": "review"}]'
                  and (select count(*) from flow.timer t where (t.authority, t.subject) = (i.authority, i.subject))
                    + (select count(*) from flow.step s where (s.authority, s.subject) = (i.authority, i.subject)
                        and s.event = 'due review-late') <> 1""")).as("neither running nor acted, or both").isZero();
        assertThat(count(database, """
                select count(*) from flow.timer t join flow.instance i using (authority, subject)
                where not i.state->'d' @> jsonb_build_array(jsonb_build_object('t', t.token, 'n', t.node))"""))
                .as("a timer that the flow knows nothing of").isZero();
        for (var told : List.of("select subject from store.event where kind = 'casework.CaseReminded'",
                "select receipt from casework.step where event = 'CaseReminded'",
                "select receipt from casework.hint where kind = 'OURS'"))
            assertThat(count(database, "select count(*) from (" + told + ") told")).as(told).isEqualTo(acted);
    }

    private boolean act(HouseProcess house, String token, String at, String act)
            throws IOException, InterruptedException {
        int version = JSON.readTree(call(house, token, "GET", at, "").body()).at("/summary/version").asInt();
        return call(house, token, "POST", at + "/" + act, "{\"version\":" + version + ",\"seen\":[]}")
                .statusCode() == 200;
    }

    private void prepare(HouseProcess house, String treasury) {
        while (going.get()) {
            try {
                String press = UUID.randomUUID().toString();
                for (int twice = 0; twice < 2; twice++)
                    if (call(house, treasury, "POST", "/api/payment/runs",
                            "{\"service\":\"child-allowance\",\"payDay\":\"2027-02-10\",\"press\":\"" + press + "\"}")
                            .statusCode() == 200)
                        runs.incrementAndGet();
                pause(300);
            } catch (IOException killed) {
                pause(200);
            } catch (InterruptedException stop) {
                return;
            }
        }
    }

    private HttpResponse<String> call(HouseProcess house, String token, String method, String path, String body)
            throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(house.url() + path)).timeout(Duration.ofSeconds(30))
                .header("Cookie", "kiban-session=" + token + "; XSRF-TOKEN=kill").header("X-XSRF-TOKEN", "kill")
                .header("Content-Type", "application/json").header("Accept", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /// A slow machine may take long, as long as it gets nearer: a minute without progress is the fault that is looked for.
    private static void until(Connection database, String what, String sql, long wanted) {
        long nearest = Long.MAX_VALUE;
        long since = System.nanoTime();
        for (long now = count(database, sql); now != wanted; now = count(database, sql)) {
            if (now < nearest) {
                nearest = now;
                since = System.nanoTime();
            }
            assertThat(System.nanoTime() - since).as("%s: %d, and a minute later still", what, nearest).isLessThan(
                    Duration.ofMinutes(1).toNanos());
            pause(200);
        }
    }

    /// Events that a handler has yet to read.
    private static long lag(Connection database) {
        return count(database,
                "select count(*) from store.cursor c join store.event e on (e.tx, e.seq) > (c.tx, c.seq) where c.handler like 'audit%'");
    }

    private static long count(Connection database, String sql) {
        try (var statement = database.createStatement(); var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
