package jp.kiban.submission;

import java.util.Optional;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.PersonId;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.Text;

/// 進み具合. What has become of an application, as its own applicant may know it; told by the room that handles cases.
/// Empty: not taken up yet, and therefore open.
public interface Progress {
    Optional<Where> where(AuthorityId authority, PersonId applicant, ReceiptNumber receipt);

    /// The stage in words, whether it can still be withdrawn (not decided), whether it stands in the way of another one
    /// of the same kind (still open, or granted), and the applicant's page about it.
    record Where(Text stage, boolean mayBeWithdrawn, boolean standsInTheWay, String page) {}
}
