package jp.kiban.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import jp.kiban.exchange.Household.Kin;
import jp.kiban.exchange.Household.Member;
import jp.kiban.exchange.Household.Relation;
import jp.kiban.exchange.Household.Sex;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.PersonId;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ItemsTests {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private final Items items = new Items(JSON, AuthorityId.of("242012"));

    @Test
    void aChildBornOnTheFirstOfAprilBelongsToTheYearBefore() {
        var visible = household(LocalDate.of(2008, 4, 1), LocalDate.of(2008, 4, 2));
        var lastDay = LocalDate.of(2026, 3, 31);
        assertThat(items.children(visible, lastDay)).hasSize(2);
        assertThat(items.elders(visible, lastDay)).isEmpty();
        var nextDay = lastDay.plusDays(1);
        assertThat(dates(items.children(visible, nextDay))).containsExactly("2008-04-02");
        assertThat(dates(items.elders(visible, nextDay))).containsExactly("2008-04-01");
    }

    @Test
    void anElderCountsUntilTheMarchAfterReachingTwentyTwo() {
        var visible = household(LocalDate.of(2004, 4, 2));
        assertThat(items.elders(visible, LocalDate.of(2027, 3, 31))).hasSize(1);
        assertThat(items.elders(visible, LocalDate.of(2027, 4, 1))).isEmpty();
        assertThat(items.children(visible, LocalDate.of(2027, 4, 1))).isEmpty();
    }

    @Test
    void theNewestEventIsABirthOrTheMoveAndNeverOneStillToCome() {
        var visible = household(LocalDate.of(2020, 5, 5), LocalDate.of(2026, 11, 9));
        assertThat(items.event(visible, LocalDate.of(2026, 11, 21)).orElseThrow())
                .hasToString("{\"kind\":\"birth\",\"date\":\"2026-11-09\"}");
        assertThat(items.event(visible, LocalDate.of(2026, 11, 8)).orElseThrow())
                .hasToString("{\"kind\":\"move-in\",\"date\":\"2024-01-10\"}");
        assertThat(items.event(visible, LocalDate.of(2020, 5, 4))).isEmpty();
    }

    @Test
    void theShapeOfAPersonAndAChildIsTheOneTheFormExpects() {
        var visible = household(LocalDate.of(2020, 5, 5));
        assertThat(items.person(visible).propertyNames()).containsExactly("name", "kana", "birthDate", "sex",
                "postalCode", "address");
        assertThat(items.children(visible, LocalDate.of(2026, 1, 1)).get(0).propertyNames()).containsExactly("id",
                "name", "kana", "birthDate", "relationship", "livingTogether", "abroad", "inFacility");
    }

    @Test
    void aChildsMarkIsNotItsNumberAndIsTheSameWhoeverClaims() {
        var once = items.children(household(LocalDate.of(2020, 5, 5)), LocalDate.of(2026, 1, 1)).get(0).get("id");
        var again = items.children(household(LocalDate.of(2020, 5, 5)), LocalDate.of(2026, 1, 1)).get(0).get("id");
        assertThat(once).isEqualTo(again);
        assertThat(once.asString()).matches("c[0-9a-f]{16}");
        assertThat(new Items(JSON, AuthorityId.of("182010"))
                .children(household(LocalDate.of(2020, 5, 5)), LocalDate.of(2026, 1, 1)).get(0).get("id"))
                .isNotEqualTo(once);
    }

    private static List<String> dates(tools.jackson.databind.JsonNode list) {
        return list.valueStream().map(child -> child.get("birthDate").asString()).toList();
    }

    private static Shield.Visible household(LocalDate... births) {
        var kin = IntStream.range(0, births.length).mapToObj(i -> new Kin(member(10 + i, births[i], Optional.empty()),
                Relation.CHILD, "子", true, false, false)).toList();
        var self = member(1, LocalDate.of(1985, 1, 1), Optional.of(LocalDate.of(2024, 1, 10)));
        assertThat(Arrays.stream(births)).isNotEmpty();
        return Shield.of(Unfiltered.of(new Household(self, kin, LocalDate.EPOCH)), LocalDate.EPOCH);
    }

    private static Member member(int id, LocalDate birth, Optional<LocalDate> movedIn) {
        return new Member(PersonId.of(Integer.toString(id)), "名", "ナ", birth, Sex.FEMALE, "5140000", "津市", true,
                movedIn, Optional.empty());
    }
}
