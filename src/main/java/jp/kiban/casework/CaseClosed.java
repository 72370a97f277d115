package jp.kiban.casework;

import java.time.Instant;

import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.StandardRef;

/// 完結した. Filed; nothing is left to do.
public record CaseClosed(AuthorityId authority, Instant at, String subject, ReceiptNumber receipt, StandardRef standard,
        String officer)
        implements
            Event {}
