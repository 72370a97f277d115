package jp.kiban.address;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// 番号を読む. The number after a town — `16番18号`, `16-18`, `十六番地の二`, `794番地ロ`, `468乙3` — and which residence or lot of the
/// town it is. A number that the dictionary does not have in full gives no id: lot 1-2 is not lot 1.
final class HouseNumber {
    /// Whether a text begins with a number, in digits or kanji.
    static boolean begins(String text) {
        var folded = Folding.of(text);
        return folded.length > 0 && (Folding.isDigit(folded.key[0]) || Numerals.isKanji(folded.key[0]));
    }

    private static final int MOST = 4;
    private static final String LETTERS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥";

    /// What a number turned out to be.
    record Found(AddressLevel level, long row, String block, String number, int end, List<Long> others) {}

    private final AddressDictionary dictionary;
    private final Folding text;
    private final char[] key;
    private final int n;

    private final long[] components = new long[MOST];
    private final int[] ends = new int[MOST];
    /// Whether what follows a component may be a room or building rather than a further part of the number.
    private final boolean[] closes = new boolean[MOST];
    private int count;
    private boolean banGo;
    private boolean banchi;
    int start;

    HouseNumber(AddressDictionary dictionary, Folding text) {
        this.dictionary = dictionary;
        this.text = text;
        this.key = text.key;
        this.n = text.length;
    }

    /// Reads the number at a point; false when there is none.
    boolean read(int at) {
        while (at < n && (key[at] == Folding.GAP || key[at] == Folding.HYPHEN || key[at] == '、' || key[at] == ','))
            at++;
        if (at < n && key[at] == 'ノ' && at + 1 < n && (Folding.isDigit(key[at + 1]) || Numerals.isKanji(key[at + 1])))
            at++;
        start = at;
        boolean letterMayFollow = true;
        while (at < n && count < MOST) {
            int next = component(at, letterMayFollow);
            if (next == at)
                break;
            ends[count++] = next;
            at = next;
            int after = separator(at);
            closes[count - 1] = after == at || after > 0 && after <= n && key[after - 1] == '号'
                    || at < n && key[at] == Folding.GAP;
            ends[count - 1] = unitEnd(at);
            if (closes[count - 1] && !(after == at && letter(at)))
                break;
            at = after;
        }
        return count > 0;
    }

    private boolean letter(int at) {
        if (at >= n)
            return false;
        char c = key[at];
        return LETTERS.indexOf(c) >= 0 || c >= 'ァ' && c <= 'ヺ' && c != 'ノ' || c >= 'A' && c <= 'Z';
    }

    /// Reads digits, kanji numerals, or a letter with the digits after it; returns where it ends.
    private int component(int at, boolean letterMayFollow) {
        char c = key[at];
        if (Folding.isDigit(c)) {
            int end = text.numberEnd(at);
            int value = text.number(at, end);
            if (value < 0)
                return at;
            components[count] = value + 1L;
            return end;
        }
        if (Numerals.isKanji(c)) {
            int end = at;
            while (end < n && Numerals.isKanji(key[end]))
                end++;
            int value = Numerals.value(key, at, end);
            if (value < 0)
                return at;
            components[count] = value + 1L;
            return end;
        }
        if (!letterMayFollow || !letter(at))
            return at;
        // a letter stands alone: a word that begins here is a building
        int end = at + 1;
        int digits = end < n && Numerals.isKanji(key[end]) ? kanjiEnd(end) : text.numberEnd(Math.min(end, n));
        if (digits == end && letter(end))
            return at;
        var written = new StringBuilder().append(c);
        if (digits > end) {
            int value = Folding.isDigit(key[end]) ? text.number(end, digits) : Numerals.value(key, end, digits);
            if (value < 0)
                return at;
            written.append(value);
        }
        int odd = dictionary.odd(written.toString());
        if (odd < 0)
            return at;
        components[count] = NumberTable.ODD + odd;
        return digits;
    }

    private int kanjiEnd(int at) {
        int end = at;
        while (end < n && Numerals.isKanji(key[end]))
            end++;
        return end;
    }

    /// Past what separates two components, or the same point when nothing does.
    private int separator(int at) {
        if (at >= n)
            return at;
        int next = at;
        char c = key[next];
        if (c == '番') {
            next++;
            if (next < n && key[next] == '地') {
                next++;
                banchi = true;
            } else if (next < n && (Folding.isDigit(key[next]) || Numerals.isKanji(key[next]))) {
                banGo = true;
            }
            if (next < n && (key[next] == 'ノ' || key[next] == Folding.HYPHEN))
                next++;
            return next;
        }
        if (c == '号')
            return next + 1;
        if (c == Folding.HYPHEN)
            return next + 1;
        if (c == 'ノ' && next + 1 < n
                && (Folding.isDigit(key[next + 1]) || Numerals.isKanji(key[next + 1]) || letter(next + 1)))
            return next + 1;
        return at;
    }

    /// The number with its own unit: 号, 番地, 番.
    private int unitEnd(int at) {
        if (at >= n)
            return at;
        if (key[at] == '番')
            return at + 1 < n && key[at + 1] == '地' ? at + 2 : at + 1;
        return key[at] == '号' ? at + 1 : at;
    }

    /// The residence or lot of the town, or the block when only that is known.
    @Nullable
    Found in(int town) {
        long[] residences = dictionary.numberRange(town, true);
        long[] lots = dictionary.numberRange(town, false);
        Found lot = lots[1] > lots[0] ? exact(dictionary.lots, lots, AddressLevel.LOT) : null;
        if (residences[1] == residences[0] || banchi && lot != null)
            return lot;
        Found residence = exact(dictionary.residences, residences, AddressLevel.RESIDENCE);
        if (residence == null || residence.number.isEmpty())
            residence = null;
        if (residence != null)
            return lot == null || banGo ? residence : with(residence, lot);
        Found block = lot != null && count > 1 ? null : block(residences);
        if (block == null)
            return lot;
        return lot == null ? block : with(block, lot);
    }

    private static Found with(Found chosen, Found other) {
        var others = new ArrayList<>(chosen.others);
        others.add(~other.row);
        others.addAll(other.others.stream().map(row -> ~row).toList());
        return new Found(chosen.level, chosen.row, chosen.block, chosen.number, chosen.end, others);
    }

    /// The row whose number is the components read, or all but those that may be a room.
    private @Nullable Found exact(NumberTable table, long[] range, AddressLevel level) {
        for (int use = Math.min(3, count); use >= 1; use--) {
            if (use < count && !closes[use - 1] && use < 2)
                return null;
            long wanted = components[0] << 42 | (use > 1 ? components[1] << 21 : 0) | (use > 2 ? components[2] : 0);
            long row = table.find(range[0], range[1], wanted);
            if (row < range[1] && table.key(row) == wanted) {
                var same = new ArrayList<Long>();
                for (long r = row + 1; r < range[1] && table.key(r) == wanted; r++)
                    same.add(r);
                String one = dictionary.component(components[0]);
                String two = use > 1 ? dictionary.component(components[1]) : "";
                String three = use > 2 ? dictionary.component(components[2]) : "";
                return level == AddressLevel.LOT
                        ? new Found(level, row, "", joined(joined(one, two), three), ends[use - 1], same)
                        : new Found(level, row, one, joined(two, three), ends[use - 1], same);
            }
        }
        return null;
    }

    private static String joined(String one, String other) { return other.isEmpty() ? one : one + "-" + other; }

    private @Nullable Found block(long[] range) {
        long wanted = components[0] << 42;
        long row = dictionary.residences.find(range[0], range[1], wanted);
        if (row >= range[1] || dictionary.residences.key(row) >>> 42 != components[0])
            return null;
        return new Found(AddressLevel.BLOCK, row, dictionary.component(components[0]), "", ends[0], List.of());
    }
}
