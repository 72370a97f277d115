package jp.kiban.submission;

import java.util.List;
import jp.kiban.kernel.Finding;

/// 受け取りの結果. Received, or told everything that is missing at once (nothing was received then), or already received
/// before: the person has an application of the same standard that is still being handled or was granted.
public sealed interface Outcome {
    record Accepted(Receipt receipt) implements Outcome {}

    record NeedsCorrection(List<Finding> findings) implements Outcome {
        public NeedsCorrection {
            if (findings.isEmpty())
                throw new IllegalArgumentException("a correction without a finding");
            findings = List.copyOf(findings);
        }
    }

    record AlreadyThere(Receipt earlier) implements Outcome {}
}
