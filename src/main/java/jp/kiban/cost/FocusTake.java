package jp.kiban.cost;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.statistics.FiscalYear;

/// 明細から台帳へ. Sums of a file as entries of the ledger: each source given to a system, foreign money with the rate that was told, tax as stated.
/// What is given to no system stays visible as `unassigned`. A file that came out of a ledger of this
/// platform keeps its baselines, kinds and confidence. Nothing is rounded. Refuses currencies without a rate.
///
/// @param systems of each source; where there is none, the cost is not assigned
/// @param rates yen for one unit of each foreign currency
/// @param file named as the source of the figures
record FocusTake(FocusSums.Source by, Map<String, SystemCode> systems, Map<String, Rate> rates, Tax tax, String file) {
    static final SystemCode UNASSIGNED = SystemCode.of("unassigned");

    /// @param day of the rate, if it is known
    record Rate(BigDecimal yenPerUnit, Optional<LocalDate> day) {}

    /// 出どころ一つ. What came from one source in one currency.
    record From(String source, String currency, BigDecimal sum, long rows) {}

    static List<From> sources(FocusSums.Added added) {
        var sums = new LinkedHashMap<String, From>();
        for (var l : added.lines())
            sums.merge(l.source() + "\n" + l.currency(), new From(l.source(), l.currency(), l.sum(), l.rows()), (a,
                    b) -> new From(a.source, a.currency, a.sum.add(b.sum), a.rows + b.rows));
        return sums.values().stream().sorted(java.util.Comparator.comparing((From f) -> f.sum.abs()).reversed()
                .thenComparing(From::source)).toList();
    }

    /// @throws BadInput for each currency that cannot be taken, and when the file has rows that could not be added up
    void into(FocusSums.Added added, Consumer<LedgerEntry> ledger) {
        check(added);
        for (var line : added.lines())
            if (counts(line))
                ledger.accept(entry(line));
    }

    /// Nothing is counted of a sum of nothing, nor of a line of tax when tax is added to the others.
    boolean counts(FocusSums.Line line) {
        return line.sum().signum() != 0 && !(line.charge().equals("Tax") && tax.stated() == Tax.Stated.EXCLUDED);
    }

    /// @throws BadInput as `into` does
    void check(FocusSums.Added added) {
        var faults = new ArrayList<Finding>();
        if (added.faulty() > 0)
            faults.add(CostWords.finding("file", "cost.focus.take.faulty", added.faulty()));
        for (String currency : added.currencies())
            if (!currency.matches("[A-Z]{3}"))
                faults.add(CostWords.finding("rate", "cost.focus.take.currency", currency));
            else if (!currency.equals("JPY") && !rates.containsKey(currency))
                faults.add(CostWords.finding("rate", "cost.focus.take.rate", currency));
        for (var line : added.lines())
            if (line.sum().precision() - line.sum().scale() > LedgerEntry.DIGITS)
                faults.add(CostWords.finding("file", "cost.focus.take.digits", line.firstRow(), line.sum()
                        .toPlainString()));
        if (!faults.isEmpty())
            throw new BadInput(faults);
    }

    LedgerEntry entry(FocusSums.Line line) {
        var first = line.month().atDay(1);
        var rate = line.currency().equals("JPY")
                ? new Rate(BigDecimal.ONE, Optional.empty())
                : rates.getOrDefault(line.currency(), new Rate(BigDecimal.ONE, Optional.empty()));
        var name = (line.category().isEmpty() ? "–" : line.category())
                + (line.charge().isEmpty() || line.charge().equals(
                        "Usage") ? "" : " (" + line.charge() + ")");
        var marks = List.of(line.marks().split(" "));
        boolean own = marks.size() == 3;
        return new LedgerEntry(FiscalYear.of(first), systems.getOrDefault(line.source(), UNASSIGNED),
                own ? CostKind.of(marks.get(1)).orElse(CostKind.CLOUD) : CostKind.CLOUD,
                own ? Baseline.of(marks.get(0)).orElse(Baseline.ACTUAL) : Baseline.ACTUAL, name, line.provider(), line
                        .sum(),
                line.currency(), rate.yenPerUnit(), rate.day(), tax, first, line.month().atEndOfMonth(), Optional
                        .empty(),
                file, own ? Confidence.of(marks.get(2)).orElse(Confidence.REPORTED) : Confidence.REPORTED,
                by.words() + "=" + line.source()
                        + (line.pricing().isEmpty() ? "" : " PricingCurrency=" + line.pricing()),
                line.firstRow()
                        + " (" + line.rows() + ")");
    }

    /// `USD=150.25` or `USD=150.25@2026-03-31`, one each; faults go to the list.
    static Map<String, Rate> rates(List<String> words, List<Finding> faults) {
        var rates = new LinkedHashMap<String, Rate>();
        for (String word : words) {
            var m = java.util.regex.Pattern.compile("([A-Z]{3})=([0-9]{1,9}(?:\\.[0-9]{1,9})?)(?:@(\\S+))?")
                    .matcher(word
                            .strip());
            var day = m.matches() && m.group(3) != null
                    ? FocusTime.read(m.group(3), false).map(java.time.LocalDateTime::toLocalDate)
                    : Optional.<LocalDate>empty();
            if (!m.matches() || new BigDecimal(m.group(2)).signum() == 0 || m.group(3) != null && day.isEmpty())
                faults.add(CostWords.finding("rate", "cost.focus.take.rate.form", word));
            else
                rates.put(m.group(1), new Rate(new BigDecimal(m.group(2)), day));
        }
        return rates;
    }

    static Optional<Tax> tax(String word) {
        return switch (word) {
            case "unstated" -> Optional.of(Tax.UNSTATED);
            case "included" -> Optional.of(Tax.included("10"));
            case "excluded" -> Optional.of(Tax.excluded("10"));
            default -> Optional.empty();
        };
    }
}
