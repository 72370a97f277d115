package jp.kiban.casework;

import java.time.Instant;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.StandardRef;

/// 試行に振り分けた. A case arrived while a trial ran: whether it is of the group and area (`eligible`), and in the trial
/// (`inside`). What it cost the applicant is told with it, so that both sides can be compared.
public record TrialDrawn(AuthorityId authority, Instant at, String subject, ReceiptNumber receipt, StandardRef standard,
        int trial, boolean eligible, boolean inside, long seconds, int typedFields, boolean online)
        implements
            Event {}
