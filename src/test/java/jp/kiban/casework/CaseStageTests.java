package jp.kiban.casework;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.stream.Collectors;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.Language;
import org.junit.jupiter.api.Test;

/// The graph of stages: what it claims, and its picture, drawn from the edges themselves.
class CaseStageTests {
    private static final Path PICTURE = Path.of("docs/reference/generated/case-stages.md");

    @Test
    void everyStageIsReachedFromReceived() {
        var reached = EnumSet.of(CaseStage.RECEIVED);
        for (int i = 0; i < CaseStage.values().length; i++)
            CaseStage.all().stream().filter(e -> reached.contains(e.from())).forEach(e -> reached.add(e.to()));
        assertThat(reached).isEqualTo(EnumSet.allOf(CaseStage.class));
    }

    @Test
    void nothingIsDecidedThatWasNotProposed() {
        assertThat(CaseStage.all()).filteredOn(e -> e.by() == Decided.class).extracting(CaseStage.Edge::from)
                .containsOnly(CaseStage.PROPOSED);
        assertThat(CaseStage.all()).filteredOn(e -> EnumSet.of(CaseStage.GRANTED, CaseStage.REFUSED,
                CaseStage.REDIRECTED).contains(e.to())).allMatch(e -> e.by() == Decided.class);
    }

    @Test
    void whatIsDecidedStaysDecided() {
        assertThat(CaseStage.all()).filteredOn(e -> e.from().isEnded()).extracting(CaseStage.Edge::to)
                .containsOnly(CaseStage.CLOSED);
        assertThat(CaseStage.all()).noneMatch(e -> e.from() == CaseStage.CLOSED);
    }

    @Test
    void onlyACorrectionStopsTheClock() {
        assertThat(CaseStage.all()).filteredOn(e -> e.to() == CaseStage.CORRECTION && e.from() != e.to())
                .allMatch(e -> e.by() == CorrectionRequested.class);
    }

    @Test
    void oneEventLeadsToOneStage() {
        assertThat(CaseStage.all().stream().map(e -> e.from() + " " + e.by() + " " + e.kind())).doesNotHaveDuplicates();
    }

    @Test
    void theGraphDrawsItself() throws IOException {
        var lines = CaseStage.all().stream().map(e -> "    %s --> %s: %s".formatted(e.from(), e.to(),
                event(e.by()) + e.kind().map(k -> " " + k).orElse(""))).collect(Collectors.joining("\n"));
        var stages = java.util.Arrays.stream(CaseStage.values()).map(s -> "| `%s` | %s | %s | %s |".formatted(s,
                Words.stage(s).in(Language.JA), Words.stage(s).in(Language.EN),
                s == CaseStage.CORRECTION ? "stands still" : s.isOpen() ? "runs" : "ended"))
                .collect(Collectors.joining("\n"));
        var picture = """
                # 事案の段階 / The stages of a case

                Written by `CaseStageTests` from `CaseStage`; not by hand. Each edge is named by the event that goes it.

                ```mermaid
                stateDiagram-v2
                    [*] --> RECEIVED: casework.CaseOpened
                %s
                    CLOSED --> [*]
                ```

                | stage | 日本語 | English | clock of the standard period |
                |---|---|---|---|
                %s
                """.formatted(lines, stages);
        Files.createDirectories(PICTURE.getParent());
        if (!Files.exists(PICTURE) || !Files.readString(PICTURE).equals(picture))
            Files.writeString(PICTURE, picture);
        assertThat(picture).contains("PROPOSED --> GRANTED: casework.Decided GRANT");
    }

    private static String event(Class<? extends Event> by) { return Event.kind(by); }
}
