package jp.kiban.identity;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// 預かり. What somebody had typed when their session ended: kept for a day, for that person only, and offered back after
/// they have signed in again.
@Component
public final class Parking {
    static final Duration KEPT = Duration.ofHours(24);
    private final Store store;
    private final JsonMapper json;
    private final RealTime time;

    Parking(Store store, JsonMapper json, RealTime time) {
        this.store = store;
        this.json = json;
        this.time = time;
    }

    /// 預かった一件. The path that the form was sent to, and its fields.
    record Parked(String id, String path, Map<String, List<String>> fields) {}

    private record Whose(Scope scope, AuthorityId authority, String person, String officer) {}

    /// Takes out what this actor had sent to the path (the form's action) when the session had ended; once taken it is
    /// gone. Nothing for anybody else.
    public Optional<Map<String, List<String>>> take(Actor actor, String path) {
        return newest(actor, Optional.of(path)).flatMap(parked -> remove(actor, parked.id())).map(Parked::fields);
    }

    /// The newest of this path counts; an earlier one is replaced.
    void park(Actor actor, String path, Map<String, List<String>> fields) {
        whose(actor).ifPresent(whose -> store.run(whose.scope(), jdbc -> {
            jdbc.sql("delete from identity.parked where authority = ? and person = ? and officer = ? and path = ?")
                    .params(whose.authority().code(), whose.person(), whose.officer(), path).update();
            jdbc.sql("""
                    insert into identity.parked (authority, id, person, officer, path, fields, parked_at)
                    values (?, ?, ?, ?, ?, ?::jsonb, ?)
                    """).params(whose.authority().code(), Secrets.next(), whose.person(), whose.officer(), path,
                    json.writeValueAsString(fields), Timestamp.from(time.now())).update();
        }));
    }

    Optional<Parked> newest(Actor actor, Optional<String> path) {
        return whose(actor).flatMap(whose -> store.in(whose.scope(), jdbc -> jdbc.sql("""
                select id, path, fields::text from identity.parked
                where authority = ? and person = ? and officer = ? and parked_at > ? and (path = ? or ? = '')
                order by parked_at desc limit 1
                """).params(whose.authority().code(), whose.person(), whose.officer(), oldest(), path.orElse(""),
                path.orElse(""))
                .query((row, i) -> new Parked(row.getString(1), row.getString(2), fields(row.getString(3))))
                .optional()));
    }

    Optional<Parked> remove(Actor actor, String id) {
        return whose(actor).flatMap(whose -> store.in(whose.scope(), jdbc -> jdbc.sql("""
                delete from identity.parked where authority = ? and id = ? and person = ? and officer = ?
                and parked_at > ? returning path, fields::text
                """).params(whose.authority().code(), id, whose.person(), whose.officer(), oldest())
                .query((row, i) -> new Parked(id, row.getString(1), fields(row.getString(2)))).optional()));
    }

    private Timestamp oldest() {
        Instant now = time.now();
        return Timestamp.from(now.minus(KEPT));
    }

    private Map<String, List<String>> fields(String text) {
        return json.readValue(text, new TypeReference<LinkedHashMap<String, List<String>>>() {
        });
    }

    private static Optional<Whose> whose(Actor actor) {
        return switch (actor) {
            case Actor.Nobody nobody -> Optional.empty();
            case Actor.Resident(var authority, var person) -> Optional
                    .of(new Whose(Scope.resident(authority, person), authority, person.number(), ""));
            case Actor.Officer officer -> Optional
                    .of(new Whose(Scope.of(officer.authority()), officer.authority(), "", officer.id()));
        };
    }
}
