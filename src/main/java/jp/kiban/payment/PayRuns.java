package jp.kiban.payment;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Role;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Conflict;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Holidays;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.StandardRef;
import jp.kiban.kernel.Yen;
import jp.kiban.portal.Page;
import jp.kiban.store.EventLog;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import jp.kiban.store.Work;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// 支払回の一覧. Puts orders together for a pay day, has them approved by a second person, writes the files, hands them to the bank. Each
/// act is one transaction under the authority's lock; done twice it is done once. Nothing is set off against what is owed.
@Component
public final class PayRuns {
    private static final String RUN = """
            select number, service, pay_day, covered_through, orders, yen from payment.run
            where authority = ?
            """;
    private final Store store;
    private final EventLog events;
    private final Clock clock;
    private final PaySchedules schedules;
    private final Originators originators;
    private final ObjectProvider<Bank> bank;

    PayRuns(Store store, EventLog events, Clock clock, PaySchedules schedules, Originators originators,
            ObjectProvider<Bank> bank) {
        this.store = store;
        this.events = events;
        this.clock = clock;
        this.schedules = schedules;
        this.originators = originators;
        this.bank = bank;
    }

    /// 見通し. What a run for a day would hold now: orders for months that are due, orders that pay a returned one again, the sum in
    /// yen, and the applications that cannot be paid.
    public record Outlook(LocalDate payDay, boolean regular, YearMonth coveredThrough, int orders, int repeats,
            Yen total, List<Unpayable> unpayable) {}

    /// 支払えないもの. Owed and due, but without an account that a bank takes; or returned and without a corrected one.
    public record Unpayable(ReceiptNumber receipt, Yen amount, Why why) {
        /// Why nothing can be ordered.
        public enum Why {
            NO_ACCOUNT, RETURNED
        }
    }

    public LocalDate nextPayDay(AuthorityId authority, String service) {
        var today = LocalDate.now(clock);
        return schedules.of(authority, service, today).next(today);
    }

    public Outlook outlook(AuthorityId authority, String service, LocalDate payDay) {
        var schedule = schedules.of(authority, service, payDay);
        var through = schedule.coveredThrough(payDay);
        return store.in(Scope.of(authority), jdbc -> {
            var due = jdbc.sql("with " + DUE + " select count(*)::int, coalesce(sum(yen), 0) from due")
                    .params(authority.code(), authority.code(), authority.code(), service, through.atDay(1))
                    .query((row, i) -> new long[]{row.getLong(1), row.getLong(2)}).single();
            var again = jdbc.sql("with " + AGAIN + " select count(*)::int, coalesce(sum(yen), 0) from again")
                    .params(authority.code(), authority.code(), authority.code(), service)
                    .query((row, i) -> new long[]{row.getLong(1), row.getLong(2)}).single();
            return new Outlook(payDay, schedule.next(payDay).equals(payDay), through, (int) (due[0] + again[0]),
                    (int) again[0], new Yen(due[1] + again[1]), unpayable(jdbc, authority, service, through));
        });
    }

    /// The newest account of each application that may be used: the one of the claim, or a confirmed one.
    private static final String ACCOUNT = """
            account as (
                select distinct on (a.receipt) a.receipt, a.version from payment.account a
                left join payment.account_confirmation c
                  on (c.authority, c.receipt, c.version) = (a.authority, a.receipt, a.version)
                where a.authority = ? and (a.origin = 'CLAIM' or c.version is not null)
                order by a.receipt, a.version desc)
            """;
    /// What is due and in no order yet, by application.
    private static final String DUE = ACCOUNT + """
            , due as (
                select e.receipt, sum(e.yen) as yen from payment.entitlement e
                join account a on a.receipt = e.receipt
                where e.authority = ? and not exists (select from payment.order_month m where m.authority = ?
                    and (m.receipt, m.beneficiary, m.month) = (e.receipt, e.beneficiary, e.month))
                  and e.service = ? and e.month <= ?
                group by e.receipt)
            """;
    /// What the bank returned, was not ordered again, and has a newer account now.
    private static final String AGAIN = ACCOUNT + """
            , again as (
                select o.receipt, o.pay_day, o.sequence, o.yen, o.person, o.standard, o.from_month, o.through_month,
                       a.version
                from payment.result r
                join payment.pay_order o
                  on (o.authority, o.receipt, o.pay_day, o.sequence) = (r.authority, r.receipt, r.pay_day, r.sequence)
                join account a on a.receipt = o.receipt and a.version > o.account_version
                where r.authority = ? and r.kind = 'RETURNED' and not exists (select from payment.reorder x
                    where x.authority = ? and (x.receipt, x.pay_day, x.sequence) = (o.receipt, o.pay_day, o.sequence))
                  and split_part(o.standard, '@', 1) = ?)
            """;

    private static List<Unpayable> unpayable(JdbcClient jdbc, AuthorityId authority, String service,
            YearMonth through) {
        return jdbc.sql("with " + ACCOUNT + """
                select e.receipt, sum(e.yen), 'NO_ACCOUNT' from payment.entitlement e
                where e.authority = ? and e.service = ? and e.month <= ?
                  and not exists (select from account a where a.receipt = e.receipt)
                  and not exists (select from payment.order_month m where m.authority = e.authority
                    and (m.receipt, m.beneficiary, m.month) = (e.receipt, e.beneficiary, e.month))
                group by e.receipt
                union all
                select o.receipt, o.yen, 'RETURNED' from payment.result r
                join payment.pay_order o
                  on (o.authority, o.receipt, o.pay_day, o.sequence) = (r.authority, r.receipt, r.pay_day, r.sequence)
                join account a on a.receipt = o.receipt and a.version = o.account_version
                where r.authority = ? and r.kind = 'RETURNED' and split_part(o.standard, '@', 1) = ?
                  and not exists (select from payment.reorder x where (x.authority, x.receipt, x.pay_day, x.sequence)
                    = (o.authority, o.receipt, o.pay_day, o.sequence))
                order by 1
                """).params(authority.code(), authority.code(), service, through.atDay(1), authority.code(), service)
                .query((row, i) -> new Unpayable(ReceiptNumber.of(row.getString(1)), new Yen(row.getLong(2)),
                        Unpayable.Why.valueOf(row.getString(3))))
                .list();
    }

    /// Puts together the orders for a day: every due month that is in no order, and every returned order whose account was
    /// corrected. `press` names the pressed form: pressed again, the same run answers.
    public PayRun prepare(Actor.Officer by, String service, LocalDate payDay, String press) {
        must(by, Role.TREASURY);
        var authority = by.authority();
        checkDay(payDay);
        var through = schedules.of(authority, service, payDay).coveredThrough(payDay);
        return store.in(Scope.of(authority), jdbc -> {
            lock(jdbc, authority);
            var pressed = jdbc.sql(RUN + " and press = ?").params(authority.code(), press)
                    .query((row, i) -> run(jdbc, authority, row)).optional();
            if (pressed.isPresent())
                return pressed.get();
            int number = jdbc.sql("select coalesce(max(number), 0) + 1 from payment.run where authority = ?")
                    .param(authority.code()).query(Integer.class).single();
            claim(jdbc, authority, number, service, payDay, through);
            writeOrders(jdbc, authority, number, payDay);
            var sums = jdbc.sql("""
                    select count(*)::int, coalesce(sum(yen), 0) from payment.pay_order where authority = ? and run = ?
                    """).params(authority.code(), number)
                    .query((row, i) -> new long[]{row.getLong(1), row.getLong(2)}).single();
            if (sums[0] == 0)
                throw new Conflict(Words.of("payment.conflict.nothing"));
            jdbc.sql("""
                    insert into payment.run (authority, number, service, pay_day, covered_through, press, prepared_by,
                        prepared_at, orders, yen)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """).params(authority.code(), number, service, payDay, through.atDay(1), press, by.id(),
                    Timestamp.from(clock.instant()), sums[0], sums[1]).update();
            step(jdbc, by, number, 1, PayRunStage.PREPARED, "");
            events.append(jdbc, new RunPrepared(authority, clock.instant(), subject(number), number, service, payDay,
                    (int) sums[0], new Yen(sums[1]), by.id()));
            return find(jdbc, authority, number);
        });
    }

    private void checkDay(LocalDate payDay) {
        var today = LocalDate.now(clock);
        if (payDay.isBefore(today) || payDay.isAfter(today.plusDays(100)))
            throw BadInput.of("payDay", "PAY_DAY_RANGE", Words.of("payment.finding.payDayRange", payDay.toString(),
                    today.toString(), today.plusDays(100).toString()));
        if (!Holidays.isBusinessDay(payDay))
            throw BadInput.of("payDay", "NO_BUSINESS_DAY", Words.of("payment.finding.noBusinessDay", payDay.toString(),
                    Holidays.businessDayOnOrBefore(payDay).toString()));
    }

    /// Marks months and returned orders as this run's: their primary keys let no other order have them.
    private static void claim(JdbcClient jdbc, AuthorityId authority, int number, String service, LocalDate payDay,
            YearMonth through) {
        String next = """
                1 + coalesce((select max(o.sequence) from payment.pay_order o
                  where (o.authority, o.receipt, o.pay_day) = (?, %s, ?)), 0)
                """;
        jdbc.sql("with " + ACCOUNT + """
                insert into payment.order_month
                    (authority, receipt, beneficiary, month, run, pay_day, sequence, yen, person)
                select e.authority, e.receipt, e.beneficiary, e.month, ?, ?, %s, e.yen, e.person
                from payment.entitlement e join account a on a.receipt = e.receipt
                where e.authority = ? and e.service = ? and e.month <= ?
                  and not exists (select from payment.order_month m where m.authority = e.authority
                    and (m.receipt, m.beneficiary, m.month) = (e.receipt, e.beneficiary, e.month))
                """.formatted(next.formatted("e.receipt")))
                .params(authority.code(), number, payDay, authority.code(), payDay, authority.code(), service,
                        through.atDay(1))
                .update();
        jdbc.sql("with " + AGAIN + """
                insert into payment.reorder (authority, receipt, pay_day, sequence, by_run, by_pay_day, by_sequence)
                select ?, a.receipt, a.pay_day, a.sequence, ?, ?,
                       row_number() over (partition by a.receipt order by a.pay_day, a.sequence) + greatest(
                         coalesce((select max(o.sequence) from payment.pay_order o
                           where (o.authority, o.receipt, o.pay_day) = (?, a.receipt, ?)), 0),
                         coalesce((select max(m.sequence) from payment.order_month m
                           where (m.authority, m.receipt, m.pay_day) = (?, a.receipt, ?)), 0))
                from again a
                """)
                .params(authority.code(), authority.code(), authority.code(), service, authority.code(), number,
                        payDay, authority.code(), payDay, authority.code(), payDay)
                .update();
    }

    private static void writeOrders(JdbcClient jdbc, AuthorityId authority, int number, LocalDate payDay) {
        jdbc.sql("with " + ACCOUNT + """
                , one as (
                    select m.receipt, m.sequence, min(m.person) as person, min(e.standard) as standard,
                           sum(e.yen)::bigint as yen, min(m.month) as from_month, max(m.month) as through_month,
                           false as repeats
                    from payment.order_month m join payment.entitlement e
                      on (e.authority, e.receipt, e.beneficiary, e.month)
                       = (m.authority, m.receipt, m.beneficiary, m.month)
                    where m.authority = ? and m.run = ? group by m.receipt, m.sequence
                    union all
                    select x.receipt, x.by_sequence, o.person, o.standard, o.yen, o.from_month, o.through_month, true
                    from payment.reorder x join payment.pay_order o
                      on (o.authority, o.receipt, o.pay_day, o.sequence)
                       = (x.authority, x.receipt, x.pay_day, x.sequence)
                    where x.authority = ? and x.by_run = ?)
                insert into payment.pay_order (authority, receipt, pay_day, sequence, run, line, person, standard, yen,
                    from_month, through_month, account_version, repeats)
                select ?, one.receipt, ?, one.sequence, ?, row_number() over (order by one.receipt, one.sequence),
                       one.person, one.standard, one.yen, one.from_month, one.through_month, account.version,
                       one.repeats
                from one join account on account.receipt = one.receipt
                """).params(authority.code(), authority.code(), number, authority.code(), number, authority.code(),
                payDay, number).update();
    }

    /// The second person's act: from here on it is ordered (支出命令), and the files are written.
    public PayRun approve(Actor.Officer by, int number) {
        must(by, Role.APPROVAL);
        return act(by, number, PayRunStage.APPROVED, "", (jdbc, run) -> {
            if (run.preparedBy().equals(by.id()))
                throw new Conflict(Words.of("payment.conflict.samePerson"));
            if (run.payDay().isBefore(LocalDate.now(clock)))
                throw new Conflict(Words.of("payment.conflict.payDayPast", run.payDay().toString()));
            var from = originators.current(jdbc, by.authority())
                    .orElseThrow(() -> BadInput.of("originator", "NO_ORIGINATOR",
                            Words.of("payment.finding.noOriginator")));
            writeFiles(jdbc, run, from);
            events.appendAll(jdbc, kept(jdbc, run, kept -> new Ordered(by.authority(), clock.instant(),
                    kept.receipt().text(), kept.receipt(), kept.standard(), number, run.payDay(), kept.sequence(),
                    kept.amount(), kept.repeats())));
        });
    }

    private void writeFiles(JdbcClient jdbc, PayRun run, Originators.Current from) {
        String code = "%010d".formatted(run.number());
        var transfers = jdbc.sql("""
                select o.line, o.yen, a.bank_code, a.bank_name, a.branch_code, a.branch_name, a.type, a.number,
                       a.holder_kana
                from payment.pay_order o join payment.account a
                  on (a.authority, a.receipt, a.version) = (o.authority, o.receipt, o.account_version)
                where o.authority = ? and o.run = ? order by o.line
                """).params(run.authority().code(), run.number())
                .query((row, i) -> new ZenginFile.Transfer(
                        new BankAccount(row.getString(3), row.getString(4), row.getString(5), row.getString(6),
                                row.getInt(7), row.getString(8), row.getString(9)),
                        new Yen(row.getLong(2)), code, "%010d".formatted(row.getInt(1))))
                .list();
        if (transfers.size() != run.orders()
                || transfers.stream().mapToLong(t -> t.amount().amount()).sum() != run.total().amount())
            throw new IllegalStateException("run " + run.number() + " of " + run.authority()
                    + " no longer holds what was prepared");
        int part = 0;
        for (var file : ZenginFile.split(from.originator(), MonthDay.from(run.payDay()), transfers)) {
            part++;
            byte[] bytes = file.write(from.crlf());
            String name = String.format(Locale.ROOT, "SOFURI_%s_%s_%06d_%02d.txt", run.authority(),
                    run.payDay().toString().replace("-", ""), run.number(), part);
            jdbc.sql("""
                    insert into payment.file (authority, run, part, name, bytes, lines, yen, sha256, written_at)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """).params(run.authority().code(), run.number(), part, name, bytes, file.transfers().size(),
                    file.total(), sha256(bytes), Timestamp.from(clock.instant())).update();
        }
    }

    /// Calls a prepared run off, by anybody who may prepare or approve; what it held is free again.
    public PayRun cancel(Actor.Officer by, int number, String reason) {
        must(by, Role.TREASURY, Role.APPROVAL);
        if (reason.isBlank())
            throw BadInput.of("reason", "REASON", Words.of("payment.finding.reason"));
        return act(by, number, PayRunStage.CANCELLED, reason.strip(), (jdbc, run) -> {
            jdbc.sql("delete from payment.order_month where authority = ? and run = ?")
                    .params(by.authority().code(), number).update();
            jdbc.sql("delete from payment.reorder where authority = ? and by_run = ?")
                    .params(by.authority().code(), number).update();
            events.append(jdbc,
                    new RunCancelled(by.authority(), clock.instant(), subject(number), number, by.id()));
        });
    }

    /// Whether a bank is connected; without one the files are carried by hand and `sent` only notes it.
    public boolean bankIsConnected() { return bank.getIfAvailable() != null; }

    /// Hands the files to the bank (which takes each name once) and notes that they left.
    public PayRun send(Actor.Officer by, int number) {
        must(by, Role.TREASURY);
        var run = get(by.authority(), number);
        if (run.stage() == PayRunStage.APPROVED)
            bank.ifAvailable(connected -> files(by.authority(), number).forEach(file -> connected.send(
                    new Bank.Parcel(by.authority(), number, file.name(), run.payDay(),
                            bytes(by.authority(), file.name())))));
        return act(by, number, PayRunStage.SENT, bankIsConnected() ? "" : Words.of("payment.note.byHand").ja(),
                (jdbc, approved) -> events.appendAll(jdbc, kept(jdbc, run, kept -> {
                    Work.current().concerns(by.authority(), kept.receipt());
                    Work.current().sentMessage();
                    return new Sent(by.authority(), clock.instant(), kept.receipt().text(), kept.receipt(),
                            kept.standard(), number, run.payDay(), kept.sequence(), kept.amount(), kept.repeats());
                })));
    }

    private record Kept(ReceiptNumber receipt, StandardRef standard, int sequence, Yen amount, boolean repeats) {}

    private static <E extends Event> List<E> kept(JdbcClient jdbc, PayRun run, Function<Kept, E> event) {
        return jdbc.sql("""
                select receipt, standard, sequence, yen, repeats from payment.pay_order
                where authority = ? and run = ? order by line
                """).params(run.authority().code(), run.number())
                .query((row, i) -> event.apply(new Kept(ReceiptNumber.of(row.getString(1)),
                        StandardRef.parse(row.getString(2)), row.getInt(3), new Yen(row.getLong(4)),
                        row.getBoolean(5))))
                .list();
    }

    private interface Deed {
        void on(JdbcClient jdbc, PayRun run);
    }

    /// One act on one run: already done means done; out of turn is a conflict that says who did what.
    private PayRun act(Actor.Officer by, int number, PayRunStage next, String note, Deed deed) {
        return store.in(Scope.of(by.authority()), jdbc -> {
            lock(jdbc, by.authority());
            var run = find(jdbc, by.authority(), number);
            if (run.history().stream().anyMatch(step -> step.stage() == next))
                return run;
            if (!run.stage().mayBecome(next)) {
                var last = run.history().getLast();
                throw new Conflict(Words.of("payment.conflict.stage." + last.stage(), last.byName()));
            }
            deed.on(jdbc, run);
            step(jdbc, by, number, run.history().size() + 1, next, note);
            return find(jdbc, by.authority(), number);
        });
    }

    void step(JdbcClient jdbc, Actor.Officer by, int number, int step, PayRunStage stage, String note) {
        jdbc.sql("""
                insert into payment.run_step (authority, run, step, stage, by_id, by_name, note, at)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """).params(by.authority().code(), number, step, stage.name(), by.id(), by.name(), note,
                Timestamp.from(clock.instant())).update();
    }

    /// One act at a time within an authority. The act may touch ten thousand rows that nobody has counted yet: without
    /// nested loops the plan is good for few and for many.
    static void lock(JdbcClient jdbc, AuthorityId authority) { jdbc.sql("""
                select pg_advisory_xact_lock(hashtextextended(?, 0))::text, set_config('enable_nestloop', 'off', true),
                       set_config('jit', 'off', true), set_config('work_mem', '64MB', true)
                """).param("payment " + authority).query((row, i) -> true).single(); }

    // what pages and others ask

    public PayRun get(AuthorityId authority, int number) {
        return store.in(Scope.of(authority), jdbc -> find(jdbc, authority, number));
    }

    /// Newest first.
    public Page<PayRun> all(AuthorityId authority, Page.Wanted wanted) {
        return store.in(Scope.of(authority), jdbc -> new Page<>(
                jdbc.sql(RUN + " order by number desc limit ? offset ?")
                        .params(authority.code(), wanted.size(), wanted.offset())
                        .query((row, i) -> run(jdbc, authority, row)).list(),
                jdbc.sql("select count(*) from payment.run where authority = ?").param(authority.code())
                        .query(Long.class).single(),
                wanted.number(), wanted.size()));
    }

    static PayRun find(JdbcClient jdbc, AuthorityId authority, int number) {
        return jdbc.sql(RUN + " and number = ?").params(authority.code(), number)
                .query((row, i) -> run(jdbc, authority, row)).optional().orElseThrow(NotThere::new);
    }

    private static PayRun run(JdbcClient jdbc, AuthorityId authority, ResultSet row) throws SQLException {
        int number = row.getInt(1);
        var history = jdbc.sql("""
                select stage, by_id, by_name, note, at from payment.run_step where authority = ? and run = ? order by step
                """).params(authority.code(), number)
                .query((step, i) -> new PayRun.Step(PayRunStage.valueOf(step.getString(1)), step.getString(2),
                        step.getString(3), step.getString(4), step.getTimestamp(5).toInstant()))
                .list();
        return new PayRun(authority, number, row.getString(2), row.getObject(3, LocalDate.class),
                YearMonth.from(row.getObject(4, LocalDate.class)), row.getInt(5), new Yen(row.getLong(6)), history);
    }

    /// 送付ファイル. One written file of a run.
    public record SentFile(String name, int lines, Yen total, String sha256) {}

    public List<SentFile> files(AuthorityId authority, int run) {
        return store.in(Scope.of(authority), jdbc -> jdbc.sql("""
                select name, lines, yen, sha256 from payment.file where authority = ? and run = ? order by part
                """).params(authority.code(), run).query((row, i) -> new SentFile(row.getString(1), row.getInt(2),
                new Yen(row.getLong(3)), row.getString(4))).list());
    }

    /// The bytes of a file, as written; `NotThere` when this authority has none of the name.
    public byte[] bytes(AuthorityId authority, String name) {
        return store.in(Scope.of(authority),
                jdbc -> jdbc.sql("select bytes from payment.file where authority = ? and name = ?")
                        .params(authority.code(), name).query((row, i) -> row.getBytes(1)).optional()
                        .orElseThrow(NotThere::new));
    }

    /// 絞り込み. Which orders to list: of one run, of one application, in one stage; empty means all.
    public record Wish(Optional<Integer> run, Optional<ReceiptNumber> receipt, Optional<OrderStage> stage) {}

    static final String ORDERS = """
            select o.receipt, o.pay_day, o.sequence, o.run, o.line, o.yen, o.from_month, o.through_month, o.repeats,
                   a.bank_code, right(a.number, 3) as ending, length(a.holder_kana) > 30 as shortened, r.reason,
                   case when x.receipt is not null then 'REORDERED'
                        when r.kind is not null then 'RETURNED'
                        when p.kind is not null then 'PAID'
                        when s.stage in ('SENT', 'COMPLETED') then 'SENT'
                        when s.stage = 'APPROVED' then 'ORDERED'
                        when s.stage = 'CANCELLED' then 'CANCELLED'
                        else 'PREPARED' end as stage
            from payment.pay_order o
            join payment.account a on (a.authority, a.receipt, a.version) = (o.authority, o.receipt, o.account_version)
            join lateral (select stage from payment.run_step s where (s.authority, s.run) = (o.authority, o.run)
                          order by step desc limit 1) s on true
            left join payment.result p on (p.authority, p.run, p.line, p.kind) = (o.authority, o.run, o.line, 'PAID')
            left join payment.result r on (r.authority, r.run, r.line, r.kind) = (o.authority, o.run, o.line, 'RETURNED')
            left join payment.reorder x on (x.authority, x.receipt, x.pay_day, x.sequence)
                                         = (o.authority, o.receipt, o.pay_day, o.sequence)
            where o.authority = ?
            """;

    public Page<PaymentOrder> orders(AuthorityId authority, Wish wish, Page.Wanted wanted) {
        var where = new ArrayList<String>();
        var params = new ArrayList<Object>();
        params.add(authority.code());
        wish.run().ifPresent(run -> {
            where.add(" and o.run = ?");
            params.add(run);
        });
        wish.receipt().ifPresent(receipt -> {
            where.add(" and o.receipt = ?");
            params.add(receipt.text());
        });
        String all = "select * from (" + ORDERS + String.join("", where) + ") t";
        if (wish.stage().isPresent()) {
            all += " where stage = ?";
            params.add(wish.stage().get().name());
        }
        String listed = all;
        return store.in(Scope.of(authority), jdbc -> {
            long total = jdbc.sql("select count(*) from (" + listed + ") n").params(params).query(Long.class).single();
            var page = new ArrayList<>(params);
            page.add(wanted.size());
            page.add(wanted.offset());
            var items = jdbc.sql(listed + " order by run desc, line limit ? offset ?").params(page)
                    .query((row, i) -> order(row)).list();
            return new Page<>(items, total, wanted.number(), wanted.size());
        });
    }

    private static PaymentOrder order(ResultSet row) throws SQLException {
        return new PaymentOrder(ReceiptNumber.of(row.getString("receipt")), row.getObject("pay_day", LocalDate.class),
                row.getInt("sequence"), row.getInt("run"), row.getInt("line"), new Yen(row.getLong("yen")),
                YearMonth.from(row.getObject("from_month", LocalDate.class)),
                YearMonth.from(row.getObject("through_month", LocalDate.class)), row.getBoolean("repeats"),
                OrderStage.valueOf(row.getString("stage")), row.getString("bank_code"), row.getString("ending"),
                Optional.ofNullable(row.getString("reason")).filter(r -> !r.isEmpty()), row.getBoolean("shortened"));
    }

    static String subject(int run) { return "run-" + run; }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException(never);
        }
    }

    static void must(Actor.Officer by, Role... roles) {
        for (var role : roles)
            if (by.may(role))
                return;
        throw new BadInput(List.of(new Finding("", "ROLE", Words.of("payment.finding.role",
                java.util.Arrays.stream(roles).map(role -> role.title().ja()).collect(Collectors.joining("・"))))));
    }

    static String utf8(byte[] bytes) { return new String(bytes, StandardCharsets.UTF_8); }
}
