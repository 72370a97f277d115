package jp.kiban.casework;

import java.time.Instant;

import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.StandardRef;

/// 通知した. A notice is there for the resident to read; `kind` as the standard names it (`grant`, `refusal`, `correction`).
public record NoticeIssued(AuthorityId authority, Instant at, String subject, ReceiptNumber receipt,
        StandardRef standard, String kind,
        int number)
        implements
            Event {}
