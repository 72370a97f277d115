package jp.kiban.cost;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// 効果の見せ方. An estimate as it is written to a file: the same for the verb, the page and the API.
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record BenefitView(int years, List<BigDecimal> ratesPercent, List<Ledger> ledgers, Ledger total,
        Benefit.Drawn ranges, List<Benefit.Turned> drivers, Optional<BenefitPatterns> patterns) {

    /// 台帳. The likely net yen of each year from 0, their running sum, and at each rate the net present value and the payback in years.
    public record Ledger(String ledger, List<Long> netYen, List<Long> sumYen, List<AtRate> atRates) {}

    /// 割引率ごと. At rate 0 the payback is the simple one; nothing when the money does not come back within the years.
    public record AtRate(BigDecimal ratePercent, long npvYen, Optional<BigDecimal> paybackYears) {}

    static BenefitView of(Benefit benefit, List<BigDecimal> rates, int draws, long seed,
            Optional<BenefitPatterns> patterns) {
        return new BenefitView(benefit.years(), rates,
                benefit.ledgers().stream().map(l -> ledger(l.word(), benefit.flow(Optional.of(l)), rates)).toList(),
                ledger("total", benefit.flow(Optional.empty()), rates), benefit.drawn(rates.getFirst(), draws, seed),
                benefit.turned(rates.getFirst()), patterns);
    }

    private static Ledger ledger(String name, List<BigDecimal> flow, List<BigDecimal> rates) {
        var sums = new ArrayList<Long>();
        var sum = BigDecimal.ZERO;
        for (var yen : flow) {
            sum = sum.add(yen);
            sums.add(Benefit.yen(sum));
        }
        return new Ledger(name, flow.stream().map(Benefit::yen).toList(), sums,
                rates.stream().map(r -> new AtRate(r, Benefit.npv(flow, r), Benefit.payback(flow, r))).toList());
    }

    List<String> header() {
        var header = new ArrayList<>(List.of("ledger"));
        IntStream.rangeClosed(0, years).forEach(y -> header.add("net_yen_year" + y));
        for (var rate : ratesPercent) {
            header.add("npv_yen_" + rate.toPlainString());
            header.add("payback_years_" + rate.toPlainString());
        }
        header.addAll(List.of("npv_low", "npv_middle", "npv_high"));
        return header;
    }

    List<? extends List<?>> rows() {
        var all = new ArrayList<>(ledgers);
        all.add(total);
        return all.stream().map(l -> {
            var row = new ArrayList<Object>(List.of(l.ledger()));
            row.addAll(l.netYen());
            for (var at : l.atRates()) {
                row.add(at.npvYen());
                row.add(at.paybackYears().map(BigDecimal::toPlainString).orElse(""));
            }
            var range = range(l.ledger());
            row.addAll(List.of(range.low(), range.middle(), range.high()));
            return row;
        }).toList();
    }

    public Benefit.Range range(String ledger) {
        return ledger.equals("total") ? ranges.all() : ranges.ledgers().getOrDefault(ledger, ranges.all());
    }
}
