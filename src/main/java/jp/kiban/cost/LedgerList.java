package jp.kiban.cost;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.portal.Page;
import jp.kiban.statistics.FiscalYear;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.stereotype.Component;

/// 台帳の一覧. Entries, filtered, sorted and in pages; and of the same entries a total for each baseline, never one over several.
@Component
final class LedgerList {
    private final Store store;

    LedgerList(Store store) { this.store = store; }

    /// 並び順.
    enum Order {
        YEAR("e.fiscal_year"), SYSTEM("e.system"), KIND("e.kind"), BASELINE("e.baseline"), NAME("e.name"), SUPPLIER(
                "e.supplier"), YEN("e.yen"), AUTHORITY("e.authority");

        private final String column;

        Order(String column) { this.column = column; }

        static List<String> names() {
            return Arrays.stream(values()).map(o -> o.name().toLowerCase(Locale.ROOT)).toList();
        }

        String sql(boolean down) {
            return column + (down ? " desc" : "") + ", e.fiscal_year desc, e.authority, e.import, e.no";
        }
    }

    /// 絞り込み.
    ///
    /// @param of one import, whatever its state; else all that count
    record Search(Optional<UUID> of, Ledger.Wanted wanted, Optional<Confidence> confidence, String words) {}

    /// 一行.
    record Line(AuthorityId authority, UUID importId, long no, LedgerImport.Way way, LedgerEntry entry, BigDecimal yen,
            BigDecimal yenWithoutTax) {}

    /// 基準ごとの合計.
    record Total(Baseline baseline, long entries, long cases, BigDecimal yen, BigDecimal yenWithoutTax,
            BigDecimal foreignYen, BigDecimal untaxedYen) {}

    private static final String FROM = """
             from cost.ledger_entry e join cost.ledger_import i on i.authority = e.authority and i.id = e.import
            where
            """;

    private static String where(Scope scope, Search search, List<Object> values) {
        var where = new StringBuilder();
        if (scope instanceof Scope.Of(AuthorityId authority)) {
            where.append("e.authority = ? and ");
            values.add(authority.code());
        }
        search.of().ifPresentOrElse(id -> and(where, values, "e.import = ?", id), () -> where.append(
                "i.state = 'COMMITTED' and "));
        search.wanted().year().ifPresent(y -> and(where, values, "e.fiscal_year = ?", y.year()));
        search.wanted().system().ifPresent(s -> and(where, values, "e.system = ?", s.code()));
        search.wanted().kind().ifPresent(k -> and(where, values, "e.kind = ?", k.name()));
        search.wanted().baseline().ifPresent(b -> and(where, values, "e.baseline = ?", b.name()));
        search.confidence().ifPresent(c -> and(where, values, "e.confidence = ?", c.name()));
        if (!search.words().isBlank())
            and(where, values,
                    "position(? in lower(e.name || ' ' || e.supplier || ' ' || e.source || ' ' || e.note)) > 0",
                    search.words().strip().toLowerCase(Locale.ROOT));
        return where + "true";
    }

    private static void and(StringBuilder where, List<Object> values, String condition, Object value) {
        where.append(condition).append(" and ");
        values.add(value);
    }

    Page<Line> page(Scope scope, Search search, Order order, boolean down, Page.Wanted wanted) {
        return store.in(scope, jdbc -> {
            var values = new ArrayList<Object>();
            var where = where(scope, search, values);
            long total = jdbc.sql("select count(*)" + FROM + where).params(values).query(Long.class).single();
            values.add(wanted.size());
            values.add(wanted.offset());
            return new Page<>(jdbc.sql("select e.*, i.way" + FROM + where + " order by " + order.sql(down)
                    + " limit ? offset ?").params(values).query((row, i) -> line(row)).list(), total, wanted.number(),
                    wanted.size());
        });
    }

    /// All of them, one by one.
    void each(Scope scope, Search search, Order order, boolean down, Consumer<Line> lines) {
        store.portions(scope, jdbc -> {
            var values = new ArrayList<Object>();
            var where = where(scope, search, values);
            try (var rows = jdbc.sql("select e.*, i.way" + FROM + where + " order by " + order.sql(down)).params(values)
                    .query((row, i) -> line(row)).stream()) {
                rows.forEach(lines);
            }
        });
    }

    Map<Baseline, Total> totals(Scope scope, Search search) {
        return store.in(scope, jdbc -> {
            var values = new ArrayList<Object>();
            var where = where(scope, search, values);
            var totals = new EnumMap<Baseline, Total>(Baseline.class);
            jdbc.sql("""
                    select e.baseline, count(*), coalesce(sum(e.cases), 0), sum(e.yen), sum(e.yen_net), coalesce(sum(e.yen) filter (where e.currency <> 'JPY'), 0),
                      coalesce(sum(e.yen) filter (where e.tax = 'UNSTATED'), 0)
                    """ + FROM + where + " group by 1").params(values).query((row, i) -> new Total(Baseline.valueOf(row
                    .getString(1)), row.getLong(2), row.getLong(3), row.getBigDecimal(4), row.getBigDecimal(5), row
                            .getBigDecimal(6),
                    row.getBigDecimal(7))).list().forEach(t -> totals.put(t
                            .baseline(), t));
            return totals;
        });
    }

    /// The years of which anything counts, the newest first.
    List<FiscalYear> years(Scope scope) { return store.in(scope, jdbc -> jdbc.sql("""
                select distinct s.fiscal_year from cost.ledger_sum s join cost.ledger_import i on i.authority = s.authority and i.id = s.import
                where i.state = 'COMMITTED' and (? = '' or s.authority = ?) order by 1 desc
                """).params(code(scope), code(scope)).query((row, i) -> new FiscalYear(row.getInt(1))).list()); }

    /// How many months of the year are paid for by what counts.
    long months(AuthorityId authority, Ledger.Wanted wanted) {
        var scope = Scope.of(authority);
        return store.in(scope, jdbc -> {
            var values = new ArrayList<Object>();
            var where = where(scope, new Search(Optional.empty(), wanted, Optional.empty(), ""), values);
            return jdbc.sql("select count(distinct m)" + FROM.replace("where",
                    ", lateral generate_series(date_trunc('month', e.from_day::timestamp), e.to_day::timestamp, interval '1 month') m where")
                    + where).params(values).query(Long.class).single();
        });
    }

    /// The exchange rates of what counts, as `USD 149.5`.
    List<String> rates(AuthorityId authority, Ledger.Wanted wanted) {
        var scope = Scope.of(authority);
        return store.in(scope, jdbc -> {
            var values = new ArrayList<Object>();
            var where = where(scope, new Search(Optional.empty(), wanted, Optional.empty(), ""), values);
            return jdbc.sql("select distinct e.currency, e.rate" + FROM + where
                    + " and e.currency <> 'JPY' order by 1, 2 limit 10").params(values).query((row,
                            i) -> row.getString(
                                    1) + " " + row.getBigDecimal(2).stripTrailingZeros().toPlainString())
                    .list();
        });
    }

    private static String code(Scope scope) { return scope instanceof Scope.Of(AuthorityId id) ? id.code() : ""; }

    private static Line line(ResultSet row) throws SQLException {
        var entry = new LedgerEntry(new FiscalYear(row.getInt("fiscal_year")), SystemCode.of(row.getString("system")),
                CostKind.valueOf(row.getString("kind")), Baseline.valueOf(row.getString("baseline")), row.getString(
                        "name"),
                row.getString("supplier"), row.getBigDecimal("amount"), row.getString("currency"), row.getBigDecimal(
                        "rate"),
                Optional.ofNullable(row.getObject("rate_day", LocalDate.class)), new Tax(Tax.Stated.valueOf(row
                        .getString("tax")), row.getBigDecimal("tax_percent")),
                row.getObject("from_day",
                        LocalDate.class),
                row.getObject("to_day", LocalDate.class), Optional.ofNullable(row.getObject("cases", Long.class)), row
                        .getString("source"),
                Confidence.valueOf(row.getString("confidence")), row.getString("note"),
                row.getString("place"));
        return new Line(AuthorityId.of(row.getString("authority")), row.getObject("import", UUID.class), row.getLong(
                "no"), LedgerImport.Way.valueOf(row.getString("way")), entry, row.getBigDecimal("yen"),
                row
                        .getBigDecimal("yen_net"));
    }
}
