package jp.kiban.address;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// 読取りの限度. What comes out of a compressed file is bounded: in all, in relation to what went in, and by line, so that a file made to
/// fill a memory or a disk is refused with what was seen instead.
final class BoundedStream extends FilterInputStream {
    /// The largest table of the whole country is far below.
    private static final long MOST = 40L << 30;
    /// Official files unpack to about ten times their size.
    private static final int RATIO = 250;
    private static final long RATIO_FROM = 64L << 20;
    /// The longest line of any official file has a few hundred bytes.
    private static final int LONGEST_LINE = 1 << 20;

    private final String name;
    private final long packed;
    private long count;
    private long lineStart;

    /// @param packed the size of the file that it comes from
    BoundedStream(InputStream in, String name, long packed) {
        super(in);
        this.name = name;
        this.packed = packed;
    }

    @Override
    public int read() throws IOException {
        int one = super.read();
        if (one >= 0)
            seen((byte) one);
        return one;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int read = super.read(into, from, length);
        for (int i = 0; i < read; i++)
            seen(into[from + i]);
        return read;
    }

    private void seen(byte one) throws IOException {
        count++;
        if (one == '\n')
            lineStart = count;
        if (count - lineStart > LONGEST_LINE)
            throw new DictionaryRefused(Refusal.Why.LONG_LINE, name, LONGEST_LINE);
        if (count > MOST)
            throw new DictionaryRefused(Refusal.Why.TOO_LARGE, name, MOST);
        if (count > RATIO_FROM && count / RATIO > packed)
            throw new DictionaryRefused(Refusal.Why.BOMB, name, RATIO, packed);
    }

    /// Reads on to the end without keeping anything.
    void drain() throws IOException {
        var buffer = new byte[1 << 14];
        while (read(buffer, 0, buffer.length) >= 0) {
            // only the bounds are wanted
        }
    }

    /// Marking would lose count.
    @Override
    public boolean markSupported() { return false; }

    @Override
    public long skip(long wanted) throws IOException {
        long left = wanted;
        while (left > 0 && read() >= 0)
            left--;
        return wanted - left;
    }

    /// A zip stream stays open: the next entry is in it.
    @Override
    public void close() throws IOException { super.close(); }
}
