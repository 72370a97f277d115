package jp.kiban.identity;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// 職員名簿. The officers of each authority, what they may do, and which certificate is whose.
@Component
public final class Officers {
    private final Store store;

    Officers(Store store) { this.store = store; }

    /// Enters the officer, or brings name and roles up to date.
    public void add(Actor.Officer officer) {
        store.run(Scope.of(officer.authority()), jdbc -> jdbc.sql("""
                insert into identity.officer (authority, id, name, roles) values (?, ?, ?, ?)
                on conflict (authority, id) do update set name = excluded.name, roles = excluded.roles
                where (identity.officer.name, identity.officer.roles) is distinct from (excluded.name, excluded.roles)
                """).params(officer.authority().code(), officer.id(), officer.name(),
                officer.roles().stream().map(Role::name).sorted().collect(Collectors.joining(","))).update());
    }

    public Optional<Actor.Officer> find(AuthorityId authority, String id) {
        return store.in(Scope.of(authority), jdbc -> find(jdbc, authority, id));
    }

    public List<Actor.Officer> of(AuthorityId authority) {
        return store.in(Scope.of(authority), jdbc -> jdbc
                .sql("select id, name, roles from identity.officer where authority = ? order by id")
                .params(authority.code())
                .query((row, i) -> officer(authority, row.getString(1), row.getString(2), row.getString(3))).list());
    }

    public void link(X500Principal issuer, BigInteger serial, AuthorityId authority,
            String id) { store.run(Scope.of(authority), jdbc -> jdbc.sql("""
                insert into identity.officer_link (authority, issuer, serial, officer) values (?, ?, ?, ?)
                on conflict (authority, issuer, serial) do update set officer = excluded.officer, since = clock_timestamp()
                where identity.officer_link.officer <> excluded.officer
                """).params(authority.code(), issuer.getEncoded(), serial.toString(), id).update()); }

    Optional<Actor.Officer> find(X500Principal issuer, String serial) {
        return store.in(Scope.nation(), jdbc -> jdbc.sql("""
                select authority, id, name, roles from identity.officer_of(?, ?)
                """).params(issuer.getEncoded(), serial)
                .query((row, i) -> officer(AuthorityId.of(row.getString(1)), row.getString(2), row.getString(3),
                        row.getString(4)))
                .optional());
    }

    private static Optional<Actor.Officer> find(JdbcClient jdbc, AuthorityId authority, String id) {
        return jdbc.sql("select name, roles from identity.officer where authority = ? and id = ?")
                .params(authority.code(), id)
                .query((row, i) -> officer(authority, id, row.getString(1), row.getString(2))).optional();
    }

    static Actor.Officer officer(AuthorityId authority, String id, String name, String roles) {
        return new Actor.Officer(authority, id, name,
                Arrays.stream(roles.split(",")).map(Role::valueOf).collect(Collectors.toSet()));
    }
}
