package jp.kiban.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import jp.kiban.KibanTest;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Role;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Conflict;
import jp.kiban.kernel.NotThere;
import jp.kiban.statistics.FiscalYear;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@KibanTest
class LedgerTests {
    private static final Actor.Officer CLERK = officer("012025", "clerk", Role.REVIEW);
    private static final Actor.Officer CHIEF = officer("012025", "chief", Role.APPROVAL);
    private static final Actor.Officer SECOND = officer("012025", "second", Role.APPROVAL);
    private static final Actor.Officer NEIGHBOUR = officer("012033", "clerk", Role.APPROVAL);
    private static final FiscalYear YEAR = new FiscalYear(2024);

    @Autowired
    Ledger ledger;

    private static Actor.Officer officer(String authority, String id, Role role) {
        return new Actor.Officer(AuthorityId.of(authority), id, id, Set.of(role));
    }

    private static LedgerEntry entry(FiscalYear year, Baseline baseline, String yen) {
        return LedgerEntry.ofYear(year, SystemCode.of("resident-tax"), CostKind.CLOUD, baseline, "クラウド", new BigDecimal(
                yen), Tax.excluded("10"), "決算", Confidence.REPORTED);
    }

    private LedgerImport bring(Actor.Officer by, LedgerEntry... entries) {
        return ledger.bring(by, LedgerImport.Way.FILE, "費用.xlsx", UUID.randomUUID().toString(), keep -> List.of(entries)
                .forEach(keep));
    }

    private BigDecimal actual(FiscalYear year) {
        return ledger.sums(CLERK.authority(), Ledger.Wanted.ALL.in(year).of(Baseline.ACTUAL), Set.of()).getFirst()
                .yen();
    }

    @Test
    void entriesCountFromTheCommitUntilTheUndo() {
        var year = new FiscalYear(2019);
        var brought = bring(CLERK, entry(year, Baseline.ACTUAL, "1000.01"), entry(year, Baseline.QUOTE, "5"));
        assertThat(brought.entries()).isEqualTo(2);
        assertThat(actual(year)).isZero();
        assertThat(ledger.commit(CLERK, brought.id(), "").state()).isEqualTo(LedgerImport.State.COMMITTED);
        assertThat(ledger.commit(CLERK, brought.id(), "").state()).as("twice").isEqualTo(LedgerImport.State.COMMITTED);
        assertThat(actual(year)).isEqualByComparingTo("1100.011");
        assertThatThrownBy(() -> ledger.undo(officer("012025", "other", Role.REVIEW), brought.id(), "違う")).isInstanceOf(
                Conflict.class);
        assertThatThrownBy(() -> ledger.undo(CLERK, brought.id(), " ")).isInstanceOf(BadInput.class);
        ledger.undo(CHIEF, brought.id(), "別の年度だった");
        assertThat(actual(year)).isZero();
        assertThat(ledger.notes(CLERK.authority(), brought.id())).extracting(Ledger.Note::act).containsExactly(
                "BROUGHT",
                "COMMITTED", "UNDONE");
        assertThatThrownBy(() -> ledger.commit(CLERK, brought.id(), "")).isInstanceOf(Conflict.class);
    }

    @Test
    void figuresOfDifferentBaselinesAreNeverAddedUp() {
        assertThatThrownBy(() -> ledger.sums(CLERK.authority(), Ledger.Wanted.ALL.in(YEAR), EnumSet.of(Ledger.By.KIND)))
                .hasMessageContaining("baseline");
    }

    @Test
    void nothingIsHalfInWhenTheGiverFails() {
        long before = ledger.imports(CLERK.authority(), new jp.kiban.portal.Page.Wanted(1, 20)).total();
        assertThatThrownBy(() -> ledger.bring(CLERK, LedgerImport.Way.FILE, "x", "x", keep -> {
            for (int i = 0; i < 2_500; i++)
                keep.accept(entry(YEAR, Baseline.ACTUAL, "1"));
            throw new IllegalStateException("broken");
        })).hasMessage("broken");
        assertThatThrownBy(() -> bring(CLERK)).isInstanceOf(BadInput.class);
        assertThat(ledger.imports(CLERK.authority(), new jp.kiban.portal.Page.Wanted(1, 20)).total()).isEqualTo(before);
    }

    @Test
    void theSameFileDoesNotCountTwice() {
        var first = ledger.bring(CLERK, LedgerImport.Way.FILE, "a", "same", keep -> keep.accept(entry(YEAR,
                Baseline.LAST_YEAR, "1")));
        var again = ledger.bring(CLERK, LedgerImport.Way.FILE, "b", "same", keep -> keep.accept(entry(YEAR,
                Baseline.LAST_YEAR, "1")));
        ledger.commit(CLERK, first.id(), "");
        assertThatThrownBy(() -> ledger.commit(CLERK, again.id(), "")).isInstanceOf(Conflict.class);
        ledger.undo(CLERK, first.id(), "入れ直す");
        assertThat(ledger.commit(CLERK, again.id(), "").state()).isEqualTo(LedgerImport.State.COMMITTED);
    }

    @Test
    void aClosedYearIsChangedByTwoPeopleOnly() {
        var year = new FiscalYear(2017);
        var before = bring(CLERK, entry(year, Baseline.ACTUAL, "100"));
        ledger.commit(CLERK, before.id(), "");
        assertThatThrownBy(() -> ledger.close(CLERK, year)).isInstanceOf(Conflict.class);
        assertThatThrownBy(() -> ledger.close(CHIEF, new FiscalYear(2026))).as("not over").isInstanceOf(Conflict.class);
        ledger.close(CHIEF, year);
        assertThat(ledger.closed(CLERK.authority())).containsKey(year);
        var late = bring(CHIEF, entry(year, Baseline.ACTUAL, "10"));
        assertThatThrownBy(() -> ledger.commit(CHIEF, late.id(), "")).as("without a reason").isInstanceOf(
                BadInput.class);
        var asked = ledger.commit(CHIEF, late.id(), "請求書が遅れた");
        assertThat(asked.state()).isEqualTo(LedgerImport.State.PREVIEW);
        assertThat(asked.asked()).contains(new LedgerImport.Asked(LedgerImport.Act.COMMIT, "chief", "請求書が遅れた"));
        assertThat(actual(year)).isEqualByComparingTo("110");
        assertThatThrownBy(() -> ledger.agree(CHIEF, late.id())).as("the same person").isInstanceOf(Conflict.class);
        assertThatThrownBy(() -> ledger.agree(officer("012025", "third", Role.REVIEW), late.id())).isInstanceOf(
                Conflict.class);
        ledger.agree(SECOND, late.id());
        assertThat(actual(year)).isEqualByComparingTo("121");
        ledger.undo(CLERK, before.id(), "二重だった");
        assertThat(actual(year)).isEqualByComparingTo("121");
        ledger.decline(CLERK, before.id());
        ledger.undo(CLERK, before.id(), "やはり二重だった");
        ledger.agree(CHIEF, before.id());
        assertThat(actual(year)).isEqualByComparingTo("11");
    }

    @Test
    void theNationSeesWhatWasSharedAndEverybodyWhatWasPublished() {
        var year = new FiscalYear(2016);
        var wanted = Ledger.Wanted.ALL.in(year).of(Baseline.ACTUAL);
        var brought = bring(CLERK, entry(year, Baseline.ACTUAL, "100"));
        assertThatThrownBy(() -> ledger.show(CHIEF, brought.id(), LedgerImport.Sight.SHARED)).as("a preview")
                .isInstanceOf(Conflict.class);
        ledger.commit(CLERK, brought.id(), "");
        assertThat(ledger.sumsOfNation(wanted, Set.of(Ledger.By.AUTHORITY))).isEmpty();
        assertThatThrownBy(() -> ledger.show(CLERK, brought.id(), LedgerImport.Sight.SHARED)).isInstanceOf(
                Conflict.class);
        ledger.show(CHIEF, brought.id(), LedgerImport.Sight.SHARED);
        assertThat(ledger.sumsOfNation(wanted, Set.of(Ledger.By.AUTHORITY))).extracting(Ledger.Sum::authority)
                .containsExactly(Optional.of(CLERK.authority()));
        assertThat(ledger.publishedSums(Optional.of(CLERK.authority()), wanted, Set.of(Ledger.By.AUTHORITY))).isEmpty();
        ledger.show(CHIEF, brought.id(), LedgerImport.Sight.PUBLISHED);
        assertThat(ledger.publishedSums(Optional.of(CLERK.authority()), wanted, Set.of()).getFirst().yen())
                .isEqualByComparingTo("110");
        ledger.undo(CLERK, brought.id(), "間違い");
        assertThat(ledger.sumsOfNation(wanted, Set.of(Ledger.By.AUTHORITY))).isEmpty();
    }

    @Test
    void anImportIsItsMunicipalitysOwn() {
        var brought = bring(CLERK, entry(YEAR, Baseline.KEEP, "1"));
        assertThatThrownBy(() -> ledger.one(NEIGHBOUR.authority(), brought.id())).isInstanceOf(NotThere.class);
        assertThatThrownBy(() -> ledger.commit(NEIGHBOUR, brought.id(), "")).isInstanceOf(NotThere.class);
        assertThatThrownBy(() -> ledger.undo(NEIGHBOUR, brought.id(), "x")).isInstanceOf(NotThere.class);
        assertThatThrownBy(() -> ledger.show(NEIGHBOUR, brought.id(), LedgerImport.Sight.SHARED)).isInstanceOf(
                NotThere.class);
        assertThat(ledger.notes(NEIGHBOUR.authority(), brought.id())).isEmpty();
        assertThat(ledger.sums(NEIGHBOUR.authority(), Ledger.Wanted.ALL.in(YEAR), Set.of(Ledger.By.BASELINE)))
                .isEmpty();
    }

    @Test
    void manyAlikeAreAddedUpBeforeTheyAreKept() {
        var year = new FiscalYear(2015);
        var brought = ledger.bringAddedUp(CLERK, LedgerImport.Way.FOCUS, "bill.csv", "bill-1", keep -> {
            for (int i = 0; i < 10_000; i++)
                keep.accept(entry(year, Baseline.ACTUAL, "0.1"));
            keep.accept(entry(year, Baseline.QUOTE, "0.1"));
        });
        assertThat(brought.entries()).isEqualTo(2);
        ledger.commit(CLERK, brought.id(), "");
        assertThat(actual(year)).isEqualByComparingTo("1100");
    }
}
