package jp.kiban.flow;

import java.io.StringReader;
import java.time.Duration;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.time.Period;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import jp.kiban.flow.FlowFault.Kind;

/// 流れの読み取り. BPMN 2.0 as text into a `Flow`. What the subset does not know is refused by its name and line; the graph is
/// then looked over: everything reachable, everything leads to an end, nothing goes round without waiting.
final class FlowReader {
    static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";
    static final String KIBAN = "urn:kiban:flow";
    private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";
    private static final Set<String> DRAWING = Set.of("http://www.omg.org/spec/BPMN/20100524/DI",
            "http://www.omg.org/spec/DD/20100524/DI", "http://www.omg.org/spec/DD/20100524/DC");
    private static final String SUBSET = "startEvent, endEvent, userTask, serviceTask, businessRuleTask, sendTask, receiveTask, exclusiveGateway, parallelGateway, boundaryEvent, sequenceFlow";
    private static final Map<String, Set<String>> NODES = Map.ofEntries(Map.entry("startEvent", Set.of()),
            Map.entry("endEvent", Set.of("kiban:stage")),
            Map.entry("userTask", Set.of("kiban:role", "kiban:stage", "kiban:act")),
            Map.entry("serviceTask", Set.of("kiban:does", "kiban:stage", "kiban:within")),
            Map.entry("businessRuleTask", Set.of("kiban:decides", "kiban:stage")),
            Map.entry("sendTask", Set.of("kiban:notice", "kiban:stage")),
            Map.entry("receiveTask", Set.of("kiban:message", "kiban:stage")),
            Map.entry("exclusiveGateway", Set.of("default", "gatewayDirection")),
            Map.entry("parallelGateway", Set.of("gatewayDirection")),
            Map.entry("boundaryEvent", Set.of("attachedToRef", "cancelActivity", "kiban:message")));
    private static final Set<String> ROLES = Set.of("RECEPTION", "REVIEW", "APPROVAL", "RESIDENT");
    private static final Set<String> ACTS = Set.of("accept", "propose", "decide", "close", "done");
    private static final Pattern JAPANESE = Pattern.compile("[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}]");
    private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9-]{0,40}");
    private static final Pattern PERIOD = Pattern.compile("P[1-9][0-9]{0,3}[DMY]");
    private static final Pattern DOES = Pattern.compile("pay|record|remind|open:[a-z][a-z0-9-]{1,60}");

    private final List<FlowFault> faults = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final List<Edge> edges = new ArrayList<>();
    private final Map<String, Integer> ids = new HashMap<>();
    private final Map<String, List<Named>> ports = new LinkedHashMap<>();
    private String processId = "";
    private String processName = "";
    private int processes;

    private record Named(boolean incoming, String edge, int line) {}

    Flow.Reading read(String bpmn) {
        try {
            var xml = factory().createXMLStreamReader(new StringReader(bpmn));
            if (toRoot(xml))
                definitions(xml);
        } catch (XMLStreamException broken) {
            int line = broken.getLocation() == null ? 1 : Math.max(1, broken.getLocation().getLineNumber());
            fault(line, Kind.XML_BROKEN, firstLine(broken));
        }
        boolean sound = faults.isEmpty();
        if (sound || !nodes.isEmpty())
            graph();
        faults.sort(Comparator.comparingInt(FlowFault::line));
        return faults.isEmpty()
                ? new Flow.Reading(Optional.of(new Flow(processId, processName, nodes, edges)), List.of())
                : new Flow.Reading(Optional.empty(), List.copyOf(faults));
    }

    private static String firstLine(XMLStreamException broken) {
        var lines = String.valueOf(broken.getMessage()).lines().toList();
        return lines.getLast().replaceFirst("^Message: ", "");
    }

    /// Knows no DTD, replaces no entity, opens nothing.
    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("an external file is not read: " + systemId);
        });
        return factory;
    }

    private boolean toRoot(XMLStreamReader xml) throws XMLStreamException {
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.DTD) {
                fault(line(xml), Kind.DTD);
                return false;
            }
            if (event == XMLStreamConstants.START_ELEMENT)
                break;
        }
        if (BPMN.equals(xml.getNamespaceURI()) && xml.getLocalName().equals("definitions"))
            return true;
        fault(line(xml), Kind.ROOT, xml.getLocalName(), String.valueOf(xml.getNamespaceURI()), BPMN);
        return false;
    }

    // elements

    private void definitions(XMLStreamReader xml) throws XMLStreamException {
        attributes(xml, Set.of("id", "name", "targetNamespace", "exporter", "exporterVersion", "expressionLanguage",
                "typeLanguage"));
        int line = line(xml);
        while (child(xml))
            if (DRAWING.contains(xml.getNamespaceURI()))
                skip(xml);
            else if (isBpmn(xml, "process"))
                process(xml);
            else if (isBpmn(xml, "documentation"))
                text(xml, Set.of("id", "textFormat"));
            else
                refuse(xml, Kind.REFUSED_FILE);
        if (processes == 0)
            fault(line, Kind.NO_PROCESS);
    }

    private void process(XMLStreamReader xml) throws XMLStreamException {
        if (++processes > 1)
            fault(line(xml), Kind.SECOND_PROCESS);
        var attributes = attributes(xml, Set.of("id", "name", "isExecutable", "processType", "isClosed"));
        processId = id(xml, attributes, "process");
        processName = attributes.getOrDefault("name", "");
        japanese(line(xml), processName, "process", processId);
        while (child(xml)) {
            String element = xml.getLocalName();
            if (!BPMN.equals(xml.getNamespaceURI()))
                refuse(xml, Kind.REFUSED_SUBSET);
            else if (NODES.containsKey(element))
                node(xml, element);
            else if (element.equals("sequenceFlow"))
                edge(xml);
            else if (element.equals("documentation"))
                text(xml, Set.of("id", "textFormat"));
            else
                refuse(xml, refusal(element));
        }
    }

    private static Kind refusal(String element) {
        return switch (element) {
            case "task", "manualTask" -> Kind.REFUSED_TASK;
            case "scriptTask" -> Kind.REFUSED_SCRIPT;
            case "inclusiveGateway", "complexGateway" -> Kind.REFUSED_INCLUSIVE;
            case "eventBasedGateway" -> Kind.REFUSED_EVENT_GATEWAY;
            case "subProcess", "transaction", "adHocSubProcess", "callActivity" -> Kind.REFUSED_SUBPROCESS;
            case "intermediateCatchEvent" -> Kind.REFUSED_CATCH;
            case "intermediateThrowEvent" -> Kind.REFUSED_THROW;
            case "laneSet" -> Kind.REFUSED_LANES;
            case "extensionElements" -> Kind.REFUSED_EXTENSION;
            default -> Kind.REFUSED_SUBSET;
        };
    }

    private void node(XMLStreamReader xml, String element) throws XMLStreamException {
        int line = line(xml);
        var allowed = new HashSet<>(NODES.get(element));
        allowed.addAll(Set.of("id", "name"));
        var said = attributes(xml, allowed);
        String id = id(xml, said, element);
        String name = said.getOrDefault("name", "").strip();
        var inside = new Inside();
        while (child(xml))
            inside(xml, element, id, inside);
        if (!element.endsWith("Gateway"))
            japanese(line, name, element, id);
        var stage = stage(line, said, id);
        switch (element) {
            case "startEvent" -> nodes.add(new Node.Start(id, name, line));
            case "endEvent" -> nodes.add(new Node.End(id, name, line, stage, inside.terminates));
            case "userTask" -> nodes.add(user(line, id, name, said, stage));
            case "serviceTask" ->
                nodes.add(new Node.Service(id, name, line, stage, word(line, said, "kiban:does", DOES, id,
                        "kiban:does=\"pay\", \"record\", \"remind\", \"open:<standard>\""), within(line, said, id)));
            case "businessRuleTask" -> nodes.add(new Node.Rule(id, name, line, stage, word(line, said, "kiban:decides",
                    Pattern.compile("\\S{1,60}"), id, "kiban:decides=\"判定\"")));
            case "sendTask" -> nodes.add(new Node.Send(id, name, line, stage,
                    word(line, said, "kiban:notice", WORD, id, "kiban:notice=\"grant\"")));
            case "receiveTask" -> nodes.add(new Node.Receive(id, name, line, stage,
                    word(line, said, "kiban:message", WORD, id, "kiban:message=\"corrected\"")));
            case "exclusiveGateway" ->
                nodes.add(new Node.Exclusive(id, name, line, Optional.ofNullable(said.get("default"))));
            case "parallelGateway" -> nodes.add(new Node.Parallel(id, name, line));
            default -> boundary(line, id, name, said, inside);
        }
    }

    private Node user(int line, String id, String name, Map<String, String> said, Optional<String> stage) {
        String role = said.getOrDefault("kiban:role", "");
        if (!ROLES.contains(role))
            fault(line, Kind.ROLE, id, role);
        if (stage.isEmpty())
            fault(line, Kind.NO_STAGE, id, Flow.STAGES);
        String act = said.getOrDefault("kiban:act", usual(stage.orElse("")));
        if (!ACTS.contains(act))
            fault(line, Kind.ACT, id, act);
        return new Node.User(id, name, line, role, stage, act);
    }

    private static String usual(String stage) {
        return switch (stage) {
            case "RECEIVED" -> "accept";
            case "CHECKING" -> "propose";
            case "PROPOSED" -> "decide";
            case "CORRECTION" -> "done";
            default -> "close";
        };
    }

    private void boundary(int line, String id, String name, Map<String, String> said, Inside inside) {
        String host = said.getOrDefault("attachedToRef", "");
        String cancels = said.getOrDefault("cancelActivity", "true");
        if (!Set.of("true", "false").contains(cancels))
            fault(line, Kind.CANCELS, cancels, id);
        if (inside.timer == inside.message)
            fault(line, inside.timer ? Kind.TWO_CAUSES : Kind.NO_CAUSE, id);
        if (inside.timer) {
            if (said.containsKey("kiban:message"))
                fault(line, Kind.TIMER_MESSAGE, id);
            if (inside.after.isEmpty())
                fault(line, Kind.NO_TIME, id);
            nodes.add(new Node.Timer(id, name, line, host, cancels.equals("true"), inside.after));
        } else
            nodes.add(new Node.Message(id, name, line, host, cancels.equals("true"),
                    word(line, said, "kiban:message", WORD, id, "kiban:message=\"withdrawn\"")));
    }

    /// What stood inside a node.
    private static final class Inside {
        boolean timer;
        boolean message;
        boolean terminates;
        String after = "";
    }

    private void inside(XMLStreamReader xml, String element, String id, Inside inside) throws XMLStreamException {
        int line = line(xml);
        switch (BPMN.equals(xml.getNamespaceURI()) ? xml.getLocalName() : "?") {
            case "documentation" -> text(xml, Set.of("id", "textFormat"));
            case "incoming", "outgoing" -> {
                boolean incoming = xml.getLocalName().equals("incoming");
                ports.computeIfAbsent(id, i -> new ArrayList<>())
                        .add(new Named(incoming, text(xml, Set.of()).strip(), line));
            }
            case "timerEventDefinition" -> {
                if (!element.equals("boundaryEvent")) {
                    refuse(xml, Kind.REFUSED_TIMER_PLACE);
                    return;
                }
                attributes(xml, Set.of("id"));
                inside.timer = true;
                while (child(xml))
                    if (isBpmn(xml, "timeDuration"))
                        inside.after = duration(line(xml), id, text(xml, Set.of("id", "xsi:type")).strip());
                    else
                        refuse(xml, Kind.REFUSED_TIMER_INSIDE);
            }
            case "messageEventDefinition" -> {
                if (!element.equals("boundaryEvent")) {
                    refuse(xml, Kind.REFUSED_MESSAGE_PLACE);
                    return;
                }
                attributes(xml, Set.of("id"));
                inside.message = true;
                empty(xml);
            }
            case "terminateEventDefinition" -> {
                if (!element.equals("endEvent")) {
                    refuse(xml, Kind.REFUSED_TERMINATE);
                    return;
                }
                attributes(xml, Set.of("id"));
                inside.terminates = true;
                empty(xml);
            }
            default -> refuse(xml, refusal(xml.getLocalName()));
        }
    }

    private String duration(int line, String id, String words) {
        if (words.startsWith("="))
            return words;
        try {
            if (words.contains("T")
                    ? Duration.parse(words).isPositive()
                    : !Period.parse(words).isNegative() && !Period.parse(words).isZero())
                return words;
        } catch (DateTimeParseException wrong) {
            // told below
        }
        fault(line, Kind.DURATION, id, words);
        return "P1D";
    }

    private void edge(XMLStreamReader xml) throws XMLStreamException {
        int line = line(xml);
        var said = attributes(xml, Set.of("id", "name", "sourceRef", "targetRef"));
        String id = id(xml, said, "sequenceFlow");
        Optional<String> condition = Optional.empty();
        while (child(xml))
            if (isBpmn(xml, "conditionExpression")) {
                String feel = text(xml, Set.of("id", "xsi:type", "language")).strip();
                if (feel.isEmpty())
                    fault(line, Kind.EMPTY_CONDITION, id);
                condition = Optional.of(feel);
            } else if (isBpmn(xml, "documentation"))
                text(xml, Set.of("id", "textFormat"));
            else
                refuse(xml, refusal(xml.getLocalName()));
        edges.add(new Edge(id, said.getOrDefault("name", "").strip(), line, said.getOrDefault("sourceRef", ""),
                said.getOrDefault("targetRef", ""), condition));
    }

    // words

    private String id(XMLStreamReader xml, Map<String, String> said, String element) {
        String id = said.getOrDefault("id", "").strip();
        if (id.isEmpty()) {
            fault(line(xml), Kind.NO_ID, element);
            return "line-" + line(xml) + "-" + nodes.size();
        }
        var before = ids.putIfAbsent(id, line(xml));
        if (before != null)
            fault(line(xml), Kind.ID_TWICE, id, before);
        return id;
    }

    private void japanese(int line, String name, String element, String id) {
        if (!JAPANESE.matcher(name).find())
            fault(line, name.isEmpty() ? Kind.NAMELESS : Kind.NAME, element, id, name);
    }

    private Optional<String> stage(int line, Map<String, String> said, String id) {
        var stage = Optional.ofNullable(said.get("kiban:stage"));
        if (stage.filter(s -> !Flow.STAGES.contains(s)).isPresent())
            fault(line, Kind.STAGE, stage.get(), id, Flow.STAGES);
        return stage;
    }

    private Period within(int line, Map<String, String> said, String id) {
        if (!said.containsKey("kiban:within"))
            return Node.Service.USUAL;
        var word = word(line, said, "kiban:within", PERIOD, id, "kiban:within=\"P13M\"");
        return PERIOD.matcher(word).matches() ? Period.parse(word) : Node.Service.USUAL;
    }

    private String word(int line, Map<String, String> said, String attribute, Pattern shape, String id,
            String example) {
        String word = said.getOrDefault(attribute, "").strip();
        if (!shape.matcher(word).matches())
            if (word.isEmpty())
                fault(line, Kind.WORD_MISSING, id, attribute, example);
            else
                fault(line, Kind.WORD, id, attribute, word, example);
        return word;
    }

    private Map<String, String> attributes(XMLStreamReader xml, Set<String> allowed) {
        var said = new LinkedHashMap<String, String>();
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            var namespace = Optional.ofNullable(xml.getAttributeNamespace(i)).orElse("");
            String name = switch (namespace) {
                case "", BPMN -> xml.getAttributeLocalName(i);
                case KIBAN -> "kiban:" + xml.getAttributeLocalName(i);
                case XSI -> "xsi:" + xml.getAttributeLocalName(i);
                default -> "{" + namespace + "}" + xml.getAttributeLocalName(i);
            };
            if (allowed.contains(name))
                said.put(name, xml.getAttributeValue(i));
            else if (!name.equals("xsi:schemaLocation"))
                fault(line(xml), Kind.ATTRIBUTE, name, xml.getLocalName(),
                        allowed.isEmpty() ? "—" : allowed.stream().sorted().collect(Collectors.joining(", ")));
        }
        return said;
    }

    private String text(XMLStreamReader xml, Set<String> allowed) throws XMLStreamException {
        attributes(xml, allowed);
        var words = new StringBuilder();
        for (int event = xml.next(); event != XMLStreamConstants.END_ELEMENT; event = xml.next())
            if (event == XMLStreamConstants.START_ELEMENT)
                refuse(xml, Kind.REFUSED_IN_TEXT);
            else if (xml.isCharacters())
                words.append(xml.getText());
            else if (event == XMLStreamConstants.ENTITY_REFERENCE)
                fault(line(xml), Kind.ENTITY, xml.getLocalName());
        return words.toString();
    }

    private void empty(XMLStreamReader xml) throws XMLStreamException {
        while (child(xml))
            refuse(xml, Kind.REFUSED_INSIDE);
    }

    /// To the next child; false at the end of the element. Text between elements is a fault.
    private boolean child(XMLStreamReader xml) throws XMLStreamException {
        while (true) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT)
                return true;
            if (event == XMLStreamConstants.END_ELEMENT)
                return false;
            if (event == XMLStreamConstants.CHARACTERS && !xml.isWhiteSpace())
                fault(line(xml), Kind.STRAY_TEXT, xml.getText().strip());
            if (event == XMLStreamConstants.ENTITY_REFERENCE)
                fault(line(xml), Kind.ENTITY, xml.getLocalName());
        }
    }

    private void refuse(XMLStreamReader xml, Kind kind) throws XMLStreamException {
        fault(line(xml), kind, xml.getLocalName(), SUBSET);
        skip(xml);
    }

    private static void skip(XMLStreamReader xml) throws XMLStreamException {
        for (int depth = 1; depth > 0;) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT)
                depth++;
            else if (event == XMLStreamConstants.END_ELEMENT)
                depth--;
        }
    }

    private static boolean isBpmn(XMLStreamReader xml, String element) {
        return BPMN.equals(xml.getNamespaceURI()) && xml.getLocalName().equals(element);
    }

    private static int line(XMLStreamReader xml) { return Math.max(1, xml.getLocation().getLineNumber()); }

    private void fault(int line, Kind kind, Object... with) { faults.add(FlowFault.of(line, kind, with)); }

    // the graph

    private void graph() {
        var byId = new LinkedHashMap<String, Node>();
        nodes.forEach(node -> byId.putIfAbsent(node.id(), node));
        var good = new ArrayList<Edge>();
        for (var edge : edges) {
            boolean both = true;
            for (var end : List.of(edge.from(), edge.to()))
                if (!byId.containsKey(end)) {
                    both = false;
                    fault(edge.line(), Kind.EDGE_END, edge.id(), end);
                }
            if (both)
                good.add(edge);
        }
        var starts = nodes.stream().filter(Node.Start.class::isInstance).toList();
        if (starts.isEmpty())
            fault(1, Kind.NO_START);
        starts.stream().skip(1)
                .forEach(s -> fault(s.line(), Kind.SECOND_START, s.id()));
        if (nodes.stream().noneMatch(Node.End.class::isInstance))
            fault(1, Kind.NO_END);
        var out = good.stream().collect(Collectors.groupingBy(Edge::from));
        var in = good.stream().collect(Collectors.groupingBy(Edge::to));
        for (var node : nodes)
            ways(node, in.getOrDefault(node.id(), List.of()), out.getOrDefault(node.id(), List.of()), byId);
        ports(good);
        if (!starts.isEmpty())
            reach(starts.getFirst(), byId, out);
    }

    private void ways(Node node, List<Edge> in, List<Edge> out, Map<String, Node> byId) {
        int line = node.line();
        String id = node.id();
        if (!in.isEmpty() && (node instanceof Node.Start || node instanceof Node.Boundary))
            fault(line, Kind.LEADS_IN, id);
        if (node instanceof Node.End) {
            if (!out.isEmpty())
                fault(line, Kind.LEADS_OUT, id);
        } else if (out.isEmpty())
            fault(line, Kind.DEAD_END, id);
        else if (out.size() > 1 && !(node instanceof Node.Exclusive) && !(node instanceof Node.Parallel))
            fault(line, Kind.SEVERAL_WAYS, out.size(), id);
        if (node instanceof Node.Exclusive gateway)
            exclusive(gateway, out);
        else
            out.stream().filter(e -> e.condition().isPresent())
                    .forEach(e -> fault(e.line(), Kind.CONDITION_PLACE, e.id()));
        if (node instanceof Node.Parallel && in.size() < 2 && out.size() < 2)
            fault(line, Kind.PARALLEL_IDLE, id);
        if (node instanceof Node.Boundary boundary) {
            var host = byId.get(boundary.host());
            if (host == null)
                fault(line, Kind.NO_HOST, id, boundary.host());
            else if (!host.waits())
                fault(line, Kind.HOST_WAITS_NOT, id, host.id());
        }
    }

    private void exclusive(Node.Exclusive gateway, List<Edge> out) {
        var otherwise = gateway.otherwise();
        if (otherwise.isPresent() && out.stream().noneMatch(e -> e.id().equals(otherwise.get())))
            fault(gateway.line(), Kind.DEFAULT_ELSEWHERE, otherwise.get(), gateway.id());
        if (out.size() < 2) {
            out.stream().filter(e -> e.condition().isPresent())
                    .forEach(e -> fault(e.line(), Kind.ONLY_WAY, gateway.id()));
            return;
        }
        japanese(gateway.line(), gateway.name(), "exclusiveGateway", gateway.id());
        if (otherwise.isEmpty())
            fault(gateway.line(), Kind.NO_DEFAULT, gateway.id());
        for (var edge : out) {
            boolean isDefault = otherwise.equals(Optional.of(edge.id()));
            if (isDefault && edge.condition().isPresent())
                fault(edge.line(), Kind.DEFAULT_CONDITION, edge.id());
            if (!isDefault && edge.condition().isEmpty())
                fault(edge.line(), Kind.WAY_WITHOUT_CONDITION, edge.id(), gateway.id());
            japanese(edge.line(), edge.name(), "sequenceFlow", edge.id());
        }
    }

    /// `<incoming>` and `<outgoing>` may be left out; where they stand they must agree with the flows.
    private void ports(List<Edge> good) {
        ports.forEach((node, named) -> named.forEach(port -> {
            boolean agrees = good.stream().anyMatch(
                    e -> e.id().equals(port.edge()) && (port.incoming() ? e.to() : e.from()).equals(node));
            if (!agrees)
                fault(port.line(), Kind.PORT, port.incoming() ? "incoming" : "outgoing", port.edge(), node);
        }));
    }

    private void reach(Node start, Map<String, Node> byId, Map<String, List<Edge>> out) {
        var next = new HashMap<String, Set<String>>();
        var back = new HashMap<String, Set<String>>();
        out.values().forEach(list -> list.forEach(e -> link(next, back, e.from(), e.to())));
        for (var node : byId.values())
            if (node instanceof Node.Boundary boundary && byId.containsKey(boundary.host()))
                link(next, back, boundary.host(), node.id());
        var reached = walk(Set.of(start.id()), next);
        var ending = walk(byId.values().stream().filter(Node.End.class::isInstance).map(Node::id)
                .collect(Collectors.toSet()), back);
        for (var node : byId.values()) {
            if (!reached.contains(node.id()))
                fault(node.line(), Kind.UNREACHED, node.id());
            if (!ending.contains(node.id()) && out.containsKey(node.id()))
                fault(node.line(), Kind.NEVER_ENDS, node.id());
        }
        restless(byId, out);
    }

    private static void link(Map<String, Set<String>> next, Map<String, Set<String>> back, String from, String to) {
        next.computeIfAbsent(from, f -> new HashSet<>()).add(to);
        back.computeIfAbsent(to, t -> new HashSet<>()).add(from);
    }

    private static Set<String> walk(Set<String> from, Map<String, Set<String>> next) {
        var seen = new HashSet<>(from);
        var queue = new ArrayDeque<>(from);
        while (!queue.isEmpty())
            for (var to : next.getOrDefault(queue.poll(), Set.of()))
                if (seen.add(to))
                    queue.add(to);
        return seen;
    }

    /// A circle in which nothing waits would turn for ever: found by taking away, again and again, what no such way enters.
    private void restless(Map<String, Node> byId, Map<String, List<Edge>> out) {
        var left = new LinkedHashMap<String, Node>();
        byId.values().stream().filter(n -> !n.waits()).forEach(n -> left.put(n.id(), n));
        boolean changed = true;
        while (changed) {
            var entered = new HashSet<String>();
            left.keySet().forEach(id -> out.getOrDefault(id, List.of()).forEach(e -> entered.add(e.to())));
            changed = left.keySet().retainAll(entered);
            var leaving = left.keySet().stream()
                    .filter(id -> out.getOrDefault(id, List.of()).stream().noneMatch(e -> left.containsKey(e.to())))
                    .toList();
            changed |= left.keySet().removeAll(Set.copyOf(leaving));
        }
        if (!left.isEmpty())
            fault(left.values().iterator().next().line(), Kind.RESTLESS, String.join(", ", left.keySet()));
    }
}
