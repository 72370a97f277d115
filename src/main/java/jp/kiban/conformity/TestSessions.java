package jp.kiban.conformity;

import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import jp.kiban.authority.Parameters;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.StandardRef;
import jp.kiban.standards.Standards;
import jp.kiban.standards.Variations;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// 検査の場. Each is an invented authority of its own, with the local values it has set: a partition of the database like that
/// of any municipality, and nobody's. Whoever opened it knows its secret name; nobody else can act in it.
@Component
@ConditionalOnProperty("kiban.conformity.enabled")
final class TestSessions {
    private static final String LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    /// Before every standard: what is set from here holds on every day of a test.
    private static final LocalDate ALWAYS = LocalDate.of(2000, 1, 1);

    private final SecureRandom random = new SecureRandom();
    private final Store store;
    private final Standards standards;
    private final Parameters parameters;
    private final JsonMapper json;
    private final Clock clock;

    TestSessions(Store store, Standards standards, Parameters parameters, JsonMapper json, Clock clock) {
        this.store = store;
        this.standards = standards;
        this.parameters = parameters;
        this.json = json;
        this.clock = clock;
    }

    /// @param name secret, to be used in the addresses
    /// @param values every value in force: the local ones, else the defaults
    record Session(String name, AuthorityId authority, String standard, Map<String, JsonNode> local) {}

    /// Opens one; local values outside their limits are refused, all at once.
    Session open(StandardRef version, Map<String, JsonNode> local) {
        standards.version(version).variations().merge(local);
        while (true) {
            var authority = AuthorityId.of("T" + letters(5));
            if (authority.code().equals("T00000"))
                continue;
            var secret = letters(26);
            int opened = store.in(Scope.of(authority), jdbc -> jdbc.sql("""
                    insert into conformity.session (authority, secret, standard, local, opened_at)
                    values (?, ?, ?, ?::jsonb, ?) on conflict do nothing
                    """).params(authority.code(), secret, version.id(), json.writeValueAsString(local),
                    Timestamp.from(clock.instant())).update());
            if (opened == 0)
                continue;
            local.forEach((key, value) -> parameters.set(authority, version.id(), key, value, ALWAYS, "kensa",
                    "適合性検査条例"));
            return new Session(authority.code() + "-" + secret, authority, version.id(), local);
        }
    }

    /// `NotThere` for every name that was not given out.
    Session find(String name) {
        if (!name.matches("T[0-9A-Z]{5}-[0-9A-Z]{26}"))
            throw new NotThere();
        var authority = AuthorityId.of(name.substring(0, 6));
        return store.in(Scope.of(authority), jdbc -> jdbc
                .sql("select standard, local::text from conformity.session where authority = ? and secret = ?")
                .params(authority.code(), name.substring(7)).query((row, i) -> {
                    var local = new LinkedHashMap<String, JsonNode>();
                    json.readTree(row.getString(2)).forEachEntry(local::put);
                    return new Session(name, authority, row.getString(1), local);
                }).optional()).orElseThrow(NotThere::new);
    }

    /// The values in force in this session under the version.
    Variations.Values values(Session session, StandardRef version) {
        return standards.version(version).variations()
                .merge(parameters.of(session.authority(), session.standard(), version.version()));
    }

    private String letters(int count) {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++)
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        return text.toString();
    }
}
