package jp.kiban.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import jp.kiban.KibanTest;
import jp.kiban.authority.Authorities;
import jp.kiban.authority.Authority;
import jp.kiban.catalogue.Layers;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Role;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Conflict;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.PersonId;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.StandardRef;
import jp.kiban.kernel.Yen;
import jp.kiban.portal.Page;
import jp.kiban.standards.Standards;
import jp.kiban.store.EventLog;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

@KibanTest
class PaymentTests {
    private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");
    private static final String SERVICE = "child-allowance";
    private static final StandardRef STANDARD = StandardRef.parse("child-allowance@2024-10-01");
    /// Each test has a village of its own: villages of Hokkaido to Okinawa, in order.
    private static final AtomicInteger VILLAGE = new AtomicInteger(20);

    private final Store store;
    private final EventLog events;
    private final PaySchedules schedules;
    private final JsonMapper json;
    private final Authorities authorities;
    private final MutableClock clock = new MutableClock();
    private final FakeBank bank = new FakeBank();
    private final Map<ReceiptNumber, Grant> granted = new HashMap<>();
    private final Entitlements entitlements;
    private final Originators originators;
    private final Accounts accounts;
    private final PayRuns runs;
    private final BankResults results;
    private final Reconciliation reconciliation;
    private AuthorityId village = AuthorityId.of("242012");

    PaymentTests(@Autowired Store store, @Autowired EventLog events, @Autowired Standards standards,
            @Autowired Layers layers, @Autowired Authorities authorities, @Autowired JsonMapper json) {
        this.store = store;
        this.events = events;
        this.authorities = authorities;
        this.json = json;
        schedules = new PaySchedules(standards, layers);
        entitlements = new Entitlements(store, clock);
        originators = new Originators(store, clock);
        accounts = new Accounts(store, events, clock);
        runs = new PayRuns(store, events, clock, schedules, originators, bank.provider());
        results = new BankResults(store, events, clock, bank.provider(), runs);
        reconciliation = new Reconciliation(store, new Decisions() {
            @Override
            public Grant grant(AuthorityId authority, ReceiptNumber receipt) { return grantOf(receipt); }

            @Override
            public List<Grant> grants(AuthorityId authority, Instant until) {
                return granted.values().stream().filter(g -> !g.decidedAt().isAfter(until)).toList();
            }
        }, schedules);
    }

    @BeforeEach
    void aVillageOfItsOwn() {
        var villages = authorities.municipalities().stream().filter(a -> a.kind() == Authority.Kind.VILLAGE).toList();
        village = villages.get(VILLAGE.getAndIncrement()).id();
        clock.set("2026-11-20");
        originators.set(village, "kaikei", "0000" + village.code(), "ムラ カイケイ", "0989", "ミホン", "001", "", "1",
                "1234567", false);
    }

    // entitlements

    @Test
    void aGrantToldTwiceIsEnteredOnce() {
        var receipt = grant("1234567", month("2026-10", 15_000), month("2026-11", 15_000));
        enter(grantOf(receipt));
        assertThat(entitled(receipt)).isEqualTo(30_000);
    }

    @Test
    void theSameMonthWithAnotherAmountIsRefusedAloud() {
        var receipt = grant("1234567", month("2026-10", 15_000));
        var other = new Grant(village, receipt, PersonId.of("1"), STANDARD, clock.instant(),
                List.of(month("2026-10", 10_000)), Optional.empty());
        assertThatThrownBy(() -> enter(other)).hasMessageContaining("15000").hasMessageContaining("10000");
    }

    // what a pay day pays

    @Test
    void anEvenMonthPaysTheTwoMonthsBeforeIt() {
        grant("1234567", months("a", "2026-10", "2027-09", 10_000));
        // 5 December 2026 is a Saturday
        assertThat(runs.nextPayDay(village, SERVICE)).isEqualTo("2026-12-04");
        assertThat(pays("2026-12-04")).isEqualTo(20_000);
        assertThat(pays("2027-02-05")).isEqualTo(40_000);
        assertThat(pays("2026-12-03")).isZero();
    }

    @Test
    void aLateDecisionIsPaidInArrearsByTheFirstRun() {
        grant("1234567", months("a", "2026-05", "2027-09", 15_000));
        assertThat(pays("2026-12-04")).isEqualTo(7 * 15_000);
    }

    @Test
    void monthsThatAreOverdueMayBePaidOnAnyBusinessDay() {
        grant("1234567", months("a", "2026-07", "2027-09", 15_000));
        // through September, which was due in October; not October, which is due in December (児童手当法8条4項ただし書)
        assertThat(pays("2026-11-24")).isEqualTo(3 * 15_000);
        assertThatThrownBy(() -> runs.prepare(treasurer(), SERVICE, LocalDate.parse("2026-11-23"), "holiday"))
                .isInstanceOf(BadInput.class);
    }

    @Test
    void turningThreeWithinAPayPeriodChangesTheSecondMonthOnly() {
        // born 2023-10-15: 15,000 through October 2026, 10,000 from November
        grant("1234567", month("2026-10", 15_000), month("2026-11", 10_000), month("2026-12", 10_000),
                month("2027-01", 10_000));
        assertThat(pays("2026-12-04")).isEqualTo(25_000);
    }

    @Test
    void theMonthsEndWithTheSchoolYearAndSoDoesThePay() {
        // born 2008-10-01: to 31 March 2027
        grant("1234567", months("a", "2026-10", "2027-03", 10_000));
        order("2026-12-04");
        clock.set("2027-02-01");
        order("2027-02-05");
        clock.set("2027-04-01");
        assertThat(pays("2027-04-05")).isEqualTo(20_000);
        order("2027-04-05");
        clock.set("2027-06-01");
        assertThat(pays("2027-06-04")).isZero();
    }

    @Test
    void aThirdChildIsPaidTogetherWithTheOthers() {
        var owed = new ArrayList<Grant.Owed>();
        owed.addAll(List.of(months("first", "2026-10", "2026-11", 10_000)));
        owed.addAll(List.of(months("second", "2026-10", "2026-11", 15_000)));
        owed.addAll(List.of(months("third", "2026-10", "2026-11", 30_000)));
        var receipt = grant("1234567", owed.toArray(Grant.Owed[]::new));
        var run = order("2026-12-04");
        assertThat(orders(run)).singleElement().satisfies(order -> {
            assertThat(order.receipt()).isEqualTo(receipt);
            assertThat(order.amount()).isEqualTo(new Yen(110_000));
        });
    }

    // exactly once

    @Test
    void preparePressedTwiceIsOneRun() {
        grant("1234567", months("a", "2026-10", "2026-11", 10_000));
        var first = runs.prepare(treasurer(), SERVICE, LocalDate.parse("2026-12-04"), "pressed");
        var second = runs.prepare(treasurer(), SERVICE, LocalDate.parse("2026-12-04"), "pressed");
        assertThat(second).isEqualTo(first);
        assertThatThrownBy(() -> runs.prepare(treasurer(), SERVICE, LocalDate.parse("2026-12-04"), "another press"))
                .isInstanceOf(Conflict.class);
    }

    @Test
    void pressedByManyAtOnceNoMonthIsInTwoOrders() throws Exception {
        for (int i = 0; i < 20; i++)
            grant("1234567", months("a", "2026-10", "2026-11", 10_000));
        try (var pool = Executors.newFixedThreadPool(8)) {
            var presses = IntStream.range(0, 16).mapToObj(i -> pool.submit(() -> {
                try {
                    return runs.prepare(treasurer(), SERVICE, LocalDate.parse("2026-12-04"), "press " + i % 8).number();
                } catch (Conflict nothingLeft) {
                    return 0;
                }
            })).toList();
            var numbers = new ArrayList<Integer>();
            for (var press : presses)
                numbers.add(press.get());
            assertThat(numbers.stream().filter(n -> n > 0).distinct()).hasSize(1);
        }
        assertThat(count("pay_order")).isEqualTo(20);
    }

    @Test
    void whatIsLostBeforeTheCommitIsNotOrdered() {
        grant("1234567", months("a", "2026-10", "2026-11", 10_000));
        assertThatThrownBy(() -> store.in(Scope.of(village), jdbc -> {
            runs.prepare(treasurer(), SERVICE, LocalDate.parse("2026-12-04"), "killed");
            throw new IllegalStateException("killed before the commit");
        })).hasMessageContaining("killed");
        assertThat(count("pay_order") + count("order_month")).isZero();
        assertThat(order("2026-12-04").total()).isEqualTo(new Yen(20_000));
    }

    @Test
    void killedBetweenTheBankAndTheRecordTheFileIsTakenOnce() {
        grant("1234567", months("a", "2026-10", "2026-11", 10_000));
        var run = approved("2026-12-04");
        assertThatThrownBy(() -> store.in(Scope.of(village), jdbc -> {
            runs.send(treasurer(), run.number());
            throw new IllegalStateException("killed");
        })).hasMessageContaining("killed");
        assertThat(runs.get(village, run.number()).stage()).isEqualTo(PayRunStage.APPROVED);
        runs.send(treasurer(), run.number());
        runs.send(treasurer(), run.number());
        assertThat(bank.sendings).isEqualTo(2);
        assertThat(bank.taken).hasSize(1);
        assertThat(told("payment.Sent")).isEqualTo(1);
    }

    @Test
    void theDatabaseItselfRefusesASecondOrderForAMonth() {
        var receipt = grant("1234567", months("a", "2026-10", "2026-11", 10_000));
        order("2026-12-04");
        assertThatThrownBy(() -> store.run(Scope.of(village), jdbc -> jdbc.sql("""
                insert into payment.order_month (authority, receipt, beneficiary, month, run, pay_day, sequence, yen, person)
                values (?, ?, 'a', '2026-10-01', 99, '2026-12-04', 9, 10000, '1')
                """).params(village.code(), receipt.text()).update())).hasMessageContaining("order_month_pkey");
    }

    // two persons

    @Test
    void whoPreparedCannotApproveAndTheSecondApprovalChangesNothing() {
        grant("1234567", months("a", "2026-10", "2026-11", 10_000));
        var run = order("2026-12-04");
        var both = new Actor.Officer(village, "kaikei", "会計 一", Set.of(Role.TREASURY, Role.APPROVAL));
        assertThatThrownBy(() -> runs.approve(both, run.number())).isInstanceOf(Conflict.class);
        assertThatThrownBy(() -> runs.approve(treasurer(), run.number())).isInstanceOf(BadInput.class);
        runs.approve(approver(), run.number());
        runs.approve(approver(), run.number());
        assertThat(told("payment.Ordered")).isEqualTo(1);
        assertThat(runs.files(village, run.number())).hasSize(1);
        assertThatThrownBy(() -> runs.cancel(approver(), run.number(), "遅すぎる")).isInstanceOf(Conflict.class)
                .hasMessageContaining("決裁 二");
    }

    @Test
    void aRunThatIsCalledOffFreesItsMonths() {
        grant("1234567", months("a", "2026-10", "2026-11", 10_000));
        var run = order("2026-12-04");
        runs.cancel(approver(), run.number(), "金額を確かめる");
        assertThat(orders(run)).extracting(PaymentOrder::stage).containsOnly(OrderStage.CANCELLED);
        var again = order("2026-12-04");
        assertThat(orders(again)).extracting(PaymentOrder::sequence).containsExactly(2);
    }

    @Test
    void nothingIsApprovedAfterItsPayDay() {
        grant("1234567", months("a", "2026-10", "2026-11", 10_000));
        var run = order("2026-12-04");
        clock.set("2026-12-05");
        assertThatThrownBy(() -> runs.approve(approver(), run.number())).isInstanceOf(Conflict.class);
    }

    // the file

    @Test
    void theFileIsSoundAndCarriesEveryOrder() {
        grant("1234567", months("a", "2026-10", "2026-11", 10_000));
        grant("7654321", months("a", "2026-10", "2026-11", 15_000));
        var run = approved("2026-12-04");
        var file = runs.files(village, run.number()).getFirst();
        var reading = ZenginFile.read(runs.bytes(village, file.name()));
        assertThat(reading).isInstanceOfSatisfying(ZenginReading.Sound.class, sound -> {
            assertThat(sound.total()).isEqualTo(50_000).isEqualTo(run.total().amount());
            assertThat(sound.file().payDay()).isEqualTo(java.time.MonthDay.of(12, 4));
            assertThat(sound.file().transfers()).extracting(ZenginFile.Transfer::code2).containsExactly("0000000001",
                    "0000000002");
        });
    }

    @Test
    void withoutAnOriginatorNothingIsApproved() {
        var bare = authorities.municipalities().getLast().id();
        village = bare;
        grant("1234567", months("a", "2026-10", "2026-11", 10_000));
        var run = order("2026-12-04");
        assertThatThrownBy(() -> runs.approve(approver(), run.number())).isInstanceOf(BadInput.class)
                .hasMessageContaining("originator");
        assertThat(runs.get(village, run.number()).stage()).isEqualTo(PayRunStage.PREPARED);
    }

    @Test
    void whoHasNoUsableAccountIsListedAndNotOrdered() {
        var without = grant("", months("a", "2026-10", "2026-11", 10_000));
        var with = grant("1234567", months("a", "2026-10", "2026-11", 10_000));
        var outlook = runs.outlook(village, SERVICE, LocalDate.parse("2026-12-04"));
        assertThat(outlook.unpayable()).extracting(PayRuns.Unpayable::receipt).containsExactly(without);
        assertThat(orders(order("2026-12-04"))).extracting(PaymentOrder::receipt).containsExactly(with);
    }

    // results

    @Test
    void aFaultyAnswerTellsEverythingAndAppliesNothing() {
        grant("1234567", months("a", "2026-10", "2026-11", 10_000));
        grant("7654321", months("a", "2026-10", "2026-11", 10_000));
        var run = sent("2026-12-04").number();
        String id = receive("""
                run,line,amount,result,reason,day
                %1$d,1,20000,paid,,2026-12-04
                %1$d,2,1,paid,,2026-12-04
                %1$d,9,20000,paid,,2026-12-04
                """.formatted(run));
        assertThat(results.preview(village, id).faults()).extracting(f -> f.record() + f.code())
                .containsExactly("3AMOUNT", "4UNKNOWN");
        assertThatThrownBy(() -> results.apply(treasurer(), id)).isInstanceOf(BadInput.class);
        assertThat(count("result")).isZero();
        String unreadable = receive("""
                run,line,amount,result,reason,day
                x,1,20000,paid,01,2026-12-04
                %1$d,2,30000,returned,77,2026-13-04
                %1$d,2
                """.formatted(run));
        assertThat(results.preview(village, unreadable).faults()).extracting(f -> f.record() + f.code())
                .containsExactlyInAnyOrder("2NUMBER", "2REASON", "3DAY", "3REASON", "4COLUMNS");
    }

    @Test
    void anAnswerAppliedTwiceChangesNothing() {
        grant("1234567", months("a", "2026-10", "2026-11", 10_000));
        var run = sent("2026-12-04").number();
        String text = "run,line,amount,result,reason,day\n" + run + ",1,20000,paid,,2026-12-04\n";
        assertThat(results.apply(treasurer(), receive(text))).isEqualTo(1);
        assertThat(results.apply(treasurer(), receive(text))).isZero();
        // the same said in other bytes, and in Japanese
        String other = "支払回,明細,金額,結果,理由,処理日\r\n" + run + ",1,20000,振込済,,2026/12/04\r\n";
        assertThat(results.apply(treasurer(), results.receive(treasurer(), "x",
                other.getBytes(java.nio.charset.Charset.forName("windows-31j"))))).isZero();
        assertThat(told("payment.Paid")).isEqualTo(1);
        assertThat(runs.get(village, run).stage()).isEqualTo(PayRunStage.COMPLETED);
        // paid and later sent back (組戻) is told; returned and later paid is a contradiction
        assertThat(results.apply(treasurer(), receive("run,line,amount,result,reason,day\n" + run
                + ",1,20000,returned,06,2026-12-08\n"))).isEqualTo(1);
        assertThat(orders(runs.get(village, run))).extracting(PaymentOrder::stage)
                .containsExactly(OrderStage.RETURNED);
    }

    @Test
    void anAnswerInRecordsOf120BytesSaysTheSame() {
        grant("1234567", months("a", "2026-10", "2026-11", 10_000));
        grant("9654321", months("a", "2026-10", "2026-11", 10_000));
        var run = sent("2026-12-04");
        byte[] file = runs.bytes(village, runs.files(village, run.number()).getFirst().name());
        byte[] answer = file.clone();
        put(answer, 2, 114, "0  1204");
        put(answer, 3, 114, "1031204");
        put(answer, 4, 20, "000001000000020000000001000000020000");
        String id = results.receive(treasurer(), "KEKKA", answer);
        assertThat(results.preview(village, id).faults()).isEmpty();
        assertThat(results.apply(treasurer(), id)).isEqualTo(2);
        assertThat(orders(run)).extracting(PaymentOrder::stage).containsExactlyInAnyOrder(OrderStage.PAID,
                OrderStage.RETURNED);
        put(answer, 4, 26, "000000020001");
        assertThat(results.preview(village, results.receive(treasurer(), "KEKKA", answer)).faults())
                .extracting(ZenginReading.Fault::code).containsExactly("PAID_TOTAL");
    }

    @Test
    void nothingIsAnsweredBeforeItWasSent() {
        grant("1234567", months("a", "2026-10", "2026-11", 10_000));
        var run = approved("2026-12-04").number();
        String id = receive("run,line,amount,result,reason,day\n" + run + ",1,20000,paid,,2026-12-04\n");
        assertThat(results.preview(village, id).faults()).extracting(ZenginReading.Fault::code)
                .containsExactly("NOTSENT");
    }

    // the whole way round

    @Test
    void whatCameBackIsPaidToACorrectedAccountThatTwoPersonsHaveSeen() {
        var receipt = grant("9999999", months("a", "2026-10", "2027-03", 10_000));
        var first = sent("2026-12-04").number();
        clock.set("2026-12-04");
        results.apply(treasurer(), receive("run,line,amount,result,reason,day\n" + first
                + ",1,20000,returned,03,2026-12-04\n"));
        assertThat(reconcile("2026-12-04").agrees()).isTrue();
        assertThat(reconcile("2026-12-04").sums().returned()).isEqualTo(20_000);
        assertThatThrownBy(() -> order("2026-12-08")).isInstanceOf(Conflict.class);

        int version = accounts.enter(treasurer(), receipt, account("1111111"));
        assertThat(accounts.enter(treasurer(), receipt, account("1111111"))).isEqualTo(version);
        assertThatThrownBy(() -> order("2026-12-08")).isInstanceOf(Conflict.class);
        assertThatThrownBy(() -> accounts.confirm(treasurer(), receipt, version)).isInstanceOf(Conflict.class);
        accounts.confirm(approver(), receipt, version);
        accounts.confirm(approver(), receipt, version);

        var second = sent("2026-12-08");
        assertThat(orders(second)).singleElement().satisfies(order -> {
            assertThat(order.repeats()).isTrue();
            assertThat(order.amount()).isEqualTo(new Yen(20_000));
            assertThat(order.accountEnding()).isEqualTo("111");
        });
        clock.set("2026-12-08");
        results.apply(treasurer(), receive("run,line,amount,result,reason,day\n" + second.number()
                + ",1,20000,paid,,2026-12-08\n"));
        var report = reconcile("2026-12-08");
        assertThat(report.differences()).isEmpty();
        assertThat(report.sums()).isEqualTo(new Reconciliation.Sums(20_000, 20_000, 20_000, 20_000, 20_000, 20_000, 0,
                0));
        // and nothing is left to repeat
        assertThatThrownBy(() -> order("2026-12-09")).isInstanceOf(Conflict.class);
        // the day before, the money was still back
        assertThat(reconcile("2026-12-07").sums().returned()).isEqualTo(20_000);
    }

    // reconciliation

    @Test
    void everythingAgreesAfterEachStepOfTheWay() {
        grant("1234567", months("a", "2026-05", "2027-09", 10_000));
        grant("7654321", months("a", "2026-10", "2027-09", 15_000));
        assertThat(reconcile("2026-11-20").differences()).isEmpty();
        var run = sent("2026-12-04").number();
        assertThat(reconcile("2026-12-03").differences()).isEmpty();
        clock.set("2026-12-04");
        assertThat(reconcile("2026-12-04").differences()).isEmpty();
        assertThat(reconcile("2026-12-04").sums().waiting()).isEqualTo(100_000);
        results.apply(treasurer(), receive("run,line,amount,result,reason,day\n" + run + ",1,"
                + orders(runs.get(village, run)).getFirst().amount().amount() + ",paid,,2026-12-04\n"));
        assertThat(reconcile("2026-12-04").differences()).isEmpty();
    }

    @Test
    void dueAndNotOrderedIsADifference() {
        var receipt = grant("", months("a", "2026-10", "2026-11", 10_000));
        clock.set("2026-12-04");
        assertThat(reconcile("2026-12-03").agrees()).isTrue();
        assertThat(reconcile("2026-12-04").differences()).singleElement().satisfies(difference -> {
            assertThat(difference.subject()).isEqualTo(receipt.text());
            assertThat(difference.code()).isEqualTo("ENTITLED_ORDERED");
            assertThat(difference.yen()).isEqualTo(20_000);
        });
    }

    @Test
    void orderedAndNotSentIsADifferenceOnThePayDay() {
        grant("1234567", months("a", "2026-10", "2026-11", 10_000));
        approved("2026-12-04");
        clock.set("2026-12-04");
        assertThat(codes("2026-12-04")).containsExactly("ORDER_NOT_SENT");
    }

    @Test
    void aDecisionThatSaysAnotherAmountIsFoundToTheYen() {
        var receipt = grant("1234567", months("a", "2026-10", "2026-11", 10_000));
        sent("2026-12-04");
        var g = grantOf(receipt);
        granted.put(receipt, new Grant(village, receipt, g.person(), STANDARD, g.decidedAt(),
                List.of(month("2026-10", 10_000), month("2026-11", 10_001)), Optional.empty()));
        clock.set("2026-12-04");
        assertThat(reconcile("2026-12-04").differences()).extracting(Reconciliation.Difference::code,
                Reconciliation.Difference::yen).containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("DECIDED_ENTITLED", 1L),
                        org.assertj.core.groups.Tuple.tuple("DECIDED_ORDERED", 1L));
    }

    @Test
    void aPlantedEntitlementOrderFileLineOrAnswerIsFound() {
        var receipt = grant("1234567", months("a", "2026-10", "2026-11", 10_000));
        var run = sent("2026-12-04").number();
        clock.set("2026-12-04");
        plant("""
                insert into payment.entitlement (authority, receipt, beneficiary, month, person, standard, yen, reason,
                    decided_at, entered_at)
                values (?, ?, 'ghost', '2026-10-01', '1', 'child-allowance@2024-10-01', 777, 'x', ?, ?)
                """, village.code(), receipt.text(), Timestamp.from(grantOf(receipt).decidedAt()), now());
        assertThat(codes("2026-12-04")).containsExactlyInAnyOrder("DECIDED_ENTITLED", "ENTITLED_ORDERED");
        plant("""
                insert into payment.pay_order (authority, receipt, pay_day, sequence, run, line, person, standard, yen,
                    from_month, through_month, account_version, repeats)
                values (?, ?, '2026-12-04', 7, ?, 7, '1', 'child-allowance@2024-10-01', 5, '2026-10-01', '2026-10-01', 1, false)
                """, village.code(), receipt.text(), run);
        assertThat(codes("2026-12-04")).contains("ORDER_WITHOUT_LINE");
        plant("""
                insert into payment.result (authority, run, line, kind, receipt, pay_day, sequence, person, yen, reason,
                    bank_day, sha256, at)
                values (?, ?, 1, 'PAID', ?, '2026-12-04', 1, '1', 19999, '', '2026-12-04', 'x', ?)
                """, village.code(), run, receipt.text(), now());
        assertThat(codes("2026-12-04")).contains("SENT_PAID");
        var stray = new ZenginFile(originators.current(village).orElseThrow().originator(),
                java.time.MonthDay.of(12, 4), List.of(new ZenginFile.Transfer(
                        ((BankAccount.Reading.Sound) account("5555555")).account(), new Yen(123),
                        "%010d".formatted(run),
                        "0000000042")));
        plant("insert into payment.file values (?, ?, 2, 'stray', ?, 1, 123, 'x', ?)", village.code(), run,
                stray.write(false), now());
        assertThat(codes("2026-12-04")).contains("LINE_WITHOUT_ORDER");
    }

    // who may see what

    @Test
    void aResidentSeesTheirOwnMonthsAndNoOtherVillageSeesARun() {
        var receipt = grant("1234567", months("a", "2026-10", "2026-11", 10_000));
        var run = order("2026-12-04");
        var mine = grantOf(receipt).person();
        assertThat(entitlements.of(new Scope.Resident(village, mine))).hasSize(2);
        assertThat(entitlements.of(new Scope.Resident(village, PersonId.of("1")))).isEmpty();
        var elsewhere = AuthorityId.of("134015");
        assertThatThrownBy(() -> runs.get(elsewhere, run.number())).isInstanceOf(NotThere.class);
        assertThat(runs.all(elsewhere, new Page.Wanted(1, 20)).total()).isZero();
    }

    // size

    @Test
    void tenThousandOrdersArePreparedWrittenAndReconciledWithinSeconds() {
        var receipts = receipts(10_000);
        var persons = persons(10_000);
        store.run(Scope.of(village), jdbc -> {
            jdbc.sql("""
                    insert into payment.entitlement (authority, receipt, beneficiary, month, person, standard, yen, reason,
                        decided_at, entered_at)
                    select ?, receipt, child, (date '2026-10-01' + make_interval(months => m))::date, person,
                           'child-allowance@2024-10-01', 10000, 'CA-RATE', ?, ?
                    from unnest(?::text[], ?::text[]) as r (receipt, person), (values ('a'), ('b')) as c (child),
                         generate_series(0, 23) as m
                    """).params(village.code(), now(), now(), receipts, persons).update();
            jdbc.sql("""
                    insert into payment.account (authority, receipt, version, person, bank_code, bank_name, branch_code,
                        branch_name, type, number, holder_kana, origin, entered_by, entered_at)
                    select distinct authority, receipt, 1, person, '0989', '', '101', '', 1, '1234567', 'ﾔﾏﾀﾞ ﾊﾅｺ', 'CLAIM',
                           '', now() from payment.entitlement where authority = ?
                    """).params(village.code()).update();
        });
        var owed = new ArrayList<Grant.Owed>(List.of(months("a", "2026-10", "2028-09", 10_000)));
        owed.addAll(List.of(months("b", "2026-10", "2028-09", 10_000)));
        for (int i = 0; i < 10_000; i++) {
            var receipt = ReceiptNumber.of(receipts[i]);
            granted.put(receipt, new Grant(village, receipt, PersonId.of(persons[i]), STANDARD, clock.instant(), owed,
                    Optional.empty()));
        }
        long start = System.nanoTime();
        var run = order("2026-12-04");
        long prepared = System.nanoTime();
        runs.approve(approver(), run.number());
        long written = System.nanoTime();
        runs.send(treasurer(), run.number());
        long sent = System.nanoTime();
        var answer = new StringBuilder("run,line,amount,result,reason,day\n");
        for (int line = 1; line <= 10_000; line++)
            answer.append(run.number()).append(',').append(line).append(",40000,paid,,2026-12-04\n");
        assertThat(results.apply(treasurer(), receive(answer.toString()))).isEqualTo(10_000);
        long applied = System.nanoTime();
        assertThat(run.orders()).isEqualTo(10_000);
        assertThat(run.total()).isEqualTo(new Yen(400_000_000));
        clock.set("2026-12-04");
        var report = reconcile("2026-12-04");
        long reconciled = System.nanoTime();
        assertThat(report.sums().paid()).isEqualTo(400_000_000);
        assertThat(report.lines()).hasSize(10_000);
        assertThat(report.differences()).isEmpty();
        System.out.printf(
                "10,000 orders (480,000 months owed): prepared %d ms, approved and written %d ms, sent %d ms, "
                        + "answered %d ms, reconciled %d ms%n",
                (prepared - start) / 1_000_000, (written - prepared) / 1_000_000,
                (sent - written) / 1_000_000, (applied - sent) / 1_000_000, (reconciled - applied) / 1_000_000);
        assertThat((written - start) / 1_000_000).isLessThan(30_000);
        assertThat((reconciled - applied) / 1_000_000).isLessThan(15_000);
    }

    // words of the tests

    private ReceiptNumber grant(String number, Grant.Owed... months) {
        var receipt = ReceiptNumber.next(LocalDate.now(clock));
        var person = PersonId.of(String.valueOf(5_000_000 + granted.size()));
        var account = number.isEmpty()
                ? Optional.<tools.jackson.databind.JsonNode>empty()
                : Optional.<tools.jackson.databind.JsonNode>of(json.valueToTree(Map.of("bankCode", "0989", "bankName",
                        "ミホン", "branchCode", "101", "branchName", "ミナト", "type", "1", "number", number, "holderKana",
                        "ヤマダ　ハナコ")));
        var grant = new Grant(village, receipt, person, STANDARD, clock.instant(), List.of(months), account);
        granted.put(receipt, grant);
        enter(grant);
        return receipt;
    }

    private Grant grantOf(ReceiptNumber receipt) { return java.util.Objects.requireNonNull(granted.get(receipt)); }

    private void enter(Grant grant) { store.run(Scope.of(village), jdbc -> entitlements.enter(jdbc, grant)); }

    private static Grant.Owed month(String month, long yen) {
        return new Grant.Owed("a", YearMonth.parse(month), new Yen(yen), "CA-RATE");
    }

    private static Grant.Owed[] months(String child, String from, String through, long yen) {
        var months = new ArrayList<Grant.Owed>();
        for (var m = YearMonth.parse(from); !m.isAfter(YearMonth.parse(through)); m = m.plusMonths(1))
            months.add(new Grant.Owed(child, m, new Yen(yen), "CA-RATE"));
        return months.toArray(Grant.Owed[]::new);
    }

    private long pays(String day) { return runs.outlook(village, SERVICE, LocalDate.parse(day)).total().amount(); }

    private PayRun order(String day) {
        return runs.prepare(treasurer(), SERVICE, LocalDate.parse(day), "press " + System.nanoTime());
    }

    private PayRun approved(String day) { return runs.approve(approver(), order(day).number()); }

    private PayRun sent(String day) { return runs.send(treasurer(), approved(day).number()); }

    private List<PaymentOrder> orders(PayRun run) {
        return runs.orders(village, new PayRuns.Wish(Optional.of(run.number()), Optional.empty(), Optional.empty()),
                new Page.Wanted(1, 1000)).items();
    }

    private String receive(String csv) {
        return results.receive(treasurer(), "kekka.csv", csv.getBytes(StandardCharsets.UTF_8));
    }

    private Reconciliation.Report reconcile(String day) {
        return reconciliation.asOf(village, SERVICE, LocalDate.parse(day));
    }

    private List<String> codes(String day) {
        return reconcile(day).differences().stream().map(Reconciliation.Difference::code).toList();
    }

    private static BankAccount.Reading account(String number) {
        return BankAccount.read("", "0989", "", "101", "", "普通", number, "ヤマダ ハナコ");
    }

    private void plant(String sql, Object... params) {
        store.run(Scope.of(village), jdbc -> jdbc.sql(sql).params(params).update());
    }

    private Timestamp now() { return Timestamp.from(clock.instant()); }

    private long entitled(ReceiptNumber receipt) {
        return store.in(Scope.of(village), jdbc -> jdbc
                .sql("select sum(yen) from payment.entitlement where authority = ? and receipt = ?")
                .params(village.code(), receipt.text()).query(Long.class).single());
    }

    private long count(String table) {
        return store.in(Scope.of(village), jdbc -> jdbc
                .sql("select count(*) from payment." + table + " where authority = ?").param(village.code())
                .query(Long.class).single());
    }

    private long told(String kind) {
        return store.in(Scope.of(village), jdbc -> jdbc
                .sql("select count(*) from store.event where authority = ? and kind = ?").params(village.code(), kind)
                .query(Long.class).single());
    }

    private Actor.Officer treasurer() { return new Actor.Officer(village, "kaikei", "会計 一", Set.of(Role.TREASURY)); }

    private Actor.Officer approver() { return new Actor.Officer(village, "kessai", "決裁 二", Set.of(Role.APPROVAL)); }

    private static String[] receipts(int count) {
        return IntStream.range(0, count).mapToObj(i -> ReceiptNumber.next(LocalDate.of(2026, 11, 20)).text())
                .toArray(String[]::new);
    }

    private static String[] persons(int count) {
        return IntStream.range(0, count).mapToObj(i -> String.valueOf(1_000_000 + i)).toArray(String[]::new);
    }

    private static void put(byte[] bytes, int record, int position, String text) {
        for (int i = 0; i < text.length(); i++)
            bytes[(record - 1) * 120 + position - 1 + i] = BankKana.toByte(text.charAt(i));
    }

    /// A clock at noon in Japan of the day that a test sets.
    private static final class MutableClock extends Clock {
        private Instant now = Instant.EPOCH;

        void set(String day) { now = LocalDate.parse(day).atTime(12, 0).atZone(JAPAN).toInstant(); }

        @Override
        public ZoneId getZone() { return JAPAN; }

        @Override
        public Clock withZone(ZoneId zone) { return this; }

        @Override
        public Instant instant() { return now; }
    }
}
