package jp.kiban.cost;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// 読み取りの注記. What a file does that it should not, or that its reader should know: counted by kind and column, with the first row.
final class FocusNotes {
    /// `shifts` ones mean that cells may stand under the wrong heading: such a file is not imported.
    enum Kind {
        NULL_WORD(false), SPELLING(false), TWICE(true), SHORT_ROW(true), LONG_ROW(true), QUOTE(
                false), JAPANESE_ENCODING(false), NO_ENCODING(true), UTF_16(false), BEFORE_HEADINGS(false), SEPARATOR(
                        false), INEXACT(false), LOOSE_NUMBER(false), LOOSE_TIME(false);

        private final boolean shifts;

        Kind(boolean shifts) { this.shifts = shifts; }

        boolean shifts() { return shifts; }
    }

    /// @param column from 0; -1 for the whole file
    record Note(Kind kind, int column, long count, long firstRow) {}

    private record Key(Kind kind, int column) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byKind = kind.compareTo(other.kind);
            return byKind == 0 ? Integer.compare(column, other.column) : byKind;
        }
    }

    private final Map<Key, long[]> counts = new TreeMap<>();
    private long[][] words = new long[0][];

    void add(Kind kind, int column, long row) {
        if (kind == Kind.NULL_WORD) {
            if (column >= words.length)
                words = java.util.Arrays.copyOf(words, column + 16);
            long[] seen = words[column];
            if (seen == null)
                words[column] = new long[]{1, row, row};
            else if (seen[2] != row) {
                seen[0]++;
                seen[2] = row;
            }
            return;
        }
        counts.computeIfAbsent(new Key(kind, column), k -> new long[]{0, row})[0]++;
    }

    List<Note> all() {
        var all = new ArrayList<Note>();
        for (int c = 0; c < words.length; c++)
            if (words[c] != null)
                all.add(new Note(Kind.NULL_WORD, c, words[c][0], words[c][1]));
        counts.forEach((key, n) -> all.add(new Note(key.kind(), key.column(), n[0], n[1])));
        return all;
    }
}
