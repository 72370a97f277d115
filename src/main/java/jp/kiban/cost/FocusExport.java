package jp.kiban.cost;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import jp.kiban.authority.Authorities;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.statistics.FiscalYear;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// 台帳を FOCUS で. What counts in the ledger as rows of FOCUS 1.2, with the allocation columns of 1.3. Amounts are yen with tax, exactly; what was paid in
/// another currency keeps its amount, its rate and the day of the rate. Several baselines stand side by side in `x_Baseline` and may not be added up.
@Component
class FocusExport {
    private static final int PORTION = 1_000;
    static final List<String> HEADER = List.of("BilledCost", "BillingAccountId", "BillingAccountName",
            "BillingAccountType",
            "BillingCurrency", "BillingPeriodEnd", "BillingPeriodStart", "ChargeCategory", "ChargeClass",
            "ChargeDescription", "ChargeFrequency", "ChargePeriodEnd", "ChargePeriodStart", "ConsumedQuantity",
            "ConsumedUnit", "ContractedCost", "EffectiveCost", "InvoiceId", "InvoiceIssuerName", "ListCost",
            "PricingCategory", "PricingCurrency", "PricingCurrencyEffectiveCost", "PricingQuantity", "PricingUnit",
            "ProviderName", "PublisherName", "ServiceCategory", "ServiceName", "ServiceSubcategory", "SubAccountId",
            "SubAccountName", "SubAccountType", "Tags", "AllocatedMethodDetails", "AllocatedMethodId",
            "AllocatedResourceId", "AllocatedResourceName", "AllocatedTags", "x_FiscalYear", "x_Baseline", "x_CostKind",
            "x_Confidence", "x_Source", "x_TaxStated", "x_TaxPercent", "x_YenPerUnit", "x_RateDay");

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

    /// One entry under the headings. A billing period is what was paid for; quantities are one each, for the ledger knows amounts.
    static List<Object> row(AuthorityId authority, String authorityName, Kept kept) {
        var entry = kept.entry();
        var yen = plain(entry.yen());
        String supplier = entry.supplier().isEmpty() ? authorityName : entry.supplier();
        String start = entry.from() + "T00:00:00Z";
        String end = entry.to().plusDays(1) + "T00:00:00Z";
        String method = kept.metered() ? "metered" : "";
        Map<String, Object> tags = new LinkedHashMap<>();
        tags.put("system", entry.system().code());
        tags.put("kind", entry.kind().code());
        Map<String, Object> details = new LinkedHashMap<>();
        if (kept.metered()) {
            details.put("key", "cpu, database time, bytes, messages");
            details.put("cases", entry.cases().orElse(0L));
        }
        return List.of(yen, authority.code(), authorityName, "Municipality", "JPY", end, start, "Usage", "",
                entry.name()
                        .isEmpty() ? entry.kind().title().ja() : entry.name(),
                entry.kind().isRunning() ? "Recurring" : "One-Time",
                end, start, BigDecimal.ONE, "Units", yen, yen, "", supplier, yen, "Standard", entry.currency(),
                plain(entry
                        .amount()),
                BigDecimal.ONE, "Units", supplier, supplier, category(entry.kind()), entry.system().title()
                        .ja(),
                subcategory(entry.kind()), entry.system().code(), entry.system().title().ja(),
                "System", json(tags), kept.metered() ? json(details) : "", method,
                kept.metered() ? entry.system().code() : "",
                kept.metered() ? entry.system().title().ja() : "", "", entry.year().year(), entry.baseline().name(),
                entry
                        .kind().code(),
                entry.confidence().name(), entry.source(), entry.tax().stated().name(), plain(entry
                        .tax().percent()),
                plain(entry.yenPerUnit()), entry.rateDay().map(Object::toString).orElse(
                        ""));
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
