package jp.kiban.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jp.kiban.KibanTest;
import jp.kiban.demo.Families.Invented;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Role;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@KibanTest
class PopulationTests {
    @Autowired
    Families families;
    @Autowired
    Population population;
    @Autowired
    DemoHolders holders;
    @Autowired
    Store store;

    @Test
    void eightTownsOfAtLeastFortyHouseholdsEach() {
        assertThat(families.all()).extracting(f -> f.authority().code()).containsExactlyInAnyOrder("242012", "182010",
                "273619", "134023", "141003", "032115", "151009", "122114");
        for (var family : families.all())
            assertThat(households(family.authority())).isGreaterThanOrEqualTo(40);
    }

    @Test
    void theSameCodeGivesTheSamePeople() {
        var tsu = AuthorityId.of("242012");
        assertThat(Townspeople.of(tsu)).isEqualTo(Townspeople.of(tsu))
                .isNotEqualTo(Townspeople.of(AuthorityId.of("182010")));
    }

    @Test
    void anotherStartMakesNobodyNew() {
        var tsu = AuthorityId.of("242012");
        long before = people(tsu);
        population.afterSingletonsInstantiated();
        assertThat(people(tsu)).isEqualTo(before);
    }

    @Test
    void nobodyHasAMyNumber() {
        var twelve = Pattern.compile("(?<![0-9])[0-9]{12}(?![0-9])");
        for (var family : families.all()) {
            List<String> rows = store.in(Scope.of(family.authority()), jdbc -> jdbc
                    .sql("select p::text from demo.person p where authority = ?").params(family.authority().code())
                    .query(String.class).list());
            assertThat(rows).isNotEmpty().noneMatch(row -> twelve.matcher(row).find());
        }
    }

    @Test
    void everyChildHasAParentAndEverySpouseASpouse() {
        for (var family : families.all()) {
            var people = family.people().stream().collect(Collectors.toMap(Invented::id, p -> p));
            for (var person : people.values()) {
                assertThat(people.keySet()).containsAll(person.parents());
                person.spouse().ifPresent(spouse -> assertThat(Optional.ofNullable(people.get(spouse)).orElseThrow()
                        .spouse()).contains(person.id()));
            }
            for (var measure : family.measures())
                assertThat(people.keySet()).containsAll(measure.covered()).containsAll(measure.against());
        }
    }

    @Test
    void aDayIsReadRelativeToTheDayThePeopleWereMade() {
        var made = LocalDate.of(2026, 11, 21);
        assertThat(Families.day("-3y+10d", made)).isEqualTo(LocalDate.of(2023, 12, 1));
        assertThat(Families.day("-12d", made)).isEqualTo(LocalDate.of(2026, 11, 9));
        assertThat(Families.day("-6m", made)).isEqualTo(LocalDate.of(2026, 5, 21));
        assertThatIllegalArgumentException().isThrownBy(() -> Families.day("3 years", made));
    }

    @Test
    void everyTownHasOfficersOfFourRolesAndTwoMinistriesHaveStaff() {
        var officers = holders.all().stream().map(CardHolder::actor).filter(Actor.Officer.class::isInstance)
                .map(Actor.Officer.class::cast).toList();
        for (var family : families.all())
            assertThat(officers.stream().filter(o -> o.authority().equals(family.authority()))
                    .flatMap(o -> o.roles().stream())).containsExactlyInAnyOrder(Role.RECEPTION, Role.REVIEW,
                            Role.APPROVAL, Role.TREASURY);
        assertThat(officers.stream().filter(o -> o.may(Role.MINISTRY))).extracting(Actor.Officer::authority)
                .containsOnly(AuthorityId.of("GCFA00"),
                        AuthorityId.of("GDIG00"));
    }

    @Test
    void noTwoCardsShareAName() { assertThat(holders.all().stream().map(CardHolder::cardId)).doesNotHaveDuplicates(); }

    private long people(AuthorityId authority) {
        return store.<Long>in(Scope.of(authority), jdbc -> jdbc.sql("select count(*) from demo.person")
                .query(Long.class).single());
    }

    private long households(AuthorityId authority) {
        return store.<Long>in(Scope.of(authority), jdbc -> jdbc
                .sql("select count(distinct household) from demo.person where resident").query(Long.class).single());
    }
}
