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
import jp.kiban.kernel.BadInput;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DataPageHeader;
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
