package jp.kiban.cost;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import org.apache.commons.csv.CSVFormat;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `cost focus import`: adds a file of any length up to the grain of the ledger, as a table in the ledger's own form that a municipality brings in.
@Command(name = "import", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "クラウドの明細を、台帳の様式の表にまとめます（月・出どころ・区分ごと、端数まで正確）。",
        "Adds a cloud's bill up, exactly, to a table in the form of the cost ledger.%n"}, footer = {
                "%nFOCUS 1.0 to 1.2 as CSV (also .gz) or Parquet; also the own bills of AWS, Azure, Google and Oracle.",
                "%nExamples:%n  cost focus import bill.csv.gz --by SubAccountId --systems accounts.csv --out ledger.csv",
                "  cost focus import bill.parquet --by tag:system --rate USD=150.25@2026-03-31 --out ledger.csv",
                "%nExit: 0 done; 3 the file cannot be taken (each fault is named; nothing is written)."})
final class FocusImportVerb implements Callable<Integer> {
    static final List<String> HEADER = List.of("年度", "業務", "費目", "基準", "名称", "事業者", "金額", "通貨", "為替レート", "為替の日",
            "税の別", "税率（%）", "開始日", "終了日", "出典", "確からしさ", "備考");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "CSV (also .gz) or Parquet")
    @SuppressWarnings("NullAway.Init")
    private Path file;
    @Option(names = "--by", paramLabel = "SOURCE", defaultValue = "SubAccountId", description = "what tells systems apart: SubAccountId (default), SubAccountName, BillingAccountId, ServiceName, ResourceId, RegionId, AllocatedResourceId, AllocatedResourceName, tag:NAME, or allocated:NAME (AllocatedTags)")
    private String by = "";
    @Option(names = "--systems", paramLabel = "FILE", description = "CSV without headings: source,system; systems by code or Japanese name")
    private @Nullable Path systems;
    @Mixin
    private FocusBill bill = new FocusBill();
    @Option(names = "--out", paramLabel = "FILE", defaultValue = "-", description = "NAME.csv, NAME.json, or - for the screen")
    private String out = "-";
    @Mixin
    private VerbLanguage lang = new VerbLanguage();

    @Override
    public Integer call() {
        var say = spec.commandLine().getErr();
        var language = lang.language();
        try {
            var faults = new ArrayList<Finding>();
            CostFile.check(out, faults);
            var source = FocusSums.Source.of(by);
            if (source.isEmpty())
                faults.add(CostWords.finding("--by", "cost.focus.take.by", by, String.join(", ", FocusSums.Source
                        .choices())));
            var cost = FocusColumn.of(bill.measure())
                    .filter(c -> c == FocusColumn.BILLED_COST || c == FocusColumn.EFFECTIVE_COST);
            if (cost.isEmpty())
                faults.add(CostWords.finding("--measure", "cost.focus.take.measure", bill.measure()));
            var stated = bill.tax(faults);
            var told = bill.rates(faults);
            var mapping = systems(faults);
            if (!faults.isEmpty())
                throw new BadInput(faults);
            FocusSums.Added added;
            try (var read = FocusFile.open(file)) {
                added = FocusSums.of(read,
                        new FocusSums.Asked(source.orElseThrow(), cost.orElseThrow(), bill.byCharge(), bill.dayFirst()),
                        (rows, bytes, of) -> true);
            }
            tell(added, say, language);
            var take = new FocusTake(source.orElseThrow(), mapping, told, stated.orElseThrow(), Optional.ofNullable(file
                    .getFileName()).map(Path::toString).orElse(""));
            var entries = new ArrayList<LedgerEntry>();
            take.into(added, entries::add);
            if (!CostFile.write(out, entries, HEADER, entries.stream().map(FocusImportVerb::row).toList(), spec
                    .commandLine().getOut(), say, language))
                return 3;
            say.println(CostWords.in(language, "cost.focus.take.done", added.rows(), entries.size(),
                    entries.stream().filter(
                            e -> e.system().equals(FocusTake.UNASSIGNED)).count()));
            for (String currency : added.currencies())
                say.println("  " + currency + " " + CostWords.number(added.sum(currency)));
            say.flush();
            return 0;
        } catch (BadInput bad) {
            bad.findings().forEach(f -> say.println(f.message().in(language)));
            say.flush();
            return 3;
        }
    }

    /// What cannot be added up, and what was read although it is written otherwise than it should be.
    static void tell(FocusSums.Added added, java.io.PrintWriter say, Language language) {
        added.faults().forEach(f -> say.println(f.message().in(language)));
        for (var note : added.notes())
            say.println(CostWords.in(language, "cost.focus.take.note", CostWords.text("cost.focus.note." + note.kind()
                    .name().toLowerCase(java.util.Locale.ROOT)), note.column().isEmpty() ? "–" : note.column(), note
                            .count(),
                    note.firstRow()));
    }

    private Map<String, SystemCode> systems(List<Finding> faults) {
        var mapping = new LinkedHashMap<String, SystemCode>();
        if (systems == null)
            return mapping;
        var text = TownFile.read(systems, faults);
        if (text.isEmpty())
            return mapping;
        try (var csv = CSVFormat.EXCEL.parse(new java.io.StringReader(text.get()))) {
            for (var row : csv) {
                var system = row.size() < 2 ? Optional.<SystemCode>empty() : SystemCode.named(row.get(1));
                if (system.isEmpty())
                    faults.add(
                            CostWords.finding("--systems", "cost.focus.take.system", csv.getRecordNumber(), String.join(
                                    ",", row.toList())));
                else
                    mapping.put(row.get(0), system.get());
            }
        } catch (java.io.IOException | RuntimeException broken) {
            faults.add(CostWords.finding("--systems", "cost.focus.file.unreadable", systems.toString()));
        }
        return mapping;
    }

    static List<Object> row(LedgerEntry e) {
        return List.of(e.year().year(), e.system().equals(FocusTake.UNASSIGNED) ? "unassigned" : e.system().code(),
                e.kind()
                        .code(),
                e.baseline().name(), e.name(), e.supplier(), new BigDecimalText(e.amount()), e.currency(),
                new BigDecimalText(e.yenPerUnit()), e.rateDay().map(Object::toString).orElse(""),
                e.tax().stated().title()
                        .ja(),
                new BigDecimalText(e.tax().percent()), e.from().toString(), e.to().toString(), e.source(), e
                        .confidence().title().ja(),
                e.note());
    }

    /// A number that is printed plainly and never taken for a formula.
    private record BigDecimalText(java.math.BigDecimal number) {
        @Override
        public String toString() { return number.toPlainString(); }
    }
}
