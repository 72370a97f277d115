package jp.kiban.cost;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Text;

/// 結果の見せ方. Fees as they are written to a file: the same for the verb, the download and the API.
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record FeeView(String rule, long totalYen, long stateYen, long sharedYen, long variableYen, long initialYen,
        int years, BigDecimal ratePercent, List<Property> properties, Subsidy subsidy, List<Year> byYear,
        List<FeeCheck.Cohort> byJoining, List<Line> bodies) {

    /// 性質と判定.
    public record Property(String property, String verdict, Text why) {}

    /// 補助の最小額. So that nobody pays more than alone; so that nobody pays more than the last to join; what the rule itself takes.
    public record Subsidy(long aboveAloneYen, int bodiesAboveAlone, long earlyAdoptersYen, long topUpYen) {}

    /// 年ごとの合計.
    public record Year(int year, int bodies, long costYen, long feesYen, long topUpYen, long fundYen) {}

    /// 団体ごとの額. The fee of each year from 1, its sum, and yen a person a year; alone in the last year where known.
    public record Line(AuthorityId code, String name, long population, long usage, int joins, List<Long> feeYen,
            long totalYen, Optional<BigDecimal> yenPerPersonYear, Optional<Long> aloneYen) {
        /// In the last year of the plan, when all are there.
        public long lastYen() { return feeYen.getLast(); }
    }

    static FeeView of(FeeAsk.Read read, Fees fees, FeeCheck check) {
        var shared = read.shared();
        var lines = new ArrayList<Line>();
        var alones = shared.aloneYen(shared.years());
        for (int i = 0; i < shared.size(); i++) {
            var b = shared.bodies().get(i);
            int body = i;
            long alone = alones[i];
            lines.add(new Line(b.id(), b.name().ja(), b.population(), b.usage(), b.joins(),
                    IntStream.rangeClosed(1, shared.years()).mapToObj(y -> fees.fee(body, y)).toList(),
                    fees.total(i), fees.perHead(i).map(p -> p.setScale(4, RoundingMode.HALF_UP)),
                    alone < 0 ? Optional.empty() : Optional.of(alone)));
        }
        return new FeeView(fees.rule().text(), shared.totalYen() + read.stateYen(), read.stateYen(), shared.totalYen(),
                shared.variableYen(), shared.initialYen(), shared.years(), shared.ratePercent(),
                check.properties().stream().map(p -> new Property(p.kind().word(), p.verdict().word(), p.why()))
                        .toList(),
                new Subsidy(check.aboveAloneYen(), check.aboveAlone(), check.earlyLossYen(), fees.topUp()),
                IntStream.rangeClosed(1, shared.years()).mapToObj(y -> new Year(y, shared.membersIn(y),
                        shared.cost(y), fees.feesOf(y), fees.topUp(y), fees.fund(y))).toList(),
                check.byJoining(), lines);
    }

    static List<String> header(int years) {
        var header = new ArrayList<>(List.of("code", "name", "population", "usage", "joins"));
        if (years == 1)
            header.add("fee_yen");
        else {
            IntStream.rangeClosed(1, years).forEach(y -> header.add("fee_yen_year" + y));
            header.add("total_yen");
        }
        header.addAll(List.of("yen_per_person_year", "alone_yen"));
        return header;
    }

    List<? extends List<?>> rows() {
        return bodies.stream().map(b -> {
            var row = new ArrayList<Object>(List.of(b.code().code(), b.name(), b.population(), b.usage(), b.joins()));
            row.addAll(b.feeYen());
            if (years > 1)
                row.add(b.totalYen());
            row.add(b.yenPerPersonYear().map(BigDecimal::toPlainString).orElse(""));
            row.add(b.aloneYen().map(Object::toString).orElse(""));
            return row;
        }).toList();
    }

    /// 規模別. How a band of population fares in the last year: how many, least, middle and most yen a head.
    public record Size(long from, long below, int bodies, Optional<BigDecimal> least, Optional<BigDecimal> middle,
            Optional<BigDecimal> most, long feesYen) {
        public boolean last() { return below == Long.MAX_VALUE; }
    }

    /// The bands in which running costs are published (総務省): under 10,000, 20,000, 50,000, 100,000, 200,000, 300,000, and more.
    List<Size> bySize() {
        long[] limits = {0, 10_000, 20_000, 50_000, 100_000, 200_000, 300_000, Long.MAX_VALUE};
        return IntStream.range(0, limits.length - 1).mapToObj(k -> {
            var in = bodies.stream().filter(b -> b.population() >= limits[k] && b.population() < limits[k + 1])
                    .toList();
            var heads = in.stream().filter(b -> b.population() > 0)
                    .map(b -> BigDecimal.valueOf(b.lastYen()).divide(BigDecimal.valueOf(b.population()), 4,
                            RoundingMode.HALF_UP))
                    .sorted().toList();
            return new Size(limits[k], limits[k + 1], in.size(), heads.stream().findFirst(),
                    heads.isEmpty() ? Optional.empty() : Optional.of(heads.get((heads.size() - 1) / 2)),
                    heads.isEmpty() ? Optional.empty() : Optional.of(heads.getLast()),
                    in.stream().mapToLong(Line::lastYen).sum());
        }).filter(s -> s.bodies() > 0).toList();
    }
}
