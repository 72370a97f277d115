package jp.kiban.catalogue;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import jp.kiban.portal.Say;
import jp.kiban.standards.Difference;
import jp.kiban.standards.FaultyStandards;
import jp.kiban.standards.Judgement;
import jp.kiban.standards.Standards;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.JsonNode;

/// 版の比較. Where a ministry compares two versions of a standard, published or not: what changes in words, and for how many of
/// the examples and of a population. Keeps nothing.
@Controller
@Tag(name = "standards")
class DiffPages {
    private static final long LARGEST = 8L * 1024 * 1024;
    private static final int MOST_CASES = 5_000;
    private static final int MOST_SHOWN = 100;
    private final ChosenStandard chosen;

    DiffPages(ChosenStandard chosen) { this.chosen = chosen; }

    /// 変わること. The changes of one kind.
    record Kind(String title, List<Change> changes) {}

    /// 変更. In words, with the place in the standard.
    record Change(String place, String words) {}

    /// 影響. In words, with the cases that come out otherwise, as many as a page shows.
    record Effect(String words, List<Case> cases, int more) {}

    /// 事例. What each version says of it: the outcome first, then amounts and what else is decided.
    record Case(String name, List<String> before, List<String> after) {}

    @Permit(Role.MINISTRY)
    @GetMapping("/catalogue/diff")
    String ask(@RequestParam(defaultValue = "") String before, @RequestParam(defaultValue = "") String after,
            Language language, Model model) {
        return page(Map.of("beforeStandard", before, "afterStandard", after), List.of(), language, model);
    }

    private String page(Map<String, String> typed, List<Finding> findings, Language language, Model model) {
        model.addAttribute("typed", typed);
        model.addAttribute("findings", findings);
        model.addAttribute("versions", chosen.choices(language));
        model.addAttribute("most", MOST_CASES);
        return "catalogue/diff";
    }

    /// What was found is shown at once: nothing has been kept that an address could lead back to.
    @Permit(Role.MINISTRY)
    @PostMapping("/catalogue/diff")
    ModelAndView compare(@RequestParam(defaultValue = "") String beforeStandard,
            @RequestParam(required = false) @Nullable MultipartFile beforeFile,
            @RequestParam(required = false) @Nullable List<MultipartFile> beforeFolder,
            @RequestParam(defaultValue = "") String afterStandard,
            @RequestParam(required = false) @Nullable MultipartFile afterFile,
            @RequestParam(required = false) @Nullable List<MultipartFile> afterFolder,
            @RequestParam(required = false) @Nullable MultipartFile population, Language language, Model model) {
        var typed = Map.of("beforeStandard", beforeStandard, "afterStandard", afterStandard);
        try {
            var difference = difference(new ChosenStandard.Given(beforeStandard, beforeFile, beforeFolder, "before"),
                    new ChosenStandard.Given(afterStandard, afterFile, afterFolder, "after"), population);
            page(typed, List.of(), language, model);
            model.addAttribute("difference", difference);
            model.addAttribute("kinds", kinds(difference, language));
            model.addAttribute("ofExamples", effect(difference.examples(), language));
            model.addAttribute("ofPopulation", difference.population().map(p -> effect(p, language)));
            model.addAttribute("download", Base64.getEncoder().encodeToString(difference.json().toPrettyString()
                    .getBytes(StandardCharsets.UTF_8)));
            return new ModelAndView("catalogue/diff", model.asMap());
        } catch (BadInput bad) {
            page(typed, bad.findings(), language, model);
            return new ModelAndView("catalogue/diff", model.asMap(), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    @Permit(Role.MINISTRY)
    @PostMapping(path = "/api/standards/diff", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @ResponseBody
    @Operation(summary = "What changes from one version of a standard to another, and for whom", description = """
            Each side is a published version by its name, a zip, or the files of a folder. The answer is that of \
            `standards diff --json`; with a population, for how many of its cases outcome or amount change. Every finding \
            at once; nothing is kept.""")
    JsonNode compareApi(
            @Parameter(description = "a published version: child-allowance@2024-10-01") @RequestParam(defaultValue = "") String beforeStandard,
            @Parameter(description = "or a zip, at most 8 MB") @RequestParam(required = false) @Nullable MultipartFile beforeFile,
            @Parameter(description = "or the files of a folder") @RequestParam(required = false) @Nullable List<MultipartFile> beforeFolder,
            @Parameter(description = "the same, later") @RequestParam(defaultValue = "") String afterStandard,
            @Parameter(description = "or a zip, at most 8 MB") @RequestParam(required = false) @Nullable MultipartFile afterFile,
            @Parameter(description = "or the files of a folder") @RequestParam(required = false) @Nullable List<MultipartFile> afterFolder,
            @Parameter(description = "cases as JSON, JSON lines or CSV; at most 8 MB and 5,000 cases") @RequestParam(required = false) @Nullable MultipartFile population) {
        return difference(new ChosenStandard.Given(beforeStandard, beforeFile, beforeFolder, "before"),
                new ChosenStandard.Given(afterStandard, afterFile, afterFolder, "after"), population).json();
    }

    private Difference difference(ChosenStandard.Given before, ChosenStandard.Given after,
            @Nullable MultipartFile population) {
        var findings = new ArrayList<Finding>();
        var from = readable(before, findings);
        var to = readable(after, findings);
        if (from.isPresent() && to.isPresent() && !from.get().files().ref().id().equals(to.get().files().ref().id()))
            findings.add(ChosenStandard.finding(after.field("standard"), "diff-other", from.get().files().ref().id(), to
                    .get().files().ref().id()));
        Optional<byte[]> people = Optional.empty();
        if (ChosenStandard.isGiven(population))
            try {
                if (Objects.requireNonNull(population).getSize() > LARGEST)
                    findings.add(ChosenStandard.finding("population", "large", LARGEST / 1024 / 1024));
                else
                    people = Optional.of(population.getBytes());
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        if (!findings.isEmpty())
            throw new BadInput(findings);
        return Difference.between(from.orElseThrow().files(), to.orElseThrow().files(), people, MOST_CASES);
    }

    /// The version, if it can be read: both sides tell their faults at once.
    private Optional<ChosenStandard.Found> readable(ChosenStandard.Given given, List<Finding> findings) {
        var found = chosen.find(given, findings);
        if (found.isPresent() && found.get().edition().isEmpty())
            try {
                Standards.read(found.get().files());
            } catch (FaultyStandards faulty) {
                ChosenStandard.told(given.field(ChosenStandard.isGiven(given.file()) ? "file" : "folder"), faulty
                        .faults(), findings);
            }
        return found;
    }

    private static List<Kind> kinds(Difference difference, Language language) {
        var kinds = new LinkedHashMap<Difference.Kind, List<Change>>();
        difference.changes().forEach(c -> kinds.computeIfAbsent(c.kind(), k -> new ArrayList<>()).add(new Change(c
                .place(), c.words().in(language))));
        return kinds.entrySet().stream().map(k -> new Kind(k.getKey().title().in(language), k.getValue())).toList();
    }

    private static Effect effect(Difference.Effect effect, Language language) {
        return new Effect(effect.said().in(language), effect.changed().stream().limit(MOST_SHOWN).map(c -> new Case(c
                .name(), said(c.was(), language), said(c.is(), language))).toList(), Math.max(0, effect.changed()
                        .size() - MOST_SHOWN));
    }

    private static List<String> said(Difference.Told told, Language language) {
        if (told.judgement().isEmpty())
            return List.of("－");
        var judgement = told.judgement().get();
        var terms = told.version().terms();
        var say = new Say(language);
        var lines = new ArrayList<String>();
        lines.add(judgement.outcome() == Judgement.Outcome.GRANT
                ? terms.verb().in(language)
                : ToolWords.in(language, "catalogue.tool.outcome." + judgement.outcome()));
        long last = -1;
        for (var month : judgement.months())
            if (month.total().amount() != last) {
                last = month.total().amount();
                lines.add(ToolWords.in(language, "catalogue.tool.diff.from", say.month(month.month()), say.yen(month
                        .total())));
            }
        if (!judgement.once().isEmpty())
            lines.add(ToolWords.in(language, "catalogue.tool.diff.once", say.yen(judgement.onceTotal())));
        for (var result : judgement.results())
            lines.add(terms.result(result.key()).map(k -> k.name().in(language) + ": " + k.written(result.value(),
                    language)).orElse(result.key() + ": " + result.value().asString("")));
        return lines;
    }
}
