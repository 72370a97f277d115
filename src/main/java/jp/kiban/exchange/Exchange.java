package jp.kiban.exchange;

import org.springframework.stereotype.Component;

/// データ連携の窓口. The one way to what the registers know. Answers item by item, never crashes because a register is
/// missing, and writes each look down before it answers.
@Component
public final class Exchange {
    /// Call it outside of a transaction: it asks other systems, then writes its own log entry.
    public Provision provide(Inquiry inquiry) { throw new UnsupportedOperationException(); }
}
