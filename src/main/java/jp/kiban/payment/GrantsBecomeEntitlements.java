package jp.kiban.payment;

import java.util.List;
import java.util.Set;
import jp.kiban.casework.Decided;
import jp.kiban.casework.DecisionKind;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.store.EventHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Hears of a grant and enters what it owes, once, in the transaction that also marks it as heard.
@Component
class GrantsBecomeEntitlements implements EventHandler {
    private final Decisions decisions;
    private final Entitlements entitlements;

    GrantsBecomeEntitlements(Decisions decisions, Entitlements entitlements) {
        this.decisions = decisions;
        this.entitlements = entitlements;
    }

    @Override
    public String name() { return "payment.entitlements"; }

    @Override
    public Set<Class<? extends Event>> kinds() { return Set.of(Decided.class); }

    @Override
    public void handle(AuthorityId authority, List<? extends Event> events, JdbcClient jdbc) {
        for (var event : events)
            if (event instanceof Decided decided && decided.kind() == DecisionKind.GRANT)
                entitlements.enter(jdbc, decisions.grant(authority, decided.receipt()).decidedAt(decided.at()));
    }
}
