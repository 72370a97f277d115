package jp.kiban.address;

import java.util.Arrays;

/// Lays out sorted, distinct keys with their values as a [Trie].
final class TrieWriter {
    char[] labels = new char[1 << 16];
    int[] first = new int[1 << 16];
    int[] values = new int[1 << 16];
    int nodes;

    static TrieWriter of(String[] keys, int[] keyValues) {
        var out = new TrieWriter();
        // the range of keys below each node, and their common length
        int[] low = new int[1 << 16];
        int[] high = new int[1 << 16];
        int[] depth = new int[1 << 16];
        out.nodes = 1;
        high[0] = keys.length;
        for (int node = 0; node < out.nodes; node++) {
            int at = low[node];
            int end = high[node];
            int length = depth[node];
            if (node + 2 >= out.first.length)
                out.grow();
            out.values[node] = Trie.NONE;
            if (at < end && keys[at].length() == length)
                out.values[node] = keyValues[at++];
            out.first[node] = out.nodes;
            while (at < end) {
                char label = keys[at].charAt(length);
                int next = at + 1;
                while (next < end && keys[next].charAt(length) == label)
                    next++;
                int child = out.nodes++;
                if (child + 2 >= out.first.length)
                    out.grow();
                if (child >= low.length) {
                    low = Arrays.copyOf(low, low.length * 2);
                    high = Arrays.copyOf(high, low.length);
                    depth = Arrays.copyOf(depth, low.length);
                }
                out.labels[child] = label;
                low[child] = at;
                high[child] = next;
                depth[child] = length + 1;
                at = next;
            }
        }
        out.first[out.nodes] = out.nodes;
        return out;
    }

    private void grow() {
        labels = Arrays.copyOf(labels, labels.length * 2);
        first = Arrays.copyOf(first, first.length * 2);
        values = Arrays.copyOf(values, values.length * 2);
    }
}
