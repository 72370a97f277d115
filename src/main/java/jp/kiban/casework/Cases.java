package jp.kiban.casework;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jp.kiban.catalogue.Layers;
import jp.kiban.flow.FlowDrawing;
import jp.kiban.flow.FlowEvent;
import jp.kiban.flow.Node;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Role;
import jp.kiban.kernel.ActingDay;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Conflict;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Holidays;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.PersonId;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.StandardRef;
import jp.kiban.kernel.VersionName;
import jp.kiban.kernel.Yen;
import jp.kiban.letters.Letters;
import jp.kiban.standards.Judgement;
import jp.kiban.standards.StandardVersion;
import jp.kiban.standards.Standards;
import jp.kiban.standards.Variations;
import jp.kiban.store.EventLog;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import jp.kiban.submission.Channel;
import jp.kiban.submission.Dispute;
import jp.kiban.submission.Submission;
import jp.kiban.submission.Submissions;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// 事案の一覧. Every case of an authority, and the acts on it. An act is done by an officer of the authority, names the
/// version of the case it has seen, and appends one step to the history, in one transaction with its event. Sent twice,
/// it is done once; sent after somebody else has acted, it is a `Conflict` that says who did what.
@Component
public final class Cases {
    static final String COLUMNS = """
            receipt, person, standard, standard_version, arrived_at, arrived_on, applicant, kana, channel, stage, version,
            paused_days, paused_since, period_days, nullif(due_on, 'infinity') as due_on, suggests, duplicate, disputes, reviewer, reminder, trial
            """;

    private final Store store;
    private final EventLog events;
    private final Submissions submissions;
    private final Standards standards;
    private final Layers layers;
    private final Notices notices;
    private final Hints hints;
    private final CaseFlow flow;
    private final ObjectProvider<StraightThrough> straight;
    private final JsonMapper json;
    private final Clock clock;

    Cases(Store store, EventLog events, Submissions submissions, Standards standards, Layers layers,
            Notices notices, Hints hints, CaseFlow flow, ObjectProvider<StraightThrough> straight, JsonMapper json,
            Clock clock) {
        this.straight = straight;
        this.store = store;
        this.events = events;
        this.submissions = submissions;
        this.standards = standards;
        this.layers = layers;
        this.notices = notices;
        this.hints = hints;
        this.flow = flow;
        this.json = json;
        this.clock = clock;
    }

    // what others may ask

    /// The case; `NotThere` when this authority has none of that number.
    public Case find(AuthorityId authority, ReceiptNumber receipt) {
        return store.in(Scope.of(authority), jdbc -> find(jdbc, authority, receipt, ""));
    }

    /// The numbers of every case of this authority, in the order of arrival.
    public List<ReceiptNumber> receipts(AuthorityId authority) {
        return store.in(Scope.of(authority), jdbc -> jdbc
                .sql("select receipt from casework.case_file where authority = ? order by arrived_at, receipt")
                .params(authority.code()).query((row, i) -> ReceiptNumber.of(row.getString(1))).list());
    }

    /// The stage of the case; empty when this authority has no such case.
    public Optional<CaseStage> stage(AuthorityId authority, ReceiptNumber receipt) {
        return store.in(Scope.of(authority), jdbc -> jdbc
                .sql("select stage from casework.case_file where authority = ? and receipt = ?")
                .params(authority.code(), receipt.text()).query(String.class).optional().map(CaseStage::valueOf));
    }

    /// The decision, with everything it rests on; empty when nothing has been decided.
    public Optional<Decision> decision(AuthorityId authority, ReceiptNumber receipt) {
        return store.in(Scope.of(authority), jdbc -> jdbc.sql("""
                select kind, judgement::text, overrule::text, proposer, approver, decided_on from casework.decision
                where authority = ? and receipt = ?
                """).params(authority.code(), receipt.text())
                .query((row, i) -> Decision.of(DecisionKind.valueOf(row.getString(1)), new Decision.Basis(
                        json.readValue(row.getString(2), Judgement.class),
                        Optional.ofNullable(row.getString(3)).map(text -> json.readValue(text, Overrule.class)),
                        row.getString(4), row.getString(5), row.getObject(6, LocalDate.class))))
                .optional());
    }

    /// The grants decided until this moment, by receipt number: only what they owe, for whoever checks that money agrees.
    public List<Granted> grants(AuthorityId authority, Instant until) {
        return store.in(Scope.of(authority), jdbc -> jdbc.sql("""
                select d.receipt, c.person, c.standard || '@' || c.standard_version, d.decided_at, (d.judgement->'months')::text,
                       coalesce(d.judgement->'once', '[]')::text
                from casework.decision d join casework.case_file c on (c.authority, c.receipt) = (d.authority, d.receipt)
                where d.authority = ? and d.kind = 'GRANT' and d.decided_at <= ? order by d.receipt
                """).params(authority.code(), Timestamp.from(until))
                .query((row, i) -> new Granted(ReceiptNumber.of(row.getString(1)), PersonId.of(row.getString(2)),
                        StandardRef.parse(row.getString(3)), row.getTimestamp(4).toInstant(),
                        List.of(json.readValue(row.getString(5), Judgement.MonthlyAmount[].class)),
                        List.of(json.readValue(row.getString(6), Judgement.AmountLine[].class))))
                .list());
    }

    /// Judges again what the decision rested on, years later if need be: true when the same rules still say the same of
    /// the same inputs.
    public boolean replays(Decision decision, LocalDate arrivedOn) {
        var kept = decision.basis().judgement();
        var again = standards.version(kept.version()).judge(kept.inputs(), arrivedOn, valuesOf(kept));
        return json.valueToTree(again).equals(json.readTree(json.writeValueAsString(kept)))
                || json.readTree(json.writeValueAsString(again)).equals(json.readTree(json.writeValueAsString(kept)));
    }

    private Variations.Values valuesOf(Judgement kept) {
        var variations = standards.version(kept.version()).variations();
        var local = new java.util.LinkedHashMap<String, JsonNode>();
        kept.parameters().forEach((key, value) -> {
            if (variations.find(key).isPresent())
                local.put(key, value);
        });
        return variations.merge(local);
    }

    // what the acts need to see

    List<Step> steps(AuthorityId authority, ReceiptNumber receipt) {
        return store.in(Scope.of(authority), jdbc -> steps(jdbc, authority, receipt, 0));
    }

    /// The proposal that waits for a decision.
    Optional<Proposal> proposal(AuthorityId authority, ReceiptNumber receipt) {
        return steps(authority, receipt).stream().filter(s -> s.event().equals("Proposed"))
                .reduce((earlier, later) -> later).map(s -> json.treeToValue(s.detail(), Proposal.class));
    }

    Submission submission(Case file) { return submissions.find(file.authority(), file.receipt()); }

    /// The case's version, with what its municipality adds to the form.
    StandardVersion standard(Case file) {
        return layers.form(file.authority(), standards.version(file.standard()), file.arrivedOn());
    }

    /// The values of the case's own day, of a trial if it belongs to one.
    Variations.Values values(Case file) {
        return layers.values(file.authority(), standard(file), file.arrivedOn(), file.trial());
    }

    /// What the rules say of these answers, filed on the day of arrival, by the values in force then.
    Judgement judge(Case file, JsonNode answers) {
        return standard(file).judge(answers, file.arrivedOn(), values(file));
    }

    LocalDate today() { return LocalDate.now(clock); }

    // the door

    /// Opens the case of what was received; once, however often it is told.
    void open(JdbcClient jdbc, AuthorityId authority, ReceiptNumber receipt) {
        var submission = submissions.find(authority, receipt);
        var day = LocalDate.ofInstant(submission.firstArrivedAt(), clock.getZone());
        var drawn = layers.drawn(authority, standards.version(submission.standard()), day, receipt,
                submission.applicant());
        var trial = drawn.flatMap(Layers.Drawn::number);
        var values = layers.values(authority, standards.version(submission.standard()), day, trial);
        int period = standards.version(submission.standard()).standardPeriodDays(values).getDays();
        var due = ProcessingClock.start(day, period).due(Holidays::isOfficeDay);
        var judged = standards.version(submission.standard()).judge(submission.answers(), day, values);
        var suggests = DecisionKind.of(judged.outcome()).name();
        int opened = jdbc.sql("""
                insert into casework.case_file (authority, receipt, person, standard, standard_version, arrived_at, arrived_on,
                    applicant, kana, channel, stage, version, period_days, due_on, suggests, disputes, trial)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, coalesce(nullif(?, '')::date, date 'infinity'), ?, ?, nullif(?, 0))
                on conflict do nothing
                """).params(authority.code(), receipt.text(), submission.person().number(),
                submission.standard().id(), submission.standard().version().text(),
                Timestamp.from(submission.firstArrivedAt()), day, name(submission, "name"),
                CaseList.searchKey(name(submission, "kana")),
                submission.channel().name(), CaseStage.RECEIVED.name(), period, text(due), suggests,
                submission.disputes().size(), trial.orElse(0)).update();
        if (opened == 0)
            return;
        keepBeneficiaries(jdbc, submission);
        events.append(jdbc, new CaseOpened(authority, clock.instant(), receipt.text(), receipt,
                submission.standard()));
        drawn.ifPresent(d -> events.append(jdbc, new TrialDrawn(authority, clock.instant(), receipt.text(), receipt,
                submission.standard(), d.trial(), d.eligible(), d.inside(), submission.effort().seconds(), submission
                        .effort().typedFields(),
                submission.channel() != Channel.COUNTER)));
        begin(jdbc, find(jdbc, authority, receipt, ""), submission, judged);
    }

    /// The flow of the standard begins, and decides a simple case at once where the standard lets it.
    private void begin(JdbcClient jdbc, Case file, Submission submission, Judgement judged) {
        var version = standards.version(file.standard());
        boolean simple = simple(jdbc, version, file, submission, judged);
        if (simple && file.authority().isTest())
            ActingDay.on(file.arrivedOn(), () -> {
                begin(jdbc, file, submission, judged, version, true);
                return true;
            });
        else
            begin(jdbc, file, submission, judged, version, simple);
    }

    private void begin(JdbcClient jdbc, Case file, Submission submission, Judgement judged, StandardVersion version,
            boolean simple) {
        var result = CaseFlow.result(CaseOpened.class);
        result.put("automatic", simple);
        var doing = new Doing(jdbc, file, submission, () -> judged);
        var went = flow.start(jdbc, file, CaseFlow.facts(version, submission::answers, () -> judged, result), doing);
        boolean decided = doing.decision.isPresent();
        var stage = went.map(CaseFlow.Went::stage).orElse(CaseStage.RECEIVED);
        append(jdbc, file.authority(), file.receipt(), 1, "CaseOpened", decided ? CaseStage.RECEIVED : stage,
                file.arrivedAt(), Optional.empty(), "", Map.of("revision", submission.revision()));
        if (!decided && stage != CaseStage.RECEIVED)
            jdbc.sql("update casework.case_file set stage = ? where authority = ? and receipt = ?")
                    .params(stage.name(), file.authority().code(), file.receipt().text()).update();
        doing.decision.ifPresent(decision -> {
            append(jdbc, file.authority(), file.receipt(), 2, "DecidedUntouched", stage, clock.instant(),
                    Optional.empty(), "", Map.of("kind", decision.kind()));
            move(jdbc, file, stage, file.clock(), "");
            events.append(jdbc, decided(file, decision));
            events.append(jdbc, new DecidedUntouched(file.authority(), clock.instant(), file.receipt().text(),
                    file.receipt(), file.standard(), decision.kind()));
        });
        went.ifPresent(w -> w.deeds().forEach(deed -> deed.accept(file)));
        doing.decision.filter(decision -> !notified(version, decision))
                .ifPresent(decision -> notices.decision(jdbc, file, decision, values(file)));
    }

    /// Whether the standard lets this case be decided without hands, and nothing about it wants a person to look. An invented
    /// authority decides when the test asks it to, on the day that the test names, unless the test wants this looked at.
    private boolean simple(JdbcClient jdbc, StandardVersion version, Case file, Submission submission,
            Judgement judged) {
        if (version.terms().automatic().isEmpty() || file.duplicate() || !submission.disputes().isEmpty()
                || file.authority().isTest() && straight.stream().noneMatch(s -> s.isOn(jdbc, file.authority())))
            return false;
        return version.decidesItself(submission.answers(), judged);
    }

    /// Whether the flow itself sends the notice of this decision.
    private static boolean notified(StandardVersion version, Decision decision) {
        return version.flow().stream().flatMap(f -> f.nodes().stream()).anyMatch(
                node -> node instanceof Node.Send send && send.notice().equals(Notices.kind(decision.kind())));
    }

    /// 手. What the tasks of the flow do on this case.
    private final class Doing implements CaseFlow.Tasks {
        private final JdbcClient jdbc;
        private final Case file;
        private final Submission submission;
        private final Supplier<Judgement> judgement;
        Optional<Decision> decision = Optional.empty();
        /// Who is late when a timer is what goes on.
        Optional<Hint.Kind> late = Optional.empty();

        Doing(JdbcClient jdbc, Case file, Submission submission, Supplier<Judgement> judgement) {
            this.jdbc = jdbc;
            this.file = file;
            this.submission = submission;
            this.judgement = judgement;
        }

        @Override
        public Judgement judge() { return judgement.get(); }

        @Override
        public Judgement.Outcome decideUntouched(List<Consumer<Case>> deeds) {
            var judged = judgement.get();
            var made = Decision.of(DecisionKind.of(judged.outcome()), new Decision.Basis(judged, Optional.empty(),
                    file.standard().toString(), "automatic", today()));
            decision = Optional.of(made);
            keep(jdbc, file, made);
            return judged.outcome();
        }

        @Override
        public void notice(Case file, String kind) {
            var made = decision.or(() -> decision(file.authority(), file.receipt()));
            if (made.filter(d -> Notices.kind(d.kind()).equals(kind)).isPresent())
                notices.decision(jdbc, file, made.get(), values(file));
            else
                notices.other(jdbc, file, kind);
        }

        @Override
        public void serve(Case file, Node.Service service) {
            if (service.does().equals("remind")) {
                jdbc.sql("update casework.case_file set reminder = ? where authority = ? and receipt = ?")
                        .params(service.name(), file.authority().code(), file.receipt().text()).update();
                late.ifPresent(whose -> hints.late(jdbc, file, whose));
            } else if (service.does().startsWith("open:")) {
                var opens = service.does().substring("open:".length());
                hints.next(jdbc, file, opens, service.within());
                events.append(jdbc, new NextOffered(file.authority(), clock.instant(), file.receipt().text(),
                        file.receipt(), file.standard(), opens));
            }
            // what is paid follows from the decision, and what is recorded is the step itself
        }
    }

    void hold(JdbcClient jdbc, AuthorityId authority, ReceiptNumber receipt) {
        find(jdbc, authority, receipt, "for update");
    }

    /// A time in the flow has come: it acts, and the officers are told.
    void due(JdbcClient jdbc, AuthorityId authority, ReceiptNumber receipt, FlowEvent.Due due) {
        var file = find(jdbc, authority, receipt, "for update");
        flow.of(jdbc, file).ifPresent(now -> {
            var submission = submissions.find(authority, receipt);
            Supplier<Judgement> judgement = () -> judge(file, submission.answers());
            var doing = new Doing(jdbc, file, submission, judgement);
            doing.late = now.host(due.timer())
                    .map(host -> CaseFlow.isResidents(host) ? Hint.Kind.YOURS : Hint.Kind.OURS);
            flow.go(jdbc, file, now, due, CaseFlow.facts(now.version(), submission::answers, judgement,
                    CaseFlow.result(CaseReminded.class)), doing)
                    .ifPresent(went -> {
                        append(jdbc, authority, receipt, file.version() + 1, "CaseReminded", went.stage(),
                                clock.instant(), Optional.empty(), now.flow().node(due.timer()).name(),
                                Map.of("timer", due.timer()));
                        move(jdbc, file, went.stage(), went.stage() == CaseStage.CORRECTION
                                || file.clock().pausedSince().isEmpty() ? file.clock() : file.clock().resume(today()),
                                file.reviewer());
                        events.append(jdbc, new CaseReminded(authority, clock.instant(), receipt.text(), receipt,
                                file.standard(), due.timer(), went.stage()));
                        went.deeds().forEach(deed -> deed.accept(file));
                    });
        });
    }

    /// The applicant as the register named them; as they typed it where no register could be asked.
    private static String name(Submission submission, String part) {
        return submission.evidence().stream().filter(e -> e.item().equals("resident.person"))
                .flatMap(e -> e.value().stream()).map(v -> v.path(part).asString("")).filter(s -> !s.isBlank())
                .findFirst().orElseGet(() -> submission.answers().path("claimant").path(part).asString(""));
    }

    /// Items in which the register of residents names persons.
    private static final Set<String> NAMED = Set.of("resident.children", "resident.elders");
    /// The house's own mark of a person, as the exchange gives it.
    private static final Pattern MARK = Pattern.compile("c[0-9a-f]{16}");

    /// Only persons whom the register of residents has named, or who bear the house's mark, have an id that means the same
    /// in two applications; other registers number the rows of one answer.
    private static Set<String> beneficiaries(Submission submission) {
        var ids = new LinkedHashSet<String>();
        for (var evidence : submission.evidence())
            evidence.value().filter(JsonNode::isArray).ifPresent(rows -> rows.forEach(row -> {
                String id = row.path("id").asString("");
                if (!id.isBlank() && (NAMED.contains(evidence.item()) || MARK.matcher(id).matches()))
                    ids.add(id);
            }));
        return ids;
    }

    private static void keepBeneficiaries(JdbcClient jdbc, Submission submission) {
        String authority = submission.authority().code();
        String receipt = submission.receipt().text();
        jdbc.sql("delete from casework.beneficiary where authority = ? and receipt = ?").params(authority, receipt)
                .update();
        for (String id : beneficiaries(submission))
            jdbc.sql("""
                    insert into casework.beneficiary (authority, standard, beneficiary, receipt) values (?, ?, ?, ?)
                    on conflict do nothing
                    """).params(authority, submission.standard().id(), id, receipt).update();
        jdbc.sql("""
                with same as (
                    select other.receipt from casework.beneficiary mine
                    join casework.beneficiary other on other.authority = mine.authority
                        and other.standard = mine.standard and other.beneficiary = mine.beneficiary
                        and other.receipt <> mine.receipt
                    join casework.case_file f on f.authority = other.authority and f.receipt = other.receipt
                        and f.stage not in ('REFUSED', 'REDIRECTED', 'WITHDRAWN', 'CLOSED')
                    where mine.authority = ? and mine.receipt = ?)
                update casework.case_file set duplicate = true
                where authority = ? and (receipt in (select receipt from same) or (receipt = ? and exists (select from same)))
                """).params(authority, receipt, authority, receipt).update();
    }

    /// The other applications of this authority that ask for one of the same persons.
    List<Case> sameBeneficiaries(Case file) {
        return store.in(Scope.of(file.authority()), jdbc -> jdbc.sql("select " + COLUMNS + """
                from casework.case_file where authority = ? and receipt in (
                    select other.receipt from casework.beneficiary mine
                    join casework.beneficiary other on other.authority = mine.authority
                        and other.standard = mine.standard and other.beneficiary = mine.beneficiary
                    where mine.authority = ? and mine.receipt = ? and other.receipt <> mine.receipt)
                order by arrived_at
                """).params(file.authority().code(), file.authority().code(), file.receipt().text())
                .query((row, i) -> read(file.authority(), row)).list());
    }

    /// The resident answered a correction request: the clock runs again, whatever was proposed is looked at again.
    void corrected(JdbcClient jdbc, AuthorityId authority, ReceiptNumber receipt, int revision, Instant at) {
        var file = find(jdbc, authority, receipt, "for update");
        if (file.stage().isEnded())
            return;
        var submission = submissions.find(authority, receipt);
        var now = flow.of(jdbc, file);
        var judged = judge(file, submission.answers());
        var went = now
                .flatMap(n -> n.event(jp.kiban.submission.Corrected.class, "").or(() -> n.event(SentBack.class, ""))
                        .flatMap(event -> flow.go(jdbc, file, n, event, CaseFlow.facts(n.version(), submission::answers,
                                () -> judged, CaseFlow.result(jp.kiban.submission.Corrected.class)),
                                new Doing(jdbc, file, submission, () -> judged))));
        var to = now.isPresent()
                ? Optional.of(went.map(CaseFlow.Went::stage).orElse(file.stage()))
                : file.stage().after(jp.kiban.submission.Corrected.class);
        if (to.isEmpty())
            return;
        var running = file.clock().resume(LocalDate.ofInstant(at, clock.getZone()));
        append(jdbc, authority, receipt, file.version() + 1, "Corrected", to.get(), at, Optional.empty(), "",
                Map.of("revision", revision));
        move(jdbc, file, to.get(), running, file.reviewer());
        jdbc.sql("update casework.case_file set suggests = ?, disputes = ? where authority = ? and receipt = ?")
                .params(DecisionKind.of(judged.outcome()).name(), unsettled(jdbc, submission).size(), authority.code(),
                        receipt.text())
                .update();
        keepBeneficiaries(jdbc, submission);
        went.ifPresent(w -> w.deeds().forEach(deed -> deed.accept(file)));
    }

    /// The resident took the application back.
    void withdrawn(JdbcClient jdbc, AuthorityId authority, ReceiptNumber receipt, Instant at) {
        var file = find(jdbc, authority, receipt, "for update");
        var withdrawn = jp.kiban.submission.Withdrawn.class;
        var submission = submissions.find(authority, receipt);
        Supplier<Judgement> judgement = () -> judge(file, submission.answers());
        var went = flow.of(jdbc, file).flatMap(now -> now.event(withdrawn, "").flatMap(event -> flow.go(jdbc, file, now,
                event, CaseFlow.facts(now.version(), submission::answers, judgement, CaseFlow.result(withdrawn)),
                new Doing(jdbc, file, submission, judgement))));
        went.map(CaseFlow.Went::stage).or(() -> file.stage().after(withdrawn)).ifPresent(to -> {
            append(jdbc, authority, receipt, file.version() + 1, "Withdrawn", to, at, Optional.empty(), "", Map.of());
            move(jdbc, file, to, file.clock(), file.reviewer());
            went.ifPresent(w -> w.deeds().forEach(deed -> deed.accept(file)));
        });
    }

    // the acts

    /// 受付. Reception passes it on to review.
    public Case accept(Actor.Officer officer, ReceiptNumber receipt, int seen) {
        return act(officer, Role.RECEPTION, receipt, seen, CaseAccepted.class, "", acting -> acting.step(Map.of(),
                new CaseAccepted(officer.authority(), clock.instant(), receipt.text(), receipt,
                        acting.file.standard(), officer.id())));
    }

    /// 補正の求め. Everything at once, in the words the resident will read; the clock stands still from today.
    public Case askCorrection(Actor.Officer officer, ReceiptNumber receipt, int seen, List<Finding> findings,
            Optional<LocalDate> until) {
        if (findings.isEmpty())
            throw BadInput.of("findings", "casework.no-finding", Words.NO_FINDING);
        if (until.filter(day -> !day.isAfter(today())).isPresent())
            throw BadInput.of("until", "casework.until-past", Words.UNTIL_PAST);
        var asked = standard(find(officer.authority(), receipt));
        return act(officer, Role.RECEPTION, receipt, seen, CorrectionRequested.class, "", acting -> {
            submissions.askCorrection(officer.authority(), receipt, findings, until);
            int round = submissions.corrections(officer.authority(), receipt).size();
            acting.clock = acting.file.clock().pause(today());
            acting.reviewer = officer.id();
            acting.result.put("days", until.map(day -> (int) (day.toEpochDay() - today().toEpochDay()) + 1).orElse(30));
            acting.step(Map.of("findings", findings, "until", until.map(LocalDate::toString).orElse("")),
                    new CorrectionRequested(officer.authority(), clock.instant(), receipt.text(), receipt,
                            acting.file.standard(), round, findings.size()));
            notices.correction(acting.jdbc, acting.file, asked, findings, until);
        });
    }

    /// Ends the wait for a correction without an answer; says why.
    public Case endCorrection(Actor.Officer officer, ReceiptNumber receipt, int seen, String why) {
        return act(officer, Role.REVIEW, receipt, seen, CorrectionEnded.class, wanted(why), acting -> {
            acting.clock = acting.file.clock().resume(today());
            acting.step(Map.of(), new CorrectionEnded(officer.authority(), clock.instant(), receipt.text(), receipt,
                    acting.file.standard(), submissions.corrections(officer.authority(), receipt).size(),
                    officer.id()));
        });
    }

    /// 申出の確認. What the officer found out about one thing that the resident says is not right.
    public Case settle(Actor.Officer officer, ReceiptNumber receipt, int seen, String item, String found) {
        return act(officer, Role.REVIEW, receipt, seen, DisputeSettled.class, wanted(found), acting -> {
            var submission = submission(acting.file);
            if (unsettled(acting.jdbc, submission).stream().noneMatch(d -> d.item().equals(item)))
                throw new NotThere();
            acting.reviewer = officer.id();
            acting.step(Map.of("item", item, "revision", submission.revision()),
                    new DisputeSettled(officer.authority(), clock.instant(), receipt.text(), receipt,
                            acting.file.standard(), item, officer.id()));
            acting.jdbc.sql("update casework.case_file set disputes = ? where authority = ? and receipt = ?")
                    .params(unsettled(acting.jdbc, submission).size(), officer.authority().code(), receipt.text())
                    .update();
        });
    }

    /// 決裁の求め. Proposes what the rules say, or departs from them with a reason. `seenRequirements` are the codes of what
    /// the standard wants an officer to have seen.
    public Case propose(Actor.Officer officer, ReceiptNumber receipt, int seen, Optional<Departure> departure,
            Set<String> seenRequirements, String note) {
        return act(officer, Role.REVIEW, receipt, seen, Proposed.class, note, acting -> {
            var submission = submission(acting.file);
            var proposal = proposal(acting.file, submission, departure);
            var findings = new ArrayList<Finding>();
            for (var dispute : unsettled(acting.jdbc, submission))
                findings.add(new Finding(dispute.item(), "casework.dispute-open", Words.DISPUTE_OPEN));
            for (var requirement : proposal.judgement().questionsStillOpen())
                if (!seenRequirements.contains(requirement.code()))
                    findings.add(new Finding("requirement." + requirement.code(), "casework.requirement-open",
                            requirement.text()));
            if (!findings.isEmpty())
                throw new BadInput(findings);
            acting.reviewer = officer.id();
            acting.step(json.valueToTree(proposal), new Proposed(officer.authority(), clock.instant(),
                    receipt.text(), receipt, acting.file.standard(), proposal.kind(),
                    proposal.overrule().isPresent(), officer.id()));
        });
    }

    /// What would be proposed, without proposing it: the page shows it before the officer sends it.
    Proposal proposal(Case file, Submission submission, Optional<Departure> departure) {
        var byRules = judge(file, submission.answers());
        if (departure.isEmpty())
            return new Proposal(DecisionKind.of(byRules.outcome()), byRules, Optional.empty(), submission.revision());
        var wanted = departure.get();
        wanted.check();
        var answers = (ObjectNode) submission.answers().deepCopy();
        var facts = new ArrayList<Overrule.FoundFact>();
        for (var fact : wanted.facts())
            facts.add(new Overrule.FoundFact(fact.where(), Answers.put(answers, fact.where(), fact.found(),
                    standard(file).form().fields().stream().anyMatch(f -> f.path().equals(fact.where()))),
                    fact.found()));
        if (!facts.isEmpty()) {
            var faults = standard(file).check(answers);
            if (!faults.isEmpty())
                throw new BadInput(faults);
        }
        var judgement = facts.isEmpty() ? byRules : judge(file, answers);
        var ruled = DecisionKind.of(judgement.outcome());
        var kind = wanted.kind().filter(k -> k != ruled);
        if (kind.isEmpty() && facts.isEmpty())
            throw BadInput.of("kind", "casework.same-as-rules", Words.SAME_AS_RULES);
        if (kind.equals(Optional.of(DecisionKind.GRANT)))
            throw BadInput.of("kind", "casework.grant-needs-facts", Words.GRANT_NEEDS_FACTS);
        return new Proposal(kind.orElse(ruled), judgement,
                Optional.of(new Overrule(byRules.outcome(), kind, facts, wanted.reason())), submission.revision());
    }

    /// 引き戻し. The one who proposed takes it back before anybody decides.
    public Case withdrawProposal(Actor.Officer officer, ReceiptNumber receipt, int seen) {
        return act(officer, Role.REVIEW, receipt, seen, ProposalWithdrawn.class, "", acting -> {
            if (!acting.proposer().officer().equals(officer.id()))
                throw new Conflict(Words.notYourProposal(acting.proposer().officerName()));
            acting.step(Map.of(), new ProposalWithdrawn(officer.authority(), clock.instant(), receipt.text(),
                    receipt, acting.file.standard(), officer.id()));
        });
    }

    /// 差戻し. The approver does not agree, and says why.
    public Case sendBack(Actor.Officer officer, ReceiptNumber receipt, int seen, String why) {
        return act(officer, Role.APPROVAL, receipt, seen, SentBack.class, wanted(why),
                acting -> acting.step(Map.of(), new SentBack(officer.authority(), clock.instant(), receipt.text(),
                        receipt, acting.file.standard(), officer.id())));
    }

    /// 決裁. Never by the one who proposed; where the rules were overruled, only after having read why. The notice goes out
    /// with it. A decision is not undone here: 取消 is a decision of its own.
    public Case decide(Actor.Officer officer, ReceiptNumber receipt, int seen, boolean overruleRead) {
        return act(officer, Role.APPROVAL, receipt, seen, Decided.class, "", acting -> {
            var file = acting.file;
            var proposed = acting.proposer();
            if (proposed.officer().equals(officer.id()))
                throw new Conflict(Words.TWO_PERSONS);
            var proposal = json.treeToValue(proposed.detail(), Proposal.class);
            if (proposal.overrule().isPresent() && !overruleRead)
                throw BadInput.of("overruleRead", "casework.overrule-unread", Words.OVERRULE_UNREAD);
            var decision = Decision.of(proposal.kind(), new Decision.Basis(proposal.judgement(), proposal.overrule(),
                    proposed.officer(), officer.id(), today()));
            if (!replays(decision, file.arrivedOn()))
                throw new Conflict(Words.RULES_CHANGED);
            keep(acting.jdbc, file, decision);
            acting.kind = Optional.of(proposal.kind());
            acting.decision = Optional.of(decision);
            acting.result.put("outcome", proposal.kind().outcome().name());
            acting.step(Map.of("kind", proposal.kind()), decided(file, decision));
            if (acting.now.isEmpty() || !notified(standard(file), decision))
                notices.decision(acting.jdbc, file, decision, values(file));
        });
    }

    private Decided decided(Case file, Decision decision) {
        var judgement = decision.basis().judgement();
        boolean grant = decision instanceof Decision.Grant;
        int beneficiaries = grant
                ? (int) Stream.concat(judgement.months().stream().limit(1).flatMap(m -> m.lines().stream()),
                        judgement.once().stream())
                        .filter(line -> line.yen().amount() > 0).map(Judgement.AmountLine::beneficiaryId).distinct()
                        .count()
                : 0;
        return new Decided(file.authority(), clock.instant(), file.receipt().text(), file.receipt(), file.standard(),
                decision.kind(), decision.basis().overrule().isPresent(), file.clock().daysAt(today()),
                file.clock().pausedDaysAt(today()), grant ? judgement.start() : Optional.empty(),
                grant ? judgement.firstMonthly() : Yen.ZERO, beneficiaries,
                grant ? judgement.onceTotal() : Yen.ZERO);
    }

    private void keep(JdbcClient jdbc, Case file, Decision decision) {
        jdbc.sql("""
                insert into casework.decision (authority, receipt, kind, decided_at, decided_on, judgement, overrule, proposer, approver)
                values (?, ?, ?, ?, ?, ?::jsonb, nullif(?, '')::jsonb, ?, ?)
                """).params(file.authority().code(), file.receipt().text(), decision.kind().name(),
                Timestamp.from(clock.instant()), decision.basis().decidedOn(),
                json.writeValueAsString(decision.basis().judgement()),
                decision.basis().overrule().map(json::writeValueAsString).orElse(""), decision.basis().proposer(),
                decision.basis().approver()).update();
    }

    /// 済. A task of the flow besides the usual ones (現地調査 など); `task` is its id, and the note says what was found. What the
    /// resident would do herself may be reported by reception, which then says why.
    public Case done(Actor.Officer officer, ReceiptNumber receipt, int seen, String task, String note) {
        return act(officer, Role.REVIEW, receipt, seen, TaskDone.class, note, acting -> {
            var wanted = tasks(officer, acting.file).stream().filter(t -> t.id().equals(task)).findFirst()
                    .orElseThrow(NotThere::new);
            if (CaseFlow.isResidents(wanted))
                wanted(note);
            acting.task = task;
            acting.reviewer = officer.id();
            acting.step(Map.of("task", task, "name", wanted.name()), new TaskDone(officer.authority(), clock.instant(),
                    receipt.text(), receipt, acting.file.standard(), task, officer.id()));
        });
    }

    /// 済（住民）. The person has done a task of the flow that is hers, and may say something about it. Sent twice, it is done
    /// once.
    public Case done(Actor.Resident resident, ReceiptNumber receipt, int seen, String task, String note) {
        if (note.length() > 2_000)
            throw BadInput.of("note", "casework.reason-long", Words.REASON_LONG);
        var authority = resident.authority();
        return store.in(Scope.of(authority), jdbc -> {
            var file = find(jdbc, authority, receipt, "for update");
            if (!file.person().equals(resident.person()))
                throw new NotThere();
            if (file.version() != seen) {
                var missed = steps(jdbc, authority, receipt, seen);
                if (!missed.isEmpty() && missed.getFirst().officer().isEmpty()
                        && missed.getFirst().detail().path("task").asString("").equals(task))
                    return file;
                throw new Conflict(Words.CHANGED);
            }
            var now = flow.of(jdbc, file).orElseThrow(NotThere::new);
            var wanted = now.tasks().stream().filter(t -> CaseFlow.isResidents(t) && t.id().equals(task)).findFirst()
                    .orElseThrow(NotThere::new);
            var submission = submissions.find(authority, receipt);
            Supplier<Judgement> judgement = () -> judge(file, submission.answers());
            var went = now.event(TaskDone.class, task)
                    .flatMap(event -> flow.go(jdbc, file, now, event,
                            CaseFlow.facts(now.version(), submission::answers, judgement,
                                    CaseFlow.result(TaskDone.class)),
                            new Doing(jdbc, file, submission, judgement)))
                    .orElseThrow(NotThere::new);
            append(jdbc, authority, receipt, file.version() + 1, TaskDone.class.getSimpleName(), went.stage(),
                    clock.instant(), Optional.empty(), note.strip(), Map.of("task", task, "name", wanted.name()));
            move(jdbc, file, went.stage(), file.clock(), file.reviewer());
            events.append(jdbc, new TaskDone(authority, clock.instant(), receipt.text(), receipt, file.standard(), task,
                    ""));
            went.deeds().forEach(deed -> deed.accept(file));
            return find(jdbc, authority, receipt, "");
        });
    }

    /// The tasks of the flow that wait for the person of the case.
    List<Node.User> residentsTasks(Case file) {
        return store.in(Scope.of(file.authority()), jdbc -> flow.of(jdbc, file).map(CaseFlow.Now::tasks)
                .orElse(List.of()).stream().filter(CaseFlow::isResidents).toList());
    }

    /// The tasks of the flow that wait for this officer, besides the usual ones.
    List<Node.User> tasks(Actor.Officer officer, Case file) {
        return store.in(Scope.of(file.authority()), jdbc -> flow.of(jdbc, file).map(CaseFlow.Now::tasks)
                .orElse(List.of()).stream()
                .filter(task -> officer
                        .may(CaseFlow.isResidents(task) ? Role.RECEPTION : Role.valueOf(task.role())))
                .toList());
    }

    /// The drawing of the flow with where the case stands in it; empty for a case without one.
    Optional<FlowDrawing> drawing(Case file) {
        return store.in(Scope.of(file.authority()), jdbc -> flow.drawing(jdbc, file));
    }

    /// The flow of the case as it stands; empty for a case without one.
    Optional<CaseFlow.Now> flow(Case file) { return store.in(Scope.of(file.authority()), jdbc -> flow.of(jdbc, file)); }

    // 版の移行

    /// What the rules of this version say of the case, with the values of its own day.
    Judgement judgement(Case file, StandardRef version) {
        var rules = standards.version(version);
        return rules.judge(submission(file).answers(), file.arrivedOn(), layers.values(file.authority(), rules, file
                .arrivedOn(), file.trial()));
    }

    /// Why the case cannot go over to this version: an answer that it wants is missing, or the flow has no such place.
    Optional<String> stays(JdbcClient jdbc, Case file, StandardRef to) {
        var version = standards.version(to);
        if (!version.check(submission(file).answers()).isEmpty())
            return Optional.of("answers");
        return flow.fits(jdbc, file, version) ? Optional.empty() : Optional.of("flow");
    }

    Case locked(JdbcClient jdbc, AuthorityId authority, ReceiptNumber receipt) {
        return find(jdbc, authority, receipt, "for update");
    }

    /// Takes the case over to another version, which decides it from here on; its own step says so.
    void carry(JdbcClient jdbc, Case file, StandardRef to, Actor.Officer officer, long move, boolean back) {
        var version = standards.version(to);
        var submission = submission(file);
        var values = layers.values(file.authority(), version, file.arrivedOn(), file.trial());
        var judged = version.judge(submission.answers(), file.arrivedOn(), values);
        flow.carry(jdbc, file, version, CaseFlow.facts(version, submission::answers, () -> judged, CaseFlow.result(
                CaseMoved.class)));
        append(jdbc, file.authority(), file.receipt(), file.version() + 1, CaseMoved.class.getSimpleName(), file
                .stage(), clock.instant(), Optional.of(officer), "",
                Map.of("from", file.standard().toString(), "to", to
                        .toString(), "move", move, "back", back));
        int period = version.standardPeriodDays(values).getDays();
        move(jdbc, file, file.stage(), new ProcessingClock(file.arrivedOn(), period, file.pausedDays(), file
                .pausedSince()), file.reviewer());
        jdbc.sql(
                "update casework.case_file set standard_version = ?, period_days = ?, suggests = ? where authority = ? and receipt = ?")
                .params(to.version().text(), period, DecisionKind.of(judged.outcome()).name(), file.authority().code(),
                        file
                                .receipt().text())
                .update();
        events.append(jdbc, new CaseMoved(file.authority(), clock.instant(), file.receipt().text(), file.receipt(), to,
                file.standard(), move, back, officer.id()));
    }

    /// 完結.
    public Case close(Actor.Officer officer, ReceiptNumber receipt, int seen) {
        return act(officer, Role.REVIEW, receipt, seen, CaseClosed.class, "", acting -> acting.step(Map.of(),
                new CaseClosed(officer.authority(), clock.instant(), receipt.text(), receipt, acting.file.standard(),
                        officer.id())));
    }

    /// What an officer may do next, by role and stage; what the page offers and what an act checks are this one list.
    Set<Class<? extends Event>> mayDo(Actor.Officer officer, Case file, Optional<String> proposer) {
        var acts = new LinkedHashSet<Class<? extends Event>>();
        for (var act : store.in(Scope.of(file.authority()), jdbc -> possible(jdbc, file)))
            if (allowed(officer, act)
                    && !(act == ProposalWithdrawn.class && !proposer.equals(Optional.of(officer.id())))
                    && !(act == Decided.class && proposer.equals(Optional.of(officer.id())))
                    && !(act == TaskDone.class && tasks(officer, file).isEmpty()))
                acts.add(act);
        return acts;
    }

    /// What the flow waits for; of a case without one, the edges of its stage.
    private Set<Class<? extends Event>> possible(JdbcClient jdbc, Case file) {
        return flow.of(jdbc, file).map(CaseFlow.Now::acts).orElseGet(() -> {
            var acts = new LinkedHashSet<Class<? extends Event>>();
            CaseStage.all().stream().filter(e -> e.from() == file.stage()).forEach(e -> acts.add(e.by()));
            return acts;
        });
    }

    private static boolean allowed(Actor.Officer officer, Class<? extends Event> act) {
        var roles = BY_WHOM.get(act);
        return roles != null && roles.stream().anyMatch(officer::may);
    }

    private static final Map<Class<? extends Event>, Set<Role>> BY_WHOM = Map.of(
            CaseAccepted.class, Set.of(Role.RECEPTION, Role.REVIEW),
            CorrectionRequested.class, Set.of(Role.RECEPTION, Role.REVIEW),
            CorrectionEnded.class, Set.of(Role.RECEPTION, Role.REVIEW),
            DisputeSettled.class, Set.of(Role.REVIEW),
            Proposed.class, Set.of(Role.REVIEW),
            ProposalWithdrawn.class, Set.of(Role.REVIEW),
            SentBack.class, Set.of(Role.APPROVAL),
            Decided.class, Set.of(Role.APPROVAL),
            CaseClosed.class, Set.of(Role.REVIEW, Role.APPROVAL),
            TaskDone.class, Set.of(Role.RECEPTION, Role.REVIEW, Role.APPROVAL));

    // how an act is done

    /// One act under way: the case as it is locked, and what the act changes of it.
    private final class Acting {
        final JdbcClient jdbc;
        final Case file;
        final Actor.Officer officer;
        final Class<? extends Event> by;
        final String note;
        ProcessingClock clock;
        String reviewer;
        Optional<DecisionKind> kind = Optional.empty();
        Optional<Decision> decision = Optional.empty();
        String task = "";
        final Optional<CaseFlow.Now> now;
        final Map<String, Object> result;

        Acting(JdbcClient jdbc, Case file, Actor.Officer officer, Class<? extends Event> by, String note) {
            this.jdbc = jdbc;
            this.file = file;
            this.officer = officer;
            this.by = by;
            this.note = note;
            this.clock = file.clock();
            this.reviewer = file.reviewer();
            this.now = flow.of(jdbc, file);
            this.result = CaseFlow.result(by);
        }

        Step proposer() {
            return steps(jdbc, file.authority(), file.receipt(), 0).stream()
                    .filter(s -> s.event().equals(Proposed.class.getSimpleName())).reduce((a, b) -> b)
                    .orElseThrow(() -> new IllegalStateException("nothing proposed on " + file.receipt()));
        }

        void step(Object detail, Event event) {
            var went = now.flatMap(this::go);
            var to = went.map(CaseFlow.Went::stage)
                    .or(() -> now.isPresent() && by == DisputeSettled.class
                            ? Optional.of(file.stage())
                            : Optional.empty())
                    .or(() -> now.isPresent()
                            ? Optional.empty()
                            : kind.isPresent() ? file.stage().after(kind.get()) : file.stage().after(by))
                    .orElseThrow(() -> new Conflict(Words.notFromHere(file.stage())));
            append(jdbc, file.authority(), file.receipt(), file.version() + 1, by.getSimpleName(), to,
                    Cases.this.clock.instant(), Optional.of(officer), note, detail);
            move(jdbc, file, to, clock, reviewer);
            events.append(jdbc, event);
            went.ifPresent(w -> w.deeds().forEach(deed -> deed.accept(file)));
        }

        private Optional<CaseFlow.Went> go(CaseFlow.Now now) {
            return now.event(by, task).flatMap(event -> {
                var submission = submission(file);
                Supplier<Judgement> judgement = () -> judge(file, submission.answers());
                var doing = new Doing(jdbc, file, submission, judgement);
                doing.decision = decision;
                return flow.go(jdbc, file, now, event,
                        CaseFlow.facts(now.version(), submission::answers, judgement, result), doing);
            });
        }
    }

    private Case act(Actor.Officer officer, Role role, ReceiptNumber receipt, int seen, Class<? extends Event> by,
            String note, Consumer<Acting> deed) {
        if (!allowed(officer, by))
            throw new IllegalStateException(
                    officer.id() + " has no role for " + by.getSimpleName() + ", needs " + role);
        return store.in(Scope.of(officer.authority()), jdbc -> {
            var file = find(jdbc, officer.authority(), receipt, "for update");
            if (file.version() != seen) {
                var missed = steps(jdbc, officer.authority(), receipt, seen);
                if (!missed.isEmpty() && missed.getFirst().officer().equals(officer.id())
                        && missed.getFirst().event().equals(by.getSimpleName()))
                    return file;
                throw new Conflict(Words.tooLate(missed));
            }
            if (!possible(jdbc, file).contains(by))
                throw new Conflict(Words.notFromHere(file.stage()));
            deed.accept(new Acting(jdbc, file, officer, by, note.strip()));
            return find(jdbc, officer.authority(), receipt, "");
        });
    }

    private void append(JdbcClient jdbc, AuthorityId authority, ReceiptNumber receipt, int number, String event,
            CaseStage to, Instant at, Optional<Actor.Officer> officer, String note, Object detail) {
        jdbc.sql("""
                insert into casework.step (authority, receipt, number, event, stage, at, officer, officer_name, note, detail)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)
                """).params(authority.code(), receipt.text(), number, event, to.name(), Timestamp.from(at),
                officer.map(Actor.Officer::id).orElse(""), officer.map(Actor.Officer::name).orElse(""), note,
                json.writeValueAsString(detail)).update();
    }

    private void move(JdbcClient jdbc, Case file, CaseStage to, ProcessingClock running, String reviewer) {
        var due = to.isOpen() ? running.due(Holidays::isOfficeDay) : Optional.<LocalDate>empty();
        var stopped = to.isOpen() || running.pausedSince().isEmpty() ? running : running.resume(today());
        jdbc.sql("""
                update casework.case_file set stage = ?, version = version + 1, paused_days = ?, paused_since = nullif(?, '')::date,
                    due_on = coalesce(nullif(?, '')::date, date 'infinity'), reviewer = ?, reminder = ''
                where authority = ? and receipt = ?
                """).params(to.name(), stopped.pausedDays(), text(stopped.pausedSince()), text(due),
                reviewer, file.authority().code(), file.receipt().text()).update();
    }

    /// What the resident says is not right in the newest revision, and nobody has looked into.
    List<Dispute> unsettled(Submission submission) {
        return store.in(Scope.of(submission.authority()), jdbc -> unsettled(jdbc, submission));
    }

    private List<Dispute> unsettled(JdbcClient jdbc, Submission submission) {
        var settled = steps(jdbc, submission.authority(), submission.receipt(), 0).stream()
                .filter(s -> s.event().equals(DisputeSettled.class.getSimpleName())
                        && s.detail().path("revision").asInt() == submission.revision())
                .map(s -> s.detail().path("item").asString()).toList();
        return submission.disputes().stream().filter(d -> !settled.contains(d.item())).toList();
    }

    private List<Step> steps(JdbcClient jdbc, AuthorityId authority, ReceiptNumber receipt, int after) {
        return jdbc.sql("""
                select number, event, stage, at, officer, officer_name, note, detail::text from casework.step
                where authority = ? and receipt = ? and number > ? order by number
                """).params(authority.code(), receipt.text(), after)
                .query((row, i) -> new Step(row.getInt(1), row.getString(2), CaseStage.valueOf(row.getString(3)),
                        row.getTimestamp(4).toInstant(), row.getString(5), row.getString(6), row.getString(7),
                        json.readTree(row.getString(8))))
                .list();
    }

    private static Case find(JdbcClient jdbc, AuthorityId authority, ReceiptNumber receipt, String lock) {
        return jdbc.sql("select " + COLUMNS + " from casework.case_file where authority = ? and receipt = ? " + lock)
                .params(authority.code(), receipt.text()).query((row, i) -> read(authority, row)).optional()
                .orElseThrow(NotThere::new);
    }

    static Case read(AuthorityId authority, ResultSet row) throws SQLException {
        return new Case(authority, ReceiptNumber.of(row.getString("receipt")), PersonId.of(row.getString("person")),
                new StandardRef(row.getString("standard"), VersionName.parse(row.getString("standard_version"))),
                row.getTimestamp("arrived_at").toInstant(), row.getObject("arrived_on", LocalDate.class),
                row.getString("applicant"), row.getString("kana"), Channel.valueOf(row.getString("channel")),
                CaseStage.valueOf(row.getString("stage")), row.getInt("version"), row.getInt("paused_days"),
                Optional.ofNullable(row.getObject("paused_since", LocalDate.class)), row.getInt("period_days"),
                Optional.ofNullable(row.getObject("due_on", LocalDate.class)),
                Optional.of(row.getString("suggests")).filter(s -> !s.isEmpty()).map(DecisionKind::valueOf),
                row.getBoolean("duplicate"), row.getInt("disputes"), Objects.requireNonNull(row.getString("reviewer")),
                Objects.requireNonNull(row.getString("reminder")),
                Optional.ofNullable(row.getObject("trial", Integer.class)));
    }

    private static String text(Optional<LocalDate> day) { return day.map(LocalDate::toString).orElse(""); }

    private static String wanted(String text) {
        if (text.isBlank())
            throw BadInput.of("note", "casework.reason-wanted", Words.REASON_WANTED);
        if (Letters.count(text) > 2_000)
            throw BadInput.of("note", "casework.reason-long", Words.REASON_LONG);
        return text;
    }
}
