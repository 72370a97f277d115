package jp.kiban.cost;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.portal.Spreadsheet;

/// 利用明細の表. Rows of usage as a spreadsheet or CSV has them: the columns named below in English or Japanese, or a FOCUS 1.0–1.2 export (charges for
/// usage in yen; other charges are left out; its times are UTC and become those of Japan). Every fault is found, with its cell.
final class AdviceTable {
    static final int LARGEST = 20_000_000;
    private static final int MOST_FAULTS = 100;
    private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");
    /// The first name is how the column is spoken of.
    private static final List<List<String>> COLUMNS = List.of(List.of("resource", "資源", "resourceid"), List.of("name",
            "名前", "resourcename"), List.of("kind", "種類", "servicecategory"), List.of("use", "用途", "x_environment"),
            List
                    .of("from", "開始", "chargeperiodstart"),
            List.of("to", "終了", "chargeperiodend"), List.of("hours",
                    "稼働時間"),
            List.of("yen", "円", "effectivecost"), List.of("committed", "約束", "pricingcategory"),
            List.of("cpu", "cpu%"), List.of("memory", "メモリー", "メモリー%", "memory%"), List.of("cores", "コア数"),
            List.of("calls",
                    "呼び出し"),
            List.of("gb", "保存gb"), List.of("read_gb", "読出gb"), List.of("chargecategory"), List.of(
                    "billingcurrency"),
            List.of("consumedquantity"), List.of("consumedunit"), List.of(
                    "resourcetype"));
    private final Spreadsheet.Sheet sheet;
    private final Map<String, Integer> columns = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    private AdviceTable(Spreadsheet.Sheet sheet) { this.sheet = sheet; }

    /// @throws BadInput with every fault of the table
    static List<AdviceRow> read(byte[] file) {
        if (file.length > LARGEST)
            throw new BadInput(List.of(CostWords.finding("file", "cost.advice.fault.large", LARGEST / 1_000_000)));
        var table = new AdviceTable(Spreadsheet.read(file).sheets().stream().filter(s -> !s.rows().isEmpty())
                .findFirst().orElseThrow(() -> new BadInput(List.of(CostWords.finding("file",
                        "cost.advice.fault.none")))));
        return table.rows();
    }

    private List<AdviceRow> rows() {
        var head = sheet.rows().getFirst();
        for (int c = 0; c < head.size(); c++) {
            String title = CostWords.plain(head.get(c));
            int at = c;
            COLUMNS.stream().filter(names -> names.contains(title)).findFirst().ifPresent(names -> columns.putIfAbsent(
                    names.getFirst(), at));
        }
        var missing = List.of("resource", "from", "yen").stream().filter(c -> !columns.containsKey(c)).toList();
        if (!missing.isEmpty())
            throw new BadInput(List.of(CostWords.finding(Spreadsheet.address(0, 0), "cost.advice.fault.columns", String
                    .join(", ", missing))));
        var rows = new ArrayList<AdviceRow>();
        for (int r = 1; r < sheet.rows().size(); r++) {
            if (sheet.rows().get(r).stream().allMatch(String::isBlank) || !usage(r))
                continue;
            row(r).ifPresent(rows::add);
            if (findings.size() >= MOST_FAULTS) {
                findings.add(CostWords.finding("file", "cost.advice.fault.many", MOST_FAULTS));
                break;
            }
        }
        if (!findings.isEmpty())
            throw new BadInput(findings);
        if (rows.isEmpty())
            throw new BadInput(List.of(CostWords.finding("file", "cost.advice.fault.none")));
        return rows;
    }

    private boolean usage(int row) {
        String category = CostWords.plain(at(row, "chargecategory"));
        return category.isEmpty() || category.equals("usage");
    }

    private String at(int row, String column) {
        int c = columns.getOrDefault(column, -1);
        String text = c < 0 ? "" : sheet.at(row, c).strip();
        return text.equalsIgnoreCase("null") ? "" : text;
    }

    private String where(int row, String column) {
        return Spreadsheet.address(row, Math.max(0, columns.getOrDefault(column, 0)));
    }

    private Optional<AdviceRow> row(int row) {
        int before = findings.size();
        String resource = at(row, "resource");
        if (resource.isEmpty())
            findings.add(CostWords.finding(where(row, "resource"), "cost.advice.fault.resource"));
        String currency = at(row, "billingcurrency");
        if (!currency.isEmpty() && !currency.equalsIgnoreCase("JPY"))
            findings.add(CostWords.finding(where(row, "billingcurrency"), "cost.advice.fault.currency", currency));
        var from = time(row, "from");
        int hours = hours(row, from);
        var yen = number(row, "yen", false);
        if (yen.isEmpty() && at(row, "yen").isEmpty())
            findings.add(CostWords.finding(where(row, "yen"), "cost.advice.fault.number", "yen", ""));
        var ran = ran(row, hours);
        var kind = kind(row);
        var use = use(row);
        var cpu = number(row, "cpu", true);
        var memory = number(row, "memory", true);
        var cores = number(row, "cores", false);
        var calls = number(row, "calls", false);
        var gb = number(row, "gb", false);
        var read = number(row, "read_gb", false);
        if (findings.size() > before || from.isEmpty() || yen.isEmpty() || kind.isEmpty() || use.isEmpty()
                || ran.isEmpty())
            return Optional.empty();
        return Optional.of(new AdviceRow(resource, at(row, "name").isEmpty() ? resource : at(row, "name"), kind.get(),
                use.get(), from.get(), hours, ran.get(), yen.get(), committed(row), cpu, memory, cores, calls, gb, read,
                row + 1));
    }

    private Optional<LocalDateTime> time(int row, String column) {
        String seen = at(row, column);
        String text = seen.replace('/', '-').replace(' ', 'T');
        try {
            var time = text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")
                    ? LocalDate.parse(text).atStartOfDay()
                    : text.endsWith("Z")
                            ? LocalDateTime.ofInstant(Instant.parse(text), JAPAN)
                            : LocalDateTime.parse(text);
            if (time.getYear() >= 2020 && time.getYear() < 2099) {
                if (time.getMinute() == 0 && time.getSecond() == 0)
                    return Optional.of(time);
                findings.add(CostWords.finding(where(row, column), "cost.advice.fault.hour", seen));
                return Optional.empty();
            }
        } catch (java.time.DateTimeException none) {
            // said below, like every other text that is no time
        }
        findings.add(CostWords.finding(where(row, column), "cost.advice.fault.time", column, seen));
        return Optional.empty();
    }

    private int hours(int row, Optional<LocalDateTime> from) {
        if (at(row, "to").isEmpty())
            return at(row, "from").length() > 10 ? 1 : 24;
        var to = time(row, "to");
        if (from.isEmpty() || to.isEmpty())
            return 24;
        long hours = Duration.between(from.get(), to.get()).toHours();
        if (hours != 1 && hours != 24)
            findings.add(CostWords.finding(where(row, "to"), "cost.advice.fault.length", at(row, "from"), at(row,
                    "to")));
        return hours == 1 ? 1 : 24;
    }

    /// Said, or the consumed hours of a FOCUS row, else the whole period.
    private Optional<BigDecimal> ran(int row, int hours) {
        var said = number(row, "hours", false);
        if (at(row, "hours").isEmpty() && CostWords.plain(at(row, "consumedunit")).startsWith("hour"))
            said = number(row, "consumedquantity", false).map(q -> q.min(BigDecimal.valueOf(hours)));
        if (said.isEmpty() && at(row, "hours").isEmpty())
            return Optional.of(BigDecimal.valueOf(hours));
        said.filter(h -> h.compareTo(BigDecimal.valueOf(hours)) > 0).ifPresent(h -> findings.add(CostWords.finding(
                where(row, "hours"), "cost.advice.fault.ran", h, hours)));
        return said;
    }

    private Optional<AdviceRow.Kind> kind(int row) {
        String seen = at(row, "kind");
        String word = CostWords.plain(seen);
        var kind = switch (word) {
            case "compute", "計算", "サーバー", "サーバ" -> AdviceRow.Kind.COMPUTE;
            case "database", "databases", "データベース" -> AdviceRow.Kind.DATABASE;
            case "storage", "保存", "ストレージ" -> CostWords.plain(at(row, "resourcetype")).matches(".*(disk|volume).*")
                    ? AdviceRow.Kind.DISK
                    : AdviceRow.Kind.STORAGE;
            case "disk", "ディスク" -> AdviceRow.Kind.DISK;
            case "address", "ipアドレス" -> AdviceRow.Kind.ADDRESS;
            default -> AdviceRow.Kind.OTHER;
        };
        boolean focus = columns.containsKey("chargecategory");
        if (kind == AdviceRow.Kind.OTHER && !word.isEmpty() && !word.equals("other") && !word.equals("その他") && !focus) {
            findings.add(CostWords.finding(where(row, "kind"), "cost.advice.fault.kind", words(AdviceRow.Kind.values()),
                    seen));
            return Optional.empty();
        }
        return Optional.of(kind);
    }

    private Optional<AdviceRow.Use> use(int row) {
        String seen = at(row, "use");
        return switch (CostWords.plain(seen)) {
            case "" -> Optional.of(AdviceRow.Use.UNKNOWN);
            case "production", "prod", "本番" -> Optional.of(AdviceRow.Use.PRODUCTION);
            case "staging", "stg", "stage", "検証" -> Optional.of(AdviceRow.Use.STAGING);
            case "development", "dev", "test", "開発", "試験" -> Optional.of(AdviceRow.Use.DEVELOPMENT);
            case "training", "研修" -> Optional.of(AdviceRow.Use.TRAINING);
            case "unknown", "不明" -> Optional.of(AdviceRow.Use.UNKNOWN);
            default -> {
                findings.add(CostWords.finding(where(row, "use"), "cost.advice.fault.use", words(AdviceRow.Use
                        .values()), seen));
                yield Optional.empty();
            }
        };
    }

    private boolean committed(int row) {
        return List.of("committed", "yes", "true", "1", "はい", "有").contains(CostWords.plain(at(row, "committed")));
    }

    private static String words(Enum<?>[] values) {
        return Arrays.stream(values).map(v -> v.name().toLowerCase(Locale.ROOT)).collect(Collectors.joining(", "));
    }

    private Optional<BigDecimal> number(int row, String column, boolean share) {
        String seen = at(row, column);
        if (seen.isEmpty())
            return Optional.empty();
        String text = CostWords.plain(seen).replace(",", "").replaceAll("^[¥\\\\]|円$|%$", "");
        var number = text.matches("[0-9]{1,15}(\\.[0-9]{1,20})?|[0-9](\\.[0-9]{1,20})?e[+-]?[0-9]{1,2}")
                ? Optional.of(new BigDecimal(text))
                : Optional.<BigDecimal>empty();
        if (number.isEmpty() || share && number.get().compareTo(BigDecimal.valueOf(100)) > 0) {
            findings.add(CostWords.finding(where(row, column), share
                    ? "cost.advice.fault.share"
                    : "cost.advice.fault.number", column, seen));
            return Optional.empty();
        }
        return number;
    }
}
