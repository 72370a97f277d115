package jp.kiban.cost;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;

/// 明細の読み方の問い. How somebody wants a file of cloud costs added up, as they typed it.
///
/// @param source a column, or `tag` with the name of the tag beside
record FocusAsk(String source, String tag, String measure, String charge, String dayFirst) {

    /// @throws BadInput with every fault
    FocusSums.Asked read(boolean file) {
        var faults = new ArrayList<Finding>();
        if (!file)
            faults.add(CostWords.finding("file", "cost.focus.page.choose"));
        boolean nameless = source.equals("tag") && tag.isBlank();
        if (nameless)
            faults.add(CostWords.finding("tag", "cost.focus.page.tag.missing"));
        var asked = FocusSums.Source.of(source.equals("tag") ? "tag:" + tag.strip() : source);
        if (asked.isEmpty() && !nameless)
            faults.add(CostWords.finding("source", "cost.focus.take.by", source, String.join(", ", FocusSums.Source
                    .choices())));
        var cost = FocusColumn.of(measure).filter(c -> c == FocusColumn.BILLED_COST || c == FocusColumn.EFFECTIVE_COST);
        if (cost.isEmpty())
            faults.add(CostWords.finding("measure", "cost.focus.take.measure", measure));
        if (!faults.isEmpty())
            throw new BadInput(faults);
        return new FocusSums.Asked(asked.orElseThrow(), cost.orElseThrow(), charge.equals("yes"), dayFirst.equals(
                "yes"));
    }

    Map<String, String> typed() {
        return Map.of("source", source, "tag", tag, "measure", measure, "charge", charge, "dayFirst", dayFirst);
    }

    /// 割り当て. Which source belongs to which system, what foreign money is worth, and the tax, as they were typed.
    ///
    /// @param rates by currency, `150.25` or `150.25@2026-03-31`
    /// @param tax `unstated`, `included` or `excluded`
    record Taking(Map<String, String> systems, Map<String, String> rates, String tax) {

        /// Read, to be taken.
        record Read(Map<String, SystemCode> systems, Map<String, FocusTake.Rate> rates, Tax tax) {}

        /// @throws BadInput with every fault
        Read read() {
            var faults = new ArrayList<Finding>();
            var given = new LinkedHashMap<String, SystemCode>();
            int row = 0;
            for (var one : systems.entrySet()) {
                row++;
                var system = SystemCode.isValid(one.getValue()) && one.getValue().equals(FocusTake.UNASSIGNED.code())
                        ? Optional.of(FocusTake.UNASSIGNED)
                        : SystemCode.named(one.getValue());
                if (system.isPresent())
                    given.put(one.getKey(), system.get());
                else
                    faults.add(CostWords.finding("system", "cost.focus.take.system", row, one.getValue()));
            }
            var words = rates.entrySet().stream().filter(r -> !r.getValue().isBlank()).map(r -> r.getKey() + "=" + r
                    .getValue().strip()).toList();
            var read = FocusTake.rates(words, faults);
            var stated = FocusTake.tax(tax);
            if (stated.isEmpty())
                faults.add(CostWords.finding("tax", "cost.focus.take.tax", tax));
            if (!faults.isEmpty())
                throw new BadInput(faults);
            return new Read(given, read, stated.orElseThrow());
        }

        static Taking of(List<String> sources, List<String> codes, Map<String, List<String>> form) {
            var systems = new LinkedHashMap<String, String>();
            for (int i = 0; i < Math.min(sources.size(), codes.size()); i++)
                systems.put(sources.get(i), codes.get(i));
            var rates = new LinkedHashMap<String, String>();
            form.forEach((name, values) -> {
                if (name.startsWith("rate."))
                    rates.put(name.substring(5), values.isEmpty() ? "" : values.getFirst());
            });
            var tax = form.getOrDefault("tax", List.of());
            return new Taking(systems, rates, tax.isEmpty() ? "unstated" : tax.getFirst());
        }
    }
}
