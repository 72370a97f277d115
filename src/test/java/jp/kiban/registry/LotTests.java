package jp.kiban.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import jp.kiban.kernel.BadInput;
import jp.kiban.store.Scope;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LotTests {
    @TempDir
    static Path folder;
    static Hand hand;
    private static final String HEAD = "lg_code,machiaza_id,prc_id,city,ward,oaza_cho,chome,koaza,machiaza_dist,prc_num1,prc_num2,prc_num3,rsdt_addr_flg,prc_rec_flg,prc_area_code,efct_date,ablt_date,src_code,remarks,real_prop_num";
    private static final String TRIAL = "lg_code,town_id,parcel_id,city_name,oaza_town_name,chome_name,koaza_name,parcel_num1,parcel_num2,parcel_num3,rsdt_addr_flg,efct_date,ablt_date,real_prop_num";
    private static final Lots.LotId FIRST = new Lots.LotId("242012", "0001000", "000120000300000");

    @BeforeAll
    static void start() { hand = new Hand(folder); }

    @AfterAll
    static void stop() { hand.close(); }

    private static Loading load(String name, String head, String... rows) throws IOException {
        return hand.lotLoad.load(Files.writeString(folder.resolve(name), head + "\n" + String.join("\n", rows) + "\n"),
                "operator:a");
    }

    private static String row(String prc, String one, String two, String more) {
        return "242012,0001000," + prc + ",津市,,丸之内,,,," + one + "," + two + ",,1,1,,2001-04-02," + more;
    }

    private static AsOf asOf(String on, String known) { return new AsOf(LocalDate.parse(on), Instant.parse(known)); }

    private static AsOf now() { return asOf("2026-12-01", "2027-01-01T00:00:00Z"); }

    @Test
    @Order(1)
    void whatAFileIsFollowsFromItsName() {
        assertThat(hand.lotLoad.named("mt_parcel_city302015_20260806.csv.zip")).get().satisfies(c -> {
            assertThat(c.registry()).isEqualTo(BaseRegistry.LOTS);
            assertThat(List.of(c.kind(), c.scope(), c.edition())).containsExactly(Loading.Kind.FULL, "lot/302015",
                    LocalDate.of(2026, 8, 6));
        });
        assertThat(hand.lotLoad.named("mt_parcel_pos_pref30_20260806.csv").orElseThrow().scope()).isEqualTo(
                "lot_position/30");
        assertThat(hand.lotLoad.named("mt_parcel_diff_city302015_20260807.csv").orElseThrow().kind()).isEqualTo(
                Loading.Kind.DIFFERENCE);
        assertThat(hand.lotLoad.named("mt_parcel_city302015.csv")).as("no day").isEmpty();
        assertThat(hand.lotLoad.named("00_zenkoku_all_20260130.zip")).isEmpty();
    }

    @Test
    @Order(2)
    void badRowsAreToldAndTheRestIsLoaded() throws IOException {
        hand.clock.set("2026-11-02T00:00:00Z");
        var done = load("mt_parcel_city242012_20261101.csv", HEAD, row("000120000300000", "12", "3", ",1,,"), row(
                "000120000400000", "12", "4", ",1,,"), "242013,12,,津市,,丸之内,,,,,,,1,1,,2001-02-30,,1,,123",
                row(
                        "000120000300000", "12", "3", ",1,,"),
                "242012,0001000", row("甲7", "甲7", "", ",1,,2400000000011"));
        assertThat(List.of(done.lines(), done.added(), done.bad())).containsExactly(7L, 3L, 3L);
        assertThat(hand.loadings.faults(done.id(), 100)).extracting(f -> f.line() + ":" + f.code()).containsExactly(
                "4:lg-code", "4:machiaza", "4:empty", "4:empty", "4:day", "4:property-number", "5:double", "6:columns");
        var lot = hand.lots.find(FIRST, now()).orElseThrow();
        assertThat(lot.town() + lot.lot()).isEqualTo("丸之内12番3");
        assertThat(lot.provenance().line()).isEqualTo(2);
        assertThat(hand.lots.numbered("2400000000011", now()).lots()).extracting(Lots.Lot::lot).containsExactly("甲7番");
        assertThat(changes()).as("the first filling is one change").isEqualTo(1);
    }

    private static long changes() {
        return hand.store().in(Scope.nation(), jdbc -> jdbc.sql(
                "select count(*) from registry.change where registry = 'lots'").query(Long.class).single());
    }

    @Test
    @Order(3)
    void aLotIsFoundHoweverItIsWritten() {
        for (var typed : List.of("12-3", "１２番地３", "12番3", "12の3", "１２－３"))
            assertThat(hand.lots.onLot("242012", "丸の内", typed, now()).lots()).as(typed).extracting(Lots.Lot::id)
                    .containsExactly(FIRST);
        assertThat(hand.lots.onLot("242012", "", "12", now()).lots()).as("with its parts").hasSize(2);
        assertThat(hand.lots.onLot("242012", "大門", "12-3", now()).lots()).isEmpty();
        assertThat(hand.lots.inTown("242012", "0001000", "12番地4", now()).lots()).hasSize(1);
        assertThat(hand.lots.ofTown("242012", "0001000", now()).lots()).hasSize(3);
    }

    @Test
    @Order(4)
    void positionsComeFromAFileOfTheirOwn() throws IOException {
        var done = load("mt_parcel_pos_city242012_20261101.csv", "lg_code,machiaza_id,prc_id,rep_lon,rep_lat,rep_srid",
                "242012,0001000,000120000300000,136.5,34.7,EPSG:6668",
                "242012,0001000,000120000400000,236,34.7,EPSG:4612");
        assertThat(List.of(done.added(), done.bad())).containsExactly(1L, 1L);
        var position = hand.lots.find(FIRST, now()).orElseThrow().position().orElseThrow();
        assertThat(List.of(position.latitude(), position.longitude())).containsExactly(34.7, 136.5);
        assertThat(position.srid()).isEqualTo("EPSG:6668");
    }

    @Test
    @Order(5)
    void aLaterFileKeepsWhatWasBeforeAndEndsWhatItLacks() throws IOException {
        hand.clock.set("2026-12-02T00:00:00Z");
        var done = load("mt_parcel_city242012_20261201.csv", HEAD, row("000120000300000", "12", "3", ",2,,"), row(
                "000120000500000", "12", "5", ",1,,"), row("甲7", "甲7", "", ",1,,2400000000011"));
        assertThat(List.of(done.added(), done.changed(), done.same(), done.gone())).containsExactly(1L, 1L, 1L, 1L);
        var gone = new Lots.LotId("242012", "0001000", "000120000400000");
        assertThat(hand.lots.find(gone, asOf("2026-12-01", "2027-01-01T00:00:00Z"))).isEmpty();
        assertThat(hand.lots.find(gone, asOf("2026-11-30", "2027-01-01T00:00:00Z"))).isPresent();
        assertThat(hand.lots.find(gone, asOf("2026-12-01", "2026-12-01T00:00:00Z"))).as("as it was known").isPresent();
        assertThat(hand.lots.history(FIRST)).hasSize(2);
        assertThat(changes()).isEqualTo(1 + 1 + 3 + 1);
        assertThatThrownBy(() -> load("mt_parcel_city242012_20261115.csv", HEAD, row("1", "1", "", ",1,,")))
                .isInstanceOf(BadInput.class).hasMessageContaining("2026-12-01");
    }

    @Test
    @Order(6)
    void aDifferenceEndsNothingByItsSilenceAndNamesOfTheTrialReleaseAreRead() throws IOException {
        hand.clock.set("2026-12-10T00:00:00Z");
        var done = load("mt_parcel_diff_city242012_20261209.csv", TRIAL,
                "242012,0001000,000120000500000,津市,丸之内,,,12,5,,1,2001-04-02,2026-12-05,",
                "242012,0001000,000120000600000,津市,丸之内,,,12,6,,1,2026-12-05,,");
        assertThat(List.of(done.added(), done.changed(), done.gone())).containsExactly(1L, 1L, 0L);
        assertThat(hand.lots.onLot("242012", "", "12", asOf("2026-12-08", "2027-01-01T00:00:00Z")).lots()).extracting(
                Lots.Lot::lot).containsExactly("12番3", "12番6");
        assertThatThrownBy(() -> load("mt_parcel_diff_city302015_20261209.csv", TRIAL)).isInstanceOf(BadInput.class);
        assertThatThrownBy(() -> load("mt_parcel_city302015_20261209.csv", "number,kind")).isInstanceOf(BadInput.class)
                .hasMessageContaining("prc_num1");
    }

    @Test
    @Order(7)
    void onlyTheKeeperWrites() {
        assertThatThrownBy(() -> hand.store().run(Scope.of(jp.kiban.kernel.AuthorityId.of("242012")), jdbc -> jdbc.sql(
                "insert into registry.lot_position values ('242012', '0001000', 'x', 1, 1, '', 1, 1, 1, null)")
                .update()))
                .hasStackTraceContaining("row-level security");
    }

    @Test
    @Order(8)
    void interruptedItGoesOnWhereItStood() throws IOException {
        var lines = new ArrayList<String>();
        for (int i = 1; i <= 45_000; i++)
            lines.add("302023,0001000,%05d0000000000,海南市,,葵町,,,,%d,,,1,1,,1947-04-17,,1,,".formatted(i, i));
        var path = Files.writeString(folder.resolve("mt_parcel_city302023_20260806.csv"),
                HEAD + "\n" + String.join("\n",
                        lines) + "\n");
        var file = SourceFile.look(path);
        int id = hand.loadings.keep(hand.lotLoad.named(file.name()).orElseThrow(), file, 0, 0, "operator:a",
                "operator:a").id();
        assertThatThrownBy(() -> hand.lotLoad.run(id, file, now -> {
            if (now.line() >= 20_000)
                throw new IllegalStateException("killed");
        })).hasMessage("killed");
        var done = hand.lotLoad.run(id, file, now -> {
        });
        assertThat(List.of(done.lines(), done.added(), done.same())).containsExactly(45_001L, 45_000L, 0L);
        long[] open = new long[1];
        hand.lots.each("302023", lot -> open[0]++);
        assertThat(open[0]).isEqualTo(45_000);
    }

    /// Whole files as published in 2026: 451,937 lots of two municipalities, each found again however it is written.
    @Test
    @Order(9)
    void theFilesOfTheRegistryAreTakenAsTheyAreAndEveryLotIsFoundInEveryNotation() throws IOException {
        var samples = Path.of(System.getProperty("kiban.shared", "../shared")).resolve("data/abr-samples");
        if (!Files.isDirectory(samples)) {
            System.out.println("no sample files of the address base registry: not tried");
            return;
        }
        hand.clock.set("2026-12-20T00:00:00Z");
        taken(samples, "465054", 84_418, 83_514);
        taken(samples, "302015", 367_519, 117_836);
        assertThat(hand.lots.onLot("465054", "吉田", "542-6", now()).lots()).hasSize(1).allSatisfy(l -> assertThat(l
                .position()).isPresent());
    }

    private static void taken(Path samples, String city, long lots, long points) {
        long start = System.nanoTime();
        var rows = hand.lotLoad.load(samples.resolve("mt_parcel_city_mt_parcel_city" + city + ".csv.zip"),
                "operator:a");
        long then = System.nanoTime();
        var places = hand.lotLoad.load(samples.resolve("mt_parcel_pos_city_mt_parcel_pos_city" + city + ".csv.zip"),
                "operator:a");
        long end = System.nanoTime();
        assertThat(List.of(rows.added(), rows.bad(), places.added(), places.bad())).containsExactly(lots, 0L, points,
                0L);
        assertThat(rows.edition()).as("the day that the zip was made on").isEqualTo(LocalDate.of(2026, 8, 6));
        var wrong = new ArrayList<String>();
        long[] counts = new long[3];
        var asked = new ArrayList<Lots.Open>();
        hand.lots.each(city, lot -> {
            for (var written : notations(lot.lot())) {
                counts[1]++;
                if (!RealEstate.lotKey(written).equals(RealEstate.lotKey(lot.lot())))
                    wrong.add(lot.lot() + " as " + written);
            }
            if (counts[0]++ % 400 == 0)
                asked.add(lot);
        });
        for (var lot : asked)
            for (var written : notations(lot.lot())) {
                counts[2]++;
                if (hand.lots.inTown(lot.id().lgCode(), lot.id().machiazaId(), written, now()).lots().stream()
                        .noneMatch(
                                l -> l.id().equals(lot.id())))
                    wrong.add(lot.id() + " " + written);
            }
        System.out.printf(
                "%s: %,d lots at %,d rows/s, %,d positions at %,d rows/s, no bad row; %,d notations of %,d lots, %,d asked for, %d wrong%n",
                city, rows.added(), rows.added() * 1_000_000_000 / (then - start), places.added(),
                places.added() * 1_000_000_000 / (end - then), counts[1], counts[0], counts[2], wrong.size());
        assertThat(wrong).isEmpty();
        assertThat(counts[0]).isEqualTo(lots);
    }

    /// `103番3の1` in the ways in which people write it.
    private static List<String> notations(String lot) {
        var wide = new StringBuilder();
        lot.chars().forEach(c -> wide.append((char) (c >= '0' && c <= '9' ? c - '0' + '０' : c)));
        String dashed = lot.replaceFirst("番$", "").replaceFirst("番", "-").replace("の", "-");
        return List.of(lot, lot.replaceFirst("番", "番地"), wide.toString(), dashed, dashed.replace('-', '－'),
                dashed.replace('-', '−'));
    }
}
