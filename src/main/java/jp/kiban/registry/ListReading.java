package jp.kiban.registry;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipInputStream;

/// 一覧の読取り. A list as it was given, read as a stream: plain, gzip, or a zip with one list in it. Counts the bytes of the file that were
/// read, stops when it is told to, and refuses what would grow without end: a line of a million bytes, a file that unpacks to more
/// than two gigabytes.
final class ListReading {
    private static final int LONGEST_LINE = 1_000_000;
    private static final long LARGEST = 2L << 30;

    private final AtomicLong read = new AtomicLong();
    private volatile boolean stopped;

    /// It was told to stop.
    static final class Stopped extends IOException {
        private static final long serialVersionUID = 1L;
    }

    long read() { return read.get(); }

    void stop() { stopped = true; }

    InputStream open(Path file) throws IOException {
        var raw = new BufferedInputStream(new Counted(Files.newInputStream(file)), 1 << 16);
        raw.mark(4);
        byte[] first = raw.readNBytes(4);
        raw.reset();
        if (first.length > 1 && (first[0] & 0xFF) == 0x1F && (first[1] & 0xFF) == 0x8B)
            return new Bounded(new GZIPInputStream(raw, 1 << 16));
        if (first.length == 4 && first[0] == 'P' && first[1] == 'K' && first[2] == 3 && first[3] == 4) {
            var zip = new ZipInputStream(raw);
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry())
                if (!entry.isDirectory()
                        && entry.getName().toLowerCase(java.util.Locale.ROOT).matches(".*\\.(csv|txt)"))
                    return new Bounded(zip);
            throw new IOException("the zip holds no .csv or .txt");
        }
        return new Bounded(raw);
    }

    static byte[] packed(byte[] bytes, int length) throws IOException {
        var packed = new ByteArrayOutputStream(length / 4 + 64);
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes, 0, length);
        }
        return packed.toByteArray();
    }

    /// Small pieces, so that a stop is heard soon.
    private final class Counted extends FilterInputStream {
        Counted(InputStream in) { super(in); }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (stopped)
                throw new Stopped();
            int count = super.read(into, from, Math.min(length, 1 << 14));
            read.addAndGet(Math.max(0, count));
            return count;
        }
    }

    private final class Bounded extends FilterInputStream {
        private long whole;
        private long line;

        Bounded(InputStream in) { super(in); }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (stopped)
                throw new Stopped();
            int count = super.read(into, from, Math.min(length, 1 << 14));
            whole += Math.max(0, count);
            for (int i = from; i < from + count; i++)
                line = into[i] == '\n' || into[i] == '\r' ? 0 : line + 1;
            if (line > LONGEST_LINE)
                throw new IOException("a line is longer than " + LONGEST_LINE + " bytes: this is no list of addresses");
            if (whole > LARGEST)
                throw new IOException("the file unpacks to more than 2 GB; give it in parts");
            return count;
        }
    }
}
