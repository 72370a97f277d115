package jp.kiban.address;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads CSV (RFC 4180, quotes, line breaks within quotes) row by row with the number of the line that a row begins on. A quote that
/// is never closed ends at the end of its line, and the row says so, so that one bad line costs one line.
final class CsvRows implements AutoCloseable {
    private final Lines in;
    private final List<String> fields = new ArrayList<>();
    private long line;
    private long startLine;
    private @Nullable String fault;
    private String raw = "";
    private final List<Line> pending = new ArrayList<>();
    private String end = "";
    private int longestQuoted = 200;

    /// A line that was looked at already, with what ended it.
    private record Line(String text, String end) {}

    CsvRows(Reader in) { this.in = new Lines(in); }

    private @Nullable String readLine() throws IOException {
        if (!pending.isEmpty()) {
            line++;
            var next = pending.removeFirst();
            end = next.end();
            return next.text();
        }
        String read = in.next();
        end = in.end();
        if (read != null)
            line++;
        return read;
    }

    /// The next row, or null at the end. Empty lines are rows of one empty field.
    @Nullable
    List<String> next() throws IOException {
        String text = readLine();
        if (text == null)
            return null;
        startLine = line;
        fault = null;
        raw = text;
        fields.clear();
        if (text.indexOf('"') < 0) {
            split(text);
            return fields;
        }
        if (quoted(text))
            return fields;
        // a quoted field goes on in the next line
        var whole = new StringBuilder(text);
        var taken = new ArrayList<Line>();
        for (int more = 0; more < longestQuoted && whole.length() < Lines.LONGEST; more++) {
            String before = end;
            String further = readLine();
            if (further == null)
                break;
            taken.add(new Line(further, end));
            whole.append(before).append(further);
            if (further.indexOf('"') >= 0 && quoted(whole.toString())) {
                raw = whole.toString();
                return fields;
            }
        }
        pending.addAll(0, taken);
        line -= taken.size();
        fields.clear();
        split(text.replace("\"", ""));
        fault = "a quotation mark is not closed";
        return fields;
    }

    private void split(String text) {
        int at = 0;
        for (int comma = text.indexOf(','); comma >= 0; comma = text.indexOf(',', at)) {
            fields.add(text.substring(at, comma));
            at = comma + 1;
        }
        fields.add(text.substring(at));
    }

    private boolean quoted(String text) {
        fields.clear();
        var field = new StringBuilder();
        boolean inside = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (inside) {
                if (c != '"') {
                    field.append(c);
                } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    field.append('"');
                    i++;
                } else {
                    inside = false;
                }
            } else if (c == '"' && field.isEmpty()) {
                inside = true;
            } else if (c == ',') {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return !inside;
    }

    /// The line that the last row began on, from 1.
    long line() { return startLine; }

    /// What is wrong with the last row, if anything.
    @Nullable
    String fault() { return fault; }

    /// The last row as it was written, without its line end.
    String raw() { return raw; }

    @Override
    public void close() throws IOException { in.close(); }
}
