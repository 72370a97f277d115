package jp.kiban.payment;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Role;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Conflict;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.StandardRef;
import jp.kiban.kernel.Yen;
import jp.kiban.letters.Letters;
import jp.kiban.portal.Page;
import jp.kiban.store.EventLog;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// 振込結果の反映. Takes a bank's answer: keeps the file as it came, shows what it would change, and applies it whole or not at all. The same
/// file, or another that says the same, changes nothing.
@Component
public final class BankResults {
    private final Store store;
    private final EventLog events;
    private final Clock clock;
    private final ObjectProvider<Bank> bank;
    private final PayRuns runs;

    BankResults(Store store, EventLog events, Clock clock, ObjectProvider<Bank> bank, PayRuns runs) {
        this.store = store;
        this.events = events;
        this.clock = clock;
        this.bank = bank;
        this.runs = runs;
    }

    /// 結果ファイルの見え方. One received file: what it would newly say (paid and returned, lines and yen), what is known already, and
    /// every fault; applied when and by whom.
    public record Preview(String id, String name, Instant receivedAt, List<ZenginReading.Fault> faults, int paid,
            Yen paidYen, int returned, Yen returnedYen, int known, List<ReturnedLine> returnedLines,
            Optional<Instant> appliedAt) {
        public boolean isSound() { return faults.isEmpty(); }
    }

    /// 戻りの一件. One transfer that came back.
    public record ReturnedLine(ReceiptNumber receipt, int run, int line, Yen amount, String reason) {}

    /// 受け取ったファイル. One row of the list of received files.
    public record Received(String id, String name, Instant receivedAt, Optional<Instant> appliedAt, int changed) {}

    /// Keeps the file and answers its id: the same bytes have the same one.
    public String receive(Actor.Officer by, String name, byte[] bytes) {
        PayRuns.must(by, Role.TREASURY);
        if (bytes.length == 0)
            throw BadInput.of("file", "EMPTY", Words.of("payment.result.empty"));
        String id = PayRuns.sha256(bytes);
        String plain = name.replaceAll("[\\p{Cntrl}/\\\\]", "");
        store.run(Scope.of(by.authority()),
                jdbc -> jdbc.sql("""
                insert into payment.result_file (authority, sha256, name, bytes, received_by, received_at)
                values (?, ?, ?, ?, ?, ?) on conflict do nothing
                """)
                        .params(by.authority().code(), id, Letters.first(plain, 100), bytes,
                                by.id(),
                                Timestamp.from(clock.instant()))
                        .update());
        return id;
    }

    private record Order(ReceiptNumber receipt, String person, StandardRef standard, LocalDate payDay, int sequence,
            long yen, boolean atBank, boolean paid, boolean returned, String reason) {}

    private record Checked(List<ZenginReading.Fault> faults, Map<BankAnswer.Line, Order> fresh, int known) {}

    public Preview preview(AuthorityId authority, String id) {
        return store.in(Scope.of(authority), jdbc -> {
            var file = jdbc.sql("""
                    select f.name, f.received_at, f.bytes, a.applied_at from payment.result_file f
                    left join payment.result_applied a on (a.authority, a.sha256) = (f.authority, f.sha256)
                    where f.authority = ? and f.sha256 = ?
                    """).params(authority.code(), id).query((row, i) -> preview(jdbc, authority, id, row.getString(1),
                    row.getTimestamp(2).toInstant(), row.getBytes(3),
                    Optional.ofNullable(row.getTimestamp(4)).map(Timestamp::toInstant))).optional();
            return file.orElseThrow(NotThere::new);
        });
    }

    private Preview preview(JdbcClient jdbc, AuthorityId authority, String id, String name, Instant receivedAt,
            byte[] bytes, Optional<Instant> appliedAt) {
        var checked = check(jdbc, authority, bytes);
        var paid = checked.fresh().keySet().stream().filter(BankAnswer.Line::paid).toList();
        var returned = checked.fresh().keySet().stream().filter(line -> !line.paid()).toList();
        return new Preview(id, name, receivedAt, checked.faults(), paid.size(), sum(paid), returned.size(),
                sum(returned), checked.known(), checked.fresh().entrySet().stream().filter(e -> !e.getKey().paid())
                        .map(e -> new ReturnedLine(e.getValue().receipt(), e.getKey().run(), e.getKey().line(),
                                new Yen(e.getKey().yen()), e.getKey().reason()))
                        .toList(),
                appliedAt);
    }

    private static Yen sum(List<BankAnswer.Line> lines) {
        return lines.stream().map(line -> new Yen(line.yen())).collect(Yen.sum());
    }

    /// Applies the file: every line, or none and all the faults.
    public int apply(Actor.Officer by, String id) {
        PayRuns.must(by, Role.TREASURY);
        var authority = by.authority();
        return store.in(Scope.of(authority), jdbc -> {
            PayRuns.lock(jdbc, authority);
            byte[] bytes = jdbc.sql("select bytes from payment.result_file where authority = ? and sha256 = ?")
                    .params(authority.code(), id).query((row, i) -> row.getBytes(1)).optional()
                    .orElseThrow(NotThere::new);
            var checked = check(jdbc, authority, bytes);
            if (!checked.faults().isEmpty())
                throw new BadInput(checked.faults().stream().map(fault -> new Finding(
                        "record[" + fault.record() + "]", fault.code(), fault.message())).toList());
            keep(jdbc, authority, id, checked.fresh());
            jdbc.sql("""
                    insert into payment.result_applied (authority, sha256, applied_by, applied_at, changed)
                    values (?, ?, ?, ?, ?) on conflict do nothing
                    """).params(authority.code(), id, by.id(), Timestamp.from(clock.instant()), checked.fresh().size())
                    .update();
            for (int run : new TreeSet<>(checked.fresh().keySet().stream().map(BankAnswer.Line::run).toList()))
                complete(jdbc, by, run);
            return checked.fresh().size();
        });
    }

    private void keep(JdbcClient jdbc, AuthorityId authority, String id, Map<BankAnswer.Line, Order> fresh) {
        if (fresh.isEmpty())
            return;
        var lines = List.copyOf(fresh.entrySet());
        var at = clock.instant();
        jdbc.sql("""
                insert into payment.result (authority, run, line, kind, receipt, pay_day, sequence, person, yen, reason,
                    bank_day, sha256, at)
                select ?, run, line, kind, receipt, pay_day::date, sequence, person, yen, reason, bank_day::date, ?, ?
                from unnest(?::int[], ?::int[], ?::text[], ?::text[], ?::text[], ?::int[], ?::text[], ?::bigint[],
                            ?::text[], ?::text[])
                  as r (run, line, kind, receipt, pay_day, sequence, person, yen, reason, bank_day)
                """).params(authority.code(), id, Timestamp.from(at),
                lines.stream().map(e -> e.getKey().run()).toArray(Integer[]::new),
                lines.stream().map(e -> e.getKey().line()).toArray(Integer[]::new),
                lines.stream().map(e -> e.getKey().paid() ? "PAID" : "RETURNED").toArray(String[]::new),
                lines.stream().map(e -> e.getValue().receipt().text()).toArray(String[]::new),
                lines.stream().map(e -> e.getValue().payDay().toString()).toArray(String[]::new),
                lines.stream().map(e -> e.getValue().sequence()).toArray(Integer[]::new),
                lines.stream().map(e -> e.getValue().person()).toArray(String[]::new),
                lines.stream().map(e -> e.getKey().yen()).toArray(Long[]::new),
                lines.stream().map(e -> e.getKey().reason()).toArray(String[]::new),
                lines.stream().map(e -> e.getKey().day().toString()).toArray(String[]::new)).update();
        events.appendAll(jdbc, lines.stream().map(e -> event(authority, at, e.getKey(), e.getValue())).toList());
    }

    private static Event event(AuthorityId authority, Instant at, BankAnswer.Line line, Order order) {
        var amount = new Yen(line.yen());
        return line.paid()
                ? new Paid(authority, at, order.receipt().text(), order.receipt(), order.standard(), line.run(),
                        order.payDay(), order.sequence(), amount)
                : new Returned(authority, at, order.receipt().text(), order.receipt(), order.standard(), line.run(),
                        order.payDay(), order.sequence(), amount, line.reason());
    }

    /// A run whose every line has an answer is complete.
    private void complete(JdbcClient jdbc, Actor.Officer by, int number) {
        var run = PayRuns.find(jdbc, by.authority(), number);
        long open = jdbc.sql("""
                select count(*) from payment.pay_order o where o.authority = ? and o.run = ?
                and not exists (select from payment.result r where (r.authority, r.run, r.line) = (o.authority, o.run, o.line))
                """).params(by.authority().code(), number).query(Long.class).single();
        if (open == 0 && run.stage().mayBecome(PayRunStage.COMPLETED))
            runs.step(jdbc, by, number, run.history().size() + 1, PayRunStage.COMPLETED, "");
    }

    private Checked check(JdbcClient jdbc, AuthorityId authority, byte[] bytes) {
        return switch (BankAnswer.read(bytes, LocalDate.now(clock))) {
            case BankAnswer.Faulty(var faults) -> new Checked(faults, Map.of(), 0);
            case BankAnswer.Sound(var lines) -> check(jdbc, authority, lines);
        };
    }

    private static Checked check(JdbcClient jdbc, AuthorityId authority, List<BankAnswer.Line> lines) {
        var faults = new ArrayList<ZenginReading.Fault>();
        var fresh = new java.util.LinkedHashMap<BankAnswer.Line, Order>();
        var orders = new HashMap<Integer, Map<Integer, Order>>();
        var seen = new HashMap<String, BankAnswer.Line>();
        int known = 0;
        for (var line : lines) {
            var order = orders.computeIfAbsent(line.run(), run -> orders(jdbc, authority, run)).get(line.line());
            var twice = seen.putIfAbsent(line.run() + "/" + line.line() + "/" + line.paid(), line);
            String key = fault(line, order, twice, seen);
            if (!key.isEmpty())
                faults.add(new ZenginReading.Fault(line.record(), 0, key.toUpperCase(java.util.Locale.ROOT),
                        Words.of("payment.result.order." + key, line.run(), line.line(), line.yen(),
                                order == null ? 0 : order.yen())));
            else if (order != null && (line.paid() ? order.paid() : order.returned()))
                known++;
            else if (order != null)
                fresh.put(line, order);
        }
        return new Checked(faults, faults.isEmpty() ? fresh : Map.of(), known);
    }

    private static String fault(BankAnswer.Line line, @org.jspecify.annotations.Nullable Order order,
            BankAnswer.@org.jspecify.annotations.Nullable Line twice, Map<String, BankAnswer.Line> seen) {
        if (twice != null)
            return "twice";
        if (order == null)
            return "unknown";
        if (!order.atBank())
            return "notSent";
        if (order.yen() != line.yen())
            return "amount";
        boolean otherWay = seen.containsKey(line.run() + "/" + line.line() + "/" + !line.paid());
        if (otherWay || line.paid() && order.returned() && !order.paid())
            return "contradicts";
        if (!line.paid() && order.returned() && !order.reason().equals(line.reason()))
            return "contradicts";
        return "";
    }

    private static Map<Integer, Order> orders(JdbcClient jdbc, AuthorityId authority, int run) {
        var orders = new HashMap<Integer, Order>();
        jdbc.sql("""
                select o.line, o.receipt, o.person, o.standard, o.pay_day, o.sequence, o.yen,
                       exists (select from payment.run_step s where (s.authority, s.run, s.stage) = (o.authority, o.run, 'SENT')),
                       p.line is not null, r.line is not null, coalesce(r.reason, '')
                from payment.pay_order o
                left join payment.result p on (p.authority, p.run, p.line, p.kind) = (o.authority, o.run, o.line, 'PAID')
                left join payment.result r on (r.authority, r.run, r.line, r.kind) = (o.authority, o.run, o.line, 'RETURNED')
                where o.authority = ? and o.run = ?
                """).params(authority.code(), run).query((row, i) -> orders.put(row.getInt(1),
                new Order(ReceiptNumber.of(row.getString(2)), row.getString(3), StandardRef.parse(row.getString(4)),
                        row.getObject(5, LocalDate.class), row.getInt(6), row.getLong(7), row.getBoolean(8),
                        row.getBoolean(9), row.getBoolean(10), row.getString(11))))
                .list();
        return orders;
    }

    /// Asks the connected bank for its answers about a run and applies them; answers how many lines were new. `NotThere` when there
    /// is no such run.
    public int fetch(Actor.Officer by, int run) {
        PayRuns.must(by, Role.TREASURY);
        var connected = bank.getIfAvailable();
        if (connected == null)
            throw new Conflict(Words.of("payment.conflict.noBank"));
        runs.get(by.authority(), run);
        int changed = 0;
        for (var answer : connected.answers(by.authority(), run))
            changed += apply(by, receive(by, answer.name(), answer.bytes()));
        return changed;
    }

    /// Newest first.
    public Page<Received> all(AuthorityId authority, Page.Wanted wanted) {
        return store.in(Scope.of(authority), jdbc -> new Page<>(jdbc.sql("""
                select f.sha256, f.name, f.received_at, a.applied_at, coalesce(a.changed, 0) from payment.result_file f
                left join payment.result_applied a on (a.authority, a.sha256) = (f.authority, f.sha256)
                where f.authority = ? order by f.received_at desc, f.sha256 limit ? offset ?
                """).params(authority.code(), wanted.size(), wanted.offset())
                .query((row, i) -> new Received(row.getString(1), row.getString(2), row.getTimestamp(3).toInstant(),
                        Optional.ofNullable(row.getTimestamp(4)).map(Timestamp::toInstant), row.getInt(5)))
                .list(),
                jdbc.sql("select count(*) from payment.result_file where authority = ?").param(authority.code())
                        .query(Long.class).single(),
                wanted.number(), wanted.size()));
    }
}
