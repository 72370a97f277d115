package jp.kiban.cost;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.statistics.FiscalYear;

/// 見積から台帳へ. The lines of a quote that was accepted, as entries: amounts before tax and in the currency of the line. A line over several fiscal
/// years is shared among them by months, exactly to the last decimal. Refuses, all at once, a foreign line without a rate and a
/// line of which nothing says the system.
final class LedgerQuote {
    private static final int PLACES = 2;

    private LedgerQuote() {}

    /// どう入れるか.
    ///
    /// @param year of lines that say no term
    /// @param system of lines that name none of the list
    record Asked(Baseline baseline, FiscalYear year, Optional<SystemCode> system, Tax tax) {}

    /// @throws BadInput with every line that cannot be taken
    static void read(Quote quote, Asked asked, Consumer<LedgerEntry> keep) {
        var findings = new ArrayList<Finding>();
        var entries = new ArrayList<LedgerEntry>();
        for (var line : quote.lines())
            read(quote, line, asked, entries, findings);
        if (!findings.isEmpty())
            throw new BadInput(findings);
        entries.forEach(keep);
    }

    private static void read(Quote quote, Quote.Line line, Asked asked, List<LedgerEntry> entries,
            List<Finding> findings) {
        var currency = line.words("currency").isBlank()
                ? "JPY"
                : line.words("currency").strip().toUpperCase(Locale.ROOT);
        currency = currency.equals("円") ? "JPY" : currency.equals("ドル") || currency.equals("$") ? "USD" : currency;
        var rate = currency.equals("JPY")
                ? Optional.of(BigDecimal.ONE)
                : line.number("fxRate").filter(r -> r
                        .signum() > 0);
        var system = SystemCode.named(line.words("service")).or(asked::system);
        var from = day(line, "from");
        var to = day(line, "to");
        if (!currency.matches("[A-Z]{3}"))
            findings.add(CostWords.finding("system", "cost.ledger.quote.currency", line.no(), currency));
        else if (rate.isEmpty())
            findings.add(CostWords.finding("system", "cost.ledger.quote.rate", line.no(), currency));
        if (system.isEmpty())
            findings.add(CostWords.finding("system", "cost.ledger.quote.system", line.no(), line.words("service")));
        if (from.isPresent() && to.isPresent() && to.get().isBefore(from.get()))
            findings.add(
                    CostWords.finding("system", "cost.ledger.quote.term", line.no(), from.get().toString(), to.get()
                            .toString()));
        if (!findings.isEmpty())
            return;
        var kind = line.words("kind").equals("one-off")
                ? CostKind.ONE_OFF
                : CostKind.of(line.words("item")).orElse(
                        CostKind.OTHER);
        var first = from.orElse(asked.year().from());
        var last = to.orElse(FiscalYear.of(first).to());
        var amount = line.number("amount").orElseThrow();
        long months = months(first, last);
        long before = 0;
        var given = BigDecimal.ZERO;
        for (var year = FiscalYear.of(first); year.compareTo(FiscalYear.of(last)) <= 0; year = new FiscalYear(
                year.year()
                        + 1)) {
            var start = first.isAfter(year.from()) ? first : year.from();
            var end = last.isBefore(year.to()) ? last : year.to();
            before += months(start, end);
            // up to here, less what the years before have: the parts add up to the whole
            var upTo = months == before
                    ? amount
                    : amount.multiply(BigDecimal.valueOf(before)).divide(BigDecimal.valueOf(months),
                            Math.max(PLACES, amount
                                    .scale()),
                            RoundingMode.HALF_UP);
            entries.add(new LedgerEntry(year, system.orElseThrow(), kind, asked.baseline(), line.name(), quote.head()
                    .path("vendor").asString(""), upTo.subtract(given), currency, rate.orElseThrow(),
                    day(line, "fxDate"),
                    asked.tax(), start, end, Optional.empty(), quote.file(), Confidence.REPORTED, line.words("basis"),
                    String.valueOf(line.row())));
            given = upTo;
        }
    }

    private static long months(LocalDate from, LocalDate to) {
        return ChronoUnit.MONTHS.between(YearMonth.from(from), YearMonth.from(to)) + 1;
    }

    private static Optional<LocalDate> day(Quote.Line line, String key) {
        return line.words(key).isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(line.words(key)));
    }
}
