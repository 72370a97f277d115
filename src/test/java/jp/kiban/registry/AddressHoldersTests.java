package jp.kiban.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jp.kiban.authority.Authorities;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.store.Scope;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The seats of corporations and the places of real estate, against a new dictionary: exactly the touched ones are counted, each for
/// the municipality that it lies in.
class AddressHoldersTests {
    /// Another id for a town of Tsu, a town of Chūō ward of Sapporo gone, one of Tsu that moved; the rest stays.
    private static final String[] CHANGES = {"GONE,011011,0001000,北,,", "GONE,242012,0117000,西丸之内,,",
            "MOVED,242012,0118000,丸之内,丸之内,1112", "APPEARED,242012,0217000,,西丸之内,"};

    @TempDir
    static Path folder;
    private static ReleaseImpact impact;
    private static AddressHolder seats;
    private static AddressHolder properties;

    @BeforeAll
    static void start() {
        impact = new ReleaseImpact(folder);
        seats = new AddressHolders().corporationSeats(impact.store(), new Authorities());
        properties = new AddressHolders().realEstatePlaces(impact.store(), new Authorities());
    }

    @AfterAll
    static void stop() { impact.close(); }

    private static void seat(long number, String lgCode, String town,
            String edition) { impact.store().run(Scope.of(BaseRegistry.KEEPER), jdbc -> jdbc.sql("""
                insert into registry.corporation_place (number, digest, lg_code, machiaza_id, level, edition) values (?, 0, ?, ?, 'TOWN', ?)
                """).params(number, lgCode, town, edition).update()); }

    @Test
    void seatsAreCountedByTownForTheirMunicipalityAndItsWards() throws IOException {
        seat(1, "242012", "0117000", ReleaseImpact.BEFORE);
        seat(2, "242012", "0117000", ReleaseImpact.BEFORE);
        seat(3, "242012", "0118000", ReleaseImpact.BEFORE);
        seat(4, "242012", "0119000", ReleaseImpact.BEFORE); // nothing happens there
        seat(5, "242012", "0217000", ReleaseImpact.BEFORE); // has the new id already
        seat(6, "242012", "", ReleaseImpact.BEFORE); // no town was found
        seat(7, "242012", "0117000", "version-of-last-year");
        seat(8, "011011", "0001000", ReleaseImpact.BEFORE);
        seat(9, "131016", "0117000", ReleaseImpact.BEFORE); // the same number of another municipality
        assertThat(impact.numbers(seats, CHANGES)).containsExactly("011002 corporations GONE 1",
                "242012 corporations GONE 3", "242012 corporations MOVED 1", "242012 corporations OTHER_VERSION 1");
        assertThat(impact.records("242012")).as("towns, no corporation").containsExactly("242012/0117000 3",
                "242012/0118000 1");
        assertThat(impact.records("011002")).containsExactly("011011/0001000 1");
        assertThat(impact.records("131016")).isEmpty();
        assertThat(impact.records("240001")).as("nor the prefecture").isEmpty();
    }

    @Test
    void aTownInSeveralEditionsIsNotTornApartByAPage() {
        for (int i = 0; i < 3; i++)
            seat(100 + i, "011029", "0002000", "edition-" + i);
        seat(110, "011029", "0003000", "edition-0");
        var sapporo = AuthorityId.of("011002");
        var all = seats.held(sapporo, "", 100).held().stream().filter(h -> h.lgCode().equals("011029")).toList();
        assertThat(all).hasSize(4);
        var paged = new java.util.ArrayList<AddressHolder.Held>();
        String after = "011011" + "9999999";
        do {
            var page = seats.held(sapporo, after, 4);
            paged.addAll(page.held());
            after = page.next();
        } while (!after.isEmpty());
        assertThat(paged).containsExactlyElementsOf(all);
        assertThat(seats.held(AuthorityId.of("010006"), "", 100).held()).as("Hokkaidō itself").isEmpty();
    }

    @Test
    void placesOfRealEstateAreCountedWhileTheyStand() throws IOException {
        impact.hand.clock.set("2026-11-02T00:00:00Z");
        load("real-estate_20261101.csv", "2400000000011,land,242012,西丸之内,1番,,,2001-04-02,,0117000",
                "2400000000012,house,242012,西丸之内,1番地,1番,,2003-09-01,,0117000",
                "2400000000013,land,242012,丸之内,2番,,,2001-04-02,,0118000",
                "2400000000014,land,242012,本町,3番,,,2001-04-02,,0119000",
                "2400000000015,land,242012,西丸之内,5番,,,2001-04-02,,0217000",
                "2400000000016,land,242012,西丸之内,6番,,,2001-04-02,2020-03-31,0117000",
                "2400000000017,land,242012,どこか,7番,,,2001-04-02,,");
        assertThat(impact.numbers(properties, CHANGES)).as("the closed one and the one without a town are not touched")
                .containsExactly("242012 real-estate GONE 2", "242012 real-estate MOVED 1");
        impact.hand.clock.set("2026-11-05T00:00:00Z");
        load("real-estate_20261105.csv", "2400000000012,house,242012,西丸之内,1番地,1番,,2003-09-01,,0217000");
        assertThat(impact.numbers(properties, CHANGES)).as("put right to the new id").containsExactly(
                "242012 real-estate GONE 1", "242012 real-estate MOVED 1");
        assertThat(impact.numbers(properties, "GONE,131016,0117000,丸の内,,")).isEmpty();
        assertThat(impact.records("242012")).isEmpty();
        assertThat(properties.held(AuthorityId.of("131016"), "", 10).held()).isEmpty();
        assertThat(List.of(properties.path("x"), seats.path("x"))).containsOnly("");
    }

    private static void load(String name, String... rows) throws IOException {
        var done = impact.hand.realEstateLoad.load(Files.writeString(folder.resolve(name),
                "number,kind,lg_code,location,lot,house_number,room,valid_from,valid_until,machiaza_id\n" + String.join(
                        "\n", rows) + "\n"),
                "operator:a");
        assertThat(impact.hand.loadings.faults(done.id(), 10)).isEmpty();
    }
}
