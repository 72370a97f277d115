package jp.kiban.cost;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import jp.kiban.kernel.BadInput;
import org.apache.parquet.VersionParser;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.impl.ColumnReaderImpl;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/// Parquet の明細. Rows of a Parquet file, of the columns the specification knows: texts, exact numbers, moments, and maps of text as JSON. Each value
/// becomes the text a CSV file would hold, so that both are judged by the same rules. One page of each column is in memory at a time.
final class FocusParquet extends FocusFile {
    private static final int LARGEST_FOOTER = 32 * 1024 * 1024;
    private static final byte[] NOTHING = new byte[0];
    private static final byte[] UNMADE = new byte[0];
    static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /// One column of the file: a plain one has one leaf, a map two.
    private record Field(SchemaElement top, List<Leaf> leaves) {
        boolean flat() { return leaves.size() == 1 && leaves.getFirst().descriptor.getMaxRepetitionLevel() == 0; }

        boolean map() {
            return leaves.size() == 2 && leaves.stream().allMatch(l -> l.descriptor.getMaxRepetitionLevel() == 1)
                    && (top.isSetConverted_type() && (top.getConverted_type() == ConvertedType.MAP || top
                            .getConverted_type() == ConvertedType.MAP_KEY_VALUE) || logical(top).filter(
                                    LogicalType::isSetMAP).isPresent());
        }
    }

    private record Leaf(ColumnDescriptor descriptor, SchemaElement element, int index) {}

    private final FileChannel file;
    private final long size;
    private final FileMetaData meta;
    private final List<Field> fields = new ArrayList<>();
    private final VersionParser.@Nullable ParsedVersion writer;
    private int group = -1;
    private long leftInGroup;
    private long rows;
    private long position;
    private Set<FocusColumn> only = EnumSet.allOf(FocusColumn.class);
    private final FocusParquetChunk.Room room = new FocusParquetChunk.Room();
    private @Nullable Cells[] cells = new Cells[0];
    private int inStretch;
    private int stretch;

    FocusParquet(Path path, String name) {
        super(name);
        try {
            file = FileChannel.open(path, StandardOpenOption.READ);
        } catch (IOException unreadable) {
            throw refuse(name, "cost.focus.file.unreadable", name);
        }
        try {
            size = file.size();
            meta = footer();
            schema();
            writer = version(meta.getCreated_by());
            heads(fields.stream().map(f -> f.top.getName()).toList(), fields.stream().map(this::holds).toList());
            for (int c = 0; c < fields.size(); c++)
                if (holds(fields.get(c)) == Holds.INEXACT && heads().get(c).column().isPresent())
                    notes.add(FocusNotes.Kind.INEXACT, c, 1);
            bounded();
        } catch (IOException | RuntimeException broken) {
            close();
            throw told(broken);
        }
    }

    private BadInput told(Exception broken) {
        if (broken instanceof BadInput bad)
            return bad;
        if (broken instanceof FocusParquetChunk.Damaged damaged)
            return refuse(name, damaged.key(), values(damaged));
        return refuse(name, "cost.focus.parquet.damaged", name, rows + 1);
    }

    private Object[] values(FocusParquetChunk.Damaged damaged) {
        var values = new ArrayList<Object>(List.of(name, rows + 1));
        values.addAll(Arrays.asList(damaged.values));
        return values.toArray();
    }

    private FileMetaData footer() throws IOException {
        if (size < 12)
            throw refuse(name, "cost.focus.parquet.short", name);
        var tail = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        file.read(tail, size - 8);
        int length = tail.getInt(0);
        String magic = new String(tail.array(), 4, 4, StandardCharsets.ISO_8859_1);
        if (magic.equals("PARE"))
            throw refuse(name, "cost.focus.parquet.secret", name);
        if (!magic.equals("PAR1") || length <= 0 || length > size - 12)
            throw refuse(name, "cost.focus.parquet.short", name);
        if (length > LARGEST_FOOTER)
            throw refuse(name, "cost.focus.parquet.footer", name, length, LARGEST_FOOTER / 1024 / 1024);
        var bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && file.read(bytes, size - 8 - length + bytes.position()) > 0)
            continue;
        return Util.readFileMetaData(new ByteArrayInputStream(bytes.array()), length);
    }

    private void schema() {
        var elements = meta.getSchema();
        if (elements == null || elements.isEmpty())
            throw new FocusParquetChunk.Damaged("cost.focus.parquet.damaged");
        int at = 1;
        int leaf = 0;
        int children = elements.getFirst().getNum_children();
        for (int f = 0; f < children; f++) {
            if (fields.size() >= MOST_COLUMNS)
                throw refuse(name, "cost.focus.file.columns", name, children, MOST_COLUMNS);
            var leaves = new ArrayList<Leaf>();
            var top = element(elements, at);
            at = leaves(elements, at, new ArrayList<>(), 0, 0, leaves, leaf);
            leaf += leaves.size();
            fields.add(new Field(top, leaves));
        }
        if (fields.isEmpty())
            throw refuse(name, "cost.focus.file.empty", name);
    }

    private static SchemaElement element(List<SchemaElement> elements, int at) {
        if (at >= elements.size() || elements.get(at).getName() == null)
            throw new FocusParquetChunk.Damaged("cost.focus.parquet.damaged");
        return elements.get(at);
    }

    private static int leaves(List<SchemaElement> elements, int at, List<String> path, int repeats, int defines,
            List<Leaf> into, int leaf) {
        var element = element(elements, at);
        if (path.size() > 32)
            throw new FocusParquetChunk.Damaged("cost.focus.parquet.damaged");
        var here = new ArrayList<>(path);
        here.add(element.getName());
        var repetition = Objects.requireNonNullElse(element.getRepetition_type(), FieldRepetitionType.REQUIRED);
        int r = repeats + (repetition == FieldRepetitionType.REPEATED ? 1 : 0);
        int d = defines + (repetition == FieldRepetitionType.REQUIRED ? 0 : 1);
        if (!element.isSetNum_children() || element.getNum_children() == 0) {
            if (!element.isSetType())
                throw new FocusParquetChunk.Damaged("cost.focus.parquet.damaged");
            var type = new PrimitiveType(Type.Repetition.valueOf(repetition.name()),
                    PrimitiveType.PrimitiveTypeName.valueOf(type(element) == org.apache.parquet.format.Type.BYTE_ARRAY
                            ? "BINARY"
                            : type(element).name()),
                    element.getType_length(), element.getName());
            into.add(new Leaf(new ColumnDescriptor(here.toArray(new String[0]), type, r, d), element, leaf + into
                    .size()));
            return at + 1;
        }
        int next = at + 1;
        for (int c = 0; c < element.getNum_children(); c++)
            next = leaves(elements, next, here, r, d, into, leaf);
        return next;
    }

    /// Row counts that the file can hold; a claim of more is a lie that would keep us busy for days.
    private void bounded() {
        long sum = 0;
        for (var g : groups()) {
            if (g.getNum_rows() < 0 || g.getColumns() == null)
                throw new FocusParquetChunk.Damaged("cost.focus.parquet.damaged");
            sum += g.getNum_rows();
            if (sum < 0 || sum > 100_000 + size * 1000)
                throw refuse(name, "cost.focus.parquet.rows", name, sum);
        }
        if (sum != meta.getNum_rows())
            throw new FocusParquetChunk.Damaged("cost.focus.parquet.damaged");
    }

    private List<RowGroup> groups() { return meta.getRow_groups() == null ? List.of() : meta.getRow_groups(); }

    private Holds holds(Field field) {
        if (field.map())
            return Holds.KEYS;
        if (!field.flat())
            return Holds.UNSAID;
        var element = field.leaves.getFirst().element;
        if (decimal(element).isPresent())
            return Holds.NUMBER;
        return switch (type(element)) {
            case BOOLEAN -> Holds.TRUTH;
            case INT32 -> date(element) ? Holds.TIME : Holds.NUMBER;
            case INT64 -> instant(element) > 0 ? Holds.TIME : Holds.NUMBER;
            case INT96 -> Holds.TIME;
            case FLOAT, DOUBLE -> Holds.INEXACT;
            case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> Holds.TEXT;
        };
    }

    private static Optional<LogicalType> logical(SchemaElement element) {
        return Optional.ofNullable(element.getLogicalType());
    }

    private static org.apache.parquet.format.Type type(SchemaElement element) {
        var type = element.getType();
        if (type == null)
            throw new FocusParquetChunk.Damaged("cost.focus.parquet.damaged");
        return type;
    }

    private static Optional<Integer> decimal(SchemaElement element) {
        var logical = logical(element);
        if (logical.isPresent() && logical.get().isSetDECIMAL())
            return scale(logical.get().getDECIMAL().getScale());
        return element.isSetConverted_type() && element.getConverted_type() == ConvertedType.DECIMAL
                ? scale(element.getScale())
                : Optional.empty();
    }

    private static Optional<Integer> scale(int scale) {
        if (scale < 0 || scale > 100)
            throw new FocusParquetChunk.Damaged("cost.focus.parquet.damaged");
        return Optional.of(scale);
    }

    private static boolean date(SchemaElement element) {
        return element.isSetConverted_type() && element.getConverted_type() == ConvertedType.DATE || logical(
                element).filter(LogicalType::isSetDATE).isPresent();
    }

    /// How many of its units make a second; 0 when it is no moment.
    private static long instant(SchemaElement element) {
        var logical = logical(element);
        if (logical.isPresent() && logical.get().isSetTIMESTAMP()) {
            var unit = logical.get().getTIMESTAMP().getUnit();
            if (unit == null)
                throw new FocusParquetChunk.Damaged("cost.focus.parquet.damaged");
            return unit.isSetMILLIS() ? 1_000 : unit.isSetMICROS() ? 1_000_000 : 1_000_000_000;
        }
        if (!element.isSetConverted_type())
            return 0;
        return element.getConverted_type() == ConvertedType.TIMESTAMP_MILLIS
                ? 1_000
                : element.getConverted_type() == ConvertedType.TIMESTAMP_MICROS ? 1_000_000 : 0;
    }

    private static VersionParser.@Nullable ParsedVersion version(@Nullable String by) {
        if (by == null)
            return null;
        try {
            return VersionParser.parse(by);
        } catch (VersionParser.VersionParseException | RuntimeException unknown) {
            return null;
        }
    }

    @Override
    void only(Set<FocusColumn> wanted) { only = wanted; }

    @Override
    boolean next() {
        try {
            while (leftInGroup == 0)
                if (!nextGroup())
                    return false;
            if (++inStretch >= stretch)
                nextStretch();
            leftInGroup--;
            rows++;
            return true;
        } catch (IOException | RuntimeException broken) {
            throw told(broken);
        }
    }

    private void nextStretch() throws IOException {
        long count = Math.min(FocusParquetColumn.STRETCH, leftInGroup);
        for (var column : cells)
            if (column != null)
                count = Math.min(count, column.ready());
        for (var column : cells)
            if (column != null)
                column.fill((int) count);
        stretch = (int) count;
        inStretch = 0;
    }

    private boolean nextGroup() throws IOException {
        for (var done : cells)
            if (done != null)
                done.done();
        cells = new Cells[fields.size()];
        stretch = 0;
        inStretch = 0;
        if (++group >= groups().size()) {
            position = size;
            return false;
        }
        var here = groups().get(group);
        leftInGroup = here.getNum_rows();
        position = size * group / Math.max(1, groups().size());
        if (leftInGroup == 0)
            return true;
        for (int c = 0; c < fields.size(); c++) {
            var field = fields.get(c);
            if (heads().get(c).column().filter(only::contains).isEmpty())
                continue;
            if (field.flat())
                cells[c] = new Flat(here, field);
            else if (field.map())
                cells[c] = new Keyed(here, field);
        }
        return true;
    }

    /// One column through one group of rows, a stretch at a time; `i` is a row of the stretch.
    private abstract sealed class Cells permits Flat, Keyed {
        final List<FocusParquetChunk> chunks = new ArrayList<>();

        Cells(RowGroup group, Field field) throws IOException {
            var columns = Objects.requireNonNullElse(group.getColumns(), List.<ColumnChunk>of());
            for (var leaf : field.leaves) {
                if (leaf.index >= columns.size())
                    throw new FocusParquetChunk.Damaged("cost.focus.parquet.damaged");
                var column = columns.get(leaf.index).getMeta_data();
                if (column == null || column.getCodec() == null)
                    throw new FocusParquetChunk.Damaged(columns.get(leaf.index).isSetCrypto_metadata()
                            ? "cost.focus.parquet.secret"
                            : "cost.focus.parquet.codec", "?");
                if (column.getType() != leaf.element.getType() || field.flat() && column.getNum_values() != group
                        .getNum_rows() || column.getNum_values() < group.getNum_rows() || column.getNum_values() > group
                                .getNum_rows() + 1000L * size)
                    throw new FocusParquetChunk.Damaged("cost.focus.parquet.damaged");
                long start = column.isSetDictionary_page_offset() && column.getDictionary_page_offset() > 0
                        ? Math.min(column.getDictionary_page_offset(), column.getData_page_offset())
                        : column.getData_page_offset();
                chunks.add(new FocusParquetChunk(file, start, column.getTotal_compressed_size(), column.getCodec(),
                        leaf.descriptor, column.getNum_values(), room));
            }
        }

        abstract int ready() throws IOException;

        abstract void fill(int count);

        abstract byte[] bytes(int i);

        abstract int from(int i);

        abstract int to(int i);

        int id(int i) { return -1; }

        int ids() { return 0; }

        boolean number(int i, FocusNumber into) { return into.read(bytes(i), from(i), to(i)); }

        final void done() { chunks.forEach(FocusParquetChunk::done); }
    }

    /// A column with one value for each row. Texts stay where the page has them; other values become texts when somebody asks.
    private final class Flat extends Cells {
        private final FocusParquetColumn column;
        private final Value value;
        private final boolean asWritten;
        private byte[][] ofIds = new byte[0][];
        private int madeOf = -1;
        private byte[] made = NOTHING;

        Flat(RowGroup group, Field field) throws IOException {
            super(group, field);
            var leaf = field.leaves.getFirst();
            column = new FocusParquetColumn(chunks.getFirst(), leaf.descriptor, writer);
            value = new Value(leaf.element);
            asWritten = value.words && value.scale < 0 && type(leaf.element) != org.apache.parquet.format.Type.INT96
                    && value.unit == 0;
        }

        @Override
        int ready() throws IOException { return column.ready(); }

        @Override
        void fill(int count) {
            column.fill(count);
            madeOf = -1;
        }

        @Override
        int id(int i) { return column.id(i); }

        @Override
        int ids() { return column.ids(); }

        @Override
        byte[] bytes(int i) { return asWritten ? column.bytes(i) : made(i); }

        @Override
        int from(int i) { return asWritten ? column.from(i) : 0; }

        @Override
        int to(int i) { return asWritten ? column.absent(i) ? 0 : column.to(i) : made(i).length; }

        private byte[] made(int i) {
            if (madeOf == i)
                return made;
            madeOf = i;
            if (column.absent(i))
                return made = NOTHING;
            int id = column.id(i);
            if (id < 0)
                return made = value.text(column, i);
            if (ofIds.length == 0) {
                ofIds = new byte[column.ids()][];
                Arrays.fill(ofIds, UNMADE);
            }
            if (ofIds[id] == UNMADE)
                ofIds[id] = value.text(column, i);
            return made = ofIds[id];
        }

        @Override
        boolean number(int i, FocusNumber into) {
            if (column.absent(i))
                return false;
            int scale = value.whole ? 0 : value.scale;
            if (scale < 0 || scale > FocusNumber.MOST_PLACES)
                return super.number(i, into);
            byte[] b = column.bytes(i);
            int from = column.from(i);
            int length = column.to(i) - from;
            switch (type(value.element)) {
                case INT32 -> into.set((int) INTS.get(b, from), scale);
                case INT64 -> into.set((long) LONGS.get(b, from), scale);
                case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> {
                    if (length == 0 || length > 64)
                        return super.number(i, into);
                    // the greatest byte first; what is before the last eight must be sign alone
                    int at = from + Math.max(0, length - 8);
                    long sum = b[at];
                    for (int x = from; x < at; x++)
                        if (b[x] != (byte) (sum >> 63))
                            return super.number(i, into);
                    for (int x = at + 1; x < from + length; x++)
                        sum = sum << 8 | b[x] & 255;
                    into.set(sum, scale);
                }
                case BOOLEAN, INT96, FLOAT, DOUBLE -> {
                    return super.number(i, into);
                }
            }
            return true;
        }
    }

    /// A map of texts, as JSON; the library's readers know how its levels fit together.
    private final class Keyed extends Cells {
        private final List<ColumnReaderImpl> readers = new ArrayList<>();
        private final List<Value> values = new ArrayList<>();
        private final int most;
        private final byte[][] made = new byte[FocusParquetColumn.STRETCH][];

        Keyed(RowGroup group, Field field) throws IOException {
            super(group, field);
            most = field.leaves.getFirst().descriptor.getMaxDefinitionLevel();
            for (var leaf : field.leaves) {
                var value = new Value(leaf.element);
                readers.add(new ColumnReaderImpl(leaf.descriptor, chunks.get(values.size()), value, Objects
                        .requireNonNullElseGet(writer, () -> new VersionParser.ParsedVersion("unknown", null, null))));
                values.add(value);
            }
        }

        @Override
        int ready() { return 64; }

        @Override
        void fill(int count) {
            for (int i = 0; i < count; i++)
                made[i] = entries(readers.getFirst(), readers.get(1));
        }

        @Override
        byte[] bytes(int i) { return made[i]; }

        @Override
        int from(int i) { return 0; }

        @Override
        int to(int i) { return made[i].length; }

        private byte[] entries(ColumnReaderImpl keys, ColumnReaderImpl held) {
            int level = keys.getCurrentDefinitionLevel();
            if (level < most) {
                keys.consume();
                held.consume();
                return level == most - 1 ? "{}".getBytes(StandardCharsets.UTF_8) : NOTHING;
            }
            var json = new StringBuilder("{");
            do {
                if (json.length() > FocusCsv.LONGEST_ROW)
                    throw new FocusParquetChunk.Damaged("cost.focus.parquet.damaged");
                keys.writeCurrentValueToConverter();
                json.append(json.length() > 1 ? ", " : "").append(quoted(values.get(0).text)).append(": ");
                if (held.getCurrentDefinitionLevel() == held.getDescriptor().getMaxDefinitionLevel()) {
                    held.writeCurrentValueToConverter();
                    json.append(values.get(1).words
                            ? quoted(values.get(1).text)
                            : new String(values.get(1).text,
                                    StandardCharsets.UTF_8));
                } else
                    json.append("null");
                keys.consume();
                held.consume();
            } while (keys.getCurrentRepetitionLevel() > 0);
            return json.append("}").toString().getBytes(StandardCharsets.UTF_8);
        }

        private String quoted(byte[] text) {
            return tools.jackson.databind.json.JsonMapper.shared().writeValueAsString(new String(text,
                    StandardCharsets.UTF_8));
        }
    }

    /// Values as texts; those of a dictionary are made once.
    private static final class Value extends PrimitiveConverter {
        private final SchemaElement element;
        private final int scale;
        private final long unit;
        private final boolean words;
        private final boolean whole;
        private byte[] text = NOTHING;
        private byte @Nullable [] @Nullable [] known = new byte[0][];
        private @Nullable Dictionary dictionary;

        Value(SchemaElement element) {
            this.element = element;
            scale = decimal(element).orElse(-1);
            unit = instant(element);
            words = scale < 0 && switch (type(element)) {
                case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY, INT96 -> true;
                case BOOLEAN, INT32, INT64, FLOAT, DOUBLE -> unit > 0;
            };
            whole = scale < 0 && (type(element) == org.apache.parquet.format.Type.INT32 && !date(element)
                    || type(element) == org.apache.parquet.format.Type.INT64 && unit == 0);
        }

        /// Of a value as it lies in the file.
        byte[] text(FocusParquetColumn column, int i) {
            byte[] b = column.bytes(i);
            int from = column.from(i);
            switch (type(element)) {
                case BOOLEAN -> addBoolean(column.truth(i));
                case INT32 -> addInt((int) INTS.get(b, from));
                case INT64 -> addLong((long) LONGS.get(b, from));
                case FLOAT -> addFloat(Float.intBitsToFloat((int) INTS.get(b, from)));
                case DOUBLE -> addDouble(Double.longBitsToDouble((long) LONGS.get(b, from)));
                case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY, INT96 -> addBinary(Binary.fromConstantByteArray(b, from, column
                        .to(i) - from));
            }
            return text;
        }

        @Override
        public boolean hasDictionarySupport() { return true; }

        @Override
        public void setDictionary(Dictionary given) {
            dictionary = given;
            known = new byte[given.getMaxId() + 1][];
        }

        @Override
        public void addValueFromDictionary(int id) {
            var all = known;
            byte[] there = all == null ? null : all[id];
            if (there == null) {
                var given = Objects.requireNonNull(dictionary);
                switch (type(element)) {
                    case INT32 -> addInt(given.decodeToInt(id));
                    case INT64 -> addLong(given.decodeToLong(id));
                    case FLOAT -> addFloat(given.decodeToFloat(id));
                    case DOUBLE -> addDouble(given.decodeToDouble(id));
                    case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY, INT96 -> addBinary(given.decodeToBinary(id));
                    case BOOLEAN -> throw new FocusParquetChunk.Damaged("cost.focus.parquet.damaged");
                }
                if (all != null)
                    all[id] = text;
            } else
                text = there;
        }

        @Override
        public void addBinary(Binary value) {
            byte[] bytes = value.getBytes();
            if (scale >= 0) {
                if (bytes.length > 64)
                    throw new FocusParquetChunk.Damaged("cost.focus.parquet.damaged");
                number(bytes.length == 0 ? BigDecimal.ZERO : new BigDecimal(new BigInteger(bytes), scale));
            } else if (element.getType() == org.apache.parquet.format.Type.INT96) {
                if (bytes.length != 12)
                    throw new FocusParquetChunk.Damaged("cost.focus.parquet.damaged");
                var b = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
                long nanos = b.getLong(0);
                long day = b.getInt(8) - 2_440_588L;
                moment(Instant.ofEpochSecond(day * 86_400, nanos));
            } else
                text = bytes;
        }

        @Override
        public void addBoolean(boolean value) { plain(Boolean.toString(value)); }

        @Override
        public void addDouble(double value) {
            if (Double.isFinite(value))
                number(new BigDecimal(Double.toString(value)));
            else
                plain(Double.toString(value));
        }

        @Override
        public void addFloat(float value) {
            if (Float.isFinite(value))
                number(new BigDecimal(Float.toString(value)));
            else
                plain(Float.toString(value));
        }

        @Override
        public void addInt(int value) {
            if (date(element))
                plain(LocalDate.ofEpochDay(value).toString());
            else
                addLong(value);
        }

        @Override
        public void addLong(long value) {
            if (scale >= 0)
                number(BigDecimal.valueOf(value, scale));
            else if (unit > 0)
                moment(Instant.ofEpochSecond(Math.floorDiv(value, unit), Math.floorMod(value, unit) * (1_000_000_000
                        / unit)));
            else
                plain(Long.toString(value));
        }

        private void moment(Instant at) {
            plain(at.getNano() == 0
                    ? DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", java.util.Locale.ROOT).format(at.atOffset(
                            ZoneOffset.UTC))
                    : at.toString());
        }

        private void number(BigDecimal value) {
            var plain = value.signum() == 0 ? BigDecimal.ZERO : value;
            if (plain.scale() < 0 || plain.scale() > 40)
                plain = plain.stripTrailingZeros();
            plain(Math.abs(plain.scale()) > 60 ? plain.toString() : plain.toPlainString());
        }

        private void plain(String words) { text = words.getBytes(StandardCharsets.UTF_8); }
    }

    @Override
    long row() { return rows; }

    @Override
    byte[] bytes(int column) {
        var there = cells[column];
        return there == null ? NOTHING : there.bytes(inStretch);
    }

    @Override
    int from(int column) {
        var there = cells[column];
        return there == null ? 0 : there.from(inStretch);
    }

    @Override
    int to(int column) {
        var there = cells[column];
        return there == null ? 0 : there.to(inStretch);
    }

    @Override
    int group() { return group; }

    @Override
    int id(int column) {
        var there = cells[column];
        return there == null ? 0 : there.id(inStretch);
    }

    @Override
    int ids(int column) {
        var there = cells[column];
        return there == null ? 1 : there.ids();
    }

    @Override
    boolean number(int column, FocusNumber into) {
        var there = cells[column];
        return there != null && there.number(inStretch, into);
    }

    @Override
    long position() { return position; }

    @Override
    long size() { return size; }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
