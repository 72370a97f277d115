package jp.kiban.casework;

import java.time.Instant;

import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.StandardRef;

/// 差し戻した. The approver does not agree; review looks again.
public record SentBack(AuthorityId authority, Instant at, String subject, ReceiptNumber receipt, StandardRef standard,
        String officer)
        implements
            Event {}
