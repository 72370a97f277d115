package jp.kiban.exchange;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.PersonId;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.stereotype.Component;

/// 連絡先の控え. The phone and mail address that a person gave last, so that they are not asked again (item
/// `contact.last`). Only for the person's own forms.
@Component
public final class Contacts {
    private final Store store;
    private final Clock clock;

    Contacts(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /// 連絡先. Either may be blank.
    record Contact(String phone, String email) {}

    /// Keeps what was given with a submission; either may be blank. Joins the caller's transaction if that is one of the
    /// authority.
    public void remember(AuthorityId authority, PersonId person, String phone,
            String email) { store.run(Scope.of(authority), jdbc -> jdbc.sql("""
                insert into exchange.contact (authority, person, phone, email, given_on) values (?, ?, ?, ?, ?)
                on conflict (authority, person) do update
                set phone = excluded.phone, email = excluded.email, given_on = excluded.given_on
                """).params(authority.code(), person.number(), phone, email, LocalDate.now(clock)).update()); }

    Optional<Stated<Contact>> of(AuthorityId authority, PersonId person) {
        return store.in(Scope.of(authority), jdbc -> jdbc
                .sql("select phone, email, given_on from exchange.contact where authority = ? and person = ?")
                .params(authority.code(), person.number())
                .query((row, i) -> new Stated<>(new Contact(row.getString(1), row.getString(2)),
                        row.getObject(3, LocalDate.class)))
                .optional());
    }
}
