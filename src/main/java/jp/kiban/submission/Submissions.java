package jp.kiban.submission;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import jp.kiban.exchange.Contacts;
import jp.kiban.catalogue.Layers;
import jp.kiban.identity.Actor;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Conflict;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.PersonId;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.StandardRef;
import jp.kiban.kernel.VersionName;
import jp.kiban.standards.StandardVersion;
import jp.kiban.standards.Standards;
import jp.kiban.store.EventLog;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import jp.kiban.store.Work;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// 申請等の一覧. Receives what residents send, once, and answers for what was received.
@Component
public final class Submissions {
    private static final TypeReference<List<Finding>> FINDINGS = new TypeReference<>() {
    };
    private static final String COLUMNS = """
            s.authority, s.receipt, s.revision, s.standard, s.standard_version, s.person, s.first_arrived_at,
            s.arrived_at, s.language, s.channel, s.answers::text, s.evidence::text, s.disputes::text, s.seconds,
            s.typed_fields, s.prefilled_fields, s.beside::text
            """;

    private final Store store;
    private final EventLog events;
    private final Standards standards;
    private final Layers layers;
    private final Drafts drafts;
    private final Contacts contacts;
    private final Attachments attachments;
    private final ObjectProvider<Progress> progress;
    private final MessageSource messages;
    private final JsonMapper json;
    private final Clock clock;

    Submissions(Store store, EventLog events, Standards standards, Layers layers, Drafts drafts, Contacts contacts,
            Attachments attachments,
            ObjectProvider<Progress> progress, MessageSource messages, JsonMapper json, Clock clock) {
        this.store = store;
        this.events = events;
        this.standards = standards;
        this.layers = layers;
        this.drafts = drafts;
        this.contacts = contacts;
        this.attachments = attachments;
        this.progress = progress;
        this.messages = messages;
        this.json = json;
        this.clock = clock;
    }

    /// Receives the draft: once, however often it is asked.
    public Outcome receive(Actor.Resident resident, DraftId id) {
        return receive(resident, id, Channel.ONLINE, drafts.get(resident, id).language(), answers -> {
        });
    }

    /// Receives the draft with a last word on its answers (the consent given with the very same act).
    Outcome receive(Actor.Resident resident, DraftId id, Channel channel, Language language,
            Consumer<ObjectNode> lastWord) {
        Optional<ReceiptNumber> out = Optional.empty();
        for (int tries = 0; tries < 3; tries++) {
            var expected = out;
            var step = store.in(Drafts.scope(resident),
                    jdbc -> step(jdbc, resident, id, channel, language, lastWord, expected));
            switch (step) {
                case Done(var outcome, var submission) -> {
                    submission.ifPresent(this::remember);
                    return outcome;
                }
                case Behind(var latest) -> {
                    if (standsInTheWay(resident, latest))
                        return new Outcome.AlreadyThere(receipt(resident, latest));
                    out = Optional.of(latest);
                }
            }
        }
        throw new Conflict(Wording.three(messages, "submission.conflict.busy"));
    }

    /// One try at receiving: done, or there is a newer application than the caller knew.
    private sealed interface Step {}

    private record Done(Outcome outcome, Optional<Submission> submission) implements Step {}

    private record Behind(ReceiptNumber latest) implements Step {}

    private Step step(JdbcClient jdbc, Actor.Resident resident, DraftId id, Channel channel, Language language,
            Consumer<ObjectNode> lastWord, Optional<ReceiptNumber> expected) {
        var held = drafts.hold(jdbc, resident, id);
        var draft = held.draft();
        if (draft.receipt().isPresent())
            return new Done(new Outcome.Accepted(receipt(jdbc, resident, draft.receipt().get())), Optional.empty());
        var now = now();
        var today = LocalDate.now(clock);
        var version = layers.form(draft.authority(), draft.correcting().isPresent()
                ? standards.version(draft.standard())
                : standards.keeping(draft.standard(), today), today);
        var known = Known.of(version.form(), draft.evidence());
        var answers = known.into(draft.answers(), false, overruled -> {
        });
        lastWord.accept(answers);
        Filling.tidy(version, known, answers);
        var findings = new ArrayList<>(version.check(answers));
        if (findings.isEmpty())
            findings.addAll(attachments.missing(jdbc, draft.authority(), draft.person(), version.form(), answers));
        if (!findings.isEmpty()) {
            drafts.keep(jdbc, Filling.with(draft, answers, now));
            return new Done(new Outcome.NeedsCorrection(findings), Optional.empty());
        }
        var effort = known.effort(answers, Duration.between(draft.openedAt(), now).toSeconds());
        if (draft.correcting().isPresent())
            return corrected(jdbc, draft, answers, effort, channel, language, now);
        if (!held.latest().equals(expected) && held.latest().isPresent())
            return new Behind(held.latest().get());
        var submission = new Submission(draft.authority(), ReceiptNumber.next(LocalDate.now(clock)), 1, version.ref(),
                draft.person(), now, now, language, channel, answers, draft.evidence(), draft.disputes(),
                effort, draft.beside());
        if (!insert(jdbc, submission, held.latest(), Optional.of(id), Optional.empty()))
            return new Behind(latest(jdbc, resident, draft.standard().id()).orElseThrow());
        return new Done(new Outcome.Accepted(announce(jdbc, submission)), Optional.of(submission));
    }

    /// 再送の印. The key a program sent with its request, and the fingerprint of the request.
    record Sent(String key, String digest) {}

    /// The earlier receipt of the same request, if it was sent before. Another request under the same key is refused.
    Optional<Receipt> sentBefore(Actor.Resident resident, Sent sent) {
        record Earlier(Receipt receipt, String digest) {}
        return store.in(Drafts.scope(resident), jdbc -> jdbc.sql("""
                select authority, receipt, revision, standard, standard_version, arrived_at, request_digest
                from submission.submission where authority = ? and person = ? and idempotency_key = ?
                """).params(resident.authority().code(), resident.person().number(), sent.key())
                .query((row, i) -> new Earlier(asReceipt(row), row.getString(7))).optional()).map(earlier -> {
                    if (!earlier.digest().equals(sent.digest()))
                        throw new Conflict(Wording.three(messages, "submission.conflict.key"));
                    return earlier.receipt();
                });
    }

    /// Receives a whole application in one request, without a draft. The answers have been checked.
    Outcome receive(Actor.Resident resident, StandardVersion version, ObjectNode answers, List<EvidenceUsed> evidence,
            List<Dispute> disputes, Effort effort, Language language, Sent sent, Beside beside) {
        Optional<ReceiptNumber> expected = Optional.empty();
        for (int tries = 0; tries < 3; tries++) {
            var now = now();
            var submission = new Submission(resident.authority(), ReceiptNumber.next(LocalDate.now(clock)), 1,
                    version.ref(), resident.person(), now, now, language, Channel.API, answers, evidence, disputes,
                    effort, beside);
            var before = expected;
            try {
                var receipt = store.in(Drafts.scope(resident),
                        jdbc -> insert(jdbc, submission, before, Optional.empty(), Optional.of(sent))
                                ? Optional.of(announce(jdbc, submission))
                                : Optional.<Receipt>empty());
                if (receipt.isPresent()) {
                    remember(submission);
                    return new Outcome.Accepted(receipt.get());
                }
            } catch (DuplicateKeyException sentAtTheSameTime) {
                // the request that was faster is found below
            }
            var earlier = sentBefore(resident, sent);
            if (earlier.isPresent())
                return new Outcome.Accepted(earlier.get());
            var latest = latest(resident, version.ref().id());
            if (latest.isPresent() && standsInTheWay(resident, latest.get()))
                return new Outcome.AlreadyThere(receipt(resident, latest.get()));
            expected = latest;
        }
        throw new Conflict(Wording.three(messages, "submission.conflict.busy"));
    }

    /// Receives a whole application that some program sent on the applicant's behalf, without asking any register: everything
    /// is the applicant's own statement. The same key with the same answers is the same application.
    public Outcome receiveStated(Actor.Resident resident, String standard, ObjectNode answers, Language language,
            String key) {
        var today = LocalDate.now(clock);
        var version = layers.form(resident.authority(), standards.inForce(standard, today), today);
        var sent = new Sent(key, ClaimApi.digest(standard, json.writeValueAsBytes(answers)));
        var earlier = sentBefore(resident, sent);
        if (earlier.isPresent())
            return new Outcome.Accepted(earlier.get());
        var findings = version.check(answers);
        if (!findings.isEmpty())
            return new Outcome.NeedsCorrection(findings);
        return receive(resident, version, answers, List.of(), List.of(),
                Known.of(version.form(), List.of()).effort(answers, 0), language, sent, Beside.NOTHING);
    }

    /// One statement: the submission, the mark that it is the person's newest (only if the newest is still the one we
    /// know: otherwise nothing is written), and the end of the draft.
    private boolean insert(JdbcClient jdbc, Submission s, Optional<ReceiptNumber> latest, Optional<DraftId> draft,
            Optional<Sent> sent) {
        String answers = json.writeValueAsString(s.answers());
        return jdbc.sql("""
                with newest as (
                    insert into submission.latest as l (authority, person, standard, receipt) values (?, ?, ?, ?)
                    on conflict (authority, person, standard) do update set receipt = excluded.receipt
                      where l.receipt = ?
                    returning authority, person, standard, receipt),
                received as (
                    insert into submission.submission (authority, receipt, revision, person, standard, standard_version,
                        first_arrived_at, arrived_at, language, channel, answers, evidence, disputes, seconds,
                        typed_fields, prefilled_fields, idempotency_key, request_digest, beside)
                    select authority, receipt, 1, person, standard, ?, ?::timestamptz, ?::timestamptz, ?, ?,
                        ?::jsonb, ?::jsonb, ?::jsonb, ?::bigint, ?::int, ?::int, nullif(?, ''),
                        nullif(?, ''), ?::jsonb
                    from newest returning 1),
                finished as (
                    update submission.draft set receipt = ?, saved_at = ?::timestamptz
                    where authority = ? and id = nullif(?, '')::uuid and exists (select from received) returning 1)
                select count(*) from received
                """).params(s.authority().code(), s.person().number(), s.standard().id(), s.receipt().text(),
                latest.map(ReceiptNumber::text).orElse(""), s.standard().version().text(), time(s.firstArrivedAt()),
                time(s.arrivedAt()), s.language().code(), s.channel().name(), answers,
                json.writeValueAsString(s.evidence()), json.writeValueAsString(s.disputes()), s.effort().seconds(),
                s.effort().typedFields(), s.effort().prefilledFields(), sent.map(Sent::key).orElse(""),
                sent.map(Sent::digest).orElse(""), drafts.write(s.beside()), s.receipt().text(), time(s.arrivedAt()),
                s.authority().code(),
                draft.map(DraftId::toString).orElse("")).query(Long.class).single() == 1;
    }

    private StandardVersion form(Submission s) {
        return layers.form(s.authority(), standards.version(s.standard()), LocalDate.ofInstant(s.arrivedAt(), clock
                .getZone()));
    }

    private static String time(Instant instant) { return instant.toString(); }

    private Instant now() { return clock.instant().truncatedTo(ChronoUnit.MICROS); }

    private Receipt announce(JdbcClient jdbc, Submission s) {
        Attachments.sent(jdbc, s.authority(), s.person(), form(s).form(), s.answers());
        events.append(jdbc, new Received(s.authority(), s.arrivedAt(), s.receipt().text(), s.receipt(), s.standard(),
                s.channel(), s.effort().seconds(), s.effort().typedFields(), s.effort().prefilledFields()));
        Work.current().concerns(s.authority(), s.receipt());
        return new Receipt(s.authority(), s.receipt(), s.revision(), s.standard(), s.arrivedAt());
    }

    private Step corrected(JdbcClient jdbc, Draft draft, ObjectNode answers, Effort effort, Channel channel,
            Language language, Instant now) {
        var receipt = draft.correcting().orElseThrow();
        var before = revisions(jdbc, draft.authority(), receipt).getLast();
        if (openCorrection(jdbc, draft.authority(), receipt).isEmpty())
            throw new Conflict(Wording.three(messages, "submission.conflict.no-correction"));
        var s = new Submission(draft.authority(), receipt, before.revision() + 1, draft.standard(), draft.person(),
                before.firstArrivedAt(), now, language, channel, answers, draft.evidence(), draft.disputes(),
                effort, draft.beside());
        jdbc.sql("""
                with received as (
                    insert into submission.submission (authority, receipt, revision, person, standard, standard_version,
                        first_arrived_at, arrived_at, language, channel, answers, evidence, disputes, seconds,
                        typed_fields, prefilled_fields, beside)
                    values (?, ?, ?, ?, ?, ?, ?::timestamptz, ?::timestamptz, ?, ?, ?::jsonb, ?::jsonb, ?::jsonb, ?, ?, ?,
                        ?::jsonb))
                update submission.draft set receipt = ?, saved_at = ?::timestamptz where authority = ? and id = ?
                """).params(s.authority().code(), s.receipt().text(), s.revision(), s.person().number(),
                s.standard().id(), s.standard().version().text(), time(s.firstArrivedAt()), time(now),
                s.language().code(),
                s.channel().name(), json.writeValueAsString(s.answers()), json.writeValueAsString(s.evidence()),
                json.writeValueAsString(s.disputes()), effort.seconds(), effort.typedFields(),
                effort.prefilledFields(), drafts.write(s.beside()), s.receipt().text(), time(now), s.authority().code(),
                draft.id().id())
                .update();
        Attachments.sent(jdbc, s.authority(), s.person(), form(s).form(), s.answers());
        events.append(jdbc, new Corrected(s.authority(), now, s.receipt().text(), s.receipt(), s.standard(),
                s.revision(), effort.seconds(), effort.typedFields()));
        Work.current().concerns(s.authority(), s.receipt());
        return new Done(new Outcome.Accepted(
                new Receipt(s.authority(), s.receipt(), s.revision(), s.standard(), s.arrivedAt())), Optional.of(s));
    }

    /// The phone and mail that were given are there the next time.
    private void remember(Submission submission) {
        var known = Known.of(standards.version(submission.standard()).form(), submission.evidence());
        Filling.contactGiven(known, submission.answers()).ifPresent(
                c -> contacts.remember(submission.authority(), submission.person(), c.phone(), c.email()));
    }

    /// The newest revision, for the authority's own work; `NotThere` when there is none.
    public Submission find(AuthorityId authority, ReceiptNumber receipt) {
        return store.in(Scope.of(authority), jdbc -> newest(jdbc, authority, receipt)).orElseThrow(NotThere::new);
    }

    /// Every revision, oldest first; `NotThere` when there is none.
    public List<Submission> revisions(AuthorityId authority, ReceiptNumber receipt) {
        return store.in(Scope.of(authority), jdbc -> revisions(jdbc, authority, receipt));
    }

    /// The resident's own application, its newest revision; `NotThere` for everybody else's.
    public Submission mine(Actor.Resident resident, ReceiptNumber receipt) {
        return store.in(Drafts.scope(resident), jdbc -> newest(jdbc, resident.authority(), receipt))
                .orElseThrow(NotThere::new);
    }

    private Optional<Submission> newest(JdbcClient jdbc, AuthorityId authority,
            ReceiptNumber receipt) { return jdbc.sql("select " + COLUMNS + """
                 from submission.submission s where s.authority = ? and s.receipt = ? order by s.revision desc limit 1
                """).params(authority.code(), receipt.text()).query((row, i) -> submission(row)).optional(); }

    private List<Submission> revisions(JdbcClient jdbc, AuthorityId authority, ReceiptNumber receipt) {
        var all = jdbc.sql("select " + COLUMNS + """
                 from submission.submission s where s.authority = ? and s.receipt = ? order by s.revision
                """).params(authority.code(), receipt.text()).query((row, i) -> submission(row)).list();
        if (all.isEmpty())
            throw new NotThere();
        return all;
    }

    /// 補正の求め. The authority asks for a correction; joins the caller's transaction. The resident then finds the form
    /// open again from `/submission/receipts/{receipt}`, with the findings beside their fields.
    public void askCorrection(AuthorityId authority, ReceiptNumber receipt, List<Finding> findings,
            Optional<LocalDate> until) {
        if (findings.isEmpty())
            throw new IllegalArgumentException("a correction request without a finding");
        store.run(Scope.of(authority), jdbc -> {
            int asked = jdbc.sql("""
                    insert into submission.correction (authority, receipt, round, person, asked_at, findings, until,
                        revision)
                    select s.authority, s.receipt,
                        1 + (select count(*) from submission.correction c
                             where c.authority = s.authority and c.receipt = s.receipt),
                        s.person, ?::timestamptz, ?::jsonb, nullif(?, '')::date, s.revision
                    from submission.submission s where s.authority = ? and s.receipt = ?
                    order by s.revision desc limit 1
                    """).params(time(now()), json.writeValueAsString(findings),
                    until.map(LocalDate::toString).orElse(""), authority.code(), receipt.text()).update();
            if (asked == 0)
                throw new NotThere();
        });
    }

    /// The correction requests so far, oldest first.
    public List<CorrectionAsked> corrections(AuthorityId authority, ReceiptNumber receipt) {
        return store.in(Scope.of(authority), jdbc -> corrections(jdbc, authority, receipt));
    }

    /// The correction that the resident is asked for and has not answered yet.
    public Optional<CorrectionAsked> openCorrection(Actor.Resident resident, ReceiptNumber receipt) {
        return store.in(Drafts.scope(resident), jdbc -> openCorrection(jdbc, resident.authority(), receipt));
    }

    private Optional<CorrectionAsked> openCorrection(JdbcClient jdbc, AuthorityId authority, ReceiptNumber receipt) {
        return corrections(jdbc, authority, receipt).stream().filter(c -> c.answeredBy().isEmpty())
                .reduce((earlier, later) -> later);
    }

    private List<CorrectionAsked> corrections(JdbcClient jdbc, AuthorityId authority, ReceiptNumber receipt) {
        return jdbc.sql("""
                select c.round, c.asked_at, c.findings::text, c.until, s.revision
                from submission.correction c
                left join submission.submission s
                  on s.authority = c.authority and s.receipt = c.receipt and s.revision = c.revision + 1
                where c.authority = ? and c.receipt = ? order by c.round
                """).params(authority.code(), receipt.text())
                .query((row, i) -> new CorrectionAsked(row.getInt(1), row.getTimestamp(2).toInstant(),
                        json.readValue(row.getString(3), FINDINGS),
                        Optional.ofNullable(row.getObject(4, LocalDate.class)),
                        Optional.ofNullable(row.getObject(5, Integer.class))))
                .list();
    }

    /// 取下げ. The resident takes the application back, as long as it is not decided. Asked twice, done once.
    public Instant withdraw(Actor.Resident resident, ReceiptNumber receipt) {
        var submission = mine(resident, receipt);
        var already = withdrawnAt(resident, receipt);
        if (already.isPresent())
            return already.get();
        if (!where(resident, receipt).map(Progress.Where::mayBeWithdrawn).orElse(true))
            throw new Conflict(Wording.three(messages, "submission.conflict.decided"));
        var now = now();
        store.run(Drafts.scope(resident), jdbc -> {
            int written = jdbc.sql("""
                    insert into submission.withdrawal (authority, receipt, person, withdrawn_at)
                    values (?, ?, ?, ?::timestamptz) on conflict do nothing
                    """).params(resident.authority().code(), receipt.text(), resident.person().number(), time(now))
                    .update();
            if (written == 1)
                events.append(jdbc,
                        new Withdrawn(resident.authority(), now, receipt.text(), receipt, submission.standard()));
        });
        Work.current().concerns(resident.authority(), receipt);
        return now;
    }

    public Optional<Instant> withdrawnAt(Actor.Resident resident, ReceiptNumber receipt) {
        return store.in(Drafts.scope(resident), jdbc -> jdbc
                .sql("select withdrawn_at from submission.withdrawal where authority = ? and receipt = ?")
                .params(resident.authority().code(), receipt.text())
                .query((row, i) -> row.getTimestamp(1).toInstant()).optional());
    }

    /// What has become of the resident's own application; empty when no case has been opened yet.
    Optional<Progress.Where> where(Actor.Resident resident, ReceiptNumber receipt) {
        return Optional.ofNullable(progress.getIfAvailable())
                .flatMap(p -> p.where(resident.authority(), resident.person(), receipt));
    }

    /// The resident's newest application of the standard.
    Optional<ReceiptNumber> latest(Actor.Resident resident, String standard) {
        return store.in(Drafts.scope(resident), jdbc -> latest(jdbc, resident, standard));
    }

    private static Optional<ReceiptNumber> latest(JdbcClient jdbc, Actor.Resident resident, String standard) {
        return jdbc.sql("select receipt from submission.latest where authority = ? and person = ? and standard = ?")
                .params(resident.authority().code(), resident.person().number(), standard)
                .query((row, i) -> ReceiptNumber.of(row.getString(1))).optional();
    }

    /// The application that stands in the way of another one of the same standard: open, or granted.
    Optional<ReceiptNumber> inTheWay(Actor.Resident resident, String standard) {
        return latest(resident, standard).filter(receipt -> standsInTheWay(resident, receipt));
    }

    private boolean standsInTheWay(Actor.Resident resident, ReceiptNumber receipt) {
        return withdrawnAt(resident, receipt).isEmpty()
                && where(resident, receipt).map(Progress.Where::standsInTheWay).orElse(true);
    }

    Receipt receipt(Actor.Resident resident, ReceiptNumber number) {
        return store.in(Drafts.scope(resident), jdbc -> receipt(jdbc, resident, number));
    }

    private static Receipt receipt(JdbcClient jdbc, Actor.Resident resident, ReceiptNumber number) {
        return jdbc.sql("""
                select authority, receipt, revision, standard, standard_version, arrived_at
                from submission.submission where authority = ? and receipt = ? order by revision desc limit 1
                """).params(resident.authority().code(), number.text()).query((row, i) -> asReceipt(row)).optional()
                .orElseThrow(NotThere::new);
    }

    private static Receipt asReceipt(ResultSet row) throws SQLException {
        return new Receipt(AuthorityId.of(row.getString(1)), ReceiptNumber.of(row.getString(2)), row.getInt(3),
                new StandardRef(row.getString(4), VersionName.parse(row.getString(5))),
                row.getTimestamp(6).toInstant());
    }

    private Submission submission(ResultSet row) throws SQLException {
        return new Submission(AuthorityId.of(row.getString(1)), ReceiptNumber.of(row.getString(2)), row.getInt(3),
                new StandardRef(row.getString(4), VersionName.parse(row.getString(5))), PersonId.of(row.getString(6)),
                row.getTimestamp(7).toInstant(), row.getTimestamp(8).toInstant(), Language.of(row.getString(9)),
                Channel.valueOf(row.getString(10)), json.readTree(row.getString(11)),
                drafts.evidence(row.getString(12)), drafts.disputes(row.getString(13)),
                new Effort(row.getLong(14), row.getInt(15), row.getInt(16)), drafts.beside(row.getString(17)));
    }
}
