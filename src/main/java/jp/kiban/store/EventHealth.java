package jp.kiban.store;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/// Health of the event log: down while an event is parked. The probes `liveness` and `readiness` do not look here: the
/// node still serves, but somebody has to look.
@Component("events")
class EventHealth implements HealthIndicator {
    private final Store store;

    EventHealth(Store store) { this.store = store; }

    @Override
    public Health health() {
        long parked = store.in(Scope.nation(),
                jdbc -> jdbc.sql("select count(*) from store.parked").query(Long.class).single());
        return parked == 0 ? Health.up().build() : Health.down().withDetail("parked", parked).build();
    }
}
