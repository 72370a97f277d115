package jp.kiban.cost;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// 費用. What the account says, in yen: priced in the database, exactly, by the rate of each day.
@Component
public final class Costs {
    private final Store store;
    private final RateCard rates;
    private final Meter meter;

    Costs(Store store, RateCard rates, Meter meter) {
        this.store = store;
        this.rates = rates;
        this.meter = meter;
    }

    /// 期間. Days, both included.
    public record Span(LocalDate from, LocalDate to) {}

    /// 事案の費用. One application: by activity (the room that worked), and in all.
    public record CaseCost(List<CostLine> activities, CostLine total, ByResource byResource) {}

    /// 資源別の円. The same yen, by what was used.
    public record ByResource(BigDecimal cpu, BigDecimal database, BigDecimal transfer,
            BigDecimal message) {}

    /// One line of the list of applications.
    public record CaseLine(String receipt, String standard, Optional<LocalDate> arrived, CostLine cost) {}

    private static final String RATE = """
            with rate as (
              select * from unnest(?::date[], ?::date[], ?::numeric[], ?::numeric[], ?::numeric[], ?::numeric[])
                as r (from_day, to_day, cpu, database, transfer, message))
            """;

    private static final String SUMS = """
            coalesce(sum(u.cpu_nanos), 0) as cpu, coalesce(sum(u.database_nanos), 0) as database, coalesce(sum(u.bytes), 0) as bytes,
            coalesce(sum(u.messages), 0) as messages, coalesce(sum(u.works), 0) as works,
            coalesce(sum(u.cpu_nanos * r.cpu + u.database_nanos * r.database + u.bytes * r.transfer + u.messages * r.message), 0) as yen
            """;

    private static final String PRICED = " from cost.usage u join rate r on u.day between r.from_day and r.to_day ";

    private List<Object> parameters(Object... more) {
        var parameters = new ArrayList<>(rates.parameters());
        parameters.addAll(List.of(more));
        return parameters;
    }

    private static CostLine line(ResultSet row, String key, long cases) throws SQLException {
        return new CostLine(key,
                new Usage(row.getLong("cpu"), row.getLong("database"), row.getLong("bytes"), row.getLong("messages"),
                        row.getLong("works")),
                row.getBigDecimal("yen"), cases);
    }

    /// Empty before anything was written about the application.
    public Optional<CaseCost> of(AuthorityId authority, ReceiptNumber receipt) {
        return store.in(Scope.of(authority), jdbc -> {
            var activities = jdbc.sql(RATE + "select u.activity, " + SUMS + PRICED
                    + "where u.authority = ? and u.receipt = ? group by 1 order by yen desc, 1")
                    .params(parameters(authority.code(), receipt.text()))
                    .query((row, i) -> line(row, row.getString(1), 1)).list();
            if (activities.isEmpty())
                return Optional.empty();
            var byResource = jdbc.sql(RATE + """
                    select sum(u.cpu_nanos * r.cpu), sum(u.database_nanos * r.database), sum(u.bytes * r.transfer),
                      sum(u.messages * r.message)
                    """ + PRICED + "where u.authority = ? and u.receipt = ?")
                    .params(parameters(authority.code(), receipt.text()))
                    .query((row, i) -> new ByResource(row.getBigDecimal(1), row.getBigDecimal(2), row.getBigDecimal(3),
                            row.getBigDecimal(4)))
                    .single();
            return Optional.of(new CaseCost(activities, sum(activities, 1), byResource));
        });
    }

    static CostLine sum(List<CostLine> lines, long cases) {
        return lines.stream().reduce(CostLine.NOTHING,
                (a, b) -> new CostLine("", a.usage().plus(b.usage()), a.yen().add(b.yen()), cases));
    }

    /// 並び順. How a list of applications may be sorted.
    public enum Order {
        YEN("yen"), CPU("cpu"), DATABASE("database"), BYTES("bytes"), MESSAGES("messages"), RECEIPT("receipt"), ARRIVED(
                "arrived");

        private final String column;

        Order(String column) { this.column = column; }

        String sql(boolean down) { return column + (down ? " desc nulls last" : " asc nulls last") + ", receipt"; }
    }

    /// What to list: part of a receipt number, a standard (blank for all), the days.
    public record Search(String receipt, String standard, Span span) {}

    private static final String OWN = """
             left join cost.application a on a.authority = u.authority and a.receipt = u.receipt
            where u.authority = ? and u.day between ? and ? and position(? in u.receipt) > 0 and (? = '' or a.standard = ?)
            """;

    private List<Object> own(AuthorityId authority, Search search) {
        return parameters(authority.code(), search.span().from(), search.span().to(), search.receipt(),
                search.standard(), search.standard());
    }

    public CostLine total(AuthorityId authority, Search search) {
        return store.in(Scope.of(authority),
                jdbc -> jdbc.sql(RATE + "select count(distinct u.receipt) as cases, " + SUMS + PRICED + OWN)
                        .params(own(authority, search)).query((row, i) -> line(row, "", row.getLong("cases")))
                        .single());
    }

    public List<CaseLine> cases(AuthorityId authority, Search search, Order order, boolean down, long offset,
            int limit) {
        var parameters = own(authority, search);
        parameters.add(limit);
        parameters.add(offset);
        return store.in(Scope.of(authority),
                jdbc -> jdbc
                        .sql(RATE + "select u.receipt, coalesce(a.standard, '') as standard, a.arrived, " + SUMS
                                + PRICED
                                + OWN + " group by 1, 2, 3 order by " + order.sql(down) + " limit ? offset ?")
                        .params(parameters)
                        .query((row, i) -> caseLine(row))
                        .list());
    }

    /// All of them, handed over one by one.
    void each(AuthorityId authority, Search search, Order order, boolean down, Consumer<Iterator<CaseLine>> to) {
        meter.flush();
        store.portions(Scope.of(authority), jdbc -> {
            try (var rows = jdbc.sql(RATE + "select u.receipt, coalesce(a.standard, '') as standard, a.arrived, " + SUMS
                    + PRICED + OWN + " group by 1, 2, 3 order by " + order.sql(down)).params(own(authority, search))
                    .query((
                            row, i) -> caseLine(row))
                    .stream()) {
                to.accept(rows.iterator());
            }
        });
    }

    private static CaseLine caseLine(ResultSet row) throws SQLException {
        return new CaseLine(row.getString(1), row.getString(2), Optional.ofNullable(row.getObject(3, LocalDate.class)),
                line(row, row.getString(1), 1));
    }

    public List<CostLine> byStandard(AuthorityId authority, Search search) {
        return grouped(authority, search, "coalesce(a.standard, '')");
    }

    /// Keys are months, `2026-11`.
    public List<CostLine> byMonth(AuthorityId authority, Search search) {
        return grouped(authority, search, "to_char(u.day, 'YYYY-MM')");
    }

    public List<CostLine> byActivity(AuthorityId authority, Search search) {
        return grouped(authority, search, "u.activity");
    }

    private List<CostLine> grouped(AuthorityId authority, Search search, String by) {
        return store.in(Scope.of(authority), jdbc -> jdbc
                .sql(RATE + "select " + by + " as key, count(distinct u.receipt) as cases, " + SUMS + PRICED + OWN
                        + " group by 1 order by 1")
                .params(own(authority, search)).query((row, i) -> line(row, row.getString(1), row.getLong("cases")))
                .list());
    }

    /// 全国. Every authority with usage, and what belongs to no application: together the whole.
    public record Whole(Map<AuthorityId, CostLine> authorities, List<CostLine> common) {}

    public Whole whole(String standard, Span span) {
        meter.flush();
        return store.in(Scope.nation(), jdbc -> new Whole(byAuthority(jdbc, standard, span), common(jdbc, span)));
    }

    private Map<AuthorityId, CostLine> byAuthority(JdbcClient jdbc, String standard, Span span) {
        var lines = new TreeMap<AuthorityId, CostLine>();
        jdbc.sql(RATE + "select u.authority, count(distinct u.receipt) as cases, " + SUMS + PRICED + """
                 left join cost.application a on a.authority = u.authority and a.receipt = u.receipt
                where u.day between ? and ? and (? = '' or a.standard = ?) group by 1 order by 1
                """).params(parameters(span.from(), span.to(), standard, standard))
                .query((row, i) -> line(row, row.getString(1), row.getLong("cases"))).list()
                .forEach(line -> lines.put(AuthorityId.of(line.key()), line));
        return lines;
    }

    /// 自治体・手続ごと. What one service cost one authority; the standard is empty where it is not known.
    record Served(AuthorityId authority, String standard, CostLine cost) {}

    /// Of every authority, by the standard of the application.
    List<Served> served(Span span) {
        return store.in(Scope.nation(), jdbc -> jdbc.sql(RATE
                + "select u.authority, coalesce(a.standard, '') as standard, count(distinct u.receipt) as cases, "
                + SUMS
                + PRICED + """
                         left join cost.application a on a.authority = u.authority and a.receipt = u.receipt
                        where u.day between ? and ? group by 1, 2 order by 1, 2
                        """).params(parameters(span.from(), span.to())).query((row, i) -> new Served(
                        AuthorityId.of(row
                                .getString(1)),
                        row.getString(2), line(row, row.getString(2), row.getLong("cases"))))
                .list());
    }

    private List<CostLine> common(JdbcClient jdbc, Span span) {
        return jdbc.sql(RATE + "select u.activity, " + SUMS
                + " from cost.common u join rate r on u.day between r.from_day and r.to_day where u.day between ? and ? group by 1 order by yen desc, 1")
                .params(parameters(span.from(), span.to())).query((row, i) -> line(row, row.getString(1), 0)).list();
    }
}
