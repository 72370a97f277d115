package jp.kiban.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Language;
import org.junit.jupiter.api.Test;

/// The published samples, all of them, with everything that every static rule finds in each: as a table that is kept, and is compared here.
class FocusSamplesTests {
    private static final Path TABLE = Path.of("docs/reference/generated/focus-samples.md");

    /// `FOLDER TABLE`: writes the table anew.
    public static void main(String... args) throws IOException {
        Files.writeString(Path.of(args[1]), table(Path.of(args[0])));
    }

    @Test
    void theDefectsOfEveryPublishedSampleAreAsListed() throws IOException {
        if (!FocusTests.shared("theDefectsOfEveryPublishedSampleAreAsListed"))
            return;
        assertThat(table(FocusTests.SHARED)).isEqualTo(Files.readString(TABLE));
    }

    @Test
    void noStaticRuleIsPassedOverAndNothingInAFileIsChanged() throws IOException {
        if (!FocusTests.shared("noStaticRuleIsPassedOverAndNothingInAFileIsChanged"))
            return;
        var model = FocusModel.read(FocusTests.SHARED.resolve("focus_requirements_model-1.2.json"));
        var sample = FocusTests.SHARED.resolve("focus_sample_1000.csv");
        byte[] before = Files.readAllBytes(sample);
        try (var read = FocusFile.open(sample)) {
            var report = FocusCheck.of(read, model, Set.of(), 100_000, (rows, bytes, of) -> true);
            assertThat(report.results()).hasSameSizeAs(model.rules().values());
            assertThat(report.results()).filteredOn(r -> r.rule().isStatic()).allMatch(r -> r
                    .outcome() != FocusCheck.Outcome.DYNAMIC);
            for (var result : report.results())
                if (result.outcome() == FocusCheck.Outcome.BROKEN) {
                    var findings = report.findings().stream().filter(f -> f.rule().equals(result.rule().id())).toList();
                    assertThat(findings).as(result.rule().id()).hasSize((int) result.broken());
                    boolean presence = result.rule().requirement() instanceof FocusModel.Requirement.Present;
                    assertThat(findings).as(result.rule().id()).allMatch(f -> !f.column().isEmpty() && (presence
                            ? f
                                    .row() == 0
                            : f.row() >= 2 && f.row() <= 1001));
                }
        }
        assertThat(Files.readAllBytes(sample)).isEqualTo(before);
    }

    private static String table(Path folder) throws IOException {
        var model = FocusModel.read(folder.resolve("focus_requirements_model-1.2.json"));
        var text = new StringBuilder("""
                <!-- written by bench/focus-samples.sh -->
                # The published samples and what is wrong with them

                Every table among the published files of the FOCUS project, its converters and its validator, held against all %d static rules of the requirements model %s, nothing left out as not supported. “Absent”: columns that the
                model asks for and the file does not have; of an absent column no further rule is run. What is broken beyond that is listed below, with how often, and the first row and value. “Into the ledger”: whether its rows add up by account and
                billing month.

                | file | rows | columns | version | rules run | absent | MUST broken | SHOULD broken | into the ledger |
                |---|---:|---:|---|---:|---:|---:|---:|---|
                """
                .formatted(model.statics(), model.version()));
        var defects = new StringBuilder();
        for (var file : files(folder))
            one(folder, file, model, text, defects);
        return text + defects.toString();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(f -> f.toString().matches(".*\\.(csv|parquet)")).sorted(java.util.Comparator.comparing(
                    f -> folder.relativize(f).toString())).toList();
        }
    }

    private static void one(Path folder, Path file, FocusModel model, StringBuilder text, StringBuilder defects) {
        String name = folder.relativize(file).toString();
        try (var read = FocusFile.open(file)) {
            var report = FocusCheck.of(read, model, Set.of(), 1, (rows, bytes, of) -> true);
            var broken = report.results().stream().filter(r -> r.outcome() == FocusCheck.Outcome.BROKEN).toList();
            var absent = broken.stream().filter(r -> r.rule().requirement() instanceof FocusModel.Requirement.Present)
                    .count();
            var rest = broken.stream().filter(r -> !(r.rule().requirement() instanceof FocusModel.Requirement.Present))
                    .toList();
            String version = report.dialect() == FocusDialect.FOCUS
                    ? report.version().map(FocusColumn.Version::id).orElse("none")
                    : report.dialect().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
            text.append("| `%s` | %,d | %d | %s | %d | %d | %d | %d | %s |\n".formatted(name, report.rows(), report
                    .columns(), version, report.run(), absent, count(rest, FocusFinding.Level.FAULT),
                    count(rest,
                            FocusFinding.Level.ADVICE),
                    taken(file)));
            var lines = new ArrayList<String>();
            for (var note : report.findings())
                if (note.rule().startsWith("reader."))
                    lines.add("- " + note.text() + (note.column().isEmpty() ? "" : " (`" + note.column() + "`)") + " "
                            + note.seen());
            for (var result : rest) {
                var first = report.findings().stream().filter(f -> f.rule().equals(result.rule().id())).findFirst()
                        .orElseThrow();
                lines.add("- `%s` ×%,d%s: row %d `%s`".formatted(result.rule().id(), result.broken(), result.rule()
                        .doubtful() ? " (the model contradicts itself)" : "", first.row(), shown(first.seen())));
            }
            if (!lines.isEmpty())
                defects.append("\n## ").append(name).append("\n\n").append(String.join("\n", lines)).append("\n");
        } catch (BadInput bad) {
            text.append("| `%s` | | | | | | | | refused: %s |\n".formatted(name, said(bad)));
        }
    }

    private static long count(List<FocusCheck.Result> results, FocusFinding.Level level) {
        return results.stream().filter(r -> r.rule().keyword().level() == level).count();
    }

    private static String taken(Path file) {
        for (String source : List.of("SubAccountId", "BillingAccountId"))
            try (var read = FocusFile.open(file)) {
                var added = FocusSums.of(read, new FocusSums.Asked(FocusSums.Source.of(source).orElseThrow(),
                        FocusColumn.BILLED_COST, false, false), (rows, bytes, of) -> true);
                if (added.faulty() > 0)
                    return "no: " + added.faulty() + " rows, first: " + added.faults().getFirst().message().in(
                            Language.EN);
                return "yes, by " + source + ": " + added.currencies().stream().map(c -> c + " " + CostWords.number(
                        added.sum(c))).collect(Collectors.joining(", "));
            } catch (BadInput bad) {
                if (!said(bad).contains("SubAccountId") || source.equals("BillingAccountId"))
                    return "no: " + said(bad);
            }
        throw new IllegalStateException();
    }

    private static String said(BadInput bad) {
        return bad.findings().stream().map(f -> f.message().in(Language.EN)).collect(Collectors.joining(" ")).replace(
                "|", "\\|").replace("\n", " ");
    }

    private static String shown(String seen) {
        var one = seen.replaceAll("[\\r\\n]+", "⏎").replace("`", "'");
        return one.isEmpty() ? "(nothing)" : one;
    }
}
