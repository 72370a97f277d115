package jp.kiban.cost;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Text;
import jp.kiban.letters.Kana;
import jp.kiban.letters.WrittenDate;
import jp.kiban.portal.Spreadsheet;
import jp.kiban.statistics.FiscalYear;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// 見積の表. One sheet of a quote as vendors lay it out: headings in one row or two, amounts with tax or without, in yen or in thousands, a year
/// a column. What is worked out on the way (tax taken off, thousands made yen, a line made one a year) is told as a note; what cannot
/// be read is a finding on its cell.
final class QuoteTable {
    private static final int FEWEST_HEADINGS = 2;
    private static final int LATEST_HEADINGS = 60;
    private static final int FAR = 6;
    private static final int PLACES = 6;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal USUAL_TAX = BigDecimal.TEN;
    private static final Pattern SUM = Pattern.compile(
            "(税抜|税込)?(小計|合計|総合計|総計|総額|計)(税抜|税込|税別)?|(うち|内)?消費税.*|値引き?後.*|ご?請求金額|御?見積(金額|合計)(税抜|税込|税別)?");
    private static final Pattern TOTAL_OF_YEARS = Pattern.compile("\\d+[かヶカケ箇ヵ]?年(度|間|分)?の?(合計|総計|総額|計)");
    private static final Pattern UNIT = Pattern.compile("[(\\[]?(?:単位:?)?(百万円|千円|万円|円)[)\\]]?$");
    private static final Pattern SHEET_UNIT = Pattern.compile(".*単位:?[(\\[]?(百万円|千円|万円).*");
    private static final Pattern NTH_YEAR = Pattern.compile("(初|\\d{1,2})年[目度]");
    private static final Pattern QUANTITY = Pattern.compile("([\\d,]+(?:\\.\\d+)?)([^\\d\\s,.%]{1,6})");
    private static final Set<String> YES = Set.of("はい", "有", "あり", "有り", "yes", "true", "1", "○", "〇", "済");
    private static final Set<String> NO = Set.of("いいえ", "無", "なし", "無し", "no", "false", "0", "×", "未");
    private static final Set<String> NOTHING = Set.of("", "-", "－", "―", "null", "n/a", "#n/a");

    private final String file;
    private final Spreadsheet.Sheet sheet;
    private final QuoteForm form;
    private final Map<String, String> mapping;
    private final List<Finding> findings;
    private final ObjectNode head = JsonNodeFactory.instance.objectNode();
    private final LinkedHashSet<Text> notes = new LinkedHashSet<>();
    private final Map<String, String> known = new HashMap<>();
    private BigDecimal unit = BigDecimal.ONE;

    /// 見出し. A column that is read: as which of the form, and by how much its money is multiplied.
    private record Heading(QuoteForm.Column column, String words, BigDecimal unit) {}

    /// 年度の欄. A column that is a year's amount.
    private record YearHeading(int at, String words, Optional<FiscalYear> year, boolean taxed, BigDecimal unit) {}

    /// 見出しの行. As many rows as the headings take.
    private record Headings(int first, int last, Map<Integer, Heading> columns, List<YearHeading> years,
            List<String> unread, Set<String> keys) {
        boolean isEnough() {
            return keys.size() + (years.isEmpty() ? 0 : 1) >= FEWEST_HEADINGS && (!years.isEmpty() || keys.contains(
                    "amount") || keys.contains("amountTaxed") || keys.contains("unitPrice")) && (keys.contains("name")
                            || keys.contains("item"));
        }

        int read() { return keys.size() + years.size(); }
    }

    QuoteTable(String file, Spreadsheet.Sheet sheet, QuoteForm form, Map<String, String> mapping,
            List<Finding> findings) {
        this.file = file;
        this.sheet = sheet;
        this.form = form;
        this.mapping = mapping;
        this.findings = findings;
    }

    /// Empty where no row of this sheet is the headings of a quote.
    Optional<Quote> read() {
        for (int row = 0; row < Math.min(sheet.rows().size(), LATEST_HEADINGS); row++) {
            var one = headings(row, row);
            if (isWords(row) && isWords(row + 1)) {
                var below = headings(row + 1, row + 1);
                var two = headings(row, row + 1);
                if (two.isEnough() && two.read() > Math.max(one.read(), below.read()))
                    return Optional.of(quote(two));
                if (below.isEnough() && below.read() > one.read())
                    continue;
            }
            if (one.isEnough())
                return Optional.of(quote(one));
        }
        return Optional.empty();
    }

    /// The row that looks most like headings: for whoever has to say what they mean.
    static List<String> likely(Spreadsheet.Sheet sheet) {
        return sheet.rows().stream().limit(LATEST_HEADINGS).map(r -> r.stream().map(String::strip).filter(c -> !c
                .isEmpty()).toList()).filter(r -> r.size() > 2 && r.stream().allMatch(c -> Quote.number(c).isEmpty()))
                .max(java.util.Comparator.comparing(List::size)).orElse(List.of());
    }

    private boolean isWords(int row) {
        return row < sheet.rows().size() && sheet.rows().get(row).stream().filter(c -> !c.isBlank()).count() > 1
                && sheet
                        .rows().get(row).stream().allMatch(c -> Quote.number(c).isEmpty());
    }

    private Headings headings(int first, int last) {
        var columns = new LinkedHashMap<Integer, Heading>();
        var years = new ArrayList<YearHeading>();
        var unread = new ArrayList<String>();
        var keys = new HashSet<String>();
        var over = "";
        int wide = Math.max(sheet.rows().get(first).size(), sheet.rows().get(last).size());
        for (int c = 0; c < wide; c++) {
            var top = sheet.at(first, c).strip();
            over = top.isEmpty() ? over : top;
            var below = first == last ? "" : sheet.at(last, c).strip();
            var ways = below.isEmpty() ? List.of(top) : List.of(over + below, below, top);
            var words = ways.stream().filter(w -> !w.isEmpty()).toList();
            if (words.isEmpty())
                continue;
            var column = words.stream().flatMap(w -> column(w).stream().map(k -> new Heading(k, w, unit(w)))).filter(
                    h -> !keys.contains(h.column().key())).findFirst();
            var year = mapping.containsKey("amount") ? Optional.<YearHeading>empty() : year(c, words);
            if (year.isPresent())
                years.add(year.get());
            else if (column.isPresent()) {
                keys.add(column.get().column().key());
                columns.put(c, column.get());
            } else
                unread.add(below.isEmpty() ? top : below);
        }
        if (years.size() == 1 && keys.contains("amount"))
            years.clear();
        return new Headings(first, last, columns, List.copyOf(years), List.copyOf(unread), keys);
    }

    private Optional<QuoteForm.Column> column(String words) {
        return mapping.entrySet().stream().filter(m -> m.getValue().strip().equals(words)).map(Map.Entry::getKey)
                .findFirst().map(key -> key.equals("amount") && plain(words).contains("税込") ? "amountTaxed" : key)
                .flatMap(form::column).or(() -> form.columnUnder(UNIT.matcher(plain(words)).replaceAll(""))).or(
                        () -> TOTAL_OF_YEARS.matcher(UNIT.matcher(plain(words)).replaceAll("")).matches()
                                ? form.column("rowTotal")
                                : Optional.empty());
    }

    private static Optional<YearHeading> year(int at, List<String> words) {
        for (var heading : words) {
            var plain = plain(heading);
            var bare = UNIT.matcher(plain).replaceAll("").replaceAll("税込|税抜|税別|見込|御?見積|金額|額|分|[()]", "");
            var year = LedgerSheet.yearOf(bare).filter(y -> bare.contains("年") || bare.matches("r\\d{1,2}|20\\d\\d"));
            if (year.isPresent() || NTH_YEAR.matcher(bare).matches())
                return Optional.of(new YearHeading(at, heading, year, plain.contains("税込"), unit(heading)));
        }
        return Optional.empty();
    }

    /// Narrow, without blanks and in small letters.
    private static String plain(String words) { return CostWords.plain(words); }

    private static BigDecimal unit(String heading) {
        var unit = UNIT.matcher(plain(heading));
        return unit.find() ? Quote.unit(unit.group(1)) : BigDecimal.ZERO;
    }

    private Quote quote(Headings headings) {
        for (int row = 0; row <= headings.last(); row++)
            for (var cell : sheet.rows().get(row)) {
                var said = SHEET_UNIT.matcher(plain(cell));
                if (said.matches())
                    unit = Quote.unit(said.group(1));
            }
        headings.columns().values().forEach(h -> known.put(h.column().key(), h.words()));
        for (var wanted : mapping.entrySet())
            if (!known.containsKey(wanted.getKey()) && !(wanted.getKey().equals("amount") && known.containsKey(
                    "amountTaxed")))
                findings.add(CostWords.finding("column", "cost.quote.fault.heading", wanted.getValue(), String.join(
                        ", ", sheet.rows().get(headings.last()).stream().filter(c -> !c.isBlank()).toList())));
        above(headings.first());
        var lines = lines(headings);
        notes(headings, lines);
        return new Quote(file, sheet.name(), headings.first() + 1, head, lines, Map.copyOf(known), headings.unread(),
                List.copyOf(notes));
    }

    private void notes(Headings headings, List<Quote.Line> lines) {
        if (headings.last() > headings.first())
            note("rows", headings.first() + 1, headings.last() + 1);
        if (!headings.years().isEmpty())
            note("years", String.join("・", headings.years().stream().map(YearHeading::words).toList()));
        var units = new LinkedHashSet<BigDecimal>();
        headings.columns().values().stream().filter(h -> h.column().kind().equals("money")).forEach(h -> units.add(
                times(h.unit())));
        headings.years().forEach(y -> units.add(times(y.unit())));
        units.stream().filter(u -> u.compareTo(BigDecimal.ONE) > 0).forEach(u -> note("unit", u));
        boolean said = known.containsKey("amountTaxed") || known.values().stream().anyMatch(w -> w.contains("税"))
                || head.has("tax") || head.has("subtotal") || headings.years().stream().anyMatch(YearHeading::taxed);
        if (!said && !lines.isEmpty())
            note("untaxed");
    }

    private void note(String key, Object... values) { notes.add(CostWords.text("cost.quote.note." + key, values)); }

    private BigDecimal times(BigDecimal own) { return own.signum() > 0 ? own : unit; }

    /// What stands above the headings: a name and what is beside it, a little further right, or behind a colon.
    private void above(int until) {
        for (int row = 0; row < until; row++)
            for (int c = 0; c < sheet.rows().get(row).size(); c++) {
                var cell = sheet.at(row, c);
                var named = form.headNamed(cell);
                if (named.isPresent()) {
                    int at = c + 1;
                    while (at < c + FAR && sheet.at(row, at).isBlank())
                        at++;
                    if (!head.has(named.get().key()) && form.headNamed(sheet.at(row, at)).isEmpty())
                        put(head, named.get(), sheet.at(row, at), row, at, BigDecimal.ONE);
                    continue;
                }
                int colon = Math.max(cell.indexOf('：'), cell.indexOf(':'));
                if (colon > 0) {
                    int at = c;
                    int line = row;
                    form.headNamed(cell.substring(0, colon)).filter(h -> !head.has(h.key())).ifPresent(h -> put(head, h,
                            cell.substring(colon + 1), line, at, BigDecimal.ONE));
                }
            }
    }

    private List<Quote.Line> lines(Headings headings) {
        var lines = new ArrayList<Quote.Line>();
        for (int row = headings.last() + 1; row < sheet.rows().size(); row++) {
            var cells = sheet.rows().get(row);
            if (cells.stream().allMatch(String::isBlank) || cells.equals(sheet.rows().get(headings.last())) || sum(row,
                    headings))
                continue;
            line(row, headings, lines);
        }
        return List.copyOf(lines);
    }

    private void line(int row, Headings headings, List<Quote.Line> lines) {
        var values = JsonNodeFactory.instance.objectNode();
        for (var heading : headings.columns().entrySet())
            put(values, heading.getValue().column(), sheet.at(row, heading.getKey()), row, heading.getKey(), heading
                    .getValue().unit());
        var rate = values.path("taxRate").isNumber() ? values.path("taxRate").decimalValue() : USUAL_TAX;
        if (headings.years().isEmpty())
            once(row, values, rate, lines);
        else
            yearly(row, headings, values, rate, lines);
    }

    private void once(int row, ObjectNode values, BigDecimal rate, List<Quote.Line> lines) {
        var taxed = values.path("amountTaxed");
        if (!values.has("unitPrice") && values.path("unitPriceTaxed").isNumber())
            values.put("unitPrice", without(values.path("unitPriceTaxed").decimalValue(), rate));
        if (!values.path("amount").isNumber() && taxed.isNumber()) {
            // a price by itself says nothing of tax: it is with tax where the amount is its multiple
            if (values.path("qty").isNumber() && values.path("unitPrice").isNumber() && !values.has("unitPriceTaxed")
                    && values.path("qty").decimalValue().multiply(values.path("unitPrice").decimalValue()).compareTo(
                            taxed.decimalValue()) == 0)
                values.put("unitPrice", without(values.path("unitPrice").decimalValue(), rate));
            values.put("amount", without(taxed.decimalValue(), rate));
        }
        if (!values.path("amount").isNumber() && values.path("qty").isNumber() && values.path("unitPrice").isNumber())
            values.put("amount", values.path("qty").decimalValue().multiply(values.path("unitPrice").decimalValue()));
        if (values.path("amount").isNumber())
            lines.add(new Quote.Line(lines.size() + 1, row + 1, values.put("no", lines.size() + 1)));
        else if (!values.isEmpty() && values.path("qty").isNumber())
            findings.add(CostWords.finding(file + " " + Spreadsheet.address(row, 0), "cost.quote.fault.noAmount"));
    }

    /// A line for each year that has an amount; what the years come to is held against what the vendor says they do.
    private void yearly(int row, Headings headings, ObjectNode values, BigDecimal rate, List<Quote.Line> lines) {
        var whole = values.remove("amount");
        var said = whole == null ? values.remove("rowTotal") : whole;
        var sum = BigDecimal.ZERO;
        var first = lines.size();
        for (var year : headings.years()) {
            var cell = Kana.narrow(sheet.at(row, year.at())).strip();
            if (NOTHING.contains(cell.toLowerCase(java.util.Locale.ROOT)))
                continue;
            var yen = Quote.number(cell).map(y -> y.multiply(times(year.unit())));
            if (yen.isEmpty()) {
                findings.add(CostWords.finding(place(row, year.at()), "cost.quote.fault.number", year.words(), cell));
                continue;
            }
            sum = sum.add(yen.get());
            if (yen.get().signum() == 0)
                continue;
            var own = values.deepCopy();
            if (year.taxed())
                own.put("amountTaxed", yen.get());
            own.put("amount", year.taxed() ? without(yen.get(), rate) : yen.get());
            year.year().ifPresent(y -> own.put("from", y.from().toString()).put("to", y.to().toString()));
            lines.add(new Quote.Line(lines.size() + 1, row + 1, own.put("no", lines.size() + 1)));
        }
        if (lines.size() == first)
            return;
        if (headings.years().stream().anyMatch(y -> y.year().isPresent())) {
            known.putIfAbsent("from", "");
            known.putIfAbsent("to", "");
        }
        // quantity and price that make the total of the years say nothing of one year
        var total = sum;
        var many = values.path("qty");
        var price = values.path("unitPrice");
        if (many.isNumber() && price.isNumber() && many.decimalValue().multiply(price.decimalValue()).compareTo(
                total) == 0)
            lines.subList(first, lines.size()).forEach(l -> l.values().remove(List.of("qty", "unitPrice")));
        if (said != null && said.isNumber()) {
            known.putIfAbsent("rowTotal", "");
            lines.get(first).values().put("rowTotal", said.decimalValue()).put("rowSum", total);
        }
    }

    private BigDecimal without(BigDecimal taxed, BigDecimal rate) {
        note("taxed", rate);
        var plain = taxed.multiply(HUNDRED).divide(HUNDRED.add(rate), PLACES, RoundingMode.HALF_UP)
                .stripTrailingZeros();
        return plain.scale() < 0 ? plain.setScale(0) : plain;
    }

    /// A row of sums below or between the lines belongs to the head: its cell under the amounts, else its last one.
    private boolean sum(int row, Headings headings) {
        for (int c = 0; c < sheet.rows().get(row).size(); c++) {
            var words = Kana.wide(sheet.at(row, c)).replaceAll("[\\s　()（）:：]", "");
            if (words.isEmpty())
                continue;
            if (!SUM.matcher(words).matches())
                return false;
            var named = form.headNamed(words.replaceAll("^(うち|内)", "").replaceAll("[\\d１-９０]+[%％]$", "")).filter(h -> h
                    .kind().equals("money"));
            if (named.isPresent())
                sum(row, c, named.get(), headings);
            return true;
        }
        return false;
    }

    private void sum(int row, int from, QuoteForm.Column named, Headings headings) {
        var plain = under(headings, "amount").or(() -> under(headings, "rowTotal")).filter(c -> !sheet.at(row, c)
                .isBlank());
        var taxed = under(headings, "amountTaxed").filter(c -> !sheet.at(row, c).isBlank());
        if (plain.isEmpty() && !headings.years().isEmpty()) {
            var sum = headings.years().stream().flatMap(y -> Quote.number(sheet.at(row, y.at())).map(n -> n.multiply(
                    times(y.unit()))).stream()).reduce(BigDecimal.ZERO, BigDecimal::add);
            head.put(named.key(), sum);
            return;
        }
        boolean whole = named.key().equals("total");
        if (whole && plain.isPresent() && taxed.isPresent())
            form.head().stream().filter(h -> h.key().equals("subtotal")).findFirst().ifPresent(h -> put(head, h, sheet
                    .at(row, plain.get()), row, plain.get(), columnUnit(headings, plain.get())));
        int at = (whole ? taxed.or(() -> plain) : plain.or(() -> taxed)).orElseGet(() -> last(row, from));
        if (named.key().equals("subtotal") && plain.isEmpty() && taxed.isPresent())
            return;
        if (at > from)
            put(head, named, sheet.at(row, at), row, at, columnUnit(headings, at));
    }

    private int last(int row, int from) {
        for (int to = sheet.rows().get(row).size() - 1; to > from; to--)
            if (!sheet.at(row, to).isBlank())
                return to;
        return from;
    }

    private static BigDecimal columnUnit(Headings headings, int at) {
        var heading = headings.columns().get(at);
        return heading == null ? BigDecimal.ZERO : heading.unit();
    }

    private static Optional<Integer> under(Headings headings, String key) {
        return headings.columns().entrySet().stream().filter(h -> h.getValue().column().key().equals(key)).map(
                Map.Entry::getKey).findFirst();
    }

    private String place(int row, int at) {
        return file + " " + (sheet.name().isEmpty() ? "" : sheet.name() + "!") + Spreadsheet.address(row, at);
    }

    private void put(ObjectNode into, QuoteForm.Column column, String cell, int row, int at, BigDecimal own) {
        var words = Kana.narrow(cell).replace('　', ' ').strip();
        if (NOTHING.contains(words.toLowerCase(java.util.Locale.ROOT)))
            return;
        if (Set.of("qty", "personMonths").contains(column.key()) && counted(into, column, words))
            return;
        Optional<JsonNode> value = switch (column.kind()) {
            case "number" -> Quote.number(words).map(JsonNodeFactory.instance::numberNode);
            case "money" -> Quote.number(words).map(n -> n.multiply(times(own))).map(
                    JsonNodeFactory.instance::numberNode);
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
        value.ifPresentOrElse(v -> into.set(column.key(), v), () -> findings.add(CostWords.finding(place(row, at),
                "cost.quote.fault." + (column.kind().equals("money") ? "number" : column.kind()), column.title(), cell
                        .strip())));
    }

    /// `12人月`, `1式`, `12ヶ月`: a number and what it counts. A column of effort that counts something else is one of quantities.
    private boolean counted(ObjectNode into, QuoteForm.Column column, String words) {
        var read = QUANTITY.matcher(words.replaceAll("\\s", ""));
        if (!read.matches())
            return false;
        var number = new BigDecimal(read.group(1).replace(",", ""));
        boolean effort = read.group(2).equals("人月");
        if (effort && !into.has("personMonths"))
            into.put("personMonths", number);
        if (column.key().equals("qty") || !into.has("qty")) {
            into.put("qty", number);
            known.putIfAbsent("qty", "");
            if (!into.has("unit"))
                into.put("unit", read.group(2));
            known.putIfAbsent("unit", "");
        }
        return true;
    }

    private static String environment(String words) {
        if (words.contains("開発") || words.contains("dev"))
            return "dev";
        return words.contains("検証") || words.contains("試験") || words.contains("テスト") || words.contains("stg") || words
                .contains("test") ? "stg" : "prod";
    }
}
