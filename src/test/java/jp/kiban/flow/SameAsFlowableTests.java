package jp.kiban.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Generated diagrams, inputs, messages and times: our runner and Flowable go the same way and come to the same end.
/// `-Dkiban.diagrams=N` for more, `-Dkiban.seed=S` for others.
class SameAsFlowableTests {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int DIAGRAMS = Integer.getInteger("kiban.diagrams", 300);
    private static final long SEED = Long.getLong("kiban.seed", 20261121L);
    private static final int RUNS = 2;
    private static final int EVENTS = 14;

    private final Runner runner = new Runner(new Plainly(), ZoneId.of("UTC"));
    private final Map<String, Integer> counts = new TreeMap<>();
    private final List<String> differences = new ArrayList<>();

    private void count(String what) { counts.merge(what, 1, Integer::sum); }

    private static final Hands HANDS = (task, facts) -> {
        if (!(task instanceof Node.Rule))
            return facts;
        var after = (ObjectNode) facts.deepCopy();
        return after.put("x0", (facts.path("x0").asInt() + 3) % 10);
    };

    @Test
    void generatedDiagramsGoTheSameWayToTheSameEnd() {
        long begun = System.nanoTime();
        try (var other = new SecondOpinion()) {
            for (int i = 0; i < DIAGRAMS; i++) {
                var random = new SplittableRandom(SEED + i);
                String bpmn = Diagrams.make(random);
                var read = Flow.read(bpmn);
                assertThat(read.faults()).as(bpmn).isEmpty();
                var flow = read.flow().orElseThrow();
                count("diagrams");
                flow.nodes().forEach(n -> count("nodes"));
                String deployment = other.deploy(flow);
                for (int run = 0; run < RUNS; run++) {
                    compare(flow, other, random.split(), "seed " + (SEED + i) + " run " + run);
                    if (differences.size() > 5)
                        break;
                }
                other.forget(deployment);
                if (differences.size() > 5)
                    break;
            }
        }
        System.out.println(
                "our runner and Flowable: " + counts + " in " + (System.nanoTime() - begun) / 1_000_000_000 + " s");
        assertThat(differences).isEmpty();
        assertThat(counts.getOrDefault("ended", 0)).isGreaterThan(DIAGRAMS / 3);
    }

    private static Map<String, Object> facts(SplittableRandom random) {
        var facts = new HashMap<String, Object>();
        for (int i = 0; i < 3; i++)
            facts.put("x" + i, random.nextInt(10));
        return facts;
    }

    private static JsonNode json(Map<String, Object> facts) { return JSON.valueToTree(facts); }

    private void compare(Flow flow, SecondOpinion other, SplittableRandom random, String where) {
        count("runs");
        var now = Instant.parse("2026-11-21T00:00:00Z");
        other.at(Date.from(now));
        other.path.clear();
        var given = facts(random);
        var moved = runner.start(flow, json(given), HANDS, now);
        String instance = other.start(flow.id(), given);
        for (int step = 0;; step++) {
            if (!same(flow, other, instance, moved, where + " step " + step))
                return;
            if (moved.state().isOver()) {
                count("ended");
                return;
            }
            if (step == EVENTS || moved.state().waiting().isEmpty()) {
                count(step == EVENTS ? "still waiting when stopped" : "stuck at a join, in both");
                return;
            }
            count("events");
            other.path.clear();
            given = facts(random);
            var state = moved.state();
            var token = state.waiting().get(random.nextInt(state.waiting().size()));
            var messages = flow.boundaries(flow.node(token.at())).stream().filter(Node.Message.class::isInstance)
                    .map(Node.Message.class::cast).toList();
            FlowEvent event;
            if (!state.timers().isEmpty() && random.nextInt(3) == 0) {
                var first = state.timers().stream().min(java.util.Comparator.comparing(FlowState.Timer::due))
                        .orElseThrow();
                now = first.due().isAfter(now) ? first.due() : now;
                event = new FlowEvent.Due(first.token(), first.node());
                other.at(Date.from(now));
                other.due(instance, first.node(), given);
                count("timers");
            } else if (!messages.isEmpty() && random.nextInt(3) > 0) {
                var message = messages.get(random.nextInt(messages.size()));
                token = state.waiting().stream().filter(t -> t.at().equals(message.host())).findFirst().orElseThrow();
                event = new FlowEvent.Came(token.id(), message.id());
                now = now.plusSeconds(60);
                other.at(Date.from(now));
                other.message(instance, message, given);
                count("messages");
            } else {
                String at = token.at();
                token = state.waiting().stream().filter(t -> t.at().equals(at)).findFirst().orElseThrow();
                event = new FlowEvent.Done(token.id());
                now = now.plusSeconds(60);
                other.at(Date.from(now));
                other.done(instance, flow.node(at), given);
                count("tasks done");
            }
            moved = runner.go(flow, state, event, json(given), HANDS, now).orElseThrow();
        }
    }

    private boolean same(Flow flow, SecondOpinion other, String instance, Moved moved, String where) {
        var seen = new HashSet<String>();
        var state = moved.state();
        if (state.tokens().stream().anyMatch(t -> t.via().isPresent() && !seen.add(t.at() + t.via().get()))) {
            count("two tokens on one way into a join (see docs/reference/flow.md)");
            return false;
        }
        String ours = "path " + moved.path().stream().sorted().toList() + "\n waiting "
                + state.waiting().stream().map(FlowState.Token::at).sorted().toList() + "\n timers "
                + state.timers().stream().map(t -> t.node() + " " + t.due()).sorted().toList() + "\n over "
                + state.isOver();
        String theirs = "path " + other.path.stream().sorted().toList() + "\n waiting " + other.waiting(instance, flow)
                + "\n timers " + other.timers(instance) + "\n over " + other.isOver(instance);
        if (other.path.equals(moved.path()))
            count("steps in the very same order");
        else
            count("steps in another order");
        if (ours.equals(theirs))
            return true;
        differences.add(where + "\nours:   " + ours + "\ntheirs: " + theirs);
        return false;
    }
}
