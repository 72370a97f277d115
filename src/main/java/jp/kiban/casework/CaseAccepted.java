package jp.kiban.casework;

import java.time.Instant;

import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.StandardRef;

/// 受け付けた. Reception has looked at the application and passed it on to review.
public record CaseAccepted(AuthorityId authority, Instant at, String subject, ReceiptNumber receipt,
        StandardRef standard, String officer)
        implements
            Event {}
