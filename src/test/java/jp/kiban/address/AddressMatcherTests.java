package jp.kiban.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressMatcherTests {
    @TempDir
    static Path folder;
    private static AddressDictionary dictionary;
    private static AddressMatcher matcher;

    @BeforeAll
    static void build() throws IOException {
        SmallCountry.build(folder, folder.resolve("small.dict"));
        dictionary = AddressDictionary.open(folder.resolve("small.dict"));
        matcher = new AddressMatcher(dictionary);
    }

    @AfterAll
    static void close() { dictionary.close(); }

    @ParameterizedTest
    @ValueSource(strings = {"東京都千代田区神田神保町二丁目3", "東京都千代田区神田神保町２丁目３", "千代田区神田神保町2-3", "東京千代田区神田神保町２－３", "東京都千代田区神田神保町2の3",
            "東京都 千代田区　神田神保町 2-3", "〒101-0051 東京都千代田区神田神保町2-3", "東京都千代田区神田神保町2−3", "東京都千代田区神田神保町２ー３", "東京都千代田区神田神保町2─3",
            "東京都千代田区神田神保町弐丁目3", "東京都千代田区神田神保町2丁3", "神田神保町2-3", "千代田区千代田区神田神保町2-3"})
    void everyNotationOfOneTownGivesItsId(String written) {
        var match = matcher.match(written);
        assertThat(match.ids().machiazaId()).isEqualTo("0030002");
        assertThat(match.parts().townName()).isEqualTo("神田神保町二丁目");
        assertThat(match.rest()).isIn("3", "３");
    }

    @ParameterizedTest
    @CsvSource({"茨城県龍ｹ崎市平台4-23-1,0061004", "竜ヶ崎市平台４丁目２３,0061004", "龍が崎市平台四丁目,0061004", "鎌倉市山之内189,0010000",
            "鎌倉市山の内189,0010000",
            "鎌倉市稲村ヶ﨑2-8,0011002", "鎌倉市稲村ケ碕二丁目8,0011002", "鎌倉市稲村か\u3099崎2-8,0011002", "鎌倉市稲村ｶﾞ崎2-8,0011002",
            "青森県南津軽郡田舎館村大字田舎館字中辻123番地1,0003101", "青森県田舎館村田舎館中辻123,0003101", "七尾市藤橋町 亥 45-1,0040101",
            "七尾市藤橋\uFE00町亥45番地1,0040101", "札幌市中央区北3条西6丁目1,0015006", "札幌市中央区北3西6-1,0015006",
            "札幌市北区拓北６－２－６－１２,0101002", "札幌市中央区中の島２－２－５－２０,0070002", "静岡市葵区与一四－１,0050004", "岩手県北上市竪川目１地割１番地１０,0061101"})
    void formsOfNamesAreTheSame(String written, String id) {
        assertThat(matcher.match(written).ids().machiazaId()).isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource({"北区紫野大徳寺町88番地,261017,0411000", "北区中津１丁目６－２９,271276,0020001", "大阪市北区中津1-6,271276,0020001",
            "北区拓北六条二丁目,011029,0101002",
            "京都市紫野大徳寺町88,261017,0411000"})
    void aWardAloneIsToldApartByItsTown(String written, String lgCode, String id) {
        var match = matcher.match(written);
        assertThat(match.ids().lgCode()).isEqualTo(lgCode);
        assertThat(match.ids().machiazaId()).isEqualTo(id);
    }

    @Test
    void cityOfTwoPrefecturesIsToldApartByItsTownAndElseBothAreCandidates() {
        assertThat(matcher.match("府中市宮西町2丁目24番地").parts().pref()).isEqualTo("東京都");
        assertThat(matcher.match("府中市府川町315").parts().pref()).isEqualTo("広島県");
        for (String both : List.of("府中市", "府中市1-2-3")) {
            var match = matcher.match(both);
            assertThat(match.ambiguous()).isTrue();
            assertThat(match.level()).isEqualTo(AddressLevel.NONE);
            assertThat(match.candidates()).extracting(c -> c.ids().lgCode()).containsExactlyInAnyOrder("132063",
                    "342084");
        }
    }

    @Test
    void theStreetOfKyotoIsKeptAndATownNamedWithItsStreetIsFound() {
        var match = matcher.match("京都市中京区河原町通二条下る一筋目東入一之船入町375");
        assertThat(match.ids().machiazaId()).isEqualTo("0029000");
        assertThat(match.parts().street()).isEqualTo("河原町通二条下る一筋目東入");
        assertThat(match.rest()).isEqualTo("375");
        assertThat(matcher.match("京都市中京区河原町通四条上る二丁目東入二筋目下大阪町").ids().machiazaId()).isEqualTo("0179105");
    }

    @Test
    void withoutATownTheMunicipalityIsTheAnswerAndTheNumberIsRest() {
        var match = matcher.match("茨城県龍ケ崎市3751番地");
        assertThat(match.level()).isEqualTo(AddressLevel.CITY);
        assertThat(match.ids()).isEqualTo(new AddressIds("082082", "", "", "", "", ""));
        assertThat(match.rest()).isEqualTo("3751番地");
    }

    @Test
    void aNameWithAnotherCharacterIsOfferedAndNotChosen() {
        var match = matcher.match("千代田区神田桜保町2-3");
        assertThat(match.level()).isEqualTo(AddressLevel.CITY);
        assertThat(match.candidates()).extracting(c -> c.ids().machiazaId()).containsExactly("0030002");
    }

    @Test
    void residencesAndLotsAreFoundByTheirNumbers() {
        var residence = matcher.match("和歌山市葵町1番2号 葵ビル301");
        assertThat(residence.level()).isEqualTo(AddressLevel.RESIDENCE);
        assertThat(residence.ids()).isEqualTo(new AddressIds("302015", "0001000", "001", "002", "", ""));
        var lot = matcher.match("和歌山市葵町103番地3");
        assertThat(lot.ids().prcId()).isEqualTo("001030000300000");
        assertThat(lot.position()).hasValueSatisfying(p -> assertThat(p.of()).isEqualTo(AddressLevel.LOT));
        assertThat(matcher.match("和歌山市葵町1番9号").level()).isEqualTo(AddressLevel.BLOCK);
        assertThat(matcher.match("和歌山市葵町9番9号").level()).isEqualTo(AddressLevel.TOWN);
    }

    @Test
    void whereAResidenceAndALotHaveOneNumberTheLotIsACandidateUnlessItSays番地() {
        var dashed = matcher.match("和歌山市葵町1-2");
        assertThat(dashed.level()).isEqualTo(AddressLevel.RESIDENCE);
        assertThat(dashed.candidates()).extracting(c -> c.ids().prcId()).containsExactly("000010000200000");
        assertThat(matcher.match("和歌山市葵町1番地2").level()).isEqualTo(AddressLevel.LOT);
        assertThat(matcher.match("和歌山市葵町1番2号").candidates()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"永田468番地乙4", "永田４６８－乙４", "永田468乙4", "永田四百六十八番地の乙四", "大字永田468の乙4"})
    void lotsWithLettersAreFound(String written) {
        assertThat(matcher.match("和歌山市" + written).ids().prcId()).isEqualTo("004689000600000");
        assertThat(matcher.match("和歌山市永田794番地ロ").ids().prcId()).isEqualTo("007949000100000");
        assertThat(matcher.match("和歌山市永田794-ﾛ").ids().prcId()).isEqualTo("007949000100000");
    }

    @Test
    void aLotThatIsNotThereIsNotItsNeighbour() {
        assertThat(matcher.match("和歌山市葵町103番地").ids().prcId()).isEmpty();
        assertThat(matcher.match("和歌山市葵町103番地4").ids().prcId()).isEmpty();
        assertThat(matcher.match("和歌山市葵町103-3-201").ids().prcId()).isEqualTo("001030000300000");
    }

    @Test
    void differencesFromTheRegisteredNameAreNamed() {
        var match = matcher.match("竜ヶ崎市平台4-1");
        assertThat(match.normalisations()).extracting(n -> n.kind() + " " + n.written() + " " + n.registered())
                .containsExactly("OMITTED  茨城県", "VARIANT 竜 龍", "KANA ヶ ケ", "NUMERAL 4 四", "DESIGNATION  丁目");
        assertThat(matcher.match("茨城県龍ケ崎市平台四丁目").normalisations()).isEmpty();
    }

    @Test
    void theSameTextAlwaysGivesTheSameAnswer() {
        for (String text : List.of("府中市本町1-2", "北区", "和歌山市葵町1-2-3", "京都市中京区下大阪町"))
            assertThat(matcher.match(text)).isEqualTo(matcher.match(text));
    }

    @Test
    void matchingNeverThrowsAndSpansCoverTheInput() {
        var random = new Random(4);
        String stock = "東京都千代田区神田神保町北海道札幌市京都府中京府中市鎌倉山之内のノヶケがｶﾞッ大字一二三十百千〇壱丁目番地号条西上る下る通0123４５６-－ー―〒（）()「」 　、,\"\n\r\t\0\uD842\uDFB7\uD840\uDC00\uDB40\uDD00\uFFFD甲乙イロハABcｱﾞ\u3099\uFE00㈱①";
        for (int i = 0; i < 200_000; i++) {
            var text = new StringBuilder();
            int length = random.nextInt(30);
            for (int k = 0; k < length; k++) {
                if (random.nextInt(8) == 0)
                    text.append(List.of("東京都", "千代田区", "神田神保町", "和歌山市", "葵町", "北区", "京都市", "2丁目", "一之船入町", "永田", "番地の")
                            .get(random.nextInt(11)));
                else if (random.nextInt(20) == 0)
                    text.append((char) random.nextInt(65536));
                else
                    text.append(stock.charAt(random.nextInt(stock.length())));
            }
            var match = matcher.match(text.toString());
            int at = 0;
            for (var span : match.spans()) {
                assertThat(span.start()).as(text.toString()).isEqualTo(at);
                assertThat(span.end()).isGreaterThan(at);
                at = span.end();
            }
            assertThat(at).as(text.toString()).isEqualTo(text.length());
            assertThat(match.input()).isEqualTo(text.toString());
            assertThat(text.toString()).endsWith(match.rest());
            for (var n : match.normalisations())
                assertThat(text.substring(n.start(), n.end())).as(text.toString()).isEqualTo(n.written());
        }
    }

    @Test
    void aVeryLongTextIsNotSlow() {
        long began = System.nanoTime();
        matcher.match("千代田区" + "町村ノケ".repeat(200_000));
        matcher.match("一".repeat(1_000_000));
        assertThat(System.nanoTime() - began).isLessThan(5_000_000_000L);
    }

    @Test
    void foldedVariantsOfEveryTownGiveItsId() {
        dictionary.towns().filter(t -> !t.machiazaId().isEmpty() && !t.koaza().contains("通")).forEach(town -> {
            String name = town.name();
            for (String written : List.of(name, " " + name + "　",
                    name.replace('ケ', 'ヶ').replace('ノ', 'の').replace('龍', '竜'),
                    town.cityName() + town.townName(),
                    java.text.Normalizer.normalize(name, java.text.Normalizer.Form.NFD),
                    name.replace("丁目", "丁目１番地"), name + "９９９")) {
                var found = matcher.match(written);
                assertThat(found.ids().machiazaId().isEmpty()
                        ? found.candidates().stream().map(c -> c.ids().machiazaId()).toList().toString()
                        : found.ids().machiazaId()).as(written).contains(town.machiazaId());
            }
        });
    }
}
