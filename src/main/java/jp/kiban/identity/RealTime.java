package jp.kiban.identity;

import java.time.Clock;
import java.time.Instant;

/// 実時間. Time as it passes. A demonstration may set the day of the law far ahead; a session still lasts as long as it
/// lasts.
record RealTime(Clock clock) {
    Instant now() { return clock.instant(); }
}
