package jp.kiban.flow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// 流れの図. A flow laid out for drawing, in layers from top to bottom: the usual way straight down on the left, what departs
/// from it to the right; lines run between the boxes, never across them. With it the same in words. Drawn by the fragment
/// `flow/drawing :: flow(drawing)`, given this as `drawing`; looks come from the style sheet.
public record FlowDrawing(String name, int width, int height, List<Box> boxes, List<Line> lines, List<Said> said) {
    private static final int WIDTH = 196;
    private static final int TOP = 12;
    private static final int LINE = 18;
    private static final int ROW = 20;
    private static final int LANE = 9;
    private static final int ROUND = 16;
    private static final int DIAMOND = 20;

    /// 箱. A node: `kind` is a CSS class and the last part of a message key. `here`: the flow waits here now; `been`: it has
    /// gone through.
    public record Box(String id, String kind, String name, int x, int y, int width, int height, List<Word> words,
            List<Port> ports, boolean here, boolean been) {
        public int middle() { return x + width / 2; }

        public int center() { return y + height / 2; }

        /// The corners of a gateway.
        public String diamond() {
            int cx = middle(), cy = center();
            return "M%d %dL%d %dL%d %dL%d %dZ".formatted(cx, cy - DIAMOND, cx + DIAMOND, cy, cx, cy + DIAMOND,
                    cx - DIAMOND, cy);
        }
    }

    /// 語. One line of text at its place.
    public record Word(int x, int y, String text) {}

    /// 出口. A boundary event, as a row of its host: what may come between. `kind`: `timer` or `message`.
    public record Port(String kind, int x, int y, boolean cancels, boolean been, List<Word> words) {}

    /// 線. The way as SVG path data, with its words at their place.
    public record Line(String d, String kind, List<Word> words) {}

    /// 言葉. The same as the picture: a node, who acts (a role, or empty), and what follows it when.
    public record Said(String name, String kind, String role, boolean here, boolean been, List<Next> next) {}

    /// 次. `when` is empty for the only way on.
    public record Next(String when, String to) {}

    /// The flow as such.
    public static FlowDrawing of(Flow flow) { return of(flow, Set.of(), Set.of()); }

    /// The flow of one case: where it waits now, and what it has gone through.
    public static FlowDrawing of(Flow flow, Set<String> here, Set<String> been) {
        return new Layout(flow, here, been).draw();
    }

    private static final class Layout {
        private final Flow flow;
        private final Set<String> here;
        private final Set<String> been;
        private final Map<String, Integer> layer = new LinkedHashMap<>();
        private final Map<String, Integer> column = new HashMap<>();
        private final Set<Edge> back = new HashSet<>();
        private final List<Way> ways = new ArrayList<>();
        private final Map<String, Box> boxes = new LinkedHashMap<>();
        private int[] top = {};
        private int[] bottom = {};

        /// A line to be: from a box, or from one of its ports.
        private record Way(Node from, Optional<Node.Boundary> port, Edge edge, Node to) {}

        Layout(Flow flow, Set<String> here, Set<String> been) {
            this.flow = flow;
            this.here = here;
            this.been = been;
        }

        FlowDrawing draw() {
            for (var node : flow.nodes())
                if (!(node instanceof Node.Boundary)) {
                    flow.from(node).forEach(e -> ways.add(new Way(node, Optional.empty(), e, flow.node(e.to()))));
                    flow.boundaries(node).forEach(b -> flow.from(flow.node(b.id()))
                            .forEach(e -> ways.add(new Way(node, Optional.of(b), e, flow.node(e.to())))));
                }
            layers();
            columns();
            return place();
        }

        // which layer

        private void layers() {
            var state = new HashMap<String, Integer>();
            turnBack(flow.start(), state);
            var order = new ArrayList<>(state.keySet());
            order.forEach(id -> layer.put(id, 0));
            for (boolean changed = true; changed;) {
                changed = false;
                for (var way : ways)
                    if (!back.contains(way.edge())
                            && layer.getOrDefault(way.to().id(), 0) <= layer.getOrDefault(way.from().id(), 0)) {
                        layer.put(way.to().id(), layer.getOrDefault(way.from().id(), 0) + 1);
                        changed = true;
                    }
            }
        }

        /// Finds the ways that lead back to where the walk is still going on.
        private void turnBack(Node node, Map<String, Integer> state) {
            state.put(node.id(), 1);
            for (var way : ways)
                if (way.from().id().equals(node.id())) {
                    int seen = state.getOrDefault(way.to().id(), 0);
                    if (seen == 1)
                        back.add(way.edge());
                    else if (seen == 0)
                        turnBack(way.to(), state);
                }
            state.put(node.id(), 2);
        }

        // which column

        private void columns() {
            var spine = new HashSet<String>();
            for (Optional<Node> at = Optional.of(flow.start()); at.isPresent() && spine.add(at.get().id());)
                at = usual(at.get());
            var taken = new TreeMap<Integer, Set<Integer>>();
            spine.forEach(id -> {
                column.put(id, 0);
                taken.computeIfAbsent(layer.getOrDefault(id, 0), l -> new HashSet<>()).add(0);
            });
            flow.nodes().stream().filter(n -> layer.containsKey(n.id()) && !spine.contains(n.id()))
                    .sorted(Comparator.comparingInt(n -> layer.getOrDefault(n.id(), 0))).forEach(node -> {
                        int wanted = ways.stream()
                                .filter(w -> w.to().id().equals(node.id()) && !back.contains(w.edge()))
                                .mapToInt(w -> column.getOrDefault(w.from().id(), 0)).max().orElse(1);
                        var free = taken.computeIfAbsent(layer.getOrDefault(node.id(), 0), l -> new HashSet<>());
                        int at = Math.max(1, wanted);
                        while (!free.add(at))
                            at++;
                        column.put(node.id(), at);
                    });
        }

        private Optional<Node> usual(Node node) {
            var out = flow.from(node);
            return out.stream().filter(e -> node instanceof Node.Exclusive && e.condition().isEmpty()).findFirst()
                    .or(() -> out.stream().findFirst()).filter(e -> !back.contains(e)).map(e -> flow.node(e.to()));
        }

        // where

        private FlowDrawing place() {
            int depth = layer.values().stream().mapToInt(l -> l).max().orElse(0) + 1;
            top = new int[depth];
            bottom = new int[depth];
            var heights = new int[depth];
            var tracks = new HashMap<String, Integer>();
            var perGap = new int[depth + 1];
            for (var node : drawn())
                heights[at(node)] = Math.max(heights[at(node)], height(node));
            for (var way : ways)
                if (!straight(way)) {
                    if (!tracks.containsKey("to " + way.to().id()))
                        tracks.put("to " + way.to().id(), perGap[at(way.to())]++);
                    if (way.port().isEmpty() && !adjacent(way) && !tracks.containsKey("from " + way.from().id()))
                        tracks.put("from " + way.from().id(), perGap[at(way.from()) + 1]++);
                }
            int y = TOP;
            for (int l = 0; l < depth; l++) {
                y += l == 0 && perGap[0] == 0 ? 0 : 34 + LANE * perGap[l];
                top[l] = y;
                bottom[l] = y + heights[l];
                y = bottom[l];
            }
            int height = y + TOP + LANE * perGap[depth] + (perGap[depth] > 0 ? 16 : 0);
            var lanes = lanes(tracks);
            int columns = column.values().stream().mapToInt(c -> c).max().orElse(0) + 1;
            var gutter = new int[columns + 1];
            lanes.forEach((key, lane) -> {
                int g = Integer.parseInt(key.substring(0, key.indexOf(' '))) + 1;
                gutter[g] = Math.max(gutter[g], lane + 1);
            });
            var left = new int[columns + 1];
            var lanesFrom = new int[columns + 1];
            int x = TOP;
            for (int g = 0; g <= columns; g++) {
                lanesFrom[g] = x + (g == 0 ? 0 : 14);
                x += g == 0 ? gutter[0] * LANE + (gutter[0] > 0 ? 8 : 0) : 28 + gutter[g] * LANE;
                left[g] = x;
                if (g < columns)
                    x += WIDTH;
            }
            drawn().forEach(node -> boxes.put(node.id(), box(node, left[columnOf(node)])));
            var lines = ways.stream().map(way -> line(way, tracks, lanes, lanesFrom)).toList();
            return new FlowDrawing(flow.name(), x - (gutter[columns] == 0 ? 16 : 0), height,
                    List.copyOf(boxes.values()), lines, said());
        }

        private List<Node> drawn() {
            return flow.nodes().stream().filter(n -> layer.containsKey(n.id()))
                    .sorted(Comparator.comparingInt(this::at).thenComparingInt(this::columnOf)).toList();
        }

        private int at(Node node) { return layer.getOrDefault(node.id(), 0); }

        private int columnOf(Node node) { return column.getOrDefault(node.id(), 0); }

        private boolean adjacent(Way way) { return way.port().isEmpty() && at(way.to()) == at(way.from()) + 1; }

        private boolean straight(Way way) {
            return way.port().isEmpty() && columnOf(way.from()) == columnOf(way.to()) && at(way.to()) > at(way.from())
                    && layer.entrySet().stream()
                            .noneMatch(e -> e.getValue() > at(way.from()) && e.getValue() < at(way.to())
                                    && column.getOrDefault(e.getKey(), 0) == columnOf(way.from()));
        }

        /// Between which columns the way runs up or down: −1 is left of the first.
        private int gutterOf(Way way) {
            if (way.port().isPresent())
                return columnOf(way.from());
            if (at(way.to()) <= at(way.from()))
                return columnOf(way.from()) - 1;
            return columnOf(way.to()) < columnOf(way.from()) ? columnOf(way.from()) - 1 : columnOf(way.from());
        }

        private int trackTo(Node node, Map<String, Integer> tracks) {
            return top[at(node)] - 14 - LANE * tracks.getOrDefault("to " + node.id(), 0);
        }

        private int trackFrom(Node node, Map<String, Integer> tracks) {
            int gap = at(node) + 1;
            int base = gap < top.length ? top[gap] : bottom[at(node)] + 14 + LANE * 8;
            return base - 14 - LANE * tracks.getOrDefault("from " + node.id(), 0);
        }

        /// Ways that go the same way to the same place share a lane; lanes that overlap lie beside each other.
        private Map<String, Integer> lanes(Map<String, Integer> tracks) {
            var spans = new LinkedHashMap<String, int[]>();
            for (var way : ways)
                if (!straight(way) && !adjacent(way)) {
                    int from = way.port().isPresent() ? top[at(way.from())] : trackFrom(way.from(), tracks);
                    int till = way.port().isPresent() ? bottom[at(way.from())] : from;
                    int to = trackTo(way.to(), tracks);
                    var span = spans.computeIfAbsent(gutterOf(way) + " " + way.to().id(),
                            k -> new int[]{Integer.MAX_VALUE, Integer.MIN_VALUE});
                    span[0] = Math.min(span[0], Math.min(from, to));
                    span[1] = Math.max(span[1], Math.max(till, to));
                }
            var lanes = new LinkedHashMap<String, Integer>();
            spans.entrySet().stream().sorted(Comparator.comparingInt(e -> e.getValue()[1] - e.getValue()[0]))
                    .forEach(e -> {
                        String gutter = e.getKey().substring(0, e.getKey().indexOf(' ') + 1);
                        int lane = 0;
                        while (crowded(lanes, spans, gutter, lane, e.getValue()))
                            lane++;
                        lanes.put(e.getKey(), lane);
                    });
            return lanes;
        }

        private static boolean crowded(Map<String, Integer> lanes, Map<String, int[]> spans, String gutter, int lane,
                int[] span) {
            return lanes.entrySet().stream()
                    .anyMatch(other -> other.getKey().startsWith(gutter) && other.getValue() == lane
                            && overlaps(spans.getOrDefault(other.getKey(), span), span));
        }

        private static boolean overlaps(int[] one, int[] other) {
            return one[0] <= other[1] + 6 && other[0] <= one[1] + 6;
        }

        // boxes

        private static String kind(Node node) {
            return switch (node) {
                case Node.Start start -> "start";
                case Node.End end -> "end";
                case Node.User user -> "user";
                case Node.Service task -> "service";
                case Node.Rule task -> "rule";
                case Node.Send task -> "send";
                case Node.Receive task -> "receive";
                case Node.Exclusive gateway -> "exclusive";
                case Node.Parallel gateway -> "parallel";
                case Node.Timer timer -> "timer";
                case Node.Message message -> "message";
            };
        }

        private static boolean small(Node node) {
            return node instanceof Node.Start || node instanceof Node.End || node instanceof Node.Exclusive
                    || node instanceof Node.Parallel;
        }

        private int height(Node node) {
            if (small(node))
                return Math.max(2 * DIAMOND, LINE * wrapped(node.name(), WIDTH / 2 - 26, 13).size() + 4);
            int rows = flow.boundaries(node).stream().mapToInt(b -> portRows(b) * 16 + 6).sum();
            return 18 + LINE * Math.max(1, wrapped(node.name(), WIDTH - 24, 15).size()) + (rows == 0 ? 0 : rows + 6);
        }

        private int portRows(Node.Boundary boundary) {
            return wrapped(flow.node(boundary.id()).name(), WIDTH - 44, 13).size();
        }

        private Box box(Node node, int x) {
            int height = height(node);
            int y = top[at(node)];
            if (small(node))
                y += (bottom[at(node)] - y - height) / 2;
            var words = new ArrayList<Word>();
            var ports = new ArrayList<Port>();
            if (small(node)) {
                var lines = wrapped(node.name(), WIDTH / 2 - 26, 13);
                int line = y + height / 2 - LINE * (lines.size() - 1) / 2 + 5;
                for (var text : lines) {
                    words.add(new Word(x + WIDTH / 2 + 26, line, text));
                    line += LINE;
                }
            } else {
                int line = y + 23;
                for (var text : wrapped(node.name(), WIDTH - 24, 15)) {
                    words.add(new Word(x + 12, line, text));
                    line += LINE;
                }
                for (var boundary : flow.boundaries(node)) {
                    var event = flow.node(boundary.id());
                    var rows = new ArrayList<Word>();
                    int first = line + 4;
                    for (var text : wrapped(event.name(), WIDTH - 44, 13)) {
                        rows.add(new Word(x + 22, line + 8, text));
                        line += 16;
                    }
                    line += 6;
                    ports.add(new Port(kind(event), x + WIDTH, first, boundary.cancels(), been.contains(event.id()),
                            rows));
                }
            }
            return new Box(node.id(), kind(node), node.name(), x, y, WIDTH, height, words, ports,
                    here.contains(node.id()), been.contains(node.id()));
        }

        /// Broken where the width ends; a Chinese character is as wide as high, a Latin letter somewhat more than half.
        private static List<String> wrapped(String text, int width, int size) {
            var lines = new ArrayList<String>();
            var line = new StringBuilder();
            double used = 0;
            for (int c : text.codePoints().toArray()) {
                double wide = c < 0x2E80 ? size * 0.58 : size;
                if (used + wide > width && !line.isEmpty()) {
                    lines.add(line.toString());
                    line.setLength(0);
                    used = 0;
                }
                line.appendCodePoint(c);
                used += wide;
            }
            if (!line.isEmpty())
                lines.add(line.toString());
            return lines;
        }

        // lines

        private Box box(Node node) {
            var box = boxes.get(node.id());
            if (box == null)
                throw new IllegalStateException("not drawn: " + node.id());
            return box;
        }

        private static int foot(Box box, Node node) {
            return switch (node) {
                case Node.Start start -> box.center() + ROUND;
                case Node.Exclusive gateway -> box.center() + DIAMOND;
                case Node.Parallel gateway -> box.center() + DIAMOND;
                default -> box.y() + box.height();
            };
        }

        private static int head(Box box, Node node) {
            return switch (node) {
                case Node.End end -> box.center() - ROUND;
                case Node.Exclusive gateway -> box.center() - DIAMOND;
                case Node.Parallel gateway -> box.center() - DIAMOND;
                default -> box.y();
            };
        }

        private Line line(Way way, Map<String, Integer> tracks, Map<String, Integer> lanes, int[] lanesFrom) {
            var from = box(way.from());
            var to = box(way.to());
            int x = from.middle(), y = foot(from, way.from());
            int toX = to.middle(), toY = head(to, way.to());
            var path = new StringBuilder();
            var words = new ArrayList<Word>();
            String label = way.from() instanceof Node.Exclusive && flow.from(way.from()).size() > 1
                    ? way.edge().name()
                    : "";
            if (straight(way)) {
                path.append("M%d %dV%d".formatted(x, y, toY));
                if (!label.isEmpty())
                    words.add(new Word(x + 8, y + 16, label));
            } else {
                int track = trackTo(way.to(), tracks);
                if (way.port().isPresent()) {
                    int row = flow.boundaries(way.from()).indexOf(way.port().get());
                    var port = from.ports().get(row);
                    path.append("M%d %dH%d".formatted(port.x() + 8, port.y(), lane(way, lanes, lanesFrom)));
                } else if (adjacent(way))
                    path.append("M%d %d".formatted(x, y));
                else
                    path.append(
                            "M%d %dV%dH%d".formatted(x, y, trackFrom(way.from(), tracks), lane(way, lanes, lanesFrom)));
                path.append("V%dH%dV%d".formatted(track, toX, toY));
                if (!label.isEmpty())
                    words.add(new Word(toX + 8, toY - 4, label));
            }
            path.append("m-4 -7l4 7l4 -7");
            return new Line(path.toString(), way.port().isPresent() ? "between" : "way", words);
        }

        private int lane(Way way, Map<String, Integer> lanes, int[] lanesFrom) {
            int gutter = gutterOf(way);
            return lanesFrom[gutter + 1] + LANE * lanes.getOrDefault(gutter + " " + way.to().id(), 0);
        }

        // words

        private List<Said> said() {
            return drawn().stream().map(node -> new Said(called(node), kind(node),
                    node instanceof Node.User user ? user.role() : "", here.contains(node.id()),
                    been.contains(node.id()),
                    ways.stream().filter(w -> w.from().id().equals(node.id()))
                            .map(w -> new Next(w.port().map(p -> flow.node(p.id()).name())
                                    .orElse(node instanceof Node.Exclusive && flow.from(node).size() > 1
                                            ? w.edge().name()
                                            : ""),
                                    called(w.to())))
                            .toList()))
                    .collect(Collectors.toList());
        }

        /// A gateway without a name is called by what lies behind it.
        private String called(Node node) {
            if (!node.name().isEmpty())
                return node.name();
            return flow.from(node).stream().map(e -> flow.node(e.to())).filter(n -> !n.name().isEmpty()).map(Node::name)
                    .collect(Collectors.joining("・"));
        }
    }
}
