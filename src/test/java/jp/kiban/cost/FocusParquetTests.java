package jp.kiban.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import jp.kiban.kernel.BadInput;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Claims about Parquet files: honest ones are read to the last digit, lying ones are refused with words and without taking the memory they ask for.
class FocusParquetTests {
    @TempDir
    Path folder;

    /// One required column, one page, written by hand so that every size in it can lie.
    private static final class Written {
        private final SchemaElement element;
        private final byte[] values;
        private int count;
        private int said;
        private Encoding encoding = Encoding.PLAIN;
        private CompressionCodec codec = CompressionCodec.UNCOMPRESSED;
        private long rows;

        Written(SchemaElement element, int count, byte[] values) {
            this.element = element;
            this.count = count;
            this.values = values;
            said = values.length;
            rows = count;
        }

        byte[] file() throws IOException {
            var out = new ByteArrayOutputStream();
            out.writeBytes("PAR1".getBytes(StandardCharsets.US_ASCII));
            var page = new PageHeader(PageType.DATA_PAGE, said, values.length);
            page.setData_page_header(new DataPageHeader(count, encoding, Encoding.RLE, Encoding.RLE));
            Util.writePageHeader(page, out);
            out.writeBytes(values);
            long length = out.size() - 4;
            var root = new SchemaElement("root");
            root.setNum_children(1);
            element.setRepetition_type(FieldRepetitionType.REQUIRED);
            var meta = new ColumnMetaData(element.getType(), List.of(encoding), List.of(element.getName()), codec, rows,
                    length, length, 4);
            var chunk = new ColumnChunk(4);
            chunk.setMeta_data(meta);
            var footer = new ByteArrayOutputStream();
            Util.writeFileMetaData(
                    new FileMetaData(1, List.of(root, element), rows, List.of(new RowGroup(List.of(chunk),
                            length, rows))),
                    footer);
            out.writeBytes(footer.toByteArray());
            out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(footer.size()).array());
            out.writeBytes("PAR1".getBytes(StandardCharsets.US_ASCII));
            return out.toByteArray();
        }
    }

    private static SchemaElement money() {
        var element = new SchemaElement("BilledCost");
        element.setType(Type.INT64);
        element.setConverted_type(ConvertedType.DECIMAL);
        element.setScale(4);
        element.setPrecision(18);
        return element;
    }

    private static SchemaElement words() {
        var element = new SchemaElement("ServiceName");
        element.setType(Type.BYTE_ARRAY);
        element.setConverted_type(ConvertedType.UTF8);
        return element;
    }

    private static byte[] longs(long... values) {
        var bytes = ByteBuffer.allocate(values.length * 8).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values)
            bytes.putLong(value);
        return bytes.array();
    }

    private List<String> read(byte[] bytes) throws IOException {
        var file = Files.write(folder.resolve("f.parquet"), bytes);
        var cells = new ArrayList<String>();
        try (var read = FocusFile.open(file)) {
            while (read.next())
                cells.add(read.seen(0));
        } catch (BadInput bad) {
            cells.add(bad.findings().getFirst().code());
        }
        return cells;
    }

    @Test
    void decimalsAreReadToTheLastDigit() throws IOException {
        assertThat(read(new Written(money(), 3, longs(12_345, -1, 999_999_999_999_999_999L)).file())).containsExactly(
                "1.2345", "-0.0001", "99999999999999.9999");
    }

    /// Costs, currencies, months and accounts as pages of a dictionary with holes, or plain ones; of the first or second version.
    private static byte[] pages(boolean second, boolean numbered, int rows) throws IOException {
        var out = new ByteArrayOutputStream();
        out.writeBytes("PAR1".getBytes(StandardCharsets.US_ASCII));
        var elements = new ArrayList<SchemaElement>();
        var root = new SchemaElement("root");
        root.setNum_children(4);
        elements.add(root);
        var chunks = new ArrayList<ColumnChunk>();
        String[] names = {"BilledCost", "BillingCurrency", "BillingPeriodStart", "SubAccountId"};
        for (int c = 0; c < 4; c++) {
            var element = c == 0 ? money() : words();
            element.setName(names[c]);
            element.setRepetition_type(FieldRepetitionType.OPTIONAL);
            elements.add(element);
            byte[][] dictionary = c == 0
                    ? new byte[][]{longs(10_001), longs(-7), longs(999_999_999_999_999_999L)}
                    : new byte[][]{text(c == 1 ? "JPY" : "2026-04-01T00:00:00Z"), text(c == 1
                            ? "USD"
                            : "2026-05-01T00:00:00Z"), text(c == 1 ? "EUR" : "2026-06-01T00:00:00Z")};
            int start = out.size();
            long first = -1;
            if (numbered) {
                var all = joined(dictionary);
                var page = new PageHeader(PageType.DICTIONARY_PAGE, all.length, all.length);
                page.setDictionary_page_header(new DictionaryPageHeader(3, Encoding.PLAIN));
                Util.writePageHeader(page, out);
                out.writeBytes(all);
                first = start;
            }
            int data = out.size();
            for (int half = 0; half < 2; half++) {
                int from = half * (rows / 3);
                int to = half == 0 ? rows / 3 : rows;
                var levels = new ArrayList<Integer>();
                var ids = new ArrayList<Integer>();
                for (int r = from; r < to; r++) {
                    boolean there = c > 0 || r % 5 != 4;
                    levels.add(there ? 1 : 0);
                    if (there)
                        ids.add(r % (3 - c % 2) % 3);
                }
                byte[] defined = packed(levels, 1);
                var values = new ByteArrayOutputStream();
                if (numbered) {
                    values.write(2);
                    values.writeBytes(packed(ids, 2));
                } else
                    for (int id : ids)
                        values.writeBytes(dictionary[id]);
                byte[] body = values.toByteArray();
                var encoding = numbered ? Encoding.RLE_DICTIONARY : Encoding.PLAIN;
                var page = new PageHeader(second ? PageType.DATA_PAGE_V2 : PageType.DATA_PAGE, 0, 0);
                int length = body.length + defined.length + (second ? 0 : 4);
                page.setCompressed_page_size(length);
                page.setUncompressed_page_size(length);
                if (second)
                    page.setData_page_header_v2(new DataPageHeaderV2(to - from, to - from - ids.size(), to - from,
                            encoding, defined.length, 0));
                else
                    page.setData_page_header(new DataPageHeader(to - from, encoding, Encoding.RLE, Encoding.RLE));
                Util.writePageHeader(page, out);
                if (!second)
                    out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(defined.length)
                            .array());
                out.writeBytes(defined);
                out.writeBytes(body);
            }
            var meta = new ColumnMetaData(element.getType(), List.of(Encoding.RLE_DICTIONARY), List.of(names[c]),
                    CompressionCodec.UNCOMPRESSED, rows, out.size() - start, out.size() - start, data);
            if (first > 0)
                meta.setDictionary_page_offset(first);
            var chunk = new ColumnChunk(start);
            chunk.setMeta_data(meta);
            chunks.add(chunk);
        }
        var footer = new ByteArrayOutputStream();
        Util.writeFileMetaData(new FileMetaData(1, elements, rows, List.of(new RowGroup(chunks, out.size(), rows))),
                footer);
        out.writeBytes(footer.toByteArray());
        out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(footer.size()).array());
        out.writeBytes("PAR1".getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    private static byte[] text(String words) {
        return ByteBuffer.allocate(4 + words.length()).order(ByteOrder.LITTLE_ENDIAN).putInt(words.length()).put(words
                .getBytes(StandardCharsets.US_ASCII)).array();
    }

    private static byte[] joined(byte[][] parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts)
            all.writeBytes(part);
        return all.toByteArray();
    }

    /// Packed by bits in groups of eight; a stretch of one number is a run.
    private static byte[] packed(List<Integer> numbers, int width) {
        var all = new ByteArrayOutputStream();
        int at = 0;
        while (at < numbers.size()) {
            int same = at;
            while (same < numbers.size() && numbers.get(same).equals(numbers.get(at)) && same - at < 63)
                same++;
            if (same - at >= 8) {
                all.write(same - at << 1);
                all.write(numbers.get(at));
                at = same;
                continue;
            }
            all.write(1 << 1 | 1);
            long bits = 0;
            for (int i = 0; i < 8; i++)
                bits |= (at + i < numbers.size() ? (long) numbers.get(at + i) : 0) << i * width;
            for (int i = 0; i < width; i++)
                all.write((int) (bits >>> 8 * i));
            at = Math.min(numbers.size(), at + 8);
        }
        return all.toByteArray();
    }

    @Test
    void sumsAreTheSameHoweverAPageKeepsItsValues() throws IOException {
        var seen = new TreeSet<String>();
        for (boolean second : new boolean[]{false, true})
            for (boolean numbered : new boolean[]{false, true}) {
                var file = Files.write(folder.resolve("pages.parquet"), pages(second, numbered, 3000));
                try (var read = FocusFile.open(file)) {
                    var added = FocusSums.of(read, new FocusSums.Asked(new FocusSums.Source(
                            FocusColumn.SUB_ACCOUNT_ID, ""), FocusColumn.BILLED_COST, false, false), (r, b, o) -> true);
                    assertThat(added.rows()).isEqualTo(3000);
                    assertThat(added.faulty()).isEqualTo(600);
                    seen.add(added.faults().size() + " " + added.lines());
                }
            }
        assertThat(seen).hasSize(1);
        assertThat(seen.first()).contains("2026-04", "2026-06", "JPY", "sum=");
    }

    @Test
    void aPageThatClaimsMoreThanItHasIsRefused() throws IOException {
        var more = new Written(money(), 3, longs(1, 2));
        assertThat(read(more.file())).contains("cost.focus.parquet.damaged");
        var rows = new Written(money(), 2, longs(1, 2));
        rows.rows = 3_000_000_000L;
        assertThat(read(rows.file())).containsExactly("cost.focus.parquet.rows");
        var size = new Written(money(), 2, longs(1, 2));
        size.said = 2_000_000_000;
        assertThat(read(size.file())).containsExactly("cost.focus.parquet.page");
        var text = new Written(words(), 1, ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putInt(1_900_000_000)
                .putInt(0).array());
        assertThat(read(text.file())).containsExactly("cost.focus.parquet.damaged");
    }

    @Test
    void bombsOfRunsAndDeltasAreRefusedBeforeAnythingIsSetAsideForThem() throws IOException {
        // a delta block that promises two thousand million values in ten bytes
        var delta = new Written(money(), 2, new byte[]{(byte) 0x80, 0x01, 0x04, (byte) 0x80, (byte) 0x94, (byte) 0xEB,
                (byte) 0xDC, 0x03, 0, 0});
        delta.encoding = Encoding.DELTA_BINARY_PACKED;
        assertThat(read(delta.file())).containsExactly("cost.focus.parquet.damaged");
        // a run of bit-packed indexes for two hundred million groups
        var runs = new Written(words(), 2, new byte[]{8, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x7F, 0});
        runs.encoding = Encoding.RLE_DICTIONARY;
        assertThat(read(runs.file())).containsExactly("cost.focus.parquet.damaged");
    }

    @Test
    void compressionThatIsNotKnownOrBrokenIsNamed() throws IOException {
        var brotli = new Written(money(), 2, longs(1, 2));
        brotli.codec = CompressionCodec.BROTLI;
        assertThat(read(brotli.file())).containsExactly("cost.focus.parquet.codec");
        for (var codec : List.of(CompressionCodec.SNAPPY, CompressionCodec.ZSTD, CompressionCodec.GZIP,
                CompressionCodec.LZ4_RAW)) {
            var broken = new Written(money(), 2, longs(1, 2));
            broken.codec = codec;
            assertThat(read(broken.file())).as(codec.name()).containsExactly("cost.focus.parquet.damaged");
        }
    }

    @Test
    void aFileCutOffOrChangedAnywhereIsReadOrRefusedAndNothingElse() throws IOException {
        byte[] good = new Written(money(), 50, longs(new long[50])).file();
        for (int length = 4; length < good.length; length += 7)
            assertThat(read(java.util.Arrays.copyOf(good, length))).last().asString().startsWith("cost.focus.");
        var random = new SplittableRandom(7);
        for (int round = 0; round < 3_000; round++) {
            byte[] changed = good.clone();
            for (int i = 0; i <= random.nextInt(3); i++)
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            var cells = read(changed);
            if (!cells.isEmpty() && cells.getLast().startsWith("cost."))
                assertThat(cells.getLast()).startsWith("cost.focus.");
        }
    }
}
