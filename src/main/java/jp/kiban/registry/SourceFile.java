package jp.kiban.registry;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipInputStream;
import jp.kiban.kernel.BadInput;

/// 読み込むファイル. A file as its owner publishes it: CSV, or a zip or gzip with one CSV in it; UTF-8 (with or without a byte order
/// mark) or Shift_JIS, recognised by its bytes. What is not in the charset comes as U+FFFD and is a fault of its line.
record SourceFile(Path path, String name, Charset charset, long bytes, String sha256) {
    static final Charset SHIFT_JIS = Charset.forName("windows-31j");
    private static final int SAMPLE = 1 << 18;

    /// Looks at the file: its charset by a sample, its SHA-256 over all of it.
    static SourceFile look(Path path) {
        if (!Files.isRegularFile(path))
            throw BadInput.of("file", "registry.file", Words.text("registry.error.no-file", path.getFileName()
                    .toString()));
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            try (var in = new DigestInputStream(Files.newInputStream(path), digest)) {
                in.transferTo(java.io.OutputStream.nullOutputStream());
            }
            byte[] sample;
            try (var in = content(path)) {
                sample = in.readNBytes(SAMPLE);
            }
            if (sample.length == 0)
                throw BadInput.of("file", "registry.file", Words.text("registry.error.empty-file", path.getFileName()
                        .toString()));
            return new SourceFile(path, path.getFileName().toString(), charset(sample, path), Files.size(path),
                    HexFormat.of().formatHex(digest.digest()));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        } catch (IOException broken) {
            throw BadInput.of("file", "registry.file", Words.text("registry.error.unreadable", path.getFileName()
                    .toString(), String.valueOf(broken.getMessage())));
        }
    }

    private static Charset charset(byte[] sample, Path path) {
        if (fits(sample, StandardCharsets.UTF_8))
            return StandardCharsets.UTF_8;
        if (fits(sample, SHIFT_JIS))
            return SHIFT_JIS;
        // a bad byte somewhere: the one that has fewer replaced characters
        return bad(sample, StandardCharsets.UTF_8) <= bad(sample, SHIFT_JIS) ? StandardCharsets.UTF_8 : SHIFT_JIS;
    }

    private static boolean fits(byte[] sample, Charset charset) {
        var decoder = charset.newDecoder().onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(
                CodingErrorAction.REPORT);
        // the sample may end inside a character: not the end of the input
        return !decoder.decode(ByteBuffer.wrap(sample), CharBuffer.allocate(sample.length + 1), false).isError();
    }

    private static long bad(byte[] sample, Charset charset) {
        return new String(sample, charset).chars().filter(c -> c == 0xFFFD).count();
    }

    BufferedReader open() throws IOException {
        var decoder = charset.newDecoder().onMalformedInput(CodingErrorAction.REPLACE).onUnmappableCharacter(
                CodingErrorAction.REPLACE);
        var reader = new BufferedReader(new InputStreamReader(content(path), decoder), 1 << 17);
        reader.mark(1);
        if (reader.read() != '\uFEFF')
            reader.reset();
        return reader;
    }

    /// The header of a table: refuses one that is of something else; `written` is the line as it stands.
    interface Header {
        void read(String[] columns, String written);
    }

    /// A whole row.
    interface Cells {
        void row(long line, String[] cells);
    }

    /// How far it is.
    interface Lines {
        void at(long line);
    }

    /// Row by row: the header first, then each line with as many cells as the header; any other line is a fault.
    void rows(Header header, Cells rows, Consumer<CorporationRow.Fault> faults, Lines lines) {
        try (var reader = open()) {
            String head = reader.readLine();
            var columns = head == null ? null : cells(head, 24);
            int expected = columns == null ? 0 : columns.length;
            header.read(columns == null ? new String[0] : columns, head == null ? "" : head);
            long number = 1;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isEmpty()) {
                    var cells = cells(line, expected);
                    if (cells == null)
                        faults.accept(new CorporationRow.Fault(number, 0, "quote", line));
                    else if (cells.length != expected)
                        faults.accept(new CorporationRow.Fault(number, 0, "columns", cells.length + ": " + line));
                    else
                        rows.row(number, cells);
                }
                lines.at(number);
            }
        } catch (IOException broken) {
            throw BadInput.of("file", "registry.file", Words.text("registry.error.unreadable", name, String
                    .valueOf(broken.getMessage())));
        }
    }

    /// Of the cells of a row (FNV-1a over their code units, with a mark between them).
    static long digest(String... cells) {
        long hash = 0xcbf29ce484222325L;
        for (String cell : cells) {
            for (int i = 0; i < cell.length(); i++)
                hash = (hash ^ cell.charAt(i)) * 0x100000001b3L;
            hash = (hash ^ 0x1f) * 0x100000001b3L;
        }
        return hash;
    }

    /// The CSV inside.
    private static InputStream content(Path path) throws IOException {
        var file = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
        byte[] head = file.readNBytes(4);
        var whole = new SequenceInputStream(new ByteArrayInputStream(head), file);
        if (head.length >= 2 && (head[0] & 0xff) == 0x1f && (head[1] & 0xff) == 0x8b)
            return new GZIPInputStream(whole, 1 << 16);
        if (head.length == 4 && head[0] == 'P' && head[1] == 'K') {
            var zip = new ZipInputStream(whole);
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry())
                if (!entry.isDirectory() && entry.getName().toLowerCase(Locale.ROOT).endsWith(".csv"))
                    return zip;
            throw new IOException("no .csv in this zip");
        }
        return whole;
    }

    /// The cells of one line (RFC 4180 without line breaks in cells); null when a quotation mark is not closed.
    static String @org.jspecify.annotations.Nullable [] cells(String line, int expected) {
        List<String> cells = new ArrayList<>(expected);
        int i = 0;
        int end = line.length();
        while (true) {
            if (i < end && line.charAt(i) == '"') {
                int close = line.indexOf('"', i + 1);
                if (close >= 0 && (close + 1 == end || line.charAt(close + 1) == ',')) {
                    cells.add(line.substring(i + 1, close));
                    i = close + 1;
                } else {
                    var cell = new StringBuilder();
                    int at = i + 1;
                    while (true) {
                        int mark = line.indexOf('"', at);
                        if (mark < 0)
                            return null;
                        cell.append(line, at, mark);
                        at = mark + 1;
                        if (at < end && line.charAt(at) == '"') {
                            cell.append('"');
                            at++;
                        } else
                            break;
                    }
                    int comma = line.indexOf(',', at);
                    cell.append(line, at, comma < 0 ? end : comma);
                    cells.add(cell.toString());
                    i = comma < 0 ? end : comma;
                }
            } else {
                int comma = line.indexOf(',', i);
                cells.add(line.substring(i, comma < 0 ? end : comma));
                i = comma < 0 ? end : comma;
            }
            if (i >= end)
                return cells.toArray(String[]::new);
            i++; // the comma
            if (i == end) {
                cells.add("");
                return cells.toArray(String[]::new);
            }
        }
    }
}
