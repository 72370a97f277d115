package jp.kiban.payment;

import jp.kiban.identity.Actor;
import jp.kiban.identity.CurrentActor;
import jp.kiban.identity.Role;
import jp.kiban.kernel.Text;
import jp.kiban.portal.NavItem;
import org.springframework.stereotype.Component;

/// 支払への入口. The entry in the navigation of 会計 and 決裁.
@Component
class PaymentEntrance implements NavItem {
    private final CurrentActor actor;

    PaymentEntrance(CurrentActor actor) { this.actor = actor; }

    @Override
    public int order() { return 400; }

    @Override
    public Text title() { return Words.of("payment.nav"); }

    @Override
    public String path() { return "/payment/runs"; }

    @Override
    public boolean appliesToCurrent() {
        return actor.get() instanceof Actor.Officer officer
                && (officer.may(Role.TREASURY) || officer.may(Role.APPROVAL));
    }
}
