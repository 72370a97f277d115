package jp.kiban.catalogue;

import java.sql.ResultSet;
import java.sql.SQLException;
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
import java.util.function.Consumer;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Role;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Conflict;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.StandardRef;
import jp.kiban.kernel.Text;
import jp.kiban.kernel.VersionName;
import jp.kiban.letters.Letters;
import jp.kiban.standards.Edition;
import jp.kiban.standards.Fault;
import jp.kiban.standards.PublishedVersions;
import jp.kiban.standards.ServiceStandard;
import jp.kiban.standards.StandardFiles;
import jp.kiban.standards.Standards;
import jp.kiban.store.EventLog;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// 公表の一覧. Every version that a ministry has uploaded, and the acts on it: each by an officer of the ministry the standard
/// belongs to, each naming the act it has seen. Publishing and withdrawing take two people. What is published is read by
/// everybody at once; the day does the rest.
@Component
public final class Publications implements PublishedVersions {
    /// Words that an address below `/catalogue/` already means something else by.
    private static final Set<String> RESERVED = Set.of("publishing", "adoptions", "layers", "feed", "moves", "keys",
            "choices", "trials", "check", "tools");
    private static final String COLUMNS = """
            authority, standard, version, stage, number, sha256, digest, notice_days, pattern, faults::text, in_force_on,
            urgent_reason, corrects, proposed_by, published_at, withdrawn_on, withdrawal_by, withdrawal_reason, jws
            """;

    private final Store store;
    private final EventLog events;
    private final ObjectProvider<Standards> standards;
    private final Signatures signatures;
    private final JsonMapper json;
    private final Clock clock;
    private volatile Map<StandardRef, Publication> open = Map.of();

    Publications(Store store, EventLog events, ObjectProvider<Standards> standards, Signatures signatures,
            JsonMapper json, Clock clock) {
        this.store = store;
        this.events = events;
        this.standards = standards;
        this.signatures = signatures;
        this.json = json;
        this.clock = clock;
    }

    // what everybody may read

    @Override
    public List<Published> published() {
        record Row(Publication publication, Published published) {}
        var rows = store.in(Scope.nation(), jdbc -> jdbc.sql("select " + COLUMNS + ", package from catalogue.version "
                + "where published_at is not null order by published_at, standard, version").query((row, i) -> {
                    var one = publication(row);
                    var files = StandardFiles.ofZip(row.getBytes("package"), new ArrayList<>()).orElseThrow(
                            () -> new IllegalStateException("the package of " + one.ref() + " cannot be read"));
                    if (!files.digest().equals(one.digest()))
                        throw new IllegalStateException("the package of " + one.ref() + " is not the one published");
                    return new Row(one, new Published(files, one.inForceOn().orElse(one.ref().day()), one
                            .withdrawnOn()));
                }).list());
        var known = new LinkedHashMap<StandardRef, Publication>();
        rows.forEach(r -> known.put(r.publication().ref(), r.publication()));
        open = Map.copyOf(known);
        return rows.stream().map(Row::published).toList();
    }

    /// The publication of a version that everybody may read: a shipped one is in force as its name says. `NotThere` for a
    /// draft, whoever asks.
    public Publication of(StandardRef ref) { return of(standards().edition(ref)); }

    private Publication of(Edition edition) {
        var kept = open.get(edition.ref());
        var one = kept != null
                ? kept
                : new Publication(edition.standard().ministry(), edition.ref(), VersionStage.SCHEDULED, 0,
                        StandardFiles.sha256(edition.files().zip()), edition.files().digest(), edition.standard()
                                .noticeDays(),
                        edition.standard().pattern(), List.of(), Optional.of(edition.inForceFrom()), "",
                        before(edition.ref()), "", Optional.empty(), Optional.empty(), "", "", "");
        return one.at(stage(one));
    }

    /// The version of the same day that a shipped correction follows.
    private Optional<VersionName> before(StandardRef ref) {
        return standards().editions(ref.id()).stream().map(e -> e.ref().version()).filter(v -> v.day().equals(ref
                .day()) && v.isBefore(ref.version())).max(Comparator.naturalOrder());
    }

    /// The version that took the place of this one on its own day; empty when none did.
    Optional<VersionName> correctedBy(StandardRef faulty) {
        return history(faulty.id()).stream().filter(p -> p.corrects().equals(Optional.of(faulty.version()))).map(p -> p
                .ref().version()).findFirst();
    }

    /// Every version of the standard that everybody may read, newest first.
    public List<Publication> history(String standard) {
        return standards().editions(standard).stream().map(this::of).sorted(Comparator.comparing(
                (Publication p) -> p.inForceOn().orElse(p.ref().day())).thenComparing(p -> p.ref().version())
                .reversed()).toList();
    }

    /// Where it stands today: the day itself brings into force, and a later version supersedes.
    private VersionStage stage(Publication one) {
        if (one.stage() != VersionStage.SCHEDULED)
            return one.stage();
        var today = today();
        if (one.inForceOn().filter(d -> d.isAfter(today)).isPresent())
            return VersionStage.SCHEDULED;
        return standards().editionInForce(one.ref().id(), today).filter(e -> e.ref().equals(one.ref())).isPresent()
                ? VersionStage.IN_FORCE
                : VersionStage.SUPERSEDED;
    }

    // what the ministry's desk sees

    /// Everything of this ministry, drafts and shipped versions included, newest day first.
    List<Publication> desk(AuthorityId ministry) {
        var all = new ArrayList<Publication>();
        store.run(Scope.of(ministry), jdbc -> all.addAll(jdbc.sql("select " + COLUMNS
                + " from catalogue.version where authority = ?").param(ministry.code())
                .query((row, i) -> publication(row)).list()));
        var now = new ArrayList<>(all.stream().map(p -> p.at(stage(p))).toList());
        for (var standard : standards().all())
            if (standard.ministry().equals(ministry))
                for (var edition : standards().editions(standard.id()))
                    if (all.stream().noneMatch(p -> p.ref().equals(edition.ref())))
                        now.add(of(edition));
        now.sort(Comparator.comparing((Publication p) -> p.inForceOn().orElse(p.ref().day())).reversed()
                .thenComparing(p -> p.ref().id()).thenComparing(p -> p.ref().version(), Comparator.reverseOrder()));
        return now;
    }

    /// One version of this ministry; `NotThere` when it is another's, or nobody's.
    Publication find(AuthorityId ministry, StandardRef ref) {
        var own = store.in(Scope.of(ministry), jdbc -> row(jdbc, ministry, ref, ""));
        if (own.isPresent())
            return own.get().at(stage(own.get()));
        var shipped = standards().edition(ref);
        if (!shipped.standard().ministry().equals(ministry))
            throw new NotThere();
        return of(shipped);
    }

    List<Publication.Act> acts(AuthorityId ministry, StandardRef ref) {
        return store.in(Scope.of(ministry), jdbc -> jdbc.sql("""
                select number, event, stage, at, on_day, officer, officer_name, reason, digest from catalogue.act
                where authority = ? and standard = ? and version = ? order by number
                """).params(ministry.code(), ref.id(), ref.version().text())
                .query((row, i) -> new Publication.Act(row.getInt(1),
                        row.getString(2), VersionStage.valueOf(row.getString(3)), row.getTimestamp(4).toInstant(),
                        row.getObject(5, LocalDate.class), row.getString(6), row.getString(7), row.getString(8),
                        row.getString(9)))
                .list());
    }

    /// The files of a version of this ministry, a draft's included.
    StandardFiles files(AuthorityId ministry, StandardRef ref) {
        var bytes = store.in(Scope.of(ministry), jdbc -> jdbc.sql(
                "select package from catalogue.version where authority = ? and standard = ? and version = ?")
                .params(ministry.code(), ref.id(), ref.version().text()).query((row, i) -> row.getBytes(1)).optional());
        return bytes.flatMap(zip -> StandardFiles.ofZip(zip, new ArrayList<>())).orElseGet(
                () -> standards().edition(ref).files());
    }

    LocalDate today() { return LocalDate.now(clock); }

    // the acts

    /// 提出. Takes a package, checks it, and keeps it as a draft with its faults or as checked without; the same package again
    /// changes nothing. Refuses what cannot be kept at all: no package, another ministry's standard, a published version.
    public Publication upload(Actor.Officer officer, byte[] zip) {
        var ministry = ministry(officer);
        var faults = new ArrayList<Fault>();
        var files = StandardFiles.ofZip(zip, faults);
        if (files.isEmpty())
            throw new BadInput(faults.stream().map(f -> new Finding("file", "catalogue.package", Words.text(
                    "catalogue.error.package", f.told()))).toList());
        var ref = files.get().ref();
        var checked = standards().check(files.get());
        refuse(ministry, ref, checked);
        var normal = files.get().zip();
        var sound = checked.standard();
        var told = checked.inspection().faults().stream().map(Fault::told).toList();
        store.run(Scope.of(ministry), jdbc -> {
            lock(jdbc, ref.id());
            var before = row(jdbc, ministry, ref, "for update");
            var digest = files.get().digest();
            if (before.filter(p -> p.digest().equals(digest) && p.faults().equals(told) && p
                    .stage() != VersionStage.DISCARDED).isPresent())
                return;
            if (before.filter(p -> p.stage() != VersionStage.DRAFT && p.stage() != VersionStage.CHECKED && p
                    .stage() != VersionStage.DISCARDED).isPresent())
                throw new Conflict(Words.text("catalogue.conflict.not-from-here", before.orElseThrow().ref()));
            taken(jdbc, ministry, ref);
            int number = before.map(Publication::number).orElse(0) + 1;
            jdbc.sql("""
                    insert into catalogue.version (authority, standard, version, stage, number, package, sha256, digest,
                        notice_days, pattern, faults)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)
                    on conflict (authority, standard, version) do update set stage = excluded.stage, number = excluded.number,
                        package = excluded.package, sha256 = excluded.sha256, digest = excluded.digest,
                        notice_days = excluded.notice_days, pattern = excluded.pattern, faults = excluded.faults
                    """)
                    .params(ministry.code(), ref.id(), ref.version().text(), VersionStage.DRAFT.name(), number, normal,
                            StandardFiles.sha256(normal), digest, sound.map(ServiceStandard::noticeDays).orElse(0),
                            sound.map(s -> s.pattern().name()).orElse("A"), json.writeValueAsString(told))
                    .update();
            append(jdbc, officer, ref, number, VersionUploaded.class, VersionStage.DRAFT, "", digest);
            events.append(jdbc, new VersionUploaded(ministry, clock.instant(), ref.toString(), ref, digest, officer
                    .id()));
            if (sound.isPresent()) {
                jdbc.sql(
                        "update catalogue.version set stage = ?, number = ? where authority = ? and standard = ? and version = ?")
                        .params(VersionStage.CHECKED.name(), number + 1, ministry.code(), ref.id(),
                                ref.version().text())
                        .update();
                append(jdbc, officer, ref, number + 1, VersionChecked.class, VersionStage.CHECKED, "", digest);
                events.append(jdbc, new VersionChecked(ministry, clock.instant(), ref.toString(), ref, digest, checked
                        .inspection().examples(), officer.id()));
            }
        });
        return find(ministry, ref);
    }

    private void refuse(AuthorityId ministry, StandardRef ref, Standards.Checked checked) {
        var findings = new ArrayList<Finding>();
        if (RESERVED.contains(ref.id()))
            findings.add(new Finding("file", "catalogue.reserved", Words.text("catalogue.error.reserved", ref.id())));
        checked.standard().filter(s -> !s.ministry().equals(ministry)).ifPresent(s -> findings.add(new Finding("file",
                "catalogue.ministry", Words.text("catalogue.error.ministry", s.ministry().code()))));
        standards().all().stream().filter(s -> s.id().equals(ref.id())).forEach(s -> {
            if (!s.ministry().equals(ministry))
                findings.add(new Finding("file", "catalogue.other", Words.text("catalogue.error.other", ref.id())));
            else if (s.versions().stream().anyMatch(v -> v.ref().equals(ref)))
                findings.add(new Finding("file", "catalogue.published", Words.text("catalogue.error.published", ref
                        .toString())));
        });
        if (!findings.isEmpty())
            throw new BadInput(findings);
    }

    /// An id belongs to the ministry that used it first, drafts included.
    private static void taken(JdbcClient jdbc, AuthorityId ministry, StandardRef ref) {
        jdbc.sql("insert into catalogue.owner (standard, ministry) values (?, ?) on conflict do nothing")
                .params(ref.id(), ministry.code()).update();
        if (jdbc.sql("select count(*) from catalogue.owner where standard = ? and ministry = ?").params(ref.id(),
                ministry.code()).query(Integer.class).single() == 0)
            throw BadInput.of("file", "catalogue.other", Words.text("catalogue.error.other", ref.id()));
    }

    /// 公表の提案. From which day; with less notice than promised only as urgent, with a reason that everybody will read; the
    /// same day only in place of a faulty version that is in force.
    public Publication propose(Actor.Officer officer, StandardRef ref, int seen, LocalDate day, String urgentReason,
            Optional<VersionName> corrects) {
        return act(officer, ref, seen, PublicationProposed.class, urgentReason, acting -> {
            var findings = new ArrayList<Finding>();
            long notice = ChronoUnit.DAYS.between(today(), day);
            if (notice < 0)
                findings.add(new Finding("day", "catalogue.day-past", Words.text("catalogue.error.day-past")));
            if (corrects.isPresent())
                corrected(ref, corrects.get(), day, findings);
            else if (ref.version().isCorrection())
                findings.add(new Finding("corrects", "catalogue.corrects-missing", Words.text(
                        "catalogue.error.corrects-missing", ref.version().text())));
            if (!day.equals(ref.day()))
                findings.add(new Finding("day", "catalogue.day-name", Words.text("catalogue.error.day-name", ref
                        .day().toString())));
            int promised = promised(acting.before);
            if (urgentReason.isBlank() && corrects.isPresent())
                findings.add(new Finding("reason", "catalogue.correction-reason", Words.text(
                        "catalogue.error.correction-reason")));
            else if (urgentReason.isBlank() && notice >= 0 && notice < promised)
                findings.add(new Finding("reason", "catalogue.lead-time", Words.text("catalogue.error.lead-time",
                        promised, notice)));
            if (Letters.count(urgentReason) > 2_000)
                findings.add(new Finding("reason", "catalogue.reason-long", Words.text("catalogue.error.reason-long")));
            if (!findings.isEmpty())
                throw new BadInput(findings);
            acting.set("in_force_on = ?, urgent_reason = ?, corrects = nullif(?, ''), proposed_by = ?", day,
                    urgentReason.strip(), corrects.map(VersionName::text).orElse(""), officer.id());
            acting.tell(new PublicationProposed(officer.authority(), clock.instant(), ref.toString(), ref, day,
                    !urgentReason.isBlank(), officer.id()));
        });
    }

    /// Both promises are kept: the one that municipalities were given with the version in force, and the new one.
    int promised(Publication one) {
        var now = standards().all().stream().filter(s -> s.id().equals(one.ref().id())).findFirst()
                .flatMap(s -> standards().editionInForce(s.id(), today()));
        return Math.max(one.noticeDays(), now.map(e -> e.standard().noticeDays()).orElse(0));
    }

    private void corrected(StandardRef ref, VersionName faulty, LocalDate day, List<Finding> findings) {
        var now = standards().all().stream().filter(s -> s.id().equals(ref.id())).findFirst()
                .flatMap(s -> standards().editionInForce(s.id(), today()));
        if (now.isEmpty() || !now.get().ref().version().equals(faulty) || !now.get().inForceFrom().equals(today())
                || !day.equals(today()))
            findings.add(new Finding("corrects", "catalogue.corrects", Words.text("catalogue.error.corrects")));
        else if (!correction(now.get().ref()).equals(Optional.of(ref.version())))
            findings.add(new Finding("corrects", "catalogue.correction-name", correction(now.get().ref()).map(
                    name -> Words.text("catalogue.error.correction-name", faulty.text(), name.text(), ref.version()
                            .text()))
                    .orElseGet(() -> Words.text("catalogue.error.corrections-full", faulty.day()
                            .toString()))));
    }

    /// The name that a correction of this version takes: the day with the next number that was not published yet, so that a
    /// name once read by anybody never means another text. Empty after the last of a day.
    Optional<VersionName> correction(StandardRef faulty) {
        return standards().editions(faulty.id()).stream().map(e -> e.ref().version()).filter(v -> v.day().equals(faulty
                .day())).max(Comparator.naturalOrder()).orElse(faulty.version()).next();
    }

    /// Takes the proposal back, or sends it back: to publish, or to withdraw.
    public Publication undoProposal(Actor.Officer officer, StandardRef ref, int seen, String reason) {
        return act(officer, ref, seen, ProposalUndone.class, wanted(reason), acting -> {
            if (acting.before.stage().isPublic() && acting.before.withdrawalBy().isEmpty())
                throw new Conflict(Words.text("catalogue.conflict.not-from-here", ref));
            acting.set(acting.before.stage().isPublic()
                    ? "withdrawal_by = '', withdrawal_reason = ''"
                    : "in_force_on = null, urgent_reason = '', corrects = null, proposed_by = ''");
            acting.tell(new ProposalUndone(officer.authority(), clock.instant(), ref.toString(), ref, officer.id()));
        });
    }

    /// 承認. The second person; from here on the version is public, signed and unchangeable, and its day will come.
    public Publication approve(Actor.Officer officer, StandardRef ref, int seen) {
        return act(officer, ref, seen, VersionPublished.class, "", acting -> {
            var one = acting.before;
            if (one.proposedBy().equals(officer.id()))
                throw new Conflict(Words.text("catalogue.conflict.two-persons"));
            var day = one.inForceOn().orElseThrow();
            var findings = new ArrayList<Finding>();
            long notice = ChronoUnit.DAYS.between(today(), day);
            if (notice < 0)
                findings.add(new Finding("day", "catalogue.day-past", Words.text("catalogue.error.day-past")));
            else if (!one.urgent() && notice < promised(one))
                findings.add(new Finding("reason", "catalogue.lead-time", Words.text("catalogue.error.lead-time",
                        promised(one), notice)));
            one.corrects().ifPresent(faulty -> corrected(ref, faulty, day, findings));
            standards().faults(acting.files())
                    .forEach(f -> findings.add(new Finding("file", "catalogue.fault", f.told())));
            if (!findings.isEmpty())
                throw new BadInput(findings);
            var at = clock.instant();
            acting.set("published_at = ?, jws = ?", Timestamp.from(at), signatures.sign(officer.authority(), acting
                    .files(), at));
            acting.tell(new VersionPublished(officer.authority(), at, ref.toString(), ref, day, one.urgent(), one
                    .digest(), one.proposedBy(), officer.id()));
        });
    }

    /// 公表の取り消し. Before its day, with a reason; from its day on there is only the withdrawal.
    public Publication undoPublication(Actor.Officer officer, StandardRef ref, int seen, String reason) {
        return act(officer, ref, seen, PublicationUndone.class, wanted(reason), acting -> {
            acting.set(
                    "published_at = null, jws = '', in_force_on = null, urgent_reason = '', corrects = null, proposed_by = ''");
            acting.tell(new PublicationUndone(officer.authority(), clock.instant(), ref.toString(), ref, officer
                    .id()));
        });
    }

    /// 廃止の提案.
    public Publication proposeWithdrawal(Actor.Officer officer, StandardRef ref, int seen, String reason) {
        return act(officer, ref, seen, WithdrawalProposed.class, wanted(reason), acting -> {
            acting.set("withdrawal_by = ?, withdrawal_reason = ?", officer.id(), reason.strip());
            acting.tell(new WithdrawalProposed(officer.authority(), clock.instant(), ref.toString(), ref, officer
                    .id()));
        });
    }

    /// 廃止. The second person; from today on nobody applies under it, and its running cases keep it.
    public Publication withdraw(Actor.Officer officer, StandardRef ref, int seen) {
        return act(officer, ref, seen, VersionWithdrawn.class, "", acting -> {
            if (acting.before.withdrawalBy().isEmpty())
                throw new Conflict(Words.text("catalogue.conflict.not-from-here", ref));
            if (acting.before.withdrawalBy().equals(officer.id()))
                throw new Conflict(Words.text("catalogue.conflict.two-persons"));
            acting.set("withdrawn_on = ?", today());
            acting.tell(new VersionWithdrawn(officer.authority(), clock.instant(), ref.toString(), ref, today(),
                    officer.id()));
        });
    }

    /// Gives a draft up; the same version may be uploaded again.
    public Publication discard(Actor.Officer officer, StandardRef ref, int seen) {
        return act(officer, ref, seen, DraftDiscarded.class, "", acting -> acting.tell(new DraftDiscarded(officer
                .authority(), clock.instant(), ref.toString(), ref, officer.id())));
    }

    /// What the officer may do next; what the page offers and what an act checks are this one list.
    Set<Class<? extends Event>> mayDo(Actor.Officer officer, Publication one) {
        var acts = new java.util.LinkedHashSet<Class<? extends Event>>();
        for (var edge : VersionStage.all())
            if (edge.from() == one.stage() && officer.may(Role.MINISTRY) && allowed(officer, one, edge.by()))
                acts.add(edge.by());
        return acts;
    }

    private static boolean allowed(Actor.Officer officer, Publication one, Class<? extends Event> by) {
        boolean withdrawing = !one.withdrawalBy().isEmpty();
        if (by == VersionPublished.class)
            return !one.proposedBy().equals(officer.id());
        if (by == VersionWithdrawn.class)
            return withdrawing && !one.withdrawalBy().equals(officer.id());
        if (by == WithdrawalProposed.class)
            return !withdrawing;
        if (by == ProposalUndone.class)
            return one.stage() == VersionStage.PROPOSED || withdrawing;
        return by != VersionUploaded.class && by != VersionChecked.class && by != CameIntoForce.class
                && by != Superseded.class;
    }

    // what the day does

    /// Writes down what the day has brought: that a published version came into force, and that a later one took its place.
    /// What counts is the day itself; this is its record, kept once.
    void keepDays() {
        for (var one : List.copyOf(open.values())) {
            var stage = stage(one);
            if (stage != VersionStage.IN_FORCE && stage != VersionStage.SUPERSEDED)
                continue;
            var known = acts(one.ministry(), one.ref()).stream().map(Publication.Act::event).toList();
            if (known.isEmpty())
                continue;
            if (!known.contains(CameIntoForce.class.getSimpleName()))
                day(one, VersionStage.IN_FORCE, CameIntoForce.class, new CameIntoForce(one.ministry(), clock.instant(),
                        one.ref().toString(), one.ref(), one.inForceOn().orElse(one.ref().day())));
            if (stage == VersionStage.SUPERSEDED && !known.contains(Superseded.class.getSimpleName()))
                standards().editionInForce(one.ref().id(), today()).ifPresent(by -> day(one, VersionStage.SUPERSEDED,
                        Superseded.class, new Superseded(one.ministry(), clock.instant(), one.ref().toString(), one
                                .ref(), by.ref())));
        }
    }

    private void day(Publication one, VersionStage to, Class<? extends Event> by, Event event) {
        boolean kept = store.in(Scope.of(one.ministry()), jdbc -> {
            lock(jdbc, one.ref().id());
            var now = row(jdbc, one.ministry(), one.ref(), "for update").orElseThrow();
            if (acts(one.ministry(), one.ref()).stream().anyMatch(a -> a.event().equals(by.getSimpleName())))
                return false;
            jdbc.sql("update catalogue.version set number = ? where authority = ? and standard = ? and version = ?")
                    .params(now.number() + 1, one.ministry().code(), one.ref().id(), one.ref().version().text())
                    .update();
            jdbc.sql("""
                    insert into catalogue.act (authority, standard, version, number, event, stage, at, on_day, digest)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """).params(one.ministry().code(), one.ref().id(), one.ref().version().text(), now.number() + 1, by
                    .getSimpleName(), to.name(), Timestamp.from(clock.instant()), today(), one.digest()).update();
            events.append(jdbc, event);
            return true;
        });
        if (kept)
            standards().refresh();
    }

    // how an act is done

    private final class Acting {
        final JdbcClient jdbc;
        final Actor.Officer officer;
        final Publication before;
        private String sets = "";
        private final List<@Nullable Object> values = new ArrayList<>();
        private @Nullable Event told;

        Acting(JdbcClient jdbc, Actor.Officer officer, Publication before) {
            this.jdbc = jdbc;
            this.officer = officer;
            this.before = before;
        }

        void set(String columns, Object... given) {
            sets = columns;
            values.addAll(List.of(given));
        }

        void tell(Event event) { told = event; }

        StandardFiles files() {
            return StandardFiles.ofZip(jdbc.sql(
                    "select package from catalogue.version where authority = ? and standard = ? and version = ?")
                    .params(before.ministry().code(), before.ref().id(), before.ref().version().text())
                    .query((row, i) -> row.getBytes(1)).single(), new ArrayList<>()).orElseThrow();
        }
    }

    private Publication act(Actor.Officer officer, StandardRef ref, int seen, Class<? extends Event> by, String reason,
            Consumer<Acting> deed) {
        var ministry = ministry(officer);
        var shown = find(ministry, ref);
        var again = store.in(Scope.of(ministry), jdbc -> {
            lock(jdbc, ref.id());
            var row = row(jdbc, ministry, ref, "for update");
            if (row.isEmpty())
                adopt(jdbc, shown);
            var kept = row.orElse(shown);
            var before = kept.at(stage(kept));
            if (before.number() != seen) {
                var missed = acts(ministry, ref).stream().filter(a -> a.number() > seen).toList();
                if (!missed.isEmpty() && missed.getFirst().officer().equals(officer.id())
                        && missed.getFirst().event().equals(by.getSimpleName()))
                    return true;
                throw new Conflict(Words.text("catalogue.conflict.too-late"));
            }
            var to = before.stage().after(by).orElseThrow(() -> new Conflict(Words.text(
                    "catalogue.conflict.not-from-here", ref)));
            var acting = new Acting(jdbc, officer, before);
            deed.accept(acting);
            // what the day brings is not written down: a published version is kept as scheduled until it is withdrawn
            var kind = to == VersionStage.IN_FORCE || to == VersionStage.SUPERSEDED ? VersionStage.SCHEDULED : to;
            var values = new ArrayList<@Nullable Object>(acting.values);
            values.add(kind.name());
            values.add(seen + 1);
            values.add(ministry.code());
            values.add(ref.id());
            values.add(ref.version().text());
            jdbc.sql("update catalogue.version set " + (acting.sets.isEmpty() ? "" : acting.sets + ", ")
                    + "stage = ?, number = ? where authority = ? and standard = ? and version = ?").params(values)
                    .update();
            append(jdbc, officer, ref, seen + 1, by, to, reason.strip(), before.digest());
            Optional.ofNullable(acting.told).ifPresent(event -> events.append(jdbc, event));
            return false;
        });
        if (!again)
            standards().refresh();
        return find(ministry, ref);
    }

    /// A version that was shipped gets its row when somebody acts on it.
    private void adopt(JdbcClient jdbc, Publication shipped) {
        var edition = standards().edition(shipped.ref());
        var at = clock.instant();
        taken(jdbc, shipped.ministry(), shipped.ref());
        jdbc.sql("""
                insert into catalogue.version (authority, standard, version, stage, number, package, sha256, digest,
                    notice_days, pattern, in_force_on, published_at, jws)
                values (?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?)
                """).params(shipped.ministry().code(), shipped.ref().id(), shipped.ref().version().text(),
                VersionStage.SCHEDULED.name(), edition.files().zip(), shipped.sha256(), shipped.digest(), shipped
                        .noticeDays(),
                shipped.pattern().name(), edition.inForceFrom(), Timestamp.from(at), signatures.sign(shipped
                        .ministry(), edition.files(), at))
                .update();
    }

    private void append(JdbcClient jdbc, Actor.Officer officer, StandardRef ref, int number, Class<? extends Event> by,
            VersionStage to, String reason, String digest) {
        jdbc.sql("""
                insert into catalogue.act (authority, standard, version, number, event, stage, at, on_day, officer,
                    officer_name, reason, digest)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
                .params(officer.authority().code(), ref.id(), ref.version().text(), number, by.getSimpleName(),
                        to.name(),
                        Timestamp.from(clock.instant()), today(), officer.id(), officer.name(), reason, digest)
                .update();
    }

    private static void lock(JdbcClient jdbc, String standard) {
        jdbc.sql("select pg_advisory_xact_lock(hashtext(?))").param("catalogue " + standard).query((row, i) -> true)
                .single();
    }

    private static Optional<Publication> row(JdbcClient jdbc, AuthorityId ministry, StandardRef ref, String lock) {
        return jdbc.sql("select " + COLUMNS
                + " from catalogue.version where authority = ? and standard = ? and version = ? " + lock).params(
                        ministry.code(), ref.id(), ref.version().text())
                .query((row, i) -> publication(row)).optional();
    }

    private static Publication publication(ResultSet row) throws SQLException {
        var faults = new ArrayList<Text>();
        READER.readTree(row.getString(10)).forEach(f -> faults.add(f.isString()
                ? Text.same(f.asString())
                : READER.treeToValue(f, Text.class)));
        return new Publication(AuthorityId.of(row.getString(1)), new StandardRef(row.getString(2), VersionName.parse(
                row.getString(3))), VersionStage.valueOf(row.getString(4)), row.getInt(5), row.getString(6),
                row.getString(7), row.getInt(8), ServiceStandard.Pattern.valueOf(row.getString(9)), faults,
                Optional.ofNullable(row.getObject(11, LocalDate.class)), row.getString(12), Optional.ofNullable(row
                        .getString(13)).map(VersionName::parse),
                row.getString(14), Optional.ofNullable(row.getTimestamp(15)).map(Timestamp::toInstant), Optional
                        .ofNullable(row.getObject(16, LocalDate.class)),
                row.getString(17), row.getString(18), row.getString(19));
    }

    private static final JsonMapper READER = JsonMapper.builder().build();

    private Standards standards() { return standards.getObject(); }

    private static AuthorityId ministry(Actor.Officer officer) {
        if (!officer.may(Role.MINISTRY))
            throw new IllegalStateException(officer.id() + " is not of a ministry");
        return officer.authority();
    }

    private static String wanted(String reason) {
        if (reason.isBlank())
            throw BadInput.of("reason", "catalogue.reason-wanted", Words.text("catalogue.error.reason"));
        if (Letters.count(reason) > 2_000)
            throw BadInput.of("reason", "catalogue.reason-long", Words.text("catalogue.error.reason-long"));
        return reason;
    }
}
