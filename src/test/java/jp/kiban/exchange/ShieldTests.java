package jp.kiban.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.reflect.Modifier;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.kiban.exchange.Household.Kin;
import jp.kiban.exchange.Household.Member;
import jp.kiban.exchange.Household.Relation;
import jp.kiban.exchange.Household.Sex;
import jp.kiban.exchange.SupportMeasure.Mark;
import jp.kiban.kernel.PersonId;
import org.junit.jupiter.api.Test;

class ShieldTests {
    private static final LocalDate REQUESTED = LocalDate.of(2026, 4, 1);
    private static final LocalDate UNTIL = LocalDate.of(2027, 3, 31);
    private static final PersonId FATHER = PersonId.of("1");
    private static final PersonId MOTHER = PersonId.of("2");
    private static final PersonId CHILD = PersonId.of("3");
    private static final PersonId GRANDMOTHER = PersonId.of("4");

    @Test
    void theOtherPartySeesNobodyUnderTheMeasure() {
        assertThat(seen(father(), REQUESTED.plusMonths(1), mother(decided()), child(decided()))).isEmpty();
    }

    @Test
    void aRequestAloneShieldsFromItsFirstDay() {
        var requested = measure(Optional.empty(), Optional.empty());
        assertThat(requested.mark(REQUESTED)).isEqualTo(Mark.PROVISIONAL);
        assertThat(seen(father(), REQUESTED, mother(requested), child(requested))).isEmpty();
    }

    @Test
    void theEndOfThePeriodLiftsNothing() {
        assertThat(decided().mark(UNTIL)).isEqualTo(Mark.EXPIRING);
        assertThat(decided().mark(UNTIL.plusDays(1))).isEqualTo(Mark.PERIOD_OVER);
        assertThat(seen(father(), UNTIL.plusDays(1), mother(decided()), child(decided()))).isEmpty();
        assertThat(seen(father(), UNTIL.plusYears(20), mother(decided()), child(decided()))).isEmpty();
    }

    @Test
    void onlyAnEndThatSomebodyMadeLiftsItAndNotADayEarly() {
        var ended = measure(Optional.of(REQUESTED), Optional.of(LocalDate.of(2027, 5, 10)));
        assertThat(seen(father(), LocalDate.of(2027, 5, 9), mother(ended), child(ended))).isEmpty();
        assertThat(seen(father(), LocalDate.of(2027, 5, 10), mother(ended), child(ended))).hasSize(2);
    }

    @Test
    void theProtectedPersonSeesHerChildButNotTheOtherParty() {
        var me = member(MOTHER, Optional.of(decided()));
        var fatherAsKin = new Kin(member(FATHER, Optional.empty()), Relation.SPOUSE, "夫", false, false, false);
        assertThat(seen(me, REQUESTED, fatherAsKin, child(decided()))).containsExactly(CHILD);
    }

    @Test
    void someoneWhoIsNotNamedSeesNobodyUnderTheMeasureEither() {
        assertThat(seen(member(GRANDMOTHER, Optional.empty()), REQUESTED, mother(decided()), child(decided())))
                .isEmpty();
    }

    @Test
    void anUnprotectedFamilyIsShownWhole() {
        assertThat(seen(father(), REQUESTED, kin(MOTHER, Relation.SPOUSE, Optional.empty()),
                kin(CHILD, Relation.CHILD, Optional.empty()))).containsExactly(MOTHER, CHILD);
    }

    @Test
    void aYearIsCountedAsTheGuidelinesCountIt() {
        assertThat(SupportMeasure.yearFrom(LocalDate.of(2020, 4, 1))).isEqualTo(LocalDate.of(2021, 3, 31));
    }

    @Test
    void anExtensionMayBeAskedForFromOneMonthBefore() {
        assertThat(decided().mark(LocalDate.of(2027, 2, 28))).isEqualTo(Mark.IN_FORCE);
        assertThat(decided().mark(LocalDate.of(2027, 3, 1))).isEqualTo(Mark.EXPIRING);
    }

    @Test
    void nobodyIsProtectedFromThemselves() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SupportMeasure("M", REQUESTED, Optional.empty(),
                REQUESTED, UNTIL, Optional.empty(), Set.of(MOTHER), Set.of(MOTHER)));
    }

    @Test
    void aRegistersAnswerCanBeOpenedInThisRoomAloneAndSaysNothingOfItself() {
        assertThat(Arrays.stream(Unfiltered.class.getDeclaredMethods())
                .filter(m -> Modifier.isPublic(m.getModifiers())).map(m -> m.getName()))
                .containsExactlyInAnyOrder("of", "toString");
        assertThat(Unfiltered.of(new Household(member(MOTHER, Optional.empty()), List.of(), REQUESTED)))
                .hasToString("unfiltered");
        assertThat(Shield.Visible.class.getDeclaredConstructors())
                .allMatch(constructor -> Modifier.isPrivate(constructor.getModifiers()));
    }

    private static List<PersonId> seen(Member self, LocalDate today, Kin... kin) {
        return Shield.of(Unfiltered.of(new Household(self, List.of(kin), today)), today).kin().stream()
                .map(k -> k.who().person()).toList();
    }

    private static SupportMeasure decided() { return measure(Optional.of(REQUESTED), Optional.empty()); }

    private static SupportMeasure measure(Optional<LocalDate> decided, Optional<LocalDate> ended) {
        return new SupportMeasure("M", REQUESTED, decided, REQUESTED, UNTIL, ended, Set.of(MOTHER, CHILD),
                Set.of(FATHER));
    }

    private static Member father() { return member(FATHER, Optional.empty()); }

    private static Kin mother(SupportMeasure measure) { return kin(MOTHER, Relation.SPOUSE, Optional.of(measure)); }

    private static Kin child(SupportMeasure measure) { return kin(CHILD, Relation.CHILD, Optional.of(measure)); }

    private static Kin kin(PersonId person, Relation relation, Optional<SupportMeasure> measure) {
        return new Kin(member(person, measure), relation, "", false, false, false);
    }

    private static Member member(PersonId person, Optional<SupportMeasure> measure) {
        return new Member(person, "名 " + person, "ナ", LocalDate.of(1990, 1, 1), Sex.UNKNOWN, "5140000", "津市", true,
                Optional.empty(), measure);
    }
}
