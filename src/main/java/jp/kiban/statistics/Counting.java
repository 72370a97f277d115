package jp.kiban.statistics;

import static jp.kiban.statistics.Tally.Column.*;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import jp.kiban.casework.Decided;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.StandardRef;
import jp.kiban.payment.Ordered;
import jp.kiban.payment.Paid;
import jp.kiban.payment.Returned;
import jp.kiban.payment.Sent;
import jp.kiban.statistics.Tally.Column;
import jp.kiban.store.EventHandler;
import jp.kiban.submission.Corrected;
import jp.kiban.submission.Received;
import jp.kiban.submission.Withdrawn;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// 集計. Adds each event to the figures of its authority, standard, version and day: once, because the place in the log moves
/// in the same transaction. A batch costs at most four statements an authority.
@Component
class Counting implements EventHandler {
    private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");

    private final Clock clock;

    Counting(Clock clock) { this.clock = clock; }

    private record Cell(StandardRef standard, LocalDate day) {}

    private record Spot(StandardRef standard, LocalDate month, String measure, int bucket) {}

    private record Payee(String standard, int fiscalYear, String receipt) {}

    @Override
    public String name() { return "statistics.counting"; }

    @Override
    public Set<Class<? extends Event>> kinds() {
        return Set.of(Received.class, Corrected.class, Withdrawn.class, Decided.class, Ordered.class, Sent.class,
                Returned.class, Paid.class);
    }

    @Override
    public void handle(AuthorityId authority, List<? extends Event> events, JdbcClient jdbc) {
        new Batch(authority, jdbc).count(events);
    }

    /// One batch of one authority.
    private final class Batch {
        private final AuthorityId authority;
        private final JdbcClient jdbc;
        private final Map<Cell, Tally> tallies = new LinkedHashMap<>();
        private final Map<Spot, Long> spots = new LinkedHashMap<>();
        private final Map<Payee, Cell> payees = new TreeMap<>(
                java.util.Comparator.comparing(Payee::standard).thenComparing(Payee::fiscalYear)
                        .thenComparing(Payee::receipt));

        Batch(AuthorityId authority, JdbcClient jdbc) {
            this.authority = authority;
            this.jdbc = jdbc;
        }

        void count(List<? extends Event> events) {
            Instant newest = Instant.MIN;
            for (var event : events) {
                count(event);
                newest = event.at().isAfter(newest) ? event.at() : newest;
            }
            countPayees();
            writeTallies();
            if (!spots.isEmpty())
                writeSpots();
            jdbc.sql("""
                    insert into statistics.freshness as f (authority, event_at, counted_at) values (?, ?, ?)
                    on conflict (authority) do update set event_at = greatest(f.event_at, excluded.event_at),
                      counted_at = excluded.counted_at
                    """).params(authority.code(), Timestamp.from(newest), Timestamp.from(clock.instant())).update();
        }

        private void count(Event event) {
            var day = LocalDate.ofInstant(event.at(), JAPAN);
            switch (event) {
                case Received e -> {
                    add(e.standard(), day, CLAIMS, 1);
                    if (e.typedFields() == 0)
                        add(e.standard(), day, ZERO_TYPED, 1);
                    spot(e.standard(), day, "seconds", e.seconds());
                }
                case Corrected e -> add(e.standard(), day, CORRECTED, 1);
                case Withdrawn e -> add(e.standard(), day, WITHDRAWN, 1);
                case Decided e -> {
                    add(e.standard(), day, switch (e.kind()) {
                        case GRANT -> GRANTS;
                        case REFUSAL -> REFUSALS;
                        case REDIRECT -> REDIRECTS;
                    }, 1);
                    add(e.standard(), day, MONTHLY_YEN, e.monthlyYen().plus(e.onceYen()).amount());
                    if (e.overruled())
                        add(e.standard(), day, OVERRULED, 1);
                    spot(e.standard(), day, "days", e.daysFromArrival());
                }
                case Ordered e -> add(e.standard(), day, ORDERED_YEN, e.repeats() ? 0 : e.amount().amount());
                case Sent e -> {
                    add(e.standard(), day, SENT_YEN, e.amount().amount());
                    payee(e.standard(), day, e.receipt());
                }
                case Returned e -> add(e.standard(), day, RETURNED_YEN, e.amount().amount());
                case Paid e -> add(e.standard(), day, PAID_YEN, e.amount().amount());
                default -> throw new IllegalArgumentException("not counted: " + event);
            }
        }

        private void add(StandardRef standard, LocalDate day, Column column, long more) {
            tallies.computeIfAbsent(new Cell(standard, day), c -> new Tally()).add(column, more);
        }

        private void spot(StandardRef standard, LocalDate day, String measure, long value) {
            spots.merge(new Spot(standard, day.withDayOfMonth(1), measure, Histogram.bucketOf(Math.max(0, value))), 1L,
                    Long::sum);
        }

        private void payee(StandardRef standard, LocalDate day, ReceiptNumber receipt) {
            payees.putIfAbsent(new Payee(standard.id(), FiscalYear.of(day).year(), receipt.text()),
                    new Cell(standard, day));
        }

        /// Who was not paid before in the fiscal year counts on the day of the first transfer.
        private void countPayees() {
            if (payees.isEmpty())
                return;
            var all = List.copyOf(payees.keySet());
            jdbc.sql("""
                    insert into statistics.payee (authority, standard, fiscal_year, receipt)
                    select ?, * from unnest(?::text[], ?::smallint[], ?::text[]) on conflict do nothing
                    returning standard, fiscal_year, receipt
                    """)
                    .params(authority.code(), all.stream().map(Payee::standard).toArray(String[]::new),
                            all.stream().map(Payee::fiscalYear).toArray(Integer[]::new),
                            all.stream().map(Payee::receipt).toArray(String[]::new))
                    .query((row, i) -> new Payee(row.getString(1), row.getInt(2), row.getString(3))).list()
                    .forEach(first -> {
                        var cell = payees.get(first);
                        if (cell != null)
                            add(cell.standard(), cell.day(), PAYEES, 1);
                    });
        }

        private static final String UPSERT = """
                insert into statistics.day as d (authority, standard, version, day, %s)
                select ?, * from unnest(?::text[], ?::text[], ?::date[], %s)
                on conflict (authority, standard, version, day) do update set %s
                """.formatted(Column.list("%"), Column.list("?::bigint[]"), Column.list("% = d.% + excluded.%"));

        private void writeTallies() {
            var cells = List.copyOf(tallies.keySet());
            var values = List.copyOf(tallies.values());
            var parameters = new ArrayList<Object>(List.of(authority.code(),
                    cells.stream().map(c -> c.standard().id()).toArray(String[]::new),
                    cells.stream().map(c -> c.standard().version().toString()).toArray(String[]::new),
                    cells.stream().map(c -> c.day().toString()).toArray(String[]::new)));
            Arrays.stream(Column.values())
                    .map(column -> values.stream().map(t -> t.get(column)).toArray(Long[]::new))
                    .forEach(parameters::add);
            jdbc.sql(UPSERT).params(parameters).update();
        }

        private void writeSpots() {
            var all = List.copyOf(spots.keySet());
            jdbc.sql("""
                    insert into statistics.histogram as h (authority, standard, version, month, measure, bucket, count)
                    select ?, * from unnest(?::text[], ?::text[], ?::date[], ?::text[], ?::smallint[], ?::bigint[])
                    on conflict (authority, standard, version, month, measure, bucket)
                    do update set count = h.count + excluded.count
                    """)
                    .params(authority.code(), all.stream().map(s -> s.standard().id()).toArray(String[]::new),
                            all.stream().map(s -> s.standard().version().toString()).toArray(String[]::new),
                            all.stream().map(s -> s.month().toString()).toArray(String[]::new),
                            all.stream().map(Spot::measure).toArray(String[]::new),
                            all.stream().map(Spot::bucket).toArray(Integer[]::new),
                            spots.values().toArray(Long[]::new))
                    .update();
        }
    }
}
