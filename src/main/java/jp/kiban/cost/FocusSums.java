package jp.kiban.cost;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// FOCUS の集計. Adds the rows of a file up to the grain of the ledger: month, where the cost comes from (an account, a tag), service category, kind of
/// charge, provider, currencies. Sums are exact. Holds one line for each group and refuses more than 200,000; rows it cannot add are counted and named, the first of
/// them with what was seen.
final class FocusSums {
    static final int MOST_GROUPS = 200_000;
    static final int MOST_FAULTS = 100;
    private static final byte BETWEEN = 0x1F;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /// 出どころ. By what costs are told apart before they are given to systems: a column, or the value of a tag.
    record Source(FocusColumn column, String tag) {
        private static final List<FocusColumn> COLUMNS = List.of(FocusColumn.SUB_ACCOUNT_ID,
                FocusColumn.SUB_ACCOUNT_NAME,
                FocusColumn.BILLING_ACCOUNT_ID, FocusColumn.SERVICE_NAME, FocusColumn.RESOURCE_ID,
                FocusColumn.REGION_ID);

        /// `SubAccountId`, or `tag:system`.
        static Optional<Source> of(String words) {
            if (words.startsWith("tag:") && words.length() > 4 && words.length() <= 200)
                return Optional.of(new Source(FocusColumn.TAGS, words.substring(4)));
            return FocusColumn.loosely(words).filter(COLUMNS::contains).map(c -> new Source(c, ""));
        }

        static List<String> choices() { return COLUMNS.stream().map(FocusColumn::id).toList(); }

        String words() { return tag.isEmpty() ? column.id() : "tag:" + tag; }
    }

    /// @param measure BilledCost, or EffectiveCost
    /// @param byCharge months by when it was used, not by the billing period
    record Asked(Source source, FocusColumn measure, boolean byCharge, boolean dayFirst) {}

    /// @param pricing the currency it was priced in, when that is another
    /// @param firstRow where the first of its rows stands
    record Line(YearMonth month, String source, String category, String charge, String provider, String currency,
            String pricing, BigDecimal sum, long rows, long firstRow) {}

    /// @param faulty rows that could not be added; then nothing of the file may be taken
    record Added(List<Line> lines, long rows, long faulty, List<Finding> faults, boolean ended) {
        BigDecimal sum(String currency) {
            return lines.stream().filter(l -> l.currency().equals(currency)).map(Line::sum).reduce(BigDecimal.ZERO,
                    BigDecimal::add);
        }

        List<String> currencies() { return lines.stream().map(Line::currency).distinct().sorted().toList(); }
    }

    private static final class Group {
        private final byte[] key;
        private final long hash;
        private final long firstRow;
        private final FocusNumber.Sum sum = new FocusNumber.Sum();
        private long rows;

        Group(byte[] key, long hash, long firstRow) {
            this.key = key;
            this.hash = hash;
            this.firstRow = firstRow;
        }
    }

    private final FocusFile file;
    private final Asked asked;
    private final int[] columns;
    private final int measure;
    private final int start;
    private final int otherStart;
    private final Tags tags;
    private final FocusNumber number = new FocusNumber();
    private Group[] table = new Group[1024];
    private int groups;
    private byte[] key = new byte[1024];
    private final List<Finding> faults = new ArrayList<>();
    private long faulty;

    private FocusSums(FocusFile file, Asked asked) {
        this.file = file;
        this.asked = asked;
        columns = Stream.of(asked.source.column(), FocusColumn.SERVICE_CATEGORY, FocusColumn.CHARGE_CATEGORY,
                FocusColumn.PROVIDER_NAME, FocusColumn.BILLING_CURRENCY, FocusColumn.PRICING_CURRENCY).mapToInt(
                        file::place)
                .toArray();
        measure = file.place(asked.measure);
        int billing = file.place(FocusColumn.BILLING_PERIOD_START);
        int charge = file.place(FocusColumn.CHARGE_PERIOD_START);
        start = asked.byCharge ? charge : billing;
        otherStart = asked.byCharge ? billing : charge;
        tags = new Tags(asked.source.tag());
    }

    /// @throws BadInput when a needed column is absent, or there are too many groups
    static Added of(FocusFile file, Asked asked, FocusCheck.Watch watch) {
        var missing = new ArrayList<Finding>();
        if (file.version().isEmpty()) {
            var seen = file.heads().stream().map(FocusFile.Head::seen).limit(10).toList();
            String old = seen.stream()
                    .filter(h -> List.of("chargetype", "billedcurrency", "amortizedcost", "invoiceissuer")
                            .contains(FocusColumn.plain(h)))
                    .findFirst().orElse("");
            throw old.isEmpty()
                    ? FocusFile.refuse("file", "cost.focus.file.none", file.name, String.join(", ", seen))
                    : FocusFile.refuse("file", "cost.focus.file.version", file.name, old);
        }
        for (var needed : List.of(asked.measure, FocusColumn.BILLING_CURRENCY, asked.source.column()))
            if (file.place(needed) < 0)
                missing.add(CostWords.finding("file", "cost.focus.import.column", file.name, needed.id()));
        if (file.place(FocusColumn.BILLING_PERIOD_START) < 0 && file.place(FocusColumn.CHARGE_PERIOD_START) < 0)
            missing.add(CostWords.finding("file", "cost.focus.import.column", file.name, "BillingPeriodStart"));
        if (!missing.isEmpty())
            throw new BadInput(missing);
        file.only(Set.of(asked.measure, asked.source.column(), FocusColumn.BILLING_PERIOD_START,
                FocusColumn.CHARGE_PERIOD_START, FocusColumn.SERVICE_CATEGORY, FocusColumn.CHARGE_CATEGORY,
                FocusColumn.PROVIDER_NAME, FocusColumn.BILLING_CURRENCY, FocusColumn.PRICING_CURRENCY));
        return new FocusSums(file, asked).add(watch);
    }

    private Added add(FocusCheck.Watch watch) {
        long rows = 0;
        boolean ended = false;
        while (!ended && file.next()) {
            rows++;
            row();
            if ((rows & 8191) == 0)
                ended = !watch.goOn(rows, file.position(), file.size());
        }
        for (var note : file.notes().all())
            if (note.kind().shifts()) {
                faulty += note.count();
                fault(note.firstRow(), "cost.focus.import.shift", CostWords.text("cost.focus.note." + note.kind().name()
                        .toLowerCase(Locale.ROOT)), note.count());
            }
        return new Added(lines(), rows, faulty, List.copyOf(faults), ended);
    }

    private void row() {
        byte[] b = file.bytes(measure);
        int from = file.from(measure);
        int to = file.to(measure);
        if (!number.read(b, from, to)) {
            faulty(asked.measure, measure);
            return;
        }
        int at = month();
        if (at < 0)
            return;
        key[0] = (byte) (at >> 8);
        key[1] = (byte) at;
        int length = 2;
        for (int i = 0; i < columns.length; i++) {
            key = room(key, length + 1);
            key[length++] = BETWEEN;
            int c = columns[i];
            if (c < 0 || file.absent(c)) {
                if (i == 4) {
                    faulty(FocusColumn.BILLING_CURRENCY, c);
                    return;
                }
                continue;
            }
            if (i == 0 && !asked.source.tag().isEmpty()) {
                byte[] value = tags.value(file.bytes(c), file.from(c), file.to(c));
                key = room(key, length + value.length);
                System.arraycopy(value, 0, key, length, value.length);
                length += value.length;
                continue;
            }
            int f = file.from(c);
            int n = file.to(c) - f;
            key = room(key, length + n);
            System.arraycopy(file.bytes(c), f, key, length, n);
            length += n;
        }
        long hash = hash(key, length);
        var group = find(hash, length);
        group.sum.add(number);
        group.rows++;
    }

    private static byte[] room(byte[] key, int length) {
        return length <= key.length ? key : Arrays.copyOf(key, Math.max(length, key.length * 2));
    }

    /// Months since year 0; -1 and a fault when no month can be read.
    private int month() {
        int c = start >= 0 && !file.absent(start) ? start : otherStart;
        int month = c < 0 || file.absent(c)
                ? -1
                : FocusTime.month(file.bytes(c), file.from(c), file.to(c), asked.dayFirst);
        if (month < 0 || month > 60_000)
            faulty(start >= 0 && !asked.byCharge ? FocusColumn.BILLING_PERIOD_START : FocusColumn.CHARGE_PERIOD_START,
                    c);
        return month > 60_000 ? -1 : month;
    }

    private void faulty(FocusColumn column, int c) {
        faulty++;
        if (faults.size() < MOST_FAULTS)
            fault(file.row(), c < 0 || file.absent(c)
                    ? "cost.focus.import.empty"
                    : column.kind() == FocusColumn.Kind.TIME ? "cost.focus.import.time" : "cost.focus.import.number",
                    column
                            .id(),
                    c < 0 ? "" : shown(file.seen(c)));
    }

    private static String shown(String seen) { return seen.length() > 60 ? seen.substring(0, 60) + "…" : seen; }

    private void fault(long row, String key, Object... values) {
        faults.add(
                CostWords.finding(row + "", key, Stream.concat(Stream.of(row + ""), Arrays.stream(values)).toArray()));
    }

    private Group find(long hash, int length) {
        int slot = (int) hash & table.length - 1;
        while (true) {
            var there = table[slot];
            if (there == null)
                break;
            if (there.hash == hash && Arrays.equals(there.key, 0, there.key.length, key, 0, length))
                return there;
            slot = slot + 1 & table.length - 1;
        }
        if (groups >= MOST_GROUPS)
            throw FocusFile.refuse("by", "cost.focus.import.groups", asked.source.words(), MOST_GROUPS, file.row());
        var group = new Group(Arrays.copyOf(key, length), hash, file.row());
        table[slot] = group;
        if (++groups * 2 > table.length) {
            var old = table;
            table = new Group[old.length * 2];
            for (var g : old)
                if (g != null) {
                    int at = (int) g.hash & table.length - 1;
                    while (table[at] != null)
                        at = at + 1 & table.length - 1;
                    table[at] = g;
                }
        }
        return group;
    }

    private static long hash(byte[] key, int length) {
        long hash = length * 0x9E3779B97F4A7C15L;
        int i = 0;
        for (; i + 8 <= length; i += 8)
            hash = Long.rotateLeft(hash ^ (long) LONGS.get(key, i), 29) * 0x9E3779B97F4A7C15L;
        for (; i < length; i++)
            hash = (hash ^ key[i]) * 0x100000001b3L;
        hash ^= hash >>> 32;
        hash *= 0xD6E8FEB86659FD93L;
        return hash ^ hash >>> 29;
    }

    private List<Line> lines() {
        var lines = new ArrayList<Line>();
        for (var group : table)
            if (group != null) {
                var parts = new String[6];
                Arrays.fill(parts, "");
                int part = -1;
                int from = 2;
                for (int i = 2; i <= group.key.length; i++)
                    if (i == group.key.length || group.key[i] == BETWEEN && part < 5) {
                        if (part >= 0)
                            parts[part] = words(group.key, from, i);
                        part++;
                        from = i + 1;
                    }
                lines.add(new Line(FocusTime.month((group.key[0] & 255) << 8 | group.key[1] & 255), parts[0], parts[1],
                        parts[2], parts[3], parts[4].strip().toUpperCase(Locale.ROOT),
                        parts[5].equalsIgnoreCase(parts[4]
                                .strip()) ? "" : parts[5],
                        group.sum.value(), group.rows, group.firstRow));
            }
        lines.sort(java.util.Comparator.comparing(Line::month).thenComparing(Line::source).thenComparing(Line::category)
                .thenComparing(Line::charge).thenComparing(Line::provider).thenComparing(Line::currency).thenComparing(
                        Line::pricing));
        return lines;
    }

    private static String words(byte[] key, int from, int to) {
        return new String(key, from, to - from, FocusFile.isUnicode(key, from, to)
                ? StandardCharsets.UTF_8
                : FocusFile.JAPANESE);
    }

    /// 札の値. The value of one tag, of JSON as the specification has it, or of `"a": "b","c": "d"` without braces as some bills have it. The texts seen last
    /// are remembered.
    private static final class Tags {
        private static final JsonFactory JSON = JsonFactory.builder().build();
        private static final byte[] NONE = new byte[0];
        private static final int REMEMBERED = 4096;
        private final String tag;
        private final byte[][] seen = new byte[REMEMBERED][];
        private final byte[][] values = new byte[REMEMBERED][];

        Tags(String tag) { this.tag = tag; }

        byte[] value(byte[] bytes, int from, int to) {
            int hash = 1;
            for (int i = from; i < to; i++)
                hash = hash * 31 + bytes[i];
            int slot = (hash ^ hash >>> 16) & REMEMBERED - 1;
            byte[] there = seen[slot];
            if (there != null && Arrays.equals(there, 0, there.length, bytes, from, to))
                return values[slot];
            byte[] text = Arrays.copyOfRange(bytes, from, to);
            byte[] value = read(new String(text, StandardCharsets.UTF_8));
            seen[slot] = text;
            values[slot] = value;
            return value;
        }

        private byte[] read(String text) {
            String json = text.startsWith("{") ? text : "{" + text + "}";
            try (var parser = JSON.createParser(ObjectReadContext.empty(), json)) {
                if (parser.nextToken() != JsonToken.START_OBJECT)
                    return NONE;
                for (var token = parser.nextToken(); token == JsonToken.PROPERTY_NAME; token = parser.nextToken()) {
                    boolean wanted = parser.currentName().equals(tag);
                    var value = parser.nextToken();
                    if (wanted)
                        return value == null || value.isStructStart() || value == JsonToken.VALUE_NULL
                                ? NONE
                                : parser.getString().getBytes(StandardCharsets.UTF_8);
                    parser.skipChildren();
                }
            } catch (JacksonException broken) {
                return NONE;
            }
            return NONE;
        }
    }
}
