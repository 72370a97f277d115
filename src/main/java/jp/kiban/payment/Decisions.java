package jp.kiban.payment;

import java.time.Instant;
import java.util.List;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.ReceiptNumber;

/// 決定の記録. Where money comes from: the decision records of casework, read and never copied into a sum. Tests put their own
/// here.
interface Decisions {
    /// The grant of one application; refuses when it was not granted.
    Grant grant(AuthorityId authority, ReceiptNumber receipt);

    /// What each granted application owes, decided until this moment.
    List<Grant> grants(AuthorityId authority, Instant until);
}
