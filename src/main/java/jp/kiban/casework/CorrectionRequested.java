package jp.kiban.casework;

import java.time.Instant;

import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.StandardRef;

/// 補正を求めた. All findings were sent at once (行政手続法7条); the clock stands still from this day.
public record CorrectionRequested(AuthorityId authority, Instant at, String subject, ReceiptNumber receipt,
        StandardRef standard, int round,
        int findings)
        implements
            Event {}
