package jp.kiban.statistics;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// 一覧表. All published figures of one standard in one fiscal year, up to and including a day; small cells are hidden
/// already, so nothing that is not to be published leaves the room through it. Municipalities in the order of the codes.
public record Snapshot(String standard, FiscalYear year, LocalDate through, Line nation, List<Line> prefectures,
        List<Line> municipalities, List<Line> months, Optional<Freshness> freshness) {
    public Snapshot {
        prefectures = List.copyOf(prefectures);
        municipalities = List.copyOf(municipalities);
        months = List.copyOf(months);
    }

    /// 鮮度. When the newest counted event happened, and when it was in the figures.
    public record Freshness(Instant event, Instant counted) {
        /// How long it took until the event was in the figures.
        public long delayMillis() { return Math.max(0, counted.toEpochMilli() - event.toEpochMilli()); }
    }

    /// Nothing has arrived in this year.
    public boolean isEmpty() {
        var claims = nation.of(Measure.CLAIMS);
        var grants = nation.of(Measure.GRANTS);
        return !claims.hidden() && !grants.hidden() && nothing(claims) && nothing(grants);
    }

    private static boolean nothing(Figure figure) { return figure.value() == null || figure.value() == 0; }

    public List<Line> municipalitiesOf(String prefecture) {
        return municipalities.stream().filter(m -> m.parent().equals(prefecture)).toList();
    }
}
