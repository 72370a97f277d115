package jp.kiban.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import jp.kiban.KibanTest;
import jp.kiban.authority.Authorities;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Role;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Conflict;
import jp.kiban.kernel.NotThere;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@KibanTest
class QuoteBaseTests {
    @Autowired
    Quotes quotes;
    @Autowired
    QuoteBase base;
    @Autowired
    Authorities authorities;
    @Autowired
    Store store;

    /// Seven towns of 5,000 to 10,000 people.
    private List<Actor.Officer> towns(int skip) {
        return authorities.municipalities().stream().filter(a -> QuotePeers.band(a.population()) == 1).skip(skip)
                .limit(7)
                .map(a -> officer(a.id(), Role.APPROVAL)).toList();
    }

    private static Actor.Officer officer(AuthorityId authority, Role role) {
        return new Actor.Officer(authority, "kessai", "係", Set.of(role));
    }

    private UUID quote(Actor.Officer by, long yenPerHead) {
        return quotes.add(by, "見積.csv", ("名称,金額\n監視," + yenPerHead * authorities.get(by.authority()).population()
                + "\n").getBytes(StandardCharsets.UTF_8), Map.of(), Optional.empty());
    }

    private UUID scrutinised(Actor.Officer by, long yenPerHead, String system) {
        var id = quote(by, yenPerHead);
        answered(by, id);
        base.describe(by, quotes.open(by.authority(), id), system, "12", "dc_alone", "2026");
        return id;
    }

    private void answered(Actor.Officer by, UUID id) {
        quotes.open(by.authority(), id).scrutiny().asked().forEach(a -> quotes.answer(by, id, a.rule().id(), "説明済み",
                "ACCEPTED", ""));
    }

    private UUID shared(Actor.Officer by, long yenPerHead, String system) {
        var id = scrutinised(by, yenPerHead, system);
        base.share(by, quotes.open(by.authority(), id));
        return id;
    }

    private Optional<QuoteBase.Compared> compared(Actor.Officer by, UUID id) {
        return base.view(by.authority(), id).compared();
    }

    @Test
    void fourOthersTellNothingFiveDoAndOneWithdrawnIsGoneAtOnce() {
        var towns = towns(0);
        var mine = scrutinised(towns.getFirst(), 1_000, "family-register");
        var theirs = new ArrayList<UUID>();
        for (int i = 1; i <= 4; i++)
            theirs.add(shared(towns.get(i), 100 * i, "family-register"));
        assertThat(compared(towns.getFirst(), mine)).isEmpty();
        theirs.add(shared(towns.get(5), 500, "family-register"));
        var seen = compared(towns.getFirst(), mine).orElseThrow();
        assertThat(seen.count()).isEqualTo(5);
        assertThat(seen.middle()).isEqualByComparingTo("300");
        assertThat(seen.fence()).isEqualByComparingTo("700"); // quartiles 200 and 400
        assertThat(seen.years()).containsExactly("2026");
        assertThat(seen.above()).isTrue();
        // the rule about like municipalities now has something to say
        assertThat(quotes.open(towns.getFirst().authority(), mine).scrutiny().skipped()).noneMatch(s -> s.missing()
                .contains("peers.perHead"));
        base.withdraw(towns.get(3), theirs.get(2));
        assertThat(compared(towns.getFirst(), mine)).isEmpty();
        base.share(towns.get(3), quotes.open(towns.get(3).authority(), theirs.get(2)));
        assertThat(compared(towns.getFirst(), mine)).isPresent();
        // taken out of the list, replaced, or told otherwise: gone as well
        quotes.remove(towns.get(3), theirs.get(2));
        assertThat(compared(towns.getFirst(), mine)).isEmpty();
        quotes.restore(towns.get(3), theirs.get(2));
        assertThat(compared(towns.getFirst(), mine)).isPresent();
        base.describe(towns.get(3), quotes.open(towns.get(3).authority(), theirs.get(2)), "family-register", "24",
                "dc_alone", "2026");
        assertThat(compared(towns.getFirst(), mine)).isEmpty();
    }

    /// Of five alike and one other, whoever asks sees the six as one group, whatever platform is said: nothing tells the one.
    @Test
    void askingTwiceWithAnotherPlatformDoesNotTellTheOneThatIsDifferent() {
        var towns = towns(28);
        var mine = scrutinised(towns.getFirst(), 1_000, "seal-registration");
        for (int i = 1; i <= 5; i++)
            shared(towns.get(i), 100 * i, "seal-registration");
        assertThat(compared(towns.getFirst(), mine).orElseThrow().tier()).isIn(QuoteBase.Tier.PLATFORM,
                QuoteBase.Tier.PLATFORM_AND_STRENGTH);
        var other = quote(towns.get(6), 9_900);
        answered(towns.get(6), other);
        base.describe(towns.get(6), quotes.open(towns.get(6).authority(), other), "seal-registration", "12",
                "municipal_cloud", "2026");
        base.share(towns.get(6), quotes.open(towns.get(6).authority(), other));
        var seen = List.of("dc_alone", "municipal_cloud", "in_house").stream().map(p -> {
            base.describe(towns.getFirst(), quotes.open(towns.getFirst().authority(), mine), "seal-registration", "12",
                    p,
                    "2026");
            return compared(towns.getFirst(), mine).orElseThrow();
        }).toList();
        assertThat(seen).allSatisfy(c -> {
            assertThat(c.count()).isEqualTo(6);
            assertThat(c.tier()).isEqualTo(QuoteBase.Tier.SIZE);
            assertThat(c.middle()).isEqualByComparingTo("350");
        });
    }

    @Test
    void oneTownCountsOnceHoweverManyQuotesItShowsAndNobodyIsHeldAgainstThemselves() {
        var towns = towns(7);
        var mine = shared(towns.getFirst(), 100, "national-pension");
        for (int i = 1; i <= 4; i++)
            shared(towns.get(i), 100, "national-pension");
        shared(towns.get(4), 900, "national-pension");
        assertThat(compared(towns.getFirst(), mine)).isEmpty();
    }

    @Test
    void nothingIsReadBeforeConsentNorWhoseItIsAfterIt() {
        var towns = towns(14);
        for (int i = 0; i < 6; i++) {
            scrutinised(towns.get(i), 12_345, "resident-tax");
        }
        assertThat(rows(Scope.nation(), "resident-tax")).isZero();
        assertThat(rows(Scope.of(towns.get(6).authority()), "resident-tax")).isZero();
        assertThat(shown(towns.get(6), "resident-tax")).isEmpty();
        for (int i = 0; i < 6; i++)
            shared(towns.get(i), 12_345, "resident-tax");
        assertThat(rows(Scope.nation(), "resident-tax")).isZero();
        assertThat(rows(Scope.of(towns.get(6).authority()), "resident-tax")).isZero();
        // two digits of it
        assertThat(shown(towns.get(6), "resident-tax")).hasSize(6).allSatisfy(y -> assertThat(y).isEqualByComparingTo(
                "12000"));
        assertThat(shown(towns.getFirst(), "resident-tax")).hasSize(5);
    }

    private long rows(Scope scope, String system) {
        return store.in(scope, jdbc -> jdbc.sql("select count(*) from cost.quote_about where system = ?").params(system)
                .query(Long.class).single());
    }

    private List<BigDecimal> shown(Actor.Officer by, String system) {
        return store.in(Scope.of(by.authority()), jdbc -> jdbc.sql(
                "select per_head from cost.quote_peers(?, 1)").params(system).query(BigDecimal.class).list());
    }

    @Test
    void onlyAScrutinisedQuoteIsShownAndOnlyByOneWhoDecides() {
        var towns = towns(21);
        var by = towns.getFirst();
        var id = quotes.add(by, "見積.csv", "名称,金額\n予備費,1000000\n".getBytes(StandardCharsets.UTF_8), Map.of(), Optional
                .empty());
        assertThat(quotes.open(by.authority(), id).scrutiny().asked()).isNotEmpty();
        base.describe(by, quotes.open(by.authority(), id), "long-term-care", "60", "in_house", "2026");
        assertThatThrownBy(() -> base.share(by, quotes.open(by.authority(), id))).isInstanceOf(Conflict.class);
        answered(by, id);
        var reviewer = officer(by.authority(), Role.REVIEW);
        assertThatThrownBy(() -> base.share(reviewer, quotes.open(by.authority(), id))).isInstanceOf(Conflict.class);
        base.share(by, quotes.open(by.authority(), id));
        assertThat(base.view(by.authority(), id).about().orElseThrow().sharedBy()).contains("kessai");
        assertThatThrownBy(() -> quotes.open(towns.get(1).authority(), id)).isInstanceOf(NotThere.class);
        assertThat(base.view(towns.get(1).authority(), id).about()).isEmpty();
        assertThatThrownBy(() -> base.describe(by, quotes.open(by.authority(), id), "rocket", "0", "cellar", "x"))
                .isInstanceOfSatisfying(BadInput.class, bad -> assertThat(bad.findings()).extracting(f -> f.where())
                        .containsExactly("about-system", "about-months", "about-platform", "about-year"));
    }
}
