package jp.kiban.cost;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = "the table, xlsx or CSV in UTF-8 or Shift_JIS")
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    private Path file;
    @Option(names = "--years", paramLabel = "N", defaultValue = "", description = "length of the plan (default 10)")
    private String years = "";
    @Option(names = "--rates", paramLabel = "%%,%%…", defaultValue = "", description = "interest; the first is used for ranges and drivers (default 2,0,4)")
    private String rates = "";
    @Option(names = "--draws", paramLabel = "N", defaultValue = "", description = "how many draws (default 10000)")
    private String draws = "";
    @Option(names = "--seed", paramLabel = "N", defaultValue = "", description = "their seed (default 1): the same seed, the same ranges")
    private String seed = "";
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
        var text = TownFile.read(file, findings);
        var view = text.flatMap(t -> new BenefitAsk(t, years, rates, draws, seed).read(findings));
        if (view.isEmpty() || !findings.isEmpty()) {
            findings.forEach(f -> say.println((f.where().equals("table") ? file : "--" + f.where()) + ": "
                    + f.message().in(language)));
            say.flush();
            return 2;
        }
        var v = view.get();
        if (!CostFile.write(out, v, v.header(), v.rows(), spec.commandLine().getOut(), say, language))
            return 2;
        var all = new ArrayList<>(v.ledgers());
        all.add(v.total());
        for (var ledger : all)
            for (var at : ledger.atRates())
                say.println(CostWords.in(language, "cost.benefit.told", CostWords.text("cost.benefit.ledger."
                        + ledger.ledger()), at.ratePercent(), at.npvYen(),
                        at.paybackYears().map(BigDecimal::toPlainString).orElse("–")));
        var ranges = v.ranges();
        say.println(CostWords.in(language, "cost.benefit.told.range", ranges.all().low(), ranges.all().middle(), ranges
                .all().high(), ranges.abovePercent(), ranges.paidBackPercent()));
        v.patterns().ifPresent(p -> {
            p.patterns().forEach(one -> say.println(CostWords.in(language, "cost.benefit.told.pattern", one.name(), one
                    .costYen(), one.npvYen())));
            say.println(CostWords.in(language, "cost.benefit.pattern.least", p.least(), CostWords.number(BigDecimal
                    .valueOf(p.aheadYen()))));
        });
        v.drivers().stream().limit(5).forEach(d -> say.println("  " + CostWords.in(language, "cost.benefit.told.driver",
                d.name(), d.atLow(), d.atHigh())));
        say.flush();
        return 0;
    }
}
