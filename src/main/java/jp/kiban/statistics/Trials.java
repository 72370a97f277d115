package jp.kiban.statistics;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.kiban.casework.CorrectionRequested;
import jp.kiban.casework.Decided;
import jp.kiban.casework.DecidedUntouched;
import jp.kiban.casework.TrialDrawn;
import jp.kiban.catalogue.LayerTrial;
import jp.kiban.catalogue.Layers;
import jp.kiban.catalogue.LocalLayer;
import jp.kiban.catalogue.TrialMeasure;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.NotThere;
import jp.kiban.store.EventHandler;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import jp.kiban.submission.Withdrawn;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// 試行の比較. Each case that arrives while a trial runs is on one side of it, and what comes of it is kept with it; then both
/// sides are compared by the same indicators. Compared with are those of the same group and area whom the lot left out; where
/// the trial takes all of them, everybody else. Sides of fewer than ten cases are not shown, nor a share or a mean that would
/// tell of fewer than ten.
@Component
public final class Trials implements EventHandler {
    static final int FEW = 10;
    /// Below so many decided cases on a side a difference is called what it may be: chance.
    static final int SURE = 100;
    private final Layers layers;
    private final Store store;

    Trials(Layers layers, Store store) {
        this.layers = layers;
        this.store = store;
    }

    /// 片側. One side of a trial.
    ///
    /// @param cases received and decided; empty when shown they would tell of fewer than ten on either side
    /// @param few fewer than ten decided cases: nothing of this side is shown
    /// @param values what can be shown, by indicator
    public record Side(Optional<Long> cases, Optional<Long> decided, boolean few, Map<TrialMeasure, Double> values) {
        public Side { values = Map.copyOf(values); }

        Optional<Double> value(TrialMeasure measure) { return Optional.ofNullable(values.get(measure)); }
    }

    /// 読み方. What may be concluded from a comparison.
    public enum Reading {
        /// A side is too small to be shown.
        TOO_FEW,
        /// Both are shown, but a difference may be chance.
        MAY_BE_CHANCE,
        /// Drawn by lot from the same people, and enough of them.
        BY_LOT,
        /// Enough of them, but those outside are other people.
        OTHER_PEOPLE
    }

    /// 比較. Both sides of a trial: those in it, and those it is compared with, of the same days.
    public record Comparison(LocalLayer trial, Side inside, Side rest, Reading reading) {}

    /// What is counted of one side.
    record Tally(long cases, long decided, long grants, long refused, long redirected, long corrected, long withdrawn,
            long automatic, long online, @Nullable Double days, @Nullable Double seconds, @Nullable Double typed,
            @Nullable Double yen, @Nullable Double persons) {}

    @Override
    public String name() { return "statistics.trials"; }

    @Override
    public Set<Class<? extends Event>> kinds() {
        return Set.of(TrialDrawn.class, Decided.class, DecidedUntouched.class, CorrectionRequested.class,
                Withdrawn.class);
    }

    @Override
    public void handle(AuthorityId authority, List<? extends Event> events, JdbcClient jdbc) {
        for (var event : events)
            switch (event) {
                case TrialDrawn e -> jdbc.sql("""
                        insert into statistics.trial_case (authority, standard, trial, receipt, eligible, inside, seconds, typed,
                            online)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
                        """).params(authority.code(), e.standard().id(), e.trial(), e.receipt().text(), e.eligible(), e
                        .inside(), e.seconds(), e.typedFields(), e.online()).update();
                case Decided e -> jdbc.sql("""
                        update statistics.trial_case set outcome = ?, days = ?, yen = ?, persons = ?
                        where authority = ? and receipt = ?
                        """).params(e.kind().name(), e.daysFromArrival(), e.monthlyYen().plus(e.onceYen()).amount(),
                        e.children(), authority.code(), e.receipt().text()).update();
                case DecidedUntouched e -> mark(jdbc, authority, e.receipt().text(), "automatic");
                case CorrectionRequested e -> mark(jdbc, authority, e.receipt().text(), "corrected");
                case Withdrawn e -> mark(jdbc, authority, e.receipt().text(), "withdrawn");
                default -> throw new IllegalArgumentException("not counted: " + event);
            }
    }

    private static void mark(JdbcClient jdbc, AuthorityId authority, String receipt, String column) {
        jdbc.sql("update statistics.trial_case set " + column + " = true where authority = ? and receipt = ?")
                .params(authority.code(), receipt).update();
    }

    /// Both sides of a trial as they are now; `NotThere` (from the layers) when there is no such trial.
    public Comparison compare(AuthorityId authority, String standard, int number) {
        var layer = layers.get(authority, standard, number);
        var trial = layer.trial().orElseThrow(NotThere::new);
        return store.in(Scope.of(authority), jdbc -> compare(layer, trial, tally(jdbc, layer, trial, true), tally(jdbc,
                layer, trial, false)));
    }

    static Comparison compare(LocalLayer layer, LayerTrial trial, Tally in, Tally out) {
        boolean hidden = in.cases() < FEW || out.cases() < FEW;
        boolean undecided = in.decided() < FEW || out.decided() < FEW;
        return new Comparison(layer, side(in, hidden, undecided), side(out, hidden, undecided), reading(trial, Math.min(
                in.decided(), out.decided())));
    }

    private static Reading reading(LayerTrial trial, long fewest) {
        if (fewest < FEW)
            return Reading.TOO_FEW;
        if (fewest < SURE)
            return Reading.MAY_BE_CHANCE;
        return trial.byLot() ? Reading.BY_LOT : Reading.OTHER_PEOPLE;
    }

    private static Tally tally(JdbcClient jdbc, LocalLayer layer, LayerTrial trial, boolean inside) {
        return jdbc.sql("""
                select count(*), count(outcome), count(*) filter (where outcome = 'GRANT'),
                  count(*) filter (where outcome = 'REFUSAL'), count(*) filter (where outcome = 'REDIRECT'),
                  count(*) filter (where corrected), count(*) filter (where withdrawn), count(*) filter (where automatic),
                  count(*) filter (where online), percentile_cont(0.5) within group (order by days),
                  percentile_cont(0.5) within group (order by seconds), percentile_cont(0.5) within group (order by typed),
                  (avg(yen) filter (where outcome is not null))::float8,
                  (avg(persons) filter (where outcome is not null))::float8
                from statistics.trial_case
                where authority = ? and standard = ? and trial = ? and inside = ? and (eligible or ?)
                """).params(layer.authority().code(), layer.version().id(), layer.number(), inside, !trial.byLot())
                .query((row, i) -> new Tally(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row
                        .getLong(5), row.getLong(6), row.getLong(7), row.getLong(8), row.getLong(9),
                        row.getObject(10, Double.class), row.getObject(11, Double.class), row.getObject(12,
                                Double.class),
                        row.getObject(13, Double.class), row.getObject(14, Double.class)))
                .single();
    }

    /// What may be shown of one side.
    ///
    /// @param hidden one of the sides has few cases: with a total, either number would tell the other
    /// @param undecided the same of the decided
    static Side side(Tally t, boolean hidden, boolean undecided) {
        var values = new EnumMap<TrialMeasure, Double>(TrialMeasure.class);
        if (t.cases() >= FEW) {
            keep(values, TrialMeasure.SECONDS, t.seconds());
            keep(values, TrialMeasure.TYPED, t.typed());
            share(values, TrialMeasure.CORRECTED, t.corrected(), t.cases());
            share(values, TrialMeasure.WITHDRAWN, t.withdrawn(), t.cases());
            share(values, TrialMeasure.ONLINE, t.online(), t.cases());
        }
        if (t.decided() >= FEW) {
            keep(values, TrialMeasure.DAYS, t.days());
            share(values, TrialMeasure.GRANTED, t.grants(), t.decided());
            share(values, TrialMeasure.REFUSED, t.refused(), t.decided());
            share(values, TrialMeasure.REDIRECTED, t.redirected(), t.decided());
            share(values, TrialMeasure.AUTOMATIC, t.automatic(), t.decided());
            if (!telling(t.grants(), t.decided())) {
                keep(values, TrialMeasure.YEN, t.yen());
                keep(values, TrialMeasure.PERSONS, t.persons());
            }
        }
        return new Side(hidden ? Optional.empty() : Optional.of(t.cases()), undecided
                ? Optional.empty()
                : Optional.of(t.decided()), t.decided() < FEW, values);
    }

    private static void keep(Map<TrialMeasure, Double> values, TrialMeasure measure, @Nullable Double value) {
        if (value != null)
            values.put(measure, value);
    }

    private static void share(Map<TrialMeasure, Double> values, TrialMeasure measure, long part, long whole) {
        if (!telling(part, whole))
            values.put(measure, 100.0 * part / whole);
    }

    /// Whether a share would tell of fewer than ten.
    private static boolean telling(long part, long whole) {
        return part > 0 && part < FEW || whole - part > 0 && whole - part < FEW;
    }
}
