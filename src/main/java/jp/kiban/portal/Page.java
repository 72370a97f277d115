package jp.kiban.portal;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Text;

/// 一覧の一ページ. Some items of a list, the number of all, the page's number (the first is 1) and its size. As JSON:
/// `total`, `page`, `pages`, `size`, `items`. A page behind the end is empty, not an error.
@JsonPropertyOrder({"total", "page", "pages", "size", "items"})
public record Page<T>(List<T> items, long total, @JsonProperty("page") int number, int size) {
    public static final int LARGEST = 1000;

    public Page {
        if (total < 0 || number < 1 || size < 1)
            throw new IllegalArgumentException("total " + total + ", page " + number + ", size " + size);
        items = List.copyOf(items);
    }

    /// The wanted page of a list that is in memory.
    public static <T> Page<T> of(List<T> all, Wanted wanted) {
        int from = (int) Math.min(wanted.offset(), all.size());
        int to = Math.min(from + wanted.size(), all.size());
        return new Page<>(all.subList(from, to), all.size(), wanted.number(), wanted.size());
    }

    public <R> Page<R> map(Function<T, R> change) {
        return new Page<>(items.stream().map(change).toList(), total, number, size);
    }

    /// How many pages there are; 1 when there is nothing.
    @JsonProperty
    public long pages() { return Math.max(1, (total + size - 1) / size); }

    /// The number of the first item on this page, counted from 1; 0 when there is none.
    public long from() { return items.isEmpty() ? 0 : (long) (number - 1) * size + 1; }

    public long to() { return items.isEmpty() ? 0 : from() + items.size() - 1; }

    public boolean hasPrevious() { return number > 1; }

    public boolean hasNext() { return number < pages(); }

    /// The page numbers that a pager shows; 0 stands for a gap.
    @JsonIgnore
    public List<Long> numbers() {
        var shown = new ArrayList<Long>();
        long before = 0;
        for (long n = 1; n <= pages(); n++) {
            if (n != 1 && n != pages() && Math.abs(n - number) > 1)
                continue;
            if (n - before > 1)
                shown.add(0L);
            shown.add(n);
            before = n;
        }
        return shown;
    }

    /// 求められたページ. What the reader asked for: `?page=` from 1 and `?size=` from 1 to 1,000. A controller method takes
    /// it as a parameter; whatever is wrong is reported at once.
    public record Wanted(int number, int size) {
        public static final int USUAL_SIZE = 20;

        public long offset() { return (long) (number - 1) * size; }

        /// Reads the two texts; faults go to the list, and the usual value stands in.
        public static Wanted read(String page, String size, int usualSize, List<Finding> faults) {
            return new Wanted(number("page", page, 1, 1_000_000, 1, faults),
                    number("size", size, 1, LARGEST, usualSize, faults));
        }

        static Wanted read(String page, String size) {
            var faults = new ArrayList<Finding>();
            var wanted = read(page, size, USUAL_SIZE, faults);
            if (!faults.isEmpty())
                throw new BadInput(faults);
            return wanted;
        }

        private static int number(String where, String text, int least, int most, int usual, List<Finding> faults) {
            if (text.isBlank())
                return usual;
            if (text.strip().matches("[0-9]{1,7}")) {
                int number = Integer.parseInt(text.strip());
                if (number >= least && number <= most)
                    return number;
            }
            faults.add(new Finding(where, "out-of-range", new Text(
                    where + " は " + least + " から " + most + " までの整数です。受け取った値: " + text,
                    where + " は " + least + " から " + most + " までの 数字を 入れてください。入っていた もの: " + text,
                    where + " is a whole number from " + least + " to " + most + "; seen: " + text)));
            return usual;
        }
    }
}
