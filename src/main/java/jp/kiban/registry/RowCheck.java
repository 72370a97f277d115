package jp.kiban.registry;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import jp.kiban.kernel.AuthorityId;
import org.jspecify.annotations.Nullable;

/// 一行の検査. Everything that is wrong with one row, cell by cell; a row with a fault is not taken.
final class RowCheck {
    private final long line;
    private final List<CorporationRow.Fault> faults = new ArrayList<>();

    RowCheck(long line) { this.line = line; }

    /// `column` from 1; 0 is the row.
    void that(boolean fine, int column, String code, String seen) {
        if (!fine)
            faults.add(new CorporationRow.Fault(line, column, code, seen));
    }

    /// The code of a local government.
    void municipality(String cell, int column) {
        that(AuthorityId.isValid(cell) && !cell.startsWith("G"), column, "lg-code", cell);
    }

    /// A day, or null where there is none.
    @Nullable
    LocalDate day(String cell, int column) {
        if (cell.isEmpty())
            return null;
        try {
            if (cell.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}"))
                return LocalDate.parse(cell);
        } catch (DateTimeException impossible) {
            // told below
        }
        that(false, column, "day", cell);
        return null;
    }

    void order(@Nullable LocalDate from, @Nullable LocalDate until, int column, String seen) {
        that(from == null || until == null || !until.isBefore(from), column, "before", seen);
    }

    boolean passes() { return faults.isEmpty(); }

    void tell(Consumer<CorporationRow.Fault> told) { faults.forEach(told); }
}
