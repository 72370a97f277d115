package jp.kiban.flow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// 手続の流れ. A checked diagram: everything in it is supported, reachable and leads to an end. Immutable. Read by
/// `Flow.read`, which tells every fault at once.
public final class Flow {
    /// The stages that a node may name (段階); `casework` keeps their meaning.
    public static final List<String> STAGES = List.of("RECEIVED", "CHECKING", "CORRECTION", "PROPOSED", "GRANTED",
            "REFUSED", "REDIRECTED", "WITHDRAWN", "CLOSED");

    private final String id;
    private final String name;
    private final Map<String, Node> nodes;
    private final Map<String, Edge> edges;
    private final Map<String, List<Edge>> outgoing = new LinkedHashMap<>();
    private final Map<String, List<Edge>> incoming = new LinkedHashMap<>();
    private final Map<String, List<Node.Boundary>> boundaries = new LinkedHashMap<>();
    private final Node.Start start;

    Flow(String id, String name, List<Node> nodes, List<Edge> edges) {
        this.id = id;
        this.name = name;
        this.nodes = new LinkedHashMap<>();
        this.edges = new LinkedHashMap<>();
        for (var node : nodes) {
            this.nodes.put(node.id(), node);
            outgoing.put(node.id(), new ArrayList<>());
            incoming.put(node.id(), new ArrayList<>());
            boundaries.put(node.id(), new ArrayList<>());
        }
        for (var edge : edges) {
            this.edges.put(edge.id(), edge);
            outgoing.getOrDefault(edge.from(), new ArrayList<>()).add(edge);
            incoming.getOrDefault(edge.to(), new ArrayList<>()).add(edge);
        }
        for (var node : nodes)
            if (node instanceof Node.Boundary boundary)
                boundaries.getOrDefault(boundary.host(), new ArrayList<>()).add(boundary);
        this.start = nodes.stream().filter(Node.Start.class::isInstance).map(Node.Start.class::cast).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a flow without a start"));
    }

    /// 読み取り. The flow, or everything that is wrong with it.
    ///
    /// @param flow absent when there is any fault
    public record Reading(Optional<Flow> flow, List<FlowFault> faults) {}

    /// Reads BPMN 2.0 of the subset. Never reads anything but the text: no DTD, no entity, no other file.
    public static Reading read(String bpmn) { return new FlowReader().read(bpmn); }

    public String id() { return id; }

    public String name() { return name; }

    public Node.Start start() { return start; }

    public List<Node> nodes() { return List.copyOf(nodes.values()); }

    public List<Edge> edges() { return List.copyOf(edges.values()); }

    /// The node; an `IllegalArgumentException` when there is none.
    public Node node(String id) {
        var node = nodes.get(id);
        if (node == null)
            throw new IllegalArgumentException("no node " + id + " in the flow " + this.id);
        return node;
    }

    public Optional<Node> find(String id) { return Optional.ofNullable(nodes.get(id)); }

    /// The ways out, in the order of the file.
    public List<Edge> from(Node node) { return outgoing.getOrDefault(node.id(), List.of()); }

    public List<Edge> to(Node node) { return incoming.getOrDefault(node.id(), List.of()); }

    /// What may come between while the node waits, in the order of the file.
    public List<Node.Boundary> boundaries(Node host) { return boundaries.getOrDefault(host.id(), List.of()); }

    /// Every FEEL expression with the line it stands in: conditions, and timers that compute their duration.
    public List<Expression> expressions() {
        var all = new ArrayList<Expression>();
        for (var edge : edges.values())
            edge.condition().ifPresent(feel -> all.add(new Expression(edge.line(), feel, false)));
        for (var node : nodes.values())
            if (node instanceof Node.Timer timer && timer.after().startsWith("="))
                all.add(new Expression(timer.line(), timer.after().substring(1).strip(), true));
        return List.copyOf(all);
    }

    /// 式. One FEEL expression; `duration`: it gives a duration, otherwise true or false.
    public record Expression(int line, String feel, boolean duration) {}
}
