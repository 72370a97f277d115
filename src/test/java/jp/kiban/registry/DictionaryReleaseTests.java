package jp.kiban.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import jp.kiban.address.AddressDictionary;
import jp.kiban.address.DictionaryBuild;
import jp.kiban.address.Refusal;
import jp.kiban.authority.Authorities;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Conflict;
import jp.kiban.kernel.Text;
import jp.kiban.registry.DictionaryRelease.OrderStage;
import jp.kiban.registry.DictionaryRelease.Stage;
import jp.kiban.store.Scope;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/// A dictionary on its way from official files into use: built by a process, read, approved by another, in force at once or from a day,
/// and back; stopped and begun again in between.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DictionaryReleaseTests {
    private static final String HEADER = "lg_code,machiaza_id,machiaza_type,pref,city,oaza_cho,oaza_cho_kana,chome,chome_kana,koaza,koaza_kana,machiaza_dist,rsdt_addr_flg,koaza_aka_code,ablt_date,post_code,lat,lng\n";
    private static final String CITIES = """
            lg_code,pref,pref_kana,county,city,city_kana,ward,ward_kana
            240001,三重県,ミエケン,,,,,
            242012,三重県,ミエケン,,津市,ツシ,,
            """;
    private static final Scope TSU = Scope.of(AuthorityId.of("242012"));

    @TempDir
    static Path data;
    static Hand hand;
    static Addresses addresses;
    static DictionaryReleases releases;
    static DictionaryFolder folder;
    static DictionaryWorker worker;

    /// The town hall's records: two applications in the town that gets another id, one whose id is of another version.
    private static final class Holder implements AddressHolder {
        static String version = "";

        @Override
        public String code() { return "submissions"; }

        @Override
        public Text title() { return Text.same("申請"); }

        @Override
        public Page held(AuthorityId authority, String after, int limit) {
            if (!authority.code().equals("242012"))
                return new Page(List.of(), "");
            return after.isEmpty()
                    ? new Page(List.of(new Held("A1", "242012", "0117000", version, 1),
                            new Held("A2", "242012", "0118000",
                                    version, 1)),
                            "A2")
                    : new Page(
                            List.of(new Held("A3", "242012", "0117000", "older", 1), new Held("A4", "242012", "0119000",
                                    version, 1)),
                            "");
        }
    }

    private static String town(String id, String name, String point) {
        return "242012," + id + ",1,三重県,津市," + name + ",カナ,,,,,,1,0,,5148611," + point + "\n";
    }

    private static Path file(String name, String text) throws IOException {
        return Files.writeString(data.resolve(name), text);
    }

    @BeforeAll
    static void start() throws IOException {
        hand = new Hand(data);
        var own = data.resolve("own.dict");
        AddressDictionary.build(List.of(file("cities.csv", CITIES), file("towns.csv", HEADER
                + town("0117000", "西丸之内", "34.718,136.505") + town("0118000", "丸之内", "34.719,136.506")
                + town("0119000", "本町", "34.720,136.507"))), own, step -> {
                });
        addresses = new Addresses(new Authorities(), own.toString());
        Holder.version = addresses.version();
        folder = new DictionaryFolder(data, new GivenFiles(data));
        releases = new DictionaryReleases(hand.storeOfMany(), hand.events(), hand.clock);
        worker = worker();
        worker.start();
    }

    private static DictionaryWorker worker() {
        var holders = new StaticListableBeanFactory();
        holders.addBean("holder", new Holder());
        var impact = new DictionaryImpact(holders.getBeanProvider(AddressHolder.class), new Authorities(), releases);
        var seats = new LoadingWorker(hand.loadings, List.of(), new Places(hand.storeOfMany()),
                new CorporationKeys(hand.storeOfMany()), addresses, new GivenFiles(data));
        return new DictionaryWorker(releases, folder, impact, addresses, seats, hand.clock, 256);
    }

    @AfterAll
    static void stop() {
        worker.stop();
        hand.close();
    }

    private static void give(int release, String name, byte[] content) {
        try {
            var file = Files.write(data.resolve("given-" + name), content);
            String sha = DictionaryBuild.sha256(file);
            releases.add(release, name, true, content.length, sha, 1 << 30);
            var to = folder.uploaded(release, sha, name);
            Files.createDirectories(to.getParent());
            Files.copy(file, to, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void give(int release, String name, String text) {
        give(release, name, text.getBytes(StandardCharsets.UTF_8));
    }

    private static DictionaryRelease built(int release) {
        releases.build(release);
        worker.wake();
        return until(release);
    }

    private static DictionaryRelease until(int release) {
        for (int i = 0; i < 300 && releases.get(release).stage() == Stage.BUILDING; i++)
            pause(100);
        return releases.get(release);
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    @Test
    @Order(1)
    void whatIsWrongWithAFileIsToldAndNothingIsBuilt() throws IOException {
        int release = releases.begin("tanto", "わるいもの");
        assertThatThrownBy(() -> releases.build(release)).isInstanceOf(BadInput.class);
        give(release, "hello.csv", "これは,表では,ない\n1,2,3\n");
        give(release, "cut.zip", new byte[]{'P', 'K', 3, 4, 20, 0, 0});
        var zeros = data.resolve("zeros.zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(zeros))) {
            zip.putNextEntry(new ZipEntry("towns.csv"));
            zip.write((HEADER + town("0117000", "西丸之内", "34.718,136.505")).getBytes(StandardCharsets.UTF_8));
            byte[] line = ("0".repeat(1023) + "\n").getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 100 << 10; i++)
                zip.write(line);
        }
        give(release, "zeros.zip", Files.readAllBytes(zeros));
        var line = data.resolve("line.zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(line))) {
            zip.putNextEntry(new ZipEntry("towns.csv"));
            zip.write(HEADER.getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 2 << 10; i++)
                zip.write("x".repeat(1024).getBytes(StandardCharsets.UTF_8));
        }
        give(release, "line.zip", Files.readAllBytes(line));
        var refused = built(release);
        assertThat(refused.stage()).isEqualTo(Stage.COLLECTING);
        assertThat(refused.said()).extracting(r -> r.why() + " " + r.values().getFirst()).containsExactly(
                "UNKNOWN hello.csv", "NO_TABLE cut.zip", "BOMB zeros.zip", "LONG_LINE line.zip");
        anInterruptedBuildIsTriedAgainOnceAndThenWaitsForSomebody(release);
        releases.discard(release);
        assertThat(addresses.release()).isZero();
    }

    private static void anInterruptedBuildIsTriedAgainOnceAndThenWaitsForSomebody(int release) throws IOException {
        worker.stop();
        releases.build(release);
        assertThat(releases.begun(release)).isEqualTo(1);
        assertThat(releases.get(release).again()).isFalse();
        assertThat(releases.begun(release)).isEqualTo(2);
        assertThat(releases.get(release).again()).as("the page says that it begins anew").isTrue();
        releases.paused(release);
        assertThat(releases.begun(release)).as("a house that closes as it should is no failed try").isEqualTo(2);
        Files.writeString(folder.of(release).resolve("addresses1.part"), "left behind");
        Files.writeString(folder.dictionary(release), "half of one");
        worker = worker();
        worker.start();
        var cut = until(release);
        assertThat(cut.stage()).isEqualTo(Stage.COLLECTING);
        assertThat(cut.said()).extracting(Refusal::why).containsExactly(Refusal.Why.INTERRUPTED);
        assertThat(folder.file(release, "addresses1.part")).isEmpty();
        assertThat(folder.dictionary(release)).doesNotExist();
        assertThat(releases.sources(release)).as("its files are still there").hasSize(4);
        releases.build(release);
        assertThat(releases.get(release).tries()).as("one press, and it begins again").isLessThan(2);
        worker.wake();
        assertThat(until(release).said()).hasSize(4);
    }

    @Test
    @Order(2)
    void aReleaseIsBuiltByAProcessOfItsOwnAndSaysWhatWouldChange() {
        int release = releases.begin("tanto", "十月");
        give(release, "cities.csv", CITIES);
        give(release, "towns.csv", HEADER + town("0217000", "西丸之内", "34.718,136.505")
                + town("0118000", "丸之内", "34.729,136.506") + town("0119000", "本町", "34.720,136.507")
                + town("0119000x", "", ""));
        give(release, "towns.csv", HEADER + town("0217000", "西丸之内", "34.718,136.505")
                + town("0118000", "丸之内", "34.729,136.506") + town("0119000", "本町", "34.720,136.507")
                + town("0119000x", "", ""));
        assertThat(releases.sources(release)).as("one file once").hasSize(2);
        var made = built(release);
        assertThat(made.said()).isEmpty();
        var b = made.built().orElseThrow();
        assertThat(b.before()).isEqualTo(addresses.version());
        assertThat(List.of(b.towns(), b.appeared(), b.gone(), b.renamed(), b.moved())).containsExactly(3L, 1L, 1L, 0L,
                1L);
        assertThat(b.defects()).isEqualTo(1);
        assertThat(releases.defects(release)).extracting(d -> d.kind() + " " + d.leftOut() + " " + d.rows())
                .containsExactly("BAD_ROW true 1");
        assertThat(releases.rows(release)).as("compared with what was not made here").isEmpty();
        assertThat(releases.sources(release)).extracting(DictionaryRelease.Source::kinds).containsExactly(
                "municipalities",
                "towns");
        assertThat(releases.sources(release)).extracting(DictionaryRelease.Source::rows).containsExactly(2L, 4L);
        // numbers for the keeper, records for the town hall alone
        assertThat(releases.touches(release)).extracting(t -> t.authority() + " " + t.what() + " " + t.records())
                .containsExactly("242012 GONE 2", "242012 MOVED 1", "242012 OTHER_VERSION 1");
        assertThat(releases.touched(release, TSU, 0, 10)).extracting(t -> t.item() + " " + t.what() + " " + t.metres())
                .containsExactlyInAnyOrder("A1 GONE 0", "A3 GONE 0", "A2 MOVED 1112");
        assertThat(releases.touched(release, Loadings.KEEPER, 0, 10)).isEmpty();
        assertThat(releases.touched(release, Scope.of(AuthorityId.of("131016")), 0, 10)).isEmpty();
        assertThat(releases.touches(release, Scope.of(AuthorityId.of("131016")))).isEmpty();
        assertThat(releases.touches(release, TSU)).hasSize(3);
    }

    private static int newest() { return releases.all().getFirst().id(); }

    @Test
    @Order(3)
    void twoPeopleTakeItIntoUseAndNoRunningMatchNotices() throws InterruptedException {
        int release = newest();
        String before = addresses.version();
        int order = releases.propose(release, "tanto", Optional.empty());
        assertThatThrownBy(() -> releases.propose(release, "tanto", Optional.empty())).isInstanceOf(Conflict.class);
        assertThatThrownBy(() -> releases.approve(order, "tanto", before)).isInstanceOf(BadInput.class);
        assertThatThrownBy(() -> releases.sendBack(order, "shonin", " ")).isInstanceOf(BadInput.class);
        assertThatThrownBy(() -> releases.reopen(release)).isInstanceOf(Conflict.class);
        assertThatThrownBy(() -> releases.discard(release)).isInstanceOf(Conflict.class);
        releases.sendBack(order, "shonin", "本町がない");
        assertThatThrownBy(() -> releases.approve(order, "shonin", before)).isInstanceOf(Conflict.class);
        int again = releases.propose(release, "tanto", Optional.empty());
        assertThatThrownBy(() -> releases.approve(again, "shonin", "another"))
                .as("compared with what is no longer in use")
                .isInstanceOf(Conflict.class).hasMessageContaining("changed since");
        var stop = new AtomicBoolean();
        var matched = new AtomicLong();
        var trouble = new java.util.concurrent.ConcurrentLinkedQueue<Throwable>();
        var runs = java.util.stream.IntStream.range(0, 3).mapToObj(i -> Thread.ofPlatform().start(() -> {
            try {
                var matcher = addresses.matcher();
                while (!stop.get()) {
                    // one run, one dictionary
                    if (!matcher.match("三重県津市西丸之内23-1").dataVersion().equals(before))
                        throw new AssertionError("another dictionary in the middle of a run");
                    addresses.match("津市丸之内1");
                    matched.incrementAndGet();
                }
            } catch (Throwable failed) {
                trouble.add(failed);
            }
        })).toList();
        releases.approve(again, "shonin", before);
        worker.takeEffect();
        assertThat(addresses.release()).isEqualTo(release);
        assertThat(addresses.version()).isEqualTo(releases.get(release).built().orElseThrow().version());
        assertThat(addresses.match("三重県津市西丸之内23-1").ids().machiazaId()).isEqualTo("0217000");
        long then = matched.get();
        for (int i = 0; i < 5; i++) {
            System.gc();
            pause(20);
        }
        while (matched.get() < then + 1_000)
            pause(5);
        stop.set(true);
        for (var run : runs)
            run.join();
        assertThat(trouble).isEmpty();
        assertThat(folder.file(release, "sources")).isEmpty();
        assertThat(Files.exists(folder.of(release).resolve("sources"))).as("what it was made of is not needed any more")
                .isFalse();
    }

    @Test
    @Order(4)
    void aDayBeginsAndTheDictionaryOfThatDayIsInForce() {
        int former = newest();
        int release = releases.begin("tanto", "十一月");
        give(release, "cities.csv", CITIES);
        give(release, "towns.csv", HEADER + town("0217000", "西丸之内", "34.718,136.505")
                + town("0118000", "丸之内", "34.729,136.506"));
        assertThat(built(release).said()).isEmpty();
        assertThat(releases.rows(release)).extracting(k -> k.kind() + " " + k.before() + " " + k.after() + " " + k
                .fewer()).containsExactly("municipalities 2 2 false", "towns 4 2 true");
        assertThatThrownBy(() -> releases.propose(release, "tanto", Optional.of(LocalDate.of(2026, 10, 31))))
                .isInstanceOf(BadInput.class);
        int order = releases.propose(release, "tanto", Optional.of(LocalDate.of(2026, 11, 2)));
        releases.approve(order, "shonin", addresses.version());
        worker.takeEffect();
        assertThat(addresses.release()).isEqualTo(former);
        hand.clock.set("2026-11-01T14:59:59Z");
        worker.takeEffect();
        assertThat(addresses.release()).isEqualTo(former);
        hand.clock.set("2026-11-01T15:00:00Z"); // midnight of 2 November in Japan
        worker.takeEffect();
        assertThat(addresses.release()).isEqualTo(release);
        assertThatThrownBy(() -> releases.withdraw(order, "tanto")).isInstanceOf(Conflict.class);
    }

    @Test
    @Order(5)
    void theWayBackIsTheSameRoadAndTheHistoryTellsAll() {
        int second = newest();
        int first = releases.orders().stream().map(DictionaryRelease.Order::release).filter(r -> r != second)
                .findFirst()
                .orElseThrow();
        int back = releases.propose(first, "shonin", Optional.empty());
        assertThatThrownBy(() -> releases.withdraw(back, "tanto")).isInstanceOf(Conflict.class);
        releases.approve(back, "tanto", addresses.version());
        worker.takeEffect();
        assertThat(addresses.release()).isEqualTo(first);
        int own = releases.propose(0, "tanto", Optional.empty());
        releases.approve(own, "shonin", addresses.version());
        hand.clock.set("2026-11-01T15:00:01Z");
        worker.takeEffect();
        assertThat(addresses.release()).isZero();
        assertThat(addresses.match("三重県津市西丸之内23-1").ids().machiazaId()).isEqualTo("0117000");
        assertThat(releases.orders())
                .extracting(o -> o.release() + " " + o.stage() + " " + o.proposer() + " " + o.decider())
                .containsExactly("0 APPROVED tanto shonin", first + " APPROVED shonin tanto", second
                        + " APPROVED tanto shonin", first + " APPROVED tanto shonin",
                        first + " SENT_BACK tanto shonin");
        int ahead = releases.propose(second, "tanto", Optional.of(LocalDate.of(2026, 12, 1)));
        releases.approve(ahead, "shonin", "");
        releases.withdraw(ahead, "tanto");
        assertThat(releases.order(ahead).stage()).isEqualTo(OrderStage.WITHDRAWN);
    }

    @Test
    @Order(6)
    void aBuildThatWasCutOffIsDoneAtTheNextStartAndOneCanBeStopped() throws IOException {
        worker.stop();
        int release = releases.begin("tanto", "途中");
        give(release, "cities.csv", CITIES);
        var many = new StringBuilder(HEADER);
        for (int i = 1; i < 60_000; i++)
            many.append(town("%07d".formatted(i), "町" + i, "34.7,136.5"));
        give(release, "towns.csv", many.toString());
        releases.build(release);
        Files.writeString(folder.of(release).resolve("addresses1.part"), "left behind");
        assertThat(releases.get(release).stage()).isEqualTo(Stage.BUILDING);
        worker = worker();
        worker.start();
        for (int i = 0; i < 600 && releases.get(release).done() == 0
                && releases.get(release).stage() == Stage.BUILDING; i++)
            pause(20);
        worker.stop();
        var cut = releases.get(release).stage();
        worker = worker();
        worker.start();
        assertThat(cut).isIn(Stage.BUILDING, Stage.BUILT);
        assertThat(until(release).built().orElseThrow().towns()).isEqualTo(59_999);
        assertThat(folder.file(release, "addresses1.part")).isEmpty();
        releases.reopen(release);
        releases.build(release);
        worker.wake();
        releases.cancel(release);
        assertThat(releases.get(release).stage()).isEqualTo(Stage.COLLECTING);
        pause(1_500);
        assertThat(releases.get(release).stage()).isEqualTo(Stage.COLLECTING);
        assertThatThrownBy(() -> {
            for (int i = 0; i < 4; i++)
                releases.begin("tanto", "もっと");
        }).isInstanceOf(Conflict.class);
    }
}
