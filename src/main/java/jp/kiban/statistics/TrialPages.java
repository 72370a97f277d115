package jp.kiban.statistics;

import io.swagger.v3.oas.annotations.Operation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import jp.kiban.catalogue.TrialMeasure;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.NotThere;
import jp.kiban.portal.Csv;
import jp.kiban.standards.Standards;
import org.springframework.context.MessageSource;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseBody;

/// 試行の結果の画面. A trial of a special zone beside the rest of the applications of the same days: cases, days, seconds, share
/// granted, yen; too few cases are not shown.
@Controller
final class TrialPages {
    private final Trials trials;
    private final Standards standards;
    private final MessageSource messages;

    TrialPages(Trials trials, Standards standards, MessageSource messages) {
        this.trials = trials;
        this.standards = standards;
        this.messages = messages;
    }

    /// 指標の一行. One indicator on both sides, and the difference.
    record Row(String key, String name, String inside, String rest, String difference, boolean purpose) {}

    @GetMapping("/statistics/trials/{standard}/{number:[0-9]+}")
    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL})
    String page(Actor.Officer officer, @PathVariable String standard, @PathVariable String number, Language language,
            Model model) {
        var comparison = trials.compare(officer.authority(), standards.get(standard).id(), parsed(number));
        model.addAttribute("standard", standards.get(standard));
        model.addAttribute("trial", comparison.trial());
        model.addAttribute("reading", comparison.reading());
        model.addAttribute("sure", Trials.SURE);
        model.addAttribute("rows", rows(comparison, language));
        return "statistics/trial";
    }

    @GetMapping("/statistics/trials/{standard}/{number:[0-9]+}/trial.csv")
    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL})
    ResponseEntity<byte[]> csv(Actor.Officer officer, @PathVariable String standard, @PathVariable String number,
            Language language) {
        var comparison = trials.compare(officer.authority(), standards.get(standard).id(), parsed(number));
        return Csv.download("trial.csv", List.of("indicator", "trial", "rest", "difference"), rows(comparison, language)
                .stream().map(r -> List.<Object>of(r.key(), r.inside(), r.rest(), r.difference())).toList());
    }

    @GetMapping("/api/statistics/trials/{standard}/{number:[0-9]+}")
    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL})
    @ResponseBody
    @Operation(summary = "A trial of a special zone compared with the rest of the applications of the same days")
    Trials.Comparison compare(Actor.Officer officer, @PathVariable String standard, @PathVariable String number) {
        return trials.compare(officer.authority(), standards.get(standard).id(), parsed(number));
    }

    private static int parsed(String number) {
        if (!number.matches("[1-9][0-9]{0,6}"))
            throw new NotThere();
        return Integer.parseInt(number);
    }

    /// What the trial is judged by first, then the rest of what this standard is counted by.
    private List<Row> rows(Trials.Comparison both, Language language) {
        var words = new Words(messages, language);
        var purpose = both.trial().trial().map(t -> t.measure()).orElse("");
        var rows = new ArrayList<Row>();
        var few = words.text("statistics.hidden");
        rows.add(new Row("cases", words.text("statistics.trial.cases"), count(both.inside().cases(), few), count(both
                .rest().cases(), few), "–", false));
        rows.add(new Row("decided", words.text("statistics.trial.decided"), count(both.inside().decided(), few), count(
                both.rest().decided(), few), "–", false));
        TrialMeasure.of(standards.version(both.trial().version())).stream().sorted(Comparator.comparing(m -> !m.key()
                .equals(purpose))).forEach(m -> rows.add(row(m, both, words, m.key().equals(purpose))));
        return rows;
    }

    private static String count(Optional<Long> count, String few) { return count.map("%,d"::formatted).orElse(few); }

    private static String format(TrialMeasure measure) {
        return switch (measure) {
            case SECONDS, YEN -> "%,.0f";
            case DAYS, TYPED, GRANTED, REFUSED, REDIRECTED, CORRECTED, WITHDRAWN, PERSONS, AUTOMATIC, ONLINE -> "%,.1f";
        };
    }

    private static Row row(TrialMeasure measure, Trials.Comparison both, Words words, boolean purpose) {
        var inside = both.inside().value(measure);
        var rest = both.rest().value(measure);
        var hidden = words.text("statistics.hidden");
        var format = format(measure);
        return new Row(measure.key(), words.text("statistics.trial." + measure.key()), inside.map(format::formatted)
                .orElse(hidden), rest.map(format::formatted).orElse(hidden),
                inside.isPresent() && rest.isPresent()
                        ? ("%+" + format.substring(1)).formatted(inside.get() - rest.get())
                        : "–",
                purpose);
    }
}
