package jp.kiban.conformity;

import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.kiban.catalogue.Layers;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Role;
import jp.kiban.kernel.ActingDay;
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

    private final SecureRandom random = new SecureRandom();
    private final Store store;
    private final Standards standards;
    private final Layers layers;
    private final JsonMapper json;
    private final Clock clock;

    TestSessions(Store store, Standards standards, Layers layers, JsonMapper json, Clock clock) {
        this.store = store;
        this.standards = standards;
        this.layers = layers;
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
            set(authority, version, local);
            return new Session(authority.code() + "-" + secret, authority, version.id(), local);
        }
    }

    /// By the two officers and the acts of every other authority, to be in force from the first day of the version.
    private void set(AuthorityId authority, StandardRef version, Map<String, JsonNode> local) {
        if (local.isEmpty())
            return;
        var proposing = new Actor.Officer(authority, "kensa-1", "検査 一郎", Set.of(Role.RECEPTION, Role.REVIEW));
        var approving = new Actor.Officer(authority, "kensa-2", "検査 花子", Set.of(Role.APPROVAL));
        ActingDay.on(version.version().minusDays(1), () -> {
            var layer = layers.propose(proposing, version.id(), new Layers.Wanted(version.version(), Optional.empty(),
                    local, "適合性検査条例", "適合性検査のため", Optional.empty()));
            return layers.approve(approving, version.id(), layer.number());
        });
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
        return layers.values(session.authority(), standards.version(version), version.version());
    }

    private String letters(int count) {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++)
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        return text.toString();
    }
}
