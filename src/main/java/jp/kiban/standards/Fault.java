package jp.kiban.standards;

/// 標準の誤り. One thing that is wrong in a standard's folder: in which file, on which line, where in it, what was seen, and how
/// to mend it. A warning is told but refuses nothing.
///
/// @param line from 1; 0 when it concerns the whole file
/// @param place the path inside the file (`values[2].key`, the name of an example, `表!B3` of a workbook)
/// @param mend one sentence that says what to do
public record Fault(String file, int line, int column, String place, String message, String mend, boolean warning) {

    public Fault(String file, String place, String message) { this(file, place, message, ""); }

    public Fault(String file, String place, String message, String mend) {
        this(file, 0, 0, place, message, mend, false);
    }

    static Fault warning(String file, String place, String message, String mend) {
        return new Fault(file, 0, 0, place, message, mend, true);
    }

    Fault at(int line, int column) { return new Fault(file, line, column, place, message, mend, warning); }

    /// One line: `FILE:LINE:COLUMN: PLACE: what → how to mend it`.
    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line + (column > 0 ? ":" + column : "") : "") + ": "
                + (warning ? "warning: " : "") + (place.isEmpty() ? "" : place + ": ") + message
                + (mend.isEmpty() ? "" : " → " + mend);
    }
}
