package jp.kiban.address;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One run of `addresses match`: line by line, whatever the size. Every line of the input is in the output; a bad one is named with
/// its number and reason and carries no match.
public final class MatchRun {
    static final List<String> COLUMNS = List.of("match_pref", "match_city", "match_town", "match_rest", "match_level",
            "match_lg_code", "match_machiaza_id", "match_lat", "match_lng", "match_confidence", "match_candidates",
            "match_notes");
    private static final List<String> USUAL = List.of("address", "住所", "所在地", "input", "所在地_連結表記", "所在地_住所", "本店所在地");
    private static final String FORMULAS = "=+-@\t\r＝＋－＠";
    private static final Pattern NUMBER = Pattern.compile("[+-][0-9]{1,15}(\\.[0-9]{1,15})?");
    private static final long PROGRESS = 2_000_000_000L;

    /// The input cannot be taken at all.
    public static final class InputRefused extends IOException {
        private static final long serialVersionUID = 1L;

        InputRefused(String message) { super(message); }
    }

    private final AddressMatcher matcher;
    private final List<String> wanted;
    private final boolean json;
    private final PrintWriter log;
    private final boolean quiet;
    private final boolean spreadsheets;
    private long bad;
    private long done;
    private long withTown;
    private final long began = System.nanoTime();
    private long shown = began;

    public MatchRun(AddressMatcher matcher, List<String> wanted, boolean json, PrintWriter log, boolean quiet) {
        this(matcher, wanted, json, log, quiet, false);
    }

    private MatchRun(AddressMatcher matcher, List<String> wanted, boolean json, PrintWriter log, boolean quiet,
            boolean spreadsheets) {
        this.spreadsheets = spreadsheets;
        this.matcher = matcher;
        this.wanted = wanted;
        this.json = json;
        this.log = log;
        this.quiet = quiet;
    }

    /// The same run for a file that people open in a spreadsheet: a text that would be run as a formula gets an apostrophe in front.
    public MatchRun forSpreadsheets() { return new MatchRun(matcher, wanted, json, log, quiet, true); }

    public long bad() { return bad; }

    public long done() { return done; }

    public void run(InputStream from, OutputStream to, boolean csv) throws IOException {
        var in = TextEncoding.reader(from);
        var out = new BufferedWriter(new OutputStreamWriter(to, StandardCharsets.UTF_8), 1 << 16);
        if (csv)
            csv(in, out);
        else
            lines(in, out);
        out.flush();
        if (!quiet) {
            double seconds = Math.max(1e-9, (System.nanoTime() - began) / 1e9);
            log.printf("%,d addresses, %,d with town, %,d bad lines, %.1f s%n", done, withTown, bad, seconds);
        }
        log.flush();
    }

    private void lines(Reader in, Writer out) throws IOException {
        var lines = new Lines(in);
        if (!json)
            out.write("input," + String.join(",", COLUMNS) + "\r\n");
        long number = 0;
        var row = new StringBuilder(256);
        for (String line = lines.next(); line != null; line = lines.next()) {
            number++;
            String doubt = doubt(line);
            if (doubt != null)
                report(number, doubt);
            write(out, row, List.of("input"), List.of(line), line, null, doubt);
        }
    }

    private void csv(Reader in, Writer out) throws IOException {
        var rows = new CsvRows(in);
        var first = rows.next();
        if (first == null)
            throw new InputRefused("the input is empty: a CSV begins with a line of column names");
        var header = List.copyOf(first);
        if (rows.fault() != null)
            throw new InputRefused("line 1: " + rows.fault());
        var twice = new HashSet<String>();
        for (var name : header)
            if (COLUMNS.contains(name))
                throw new InputRefused("the input already has a column '" + name + "'; rename or remove it");
            else if (!twice.add(name) && (json || wanted.contains(name)))
                throw new InputRefused("the input has two columns '" + name + "'; rename one"
                        + (wanted.contains(name) ? "" : " (an NDJSON line holds each name once), or write CSV"));
        int[] at = columns(header);
        if (!json)
            out.write(Csv.line(header.stream().map(this::safe).toList()) + "," + String.join(",", COLUMNS) + "\r\n");
        var text = new StringBuilder(256);
        for (var row = rows.next(); row != null; row = rows.next()) {
            String fault = rows.fault();
            var fields = row;
            if (fault == null && row.size() != header.size())
                fault = row.size() + " fields, the header has " + header.size();
            if (fault != null && row.size() != header.size())
                fields = fitted(row, header.size());
            String address = at.length == 1
                    ? fields.get(at[0])
                    : java.util.Arrays.stream(at).mapToObj(fields::get).collect(Collectors.joining());
            String doubt = fault == null ? doubt(address) : null;
            if (fault != null || doubt != null)
                report(rows.line(), fault != null ? fault : String.valueOf(doubt));
            write(out, text, header, fields, address, fault, doubt);
        }
    }

    /// A row of the wrong length loses nothing: what is too much stays in the last column.
    private static List<String> fitted(List<String> row, int size) {
        var out = new ArrayList<>(row.subList(0, Math.min(size, row.size())));
        while (out.size() < size)
            out.add("");
        if (row.size() > size)
            out.set(size - 1, String.join(",", row.subList(size - 1, row.size())));
        return out;
    }

    private int[] columns(List<String> header) throws InputRefused {
        var bare = header.stream().map(String::strip).toList();
        var names = wanted.stream().anyMatch(w -> !header.contains(w)) ? bare : header;
        var missing = wanted.stream().filter(w -> !names.contains(w)).toList();
        if (!missing.isEmpty())
            throw new InputRefused("no column '" + String.join("', '", missing) + "'; the columns are: "
                    + String.join(", ", header));
        for (var name : wanted)
            if (names.indexOf(name) != names.lastIndexOf(name))
                throw new InputRefused("the input has two columns '" + name + "'; rename one");
        if (new HashSet<>(wanted).size() < wanted.size())
            throw new InputRefused("a column is named twice: " + String.join(", ", wanted));
        if (!wanted.isEmpty())
            return wanted.stream().mapToInt(names::indexOf).toArray();
        for (var usual : USUAL) {
            var named = bare.stream().map(b -> b.toLowerCase(Locale.ROOT)).toList();
            if (named.indexOf(usual) != named.lastIndexOf(usual))
                throw new InputRefused("the input has two columns '" + usual + "'; rename one, or say --column NAME");
            if (named.contains(usual))
                return new int[]{named.indexOf(usual)};
        }
        throw new InputRefused("which column holds the address? Say --column NAME; the columns are: "
                + String.join(", ", header));
    }

    /// A line that is matched, but whose text is damaged.
    private static @Nullable String doubt(String address) {
        if (address.indexOf('\uFFFD') >= 0)
            return "bytes that are no character of the file's encoding";
        if (address.indexOf('\0') >= 0)
            return "a NUL character";
        return null;
    }

    private void report(long line, String reason) {
        bad++;
        if (bad <= 1000)
            log.printf("line %,d: %s%n", line, reason);
        if (bad == 1000)
            log.println("further bad lines are only counted; each says so in match_notes");
        log.flush();
    }

    private void write(Writer out, StringBuilder row, List<String> header, List<String> fields, String address,
            @Nullable String fault, @Nullable String doubt) throws IOException {
        row.setLength(0);
        var match = fault == null ? matcher.match(address) : null;
        done++;
        if (match != null && match.level().atLeast(AddressLevel.TOWN))
            withTown++;
        var values = match == null
                ? List.of("", "", "", "", "", "", "", "", "", "", "", "bad line: " + fault)
                : values(match, doubt);
        if (json) {
            row.append('{');
            for (int i = 0; i < fields.size(); i++)
                field(row, header.get(i), fields.get(i));
            for (int i = 0; i < values.size(); i++)
                field(row, COLUMNS.get(i), values.get(i));
            row.setCharAt(row.length() - 1, '}');
            out.append(row).append('\n');
        } else {
            for (var f : fields) {
                Csv.append(row, safe(f));
                row.append(',');
            }
            for (int i = 0; i < values.size(); i++) {
                if (i > 0)
                    row.append(',');
                Csv.append(row, safe(values.get(i)));
            }
            out.append(row).append("\r\n");
        }
        progress();
    }

    private String safe(String text) {
        return spreadsheets && !text.isEmpty() && FORMULAS.indexOf(text.charAt(0)) >= 0 && !NUMBER.matcher(text)
                .matches() ? "'" + text : text;
    }

    private static List<String> values(AddressMatch m, @Nullable String doubt) {
        var p = m.parts();
        return List.of(p.pref(), p.cityName(), p.townName(), m.rest(), Integer.toString(m.level().number()),
                m.ids().lgCode(), m.ids().machiazaId(), m.position().map(x -> degrees(x.latitude())).orElse(""),
                m.position().map(x -> degrees(x.longitude())).orElse(""),
                m.level() == AddressLevel.NONE ? "0" : decimals(m.confidence()),
                m.candidates().stream().map(c -> c.name() + "|" + id(c.ids())).collect(Collectors.joining(";")),
                notes(m, doubt));
    }

    private static String id(AddressIds ids) {
        return java.util.stream.Stream
                .of(ids.lgCode(), ids.machiazaId(), ids.blkId(), ids.rsdtId(), ids.rsdt2Id(), ids.prcId())
                .filter(i -> !i.isEmpty()).collect(Collectors.joining("/"));
    }

    private static String notes(AddressMatch m, @Nullable String doubt) {
        var out = new ArrayList<>(m.notes());
        if (doubt != null)
            out.add("bad line: " + doubt);
        if (!m.ids().blkId().isEmpty())
            out.add("rsdt=" + java.util.stream.Stream.of(m.ids().blkId(), m.ids().rsdtId(), m.ids().rsdt2Id())
                    .filter(i -> !i.isEmpty()).collect(Collectors.joining("/")));
        if (!m.ids().prcId().isEmpty())
            out.add("prc=" + m.ids().prcId());
        for (var n : m.normalisations())
            out.add(n.kind().name().toLowerCase(Locale.ROOT) + ":" + n.written() + "=" + n.registered());
        return String.join(";", out);
    }

    /// Six decimals (about 0.1 m), without the cost of a formatter.
    private static String degrees(double value) {
        long micro = Math.round(value * 1e6);
        String digits = Long.toString(micro % 1_000_000 + 1_000_000);
        return micro / 1_000_000 + "." + digits.substring(1);
    }

    private static String decimals(double value) {
        long thousandths = Math.round(value * 1000);
        return thousandths >= 1000 ? "1.000" : "0." + Long.toString(1000 + thousandths).substring(1);
    }

    private static void field(StringBuilder out, String name, String value) {
        string(out, name);
        out.append(':');
        string(out, value);
        out.append(',');
    }

    private static void string(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20 || Character.isSurrogate(c) && lonely(text, i))
                        out.append("\\u%04x".formatted((int) c));
                    else
                        out.append(c);
                }
            }
        }
        out.append('"');
    }

    private static boolean lonely(String text, int i) {
        char c = text.charAt(i);
        return Character.isHighSurrogate(c)
                ? i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))
                : i == 0 || !Character.isHighSurrogate(text.charAt(i - 1));
    }

    private void progress() {
        if (quiet || (done & 1023) != 0)
            return;
        long now = System.nanoTime();
        if (now - shown < PROGRESS)
            return;
        shown = now;
        log.printf("%,d addresses, %,.0f a second%n", done, done / ((now - began) / 1e9));
        log.flush();
    }
}
