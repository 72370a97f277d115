package jp.kiban.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.kiban.KibanTest;
import jp.kiban.exchange.Evidence.Status;
import jp.kiban.exchange.Household.Kin;
import jp.kiban.exchange.Household.Member;
import jp.kiban.exchange.Household.Relation;
import jp.kiban.exchange.Household.Sex;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.LegalBasis;
import jp.kiban.kernel.PersonId;
import jp.kiban.standards.Registers;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import tools.jackson.databind.json.JsonMapper;

/// The door itself, with registers written by hand; in a municipality that no other test uses.
@KibanTest
class ExchangeTests {
    private static final AuthorityId YUBARI = AuthorityId.of("012092");
    private static final LegalBasis LAW = new LegalBasis("番号法", "第19条第8号");
    private static final LocalDate DAY = FakeRegisters.AS_OF;

    @Autowired
    Contacts contacts;
    @Autowired
    AccessLog log;
    @Autowired
    Sources sources;
    @Autowired
    JsonMapper json;
    @Autowired
    Clock clock;
    @Autowired
    Store store;

    private final FakeRegisters registers = new FakeRegisters();

    @Test
    void everyItemNamesItsRegisterAndItsDayInThreeLanguages() {
        var provision = exchange(registers.with(alone("1"))).provide(asking("1", Items.ALL));
        assertThat(provision.evidence()).extracting(Evidence::item).containsExactlyElementsOf(Items.ALL);
        assertThat(provision.of(Items.PERSON).orElseThrow().source().in(Language.JA)).isEqualTo("夕張市の住民記録");
        assertThat(provision.of(Items.PERSON).orElseThrow().source().in(Language.EN))
                .isEqualTo("Resident register of Yubari-shi");
        assertThat(provision.of(Items.PERSON).orElseThrow().asOf()).contains(DAY);
        assertThat(provision.of(Items.PENSION).orElseThrow().value().orElseThrow())
                .hasToString("{\"class\":\"mutual-aid\",\"publicServant\":true}");
        assertThat(provision.of(Items.ACCOUNT).orElseThrow().value().orElseThrow().propertyNames()).containsExactly(
                "bankCode", "bankName", "branchCode", "branchName", "type", "number", "holderKana");
    }

    @Test
    void withoutRegistersEveryItemIsUnavailableAndNothingCrashes() {
        var none = new StaticListableBeanFactory();
        var exchange = new Exchange(none.getBeanProvider(ResidentRegister.class),
                none.getBeanProvider(TaxRegister.class), none.getBeanProvider(PensionRegister.class),
                none.getBeanProvider(PayoutAccounts.class), catalogue(none), contacts, log, sources, json, clock);
        assertThat(exchange.provide(asking("2", Items.ALL)).evidence()).filteredOn(e -> !e.item().equals(Items.CONTACT))
                .allMatch(e -> e.status() == Status.UNAVAILABLE && e.value().isEmpty());
    }

    @Test
    void aRegisterThatIsDownIsUnavailableAndItsMessageGoesNowhere() {
        registers.with(alone("3")).down = true;
        var provision = exchange(registers).provide(asking("3", Items.ALL));
        assertThat(provision.evidence()).filteredOn(e -> !e.item().equals(Items.CONTACT))
                .allMatch(e -> e.status() == Status.UNAVAILABLE);
        assertThat(provision.toString()).doesNotContain("secret");
    }

    @Test
    void anItemThatNobodyKnowsIsUnavailable() {
        assertThat(exchange(registers).provide(asking("4", List.of("moon.phase"))).evidence().getFirst().status())
                .isEqualTo(Status.UNAVAILABLE);
    }

    @Test
    void theOtherPartysAnswerIsThatOfAPersonWithoutAFamilyByteForByteAndStepForStep() {
        var without = registers.with(alone("5"));
        var expected = exchange(without).provide(asking("5", Items.ALL));
        var steps = List.copyOf(without.asked);
        without.asked.clear();

        var with = registers.with(household("5", protectedKin()));
        var answer = exchange(with).provide(asking("5", Items.ALL));
        assertThat(json.writeValueAsString(answer)).isEqualTo(json.writeValueAsString(expected));
        assertThat(with.asked).isEqualTo(steps);
    }

    @Test
    void theTaxRegisterIsNeverToldOfAShieldedSpouse() {
        var provision = exchange(registers.with(household("6", protectedKin())))
                .provide(asking("6", List.of(Items.HIGHER_EARNER)));
        assertThat(provision.evidence().getFirst().value().orElseThrow().asString()).isEqualTo("claimant");
    }

    @Test
    void aRegisterIsNotAskedForWhatNobodyWantsToKnow() {
        exchange(registers.with(alone("7"))).provide(asking("7", List.of(Items.PENSION)));
        assertThat(registers.asked).containsExactly("pension");
    }

    @Test
    void everyLookIsWrittenDownOneLineAnItemAndNeverTheValue() {
        exchange(registers.with(household("8", protectedKin())))
                .provide(asking("8", List.of(Items.PERSON, Items.SPOUSE, Items.ACCOUNT)));
        var entries = log.of(YUBARI, PersonId.of("8"), 0, 10);
        assertThat(entries).extracting(AccessLog.Entry::item).containsExactly(Items.ACCOUNT, Items.SPOUSE,
                Items.PERSON);
        assertThat(entries).extracting(AccessLog.Entry::result).containsExactly(Status.PROVIDED, Status.NONE,
                Status.PROVIDED);
        assertThat(entries).allMatch(e -> e.purpose().equals("試験") && e.basis().equals(LAW)
                && e.requestedBy().equals("resident:8"));
        assertThat(entries.toString()).doesNotContain("直美").doesNotContain("1000001");
    }

    @Test
    void theLogCannotBeChangedAndIsReadByNobodyElse() {
        exchange(registers.with(alone("9"))).provide(asking("9", List.of(Items.PERSON)));
        assertThat(log.looks(YUBARI, PersonId.of("9"))).isEqualTo(1);
        assertThat(seenIn(Scope.resident(YUBARI, PersonId.of("10")))).isZero();
        assertThat(seenIn(Scope.of(AuthorityId.of("134023")))).isZero();
        assertThat(seenIn(Scope.nation())).isZero();
        assertThatThrownBy(() -> store.run(Scope.of(YUBARI),
                jdbc -> jdbc.sql("update exchange.access set item = 'x' where person = '9'").update()))
                .hasStackTraceContaining("permission denied");
    }

    @Test
    void oneInquiryIsOneLookWithItsItemsInTheOrderAsked() {
        var exchange = exchange(registers.with(alone("11")));
        exchange.provide(asking("11", List.of(Items.PERSON, Items.SPOUSE)));
        exchange.viewed(new Inquiry(YUBARI, PersonId.of("11"), List.of(Items.ACCOUNT), "審査", LAW, Optional.empty(),
                "officer:shinsa"));
        assertThat(log.looks(YUBARI, PersonId.of("11"))).isEqualTo(2);
        var looks = log.looks(YUBARI, PersonId.of("11"), 0, 10);
        assertThat(looks).extracting(AccessLog.Look::requestedBy).containsExactly("officer:shinsa", "resident:11");
        assertThat(looks.getLast().items()).containsExactly(new AccessLog.Seen(Items.PERSON, Status.PROVIDED),
                new AccessLog.Seen(Items.SPOUSE, Status.NONE));
        assertThat(log.looks(YUBARI, PersonId.of("11"), 1, 10)).hasSize(1);
    }

    @Test
    void whatThePersonGaveLastIsNotAskedAgain() {
        var me = PersonId.of("20");
        assertThat(exchange(registers).provide(asking("20", List.of(Items.CONTACT))).evidence().getFirst().status())
                .isEqualTo(Status.NONE);
        contacts.remember(YUBARI, me, "0123-45-6789", "");
        contacts.remember(YUBARI, me, "0123-45-6780", "me@example.jp");
        assertThat(exchange(registers).provide(asking("20", List.of(Items.CONTACT))).evidence().getFirst().value()
                .orElseThrow()).hasToString("{\"phone\":\"0123-45-6780\",\"email\":\"me@example.jp\"}");
    }

    @Test
    void nobodyAsksWithoutAPurposeAndAResidentOnlyAboutHerself() {
        var me = PersonId.of("1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Inquiry(YUBARI, me, List.of(Items.PERSON), " ", LAW, Optional.empty(), "x"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Inquiry(YUBARI, me, List.of(), "試験", LAW, Optional.empty(), "x"));
        assertThatIllegalArgumentException().isThrownBy(
                () -> new Inquiry(YUBARI, me, List.of(Items.PERSON), "試験", LAW, Optional.empty(), "resident:2"));
    }

    @Test
    void protectionAnswersTheOtherRooms() {
        var factory = factory(registers.with(household("31", List.of())).with(new Household(
                member("32", Optional.of(measure("31", "32", "33"))), List.of(), DAY)));
        var protection = new Protection(factory.getBeanProvider(ResidentRegister.class), clock);
        assertThat(protection.shields(YUBARI, PersonId.of("32"), PersonId.of("31"))).isTrue();
        assertThat(protection.shields(YUBARI, PersonId.of("32"), PersonId.of("33"))).as("covered as well").isFalse();
        assertThat(protection.shields(YUBARI, PersonId.of("32"), PersonId.of("32"))).as("herself").isFalse();
        assertThat(protection.shields(YUBARI, PersonId.of("31"), PersonId.of("32"))).isFalse();
        assertThat(protection.shields(YUBARI, PersonId.of("99"), PersonId.of("31"))).as("not known").isTrue();
        assertThat(protection.measureOf(YUBARI, PersonId.of("32"))).isPresent();
        var none = new Protection(new StaticListableBeanFactory().getBeanProvider(ResidentRegister.class), clock);
        assertThat(none.shields(YUBARI, PersonId.of("32"), PersonId.of("33"))).as("register out of reach").isTrue();
    }

    private long seenIn(Scope scope) {
        return store.<Long>in(scope, jdbc -> jdbc.sql("select count(*) from exchange.access where person = '9'")
                .query(Long.class).single());
    }

    private Exchange exchange(FakeRegisters with) {
        var factory = factory(with);
        return new Exchange(factory.getBeanProvider(ResidentRegister.class), factory.getBeanProvider(TaxRegister.class),
                factory.getBeanProvider(PensionRegister.class), factory.getBeanProvider(PayoutAccounts.class),
                catalogue(factory), contacts, log, sources, json, clock);
    }

    private static CatalogueItems catalogue(StaticListableBeanFactory factory) {
        return new CatalogueItems(factory.getBeanProvider(ItemRegister.class),
                factory.getBeanProvider(ResidentRegister.class), Registers.of(Path.of("standards")));
    }

    private static StaticListableBeanFactory factory(FakeRegisters with) {
        return new StaticListableBeanFactory(Map.of("registers", with));
    }

    private static Inquiry asking(String person, List<String> items) {
        return Inquiry.bySelf(YUBARI, PersonId.of(person), items, "試験", LAW);
    }

    private static Household alone(String person) { return household(person, List.of()); }

    private static Household household(String person, List<Kin> kin) {
        return new Household(member(person, Optional.empty()), kin, DAY);
    }

    /// Everyone's wife and child are 102 and 103, fled from everyone.
    private static List<Kin> protectedKin() {
        var measure = measure("0", "102", "103");
        return List.of(new Kin(member("102", Optional.of(measure)), Relation.SPOUSE, "妻", false, false, false),
                new Kin(member("103", Optional.of(measure)), Relation.CHILD, "子", false, false, false));
    }

    private static SupportMeasure measure(String against, String... covered) {
        return new SupportMeasure("M", DAY, Optional.empty(), DAY, SupportMeasure.yearFrom(DAY), Optional.empty(),
                Set.of(PersonId.of(covered[0]), PersonId.of(covered[1])), Set.of(PersonId.of(against)));
    }

    private static Member member(String person, Optional<SupportMeasure> measure) {
        return new Member(PersonId.of(person), "田中 直美", "タナカ ナオミ", LocalDate.of(1990, 1, 1), Sex.FEMALE, "0680000",
                "夕張市", true, Optional.empty(), measure);
    }
}
