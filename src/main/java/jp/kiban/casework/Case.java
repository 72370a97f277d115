package jp.kiban.casework;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.PersonId;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.StandardRef;
import jp.kiban.submission.Channel;

/// 事案. One application on an authority's desk, as its history has left it. `version` is the number of its last step: an
/// act names the version it has seen, and comes too late when there is a newer one. Carries a name for the inbox, never
/// an address.
///
/// @param dueOn the last day of the standard period; absent while the clock stands still or has ended
/// @param suggests what the rules say of the evidence; absent when they could not be asked
/// @param duplicate somebody whom it is for is in another application of this authority too; for officers only
/// @param disputes statements of the resident about the evidence that no officer has looked into yet
/// @param reviewer the officer whose desk it is on; empty when on nobody's
/// @param trial the trial (特区の試行) that it began under, and keeps
/// @param reminder what a timer of the flow reminds of, until somebody acts; empty when of nothing
public record Case(AuthorityId authority, ReceiptNumber receipt, PersonId person, StandardRef standard,
        Instant arrivedAt, LocalDate arrivedOn, String applicant, String kana, Channel channel, CaseStage stage,
        int version, int pausedDays, Optional<LocalDate> pausedSince, int periodDays, Optional<LocalDate> dueOn,
        Optional<DecisionKind> suggests, boolean duplicate, int disputes, String reviewer, String reminder,
        Optional<Integer> trial) {

    ProcessingClock clock() { return new ProcessingClock(arrivedOn, periodDays, pausedDays, pausedSince); }

    /// Days that the period still has on this day; negative when over. Empty while the clock stands still.
    public Optional<Long> daysLeft(LocalDate today) { return dueOn.map(due -> due.toEpochDay() - today.toEpochDay()); }

    public boolean overdue(LocalDate today) { return dueOn.filter(due -> due.isBefore(today)).isPresent(); }
}
