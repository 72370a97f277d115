package jp.kiban.cost;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Role;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Conflict;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.NotThere;
import jp.kiban.statistics.FiscalYear;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// 増えた原因. How a municipality split the difference of its running costs against FY2018 over the council's causes: each yen once. Refuses a
/// split of other sums than its ledger's; one that the ledger has left behind since is no longer used. Its own until it shows it.
@Component
final class Causes {
    private final Store store;
    private final JsonMapper json;
    private final Clock clock;

    Causes(Store store, JsonMapper json, Clock clock) {
        this.store = store;
        this.json = json;
        this.clock = clock;
    }

    /// 示された原因. Whole yen by cause, without tax; they sum to `nowYen - baseYen`.
    record Told(AuthorityId authority, FiscalYear year, Baseline baseline, long baseYen, long nowYen,
            Map<String, Long> yen, LedgerImport.Sight sight, Instant at, String by) {
        /// Whether it splits what the ledger says today.
        boolean isOf(Target.Town town) {
            return town.authority().equals(authority) && town.state().isCompared() && baseYen == whole(town.baseYen()
                    .orElseThrow()) && nowYen == whole(town.nowYen().orElseThrow());
        }
    }

    static long whole(BigDecimal yen) { return yen.setScale(0, RoundingMode.HALF_UP).longValueExact(); }

    /// What a municipality splits: its kinds of cost before and after in whole yen, which add up to its sums; a new line or new help with operating
    /// is proposed as what the council calls new.
    static String table(Target.Town town) {
        var rows = new ArrayList<long[]>();
        var kinds = new ArrayList<>(town.kinds().keySet());
        for (var kind : kinds) {
            var base = town.baseKinds().getOrDefault(kind, BigDecimal.ZERO);
            rows.add(new long[]{whole(base), whole(base.add(town.kinds().getOrDefault(kind, BigDecimal.ZERO)))});
        }
        // what rounding leaves over goes to the largest
        for (int side = 0; side < 2; side++) {
            int at = side;
            long over = whole((side == 0 ? town.baseYen() : town.nowYen()).orElseThrow()) - rows.stream().mapToLong(
                    r -> r[at]).sum();
            rows.stream().max(java.util.Comparator.comparingLong(r -> r[at])).ifPresent(r -> r[at] += over);
        }
        var table = new StringBuilder("item,before,after,cause\n");
        for (int i = 0; i < rows.size(); i++) {
            boolean fresh = rows.get(i)[0] == 0 && rows.get(i)[1] > 0 && (kinds.get(i) == CostKind.LINE || kinds.get(
                    i) == CostKind.OPERATION_HELP);
            table.append(kinds.get(i).title().ja()).append(',').append(rows.get(i)[0]).append(',').append(rows.get(
                    i)[1]).append(',').append(fresh ? "S1" : "").append('\n');
        }
        return table.toString();
    }

    /// @throws BadInput with every fault of the table, or when its sums are not the ledger's
    void keep(Actor.Officer by, FiscalYear year, Baseline baseline, GrowthAsk ask, Target.Town own) {
        var findings = new ArrayList<Finding>();
        var view = ask.read(findings);
        if (!own.state().isCompared())
            findings.add(CostWords.finding("table", "cost.causes.fault.none"));
        else
            view.filter(v -> v.beforeYen() != whole(own.baseYen().orElseThrow()) || v.afterYen() != whole(own.nowYen()
                    .orElseThrow())).ifPresent(v -> findings.add(CostWords.finding("table", "cost.causes.fault.sums", v
                            .beforeYen(), v.afterYen(), whole(own.baseYen().orElseThrow()),
                            whole(own.nowYen()
                                    .orElseThrow()))));
        if (!findings.isEmpty())
            throw new BadInput(findings);
        var split = new LinkedHashMap<String, Long>();
        view.orElseThrow().causes().forEach(c -> split.put(c.code(), c.yen()));
        store.run(Scope.of(by.authority()), jdbc -> jdbc.sql("""
                insert into cost.cause_split (authority, fiscal_year, baseline, base_yen, now_yen, split, sight, at, by)
                values (?, ?, ?, ?, ?, ?::jsonb, 'OWN', ?, ?)
                on conflict (authority, fiscal_year, baseline) do update set base_yen = excluded.base_yen, now_yen = excluded.now_yen,
                  split = excluded.split, sight = 'OWN', at = excluded.at, by = excluded.by
                """).params(by.authority().code(), year.year(), baseline.name(), view.orElseThrow().beforeYen(), view
                .orElseThrow().afterYen(), json.writeValueAsString(split),
                Timestamp.from(clock.instant().truncatedTo(
                        ChronoUnit.MICROS)),
                by.id()).update());
    }

    /// 見える範囲. By one who decides.
    void show(Actor.Officer by, FiscalYear year, Baseline baseline, LedgerImport.Sight sight) {
        if (!by.may(Role.APPROVAL))
            throw new Conflict(CostWords.text("cost.causes.conflict.who"));
        int changed = store.in(Scope.of(by.authority()), jdbc -> jdbc.sql("""
                update cost.cause_split set sight = ? where authority = ? and fiscal_year = ? and baseline = ?
                """).params(sight.name(), by.authority().code(), year.year(), baseline.name()).update());
        if (changed == 0)
            throw new NotThere();
    }

    Optional<Told> own(AuthorityId authority, FiscalYear year, Baseline baseline) {
        return store.in(Scope.of(authority), jdbc -> jdbc.sql(TOLD + " and authority = ?").params(year.year(), baseline
                .name(), authority.code()).query((row, i) -> told(row)).optional());
    }

    /// What everybody may see, or the nation also what was shared with it.
    List<Told> seen(FiscalYear year, Baseline baseline, boolean nation) {
        return store.in(Scope.nation(), jdbc -> jdbc.sql(TOLD + (nation ? "" : " and sight = 'PUBLISHED'")).params(year
                .year(), baseline.name()).query((row, i) -> told(row)).list());
    }

    private static final String TOLD = """
            select authority, fiscal_year, baseline, base_yen, now_yen, split::text, sight, at, by from cost.cause_split
            where fiscal_year = ? and baseline = ?""";

    private Told told(ResultSet row) throws SQLException {
        Map<String, Long> split = json.readValue(row.getString(6), new TypeReference<LinkedHashMap<String, Long>>() {
        });
        var ordered = new LinkedHashMap<String, Long>();
        GrowthCause.all().forEach(c -> Optional.ofNullable(split.get(c.code())).ifPresent(y -> ordered.put(c.code(),
                y)));
        return new Told(AuthorityId.of(row.getString(1)), new FiscalYear(row.getInt(2)), Baseline.valueOf(row.getString(
                3)), row.getLong(4), row.getLong(5), ordered, LedgerImport.Sight.valueOf(row.getString(7)),
                row.getTimestamp(8).toInstant(), row.getString(9));
    }
}
