package jp.kiban.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/// 試行の制限. Counts, per address of the caller, what should not happen often: wrong answers (20 in five minutes) and new
/// challenges (1,200 in five minutes, for whole offices share an address). In memory: an attacker who waits for a restart
/// gains one more round.
@Component
final class Attempts {
    static final Duration WINDOW = Duration.ofMinutes(5);
    private static final int MOST_ADDRESSES = 50_000;
    private final RealTime time;
    private final Map<String, Count> counts = new ConcurrentHashMap<>();

    Attempts(RealTime time) { this.time = time; }

    /// 数えるもの. What is counted, and how many of it one window allows.
    enum Kind {
        WRONG_ANSWER(20), CHALLENGE(1200);

        private final int most;

        Kind(int most) { this.most = most; }
    }

    private record Count(Instant since, int number) {}

    /// True while one more is allowed.
    boolean allows(Kind kind, String address) {
        var count = counts.get(kind + " " + address);
        return count == null || !time.now().isBefore(count.since().plus(WINDOW)) || count.number() < kind.most;
    }

    void note(Kind kind, String address) {
        Instant now = time.now();
        if (counts.size() > MOST_ADDRESSES)
            counts.values().removeIf(count -> !now.isBefore(count.since().plus(WINDOW)));
        counts.merge(kind + " " + address, new Count(now, 1), (known, one) -> now.isBefore(known.since().plus(WINDOW))
                ? new Count(known.since(), known.number() + 1)
                : one);
    }
}
