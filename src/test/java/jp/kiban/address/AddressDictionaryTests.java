package jp.kiban.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddressDictionaryTests {
    @TempDir
    Path folder;

    private AddressDictionary small() throws IOException {
        SmallCountry.build(folder, folder.resolve("small.dict"));
        return AddressDictionary.open(folder.resolve("small.dict"));
    }

    @Test
    void theSameSourcesGiveTheSameBytes() throws IOException {
        SmallCountry.build(folder, folder.resolve("one.dict"));
        SmallCountry.build(folder, folder.resolve("two.dict"));
        assertThat(Files.mismatch(folder.resolve("one.dict"), folder.resolve("two.dict"))).isEqualTo(-1);
    }

    @Test
    void defectsOfTheSourcesAreNamedWithTheirRow() throws IOException {
        var made = SmallCountry.build(folder, folder.resolve("small.dict"));
        assertThat(made.defects().defects())
                .extracting(d -> d.file() + ":" + d.row() + " " + d.kind())
                .containsExactlyInAnyOrder("old.csv:3 ORPHAN", "old.csv:4 ORPHAN", "old.csv:4 PLACEHOLDER_CHARACTER",
                        "old.csv:5 BAD_CODE", "towns.csv:27 ABOLISHED", "lot-points.csv:3 NO_PARENT");
    }

    @Test
    void theNewerReleaseGivesTheIdAndBothAreOrigins() throws IOException {
        try (var dictionary = small()) {
            var town = dictionary.byId("131016", "0056000").orElseThrow();
            assertThat(town.townName()).isEqualTo("紀尾井町");
            assertThat(town.origins()).containsExactly("old.csv", "towns.csv");
            assertThat(town.position()).hasValueSatisfying(p -> assertThat(p.latitude()).isEqualTo(35.680694));
            assertThat(dictionary.byId("131016", "0056999")).isEmpty();
        }
    }

    @Test
    void townsAreFoundByCodePostalCodePlaceAndBeginning() throws IOException {
        try (var dictionary = small()) {
            assertThat(dictionary.byPostalCode("102-0094")).extracting(Town::townName).containsExactly("紀尾井町");
            assertThat(dictionary.byPostalCode("１０１－００５１")).hasSize(2);
            assertThat(dictionary.byPostalCode("1000000")).extracting(Town::name).containsExactly("東京都千代田区");
            assertThat(dictionary.byPostalCode("999")).isEmpty();
            assertThat(dictionary.nearest(35.68, 139.73, 1)).extracting(n -> n.town().townName())
                    .containsExactly("紀尾井町");
            assertThat(dictionary.nearest(Double.NaN, 0, 5)).isEmpty();
            for (String typed : List.of("東京都千代田区神田", "千代田区神", "神田神", "カンダジン", "かんだじん", "ちよだくかんだ", "とうきょうとちよだく", "ｶﾝﾀﾞ"))
                assertThat(dictionary.search(typed, 5)).as(typed).extracting(Town::machiazaId).contains("0030001",
                        "0030002");
            assertThat(dictionary.search("府中市", 10)).extracting(Town::pref).contains("東京都", "広島県");
            assertThat(dictionary.search("", 10)).isEmpty();
        }
    }

    @Test
    void sourcesAreRecognisedByTheirHeaderHoweverTheyArePacked() throws IOException {
        var zip = folder.resolve("a.bin");
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("x/readme.txt"));
            out.putNextEntry(new ZipEntry("x/30.csv"));
            out.write("""
                    "都道府県コード","都道府県名","市区町村コード","市区町村名","大字町丁目コード","大字町丁目名","緯度","経度","原典資料コード","大字・字・丁目区分コード"
                    "30","和歌山県","30201","和歌山市","302010001000","北新１丁目","34.213480","135.163085","0","1"
                    """.getBytes(Charset.forName("windows-31j")));
        }
        var gzip = folder.resolve("b.bin");
        var packed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(packed)) {
            out.write("\uFEFFlg_code,pref,city,town,koaza,lat,lng\r\n131016,東京都,千代田区,一番町,,35.68,139.73\r\n"
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        Files.write(gzip, packed.toByteArray());
        var kenAll = Files.write(folder.resolve("c.bin"),
                "13101,\"102  \",\"1020082\",\"ﾄｳｷｮｳﾄ\",\"ﾁﾖﾀﾞｸ\",\"ｲﾁﾊﾞﾝﾁｮｳ\",\"東京都\",\"千代田区\",\"一番町\",0,0,0,0,0,0\r\n"
                        .getBytes(Charset.forName("windows-31j")));
        var made = AddressDictionary.build(List.of(zip, gzip, kenAll), folder.resolve("mixed.dict"), line -> {
        });
        assertThat(made.sources()).extracting(AddressDictionary.Source::kind).containsExactly("isj", "towns_by_name",
                "postal");
        try (var dictionary = AddressDictionary.open(folder.resolve("mixed.dict"))) {
            assertThat(dictionary.byPostalCode("1020082")).extracting(Town::name).containsExactly("東京都千代田区一番町");
            assertThat(new AddressMatcher(dictionary).match("和歌山市北新一丁目5").level()).isEqualTo(AddressLevel.TOWN);
        }
    }

    @Test
    void whatIsNoSourceIsRefusedWithWhatWasSeen() throws IOException {
        var strange = Files.writeString(folder.resolve("strange.csv"), "a,b,c\n1,2,3\n");
        assertThatThrownBy(() -> AddressDictionary.build(List.of(strange), folder.resolve("x.dict"), line -> {
        })).isInstanceOf(DictionaryRefused.class).hasMessageContaining("strange.csv").hasMessageContaining("a,b,c");
        assertThat(folder.resolve("x.dict")).doesNotExist();
        assertThatThrownBy(
                () -> AddressDictionary.build(List.of(folder.resolve("none.csv")), folder.resolve("x.dict"), line -> {
                })).isInstanceOf(DictionaryRefused.class).hasMessageContaining("no such file");
    }

    @Test
    void aDamagedForeignOrCutDictionaryIsRefused() throws IOException {
        var good = folder.resolve("good.dict");
        SmallCountry.build(folder, good);
        byte[] bytes = Files.readAllBytes(good);
        for (int at : new int[]{0, 9, 20, 600, bytes.length / 2, bytes.length - 20}) {
            byte[] broken = bytes.clone();
            broken[at] ^= 0x40;
            var file = Files.write(folder.resolve("broken.dict"), broken);
            assertThatThrownBy(() -> AddressDictionary.open(file).close()).as("byte %d", at)
                    .isInstanceOf(DictionaryRefused.class)
                    .hasMessageContaining("broken.dict");
        }
        for (int length : new int[]{0, 100, 700, bytes.length - 1}) {
            var file = Files.write(folder.resolve("cut.dict"), java.util.Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> AddressDictionary.open(file).close()).isInstanceOf(DictionaryRefused.class);
        }
        assertThatThrownBy(() -> AddressDictionary.open(folder.resolve("none.dict")))
                .isInstanceOf(DictionaryRefused.class)
                .hasMessageContaining("addresses build");
    }

    @Test
    void theDifferenceOfTwoReleasesNamesWhatAppearedWentMovedAndWasRenamed() throws IOException {
        SmallCountry.build(folder, folder.resolve("before.dict"));
        var files = new java.util.ArrayList<>(SmallCountry.files(folder));
        files.set(1, SmallCountry.write(folder, "old.csv", SmallCountry.OLD_TOWNS.replace("35.680694", "35.690694")));
        files.set(2, SmallCountry.write(folder, "towns.csv", SmallCountry.TOWNS.replace("0030002,2", "0030003,2")
                .replace("府川町,フカワ", "新府川町,シンフカワ")));
        AddressDictionary.build(files, folder.resolve("after.dict"), line -> {
        });
        try (var before = AddressDictionary.open(folder.resolve("before.dict"));
                var after = AddressDictionary.open(folder.resolve("after.dict"))) {
            var difference = DictionaryDifference.between(before, after);
            assertThat(difference.appeared()).extracting(Town::machiazaId).containsExactly("0030003");
            assertThat(difference.gone()).extracting(Town::machiazaId).containsExactly("0030002");
            assertThat(difference.renamed()).extracting(c -> c.after().townName()).containsExactly("新府川町");
            assertThat(difference.moved()).singleElement().satisfies(c -> {
                assertThat(c.after().townName()).isEqualTo("紀尾井町");
                assertThat(c.metres()).isBetween(1_100.0, 1_130.0);
            });
            assertThat(DictionaryDifference.between(before, before).isEmpty()).isTrue();
        }
    }

    /// The trial release wrote 屏風丁, the registry writes 屛風丁: two letters of one kanji, so one town.
    @Test
    void anIdWithTwoWritingsOfOneNameIsOneTown() throws IOException {
        var old = SmallCountry.write(folder, "old-writing.csv", SmallCountry.OLD_TOWNS
                + "302015,0322000,1,屏風丁,,,,,,0,0,,6408202,34.236182,135.167269,v1\n");
        var now = SmallCountry.write(folder, "writing.csv", SmallCountry.TOWNS
                + "302015,0322000,1,和歌山県,和歌山市,屛風丁,ビョウブチョウ,,,,,,1,0,,6408202\n");
        var cities = SmallCountry.write(folder, "its-cities.csv", SmallCountry.CITIES);
        AddressDictionary.build(List.of(cities, old, now), folder.resolve("writings.dict"), line -> {
        });
        try (var both = AddressDictionary.open(folder.resolve("writings.dict"))) {
            assertThat(both.towns().filter(t -> t.machiazaId().equals("0322000"))).extracting(Town::townName)
                    .containsExactly("屛風丁");
        }
    }

    /// The trial release wrote another name than the registry does.
    @Test
    void anIdWithTwoNamesIsOneId() throws IOException {
        var old = SmallCountry.write(folder, "old-names.csv", SmallCountry.OLD_TOWNS
                + "302015,0322000,1,旧屏風丁,,,,,,0,0,,6408202,34.236182,135.167269,v1\n");
        var now = SmallCountry.write(folder, "names.csv", SmallCountry.TOWNS
                + "302015,0322000,1,和歌山県,和歌山市,屛風丁,ビョウブチョウ,,,,,,1,0,,6408202\n");
        var cities = SmallCountry.write(folder, "cities.csv", SmallCountry.CITIES);
        var names = SmallCountry.write(folder, "by-name.csv",
                "lg_code,pref,city,town,koaza,lat,lng\n302015,和歌山県,和歌山市,旧屏風丁,,34.236182,135.167269\n");
        for (var source : List.of(List.of(cities, old, names, now), List.of(cities, old), List.of(cities, now)))
            AddressDictionary.build(source, folder.resolve("names" + source.size() + source.getLast().getFileName()
                    + ".dict"), line -> {
                    });
        try (var both = AddressDictionary.open(folder.resolve("names4names.csv.dict"));
                var first = AddressDictionary.open(folder.resolve("names2old-names.csv.dict"));
                var second = AddressDictionary.open(folder.resolve("names2names.csv.dict"))) {
            assertThat(both.towns().filter(t -> t.machiazaId().equals("0322000"))).hasSize(2);
            assertThat(DictionaryDifference.between(both, both).isEmpty()).isTrue();
            for (var one : List.of(first, second)) {
                assertThat(DictionaryDifference.between(one, both).appeared()).extracting(Town::machiazaId)
                        .doesNotContain("0322000");
                assertThat(DictionaryDifference.between(one, both).renamed()).isEmpty();
                assertThat(DictionaryDifference.between(both, one).renamed()).isEmpty();
                assertThat(DictionaryDifference.between(both, one).gone()).extracting(Town::machiazaId)
                        .doesNotContain("0322000");
            }
            assertThat(DictionaryDifference.between(first, second).renamed()).extracting(c -> c.after().townName())
                    .contains("屛風丁");
        }
    }
}
