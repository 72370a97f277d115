package jp.kiban.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import jp.kiban.KibanTest;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Role;
import jp.kiban.identity.SignIn;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Conflict;
import jp.kiban.kernel.NotThere;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Lists of any length, each officer's own, gone after a day.
@KibanTest
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class AddressBulkTests {
    private static final AuthorityId NIIGATA = AuthorityId.of("151009");

    private final Addresses addresses;
    private final Store store;
    private final Hours clock = new Hours();
    private final Actor.Officer officer = officer("bulk-" + UUID.randomUUID().toString().substring(0, 8));

    @LocalServerPort
    int port;
    @TempDir
    Path folder;
    private AddressBulk bulk;

    AddressBulkTests(@Autowired Addresses addresses, @Autowired Store store) {
        this.addresses = addresses;
        this.store = store;
    }

    /// A clock that a test moves.
    private static final class Hours extends Clock {
        private Instant now = Instant.parse("2026-11-24T01:00:00Z");

        @Override
        public Instant instant() { return now; }

        @Override
        public ZoneId getZone() { return ZoneId.of("Asia/Tokyo"); }

        @Override
        public Clock withZone(ZoneId zone) { return this; }
    }

    private static Actor.Officer officer(String id) {
        return new Actor.Officer(NIIGATA, id, "新潟 太郎", Set.of(Role.RECEPTION));
    }

    @BeforeEach
    void open() {
        bulk = new AddressBulk(addresses, store, folder, clock);
        bulk.start();
    }

    @AfterEach
    void close() { bulk.stop(); }

    private UUID give(String name, byte[] file, boolean csv) throws IOException {
        return bulk.give(officer, name, new ByteArrayInputStream(file), List.of(), csv, AddressBulk.Format.CSV);
    }

    private AddressBulk.Run ended(UUID id) {
        for (int i = 0; i < 1_000; i++) {
            var run = bulk.get(officer, id);
            if (run.stage() != AddressBulk.Stage.RUNNING)
                return run;
            pause(100);
        }
        throw new AssertionError("never ends: " + bulk.get(officer, id));
    }

    private static void pause(int milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private String result(UUID id) throws IOException {
        var out = new ByteArrayOutputStream();
        bulk.result(officer, id, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private long pieces(UUID id) {
        return store.in(Scope.of(NIIGATA), jdbc -> jdbc.sql("select count(*) from registry.address_piece where run = ?")
                .param(id).query(Long.class).single());
    }

    private long given() throws IOException {
        var runs = folder.resolve("registry/address-runs");
        try (var all = Files.list(runs)) {
            return all.count();
        }
    }

    @Test
    void noLineIsLostWhateverIsInIt() throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes("番号,住所,電話\r\n".getBytes(Charset.forName("windows-31j")));
        for (int i = 1; i <= 20_000; i++)
            bytes.writeBytes((i + ",三重県津市西丸之内" + i + "番,-5\r\n").getBytes(Charset.forName("windows-31j")));
        bytes.writeBytes("=cmd|' /C calc'!A0,@SUM(1),+81-59-229-3155\r\n".getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(new byte[]{'x', ',', (byte) 0x82, (byte) 0xFF, ',', '1', '\r', '\n'});
        bytes.writeBytes("three\r\n".getBytes(StandardCharsets.US_ASCII));
        var run = ended(give("住所.csv", bytes.toByteArray(), true));
        assertThat(run.stage()).as(run.said()).isEqualTo(AddressBulk.Stage.DONE);
        assertThat(run.lines()).isEqualTo(20_003);
        assertThat(run.bad()).isEqualTo(2);
        assertThat(run.percent()).isEqualTo(100);
        assertThat(run.said()).contains("line 20,003").contains("line 20,004");
        assertThat(pieces(run.id())).as("kept in pieces").isGreaterThan(1);
        var lines = result(run.id()).lines().toList();
        assertThat(lines).hasSize(20_004);
        assertThat(lines.get(0)).startsWith("\uFEFF番号,住所,電話,match_pref,match_city");
        assertThat(lines.get(1)).startsWith("1,三重県津市西丸之内1番,-5,三重県,津市,");
        assertThat(lines.get(20_001)).as("a formula is a text").startsWith(
                "'=cmd|' /C calc'!A0,'@SUM(1),'+81-59-229-3155,");
        assertThat(lines.get(20_002)).contains("bad line: bytes that are no character");
        assertThat(lines.get(20_003)).startsWith("three,").contains("bad line: 1 fields");
        assertThat(given()).as("the file given is not kept").isZero();
    }

    @Test
    void aRunIsItsOfficersAlone() throws IOException {
        var id = ended(give("a.txt", "三重県津市1\n".getBytes(StandardCharsets.UTF_8), false)).id();
        for (var other : List.of(officer("somebody-else"), new Actor.Officer(AuthorityId.of("242012"), officer.id(),
                "津", Set.of(Role.RECEPTION)))) {
            assertThat(bulk.all(other)).isEmpty();
            assertThatThrownBy(() -> bulk.result(other, id, new ByteArrayOutputStream())).isInstanceOf(NotThere.class);
            assertThatThrownBy(() -> bulk.cancel(other, id)).isInstanceOf(NotThere.class);
            assertThatThrownBy(() -> bulk.remove(other, id)).isInstanceOf(NotThere.class);
        }
        assertThat(result(id)).contains("242012");
        bulk.remove(officer, id);
        assertThat(bulk.all(officer)).isEmpty();
        assertThat(pieces(id)).isZero();
    }

    @Test
    void aResultIsThereForADayAndThenForNobody() throws IOException {
        var id = ended(give("a.txt", "三重県津市1\n".getBytes(StandardCharsets.UTF_8), false)).id();
        clock.now = clock.now.plus(Duration.ofHours(24)).minusSeconds(1);
        bulk.forget();
        assertThat(result(id)).contains("242012");
        clock.now = clock.now.plusSeconds(2);
        assertThat(bulk.all(officer)).as("not shown any more").isEmpty();
        assertThat(pieces(id)).as("and still there until it is swept").isEqualTo(1);
        bulk.forget();
        assertThat(pieces(id)).as("swept, whoever looks").isZero();
    }

    private static byte[] many(int lines) { return "三重県津市西丸之内23番1号\n".repeat(lines).getBytes(StandardCharsets.UTF_8); }

    @Test
    void aStoppedRunLeavesNothing() throws IOException {
        var id = give("many.txt", many(2_000_000), false);
        bulk.cancel(officer, id);
        assertThat(ended(id).stage()).isEqualTo(AddressBulk.Stage.CANCELLED);
        assertThatThrownBy(() -> bulk.result(officer, id, new ByteArrayOutputStream())).isInstanceOf(NotThere.class);
        bulk.stop();
        assertThat(pieces(id)).isZero();
        assertThat(given()).isZero();
    }

    @Test
    void aRunThatTheHouseLeftSaysSo() throws IOException {
        var id = give("many.txt", many(2_000_000), false);
        bulk.stop();
        assertThat(bulk.get(officer, id).stage()).as("stopped in an orderly way").isEqualTo(
                AddressBulk.Stage.INTERRUPTED);
        assertThat(pieces(id)).isZero();
        assertThat(given()).isZero();

        var killed = UUID.randomUUID();
        Files.writeString(folder.resolve("registry/address-runs/" + killed + ".in"), "left");
        store.run(Scope.of(NIIGATA), jdbc -> {
            jdbc.sql("""
                    insert into registry.address_run (authority, id, owner, name, stage, bytes, data_version, begun_at, seen_at)
                    values ('151009', ?, ?, 'killed.csv', 'RUNNING', 4, 'x', ?, now() - interval '61 seconds')
                    """).params(killed, officer.id(), java.sql.Timestamp.from(clock.now)).update();
            jdbc.sql("insert into registry.address_piece values ('151009', ?, 0, ''::bytea)").param(killed).update();
        });
        var again = new AddressBulk(addresses, store, folder, clock);
        assertThat(again.get(officer, killed).stage()).isEqualTo(AddressBulk.Stage.INTERRUPTED);
        again.start();
        again.forget();
        assertThat(again.get(officer, killed).stage()).isEqualTo(AddressBulk.Stage.INTERRUPTED);
        assertThat(pieces(killed)).isZero();
        assertThat(given()).as("what was given to a house that is gone").isZero();
        again.stop();
    }

    @Test
    void aPackedListIsReadAndWhatIsNoListIsRefused() throws IOException {
        var gz = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(gz)) {
            out.write("住所\n三重県津市1\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(result(ended(give("a.csv.gz", gz.toByteArray(), true)).id())).contains("242012");
        var zip = new ByteArrayOutputStream();
        try (var out = new ZipOutputStream(zip)) {
            out.putNextEntry(new ZipEntry("folder/"));
            out.putNextEntry(new ZipEntry("folder/list.csv"));
            out.write("所在地\n福井県福井市1\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(result(ended(give("a.zip", zip.toByteArray(), true)).id())).contains("182010");
        var nothing = new ByteArrayOutputStream();
        try (var out = new ZipOutputStream(nothing)) {
            out.putNextEntry(new ZipEntry("picture.png"));
        }
        var refused = ended(give("b.zip", nothing.toByteArray(), true));
        assertThat(refused.stage()).isEqualTo(AddressBulk.Stage.REFUSED);
        assertThat(refused.said()).contains("no .csv or .txt");
        assertThat(ended(give("c.txt", "x".repeat(1_100_000).getBytes(StandardCharsets.UTF_8), false)).said())
                .contains("longer than 1000000 bytes");
        assertThat(ended(give("d.csv", "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8), true)).said()).contains(
                "which column");
    }

    @Test
    void aFourthIsRefusedWhileThreeAreOpen() throws IOException {
        for (int i = 0; i < 3; i++)
            give(i + ".txt", many(1_000_000), false);
        assertThatThrownBy(() -> give("4.txt", many(1), false)).isInstanceOf(Conflict.class);
    }

    // by programs

    private static HttpResponse<String> send(SignIn browser, String method, String path, String type, byte[] body) {
        try {
            return browser.client().send(browser.request(path).header("X-XSRF-TOKEN", browser.token()).header("Accept",
                    "application/json, application/x-ndjson, text/csv").header("Content-Type", type).method(method,
                            BodyPublishers.ofByteArray(body))
                    .build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    private static JsonNode json(HttpResponse<String> answer) { return JsonMapper.shared().readTree(answer.body()); }

    private static byte[] utf8(String text) { return text.getBytes(StandardCharsets.UTF_8); }

    @Test
    void aProgramGivesAFileFollowsItAndFetchesTheResult() {
        var tsu = SignIn.staff(port, "tsu-uketsuke");
        var given = send(tsu, "POST", "/api/registry/addresses/bulk?format=ndjson&name=list.csv", "text/csv",
                "番号,住所\r\n1,三重県津市大門７－１５\r\n2\r\n".getBytes(Charset.forName("windows-31j")));
        assertThat(given.statusCode()).as(given.body()).isEqualTo(202);
        String path = given.headers().firstValue("Location").orElseThrow();
        var run = json(tsu.get(path));
        for (int i = 0; i < 300 && run.path("stage").asString().equals("RUNNING"); i++) {
            pause(100);
            run = json(tsu.get(path));
        }
        assertThat(run.path("stage").asString()).as(run.toString()).isEqualTo("DONE");
        assertThat(run.path("percent").asInt()).isEqualTo(100);
        assertThat(run.path("lines").asLong()).isEqualTo(2);
        assertThat(run.path("bad").asLong()).isEqualTo(1);
        assertThat(run.path("said").path(0).asString()).contains("line 3: 1 fields");
        var result = tsu.get(run.path("result").asString());
        assertThat(result.headers().firstValue("Content-Type")).hasValueSatisfying(t -> assertThat(t).startsWith(
                "application/x-ndjson"));
        assertThat(result.headers().firstValue("Content-Disposition")).hasValueSatisfying(d -> assertThat(d).contains(
                "list-matched.ndjson"));
        assertThat(result.body().lines().toList()).hasSize(2).first().asString().startsWith(
                "{\"番号\":\"1\",\"住所\":\"三重県津市大門７－１５\",\"match_pref\":\"三重県\"");

        for (var other : List.of(SignIn.staff(port, "tsu-shinsa"), SignIn.staff(port, "cfa-tanto"))) {
            assertThat(other.get(path).statusCode()).isEqualTo(404);
            assertThat(other.get(path + "/result").statusCode()).isEqualTo(404);
            assertThat(send(other, "DELETE", path, "application/json", new byte[0]).statusCode()).isEqualTo(404);
        }
        assertThat(SignIn.resident(port, "tsu-futsu").get(path).statusCode()).isEqualTo(403);
        assertThat(SignIn.nobody(port).get(path).statusCode()).isEqualTo(401);
        assertThat(send(tsu, "DELETE", path, "application/json", new byte[0]).statusCode()).isEqualTo(204);
        assertThat(tsu.get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void aRunIsStoppedAndWhatCannotBeTakenIsToldAtOnce() {
        var tsu = SignIn.staff(port, "tsu-kessai");
        var given = send(tsu, "POST", "/api/registry/addresses/bulk", "text/plain", many(400_000));
        String path = given.headers().firstValue("Location").orElseThrow();
        assertThat(tsu.get(path + "/result").statusCode()).as("nothing to fetch yet").isEqualTo(409);
        assertThat(json(send(tsu, "POST", path + "/cancel", "application/json", new byte[0])).path("stage").asString())
                .isEqualTo("CANCELLED");
        assertThat(tsu.get(path + "/result").statusCode()).isEqualTo(409);
        var faults = send(tsu, "POST", "/api/registry/addresses/bulk?format=xml&column=a,b,c,d,e,f,g,h,i,j,k",
                "text/csv", utf8("x"));
        assertThat(faults.statusCode()).isEqualTo(422);
        assertThat(faults.body()).contains("registry.bulk.columns", "registry.bulk.format");
        assertThat(send(tsu, "POST", "/api/registry/addresses/bulk", "text/csv", new byte[0]).statusCode()).isEqualTo(
                422);
    }

    @Test
    void aThousandAddressesAreAnsweredAtOnceInTheirOrder() {
        var tsu = SignIn.staff(port, "tsu-kaikei");
        String path = "/api/registry/addresses/match";
        var array = send(tsu, "POST", path, "application/json", utf8(
                "[\"三重県津市大門7-15\", {\"id\": 7, \"address\": \"府中市1-1\"}, \"\"]"));
        assertThat(array.statusCode()).as(array.body()).isEqualTo(200);
        var answers = json(array).path("answers");
        assertThat(answers.size()).isEqualTo(3);
        assertThat(answers.path(0).path("match").path("ids").path("lgCode").asString()).isEqualTo("242012");
        assertThat(answers.path(0).has("id")).isFalse();
        assertThat(answers.path(1).path("id").asInt()).isEqualTo(7);
        assertThat(answers.path(1).path("match").path("candidates").size()).isEqualTo(2);
        assertThat(answers.path(2).path("match").path("level").asString()).isEqualTo("NONE");

        var lines = send(tsu, "POST", path, "application/x-ndjson", utf8("\"三重県津市1\"\n".repeat(AddressBulkApi.MOST)));
        assertThat(lines.statusCode()).isEqualTo(200);
        assertThat(lines.body().lines()).hasSize(AddressBulkApi.MOST).allMatch(l -> l.contains("242012"));
        assertThat(send(tsu, "POST", path, "application/x-ndjson", utf8("\"津市\"\n".repeat(AddressBulkApi.MOST + 1)))
                .statusCode()).isEqualTo(422);
        var faults = send(tsu, "POST", path + "?on=someday", "application/x-ndjson", utf8(
                "{\"id\":1}\nno json\n\"" + "津".repeat(401) + "\"\n"));
        assertThat(faults.statusCode()).isEqualTo(422);
        assertThat(faults.body()).contains("line 1", "line 2", "line 3", "\"on\"");
        assertThat(send(tsu, "POST", path, "application/json", utf8("{\"address\":\"津市\"}")).statusCode()).isEqualTo(
                422);
        assertThat(send(tsu, "POST", path, "application/json", utf8("[\"" + "x".repeat(1 << 20) + "\"]")).statusCode())
                .isEqualTo(422);
        assertThat(send(SignIn.nobody(port), "POST", path, "application/json", utf8("[\"津市\"]")).statusCode())
                .isEqualTo(401);
    }

    // looked up by everybody

    @Test
    void anAddressIsLookedUpAndTheSameAnswerIsAFile() {
        var anybody = SignIn.nobody(port);
        var found = anybody.page("/registry/addresses?q=" + java.net.URLEncoder.encode("津市大門7-15",
                StandardCharsets.UTF_8));
        assertThat(found.statusCode()).isEqualTo(200);
        assertThat(found.body()).contains("三重県津市", "242012", "大門7-15", "/registry/addresses.csv?q=",
                "/api/registry/addresses/match?q=");
        assertThat(found.headers().firstValue("Cache-Control")).contains("no-store");
        var several = anybody.page("/registry/addresses?lang=en&q=" + java.net.URLEncoder.encode("府中市1-1",
                StandardCharsets.UTF_8));
        assertThat(several.body()).contains("Several places fit", "東京都府中市", "広島県府中市");
        assertThat(anybody.page("/registry/addresses?q=%E3%81%82%E3%81%84").body()).contains("Nothing was found");
        assertThat(anybody.page("/registry/addresses?q=9999999").body()).contains("not registered");
        var faults = anybody.page("/registry/addresses?on=someday&q=" + "x".repeat(401));
        assertThat(faults.statusCode()).isEqualTo(422);
        var csv = anybody.get("/registry/addresses.csv?q=" + java.net.URLEncoder.encode("津市大門7-15",
                StandardCharsets.UTF_8));
        assertThat(csv.body()).startsWith("\uFEFFinput,match_pref").contains("津市大門7-15,三重県,津市,");
        assertThat(anybody.get("/registry/addresses.csv?q=").statusCode()).isEqualTo(422);
        assertThat(anybody.get("/registry/addresses.csv?q=9999999").statusCode()).isEqualTo(404);
    }

    @Test
    void aFileIsSentAgainOnlyWhenItChanged() throws IOException, InterruptedException {
        var anybody = SignIn.nobody(port);
        for (String file : List.of("authorities.ndjson", "lots.csv", "corporations.geojson")) {
            String path = "/open-data/" + file;
            var first = anybody.get(path);
            assertThat(first.statusCode()).as(file).isEqualTo(200);
            assertThat(first.headers().firstValue("Content-Disposition")).as(file).hasValueSatisfying(d -> assertThat(d)
                    .contains(file));
            String tag = first.headers().firstValue("ETag").orElseThrow(() -> new AssertionError(file));
            for (String known : List.of(tag, tag.substring(2), "\"other\", " + tag))
                assertThat(anybody.client().send(anybody.request(path).header("If-None-Match", known).build(),
                        BodyHandlers.ofString()).statusCode()).as(file + " " + known).isEqualTo(304);
            assertThat(anybody.client().send(anybody.request(path).header("If-None-Match", "\"other\"").build(),
                    BodyHandlers.ofString()).statusCode()).as(file).isEqualTo(200);
        }
        String path = "/open-data/authorities.geojson";
        String modified = anybody.get(path).headers().firstValue("Last-Modified").orElseThrow();
        assertThat(anybody.client().send(anybody.request(path).header("If-Modified-Since", modified).build(),
                BodyHandlers.ofString()).statusCode()).isEqualTo(304);
        assertThat(anybody.client().send(anybody.request(path).header("If-Modified-Since",
                "Mon, 01 Jan 2024 00:00:00 GMT").build(), BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        var head = anybody.client().send(anybody.request(path).method("HEAD", BodyPublishers.noBody()).build(),
                BodyHandlers.ofString());
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("ETag")).isPresent();
        var packed = anybody.client().send(anybody.request("/open-data/authorities.csv").header("Accept-Encoding",
                "gzip").build(), BodyHandlers.ofByteArray());
        assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(packed.headers().firstValue("ETag")).isPresent();
    }
}
