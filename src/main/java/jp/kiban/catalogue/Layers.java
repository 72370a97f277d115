package jp.kiban.catalogue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Role;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Conflict;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.StandardRef;
import jp.kiban.kernel.VersionName;
import jp.kiban.letters.Letters;
import jp.kiban.standards.AnswerGroup;
import jp.kiban.standards.ExampleEffects;
import jp.kiban.standards.Layer;
import jp.kiban.standards.LocalForms;
import jp.kiban.standards.StandardVersion;
import jp.kiban.standards.Standards;
import jp.kiban.standards.Variations;
import jp.kiban.store.EventLog;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// 独自施策. What each municipality has set in the standards: proposed, approved by a second person, in force from a day to
/// come, kept for ever. Whoever needs a value asks here; the national text and the local layer are merged anew each time,
/// with the limits of the version that is asked for.
@Component
public final class Layers {
    private static final long STALE_NANOS = 60_000_000_000L;
    private static final String COLUMNS = """
            version, number, valid_from, valid_until, values::text, ordinance, why, share, measure, stage, trial_group, areas
            """;

    private final Store store;
    private final EventLog events;
    private final Standards standards;
    private final ExampleEffects effects;
    private final LayerConflicts conflicts;
    private final LocalForms forms;
    private final JsonMapper json;
    private final Clock clock;
    private final AtomicBoolean renewing = new AtomicBoolean();
    private final Map<Group, Optional<AnswerGroup>> groups = new ConcurrentHashMap<>();
    private volatile @Nullable Known known;

    private static final int MOST_GROUPS = 1_000;

    private record Group(StandardVersion version, String condition) {}

    /// Whose layers of which standard.
    private record Key(AuthorityId authority, String standard) {}

    /// What is approved, as it was read. A layer takes effect on a later day, so a minute's age does no harm.
    private record Known(long nanos, Map<Key, List<LocalLayer>> all) {}

    Layers(Store store, EventLog events, Standards standards, ExampleEffects effects, LocalForms forms,
            JsonMapper json, Clock clock) {
        this.store = store;
        this.events = events;
        this.standards = standards;
        this.effects = effects;
        this.conflicts = new LayerConflicts(standards, effects);
        this.forms = forms;
        this.json = json;
        this.clock = clock;
    }

    /// 提案の内容. What an officer proposes.
    public record Wanted(LocalDate from, Optional<LocalDate> until, Map<String, JsonNode> values, String ordinance,
            String why, Optional<LayerTrial> trial) {}

    // what others ask

    /// The values in force in a municipality on the day, for this version: the national ones where it has set nothing.
    /// Trials aside.
    public Variations.Values values(AuthorityId authority, StandardVersion version, LocalDate day) {
        return version.variations().keep(settled(approved(authority, version.ref().id()), authority, version, day))
                .values();
    }

    /// The same for one application, which may have begun under a trial and keeps it to its end, whatever became of the
    /// trial since.
    ///
    /// @param trial the number of the trial that it was found to be in on its day of arrival (`drawn`)
    public Variations.Values values(AuthorityId authority, StandardVersion version, LocalDate day,
            Optional<Integer> trial) {
        var all = approved(authority, version.ref().id());
        var values = new LinkedHashMap<>(settled(all, authority, version, day));
        trial.ifPresent(number -> all.stream().filter(l -> l.number() == number).forEach(l -> values.putAll(conflicts
                .settled(version, setting(l)))));
        return version.variations().keep(values).values();
    }

    /// 振り分け. Where an application stands to the trial that runs on its day.
    ///
    /// @param eligible it is of the group and the area
    /// @param inside it is in the trial
    public record Drawn(int trial, boolean eligible, boolean inside) {
        public Optional<Integer> number() { return inside ? Optional.of(trial) : Optional.empty(); }
    }

    /// Draws for an application that arrives on the day; empty where no trial runs. To be asked once, at its arrival.
    public Optional<Drawn> drawn(AuthorityId authority, StandardVersion version, LocalDate day, ReceiptNumber receipt,
            LayerTrial.Applicant applicant) {
        return running(authority, version.ref().id(), day).map(layer -> {
            var trial = layer.trial().orElseThrow();
            boolean eligible = trial.covers(applicant) && holds(version, trial.group(), applicant.answers());
            return new Drawn(layer.number(), eligible, eligible && trial.takes(layer.number(), receipt));
        });
    }

    /// What an applicant would have today before there is a receipt number: the values of a trial that takes all of its
    /// group, else those of everybody.
    public Variations.Values expected(AuthorityId authority, StandardVersion version, LocalDate day,
            LayerTrial.Applicant applicant) {
        var all = running(authority, version.ref().id(), day).filter(l -> l.trial().filter(t -> !t.byLot() && t.covers(
                applicant) && holds(version, t.group(), applicant.answers())).isPresent()).map(LocalLayer::number);
        return values(authority, version, day, all);
    }

    private boolean holds(StandardVersion version, String group, JsonNode answers) {
        return group.isBlank() || group(version, group).filter(g -> g.holds(answers)).isPresent();
    }

    /// A group that a newer version does not understand any more has nobody in it.
    private Optional<AnswerGroup> group(StandardVersion version, String group) {
        if (groups.size() > MOST_GROUPS)
            groups.clear();
        return groups.computeIfAbsent(new Group(version, group), g -> AnswerGroup.read(version, group,
                new ArrayList<>()));
    }

    private Optional<LocalLayer> running(AuthorityId authority, String standard, LocalDate day) {
        return approved(authority, standard).stream().filter(l -> l.hasTrial() && l.covers(day)).findFirst();
    }

    /// The version with the questions and papers that the municipality adds to its form on the day.
    public StandardVersion form(AuthorityId authority, StandardVersion version, LocalDate day) {
        return version.variations().asksMore() ? forms.with(version, values(authority, version, day)) : version;
    }

    /// What the municipality has set itself on the day: its layer in force, else the one that came with the standard.
    public Map<String, JsonNode> raw(AuthorityId authority, StandardVersion version, LocalDate day) {
        return raw(approved(authority, version.ref().id()), authority, version, day);
    }

    private Map<String, JsonNode> raw(List<LocalLayer> all, AuthorityId authority, StandardVersion version,
            LocalDate day) {
        return setting(all, authority, version, day).values();
    }

    /// 引き継げない値. What the municipality has set and this version does not take on the day.
    List<LayerConflict> conflicts(AuthorityId authority, StandardVersion version, LocalDate day) {
        return conflicts.of(version, setting(authority, version, day));
    }

    /// What this layer sets and the version does not take.
    List<LayerConflict> conflicts(LocalLayer layer, StandardVersion version) {
        return conflicts.of(version, setting(layer));
    }

    /// Whether the version still understands whom the trial is for.
    boolean understands(StandardVersion version, LayerTrial trial) {
        return trial.group().isBlank() || group(version, trial.group()).isPresent();
    }

    LayerConflicts.Setting setting(AuthorityId authority, StandardVersion version, LocalDate day) {
        return setting(approved(authority, version.ref().id()), authority, version, day);
    }

    private LayerConflicts.Setting setting(List<LocalLayer> all, AuthorityId authority, StandardVersion version,
            LocalDate day) {
        return LocalLayer.inForce(all, day).map(Layers::setting).or(() -> carrying(authority, version, day).flatMap(
                v -> v.layer(authority, day).map(l -> new LayerConflicts.Setting(l.values(), l.ordinance(), v.ref()))))
                .orElseGet(() -> new LayerConflicts.Setting(Map.of(), "", version.ref()));
    }

    private static LayerConflicts.Setting setting(LocalLayer layer) {
        return new LayerConflicts.Setting(layer.values(), layer.ordinance(), layer.version());
    }

    private Map<String, JsonNode> settled(List<LocalLayer> all, AuthorityId authority, StandardVersion version,
            LocalDate day) {
        return conflicts.settled(version, setting(all, authority, version, day));
    }

    /// The layer that came with this version, or with the newest earlier one that carries one: an upgrade keeps it.
    Optional<Layer> shipped(AuthorityId authority, StandardVersion version, LocalDate day) {
        return carrying(authority, version, day).flatMap(v -> v.layer(authority, day));
    }

    private Optional<StandardVersion> carrying(AuthorityId authority, StandardVersion version, LocalDate day) {
        return standards.get(version.ref().id()).versions().stream()
                .filter(v -> !v.ref().version().isAfter(version.ref().version()))
                .filter(v -> v.layer(authority, day).isPresent()).reduce((a, b) -> b);
    }

    /// Every municipality that has set something in the standard, by itself or by a shipped layer.
    java.util.Set<AuthorityId> setters(String standard) {
        var setters = new java.util.TreeSet<AuthorityId>();
        known().all().keySet().stream().filter(k -> k.standard().equals(standard)).forEach(k -> setters.add(k
                .authority()));
        standards.get(standard).versions().stream().flatMap(v -> v.layers().stream()).forEach(l -> setters.add(l
                .authority()));
        return setters;
    }

    // the officers' view

    /// Every layer that the municipality has made of the standard, the newest first, with who did what.
    public List<LocalLayer> all(AuthorityId authority, String standard) {
        standards.get(standard);
        return store.in(Scope.of(authority), jdbc -> {
            var steps = new TreeMap<Integer, List<LocalLayer.Step>>();
            jdbc.sql("""
                    select number, act, officer, officer_name, at, note from catalogue.layer_step
                    where authority = ? and standard = ? order by number, step
                    """).params(authority.code(), standard)
                    .query((row, i) -> steps.computeIfAbsent(row.getInt(1), n -> new ArrayList<>()).add(
                            new LocalLayer.Step(row.getString(2), row.getString(3), row.getString(4),
                                    row.getTimestamp(5).toInstant(), row.getString(6))))
                    .list();
            return jdbc.sql("select " + COLUMNS
                    + " from catalogue.layer where authority = ? and standard = ? order by number desc")
                    .params(authority.code(), standard)
                    .query((row, i) -> layer(authority, standard, row, steps.getOrDefault(row.getInt(2), List.of())))
                    .list();
        });
    }

    /// One of them; `NotThere` when this authority has none of that number.
    public LocalLayer get(AuthorityId authority, String standard, int number) {
        return all(authority, standard).stream().filter(l -> l.number() == number).findFirst()
                .orElseThrow(NotThere::new);
    }

    private List<LocalLayer> approved(AuthorityId authority, String standard) {
        return known().all().getOrDefault(new Key(authority, standard), List.of());
    }

    private Known known() {
        var now = known;
        if (now == null)
            synchronized (renewing) {
                var meanwhile = known;
                return meanwhile == null ? load().join() : meanwhile;
            }
        if (System.nanoTime() - now.nanos() > STALE_NANOS && !renewing.getAndSet(true))
            load();
        return now;
    }

    /// Reads all approved layers, on a thread of its own: whoever asks may be in a transaction of another scope.
    private CompletableFuture<Known> load() {
        var loaded = new CompletableFuture<Known>();
        Thread.ofPlatform().name("layers").daemon().start(() -> {
            try {
                var all = new HashMap<Key, List<LocalLayer>>();
                store.in(Scope.nation(), jdbc -> jdbc.sql("select " + COLUMNS + ", authority, standard"
                        + " from catalogue.layer where stage = 'APPROVED' order by number").query((row, i) -> {
                            var key = new Key(AuthorityId.of(row.getString(13)), row.getString(14));
                            return all.computeIfAbsent(key, k -> new ArrayList<>()).add(layer(key.authority(), key
                                    .standard(), row, List.of()));
                        }).list());
                var read = new Known(System.nanoTime(), all);
                known = read;
                loaded.complete(read);
            } catch (RuntimeException | Error failed) {
                loaded.completeExceptionally(failed);
            } finally {
                renewing.set(false);
            }
        });
        return loaded;
    }

    /// What every municipality that has set something has in force on the day, by code: shipped layers included, trials aside.
    public Map<AuthorityId, Map<String, JsonNode>> everywhere(StandardVersion version, LocalDate day) {
        var standard = version.ref().id();
        var own = new TreeMap<AuthorityId, List<LocalLayer>>();
        known().all().forEach((key, layers) -> {
            if (key.standard().equals(standard) && !key.authority().isTest())
                own.put(key.authority(), layers);
        });
        var all = new TreeMap<AuthorityId, Map<String, JsonNode>>();
        standards.get(standard).versions().stream()
                .filter(v -> !v.ref().version().isAfter(version.ref().version())).flatMap(v -> v.layers().stream())
                .map(Layer::authority).distinct()
                .forEach(a -> shipped(a, version, day).ifPresent(l -> all.put(a, Map.of())));
        own.forEach(
                (authority, layers) -> LocalLayer.inForce(layers, day).ifPresent(l -> all.put(authority, Map.of())));
        all.replaceAll((authority, nothing) -> version.variations().keep(settled(own.getOrDefault(authority, List.of()),
                authority, version, day)).local());
        return all;
    }

    private LocalLayer layer(AuthorityId authority, String standard, ResultSet row, List<LocalLayer.Step> steps)
            throws SQLException {
        var values = new LinkedHashMap<String, JsonNode>();
        json.readTree(row.getString(5)).forEachEntry(values::put);
        var share = row.getObject(8, Integer.class);
        return new LocalLayer(authority, new StandardRef(standard, VersionName.parse(row.getString(1))), row.getInt(2),
                row.getObject(3, LocalDate.class), Optional.ofNullable(row.getObject(4, LocalDate.class)), values,
                row.getString(6), row.getString(7), Optional.ofNullable(share).map(s -> trial(s, row)),
                LocalLayer.Stage.valueOf(row.getString(10)), steps);
    }

    private static LayerTrial trial(int share, ResultSet row) {
        try {
            return new LayerTrial(share, row.getString(11), List.of((String[]) row.getArray(12).getArray()),
                    row.getString(9));
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /// The version that a layer of this day is for: the one in force then.
    public StandardVersion version(String standard, LocalDate day) { return standards.inForce(standard, day); }

    /// What these values would do to the national examples, compared with what is in force the day before.
    public ExampleEffects.Effects effects(AuthorityId authority, String standard, LocalDate from,
            Map<String, JsonNode> values) {
        var version = version(standard, from);
        return effects.of(version.ref(), raw(authority, version, from.minusDays(1)), values);
    }

    /// Everything that is wrong with a proposal, at once.
    public List<Finding> check(AuthorityId authority, String standard, Wanted wanted) {
        var findings = new ArrayList<Finding>();
        var tomorrow = LocalDate.now(clock).plusDays(1);
        if (wanted.from().isBefore(tomorrow))
            findings.add(finding("from", "from", wanted.from(), tomorrow));
        var day = wanted.from().isBefore(tomorrow) ? tomorrow : wanted.from();
        var version = version(standard, day);
        wanted.values().forEach((key, value) -> findings.addAll(version.variations().check(key, value)));
        if (findings.isEmpty())
            findings.addAll(forms.check(version.ref(), wanted.values()));
        if (wanted.why().isBlank() || Letters.count(wanted.why()) > 2_000)
            findings.add(finding("why", "why"));
        var byOrdinance = version.variations().all().stream().filter(v -> v.ordinanceNeeded()
                && wanted.values().containsKey(v.key()) && !wanted.values().get(v.key()).equals(v.byDefault()))
                .toList();
        if (wanted.ordinance().isBlank() && !byOrdinance.isEmpty())
            findings.add(new Finding("ordinance", "layer.ordinance", LayerWords.text("catalogue.layer.error.ordinance",
                    String.join("、", byOrdinance.stream().map(v -> v.name().ja()).toList()))));
        if (Letters.count(wanted.ordinance()) > 300)
            findings.add(finding("ordinance", "ordinance-long"));
        trial(authority, standard, wanted, version, findings);
        if (findings.isEmpty())
            for (var failing : effects.failing(version.ref(), wanted.values()))
                for (var key : failing.keys())
                    findings.add(new Finding(key, "layer.example", LayerWords.text("catalogue.layer.error.example",
                            version.variations().find(key).map(v -> v.name().ja()).orElse(key), failing.example(),
                            failing.said())));
        return findings;
    }

    private void trial(AuthorityId authority, String standard, Wanted wanted, StandardVersion version,
            List<Finding> findings) {
        if (wanted.trial().isEmpty())
            return;
        if (wanted.values().isEmpty())
            findings.add(finding("", "trial-empty"));
        wanted.trial().ifPresent(trial -> measured(version, trial, findings));
        var until = wanted.until();
        if (until.isEmpty() || until.get().isBefore(wanted.from()))
            findings.add(finding("until", "trial-until"));
        else if (until.get().isAfter(wanted.from().plusYears(3)))
            findings.add(finding("until", "trial-long"));
        else if (all(authority, standard).stream().anyMatch(l -> l.hasTrial()
                && (l.stage() == LocalLayer.Stage.PROPOSED || l.stage() == LocalLayer.Stage.APPROVED)
                && !l.from().isAfter(until.get()) && l.until().stream().noneMatch(wanted.from()::isAfter)))
            findings.add(finding("until", "trial-overlap"));
    }

    private void measured(StandardVersion version, LayerTrial trial, List<Finding> findings) {
        var measures = TrialMeasure.of(version).stream().map(TrialMeasure::key).toList();
        if (!measures.contains(trial.measure()))
            findings.add(finding("measure", "trial-measure", trial.measure(), String.join(", ", measures)));
        if (trial.group().isBlank())
            return;
        var wrong = new ArrayList<String>();
        AnswerGroup.read(version, trial.group(), wrong);
        wrong.forEach(why -> findings.add(finding("group", "trial-group", why)));
        if (wrong.isEmpty() && inGroup(version, trial.group()).said() == 0)
            findings.add(finding("group", "trial-group-silent"));
    }

    /// 群に入る例. Of the examples of the version: how many are in the group, and for how many the condition says anything.
    public record InGroup(int examples, int said, int inside) {}

    /// How the examples fall under the condition: a check for whoever writes it. All zero when it cannot be understood.
    public InGroup inGroup(StandardVersion version, String condition) {
        var group = AnswerGroup.read(version, condition, new ArrayList<>());
        var samples = standards.samples(version.ref());
        var said = group.stream().flatMap(g -> samples.stream().flatMap(s -> g.says(s.answers()).stream())).toList();
        return new InGroup(samples.size(), said.size(), (int) said.stream().filter(s -> s).count());
    }

    private static Finding finding(String where, String what, Object... values) {
        return new Finding(where, "layer." + what, LayerWords.text("catalogue.layer.error." + what, values));
    }

    // the acts

    /// 提案. Refuses everything that is wrong at once; the same proposal again is the same proposal.
    public LocalLayer propose(Actor.Officer by, String standard, Wanted wanted) {
        if (!by.may(Role.RECEPTION) && !by.may(Role.REVIEW))
            throw new NotThere();
        standards.get(standard);
        var authority = by.authority();
        var same = all(authority, standard).stream().filter(l -> l.stage() == LocalLayer.Stage.PROPOSED
                && l.values().equals(wanted.values()) && l.from().equals(wanted.from()) && l.proposer().equals(by.id())
                && l.trial().equals(wanted.trial())).findFirst();
        if (same.isPresent())
            return same.get();
        var findings = check(authority, standard, wanted);
        if (!findings.isEmpty())
            throw new BadInput(findings);
        var version = version(standard, wanted.from()).ref();
        int number = store.in(Scope.of(authority), jdbc -> {
            lock(jdbc, authority, standard);
            int next = jdbc.sql(
                    "select 1 + coalesce(max(number), 0) from catalogue.layer where authority = ? and standard = ?")
                    .params(authority.code(), standard).query(Integer.class).single();
            jdbc.sql("""
                    insert into catalogue.layer (authority, standard, number, version, valid_from, valid_until, values, ordinance,
                        why, share, measure, trial_group, areas, stage)
                    values (?, ?, ?, ?, ?, nullif(?, '')::date, ?::jsonb, ?, ?, nullif(?, 0), ?, ?, ?, 'PROPOSED')
                    """).params(authority.code(), standard, next, version.version().text(), wanted.from(),
                    wanted.trial().isPresent() ? wanted.until().map(LocalDate::toString).orElse("") : "",
                    json.writeValueAsString(wanted.values()), wanted.ordinance().strip(), wanted.why().strip(),
                    wanted.trial().map(LayerTrial::share).orElse(0),
                    wanted.trial().map(LayerTrial::measure).orElse(""),
                    wanted.trial().map(LayerTrial::group).orElse(""),
                    wanted.trial().map(LayerTrial::areas).orElse(List.of()).toArray(String[]::new)).update();
            step(jdbc, by, standard, next, "PROPOSED", "");
            events.append(jdbc, new LayerProposed(authority, clock.instant(), subject(standard, next), standard, next,
                    wanted.from(), by.id()));
            return next;
        });
        return get(authority, standard, number);
    }

    /// 決裁. By another person than the proposer, before its first day, and only while it still has no fault.
    public LocalLayer approve(Actor.Officer by, String standard, int number) {
        if (!by.may(Role.APPROVAL))
            throw new NotThere();
        return act(by, standard, number, "APPROVED", "", layer -> {
            if (layer.stage() == LocalLayer.Stage.APPROVED)
                return null;
            wantStage(layer, LocalLayer.Stage.PROPOSED);
            if (layer.proposer().equals(by.id()))
                throw new Conflict(LayerWords.text("catalogue.layer.conflict.two-persons"));
            if (!layer.from().isAfter(LocalDate.now(clock)))
                throw new Conflict(LayerWords.text("catalogue.layer.conflict.day-past"));
            var version = version(standard, layer.from());
            var findings = new ArrayList<Finding>();
            layer.values().forEach((key, value) -> findings.addAll(version.variations().check(key, value)));
            if (!findings.isEmpty())
                throw new BadInput(findings);
            if (!effects.failing(version.ref(), layer.values()).isEmpty())
                throw new Conflict(LayerWords.text("catalogue.layer.conflict.examples"));
            return new LayerApproved(by.authority(), clock.instant(), subject(standard, number), standard, number,
                    layer.from(), by.id());
        }, LocalLayer.Stage.APPROVED);
    }

    /// 差戻し. The approver sends it back with a reason.
    public LocalLayer sendBack(Actor.Officer by, String standard, int number, String note) {
        if (!by.may(Role.APPROVAL))
            throw new NotThere();
        wantNote(note);
        return act(by, standard, number, "SENT_BACK", note.strip(), layer -> {
            if (layer.stage() == LocalLayer.Stage.SENT_BACK)
                return null;
            wantStage(layer, LocalLayer.Stage.PROPOSED);
            return new LayerSentBack(by.authority(), clock.instant(), subject(standard, number), standard, number, by
                    .id());
        }, LocalLayer.Stage.SENT_BACK);
    }

    /// 取下げ. Before it takes effect: a proposal by those who propose, an approved one by those who approve.
    public LocalLayer withdraw(Actor.Officer by, String standard, int number, String note) {
        return act(by, standard, number, "WITHDRAWN", note.strip(), layer -> {
            if (layer.stage() == LocalLayer.Stage.WITHDRAWN)
                return null;
            if (layer.stage() == LocalLayer.Stage.APPROVED) {
                if (!by.may(Role.APPROVAL))
                    throw new Conflict(LayerWords.text("catalogue.layer.conflict.approver-withdraws"));
                if (!layer.from().isAfter(LocalDate.now(clock)))
                    throw new Conflict(LayerWords.text("catalogue.layer.conflict.in-force"));
            } else
                wantStage(layer, LocalLayer.Stage.PROPOSED);
            wantNote(note);
            return new LayerWithdrawn(by.authority(), clock.instant(), subject(standard, number), standard, number, by
                    .id());
        }, LocalLayer.Stage.WITHDRAWN);
    }

    /// 試行の中止. Ends a trial that runs, today its last day.
    public LocalLayer end(Actor.Officer by, String standard, int number, String note) {
        if (!by.may(Role.APPROVAL))
            throw new NotThere();
        wantNote(note);
        var today = LocalDate.now(clock);
        return act(by, standard, number, "ENDED", note.strip(), layer -> {
            if (layer.steps().stream().anyMatch(s -> s.act().equals("ENDED")))
                return null;
            if (!layer.hasTrial() || !layer.covers(today))
                throw new Conflict(LayerWords.text("catalogue.layer.conflict.not-running"));
            return new LayerEnded(by.authority(), clock.instant(), subject(standard, number), standard, number, today,
                    by.id());
        }, LocalLayer.Stage.APPROVED);
    }

    private interface Deed {
        /// Refuses, or tells what happens; null: it has happened already.
        @Nullable
        Event on(LocalLayer layer);
    }

    private LocalLayer act(Actor.Officer by, String standard, int number, String act, String note, Deed deed,
            LocalLayer.Stage to) {
        var authority = by.authority();
        store.run(Scope.of(authority), jdbc -> {
            lock(jdbc, authority, standard);
            var event = deed.on(get(authority, standard, number));
            if (event == null)
                return;
            jdbc.sql("""
                    update catalogue.layer set stage = ?, valid_until = coalesce(nullif(?, '')::date, valid_until)
                    where authority = ? and standard = ? and number = ?
                    """).params(to.name(), event instanceof LayerEnded ended ? ended.until().toString() : "",
                    authority.code(), standard, number).update();
            step(jdbc, by, standard, number, act, note);
            events.append(jdbc, event);
        });
        load().join();
        return get(authority, standard, number);
    }

    private static void lock(JdbcClient jdbc, AuthorityId authority, String standard) {
        jdbc.sql("select pg_advisory_xact_lock(hashtext(?))").param("layer " + authority.code() + standard)
                .query((row, i) -> true).single();
    }

    private void step(JdbcClient jdbc, Actor.Officer by, String standard, int number, String act, String note) {
        jdbc.sql("""
                insert into catalogue.layer_step (authority, standard, number, step, act, officer, officer_name, at, note)
                select ?, ?, ?, 1 + count(*), ?, ?, ?, ?, ? from catalogue.layer_step
                where authority = ? and standard = ? and number = ?
                """).params(by.authority().code(), standard, number, act, by.id(), by.name(),
                Timestamp.from(clock.instant()), note, by.authority().code(), standard, number).update();
    }

    private static String subject(String standard, int number) { return standard + "/" + number; }

    private static void wantStage(LocalLayer layer, LocalLayer.Stage wanted) {
        if (layer.stage() != wanted)
            throw new Conflict(LayerWords.text("catalogue.layer.conflict.too-late"));
    }

    private static void wantNote(String note) {
        if (note.isBlank() || Letters.count(note) > 2_000)
            throw BadInput.of("note", "layer.note", LayerWords.text("catalogue.layer.error.note"));
    }
}
