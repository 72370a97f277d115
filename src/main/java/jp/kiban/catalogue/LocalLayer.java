package jp.kiban.catalogue;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.StandardRef;
import tools.jackson.databind.JsonNode;

/// 独自施策の層. A dated set of values that one municipality lays over a standard: proposed by one officer, approved by another,
/// in force from a day that is still to come when it is approved, until another takes its place. A key that is not in it
/// follows the standard.
///
/// @param version the version of the standard that it was proposed against
/// @param until the last day of a trial, or of what was ended early; empty: until the next
/// @param trial present: only a part of the applications, to be compared with the rest
public record LocalLayer(AuthorityId authority, StandardRef version, int number, LocalDate from,
        Optional<LocalDate> until, Map<String, JsonNode> values, String ordinance, String why,
        Optional<LayerTrial> trial, Stage stage, List<Step> steps) {

    /// 段階. What its officers have done with it.
    public enum Stage {
        PROPOSED, APPROVED, SENT_BACK, WITHDRAWN
    }

    /// 状態. Its stage, seen on a day.
    public enum State {
        PROPOSED, WAITING, IN_FORCE, ENDED, SENT_BACK, WITHDRAWN
    }

    /// 経過. One act on it.
    public record Step(String act, String officer, String officerName, Instant at, String note) {}

    public LocalLayer {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        steps = List.copyOf(steps);
    }

    public boolean hasTrial() { return trial.isPresent(); }

    /// Approved, begun, and not past its last day.
    boolean covers(LocalDate day) {
        return stage == Stage.APPROVED && !from.isAfter(day) && until.stream().noneMatch(day::isAfter);
    }

    /// Its state on the day, among the other layers of its standard.
    public State state(LocalDate day, List<LocalLayer> all) {
        return switch (stage) {
            case PROPOSED -> State.PROPOSED;
            case SENT_BACK -> State.SENT_BACK;
            case WITHDRAWN -> State.WITHDRAWN;
            case APPROVED -> from.isAfter(day)
                    ? State.WAITING
                    : covers(day) && (hasTrial() || inForce(all, day).filter(l -> l.number == number).isPresent())
                            ? State.IN_FORCE
                            : State.ENDED;
        };
    }

    /// The one that counts on the day: of those that have begun the latest, trials aside.
    static Optional<LocalLayer> inForce(List<LocalLayer> all, LocalDate day) {
        return all.stream().filter(l -> !l.hasTrial() && l.covers(day)).reduce(
                (a, b) -> b.from.isAfter(a.from) || b.from.equals(a.from) && b.number > a.number ? b : a);
    }

    public String proposer() { return steps.isEmpty() ? "" : steps.getFirst().officer(); }
}
