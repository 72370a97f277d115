package jp.kiban.submission;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.PersonId;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.StandardRef;
import tools.jackson.databind.node.ObjectNode;

/// 下書き. A form being filled by one person: saved with every page, resumed where it was left, finished when received.
/// Forgotten 30 days after it was last touched.
///
/// @param correcting the application that this draft corrects, in a correction round (補正)
/// @param pages how often each page was saved, and by which opened form
/// @param version counts every change
/// @param receipt present once it was received
/// @param beside how values were written, where an answer is brought into form
record Draft(AuthorityId authority, DraftId id, PersonId person, StandardRef standard,
        Optional<ReceiptNumber> correcting, ObjectNode answers, List<EvidenceUsed> evidence, List<Dispute> disputes,
        Map<String, Saved> pages, int version, Instant openedAt, Instant savedAt, Instant evidenceAt,
        Language language, Optional<ReceiptNumber> receipt, Beside beside) {

    /// 保存. The version a page was last saved at, and the opened form (tab) that saved it.
    record Saved(int version, String form) {}

    Optional<String> disputeOf(String item) {
        return disputes.stream().filter(d -> d.item().equals(item)).map(Dispute::text).findFirst();
    }
}
