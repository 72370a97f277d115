package jp.kiban.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Role;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.PersonId;
import jp.kiban.store.Scope;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RealEstateTests {
    @TempDir
    static Path folder;
    static Hand hand;
    private static final String HEAD = "number,kind,lg_code,location,lot,house_number,room,valid_from,valid_until,machiaza_id";
    private static final Actor.Officer OFFICER = new Actor.Officer(AuthorityId.of("242012"), "shinsa", "審査", Set.of(
            Role.REVIEW));

    @BeforeAll
    static void start() { hand = new Hand(folder); }

    @AfterAll
    static void stop() { hand.close(); }

    private static Loading load(String name, String... rows) throws IOException {
        return hand.realEstateLoad.load(Files.writeString(folder.resolve(name), HEAD + "\n" + String.join("\n", rows)
                + "\n"), "operator:a");
    }

    private static AsOf asOf(String on, String known) { return new AsOf(LocalDate.parse(on), Instant.parse(known)); }

    @Test
    @Order(1)
    void allFaultsOfAFileAreToldAndTheRestIsLoaded() throws IOException {
        hand.clock.set("2026-11-02T00:00:00Z");
        var done = load("real-estate_20261101.csv", "2400000000011,land,242012,丸之内,12番3,,,2001-04-02,,0050000",
                "24000,castle,242013,,,,,2001-02-30,x,12", "2400000000012,house,242012,丸之内,１２番地３,12番3,,2003-09-01,,",
                "2400000000016,land,242012,丸之内,甲7番,,,1990-01-01,1989-01-01,",
                "2400000000011,land,242012,丸之内,12番3,,,2001-04-02,,0050000", "2400000000017,house,242012,丸之内");
        assertThat(List.of(done.lines(), done.added(), done.bad())).containsExactly(7L, 2L, 4L);
        assertThat(hand.loadings.faults(done.id(), 100)).extracting(f -> f.line() + ":" + f.column() + ":" + f.code())
                .containsExactly("3:1:property-number", "3:2:code", "3:3:lg-code", "3:4:empty", "3:5:empty", "3:8:day",
                        "3:9:day", "3:10:machiaza", "5:9:before", "6:1:double", "7:0:columns");
    }

    @Test
    @Order(2)
    void itIsFoundByNumberByIdAndByLotInAnyWriting() {
        var now = asOf("2026-11-02", "2026-11-03T00:00:00Z");
        assertThat(hand.realEstate.find(OFFICER, RealEstate.number("２４０００００００００１１").orElseThrow(), now)).isPresent();
        assertThat(RealEstate.number("2400000000011-000b")).contains("2400000000011");
        assertThat(RealEstate.part("2400000000011-000b")).contains("000B");
        assertThat(RealEstate.part("2400000000011-0000")).isEmpty();
        assertThat(RealEstate.number("240000000001")).isEmpty();
        for (var lot : List.of("12-3", "１２番地３", "12番3", "12の3", "12番地の3", "１２－３"))
            assertThat(hand.realEstate.onLot(OFFICER, "242012", "丸之内", lot, now).properties()).as(lot).extracting(
                    RealEstate.Property::number).containsExactly("2400000000011", "2400000000012");
        assertThat(hand.realEstate.onLot(OFFICER, "242012", "大門", "12-3", now).properties()).isEmpty();
        assertThat(hand.realEstate.onLot(OFFICER, "182010", "", "12-3", now).properties()).isEmpty();
        var lot = hand.realEstate.history(OFFICER, "2400000000011").getFirst();
        assertThat(lot.prcId()).isEqualTo("000120000300000");
        assertThat(lot.id()).isEqualTo("2400000000011-0000");
        assertThat(RealEstate.prcId("甲7")).isEmpty();
    }

    @Test
    @Order(3)
    void aLaterFilePutsRightAndTheDayBeforeStillKnowsTheOld() throws IOException {
        hand.clock.set("2026-11-05T00:00:00Z");
        var done = load("real-estate_20261105.csv", "2400000000011,land,242012,丸之内,12番5,,,2001-04-02,,0050000",
                "2400000000012,house,242012,丸之内,12番地3,12番3の2,,2020-01-01,,",
                "2400000000012,house,242012,丸之内,１２番地３,12番3,,2003-09-01,,");
        assertThat(List.of(done.added(), done.changed(), done.same())).containsExactly(0L, 2L, 1L);
        assertThat(hand.realEstate.find(OFFICER, "2400000000011", asOf("2026-11-02", "2026-11-03T00:00:00Z"))
                .orElseThrow().lot()).isEqualTo("12番3");
        assertThat(hand.realEstate.find(OFFICER, "2400000000011", asOf("2026-11-02", "2026-11-06T00:00:00Z"))
                .orElseThrow().lot()).isEqualTo("12番5");
        assertThat(hand.realEstate.find(OFFICER, "2400000000012", asOf("2019-12-31", "2026-11-06T00:00:00Z"))
                .orElseThrow().houseNumber()).isEqualTo("12番3");
        assertThat(hand.realEstate.find(OFFICER, "2400000000012", asOf("2003-08-31", "2026-11-06T00:00:00Z")))
                .isEmpty();
        assertThatThrownBy(() -> load("real-estate_20261104.csv")).isInstanceOf(BadInput.class).hasMessageContaining(
                "not newer");
    }

    @Test
    @Order(4)
    void anotherFileAndAnotherReaderAreRefused() throws IOException {
        var other = Files.writeString(folder.resolve("real-estate_20261201.csv"), "owner,name\n1,2\n");
        assertThatThrownBy(() -> hand.realEstateLoad.look(SourceFile.look(other))).isInstanceOf(BadInput.class)
                .hasMessageContaining("owner,name");
        for (var scope : List.of(Scope.nation(), Scope.resident(AuthorityId.of("242012"), PersonId.of("1")))) {
            long seen = hand.store().in(scope, jdbc -> jdbc.sql("select count(*) from registry.property").query(
                    Long.class).single());
            assertThat(seen).as("only officers: " + scope).isZero();
        }
    }

    @Test
    @Order(5)
    void allUnitsOfALargeHouseAreFoundAndWhatIsBeyondIsSaid() throws IOException {
        hand.clock.set("2026-11-09T00:00:00Z");
        var units = IntStream.range(0, 300).mapToObj(i -> "%013d,unit,242012,大門,77番,77番の%d,%d号室,2020-01-01,,"
                .formatted(2_400_000_100_000L + i, i + 1, i)).toArray(String[]::new);
        assertThat(load("real-estate_20261107.csv", units).added()).isEqualTo(300);
        var now = asOf("2026-11-09", "2026-11-10T00:00:00Z");
        var realEstate = new RealEstate(hand.store(), 300);
        var found = realEstate.onLot(OFFICER, "242012", "大門", "７７番", now);
        assertThat(found.properties()).hasSize(300).isSortedAccordingTo(java.util.Comparator.comparing(
                RealEstate.Property::number));
        assertThat(found.more()).isFalse();
        load("real-estate_20261108.csv", "2400000200000,unit,242012,大門,77番,77番の9999,9999号室,2020-01-01,,");
        assertThat(realEstate.onLot(OFFICER, "242012", "大門", "77", now).more()).isTrue();
        assertThat(hand.realEstate.onLot(OFFICER, "242012", "大門", "77", now)).satisfies(all -> {
            assertThat(all.properties()).hasSize(301);
            assertThat(all.more()).isFalse();
        });
    }
}
