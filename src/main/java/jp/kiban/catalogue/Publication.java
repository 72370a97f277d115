package jp.kiban.catalogue;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.StandardRef;
import jp.kiban.kernel.Text;
import jp.kiban.kernel.VersionName;
import jp.kiban.standards.ServiceStandard;

/// 公表. One version as the ministry's desk knows it: where it stands, what it is, and what was said when it was published.
///
/// @param number of its newest act; an act names the number it has seen
/// @param sha256 of the package as it is downloaded
/// @param digest of the files, over which the signature is
/// @param urgentReason why it was published with less notice than promised; empty when it was in time
/// @param corrects the faulty version whose place it takes on the same day
/// @param proposedBy who proposed to publish it
/// @param withdrawalBy who proposed to withdraw it; empty when nobody has
public record Publication(AuthorityId ministry, StandardRef ref, VersionStage stage, int number, String sha256,
        String digest, int noticeDays, ServiceStandard.Pattern pattern, List<Text> faults,
        Optional<LocalDate> inForceOn, String urgentReason, Optional<VersionName> corrects, String proposedBy,
        Optional<Instant> publishedAt, Optional<LocalDate> withdrawnOn, String withdrawalBy, String withdrawalReason,
        String jws) {
    public Publication { faults = List.copyOf(faults); }

    public boolean urgent() { return !urgentReason.isEmpty(); }

    Publication at(VersionStage now) {
        return new Publication(ministry, ref, now, number, sha256, digest, noticeDays, pattern, faults, inForceOn,
                urgentReason, corrects, proposedBy, publishedAt, withdrawnOn, withdrawalBy, withdrawalReason, jws);
    }

    /// 操作の一件. One act on a version.
    public record Act(int number, String event, VersionStage stage, Instant at, LocalDate day, String officer,
            String officerName, String reason, String digest) {}
}
