package jp.kiban.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jp.kiban.address.AddressDictionary;
import jp.kiban.address.AddressLevel;
import jp.kiban.address.PostalCandidate;
import jp.kiban.authority.Authorities;
import jp.kiban.catalogue.Towns;
import jp.kiban.kernel.AuthorityId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class AddressesTests {
    private final Addresses municipalities = new Addresses(new Authorities(), "");

    @TempDir
    Path folder;

    @Test
    void withoutADictionaryMunicipalitiesAreKnownAndTownsAreNot() {
        var tsu = municipalities.match("三重県津市西丸之内23番1号");
        assertThat(tsu.level()).isEqualTo(AddressLevel.CITY);
        assertThat(tsu.ids().lgCode()).isEqualTo("242012");
        assertThat(tsu.rest()).contains("西丸之内");
        assertThat(municipalities.match("静岡県浜松市中央区元城町103-2").ids().lgCode()).isEqualTo("221384");
        assertThat(municipalities.match("竜ヶ崎市3710").ids().lgCode()).isEqualTo("082082");
        assertThat(municipalities.knowsTowns()).isFalse();
        assertThat(municipalities.search("みえけ", 5)).extracting(Addresses.Suggestion::name).contains("三重県");
        assertThat(municipalities.search("津市", 5)).extracting(Addresses.Suggestion::name).contains("三重県津市");
    }

    @Test
    void everyMunicipalityIsFoundByItsWholeName() {
        var authorities = new Authorities();
        for (var a : authorities.municipalities())
            assertThat(municipalities.match(authorities.prefectureOf(a.id()).name() + a.name() + "1").ids().lgCode())
                    .as(a.name()).isEqualTo(a.id().code());
    }

    /// The list of authorities has no counties (郡): what people write before a town or a village is passed over.
    @Test
    void everyTownAndVillageIsFoundBehindItsCounty() {
        var kumatori = municipalities.match("大阪府泉南郡熊取町こもれび台８丁目５番６号");
        assertThat(kumatori.ids().lgCode()).isEqualTo("273619");
        assertThat(kumatori.rest()).startsWith("こもれび台");
        assertThat(municipalities.match("兵庫県赤穂郡上郡町大持278").ids().lgCode()).isEqualTo("284815");
        assertThat(municipalities.match("北海道余市郡余市町朝日町26").ids().lgCode()).isEqualTo("014087");
        var authorities = new Authorities();
        for (var a : authorities.municipalities())
            if (a.name().endsWith("町") || a.name().endsWith("村"))
                assertThat(municipalities.match(authorities.prefectureOf(a.id()).name() + "山田郡" + a.name() + "1").ids()
                        .lgCode()).as(a.name()).isEqualTo(a.id().code());
        assertThat(municipalities.match("大阪府泉南郡どこにもない町1").level()).isEqualTo(AddressLevel.PREFECTURE);
        assertThat(municipalities.match("福島県郡山市朝日一丁目23-7").ids().lgCode()).isEqualTo("072036");
        assertThat(municipalities.match("大阪府泉南郡堺市堺区南瓦町3-1").level()).as("no town or village").isNotEqualTo(
                AddressLevel.TOWN);
    }

    @Test
    void whereSeveralPlacesFitNoneIsChosenForTheWriter() {
        var found = municipalities.found("府中市1-1");
        assertThat(found.open()).isTrue();
        assertThat(found.candidates()).extracting(AddressFound.Candidate::name).hasSize(2)
                .anyMatch(n -> n.contains("東京都"))
                .anyMatch(n -> n.contains("広島県"));
        var hiroshima = found.candidates().stream().filter(c -> c.name().contains("広島県")).findFirst().orElseThrow();
        var chosen = found.choosing(hiroshima.key());
        assertThat(chosen.ids().lgCode()).isEqualTo("342084");
        assertThat(chosen.open()).isFalse();
        assertThat(found.choosing("none").chosen()).isFalse();
        assertThat(found.choosing("none").open()).isFalse();
        var mapper = JsonMapper.builder().build();
        assertThat(mapper.readValue(mapper.writeValueAsString(chosen), AddressFound.class)).isEqualTo(chosen);
    }

    @Test
    void theOperatorsDictionaryKnowsTowns() throws IOException {
        var addresses = new Addresses(new Authorities(), dictionary().toString());
        assertThat(addresses.knowsTowns()).isTrue();
        var found = addresses.found("三重県津市西丸之内２３ー１");
        assertThat(found.name()).isEqualTo("三重県津市西丸之内");
        assertThat(found.ids().machiazaId()).isEqualTo("0117000");
        assertThat(found.dataVersion()).isEqualTo(addresses.version());
        assertThat(addresses.search("三重県津市西丸", 5)).extracting(Addresses.Suggestion::machiazaId)
                .containsExactly("0117000");
        assertThat(addresses.search("にしまるのうち", 5)).hasSize(1);
        var dictionary = addresses.edition().dictionary();
        assertThat(dictionary.postalCodes(addresses.match("津市西丸之内23"))).extracting(PostalCandidate::code)
                .containsExactly("5148611");
        assertThat(addresses.byId("242012", "0117000")).isPresent();
        assertThat(addresses.byPostalCode("5148611")).hasSize(1);
        assertThat(dictionary.nearest(34.72, 136.5, 1)).hasSize(1);
        assertThatIllegalStateException()
                .isThrownBy(() -> new Addresses(new Authorities(), folder.resolve("none").toString()))
                .withMessageContaining("kiban.registry.addresses");
    }

    @Test
    void theTownOfATrialIsOneOfItsMunicipalityToItsEnd() throws IOException {
        var towns = new TrialTowns(new Addresses(new Authorities(), dictionary().toString()), new Authorities());
        var tsu = AuthorityId.of("242012");
        assertThat(towns.known()).isTrue();
        for (var written : List.of("西丸之内", "津市西丸之内", "三重県津市西丸之内"))
            assertThat(towns.within(tsu, written)).as(written).containsExactly(new Towns.Place("242012/0117000",
                    "三重県津市西丸之内"));
        assertThat(towns.within(tsu, "西丸之内23番1号")).as("a house is no area").isEmpty();
        assertThat(towns.within(tsu, "東丸之内")).isEmpty();
        assertThat(towns.within(tsu, "本町")).as("only its chōme are registered").containsExactly(new Towns.Place(
                "242012/0119000", "三重県津市本町"));
        assertThat(towns.within(tsu, "本町二丁目")).containsExactly(new Towns.Place("242012/0119002", "三重県津市本町二丁目"));
        assertThat(towns.within(tsu, "津市")).containsExactly(new Towns.Place("242012", "三重県津市"));
        assertThat(towns.within(AuthorityId.of("131016"), "三重県津市西丸之内")).as("another municipality's").isEmpty();
        assertThat(towns.name("242012/0117000")).contains("三重県津市西丸之内");
        assertThat(towns.name("242012/9999999")).isEmpty();
        assertThat(new TrialTowns(municipalities, new Authorities()).known()).isFalse();
    }

    @Test
    void moreThanIsShownIsSaidAndPagedThrough() {
        var first = municipalities.search("三重県", 0, 5);
        assertThat(first.items()).hasSize(5);
        assertThat(first.more()).isTrue();
        var second = municipalities.search("三重県", 5, 50);
        assertThat(second.items()).doesNotContainAnyElementsOf(first.items());
        assertThat(second.more()).isFalse();
    }

    private Path dictionary() throws IOException {
        var towns = Files.writeString(folder.resolve("towns.csv"), """
                lg_code,machiaza_id,machiaza_type,pref,city,oaza_cho,oaza_cho_kana,chome,chome_kana,koaza,koaza_kana,machiaza_dist,rsdt_addr_flg,koaza_aka_code,ablt_date,post_code,lat,lng
                242012,0117000,1,三重県,津市,西丸之内,ニシマルノウチ,,,,,,1,0,,5148611,34.718,136.505
                242012,0119001,2,三重県,津市,本町,ホンマチ,一丁目,１チョウメ,,,,1,0,,5140034,35.72,136.5
                242012,0119002,2,三重県,津市,本町,ホンマチ,二丁目,２チョウメ,,,,1,0,,5140034,35.72,136.5
                """);
        var cities = Files.writeString(folder.resolve("cities.csv"), """
                lg_code,pref,pref_kana,county,city,city_kana,ward,ward_kana
                240001,三重県,ミエケン,,,,,
                242012,三重県,ミエケン,,津市,ツシ,,
                """);
        var file = folder.resolve("dict");
        AddressDictionary.build(List.of(cities, towns), file, line -> {
        });
        return file;
    }
}
