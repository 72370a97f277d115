package jp.kiban.statistics;

import java.util.Arrays;
import java.util.stream.Collectors;

/// 集計値. Counts and yen of one authority (or a union of them) in a time; one number per column, in the order of `Column`.
/// May hold a negative number only where a thing that came back is counted in a later time than it was sent.
final class Tally {
    /// 集計項目. Its name in lower case is the column of the table.
    enum Column {
        CLAIMS, ZERO_TYPED, CORRECTED, WITHDRAWN, GRANTS, REFUSALS, REDIRECTS, OVERRULED, MONTHLY_YEN, ORDERED_YEN, SENT_YEN, RETURNED_YEN, PAID_YEN, PAYEES;

        String column() { return name().toLowerCase(java.util.Locale.ROOT); }

        static String list(String template) {
            return Arrays.stream(values()).map(c -> template.replace("%", c.column()))
                    .collect(Collectors.joining(", "));
        }
    }

    private final long[] numbers = new long[Column.values().length];

    long get(Column column) { return numbers[column.ordinal()]; }

    void add(Column column, long more) { numbers[column.ordinal()] = Math.addExact(numbers[column.ordinal()], more); }

    void addAll(Tally other) {
        for (var column : Column.values())
            add(column, other.get(column));
    }
}
