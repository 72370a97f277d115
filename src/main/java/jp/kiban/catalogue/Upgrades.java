package jp.kiban.catalogue;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.StandardRef;
import jp.kiban.standards.Edition;
import jp.kiban.standards.StandardVersion;
import jp.kiban.standards.Standards;
import jp.kiban.store.EventLog;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// 版の更新. What a new version does to what a municipality has set, and what the municipality decides about it: for each value
/// that the version does not take, the standard's default or a new value. The decision is a layer like any other, from the
/// version's day in force: proposed by one, approved by another, its effect on the examples seen first. Undecided on the day,
/// the default stands in for that key alone, and the municipality is told.
@Component
public final class Upgrades {
    private final Layers layers;
    private final Standards standards;
    private final Store store;
    private final EventLog events;
    private final Clock clock;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    Upgrades(Layers layers, Standards standards, Store store, EventLog events, Clock clock) {
        this.layers = layers;
        this.standards = standards;
        this.store = store;
        this.events = events;
        this.clock = clock;
    }

    /// 状況.
    public enum State {
        /// Everything is kept.
        CLEAN,
        /// Somebody has to decide before the day.
        OPEN,
        /// Decided by one, and waits for a second person.
        PROPOSED,
        /// The day has come; defaults stand in until somebody decides.
        FELL_BACK
    }

    /// 更新の影響. What becomes of the municipality's layer in a version.
    ///
    /// @param day the version's day in force
    /// @param daysLeft until then; negative when it has come
    /// @param kept keys whose values stay as they are
    /// @param fresh keys that are new, with their defaults
    /// @param trials what becomes of the trials that run on or after the day
    /// @param proposal the layer that waits for approval and decides all conflicts
    public record Upgrade(StandardRef from, StandardRef to, LocalDate day, long daysLeft, State state,
            List<String> kept, List<LayerConflict> conflicts, Map<String, JsonNode> fresh, List<OfTrial> trials,
            Optional<Integer> proposal) {
        public boolean hasConflicts() { return !conflicts.isEmpty(); }
    }

    /// 試行への影響. A trial that the version does not take as it is: some values, or whom it is for (then nobody is in it).
    public record OfTrial(int number, List<LayerConflict> conflicts, boolean understood) {}

    private LocalDate today() { return LocalDate.now(clock); }

    /// What the last change of version did to the layer, and what those that are to come will do, earliest first.
    public List<Upgrade> all(AuthorityId authority, String standard) {
        var days = editions(standard);
        var all = new ArrayList<Upgrade>();
        Optional<Edition> before = Optional.empty();
        for (var edition : days) {
            if (before.isPresent())
                all.add(of(authority, before.get().version(), edition));
            before = Optional.of(edition);
        }
        long past = all.stream().filter(u -> u.daysLeft() <= 0).count();
        return all.subList(Math.max(0, (int) past - 1), all.size());
    }

    /// The one to this version; `NotThere` when nothing changes to it any more.
    public Upgrade to(AuthorityId authority, String standard, String version) {
        return all(authority, standard).stream().filter(u -> u.to().version().toString().equals(version)).findFirst()
                .orElseThrow(NotThere::new);
    }

    /// The editions that count or will count, in the order of their days.
    private List<Edition> editions(String standard) {
        var by = new LinkedHashMap<LocalDate, Edition>();
        standards.editions(standard).stream().sorted(Comparator.comparing(Edition::inForceFrom)).forEach(
                e -> standards.editionInForce(standard, e.inForceFrom()).ifPresent(counts -> by.put(e.inForceFrom(),
                        counts)));
        return by.values().stream().distinct().toList();
    }

    private Upgrade of(AuthorityId authority, StandardVersion from, Edition edition) {
        var to = edition.version();
        var day = edition.inForceFrom();
        var seen = day.isAfter(today()) ? day : today();
        var setting = layers.setting(authority, to, seen);
        var conflicts = layers.conflicts(authority, to, seen);
        var kept = new ArrayList<>(setting.values().keySet());
        conflicts.forEach(c -> kept.remove(c.key()));
        var fresh = new LinkedHashMap<String, JsonNode>();
        to.variations().all().stream().filter(v -> from.variations().find(v.key()).isEmpty()).forEach(v -> fresh.put(v
                .key(), v.byDefault()));
        var all = layers.all(authority, to.ref().id());
        var proposal = conflicts.isEmpty()
                ? Optional.<Integer>empty()
                : all.stream().filter(l -> l.stage() == LocalLayer.Stage.PROPOSED && !l.hasTrial() && l.version().equals(
                        to.ref()) && (day.isAfter(today()) ? !l.from().isAfter(day) : true)).map(LocalLayer::number)
                        .findFirst();
        var state = conflicts.isEmpty()
                ? State.CLEAN
                : !day.isAfter(today()) ? State.FELL_BACK : proposal.isPresent() ? State.PROPOSED : State.OPEN;
        var trials = all.stream().filter(l -> l.hasTrial() && l.stage() == LocalLayer.Stage.APPROVED && l.until()
                .filter(seen::isAfter).isEmpty()).map(l -> new OfTrial(l.number(), layers.conflicts(l, to), layers
                        .understands(to, l.trial().orElseThrow())))
                .filter(t -> !t.conflicts().isEmpty() || !t.understood()).toList();
        return new Upgrade(from.ref(), to.ref(), day, ChronoUnit.DAYS.between(today(), day), state, kept, conflicts,
                fresh, trials, proposal);
    }

    // the decision

    /// 決めたこと. About one value: the default, or this one.
    public record Choice(boolean byDefault, Optional<JsonNode> value) {}

    /// The layer that decides all conflicts of an upgrade: everything that is kept, and what was chosen. A conflict about
    /// which nothing was chosen goes to the findings.
    public Layers.Wanted decided(AuthorityId authority, Upgrade upgrade, Map<String, Choice> choices, String ordinance,
            String why, List<Finding> findings) {
        var from = upgrade.day().isAfter(today()) ? upgrade.day() : today().plusDays(1);
        var values = new LinkedHashMap<>(layers.setting(authority, standards.version(upgrade.to()), from.minusDays(
                upgrade.day().isAfter(today()) ? 0 : 1)).values());
        for (var conflict : upgrade.conflicts()) {
            var choice = choices.get(conflict.key());
            values.remove(conflict.key());
            if (choice == null)
                findings.add(new Finding(conflict.key(), "layer.conflict-open", LayerWords.text(
                        "catalogue.layer.error.conflict-open", conflict.key())));
            else if (!choice.byDefault() && conflict.kind() == LayerConflict.Kind.GONE)
                findings.add(new Finding(conflict.key(), "layer.conflict-gone", LayerWords.text(
                        "catalogue.layer.error.conflict-gone", conflict.key())));
            else if (!choice.byDefault())
                choice.value().ifPresent(v -> values.put(conflict.key(), v));
        }
        return new Layers.Wanted(from, Optional.empty(), values, ordinance, why, Optional.empty());
    }

    // who is told

    /// 仕事. What somebody of the municipality has to decide, and until when.
    public record Duty(String standard, Upgrade upgrade) {}

    /// Open upgrades of this municipality, the next day first.
    public List<Duty> duties(AuthorityId authority) {
        var duties = new ArrayList<Duty>();
        for (var standard : standards.all())
            if (standards.editions(standard.id()).size() > 1)
                all(authority, standard.id()).stream().filter(u -> u.hasConflicts() || !u.trials().isEmpty()).forEach(
                        u -> duties.add(new Duty(standard.id(), u)));
        duties.sort(Comparator.comparing(d -> d.upgrade().day()));
        return duties;
    }

    /// Writes down, once, where a version that has come into force uses its defaults for what nobody decided about.
    void tell() {
        for (var standard : standards.all()) {
            if (standards.editions(standard.id()).size() < 2)
                continue;
            var now = standards.editionInForce(standard.id(), today());
            if (now.isEmpty())
                continue;
            for (var authority : layers.setters(standard.id())) {
                var conflicts = layers.conflicts(authority, now.get().version(), today());
                if (!conflicts.isEmpty() && told.add(authority.code() + now.get().ref()))
                    tell(authority, now.get().ref(), conflicts.stream().map(LayerConflict::key).toList());
            }
        }
    }

    private void tell(AuthorityId authority, StandardRef ref, List<String> keys) {
        store.run(Scope.of(authority), jdbc -> {
            int fresh = jdbc.sql("""
                    insert into catalogue.fallback (authority, standard, version, keys, at) values (?, ?, ?, ?, ?)
                    on conflict do nothing
                    """).params(authority.code(), ref.id(), ref.version().toString(), keys.toArray(String[]::new),
                    Timestamp.from(clock.instant())).update();
            if (fresh > 0)
                events.append(jdbc, new LayerFellBack(authority, clock.instant(), ref.toString(), ref, keys));
        });
    }
}
