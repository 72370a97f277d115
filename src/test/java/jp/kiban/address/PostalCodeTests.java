package jp.kiban.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jp.kiban.address.PostalNames.Area;
import jp.kiban.address.PostalNames.Kind;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The postal code file as it is published: rows that go on in the next line, parentheses, ranges, words that are no towns; and the
/// way back from an address to its code.
class PostalCodeTests {
    @TempDir
    static Path folder;
    static AddressDictionary dictionary;
    static AddressMatcher matcher;
    static DefectReport defects;

    private static final String CITIES = """
            lg_code,pref,pref_kana,county,city,city_kana,ward,ward_kana
            010006,北海道,ホッカイドウ,,,,,
            012025,北海道,ホッカイドウ,,函館市,ハコダテシ,,
            032026,岩手県,イワテケン,,宮古市,ミヤコシ,,
            130001,東京都,トウキョウト,,,,,
            133621,東京都,トウキョウト,,利島村,トシマムラ,,
            254436,滋賀県,シガケン,犬上郡,多賀町,タガチョウ,,
            """;
    private static final String TOWNS = """
            lg_code,machiaza_id,machiaza_type,pref,city,oaza_cho,oaza_cho_kana,chome,chome_kana,koaza,koaza_kana,machiaza_dist,rsdt_addr_flg,koaza_aka_code,ablt_date,post_code
            012025,0001001,2,北海道,函館市,本町,,１丁目,,,,,1,0,,
            012025,0001002,2,北海道,函館市,本町,,２丁目,,,,,1,0,,
            012025,0001003,2,北海道,函館市,本町,,３丁目,,,,,1,0,,
            012025,0001004,2,北海道,函館市,本町,,４丁目,,,,,1,0,,
            012025,0002000,1,北海道,函館市,旭町,,,,,,,0,0,,
            012025,0003000,1,北海道,函館市,新町,,,,,,,0,0,,
            012025,0004000,1,北海道,函館市,鉄山町,,,,,,,0,0,,
            012025,0004101,3,北海道,函館市,鉄山町,,,,字北,,,0,0,,
            012025,0004102,3,北海道,函館市,鉄山町,,,,字南,,,0,0,,
            012025,0005000,1,北海道,函館市,港町,,,,,,,0,0,,0400076
            032026,0001101,3,岩手県,宮古市,川内,,,,第１地割,,,0,0,,
            032026,0001102,3,岩手県,宮古市,川内,,,,第２地割,,,0,0,,
            032026,0001103,3,岩手県,宮古市,川内,,,,第３地割,,,0,0,,
            133621,0000000,1,東京都,利島村,無名,,,,,,,0,0,,
            254436,0001000,1,滋賀県,多賀町,一円,,,,,,,0,0,,
            254436,0002000,1,滋賀県,多賀町,多賀,,,,,,,0,0,,
            """;

    private static String row(String jis, String code, String city, String town) {
        return "%s,\"040  \",\"%s\",\"ｶﾅ\",\"ｶﾅ\",\"ｶﾅ\",\"県\",\"%s\",\"%s\",0,0,0,0,0,0\r\n"
                .formatted(jis, code, city, town)
                .replace('〜', '～');
    }

    @BeforeAll
    static void build() throws IOException {
        var ken = folder.resolve("KEN_ALL.CSV");
        Files.writeString(ken, row("01202", "0400000", "函館市", "以下に掲載がない場合")
                + row("01202", "0400001", "函館市", "函館市の次に番地がくる場合")
                + row("01202", "0400011", "函館市", "本町（１、２丁目）")
                + row("01202", "0400012", "函館市", "本町（その他）")
                + row("01202", "0400021", "函館市", "旭町（１〜２２番地、３０番地、")
                + row("01202", "0400021", "函館市", "３５番地「１号、２号」、")
                + row("01202", "0400021", "函館市", "４０番地以降）")
                + row("01202", "0400022", "函館市", "旭町（２３〜２９番地）")
                + row("01202", "0400031", "函館市", "鉄山町（字北、字東）")
                + row("01202", "0400032", "函館市", "鉄山町（その他）")
                + row("01202", "0400041", "函館市", "幻町")
                + row("03202", "0282301", "宮古市", "川内第１地割〜第２地割（奥、手前）")
                + row("03202", "0282302", "宮古市", "川内（第３地割）")
                + row("13362", "1000301", "利島村", "利島村一円")
                + row("25443", "5220000", "多賀町", "以下に掲載がない場合")
                + row("25443", "5220317", "多賀町", "一円")
                + row("25443", "5220341", "多賀町", "多賀（閉じない"), Charset.forName("windows-31j"));
        var out = folder.resolve("postal.dict");
        defects = AddressDictionary.build(List.of(Files.writeString(folder.resolve("cities.csv"), CITIES),
                Files.writeString(folder.resolve("towns.csv"), TOWNS), ken), out, step -> {
                }).defects();
        dictionary = AddressDictionary.open(out);
        matcher = new AddressMatcher(dictionary);
    }

    private static List<String> towns(String code) {
        return dictionary.byPostalCode(code).stream().map(Town::townName).sorted().toList();
    }

    private static List<String> codes(String address) {
        return dictionary.postalCodes(matcher.match(address)).stream().map(c -> c.code() + " " + c.ground()).toList();
    }

    @Test
    void whatStandsInParenthesesIsReadAsWhatItIs() {
        assertThat(towns("0400011")).containsExactly("本町一丁目", "本町二丁目");
        assertThat(towns("0400012")).containsExactly("本町三丁目", "本町四丁目");
        assertThat(towns("0400031")).containsExactly("鉄山町", "鉄山町字北");
        assertThat(towns("0400032")).contains("鉄山町字南").doesNotContain("鉄山町字北");
        assertThat(towns("0282301")).hasSize(2);
        assertThat(towns("0282302")).hasSize(1);
    }

    @Test
    void aRowOverSeveralLinesIsOneRow() {
        assertThat(towns("0400021")).containsExactly("旭町");
        assertThat(towns("0400022")).containsExactly("旭町");
        assertThat(defects.defects()).extracting(d -> d.file() + ":" + d.row() + " " + d.kind())
                .contains("KEN_ALL.CSV:17 BAD_ROW");
    }

    @Test
    void anAddressHasItsCodeOrItsCandidates() {
        assertThat(codes("北海道函館市本町２丁目５")).containsExactly("0400011 TOWN");
        assertThat(codes("北海道函館市本町4-1")).containsExactly("0400012 TOWN");
        assertThat(codes("函館市旭町25")).containsExactly("0400021 TOWN", "0400022 TOWN");
        assertThat(codes("函館市鉄山町字南1")).containsExactly("0400032 TOWN");
        assertThat(codes("岩手県宮古市川内２地割3")).containsExactly("0282301 TOWN");
        assertThat(codes("函館市港町1")).containsExactly("0400076 TOWN");
        assertThat(codes("函館市新町1")).as("a town without a code of its own").containsExactly("0400000 NOT_LISTED");
        assertThat(codes("北海道函館市666番地")).as("no town").containsExactly("0400001 NUMBER");
        assertThat(codes("東京都利島村248")).containsExactly("1000301 MUNICIPALITY");
        assertThat(codes("滋賀県犬上郡多賀町一円149")).as("一円 is a town here").containsExactly("5220317 TOWN");
        assertThat(codes("北海道")).isEmpty();
        assertThat(codes("どこか")).isEmpty();
    }

    @Test
    void everyCodeOfATownLeadsBackToItsTown() {
        for (var town : dictionary.towns().toList())
            for (var candidate : dictionary.postalCodes(town))
                if (candidate.ground() == PostalCandidate.Ground.TOWN)
                    assertThat(dictionary.byPostalCode(candidate.code())).extracting(Town::name).contains(town.name());
    }

    @Test
    void rangesListsAndWordsOfTheFile() {
        assertThat(PostalNames.of("大通西（１〜３丁目）", "札幌市中央区")).extracting(Area::town)
                .containsExactly("大通西1丁目", "大通西2丁目", "大通西3丁目");
        assertThat(PostalNames.of("大通西（１、３〜４丁目、その他）", "x")).extracting(Area::kind)
                .containsExactly(Kind.TOWN, Kind.TOWN, Kind.TOWN, Kind.OTHERS);
        assertThat(PostalNames.of("西新宿（次のビルを除く）", "x")).containsExactly(new Area(Kind.TOWN, "西新宿", "西新宿"));
        assertThat(PostalNames.of("丸の内丸の内ビルディング（地階・階層不明）", "x")).extracting(Area::town)
                .containsExactly("丸の内丸の内ビルディング");
        assertThat(PostalNames.of("甲賀町、乙賀町", "x")).extracting(Area::town).containsExactly("甲賀町", "乙賀町");
        assertThat(PostalNames.of("葛巻（第４０地割「５７番地１２５、１７６を除く」〜第４２地割）", "x")).extracting(Area::town)
                .containsExactly("葛巻40地割", "葛巻41地割", "葛巻42地割");
        assertThat(PostalNames.open("旭町（１、")).isTrue();
        assertThat(PostalNames.open("旭町（１）")).isFalse();
    }
}
