package jp.kiban.cost;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import jp.kiban.authority.Authorities;
import jp.kiban.kernel.AuthorityId;
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

/// `cost focus split`: one bill of several municipalities, as a table in the form of the ledger for each.
@Command(name = "split", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "複数の団体が共同で使うアカウントの明細を、団体ごとの台帳の表に分けます。共通の分は公表した按分の規則で、端数まで正確に分けます。",
        "Splits the bill of a shared account into a table in the form of the ledger for each municipality; what is shared is divided by a published rule, exactly.%n"}, footer = {
                "%nmap.csv: source,authority,system. The authority is a code or a name, or 共通 (shared) for what all share; the system may be left out.",
                "The folder then has CODE.csv for each, summary.csv, and unmapped.csv with the sources that the map does not name, in the form of the map.",
                "%nExamples:%n  cost focus split bill.csv.gz --map accounts.csv --rule equal:6,population:94 --out parts",
                "  cost focus split bill.parquet --by tag:town --map towns.csv --rule usage --usage cases.csv --rate USD=150.25@2026-03-31 --out parts",
                "%nExit: 0 every row was given to somebody; 2 some were given to nobody (see unmapped.csv); 3 the file cannot be taken (nothing is written)."})
final class FocusSplitVerb implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "CSV (also .gz) or Parquet")
    @SuppressWarnings("NullAway.Init")
    private Path file;
    @Option(names = "--by", paramLabel = "SOURCE", defaultValue = "SubAccountId", description = "what tells the municipalities apart: SubAccountId (default), SubAccountName, BillingAccountId, ServiceName, ResourceId, RegionId, AllocatedResourceId, AllocatedResourceName, tag:NAME, or allocated:NAME (AllocatedTags)")
    private String by = "";
    @Option(names = "--map", paramLabel = "FILE", required = true, description = "CSV: source,authority,system")
    @SuppressWarnings("NullAway.Init")
    private Path map;
    @Option(names = "--rule", paramLabel = "RULE", defaultValue = "equal", description = "how what is shared is divided: equal (default), population, usage, or shares such as equal:6,population:94")
    private String rule = "";
    @Option(names = "--members", paramLabel = "CODES", split = ",", description = "who shares, by code or name; else everybody whom the map names")
    private List<String> members = new ArrayList<>();
    @Option(names = "--usage", paramLabel = "FILE", description = "CSV: authority,number; for the rule usage")
    private @Nullable Path usage;
    @Mixin
    private FocusBill bill = new FocusBill();
    @Option(names = "--out", paramLabel = "FOLDER", required = true, description = "a folder that is not there yet, or is empty")
    @SuppressWarnings("NullAway.Init")
    private Path out;
    @Mixin
    private VerbLanguage lang = new VerbLanguage();

    private final Authorities authorities = new Authorities();

    @Override
    public Integer call() {
        var say = spec.commandLine().getErr();
        var language = lang.language();
        try {
            var asked = new ArrayList<FocusSums.Asked>();
            var split = ask(asked);
            FocusSums.Added added;
            try (var read = FocusFile.open(file)) {
                added = FocusSums.of(read, asked.getFirst(), (rows, bytes, of) -> true);
            }
            FocusImportVerb.tell(added, say, language);
            var parts = split.of(added);
            var untaxed = left(split, added);
            if (!write(parts, language))
                return 3;
            tell(parts, untaxed, added, language);
            return parts.unmapped().isEmpty() ? 0 : 2;
        } catch (BadInput bad) {
            bad.findings().forEach(f -> say.println(f.message().in(language)));
            say.flush();
            return 3;
        }
    }

    private FocusSplit ask(List<FocusSums.Asked> asked) {
        var faults = new ArrayList<Finding>();
        var told = bill.rates(faults);
        var stated = bill.tax(faults);
        try {
            asked.add(new FocusAsk(by, "", bill.measure(), bill.byCharge() ? "yes" : "", bill.dayFirst() ? "yes" : "")
                    .read(true));
        } catch (BadInput bad) {
            faults.addAll(bad.findings());
        }
        var read = FeeRule.read(rule, faults);
        if (read.isPresent() && !(read.get() instanceof FeeRule.Shares))
            faults.add(CostWords.finding("--rule", "cost.focus.split.rule", rule));
        var owners = FocusSplit.owners(rows(map, faults), authorities, faults);
        var used = usage == null
                ? Map.<AuthorityId, Long>of()
                : FocusSplit.usage(rows(usage, faults), authorities, faults);
        var who = new LinkedHashSet<AuthorityId>();
        owners.values().forEach(o -> o.authority().ifPresent(who::add));
        for (String member : members)
            FocusSplit.one("--members", 1, member.strip(), authorities, faults).ifPresent(a -> who.add(a.id()));
        if (who.isEmpty() && faults.isEmpty())
            faults.add(CostWords.finding("--map", "cost.focus.split.none"));
        if (Files.exists(out) && !(Files.isDirectory(out) && isEmpty(out)))
            faults.add(CostWords.finding("--out", "cost.focus.split.folder", out));
        if (!faults.isEmpty())
            throw new BadInput(faults);
        var systems = new LinkedHashMap<String, SystemCode>();
        owners.forEach((source, owner) -> systems.put(source, owner.system()));
        var take = new FocusTake(asked.getFirst().source(), systems, told, stated.orElseThrow(), String.valueOf(file
                .getFileName()));
        return new FocusSplit(take, owners, who.stream().map(id -> {
            var authority = authorities.get(id);
            return new FeeBody(id, authority.title(), authority.population(), used.getOrDefault(id, 0L), OptionalLong
                    .empty(), 1);
        }).toList(), (FeeRule.Shares) read.orElseThrow());
    }

    private static boolean isEmpty(Path folder) {
        try (var inside = Files.list(folder)) {
            return inside.findAny().isEmpty();
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static List<List<String>> rows(Path file, List<Finding> faults) {
        var text = TownFile.read(file, faults);
        var rows = new ArrayList<List<String>>();
        if (text.isPresent())
            try (var csv = CSVFormat.EXCEL.parse(new java.io.StringReader(text.get()))) {
                csv.forEach(row -> rows.add(row.toList()));
            } catch (IOException | RuntimeException broken) {
                faults.add(CostWords.finding(file.toString(), "cost.focus.file.unreadable", file));
            }
        return rows;
    }

    /// What is not taken because tax is added to what is, by currency.
    private static Map<String, BigDecimal> left(FocusSplit split, FocusSums.Added added) {
        var left = new TreeMap<String, BigDecimal>();
        for (var line : added.lines())
            if (split.owners().containsKey(line.source()) && !split.take().counts(line))
                left.merge(line.currency(), line.sum(), BigDecimal::add);
        return left;
    }

    private boolean write(FocusSplit.Parts parts, Language language) {
        var screen = spec.commandLine().getOut();
        var say = spec.commandLine().getErr();
        try {
            Files.createDirectories(out);
        } catch (IOException unwritable) {
            say.println("--out: " + CostWords.in(language, "cost.fees.fault.out.write", out));
            say.flush();
            return false;
        }
        var sums = new ArrayList<List<Object>>();
        for (var part : parts.parts().entrySet()) {
            var entries = part.getValue().entries();
            if (!entries.isEmpty() && !CostFile.write(out.resolve(part.getKey().code() + ".csv").toString(), entries,
                    FocusImportVerb.HEADER, entries.stream().map(FocusImportVerb::row).toList(), screen, say,
                    language))
                return false;
            var currencies = new TreeSet<>(part.getValue().own().keySet());
            currencies.addAll(part.getValue().shared().keySet());
            for (String currency : currencies) {
                var own = part.getValue().own().getOrDefault(currency, BigDecimal.ZERO);
                var shared = part.getValue().shared().getOrDefault(currency, BigDecimal.ZERO);
                sums.add(List.of(part.getKey().code(), authorities.get(part.getKey()).name(), currency, own
                        .toPlainString(), shared.toPlainString(), own.add(shared).toPlainString(), rule));
            }
        }
        return CostFile.write(out.resolve("summary.csv").toString(), sums, List.of("authority", "name", "currency",
                "own", "shared", "total", "rule"), sums, screen, say, language)
                && (parts.unmapped().isEmpty() || CostFile.write(out.resolve("unmapped.csv").toString(), parts
                        .unmapped(), List.of("source", "authority", "system", "currency", "sum", "rows"),
                        parts.unmapped()
                                .stream().map(f -> List.<Object>of(f.source(), "", "", f.currency(), f.sum()
                                        .toPlainString(), f.rows()))
                                .toList(),
                        screen, say, language));
    }

    private void tell(FocusSplit.Parts parts, Map<String, BigDecimal> left, FocusSums.Added added,
            Language language) {
        var say = spec.commandLine().getErr();
        say.println(
                CostWords.in(language, "cost.focus.split.done", added.rows(), parts.parts().values().stream().filter(
                        p -> !p.entries().isEmpty()).count(), rule));
        for (String currency : added.currencies()) {
            var given = parts.parts().values().stream().map(p -> p.own().getOrDefault(currency, BigDecimal.ZERO).add(p
                    .shared().getOrDefault(currency, BigDecimal.ZERO))).reduce(BigDecimal.ZERO, BigDecimal::add);
            var nobody = parts.unmapped().stream().filter(f -> f.currency().equals(currency)).map(FocusTake.From::sum)
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            var tax = left.getOrDefault(currency, BigDecimal.ZERO);
            if (given.add(nobody).add(tax).compareTo(added.sum(currency)) != 0)
                throw new IllegalStateException(currency + " does not sum: " + given + " + " + nobody + " + " + tax
                        + " of " + added.sum(currency));
            say.println("  " + CostWords.in(language, "cost.focus.split.sum", currency, added.sum(currency), given,
                    nobody, tax));
        }
        for (var from : parts.unmapped().stream().limit(20).toList())
            say.println("  " + CostWords.in(language, "cost.focus.split.unmapped", from.source().isEmpty()
                    ? CostWords.in(language, "cost.focus.page.empty")
                    : from.source(), from.currency(), from.sum(), from.rows()));
        if (parts.unmapped().size() > 20)
            say.println("  " + CostWords.in(language, "cost.focus.check.more", parts.unmapped().size() - 20));
        say.flush();
    }
}
