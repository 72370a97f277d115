package jp.kiban.address;

import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/// 行の読取り. Reads lines with what ends them (LF, CRLF, CR or the end of the text), so that a text of several lines is given back as it was
/// written; refuses a line that would fill the memory.
final class Lines implements AutoCloseable {
    static final int LONGEST = 1 << 20;

    private final Reader in;
    private final char[] buffer = new char[1 << 15];
    private final StringBuilder begun = new StringBuilder();
    private int at;
    private int filled;
    private long number;
    private String end = "";

    Lines(Reader in) { this.in = in; }

    /// The next line without its end, or null when there is none.
    @Nullable
    String next() throws IOException {
        begun.setLength(0);
        boolean any = false;
        while (true) {
            if (at == filled) {
                filled = in.read(buffer, 0, buffer.length);
                at = 0;
                if (filled <= 0) {
                    filled = 0;
                    end = "";
                    return any ? line("") : null;
                }
            }
            any = true;
            int from = at;
            while (at < filled && buffer[at] != '\n' && buffer[at] != '\r')
                at++;
            if (begun.length() + at - from > LONGEST)
                throw new MatchRun.InputRefused("line %,d is longer than %,d characters: this is no list of addresses"
                        .formatted(number + 1, LONGEST));
            if (at == filled) {
                begun.append(buffer, from, at - from);
                continue;
            }
            String last = new String(buffer, from, at - from);
            end = buffer[at++] == '\n' ? "\n" : followed() ? "\r\n" : "\r";
            return line(last);
        }
    }

    private String line(String last) {
        number++;
        return begun.isEmpty() ? last : begun.append(last).toString();
    }

    /// Whether a LF follows the CR; if so, it is taken.
    private boolean followed() throws IOException {
        if (at == filled) {
            filled = Math.max(0, in.read(buffer, 0, buffer.length));
            at = 0;
        }
        if (at < filled && buffer[at] == '\n') {
            at++;
            return true;
        }
        return false;
    }

    /// What ended the last line; empty at the end of the text.
    String end() { return end; }

    @Override
    public void close() throws IOException { in.close(); }
}
