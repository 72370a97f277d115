package jp.kiban.submission;

import java.time.Instant;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.StandardRef;

/// 受付. The proof that an application arrived: its number, the version of the standard it was born under, and when. The
/// same receipt however often the same thing is sent.
public record Receipt(AuthorityId authority, ReceiptNumber number, int revision, StandardRef standard,
        Instant arrivedAt) {}
