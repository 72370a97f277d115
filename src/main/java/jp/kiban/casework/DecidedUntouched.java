package jp.kiban.casework;

import java.time.Instant;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.StandardRef;

/// 人手を掛けずに決めた. Goes with `Decided` where the standard lets a simple case be decided by the rules alone: no officer
/// has touched it.
public record DecidedUntouched(AuthorityId authority, Instant at, String subject, ReceiptNumber receipt,
        StandardRef standard, DecisionKind kind)
        implements
            Event {}
