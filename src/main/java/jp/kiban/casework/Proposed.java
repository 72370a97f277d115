package jp.kiban.casework;

import java.time.Instant;

import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.StandardRef;

/// 決裁に上げた. One officer proposes a decision; `overruled` when it departs from what the rules said of the evidence.
public record Proposed(AuthorityId authority, Instant at, String subject, ReceiptNumber receipt, StandardRef standard,
        DecisionKind kind,
        boolean overruled, String officer)
        implements
            Event {}
