package jp.kiban.submission;

import java.time.Instant;
import java.util.List;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.PersonId;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.StandardRef;
import tools.jackson.databind.JsonNode;

/// 申請等. What one resident sent and the authority received (到達), never altered: a correction (補正) is the next
/// revision under the same receipt number. `arrivedAt` is the arrival of this revision; `firstArrivedAt` that of the
/// first, from which the standard period runs (行政手続法6条・7条).
public record Submission(AuthorityId authority, ReceiptNumber receipt, int revision, StandardRef standard,
        PersonId person, Instant firstArrivedAt, Instant arrivedAt, Language language, Channel channel,
        JsonNode answers, List<EvidenceUsed> evidence, List<Dispute> disputes, Effort effort) {

    public Submission {
        evidence = List.copyOf(evidence);
        disputes = List.copyOf(disputes);
    }
}
