package jp.kiban.submission;

import java.time.Instant;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.StandardRef;

/// 補正された. The resident answered a correction request with a new revision (the first submission is revision 1).
public record Corrected(AuthorityId authority, Instant at, String subject, ReceiptNumber receipt, StandardRef standard,
        int revision, long seconds, int typedFields) implements Event {}
