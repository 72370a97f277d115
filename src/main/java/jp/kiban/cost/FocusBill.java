package jp.kiban.cost;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.kiban.kernel.Finding;
import picocli.CommandLine.Option;

/// 請求の読み方. What verbs that add a cloud bill up are told of it: the rates, the tax, which cost, which months. Unknown words become
/// findings beside all others.
final class FocusBill {
    @Option(names = "--rate", paramLabel = "USD=YEN[@DAY]", description = "yen for one unit of a foreign currency; may be repeated")
    private List<String> rates = new ArrayList<>();
    @Option(names = "--tax", paramLabel = "WORD", defaultValue = "unstated", description = "unstated (default), included or excluded (10 %%; then lines of tax are left out)")
    private String tax = "";
    @Option(names = "--measure", paramLabel = "COLUMN", defaultValue = "BilledCost", description = "BilledCost (default) or EffectiveCost")
    private String measure = "";
    @Option(names = "--by-charge", description = "months by when it was used, not by the billing period")
    private boolean byCharge;
    @Option(names = "--day-first", description = "1/4/2026 is the first of April")
    private boolean dayFirst;

    String measure() { return measure; }

    boolean byCharge() { return byCharge; }

    boolean dayFirst() { return dayFirst; }

    Map<String, FocusTake.Rate> rates(List<Finding> faults) { return FocusTake.rates(rates, faults); }

    Optional<Tax> tax(List<Finding> faults) {
        var stated = FocusTake.tax(tax);
        if (stated.isEmpty())
            faults.add(CostWords.finding("--tax", "cost.focus.take.tax", tax));
        return stated;
    }
}
