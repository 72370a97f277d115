package jp.kiban.address;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// 文字コードの判定. UTF-8 (with or without BOM), UTF-16 with BOM, or CP932 (Shift_JIS as Japanese offices write it). Of a file without BOM most of
/// its lines decide: one damaged character does not make a UTF-8 file a Shift_JIS one. Where the beginning is plain ASCII, the first character
/// beyond it is where the look is taken.
final class TextEncoding {
    static final Charset CP932 = Charset.forName("windows-31j");
    private static final int LOOK = 1 << 16;

    private TextEncoding() {}

    static Reader reader(InputStream raw) throws IOException {
        var in = new BufferedInputStream(raw, LOOK * 2);
        in.mark(LOOK + 1);
        byte[] head = in.readNBytes(LOOK);
        in.reset();
        if (head.length >= 3 && head[0] == (byte) 0xEF && head[1] == (byte) 0xBB && head[2] == (byte) 0xBF) {
            in.skipNBytes(3);
            return new InputStreamReader(in, StandardCharsets.UTF_8);
        }
        if (head.length >= 2 && (head[0] == (byte) 0xFF && head[1] == (byte) 0xFE
                || head[0] == (byte) 0xFE && head[1] == (byte) 0xFF))
            return new InputStreamReader(in, StandardCharsets.UTF_16);
        boolean ascii = true;
        for (byte b : head)
            ascii &= b >= 0;
        if (ascii && head.length == LOOK)
            return new InputStreamReader(in, new PerLine());
        return new InputStreamReader(in, valid(head) || mostly(head) ? StandardCharsets.UTF_8 : CP932);
    }

    /// Whether more of the lines with a character beyond ASCII are UTF-8 than are not. What follows the last line break is cut off anywhere,
    /// and has no voice unless it is all there is.
    private static boolean mostly(byte[] bytes) {
        int is = 0;
        int not = 0;
        for (int from = 0; from < bytes.length;) {
            int to = from;
            boolean ascii = true;
            while (to < bytes.length && bytes[to] != '\n')
                ascii &= bytes[to++] >= 0;
            if (!ascii && (to < bytes.length || is + not == 0)) {
                if (valid(Arrays.copyOfRange(bytes, from, to)))
                    is++;
                else
                    not++;
            }
            from = to + 1;
        }
        return is > not;
    }

    static boolean valid(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        var out = CharBuffer.allocate(bytes.length + 1);
        // not the end of the input: a character that is cut off at the end of the look is no fault
        return !decoder.decode(ByteBuffer.wrap(bytes), out, bytes.length < LOOK).isError();
    }

    /// Decodes UTF-8, and what is not UTF-8 as CP932.
    private static final class PerLine extends Charset {
        PerLine() { super("x-utf-8-or-cp932", new String[0]); }

        @Override
        public boolean contains(Charset other) { return other.equals(StandardCharsets.UTF_8); }

        @Override
        public java.nio.charset.CharsetEncoder newEncoder() { return StandardCharsets.UTF_8.newEncoder(); }

        @Override
        public CharsetDecoder newDecoder() {
            return new CharsetDecoder(this, 1f, 1f) {
                private boolean decided;
                private CharsetDecoder chosen = StandardCharsets.UTF_8.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT);

                @Override
                protected java.nio.charset.CoderResult decodeLoop(ByteBuffer in, CharBuffer out) {
                    var result = chosen.decode(in, out, false);
                    if (result.isError() && !decided) {
                        decided = true;
                        byte[] ahead = new byte[in.remaining()];
                        in.duplicate().get(ahead);
                        chosen = (mostly(ahead) ? StandardCharsets.UTF_8 : CP932).newDecoder()
                                .onMalformedInput(CodingErrorAction.REPLACE)
                                .onUnmappableCharacter(CodingErrorAction.REPLACE);
                        return chosen.decode(in, out, false);
                    }
                    return result;
                }
            };
        }
    }
}
