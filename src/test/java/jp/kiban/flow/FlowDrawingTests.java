package jp.kiban.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FlowDrawingTests {
    private static Flow child() throws IOException {
        return Flow.read(Files.readString(Path.of("standards/child-allowance/2024-10-01/flow.bpmn"))).flow()
                .orElseThrow();
    }

    @Test
    void theUsualWayIsStraightDownAndWhereItWaitsIsMarked() throws IOException {
        var drawing = FlowDrawing.of(child(), Set.of("review"), Set.of("arrived", "judge", "reception", "review"));
        var spine = List.of("arrived", "reception", "review", "approval", "outcome", "notice-grant", "closed");
        var boxes = drawing.boxes().stream().filter(b -> spine.contains(b.id())).toList();
        assertThat(boxes).extracting(FlowDrawing.Box::x).containsOnly(boxes.getFirst().x());
        assertThat(boxes).extracting(FlowDrawing.Box::id).containsExactlyElementsOf(spine);
        assertThat(drawing.boxes().stream().filter(FlowDrawing.Box::here)).extracting(FlowDrawing.Box::id)
                .containsExactly("review");
    }

    @Test
    void everythingInTheDrawingIsAlsoInWords() throws IOException {
        var flow = child();
        var said = FlowDrawing.of(flow).said();
        assertThat(said).allSatisfy(s -> assertThat(s.name()).isNotBlank());
        assertThat(said.stream().mapToInt(s -> s.next().size()).sum()).isEqualTo(flow.edges().size());
        assertThat(said).anySatisfy(s -> assertThat(s.next()).contains(new FlowDrawing.Next("補正を求める", "補正待ち")));
    }

    /// Random diagrams too: no two boxes overlap, everything lies inside, no line runs through a box.
    @Test
    void nothingLiesOnAnythingElse() throws IOException {
        check(child());
        for (int i = 0; i < 60; i++)
            check(Flow.read(Diagrams.make(new SplittableRandom(i))).flow().orElseThrow());
    }

    private static void check(Flow flow) {
        var drawing = FlowDrawing.of(flow);
        var boxes = drawing.boxes();
        for (var one : boxes) {
            assertThat(one.x()).isNotNegative();
            assertThat(one.x() + one.width()).isLessThanOrEqualTo(drawing.width());
            assertThat(one.y() + one.height()).isLessThanOrEqualTo(drawing.height());
            for (var other : boxes)
                if (one != other)
                    assertThat(one.x() < other.x() + other.width() && other.x() < one.x() + one.width()
                            && one.y() < other.y() + other.height() && other.y() < one.y() + one.height()).isFalse();
        }
        for (var line : drawing.lines())
            for (var segment : segments(line.d()))
                for (var box : boxes)
                    assertThat(inside(segment, box)).as(line.d() + " runs through " + box).isFalse();
    }

    private record Segment(int x1, int y1, int x2, int y2) {}

    private static List<Segment> segments(String d) {
        var all = new java.util.ArrayList<Segment>();
        var parts = Pattern.compile("([MVH])(-?\\d+)(?: (-?\\d+))?").matcher(d.substring(0, d.indexOf('m')));
        int x = 0, y = 0;
        while (parts.find()) {
            int first = Integer.parseInt(parts.group(2));
            switch (parts.group(1)) {
                case "M" -> {
                    x = first;
                    y = Integer.parseInt(parts.group(3));
                }
                case "V" -> {
                    all.add(new Segment(x, y, x, first));
                    y = first;
                }
                default -> {
                    all.add(new Segment(x, y, first, y));
                    x = first;
                }
            }
        }
        return all;
    }

    private static boolean inside(Segment s, FlowDrawing.Box box) {
        boolean round = !Set.of("user", "receive", "service", "rule", "send").contains(box.kind());
        int left = round ? box.middle() - 14 : box.x() + 1,
                right = round ? box.middle() + 14 : box.x() + box.width() - 1;
        int top = (round ? box.center() - 14 : box.y()) + 1,
                bottom = (round ? box.center() + 14 : box.y() + box.height()) - 1;
        return Math.max(s.x1(), s.x2()) > left && Math.min(s.x1(), s.x2()) < right
                && Math.max(s.y1(), s.y2()) > top && Math.min(s.y1(), s.y2()) < bottom;
    }
}
