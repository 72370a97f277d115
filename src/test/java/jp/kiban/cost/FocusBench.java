package jp.kiban.cost;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// Rows of FOCUS read, every amount parsed exactly, and added up to the ledger's grain; DuckDB reads and groups the same file in the same run. Each part
/// is a process of its own, so that its memory is its own.
final class FocusBench {
    private static final String GROUPS = "strftime(BillingPeriodStart::timestamp, '%Y-%m'), SubAccountId, ServiceCategory, ChargeCategory, ProviderName, BillingCurrency";

    private FocusBench() {}

    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "generate" -> generate(Path.of(args[1]), Long.parseLong(args[2]));
            case "read" -> read(Path.of(args[1]), Path.of(args[2]));
            case "duckdb" -> duckdb(args[1], Path.of(args[2]), Integer.parseInt(args[3]));
            case "parquet" -> parquet(args[1], args[2]);
            case "report" -> report(Path.of(args[1]), Long.parseLong(args[2]));
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    /// The columns of FOCUS 1.2, filled as a cloud fills them.
    private static void generate(Path file, long rows) throws IOException {
        var columns = FocusColumn.of(FocusColumn.Version.V1_2).stream().map(FocusColumn::id).toList();
        String[] categories = {"Compute", "Storage", "Databases", "Networking", "Security", "Integration", "Analytics"};
        String[] services = {"Virtual Machines", "Object Storage", "Relational Database", "Load Balancer", "Key Vault",
                "Message Queue", "Data Warehouse"};
        var random = new SplittableRandom(20261121);
        try (var out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            out.write((String.join(",", columns) + "\n").getBytes(StandardCharsets.US_ASCII));
            var line = new StringBuilder();
            for (long i = 0; i < rows; i++) {
                int service = random.nextInt(7);
                int month = 4 + random.nextInt(6);
                int day = 1 + random.nextInt(28);
                int hour = random.nextInt(23);
                long billed = random.nextLong(1_000_000_000L);
                int account = random.nextInt(400);
                line.setLength(0);
                for (int c = 0; c < columns.size(); c++) {
                    if (c > 0)
                        line.append(',');
                    switch (columns.get(c)) {
                        case "BilledCost", "EffectiveCost", "ListCost", "ContractedCost",
                                "PricingCurrencyEffectiveCost" ->
                            money(
                                    line, billed);
                        case "ListUnitPrice", "ContractedUnitPrice", "PricingCurrencyListUnitPrice" -> line.append(
                                "0.0115");
                        case "PricingQuantity", "ConsumedQuantity" -> line.append(random.nextInt(1000)).append(".5");
                        case "BillingCurrency" -> line.append("JPY");
                        case "PricingCurrency" -> line.append("USD");
                        case "BillingPeriodStart" -> line.append("2026-0").append(month).append("-01T00:00:00Z");
                        case "BillingPeriodEnd" -> line.append("2026-").append(month < 9 ? "0" : "").append(month + 1)
                                .append("-01T00:00:00Z");
                        case "ChargePeriodStart" -> moment(line, month, day, hour);
                        case "ChargePeriodEnd" -> moment(line, month, day, hour + 1);
                        case "BillingAccountId" -> line.append("123456789012");
                        case "BillingAccountName" -> line.append("Prefecture");
                        case "SubAccountId" -> line.append("acct-").append(100_000 + account);
                        case "SubAccountName" -> line.append("Town ").append(account);
                        case "ServiceCategory" -> line.append(categories[service]);
                        case "ServiceName" -> line.append(services[service]);
                        case "ChargeCategory" -> line.append(random.nextInt(50) == 0 ? "Tax" : "Usage");
                        case "ChargeFrequency" -> line.append("Usage-Based");
                        case "ChargeDescription" -> line.append("\"").append(services[service]).append(
                                ", hourly, \"\"on demand\"\"\"");
                        case "ProviderName", "PublisherName", "InvoiceIssuerName" -> line.append("Cloud K.K.");
                        case "ConsumedUnit", "PricingUnit" -> line.append("Hours");
                        case "PricingCategory" -> line.append("Standard");
                        case "RegionId" -> line.append("ap-northeast-1");
                        case "RegionName" -> line.append("Tokyo");
                        case "ResourceId" -> line.append("arn:cloud:vm:ap-northeast-1:").append(account).append(
                                ":instance/i-").append(Long.toHexString(random.nextLong()));
                        case "ResourceType" -> line.append("Instance");
                        case "SkuId" -> line.append("SKU").append(service).append(random.nextInt(40));
                        case "SkuPriceId" -> line.append("PRICE").append(service);
                        case "Tags" -> line.append("\"{\"\"system\"\": \"\"s").append(random.nextInt(20)).append(
                                "\"\", \"\"env\"\": \"\"prod\"\"}\"");
                        default -> {
                        }
                    }
                }
                line.append('\n');
                out.write(line.toString().getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    private static void money(StringBuilder line, long billed) {
        line.append(billed / 1_000_000).append('.');
        String rest = Long.toString(billed % 1_000_000);
        line.append("0".repeat(6 - rest.length())).append(rest);
    }

    private static void moment(StringBuilder line, int month, int day, int hour) {
        line.append("2026-0").append(month).append('-').append(day < 10 ? "0" : "").append(day).append('T')
                .append(hour < 10
                        ? "0"
                        : "")
                .append(hour).append(":00:00Z");
    }

    private static void read(Path file, Path sums) throws IOException {
        long start = System.nanoTime();
        FocusSums.Added added;
        try (var open = FocusFile.open(file)) {
            added = FocusSums.of(open, new FocusSums.Asked(FocusSums.Source.of("SubAccountId").orElseThrow(),
                    FocusColumn.BILLED_COST, false, false), (rows, bytes, of) -> true);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        var lines = new TreeMap<String, String>();
        for (var l : added.lines())
            lines.merge(String.join("|", l.month().toString(), l.source(), l.category(), l.charge(), l.provider(), l
                    .currency()), l.sum().stripTrailingZeros().toPlainString() + " " + l.rows(), (a, b) -> a + "+" + b);
        Files.write(sums, lines.entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).toList());
        print(seconds, added.rows(), added.lines().size());
    }

    private static void duckdb(String file, Path sums, int threads) throws SQLException, IOException {
        long start;
        double seconds;
        var lines = new ArrayList<String>();
        long rows = 0;
        try (var connection = DriverManager.getConnection("jdbc:duckdb:"); var sql = connection.createStatement()) {
            sql.execute("set threads = " + threads);
            start = System.nanoTime();
            String from = file.endsWith(".parquet")
                    ? "read_parquet('" + file + "')"
                    : "read_csv('" + file
                            + "', header = true, all_varchar = true)";
            try (var result = sql
                    .executeQuery("select " + GROUPS + ", sum(BilledCost::decimal(30,6)), count(*) from " + from
                            + " group by all")) {
                while (result.next()) {
                    lines.add(String.join("|", result.getString(1), result.getString(2), result.getString(3), result
                            .getString(4), result.getString(5), result.getString(6)) + " " + plain(
                                    result.getBigDecimal(
                                            7))
                            + " " + result.getLong(8));
                    rows += result.getLong(8);
                }
            }
            seconds = (System.nanoTime() - start) / 1e9;
        }
        lines.sort(null);
        Files.write(sums, lines);
        print(seconds, rows, lines.size());
    }

    private static void parquet(String csv, String to) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:duckdb:"); var sql = connection.createStatement()) {
            sql.execute("set threads = 2");
            sql.execute(
                    "copy (select * replace (BilledCost::decimal(30,6) as BilledCost, BillingPeriodStart::timestamptz as BillingPeriodStart) from read_csv('"
                            + csv + "', header = true, all_varchar = true)) to '" + to
                            + "' (format parquet, compression zstd)");
        }
    }

    private static String plain(BigDecimal sum) {
        return sum.signum() == 0 ? "0" : sum.stripTrailingZeros().toPlainString();
    }

    private static void print(double seconds, long rows, long groups) throws IOException {
        long peak = 0;
        for (var line : Files.readAllLines(Path.of("/proc/self/status")))
            if (line.startsWith("VmHWM"))
                peak = Long.parseLong(line.replaceAll("\\D", "")) / 1024;
        double cpu = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime() / 1e9;
        System.out.printf(Locale.ROOT, "%.2f %.2f %d %d %d%n", seconds, cpu, peak, rows, groups);
    }

    private static void report(Path results, long bytes) throws IOException {
        var text = new StringBuilder();
        double csv = 0;
        long rows = 0;
        for (var line : Files.readAllLines(results)) {
            String[] part = line.split("\t");
            String[] n = part[1].split(" ");
            double seconds = Double.parseDouble(n[0]);
            rows = Long.parseLong(n[3]);
            if (csv == 0)
                csv = seconds;
            text.append(String.format(Locale.ROOT, "| %s | %.1f | %,.0f | %.1f | %s | %.2f |%n", part[0], seconds, rows
                    / seconds, Double.parseDouble(n[1]), n[2], csv / seconds));
        }
        String page = String.format(Locale.ROOT, """
                <!-- written by bench/focus.sh -->
                # Bringing FOCUS rows in

                %,d rows of FOCUS 1.2 (57 columns, %,.1f GB as CSV, made by a fixed seed), read, every amount parsed exactly, added up by month, account, category, kind of charge, provider and currency.
                One machine, one run (%d processors, Java %s); each line is a process of its own. All sums and counts of the groups are the same, to the last digit, or the script fails.

                | | seconds | rows a second | CPU seconds | most memory, MB | times as fast as our CSV |
                |---|---:|---:|---:|---:|---:|
                %s
                Our reader runs on one thread with a heap of 128 MB (`-Xmx128m`), whatever the length of the file; the memory is of the whole process.
                """, rows, bytes / 1e9, Runtime.getRuntime().availableProcessors(), Runtime.version().feature(), text);
        Files.writeString(Path.of("docs/reference/generated/focus.md"), page);
        System.out.println(page);
    }

}
