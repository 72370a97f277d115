package jp.kiban.address;

import static jp.kiban.address.Trie.NONE;

import java.util.Arrays;

/// 町字をたどる. Follows the folded text down the tree and keeps every name that ends on the way. Strict: the name as registered, apart
/// from folding, numerals, and a 丁目 that a number stands for (`2-3` for 二丁目3). Lenient: also with a few things left out or put in
/// (町, ノ, 条 ...), each at a cost.
final class TownWalk {
    /// A 丁目 (or 番丁, 条, ...) was understood from a bare number.
    static final int INFERRED = 1;
    static final int SUBSTITUTED = 2;
    static final int SKIPPED = 4;
    private static final int STEPS = 6000;
    private static final String LEFT_OUT = "町村ノケ条区通第";
    private static final String PUT_IN = "町村区ノケ通市第";
    private static final String[] AFTER_NUMBER = {"丁", "条", "号", "線", "区", "部", "番", "組", "ノ通"};
    /// Characters that make another place when exchanged.
    private static final String MEANINGFUL = "東西南北上中下前後内外大小新古旧元本奥口左右〇一二三四五六七八九十百千甲乙丙丁町村市区郡条通丁目番号線ノケ-山川田野原島谷沢";

    private final Trie trie;
    private final char[] key;
    private final int n;
    private final Folding text;
    private boolean lenient;
    private int budget;
    private int steps;

    int count;
    int[] value = new int[16];
    int[] end = new int[16];
    int[] cost = new int[16];
    int[] flags = new int[16];

    TownWalk(Trie trie, Folding text) {
        this.trie = trie;
        this.text = text;
        this.key = text.key;
        this.n = text.length;
    }

    void strict(int root, int at) {
        count = 0;
        lenient = false;
        budget = 0;
        if (root != NONE)
            go(root, at, 0, 0, at);
    }

    void lenient(int root, int at, int allowed) {
        count = 0;
        lenient = true;
        budget = allowed;
        steps = 0;
        if (root != NONE)
            go(root, at, 0, 0, at);
    }

    private void accept(int node, int at, int spent, int how) {
        int found = trie.value(node);
        if (found < 0)
            return;
        for (int i = 0; i < count; i++)
            if (value[i] == found && end[i] == at) {
                if (spent < cost[i]) {
                    cost[i] = spent;
                    flags[i] = how;
                }
                return;
            }
        if (count == value.length) {
            value = Arrays.copyOf(value, count * 2);
            end = Arrays.copyOf(end, count * 2);
            cost = Arrays.copyOf(cost, count * 2);
            flags = Arrays.copyOf(flags, count * 2);
        }
        value[count] = found;
        end[count] = at;
        cost[count] = spent;
        flags[count++] = how;
    }

    private void go(int node, int at, int spent, int how, int start) {
        if (lenient && ++steps > STEPS)
            return;
        if (at > start)
            accept(node, at, spent, how);
        if (at < n) {
            char c = key[at];
            if (Folding.isDigit(c)) {
                int stop = text.numberEnd(at);
                int number = text.number(at, stop);
                if (number >= 0) {
                    int next = trie.walk(node, Numerals.kanji(number));
                    if (next != NONE)
                        afterNumber(next, stop, spent, how, start, true);
                }
            } else if (c == Folding.GAP) {
                go(node, at + 1, spent, how, start);
                return;
            } else {
                int child = trie.child(node, c);
                if (child != NONE)
                    go(child, at + 1, spent, how, start);
                if (Numerals.isKanji(c))
                    numeral(node, at, spent, how, start);
            }
        }
        if (lenient && spent < budget)
            variations(node, at, spent, how, start);
    }

    private void numeral(int node, int at, int spent, int how, int start) {
        int stop = at + 1;
        while (stop < n && Numerals.isKanji(key[stop]))
            stop++;
        int number = Numerals.value(key, at, stop);
        if (number < 0)
            return;
        String kanji = Numerals.kanji(number);
        boolean same = kanji.length() == stop - at;
        for (int i = 0; same && i < kanji.length(); i++)
            same = kanji.charAt(i) == key[at + i];
        int next = trie.walk(node, kanji);
        if (next != NONE && (!same || kanjiBoundary(stop)))
            afterNumber(next, stop, spent, how, start, !same);
    }

    private boolean kanjiBoundary(int at) {
        return at == n || key[at] == Folding.HYPHEN || key[at] == Folding.GAP || key[at] == '丁'
                || key[at] == 'ノ' && numberAt(at + 1);
    }

    private boolean numberAt(int at) { return at < n && (Folding.isDigit(key[at]) || Numerals.isKanji(key[at])); }

    private boolean boundary(int at) {
        if (at == n)
            return true;
        return switch (key[at]) {
            case '番', '号', '条', '線', '区', '地', '割', '部', '組', '丁', '階', '年', '月', '班', '坪' -> false;
            default -> !numberAt(at);
        };
    }

    /// A number was read in the text and followed in the tree.
    private void afterNumber(int node, int at, int spent, int how, int start, boolean direct) {
        if (direct) {
            // a name that is a bare number is meant only when nothing goes on from it
            if (at < n && key[at] != Folding.HYPHEN && key[at] != Folding.GAP)
                continueFrom(node, at, spent, how, start);
            else if (at == n && trie.value(node) >= 0)
                accept(node, at, spent, how);
        }
        int cho = trie.child(node, '丁');
        if (cho != NONE) {
            int me = trie.child(cho, '目');
            if (me != NONE) {
                if (boundary(at)) {
                    inferred(me, at, spent, how, start);
                    // 南郷通１南 is 南郷通一丁目南
                    if (at < n && key[at] != Folding.HYPHEN && key[at] != Folding.GAP)
                        continueFrom(me, at, spent, how | INFERRED, start);
                } else if (key[at] == '丁' && (at + 1 == n || key[at + 1] != '目'))
                    accept(me, at + 1, spent, how);
            } else if (boundary(at)) {
                inferred(cho, at, spent, how, start);
            } else if (at + 1 < n && key[at] == '丁' && key[at + 1] == '目') {
                accept(cho, at + 2, spent, how);
            }
        }
        // 番町 and 番丁 are numbered like 丁目
        int ban = boundary(at) ? trie.child(node, '番') : NONE;
        if (ban != NONE)
            for (int unit : new int[]{trie.child(ban, '町'), trie.child(ban, '丁')})
                if (unit != NONE)
                    inferred(unit, at, spent, how, start);
        // 拓北6-2 is 拓北六条二丁目 where the town is numbered so
        int line = at < n && (key[at] == Folding.HYPHEN || key[at] == Folding.GAP)
                && (numberAt(at + 1) || at + 1 < n && "東西南北".indexOf(key[at + 1]) >= 0)
                        ? trie.child(node, '条')
                        : NONE;
        if (line != NONE)
            go(line, at + 1, spent, how | INFERRED, start);
        if (lenient && spent < budget) {
            if (boundary(at))
                for (String unit : AFTER_NUMBER) {
                    int next = trie.walk(node, unit);
                    if (next != NONE)
                        accept(next, at, spent + 1, how | INFERRED | SKIPPED);
                }
        }
    }

    private void continueFrom(int node, int at, int spent, int how, int start) {
        int child = trie.child(node, key[at]);
        if (child != NONE)
            go(child, at + 1, spent, how, start);
        else if (lenient && spent < budget)
            variations(node, at, spent, how, start);
    }

    private void inferred(int node, int at, int spent, int how, int start) { accept(node, at, spent, how | INFERRED); }

    private void variations(int node, int at, int spent, int how, int start) {
        for (int i = 0; i < LEFT_OUT.length(); i++) {
            int child = trie.child(node, LEFT_OUT.charAt(i));
            if (child != NONE && at > start)
                go(child, at, spent + 1, how | SKIPPED, start);
        }
        if (at >= n)
            return;
        char c = key[at];
        if (c == '町' || c == '丁') {
            int other = trie.child(node, c == '町' ? '丁' : '町');
            if (other != NONE)
                go(other, at + 1, spent + 1, how | SKIPPED, start);
        }
        if (at > start && PUT_IN.indexOf(c) >= 0 && (at + 1 == n || key[at + 1] != '町' && key[at + 1] != '村'))
            go(node, at + 1, spent + 1, how | SKIPPED, start);
        if (spent + 2 <= budget && (how & SUBSTITUTED) == 0 && Character.isIdeographic(c) && MEANINGFUL.indexOf(c) < 0)
            for (int child = trie.firstChild(node), stop = trie.endChild(node); child < stop; child++) {
                char label = trie.label(child);
                if (label != c && Character.isIdeographic(label) && MEANINGFUL.indexOf(label) < 0)
                    go(child, at + 1, spent + 2, how | SUBSTITUTED, start);
            }
    }
}
