package jp.kiban.address;

import static jp.kiban.address.Trie.NONE;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// 入力補完. Names that go on from what was typed, by walking the tree and then breadth first below where it ended.
final class TypeAhead {
    private final AddressDictionary dictionary;
    private final Trie trie;
    private final Folding typed;
    private final int limit;
    private final Map<String, Integer> afterPlace = new LinkedHashMap<>();

    TypeAhead(AddressDictionary dictionary, Folding typed, int limit) {
        this.dictionary = dictionary;
        this.trie = dictionary.trie;
        this.typed = typed;
        this.limit = limit;
    }

    /// What is left of the typed text after each municipality it may begin with.
    Map<String, Integer> placeFilter() { return afterPlace; }

    void byName(Set<Integer> found) {
        places(dictionary.placeNames, found);
        places(dictionary.placeKana, found);
        if (dictionary.anywhere == NONE)
            return;
        for (int below : ends(dictionary.anywhere, 0)) {
            // the places that have such an oaza
            var queue = new ArrayDeque<Integer>();
            queue.add(below);
            while (!queue.isEmpty() && found.size() < limit) {
                int next = queue.removeFirst();
                int value = trie.value(next);
                if (value >= 0)
                    for (int i = 0; i < dictionary.listSize(value) && found.size() < limit; i++)
                        inPlace(dictionary.listItem(value, i), 0, found);
                for (int child = trie.firstChild(next); child < trie.endChild(next) && queue.size() < limit; child++)
                    queue.add(child);
            }
        }
    }

    private void places(int root, Set<Integer> found) {
        int node = root;
        for (int at = 0; node != NONE && at <= typed.length; at++) {
            int value = trie.value(node);
            if (value >= 0)
                for (int i = 0; i < dictionary.listSize(value); i++)
                    inPlace(dictionary.listItem(value, i), at, found);
            node = at < typed.length ? trie.child(node, typed.key[at]) : NONE;
        }
    }

    private void inPlace(int place, int at, Set<Integer> found) {
        if (dictionary.places[place].isPrefecture())
            return;
        if (at > 0)
            afterPlace.put(Folding.key(new String(typed.key, at, typed.length - at)), place);
        if (dictionary.roots[place] == NONE)
            return;
        for (int node : ends(dictionary.roots[place], at))
            below(node, found);
    }

    /// Nodes that the text from `at` on leads to, digits also as kanji.
    private java.util.List<Integer> ends(int node, int at) {
        var out = new java.util.ArrayList<Integer>();
        for (; node != NONE && at < typed.length; at++) {
            char c = typed.key[at];
            if (Folding.isDigit(c)) {
                int end = typed.numberEnd(at);
                int value = typed.number(at, end);
                node = value < 0 ? NONE : trie.walk(node, Numerals.kanji(value));
                at = end - 1;
            } else if (c != Folding.GAP) {
                node = trie.child(node, c);
            }
        }
        if (node != NONE)
            out.add(node);
        return out;
    }

    private void below(int start, Set<Integer> found) {
        var queue = new ArrayDeque<Integer>();
        queue.add(start);
        while (!queue.isEmpty() && found.size() < limit) {
            int node = queue.removeFirst();
            int value = trie.value(node);
            if (value >= 0)
                found.add(value);
            for (int child = trie.firstChild(node); child < trie.endChild(node) && queue.size() < 4 * limit; child++)
                queue.add(child);
        }
    }
}
