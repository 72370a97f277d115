package jp.kiban.cost;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.letters.Kana;
import jp.kiban.letters.WrittenDate;
import jp.kiban.portal.Spreadsheet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// 見積. What a vendor quotes, as read from a spreadsheet: the head and the lines, amounts as exact decimals. What was left empty is
/// absent, never zero. Refuses a file in which no line with an amount can be found, and tells every cell that cannot be read.
///
/// @param headRow where the headings of the lines stand, counted from 1
/// @param columns the heading of the file by key
/// @param unread headings that no column of the form is under
record Quote(String file, String sheet, int headRow, ObjectNode head, List<Line> lines, Map<String, String> columns,
        List<String> unread) {
    private static final int FEWEST_HEADINGS = 2;
    private static final int LATEST_HEADINGS = 60;
    private static final Pattern SUM = Pattern.compile("(税抜|税込)?(小計|合計|総計|総額|計)(税抜|税込)?|消費税.*|値引き?後.*");
    private static final Set<String> YES = Set.of("はい", "有", "あり", "有り", "yes", "true", "1", "○", "〇", "済");
    private static final Set<String> NO = Set.of("いいえ", "無", "なし", "無し", "no", "false", "0", "×", "未");
    private static final Set<String> NOTHING = Set.of("", "-", "－", "―", "null", "n/a", "#n/a");

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
        for (var sheet : Spreadsheet.read(bytes).sheets()) {
            quote = read(file, sheet, form, mapping, findings);
            if (quote.isPresent())
                break;
        }
        if (quote.isEmpty() && findings.isEmpty())
            findings.add(CostWords.finding(file, "cost.quote.fault.headings", form.title("name"), form.title(
                    "amount")));
        if (quote.isPresent() && quote.get().lines().isEmpty() && findings.isEmpty())
            findings.add(CostWords.finding(file, "cost.quote.fault.lines", quote.get().headRow()));
        if (!findings.isEmpty())
            throw new BadInput(findings);
        return quote.orElseThrow();
    }

    private static Optional<Quote> read(String file, Spreadsheet.Sheet sheet, QuoteForm form,
            Map<String, String> mapping, List<Finding> findings) {
        for (int row = 0; row < Math.min(sheet.rows().size(), LATEST_HEADINGS); row++) {
            var headings = new HashMap<Integer, QuoteForm.Column>();
            var taken = new HashSet<String>();
            var unread = new ArrayList<String>();
            var columns = new HashMap<String, String>();
            for (int c = 0; c < sheet.rows().get(row).size(); c++) {
                var heading = sheet.at(row, c);
                if (heading.isBlank())
                    continue;
                var column = mapping.entrySet().stream().filter(m -> m.getValue().strip().equals(heading.strip())).map(
                        Map.Entry::getKey).findFirst().flatMap(form::column).or(() -> form.columnUnder(heading));
                if (column.isPresent() && taken.add(column.get().key())) {
                    headings.put(c, column.get());
                    columns.put(column.get().key(), heading.strip());
                } else
                    unread.add(heading.strip());
            }
            if (taken.size() >= FEWEST_HEADINGS && (taken.contains("amount") || taken.contains("unitPrice")) && (taken
                    .contains("name") || taken.contains("item"))) {
                for (var wanted : mapping.entrySet())
                    if (!columns.containsKey(wanted.getKey()))
                        findings.add(CostWords.finding("column", "cost.quote.fault.heading", wanted.getValue(),
                                String.join(", ", sheet.rows().get(row))));
                var head = head(file, sheet, row, form, findings);
                var lines = lines(file, sheet, row, headings, form, head, findings);
                return Optional.of(new Quote(file, sheet.name(), row + 1, head, lines, Map.copyOf(columns), List.copyOf(
                        unread)));
            }
        }
        return Optional.empty();
    }

    private static ObjectNode head(String file, Spreadsheet.Sheet sheet, int until, QuoteForm form,
            List<Finding> findings) {
        var head = JsonNodeFactory.instance.objectNode();
        for (int row = 0; row < until; row++)
            for (int c = 0; c + 1 < sheet.rows().get(row).size(); c++) {
                int at = c;
                int line = row;
                form.headNamed(sheet.at(row, c)).filter(h -> !head.has(h.key())).ifPresent(h -> put(head, h, sheet.at(
                        line, at + 1), file, sheet, line, at + 1, form, findings));
            }
        return head;
    }

    private static List<Line> lines(String file, Spreadsheet.Sheet sheet, int headRow,
            Map<Integer, QuoteForm.Column> headings, QuoteForm form, ObjectNode head, List<Finding> findings) {
        var lines = new ArrayList<Line>();
        for (int row = headRow + 1; row < sheet.rows().size(); row++) {
            if (sheet.rows().get(row).stream().allMatch(String::isBlank))
                continue;
            if (sum(sheet, row, headings, form, head, file, findings))
                continue;
            var values = JsonNodeFactory.instance.objectNode();
            for (var heading : headings.entrySet())
                put(values, heading.getValue(), sheet.at(row, heading.getKey()), file, sheet, row, heading.getKey(),
                        form, findings);
            if (!values.path("amount").isNumber() && values.path("qty").isNumber() && values.path("unitPrice")
                    .isNumber())
                values.put("amount", values.path("qty").decimalValue().multiply(values.path("unitPrice")
                        .decimalValue()));
            if (values.path("amount").isNumber())
                lines.add(new Line(lines.size() + 1, row + 1, values.put("no", lines.size() + 1)));
            else if (!values.isEmpty() && values.path("qty").isNumber())
                findings.add(CostWords.finding(file + " " + Spreadsheet.address(row, 0),
                        "cost.quote.fault.noAmount"));
        }
        return List.copyOf(lines);
    }

    /// A row of sums below or between the lines belongs to the head.
    private static boolean sum(Spreadsheet.Sheet sheet, int row, Map<Integer, QuoteForm.Column> headings,
            QuoteForm form, ObjectNode head, String file, List<Finding> findings) {
        for (int c = 0; c < sheet.rows().get(row).size(); c++) {
            var words = Kana.wide(sheet.at(row, c)).replaceAll("[\\s　()（）:：]", "");
            if (words.isEmpty())
                continue;
            if (!SUM.matcher(words).matches())
                return false;
            var named = form.headNamed(words);
            for (int to = sheet.rows().get(row).size() - 1; to > c; to--)
                if (!sheet.at(row, to).isBlank()) {
                    int column = to;
                    named.filter(h -> h.kind().equals("number")).ifPresent(h -> put(head, h, sheet.at(row, column),
                            file, sheet, row, column, form, findings));
                    break;
                }
            return true;
        }
        return false;
    }

    private static void put(ObjectNode into, QuoteForm.Column column, String cell, String file, Spreadsheet.Sheet sheet,
            int row, int at, QuoteForm form, List<Finding> findings) {
        var words = Kana.narrow(cell).replace('　', ' ').strip();
        if (NOTHING.contains(words.toLowerCase(java.util.Locale.ROOT)))
            return;
        Optional<JsonNode> value = switch (column.kind()) {
            case "number" -> number(words).map(JsonNodeFactory.instance::numberNode);
            case "date" -> WrittenDate.read(cell.strip()).exactDay().map(d -> JsonNodeFactory.instance.stringNode(d
                    .toString()));
            case "yes-no" -> YES.contains(words.toLowerCase(java.util.Locale.ROOT))
                    ? Optional.of(JsonNodeFactory.instance.booleanNode(true))
                    : NO.contains(words.toLowerCase(java.util.Locale.ROOT))
                            ? Optional.of(JsonNodeFactory.instance.booleanNode(false))
                            : Optional.empty();
            case "item" -> {
                into.put("itemName", cell.strip());
                yield Optional.of(JsonNodeFactory.instance.stringNode(form.item(cell).map(QuoteForm.Column::key).orElse(
                        "unknown")));
            }
            case "once" -> Optional.of(JsonNodeFactory.instance.stringNode(words.contains("一時") || words.contains("初期")
                    || words.toLowerCase(java.util.Locale.ROOT).contains("one") ? "one-off" : "recurring"));
            case "environment" -> Optional.of(JsonNodeFactory.instance.stringNode(environment(words.toLowerCase(
                    java.util.Locale.ROOT))));
            default -> Optional.of(JsonNodeFactory.instance.stringNode(cell.strip()));
        };
        value.ifPresentOrElse(v -> into.set(column.key(), v), () -> findings.add(CostWords.finding(file + " " + (sheet
                .name().isEmpty() ? "" : sheet.name() + "!") + Spreadsheet.address(row, at),
                "cost.quote.fault."
                        + column.kind(),
                column.title(), cell.strip())));
    }

    private static String environment(String words) {
        if (words.contains("開発") || words.contains("dev"))
            return "dev";
        return words.contains("検証") || words.contains("試験") || words.contains("テスト") || words.contains("stg") || words
                .contains("test") ? "stg" : "prod";
    }

    /// `1,234`, `¥1,234-`, `$10,000.00`, `▲500`, `(500)`, `12%`, `3人月`; nothing is guessed beyond that.
    static Optional<BigDecimal> number(String words) {
        var plain = Kana.narrow(words).replaceAll("[\\s,，]", "");
        boolean minus = plain.startsWith("▲") || plain.startsWith("△") || plain.startsWith("-") || plain.startsWith("−")
                || plain.startsWith("(") && plain.endsWith(")");
        var digits = plain.replaceAll("^[▲△(−-]+", "").replaceAll("\\)$", "").replaceAll("^[¥￥\\\\$]", "").replaceAll(
                "(円|-|－|%|％|人月|時間|Mbps|か月|ヶ月|日|団体|人)$", "");
        return digits.matches("\\d{1,18}(\\.\\d{1,9})?")
                ? Optional.of(minus ? new BigDecimal(digits).negate() : new BigDecimal(digits))
                : Optional.empty();
    }
}
