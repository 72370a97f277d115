package jp.kiban.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import jp.kiban.address.AddressDictionary;
import jp.kiban.address.Town;
import jp.kiban.authority.Authorities;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// What editions of the address dictionary brought, told once, in order, and asked for as of a day.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TownFeedTests {
    private static final String HEADER = "lg_code,machiaza_id,machiaza_type,pref,city,oaza_cho,oaza_cho_kana,chome,chome_kana,koaza,koaza_kana,machiaza_dist,rsdt_addr_flg,koaza_aka_code,ablt_date,post_code,lat,lng\n";
    private static final String CITIES = """
            lg_code,pref,pref_kana,county,city,city_kana,ward,ward_kana
            240001,三重県,ミエケン,,,,,
            242012,三重県,ミエケン,,津市,ツシ,,
            """;

    @TempDir
    static Path data;
    static Hand hand;
    static Addresses addresses;
    static AddressEditions editions;
    static DictionaryReleases releases;
    static TownFeed feed;

    private static String town(String id, String name, String kana, String code, String point) {
        return "242012," + id + ",1,三重県,津市," + name + "," + kana + ",,,,,,1,0,," + code + "," + point + "\n";
    }

    private static AddressDictionary.Build dictionary(Path to, String... towns) throws IOException {
        Files.createDirectories(to.getParent());
        var sources = List.of(Files.writeString(data.resolve("cities.csv"), CITIES), Files.writeString(data.resolve(
                "towns.csv"), HEADER + String.join("", towns)));
        return AddressDictionary.build(sources, to, step -> {
        });
    }

    @BeforeAll
    static void start() throws IOException {
        hand = new Hand(data);
        var own = data.resolve("own.dict");
        dictionary(own, town("0117000", "西丸之内", "ニシマルノウチ", "5148611", "34.718,136.505"),
                town("0118000", "丸之内", "マルノウチ", "5140033", "34.719,136.506"),
                town("0119000", "本町", "ホンマチ", "5140038", "34.720,136.507"),
                town("0120000", "大門", "ダイモン", "5140027", "34.721,136.508"));
        addresses = new Addresses(new Authorities(), own.toString());
        releases = new DictionaryReleases(hand.store(), hand.events(), hand.clock);
        editions = new AddressEditions(addresses, releases, new DictionaryFolder(data, new GivenFiles(data)),
                hand.clock);
        feed = new TownFeed(addresses, editions, hand.store(), hand.clock);
    }

    @AfterAll
    static void stop() { hand.close(); }

    private static List<ChangeFeed.Change> after(BaseRegistry registry, long cursor) {
        return ChangeFeed.behind(hand.store(), registry, cursor, 1_000);
    }

    private static long newest(BaseRegistry registry) { return after(registry, 0).getLast().cursor(); }

    /// Built and approved; the worker that would do so is tested elsewhere.
    private static void takes(int release, String effective, String... towns) throws IOException {
        var file = new DictionaryFolder(data, new GivenFiles(data)).dictionary(release);
        var built = dictionary(file, towns);
        hand.clock.set(effective);
        hand.store().run(Loadings.KEEPER, jdbc -> {
            int id = jdbc.sql("""
                    insert into registry.dictionary_release (stage, creator, begun_at, built_at, version, towns)
                    values ('BUILT', 'tanto', ?, ?, ?, ?) returning id
                    """).params(moment(effective), moment(effective), built.version(), built.towns())
                    .query(Integer.class)
                    .single();
            assertThat(id).isEqualTo(release);
            jdbc.sql("""
                    insert into registry.dictionary_order (release, stage, proposer, proposed_at, decider, decided_at, effective_at)
                    values (?, 'APPROVED', 'tanto', ?, 'shonin', ?, ?)
                    """).params(release, moment(effective), moment(effective), moment(effective)).update();
        });
        addresses.take(release, file);
    }

    private static Timestamp moment(String instant) { return Timestamp.from(Instant.parse(instant)); }

    @Test
    @Order(1)
    void theFirstEditionIsOneChangeAndSaysThatItIsWhole() {
        assertThat(feed.tell()).isTrue();
        assertThat(feed.tell()).as("told once").isFalse();
        assertThat(new TownFeed(addresses, editions, hand.store(), hand.clock).tell()).as("by whichever house")
                .isFalse();
        for (var registry : List.of(BaseRegistry.ADDRESSES, BaseRegistry.POSTAL_CODES)) {
            var told = after(registry, 0);
            assertThat(told).hasSize(1);
            assertThat(told.getFirst().what()).isEqualTo("WHOLE");
            assertThat(told.getFirst().detail()).isEqualTo(addresses.version());
            assertThat(told.getFirst().item()).isEmpty();
        }
    }

    @Test
    @Order(2)
    void eachTownAndCodeThatAReleaseChangedIsToldOnceInOrder() throws IOException {
        long townsBefore = newest(BaseRegistry.ADDRESSES);
        long codesBefore = newest(BaseRegistry.POSTAL_CODES);
        takes(1, "2026-11-10T15:00:00Z", town("0117000", "西丸之内", "ニシマルノウチ", "5148611", "34.71805,136.505"),
                town("0118000", "丸の内", "マルノウチ", "5140033", "34.729,136.506"),
                town("0119000", "本町", "ホンチョウ", "5140038", "34.720,136.507"),
                town("0121000", "栄町", "サカエマチ", "5140004", "34.722,136.509"));
        assertThat(feed.tell()).isTrue();
        var towns = after(BaseRegistry.ADDRESSES, townsBefore);
        assertThat(towns).extracting(c -> c.item() + " " + c.what() + " " + c.detail()).containsExactly(
                "242012-0118000 CHANGED RENAMED", "242012-0118000 CHANGED MOVED", "242012-0119000 CHANGED DETAILS",
                "242012-0121000 ADDED ", "242012-0120000 GONE ", " EDITION " + addresses.version());
        assertThat(towns).as("the release that brought it").allMatch(c -> c.loading() == 1);
        var codes = after(BaseRegistry.POSTAL_CODES, codesBefore);
        assertThat(codes).extracting(c -> c.item() + " " + c.what() + " " + c.detail()).containsExactly(
                "5140004 ADDED ", "5140027 GONE ", "5140033 CHANGED TOWNS", " EDITION " + addresses.version());
        assertThat(after(BaseRegistry.ADDRESSES, newest(BaseRegistry.ADDRESSES))).as("nothing behind the cursor")
                .isEmpty();
        assertThat(feed.of(BaseRegistry.ADDRESSES, "242012-0118000")).extracting(TownFeed.Change::detail)
                .containsExactly("MOVED", "RENAMED");
    }

    @Test
    @Order(3)
    void aDayHasTheEditionThatWasInForceThen() throws IOException {
        // in force from the 11th, 0:00 in Japan
        assertThat(editions.on(LocalDate.of(2026, 11, 10)).release()).isZero();
        assertThat(editions.on(LocalDate.of(2026, 11, 11)).release()).isEqualTo(1);
        var then = editions.on("2026-11-10").dictionary();
        assertThat(then.byId("242012", "0120000")).map(Town::name).contains("三重県津市大門");
        assertThat(then.byPostalCode("514-0027")).hasSize(1);
        assertThat(editions.on("").dictionary().byId("242012", "0120000")).isEmpty();
        assertThat(editions.last("242012", "0120000")).as("what it was").map(Town::name).contains("三重県津市大門");

        takes(2, "2026-12-01T00:00:00Z", town("0121000", "栄町", "サカエマチ", "5140004", "34.722,136.509"));
        assertThat(feed.tell()).isTrue();
        assertThat(editions.on("2026-11-30").release()).isEqualTo(1);
        assertThat(editions.on("2026-11-30").dictionary().byId("242012", "0118000")).map(Town::name).contains(
                "三重県津市丸の内");
        Files.delete(new DictionaryFolder(data, new GivenFiles(data)).dictionary(1));
        var fresh = new AddressEditions(addresses, releases, new DictionaryFolder(data, new GivenFiles(data)),
                hand.clock);
        var gone = catchThrowableOfType(BadInput.class, () -> fresh.on("2026-11-30"));
        assertThat(gone.findings().getFirst().message().en()).contains("release 1", "0, 2");
        assertThat(catchThrowableOfType(BadInput.class, () -> fresh.on("tomorrow")).findings()).hasSize(1);
    }

    @Test
    @Order(4)
    void whereTheFormerEditionIsGoneTheCopyIsToBeTakenAnew() throws IOException {
        Files.delete(new DictionaryFolder(data, new GivenFiles(data)).dictionary(2));
        long before = newest(BaseRegistry.ADDRESSES);
        takes(3, "2026-12-10T00:00:00Z", town("0122000", "中央", "チュウオウ", "5140005", "34.722,136.509"));
        // a house that was started again has no former edition open
        assertThat(new TownFeed(addresses,
                new AddressEditions(addresses, releases, new DictionaryFolder(data, new GivenFiles(data)),
                        hand.clock),
                hand.store(), hand.clock).tell()).isTrue();
        assertThat(after(BaseRegistry.ADDRESSES, before)).extracting(ChangeFeed.Change::what).containsExactly(
                "WHOLE");
    }

    @Test
    @Order(5)
    void everyFaultOfAQuestionIsToldAtOnce() {
        var api = new AddressApi(addresses, editions);
        assertThat(catchThrowableOfType(BadInput.class, () -> api.near("x", "999", "0", "2026")).findings()).extracting(
                Finding::where).containsExactly("lat", "lng", "limit", "on");
        assertThat(catchThrowableOfType(BadInput.class, () -> api.search(" ", "many", "-1")).findings()).hasSize(3);
        assertThat(catchThrowableOfType(BadInput.class, () -> api.postal("津", "yesterday")).findings()).hasSize(2);
        assertThat(catchThrowableOfType(BadInput.class, () -> api.match("津".repeat(401), "")).findings()).hasSize(1);
    }
}
