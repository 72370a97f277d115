package jp.kiban.address;

import static jp.kiban.address.Trie.INT;
import static jp.kiban.address.Trie.LONG;

import java.lang.foreign.MemorySegment;

/// 住居番号・地番の表. Rows of 24 bytes, sorted by town and then by number: the packed number, the packed id, latitude, longitude.
final class NumberTable {
    /// Components of a number that are not plain digits (乙3, イ) are numbered from here; see the odd names of the dictionary.
    static final long ODD = 1L << 20;
    static final int ROW = 24;

    private final MemorySegment rows;

    NumberTable(MemorySegment rows) { this.rows = rows; }

    long key(long row) { return rows.get(LONG, row * ROW); }

    long id(long row) { return rows.get(LONG, row * ROW + 8); }

    int latitude(long row) { return rows.get(INT, row * ROW + 16); }

    int longitude(long row) { return rows.get(INT, row * ROW + 20); }

    /// The first row in from..to whose key is not less than `key`.
    long find(long from, long to, long key) {
        while (from < to) {
            long middle = (from + to) >>> 1;
            if (key(middle) < key)
                from = middle + 1;
            else
                to = middle;
        }
        return from;
    }

    /// 地番ID as a number, or -1 when it is not 15 digits.
    static long lotId(String id) { return id.length() == 15 ? digits(id) : -1; }

    static String lotId(long id) { return "%015d".formatted(id); }

    /// 街区ID, 住居ID and 住居2ID as one number, or -1 when they are not digits.
    static long residenceId(String blk, String rsdt, String rsdt2) {
        long one = blk.isEmpty() ? 0 : digits(blk) + 1;
        long two = rsdt.isEmpty() ? 0 : digits(rsdt) + 1;
        long three = rsdt2.isEmpty() ? 0 : digits(rsdt2) + 1;
        boolean broken = !blk.isEmpty() && one == 0 || !rsdt.isEmpty() && two == 0 || !rsdt2.isEmpty() && three == 0;
        return broken || one >= ODD || two >= ODD || three >= ODD ? -1 : one << 40 | two << 20 | three;
    }

    static String blkId(long id) { return part(id >>> 40, 3); }

    static String rsdtId(long id) { return part(id >>> 20 & ODD - 1, 3); }

    static String rsdt2Id(long id) { return part(id & ODD - 1, 5); }

    private static String part(long value, int width) {
        if (value == 0)
            return "";
        String digits = Long.toString(value - 1);
        return "0".repeat(Math.max(0, width - digits.length())) + digits;
    }

    /// 町字ID as a number; an id that is not digits cannot be kept and is -1.
    static int machiaza(String id) { return id.length() > 7 ? -1 : (int) digits(id); }

    private static long digits(String text) {
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9')
                return -1;
            value = value * 10 + c - '0';
        }
        return text.length() > 15 ? -1 : value;
    }
}
