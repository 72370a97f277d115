package jp.kiban.submission;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import jp.kiban.kernel.Finding;

/// 補正の求め. What the authority asks the resident to put right, all findings at once (行政手続法7条), and by when;
/// `answeredBy` is the revision that answered it.
public record CorrectionAsked(int round, Instant askedAt, List<Finding> findings, Optional<LocalDate> until,
        Optional<Integer> answeredBy) {
    public CorrectionAsked {
        if (findings.isEmpty())
            throw new IllegalArgumentException("a correction request without a finding");
        findings = List.copyOf(findings);
    }
}
