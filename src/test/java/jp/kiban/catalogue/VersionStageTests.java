package jp.kiban.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class VersionStageTests {
    @Test
    void everyStageIsReachedFromADraft() {
        var reached = EnumSet.of(VersionStage.DRAFT);
        for (int i = 0; i < VersionStage.values().length; i++)
            VersionStage.all().stream().filter(e -> reached.contains(e.from())).forEach(e -> reached.add(e.to()));
        assertThat(reached).containsExactlyInAnyOrder(VersionStage.values());
    }

    @Test
    void anEventLeadsToOneStageOnly() {
        for (var stage : VersionStage.values())
            assertThat(VersionStage.all().stream().filter(e -> e.from() == stage).map(VersionStage.Edge::by))
                    .doesNotHaveDuplicates();
    }

    @Test
    void nothingPublicBecomesADraftAgainOnceItsDayCame() {
        for (var edge : VersionStage.all())
            if (edge.from().isPublic() && edge.from() != VersionStage.SCHEDULED)
                assertThat(edge.to().isPublic()).as(edge.toString()).isTrue();
    }

    @Test
    void theGraphIsInTheDocumentation() throws IOException {
        var text = new StringBuilder(
                "# 標準の版の段階\n\nMade by a test from `VersionStage`; do not edit.\n\n```mermaid\nstateDiagram-v2\n");
        text.append("  [*] --> DRAFT\n");
        VersionStage.all().forEach(e -> text.append("  ").append(e.from()).append(" --> ").append(e.to()).append(": ")
                .append(e.by().getSimpleName()).append('\n'));
        text.append("```\n\n| stage | public |\n|---|---|\n");
        Arrays.stream(VersionStage.values()).forEach(s -> text.append("| ").append(s).append(" | ")
                .append(s.isPublic() ? "yes" : "no").append(" |\n"));
        var file = Path.of("docs/reference/generated/version-stages.md");
        Files.createDirectories(file.getParent());
        if (!Files.exists(file) || !Files.readString(file).equals(text.toString()))
            Files.writeString(file, text);
        assertThat(file).hasContent(text.toString());
    }
}
