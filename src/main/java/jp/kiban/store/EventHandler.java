package jp.kiban.store;

import java.util.List;
import java.util.Set;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import org.springframework.jdbc.core.simple.JdbcClient;

/// 出来事の受け手. A room's side effects on what happened elsewhere. Called after the commit, in the order of the log, in
/// batches of one authority, inside a transaction in that authority's scope which also moves the handler's place in the
/// log: what it writes to this database happens exactly once, whatever is killed when.
public interface EventHandler {
    /// Unique and stable, `room.what`: the place in the log is kept under it.
    String name();

    Set<Class<? extends Event>> kinds();

    void handle(AuthorityId authority, List<? extends Event> events, JdbcClient jdbc);
}
