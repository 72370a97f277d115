package jp.kiban.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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

/// Lists of any length, each officer's own, gone after a day.
@KibanTest
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class AddressBulkTests {
    private static final AuthorityId NIIGATA = AuthorityId.of("151009");

    private final Addresses addresses;
    private final Store store;
    private final Hours clock = new Hours();
    private final Actor.Officer officer = officer("bulk-" + UUID.randomUUID().toString().substring(0, 8));

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
        return bulk.give(officer, name, new ByteArrayInputStream(file), List.of(), csv);
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
}
