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
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
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

    /// What all columns hold unpacked at once may not pass a bound.
    static final class Room {
        static final long MOST = 384L * 1024 * 1024;
        private long held;

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

    @Override
    public @Nullable DictionaryPage readDictionaryPage() {
        try {
            if (dictionaryRead)
                return null;
            dictionaryRead = true;
            var header = header();
            if (header == null || header.getType() != PageType.DICTIONARY_PAGE)
                return null;
            next = null;
            var page = header.getDictionary_page_header();
            byte[] bytes = unpacked(header, fetch(header.getCompressed_page_size()), header
                    .getUncompressed_page_size());
            long smallest = switch (column.getType()) {
                case INT32, FLOAT, BINARY -> 4;
                case INT64, DOUBLE -> 8;
                case INT96 -> 12;
                case FIXED_LEN_BYTE_ARRAY -> Math.max(1, column.getTypeLength());
                case BOOLEAN -> throw new Damaged("cost.focus.parquet.damaged");
            };
            if (page == null || page.getNum_values() < 0 || page.getNum_values() * smallest > bytes.length)
                throw new Damaged("cost.focus.parquet.damaged");
            // held a second time, as values
            dictionaryHeld = bytes.length * 2L + page.getNum_values() * 64L;
            room.take(dictionaryHeld, 0);
            return new DictionaryPage(BytesInput.from(bytes), page.getNum_values(), Encoding.PLAIN);
        } catch (IOException broken) {
            throw new Damaged("cost.focus.parquet.damaged");
        }
    }

    @Override
    public @Nullable DataPage readPage() {
        try {
            while (true) {
                var header = header();
                if (header == null)
                    return null;
                next = null;
                switch (java.util.Objects.requireNonNull(header.getType())) {
                    case DATA_PAGE -> {
                        return first(header);
                    }
                    case DATA_PAGE_V2 -> {
                        return second(header);
                    }
                    case DICTIONARY_PAGE, INDEX_PAGE -> position += header.getCompressed_page_size();
                }
            }
        } catch (IOException broken) {
            throw new Damaged("cost.focus.parquet.damaged");
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

    private DataPage first(PageHeader header) throws IOException {
        var page = header.getData_page_header();
        if (page == null)
            throw new Damaged("cost.focus.parquet.damaged");
        int count = count(page.getNum_values());
        hold(header.getUncompressed_page_size());
        byte[] bytes = unpacked(header, fetch(header.getCompressed_page_size()), header.getUncompressed_page_size());
        var levels = encoding(page.getDefinition_level_encoding());
        var repeats = encoding(page.getRepetition_level_encoding());
        int at = 0;
        if (column.getMaxRepetitionLevel() > 0)
            at = levels(bytes, at, repeats, column.getMaxRepetitionLevel(), count);
        if (column.getMaxDefinitionLevel() > 0)
            at = levels(bytes, at, levels, column.getMaxDefinitionLevel(), count);
        var encoding = encoding(page.getEncoding());
        guard(encoding, bytes, at, count);
        return new DataPageV1(BytesInput.from(bytes), count, bytes.length, NONE, repeats, levels, encoding);
    }

    private DataPage second(PageHeader header) throws IOException {
        var page = header.getData_page_header_v2();
        if (page == null)
            throw new Damaged("cost.focus.parquet.damaged");
        int count = count(page.getNum_values());
        int repeats = page.getRepetition_levels_byte_length();
        int levels = page.getDefinition_levels_byte_length();
        hold(header.getUncompressed_page_size());
        byte[] all = fetch(header.getCompressed_page_size());
        if (repeats < 0 || levels < 0 || (long) repeats + levels > all.length || (long) repeats + levels > header
                .getUncompressed_page_size() || page.getNum_nulls() < 0 || page.getNum_nulls() > count)
            throw new Damaged("cost.focus.parquet.damaged");
        byte[] packed = Arrays.copyOfRange(all, repeats + levels, all.length);
        byte[] data = page.isSetIs_compressed() && !page.isIs_compressed()
                ? packed
                : packed.length == 0
                        ? packed
                        : unpacked(header, packed, header.getUncompressed_page_size() - repeats - levels);
        byte[] repeated = Arrays.copyOf(all, repeats);
        byte[] defined = Arrays.copyOfRange(all, repeats, repeats + levels);
        if (column.getMaxRepetitionLevel() > 0)
            runs(repeated, 0, repeats, width(column.getMaxRepetitionLevel()), count);
        if (column.getMaxDefinitionLevel() > 0)
            runs(defined, 0, levels, width(column.getMaxDefinitionLevel()), count);
        var encoding = encoding(page.getEncoding());
        guard(encoding, data, 0, count);
        return DataPageV2.uncompressed(Math.max(0, page.getNum_rows()), page.getNum_nulls(), count, BytesInput.from(
                repeated), BytesInput.from(defined), encoding, BytesInput.from(data), NONE);
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

    private byte[] fetch(int length) throws IOException {
        var bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            int got = file.read(bytes, position + bytes.position());
            if (got < 0)
                throw new EOFException();
        }
        position += length;
        return bytes.array();
    }

    private byte[] unpacked(PageHeader header, byte[] packed, int length) throws IOException {
        if (length < 0 || length > LARGEST_PAGE)
            throw new Damaged("cost.focus.parquet.damaged");
        try {
            return switch (codec) {
                case UNCOMPRESSED -> packed.length == length ? packed : damaged();
                case SNAPPY -> {
                    if (SnappyDecompressor.getUncompressedLength(packed, 0) != length)
                        yield damaged();
                    yield filled(new byte[length],
                            to -> new SnappyDecompressor().decompress(packed, 0, packed.length, to,
                                    0, length));
                }
                case ZSTD -> filled(new byte[length], to -> new ZstdDecompressor().decompress(packed, 0, packed.length,
                        to, 0, length));
                case LZ4_RAW -> filled(new byte[length], to -> new Lz4Decompressor().decompress(packed, 0,
                        packed.length, to, 0, length));
                case GZIP -> {
                    try (var in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
                        byte[] all = in.readNBytes(length);
                        yield all.length == length && in.read() < 0 ? all : damaged();
                    }
                }
                case LZO, BROTLI, LZ4 -> throw new Damaged("cost.focus.parquet.codec", codec.name());
            };
        } catch (Damaged known) {
            throw known;
        } catch (RuntimeException broken) {
            return damaged();
        }
    }

    private interface Unpacking {
        int into(byte[] to);
    }

    private static byte[] filled(byte[] to, Unpacking unpacking) {
        return unpacking.into(to) == to.length ? to : damaged();
    }

    private static byte[] damaged() { throw new Damaged("cost.focus.parquet.damaged"); }

    private static int width(int most) { return 32 - Integer.numberOfLeadingZeros(most); }

    /// Levels of a first-version page: a length, then runs. Says where they end.
    private static int levels(byte[] bytes, int at, Encoding encoding, int most, int count) {
        if (encoding != Encoding.RLE)
            throw new Damaged("cost.focus.parquet.encoding", encoding.name());
        if (at + 4 > bytes.length)
            damaged();
        int length = ByteBuffer.wrap(bytes, at, 4).order(java.nio.ByteOrder.LITTLE_ENDIAN).getInt();
        if (length < 0 || length > bytes.length - at - 4)
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

    private void guard(Encoding encoding, byte[] bytes, int at, int count) {
        switch (encoding) {
            case PLAIN, BYTE_STREAM_SPLIT -> {
            }
            case RLE -> {
                if (bytes.length > at)
                    levels(bytes, at, Encoding.RLE, 1, count);
            }
            case PLAIN_DICTIONARY, RLE_DICTIONARY -> {
                if (bytes.length > at) {
                    if (bytes[at] < 0 || bytes[at] > 32)
                        damaged();
                    runs(bytes, at + 1, bytes.length, bytes[at], count);
                }
            }
            case DELTA_BINARY_PACKED, DELTA_LENGTH_BYTE_ARRAY -> deltas(bytes, at, count);
            case DELTA_BYTE_ARRAY -> deltas(bytes, deltas(bytes, at, count), count);
            case BIT_PACKED -> throw new Damaged("cost.focus.parquet.encoding", encoding.name());
        }
    }

    /// Walks delta blocks: sizes, count, and where they end.
    private static int deltas(byte[] bytes, int from, int count) {
        if (bytes.length == from)
            return from;
        var at = new Walk(bytes, from, bytes.length);
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
