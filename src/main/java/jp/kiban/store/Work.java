package jp.kiban.store;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.ReceiptNumber;

/// 作業. One unit of work on one thread (a request, a batch of events): what it used so far (CPU and database time in
/// nanoseconds, bytes, messages) and for which applications. Rooms name the application; the room `cost` listens and
/// keeps the account.
public final class Work {
    private static final com.sun.management.ThreadMXBean THREADS = (com.sun.management.ThreadMXBean) ManagementFactory
            .getThreadMXBean();
    private static final ThreadLocal<Work> CURRENT = new ThreadLocal<>();
    private static final List<Consumer<Work>> LISTENERS = new CopyOnWriteArrayList<>();

    private final String what;
    private final long cpuAtStart = THREADS.getCurrentThreadCpuTime();
    private long cpuNanos;
    private long databaseNanos;
    private int statements;
    private long bytes;
    private int messages;
    private boolean tests;
    private boolean others;
    private final Set<For> concerns = new LinkedHashSet<>();

    /// 対象. One application of one authority that the work was done for.
    public record For(AuthorityId authority, ReceiptNumber receipt) {}

    private Work(String what) { this.what = what; }

    /// Starts the thread's unit of work; whoever begins it ends it.
    public static Work begin(String what) {
        var work = new Work(what);
        CURRENT.set(work);
        return work;
    }

    /// The thread's unit of work; outside of any, one that nobody hears of.
    public static Work current() {
        var work = CURRENT.get();
        return work == null ? new Work("nothing") : work;
    }

    public static void onEnd(Consumer<Work> listener) { LISTENERS.add(listener); }

    public void concerns(AuthorityId authority, ReceiptNumber receipt) { concerns.add(new For(authority, receipt)); }

    void concerns(List<Event> events) {
        tests |= events.stream().anyMatch(e -> e.authority().isTest());
        others |= events.stream().anyMatch(e -> !e.authority().isTest());
        for (var event : events)
            if (ReceiptNumber.isValid(event.subject()))
                concerns(event.authority(), ReceiptNumber.of(event.subject()));
    }

    public void usedDatabase(long nanos) {
        databaseNanos += nanos;
        statements++;
    }

    public void moved(long moreBytes) { bytes += moreBytes; }

    /// A message left the house for somebody: a notice, a mail, a bank record.
    public void sentMessage() { messages++; }

    public void end() {
        cpuNanos = THREADS.getCurrentThreadCpuTime() - cpuAtStart;
        CURRENT.remove();
        LISTENERS.forEach(listener -> listener.accept(this));
    }

    public String what() { return what; }

    public long cpuNanos() { return cpuNanos; }

    public long databaseNanos() { return databaseNanos; }

    public int statements() { return statements; }

    public long bytes() { return bytes; }

    public int messages() { return messages; }

    /// True when it was about events of invented authorities, and of no other.
    public boolean isForTests() { return tests && !others; }

    public List<For> concerns() { return List.copyOf(concerns); }
}
