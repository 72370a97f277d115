package jp.kiban.cost;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `cost focus check`: holds a file against the requirements model that FOCUS publishes.
@Command(name = "check", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "FOCUS ファイルを、公表された要求モデルの静的な規則すべてで検査します。",
        "Checks a FOCUS file by every static rule of the published requirements model.%n"}, footer = {
                "%nThe model is the file focus_requirements_model-1.2.json of the FOCUS specification.",
                "Rows are counted as a spreadsheet counts them: the headings of a CSV file are row 1. Of a Parquet file the first is row 1.",
                "%nExamples:%n  cost focus check bill.csv.gz --model focus_requirements_model-1.2.json",
                "  cost focus check bill.parquet --model model.json --not-supported CAPACITY_RESERVATION_SUPPORTED --out findings.csv --rules rules.csv",
                "%nExit: 0 nothing found; 2 there are findings; 3 the file or the model cannot be taken (each fault is named)."})
final class FocusCheckVerb implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "CSV (also .gz) or Parquet")
    @SuppressWarnings("NullAway.Init")
    private Path file;
    @Option(names = "--model", paramLabel = "MODEL.json", required = true, description = "the requirements model")
    @SuppressWarnings("NullAway.Init")
    private Path model;
    @Option(names = "--not-supported", paramLabel = "WORDS", split = ",", description = "what the provider does not support, in the model's words; its rules are left out and listed")
    private List<String> without = new ArrayList<>();
    @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "findings kept of each rule (default 20); all are counted")
    private int limit = FocusCheck.FINDINGS_PER_RULE;
    @Option(names = "--out", paramLabel = "FILE", description = "the findings: NAME.csv or NAME.json")
    private @Nullable String out;
    @Option(names = "--rules", paramLabel = "FILE", description = "what became of every rule: NAME.csv or NAME.json")
    private @Nullable String rules;
    @Mixin
    private VerbLanguage lang = new VerbLanguage();

    static final List<String> HEADER = List.of("rule", "level", "column", "row", "seen", "text");

    @Override
    public Integer call() {
        var screen = spec.commandLine().getOut();
        var say = spec.commandLine().getErr();
        var language = lang.language();
        try {
            var asked = ask();
            FocusCheck.Report report;
            try (var read = FocusFile.open(file)) {
                report = FocusCheck.of(read, asked, new LinkedHashSet<>(without), limit, (rows, bytes, of) -> true);
            }
            if (out != null && !CostFile.write(out, report.findings(), HEADER, rows(report.findings()), screen, say,
                    language))
                return 3;
            if (rules != null && !CostFile.write(rules, report.results(), List.of("rule", "type", "keyword", "column",
                    "outcome", "rows", "broken", "doubtful", "text"),
                    report.results().stream().map(FocusCheckVerb::row).toList(),
                    screen, say, language))
                return 3;
            tell(screen, report, asked, language);
            screen.flush();
            return report.clean() ? 0 : 2;
        } catch (BadInput bad) {
            bad.findings().forEach(f -> say.println(f.message().in(language)));
            say.flush();
            return 3;
        }
    }

    private FocusModel ask() {
        var faults = new ArrayList<Finding>();
        if (out != null)
            CostFile.check(out, faults);
        if (rules != null)
            CostFile.check(rules, faults);
        if (limit < 1 || limit > 1000)
            faults.add(CostWords.finding("--limit", "cost.focus.verb.limit", limit));
        FocusModel read = null;
        try {
            read = FocusModel.read(model);
            for (var word : without)
                if (!read.criteria().contains(word))
                    faults.add(CostWords.finding("--not-supported", "cost.focus.verb.supports", word,
                            String.join(", ", read
                                    .criteria())));
        } catch (BadInput bad) {
            faults.addAll(bad.findings());
        }
        if (!faults.isEmpty())
            throw new BadInput(faults);
        return Objects.requireNonNull(read);
    }

    static List<List<Object>> rows(List<FocusFinding> findings) {
        return findings.stream().map(f -> List.<Object>of(f.rule(), f.level().word(), f.column(), f.row(), f.seen(), f
                .text())).toList();
    }

    private static List<Object> row(FocusCheck.Result result) {
        var rule = result.rule();
        return List.of(rule.id(), rule.isStatic() ? "static" : "dynamic", rule.keyword().words(), rule.column(), result
                .outcome().name().toLowerCase(java.util.Locale.ROOT), result.rows(), result.broken(), rule.doubtful(),
                rule.text());
    }

    private static void tell(PrintWriter to, FocusCheck.Report report, FocusModel model, Language language) {
        to.println(
                CostWords.in(language, "cost.focus.check.read", report.file(), report.rows(), report.columns(), report
                        .version().map(FocusColumn.Version::id).orElse("–"), report.model()));
        to.println(CostWords.in(language, "cost.focus.check.rules", model.rules().size(), model.statics(), report.run(),
                report.count(FocusCheck.Outcome.GROUP), report.count(FocusCheck.Outcome.NO_COLUMN), report.count(
                        FocusCheck.Outcome.NOT_SUPPORTED),
                report.count(FocusCheck.Outcome.DYNAMIC)));
        if (report.dialect() != FocusDialect.FOCUS)
            to.println(CostWords.in(language, "cost.focus.check.dialect", report.dialect().name().replace('_', ' ')));
        report.version().filter(v -> !v.id().equals(report.model())).ifPresent(v -> to.println(CostWords.in(language,
                "cost.focus.check.older", v.id(), report.model())));
        for (var result : report.results())
            if (result.bounded())
                to.println(CostWords.in(language, "cost.focus.check.bounded", result.rule().id()));
        for (var kind : report.notes().stream().map(FocusNotes.Note::kind).distinct().toList())
            to.println("  "
                    + CostWords.in(language, "cost.focus.note." + kind.name().toLowerCase(java.util.Locale.ROOT))
                    + "  ×" + report.notes().stream().filter(n -> n.kind() == kind).mapToLong(FocusNotes.Note::count)
                            .sum());
        if (report.clean()) {
            to.println(CostWords.in(language, "cost.focus.check.clean"));
            return;
        }
        to.println(CostWords.in(language, "cost.focus.check.found", broken(report, FocusFinding.Level.FAULT), report
                .broken(FocusFinding.Level.FAULT), broken(report, FocusFinding.Level.ADVICE),
                report.broken(
                        FocusFinding.Level.ADVICE)));
        for (var result : report.results()) {
            if (result.outcome() != FocusCheck.Outcome.BROKEN)
                continue;
            to.println();
            to.println(result.rule().id() + "  ×" + result.broken() + "  " + result.rule().text());
            if (result.rule().doubtful())
                to.println("    " + CostWords.in(language, "cost.focus.check.doubtful"));
            report.findings().stream().filter(f -> f.rule().equals(result.rule().id()) && f.row() > 0).limit(3).forEach(
                    f -> to.println("    " + f.row() + ": " + f.seen()));
        }
    }

    private static long broken(FocusCheck.Report report, FocusFinding.Level level) {
        return report.results().stream().filter(r -> r.outcome() == FocusCheck.Outcome.BROKEN && r.rule().keyword()
                .level() == level).count();
    }
}
