package jp.kiban.casework;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import jp.kiban.authority.Authorities;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.PersonId;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.letters.Wareki;
import jp.kiban.standards.Judgement;
import jp.kiban.standards.NoticeFacts;
import jp.kiban.standards.RenderedNotice;
import jp.kiban.standards.StandardVersion;
import jp.kiban.standards.Standards;
import jp.kiban.standards.Variations;
import jp.kiban.store.EventLog;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import jp.kiban.store.Work;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// 通知. Words come from the standard, filled with the facts of the case, and are kept as sent: in the transaction that made
/// the decision, so that there is no decision without its notice (行政手続法8条, 行政不服審査法82条).
@Component
public final class Notices {
    private final Store store;
    private final EventLog events;
    private final Standards standards;
    private final Authorities authorities;
    private final JsonMapper json;
    private final Clock clock;

    Notices(Store store, EventLog events, Standards standards, Authorities authorities, JsonMapper json, Clock clock) {
        this.store = store;
        this.events = events;
        this.standards = standards;
        this.authorities = authorities;
        this.json = json;
        this.clock = clock;
    }

    /// The notices of one case, oldest first; in a resident's scope only her own are there.
    public List<Notice> of(Scope scope, AuthorityId authority,
            ReceiptNumber receipt) { return store.in(scope, jdbc -> jdbc.sql("""
                select receipt, number, person, kind, issued_at, words::text from casework.notice
                where authority = ? and receipt = ? order by number
                """).params(authority.code(), receipt.text()).query((row, i) -> read(authority, row)).list()); }

    /// お知らせ. The newest notices of a resident.
    public List<Notice> newest(Scope.Resident resident, int most) {
        return store.in(resident, jdbc -> jdbc.sql("""
                select receipt, number, person, kind, issued_at, words::text from casework.notice
                where authority = ? and person = ? order by issued_at desc limit ?
                """).params(resident.authority().code(), resident.person().number(), most)
                .query((row, i) -> read(resident.authority(), row)).list());
    }

    Notice get(Scope scope, AuthorityId authority, ReceiptNumber receipt, int number) {
        return of(scope, authority, receipt).stream().filter(n -> n.number() == number).findFirst()
                .orElseThrow(NotThere::new);
    }

    /// `asked` is the version with what the municipality itself asks: that has a name in the notice, too.
    void correction(JdbcClient jdbc, Case file, StandardVersion asked, List<Finding> findings,
            Optional<LocalDate> until) {
        issue(jdbc, file, "correction", language -> {
            var facts = facts(file, language);
            facts.putAll(asked.factsOf(findings, language));
            facts.put("due", until.map(day -> Wareki.in(language, day))
                    .orElse(Words.in(language, "casework.notice.no-date")));
            return facts;
        });
    }

    void decision(JdbcClient jdbc, Case file, Decision decision, Variations.Values values) {
        var version = standards.version(file.standard());
        issue(jdbc, file, kind(decision.kind()), language -> {
            var facts = facts(file, language);
            facts.putAll(version.factsOf(decision.basis().judgement(), values, language));
            facts.put("reasons", reasons(decision.reasons(), language));
            return facts;
        });
    }

    /// The kind of notice that tells of a decision.
    static String kind(DecisionKind kind) {
        return switch (kind) {
            case GRANT -> "grant";
            case REFUSAL -> "refusal";
            case REDIRECT -> "redirect";
        };
    }

    /// A notice that the flow sends besides those of decisions: filled with the facts of the case alone.
    void other(JdbcClient jdbc, Case file, String kind) { issue(jdbc, file, kind, language -> facts(file, language)); }

    private static List<Map<String, Object>> reasons(List<Judgement.Reason> reasons, Language language) {
        return reasons.stream().map(reason -> Map.<String, Object>of("code", reason.code(), "text",
                reason.text().in(language), "law", reason.law().toString())).toList();
    }

    private Map<String, Object> facts(Case file, Language language) {
        var facts = new LinkedHashMap<String, Object>();
        facts.putAll(NoticeFacts.issuer(authorities.get(file.authority()),
                authorities.prefectureOf(file.authority()), language));
        facts.put("receipt", file.receipt().text());
        facts.put("recipient", file.applicant());
        facts.put("filedOn", file.arrivedOn());
        facts.put("date", LocalDate.now(clock));
        return facts;
    }

    private void issue(JdbcClient jdbc, Case file, String kind, Function<Language, Map<String, Object>> facts) {
        var version = standards.version(file.standard());
        var words = new EnumMap<Language, RenderedNotice>(Language.class);
        for (var language : Language.values())
            words.put(language, version.notice(kind, language, facts.apply(language)));
        int number = jdbc.sql("""
                insert into casework.notice (authority, receipt, number, person, kind, issued_at, words)
                select ?, ?, coalesce(max(number), 0) + 1, ?, ?, ?, ?::jsonb from casework.notice
                where authority = ? and receipt = ? returning number
                """).params(file.authority().code(), file.receipt().text(), file.person().number(), kind,
                Timestamp.from(clock.instant()), json.writeValueAsString(words), file.authority().code(),
                file.receipt().text()).query(Integer.class).single();
        events.append(jdbc, new NoticeIssued(file.authority(), clock.instant(), file.receipt().text(), file.receipt(),
                file.standard(), kind, number));
        Work.current().concerns(file.authority(), file.receipt());
        Work.current().sentMessage();
    }

    private Notice read(AuthorityId authority, ResultSet row) throws SQLException {
        return new Notice(authority, ReceiptNumber.of(row.getString(1)), row.getInt(2), PersonId.of(row.getString(3)),
                row.getString(4), row.getTimestamp(5).toInstant(),
                json.readValue(row.getString(6), new TypeReference<Map<Language, RenderedNotice>>() {
                }));
    }
}
