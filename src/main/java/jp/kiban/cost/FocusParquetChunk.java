package jp.kiban.cost;

import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.jspecify.annotations.Nullable;

/// Parquet の列の一区間. The pages of one column in one group of rows, fetched one at a time. What a page says of its own sizes is
/// held against what is there before anything is set aside for it: lengths, counts, runs, dictionaries, delta blocks. A page that lies is `Damaged`.
final class FocusParquetChunk implements PageReader {
    static final int LARGEST_PAGE = 64 * 1024 * 1024;
    private static final int LARGEST_HEADER = 1024 * 1024;
    /// Nobody asks a page for its statistics here.
    private static final @Nullable Statistics<?> NONE = null;

    /// What all columns hold unpacked at once may not pass a bound; and what they share.
    static final class Room {
        static final long MOST = 384L * 1024 * 1024;
        private long held;
        /// As it stands in the file, one page of one column at a time.
        private byte[] packed = new byte[0];
        private final ZstdDecompressor zstd = new ZstdDecompressor();
        private final SnappyDecompressor snappy = new SnappyDecompressor();
        private final Lz4Decompressor lz4 = new Lz4Decompressor();

        void take(long more, long back) {
            held += more - back;
            if (held > MOST)
                throw new Damaged("cost.focus.parquet.burst", MOST / 1024 / 1024);
        }
    }

    /// この先は読めない. The file is not what it says; the words are for the reader of the file.
    static final class Damaged extends RuntimeException {
        final transient Object[] values;

        Damaged(String key, Object... values) {
            super(key);
            this.values = values;
        }

        String key() { return String.valueOf(getMessage()); }
    }

    private final FileChannel file;
    private final long end;
    private final CompressionCodec codec;
    private final ColumnDescriptor column;
    private final long values;
    private final Room room;
    private long position;
    private long held;
    private long dictionaryHeld;
    private long given;
    private boolean dictionaryRead;
    private byte[] unpacked = new byte[0];
    private byte[] repeats = new byte[0];
    private int repeatsFrom;
    private int repeatsTo;
    private @Nullable PageHeader next;

    FocusParquetChunk(FileChannel file, long start, long length, CompressionCodec codec, ColumnDescriptor column,
            long values, Room room) throws IOException {
        if (start < 4 || length <= 0 || start + length > file.size() || start + length < start)
            throw new Damaged("cost.focus.parquet.damaged");
        this.file = file;
        position = start;
        end = start + length;
        this.codec = codec;
        this.column = column;
        this.values = values;
        this.room = room;
    }

    @Override
    public long getTotalValueCount() { return values; }

    /// 一ページ. Values as they were packed, with the levels that tell which rows have one.
    ///
    /// @param levels what holds the definition levels; no longer true after the next page
    record Page(int count, byte[] levels, int levelsFrom, int levelsTo, byte[] bytes, int from, int to,
            Encoding encoding) {}

    /// 辞書. Values that pages refer to by number, one after another.
    record Words(byte[] bytes, int count) {}

    Optional<Words> dictionary() throws IOException {
        if (dictionaryRead)
            return Optional.empty();
        dictionaryRead = true;
        var header = header();
        if (header == null || header.getType() != PageType.DICTIONARY_PAGE)
            return Optional.empty();
        next = null;
        var page = header.getDictionary_page_header();
        int length = header.getUncompressed_page_size();
        byte[] bytes = new byte[length];
        fetch(header.getCompressed_page_size());
        unpack(0, header.getCompressed_page_size(), bytes, length);
        long smallest = switch (column.getType()) {
            case INT32, FLOAT, BINARY -> 4;
            case INT64, DOUBLE -> 8;
            case INT96 -> 12;
            case FIXED_LEN_BYTE_ARRAY -> Math.max(1, column.getTypeLength());
            case BOOLEAN -> throw new Damaged("cost.focus.parquet.damaged");
        };
        if (page == null || page.getNum_values() < 0 || page.getNum_values() * smallest > length)
            throw new Damaged("cost.focus.parquet.damaged");
        // held a second time, as values
        dictionaryHeld = length * 2L + page.getNum_values() * 64L;
        room.take(dictionaryHeld, 0);
        return Optional.of(new Words(bytes, page.getNum_values()));
    }

    @Override
    public @Nullable DictionaryPage readDictionaryPage() {
        try {
            return dictionary().map(d -> new DictionaryPage(BytesInput.from(d.bytes()), d.count(), Encoding.PLAIN))
                    .orElse(null);
        } catch (IOException broken) {
            throw new Damaged("cost.focus.parquet.damaged");
        }
    }

    @Override
    public @Nullable DataPage readPage() {
        try {
            var page = next().orElse(null);
            if (page == null)
                return null;
            // a page of its own: the library's readers may hold on to it
            return DataPageV2.uncompressed(page.count(), 0, page.count(), BytesInput.from(Arrays.copyOfRange(
                    repeats, repeatsFrom, repeatsTo)),
                    BytesInput.from(Arrays.copyOfRange(page.levels(), page.levelsFrom(),
                            page.levelsTo())),
                    page.encoding(), BytesInput.from(Arrays.copyOfRange(page.bytes(), page
                            .from(), page.to())),
                    NONE);
        } catch (IOException broken) {
            throw new Damaged("cost.focus.parquet.damaged");
        }
    }

    /// The next page of values; it lies in room that the page after it uses again.
    Optional<Page> next() throws IOException {
        while (true) {
            var header = header();
            if (header == null)
                return Optional.empty();
            next = null;
            switch (java.util.Objects.requireNonNull(header.getType())) {
                case DATA_PAGE -> {
                    return Optional.of(first(header));
                }
                case DATA_PAGE_V2 -> {
                    return Optional.of(second(header));
                }
                case DICTIONARY_PAGE, INDEX_PAGE -> position += header.getCompressed_page_size();
            }
        }
    }

    /// Gives back what it held.
    void done() {
        room.take(0, held + dictionaryHeld);
        held = 0;
        dictionaryHeld = 0;
    }

    private void hold(long bytes) {
        room.take(bytes, held);
        held = bytes;
    }

    private Page first(PageHeader header) throws IOException {
        var page = header.getData_page_header();
        if (page == null)
            throw new Damaged("cost.focus.parquet.damaged");
        int count = count(page.getNum_values());
        int length = header.getUncompressed_page_size();
        hold(length);
        fetch(header.getCompressed_page_size());
        byte[] bytes = unpacked(0, header.getCompressed_page_size(), length);
        var levels = encoding(page.getDefinition_level_encoding());
        var repeated = encoding(page.getRepetition_level_encoding());
        int at = 0;
        repeats = bytes;
        repeatsFrom = 0;
        repeatsTo = 0;
        if (column.getMaxRepetitionLevel() > 0) {
            repeatsFrom = 4;
            at = levels(bytes, at, length, repeated, column.getMaxRepetitionLevel(), count);
            repeatsTo = at;
        }
        int levelsFrom = at;
        if (column.getMaxDefinitionLevel() > 0) {
            levelsFrom = at + 4;
            at = levels(bytes, at, length, levels, column.getMaxDefinitionLevel(), count);
        }
        var encoding = encoding(page.getEncoding());
        guard(encoding, bytes, at, length, count);
        return new Page(count, bytes, Math.min(levelsFrom, at), at, bytes, at, length, encoding);
    }

    private Page second(PageHeader header) throws IOException {
        var page = header.getData_page_header_v2();
        if (page == null)
            throw new Damaged("cost.focus.parquet.damaged");
        int count = count(page.getNum_values());
        int repeated = page.getRepetition_levels_byte_length();
        int levels = page.getDefinition_levels_byte_length();
        int packed = header.getCompressed_page_size();
        hold(header.getUncompressed_page_size());
        if (repeated < 0 || levels < 0 || (long) repeated + levels > packed || (long) repeated + levels > header
                .getUncompressed_page_size() || page.getNum_nulls() < 0 || page.getNum_nulls() > count)
            throw new Damaged("cost.focus.parquet.damaged");
        fetch(packed);
        int before = repeated + levels;
        // the levels outlive the packed bytes, whose room all columns share
        repeats = Arrays.copyOf(room.packed, before);
        repeatsFrom = 0;
        repeatsTo = repeated;
        int length = header.getUncompressed_page_size() - before;
        byte[] data;
        if (packed == before || page.isSetIs_compressed() && !page.isIs_compressed()) {
            length = packed - before;
            data = sized(length);
            System.arraycopy(room.packed, before, data, 0, length);
        } else
            data = unpacked(before, packed - before, length);
        if (column.getMaxRepetitionLevel() > 0)
            runs(repeats, 0, repeated, width(column.getMaxRepetitionLevel()), count);
        if (column.getMaxDefinitionLevel() > 0)
            runs(repeats, repeated, before, width(column.getMaxDefinitionLevel()), count);
        var encoding = encoding(page.getEncoding());
        guard(encoding, data, 0, length, count);
        return new Page(count, repeats, repeated, before, data, 0, length, encoding);
    }

    private int count(int said) {
        given += said;
        if (said < 0 || given > values)
            throw new Damaged("cost.focus.parquet.damaged");
        return said;
    }

    private static Encoding encoding(org.apache.parquet.format.@Nullable Encoding said) {
        if (said == null)
            throw new Damaged("cost.focus.parquet.damaged");
        try {
            return Encoding.valueOf(said.name());
        } catch (IllegalArgumentException unknown) {
            throw new Damaged("cost.focus.parquet.encoding", said.name());
        }
    }

    private @Nullable PageHeader header() throws IOException {
        if (next != null)
            return next;
        if (position >= end)
            return null;
        var in = new Window(file, position, Math.min(end, position + LARGEST_HEADER));
        PageHeader header;
        try {
            header = Util.readPageHeader(in);
        } catch (RuntimeException broken) {
            throw new Damaged("cost.focus.parquet.damaged");
        }
        position = in.at();
        if (header.getType() == null || header.getCompressed_page_size() < 0 || header.getUncompressed_page_size() < 0
                || header.getCompressed_page_size() > end - position)
            throw new Damaged("cost.focus.parquet.damaged");
        if (header.getUncompressed_page_size() > LARGEST_PAGE || header.getCompressed_page_size() > LARGEST_PAGE)
            throw new Damaged("cost.focus.parquet.page", Math.max(header.getUncompressed_page_size(), header
                    .getCompressed_page_size()), LARGEST_PAGE / 1024 / 1024);
        next = header;
        return header;
    }

    /// Into the room that all columns share.
    private void fetch(int length) throws IOException {
        if (room.packed.length < length)
            room.packed = new byte[Math.max(length, Math.min(LARGEST_PAGE, length + length / 4))];
        var bytes = ByteBuffer.wrap(room.packed, 0, length);
        while (bytes.hasRemaining()) {
            int got = file.read(bytes, position + bytes.position());
            if (got < 0)
                throw new EOFException();
        }
        position += length;
    }

    private byte[] sized(int length) {
        if (unpacked.length < length)
            unpacked = new byte[Math.max(length, Math.min(LARGEST_PAGE, length + length / 4))];
        return unpacked;
    }

    private byte[] unpacked(int from, int packed, int length) throws IOException {
        if (length < 0 || length > LARGEST_PAGE)
            throw new Damaged("cost.focus.parquet.damaged");
        byte[] to = sized(length);
        unpack(from, packed, to, length);
        return to;
    }

    private void unpack(int from, int packed, byte[] to, int length) throws IOException {
        byte[] given = room.packed;
        try {
            int got = switch (codec) {
                case UNCOMPRESSED -> {
                    if (packed == length)
                        System.arraycopy(given, from, to, 0, length);
                    yield packed;
                }
                case SNAPPY -> SnappyDecompressor.getUncompressedLength(given, from) == length
                        ? room.snappy.decompress(given, from, packed, to, 0, length)
                        : -1;
                case ZSTD -> room.zstd.decompress(given, from, packed, to, 0, length);
                case LZ4_RAW -> room.lz4.decompress(given, from, packed, to, 0, length);
                case GZIP -> {
                    try (var in = new GZIPInputStream(new ByteArrayInputStream(given, from, packed))) {
                        int read = in.readNBytes(to, 0, length);
                        yield in.read() < 0 ? read : -1;
                    }
                }
                case LZO, BROTLI, LZ4 -> throw new Damaged("cost.focus.parquet.codec", codec.name());
            };
            if (got != length)
                damaged();
        } catch (Damaged known) {
            throw known;
        } catch (RuntimeException broken) {
            damaged();
        }
    }

    private static void damaged() { throw new Damaged("cost.focus.parquet.damaged"); }

    private static int width(int most) { return 32 - Integer.numberOfLeadingZeros(most); }

    /// Levels of a first-version page: a length, then runs. Says where they end.
    private static int levels(byte[] bytes, int at, int end, Encoding encoding, int most, int count) {
        if (encoding != Encoding.RLE)
            throw new Damaged("cost.focus.parquet.encoding", encoding.name());
        if (at + 4 > end)
            damaged();
        int length = ByteBuffer.wrap(bytes, at, 4).order(java.nio.ByteOrder.LITTLE_ENDIAN).getInt();
        if (length < 0 || length > end - at - 4)
            damaged();
        runs(bytes, at + 4, at + 4 + length, width(most), count);
        return at + 4 + length;
    }

    /// Walks runs without taking them apart: none may promise more values than the page has.
    private static void runs(byte[] bytes, int from, int to, int width, int count) {
        var at = new Walk(bytes, from, to);
        while (at.at < to) {
            long head = at.varint();
            long values = head >>> 1;
            if ((head & 1) == 1) {
                if (values * 8 > count + 1024L)
                    damaged();
                at.skipAsFarAsThereIs(values * width);
            } else {
                if (values > count + 1024L)
                    damaged();
                at.skipAsFarAsThereIs((width + 7) / 8);
            }
        }
    }

    private void guard(Encoding encoding, byte[] bytes, int at, int end, int count) {
        switch (encoding) {
            case PLAIN, BYTE_STREAM_SPLIT -> {
            }
            case RLE -> {
                if (end > at)
                    levels(bytes, at, end, Encoding.RLE, 1, count);
            }
            case PLAIN_DICTIONARY, RLE_DICTIONARY -> {
                if (end > at) {
                    if (bytes[at] < 0 || bytes[at] > 32)
                        damaged();
                    runs(bytes, at + 1, end, bytes[at], count);
                }
            }
            case DELTA_BINARY_PACKED, DELTA_LENGTH_BYTE_ARRAY -> deltas(bytes, at, end, count);
            case DELTA_BYTE_ARRAY -> deltas(bytes, deltas(bytes, at, end, count), end, count);
            case BIT_PACKED -> throw new Damaged("cost.focus.parquet.encoding", encoding.name());
        }
    }

    /// Walks delta blocks: sizes, count, and where they end.
    private static int deltas(byte[] bytes, int from, int end, int count) {
        if (end == from)
            return from;
        var at = new Walk(bytes, from, end);
        long block = at.varint();
        long minis = at.varint();
        long total = at.varint();
        at.varint();
        if (block <= 0 || block > 65_536 || minis <= 0 || minis > 512 || block % minis != 0 || total < 0
                || total > count)
            damaged();
        long left = total - 1;
        long mini = block / minis;
        while (left > 0) {
            at.varint();
            int widths = at.at;
            at.skip(minis);
            for (int m = 0; m < minis && left > 0; m++) {
                int width = bytes[widths + m];
                if (width < 0 || width > 64)
                    damaged();
                at.skip(mini / 8 * width);
                left -= mini;
            }
        }
        return at.at;
    }

    private static final class Walk {
        private final byte[] bytes;
        private final int to;
        private int at;

        Walk(byte[] bytes, int at, int to) {
            this.bytes = bytes;
            this.at = at;
            this.to = to;
        }

        long varint() {
            long value = 0;
            for (int shift = 0; shift < 70; shift += 7) {
                if (at >= to)
                    damaged();
                byte b = bytes[at++];
                value |= (long) (b & 127) << shift;
                if (b >= 0)
                    return value;
            }
            damaged();
            return 0;
        }

        void skip(long more) {
            if (more > to - at)
                damaged();
            at += (int) more;
        }

        /// The last run may be written shorter than it says.
        void skipAsFarAsThereIs(long more) { at = (int) Math.min(to, at + more); }
    }

    /// A stretch of the file as a stream that knows where it is.
    private static final class Window extends InputStream {
        private final FileChannel file;
        private final long to;
        private final ByteBuffer some = ByteBuffer.allocate(4096).limit(0);
        private long read;

        Window(FileChannel file, long from, long to) {
            this.file = file;
            this.to = to;
            read = from;
        }

        long at() { return read - some.remaining(); }

        @Override
        public int read() throws IOException { return some.hasRemaining() || fill() ? some.get() & 255 : -1; }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (length == 0)
                return 0;
            if (!some.hasRemaining() && !fill())
                return -1;
            int got = Math.min(length, some.remaining());
            some.get(into, offset, got);
            return got;
        }

        private boolean fill() throws IOException {
            some.clear();
            some.limit((int) Math.min(some.capacity(), Math.max(0, to - read)));
            int got = some.hasRemaining() ? file.read(some, read) : -1;
            some.flip();
            if (got > 0)
                read += got;
            return got > 0;
        }
    }
}
