package jp.kiban.casework;

import java.util.List;
import java.util.Set;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.store.EventHandler;
import jp.kiban.submission.Corrected;
import jp.kiban.submission.Received;
import jp.kiban.submission.Withdrawn;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// 申請等から事案へ. What happens at the door moves the case: received, corrected, withdrawn.
@Component
final class Opening implements EventHandler {
    private final Cases cases;

    Opening(Cases cases) { this.cases = cases; }

    @Override
    public String name() { return "casework.opening"; }

    @Override
    public Set<Class<? extends Event>> kinds() { return Set.of(Received.class, Corrected.class, Withdrawn.class); }

    @Override
    public void handle(AuthorityId authority, List<? extends Event> events, JdbcClient jdbc) {
        for (var event : events)
            switch (event) {
                case Received received -> cases.open(jdbc, authority, received.receipt());
                case Corrected corrected ->
                    cases.corrected(jdbc, authority, corrected.receipt(), corrected.revision(), corrected.at());
                case Withdrawn withdrawn -> cases.withdrawn(jdbc, authority, withdrawn.receipt(), withdrawn.at());
                default -> throw new IllegalStateException("not asked for: " + event.getClass());
            }
    }
}
