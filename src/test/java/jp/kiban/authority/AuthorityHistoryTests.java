package jp.kiban.authority;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import jp.kiban.kernel.AuthorityId;
import org.junit.jupiter.api.Test;

class AuthorityHistoryTests {
    private final Authorities authorities = new Authorities();
    private final AuthorityHistory history = AuthorityHistory.of(authorities);

    @Test
    void theWardsOfHamamatsuWereSevenUntilTheEndOf2023() {
        assertThat(wards(LocalDate.of(2023, 12, 31))).containsExactly("浜松市中区", "浜松市東区", "浜松市西区", "浜松市南区", "浜松市北区",
                "浜松市浜北区", "浜松市天竜区");
        assertThat(wards(LocalDate.of(2024, 1, 1))).hasSize(3);
        assertThat(history.after(AuthorityId.of("221350"))).as("the northern ward went to two").hasSize(2);
        assertThat(history.since(AuthorityId.of("221384"))).contains(LocalDate.of(2024, 1, 1));
    }

    private List<String> wards(LocalDate day) {
        return history.on(day).stream().filter(a -> a.parent().equals(Optional.of(AuthorityId.of("221309"))))
                .map(Authority::name).toList();
    }

    @Test
    void thereAre1741MunicipalitiesOnEveryDaySinceTheLastMerger() {
        for (var day : List.of("2014-04-05", "2016-10-09", "2016-10-10", "2018-10-01", "2019-05-01", "2023-12-31",
                "2026-11-21"))
            assertThat(history.on(LocalDate.parse(day)).stream().filter(a -> a.kind().isMunicipality())).as(day)
                    .hasSize(1741);
        assertThat(history.on(LocalDate.of(2014, 4, 4)).stream().filter(a -> a.kind().isMunicipality())).hasSize(1742);
        assertThat(history.on(LocalDate.of(2026, 11, 21))).containsExactlyInAnyOrderElementsOf(authorities.all());
    }

    @Test
    void aNewCityOfTheSameCodeIsAnotherBody() {
        var tsu = AuthorityId.of("242012");
        assertThat(history.before(tsu)).hasSize(10).allSatisfy(c -> assertThat(c.day()).isEqualTo("2006-01-01"));
        assertThat(history.on(LocalDate.of(2005, 12, 31)).stream().filter(a -> a.id().equals(tsu)).findFirst()
                .orElseThrow()
                .population()).isZero();
        assertThat(history.heirs(AuthorityId.of("242136"))).containsExactly(tsu);
        assertThat(history.ancestors(tsu)).extracting(Authority::name).contains("久居市", "美杉村");
    }

    @Test
    void aChainOfChangesLeadsToTheBodyOfToday() {
        assertThat(history.heirs(AuthorityId.of("152013"))).containsExactly(AuthorityId.of("151009"));
        assertThat(history.on(LocalDate.of(2019, 4, 30)).stream().filter(a -> a.id().code().equals("282219"))
                .map(Authority::name)).containsExactly("篠山市");
        assertThat(history.on(LocalDate.of(2019, 5, 1)).stream().filter(a -> a.id().code().equals("282219"))
                .map(Authority::name)).containsExactly("丹波篠山市");
    }

    @Test
    void everyFaultOfATableIsToldWithItsLine() throws IOException {
        var reading = AuthorityHistory.read(new StringReader("""
                day,kind,code,name,kana,type,to,source
                2014-04-05,absorbed,09367,岩舟町,いわふねまち,town,09203,公報
                2014-4-5,eaten,093671,,いわふねまち,hamlet,99999,公報
                2010-01-01,merged,24201,津市,つし,city,24381,公報
                2010-01-01,merged,24201
                2010-01-01,absorbed,24202,四日市市,よっかいちし,city,24201,公報
                """), authorities, Optional.empty());
        assertThat(reading.faults()).extracting(AuthorityHistory.Fault::line).containsExactly(3L, 3L, 3L, 3L, 3L, 5L,
                4L, 4L, 6L);
        assertThat(reading.history().changes()).extracting(c -> c.former().name()).contains("岩舟町");
        assertThat(AuthorityHistory.read(new StringReader("a,b\n"), authorities, Optional.empty()).faults()).hasSize(1);
    }

    @Test
    void distancesAreThoseOfTheGlobe() {
        var tokyo = authorities.point(AuthorityId.of("130001")).orElseThrow();
        var osaka = authorities.point(AuthorityId.of("270008")).orElseThrow();
        assertThat(tokyo.metresTo(osaka)).isBetween(390_000.0, 405_000.0);
        assertThat(tokyo.metresTo(tokyo)).isZero();
        assertThat(authorities.corporateNumber(authorities.get(AuthorityId.of("221384")))).isEmpty();
        assertThat(authorities.corporateNumber(authorities.get(AuthorityId.of("130001"))))
                .hasToString("Optional[8000020130001]");
        assertThat(authorities.municipalities()).allSatisfy(a -> assertThat(authorities.point(a.id())).isPresent());
    }

    @Test
    void aPopulationIsToldOfItsOwnDayOnly() {
        var tsu = authorities.get(AuthorityId.of("242012"));
        var today = authorities.population(tsu, Optional.empty()).orElseThrow();
        var counted = authorities.population(tsu, Optional.of(LocalDate.of(2024, 12, 31))).orElseThrow();
        assertThat(today.kind()).isEqualTo(Population.Kind.ESTIMATE);
        assertThat(counted).isEqualTo(new Population(274_537, LocalDate.of(2020, 10, 1), Population.Kind.CENSUS));
        assertThat(authorities.population(tsu, Optional.of(LocalDate.of(2020, 9, 30)))).isEmpty();
        var north = history.after(AuthorityId.of("221350")).getFirst().former();
        assertThat(authorities.population(north, Optional.of(LocalDate.of(2023, 12, 31)))).map(Population::persons)
                .contains(92_688L);
        assertThat(authorities.population(north, Optional.empty())).as("it is gone").isEmpty();
        assertThat(history.on(LocalDate.of(2023, 1, 1)).stream().filter(a -> a.kind() == Authority.Kind.PREFECTURE)
                .mapToLong(a -> authorities.population(a, Optional.of(LocalDate.of(2023, 1, 1))).orElseThrow()
                        .persons())
                .sum()).isEqualTo(126_146_099);
    }

    @Test
    void noWardIsOlderThanTheDesignationOfItsCity() {
        assertThat(wards(LocalDate.of(2007, 3, 31))).isEmpty();
        assertThat(wards(LocalDate.of(2007, 4, 1))).hasSize(7);
        assertThat(history.since(AuthorityId.of("221015"))).as("葵区").contains(LocalDate.of(2005, 4, 1));
        assertThat(history.on(LocalDate.of(2005, 3, 31))).extracting(Authority::name).contains("静岡市")
                .doesNotContain("静岡市葵区");
    }

    @Test
    void eachChangeSaysWhatOfItWasFoundInWhichSource() throws IOException {
        assertThat(history.changes()).allSatisfy(c -> assertThat(c.source()).isNotBlank())
                .noneSatisfy(c -> assertThat(c.confidence()).isEqualTo("unconfirmed"));
        assertThat(history.after(AuthorityId.of("221317")).getFirst().confidence()).isEqualTo("confirmed");
        var hisai = history.after(AuthorityId.of("242136")).getFirst();
        assertThat(hisai.checked()).containsExactlyInAnyOrder(AuthorityHistory.Checked.DAY,
                AuthorityHistory.Checked.NAMES);
        assertThat(hisai.confidence()).isEqualTo("partly");
        var reading = AuthorityHistory.read(new StringReader("""
                day,kind,code,name,kana,type,to,source,checked
                2014-04-05,absorbed,09367,岩舟町,いわふねまち,town,09203,,day
                2014-04-05,absorbed,09367,岩舟町,いわふねまち,town,09203,公報,everything
                """), authorities, Optional.empty());
        assertThat(reading.faults()).extracting(AuthorityHistory.Fault::line).containsExactly(2L, 3L);
    }
}
