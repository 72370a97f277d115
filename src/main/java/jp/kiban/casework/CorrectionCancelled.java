package jp.kiban.casework;

import java.time.Instant;

import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.StandardRef;

/// 補正の求めを取り消した. It had been asked by mistake; the clock runs again.
public record CorrectionCancelled(AuthorityId authority, Instant at, String subject, ReceiptNumber receipt,
        StandardRef standard, int round)
        implements
            Event {}
