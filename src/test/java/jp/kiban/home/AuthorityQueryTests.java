package jp.kiban.home;

import static org.assertj.core.api.Assertions.assertThat;

import jp.kiban.authority.Authorities;
import jp.kiban.authority.Authority;
import jp.kiban.authority.AuthorityHistory;
import jp.kiban.kernel.Finding;
import org.junit.jupiter.api.Test;

class AuthorityQueryTests {
    private final Authorities authorities = new Authorities();
    private final AuthorityHistory history = AuthorityHistory.of(authorities);

    @Test
    void groupsCountAsTheLawCountsThem() {
        assertThat(find("", "municipality", "", "")).hasSize(1741);
        assertThat(find("", "prefecture", "", "")).hasSize(47);
        assertThat(find("", "local-government", "", "")).hasSize(1788);
        assertThat(find("", "special_ward", "", "")).hasSize(23);
        assertThat(find("", "designated-city", "", "")).hasSize(20);
    }

    @Test
    void widthCaseAndKanaDoNotMatterToASearch() {
        assertThat(find("ｱｵｶﾞｼﾏ", "", "", "")).extracting(Authority::name).containsExactly("青ヶ島村");
        assertThat(find("あおがしま", "", "", "")).hasSize(1);
        assertThat(find("AOGASHIMA", "", "", "")).hasSize(1);
        assertThat(find(" ２４２０１２ ", "", "", "")).extracting(Authority::name).containsExactly("津市");
        assertThat(find("242013", "", "", "")).isEmpty();
    }

    @Test
    void aPrefectureIsNamedByNameOrCode() {
        assertThat(find("", "municipality", "東京都", "")).hasSize(62);
        assertThat(find("", "municipality", "130001", "")).hasSize(62);
        assertThat(find("", "municipality", "13", "")).hasSize(62);
    }

    @Test
    void theOrderGoesBothWaysAndIsStable() {
        assertThat(find("", "municipality", "", "-population").getFirst().name()).isEqualTo("横浜市");
        assertThat(find("", "municipality", "", "population").getLast().name()).isEqualTo("横浜市");
        assertThat(find("", "", "", "code").getFirst().name()).isEqualTo("北海道");
    }

    @Test
    void aBodyIsFoundByItsEarlierNamesAndCodes() {
        assertThat(find("久居市", "", "", "")).extracting(Authority::name).containsExactly("津市");
        assertThat(find("ﾋｻｲｼ", "", "", "")).extracting(Authority::name).containsExactly("津市");
        assertThat(find("15201", "", "", "")).extracting(Authority::name).containsExactly("新潟市");
        assertThat(find("24201", "", "", "")).extracting(Authority::name).containsExactly("津市");
        assertThat(find("龍ヶ崎", "", "", "")).extracting(Authority::name).containsExactly("龍ケ崎市");
        assertThat(find("浜松市北区", "", "", "")).extracting(Authority::name).hasSize(2);
    }

    @Test
    void theListIsThatOfTheDayAskedFor() {
        var then = AuthorityQuery.read(authorities, "浜松市", "designated-ward", "", "", "令和5年12月31日", "", "", "", "");
        assertThat(then.of(authorities, history)).hasSize(7);
        assertThat(find("浜松市", "designated-ward", "", "")).hasSize(3);
    }

    @Test
    void theNearestComesFirst() {
        var query = AuthorityQuery.read(authorities, "", "municipality", "", "", "", "34.7186", "136.5054", "", "");
        assertThat(query.sort()).isEqualTo("distance");
        assertThat(query.of(authorities, history).getFirst().name()).isEqualTo("津市");
        assertThat(query.metres(authorities, query.of(authorities, history).getFirst()).orElseThrow()).isLessThan(100);
        assertThat(AuthorityQuery.read(authorities, "", "", "", "distance", "", "", "", "", "").faults())
                .extracting(Finding::where).containsExactly("sort");
        assertThat(AuthorityQuery.read(authorities, "", "", "", "", "", "34", "", "", "").faults()).hasSize(1);
    }

    @Test
    void everyFaultIsToldAtOnce() {
        var query = AuthorityQuery.read(authorities, "x".repeat(101), "planet", "江戸", "colour", "いつか", "95", "east",
                "0", "ten");
        assertThat(query.faults()).extracting(Finding::where).containsExactly("asOf", "lat", "lng", "q", "kind",
                "prefecture", "sort", "page",
                "size");
        assertThat(AuthorityQuery.read(authorities, "x".repeat(100), "", "", "", "", "", "", "", "").faults())
                .isEmpty();
    }

    private java.util.List<Authority> find(String q, String kind, String prefecture, String sort) {
        var query = AuthorityQuery.read(authorities, q, kind, prefecture, sort, "", "", "", "", "");
        assertThat(query.faults()).isEmpty();
        return query.of(authorities, history);
    }
}
