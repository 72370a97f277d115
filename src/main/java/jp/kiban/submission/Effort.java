package jp.kiban.submission;

/// 手間. What the application cost the resident: seconds from first opening the form to sending it, the values they
/// entered themselves, and the values that were there already. Consent is an act, not a value, and is not counted.
public record Effort(long seconds, int typedFields, int prefilledFields) {
    public Effort {
        if (seconds < 0 || typedFields < 0 || prefilledFields < 0)
            throw new IllegalArgumentException("effort is never negative");
    }
}
