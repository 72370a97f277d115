package jp.kiban.identity;

import java.math.BigInteger;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.PersonId;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.stereotype.Component;

/// 発行番号と宛名番号の紐付け. Which resident a certificate belongs to: its issuer and serial number on one side, the
/// authority and its addressee number on the other. A new card is a new serial, so a person may have several.
@Component
public final class People {
    private final Store store;

    People(Store store) { this.store = store; }

    /// Links the certificate to the person; linking it again changes nothing, linking it to another person of the same
    /// authority replaces the link. After a move, the newest link of a certificate counts.
    public void link(X500Principal issuer, BigInteger serial, AuthorityId authority,
            PersonId person) { store.run(Scope.of(authority), jdbc -> jdbc.sql("""
                insert into identity.person_link (authority, issuer, serial, person) values (?, ?, ?, ?)
                on conflict (authority, issuer, serial) do update set person = excluded.person, since = clock_timestamp()
                where identity.person_link.person <> excluded.person
                """).params(authority.code(), issuer.getEncoded(), serial.toString(), person.number()).update()); }

    Optional<Actor.Resident> find(X500Principal issuer, String serial) {
        return store.in(Scope.nation(), jdbc -> jdbc.sql("select authority, person from identity.person_of(?, ?)")
                .params(issuer.getEncoded(), serial)
                .query((row, i) -> new Actor.Resident(AuthorityId.of(row.getString(1)), PersonId.of(row.getString(2))))
                .optional());
    }
}
