package jp.kiban.cost;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cost growth FILE`: splits the difference between two bills over its causes.
@Command(name = "growth", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "費用が増えた理由を原因ごとに分け、為替と賃金の想定を計算します。",
        "Splits the difference between two bills over its causes; exchange and wage scenarios.%n"}, footer = {
                "%nFILE is xlsx (its first sheet) or CSV with a head line: item,before,after and, where known,",
                "  cause                          S1…S10 structural, F1…F3 functional, X1 prices, X2 wages, X3 exchange, R replacement, Q quantity; shares as S1:60,S9:40 in quotes",
                "  foreign_before, foreign_after  what is owed in another currency: an amount of it, or 100%%",
                "  rate_before, rate_after        the rate of that line, where it is not --base",
                "  labour_before, labour_after    how much of it is labour, in percent; wage_before, wage_after an index",
                "  quantity_before, quantity_after",
                "What no cause takes is shown as unexplained (U).",
                "%nExit: 0 done; 2 the input cannot be taken (each fault is named)."})
final class GrowthVerb implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "FILE", description = "the table, xlsx or CSV in UTF-8 or Shift_JIS")
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    private Path file;
    @Option(names = "--base", paramLabel = "YEN", defaultValue = "", description = "the rate the table was made with: yen for one of the currency")
    private String base = "";
    @Option(names = "--rates", paramLabel = "YEN,YEN…", defaultValue = "", description = "rates to hold it against: 139,160")
    private String rates = "";
    @Option(names = "--wages", paramLabel = "%,%…", defaultValue = "", description = "changes of wages to hold it against: 3,5")
    private String wages = "";
    @Mixin
    private VerbAnswer answer = new VerbAnswer();

    @Override
    public Integer call() {
        var findings = answer.findings();
        var view = TownFile.read(file, findings).flatMap(t -> new GrowthAsk(t, base, rates, wages).read(findings));
        if (view.isEmpty() || !findings.isEmpty())
            return answer.refused(findings, file);
        var v = view.get();
        if (!answer.written(v, v.header(), v.rows()))
            return 2;
        answer.tell("cost.growth.told", v.beforeYen(), v.afterYen(), v.differenceYen(), v.changePercent().orElse(
                BigDecimal.ZERO));
        for (var cause : v.causes())
            answer.tellBelow("cost.growth.told.cause", cause.code(), cause.name(), cause.yen());
        v.exchange().ifPresent(x -> {
            answer.tell("cost.growth.told.rate", x.yenPerRate(), x.breakEvenRate().map(CostWords::number).orElse("–"));
            x.scenarios().forEach(s -> answer.tellBelow("cost.growth.told.at", s.rate(), s.beforeYen(), s.afterYen(), s
                    .differenceYen()));
        });
        v.wages().ifPresent(w -> {
            answer.tell("cost.growth.told.wage", w.yenPerPercent(), w.breakEvenPercent().map(CostWords::number).orElse(
                    "–"));
            w.scenarios().forEach(s -> answer.tellBelow("cost.growth.told.atwage", s.percent(), s.beforeYen(), s
                    .afterYen(), s.differenceYen()));
        });
        return answer.done();
    }
}
