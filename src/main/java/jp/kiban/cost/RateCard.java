package jp.kiban.cost;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import jp.kiban.kernel.Text;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// 単価表. The declared prices, dated: each says what it is per and where it comes from. Read from `cost/rates.csv` in the jar
/// (examples, to be replaced) or from the operator's file `kiban.cost.rates`. Refuses a table with a gap or a fault, with
/// all faults at once: a yen that nobody can explain is worse than none.
@Component
public final class RateCard {
    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);
    private static final BigDecimal GIB = BigDecimal.valueOf(1L << 30);

    /// 資源. What is priced, and by which unit.
    public enum Resource {
        /// Yen a CPU second.
        CPU,
        /// Yen a second of database time.
        DATABASE,
        /// Yen a GiB moved.
        TRANSFER,
        /// Yen a message.
        MESSAGE
    }

    /// 単価. Yen per unit of a resource from a day on, until a later one replaces it.
    public record Rate(LocalDate from, Resource resource, BigDecimal yen, Text source) {}

    private final List<Rate> rates;

    @Autowired
    RateCard(@Value("${kiban.cost.rates:}") String file) { this(read(file)); }

    RateCard(List<Rate> rates) {
        this.rates = rates.stream().sorted(Comparator.comparing(Rate::from).thenComparing(Rate::resource)).toList();
        for (var resource : Resource.values())
            if (rates.stream().noneMatch(r -> r.resource() == resource))
                throw new IllegalArgumentException("the rate card has no rate for " + resource);
    }

    public List<Rate> all() { return rates; }

    /// The rate on a day; before the first, the first.
    public Rate on(LocalDate day, Resource resource) {
        var own = rates.stream().filter(r -> r.resource() == resource).toList();
        return own.stream().filter(r -> !r.from().isAfter(day)).reduce((a, b) -> b).orElse(own.getFirst());
    }

    /// The table as SQL wants it: a row of exact prices a smallest unit (nanosecond, byte, message) for each stretch of days
    /// in which no price changes.
    List<Object> parameters() {
        var starts = new TreeSet<LocalDate>();
        starts.add(LocalDate.of(1900, 1, 1));
        rates.forEach(r -> starts.add(r.from()));
        var from = List.copyOf(starts);
        var to = new ArrayList<String>();
        for (int i = 0; i < from.size(); i++)
            to.add(i + 1 < from.size() ? from.get(i + 1).minusDays(1).toString() : "9999-12-31");
        return List.of(from.stream().map(LocalDate::toString).toArray(String[]::new), to.toArray(String[]::new),
                prices(from, Resource.CPU, NANOS), prices(from, Resource.DATABASE, NANOS),
                prices(from, Resource.TRANSFER, GIB), prices(from, Resource.MESSAGE, BigDecimal.ONE));
    }

    private String[] prices(List<LocalDate> days, Resource resource, BigDecimal unit) {
        // powers of ten and two divide exactly
        return days.stream().map(d -> on(d, resource).yen().divide(unit).toPlainString()).toArray(String[]::new);
    }

    private static List<Rate> read(String file) {
        try (Reader reader = file.isBlank()
                ? new InputStreamReader(Objects.requireNonNull(RateCard.class.getResourceAsStream("/cost/rates.csv")),
                        StandardCharsets.UTF_8)
                : Files.newBufferedReader(Path.of(file))) {
            return read(reader, file.isBlank() ? "cost/rates.csv" : file);
        } catch (IOException failed) {
            throw new UncheckedIOException("the rate card cannot be read: " + file, failed);
        }
    }

    static List<Rate> read(Reader reader, String name) throws IOException {
        var rates = new ArrayList<Rate>();
        var faults = new ArrayList<String>();
        for (var row : CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get().parse(reader))
            read(row, rates, faults);
        if (rates.stream().map(r -> r.from() + " " + r.resource()).distinct().count() < rates.size())
            faults.add("two rates for one resource from one day");
        if (!faults.isEmpty())
            throw new IllegalArgumentException(name + ": " + String.join("; ", faults));
        return rates;
    }

    private static void read(CSVRecord row, List<Rate> rates, List<String> faults) {
        String at = "line " + (row.getRecordNumber() + 1) + ": ";
        if (!row.isConsistent()) {
            faults.add(at + "expected from,resource,yen,source_ja,source_easy,source_en");
            return;
        }
        String resource = row.get("resource").toUpperCase(Locale.ROOT);
        if (Arrays.stream(Resource.values()).noneMatch(r -> r.name().equals(resource)))
            faults.add(at + "unknown resource " + row.get("resource"));
        if (!row.get("yen").matches("[0-9]{1,9}(\\.[0-9]{1,12})?"))
            faults.add(at + "not an amount of yen: " + row.get("yen"));
        if (List.of("source_ja", "source_easy", "source_en").stream().anyMatch(s -> row.get(s).isBlank()))
            faults.add(at + "a rate says where it comes from, in the three languages");
        try {
            if (faults.isEmpty())
                rates.add(new Rate(LocalDate.parse(row.get("from")), Resource.valueOf(resource),
                        new BigDecimal(row.get("yen")),
                        new Text(row.get("source_ja"), row.get("source_easy"), row.get("source_en"))));
        } catch (DateTimeException failed) {
            faults.add(at + "not a date: " + row.get("from"));
        }
    }
}
