package jp.kiban.cost;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.letters.Kana;
import jp.kiban.letters.Letters;
import jp.kiban.letters.WrittenDate;
import jp.kiban.portal.SpreadsheetRows;
import jp.kiban.portal.SpreadsheetRows.Cell;
import jp.kiban.portal.SpreadsheetRows.Row;
import jp.kiban.portal.SpreadsheetRows.Shape;
import jp.kiban.statistics.FiscalYear;

/// 費用の表. A town's own figures as it keeps them in a spreadsheet of the template, read row by row. Whatever is wrong is told at once, each
/// on its cell; nothing is guessed and nothing is mended. Refuses a file without the template's headings.
final class LedgerSheet {
    static final int MOST_FINDINGS = 500;
    private static final int LATEST_HEADINGS = 60;
    private static final int FEWEST_HEADINGS = 4;
    private static final int MOST_NOTICES = 20;
    private static final int MOST_REMEMBERED = 5_000;
    /// Days of Excel's count between 1990 and 2060.
    private static final int SERIAL_FROM = 32_874;
    private static final int SERIAL_TO = 58_440;
    private static final Set<String> NULLS = Set.of("null", "(null)", "nil", "none", "nan", "undefined", "n/a", "#n/a");
    private static final Set<String> UNTAXED = Set.of("非課税", "不課税", "対象外");
    private static final Pattern SUM = Pattern.compile("(税抜|税込)?(小計|合計|総計|総額|累計|計)");
    private static final Pattern NUMBER = Pattern.compile(
            "(?<minus>[-−▲△(]*)(?<sign>[¥\\\\$€£]?)(?<minus2>[-−▲△]?)(?<digits>\\d{1,3}(,\\d{3})+|\\d{1,18})(?<places>\\.\\d{1,40})?(?<yen>円?)[)-]?");
    private static final Pattern YEAR = Pattern
            .compile("(?:fy)?(?<western>(?:19|20)\\d{2})(?:年度?)?|(?<era>令和|平成|[rh])(?<year>\\d{1,2}|元)\\.?(?:年度?)?");

    /// 読んだ結果.
    ///
    /// @param unread headings that no column of the template is under
    /// @param notices what is read all the same and should be looked at: formulas, rows said twice
    record Read(String sheet, long entries, List<String> unread, List<Finding> notices) {}

    private final String file;
    private final Consumer<LedgerEntry> keep;
    private final List<Finding> findings = new ArrayList<>();
    private final List<Finding> notices = new ArrayList<>();
    private final Set<String> merged = new HashSet<>();
    private final Set<Integer> said = new HashSet<>();
    private final Function<String, Optional<FiscalYear>> years = remembered(LedgerSheet::yearOf);
    private final Function<String, Optional<CostKind>> kinds = remembered(CostKind::of);
    private final Function<String, Optional<SystemCode>> systems = remembered(SystemCode::named);
    private final Function<String, Optional<Baseline>> baselines = remembered(Baseline::of);
    private final Function<String, Optional<Confidence>> confidences = remembered(Confidence::of);
    private final Function<String, Optional<Tax.Stated>> taxes = remembered(LedgerSheet::stated);
    private final Function<String, Optional<LocalDate>> days = remembered(t -> WrittenDate.read(t).exactDay());
    private final Set<String> skipped = new LinkedHashSet<>();
    private EnumMap<LedgerColumn, Integer> columns = new EnumMap<>(LedgerColumn.class);
    private List<String> unread = List.of();
    private Optional<String> sheet = Optional.empty();
    private long more;
    private long entries;
    private long formulas;

    private LedgerSheet(String file, Consumer<LedgerEntry> keep) {
        this.file = file;
        this.keep = keep;
    }

    /// @param keep is handed every entry of a row without faults, until the first fault
    /// @throws BadInput with every fault on its cell, at most 500 and how many more
    static Read read(Path path, String file, Consumer<LedgerEntry> keep) {
        var reading = new LedgerSheet(file, keep);
        SpreadsheetRows.walk(path, reading::row);
        return reading.done();
    }

    private Read done() {
        if (sheet.isEmpty() && findings.isEmpty())
            find("file", "cost.ledger.fault.headings", file, String.join("・", java.util.Arrays.stream(LedgerColumn
                    .values()).filter(LedgerColumn::isRequired).map(c -> c.title().ja()).toList()));
        else if (entries == 0 && findings.isEmpty())
            find("file", "cost.ledger.fault.nothing");
        if (more > 0)
            findings.add(CostWords.finding("file", "cost.ledger.fault.more", more));
        if (!findings.isEmpty())
            throw new BadInput(findings);
        if (formulas > 0)
            notices.addFirst(CostWords.finding("file", "cost.ledger.notice.formulas", formulas));
        if (!skipped.isEmpty())
            notices.add(CostWords.finding("file", "cost.ledger.notice.sheets", String.join("、", skipped)));
        return new Read(sheet.orElse(""), entries, unread, notices);
    }

    private void row(Row row) {
        if (sheet.isEmpty()) {
            if (row.number() <= LATEST_HEADINGS && !LedgerTemplate.isExplaining(row.sheet()))
                headings(row);
        } else if (!sheet.get().equals(row.sheet())) {
            if (!row.isBlank() && !LedgerTemplate.isExplaining(row.sheet()) && skipped.size() < MOST_NOTICES)
                skipped.add(row.sheet());
        } else if (!row.isBlank())
            entry(row);
    }

    private void headings(Row row) {
        var found = new EnumMap<LedgerColumn, Integer>(LedgerColumn.class);
        var others = new ArrayList<String>();
        var twice = new ArrayList<Integer>();
        for (int c = 0; c < row.cells().size(); c++) {
            var heading = row.at(c).text();
            var column = LedgerColumn.under(heading);
            if (column.isPresent() && found.containsKey(column.get()))
                twice.add(c);
            else if (column.isPresent())
                found.put(column.get(), c);
            else if (!heading.isBlank())
                others.add(heading.strip());
        }
        if (found.size() < FEWEST_HEADINGS)
            return;
        sheet = Optional.of(row.sheet());
        columns = found;
        unread = List.copyOf(others);
        for (int c : twice)
            find(row.address(c), "cost.ledger.fault.twice", row.at(c).text().strip());
        for (var column : LedgerColumn.values())
            if (column.isRequired() && !found.containsKey(column))
                find(row.address(0), "cost.ledger.fault.heading", column.title());
    }

    // ---- one row -------------------------------------------------------------------------------------------------

    private void entry(Row row) {
        long before = findings.size() + more;
        if (isSum(row)) {
            find(row.address(0), "cost.ledger.fault.sum");
            return;
        }
        columns.forEach((column, at) -> shape(row, column, at));
        if (columns.values().stream().allMatch(at -> row.at(at).text().isBlank() && row.at(at).shape() == Shape.TEXT))
            return; // only beside the table
        var year = value(row, LedgerColumn.YEAR, years, "year");
        var system = value(row, LedgerColumn.SYSTEM, systems, "system");
        var kind = value(row, LedgerColumn.KIND, kinds, "kind");
        var baseline = value(row, LedgerColumn.BASELINE, baselines, "baseline");
        var confidence = value(row, LedgerColumn.CONFIDENCE, confidences, "confidence");
        var source = value(row, LedgerColumn.SOURCE, Optional::of, "source");
        var currency = currency(row);
        var amount = amount(row, currency);
        var rate = rate(row, currency);
        var rateDay = day(row, LedgerColumn.RATE_DAY);
        var from = day(row, LedgerColumn.FROM);
        var to = day(row, LedgerColumn.TO);
        year.ifPresent(y -> term(row, y, from, to));
        var usual = year.orElse(new FiscalYear(2020));
        var tax = tax(row, from.orElse(usual.from()), to.orElse(usual.to()));
        var cases = value(row, LedgerColumn.CASES, t -> plainNumber(t).filter(n -> n.signum() >= 0 && n
                .stripTrailingZeros().scale() <= 0).map(BigDecimal::longValueExact), "cases");
        for (var column : List.of(LedgerColumn.NAME, LedgerColumn.SUPPLIER, LedgerColumn.SOURCE, LedgerColumn.NOTE))
            if (Letters.count(words(row, column)) > LedgerEntry.LONGEST)
                find(address(row, column), "cost.ledger.fault.long", column.title(), LedgerEntry.LONGEST, Letters.count(
                        words(row, column)));
        if (findings.size() + more > before || !findings.isEmpty())
            return;
        var at = year.orElseThrow();
        var entry = new LedgerEntry(at, system.orElseThrow(), kind.orElseThrow(), baseline.orElseThrow(), words(row,
                LedgerColumn.NAME).isEmpty() ? kind.orElseThrow().title().ja() : words(row, LedgerColumn.NAME), words(
                        row, LedgerColumn.SUPPLIER),
                amount.orElseThrow(), currency, rate.orElseThrow(), rateDay, tax
                        .orElseThrow(),
                from.orElse(at.from()), to.orElse(at.to()), cases, source.orElseThrow(),
                confidence.orElseThrow(), words(row, LedgerColumn.NOTE), address(row, LedgerColumn.AMOUNT));
        entries++;
        twice(row, entry);
        keep.accept(entry);
    }

    private void twice(Row row, LedgerEntry entry) {
        int sign = java.util.Objects.hash(entry.year(), entry.system(), entry.kind(), entry.baseline(), entry.name(),
                entry.supplier(), entry.amount(), entry.currency(), entry.from(), entry.to(), entry.note());
        if (said.size() < 200_000 && !said.add(sign) && notices.size() < MOST_NOTICES)
            notices.add(CostWords.finding(row.address(0), "cost.ledger.notice.twice", row.address(0)));
    }

    private final Function<String, Optional<Boolean>> sums = remembered(t -> Optional.of(SUM.matcher(Kana.narrow(t)
            .replaceAll("[\\s　()（）:：]", "")).matches()));

    private boolean isSum(Row row) {
        for (var column : List.of(LedgerColumn.YEAR, LedgerColumn.SYSTEM, LedgerColumn.KIND, LedgerColumn.NAME)) {
            if (sums.apply(words(row, column)).orElse(false))
                return true;
        }
        return false;
    }

    /// What no text would tell.
    private void shape(Row row, LedgerColumn column, int at) {
        var cell = row.at(at);
        if (!cell.merged().isEmpty() && merged.add(row.sheet() + "!" + cell.merged()))
            find(row.address(at), "cost.ledger.fault.merged", cell.merged());
        if (cell.shape() == Shape.ERROR)
            find(row.address(at), "cost.ledger.fault.error", column.title(), cell.text());
        if (cell.shape() == Shape.UNCALCULATED)
            find(row.address(at), "cost.ledger.fault.uncalculated", column.title());
        if (cell.shape() == Shape.FORMULA)
            formulas++;
        if (isNull(cell))
            find(row.address(at), "cost.ledger.fault.null", column.title(), cell.text().strip());
    }

    private static boolean isNull(Cell cell) {
        return cell.text().length() < 12 && NULLS.contains(Kana.narrow(cell.text()).strip().toLowerCase(
                java.util.Locale.ROOT));
    }

    /// Told already, by its shape.
    private boolean isTold(Row row, LedgerColumn column) {
        var at = columns.get(column);
        if (at == null)
            return column.isRequired();
        var cell = row.at(at);
        return cell.shape() == Shape.ERROR || cell.shape() == Shape.UNCALCULATED || isNull(cell)
                || cell.text().isBlank()
                        && !cell.merged().isEmpty();
    }

    private String words(Row row, LedgerColumn column) {
        var at = columns.get(column);
        return at == null ? "" : row.at(at).text().replace('　', ' ').strip();
    }

    private String address(Row row, LedgerColumn column) { return row.address(columns.getOrDefault(column, 0)); }

    private <T> Optional<T> value(Row row, LedgerColumn column, Function<String, Optional<T>> read, String fault) {
        var words = words(row, column);
        if (isTold(row, column))
            return Optional.empty();
        if (words.isEmpty()) {
            if (column.isRequired())
                find(address(row, column), "cost.ledger.fault.empty", column.title());
            return Optional.empty();
        }
        if (column == LedgerColumn.YEAR && isDate(row, column)) {
            find(address(row, column), "cost.ledger.fault.date", column.title(), words);
            return Optional.empty();
        }
        var value = read.apply(words);
        if (value.isEmpty())
            find(address(row, column), "cost.ledger.fault." + fault, shown(words), column.title());
        return value;
    }

    private boolean isDate(Row row, LedgerColumn column) {
        var at = columns.get(column);
        return at != null && row.at(at).shape() == Shape.DATE;
    }

    /// The same few words stand in every row.
    private static <T> Function<String, Optional<T>> remembered(Function<String, Optional<T>> read) {
        var known = new HashMap<String, Optional<T>>();
        return words -> known.size() < MOST_REMEMBERED ? known.computeIfAbsent(words, read) : read.apply(words);
    }

    /// `2024`, `令和6年度`, `R6`, `FY2024`.
    static Optional<FiscalYear> yearOf(String words) {
        var read = YEAR.matcher(CostWords.plain(words));
        if (!read.matches())
            return Optional.empty();
        if (read.group("western") != null)
            return Optional.of(new FiscalYear(Integer.parseInt(read.group("western"))));
        int n = read.group("year").equals("元") ? 1 : Integer.parseInt(read.group("year"));
        boolean reiwa = read.group("era").equals("令和") || read.group("era").equals("r");
        int year = (reiwa ? 2018 : 1988) + n;
        return n < 1 || !reiwa && n > 31 ? Optional.empty() : Optional.of(new FiscalYear(year));
    }

    private String currency(Row row) {
        var words = CostWords.plain(words(row, LedgerColumn.CURRENCY)).toUpperCase(java.util.Locale.ROOT);
        if (words.isEmpty() || words.equals("円") || words.equals("JPY") || isTold(row, LedgerColumn.CURRENCY))
            return "JPY";
        if (words.equals("ドル") || words.equals("米ドル") || words.equals("$"))
            return "USD";
        if (words.matches("[A-Z]{3}") && java.util.Currency.getAvailableCurrencies().stream().anyMatch(c -> c
                .getCurrencyCode().equals(words) && c.getDefaultFractionDigits() >= 0))
            return words;
        find(address(row, LedgerColumn.CURRENCY), "cost.ledger.fault.currency", shown(words));
        return "JPY";
    }

    /// `1,234`, `¥1,234-`, `$10,000.00 `, `▲500`, `(500)`, `1,234円`; a point is decimal, a comma stands every three digits.
    private Optional<BigDecimal> amount(Row row, String currency) {
        var words = words(row, LedgerColumn.AMOUNT);
        if (isTold(row, LedgerColumn.AMOUNT))
            return Optional.empty();
        if (words.isEmpty()) {
            find(address(row, LedgerColumn.AMOUNT), "cost.ledger.fault.empty", LedgerColumn.AMOUNT.title());
            return Optional.empty();
        }
        if (isDate(row, LedgerColumn.AMOUNT)) {
            find(address(row, LedgerColumn.AMOUNT), "cost.ledger.fault.date", LedgerColumn.AMOUNT.title(), words);
            return Optional.empty();
        }
        var read = NUMBER.matcher(Kana.narrow(words).replaceAll("[\\s，]", "").replace('￥', '¥'));
        if (!read.matches() || read.group("digits").replace(",", "").length() > LedgerEntry.DIGITS) {
            find(address(row, LedgerColumn.AMOUNT), "cost.ledger.fault.amount", shown(words));
            return Optional.empty();
        }
        var sign = read.group("sign");
        var says = read.group("yen").isEmpty() && (sign.isEmpty() || sign.equals("\\"))
                ? sign.isEmpty() ? "" : "JPY"
                : !read.group("yen").isEmpty() || sign.equals("¥")
                        ? "JPY"
                        : sign.equals("$") ? "$" : sign.equals("€") ? "EUR" : "GBP";
        if (!says.isEmpty() && !says.equals(currency) && !(says.equals("$") && currency.endsWith("D"))) {
            find(address(row, LedgerColumn.AMOUNT), "cost.ledger.fault.sign", shown(words), currency);
            return Optional.empty();
        }
        var digits = read.group("digits").replace(",", "") + Optional.ofNullable(read.group("places")).orElse("");
        boolean minus = !read.group("minus").isEmpty() || !read.group("minus2").isEmpty();
        return Optional.of(minus ? new BigDecimal(digits).negate() : new BigDecimal(digits));
    }

    private static Optional<BigDecimal> plainNumber(String words) {
        var read = NUMBER.matcher(Kana.narrow(words).replaceAll("[\\s，%％件]", ""));
        return read.matches() && read.group("sign").isEmpty() && read.group("minus").isEmpty()
                ? Optional.of(new BigDecimal(read.group("digits").replace(",", "") + Optional.ofNullable(read.group(
                        "places")).orElse("")))
                : Optional.empty();
    }

    private Optional<BigDecimal> rate(Row row, String currency) {
        var words = words(row, LedgerColumn.RATE);
        if (isTold(row, LedgerColumn.RATE))
            return Optional.empty();
        var rate = plainNumber(words).filter(r -> r.signum() > 0);
        if (currency.equals("JPY")) {
            if (!words.isEmpty() && rate.filter(r -> r.compareTo(BigDecimal.ONE) == 0).isEmpty())
                find(address(row, LedgerColumn.RATE), "cost.ledger.fault.rate.yen", shown(words));
            return Optional.of(BigDecimal.ONE);
        }
        if (rate.isEmpty())
            find(address(row, LedgerColumn.RATE), words.isEmpty()
                    ? "cost.ledger.fault.rate.empty"
                    : "cost.ledger.fault.rate", words.isEmpty() ? currency : shown(words));
        return rate;
    }

    private Optional<LocalDate> day(Row row, LedgerColumn column) {
        var words = words(row, column);
        if (words.isEmpty() || isTold(row, column))
            return Optional.empty();
        if (words.matches("\\d{5}(\\.\\d+)?")) {
            int serial = Integer.parseInt(words.substring(0, 5));
            if (serial >= SERIAL_FROM && serial <= SERIAL_TO) {
                find(address(row, column), "cost.ledger.fault.serial", words, LocalDate.of(1899, 12, 30).plusDays(
                        serial).toString());
                return Optional.empty();
            }
        }
        var day = days.apply(words);
        if (day.isEmpty())
            find(address(row, column), "cost.ledger.fault.day", shown(words), column.title());
        return day;
    }

    private void term(Row row, FiscalYear year, Optional<LocalDate> from, Optional<LocalDate> to) {
        if (from.isPresent() && to.isPresent() && to.get().isBefore(from.get()))
            find(address(row, LedgerColumn.TO), "cost.ledger.fault.order", from.get().toString(), to.get().toString());
        else
            for (var side : List.of(Map.entry(LedgerColumn.FROM, from), Map.entry(LedgerColumn.TO, to)))
                side.getValue().filter(d -> d.isBefore(year.from()) || d.isAfter(year.to())).ifPresent(d -> find(
                        address(row, side.getKey()), "cost.ledger.fault.term", d.toString(), String.valueOf(year
                                .year()),
                        year.from().toString(), year.to().toString()));
    }

    /// Empty percent: the rate of the law, where one holds for the whole term (消費税法29条・地方税法72条の83: 10 % from October 2019, 8 % from April 2014).
    private Optional<Tax> tax(Row row, LocalDate from, LocalDate to) {
        var stated = value(row, LedgerColumn.TAX, taxes, "tax");
        if (isTold(row, LedgerColumn.TAX_PERCENT))
            return Optional.empty();
        var words = words(row, LedgerColumn.TAX_PERCENT);
        // a cell of the format 0% holds 0.1
        var percent = plainNumber(words).map(p -> p.compareTo(BigDecimal.ONE) < 0 && p.signum() > 0 && !words.contains(
                "%") ? p.movePointRight(2) : p).filter(p -> p.compareTo(BigDecimal.valueOf(100)) <= 0);
        if (percent.isEmpty() && !words.isEmpty())
            find(address(row, LedgerColumn.TAX_PERCENT), "cost.ledger.fault.percent", shown(words));
        if (stated.isEmpty() || percent.isEmpty() && !words.isEmpty())
            return Optional.empty();
        if (stated.get() == Tax.Stated.UNSTATED)
            return Optional.of(Tax.UNSTATED);
        if (percent.isPresent())
            return percent.map(p -> new Tax(stated.get(), p));
        var lawful = UNTAXED.contains(CostWords.plain(words(row, LedgerColumn.TAX)))
                ? Optional.of("0")
                : !from.isBefore(LocalDate.of(2019, 10, 1))
                        ? Optional.of("10")
                        : !from.isBefore(LocalDate.of(2014, 4, 1)) && to.isBefore(LocalDate.of(2019, 10, 1))
                                ? Optional.of("8")
                                : Optional.<String>empty();
        if (lawful.isEmpty())
            find(address(row, LedgerColumn.TAX_PERCENT), "cost.ledger.fault.percent.empty", from.toString(), to
                    .toString());
        return lawful.map(p -> new Tax(stated.get(), new BigDecimal(p)));
    }

    private static Optional<Tax.Stated> stated(String words) {
        return switch (CostWords.plain(words)) {
            case "税込", "税込み", "税こみ", "内税", "included", "taxincluded", "非課税", "不課税", "対象外" -> Optional.of(
                    Tax.Stated.INCLUDED);
            case "税抜", "税抜き", "税ぬき", "税別", "外税", "excluded", "beforetax" -> Optional.of(Tax.Stated.EXCLUDED);
            case "不明", "税の別が不明", "unstated", "taxnotstated" -> Optional.of(Tax.Stated.UNSTATED);
            default -> Optional.empty();
        };
    }

    /// Long texts are shown by their beginning.
    private static String shown(String words) { return Letters.excerpt(words, 40); }

    private void find(String where, String key, Object... values) {
        if (findings.size() >= MOST_FINDINGS)
            more++;
        else
            findings.add(CostWords.finding(where, key, values));
    }
}
