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

    @Autowired
    LedgerMetering metering;
    @Autowired
    Meter meter;
    @Autowired
    Costs costs;
    @Autowired
    Quotes quotes;

    @Test
    void whatIsMeteredIsInTheLedgerToTheLastDecimalHoweverOftenItIsWritten() {
        var town = AuthorityId.of("012041");
        var month = java.time.YearMonth.of(2026, 11);
        var span = new Costs.Span(month.atDay(1), month.atEndOfMonth());
        var wanted = Ledger.Wanted.ALL.of(Baseline.ACTUAL).in(new FiscalYear(2026));
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 5; i++) {
                var work = jp.kiban.store.Work.begin("POST /submission/x");
                work.concerns(town, jp.kiban.kernel.ReceiptNumber.next(java.time.LocalDate.of(2026, 11, 24)));
                work.usedDatabase(1_000_007 + round);
                work.moved(12_345);
                work.sentMessage();
                work.end();
            }
            metering.write(month);
            metering.write(month);
            var page = costs.total(town, new Costs.Search("", "", span));
            var sums = ledger.sums(town, wanted, Set.of()).getFirst();
            assertThat(sums.yen()).isEqualByComparingTo(page.yen());
            assertThat(sums.cases()).isEqualTo(page.cases()).isEqualTo(5L * (round + 1));
        }
        var kept = ledger.imports(town, new jp.kiban.portal.Page.Wanted(1, 20)).items();
        assertThat(kept).hasSize(1);
        assertThat(ledger.sumsOfNation(wanted, EnumSet.of(Ledger.By.AUTHORITY))).extracting(Ledger.Sum::authority)
                .doesNotContain(Optional.of(town));
        var officer = officer("012041", "chief", Role.APPROVAL);
        assertThatThrownBy(() -> ledger.undo(officer, kept.getFirst().id(), "x")).isInstanceOf(Conflict.class);
        assertThatThrownBy(() -> ledger.show(officer, kept.getFirst().id(), LedgerImport.Sight.SHARED)).isInstanceOf(
                Conflict.class);
    }

    @Test
    void anAcceptedQuoteEntersTheLedgerOnceAndItsYearsAddUpToTheLine() {
        var by = officer("012050", "it", Role.REVIEW);
        var first = quotes.add(by, "見積.csv", """
                費目,名称,業務,金額,通貨,為替レート,開始日,終了日,一時・経常
                ソフトウェア借料,利用料,個人住民税,1000001,,,2026-10-01,2031-09-30,経常
                クラウド利用料,雲,,"$10,000.00",USD,150,2026-04-01,2027-03-31,経常
                移行費,移行,個人住民税,500,,,,,一時
                """.getBytes(java.nio.charset.StandardCharsets.UTF_8), java.util.Map.of(), Optional.empty());
        var ten = Tax.excluded("10");
        assertThatThrownBy(() -> quotes.toLedger(by, first, new LedgerQuote.Asked(Baseline.QUOTE, new FiscalYear(2026),
                Optional.empty(), ten))).isInstanceOfSatisfying(BadInput.class, bad -> assertThat(bad.findings())
                        .extracting(jp.kiban.kernel.Finding::code).containsExactly("cost.ledger.quote.system"));
        var asked = new LedgerQuote.Asked(Baseline.CONTRACT, new FiscalYear(2026), Optional.of(SystemCode.of(
                "shared-base")), ten);
        var preview = quotes.toLedger(by, first, asked);
        ledger.commit(by, preview.id(), "");
        var software = ledger.sums(by.authority(), Ledger.Wanted.ALL.of(Baseline.CONTRACT).of(
                CostKind.SOFTWARE_LEASE), EnumSet.of(Ledger.By.YEAR));
        assertThat(software).hasSize(6);
        assertThat(software.stream().map(Ledger.Sum::yenWithoutTax).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("1000001");
        assertThat(ledger.sums(by.authority(), Ledger.Wanted.ALL.of(Baseline.CONTRACT).of(CostKind.CLOUD), Set.of())
                .getFirst().yen()).isEqualByComparingTo("1650000");
        assertThat(ledger.sums(by.authority(), Ledger.Wanted.ALL.of(Baseline.CONTRACT).of(CostKind.ONE_OFF), Set.of())
                .getFirst().entries()).isEqualTo(1);
        var corrected = quotes.add(by, "見積2.csv", "名称,金額\n監視,300\n".getBytes(
                java.nio.charset.StandardCharsets.UTF_8), java.util.Map.of(), Optional.of(first));
        var later = quotes.toLedger(by, corrected, asked);
        assertThatThrownBy(() -> ledger.commit(by, later.id(), "")).as("the version before counts").isInstanceOf(
                Conflict.class);
        ledger.undo(by, preview.id(), "直された");
        ledger.commit(by, later.id(), "");
        assertThatThrownBy(() -> quotes.toLedger(NEIGHBOUR, corrected, asked)).isInstanceOf(NotThere.class);
    }

    @Autowired
    LedgerList list;

    @Test
    void twoBaselinesStandSideBySideWithEveryDifferenceNamed() {
        var by = officer("012068", "it", Role.REVIEW);
        var year = new FiscalYear(2025);
        var tax = SystemCode.of("resident-tax");
        var pension = SystemCode.of("national-pension");
        ledger.commit(by, bring(by, LedgerEntry.ofYear(year, tax, CostKind.SOFTWARE_LEASE, Baseline.LAST_YEAR, "税",
                new BigDecimal("1000"), Tax.included("10"), "決算", Confidence.REPORTED),
                LedgerEntry.ofYear(year, tax,
                        CostKind.SOFTWARE_LEASE, Baseline.KEEP, "税", new BigDecimal("2130"), Tax.included("10"), "見積",
                        Confidence.ESTIMATED),
                new LedgerEntry(year, tax, CostKind.CLOUD, Baseline.ACTUAL, "雲", "",
                        new BigDecimal("10"), "USD", new BigDecimal("150"), Optional.empty(), Tax.UNSTATED, year
                                .from(),
                        year.from().plusMonths(6), Optional.empty(), "請求書",
                        Confidence.MEASURED, "", ""),
                LedgerEntry.ofYear(year, pension, CostKind.SOFTWARE_LEASE,
                        Baseline.ACTUAL, "年金", new BigDecimal("300"), Tax.included("10"), "請求書",
                        Confidence.MEASURED),
                LedgerEntry.ofYear(year, tax, CostKind.ONE_OFF,
                        Baseline.ACTUAL, "移行", new BigDecimal("500"), Tax.included("10"), "請求書",
                        Confidence.SECOND_HAND))
                .id(), "");
        var compared = LedgerComparison.of(ledger, list, by.authority(), Baseline.LAST_YEAR, year, Baseline.ACTUAL,
                year,
                Optional.empty());
        assertThat(compared.ratio()).hasValueSatisfying(r -> assertThat(r).isEqualByComparingTo("2.3"));
        assertThat(compared.against()).extracting(LedgerComparison.Against::baseline).containsExactlyInAnyOrder(
                Baseline.LAST_YEAR, Baseline.KEEP);
        assertThat(compared.against().stream().filter(a -> a.baseline() == Baseline.KEEP).findFirst().orElseThrow()
                .ratio()).as("8 % more and 2.3 times: both").hasValueSatisfying(r -> assertThat(r).isEqualByComparingTo(
                        "1.0798"));
        assertThat(compared.lines().stream().map(LedgerComparison.Line::difference).reduce(BigDecimal.ZERO,
                BigDecimal::add)).isEqualByComparingTo(compared.difference());
        assertThat(compared.differences()).extracting(jp.kiban.kernel.Text::en).satisfiesExactlyInAnyOrder(
                d -> assertThat(d).startsWith("Left is Last year"), d -> assertThat(d).contains("One-off").contains(
                        "¥500"),
                d -> assertThat(d).contains("USD 150"), d -> assertThat(d).contains("tax is not stated"),
                d -> assertThat(d).isEqualTo("Systems on the right only: National pension"), d -> assertThat(d)
                        .isEqualTo("Cloud is on the right only (¥1,500)."),
                d -> assertThat(d).contains("Second-hand"));
        assertThatThrownBy(() -> LedgerComparison.of(ledger, list, by.authority(), Baseline.KEEP, year, Baseline.KEEP,
                year, Optional.empty())).isInstanceOf(BadInput.class);
        var of = LedgerComparison.of(ledger, list, by.authority(), Baseline.LAST_YEAR, year, Baseline.ACTUAL, year,
                Optional.of(tax));
        assertThat(of.right().yen()).isEqualByComparingTo("2000");
    }
}
