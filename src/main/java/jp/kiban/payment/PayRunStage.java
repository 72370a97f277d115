package jp.kiban.payment;

/// 支払回の段階. Prepared by one person, approved by another (files are written then), sent to the bank, completed when every line has
/// an answer; called off only before the approval.
public enum PayRunStage {
    PREPARED, APPROVED, SENT, COMPLETED, CANCELLED;

    /// Whether a run may go from here to there.
    boolean mayBecome(PayRunStage next) {
        return switch (this) {
            case PREPARED -> next == APPROVED || next == CANCELLED;
            case APPROVED -> next == SENT;
            case SENT -> next == COMPLETED;
            case COMPLETED, CANCELLED -> false;
        };
    }
}
