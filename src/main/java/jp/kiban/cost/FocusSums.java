package jp.kiban.cost;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import org.jspecify.annotations.Nullable;
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
    private static final int FIRST_MONTH = 1951 * 12;
    private static final int LAST_MONTH = 2200 * 12 + 11;
    private static final List<String> MARKS = List.of("x_Baseline", "x_CostKind", "x_Confidence");
    private static final byte BETWEEN = 0x1F;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /// 出どころ. By what costs are told apart before they are given to systems: a column, or the value of a tag.
    record Source(FocusColumn column, String tag) {
        private static final List<FocusColumn> COLUMNS = List.of(FocusColumn.SUB_ACCOUNT_ID,
                FocusColumn.SUB_ACCOUNT_NAME,
                FocusColumn.BILLING_ACCOUNT_ID, FocusColumn.SERVICE_NAME, FocusColumn.RESOURCE_ID,
                FocusColumn.REGION_ID, FocusColumn.ALLOCATED_RESOURCE_ID, FocusColumn.ALLOCATED_RESOURCE_NAME);
        private static final String ALLOCATED = "allocated:";

        /// `SubAccountId`, `tag:system`, or `allocated:system` for what an allocation wrote beside the tags.
        static Optional<Source> of(String words) {
            if (words.startsWith(ALLOCATED) && words.length() > ALLOCATED.length() && words.length() <= 200)
                return Optional.of(new Source(FocusColumn.ALLOCATED_TAGS, words.substring(ALLOCATED.length())));
            if (words.startsWith("tag:") && words.length() > 4 && words.length() <= 200)
                return Optional.of(new Source(FocusColumn.TAGS, words.substring(4)));
            return FocusColumn.loosely(words).filter(COLUMNS::contains).map(c -> new Source(c, ""));
        }

        static List<String> choices() { return COLUMNS.stream().map(FocusColumn::id).toList(); }

        String words() {
            return tag.isEmpty() ? column.id() : (column == FocusColumn.ALLOCATED_TAGS ? ALLOCATED : "tag:") + tag;
        }
    }

    /// @param measure BilledCost, or EffectiveCost
    /// @param byCharge months by when it was used, not by the billing period
    record Asked(Source source, FocusColumn measure, boolean byCharge, boolean dayFirst) {}

    /// @param pricing the currency it was priced in, when that is another
    /// @param firstRow where the first of its rows stands
    /// @param marks what a ledger of this platform said of the figure, where the file came out of one: baseline, kind and confidence
    record Line(YearMonth month, String source, String category, String charge, String provider, String currency,
            String pricing, String marks, BigDecimal sum, long rows, long firstRow) {}

    /// 注記. How often something unusual stands in a column (by its heading, empty for the whole file), and where first.
    record Noted(FocusNotes.Kind kind, String column, long count, long firstRow) {}

    /// @param faulty rows that could not be added; then nothing of the file may be taken
    /// @param notes what the file does that it should not, and that was read nevertheless
    record Added(List<Line> lines, long rows, long faulty, List<Finding> faults, List<Noted> notes, boolean ended) {
        Added(List<Line> lines, long rows, long faulty) { this(lines, rows, faulty, List.of(), List.of(), false); }

        BigDecimal sum(String currency) {
            return lines.stream().filter(l -> l.currency().equals(currency)).map(Line::sum).reduce(BigDecimal.ZERO,
                    BigDecimal::add);
        }

        List<String> currencies() { return lines.stream().map(Line::currency).distinct().sorted().toList(); }
    }

    private static final class Group extends FocusNumber.Sum {
        private final byte[] key;
        private final long hash;
        private final long firstRow;
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
    private final int marks;
    private final int measure;
    private final int start;
    private final int otherStart;
    private final Tags tags;
    private final FocusNumber number = new FocusNumber();
    private Group[] table = new Group[1024];
    private int groups;
    private byte[] key = new byte[1024];
    private final Known known = new Known();
    private final List<Finding> faults = new ArrayList<>();
    private long faulty;
    private final long[] loose = new long[4];

    private FocusSums(FocusFile file, Asked asked) {
        this.file = file;
        this.asked = asked;
        var own = marked(file) ? MARKS.stream().map(m -> place(file, m)).toList() : List.<Integer>of();
        columns = Stream.concat(Stream.of(asked.source.column(), FocusColumn.SERVICE_CATEGORY,
                FocusColumn.CHARGE_CATEGORY, FocusColumn.PROVIDER_NAME, FocusColumn.BILLING_CURRENCY,
                FocusColumn.PRICING_CURRENCY).map(file::place), own.stream()).mapToInt(c -> c).toArray();
        marks = own.isEmpty() ? -1 : own.getFirst();
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
        if (!marked(file)) // the columns of a ledger's own are none of the specification: then all are read
            file.only(Set.of(asked.measure, asked.source.column(), FocusColumn.BILLING_PERIOD_START,
                    FocusColumn.CHARGE_PERIOD_START, FocusColumn.SERVICE_CATEGORY, FocusColumn.CHARGE_CATEGORY,
                    FocusColumn.PROVIDER_NAME, FocusColumn.BILLING_CURRENCY, FocusColumn.PRICING_CURRENCY));
        return new FocusSums(file, asked).add(watch);
    }

    /// The file came out of a ledger of this platform, which says what each figure is a figure of.
    static boolean marked(FocusFile file) { return MARKS.stream().allMatch(m -> place(file, m) >= 0); }

    private static int place(FocusFile file, String heading) {
        var heads = file.heads();
        for (int c = 0; c < heads.size(); c++)
            if (heads.get(c).seen().equals(heading))
                return c;
        return -1;
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
                fault(note.firstRow(), head(note.column()), "cost.focus.import.shift",
                        CostWords.text("cost.focus.note." + note.kind().name()
                                .toLowerCase(Locale.ROOT)),
                        note.count());
            }
        var lines = lines();
        return new Added(lines, rows, faulty, List.copyOf(faults), noted(), ended);
    }

    /// So many numbers (0) or moments (2) are written otherwise than the specification asks.
    private void loosely(int what) {
        if (loose[what]++ == 0)
            loose[what + 1] = file.row();
    }

    private List<Noted> noted() {
        var notes = new ArrayList<Noted>();
        for (var note : file.notes().all())
            notes.add(new Noted(note.kind(), head(note.column()), note.count(), note.firstRow()));
        if (loose[0] > 0)
            notes.add(new Noted(FocusNotes.Kind.LOOSE_NUMBER, head(measure), loose[0], loose[1]));
        if (loose[2] > 0)
            notes.add(new Noted(FocusNotes.Kind.LOOSE_TIME, head(start >= 0 ? start : otherStart), loose[2], loose[3]));
        return notes;
    }

    private String head(int column) {
        return column < 0 || column >= file.heads().size() ? "" : file.heads().get(column).seen();
    }

    private void row() {
        if (!file.number(measure, number)) {
            faulty(asked.measure, measure);
            return;
        }
        if (!number.strict())
            loosely(0);
        long numbers = known.numbers();
        var there = known.find(numbers);
        if (there != null) {
            there.add(number);
            there.rows++;
            return;
        }
        int at = month();
        if (at < 0 || marks >= 0 && !understood())
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
        group.add(number);
        group.rows++;
        known.keep(numbers, group);
    }

    /// 番号の組. Which group a row falls into is known by the numbers of its values, where a file numbers them: a text is then looked at once for each
    /// group of rows, and a month worked out once. Holds no more texts than there are groups.
    private final class Known {
        private static final int NOTHING = 1;
        private static final int LOOK = -1;
        private static final int MOST = 1 << 18;
        private static final int MOST_BITS = 62;
        /// The six columns of the key, and the two that tell the month.
        private final int[] of = new int[8];
        private final int[] bits = new int[8];
        private final int[][] ours = new int[8][0];
        private final List<Map<String, Integer>> texts = new ArrayList<>();
        private int group = -1;
        private boolean numbered = true;
        private long[] numbers = new long[1024];
        private Group[] groups = new Group[1024];
        private int count;

        Known() {
            Arrays.fill(bits, 3);
            for (int i = 0; i < of.length; i++)
                texts.add(new HashMap<>());
        }

        /// One number for all that decides about the group; -1 when there is none.
        long numbers() {
            if (!numbered || marks >= 0)
                return -1;
            if (file.group() != group)
                begin();
            long sum = 0;
            for (int i = 0; i < of.length; i++) {
                int c = of[i];
                int own = NOTHING;
                if (c >= 0) {
                    int id = file.id(c);
                    if (id < 0)
                        return -1;
                    own = ours[i][id];
                    if (own == 0) {
                        own = learn(i, c);
                        ours[i][id] = own;
                        if (own >> bits[i] > 0)
                            return wider(i);
                    }
                    if (own == LOOK)
                        return -1;
                }
                sum = sum << bits[i] | own;
                if (i == 6 && own != NOTHING)
                    return sum << bits[7];
            }
            return sum;
        }

        private void begin() {
            group = file.group();
            System.arraycopy(columns, 0, of, 0, columns.length);
            of[6] = start;
            of[7] = otherStart;
            for (int i = 0; i < of.length; i++)
                if (of[i] >= 0)
                    ours[i] = new int[Math.max(1, file.ids(of[i]))];
        }

        /// `LOOK` for what must be looked at in each row, because it is counted or refused.
        private int learn(int i, int c) {
            if (file.from(c) >= file.to(c))
                return NOTHING;
            if (file.absent(c))
                return LOOK;
            String text;
            if (i < 6)
                text = new String(file.bytes(c), file.from(c), file.to(c) - file.from(c), StandardCharsets.ISO_8859_1);
            else {
                int month = FocusTime.month(file.bytes(c), file.from(c), file.to(c), asked.dayFirst);
                boolean strict = file.to(c) - file.from(c) == 20 && file.bytes(c)[file.from(c) + 10] == 'T'
                        && file.bytes(
                                c)[file.to(c) - 1] == 'Z';
                if (!strict || month < FIRST_MONTH || month > LAST_MONTH)
                    return LOOK;
                text = Integer.toString(month);
            }
            var seen = texts.get(i);
            if (seen.size() > MOST_GROUPS)
                return LOOK;
            return seen.computeIfAbsent(text, t -> seen.size() + NOTHING + 1);
        }

        private long wider(int i) {
            bits[i]++;
            numbered = Arrays.stream(bits).sum() <= MOST_BITS;
            Arrays.fill(groups, null);
            count = 0;
            return numbers();
        }

        private int slot(long key) {
            long hash = key * 0x9E3779B97F4A7C15L;
            int slot = (int) (hash >>> 40) & groups.length - 1;
            while (groups[slot] != null && numbers[slot] != key)
                slot = slot + 1 & groups.length - 1;
            return slot;
        }

        @Nullable
        Group find(long key) { return key < 0 ? null : groups[slot(key)]; }

        void keep(long key, Group there) {
            if (key < 0 || count >= MOST)
                return;
            if (++count * 2 > groups.length) {
                long[] keys = numbers;
                var old = groups;
                numbers = new long[old.length * 2];
                groups = new Group[old.length * 2];
                for (int i = 0; i < old.length; i++)
                    if (old[i] != null) {
                        int slot = slot(keys[i]);
                        numbers[slot] = keys[i];
                        groups[slot] = old[i];
                    }
            }
            int slot = slot(key);
            numbers[slot] = key;
            groups[slot] = there;
        }
    }

    /// Figures of different baselines are never added up, so a baseline that is not known is a fault of its row.
    private boolean understood() {
        var seen = IntStream.range(columns.length - MARKS.size(), columns.length).mapToObj(i -> file.seen(columns[i]))
                .toList();
        var faulty = Baseline.of(seen.get(0)).isEmpty()
                ? 0
                : CostKind.of(seen.get(1)).isEmpty() ? 1 : Confidence.of(seen.get(2)).isEmpty() ? 2 : -1;
        if (faulty < 0)
            return true;
        this.faulty++;
        if (faults.size() < MOST_FAULTS)
            fault(file.row(), MARKS.get(faulty), "cost.focus.import.mark", MARKS.get(faulty), shown(seen.get(faulty)));
        return false;
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
        if (month >= 0 && !(file.to(c) - file.from(c) == 20 && file.bytes(c)[file.from(c) + 10] == 'T' && file.bytes(
                c)[file.to(c) - 1] == 'Z'))
            loosely(2);
        boolean known = month >= FIRST_MONTH && month <= LAST_MONTH;
        if (!known)
            faulty(start >= 0 && !asked.byCharge ? FocusColumn.BILLING_PERIOD_START : FocusColumn.CHARGE_PERIOD_START,
                    c);
        return known ? month : -1;
    }

    private void faulty(FocusColumn column, int c) {
        faulty++;
        if (faults.size() < MOST_FAULTS)
            fault(file.row(), column.id(), c < 0 || file.absent(c)
                    ? "cost.focus.import.empty"
                    : column.kind() == FocusColumn.Kind.TIME ? "cost.focus.import.time" : "cost.focus.import.number",
                    column
                            .id(),
                    c < 0 ? "" : shown(file.seen(c)));
    }

    private static String shown(String seen) { return seen.length() > 60 ? seen.substring(0, 60) + "…" : seen; }

    /// Where: the row, and the column where there is one.
    private void fault(long row, String column, String key, Object... values) {
        faults.add(CostWords.finding((row + " " + column).strip(), key, Stream.concat(Stream.of(row + ""), Arrays
                .stream(values)).toArray()));
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
                var parts = new String[6 + MARKS.size()];
                Arrays.fill(parts, "");
                int part = -1;
                int from = 2;
                for (int i = 2; i <= group.key.length; i++)
                    if (i == group.key.length || group.key[i] == BETWEEN && part < columns.length - 1) {
                        if (part >= 0)
                            parts[part] = words(group, part, from, i);
                        part++;
                        from = i + 1;
                    }
                lines.add(new Line(FocusTime.month((group.key[0] & 255) << 8 | group.key[1] & 255), parts[0], parts[1],
                        parts[2], parts[3], parts[4].strip().toUpperCase(Locale.ROOT),
                        parts[5].equalsIgnoreCase(parts[4]
                                .strip()) ? "" : parts[5],
                        marks < 0 ? "" : String.join(" ", parts[6], parts[7], parts[8]), group.value(), group.rows,
                        group.firstRow));
            }
        lines.sort(java.util.Comparator.comparing(Line::month).thenComparing(Line::source).thenComparing(Line::category)
                .thenComparing(Line::charge).thenComparing(Line::provider).thenComparing(Line::currency).thenComparing(
                        Line::pricing)
                .thenComparing(Line::marks));
        return lines;
    }

    /// Text that is neither Unicode nor Windows-31J is a fault of its rows: nothing is taken under a name that nobody can read.
    private String words(Group group, int part, int from, int to) {
        byte[] key = group.key;
        if (FocusFile.isUnicode(key, from, to))
            return new String(key, from, to - from, StandardCharsets.UTF_8);
        try {
            return FocusFile.JAPANESE.newDecoder().decode(ByteBuffer.wrap(key, from, to - from)).toString();
        } catch (CharacterCodingException neither) {
            faulty += group.rows;
            if (faults.size() < MOST_FAULTS)
                fault(group.firstRow, head(columns[part]), "cost.focus.import.letters", head(columns[part]));
            return new String(key, from, to - from, FocusFile.JAPANESE);
        }
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
