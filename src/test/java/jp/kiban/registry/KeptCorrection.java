package jp.kiban.registry;

import java.util.Set;
import java.util.UUID;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Role;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Language;
import org.springframework.beans.factory.BeanFactory;

/// A correction that a municipality asked of a registry's keeper, for tests of other rooms.
public final class KeptCorrection {
    private KeptCorrection() {}

    /// Its number.
    public static String of(BeanFactory house, AuthorityId authority) {
        var officer = new Actor.Officer(authority, "tester", "試験", Set.of(Role.REVIEW));
        var told = new Corrections.Told("name", "名", "申し出た正しい名", "登記のとおり", UUID.randomUUID().toString());
        return Long.toString(house.getBean(Corrections.class).ask(officer, BaseRegistry.CORPORATIONS, "9900000000000",
                told, Set.of("name"), Language.JA));
    }
}
