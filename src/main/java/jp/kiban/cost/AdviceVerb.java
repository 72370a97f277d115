package jp.kiban.cost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `cost advice FILE`: what may be spent less, from real usage.
@Command(name = "advice", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "クラウドの実際の利用から、費用を下げる手立てを金額つきで示します。",
        "From what the cloud really used: what may be spent less, each saving counted once.%n"}, footer = {
                "%nFILE is xlsx or CSV with a head line: resource,from,yen and, where known,",
                "  name, kind (compute, database, storage, disk, address, other), use (production, staging, development, training)",
                "  to (a row is one hour or one day), hours that it ran, cpu and memory in percent, cores, calls, gb, read_gb, committed",
                "or a FOCUS export in yen, as it is.",
                "%nExit: 0 done; 2 the input cannot be taken (each fault is named)."})
final class AdviceVerb implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = "rows of usage, xlsx or CSV")
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    private Path file;
    @Option(names = "--hours", paramLabel = "H-H", defaultValue = "", description = "office hours: 8-19")
    private String hours = "";
    @Option(names = "--target", paramLabel = "PERCENT", defaultValue = "", description = "how busy a smaller size may be: 70")
    private String target = "";
    @Option(names = "--offers", paramLabel = "M:U:D,…", defaultValue = "", description = "commitments: months:upfront %%:discount %%, such as 12:0:28,36:100:45")
    private String offers = "";
    @Option(names = "--storages", paramLabel = "N:Y:R:D,…", defaultValue = "", description = "storage classes: name:yen per GB and month:yen per GB read:least days")
    private String storages = "";
    @Option(names = "--start", paramLabel = "DAY", defaultValue = "", description = "the first day of a commitment: 2027-04-01")
    private String start = "";
    @Option(names = "--out", paramLabel = "FILE", defaultValue = "-", description = "NAME.csv, NAME.json, or - for the screen (CSV)")
    private String out = "-";
    @Option(names = "--lang", paramLabel = "LANG", defaultValue = "ja", description = "ja (default), ja-easy or en")
    private String lang = "ja";

    @Override
    public Integer call() {
        var say = spec.commandLine().getErr();
        var language = Language.of(lang);
        var findings = new ArrayList<Finding>();
        CostFile.check(out, findings);
        AdvicePlan plan;
        try (var in = Files.newInputStream(file)) {
            plan = new AdviceAsk(hours, target, offers, storages, start).read(in.readNBytes(AdviceTable.LARGEST + 1));
        } catch (BadInput bad) {
            findings.addAll(bad.findings());
            return refused(findings, language);
        } catch (IOException unreadable) {
            findings.add(CostWords.finding("file", "cost.fees.fault.file", file.toString()));
            return refused(findings, language);
        }
        if (!findings.isEmpty())
            return refused(findings, language);
        if (!CostFile.write(out, plan, AdvicePages.header(language), AdvicePages.rows(plan, language), spec
                .commandLine().getOut(), say, language))
            return 2;
        say.println(CostWords.in(language, "cost.advice.told", plan.from(), plan.to(), plan.rows(), whole(plan
                .spentYen()), whole(plan.savedYen()), whole(plan.savedYenAYear())));
        plan.skipped().forEach(s -> say.println("  " + s.why().in(language)));
        say.flush();
        return 0;
    }

    private static java.math.BigDecimal whole(java.math.BigDecimal yen) {
        return yen.setScale(0, java.math.RoundingMode.HALF_UP);
    }

    private int refused(ArrayList<Finding> findings, Language language) {
        var say = spec.commandLine().getErr();
        findings.forEach(f -> say.println((f.where().matches("[A-Z]+[0-9]+")
                ? file + " " + f.where()
                : f.where().equals("file") ? file.toString() : "--" + f.where()) + ": " + f.message().in(language)));
        say.flush();
        return 2;
    }
}
