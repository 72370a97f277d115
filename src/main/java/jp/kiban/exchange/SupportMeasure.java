package jp.kiban.exchange;

import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import jp.kiban.kernel.PersonId;

/// 支援措置. Protects victims of violence, stalking or abuse and those who live with them from the named other parties
/// (相手方). It shields from the moment it is recorded, decided or only requested (仮支援措置), until somebody ends it: the
/// period of one year running out ends nothing. Every authority concerned keeps its own record, in its own numbers
/// (住民基本台帳事務処理要領 第6).
public record SupportMeasure(String id, LocalDate requestedOn, Optional<LocalDate> decidedOn, LocalDate from,
        LocalDate until, Optional<LocalDate> endedOn, Set<PersonId> covered, Set<PersonId> against) {
    public SupportMeasure {
        covered = Set.copyOf(covered);
        against = Set.copyOf(against);
        if (covered.isEmpty() || covered.stream().anyMatch(against::contains))
            throw new IllegalArgumentException("a support measure protects somebody, and not from themselves");
        if (until.isBefore(from))
            throw new IllegalArgumentException("a support measure ends before it begins: " + from + " to " + until);
    }

    /// One year, counted so that 2020-04-01 runs until 2021-03-31.
    public static LocalDate yearFrom(LocalDate from) { return from.plusYears(1).minusDays(1); }

    /// 支援措置の状態. What an officer of the protecting authority sees beside the name.
    public enum Mark {
        PROVISIONAL, IN_FORCE, EXPIRING, PERIOD_OVER, ENDED
    }

    public Mark mark(LocalDate today) {
        if (endedBy(today))
            return Mark.ENDED;
        if (today.isAfter(until))
            return Mark.PERIOD_OVER;
        if (decidedOn.isEmpty())
            return Mark.PROVISIONAL;
        return today.isBefore(until.plusDays(1).minusMonths(1)) ? Mark.IN_FORCE : Mark.EXPIRING;
    }

    /// Whether anyone outside the measure is to be told nothing. Only an explicit end lifts it.
    boolean shields(LocalDate today) { return !endedBy(today); }

    private boolean endedBy(LocalDate today) { return endedOn.filter(day -> !day.isAfter(today)).isPresent(); }
}
