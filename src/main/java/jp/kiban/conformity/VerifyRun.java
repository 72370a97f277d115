package jp.kiban.conformity;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import jp.kiban.kernel.Text;

/// 検査の実行. A conformity run that a ministry has started from here: what is held against what, how far it is, and how it
/// ended.
///
/// @param standard `child-allowance@2024-10-01`
/// @param sent the text of the standard was sent for this run; else it is the one on the ministry's desk
/// @param keyed an entry key went along; it is kept nowhere
/// @param generated at most so many made cases
/// @param examples how many of all are examples of the standard; they come first
/// @param said why it came to no report, in the kit's words; empty else
record VerifyRun(UUID id, String standard, Text name, boolean sent, String target, boolean keyed, int generated,
        String officerName, Stage stage, int examples, int done, int total, int seconds, Instant begunAt,
        Optional<Instant> endedAt, boolean cancelling, String said, Optional<Boolean> conform, int differences) {

    /// 段階.
    enum Stage {
        RUNNING, DONE, CANCELLED,
        /// it took longer than a run may
        TIMED_OUT,
        /// the target or the standard could not be asked
        FAILED,
        /// the house stopped while it went on
        INTERRUPTED
    }

    public boolean running() { return stage == Stage.RUNNING; }

    public int percent() { return total == 0 ? 0 : done * 100 / total; }

    public int examplesDone() { return Math.min(done, examples); }

    public String version() { return standard.substring(standard.indexOf('@') + 1); }
}
