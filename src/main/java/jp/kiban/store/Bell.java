package jp.kiban.store;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.stereotype.Component;

/// Rung after each commit that appended an event, so that handlers wake at once instead of polling.
@Component
class Bell {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rung = lock.newCondition();
    private long count;

    void ring() {
        lock.lock();
        try {
            count++;
            rung.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits until the bell has rung since `seen`, at most so long; answers the new count.
    long await(long seen, long millis) throws InterruptedException {
        lock.lock();
        try {
            long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
            while (count == seen && nanos > 0)
                nanos = rung.awaitNanos(nanos);
            return count;
        } finally {
            lock.unlock();
        }
    }
}
