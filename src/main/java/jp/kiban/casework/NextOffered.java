package jp.kiban.casework;

import java.time.Instant;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.StandardRef;

/// 次の手続がある. The flow says that another standard follows for the same person (罹災証明書 → 被災者生活再建支援金).
///
/// @param opens the id of the standard that follows
public record NextOffered(AuthorityId authority, Instant at, String subject, ReceiptNumber receipt,
        StandardRef standard, String opens)
        implements
            Event {}
