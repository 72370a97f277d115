package jp.kiban.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// An address that names a municipality which was merged leads to the town as it is registered now, or to candidates.
class FormerMunicipalityTests {
    private static final String CITIES = """
            lg_code,pref,pref_kana,county,city,city_kana,ward,ward_kana,ablt_date
            110001,埼玉県,サイタマケン,,,,,,
            111007,埼玉県,サイタマケン,,さいたま市,サイタマシ,,,
            111031,埼玉県,サイタマケン,,さいたま市,サイタマシ,大宮区,オオミヤク,
            111074,埼玉県,サイタマケン,,さいたま市,サイタマシ,浦和区,ウラワク,
            112038,埼玉県,サイタマケン,,川口市,カワグチシ,,,
            240001,三重県,ミエケン,,,,,,
            242012,三重県,ミエケン,,津市,ツシ,,,
            """;
    private static final String TOWNS = """
            lg_code,machiaza_id,machiaza_type,pref,city,ward,oaza_cho,chome,koaza,machiaza_dist,rsdt_addr_flg
            111031,0001000,1,埼玉県,さいたま市,大宮区,桜木町,,,,1
            111031,0002000,1,埼玉県,さいたま市,大宮区,本町,,,,1
            111074,0003000,1,埼玉県,さいたま市,浦和区,常盤,,,,1
            111074,0004000,1,埼玉県,さいたま市,浦和区,本町,,,,1
            112038,0005000,1,埼玉県,川口市,,常盤,,,,1
            242012,0006000,1,三重県,津市,,河芸町上野,,,,0
            242012,0007000,1,三重県,津市,,上野,,,,0
            242012,0008000,1,三重県,津市,,久居明神町,,,,0
            242012,0009000,1,三重県,津市,,久居新町,,,,0
            242012,0010000,1,三重県,津市,,新町,,,,0
            """;
    private static final String FORMERS = """
            day,kind,code,name,kana,type,to
            2001-05-01,merged,112046,浦和市,うらわし,city,111007
            2001-05-01,merged,112054,大宮市,おおみやし,city,111007
            2006-01-01,merged,242012,津市,つし,city,242012
            2006-01-01,merged,242136,久居市,ひさいし,city,242012
            2006-01-01,merged,243817,河芸町,かわげちょう,town,242012
            2006-01-01,merged,999999,どこか市,どこかし,city,999999
            2006-01-01,merged,123455,なにか市,なにかし,city,011002
            """;
    @TempDir
    static Path folder;
    private static AddressDictionary dictionary;
    private static AddressMatcher matcher;
    private static DefectReport defects;

    @BeforeAll
    static void build() throws IOException {
        var sources = List.of(file("cities.csv", CITIES), file("towns.csv", TOWNS), file("formers.csv", FORMERS));
        defects = AddressDictionary.build(sources, folder.resolve("a.dict"), step -> {
        }).defects();
        dictionary = AddressDictionary.open(folder.resolve("a.dict"));
        matcher = new AddressMatcher(dictionary);
    }

    @AfterAll
    static void close() { dictionary.close(); }

    private static Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @ParameterizedTest
    @CsvSource({"埼玉県浦和市常盤6-4-4,111074,0003000", "浦和市常盤6-4-4,111074,0003000", "埼玉県大宮市桜木町1,111031,0001000",
            "三重県河芸町上野12,242012,0006000", "三重県安芸郡河芸町上野12,242012,0006000", "河芸町上野12,242012,0006000",
            "三重県久居市明神町5,242012,0008000", "久居市明神町5,242012,0008000"})
    void aTownOfAFormerMunicipalityIsFoundWhereItIsNow(String written, String lgCode, String id) {
        var match = matcher.match(written);
        assertThat(match.ids().lgCode()).isEqualTo(lgCode);
        assertThat(match.ids().machiazaId()).isEqualTo(id);
        assertThat(match.notes()).contains("former municipality");
        assertThat(match.normalisations()).anySatisfy(n -> assertThat(n.kind()).isEqualTo(Normalisation.Kind.ENTRY));
        assertThat(match.confidence()).isLessThan(0.97);
    }

    @ParameterizedTest
    @CsvSource({"埼玉県浦和市本町3", "浦和市本町3", "三重県久居市新町5", "久居市新町5"})
    void whereSeveralTownsFitAllAreCandidatesAndNoneIsChosen(String written) {
        var match = matcher.match(written);
        assertThat(match.ambiguous()).isTrue();
        assertThat(match.ids().machiazaId()).isEmpty();
        assertThat(match.candidates()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"埼玉県浦和市,111007", "埼玉県浦和市ないまち3,111007", "三重県河芸町ないまち3,242012"})
    void withoutATownWhatItBecameIsTheAnswer(String written, String lgCode) {
        var match = matcher.match(written);
        assertThat(match.level()).isEqualTo(AddressLevel.CITY);
        assertThat(match.ids().lgCode()).isEqualTo(lgCode);
        assertThat(match.notes()).contains("former municipality");
    }

    @Test
    void aNameThatIsStillInUseIsReadAsItIsAndRowsThatLeadNowhereAreNamed() {
        assertThat(matcher.match("三重県津市新町5").ids().machiazaId()).isEqualTo("0010000");
        assertThat(matcher.match("三重県津市新町5").notes()).isEmpty();
        assertThat(defects.defects()).extracting(DefectReport.Defect::kind).containsExactly(DefectReport.Kind.BAD_CODE,
                DefectReport.Kind.UNKNOWN_MUNICIPALITY);
    }
}
