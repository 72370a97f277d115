package jp.kiban.standards;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BoundariesTests {
    private static final String FOLDER = "child-allowance/2024-10-01/examples/";
    private static final List<String> EXAMPLES = List.of("local.yaml");

    /// The published standard without its examples of the fifteen days.
    private static Bundle without() {
        var files = new TreeMap<>(Published.BUNDLE.files());
        files.keySet().removeIf(f -> f.startsWith(FOLDER) && !f.endsWith("_base.yaml") && EXAMPLES.stream().noneMatch(
                f::endsWith));
        files.put(FOLDER + "start.yaml", """
                cases:
                  - case: 出生の10日後の請求
                    filed: "2025-01-30"
                    answers: { event: { kind: birth, date: "2025-01-20" } }
                    expect: { outcome: GRANT }
                """);
        return new Bundle("a test", files);
    }

    @Test
    void theMissingSidesOfABoundaryAreProposedAndHold() {
        var bundle = without();
        var faults = new ArrayList<Fault>();
        var examples = Examples.of(bundle, Published.CHILD_ALLOWANCE.ref(), faults);
        var boundaries = new Boundaries(bundle, Published.CHILD_ALLOWANCE, 3_000);
        var proposed = boundaries.propose(examples, faults);
        assertThat(boundaries.seen().keySet()).as("the fifteenth day after the birth")
                .anyMatch(k -> k.startsWith("filed") && k.contains("CA-START-15DAYS") && k.contains("CA-START-LATE"));
        assertThat(proposed).contains("cases:\n  - ");
        assertThat(faults).singleElement().matches(f -> f.warning() && f.mend().contains("paste"));
        var files = new TreeMap<>(Published.BUNDLE.files());
        files.put(FOLDER + "proposed.yaml", proposed);
        var pasted = new ArrayList<Fault>();
        var bundleWith = new Bundle("a test", files);
        var all = Examples.of(bundleWith, Published.CHILD_ALLOWANCE.ref(), pasted);
        pasted.addAll(all.verify(Published.CHILD_ALLOWANCE));
        new Schemas().check(bundleWith, pasted);
        assertThat(pasted).isEmpty();
    }

    @Test
    void withoutAJudgementNothingIsProposed() {
        var examples = Examples.of(Published.BUNDLE, Published.CHILD_ALLOWANCE.ref(), new ArrayList<>());
        assertThat(new Boundaries(Published.BUNDLE, Published.CHILD_ALLOWANCE, 0).propose(examples,
                new ArrayList<>())).isEmpty();
    }
}
