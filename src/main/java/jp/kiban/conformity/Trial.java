package jp.kiban.conformity;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import jp.kiban.kernel.Finding;
import jp.kiban.standards.Judgement;
import jp.kiban.standards.LocalForms;
import jp.kiban.standards.StandardVersion;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// 試験の一件. One application to be made, and what must come of it: the places of all its findings, or a judgement. The
/// expectation is computed by the standard's own rules; where it is an example, the example has been held against them.
record Trial(String name, boolean example, LocalDate filed, ObjectNode answers, Map<String, JsonNode> local,
        SortedSet<String> findings, Optional<Judgement> judgement) {

    /// Empty when the rules themselves cannot judge these answers.
    static Optional<Trial> of(StandardVersion version, String name, boolean example, LocalDate filed,
            ObjectNode answers, Map<String, JsonNode> local) {
        var values = version.variations().merge(local);
        var findings = new TreeSet<>(
                LocalForms.asked(version, values).check(answers).stream().map(Finding::where).toList());
        if (!findings.isEmpty())
            return Optional.of(new Trial(name, example, filed, answers, new TreeMap<>(local), findings,
                    Optional.empty()));
        try {
            return Optional.of(new Trial(name, example, filed, answers, new TreeMap<>(local), findings,
                    Optional.of(version.judge(answers, filed, values))));
        } catch (IllegalStateException | IllegalArgumentException notJudged) {
            return Optional.empty();
        }
    }
}
