package jp.kiban.cost;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.parquet.CorruptDeltaByteArrays;
import org.apache.parquet.VersionParser;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.values.RequiresPreviousReader;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/// Parquet の平らな列. The values of one column without repetitions through one group of rows, a stretch of at most 1,024 at a time and never beyond a page.
/// A value of a dictionary is told by its number there; texts lie where the page has them and are not copied. Pages of other encodings are read by the
/// library's readers, value by value.
final class FocusParquetColumn {
    static final int STRETCH = 1024;
    private static final int NULL = -1;
    private final FocusParquetChunk chunk;
    private final ColumnDescriptor column;
    private final PrimitiveTypeName type;
    private final int most;
    private final int width;
    private final VersionParser.@Nullable ParsedVersion writer;
    private final Runs levels = new Runs();
    private final Runs numbers = new Runs();
    private final int[] level = new int[STRETCH];
    private final int[] ids = new int[STRETCH];
    private final int[] from = new int[STRETCH];
    private final int[] to = new int[STRETCH];
    private final byte[][] apart = new byte[STRETCH][];
    private byte[] words = new byte[0];
    private int[] wordAt = new int[1];
    private int wordCount;
    private int inPage;
    private byte[] page = new byte[0];
    private int at;
    private int end;
    private Encoding encoding = Encoding.PLAIN;
    private int bit;
    private @Nullable ValuesReader others;
    private @Nullable ValuesReader before;

    FocusParquetColumn(FocusParquetChunk chunk, ColumnDescriptor column,
            VersionParser.@Nullable ParsedVersion writer) throws IOException {
        this.chunk = chunk;
        this.column = column;
        this.writer = writer;
        type = column.getPrimitiveType().getPrimitiveTypeName();
        most = column.getMaxDefinitionLevel();
        width = switch (type) {
            case INT32, FLOAT -> 4;
            case INT64, DOUBLE -> 8;
            case INT96 -> 12;
            case FIXED_LEN_BYTE_ARRAY -> column.getPrimitiveType().getTypeLength();
            case BINARY, BOOLEAN -> 0;
        };
        if (width < 0 || type == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY && width == 0)
            throw new FocusParquetChunk.Damaged("cost.focus.parquet.damaged");
        chunk.dictionary().ifPresent(this::words);
    }

    private void words(FocusParquetChunk.Words given) {
        words = given.bytes();
        wordCount = given.count();
        wordAt = new int[wordCount + 1];
        int here = 0;
        for (int w = 0; w < wordCount; w++) {
            wordAt[w] = here;
            here = after(words, here, words.length);
        }
        wordAt[wordCount] = here;
    }

    /// Where the value that begins here ends.
    private int after(byte[] bytes, int here, int limit) {
        int length = width;
        if (type == PrimitiveTypeName.BINARY) {
            if (limit - here < 4)
                throw new FocusParquetChunk.Damaged("cost.focus.parquet.damaged");
            length = 4 + (int) FocusParquet.INTS.get(bytes, here);
            if (length < 4)
                throw new FocusParquetChunk.Damaged("cost.focus.parquet.damaged");
        }
        if (length > limit - here)
            throw new FocusParquetChunk.Damaged("cost.focus.parquet.damaged");
        return here + length;
    }

    /// How many values the page at hand still has; the next page is opened when it has none.
    int ready() throws IOException {
        while (inPage == 0) {
            var next = chunk.next();
            if (next.isEmpty())
                throw new FocusParquetChunk.Damaged("cost.focus.parquet.damaged");
            open(next.get());
        }
        return inPage;
    }

    private void open(FocusParquetChunk.Page given) throws IOException {
        inPage = given.count();
        page = given.bytes();
        at = given.from();
        end = given.to();
        encoding = given.encoding();
        bit = 0;
        others = null;
        if (most > 0)
            levels.open(given.levels(), given.levelsFrom(), given.levelsTo(), 32 - Integer.numberOfLeadingZeros(most));
        switch (encoding) {
            case PLAIN -> {
            }
            case PLAIN_DICTIONARY, RLE_DICTIONARY -> {
                if (at < end)
                    numbers.open(page, at + 1, end, page[at]);
                else
                    numbers.open(page, end, end, 0);
            }
            case RLE, BIT_PACKED, BYTE_STREAM_SPLIT, DELTA_BINARY_PACKED, DELTA_LENGTH_BYTE_ARRAY, DELTA_BYTE_ARRAY -> {
                var reader = encoding.getValuesReader(column, ValuesType.VALUES);
                if (before != null && reader instanceof RequiresPreviousReader follows && writer != null
                        && CorruptDeltaByteArrays.requiresSequentialReads(writer, encoding))
                    follows.setPreviousReader(before);
                reader.initFromPage(inPage, ByteBufferInputStream.wrap(ByteBuffer.wrap(page, at, end - at)));
                others = reader;
                before = reader;
            }
        }
    }

    /// Takes this many values, no more than are ready.
    void fill(int count) {
        int there = count;
        if (most > 0) {
            levels.read(level, count);
            there = 0;
            for (int i = 0; i < count; i++)
                if (level[i] == most)
                    there++;
        }
        inPage -= count;
        if (encoding == Encoding.PLAIN_DICTIONARY || encoding == Encoding.RLE_DICTIONARY)
            dictionary(count, there);
        else if (others != null)
            others(others, count);
        else
            plain(count);
    }

    private void dictionary(int count, int there) {
        numbers.read(ids, there);
        for (int i = 0; i < there; i++)
            if (ids[i] < 0 || ids[i] >= wordCount)
                throw new FocusParquetChunk.Damaged("cost.focus.parquet.damaged");
        if (there == count)
            return;
        for (int i = count - 1, v = there - 1; i >= 0; i--)
            ids[i] = level[i] == most ? ids[v--] : NULL;
    }

    private void plain(int count) {
        for (int i = 0; i < count; i++) {
            if (most > 0 && level[i] != most) {
                to[i] = NULL;
                continue;
            }
            if (type == PrimitiveTypeName.BOOLEAN) {
                if (at + (bit >> 3) >= end)
                    throw new FocusParquetChunk.Damaged("cost.focus.parquet.damaged");
                from[i] = page[at + (bit >> 3)] >> (bit & 7) & 1;
                to[i] = 0;
                bit++;
                continue;
            }
            int next = after(page, at, end);
            from[i] = type == PrimitiveTypeName.BINARY ? at + 4 : at;
            to[i] = next;
            at = next;
        }
    }

    private void others(ValuesReader reader, int count) {
        for (int i = 0; i < count; i++) {
            if (most > 0 && level[i] != most) {
                to[i] = NULL;
                continue;
            }
            byte[] value = switch (type) {
                case BOOLEAN -> new byte[]{(byte) (reader.readBoolean() ? 1 : 0)};
                case INT32 -> bytes(reader.readInteger(), 4);
                case INT64 -> bytes(reader.readLong(), 8);
                case FLOAT -> bytes(Float.floatToRawIntBits(reader.readFloat()), 4);
                case DOUBLE -> bytes(Double.doubleToRawLongBits(reader.readDouble()), 8);
                case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> reader.readBytes().getBytes();
            };
            if (type == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY && value.length != width)
                throw new FocusParquetChunk.Damaged("cost.focus.parquet.damaged");
            apart[i] = value;
            from[i] = type == PrimitiveTypeName.BOOLEAN ? value[0] : 0;
            to[i] = value.length;
        }
    }

    private static byte[] bytes(long value, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++)
            bytes[i] = (byte) (value >>> 8 * i);
        return bytes;
    }

    private boolean numbered() { return encoding == Encoding.PLAIN_DICTIONARY || encoding == Encoding.RLE_DICTIONARY; }

    boolean absent(int i) { return numbered() ? ids[i] == NULL : to[i] == NULL; }

    /// The number of the value in the dictionary, from 1; 0 where there is none; -1 when the page has no dictionary.
    int id(int i) { return numbered() ? ids[i] + 1 : -1; }

    /// One more than the dictionary has values.
    int ids() { return wordCount + 1; }

    /// Where the value lies, as the file writes it: of a text its letters, of a number its bytes, the least first.
    byte[] bytes(int i) { return numbered() ? words : others != null ? apart[i] : page; }

    int from(int i) {
        return numbered() ? ids[i] == NULL ? 0 : wordAt[ids[i]] + (type == PrimitiveTypeName.BINARY ? 4 : 0) : from[i];
    }

    int to(int i) { return numbered() ? ids[i] == NULL ? 0 : wordAt[ids[i] + 1] : Math.max(to[i], 0); }

    /// Of a column of truths.
    boolean truth(int i) { return from[i] != 0; }

    /// 連なり. Runs of one number, and numbers packed by bits, mixed.
    private static final class Runs {
        private byte[] bytes = new byte[0];
        private int at;
        private int to;
        private int width;
        private int left;
        private boolean packed;
        private int value;
        private long held;
        private int heldBits;

        void open(byte[] given, int from, int until, int bits) {
            bytes = given;
            at = from;
            to = until;
            width = bits;
            left = 0;
        }

        void read(int[] into, int count) {
            int done = 0;
            while (done < count) {
                if (left == 0)
                    head();
                int some = Math.min(left, count - done);
                if (!packed)
                    Arrays.fill(into, done, done + some, value);
                else
                    unpack(into, done, done + some);
                left -= some;
                done += some;
            }
        }

        private void unpack(int[] into, int first, int last) {
            long mask = (1L << width) - 1;
            long bits = held;
            int many = heldBits;
            for (int i = first; i < last; i++) {
                while (many < width) {
                    // the last run may be written shorter than it says
                    bits |= (at < to ? bytes[at] & 255L : 0) << many;
                    at++;
                    many += 8;
                }
                into[i] = (int) (bits & mask);
                bits >>>= width;
                many -= width;
            }
            held = bits;
            heldBits = many;
        }

        private void head() {
            if (width == 0 && at >= to) {
                packed = false;
                value = 0;
                left = Integer.MAX_VALUE;
                return;
            }
            long head = 0;
            int shift = 0;
            byte b;
            do {
                if (at >= to || shift > 35)
                    throw new FocusParquetChunk.Damaged("cost.focus.parquet.damaged");
                b = bytes[at++];
                head |= (long) (b & 127) << shift;
                shift += 7;
            } while (b < 0);
            packed = (head & 1) == 1;
            long values = packed ? (head >>> 1) * 8 : head >>> 1;
            if (values > Integer.MAX_VALUE || packed && at >= to && width > 0)
                throw new FocusParquetChunk.Damaged("cost.focus.parquet.damaged");
            left = (int) values;
            held = 0;
            heldBits = 0;
            if (!packed) {
                value = 0;
                for (int i = 0; i < (width + 7) / 8; i++)
                    value |= (at < to ? bytes[at++] & 255 : 0) << 8 * i;
            }
        }
    }
}
