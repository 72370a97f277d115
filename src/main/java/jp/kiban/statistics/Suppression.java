package jp.kiban.statistics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// 秘匿処理. Decides which cells of a table of counts stay hidden. A cell of 1 to 9 is hidden (primary). Then, as long as an
/// attacker who has every published cell, knows that each total is the sum of its parts and that a hidden cell is at least
/// 1, could narrow a hidden cell to fewer than nine values, one more cell is hidden (complementary): first a part with few
/// inhabitants, and the total itself when no part is left.
///
/// What the attacker can conclude is computed exactly: the totals form a tree (nation, prefecture, municipality; nation,
/// month), and in a tree whole-number intervals passed up and down lose nothing. Refuses nothing; hides everything if it must.
final class Suppression {
    /// Counts below this are small cells.
    static final long SMALL = 10;
    /// An attacker is left with at least so many values for each hidden cell.
    static final long CANDIDATES = 9;
    private static final long MANY = 1L << 50;

    /// 表の一枠. Its key, its count, its rank among cells that may be hidden for the sake of another (smaller first), and
    /// the sums it is the total of: none for a leaf, one or more lists of parts otherwise.
    record Cell(String key, long value, long rank, List<List<Cell>> sums) {
        static Cell leaf(String key, long value, long rank) { return new Cell(key, value, rank, List.of()); }
    }

    private record Range(long least, long most) {
        static final Range ANY = new Range(-MANY, MANY);
        static final Range NOTHING = new Range(0, 0);

        Range and(Range other) { return new Range(Math.max(least, other.least), Math.min(most, other.most)); }

        Range plus(Range other) { return new Range(cap(least + other.least), cap(most + other.most)); }

        Range minus(Range other) { return new Range(cap(least - other.most), cap(most - other.least)); }

        private static long cap(long bound) { return Math.max(-MANY, Math.min(MANY, bound)); }

        boolean isNarrow() { return most - least + 1 < CANDIDATES; }
    }

    private final Cell root;
    private final Map<String, Cell> parents = new HashMap<>();
    private final Map<String, List<Cell>> siblings = new HashMap<>();
    private final TreeSet<String> hidden = new TreeSet<>();
    private final Map<String, Range> fromBelow = new HashMap<>();
    private final Map<String, Range> concluded = new HashMap<>();

    private Suppression(Cell root) { this.root = root; }

    /// The keys of all cells that must not be published. `also` names cells to hide because of another table.
    static Set<String> hidden(Cell root, Set<String> also) {
        var suppression = new Suppression(root);
        suppression.primary(root, also);
        while (suppression.attack() && suppression.repair()) {
            // until the attacker gets nowhere
        }
        return suppression.hidden;
    }

    private void primary(Cell cell, Set<String> also) {
        if (cell.value() > 0 && (cell.value() < SMALL || also.contains(cell.key())))
            hidden.add(cell.key());
        for (var parts : cell.sums())
            for (var part : parts) {
                parents.put(part.key(), cell);
                siblings.put(part.key(), parts);
                primary(part, also);
            }
    }

    /// True when there is something to attack.
    private boolean attack() {
        if (hidden.isEmpty())
            return false;
        upward(root);
        downward(root, Range.ANY);
        return true;
    }

    private Range published(Cell cell) {
        return hidden.contains(cell.key()) ? new Range(1, MANY) : new Range(cell.value(), cell.value());
    }

    private Range upward(Cell cell) {
        var range = published(cell);
        for (var parts : cell.sums()) {
            parts.forEach(this::upward);
            range = range.and(sum(parts));
        }
        fromBelow.put(cell.key(), range);
        return range;
    }

    private Range below(Cell cell) { return fromBelow.getOrDefault(cell.key(), Range.ANY); }

    private Range sum(List<Cell> parts) { return parts.stream().map(this::below).reduce(Range.NOTHING, Range::plus); }

    private void downward(Cell cell, Range fromAbove) {
        concluded.put(cell.key(), below(cell).and(fromAbove));
        for (var parts : cell.sums()) {
            var total = published(cell).and(fromAbove);
            for (var others : cell.sums())
                if (others != parts)
                    total = total.and(sum(others));
            var before = new ArrayList<>(List.of(Range.NOTHING));
            for (var part : parts)
                before.add(before.getLast().plus(below(part)));
            var after = Range.NOTHING;
            for (int i = parts.size() - 1; i >= 0; i--) {
                downward(parts.get(i), total.minus(before.get(i).plus(after)));
                after = after.plus(below(parts.get(i)));
            }
        }
    }

    /// Hides one more cell beside or below each total where the attacker got somewhere; true when anything was hidden.
    private boolean repair() {
        var more = new TreeSet<String>();
        repair(root, more);
        return hidden.addAll(more);
    }

    private void repair(Cell cell, Set<String> more) {
        if (cell == root && isExposed(cell))
            cover(cell).ifPresent(cover -> more.add(cover.key()));
        for (var parts : cell.sums()) {
            parts.stream().filter(this::isExposed).findFirst().flatMap(this::cover)
                    .ifPresent(cover -> more.add(cover.key()));
            parts.forEach(part -> repair(part, more));
        }
    }

    private boolean isExposed(Cell cell) {
        return hidden.contains(cell.key()) && concluded.getOrDefault(cell.key(), Range.ANY).isNarrow();
    }

    private Optional<Cell> cover(Cell exposed) {
        for (var parts : exposed.sums())
            if (sum(parts).isNarrow()) {
                var part = among(parts);
                if (part.isPresent())
                    return part;
            }
        var beside = among(siblings.getOrDefault(exposed.key(), List.of()));
        if (beside.isPresent())
            return beside;
        var above = Optional.ofNullable(parents.get(exposed.key())).filter(p -> !hidden.contains(p.key()));
        if (above.isPresent())
            return above;
        return exposed.sums().stream().flatMap(parts -> among(parts).stream()).findFirst();
    }

    private Optional<Cell> among(List<Cell> parts) {
        return parts.stream().filter(p -> p.value() > 0 && !hidden.contains(p.key()))
                .min(Comparator.comparingLong(Cell::rank).thenComparing(Cell::key));
    }
}
