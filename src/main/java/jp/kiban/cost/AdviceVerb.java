package jp.kiban.cost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
    @Mixin
    private VerbAnswer answer = new VerbAnswer();

    @Override
    public Integer call() {
        var findings = answer.findings();
        var plan = plan(findings);
        if (plan.isEmpty() || !findings.isEmpty())
            return answer.refused(findings, file);
        var p = plan.get();
        if (!answer.written(p, AdvicePages.header(answer.language()), AdvicePages.rows(p, answer.language())))
            return 2;
        answer.tell("cost.advice.told", p.from(), p.to(), p.rows(), whole(p.spentYen()), whole(p.savedYen()), whole(p
                .savedYenAYear()));
        p.skipped().forEach(s -> answer.tellBelow(s.why()));
        return answer.done();
    }

    private Optional<AdvicePlan> plan(List<Finding> findings) {
        try (var in = Files.newInputStream(file)) {
            return Optional.of(new AdviceAsk(hours, target, offers, storages, start).read(in.readNBytes(
                    AdviceTable.LARGEST + 1)));
        } catch (BadInput bad) {
            findings.addAll(bad.findings());
        } catch (IOException unreadable) {
            findings.add(CostWords.finding("file", "cost.fees.fault.file", file.toString()));
        }
        return Optional.empty();
    }

    private static java.math.BigDecimal whole(java.math.BigDecimal yen) {
        return yen.setScale(0, java.math.RoundingMode.HALF_UP);
    }
}
