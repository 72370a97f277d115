package jp.kiban.flow;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.time.temporal.TemporalAmount;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// 流れの進行. State and event in, new state and path out; nothing is kept, nothing is read but the arguments. Tokens move
/// one after the other, in the order in which they set out, so that the same arguments always give the same path.
public final class Runner {
    /// More hops than any sound flow makes on one event.
    private static final int BOUND = 10_000;

    private final Conditions conditions;
    private final ZoneId zone;

    /// @param zone days, months and years of a timer are counted here
    public Runner(Conditions conditions, ZoneId zone) {
        this.conditions = conditions;
        this.zone = zone;
    }

    /// From the start to where it first waits.
    public Moved start(Flow flow, JsonNode facts, Hands hands, Instant now) {
        var run = new Run(flow, FlowState.NOTHING, facts, hands, now);
        run.queue.add(new Hop(flow.start(), Optional.empty()));
        return run.finish();
    }

    /// One event; empty when the flow does not wait for it.
    public Optional<Moved> go(Flow flow, FlowState state, FlowEvent event, JsonNode facts, Hands hands, Instant now) {
        var run = new Run(flow, state, facts, hands, now);
        return run.begin(event) ? Optional.of(run.finish()) : Optional.empty();
    }

    /// What the flow waits for here: the messages that would be heard, of boundary events and receive tasks.
    public static List<String> messages(Flow flow, FlowState state) {
        var all = new ArrayList<String>();
        for (var token : state.waiting()) {
            var node = flow.node(token.at());
            if (node instanceof Node.Receive receive)
                all.add(receive.message());
            for (var boundary : flow.boundaries(node))
                if (boundary instanceof Node.Message message)
                    all.add(message.message());
        }
        return all.stream().distinct().toList();
    }

    /// Takes a state over to another diagram: each token to the place that `places` names for where it is, else to the place
    /// of the same id; timers that run go on, new ones start now. An `IllegalArgumentException` when a place is not there
    /// or nothing waits in it.
    public FlowState carry(Flow to, FlowState state, Map<String, String> places, JsonNode facts, Instant now) {
        var run = new Run(to, new FlowState(state.next(), state.stage(), List.of(), List.of()), facts, Hands.idle(),
                now);
        for (var token : state.tokens()) {
            if (token.via().isPresent())
                throw new IllegalArgumentException("a token waits for others at " + token.at());
            var place = to.node(places.getOrDefault(token.at(), token.at()));
            if (!place.waits())
                throw new IllegalArgumentException("nothing waits at " + place.id());
            run.place(token.id(), place, state.timers());
            place.stage().ifPresent(reached -> run.stage = reached);
        }
        return new FlowState(run.next, run.stage, run.tokens, run.timers);
    }

    private record Hop(Node to, Optional<String> via) {}

    private final class Run {
        final Flow flow;
        final Hands hands;
        final Instant now;
        final ArrayDeque<Hop> queue = new ArrayDeque<>();
        final List<FlowState.Token> tokens;
        final List<FlowState.Timer> timers;
        final List<String> path = new ArrayList<>();
        JsonNode facts;
        String stage;
        int next;

        Run(Flow flow, FlowState state, JsonNode facts, Hands hands, Instant now) {
            this.flow = flow;
            this.hands = hands;
            this.now = now;
            this.facts = facts;
            this.tokens = new ArrayList<>(state.tokens());
            this.timers = new ArrayList<>(state.timers());
            this.stage = state.stage();
            this.next = state.next();
        }

        boolean begin(FlowEvent event) {
            return switch (event) {
                case FlowEvent.Done(int id) -> waiting(id).map(token -> {
                    take(token);
                    leave(flow.node(token.at()));
                    return true;
                }).orElse(false);
                case FlowEvent.Arrived(String message) -> arrived(message);
                case FlowEvent.Came(int id, String boundary) -> waiting(id).map(token -> flow
                        .boundaries(flow.node(token.at())).stream()
                        .filter(b -> b instanceof Node.Message && b.id().equals(boundary)).findFirst()
                        .map(b -> interrupt(token, b)).orElse(false)).orElse(false);
                case FlowEvent.Due(int id, String timer) -> {
                    boolean runs = timers.removeIf(t -> t.token() == id && t.node().equals(timer));
                    yield runs && waiting(id).map(token -> flow.find(timer)
                            .filter(Node.Timer.class::isInstance).map(n -> interrupt(token, (Node.Timer) n))
                            .orElse(false)).orElse(false);
                }
            };
        }

        private Optional<FlowState.Token> waiting(int id) {
            return tokens.stream().filter(t -> t.id() == id && t.via().isEmpty()).findFirst();
        }

        private boolean arrived(String message) {
            for (var token : List.copyOf(tokens)) {
                if (token.via().isPresent())
                    continue;
                var node = flow.node(token.at());
                if (node instanceof Node.Receive receive && receive.message().equals(message)) {
                    take(token);
                    leave(node);
                    return true;
                }
                for (var boundary : flow.boundaries(node))
                    if (boundary instanceof Node.Message listens && listens.message().equals(message))
                        return interrupt(token, boundary);
            }
            return false;
        }

        private boolean interrupt(FlowState.Token token, Node.Boundary boundary) {
            if (boundary.cancels())
                take(token);
            queue.add(new Hop(flow.node(boundary.id()), Optional.empty()));
            return true;
        }

        private void take(FlowState.Token token) {
            tokens.remove(token);
            timers.removeIf(t -> t.token() == token.id());
        }

        Moved finish() {
            int hops = 0;
            while (!queue.isEmpty()) {
                if (++hops > BOUND)
                    throw new IllegalStateException(
                            "the flow " + flow.id() + " does not come to rest: " + path.subList(0, 20));
                enter(queue.poll());
            }
            return new Moved(new FlowState(next, stage, tokens, timers), path, facts);
        }

        private void enter(Hop hop) {
            var node = hop.to();
            path.add(node.id());
            node.stage().ifPresent(reached -> stage = reached);
            switch (node) {
                case Node.User user -> rest(user);
                case Node.Receive receive -> rest(receive);
                case Node.Service task -> work(task);
                case Node.Rule task -> work(task);
                case Node.Send task -> work(task);
                case Node.Exclusive gateway -> choose(gateway);
                case Node.Parallel gateway -> join(gateway, hop.via());
                case Node.End end -> {
                    if (end.everything()) {
                        tokens.clear();
                        timers.clear();
                        queue.clear();
                    }
                }
                case Node.Start start -> leave(start);
                case Node.Timer timer -> leave(timer);
                case Node.Message message -> leave(message);
            }
        }

        private void rest(Node node) { place(next++, node, List.of()); }

        void place(int id, Node node, List<FlowState.Timer> running) {
            tokens.add(new FlowState.Token(id, node.id(), Optional.empty()));
            for (var boundary : flow.boundaries(node))
                if (boundary instanceof Node.Timer timer)
                    timers.add(running.stream().filter(t -> t.token() == id && t.node().equals(timer.id())).findFirst()
                            .orElseGet(() -> new FlowState.Timer(id, timer.id(), due(timer.after()))));
        }

        private Instant due(String after) {
            TemporalAmount amount = after.startsWith("=")
                    ? conditions.duration(after.substring(1).strip(), facts)
                    : after.contains("T") ? Duration.parse(after) : Period.parse(after);
            return amount instanceof Duration exact ? now.plus(exact) : now.atZone(zone).plus(amount).toInstant();
        }

        private void work(Node task) {
            facts = hands.does(task, facts);
            leave(task);
        }

        private void choose(Node.Exclusive gateway) {
            var ways = flow.from(gateway);
            for (var way : ways)
                if (way.condition().isPresent() && conditions.holds(way.condition().get(), facts)) {
                    go(way);
                    return;
                }
            ways.stream().filter(w -> w.condition().isEmpty()).findFirst().ifPresentOrElse(this::go, () -> {
                throw new IllegalStateException("no way out of " + gateway.id());
            });
        }

        private void join(Node.Parallel gateway, Optional<String> via) {
            var ways = flow.to(gateway);
            if (ways.size() > 1) {
                tokens.add(new FlowState.Token(next++, gateway.id(), via));
                var here = tokens.stream().filter(t -> t.at().equals(gateway.id())).toList();
                var seen = new HashSet<String>();
                var oneEach = here.stream().filter(t -> seen.add(t.via().orElseThrow())).toList();
                if (oneEach.size() < ways.size())
                    return;
                tokens.removeAll(oneEach);
            }
            flow.from(gateway).forEach(this::go);
        }

        private void leave(Node node) { flow.from(node).forEach(this::go); }

        private void go(Edge edge) { queue.add(new Hop(flow.node(edge.to()), Optional.of(edge.id()))); }
    }
}
