package jp.kiban.cost;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.portal.Spreadsheet;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// 似た団体. What like municipalities pay: those in the same band of people and with the same platform before where at least five are,
/// else of the band alone. Median, quartiles and the upper fence (third quartile + 1.5 of their distance); nothing under five.
record QuotePeers(int count, List<String> years, boolean samePlatform, Spread perHead,
        Optional<Spread> personMonthsPerFunction) {
    private static final int FEWEST = 5;
    private static final long[] BANDS = {5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 300_000, 500_000};

    /// 分布. The median and the upper fence.
    record Spread(BigDecimal median, BigDecimal fence) {
        private static Spread of(List<BigDecimal> values) {
            var sorted = values.stream().sorted().toList();
            var first = quantile(sorted, 1);
            var third = quantile(sorted, 3);
            return new Spread(quantile(sorted, 2), third.add(third.subtract(first).multiply(new BigDecimal("1.5"))));
        }
    }

    /// 一団体. A line of the file: people, yen a year, fiscal year, platform before, person-months a function.
    record Body(long population, BigDecimal yen, String year, String platform, Optional<BigDecimal> effort) {}

    /// Columns `population`/人口 and `yen`/金額, and if known `year`/年度, `platform`/移行前の基盤 and
    /// `personMonthsPerFunction`/機能あたり人月.
    ///
    /// @throws BadInput with every cell that cannot be read
    static List<Body> read(String file, byte[] bytes) {
        var sheet = Spreadsheet.read(bytes).sheets().getFirst();
        int people = column(sheet, "population", "人口");
        int yen = column(sheet, "yen", "金額");
        int year = column(sheet, "year", "年度");
        int platform = column(sheet, "platform", "移行前の基盤");
        int effort = column(sheet, "personMonthsPerFunction", "機能あたり人月");
        var findings = new ArrayList<Finding>();
        if (people < 0 || yen < 0)
            throw new BadInput(List.of(CostWords.finding(file, "cost.quote.fault.peers")));
        var bodies = new ArrayList<Body>();
        for (int row = 1; row < sheet.rows().size(); row++) {
            if (sheet.rows().get(row).stream().allMatch(String::isBlank))
                continue;
            var head = Quote.number(sheet.at(row, people));
            var paid = Quote.number(sheet.at(row, yen));
            if (head.isEmpty() || head.get().signum() < 0)
                findings.add(CostWords.finding(file + " " + Spreadsheet.address(row, people),
                        "cost.quote.fault.number", "人口", sheet.at(row, people)));
            if (paid.isEmpty())
                findings.add(CostWords.finding(file + " " + Spreadsheet.address(row, yen), "cost.quote.fault.number",
                        "金額", sheet.at(row, yen)));
            if (head.isPresent() && head.get().signum() > 0 && paid.isPresent())
                bodies.add(new Body(head.get().longValue(), paid.get(), year < 0 ? "" : sheet.at(row, year).strip(),
                        platform < 0 ? "" : sheet.at(row, platform).strip(), effort < 0
                                ? Optional.empty()
                                : Quote.number(sheet.at(row, effort))));
        }
        if (!findings.isEmpty())
            throw new BadInput(findings);
        return bodies;
    }

    private static int column(Spreadsheet.Sheet sheet, String key, String title) {
        for (int c = 0; !sheet.rows().isEmpty() && c < sheet.rows().getFirst().size(); c++)
            if (sheet.at(0, c).strip().equalsIgnoreCase(key) || sheet.at(0, c).strip().equals(title))
                return c;
        return -1;
    }

    /// Empty when fewer than five are alike.
    static Optional<QuotePeers> like(long population, String platform, List<Body> bodies) {
        return like(population, platform, bodies, 0);
    }

    /// For figures that are nobody's to know: the closer group only where the wider one has as many more, or none, so that the two do not
    /// tell the few that they differ by.
    static Optional<QuotePeers> secretly(long population, String platform, List<Body> bodies) {
        return like(population, platform, bodies, FEWEST);
    }

    private static Optional<QuotePeers> like(long population, String platform, List<Body> bodies, int besides) {
        var band = bodies.stream().filter(b -> band(b.population()) == band(population)).toList();
        var closer = band.stream().filter(b -> !platform.isBlank() && b.platform().equals(platform)).toList();
        int more = band.size() - closer.size();
        boolean same = closer.size() >= FEWEST && (more == 0 || more >= besides);
        var alike = same ? closer : band;
        if (alike.size() < FEWEST)
            return Optional.empty();
        var perHead = alike.stream().map(b -> b.yen().divide(BigDecimal.valueOf(b.population()), 6,
                RoundingMode.HALF_UP)).toList();
        var effort = alike.stream().flatMap(b -> b.effort().stream()).toList();
        var years = new TreeSet<String>();
        alike.forEach(b -> years.add(b.year().isBlank() ? "?" : b.year()));
        return Optional.of(new QuotePeers(alike.size(), List.copyOf(years), same, Spread.of(perHead), effort
                .size() < FEWEST ? Optional.empty() : Optional.of(Spread.of(effort))));
    }

    static int band(long population) {
        int band = 0;
        while (band < BANDS.length && population >= BANDS[band])
            band++;
        return band;
    }

    /// Of quarters, between the two nearest values.
    private static BigDecimal quantile(List<BigDecimal> sorted, int quarter) {
        int at = (sorted.size() - 1) * quarter;
        var below = sorted.get(at / 4);
        return at % 4 == 0
                ? below
                : below.add(sorted.get(at / 4 + 1).subtract(below).multiply(BigDecimal.valueOf(at % 4)).divide(
                        BigDecimal.valueOf(4), 6, RoundingMode.HALF_UP));
    }

    /// The same over more time or less.
    QuotePeers times(BigDecimal share) {
        return new QuotePeers(count, years, samePlatform, new Spread(perHead.median().multiply(share), perHead.fence()
                .multiply(share)), personMonthsPerFunction);
    }

    /// As rules see it.
    ObjectNode facts() {
        var facts = JsonNodeFactory.instance.objectNode();
        facts.putObject("perHead").put("median", perHead.median()).put("fence", perHead.fence());
        personMonthsPerFunction.ifPresent(s -> facts.putObject("personMonthsPerFunction").put("median", s.median()).put(
                "fence", s.fence()));
        return facts;
    }
}
