package jp.kiban.cost;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.store.EventHandler;
import jp.kiban.submission.Received;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// 申請の控え. Notes to which standard each application belongs and when it arrived, so that its cost can be added up by
/// standard without asking anybody.
@Component
class Filing implements EventHandler {
    private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");

    @Override
    public String name() { return "cost.filing"; }

    @Override
    public Set<Class<? extends Event>> kinds() { return Set.of(Received.class); }

    @Override
    public void handle(AuthorityId authority, List<? extends Event> events, JdbcClient jdbc) {
        if (authority.isTest())
            return;
        var received = events.stream().map(Received.class::cast).toList();
        jdbc.sql("""
                insert into cost.application (authority, receipt, standard, version, arrived)
                select ?, * from unnest(?::text[], ?::text[], ?::text[], ?::date[]) on conflict do nothing
                """)
                .params(authority.code(), received.stream().map(e -> e.receipt().text()).toArray(String[]::new),
                        received.stream().map(e -> e.standard().id()).toArray(String[]::new),
                        received.stream().map(e -> e.standard().version().toString()).toArray(String[]::new),
                        received.stream().map(e -> LocalDate.ofInstant(e.at(), JAPAN).toString())
                                .toArray(String[]::new))
                .update();
    }
}
