package jp.kiban.submission;

import java.time.Instant;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.StandardRef;

/// 取り下げられた. The resident took the application back before it was decided.
public record Withdrawn(AuthorityId authority, Instant at, String subject, ReceiptNumber receipt,
        StandardRef standard) implements Event {}
