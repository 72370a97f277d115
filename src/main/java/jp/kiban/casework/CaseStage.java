package jp.kiban.casework;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.kiban.kernel.Event;
import jp.kiban.submission.Corrected;
import jp.kiban.submission.Withdrawn;

/// 段階. Where a case stands: always the end of its history. The edges of the graph are the only ways from one stage to
/// another, and each is named by the event that goes it (行政手続法5条から8条).
public enum CaseStage {
    /// 受付. Arrived; nobody has looked at it yet.
    RECEIVED,
    /// 審査中.
    CHECKING,
    /// 補正待ち. The resident has been asked; the clock stands still.
    CORRECTION,
    /// 決裁待ち. One person has proposed, another has to decide.
    PROPOSED,
    /// 認定.
    GRANTED,
    /// 却下.
    REFUSED,
    /// 移送. Another authority or an employer is responsible.
    REDIRECTED,
    /// 取下げ.
    WITHDRAWN,
    /// 完結. Filed; nothing is left to do.
    CLOSED;

    /// 遷移. One edge: from where, by which event, to where. A decision goes three ways, told apart by its kind.
    public record Edge(CaseStage from, Class<? extends Event> by, Optional<DecisionKind> kind, CaseStage to) {
        Edge(CaseStage from, Class<? extends Event> by, CaseStage to) { this(from, by, Optional.empty(), to); }

        Edge(CaseStage from, DecisionKind kind, CaseStage to) { this(from, Decided.class, Optional.of(kind), to); }
    }

    private static final List<Edge> EDGES = edges();

    private static List<Edge> edges() {
        var edges = new ArrayList<>(List.of(
                new Edge(RECEIVED, CaseAccepted.class, CHECKING),
                new Edge(RECEIVED, CorrectionRequested.class, CORRECTION),
                new Edge(CHECKING, CorrectionRequested.class, CORRECTION),
                new Edge(CORRECTION, Corrected.class, CHECKING),
                new Edge(CORRECTION, CorrectionEnded.class, CHECKING),
                new Edge(CHECKING, Corrected.class, CHECKING),
                new Edge(PROPOSED, Corrected.class, CHECKING),
                new Edge(CHECKING, DisputeSettled.class, CHECKING),
                new Edge(CHECKING, Proposed.class, PROPOSED),
                new Edge(PROPOSED, ProposalWithdrawn.class, CHECKING),
                new Edge(PROPOSED, SentBack.class, CHECKING),
                new Edge(PROPOSED, DecisionKind.GRANT, GRANTED),
                new Edge(PROPOSED, DecisionKind.REFUSAL, REFUSED),
                new Edge(PROPOSED, DecisionKind.REDIRECT, REDIRECTED)));
        for (var undecided : List.of(RECEIVED, CHECKING, CORRECTION, PROPOSED))
            edges.add(new Edge(undecided, Withdrawn.class, WITHDRAWN));
        for (var movable : List.of(RECEIVED, CHECKING, CORRECTION))
            edges.add(new Edge(movable, CaseMoved.class, movable));
        for (var ended : List.of(GRANTED, REFUSED, REDIRECTED, WITHDRAWN))
            edges.add(new Edge(ended, CaseClosed.class, CLOSED));
        return List.copyOf(edges);
    }

    public static List<Edge> all() { return EDGES; }

    /// Where the event leads from here; empty where it may not happen.
    Optional<CaseStage> after(Class<? extends Event> by) {
        return EDGES.stream().filter(e -> e.from() == this && e.by() == by && e.kind().isEmpty()).map(Edge::to)
                .findFirst();
    }

    Optional<CaseStage> after(DecisionKind kind) {
        return EDGES.stream().filter(e -> e.from() == this && e.kind().equals(Optional.of(kind))).map(Edge::to)
                .findFirst();
    }

    /// The authority has something to do: the case counts in the inbox and its deadline in the figures of delay.
    public boolean isOpen() { return OPEN.contains(this); }

    /// A decision has been made, or none is needed any more.
    public boolean isEnded() { return !isOpen(); }

    static final Set<CaseStage> OPEN = EnumSet.of(RECEIVED, CHECKING, CORRECTION, PROPOSED);
}
