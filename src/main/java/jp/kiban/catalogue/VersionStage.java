package jp.kiban.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.kiban.kernel.Event;

/// 版の段階. Where a version stands between a ministry's desk and the archive. The edges of the graph are the only ways from
/// one stage to another, and each is named by the event that goes it.
public enum VersionStage {
    /// 下書き. Uploaded; faults are known, or it has not been checked.
    DRAFT,
    /// 検査済み. Without a fault, its examples included.
    CHECKED,
    /// 承認待ち. One person of the ministry has proposed to publish it; another has to approve.
    PROPOSED,
    /// 予定. Published and signed; its day is still to come.
    SCHEDULED,
    /// 施行中. New applications are made under it.
    IN_FORCE,
    /// 後の版あり. A later version is in force; running cases keep this one.
    SUPERSEDED,
    /// 廃止. Withdrawn, with a reason; its cases keep it.
    WITHDRAWN,
    /// 取りやめ. A draft that was given up.
    DISCARDED;

    /// 遷移. One edge.
    public record Edge(VersionStage from, Class<? extends Event> by, VersionStage to) {}

    private static final List<Edge> EDGES = edges();

    private static List<Edge> edges() {
        var edges = new ArrayList<>(List.of(
                new Edge(DRAFT, VersionUploaded.class, DRAFT),
                new Edge(CHECKED, VersionUploaded.class, DRAFT),
                new Edge(DRAFT, VersionChecked.class, CHECKED),
                new Edge(CHECKED, PublicationProposed.class, PROPOSED),
                new Edge(PROPOSED, ProposalUndone.class, CHECKED),
                new Edge(PROPOSED, VersionPublished.class, SCHEDULED),
                new Edge(SCHEDULED, PublicationUndone.class, CHECKED),
                new Edge(SCHEDULED, CameIntoForce.class, IN_FORCE),
                new Edge(IN_FORCE, Superseded.class, SUPERSEDED)));
        for (var published : List.of(IN_FORCE, SUPERSEDED)) {
            edges.add(new Edge(published, WithdrawalProposed.class, published));
            edges.add(new Edge(published, ProposalUndone.class, published));
            edges.add(new Edge(published, VersionWithdrawn.class, WITHDRAWN));
        }
        for (var open : List.of(DRAFT, CHECKED))
            edges.add(new Edge(open, DraftDiscarded.class, DISCARDED));
        return List.copyOf(edges);
    }

    public static List<Edge> all() { return EDGES; }

    /// Where the event leads from here; empty where it may not happen.
    Optional<VersionStage> after(Class<? extends Event> by) {
        return EDGES.stream().filter(e -> e.from() == this && e.by() == by).map(Edge::to).findFirst();
    }

    /// Everybody may read it.
    public boolean isPublic() {
        return switch (this) {
            case SCHEDULED, IN_FORCE, SUPERSEDED, WITHDRAWN -> true;
            case DRAFT, CHECKED, PROPOSED, DISCARDED -> false;
        };
    }
}
