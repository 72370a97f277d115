package jp.kiban.address;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// 木. All names of the dictionary in one tree of characters, level by level: the children of a node lie side by side in order, so a
/// node is a character (2 bytes), where its children begin (4) and its value (4, -1 for none).
final class Trie {
    static final ValueLayout.OfChar CHAR = ValueLayout.JAVA_CHAR_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final int NONE = -1;

    private final MemorySegment labels;
    private final MemorySegment first;
    private final MemorySegment values;

    Trie(MemorySegment labels, MemorySegment first, MemorySegment values) {
        this.labels = labels;
        this.first = first;
        this.values = values;
    }

    int value(int node) { return values.get(INT, 4L * node); }

    char label(int node) { return labels.get(CHAR, 2L * node); }

    int firstChild(int node) { return first.get(INT, 4L * node); }

    int endChild(int node) { return first.get(INT, 4L * node + 4); }

    int child(int node, char label) {
        int low = first.get(INT, 4L * node);
        int high = first.get(INT, 4L * node + 4) - 1;
        while (high - low > 6) {
            int middle = (low + high) >>> 1;
            char seen = labels.get(CHAR, 2L * middle);
            if (seen < label)
                low = middle + 1;
            else if (seen > label)
                high = middle - 1;
            else
                return middle;
        }
        for (; low <= high; low++)
            if (labels.get(CHAR, 2L * low) == label)
                return low;
        return NONE;
    }

    int walk(int node, CharSequence labels) {
        for (int i = 0; i < labels.length() && node != NONE; i++)
            node = child(node, labels.charAt(i));
        return node;
    }
}
