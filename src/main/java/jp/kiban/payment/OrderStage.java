package jp.kiban.payment;

import java.util.List;
import java.util.Optional;
import jp.kiban.kernel.Event;

/// 支出命令の段階. Where one order stands. One graph, whose edges are named by the events that go them; money is ordered, sent, paid or
/// returned in no other way, and the picture in the reference is drawn from it.
public enum OrderStage {
    /// 作成.
    PREPARED,
    /// 支出命令済: approved and in a file.
    ORDERED,
    /// 送付済: at the bank.
    SENT,
    /// 振込済.
    PAID,
    /// 戻り: not credited, or sent back later (組戻).
    RETURNED,
    /// 再支出: ordered again to a corrected account.
    REORDERED,
    /// 取りやめ.
    CANCELLED;

    /// 遷移. From empty: how an order begins.
    public record Edge(Optional<OrderStage> from, Class<? extends Event> by, OrderStage to) {
        Edge(OrderStage from, Class<? extends Event> by, OrderStage to) { this(Optional.of(from), by, to); }
    }

    private static final List<Edge> EDGES = List.of(
            new Edge(Optional.empty(), RunPrepared.class, PREPARED),
            new Edge(PREPARED, Ordered.class, ORDERED),
            new Edge(PREPARED, RunCancelled.class, CANCELLED),
            new Edge(ORDERED, Sent.class, SENT),
            new Edge(SENT, Paid.class, PAID),
            new Edge(SENT, Returned.class, RETURNED),
            new Edge(PAID, Returned.class, RETURNED),
            new Edge(RETURNED, RunPrepared.class, REORDERED),
            new Edge(REORDERED, RunCancelled.class, RETURNED));

    public static List<Edge> all() { return EDGES; }

    /// Where the event leads from here; empty where it may not happen.
    public Optional<OrderStage> after(Class<? extends Event> by) {
        return EDGES.stream().filter(e -> e.from().equals(Optional.of(this)) && e.by() == by).map(Edge::to)
                .findFirst();
    }
}
