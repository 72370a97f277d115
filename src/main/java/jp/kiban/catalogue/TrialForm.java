package jp.kiban.catalogue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import jp.kiban.kernel.Finding;
import jp.kiban.standards.Variation;

/// 試行の入力. What was typed about who is in a trial; what cannot be a trial goes to the findings.
final class TrialForm {
    private TrialForm() {}

    static Optional<LayerTrial> read(String share, String group, List<String> areas, String measure,
            List<Finding> findings) {
        var number = LayerText.read(Variation.Type.INTEGER, List.of(), share);
        int before = findings.size();
        if (!number.isInt() || number.asInt() < 1 || number.asInt() > 100)
            findings.add(new Finding("share", "layer.trial-share", LayerWords.text("catalogue.layer.error.trial-share",
                    share)));
        else if (number.asInt() == 100 && group.isBlank() && areas.isEmpty())
            findings.add(new Finding("share", "layer.trial-everybody", LayerWords.text(
                    "catalogue.layer.error.trial-everybody")));
        if (group.length() > 1_000)
            findings.add(new Finding("group", "layer.trial-group-long", LayerWords.text(
                    "catalogue.layer.error.trial-group-long")));
        if (areas.size() > LayerTrial.MOST_AREAS)
            findings.add(new Finding("areas", "layer.trial-areas", LayerWords.text("catalogue.layer.error.trial-areas",
                    LayerTrial.MOST_AREAS)));
        areas.stream().filter(a -> !LayerTrial.isArea(a)).forEach(a -> findings.add(new Finding("areas",
                "layer.trial-area", LayerWords.text("catalogue.layer.error.trial-area", a))));
        return findings.size() > before
                ? Optional.empty()
                : Optional.of(new LayerTrial(number.asInt(), group.strip(), areas, measure));
    }

    /// One area a line.
    static List<String> areas(String typed) {
        return Arrays.stream(typed.split("[\\n,、，]")).map(String::strip).filter(a -> !a.isEmpty()).toList();
    }
}
