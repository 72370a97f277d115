package jp.kiban.demo;

import java.util.List;
import jp.kiban.exchange.Contacts;
import jp.kiban.identity.Actor;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.PersonId;
import jp.kiban.kernel.Text;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/// Doubles of the two men against whom somebody is protected: the same name, age, address, account and telephone, but
/// never a family. Whatever they are told, he must be told.
@TestConfiguration(proxyBeanMethods = false)
public class Doubles {
    static final int HIM = 41;
    static final int DOUBLE = 90_041;

    @Bean
    CardHolders cardsOfDoubles() {
        return () -> List.of(card("tsu-double", "242012"), card("kumatori-double", "273619"));
    }

    private static CardHolder card(String id, String authority) {
        var actor = new Actor.Resident(AuthorityId.of(authority), number(authority, DOUBLE));
        return new CardHolder(id, id, Text.same(id), "1234", actor, CardHolder.Condition.VALID);
    }

    /// The addressee number of the man against whom somebody is protected.
    public static PersonId him(String authority) { return number(authority, HIM); }

    public static PersonId doubleOf(String authority) { return number(authority, DOUBLE); }

    private static PersonId number(String authority, int id) { return Families.number(AuthorityId.of(authority), id); }

    @Bean
    ApplicationRunner doublesMoveIn(Store store, Contacts contacts) {
        return arguments -> {
            for (String code : List.of("242012", "273619")) {
                var authority = AuthorityId.of(code);
                store.run(Scope.of(authority), jdbc -> jdbc.sql("""
                        insert into demo.person
                        select authority, ?, name, kana, birth_date, sex, postal_code, address, 'double', resident,
                            moved_in, abroad, in_facility, income, pension, public_servant, account, measure
                        from demo.person where authority = ? and person = ?
                        """).params(doubleOf(code).number(), code, him(code).number()).update());
                for (var one : List.of(him(code), doubleOf(code)))
                    contacts.remember(authority, one, "090-0000-0041", "he@example.jp");
            }
        };
    }
}
