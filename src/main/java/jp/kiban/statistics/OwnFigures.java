package jp.kiban.statistics;

import java.util.Map;
import java.util.TreeMap;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.stereotype.Component;

/// 自団体の統計. What one authority has counted of a standard, over all days and with nothing hidden: its own figures, for
/// its own eyes.
@Component
public final class OwnFigures {
    private final Store store;

    OwnFigures(Store store) { this.store = store; }

    /// 集計. Applications and decisions, the sum of what the grants pay (yen: the first month, or
    /// once), and how many
    /// decisions took how many days (exact up to 120).
    public record Own(long received, long withdrawn, long granted, long refused, long redirected, long grantedYen,
            Map<Integer, Long> days) {
        public Own { days = new TreeMap<>(days); }
    }

    public Own of(AuthorityId authority, String standard) {
        return store.in(Scope.of(authority), jdbc -> {
            var days = new TreeMap<Integer, Long>();
            jdbc.sql("""
                    select bucket, sum(count) from statistics.histogram
                    where authority = ? and standard = ? and measure = 'days' group by bucket
                    """).params(authority.code(), standard).query(row -> {
                days.put((int) Math.round(Histogram.middleOf(row.getInt(1))), row.getLong(2));
            });
            return jdbc.sql("""
                    select coalesce(sum(claims), 0), coalesce(sum(withdrawn), 0), coalesce(sum(grants), 0),
                      coalesce(sum(refusals), 0), coalesce(sum(redirects), 0), coalesce(sum(monthly_yen), 0)
                    from statistics.day where authority = ? and standard = ?
                    """).params(authority.code(), standard)
                    .query((row, i) -> new Own(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4),
                            row.getLong(5), row.getLong(6), days))
                    .single();
        });
    }
}
