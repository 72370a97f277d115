package jp.kiban.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.stream.Collectors;
import jp.kiban.kernel.Language;
import org.junit.jupiter.api.Test;

class OrderStageTests {
    @Test
    void theGraphIsDrawnIntoTheReference() throws IOException {
        var lines = OrderStage.all().stream().map(edge -> "    %s --> %s: %s".formatted(
                edge.from().map(OrderStage::name).orElse("[*]"), edge.to(), edge.by().getSimpleName()))
                .collect(Collectors.joining("\n"));
        var names = EnumSet.allOf(OrderStage.class).stream()
                .map(stage -> "| `%s` | %s | %s |".formatted(stage, Words.in(Language.JA, "payment.order." + stage),
                        Words.in(Language.EN, "payment.order." + stage)))
                .collect(Collectors.joining("\n"));
        var drawn = """
                <!-- Written by OrderStageTests from OrderStage; edit there. -->
                # Stages of a payment order (支出命令の段階)

                ```mermaid
                stateDiagram-v2
                %s
                ```

                | stage | 日本語 | English |
                |---|---|---|
                %s
                """.formatted(lines, names);
        var file = Path.of("docs/reference/generated/payment-states.md");
        Files.createDirectories(file.getParent());
        Files.writeString(file, drawn);
        assertThat(drawn).contains("SENT --> PAID: Paid").contains("PAID --> RETURNED: Returned");
    }

    @Test
    void everyStageIsReachedAndNothingLeavesACancelledOrder() {
        var reached = OrderStage.all().stream().map(OrderStage.Edge::to).collect(Collectors.toSet());
        assertThat(reached).containsExactlyInAnyOrder(OrderStage.values());
        assertThat(OrderStage.all()).noneMatch(e -> e.from().filter(OrderStage.CANCELLED::equals).isPresent());
    }

    @Test
    void moneyIsPaidOnlyAfterItWasSentAndSentOnlyAfterItWasOrdered() {
        assertThat(OrderStage.SENT.after(Paid.class)).contains(OrderStage.PAID);
        for (var stage : OrderStage.values()) {
            if (stage != OrderStage.SENT)
                assertThat(stage.after(Paid.class)).as(stage.name()).isEmpty();
            if (stage != OrderStage.ORDERED)
                assertThat(stage.after(Sent.class)).as(stage.name()).isEmpty();
            if (stage != OrderStage.PREPARED)
                assertThat(stage.after(Ordered.class)).as(stage.name()).isEmpty();
        }
    }
}
