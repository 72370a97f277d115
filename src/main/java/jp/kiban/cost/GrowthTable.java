package jp.kiban.cost;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.kiban.kernel.Finding;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/// 前後の表. Reads a table of items before and after: CSV with a head line, `item,before,after` and what else is known of each. Every fault
/// is found at once, with its line. An empty cell is nothing; the word NULL, a date or a formula is a fault.
final class GrowthTable {
    static final List<String> COLUMNS = List.of("item", "name", "before", "after", "cause", "foreign_before",
            "foreign_after", "rate_before", "rate_after", "labour_before", "labour_after", "wage_before", "wage_after",
            "quantity_before", "quantity_after");
    private static final int MOST_LINES = 5000;

    private GrowthTable() {}

    /// `base` is the rate for lines that name none: yen for one unit of the currency.
    static Optional<List<GrowthLine>> read(String text, Optional<BigDecimal> base, List<Finding> findings) {
        int before = findings.size();
        var lines = new ArrayList<GrowthLine>();
        try (var csv = CSVFormat.DEFAULT.builder().setIgnoreEmptyLines(true).setTrim(true).get()
                .parse(new StringReader(text.startsWith("\uFEFF") ? text.substring(1) : text))) {
            List<String> head = List.of();
            var seen = new HashMap<String, Long>();
            for (var row : csv) {
                if (head.isEmpty()) {
                    head = row.stream().map(CostWords::plain).toList();
                    if (!headIsSound(head, row, findings))
                        return Optional.empty();
                } else
                    line(row, head, base, seen, findings).ifPresent(lines::add);
                if (findings.size() - before > 200)
                    return Optional.empty();
                if (lines.size() > MOST_LINES) {
                    findings.add(CostWords.finding("table", "cost.growth.fault.lines", MOST_LINES));
                    return Optional.empty();
                }
            }
        } catch (IOException | UncheckedIOException broken) {
            findings.add(CostWords.finding("table", "cost.growth.fault.broken", String.valueOf(broken.getMessage())));
        }
        if (lines.isEmpty() && findings.size() == before)
            findings.add(CostWords.finding("table", "cost.growth.fault.empty"));
        return findings.size() > before ? Optional.empty() : Optional.of(List.copyOf(lines));
    }

    private static boolean headIsSound(List<String> head, CSVRecord row, List<Finding> findings) {
        var unknown = head.stream().filter(h -> !COLUMNS.contains(h)).toList();
        if (unknown.isEmpty() && head.containsAll(List.of("item", "before", "after"))
                && head.stream().distinct().count() == head.size())
            return true;
        findings.add(CostWords.finding("table", "cost.growth.fault.head", String.join(",", row.toList()),
                String.join(",", COLUMNS)));
        return false;
    }

    private static Optional<GrowthLine> line(CSVRecord row, List<String> head, Optional<BigDecimal> base,
            Map<String, Long> seen, List<Finding> findings) {
        long at = row.getRecordNumber();
        if (row.size() != head.size()) {
            findings.add(CostWords.finding("table", "cost.growth.fault.width", at, row.size(), head.size()));
            return Optional.empty();
        }
        int before = findings.size();
        String item = cell(row, head, "item");
        if (item.isEmpty() || item.equalsIgnoreCase("total") || item.equals("合計"))
            findings.add(CostWords.finding("table", item.isEmpty()
                    ? "cost.growth.fault.item"
                    : "cost.growth.fault.total", at, item));
        var first = seen.putIfAbsent(item, at);
        if (first != null)
            findings.add(CostWords.finding("table", "cost.growth.fault.twice", at, item, first));
        var sides = List.of(side(row, head, "before", base, findings), side(row, head, "after", base, findings));
        var causes = causes(at, cell(row, head, "cause"), findings);
        String name = cell(row, head, "name");
        return findings.size() > before
                ? Optional.empty()
                : Optional.of(new GrowthLine(item, name.isEmpty() ? item : name, sides.get(0), sides.get(1), causes));
    }

    private static GrowthLine.Side side(CSVRecord row, List<String> head, String side, Optional<BigDecimal> base,
            List<Finding> findings) {
        long at = row.getRecordNumber();
        var yen = number(row, head, side, findings);
        if (yen.isEmpty() && cell(row, head, side).isEmpty())
            findings.add(CostWords.finding("table", "cost.growth.fault.amount", at, side));
        if (yen.isPresent() && yen.get().stripTrailingZeros().scale() > 0)
            findings.add(CostWords.finding("table", "cost.growth.fault.fraction", at, side, cell(row, head, side)));
        var rate = number(row, head, "rate_" + side, findings);
        var foreign = exposure(row, head, "foreign_" + side, yen, rate.or(() -> base), findings);
        var labour = percent(row, head, "labour_" + side, findings);
        return new GrowthLine.Side(yen.map(y -> y.setScale(0, java.math.RoundingMode.DOWN).longValueExact()).orElse(0L),
                foreign, rate.or(() -> base).orElse(BigDecimal.ONE), labour.movePointLeft(2),
                number(row, head, "wage_" + side, findings).orElse(BigDecimal.ZERO),
                number(row, head, "quantity_" + side, findings).orElse(BigDecimal.ZERO));
    }

    /// So much of the currency, or a percentage of the yen.
    private static BigDecimal exposure(CSVRecord row, List<String> head, String column, Optional<BigDecimal> yen,
            Optional<BigDecimal> rate, List<Finding> findings) {
        String text = cell(row, head, column);
        if (text.isEmpty())
            return BigDecimal.ZERO;
        if (rate.isEmpty() || rate.get().signum() <= 0) {
            findings.add(CostWords.finding("table", "cost.growth.fault.rate", row.getRecordNumber(), column));
            return BigDecimal.ZERO;
        }
        if (text.endsWith("%"))
            return yen.orElse(BigDecimal.ZERO).multiply(percent(row, head, column, findings)).movePointLeft(2)
                    .divide(rate.get(), MathContext.DECIMAL128);
        return number(row, head, column, findings).orElse(BigDecimal.ZERO);
    }

    private static BigDecimal percent(CSVRecord row, List<String> head, String column, List<Finding> findings) {
        String text = CostWords.plain(cell(row, head, column)).replaceAll("%$", "");
        if (text.isEmpty())
            return BigDecimal.ZERO;
        if (text.matches("[0-9]{1,3}(\\.[0-9]{1,6})?")
                && new BigDecimal(text).compareTo(BigDecimal.valueOf(100)) <= 0)
            return new BigDecimal(text);
        findings.add(CostWords.finding("table", "cost.growth.fault.percent", row.getRecordNumber(), column,
                cell(row, head, column)));
        return BigDecimal.ZERO;
    }

    private static Optional<BigDecimal> number(CSVRecord row, List<String> head, String column,
            List<Finding> findings) {
        String seen = cell(row, head, column);
        String text = CostWords.plain(seen).replace(",", "").replaceAll("^[¥\\\\$]|円$", "")
                .replaceAll("^[△▲−](?=[0-9])", "-");
        if (text.isEmpty())
            return Optional.empty();
        if (text.matches("-?[0-9]{1,15}(\\.[0-9]{1,8})?")
                && (column.equals("before") || column.equals("after") || !text.startsWith("-")))
            return Optional.of(new BigDecimal(text));
        findings.add(CostWords.finding("table", "cost.growth.fault.number", row.getRecordNumber(), column, seen));
        return Optional.empty();
    }

    private static Map<String, BigDecimal> causes(long at, String text, List<Finding> findings) {
        var causes = new LinkedHashMap<String, BigDecimal>();
        if (text.isBlank())
            return causes;
        for (String part : CostWords.plain(text).toUpperCase(Locale.ROOT).split("[,;/]", -1)) {
            String code = part.replaceFirst(":.*", "");
            String share = part.contains(":") ? part.substring(part.indexOf(':') + 1) : "1";
            if (GrowthCause.of(code).isEmpty() || !share.matches("[0-9]{1,6}(\\.[0-9]{1,6})?")
                    || new BigDecimal(share).signum() == 0 || causes.put(code, new BigDecimal(share)) != null) {
                findings.add(CostWords.finding("table", "cost.growth.fault.cause", at, part,
                        GrowthCause.all().stream().map(GrowthCause::code).collect(Collectors.joining(", "))));
                return Map.of();
            }
        }
        return causes;
    }

    private static String cell(CSVRecord row, List<String> head, String column) {
        int at = head.indexOf(column);
        return at < 0 ? "" : row.get(at);
    }
}
