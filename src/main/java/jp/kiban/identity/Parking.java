package jp.kiban.identity;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// 預かり. What somebody had typed when their session ended: kept for a day, for that person only, and offered back after
/// they have signed in again.
@Component
public final class Parking {
    /// Takes out what this actor had sent to the path (the form's action) when the session had ended; once taken it is
    /// gone. Nothing for anybody else.
    public Optional<Map<String, List<String>>> take(Actor actor, String path) {
        throw new UnsupportedOperationException("not yet: " + actor + " " + path);
    }
}
