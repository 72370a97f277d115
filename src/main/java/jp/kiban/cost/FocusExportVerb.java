package jp.kiban.cost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import jp.kiban.authority.Authorities;
import jp.kiban.authority.Authority;
import jp.kiban.kernel.AuthorityId;
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

/// `cost focus export`: a ledger, as its page gives it out or as its template is filled, as FOCUS.
@Command(name = "export", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "費用の台帳の表を、FOCUS 1.2 に 1.3 の配賦の列と台帳の列（x_…）を加えた形で書き出します。",
        "Writes a table of the cost ledger as FOCUS 1.2 with the allocation columns of 1.3 and the ledger's own (x_…).%n"}, footer = {
                "%nExamples:%n  cost focus export kiban-ledger.csv --authority 012025 --out focus.csv",
                "  cost focus export costs.xlsx --authority 012025 --year 2026 --out focus.xlsx",
                "%nWhat comes out keeps every static rule of the model 1.2 (with --not-supported COMMITMENT_DISCOUNT_SUPPORTED), and cost focus import brings it in again to the last decimal.",
                "%nExit: 0 done; 3 the table cannot be taken (each cell is named; nothing is written)."})
final class FocusExportVerb implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    private CommandSpec spec;

    @Parameters(paramLabel = "LEDGER", description = "the ledger: .csv or .xlsx, from /cost/ledger.csv or by the template")
    @SuppressWarnings("NullAway.Init")
    private Path file;
    @Option(names = "--authority", paramLabel = "CODE", required = true, description = "whose ledger it is: code of six digits")
    private String authority = "";
    @Option(names = "--year", paramLabel = "YEAR", description = "one fiscal year only")
    private @Nullable String year;
    @Option(names = "--out", paramLabel = "FILE", defaultValue = "-", description = "NAME.csv, NAME.xlsx, or - for the screen")
    private String out = "-";
    @Mixin
    private VerbLanguage lang = new VerbLanguage();

    @Override
    public Integer call() {
        var say = spec.commandLine().getErr();
        var language = lang.language();
        try {
            var whose = ask();
            var wanted = Optional.ofNullable(year).map(Integer::parseInt);
            var rows = new ArrayList<List<Object>>();
            LedgerSheet.read(file, String.valueOf(file.getFileName()), e -> {
                if (wanted.isEmpty() || wanted.get() == e.year().year())
                    rows.add(FocusExport.row(whose.id(), whose.name(), new FocusExport.Kept("", rows.size(), false,
                            e)));
            });
            if (rows.isEmpty())
                throw new BadInput(List.of(CostWords.finding("--year", "cost.focus.verb.nothing", file, Optional
                        .ofNullable(year).orElse(""))));
            if (!write(rows, language))
                return 3;
            say.println(CostWords.in(language, "cost.focus.verb.written", rows.size(), out));
            say.flush();
            return 0;
        } catch (BadInput bad) {
            bad.findings().forEach(f -> say.println(f.where() + ": " + f.message().in(language)));
            say.flush();
            return 3;
        }
    }

    private Authority ask() {
        var faults = new ArrayList<Finding>();
        boolean sheet = out.toLowerCase(Locale.ROOT).endsWith(".xlsx");
        if (!sheet && !out.equals("-") && !out.toLowerCase(Locale.ROOT).endsWith(".csv"))
            faults.add(CostWords.finding("--out", "cost.focus.verb.out", out));
        if (year != null && !year.matches("19[5-9]\\d|20\\d\\d|21\\d\\d"))
            faults.add(CostWords.finding("--year", "cost.focus.page.year", year));
        var whose = AuthorityId.isValid(authority)
                ? new Authorities().find(AuthorityId.of(authority))
                : Optional.<Authority>empty();
        if (whose.isEmpty())
            faults.add(CostWords.finding("--authority", "cost.focus.split.authority", authority));
        if (!Files.isReadable(file) || Files.isDirectory(file))
            faults.add(CostWords.finding(file.toString(), "cost.focus.file.unreadable", file));
        if (!faults.isEmpty())
            throw new BadInput(faults);
        return whose.orElseThrow();
    }

    private boolean write(List<List<Object>> rows, Language language) {
        var say = spec.commandLine().getErr();
        if (!out.toLowerCase(Locale.ROOT).endsWith(".xlsx"))
            return CostFile.write(out, rows, FocusExport.HEADER, rows, spec.commandLine().getOut(), say, language);
        try (var to = Files.newOutputStream(Path.of(out))) {
            FocusExport.workbook(to, rows.iterator());
            return true;
        } catch (IOException unwritable) {
            say.println("--out: " + CostWords.in(language, "cost.fees.fault.out.write", out));
            say.flush();
            return false;
        }
    }
}
