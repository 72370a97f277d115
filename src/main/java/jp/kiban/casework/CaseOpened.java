package jp.kiban.casework;

import java.time.Instant;

import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.StandardRef;

/// 事案を開いた. A received application has become a case.
public record CaseOpened(AuthorityId authority, Instant at, String subject, ReceiptNumber receipt, StandardRef standard)
        implements
            Event {}
