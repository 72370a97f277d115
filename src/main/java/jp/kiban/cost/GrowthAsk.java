package jp.kiban.cost;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import jp.kiban.kernel.Finding;

/// 分析の問い. A table and the scenarios to hold it against, as somebody wrote them.
record GrowthAsk(String table, String base, String rates, String wages) {
    /// The published five-year total of the first eight pilot areas (FY2023): 国・地方デジタル庁 ガバメントクラウド先行事業, ten items.
    static GrowthAsk example() {
        try (var in = GrowthAsk.class.getResourceAsStream("/cost/growth-r5.csv")) {
            return new GrowthAsk(new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8), "115",
                    "115,139,160", "3,5,10");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    Optional<GrowthView> read(List<Finding> findings) {
        var baseRate = numbers("base", base, 1, findings).stream().findFirst();
        var scenarios = numbers("rates", rates, 12, findings);
        var percents = numbers("wages", wages, 12, findings);
        if (scenarios.stream().anyMatch(r -> r.signum() <= 0) || baseRate.filter(r -> r.signum() <= 0).isPresent())
            findings.add(CostWords.finding("rates", "cost.growth.fault.rates", rates));
        var lines = GrowthTable.read(table, baseRate, findings);
        return findings.isEmpty()
                ? lines.map(l -> GrowthView.of(new Growth(l), scenarios, percents))
                : Optional.empty();
    }

    private static List<BigDecimal> numbers(String where, String text, int most, List<Finding> findings) {
        var numbers = new ArrayList<BigDecimal>();
        if (text.isBlank())
            return numbers;
        var parts = CostWords.plain(text).split(",", -1);
        for (String part : parts)
            if (part.matches("[+-]?[0-9]{1,6}(\\.[0-9]{1,6})?") && parts.length <= most)
                numbers.add(new BigDecimal(part));
            else {
                findings.add(CostWords.finding(where, "cost.growth.fault." + where, text));
                return List.of();
            }
        return numbers;
    }
}
