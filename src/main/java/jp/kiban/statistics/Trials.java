package jp.kiban.statistics;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.kiban.casework.Decided;
import jp.kiban.catalogue.Layers;
import jp.kiban.catalogue.LocalLayer;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.store.EventHandler;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import jp.kiban.submission.Received;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// 試行の比較. Each case that arrives while a trial runs is put on one side, in the trial or in the rest (by its receipt number
/// alone), and what comes of it is kept with it; then both sides are compared by the same indicators. Sides of fewer than ten
/// cases are not shown, nor a share that would tell of fewer than ten.
@Component
public final class Trials implements EventHandler {
    private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");
    static final int FEW = 10;
    private final Layers layers;
    private final Store store;

    Trials(Layers layers, Store store) {
        this.layers = layers;
        this.store = store;
    }

    /// 片側. One side of a trial. Empty where there is nothing to measure, or too little to show.
    ///
    /// @param few fewer than ten decided cases: nothing of this side is shown
    public record Side(Optional<Long> cases, Optional<Long> decided, boolean few, Optional<Double> days,
            Optional<Double> seconds,
            Optional<Double> granted, Optional<Double> yen) {}

    /// 比較. Both sides of a trial: those in it, and the rest of the applications of the same days.
    public record Comparison(LocalLayer trial, Side inside, Side rest) {}

    @Override
    public String name() { return "statistics.trials"; }

    @Override
    public Set<Class<? extends Event>> kinds() { return Set.of(Received.class, Decided.class); }

    @Override
    public void handle(AuthorityId authority, List<? extends Event> events, JdbcClient jdbc) {
        for (var event : events)
            switch (event) {
                case Received e -> {
                    for (var trial : layers.trials(authority, e.standard().id(), LocalDate.ofInstant(e.at(), JAPAN)))
                        jdbc.sql("""
                                insert into statistics.trial_case (authority, standard, trial, receipt, inside, seconds)
                                values (?, ?, ?, ?, ?, ?) on conflict do nothing
                                """).params(authority.code(), e.standard().id(), trial.number(), e.receipt().text(),
                                trial.trial().filter(t -> t.takes(trial.number(), e.receipt())).isPresent(), e
                                        .seconds())
                                .update();
                }
                case Decided e -> jdbc.sql("""
                        update statistics.trial_case set outcome = ?, days = ?, yen = ?
                        where authority = ? and receipt = ?
                        """).params(e.kind().name(), e.daysFromArrival(), e.monthlyYen().plus(e.onceYen()).amount(),
                        authority.code(), e.receipt().text()).update();
                default -> throw new IllegalArgumentException("not counted: " + event);
            }
    }

    /// Both sides of a trial as they are now; `NotThere` (from the layers) when there is no such trial.
    public Comparison compare(AuthorityId authority, String standard, int number) {
        var trial = layers.get(authority, standard, number);
        if (!trial.hasTrial())
            throw new jp.kiban.kernel.NotThere();
        return store.in(Scope.of(authority), jdbc -> new Comparison(trial, side(jdbc, authority, standard, number,
                true), side(jdbc, authority, standard, number, false)));
    }

    private static Side side(JdbcClient jdbc, AuthorityId authority, String standard, int number, boolean inside) {
        return jdbc.sql("""
                select count(*), count(outcome), percentile_cont(0.5) within group (order by days),
                  percentile_cont(0.5) within group (order by seconds), count(*) filter (where outcome = 'GRANT'),
                  avg(yen) filter (where outcome is not null)
                from statistics.trial_case where authority = ? and standard = ? and trial = ? and inside = ?
                """).params(authority.code(), standard, number, inside).query((row, i) -> {
            long cases = row.getLong(1);
            long decided = row.getLong(2);
            long grants = row.getLong(5);
            return side(cases, decided, grants, row.getObject(3, Double.class), row.getObject(4, Double.class),
                    Optional.ofNullable(row.getBigDecimal(6)).map(Number::doubleValue).orElse(null));
        }).single();
    }

    private static Optional<Long> shown(long count) { return count < FEW ? Optional.empty() : Optional.of(count); }

    static Side side(long cases, long decided, long grants, @Nullable Double days, @Nullable Double seconds,
            @Nullable Double yen) {
        boolean few = decided < FEW;
        boolean telling = grants > 0 && grants < FEW || decided - grants > 0 && decided - grants < FEW;
        return new Side(shown(cases), shown(decided), few, few
                ? Optional.empty()
                : Optional.ofNullable(days), few ? Optional.empty() : Optional.ofNullable(seconds),
                few || telling
                        ? Optional.empty()
                        : Optional.of(100.0 * grants / decided),
                few || telling
                        ? Optional.empty()
                        : Optional.ofNullable(yen));
    }
}
