package jp.kiban.registry;

import java.util.Arrays;

/// 番号の集まり. Millions of positive numbers without an object each; open addressing.
final class LongSet {
    private long[] table = new long[1 << 12];
    private int size;

    /// False when it was there already.
    boolean add(long number) {
        if (size * 5L > table.length * 3L)
            grow();
        if (!put(table, number))
            return false;
        size++;
        return true;
    }

    boolean contains(long number) {
        for (int at = place(table, number);; at = at + 1 & table.length - 1)
            if (table[at] == number)
                return true;
            else if (table[at] == 0)
                return false;
    }

    int size() { return size; }

    private void grow() {
        var larger = new long[table.length * 2];
        Arrays.stream(table).filter(n -> n != 0).forEach(n -> put(larger, n));
        table = larger;
    }

    private static boolean put(long[] table, long number) {
        int at = place(table, number);
        while (table[at] != 0) {
            if (table[at] == number)
                return false;
            at = at + 1 & table.length - 1;
        }
        table[at] = number;
        return true;
    }

    private static int place(long[] table, long number) {
        return (int) (number * 0x9E3779B97F4A7C15L >>> 32) & table.length - 1;
    }
}
