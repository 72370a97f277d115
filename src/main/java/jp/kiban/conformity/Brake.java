package jp.kiban.conformity;

import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// 止め具. Stops a run from outside, once, for one reason. Whoever is about to call checks it; what is under way is cut off.
final class Brake {
    /// 止める理由.
    enum Why {
        /// the officer wants it so
        CANCELLED,
        /// it took longer than a run may
        TIME,
        /// the house stops
        SHUTDOWN
    }

    private final CopyOnWriteArrayList<Runnable> cutting = new CopyOnWriteArrayList<>();
    private volatile @Nullable Why why;
    private volatile boolean goodbye;

    /// What is to happen at once when it is pulled.
    void cuts(Runnable cut) { cutting.add(cut); }

    void pull(Why reason) {
        synchronized (this) {
            if (why != null)
                return;
            why = reason;
        }
        cutting.forEach(Runnable::run);
    }

    Optional<Why> pulled() { return Optional.ofNullable(why); }

    /// What is said from now on is a good-bye, and is let through.
    void goodbye() { goodbye = true; }

    void check() {
        if (why != null && !goodbye)
            throw new Trouble(Trouble.Kind.STOPPED, "stopped");
    }
}
