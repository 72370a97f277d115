package jp.kiban.cost;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.kiban.kernel.Finding;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/// 効果の問い. A table of inputs and for how long and at which interest it is to be worked out, as somebody wrote it. Every fault is found at once.
record BenefitAsk(String table, String years, String rates, String draws, String seed) {
    private static final List<String> COLUMNS = List.of("ledger", "what", "name", "low", "likely", "high", "from", "to",
            "wage", "pattern");
    private static final int MOST_LINES = 500;
    private static final int MOST_YEARS = 50;

    /// Invented figures of a town with 20,000 people, to be replaced.
    static BenefitAsk example() {
        try (var in = BenefitAsk.class.getResourceAsStream("/cost/benefit-example.csv")) {
            return new BenefitAsk(new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8), "10",
                    "2,0,4", "", "");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    Optional<BenefitView> read(List<Finding> findings) {
        int horizon = (int) whole("years", years, 10, 1, MOST_YEARS, findings);
        int count = (int) whole("draws", draws, 10_000, 100, 100_000, findings);
        long start = whole("seed", seed, 1, 0, 999_999_999, findings);
        var interest = rates(findings);
        var rows = lines(horizon, findings);
        if (!findings.isEmpty())
            return Optional.empty();
        var patterns = BenefitPatterns.of(rows, horizon, interest.getFirst());
        // where ways are compared, the figures below are those of the one that costs least
        var shown = patterns.map(p -> BenefitPatterns.lines(rows, p.least())).orElseGet(() -> rows.stream().map(
                BenefitPatterns.Row::line).toList());
        return Optional.of(BenefitView.of(new Benefit(shown, horizon), interest, count, start, patterns));
    }

    private static long whole(String where, String text, long usual, long least, long most, List<Finding> findings) {
        String words = CostWords.plain(text).replace(",", "");
        if (words.isEmpty())
            return usual;
        if (words.matches("[0-9]{1,9}") && Long.parseLong(words) >= least && Long.parseLong(words) <= most)
            return Long.parseLong(words);
        findings.add(CostWords.finding(where, "cost.benefit.fault.whole", text, least, most));
        return usual;
    }

    /// The first is the one that ranges and drivers are worked out with.
    private List<BigDecimal> rates(List<Finding> findings) {
        if (rates.isBlank())
            return List.of(new BigDecimal("2"), BigDecimal.ZERO, new BigDecimal("4"));
        var found = new ArrayList<BigDecimal>();
        for (String part : CostWords.plain(rates).replace("%", "").split(",", -1))
            if (part.matches("[0-9]{1,2}(\\.[0-9]{1,4})?") && found.size() < 6
                    && new BigDecimal(part).compareTo(BigDecimal.valueOf(20)) <= 0) {
                if (found.stream().noneMatch(r -> r.compareTo(new BigDecimal(part)) == 0))
                    found.add(new BigDecimal(part));
            } else {
                findings.add(CostWords.finding("rates", "cost.benefit.fault.rates", rates));
                return List.of(BigDecimal.ZERO);
            }
        return found;
    }

    private List<BenefitPatterns.Row> lines(int horizon, List<Finding> findings) {
        int before = findings.size();
        var lines = new ArrayList<BenefitPatterns.Row>();
        var at = new HashMap<String, Long>();
        try (var csv = CSVFormat.DEFAULT.builder().setIgnoreEmptyLines(true).setTrim(true).get()
                .parse(new StringReader(table.startsWith("\uFEFF") ? table.substring(1) : table))) {
            List<String> head = List.of();
            for (var row : csv) {
                if (head.isEmpty()) {
                    head = row.stream().map(CostWords::plain).toList();
                    if (!head.stream().allMatch(COLUMNS::contains)
                            || !head.containsAll(List.of("ledger", "what", "name", "likely"))
                            || head.stream().distinct().count() < head.size()) {
                        findings.add(CostWords.finding("table", "cost.benefit.fault.head", String.join(",",
                                row.toList()), String.join(",", COLUMNS)));
                        return lines;
                    }
                } else
                    line(row, head, horizon, at, findings).ifPresent(lines::add);
                if (findings.size() - before > 200 || lines.size() > MOST_LINES) {
                    if (lines.size() > MOST_LINES)
                        findings.add(CostWords.finding("table", "cost.growth.fault.lines", MOST_LINES));
                    return lines;
                }
            }
        } catch (IOException | UncheckedIOException broken) {
            findings.add(CostWords.finding("table", "cost.growth.fault.broken", String.valueOf(broken.getMessage())));
        }
        if (findings.size() == before)
            wagesAreThere(lines, at, findings);
        return lines;
    }

    private static void wagesAreThere(List<BenefitPatterns.Row> rows, Map<String, Long> at, List<Finding> findings) {
        for (var row : rows) {
            var line = row.line();
            // a wage of the same way, or of all
            if (line.what() == BenefitLine.What.HOURS && rows.stream().noneMatch(w -> w.line()
                    .what() == BenefitLine.What.WAGE && w.line().name().equals(line.wage())
                    && (w.pattern()
                            .isEmpty() || w.pattern().equals(row.pattern()))))
                findings.add(CostWords.finding("table", "cost.benefit.fault.wage", at.getOrDefault(row.pattern() + key(
                        line.ledger(), line.what(), line.name()), 0L), line.wage().isEmpty() ? "–" : line.wage()));
        }
        if (rows.stream().allMatch(r -> r.line().what() == BenefitLine.What.WAGE))
            findings.add(CostWords.finding("table", "cost.benefit.fault.empty"));
    }

    private static String key(BenefitLine.Ledger ledger, BenefitLine.What what, String name) {
        return (what == BenefitLine.What.WAGE ? "" : ledger.word()) + " " + what.word() + " " + name;
    }

    private static Optional<BenefitPatterns.Row> line(CSVRecord row, List<String> head, int horizon,
            Map<String, Long> seen,
            List<Finding> findings) {
        long at = row.getRecordNumber();
        if (row.size() != head.size()) {
            findings.add(CostWords.finding("table", "cost.growth.fault.width", at, row.size(), head.size()));
            return Optional.empty();
        }
        int before = findings.size();
        String whose = CostWords.plain(cell(row, head, "ledger"));
        var ledger = Arrays.stream(BenefitLine.Ledger.values()).filter(l -> l.word().equals(whose)).findFirst();
        if (ledger.isEmpty())
            findings.add(CostWords.finding("table", "cost.benefit.fault.ledger", at, cell(row, head, "ledger")));
        var what = BenefitLine.What.of(CostWords.plain(cell(row, head, "what")));
        if (what.isEmpty())
            findings.add(CostWords.finding("table", "cost.benefit.fault.what", at, cell(row, head, "what"),
                    Arrays.stream(BenefitLine.What.values()).map(BenefitLine.What::word)
                            .collect(Collectors.joining(", "))));
        String name = cell(row, head, "name");
        String pattern = cell(row, head, "pattern").strip();
        if (pattern.length() > 20)
            findings.add(CostWords.finding("table", "cost.benefit.fault.pattern", at, pattern));
        if (name.isEmpty())
            findings.add(CostWords.finding("table", "cost.growth.fault.item", at));
        if (ledger.isPresent() && what.isPresent()) {
            var first = seen.putIfAbsent(pattern + key(ledger.get(), what.get(), name), at);
            if (first != null)
                findings.add(CostWords.finding("table", "cost.growth.fault.twice", at, name, first));
        }
        var likely = number(row, head, "likely", findings);
        if (likely.isEmpty() && cell(row, head, "likely").isEmpty())
            findings.add(CostWords.finding("table", "cost.growth.fault.amount", at, "likely"));
        var low = number(row, head, "low", findings).or(() -> likely);
        var high = number(row, head, "high", findings).or(() -> likely);
        if (likely.isPresent() && (low.orElseThrow().compareTo(likely.get()) > 0 || likely.get().compareTo(high
                .orElseThrow()) > 0))
            findings.add(CostWords.finding("table", "cost.benefit.fault.order", at, cell(row, head, "low"),
                    cell(row, head, "likely"), cell(row, head, "high")));
        boolean once = what.filter(w -> w == BenefitLine.What.ONCE).isPresent();
        var from = year(row, head, "from", once ? 0 : 1, horizon, findings);
        var to = year(row, head, "to", once ? from : horizon, horizon, findings);
        if (to < from)
            findings.add(CostWords.finding("table", "cost.benefit.fault.span", at, from, to));
        if (findings.size() > before)
            return Optional.empty();
        return Optional.of(new BenefitPatterns.Row(new BenefitLine(ledger.orElseThrow(), what.orElseThrow(), name, low
                .orElseThrow(), likely.orElseThrow(), high.orElseThrow(), from, to, cell(row, head, "wage")), pattern));
    }

    /// A year beyond the plan is cut off by the plan; one that is no year is a fault.
    private static int year(CSVRecord row, List<String> head, String column, int usual, int horizon,
            List<Finding> findings) {
        String text = CostWords.plain(cell(row, head, column));
        if (text.isEmpty())
            return usual;
        if (text.matches("[0-9]{1,2}") && Integer.parseInt(text) <= MOST_YEARS)
            return Integer.parseInt(text);
        findings.add(CostWords.finding("table", "cost.benefit.fault.year", row.getRecordNumber(), column,
                cell(row, head, column), Math.max(horizon, MOST_YEARS)));
        return usual;
    }

    private static Optional<BigDecimal> number(CSVRecord row, List<String> head, String column,
            List<Finding> findings) {
        String seen = cell(row, head, column);
        String text = CostWords.plain(seen).toLowerCase(Locale.ROOT).replace(",", "")
                .replaceAll("^[¥\\\\]|(円|時間)$", "");
        if (text.isEmpty())
            return Optional.empty();
        if (text.matches("[0-9]{1,13}(\\.[0-9]{1,4})?"))
            return Optional.of(new BigDecimal(text));
        findings.add(CostWords.finding("table", "cost.growth.fault.number", row.getRecordNumber(), column, seen));
        return Optional.empty();
    }

    private static String cell(CSVRecord row, List<String> head, String column) {
        int at = head.indexOf(column);
        return at < 0 ? "" : row.get(at);
    }
}
