package jp.kiban.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Finding;
import jp.kiban.letters.Letters;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// 試行の区域. Towns are kept by their registered name and id (`三重県津市西丸之内 242012/0117000`), looked up when a trial is proposed: what
/// fits no town of the municipality, or several, is refused with what was found. Beginnings of postal codes stay as they are.
@Component
final class TrialAreas {
    private final ObjectProvider<Towns> towns;

    TrialAreas(ObjectProvider<Towns> towns) { this.towns = towns; }

    /// The proposal with its areas as towns; what is wrong with them goes to the findings.
    Layers.Wanted settled(AuthorityId authority, Layers.Wanted wanted, List<Finding> findings) {
        return new Layers.Wanted(wanted.from(), wanted.until(), wanted.values(), wanted.ordinance(), wanted.why(),
                wanted
                        .trial().map(trial -> trial.in(settled(authority, trial.areas(), findings))));
    }

    List<String> settled(AuthorityId authority, List<String> areas, List<Finding> findings) {
        var known = towns.stream().filter(Towns::known).findFirst();
        if (known.isEmpty())
            return areas;
        var settled = new ArrayList<String>();
        for (var area : areas) {
            var kept = LayerTrial.idOf(area).flatMap(id -> known.get().name(id)).filter(area::startsWith).isPresent();
            if (kept || LayerTrial.isPostal(area))
                settled.add(area);
            else
                settled.add(settled(authority, known.get(), area, "areas", findings));
        }
        return settled.stream().distinct().toList();
    }

    private static String settled(AuthorityId authority, Towns towns, String area, String where,
            List<Finding> findings) {
        var written = LayerTrial.nameOf(area);
        var found = towns.within(authority, written);
        if (found.size() == 1)
            return found.getFirst().name() + " " + found.getFirst().id();
        findings.add(found.isEmpty()
                ? new Finding(where, "layer.trial-town", LayerWords.text("catalogue.layer.error.trial-town", Letters
                        .excerpt(written, 60)))
                : new Finding(where, "layer.trial-towns", LayerWords.text("catalogue.layer.error.trial-towns", Letters
                        .excerpt(written, 60),
                        found.stream().limit(10).map(Towns.Place::name).collect(Collectors.joining("、")))));
        return area;
    }

    /// The form with one more town among its areas; what it cannot be stays in its box and goes to the findings.
    LayerForm added(AuthorityId authority, LayerForm form, List<Finding> findings) {
        var typed = form.word("area").strip();
        if (typed.isEmpty())
            return form;
        var known = towns.stream().filter(Towns::known).findFirst();
        var area = known.isEmpty() || LayerTrial.isPostal(typed)
                ? typed
                : settled(authority, known.get(), typed, "area", findings);
        if (!findings.isEmpty())
            return form;
        var areas = new ArrayList<>(TrialForm.areas(form.word("areas")));
        if (!areas.contains(area))
            areas.add(area);
        return form.saying("areas", String.join("\n", areas)).saying("area", "");
    }
}
