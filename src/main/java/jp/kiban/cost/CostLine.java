package jp.kiban.cost;

import java.math.BigDecimal;

/// 費用明細. Usage under one heading (an application, an activity, a month, a standard, an authority) and its yen by the rates
/// of the days it was used on. Yen are exact decimals, never rounded inside; `cases` is how many applications are in it.
public record CostLine(String key, Usage usage, BigDecimal yen, long cases) {
    static final CostLine NOTHING = new CostLine("", Usage.NOTHING, BigDecimal.ZERO, 0);

    /// Yen an application; zero where there is none.
    public BigDecimal yenPerCase() {
        return cases == 0
                ? BigDecimal.ZERO
                : yen.divide(BigDecimal.valueOf(cases), 12, java.math.RoundingMode.HALF_UP);
    }
}
