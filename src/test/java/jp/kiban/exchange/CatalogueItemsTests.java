package jp.kiban.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.kiban.exchange.Household.Kin;
import jp.kiban.exchange.Household.Member;
import jp.kiban.exchange.Household.Relation;
import jp.kiban.exchange.Household.Sex;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.PersonId;
import jp.kiban.standards.RegisterItem;
import jp.kiban.standards.Registers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.core.annotation.Order;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Items that only the catalogue knows: the mother 102 fled from 1 with her child 103; 104 is a child of both that nobody
/// protects.
class CatalogueItemsTests {
    private static final AuthorityId TSU = AuthorityId.of("242012");
    private static final LocalDate DAY = FakeRegisters.AS_OF;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path folder;
    private final FakeRegisters residents = new FakeRegisters();
    private final School school = new School();
    private CatalogueItems items = items(new StaticListableBeanFactory());

    @BeforeEach
    void catalogue() throws IOException {
        Files.writeString(folder.resolve("registers.yaml"), """
                items:
                """ + item("school.enrolment", "household") + item("school.calendar", "none"));
        var measure = new SupportMeasure("M", DAY, Optional.empty(), DAY, SupportMeasure.yearFrom(DAY),
                Optional.empty(), Set.of(PersonId.of("102"), PersonId.of("103")), Set.of(PersonId.of("1")));
        var mother = member("102", Optional.of(measure));
        var hidden = member("103", Optional.of(measure));
        var child = member("104", Optional.empty());
        residents.with(new Household(member("1", Optional.empty()),
                List.of(kin(mother, Relation.SPOUSE), kin(hidden, Relation.CHILD), kin(child, Relation.CHILD)), DAY))
                .with(new Household(mother, List.of(kin(member("1", Optional.empty()), Relation.SPOUSE)), DAY))
                .with(new Household(hidden, List.of(), DAY)).with(new Household(child, List.of(), DAY))
                .with(new Household(member("5", Optional.empty()), List.of(), DAY));
        items = items(new StaticListableBeanFactory(Map.of("residents", residents, "school", school)));
    }

    @Test
    void whoeverIsHiddenIsLeftOutAndTheMarksAreTakenOff() {
        school.says = "[{'person':'103','school':'A'},{'person':'104','school':'B'}]";
        assertThat(answer("1", "school.enrolment")).hasToString("[{\"school\":\"B\"}]");
        assertThat(answer("5", "school.enrolment")).as("protected from everyone outside the measure")
                .hasToString("[{\"school\":\"B\"}]");
    }

    @Test
    void theProtectedMotherSeesHerChildButNotTheOtherParty() {
        school.says = "[{'person':'103','school':'A'},{'person':'1','school':'B'}]";
        assertThat(answer("102", "school.enrolment")).hasToString("[{\"school\":\"A\"}]");
    }

    @Test
    void whatDoesNotSayWhomItIsAboutIsWithheldWhereSomebodyIsKeptApart() {
        school.says = "[{'school':'A'}]";
        assertThat(items.answer(TSU, PersonId.of("1"), "school.enrolment", DAY)).isEmpty();
        assertThat(answer("5", "school.enrolment")).hasToString("[{\"school\":\"A\"}]");
        assertThat(answer("1", "school.calendar")).as("nobody's secret").hasToString("[{\"school\":\"A\"}]");
    }

    @Test
    void whatSaysThatItIsAboutOneselfIsToldAlsoWhereSomebodyIsKeptApart() {
        school.says = "{'person':'1','size':1}";
        assertThat(answer("1", "school.enrolment")).hasToString("{\"size\":1}");
        school.says = "[{'person':'1','school':'A'}]";
        assertThat(answer("1", "school.enrolment")).hasToString("[{\"school\":\"A\"}]");
        school.says = "[{'person':'1','school':'A'},{'school':'B'}]";
        assertThat(items.answer(TSU, PersonId.of("1"), "school.enrolment", DAY)).as("one row does not say").isEmpty();
    }

    @Test
    void somebodyTheRegisterOfResidentsDoesNotKnowIsLeftOut() {
        school.says = "{'main':{'person':'999','school':'A'},'year':2}";
        assertThat(answer("5", "school.enrolment")).hasToString("{\"year\":2}");
    }

    @Test
    void withoutARegisterThatKeepsItAnItemCannotBeReached() {
        assertThat(items.reachable("school.enrolment")).isTrue();
        assertThat(items.reachable("school.unheard-of")).isFalse();
        assertThat(items(new StaticListableBeanFactory()).reachable("school.enrolment")).isFalse();
    }

    private JsonNode answer(String who, String item) {
        return items.answer(TSU, PersonId.of(who), item, DAY).orElseThrow().value();
    }

    @Test
    void whatTheHouseGrantedComesBeforeWhatAnotherRegisterSaysAndBothAreAsked() {
        school.says = "{'person':'5','school':'A'}";
        var own = new Own();
        items = items(new StaticListableBeanFactory(
                Map.of("residents", residents, "school", school, "own", own)));
        assertThat(answer("5", "school.enrolment")).hasToString("{\"school\":\"A\"}");
        own.says = "{'person':'5','school':'here'}";
        assertThat(answer("5", "school.enrolment")).hasToString("{\"school\":\"here\"}");
        assertThat(school.asked).isEqualTo(2);
        own.says = "{'person':'103','school':'here'}";
        assertThat(items.answer(TSU, PersonId.of("1"), "school.enrolment", DAY)).as("the shield looks at it too")
                .isEmpty();
    }

    @Order(0)
    private static final class Own implements ItemRegister {
        String says = "";

        @Override
        public boolean keeps(RegisterItem item) { return true; }

        @Override
        public Optional<Unfiltered<Stated<JsonNode>>> answer(AuthorityId authority, PersonId person,
                RegisterItem item) {
            return Optional.of(says).filter(s -> !s.isEmpty())
                    .map(s -> Unfiltered.of(new Stated<>(JSON.readTree(s.replace('\'', '"')), DAY)));
        }
    }

    private CatalogueItems items(StaticListableBeanFactory factory) {
        return new CatalogueItems(factory.getBeanProvider(ItemRegister.class),
                factory.getBeanProvider(ResidentRegister.class),
                Registers.of(folder == null ? Path.of("standards") : folder));
    }

    private static String item(String id, String shield) { return """
                  - id: %s
                    name: { ja: 在籍, ja-easy: 学校（がっこう）, en: Enrolment }
                    register: { ja: 学齢簿, ja-easy: 学校の 記録（きろく）, en: the school register }
                    keeper: municipality
                    class: family
                    shield: %s
                    basis: 学校教育法施行令 第1条
                    shape: { type: array }
                """.formatted(id, shield); }

    private static Kin kin(Member who, Relation relation) { return new Kin(who, relation, "子", true, false, false); }

    private static Member member(String person, Optional<SupportMeasure> measure) {
        return new Member(PersonId.of(person), "田中 直美", "タナカ ナオミ", LocalDate.of(1990, 1, 1), Sex.FEMALE, "5140000",
                "津市", true, Optional.empty(), measure);
    }

    /// A school register in memory.
    private static final class School implements ItemRegister {
        String says = "null";
        int asked;

        @Override
        public boolean keeps(RegisterItem item) { return item.id().startsWith("school."); }

        @Override
        public Optional<Unfiltered<Stated<JsonNode>>> answer(AuthorityId authority, PersonId person,
                RegisterItem item) {
            asked++;
            return Optional.of(Unfiltered.of(new Stated<>(JSON.readTree(says.replace('\'', '"')), DAY)));
        }
    }
}
