package jp.kiban.cost;

import java.math.BigDecimal;
import java.util.Map;

/// 費目. One item before and after, in whole yen of the same period and tax: what of it is owed in another currency and at which rate,
/// how much of it is labour and by which index, how many there are, and to which causes (in shares) the rest of its difference is laid.
/// Exposures are amounts of the currency; labour is a share from 0 to 1.
public record GrowthLine(String item, String name, Side before, Side after, Map<String, BigDecimal> causes) {
    /// 片側. The item at one time. Quantity 0 stands for "not counted".
    public record Side(long yen, BigDecimal foreign, BigDecimal rate, BigDecimal labour, BigDecimal wageIndex,
            BigDecimal quantity) {
        BigDecimal labourYen() { return BigDecimal.valueOf(yen).multiply(labour); }
    }

    public GrowthLine { causes = Map.copyOf(causes); }

    public long difference() { return Math.subtractExact(after.yen(), before.yen()); }
}
