package jp.kiban.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import jp.kiban.KibanTest;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Role;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.NotThere;
import jp.kiban.portal.Page;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@KibanTest
class QuotesTests {
    private static final Page.Wanted FIRST = new Page.Wanted(1, 20);
    private static final Actor.Officer OFFICER = officer("013455");
    private static final Actor.Officer NEIGHBOUR = officer("013463");

    @Autowired
    Quotes quotes;
    @Autowired
    Advices advices;

    private static Actor.Officer officer(String authority) {
        return new Actor.Officer(AuthorityId.of(authority), "it", "係", Set.of(Role.REVIEW));
    }

    private UUID add(Actor.Officer by, String csv, Map<String, String> headings, Optional<UUID> replaces) {
        return quotes.add(by, "見積.csv", csv.getBytes(StandardCharsets.UTF_8), headings, replaces);
    }

    @Test
    void aCorrectedQuoteTakesThePlaceOfTheFirstWhichStaysToBeRead() {
        var first = add(OFFICER, "名称,数量,単価,金額\n監視,3,100,400\n", Map.of(), Optional.empty());
        var second = add(OFFICER, "名称,数量,単価,金額\n監視,3,100,300\n", Map.of(), Optional.of(first));
        assertThat(quotes.all(OFFICER.authority(), FIRST).items()).extracting(Quotes.Kept::id).contains(second)
                .doesNotContain(first);
        assertThat(quotes.open(OFFICER.authority(), second).versions()).extracting(Quotes.Kept::id).containsExactly(
                first);
        assertThat(quotes.open(OFFICER.authority(), first).scrutiny().asked()).extracting(a -> a.rule().id()).contains(
                "Q01");
        assertThat(quotes.open(OFFICER.authority(), second).scrutiny().asked()).extracting(a -> a.rule().id())
                .doesNotContain("Q01");
        quotes.remove(OFFICER, second);
        assertThat(quotes.all(OFFICER.authority(), FIRST).items()).extracting(Quotes.Kept::id).contains(first);
        quotes.restore(OFFICER, second);
        assertThat(quotes.all(OFFICER.authority(), FIRST).items()).extracting(Quotes.Kept::id).contains(second);
    }

    @Test
    void theLatestAnswerCountsAndSavingsAddUp() {
        var id = add(OFFICER, "名称,数量,単価,金額\n予備費,1,1000,1000\n", Map.of(), Optional.empty());
        quotes.answer(OFFICER, id, "Q21", "要ります", "OPEN", "");
        quotes.answer(OFFICER, id, "Q21", "半分にします", "REDUCED", "500");
        quotes.answer(OFFICER, id, "Q21", "半分にします", "REDUCED", "５００円");
        quotes.answer(OFFICER, id, "Q36", "別紙のとおり", "ACCEPTED", "");
        var opened = quotes.open(OFFICER.authority(), id);
        assertThat(opened.savedYen()).isEqualTo(500);
        assertThat(opened.answers().values()).extracting(Quotes.Answer::answer).contains("半分にします")
                .doesNotContain("要ります");
        assertThat(opened.kept().answered()).isEqualTo(2);
        assertThatThrownBy(() -> quotes.answer(OFFICER, id, "Q21", "長".repeat(2001), "VIELLEICHT", "-1"))
                .isInstanceOfSatisfying(BadInput.class, bad -> assertThat(bad.findings()).hasSize(3));
        assertThatThrownBy(() -> quotes.answer(OFFICER, id, "Q21", "", "ACCEPTED", "1")).isInstanceOf(BadInput.class);
        assertThatThrownBy(() -> quotes.answer(OFFICER, id, "Q99", "", "OPEN", "")).isInstanceOf(NotThere.class);
    }

    @Test
    void whatAHeadingMeansIsRememberedForTheNextQuoteOfThatMunicipalityOnly() {
        var vendors = "作業名,御見積\n監視,1000\n";
        assertThatThrownBy(() -> add(OFFICER, vendors, Map.of(), Optional.empty())).isInstanceOf(BadInput.class);
        add(OFFICER, vendors, Map.of("amount", "御見積"), Optional.empty());
        assertThat(add(OFFICER, vendors, Map.of(), Optional.empty())).isNotNull();
        assertThatThrownBy(() -> add(NEIGHBOUR, vendors, Map.of(), Optional.empty())).isInstanceOf(BadInput.class);
    }

    @Test
    void aHeadingMayBeGivenAnotherMeaningLaterAndThatOneIsRemembered() {
        var officer = officer("013471");
        var id = add(officer, "作業名,単価,甲,乙\n監視,1000,2000,1100\n", Map.of("amount", "甲"), Optional.empty());
        assertThat(quotes.open(officer.authority(), id).scrutiny().sum()).isEqualByComparingTo("2000");
        quotes.map(officer, id, Map.of("作業名", "name", "甲", "lastYear", "乙", "amountTaxed"));
        assertThat(quotes.open(officer.authority(), id).scrutiny().sum()).isEqualByComparingTo("1000");
        var next = add(officer, "作業名,単価,甲,乙\n監視,1000,2000,2200\n", Map.of(), Optional.empty());
        assertThat(quotes.open(officer.authority(), next).scrutiny().sum()).isEqualByComparingTo("2000");
        assertThatThrownBy(() -> quotes.map(officer, id, Map.of("甲", "amount", "乙", "amount"))).isInstanceOf(
                BadInput.class);
        assertThatThrownBy(() -> quotes.map(NEIGHBOUR, id, Map.of("甲", "amount"))).isInstanceOf(NotThere.class);
    }

    @Test
    void aQuoteIsItsMunicipalitysOwn() {
        var id = add(OFFICER, "名称,金額\n監視,1000\n", Map.of(), Optional.empty());
        assertThatThrownBy(() -> quotes.open(NEIGHBOUR.authority(), id)).isInstanceOf(NotThere.class);
        assertThatThrownBy(() -> quotes.answer(NEIGHBOUR, id, "Q36", "", "OPEN", "")).isInstanceOf(NotThere.class);
        assertThatThrownBy(() -> quotes.remove(NEIGHBOUR, id)).isInstanceOf(NotThere.class);
        assertThatThrownBy(() -> quotes.restore(NEIGHBOUR, id)).isInstanceOf(NotThere.class);
        assertThatThrownBy(() -> add(NEIGHBOUR, "名称,金額\n監視,1\n", Map.of(), Optional.of(id))).isInstanceOf(
                NotThere.class);
        assertThat(quotes.all(NEIGHBOUR.authority(), FIRST).items()).extracting(Quotes.Kept::id).doesNotContain(id);
    }

    @Test
    void aTableOfUsageIsItsTownsAloneAndRemovingItIsUndone() {
        assertThat(advices.latest(NEIGHBOUR.authority())).isEmpty();
        var first = UUID.randomUUID();
        var second = UUID.randomUUID();
        advices.keep(OFFICER, first, "4月.csv", AdviceAsk.example(), AdviceAsk.EXAMPLE);
        advices.keep(OFFICER, second, "5月.csv", AdviceAsk.example(), AdviceAsk.USUAL);
        assertThat(advices.latest(OFFICER.authority()).orElseThrow().kept().id()).isEqualTo(second);
        assertThat(advices.latest(NEIGHBOUR.authority())).isEmpty();
        assertThatThrownBy(() -> advices.remove(NEIGHBOUR, second)).isInstanceOf(NotThere.class);
        assertThatThrownBy(() -> advices.ask(NEIGHBOUR, second, AdviceAsk.USUAL)).isInstanceOf(NotThere.class);
        advices.remove(OFFICER, second);
        assertThat(advices.latest(OFFICER.authority()).orElseThrow().kept().id()).isEqualTo(first);
        advices.restore(OFFICER, second);
        assertThat(advices.latest(OFFICER.authority()).orElseThrow().kept().id()).isEqualTo(second);
        // other terms: what a commitment would save is no longer worked out, so less is saved
        var with = advices.latest(OFFICER.authority()).orElseThrow().plan().savedYen();
        advices.ask(OFFICER, second, AdviceAsk.EXAMPLE);
        assertThat(advices.latest(OFFICER.authority()).orElseThrow().plan().savedYen()).isGreaterThan(with);
        assertThatThrownBy(() -> advices.keep(OFFICER, UUID.randomUUID(), "x.csv", "a,b\n".getBytes(
                StandardCharsets.UTF_8), AdviceAsk.USUAL)).isInstanceOf(BadInput.class);
    }
}
