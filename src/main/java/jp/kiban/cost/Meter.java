package jp.kiban.cost;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import jp.kiban.store.Work;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// 計量器. Hears of every finished unit of work and keeps the account: gathered in memory, written every half second, or as
/// soon as 1,000 rows wait, in one statement an authority, and at the end. What belongs to no application is gathered as
/// 共通 and written every ten seconds. A killed process loses what was gathered and not yet written, nothing else.
@Component
class Meter implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Meter.class);
    private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");
    private static final int ENOUGH = 1_000;
    private static final int TOO_MANY = 20_000;
    private static final long EVERY_MILLIS = 500;
    private static final long COMMON_EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Store store;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition enough = lock.newCondition();
    private Map<Spot, Usage> applications = new HashMap<>();
    private Map<Shared, Usage> common = new HashMap<>();
    private long commonWritten = System.nanoTime();
    private volatile boolean running;
    private volatile boolean listens;
    private Thread writer = new Thread();

    record Spot(AuthorityId authority, String receipt, LocalDate day, String activity) {}

    record Shared(LocalDate day, String activity) {}

    Meter(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /// 終わった作業を計上する.
    void hear(Work work) {
        if (!running)
            return;
        var used = new Usage(Math.max(0, work.cpuNanos()), work.databaseNanos(), work.bytes(), work.messages(), 1);
        var day = LocalDate.now(clock.withZone(JAPAN));
        String activity = activityOf(work.what());
        var concerns = work.concerns();
        if (work.isForTests() || work.what().contains(" /api/conformity/sessions"))
            return; // an invented authority costs nobody anything
        lock.lock();
        try {
            if (concerns.isEmpty() || applications.size() >= TOO_MANY)
                common.merge(new Shared(day, activity), used, Usage::plus);
            else {
                var shares = used.among(concerns.size());
                for (int i = 0; i < concerns.size(); i++)
                    if (!concerns.get(i).authority().isTest())
                        applications.merge(
                                new Spot(concerns.get(i).authority(), concerns.get(i).receipt().text(), day, activity),
                                shares.get(i), Usage::plus);
            }
            if (applications.size() >= ENOUGH)
                enough.signal();
        } finally {
            lock.unlock();
        }
    }

    /// The room that worked: `casework` for `POST /casework/cases/...`, `GET /api/casework/...` and `event casework.open`.
    static String activityOf(String what) {
        String name = what.substring(what.indexOf(' ') + 1);
        if (what.startsWith("event "))
            return name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
        String path = name.startsWith("/api/") ? name.substring(4) : name;
        String first = path.length() > 1 ? path.substring(1).split("[/?.]", 2)[0] : "";
        return first.matches("[a-z]{1,20}") ? first : "portal";
    }

    private void write(boolean all) {
        Map<Spot, Usage> rows;
        Map<Shared, Usage> shared = Map.of();
        lock.lock();
        try {
            rows = applications;
            applications = new HashMap<>();
            if (all || System.nanoTime() - commonWritten > COMMON_EVERY_NANOS) {
                shared = common;
                common = new HashMap<>();
                commonWritten = System.nanoTime();
            }
        } finally {
            lock.unlock();
        }
        var byAuthority = rows.entrySet().stream().collect(Collectors.groupingBy(e -> e.getKey().authority(),
                LinkedHashMap::new, Collectors.toList()));
        byAuthority.forEach((authority, usages) -> {
            try {
                writeApplications(authority, usages);
            } catch (RuntimeException failed) {
                LOG.warn("usage of {} could not be written, tried again: {}", authority, failed.toString());
                putBack(usages);
            }
        });
        if (!shared.isEmpty())
            writeCommon(shared);
    }

    private void putBack(List<Map.Entry<Spot, Usage>> usages) {
        lock.lock();
        try {
            usages.forEach(u -> applications.merge(u.getKey(), u.getValue(), Usage::plus));
        } finally {
            lock.unlock();
        }
    }

    private static final String ADD = """
            cpu_nanos = u.cpu_nanos + excluded.cpu_nanos, database_nanos = u.database_nanos + excluded.database_nanos,
            bytes = u.bytes + excluded.bytes, messages = u.messages + excluded.messages, works = u.works + excluded.works
            """;

    private void writeApplications(AuthorityId authority, List<Map.Entry<Spot, Usage>> rows) {
        // one order for all writers: no two wait for each other in a circle
        var sorted = rows.stream().sorted(java.util.Comparator
                .comparing((Map.Entry<Spot, Usage> r) -> r.getKey().receipt()).thenComparing(r -> r.getKey().day())
                .thenComparing(r -> r.getKey().activity())).toList();
        var parameters = new ArrayList<Object>(List.of(authority.code(),
                sorted.stream().map(r -> r.getKey().receipt()).toArray(String[]::new),
                sorted.stream().map(r -> r.getKey().day().toString()).toArray(String[]::new),
                sorted.stream().map(r -> r.getKey().activity()).toArray(String[]::new)));
        amounts(sorted.stream().map(Map.Entry::getValue).toList(), parameters);
        store.run(Scope.of(authority), jdbc -> jdbc.sql("""
                insert into cost.usage as u
                select ?, * from unnest(?::text[], ?::date[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])
                on conflict (authority, receipt, day, activity) do update set
                """ + ADD).params(parameters).update());
    }

    private void writeCommon(Map<Shared, Usage> rows) {
        var sorted = rows.entrySet().stream().sorted(java.util.Comparator
                .comparing((Map.Entry<Shared, Usage> r) -> r.getKey().day()).thenComparing(r -> r.getKey().activity()))
                .toList();
        var parameters = new ArrayList<Object>(List.of(
                sorted.stream().map(r -> r.getKey().day().toString()).toArray(String[]::new),
                sorted.stream().map(r -> r.getKey().activity()).toArray(String[]::new)));
        amounts(sorted.stream().map(Map.Entry::getValue).toList(), parameters);
        try {
            store.run(Scope.nation(), jdbc -> jdbc.sql("""
                    insert into cost.common as u
                    select * from unnest(?::date[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])
                    on conflict (day, activity) do update set
                    """ + ADD).params(parameters).update());
        } catch (RuntimeException failed) {
            LOG.warn("common usage could not be written, tried again: {}", failed.toString());
            lock.lock();
            try {
                rows.forEach((shared, usage) -> common.merge(shared, usage, Usage::plus));
            } finally {
                lock.unlock();
            }
        }
    }

    private static void amounts(List<Usage> usages, List<Object> parameters) {
        parameters.add(usages.stream().map(Usage::cpuNanos).toArray(Long[]::new));
        parameters.add(usages.stream().map(Usage::databaseNanos).toArray(Long[]::new));
        parameters.add(usages.stream().map(Usage::bytes).toArray(Long[]::new));
        parameters.add(usages.stream().map(Usage::messages).toArray(Long[]::new));
        parameters.add(usages.stream().map(Usage::works).toArray(Long[]::new));
    }

    private void serve() {
        while (running) {
            try {
                await();
            } catch (InterruptedException stop) {
                return;
            }
            metered(false);
        }
    }

    private void await() throws InterruptedException {
        lock.lock();
        try {
            if (applications.size() < ENOUGH && enough.await(EVERY_MILLIS, TimeUnit.MILLISECONDS))
                LOG.debug("enough to write at once");
        } finally {
            lock.unlock();
        }
    }

    /// Writing the account is work as well, and belongs to no application.
    private void metered(boolean all) {
        lock.lock();
        try {
            boolean nothing = applications.isEmpty() && System.nanoTime() - commonWritten <= COMMON_EVERY_NANOS;
            if (nothing && !all)
                return;
        } finally {
            lock.unlock();
        }
        var work = Work.begin("event cost.meter");
        try {
            write(all);
        } finally {
            work.end();
        }
    }

    /// Writes what is gathered now: before a figure is read that must be whole.
    void flush() { write(true); }

    @Override
    public void start() {
        running = true;
        if (!listens) {
            listens = true;
            Work.onEnd(this::hear);
        }
        writer = Thread.ofPlatform().daemon().name("cost meter").start(this::serve);
    }

    /// After the handlers and the web server: what they did last is still heard.
    @Override
    public int getPhase() { return Integer.MIN_VALUE + 100; }

    @Override
    public void stop() {
        running = false;
        writer.interrupt();
        try {
            writer.join(5_000);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        write(true);
    }

    @Override
    public boolean isRunning() { return running; }
}
