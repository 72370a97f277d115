package jp.kiban.payment;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.Text;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// 突合. Decided = ordered = sent = paid + returned (+ not answered yet), to the yen, for every application. Each sum is derived again
/// from its own source: the decision records, the entitlements, the orders, the bytes of the files as they were written, and the
/// bank's answers; no sum is copied from another. As of the end of a day in Japan.
@Component
public final class Reconciliation {
    private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");
    private final Store store;
    private final Decisions decisions;
    private final PaySchedules schedules;

    Reconciliation(Store store, Decisions decisions, PaySchedules schedules) {
        this.store = store;
        this.decisions = decisions;
        this.schedules = schedules;
    }

    /// 一件の突合. One application, in yen. Decided, entitled and ordered are what was due by the day or is in an order for it;
    /// `resent` is ordered again and is not part of `ordered`; `returned` is what came back and was not sent again.
    public record Line(ReceiptNumber receipt, long decided, long entitled, long ordered, long sent, long resent,
            long paid, long returned, long waiting) {

        public boolean agrees() {
            return decided == entitled && entitled == ordered && ordered == sent
                    && sent == paid + returned + waiting;
        }
    }

    /// 差異. One difference: the application, or a run's line where no application is known, what does not agree, and by how much
    /// (first minus second, in yen).
    public record Difference(String subject, String code, long yen, Text text) {}

    /// 突合の結果. Everything as of a day.
    public record Report(LocalDate day, String service, YearMonth dueThrough, List<Line> lines,
            List<Difference> differences) {
        public boolean agrees() { return differences.isEmpty(); }

        /// All lines together; its receipt means nothing.
        public Sums sums() {
            return new Sums(sum(Line::decided), sum(Line::entitled), sum(Line::ordered), sum(Line::sent),
                    sum(Line::resent), sum(Line::paid), sum(Line::returned), sum(Line::waiting));
        }

        private long sum(java.util.function.ToLongFunction<Line> of) { return lines.stream().mapToLong(of).sum(); }
    }

    /// 合計. In yen.
    public record Sums(long decided, long entitled, long ordered, long sent, long resent, long paid, long returned,
            long waiting) {}

    public Report asOf(AuthorityId authority, String service, LocalDate day) {
        var until = day.plusDays(1).atStartOfDay(JAPAN).toInstant();
        return store.in(Scope.of(authority), jdbc -> {
            PayRuns.lock(jdbc, authority);
            return new Reading(jdbc, authority, service, day, until).report();
        });
    }

    private record Place(int run, int line) {}

    /// The month of a beneficiary that an order is for.
    private record Claim(String receipt, String beneficiary, YearMonth month) {}

    private record Ordered(String receipt, long yen, boolean repeats, boolean sent, String account) {}

    private record Answered(long paid, long returned, boolean wasPaid, boolean wasReturned) {}

    /// The sums by application and the differences, as they are found.
    private final class Reading {
        private final JdbcClient jdbc;
        private final AuthorityId authority;
        private final String service;
        private final LocalDate day;
        private final Instant until;
        private final PayDays schedule;
        private final YearMonth through;
        private final Map<YearMonth, LocalDate> payDays = new HashMap<>();
        private final Map<LocalDate, LocalDate> nexts = new HashMap<>();
        private final Map<String, long[]> sums = new TreeMap<>();
        private final List<Difference> differences = new ArrayList<>();

        Reading(JdbcClient jdbc, AuthorityId authority, String service, LocalDate day, Instant until) {
            this.jdbc = jdbc;
            this.authority = authority;
            this.service = service;
            this.day = day;
            this.until = until;
            this.schedule = schedules.of(authority, service, day);
            this.through = schedule.coveredThrough(day);
        }

        Report report() {
            var whole = new HashMap<String, long[]>();
            var claimed = claimed();
            decided(claimed, whole);
            entitled(claimed, whole);
            whole.forEach((receipt, both) -> differ(receipt, "DECIDED_ENTITLED", both[0], both[1]));
            var orders = orders();
            lines(orders, answers(orders));
            sums.forEach((receipt, s) -> {
                differ(receipt, "ENTITLED_ORDERED", s[1], s[2]);
                if (s[0] != s[1])
                    differ(receipt, "DECIDED_ORDERED", s[0], s[2]);
            });
            var lines = sums.entrySet().stream().map(e -> line(e.getKey(), e.getValue())).toList();
            differences.sort(java.util.Comparator.comparing(Difference::subject));
            return new Report(day, service, through, lines, List.copyOf(differences));
        }

        private static Line line(String receipt, long[] s) {
            return new Line(ReceiptNumber.of(receipt), s[0], s[1], s[2], s[3], s[4], s[5], s[6] - s[4], s[7]);
        }

        private void add(String receipt, int column, long yen) {
            sums.computeIfAbsent(receipt, r -> new long[8])[column] += yen;
        }

        private void differ(String subject, String code, long first, long second) {
            if (first != second)
                differences.add(new Difference(subject, code, first - second,
                        Words.of("payment.difference." + code, first, second)));
        }

        /// Due by the day: its own pay day has come; when it was granted after that day, the next one has.
        private boolean isDue(YearMonth month, LocalDate granted) {
            // what is paid in the next run is due when it is in one
            if (!(schedule instanceof PaySchedule monthly) || month.isAfter(through))
                return false;
            var own = payDays.computeIfAbsent(month, m -> monthly.payDay(monthly.calendar().payMonthOf(m)));
            return own.isAfter(granted)
                    || !nexts.computeIfAbsent(granted, g -> schedule.next(g.plusDays(1))).isAfter(day);
        }

        /// The months that approved orders with a pay day until the day say they are for.
        private Set<Claim> claimed() {
            return new HashSet<>(jdbc.sql("""
                    select m.receipt, m.beneficiary, m.month from payment.order_month m
                    join payment.run_step s on (s.authority, s.run, s.stage) = (m.authority, m.run, 'APPROVED')
                    where m.authority = ? and m.pay_day <= ? and s.at < ?
                    """).params(authority.code(), day, Timestamp.from(until))
                    .query((row, i) -> new Claim(row.getString(1), row.getString(2),
                            YearMonth.from(row.getObject(3, LocalDate.class))))
                    .list());
        }

        private void decided(Set<Claim> claimed, Map<String, long[]> whole) {
            for (var grant : decisions.grants(authority, until.minusNanos(1))) {
                if (!grant.standard().id().equals(service))
                    continue;
                String receipt = grant.receipt().text();
                var granted = grant.decidedAt().atZone(JAPAN).toLocalDate();
                for (var owed : grant.months()) {
                    whole.computeIfAbsent(receipt, r -> new long[2])[0] += owed.yen().amount();
                    if (isDue(owed.month(), granted)
                            || claimed.contains(new Claim(receipt, owed.beneficiary(), owed.month())))
                        add(receipt, 0, owed.yen().amount());
                }
            }
        }

        private void entitled(Set<Claim> claimed, Map<String, long[]> whole) {
            jdbc.sql("""
                    select receipt, sum(yen) from payment.entitlement
                    where authority = ? and service = ? and decided_at < ? group by receipt
                    """).params(authority.code(), service, Timestamp.from(until)).query((row, i) -> {
                whole.computeIfAbsent(row.getString(1), r -> new long[2])[1] += row.getLong(2);
                return true;
            }).list();
            // one range of the index for what is due by its month; for the rest only applications that an order names
            owed(claimed, "month <= ?", through.atDay(1));
            var early = claimed.stream().filter(c -> c.month().isAfter(through)).map(Claim::receipt)
                    .distinct().toArray(String[]::new);
            if (early.length > 0)
                owed(claimed, "month > ? and receipt = any(?)", through.atDay(1), early);
        }

        private void owed(Set<Claim> claimed, String which, Object... values) {
            var parameters = new ArrayList<Object>(List.of(authority.code(), service, Timestamp.from(until)));
            parameters.addAll(List.of(values));
            jdbc.sql("""
                    select receipt, beneficiary, month, yen, decided_at from payment.entitlement
                    where authority = ? and service = ? and decided_at < ? and
                    """ + which).params(parameters).query((row, i) -> {
                var month = YearMonth.from(row.getObject(3, LocalDate.class));
                var granted = row.getTimestamp(5).toInstant().atZone(JAPAN).toLocalDate();
                if (isDue(month, granted) || claimed.contains(new Claim(row.getString(1), row.getString(2), month)))
                    add(row.getString(1), 1, row.getLong(4));
                return true;
            }).list();
        }

        /// Approved orders with a pay day until the day.
        private Map<Place, Ordered> orders() {
            var orders = new HashMap<Place, Ordered>();
            var sent = new HashSet<>(jdbc.sql("select run from payment.run_step where authority = ? and stage = 'SENT'"
                    + " and at < ?").params(authority.code(), Timestamp.from(until)).query(Integer.class).list());
            jdbc.sql("""
                    select o.run, o.line, o.receipt, o.yen, o.repeats,
                           a.bank_code || a.branch_code || a.type || a.number
                    from payment.pay_order o
                    join payment.run_step p on (p.authority, p.run, p.stage) = (o.authority, o.run, 'APPROVED')
                    join payment.account a
                      on (a.authority, a.receipt, a.version) = (o.authority, o.receipt, o.account_version)
                    where o.authority = ? and split_part(o.standard, '@', 1) = ? and o.pay_day <= ? and p.at < ?
                    """).params(authority.code(), service, day, Timestamp.from(until))
                    .query((row, i) -> orders.put(new Place(row.getInt(1), row.getInt(2)),
                            new Ordered(row.getString(3), row.getLong(4), row.getBoolean(5), sent.contains(row.getInt(
                                    1)), row.getString(6))))
                    .list();
            orders.forEach((place, order) -> {
                if (!order.repeats())
                    add(order.receipt(), 2, order.yen());
            });
            return orders;
        }

        private Map<Place, Answered> answers(Map<Place, Ordered> orders) {
            var answers = new HashMap<Place, Answered>();
            jdbc.sql("""
                    select r.run, r.line, r.kind, r.yen, r.receipt from payment.result r
                    join payment.run n on (n.authority, n.number) = (r.authority, r.run)
                    where r.authority = ? and n.service = ? and n.pay_day <= ? and r.at < ?
                    """).params(authority.code(), service, day, Timestamp.from(until)).query((row, i) -> {
                var place = new Place(row.getInt(1), row.getInt(2));
                boolean paid = row.getString(3).equals("PAID");
                long yen = row.getLong(4);
                answers.merge(place, new Answered(paid ? yen : 0, paid ? 0 : yen, paid, !paid),
                        (a, b) -> new Answered(a.paid() + b.paid(), a.returned() + b.returned(),
                                a.wasPaid() || b.wasPaid(), a.wasReturned() || b.wasReturned()));
                if (!orders.containsKey(place))
                    differ(row.getString(5), "ANSWER_WITHOUT_ORDER", yen, 0);
                return true;
            }).list();
            return answers;
        }

        /// The files as they were written, against the orders on one side and the answers on the other.
        private void lines(Map<Place, Ordered> orders, Map<Place, Answered> answers) {
            var inFiles = new HashSet<Place>();
            jdbc.sql("""
                    select f.name, f.bytes from payment.file f
                    join payment.run n on (n.authority, n.number) = (f.authority, f.run)
                    join payment.run_step s on (s.authority, s.run, s.stage) = (f.authority, f.run, 'SENT')
                    where f.authority = ? and n.service = ? and n.pay_day <= ? and s.at < ? order by f.run, f.part
                    """).params(authority.code(), service, day, Timestamp.from(until)).query((row, i) -> {
                if (ZenginFile.read(row.getBytes(2)) instanceof ZenginReading.Sound sound)
                    for (var transfer : sound.file().transfers())
                        transfer(transfer, orders, answers, inFiles);
                else
                    differences.add(new Difference(row.getString(1), "FILE_UNREADABLE", 0,
                            Words.of("payment.difference.FILE_UNREADABLE")));
                return true;
            }).list();
            orders.forEach((place, order) -> {
                if (!inFiles.contains(place))
                    differ(order.receipt(), order.sent() ? "ORDER_WITHOUT_LINE" : "ORDER_NOT_SENT", order.yen(), 0);
            });
        }

        private void transfer(ZenginFile.Transfer transfer, Map<Place, Ordered> orders,
                Map<Place, Answered> answers, Set<Place> inFiles) {
            var place = new Place(Integer.parseInt(transfer.code1()), Integer.parseInt(transfer.code2()));
            long yen = transfer.amount().amount();
            var order = orders.get(place);
            if (order == null || !inFiles.add(place)) {
                differ("run " + place.run() + " line " + place.line(), "LINE_WITHOUT_ORDER", yen, 0);
                return;
            }
            var to = transfer.to();
            if (!order.account().equals(to.bankCode() + to.branchCode() + to.type() + to.number()))
                differences.add(new Difference(order.receipt(), "ACCOUNT", 0,
                        Words.of("payment.difference.ACCOUNT")));
            differ(order.receipt(), "ORDERED_SENT", order.yen(), yen);
            add(order.receipt(), order.repeats() ? 4 : 3, yen);
            var answer = answers.get(place);
            if (answer == null) {
                add(order.receipt(), 7, yen);
                return;
            }
            if (answer.wasPaid())
                differ(order.receipt(), "SENT_PAID", yen, answer.paid());
            if (answer.wasReturned())
                differ(order.receipt(), "SENT_RETURNED", yen, answer.returned());
            add(order.receipt(), answer.wasReturned() ? 6 : 5,
                    answer.wasReturned() ? answer.returned() : answer.paid());
        }
    }
}
