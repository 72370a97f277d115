package jp.kiban.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Random diagrams of the subset, as the text of a `flow.bpmn`: nested blocks of tasks, choices, parallel ways and loops with
/// timers and messages on the tasks, and on top of that some ways that jump where no block would.
final class Diagrams {
    private final RandomGenerator random;
    private final StringBuilder text = new StringBuilder();
    private final List<String> merges = new ArrayList<>();
    private final List<String> loose = new ArrayList<>();
    private int ids;
    private int minutes = 10;

    private Diagrams(RandomGenerator random) { this.random = random; }

    static String make(RandomGenerator random) { return new Diagrams(random).make(); }

    private String make() {
        node("startEvent", "start", "");
        String last = "start";
        int blocks = 1 + random.nextInt(4);
        for (int i = 0; i < blocks; i++) {
            last = merge(last);
            last = block(last, 3, false);
        }
        node("endEvent", "end", "");
        edge(last, "end");
        for (String from : loose)
            if (random.nextInt(3) > 0)
                edge(from, merges.get(random.nextInt(merges.size())));
            else
                end(from, random.nextInt(4) == 0);
        return """
                <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:kiban="urn:kiban:flow"><process id="p" name="手続">
                %s</process></definitions>
                """.formatted(text);
    }

    private String id(String kind) { return kind + ++ids; }

    private void node(String element, String id, String attributes) {
        text.append("<%s id=\"%s\" name=\"節 %s\" %s/>%n".formatted(element, id, id, attributes));
    }

    private String edge(String from, String to) {
        String id = id("f");
        text.append("<sequenceFlow id=\"%s\" name=\"次\" sourceRef=\"%s\" targetRef=\"%s\"/>%n".formatted(id, from, to));
        return id;
    }

    private void edge(String from, String to, String condition) {
        text.append(
                "<sequenceFlow id=\"%s\" name=\"次\" sourceRef=\"%s\" targetRef=\"%s\"><conditionExpression>%s</conditionExpression></sequenceFlow>%n"
                        .formatted(id("f"), from, to, condition));
    }

    private String condition() { return "x%d &lt; %d".formatted(random.nextInt(3), 1 + random.nextInt(9)); }

    private String merge(String from) {
        String id = id("m");
        text.append("<exclusiveGateway id=\"%s\"/>%n".formatted(id));
        edge(from, id);
        merges.add(id);
        return waiting(id, false);
    }

    /// The default flow is known only after it is drawn, so the gateway comes last.
    private void split(String id, String otherwise) {
        text.append("<exclusiveGateway id=\"%s\" name=\"分岐 %s\" default=\"%s\"/>%n".formatted(id, id, otherwise));
    }

    private void end(String from, boolean everything) {
        String id = id("e");
        if (everything)
            text.append("<endEvent id=\"%s\" name=\"終 %s\"><terminateEventDefinition/></endEvent>%n".formatted(id, id));
        else
            node("endEvent", id, "");
        edge(from, id);
    }

    private String block(String from, int depth, boolean parallel) {
        return switch (depth == 0 ? random.nextInt(3) : random.nextInt(9)) {
            case 0, 1 -> waiting(from, parallel);
            case 2 -> automatic(from, parallel);
            case 3, 4 -> choice(from, depth, parallel);
            case 5, 6 -> fork(from, depth);
            case 7 -> loop(from, depth, parallel);
            default -> block(block(from, depth - 1, parallel), depth - 1, parallel);
        };
    }

    private String automatic(String from, boolean parallel) {
        String id = id("a");
        switch (random.nextInt(parallel ? 2 : 3)) {
            case 0 -> node("serviceTask", id, "kiban:does=\"record\"");
            case 1 -> node("sendTask", id, "kiban:notice=\"grant\"");
            default -> node("businessRuleTask", id, "kiban:decides=\"判定\"");
        }
        edge(from, id);
        return id;
    }

    private String waiting(String from, boolean parallel) {
        String id = id("w");
        if (random.nextInt(3) > 0)
            node("userTask", id, "kiban:role=\"REVIEW\" kiban:stage=\"CHECKING\"");
        else
            node("receiveTask", id, "kiban:message=\"go\"");
        edge(from, id);
        for (int i = random.nextInt(6) - 3; i > 0; i--)
            boundary(id, parallel);
        return id;
    }

    private void boundary(String host, boolean parallel) {
        String id = id("b");
        boolean cancels = random.nextBoolean();
        String inside = random.nextBoolean()
                ? " kiban:message=\"msg%s\"><messageEventDefinition/>".formatted(id)
                : "><timerEventDefinition><timeDuration>PT%dM</timeDuration></timerEventDefinition>"
                        .formatted(minutes += 7 + random.nextInt(20));
        text.append(
                "<boundaryEvent id=\"%s\" name=\"境 %s\" attachedToRef=\"%s\" cancelActivity=\"%s\"%s</boundaryEvent>%n"
                        .formatted(id, id, host, cancels, inside));
        String way = random.nextBoolean() ? automatic(id, true) : waiting(id, true);
        if (parallel)
            end(way, cancels && random.nextInt(3) == 0);
        else
            loose.add(way);
    }

    private String choice(String from, int depth, boolean parallel) {
        String split = id("x");
        String join = id("j");
        edge(from, split);
        int ways = 2 + random.nextInt(2);
        String otherwise = "";
        int straight = random.nextInt(ways);
        for (int i = 0; i < ways; i++) {
            String first = id("a");
            node("serviceTask", first, "kiban:does=\"record\"");
            if (i == straight)
                otherwise = edge(split, first);
            else
                edge(split, first, condition());
            edge(block(first, depth - 1, parallel), join);
        }
        split(split, otherwise);
        text.append("<exclusiveGateway id=\"%s\"/>%n".formatted(join));
        return join;
    }

    private String fork(String from, int depth) {
        String fork = id("p");
        String join = id("q");
        text.append("<parallelGateway id=\"%s\"/>%n<parallelGateway id=\"%s\"/>%n".formatted(fork, join));
        edge(from, fork);
        for (int i = 2 + random.nextInt(2); i > 0; i--)
            edge(block(fork, depth - 1, true), join);
        return join;
    }

    private String loop(String from, int depth, boolean parallel) {
        String head = id("m");
        text.append("<exclusiveGateway id=\"%s\"/>%n".formatted(head));
        edge(from, head);
        String body = block(waiting(head, parallel), depth - 1, parallel);
        String split = id("x");
        edge(body, split);
        edge(split, head, condition());
        String out = id("a");
        node("serviceTask", out, "kiban:does=\"record\"");
        split(split, edge(split, out));
        return out;
    }
}
