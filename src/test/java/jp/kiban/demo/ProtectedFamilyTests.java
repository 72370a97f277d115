package jp.kiban.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import jp.kiban.KibanTest;
import jp.kiban.exchange.Evidence.Status;
import jp.kiban.exchange.Exchange;
import jp.kiban.exchange.Inquiry;
import jp.kiban.exchange.Protection;
import jp.kiban.exchange.Provision;
import jp.kiban.exchange.SupportMeasure.Mark;
import jp.kiban.identity.SignIn;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.LegalBasis;
import jp.kiban.kernel.PersonId;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import jp.kiban.store.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.json.JsonMapper;

/// The protected families of the demonstration: one that fled to another city, one in the same town whose request is not
/// decided yet. The stand-in registers keep everything about them; nobody outside may notice.
@KibanTest
class ProtectedFamilyTests {
    private static final AuthorityId TSU = AuthorityId.of("242012");
    private static final AuthorityId FUKUI = AuthorityId.of("182010");
    private static final AuthorityId KUMATORI = AuthorityId.of("273619");
    private static final List<String> ITEMS = List.of("resident.person", "resident.spouse", "resident.children",
            "resident.elders", "resident.event", "tax.higher-earner", "pension.class", "account.payout",
            "contact.last");

    @Autowired
    Exchange exchange;
    @Autowired
    Protection protection;
    @Autowired
    Store store;
    @Autowired
    JsonMapper json;
    @LocalServerPort
    int port;

    @ParameterizedTest
    @ValueSource(strings = {"242012", "273619"})
    void theOtherPartysAnswerIsTheOneHeWouldGetHadTheyNeverExisted(String code) {
        var authority = AuthorityId.of(code);
        var him = Families.number(authority, 41);
        var before = measured(() -> ask(authority, him));
        List<String> ties = store.in(Scope.of(authority), jdbc -> jdbc
                .sql("delete from demo.kin k where authority = ? and person = ? returning to_jsonb(k)::text")
                .params(code, him.number()).query(String.class).list());
        assertThat(ties).as("his wife and his child are in the register").hasSize(2);
        try {
            var without = measured(() -> ask(authority, him));
            assertThat(before.answer()).isEqualTo(without.answer());
            assertThat(before.statements()).isEqualTo(without.statements());
        } finally {
            ties.forEach(tie -> store.run(Scope.of(authority), jdbc -> jdbc.sql(
                    "insert into demo.kin select * from jsonb_populate_record(null::demo.kin, ?::jsonb)").params(tie)
                    .update()));
        }
        assertThat(before.answer()).doesNotContain("直美").doesNotContain("蓮").doesNotContain("真由美")
                .doesNotContain("結衣").doesNotContain("福井").doesNotContain("妻");
    }

    @Test
    void hisOwnLogTellsHimNoMoreThanAnyoneElses() {
        var him = Families.number(TSU, 41);
        var neighbour = Families.number(TSU, lonely());
        assertThat(logOf(him)).isEqualTo(logOf(neighbour));
    }

    @Test
    void sheGetsHerOwnDataAndHerChildAndNotHim() {
        var hers = provide(FUKUI, Families.number(FUKUI, 41));
        assertThat(hers.of("resident.person").orElseThrow().value().orElseThrow().get("name").asString())
                .isEqualTo("田中 直美");
        assertThat(hers.of("resident.children").orElseThrow().value().orElseThrow()).hasSize(1);
        assertThat(hers.of("resident.spouse").orElseThrow().status()).isEqualTo(Status.NONE);
        assertThat(hers.of("tax.higher-earner").orElseThrow().value().orElseThrow().asString()).isEqualTo("claimant");
        assertThat(json.writeValueAsString(hers)).doesNotContain("誠").doesNotContain("三重");
    }

    @Test
    void bothAuthoritiesKnowOfTheMeasureWhereverTheFamilyIsOnRecord() {
        assertThat(protection.shields(FUKUI, Families.number(FUKUI, 41), Families.number(FUKUI, 43))).isTrue();
        assertThat(protection.shields(TSU, Families.number(TSU, 42), Families.number(TSU, 41))).isTrue();
        assertThat(protection.shields(TSU, Families.number(TSU, 43), Families.number(TSU, 41))).isTrue();
        assertThat(protection.shields(FUKUI, Families.number(FUKUI, 42), Families.number(FUKUI, 41)))
                .as("mother and child know of each other").isFalse();
    }

    @Test
    void aRequestThatIsNotDecidedShieldsAlready() {
        var measure = protection.measureOf(KUMATORI, Families.number(KUMATORI, 42)).orElseThrow();
        assertThat(measure.decidedOn()).isEmpty();
        assertThat(measure.mark(measure.requestedOn())).isEqualTo(Mark.PROVISIONAL);
        assertThat(protection.shields(KUMATORI, Families.number(KUMATORI, 43), Families.number(KUMATORI, 41))).isTrue();
    }

    @Test
    void anOfficersQuestionAboutHimDoesNotShowHerEither() {
        var inquiry = new Inquiry(TSU, Families.number(TSU, 41), ITEMS, "審査",
                new LegalBasis("児童手当法", "第7条"), Optional.empty(), "officer:shinsa");
        assertThat(json.writeValueAsString(exchange.provide(inquiry))).doesNotContain("直美").doesNotContain("蓮");
    }

    @Test
    void noPageThatHeCanOpenNamesThem() {
        provide(TSU, Families.number(TSU, 41));
        var makoto = SignIn.resident(port, "tsu-makoto");
        for (String page : List.of("/my", "/exchange/my-log", "/exchange/my-log?lang=en", "/exchange/my-log.csv",
                "/api/exchange/my-log"))
            assertThat(makoto.follow(makoto.page(page)).body()).as(page).doesNotContain("直美").doesNotContain("蓮")
                    .doesNotContain("福井");
    }

    private record Measured(String answer, int statements) {}

    private Measured measured(Supplier<Provision> act) {
        var work = Work.begin("test");
        try {
            String answer = json.writeValueAsString(act.get());
            return new Measured(answer, work.statements());
        } finally {
            work.end();
        }
    }

    private Provision ask(AuthorityId authority, PersonId person) { return provide(authority, person); }

    private Provision provide(AuthorityId authority, PersonId person) {
        return exchange.provide(
                Inquiry.bySelf(authority, person, ITEMS, "児童手当 認定請求", new LegalBasis("児童手当法", "第7条")));
    }

    private List<String> logOf(PersonId person) {
        provide(TSU, person);
        return store.in(Scope.resident(TSU, person), jdbc -> jdbc.sql("""
                select item || ' ' || purpose || ' ' || law || ' ' || result from exchange.access
                where authority = ? and person = ? order by seq desc limit ?
                """).params(TSU.code(), person.number(), ITEMS.size()).query(String.class).list());
    }

    /// A grown person of the town who lives alone, works and has an account.
    private static int lonely() {
        return Townspeople.of(TSU).stream()
                .filter(p -> p.parents().isEmpty() && p.spouse().isEmpty() && p.income().isPresent()
                        && p.account().equals(Optional.of("good")))
                .filter(p -> Townspeople.of(TSU).stream().noneMatch(c -> c.parents().contains(p.id()))).findFirst()
                .orElseThrow().id();
    }
}
