package jp.kiban.statistics;

import static jp.kiban.statistics.Tally.Column.*;

import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import jp.kiban.authority.Authorities;
import jp.kiban.authority.Authority;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.Text;
import jp.kiban.letters.Wareki;
import jp.kiban.statistics.Tally.Column;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// 統計数値. Reads the figures of a standard and a fiscal year for every area, with small cells hidden. One reading serves
/// everybody who asks within 0.3 seconds, so a thousand open pages cost as much as one.
@Component
public final class Figures {
    private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");
    private static final long KEEP_NANOS = 300_000_000;
    private static final String NATION = "JP";

    private final Store store;
    private final Authorities authorities;
    private final Clock clock;
    private final Map<Asked, Kept> kept = new ConcurrentHashMap<>();

    Figures(Store store, Authorities authorities, Clock clock) {
        this.store = store;
        this.authorities = authorities;
        this.clock = clock;
    }

    private record Asked(String standard, FiscalYear year, LocalDate through, boolean live) {}

    private record Kept(Snapshot snapshot, long nanos) {}

    /// For the ministry: everything up to this moment.
    public Snapshot live(String standard, FiscalYear year) { return read(new Asked(standard, year, year.to(), true)); }

    /// For everybody (公開データ): up to the end of yesterday, so that watching the page tells nothing about who acted when.
    public Snapshot open(String standard, FiscalYear year) {
        var yesterday = LocalDate.now(clock.withZone(JAPAN)).minusDays(1);
        return read(new Asked(standard, year, yesterday.isBefore(year.to()) ? yesterday : year.to(), false));
    }

    /// The fiscal years that can be asked for, newest first: those with figures, and the present one.
    public List<FiscalYear> years(String standard) {
        var now = FiscalYear.of(LocalDate.now(clock.withZone(JAPAN)));
        var first = store.in(Scope.nation(), jdbc -> jdbc
                .sql("""
                        select min(day), max(day) from statistics.day where standard = ? and authority not like 'T%'
                        """).param(standard)
                .query((row,
                        i) -> new LocalDate[]{row.getObject(1, LocalDate.class), row.getObject(2, LocalDate.class)})
                .single());
        int from = first[0] == null ? now.year() : Math.min(now.year(), FiscalYear.of(first[0]).year());
        int to = first[1] == null ? now.year() : Math.max(now.year(), FiscalYear.of(first[1]).year());
        var years = new ArrayList<FiscalYear>();
        for (int year = to; year >= from; year--)
            years.add(new FiscalYear(year));
        return years;
    }

    private Snapshot read(Asked asked) {
        kept.values().removeIf(k -> System.nanoTime() - k.nanos() > KEEP_NANOS);
        // one reader at a time for one question; the others take what it found
        return Optional.ofNullable(
                kept.computeIfAbsent(asked,
                        a -> new Kept(store.in(Scope.nation(), jdbc -> new Reading(a, jdbc).make()),
                                System.nanoTime())))
                .orElseThrow().snapshot();
    }

    /// 集計単位. What is counted for one area or one month.
    private static final class Sum {
        final Tally tally = new Tally();
        final Histogram days = new Histogram();
        final Histogram seconds = new Histogram();

        Histogram histogram(String measure) { return measure.equals("days") ? days : seconds; }

        void addAll(Sum other) {
            tally.addAll(other.tally);
            days.addAll(other.days);
            seconds.addAll(other.seconds);
        }
    }

    /// One reading of all tables for one question.
    private final class Reading {
        private final Asked asked;
        private final JdbcClient jdbc;
        private final Sum nation = new Sum();
        private final Map<String, Sum> prefectures = new LinkedHashMap<>();
        private final Map<String, Sum> municipalities = new LinkedHashMap<>();
        private final Map<String, Sum> months = new LinkedHashMap<>();
        private final Map<String, String> parents = new HashMap<>();
        private final Map<String, Authority> areas = new HashMap<>();

        Reading(Asked asked, JdbcClient jdbc) {
            this.asked = asked;
            this.jdbc = jdbc;
            for (var authority : authorities.prefectures()) {
                prefectures.put(authority.id().code(), new Sum());
                areas.put(authority.id().code(), authority);
            }
            for (var authority : authorities.municipalities()) {
                municipalities.put(authority.id().code(), new Sum());
                areas.put(authority.id().code(), authority);
                parents.put(authority.id().code(), authorities.prefectureOf(authority.id()).id().code());
            }
            for (var month : asked.year().months())
                months.put(month.toString(), new Sum());
        }

        Snapshot make() {
            counts();
            histograms();
            municipalities.forEach((code, sum) -> sumOf(prefectures, parents.getOrDefault(code, "")).addAll(sum));
            prefectures.values().forEach(nation::addAll);
            var hiding = new Hiding(this);
            return new Snapshot(asked.standard(), asked.year(), asked.through(),
                    line(NATION, Text.same("全国"), "", 0, nation, hiding),
                    prefectures.entrySet().stream().map(p -> line(p.getKey(), NATION, p.getValue(), hiding)).toList(),
                    municipalities.entrySet().stream()
                            .map(m -> line(m.getKey(), parents.getOrDefault(m.getKey(), ""), m.getValue(), hiding))
                            .toList(),
                    months.entrySet().stream()
                            .map(m -> line(m.getKey(), monthName(YearMonth.parse(m.getKey())), NATION, 0, m.getValue(),
                                    hiding))
                            .toList(),
                    asked.live() ? freshness() : Optional.empty());
        }

        /// A month and an area at once would be one cell more than the totals protect, so the nation alone has months.
        private void counts() {
            jdbc.sql("""
                    select authority, date_trunc('month', day)::date, %s from statistics.day
                    where standard = ? and day between ? and ? group by 1, 2
                    """.formatted(Column.list("sum(%)"))).params(asked.standard(), asked.year().from(), asked.through())
                    .query(row -> {
                        var area = municipality(row.getString(1));
                        if (area.isEmpty())
                            return;
                        var month = sumOf(months, YearMonth.from(row.getObject(2, LocalDate.class)).toString());
                        for (var column : Column.values()) {
                            long number = row.getLong(3 + column.ordinal());
                            area.get().tally.add(column, number);
                            month.tally.add(column, number);
                        }
                    });
        }

        /// Kept by the month: for everybody, only months that are over, or the present one would tell of today.
        private void histograms() {
            var until = asked.live() ? asked.through() : asked.through().plusDays(1).withDayOfMonth(1).minusDays(1);
            jdbc.sql("""
                    select authority, month, measure, bucket, sum(count) from statistics.histogram
                    where standard = ? and month between ? and ? group by 1, 2, 3, 4
                    """).params(asked.standard(), asked.year().from(), until).query(row -> {
                var area = municipality(row.getString(1));
                if (area.isEmpty())
                    return;
                area.get().histogram(row.getString(3)).add(row.getInt(4), row.getLong(5));
                sumOf(months, YearMonth.from(row.getObject(2, LocalDate.class)).toString()).histogram(row.getString(3))
                        .add(row.getInt(4), row.getLong(5));
            });
        }

        /// The municipality that the events of this authority are counted in: a ward's in its city's. Nothing for others.
        private Optional<Sum> municipality(String code) {
            var own = municipalities.get(code);
            if (own != null)
                return Optional.of(own);
            return authorities.find(AuthorityId.of(code)).filter(a -> a.kind() == Authority.Kind.DESIGNATED_WARD)
                    .flatMap(Authority::parent).map(city -> sumOf(municipalities, city.code()));
        }

        private static Sum sumOf(Map<String, Sum> sums, String key) {
            return sums.computeIfAbsent(key, k -> new Sum());
        }

        private Optional<Snapshot.Freshness> freshness() {
            return jdbc.sql("""
                    select event_at, counted_at from statistics.freshness where authority not like 'T%'
                    order by event_at desc limit 1
                    """)
                    .query((row, i) -> new Snapshot.Freshness(row.getTimestamp(1).toInstant(),
                            row.getTimestamp(2).toInstant()))
                    .optional();
        }

        private Line line(String code, String parent, Sum sum, Hiding hiding) {
            var area = areas.get(code);
            return line(code, area == null ? Text.same(code) : area.title(), parent,
                    area == null ? 0 : area.population(), sum, hiding);
        }

        private Line line(String code, Text name, String parent, long population, Sum sum, Hiding hiding) {
            var figures = new EnumMap<Measure, Figure>(Measure.class);
            for (var measure : Measure.values())
                figures.put(measure, figure(measure, code, sum, hiding));
            return new Line(code, code.equals(NATION) ? new Text("全国", "全国（ぜんこく）", "Whole nation") : name, parent,
                    population, figures);
        }

        private Figure figure(Measure measure, String code, Sum sum, Hiding hiding) {
            var tally = sum.tally;
            return switch (measure) {
                case CLAIMS -> hiding.claims.contains(code) ? Figure.HIDDEN : Figure.of(tally.get(CLAIMS));
                case GRANTS -> hiding.grants.contains(code) ? Figure.HIDDEN : Figure.of(tally.get(GRANTS));
                case REFUSALS -> hiding.refusals.contains(code) ? Figure.HIDDEN : Figure.of(tally.get(REFUSALS));
                case MONTHLY_YEN -> hiding.grants.contains(code) ? Figure.HIDDEN : Figure.of(tally.get(MONTHLY_YEN));
                case SENT_YEN -> hiding.payees.contains(code)
                        ? Figure.HIDDEN
                        : Figure.of(tally.get(SENT_YEN) - tally.get(RETURNED_YEN));
                case MEDIAN_DAYS ->
                    quantile(sum.days, 0.5, hiding.claims.contains(code));
                case P90_DAYS ->
                    quantile(sum.days, 0.9, hiding.claims.contains(code));
                case MEDIAN_SECONDS -> quantile(sum.seconds, 0.5, hiding.claims.contains(code));
                case P90_SECONDS -> quantile(sum.seconds, 0.9, hiding.claims.contains(code));
                case ZERO_TYPED -> share(tally.get(ZERO_TYPED), tally.get(CLAIMS), hiding.claims.contains(code));
            };
        }

        private static Figure quantile(Histogram histogram, double share, boolean hidden) {
            long size = histogram.size();
            if (size == 0)
                return hidden ? Figure.HIDDEN : Figure.NONE;
            if (size < Suppression.SMALL)
                return Figure.HIDDEN;
            var value = histogram.quantile(share);
            return value.isPresent() ? Figure.of(Math.round(value.getAsDouble() * 10) / 10.0) : Figure.NONE;
        }

        /// In whole percent, and not where it would tell of a few claims that differ from the others.
        private static Figure share(long part, long whole, boolean hidden) {
            if (hidden || isSmall(part) || isSmall(whole - part))
                return Figure.HIDDEN;
            return whole == 0 ? Figure.NONE : Figure.of(Math.round(100.0 * part / whole));
        }

        private static boolean isSmall(long count) { return count > 0 && count < Suppression.SMALL; }

        private static Text monthName(YearMonth month) {
            return new Text(Wareki.in(Language.JA, month), Wareki.in(Language.JA_EASY, month),
                    Wareki.in(Language.EN, month));
        }
    }

    /// 秘匿の範囲. What is hidden of each count. The tables guard each other: where claims are hidden, decisions are; and where
    /// refusals are hidden, grants are too if claims less grants would nearly tell the refusals.
    private static final class Hiding {
        final Set<String> claims;
        final Set<String> refusals;
        final Set<String> grants;
        final Set<String> payees;

        Hiding(Reading reading) {
            claims = Suppression.hidden(table(reading, s -> s.tally.get(CLAIMS)), Set.of());
            refusals = Suppression.hidden(table(reading, s -> s.tally.get(REFUSALS)), claims);
            var also = new HashSet<>(claims);
            reading.municipalities.forEach((code, sum) -> addIfTelling(code, sum, also));
            reading.prefectures.forEach((code, sum) -> addIfTelling(code, sum, also));
            reading.months.forEach((code, sum) -> addIfTelling(code, sum, also));
            addIfTelling(NATION, reading.nation, also);
            grants = Suppression.hidden(table(reading, s -> s.tally.get(GRANTS)), also);
            payees = Suppression.hidden(table(reading, s -> s.tally.get(PAYEES)), Set.of());
        }

        private void addIfTelling(String code, Sum sum, Set<String> also) {
            if (refusals.contains(code) && sum.tally.get(CLAIMS) - sum.tally.get(GRANTS) < Suppression.SMALL)
                also.add(code);
        }

        private static Suppression.Cell table(Reading reading, ToLongFunction<Sum> count) {
            var parts = new LinkedHashMap<String, List<Suppression.Cell>>();
            reading.municipalities.forEach((code, sum) -> parts
                    .computeIfAbsent(reading.parents.getOrDefault(code, ""), p -> new ArrayList<>())
                    .add(Suppression.Cell.leaf(code, count.applyAsLong(sum), population(reading, code))));
            var prefectures = reading.prefectures.entrySet().stream()
                    .map(p -> new Suppression.Cell(p.getKey(), count.applyAsLong(p.getValue()),
                            population(reading, p.getKey()),
                            List.of(parts.getOrDefault(p.getKey(), List.of()))))
                    .toList();
            var months = reading.months.entrySet().stream()
                    .map(m -> Suppression.Cell.leaf(m.getKey(), count.applyAsLong(m.getValue()),
                            YearMonth.parse(m.getKey()).getMonthValue()))
                    .toList();
            return new Suppression.Cell(NATION, count.applyAsLong(reading.nation), 0, List.of(prefectures, months));
        }

        private static long population(Reading reading, String code) {
            var area = reading.areas.get(code);
            return area == null ? 0 : area.population();
        }
    }
}
