package jp.kiban.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import jp.kiban.statistics.Suppression.Cell;
import org.junit.jupiter.api.Test;

class SuppressionTests {
    private static Cell leaf(String key, long value) { return Cell.leaf(key, value, value); }

    private static Cell total(String key, Cell... parts) {
        return new Cell(key, List.of(parts).stream().mapToLong(Cell::value).sum(), 1_000, List.of(List.of(parts)));
    }

    private static Set<String> hidden(Cell root) { return Suppression.hidden(root, Set.of()); }

    @Test
    void nineIsHiddenTenAndZeroAreShown() {
        assertThat(hidden(total("nation", leaf("a", 10), leaf("b", 0), leaf("c", 500)))).isEmpty();
        assertThat(hidden(total("nation", leaf("a", 9), leaf("b", 0), leaf("c", 500)))).contains("a");
    }

    @Test
    void oneSmallCellTakesAnotherWithIt() {
        assertThat(hidden(total("nation", leaf("a", 3), leaf("b", 40), leaf("c", 500)))).containsExactly("a", "b");
    }

    @Test
    void severalSmallCellsThatAreSmallTogetherTakeAnotherWithThem() {
        assertThat(hidden(total("nation", leaf("a", 1), leaf("b", 1), leaf("c", 500), leaf("d", 600))))
                .containsExactly("a", "b", "c");
    }

    @Test
    void theTotalIsHiddenWhenNoPartIsLeft() {
        assertThat(hidden(total("nation", leaf("a", 3), leaf("b", 10)))).containsExactly("a", "b");
        assertThat(hidden(total("nation", leaf("a", 3), leaf("b", 0)))).containsExactly("a", "nation");
    }

    @Test
    void aHiddenPrefectureCannotBeAddedUpFromItsMunicipalities() {
        var hidden = hidden(total("nation", total("p1", leaf("a", 4)), total("p2", leaf("b", 50), leaf("c", 60)),
                total("p3", leaf("d", 5000))));
        assertThat(hidden).contains("p1", "a").containsAnyOf("p2", "p3");
        if (hidden.contains("p2"))
            assertThat(hidden).containsAnyOf("b", "c");
    }

    @Test
    void aCellHiddenInAnotherTableIsHiddenHereAndNotDerivable() {
        assertThat(Suppression.hidden(total("nation", leaf("a", 30), leaf("b", 40), leaf("c", 500)), Set.of("a")))
                .containsExactly("a", "b");
    }

    /// The attacker here knows nothing of our method: it simply tries every whole-number filling of the hidden cells that
    /// agrees with all published sums, and looks whether some hidden cell is the same in all of them.
    @Test
    void noPublishedSumsPinAHiddenCellInRandomTables() {
        var random = new Random(20261121);
        int attacked = 0;
        for (int table = 0; table < 3_000; table++) {
            var root = randomTable(random);
            var hidden = hidden(root);
            everySmallCellIsIn(hidden, root);
            if (hidden.isEmpty())
                continue;
            attacked++;
            var values = new HashMap<String, Set<Long>>();
            new Attacker(hidden).attack(root, values);
            for (String key : hidden)
                assertThat(values.getOrDefault(key, Set.of()).size())
                        .as("values that remain for %s in %s with %s hidden", key, root, hidden)
                        .isGreaterThanOrEqualTo(9);
        }
        assertThat(attacked).isGreaterThan(1_000);
    }

    @Test
    void aWholeNationIsDoneInAFractionOfASecond() {
        var random = new Random(1);
        var prefectures = new ArrayList<Cell>();
        for (int p = 0; p < 47; p++) {
            var parts = new ArrayList<Cell>();
            for (int m = 0; m < 37; m++)
                parts.add(Cell.leaf(p + "-" + m, random.nextInt(40), random.nextInt(100_000)));
            prefectures.add(new Cell("p" + p, parts.stream().mapToLong(Cell::value).sum(), p, List.of(parts)));
        }
        var root = new Cell("nation", prefectures.stream().mapToLong(Cell::value).sum(), 0, List.of(prefectures));
        hidden(root);
        long before = System.nanoTime();
        assertThat(hidden(root)).isNotEmpty();
        assertThat((System.nanoTime() - before) / 1_000_000).as("milliseconds").isLessThan(1_000);
    }

    private static void everySmallCellIsIn(Set<String> hidden, Cell cell) {
        if (cell.value() > 0 && cell.value() < 10)
            assertThat(hidden).contains(cell.key());
        cell.sums().forEach(parts -> parts.forEach(part -> everySmallCellIsIn(hidden, part)));
    }

    private static Cell randomTable(Random random) {
        var tops = new ArrayList<Cell>();
        int prefectures = 1 + random.nextInt(3);
        for (int p = 0; p < prefectures; p++) {
            var parts = new ArrayList<Cell>();
            int municipalities = 1 + random.nextInt(3);
            for (int m = 0; m < municipalities; m++)
                parts.add(Cell.leaf(p + "-" + m, someCount(random), random.nextInt(1_000)));
            tops.add(new Cell("p" + p, parts.stream().mapToLong(Cell::value).sum(), random.nextInt(1_000),
                    List.of(parts)));
        }
        long all = tops.stream().mapToLong(Cell::value).sum();
        var sums = new ArrayList<List<Cell>>(List.of(tops));
        if (random.nextBoolean()) {
            long first = all == 0 ? 0 : random.nextLong(all + 1);
            sums.add(List.of(Cell.leaf("april", first, 1), Cell.leaf("may", all - first, 2)));
        }
        return new Cell("nation", all, 0, sums);
    }

    private static long someCount(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> 1 + random.nextInt(9);
            case 2 -> 10 + random.nextInt(4);
            default -> random.nextInt(25);
        };
    }

    /// Fillings are tried up to this much above the truth; more room could only leave more values.
    private record Attacker(Set<String> hidden) {
        private static final long ROOM = 12;

        void attack(Cell root, Map<String, Set<Long>> values) {
            if (!hidden.contains(root.key()))
                fill(root, root.value(), values);
            else
                for (long v = 1; v <= root.value() + ROOM; v++)
                    fill(root, v, values);
        }

        /// All fillings below this cell when its own value is `value`; true when there is one.
        private boolean fill(Cell cell, long value, Map<String, Set<Long>> values) {
            if (!possible(cell, value))
                return false;
            note(cell, value, values);
            for (var parts : cell.sums())
                distribute(parts, value, values);
            return true;
        }

        private void note(Cell cell, long value, Map<String, Set<Long>> values) {
            if (hidden.contains(cell.key()))
                values.computeIfAbsent(cell.key(), k -> new java.util.TreeSet<>()).add(value);
        }

        /// For each part and each value: can the other parts make up the rest?
        private void distribute(List<Cell> parts, long sum, Map<String, Set<Long>> values) {
            for (int i = 0; i < parts.size(); i++)
                for (long v = 0; v <= sum; v++) {
                    var others = new ArrayList<>(parts);
                    others.remove(i);
                    if (possible(parts.get(i), v) && reachable(others, sum - v))
                        fill(parts.get(i), v, values);
                }
        }

        private boolean possible(Cell cell, long value) {
            if (hidden.contains(cell.key()) ? value < 1 : value != cell.value())
                return false;
            return cell.sums().stream().allMatch(parts -> reachable(parts, value));
        }

        private boolean reachable(List<Cell> parts, long sum) {
            if (parts.isEmpty())
                return sum == 0;
            var rest = parts.subList(1, parts.size());
            for (long v = 0; v <= sum; v++)
                if (possible(parts.getFirst(), v) && reachable(rest, sum - v))
                    return true;
            return false;
        }
    }
}
