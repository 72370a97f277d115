package jp.kiban.submission;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.store.Scope;
import org.springframework.stereotype.Component;

/// 申請等の一覧. Receives drafts, and answers for what was received.
@Component
public final class Submissions {

    /// Receives the draft: once, however often it is asked.
    public Outcome receive(Scope.Resident resident, DraftId draft) { throw new UnsupportedOperationException(); }

    /// The newest revision, for the authority's own work; `NotThere` when there is none.
    public Submission find(AuthorityId authority, ReceiptNumber receipt) { throw new UnsupportedOperationException(); }

    /// Every revision, oldest first.
    public List<Submission> revisions(AuthorityId authority, ReceiptNumber receipt) {
        throw new UnsupportedOperationException();
    }

    /// The authority asks for a correction. Joins the caller's transaction; the resident then finds the form open again
    /// at `/submission/receipts/{receipt}/correct`, with the findings beside their fields.
    public void askCorrection(AuthorityId authority, ReceiptNumber receipt, List<Finding> findings,
            Optional<LocalDate> until) {
        throw new UnsupportedOperationException();
    }

    /// The correction requests so far, oldest first.
    public List<CorrectionAsked> corrections(AuthorityId authority, ReceiptNumber receipt) {
        throw new UnsupportedOperationException();
    }
}
