package jp.kiban.demo;

import java.util.List;
import java.util.Set;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Role;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.PersonId;
import jp.kiban.kernel.Text;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// 最初の見本カード. A resident, the four roles of one municipality and a ministry, before the demonstration's people come.
@Demo
@Component
@Order(Ordered.LOWEST_PRECEDENCE - 1)
class FirstCards implements CardHolders {
    private static final AuthorityId TSU = AuthorityId.of("242012");

    @Override
    public List<CardHolder> all() {
        return List.of(
                new CardHolder("first-resident", "津市の住民", Text.same("津市"), "1234",
                        new Actor.Resident(TSU, PersonId.of("9999999902")), CardHolder.Condition.VALID),
                officer("first-reception", "受付 花子", TSU, Role.RECEPTION),
                officer("first-review", "審査 太郎", TSU, Role.REVIEW),
                officer("first-approval", "決裁 次郎", TSU, Role.APPROVAL),
                officer("first-treasury", "会計 三郎", TSU, Role.TREASURY),
                officer("first-ministry", "府省 四郎", AuthorityId.of("GCFA00"), Role.MINISTRY));
    }

    private static CardHolder officer(String card, String name, AuthorityId authority, Role role) {
        return new CardHolder(card, name, role.title(), "1234", new Actor.Officer(authority, card, name, Set.of(role)),
                CardHolder.Condition.VALID);
    }
}
