package jp.kiban.cost;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import jp.kiban.authority.Authorities;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `cost fees`: shares a yearly cost over municipalities by a rule, checks what a fair fee should keep, and writes the fees.
@Command(name = "fees", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "共同利用の費用を団体に分け、料金の性質を検査します。",
        "Shares the cost of a service over municipalities and checks the fees.%n"}, footerHeading = "%nRules:%n", footer = {
                "  equal                      the same for each                      均等割",
                "  population                 per head                               人口割",
                "  usage                      by use (population where no use is given)  利用割",
                "  equal:6,population:94      shares of the cost, any of the three; numbers are shares of their sum",
                "  bands:10000=1,50000=3,more=20    under 10,000 people 1 unit, under 50,000 3 units, others 20   段階別",
                "  two-part:300000            300,000 yen each, the rest by use; two-part:300000:population by people   二部料金",
                "  average:KEY                each year's cost over those who are there (the same as KEY alone)   平均",
                "  levelised:KEY              one price for the whole plan; a state fund carries the gap   平準化",
                "  true-up:KEY                average cost so far; joiners buy in, the others are paid back   精算付き平均",
                "  capped:RULE                nobody pays more than alone, the State adds the rest   上限付き",
                "  shapley                    what each cohort (year of joining) adds, over every order; within it by people",
                "  shapley:bodies             the same with each body as a player   シャープレイ値",
                "%nExamples:%n  cost fees --total 1000000000 --rule equal:6,population:94 --out fees.csv",
                "  cost fees --total 10億 --rule levelised:population --path 50,200,600,1200,1741 --years 10 --rate 2 --out -",
                "%nExit: 0 done; 1 a property of --require is broken; 2 the input cannot be taken (each fault is named)."})
final class FeeVerb implements Callable<Integer> {
    @Option(names = "--total", paramLabel = "YEN", defaultValue = "", description = "the cost of a year when all have joined: 1000000000, 10億")
    private String total = "";
    @Option(names = "--rule", paramLabel = "RULE", defaultValue = "", description = "how it is shared; see below")
    private String rule = "";
    @Mixin
    private VerbAnswer answer = new VerbAnswer();
    @Option(names = "--among", paramLabel = "CODES", defaultValue = "", description = "who shares: all 1,741 (default), a prefecture's code for its municipalities, or codes with commas")
    private String among = "";
    @Option(names = "--bodies", paramLabel = "FILE", description = "CSV with a head line: code[,population][,usage][,alone][,joins]; alone in yen a year, joins as a year from 1. "
            + "Without --among its lines are all who share")
    private @Nullable Path bodies;
    @Option(names = "--variable", paramLabel = "PERCENT", defaultValue = "", description = "how much of the cost moves with the use (default 0)")
    private String variable = "";
    @Option(names = "--initial", paramLabel = "YEN", defaultValue = "", description = "spent once, in the first year")
    private String initial = "";
    @Option(names = "--path", paramLabel = "N,N,…", defaultValue = "", description = "how many have joined by the end of year 1, 2, …; who is left joins in the year after")
    private String path = "";
    @Option(names = "--order", paramLabel = "ORDER", defaultValue = "", description = "who joins first on the path: code (default), large, small")
    private String order = "";
    @Option(names = "--years", paramLabel = "N", defaultValue = "", description = "length of the plan (default 1; with a path at least 10)")
    private String years = "";
    @Option(names = "--rate", paramLabel = "PERCENT", defaultValue = "", description = "interest a year (default 0)")
    private String rate = "";
    @Option(names = "--alone", paramLabel = "RULE", defaultValue = "", description = "what a body would pay alone where the table says nothing: own (default: the whole fixed cost and its own use), "
            + "FIXED+PERHEAD such as 3000000+120, or unknown")
    private String alone = "";
    @Option(names = "--kind", paramLabel = "KIND", defaultValue = "", description = "pattern-b, pattern-a, dpi, infrastructure, data-exchange: takes off what the basic policy gives to the State")
    private String kind = "";
    @Option(names = "--require", paramLabel = "LIST", split = ",", description = "end with 1 when one of these is broken: sums, alone, grows, time, leaves, scale")
    private List<String> require = new ArrayList<>();

    @Override
    public Integer call() {
        var findings = answer.findings();
        var kinds = Arrays.stream(FeeProperty.Kind.values()).map(FeeProperty.Kind::word).toList();
        for (String wanted : require)
            if (!kinds.contains(wanted))
                findings.add(CostWords.finding("require", "cost.fees.fault.require", wanted, String.join(", ", kinds)));
        String table = bodies == null ? "" : TownFile.read(bodies, findings).orElse("");
        var read = new FeeAsk(total, rule, variable, initial, years, path, order, rate, alone, among, table, kind)
                .read(new Authorities(), findings);
        if (read.isEmpty() || !findings.isEmpty())
            return answer.refused(findings, null);
        var fees = Fees.of(read.get().shared(), read.get().rule());
        var check = new FeeCheck(fees);
        var view = FeeView.of(read.get(), fees, check);
        if (!answer.written(view, FeeView.header(view.years()), view.rows()))
            return 2;
        tell(check, fees);
        return check.properties().stream().anyMatch(p -> p.broken() && require.contains(p.kind().word())) ? 1 : 0;
    }

    private void tell(FeeCheck check, Fees fees) {
        for (var property : check.properties())
            answer.tell("cost.fees.told", CostWords.text("cost.fees.verdict." + property.verdict().word()), CostWords
                    .text("cost.fees.property." + property.kind().word()), property.why());
        if (check.aboveAlone() > 0)
            answer.tell("cost.fees.subsidy.alone", check.aboveAloneYen(), check.aboveAlone());
        if (check.earlyLossYen() > 0)
            answer.tell("cost.fees.subsidy.early", check.earlyLossYen());
        if (fees.topUp() > 0)
            answer.tell("cost.fees.subsidy.topup", fees.topUp());
        answer.done();
    }
}
