package jp.kiban.store;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// 出来事の記録. Appends what happened to the log inside the transaction that made it happen: either both are kept or
/// neither. Handlers hear of it after the commit.
@Component
public final class EventLog {
    private final JsonMapper json;
    private final Bell bell;

    EventLog(JsonMapper json, Bell bell) {
        this.json = json;
        this.bell = bell;
    }

    /// Called with the client that `Store` handed to the unit of work.
    public void append(JdbcClient jdbc, Event event) {
        jdbc.sql("insert into store.event (authority, kind, subject, at, body) values (?, ?, ?, ?, ?::jsonb)")
                .params(event.authority().code(), Event.kind(event.getClass()), event.subject(),
                        Timestamp.from(event.at()), json.writeValueAsString(event))
                .update();
        ringAfterCommit();
    }

    /// Many at once, in their order and in one statement: a pay run tells of ten thousand orders.
    public void appendAll(JdbcClient jdbc, List<? extends Event> events) {
        if (events.isEmpty())
            return;
        jdbc.sql("""
                insert into store.event (authority, kind, subject, at, body)
                select authority, kind, subject, at::timestamptz, body::jsonb
                from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                  with ordinality as e (authority, kind, subject, at, body, n) order by n
                """).params(events.stream().map(e -> e.authority().code()).toArray(String[]::new),
                events.stream().map(e -> Event.kind(e.getClass())).toArray(String[]::new),
                events.stream().map(Event::subject).toArray(String[]::new),
                events.stream().map(e -> e.at().toString()).toArray(String[]::new),
                events.stream().map(json::writeValueAsString).toArray(String[]::new)).update();
        ringAfterCommit();
    }

    private void ringAfterCommit() {
        if (TransactionSynchronizationManager.hasResource(bell))
            return;
        TransactionSynchronizationManager.bindResource(bell, true);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                TransactionSynchronizationManager.unbindResourceIfPossible(bell);
                if (status == STATUS_COMMITTED)
                    bell.ring();
            }
        });
    }

    /// What happened to one subject (an application, a batch), oldest first.
    public List<Entry> about(JdbcClient jdbc, AuthorityId authority, String subject) {
        return jdbc.sql("""
                select seq, kind, subject, at, body::text from store.event
                where authority = ? and subject = ? order by seq
                """).params(authority.code(), subject)
                .query((row, i) -> new Entry(row.getLong(1), row.getString(2), row.getString(3),
                        row.getTimestamp(4).toInstant(), json.readTree(row.getString(5))))
                .list();
    }

    /// 出来事の一件. One kept event: its number in the log, its kind (`room.Name`), and its record as JSON.
    public record Entry(long seq, String kind, String subject, Instant at, JsonNode body) {}
}
