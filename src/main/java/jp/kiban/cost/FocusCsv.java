package jp.kiban.cost;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// CSV の明細. A separated file read byte by byte in one buffer: UTF-8 with or without mark, Windows-31J (its second bytes are never a quote, comma or
/// line end), UTF-16; packed with gzip or not; separated by comma, tab, semicolon or bar; `sep=` lines and titles above the headings; quotes
/// doubled, after blanks, or followed by more. Refuses rows of more than 4 MB (a quote that is never closed), text with NUL, and packed files that
/// grow more than two hundredfold.
final class FocusCsv extends FocusFile {
    static final int LONGEST_ROW = 4 * 1024 * 1024;
    private static final int FIRST_LINES = 20;
    private static final int MOST_GROWTH = 200;
    private static final int BURST_FROM = 32 * 1024 * 1024;

    private final long size;
    private final Counted counted;
    private final InputStream in;
    private final byte separator;
    private byte[] buffer = new byte[1 << 18];
    private int start;
    private int at;
    private int end;
    private boolean over;
    private int[] froms = new int[64];
    private int[] tos = new int[64];
    private int cells;
    private long rows;

    static FocusCsv open(Path file, String name) {
        byte separator;
        int skip = 0;
        boolean guessed;
        try (var peek = new FocusCsv(file, name, (byte) 0)) {
            byte[] first = peek.in.readNBytes(64 * 1024);
            separator = separator(first);
            guessed = separator != ',';
        } catch (IOException broken) {
            throw broken(name, broken);
        }
        var lines = new ArrayList<List<String>>();
        try (var peek = new FocusCsv(file, name, separator)) {
            while (lines.size() < FIRST_LINES && peek.next())
                lines.add(peek.words());
        } catch (RuntimeException later) {
            if (lines.isEmpty())
                throw later;
        }
        long best = 0;
        for (int i = 0; i < lines.size(); i++) {
            long known = FocusDialect.known(lines.get(i));
            if (known > best) {
                best = known;
                skip = i;
            }
        }
        if (best < 2 && !lines.isEmpty())
            skip = lines.get(0).size() == 1 && lines.get(0).get(0).startsWith("sep=") ? 1 : 0;
        if (lines.size() <= skip)
            throw refuse(name, "cost.focus.file.empty", name);
        var csv = new FocusCsv(file, name, separator);
        for (int i = 0; i <= skip; i++)
            csv.next();
        var heads = csv.words().stream().map(String::strip).toList();
        csv.heads(heads, Collections.nCopies(heads.size(), Holds.UNSAID));
        if (skip > 0)
            csv.notes.add(FocusNotes.Kind.BEFORE_HEADINGS, -1, skip);
        if (guessed)
            csv.notes.add(FocusNotes.Kind.SEPARATOR, -1, 1);
        return csv;
    }

    private FocusCsv(Path file, String name, byte separator) {
        super(name);
        this.separator = separator;
        try {
            size = Files.size(file);
            counted = new Counted(Files.newInputStream(file));
            in = letters(unpacked(counted));
        } catch (IOException unreadable) {
            throw broken(name, unreadable);
        }
    }

    private InputStream unpacked(Counted packed) throws IOException {
        packed.peek();
        return packed.starts(0x1F, 0x8B) ? new Unpacked(packed) : packed;
    }

    /// Skips a UTF-8 mark; turns UTF-16 into UTF-8.
    private InputStream letters(InputStream from) throws IOException {
        byte[] first = from.readNBytes(4);
        if (first.length >= 2) {
            boolean big = first[0] == (byte) 0xFE && first[1] == (byte) 0xFF || first[0] == 0 && first[1] != 0;
            boolean little = first[0] == (byte) 0xFF && first[1] == (byte) 0xFE || first[1] == 0 && first[0] != 0;
            if (big || little) {
                notes.add(FocusNotes.Kind.UTF_16, -1, 1);
                return new Utf16(new java.io.SequenceInputStream(new java.io.ByteArrayInputStream(first), from), big
                        ? StandardCharsets.UTF_16BE
                        : StandardCharsets.UTF_16LE);
            }
        }
        int skip = first.length >= 3 && first[0] == (byte) 0xEF && first[1] == (byte) 0xBB && first[2] == (byte) 0xBF
                ? 3
                : 0;
        return new java.io.SequenceInputStream(new java.io.ByteArrayInputStream(first, skip, first.length - skip),
                from);
    }

    private static byte separator(byte[] first) {
        int[] counts = new int[128];
        boolean quoted = false;
        int lines = 0;
        for (byte b : first) {
            if (b == '"')
                quoted = !quoted;
            else if (!quoted && (b == ',' || b == '\t' || b == ';' || b == '|'))
                counts[b]++;
            else if (!quoted && b == '\n' && ++lines == FIRST_LINES)
                break;
        }
        if (first.length > 5 && new String(first, 0, 4, StandardCharsets.ISO_8859_1).equalsIgnoreCase("sep=")
                && first[4] > 0)
            return first[4];
        byte best = ',';
        for (char c : new char[]{'\t', ';', '|'})
            if (counts[c] > counts[best])
                best = (byte) c;
        return best;
    }

    private List<String> words() {
        var words = new ArrayList<String>();
        for (int c = 0; c < cells; c++)
            words.add(seen(c));
        return words;
    }

    @Override
    boolean next() {
        while (row0()) {
            if (cells == 1 && tos[0] <= froms[0])
                continue; // an empty line
            int wanted = heads().size();
            if (wanted > 0 && cells != wanted) {
                if (cells > wanted && !blankAfter(wanted))
                    notes.add(FocusNotes.Kind.LONG_ROW, -1, rows);
                else if (cells < wanted)
                    notes.add(FocusNotes.Kind.SHORT_ROW, -1, rows);
            }
            return true;
        }
        return false;
    }

    private boolean blankAfter(int wanted) {
        for (int c = wanted; c < cells; c++)
            if (tos[c] > froms[c])
                return false;
        return true;
    }

    private boolean row0() {
        start = at;
        cells = 0;
        if (at >= end && !more())
            return false;
        rows++;
        int cell = at - start;
        while (true) {
            if (at >= end && !more()) {
                cell(cell, at - start);
                return true;
            }
            byte b = buffer[at];
            if (b == '"' && blank(cell, at - start)) {
                int last = quoted();
                if (last >= 0)
                    return true;
                cell = at - start;
                continue;
            }
            if (b > ',' && b != separator) {
                at++;
                continue;
            }
            if (b == separator) {
                cell(cell, at - start);
                at++;
                cell = at - start;
            } else if (b == '\n' || b == '\r') {
                cell(cell, at - start);
                lineEnd();
                return true;
            } else if (b == 0)
                throw refuse(name, "cost.focus.file.binary", name, rows);
            else
                at++;
        }
    }

    /// Past the line end, `\n`, `\r\n` or a lone `\r`.
    private void lineEnd() {
        boolean cr = buffer[at] == '\r';
        at++;
        if (cr && (at < end || more()) && buffer[at] == '\n')
            at++;
    }

    private boolean blank(int from, int to) {
        for (int i = start + from; i < start + to; i++)
            if (buffer[i] != ' ')
                return false;
        return true;
    }

    /// Reads a quoted cell, taking the doubled quotes together in place. 0 when the row ended with it, -1 when another cell follows.
    private int quoted() {
        long opened = rows;
        at++;
        int from = at - start;
        int write = from;
        boolean open = true;
        while (true) {
            if (at >= end && !more()) {
                if (open)
                    throw refuse(name, "cost.focus.file.quote", name, opened);
                cell(from, write);
                return 0;
            }
            byte b = buffer[at];
            if (open) {
                if (b == '"') {
                    if ((at + 1 < end || more()) && at + 1 < end && buffer[at + 1] == '"') {
                        buffer[start + write++] = '"';
                        at += 2;
                    } else {
                        open = false;
                        at++;
                    }
                } else {
                    if (b == 0)
                        throw refuse(name, "cost.focus.file.binary", name, rows);
                    buffer[start + write++] = b;
                    at++;
                }
            } else if (b == separator) {
                cell(from, write);
                at++;
                // an empty last cell needs the row to go on
                return -1;
            } else if (b == '\n' || b == '\r') {
                cell(from, write);
                lineEnd();
                return 0;
            } else {
                if (b != ' ') {
                    notes.add(FocusNotes.Kind.QUOTE, cells, rows);
                    buffer[start + write++] = b;
                }
                at++;
            }
        }
    }

    private void cell(int from, int to) {
        if (cells == froms.length) {
            if (cells >= MOST_COLUMNS * 4)
                throw refuse(name, "cost.focus.file.columns", name, cells, MOST_COLUMNS);
            froms = Arrays.copyOf(froms, cells * 2);
            tos = Arrays.copyOf(tos, cells * 2);
        }
        froms[cells] = from;
        tos[cells++] = to;
    }

    /// Brings more bytes in, keeping the row from its start on; false at the end of the file.
    private boolean more() {
        if (over)
            return false;
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            at -= start;
            end -= start;
            start = 0;
        }
        if (end == buffer.length) {
            if (buffer.length >= LONGEST_ROW)
                throw refuse(name, "cost.focus.file.long", name, rows, LONGEST_ROW / 1024 / 1024);
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        try {
            int got = in.read(buffer, end, buffer.length - end);
            if (got <= 0) {
                over = true;
                return false;
            }
            end += got;
            return true;
        } catch (UncheckedIOException | IOException broken) {
            throw broken(name, broken);
        }
    }

    private static jp.kiban.kernel.BadInput broken(String name, Exception broken) {
        if (broken instanceof Burst)
            return refuse(name, "cost.focus.file.burst", name, MOST_GROWTH);
        if (broken instanceof java.io.EOFException || broken instanceof ZipException)
            return refuse(name, "cost.focus.file.gzip", name);
        return refuse(name, "cost.focus.file.unreadable", name);
    }

    @Override
    long row() { return rows; }

    @Override
    byte[] bytes(int column) { return buffer; }

    @Override
    int from(int column) { return column < cells ? start + froms[column] : 0; }

    @Override
    int to(int column) { return column < cells ? start + tos[column] : 0; }

    @Override
    long position() { return counted.read; }

    @Override
    long size() { return size; }

    @Override
    public void close() {
        try {
            in.close();
            counted.close();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /// The file itself, counted.
    private static final class Counted extends InputStream {
        private final InputStream in;
        private byte[] first = new byte[0];
        private int given;
        private long read;

        Counted(InputStream in) { this.in = in; }

        void peek() throws IOException { first = in.readNBytes(2); }

        boolean starts(int a, int b) { return first.length == 2 && (first[0] & 255) == a && (first[1] & 255) == b; }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
        }

        @Override
        public int read(byte[] to, int at, int length) throws IOException {
            if (length == 0)
                return 0;
            if (given < first.length) {
                int some = Math.min(length, first.length - given);
                System.arraycopy(first, given, to, at, some);
                given += some;
                read += some;
                return some;
            }
            int got = in.read(to, at, length);
            if (got > 0)
                read += got;
            return got;
        }

        @Override
        public void close() throws IOException { in.close(); }
    }

    private static final class Burst extends IOException {
        Burst() { super("grows too much"); }
    }

    /// What gzip packed, as long as it does not burst.
    private static final class Unpacked extends InputStream {
        private final Counted packed;
        private final GZIPInputStream in;
        private long out;

        Unpacked(Counted packed) throws IOException {
            this.packed = packed;
            in = new GZIPInputStream(packed, 1 << 16);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
        }

        @Override
        public int read(byte[] to, int at, int length) throws IOException {
            int got = in.read(to, at, length);
            if (got > 0) {
                out += got;
                if (out > BURST_FROM && out / MOST_GROWTH > packed.read)
                    throw new Burst();
            }
            return got;
        }

        @Override
        public void close() throws IOException { in.close(); }
    }

    /// UTF-16 as UTF-8.
    private static final class Utf16 extends InputStream {
        private final InputStreamReader reader;
        private final char[] chars = new char[8192];
        private byte[] ready = new byte[0];
        private int given;
        private boolean first = true;

        Utf16(InputStream in, Charset charset) { reader = new InputStreamReader(in, charset); }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
        }

        @Override
        public int read(byte[] to, int at, int length) throws IOException {
            if (given == ready.length) {
                int got = reader.read(chars, 0, chars.length - 1);
                if (got < 0)
                    return -1;
                if (Character.isHighSurrogate(chars[got - 1])) {
                    int low = reader.read();
                    if (low >= 0)
                        chars[got++] = (char) low;
                }
                int skip = first && chars[0] == '\uFEFF' ? 1 : 0;
                first = false;
                ready = new String(chars, skip, got - skip).getBytes(StandardCharsets.UTF_8);
                given = 0;
                if (ready.length == 0)
                    return read(to, at, length);
            }
            int some = Math.min(length, ready.length - given);
            System.arraycopy(ready, given, to, at, some);
            given += some;
            return some;
        }

        @Override
        public void close() throws IOException { reader.close(); }
    }
}
