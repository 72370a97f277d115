package jp.kiban.cost;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.kiban.kernel.BadInput;
import org.jspecify.annotations.Nullable;

/// FOCUS ファイル. A file of cloud charges, read row by row: CSV (also packed with gzip) or Parquet. Holds one row, or the pages of one group of rows,
/// however long the file is. A cell is bytes in UTF-8 as they were written; nothing is mended, what is unusual is counted in `notes()`.
/// Refuses with a message what is no table, broken off, packed to burst, or wider than any real file.
abstract sealed class FocusFile implements Closeable permits FocusCsv, FocusParquet {
    static final int MOST_COLUMNS = 1000;
    static final Charset JAPANESE = Charset.forName("windows-31j");

    /// What a column of the file holds by its own word; a CSV file has no word about that.
    enum Holds {
        UNSAID, TEXT, NUMBER, INEXACT, TIME, KEYS, TRUTH
    }

    /// 見出し. One column of the file as it is named there, and the column of the specification that it is.
    ///
    /// @param exact the name is written as the specification writes it
    record Head(String seen, Optional<FocusColumn> column, boolean exact, Holds holds) {}

    final String name;
    final FocusNotes notes = new FocusNotes();
    private List<Head> heads = List.of();
    private FocusDialect dialect = FocusDialect.FOCUS;
    private final Map<FocusColumn, Integer> places = new EnumMap<>(FocusColumn.class);

    FocusFile(String name) { this.name = name; }

    /// @throws BadInput when it is no file that can be read
    static FocusFile open(Path file) {
        String name = Optional.ofNullable(file.getFileName()).map(Path::toString).orElse("");
        byte[] first = new byte[4];
        int got;
        try (var in = new BufferedInputStream(Files.newInputStream(file), 64)) {
            got = in.readNBytes(first, 0, 4);
        } catch (IOException unreadable) {
            throw refuse(name, "cost.focus.file.unreadable", name);
        }
        if (got == 0)
            throw refuse(name, "cost.focus.file.empty", name);
        String magic = new String(first, 0, got, StandardCharsets.ISO_8859_1);
        if (magic.equals("PAR1"))
            return new FocusParquet(file, name);
        if (magic.equals("PARE"))
            throw refuse(name, "cost.focus.parquet.secret", name);
        if (magic.startsWith("PK") || magic.startsWith("\u00D0\u00CF"))
            throw refuse(name, "cost.focus.file.workbook", name);
        if (magic.equals("\u0028\u00B5\u002F\u00FD") || magic.startsWith("BZh") || magic.startsWith("\u00FD7zX"))
            throw refuse(name, "cost.focus.file.packed", name);
        return FocusCsv.open(file, name);
    }

    /// Before the first row: only these columns are needed. Cells of others may then be empty.
    void only(Set<FocusColumn> wanted) {}

    /// The next row; false at the end.
    abstract boolean next();

    /// Which row this is: of a CSV file as a spreadsheet counts them (the headings are row 1), of a Parquet file from 1.
    abstract long row();

    /// Where the bytes of a cell of this row lie.
    abstract byte[] bytes(int column);

    abstract int from(int column);

    /// Not after `from` when the cell is empty.
    abstract int to(int column);

    /// 番号. The number of a cell's value among the `ids` different ones that this column has in this group of rows, 0 for nothing; -1 where values have no
    /// numbers. Two rows of one group with the same number say the same.
    int id(int column) { return -1; }

    int ids(int column) { return 0; }

    /// Which group of rows this is: the numbers of another mean something else.
    int group() { return 0; }

    /// The exact number that the cell says; false when it says none.
    boolean number(int column, FocusNumber into) { return into.read(bytes(column), from(column), to(column)); }

    /// How much of the file has been read, and how much there is, in bytes of the file.
    abstract long position();

    abstract long size();

    @Override
    public abstract void close();

    final List<Head> heads() { return heads; }

    final FocusDialect dialect() { return dialect; }

    /// Where this column stands, -1 when the file does not have it under any name.
    final int place(FocusColumn column) { return places.getOrDefault(column, -1); }

    final FocusNotes notes() { return notes; }

    /// By the columns it has; empty when it has none of the specification.
    final Optional<FocusColumn.Version> version() { return FocusColumn.newest(places.keySet()); }

    final void heads(List<String> seen, List<Holds> holds) {
        if (seen.size() > MOST_COLUMNS)
            throw refuse(name, "cost.focus.file.columns", name, seen.size(), MOST_COLUMNS);
        dialect = FocusDialect.of(seen);
        var all = new ArrayList<Head>();
        for (int c = 0; c < seen.size(); c++) {
            String head = seen.get(c);
            var exact = FocusColumn.of(head);
            var column = exact.isPresent() ? exact : dialect.column(head);
            if (column.isPresent() && places.putIfAbsent(column.get(), c) != null) {
                notes.add(FocusNotes.Kind.TWICE, c, 1);
                column = Optional.empty();
            } else if (column.isPresent() && exact.isEmpty() && dialect == FocusDialect.FOCUS)
                notes.add(FocusNotes.Kind.SPELLING, c, 1);
            all.add(new Head(head, column, exact.isPresent() && column.isPresent(), holds.get(c)));
        }
        heads = List.copyOf(all);
    }

    /// True when the cell has nothing in it, or the word for nothing.
    final boolean absent(int column) {
        int from = from(column);
        int to = to(column);
        if (from >= to)
            return true;
        int length = to - from;
        if (length > 6)
            return false;
        byte[] b = bytes(column);
        if (length == 2 && b[from] == '\\' && b[from + 1] == 'N' || length == 4 && (b[from] | 32) == 'n' && (b[from + 1]
                | 32) == 'u' && (b[from + 2] | 32) == 'l' && (b[from + 3] | 32) == 'l') {
            notes.add(FocusNotes.Kind.NULL_WORD, column, row());
            return true;
        }
        return false;
    }

    /// What the cell says; null when it is absent.
    final @Nullable String text(int column) { return absent(column) ? null : seen(column); }

    /// What stands in the cell, also when that is nothing. Text that is not UTF-8 is read as Windows-31J, and noted.
    final String seen(int column) {
        int from = from(column);
        int to = to(column);
        if (from >= to)
            return "";
        byte[] b = bytes(column);
        boolean plain = true;
        for (int i = from; i < to && plain; i++)
            plain = b[i] >= 0;
        if (plain)
            return new String(b, from, to - from, StandardCharsets.ISO_8859_1);
        for (var charset : List.of(StandardCharsets.UTF_8, JAPANESE))
            try {
                String text = charset.newDecoder().onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(
                        CodingErrorAction.REPORT).decode(ByteBuffer.wrap(b, from, to - from)).toString();
                if (charset == JAPANESE)
                    notes.add(FocusNotes.Kind.JAPANESE_ENCODING, column, row());
                return text;
            } catch (CharacterCodingException other) {
                continue;
            }
        notes.add(FocusNotes.Kind.NO_ENCODING, column, row());
        return new String(b, from, to - from, StandardCharsets.UTF_8);
    }

    /// The cell's bytes are Unicode as they stand.
    final boolean unicode(int column) { return isUnicode(bytes(column), from(column), to(column)); }

    static boolean isUnicode(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++)
            if (bytes[i] < 0)
                try {
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
                    return true;
                } catch (CharacterCodingException other) {
                    return false;
                }
        return true;
    }

    static BadInput refuse(String where, String key, Object... values) {
        return new BadInput(List.of(CostWords.finding(where, key, values)));
    }
}
