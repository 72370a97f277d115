package jp.kiban.registry;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/// 読込み. One file that was given to a registry: proposed by one person, approved by another (or given on the operator's own
/// command line), read row by row; where it stands, and what it changed.
public record Loading(int id, BaseRegistry registry, Kind kind, String scope, LocalDate edition, String file,
        String sha256, long bytes, Stage stage, String gapReason, boolean goneAccepted, boolean fresh, long lines,
        long line, long added, long changed, long same, long bad, long gone, String proposer, Instant proposedAt,
        String approver, Optional<Instant> approvedAt, Optional<Instant> knownAt, Optional<Instant> doneAt,
        String note, long resumedAt) {

    /// 全件, 差分.
    public enum Kind {
        FULL, DIFFERENCE
    }

    /// 段階. PROPOSED 承認待ち, APPROVED 承認済み, RUNNING 読込み中, DONE 読込み済み, SENT_BACK 差戻し, STOPPED 停止.
    public enum Stage {
        PROPOSED, APPROVED, RUNNING, DONE, SENT_BACK, STOPPED
    }

    /// How far it is, of a hundred; empty where the number of lines is not known.
    public Optional<Integer> percent() {
        return lines == 0 ? Optional.empty() : Optional.of((int) Math.min(100, 100 * line / lines));
    }

    /// 誤り. One bad cell or row: its line, its column from 1 (0 for the whole line), a code, what was seen.
    public record Fault(long line, int column, String code, String seen) {}
}
