package jp.kiban.casework;

import java.time.Instant;

import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.StandardRef;

/// 補正を待つのを終えた. By an officer: asked by mistake, or not answered in time (行政手続法7条 then allows the refusal); the
/// clock runs again.
public record CorrectionEnded(AuthorityId authority, Instant at, String subject, ReceiptNumber receipt,
        StandardRef standard, int round, String officer)
        implements
            Event {}
