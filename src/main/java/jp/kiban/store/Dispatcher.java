package jp.kiban.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Hands the event log to each handler: one thread a handler, batches in order, the place in the log moved in the same
/// transaction. Several application nodes may run: an advisory lock lets one of them serve a handler at a time.
@Component
class Dispatcher implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final int BATCH = 500;
    private static final int TRIES = 5;
    private static final long IDLE_MILLIS = 500;

    private final Store store;
    private final Bell bell;
    private final JsonMapper json;
    private final List<EventHandler> handlers;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean running;

    Dispatcher(Store store, Bell bell, JsonMapper json, ObjectProvider<EventHandler> handlers) {
        this.store = store;
        this.bell = bell;
        this.json = json;
        this.handlers = handlers.stream().toList();
        var names = this.handlers.stream().map(EventHandler::name).toList();
        if (names.stream().distinct().count() != names.size())
            throw new IllegalStateException("two event handlers of one name: " + names);
    }

    private record Kept(long seq, String tx, AuthorityId authority, Event event) {}

    private void serve(EventHandler handler) {
        long seen = -1;
        while (running) {
            try {
                while (running && batch(handler, BATCH)) {
                    // until nothing is left
                }
                seen = bell.await(seen, IDLE_MILLIS);
            } catch (InterruptedException stop) {
                return;
            } catch (RuntimeException failed) {
                if (!running)
                    return;
                LOG.warn("handler {} failed, one by one now: {}", handler.name(), failed.toString());
                oneByOne(handler);
            }
        }
    }

    private void oneByOne(EventHandler handler) {
        for (int tries = 1; running && tries <= TRIES; tries++) {
            try {
                if (!batch(handler, 1))
                    return;
                tries = 0;
            } catch (RuntimeException failed) {
                if (!running)
                    return;
                LOG.warn("handler {}, try {}: {}", handler.name(), tries, failed.toString());
                if (tries == TRIES)
                    park(handler, failed);
                pause(50L << tries);
            }
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /// True when a full batch was handled, so that more may wait.
    private boolean batch(EventHandler handler, int size) {
        var work = Work.begin("event " + handler.name());
        try {
            return store.in(Scope.nation(), jdbc -> {
                if (!lock(jdbc, handler))
                    return false;
                var kept = next(jdbc, handler, size);
                if (kept.isEmpty())
                    return false;
                Map<AuthorityId, List<Event>> byAuthority = kept.stream().collect(Collectors.groupingBy(Kept::authority,
                        LinkedHashMap::new, Collectors.mapping(Kept::event, Collectors.toList())));
                byAuthority.forEach((authority, events) -> {
                    store.move(Scope.of(authority));
                    work.concerns(events);
                    handler.handle(authority, events, jdbc);
                });
                store.move(Scope.nation());
                moveTo(jdbc, handler, kept.getLast());
                return kept.size() == size;
            });
        } finally {
            work.end();
        }
    }

    private static boolean lock(JdbcClient jdbc, EventHandler handler) {
        return jdbc.sql("select pg_try_advisory_xact_lock(hashtextextended(?, 0))").param("handler " + handler.name())
                .query(Boolean.class).single();
    }

    private List<Kept> next(JdbcClient jdbc, EventHandler handler, int size) {
        Map<String, Class<? extends Event>> kinds = handler.kinds().stream()
                .collect(Collectors.toMap(Event::kind, k -> k));
        jdbc.sql("insert into store.cursor (handler, tx, seq) values (?, '0', 0) on conflict do nothing")
                .param(handler.name()).update();
        return jdbc.sql("""
                select e.seq, e.tx::text, e.authority, e.kind, e.body::text
                from store.event e, store.cursor c
                where c.handler = ? and (e.tx, e.seq) > (c.tx, c.seq)
                  and e.tx < pg_snapshot_xmin(pg_current_snapshot()) and e.kind = any(?)
                order by e.tx, e.seq limit ?
                """).params(handler.name(), kinds.keySet().toArray(String[]::new), size)
                .query((row, i) -> new Kept(row.getLong(1), row.getString(2), AuthorityId.of(row.getString(3)),
                        json.readValue(row.getString(5), kinds.get(row.getString(4)))))
                .list();
    }

    private static void moveTo(JdbcClient jdbc, EventHandler handler, Kept last) {
        jdbc.sql("update store.cursor set tx = ?::xid8, seq = ? where handler = ?")
                .params(last.tx(), last.seq(), handler.name()).update();
    }

    private void park(EventHandler handler, RuntimeException failed) {
        store.run(Scope.nation(), jdbc -> next(jdbc, handler, 1).forEach(kept -> {
            LOG.error("handler {} parks event {}", handler.name(), kept.seq(), failed);
            jdbc.sql(
                    "insert into store.parked (handler, seq, authority, error) values (?, ?, ?, ?) on conflict do nothing")
                    .params(handler.name(), kept.seq(), kept.authority().code(), failed.toString()).update();
            moveTo(jdbc, handler, kept);
        }));
    }

    @Override
    public void start() {
        running = true;
        for (var handler : handlers)
            threads.add(Thread.ofPlatform().daemon().name("events " + handler.name()).start(() -> serve(handler)));
    }

    @Override
    public void stop() {
        running = false;
        threads.forEach(Thread::interrupt);
        for (var thread : threads) {
            try {
                thread.join(5_000);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }
        threads.clear();
    }

    @Override
    public boolean isRunning() { return running; }
}
