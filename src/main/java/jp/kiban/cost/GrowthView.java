package jp.kiban.cost;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.kiban.kernel.Text;

/// 分析の見せ方. A split as it is written to a file: the same for the verb, the page and the API.
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record GrowthView(long beforeYen, long afterYen, long differenceYen, Optional<BigDecimal> changePercent,
        List<Line> lines, List<Cause> causes, Optional<Exchange> exchange, Optional<Wages> wages) {

    /// 費目ごと. The shares are of the totals, in percent; `causes` sum to the difference.
    public record Line(String item, String name, long beforeYen, long afterYen, long differenceYen,
            BigDecimal shareBefore, BigDecimal shareAfter, Map<String, Long> causes) {}

    /// 原因ごと.
    public record Cause(String code, String group, Text name, long yen) {}

    /// 為替. Yen more difference for each yen the currency is dearer, the rate at which both are the same, and scenarios.
    public record Exchange(BigDecimal yenPerRate, Optional<BigDecimal> breakEvenRate, List<AtRate> scenarios) {}

    /// 為替の想定.
    public record AtRate(BigDecimal rate, long beforeYen, long afterYen, long differenceYen) {}

    /// 賃金. Yen more difference for each percent, the percentage at which both are the same, and scenarios.
    public record Wages(BigDecimal yenPerPercent, Optional<BigDecimal> breakEvenPercent, List<AtWage> scenarios) {}

    /// 賃金の想定.
    public record AtWage(BigDecimal percent, long beforeYen, long afterYen, long differenceYen) {}

    static GrowthView of(Growth growth, List<BigDecimal> rates, List<BigDecimal> percents) {
        return new GrowthView(growth.beforeYen(), growth.afterYen(), growth.difference(), growth.changePercent(),
                growth.splits().stream().map(s -> new Line(s.line().item(), s.line().name(), s.line().before().yen(),
                        s.line().after().yen(), s.line().difference(), growth.shareBefore(s.line()),
                        growth.shareAfter(s.line()), s.yen())).toList(),
                growth.byCause().entrySet().stream().map(e -> {
                    var cause = GrowthCause.of(e.getKey()).orElseThrow();
                    return new Cause(cause.code(), cause.group(), cause.name(), e.getValue());
                }).toList(),
                growth.hasForeign()
                        ? Optional.of(new Exchange(growth.yenPerRate(), growth.breakEvenRate(),
                                rates.stream().map(growth::atRate).map(r -> new AtRate(r.rate(), r.beforeYen(),
                                        r.afterYen(), r.difference())).toList()))
                        : Optional.empty(),
                growth.hasLabour()
                        ? Optional.of(new Wages(growth.yenPerWagePercent(), growth.breakEvenWage(),
                                percents.stream().map(growth::atWage).map(w -> new AtWage(w.percent(), w.beforeYen(),
                                        w.afterYen(), w.difference())).toList()))
                        : Optional.empty());
    }

    List<String> header() {
        var header = new ArrayList<>(List.of("item", "name", "before_yen", "after_yen", "difference_yen",
                "share_before", "share_after"));
        causes.forEach(c -> header.add(c.code()));
        return header;
    }

    List<? extends List<?>> rows() {
        var rows = new ArrayList<List<Object>>();
        for (var line : lines) {
            var row = new ArrayList<Object>(List.of(line.item(), line.name(), line.beforeYen(), line.afterYen(),
                    line.differenceYen(), line.shareBefore(), line.shareAfter()));
            causes.forEach(c -> row.add(line.causes().getOrDefault(c.code(), 0L)));
            rows.add(row);
        }
        var total = new ArrayList<Object>(List.of("total", "合計", beforeYen, afterYen, differenceYen, "", ""));
        causes.forEach(c -> total.add(c.yen()));
        rows.add(total);
        return rows;
    }
}
