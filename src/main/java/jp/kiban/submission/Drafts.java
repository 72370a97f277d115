package jp.kiban.submission;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.kiban.identity.Actor;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.PersonId;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.StandardRef;
import jp.kiban.kernel.VersionName;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// 下書きの置き場. Seen and changed by the person alone, not by officers.
@Component
final class Drafts {
    private static final TypeReference<List<EvidenceUsed>> EVIDENCE = new TypeReference<>() {
    };
    private static final TypeReference<List<Dispute>> DISPUTES = new TypeReference<>() {
    };
    private static final TypeReference<Map<String, Draft.Saved>> PAGES = new TypeReference<>() {
    };
    private static final String COLUMNS = """
            d.authority, d.id, d.person, d.standard, d.standard_version, d.correcting, d.answers::text, d.evidence::text,
            d.disputes::text, d.pages::text, d.version, d.opened_at, d.saved_at, d.evidence_at, d.language, d.receipt,
            d.beside::text
            """;

    private final Store store;
    private final JsonMapper json;

    Drafts(Store store, JsonMapper json) {
        this.store = store;
        this.json = json;
    }

    static Scope.Resident scope(Actor.Resident resident) {
        return new Scope.Resident(resident.authority(), resident.person());
    }

    /// The draft; `NotThere` for everybody else's.
    Draft get(Actor.Resident resident, DraftId id) {
        return store.in(scope(resident), jdbc -> jdbc.sql("select " + COLUMNS
                + " from submission.draft d where d.authority = ? and d.id = ?")
                .params(resident.authority().code(), id.id()).query((row, i) -> draft(row)).optional())
                .orElseThrow(NotThere::new);
    }

    /// A held draft, and the person's newest application of the same standard.
    record Held(Draft draft, Optional<ReceiptNumber> latest) {}

    /// The draft, held until the transaction ends: two acts on one draft come one after the other.
    Held hold(JdbcClient jdbc, Actor.Resident resident, DraftId id) {
        return jdbc.sql("select " + COLUMNS + """
                , l.receipt as latest from submission.draft d
                left join submission.latest l
                  on l.authority = d.authority and l.person = d.person and l.standard = d.standard
                where d.authority = ? and d.id = ? for update of d
                """).params(resident.authority().code(), id.id())
                .query((row, i) -> new Held(draft(row),
                        Optional.ofNullable(row.getString("latest")).map(ReceiptNumber::of)))
                .optional().orElseThrow(NotThere::new);
    }

    /// The unfinished draft of this standard (of this correction), if there is one.
    Optional<Draft> open(Actor.Resident resident, String standard, Optional<ReceiptNumber> correcting) {
        return store.in(scope(resident), jdbc -> jdbc.sql("select " + COLUMNS + """
                 from submission.draft d
                where d.authority = ? and d.person = ? and d.standard = ? and d.correcting = ? and d.receipt is null
                """).params(resident.authority().code(), resident.person().number(), standard,
                correcting.map(ReceiptNumber::text).orElse("")).query((row, i) -> draft(row)).optional());
    }

    /// All unfinished drafts of the person, the last touched first.
    List<Draft> open(Actor.Resident resident) {
        return store.in(scope(resident), jdbc -> jdbc.sql("select " + COLUMNS + """
                 from submission.draft d where d.authority = ? and d.person = ? and d.receipt is null
                order by d.saved_at desc
                """).params(resident.authority().code(), resident.person().number()).query((row, i) -> draft(row))
                .list());
    }

    /// Keeps a new draft, unless the person already has one of its kind: then that one is answered.
    Draft start(Actor.Resident resident, Draft draft) {
        boolean kept = store.in(scope(resident), jdbc -> jdbc.sql("""
                insert into submission.draft (authority, id, person, standard, standard_version, correcting, answers,
                    evidence, disputes, pages, version, opened_at, saved_at, evidence_at, language, beside)
                values (?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?::jsonb, ?::jsonb, ?, ?, ?, ?, ?, ?::jsonb)
                on conflict do nothing
                """).params(draft.authority().code(), draft.id().id(), draft.person().number(), draft.standard().id(),
                draft.standard().version().text(), draft.correcting().map(ReceiptNumber::text).orElse(""),
                write(draft.answers()), write(draft.evidence()), write(draft.disputes()), write(draft.pages()),
                draft.version(), Timestamp.from(draft.openedAt()), Timestamp.from(draft.savedAt()),
                Timestamp.from(draft.evidenceAt()), draft.language().code(), write(draft.beside())).update()) == 1;
        return kept ? draft : open(resident, draft.standard().id(), draft.correcting()).orElseThrow(NotThere::new);
    }

    /// Writes what changed. The caller holds the draft.
    void keep(JdbcClient jdbc, Draft draft) {
        jdbc.sql("""
                update submission.draft set standard_version = ?, answers = ?::jsonb, evidence = ?::jsonb,
                    disputes = ?::jsonb, pages = ?::jsonb, version = ?, saved_at = ?, evidence_at = ?, language = ?,
                    beside = ?::jsonb
                where authority = ? and id = ? and receipt is null
                """).params(draft.standard().version().text(), write(draft.answers()), write(draft.evidence()),
                write(draft.disputes()), write(draft.pages()), draft.version(), Timestamp.from(draft.savedAt()),
                Timestamp.from(draft.evidenceAt()), draft.language().code(), write(draft.beside()),
                draft.authority().code(),
                draft.id().id()).update();
    }

    /// Throws an unfinished draft away; a finished one stays.
    void discard(Actor.Resident resident, DraftId id) {
        store.run(scope(resident), jdbc -> jdbc
                .sql("delete from submission.draft where authority = ? and id = ? and receipt is null")
                .params(resident.authority().code(), id.id()).update());
    }

    /// Forgets what has lain too long, of everybody; how many were forgotten.
    long forget(Instant now) {
        return store.in(Scope.nation(), jdbc -> jdbc.sql("select submission.forget_drafts(?)")
                .param(Timestamp.from(now)).query(Long.class).single());
    }

    String write(Object value) { return json.writeValueAsString(value); }

    ObjectNode answers(String text) { return (ObjectNode) json.readTree(text); }

    List<EvidenceUsed> evidence(String text) { return json.readValue(text, EVIDENCE); }

    Beside beside(String text) { return json.readValue(text, Beside.class); }

    List<Dispute> disputes(String text) { return json.readValue(text, DISPUTES); }

    private Draft draft(ResultSet row) throws SQLException {
        return new Draft(AuthorityId.of(row.getString(1)), new DraftId(row.getObject(2, UUID.class)),
                PersonId.of(row.getString(3)),
                new StandardRef(row.getString(4), VersionName.parse(row.getString(5))),
                Optional.of(row.getString(6)).filter(r -> !r.isEmpty()).map(ReceiptNumber::of),
                answers(row.getString(7)), evidence(row.getString(8)), disputes(row.getString(9)),
                json.readValue(row.getString(10), PAGES), row.getInt(11), row.getTimestamp(12).toInstant(),
                row.getTimestamp(13).toInstant(), row.getTimestamp(14).toInstant(),
                Language.of(row.getString(15)), Optional.ofNullable(row.getString(16)).map(ReceiptNumber::of),
                beside(row.getString(17)));
    }
}
