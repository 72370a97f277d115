package jp.kiban.cost;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import jp.kiban.letters.Letters;
import jp.kiban.statistics.FiscalYear;

/// 台帳の明細. One cost of one system in one fiscal year: exact as it was given, with what it is a figure of, its tax, its currency and how it
/// is known. Refuses an amount of more than 18 digits before or 40 after the point, and a term outside of its fiscal year. A
/// minus is a credit.
///
/// @param name what was bought, in the words of the source
/// @param amount in the currency
/// @param yenPerUnit exchange rate, 1 for yen
/// @param rateDay the day of the rate, if it is known
/// @param from the first day that is paid for, in the fiscal year
/// @param to the last
/// @param cases how many cases were served by it, if it is known
/// @param source where the figure comes from: a document, a file
/// @param place where in the source: a cell, a line
public record LedgerEntry(FiscalYear year, SystemCode system, CostKind kind, Baseline baseline, String name,
        String supplier, BigDecimal amount, String currency, BigDecimal yenPerUnit, Optional<LocalDate> rateDay,
        Tax tax, LocalDate from, LocalDate to, Optional<Long> cases, String source, Confidence confidence, String note,
        String place) {
    static final int LONGEST = 300;
    static final int DIGITS = 18;
    static final int PLACES = 40;

    public LedgerEntry {
        if (amount.precision() - amount.scale() > DIGITS)
            throw new IllegalArgumentException("an amount of more than " + DIGITS + " digits: " + amount);
        if (!currency.matches("[A-Z]{3}"))
            throw new IllegalArgumentException("not a currency (three capitals): " + currency);
        if (yenPerUnit.signum() <= 0 || currency.equals("JPY") && yenPerUnit.compareTo(BigDecimal.ONE) != 0)
            throw new IllegalArgumentException("not a rate of " + currency + ": " + yenPerUnit);
        if (to.isBefore(from) || from.isBefore(year.from()) || to.isAfter(year.to()))
            throw new IllegalArgumentException(from + " to " + to + " is not in the fiscal year " + year.year());
        if (cases.filter(c -> c < 0).isPresent())
            throw new IllegalArgumentException("negative cases");
        name = Letters.first(name, LONGEST);
        supplier = Letters.first(supplier, LONGEST);
        source = Letters.first(source, LONGEST);
        note = Letters.first(note, LONGEST);
    }

    /// Of a whole year, in yen, with nothing more to say.
    public static LedgerEntry ofYear(FiscalYear year, SystemCode system, CostKind kind, Baseline baseline, String name,
            BigDecimal yen, Tax tax, String source, Confidence confidence) {
        return new LedgerEntry(year, system, kind, baseline, name, "", yen, "JPY", BigDecimal.ONE, Optional.empty(),
                tax, year.from(), year.to(), Optional.empty(), source, confidence, "", "");
    }

    /// With tax, exactly: what is compared.
    public BigDecimal yen() { return tax.with(amount.multiply(yenPerUnit)); }

    public BigDecimal yenWithoutTax() { return tax.without(amount.multiply(yenPerUnit)); }

    public boolean isForeign() { return !currency.equals("JPY"); }

    LedgerEntry with(BigDecimal other, Optional<Long> counted) {
        return new LedgerEntry(year, system, kind, baseline, name, supplier, other, currency, yenPerUnit, rateDay, tax,
                from, to, counted, source, confidence, note, place);
    }
}
