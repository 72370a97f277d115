package jp.kiban.cost;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cost benefit FILE`: what a change costs and brings the nation, prefectures, municipalities and residents.
@Command(name = "benefit", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "共通化の費用と効果を、国・都道府県・市区町村・住民の台帳で計算します。",
        "Cost and benefit of a change in the ledgers of nation, prefecture, municipality and residents.%n"}, footer = {
                "%nFILE is CSV with a head line: ledger,what,name,low,likely,high,from,to,wage",
                "  ledger   nation, prefecture, municipality, resident",
                "  what     once (spent to get there), before (a year, no longer spent), after (a year, spent instead),",
                "           hours (a year, saved; worth the wage named), benefit (yen a year), wage (yen an hour)",
                "  low, high  empty: the likely value;  from, to  years, 0 is now",
                "%nRanges are the 5th, 50th and 95th of a hundred of the draws. Exit: 0 done; 2 the input cannot be taken."})
final class BenefitVerb implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "FILE", description = "the table, xlsx or CSV in UTF-8 or Shift_JIS")
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    private Path file;
    @Option(names = "--years", paramLabel = "N", defaultValue = "", description = "length of the plan (default 10)")
    private String years = "";
    @Option(names = "--rates", paramLabel = "%,%…", defaultValue = "", description = "interest; the first is used for ranges and drivers (default 2,0,4)")
    private String rates = "";
    @Option(names = "--draws", paramLabel = "N", defaultValue = "", description = "how many draws (default 10000)")
    private String draws = "";
    @Option(names = "--seed", paramLabel = "N", defaultValue = "", description = "their seed (default 1): the same seed, the same ranges")
    private String seed = "";
    @Mixin
    private VerbAnswer answer = new VerbAnswer();

    @Override
    public Integer call() {
        var findings = answer.findings();
        var view = TownFile.read(file, findings).flatMap(t -> new BenefitAsk(t, years, rates, draws, seed).read(
                findings));
        if (view.isEmpty() || !findings.isEmpty())
            return answer.refused(findings, file);
        var v = view.get();
        if (!answer.written(v, v.header(), v.rows()))
            return 2;
        var all = new ArrayList<>(v.ledgers());
        all.add(v.total());
        for (var ledger : all)
            for (var at : ledger.atRates())
                answer.tell("cost.benefit.told", CostWords.text("cost.benefit.ledger." + ledger.ledger()), at
                        .ratePercent(), at.npvYen(), at.paybackYears().map(BigDecimal::toPlainString).orElse("–"));
        var ranges = v.ranges();
        answer.tell("cost.benefit.told.range", ranges.all().low(), ranges.all().middle(), ranges.all().high(), ranges
                .abovePercent(), ranges.paidBackPercent());
        v.patterns().ifPresent(p -> {
            p.patterns().forEach(one -> answer.tell("cost.benefit.told.pattern", one.name(), one.costYen(), one
                    .npvYen()));
            answer.tell("cost.benefit.pattern.least", p.least(), CostWords.number(BigDecimal.valueOf(p.aheadYen())));
        });
        v.drivers().stream().limit(5).forEach(d -> answer.tellBelow("cost.benefit.told.driver", d.name(), d.atLow(), d
                .atHigh()));
        return answer.done();
    }
}
