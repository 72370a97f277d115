package jp.kiban.cost;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Text;
import jp.kiban.letters.Kana;
import jp.kiban.portal.Spreadsheet;
import tools.jackson.databind.node.ObjectNode;

/// 見積. What a vendor quotes, as read from a spreadsheet: the head and the lines, amounts as exact decimals. What was left empty is
/// absent, never zero. Refuses a file in which no line with an amount can be found, and tells every cell that cannot be read.
///
/// @param headRow where the headings of the lines stand, counted from 1
/// @param columns the heading of the file by key
/// @param unread headings that no column of the form is under
/// @param notes what was worked out in reading: tax taken off, thousands made yen, a line made one a year
record Quote(String file, String sheet, int headRow, ObjectNode head, List<Line> lines, Map<String, String> columns,
        List<String> unread, List<Text> notes) {
    private static final BigDecimal MOST = BigDecimal.TEN.pow(13);
    private static final Map<String, BigDecimal> UNITS = Map.of("円", BigDecimal.ONE, "千円", new BigDecimal(1_000), "万円",
            new BigDecimal(10_000), "百万円", new BigDecimal(1_000_000));

    /// 明細.
    ///
    /// @param no counted from 1
    /// @param row of the sheet, counted from 1
    record Line(int no, int row, ObjectNode values) {
        Optional<BigDecimal> number(String key) {
            return values.path(key).isNumber() ? Optional.of(values.path(key).decimalValue()) : Optional.empty();
        }

        String words(String key) { return values.path(key).asString(""); }

        String name() { return words("name").isEmpty() ? words("itemName") : words("name"); }
    }

    /// @param mapping the heading of the file for a key, where the form does not know it
    /// @throws BadInput with every cell that cannot be read
    static Quote read(String file, byte[] bytes, QuoteForm form, Map<String, String> mapping) {
        var findings = new ArrayList<Finding>();
        for (var key : mapping.keySet())
            if (form.column(key).isEmpty())
                findings.add(CostWords.finding("column", "cost.quote.fault.key", key, String.join(", ", form.columns()
                        .stream().map(QuoteForm.Column::key).toList())));
        Optional<Quote> quote = Optional.empty();
        var sheets = Spreadsheet.read(bytes).sheets();
        for (var sheet : sheets) {
            quote = new QuoteTable(file, sheet, form, mapping, findings).read();
            if (quote.isPresent())
                break;
        }
        if (quote.isEmpty() && findings.isEmpty())
            findings.add(CostWords.finding(file, "cost.quote.fault.headings", form.title("name"), form.title("amount"),
                    sheets.stream().map(QuoteTable::likely).max(Comparator.comparing(List::size)).filter(l -> !l
                            .isEmpty()).map(l -> String.join("、", l)).orElse("–")));
        if (quote.isPresent() && quote.get().lines().isEmpty() && findings.isEmpty())
            findings.add(CostWords.finding(file, "cost.quote.fault.lines", quote.get().headRow()));
        quote.ifPresent(q -> q.lines().stream().filter(Quote::isTooMuch).forEach(l -> findings.add(CostWords.finding(
                file + " " + (q.sheet().isEmpty() ? "" : q.sheet() + "!") + l.row(), "cost.quote.fault.much", l
                        .name()))));
        if (!findings.isEmpty())
            throw new BadInput(findings);
        return quote.orElseThrow();
    }

    /// More than anybody pays: a slip of the hand.
    private static boolean isTooMuch(Line line) {
        var product = line.number("qty").flatMap(q -> line.number("unitPrice").map(q::multiply)).orElse(
                BigDecimal.ZERO);
        return Scrutiny.yen(line).orElse(BigDecimal.ZERO).abs().max(product.abs()).compareTo(MOST) >= 0;
    }

    /// 見出しの対応. Every heading of the table, and the key it is read under; empty where it is not.
    List<Map.Entry<String, String>> headings() {
        var all = new ArrayList<Map.Entry<String, String>>();
        columns.entrySet().stream().filter(c -> !c.getValue().isBlank()).sorted(Map.Entry.comparingByKey()).forEach(
                c -> all.add(Map.entry(c.getValue(), c.getKey())));
        unread.stream().distinct().forEach(u -> all.add(Map.entry(u, "")));
        return List.copyOf(all);
    }

    /// 円・千円・万円・百万円.
    static BigDecimal unit(String words) { return UNITS.getOrDefault(words, BigDecimal.ONE); }

    /// `1,234`, `¥1,234-`, `$10,000.00`, `▲500`, `(500)`, `12%`, `3人月`, `5,400千円`; nothing is guessed beyond that.
    static Optional<BigDecimal> number(String words) {
        var plain = Kana.narrow(words).replaceAll("[\\s,，]", "");
        boolean minus = plain.startsWith("▲") || plain.startsWith("△") || plain.startsWith("-") || plain.startsWith("−")
                || plain.startsWith("(") && plain.endsWith(")");
        var digits = plain.replaceAll("^[▲△(−-]+", "").replaceAll("\\)$", "").replaceAll("^[¥￥\\\\$]", "").replaceAll(
                "-$", "");
        var unit = UNITS.keySet().stream().filter(u -> digits.endsWith(u)).max(Comparator.comparing(String::length));
        var bare = digits.replaceAll("(百万円|千円|万円|円|－|%|％|人月|時間|Mbps|か月|ヶ月|日|団体|人)$", "");
        if (!bare.matches("\\d{1,18}(\\.\\d{1,9})?"))
            return Optional.empty();
        var number = new BigDecimal(bare);
        var yen = unit.filter(u -> u.length() > 1).map(u -> number.multiply(unit(u))).orElse(number);
        return Optional.of(minus ? yen.negate() : yen);
    }
}
