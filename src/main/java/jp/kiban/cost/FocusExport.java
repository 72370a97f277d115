package jp.kiban.cost;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import jp.kiban.authority.Authorities;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.statistics.FiscalYear;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.dhatim.fastexcel.Workbook;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// 台帳を FOCUS で. What counts in the ledger as rows of FOCUS 1.2, with the allocation columns of 1.3. Amounts are yen with tax, exactly; what was paid in
/// another currency keeps its amount, its rate and the day of the rate. Several baselines stand side by side in `x_Baseline` and may not be added up.
@Component
class FocusExport {
    private static final int PORTION = 1_000;
    private static final List<String> ALLOCATION = List.of("AllocatedMethodId", "AllocatedMethodDetails",
            "AllocatedResourceId", "AllocatedResourceName", "AllocatedTags");
    private static final List<String> OWN = List.of("x_FiscalYear", "x_Baseline", "x_CostKind", "x_Confidence",
            "x_Source", "x_TaxStated", "x_TaxPercent", "x_YenPerUnit", "x_RateDay");
    /// Every column of 1.2, the allocation columns of 1.3, and the ledger's own.
    static final List<String> HEADER = Stream.of(FocusColumn.of(FocusColumn.Version.V1_2).stream().map(
            FocusColumn::id).sorted().toList(), ALLOCATION, OWN).flatMap(List::stream).toList();
    static final int MOST_SHEET_ROWS = 1_000_000;
    /// What a spreadsheet holds exactly of a number.
    private static final int SHEET_DIGITS = 15;

    private final Store store;
    private final Authorities authorities;

    FocusExport(Store store, Authorities authorities) {
        this.store = store;
        this.authorities = authorities;
    }

    List<Integer> years(AuthorityId authority) { return store.in(Scope.of(authority), jdbc -> jdbc.sql("""
                select distinct s.fiscal_year from cost.ledger_sum s join cost.ledger_import i on i.authority = s.authority and i.id = s.import
                where s.authority = ? and i.state = 'COMMITTED' order by 1 desc
                """).params(authority.code()).query(Integer.class).list()); }

    /// Hands the rows out one by one; so many of them are in memory at a time, and no more.
    void write(AuthorityId authority, Optional<FiscalYear> year, Consumer<Iterator<List<Object>>> to) {
        String name = authorities.find(authority).map(jp.kiban.authority.Authority::name).orElse(authority.code());
        store.run(Scope.of(authority), jdbc -> to.accept(new Rows(jdbc, authority, name, year)));
    }

    /// One entry and how it came in.
    record Kept(String importId, long no, boolean metered, LedgerEntry entry) {}

    private static final class Rows implements Iterator<List<Object>> {
        private final JdbcClient jdbc;
        private final AuthorityId authority;
        private final String name;
        private final Optional<FiscalYear> year;
        private final ArrayList<Kept> some = new ArrayList<>();
        private int at;
        private String lastImport = "00000000-0000-0000-0000-000000000000";
        private long lastNo = -1;
        private boolean over;

        Rows(JdbcClient jdbc, AuthorityId authority, String name, Optional<FiscalYear> year) {
            this.jdbc = jdbc;
            this.authority = authority;
            this.name = name;
            this.year = year;
        }

        @Override
        public boolean hasNext() {
            if (at == some.size() && !over) {
                some.clear();
                at = 0;
                some.addAll(jdbc.sql("""
                        select e.*, i.way from cost.ledger_entry e join cost.ledger_import i on i.authority = e.authority and i.id = e.import
                        where e.authority = ? and i.state = 'COMMITTED' and (? = 0 or e.fiscal_year = ?) and (e.import, e.no) > (?::uuid, ?)
                        order by e.import, e.no limit ?
                        """)
                        .params(authority.code(), year.map(FiscalYear::year).orElse(0),
                                year.map(FiscalYear::year).orElse(
                                        0),
                                lastImport, lastNo, PORTION)
                        .query((row, i) -> kept(row)).list());
                over = some.size() < PORTION;
                if (!some.isEmpty()) {
                    lastImport = some.getLast().importId();
                    lastNo = some.getLast().no();
                }
            }
            return at < some.size();
        }

        private static Kept kept(ResultSet row) throws SQLException {
            var year = new FiscalYear(row.getInt("fiscal_year"));
            var system = SystemCode.of(row.getString("system"));
            var kind = CostKind.valueOf(row.getString("kind"));
            var baseline = Baseline.valueOf(row.getString("baseline"));
            var tax = new Tax(Tax.Stated.valueOf(row.getString("tax")), row.getBigDecimal("tax_percent"));
            var rateDay = Optional.ofNullable(row.getObject("rate_day", LocalDate.class));
            var cases = Optional.ofNullable(row.getObject("cases", Long.class));
            var entry = new LedgerEntry(year, system, kind, baseline, row.getString("name"), row.getString("supplier"),
                    row
                            .getBigDecimal("amount"),
                    row.getString("currency"), row.getBigDecimal("rate"), rateDay, tax, row
                            .getObject("from_day", LocalDate.class),
                    row.getObject("to_day", LocalDate.class), cases, row
                            .getString("source"),
                    Confidence.valueOf(row.getString("confidence")), row.getString(
                            "note"),
                    row.getString("place"));
            return new Kept(row.getString("import"), row.getLong("no"), row.getString("way").equals("METER"), entry);
        }

        @Override
        public List<Object> next() {
            if (!hasNext())
                throw new java.util.NoSuchElementException();
            return row(authority, name, some.get(at++));
        }
    }

    /// One entry under the headings. A billing period is what was paid for; the ledger knows amounts, so of each the quantity is one and the unit price the amount.
    static List<Object> row(AuthorityId authority, String authorityName, Kept kept) {
        var entry = kept.entry();
        var yen = plain(entry.yen());
        String supplier = entry.supplier().isEmpty() ? authorityName : entry.supplier();
        String start = entry.from() + "T00:00:00Z";
        String end = entry.to().plusDays(1) + "T00:00:00Z";
        boolean credit = entry.amount().signum() < 0;
        var system = entry.system();
        Map<String, Object> cells = new HashMap<>();
        for (String same : List.of("BilledCost", "ContractedCost", "EffectiveCost", "ListCost"))
            cells.put(same, yen);
        cells.put("BillingAccountId", authority.code());
        cells.put("BillingAccountName", authorityName);
        cells.put("BillingAccountType", "Municipality");
        cells.put("BillingCurrency", "JPY");
        cells.put("BillingPeriodStart", start);
        cells.put("BillingPeriodEnd", end);
        cells.put("ChargePeriodStart", start);
        cells.put("ChargePeriodEnd", end);
        cells.put("ChargeCategory", credit ? "Credit" : "Usage");
        cells.put("ChargeDescription", entry.name().isEmpty() ? entry.kind().title().ja() : entry.name());
        cells.put("ChargeFrequency", entry.kind().isRunning() ? "Recurring" : "One-Time");
        cells.put("InvoiceIssuerName", supplier);
        cells.put("ProviderName", supplier);
        cells.put("PublisherName", supplier);
        cells.put("ServiceCategory", category(entry.kind()));
        cells.put("ServiceSubcategory", subcategory(entry.kind()));
        cells.put("ServiceName", entry.kind().title().ja());
        cells.put("SubAccountId", system.code());
        cells.put("SubAccountName", system.title().ja());
        cells.put("SubAccountType", "System");
        cells.put("PricingCurrency", entry.currency());
        cells.put("PricingCurrencyEffectiveCost", plain(entry.amount()));
        if (!credit)
            priced(cells, entry, yen);
        Map<String, Object> tags = new LinkedHashMap<>();
        tags.put("system", system.code());
        tags.put("kind", entry.kind().code());
        cells.put("Tags", json(tags));
        if (kept.metered()) {
            Map<String, Object> details = new LinkedHashMap<>();
            details.put("key", "cpu, database time, bytes, messages");
            details.put("cases", entry.cases().orElse(0L));
            cells.put("AllocatedMethodId", "metered");
            cells.put("AllocatedMethodDetails", json(details));
            cells.put("AllocatedResourceId", system.code());
            cells.put("AllocatedResourceName", system.title().ja());
            cells.put("AllocatedTags", json(tags));
        }
        cells.put("x_FiscalYear", entry.year().year());
        cells.put("x_Baseline", entry.baseline().name());
        cells.put("x_CostKind", entry.kind().code());
        cells.put("x_Confidence", entry.confidence().name());
        cells.put("x_Source", entry.source());
        cells.put("x_TaxStated", entry.tax().stated().name());
        cells.put("x_TaxPercent", plain(entry.tax().percent()));
        cells.put("x_YenPerUnit", plain(entry.yenPerUnit()));
        entry.rateDay().ifPresent(day -> cells.put("x_RateDay", day.toString()));
        return HEADER.stream().map(h -> cells.getOrDefault(h, "")).toList();
    }

    private static void priced(Map<String, Object> cells, LedgerEntry entry, Object yen) {
        for (String price : List.of("ListUnitPrice", "ContractedUnitPrice"))
            cells.put(price, yen);
        for (String price : List.of("PricingCurrencyListUnitPrice", "PricingCurrencyContractedUnitPrice"))
            cells.put(price, plain(entry.amount()));
        for (String quantity : List.of("PricingQuantity", "ConsumedQuantity"))
            cells.put(quantity, BigDecimal.ONE);
        for (String unit : List.of("PricingUnit", "ConsumedUnit"))
            cells.put(unit, "Units");
        cells.put("PricingCategory", "Standard");
        cells.put("SkuId", entry.system().code() + "/" + entry.kind().code());
        cells.put("SkuPriceId", entry.system().code() + "/" + entry.kind().code() + "/" + entry.baseline().name());
        cells.put("SkuMeter", entry.kind().code());
        cells.put("ResourceId", entry.system().code());
        cells.put("ResourceName", entry.system().title().ja());
        cells.put("ResourceType", "System");
    }

    /// As a workbook of one sheet. A number of more digits than a spreadsheet keeps is written as text, so that none is lost.
    static void workbook(OutputStream to, Iterator<? extends List<?>> rows) throws IOException {
        try (var book = new Workbook(to, "kiban", "1.0")) {
            var sheet = book.newWorksheet("FOCUS");
            for (int c = 0; c < HEADER.size(); c++) {
                sheet.value(0, c, HEADER.get(c));
                sheet.style(0, c).bold().set();
                sheet.width(c, 18);
            }
            sheet.freezePane(0, 1);
            for (int r = 1; rows.hasNext(); r++) {
                var row = rows.next();
                for (int c = 0; c < row.size(); c++) {
                    var cell = row.get(c);
                    if (cell instanceof BigDecimal number && number.precision() <= SHEET_DIGITS)
                        sheet.value(r, c, number);
                    else if (cell instanceof Integer number)
                        sheet.value(r, c, number);
                    else if (!cell.toString().isEmpty())
                        sheet.value(r, c, cell instanceof BigDecimal number ? number.toPlainString() : cell.toString());
                }
                if (r % PORTION == 0)
                    sheet.flush();
            }
            book.finish();
        }
    }

    /// How many rows there will be.
    long count(AuthorityId authority, Optional<FiscalYear> year) {
        return store.in(Scope.of(authority), jdbc -> jdbc.sql("""
                select coalesce(sum(s.entries), 0) from cost.ledger_sum s join cost.ledger_import i on i.authority = s.authority and i.id = s.import
                where s.authority = ? and i.state = 'COMMITTED' and (? = 0 or s.fiscal_year = ?)
                """)
                .params(authority.code(), year.map(FiscalYear::year).orElse(0), year.map(FiscalYear::year).orElse(0))
                .query(Long.class).single());
    }

    private static Object plain(BigDecimal number) {
        var exact = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        return exact.scale() < 0 ? exact.setScale(0, java.math.RoundingMode.UNNECESSARY) : exact;
    }

    private static String json(Map<String, Object> values) { return JsonMapper.shared().writeValueAsString(values); }

    private static String category(CostKind kind) {
        return switch (kind) {
            case LINE -> "Networking";
            case SOFTWARE_LEASE, SOFTWARE_MAINTENANCE -> "Business Applications";
            case OPERATION, OUTSOURCING, OPERATION_HELP, HARDWARE_WORK -> "Management and Governance";
            case SECURITY -> "Security";
            case CLOUD -> "Compute";
            case HARDWARE_LEASE, HARDWARE_MAINTENANCE, DATA_CENTRE, LABOUR, ONE_OFF, OTHER -> "Other";
        };
    }

    private static String subcategory(CostKind kind) { return "Other (" + category(kind) + ")"; }
}
