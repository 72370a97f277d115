package jp.kiban.standards;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ExamplesTests {
    @TestFactory
    Stream<DynamicTest> everyExampleHolds() {
        return Published.EXAMPLES.all().stream().map(example -> DynamicTest.dynamicTest(example.name(), () -> {
            var faults = new ArrayList<Fault>();
            example.verify(Published.CHILD_ALLOWANCE, faults);
            assertThat(faults).isEmpty();
        }));
    }

    @Test
    void everyRuleIsReachedByAnExample() {
        var reached = new LinkedHashSet<String>();
        Published.EXAMPLES.all().forEach(e -> reached.addAll(e.verify(Published.CHILD_ALLOWANCE, new ArrayList<>())));
        assertThat(reached).containsExactlyInAnyOrderElementsOf(Published.CHILD_ALLOWANCE.rules().names());
    }

    @Test
    void theNineGoldenCasesAreAmongThem() {
        assertThat(
                Published.EXAMPLES.all().stream().map(Examples.Example::name).filter(n -> n.matches("G\\d.*")).toList())
                .hasSize(7).anyMatch(n -> n.startsWith("G4・G5")).anyMatch(n -> n.startsWith("G6・G7"));
    }
}
