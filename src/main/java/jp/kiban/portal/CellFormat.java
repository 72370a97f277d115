package jp.kiban.portal;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.regex.Pattern;

/// 表示形式. What the number in a cell of a workbook means, by the format it is shown with: a day, a moment, a time of the day, a length of time, a code whose leading
/// zeros only the format keeps, or a number. Knows the built-in formats of Japan and 和暦; of a format with sections the first counts.
enum CellFormat {
    NUMBER, DATE, MOMENT, TIME, LENGTH, CODE;

    /// 9999-12-31
    private static final long LAST_DAY = 2_958_465;
    private static final Pattern SHOWN_AS_IT_IS = Pattern.compile("\"[^\"]*\"|\\\\.|[_*].");
    private static final Pattern LENGTHS = Pattern.compile("\\[(?:h+|m+|s+)\\]");
    private static final Pattern IN_BRACKETS = Pattern.compile("\\[[^\\]]*\\]");
    private static final Pattern ERA = Pattern.compile("e(?![+-])|g");

    static CellFormat of(int id, String format) {
        if (id >= 14 && id <= 17 || id >= 27 && id <= 31 || id >= 34 && id <= 36 || id >= 50 && id <= 58)
            return DATE;
        if (id == 22)
            return MOMENT;
        if (id >= 18 && id <= 21 || id == 32 || id == 33 || id == 45 || id == 47)
            return TIME;
        if (id == 46)
            return LENGTH;
        if (format.isEmpty() || format.contains("General") || format.contains("標準"))
            return NUMBER;
        String letters = SHOWN_AS_IT_IS.matcher(format.split(";", 2)[0]).replaceAll("")
                .toLowerCase(java.util.Locale.ROOT);
        if (letters.matches("0{2,15}"))
            return CODE;
        if (LENGTHS.matcher(letters).find())
            return LENGTH;
        letters = IN_BRACKETS.matcher(letters).replaceAll("");
        boolean clock = letters.contains("h") || letters.contains("s");
        boolean day = letters.contains("y") || letters.contains("d") || ERA.matcher(letters).find() || letters.contains(
                "m") && !clock || letters.contains("mmm");
        return day ? clock ? MOMENT : DATE : clock ? TIME : NUMBER;
    }

    /// The text of a number under this format: `2026-11-21`, `2026-11-21T09:30`, `09:30`, `26:15`, `011002`. A number that is none of these, such as a day before the
    /// first, stays a number.
    ///
    /// @param from1904 days are counted as old workbooks of the Macintosh do
    String words(BigDecimal number, boolean from1904, String format) {
        var plain = number.stripTrailingZeros().toPlainString();
        if (this == CODE) {
            int length = (int) SHOWN_AS_IT_IS.matcher(format.split(";", 2)[0]).replaceAll("").chars()
                    .filter(c -> c == '0')
                    .count();
            return plain.matches("\\d+") ? "0".repeat(Math.max(0, length - plain.length())) + plain : plain;
        }
        if (this == NUMBER || number.signum() < 0 || number.compareTo(BigDecimal.valueOf(LAST_DAY + 1)) >= 0)
            return plain;
        long seconds = number.multiply(BigDecimal.valueOf(86_400)).setScale(0, RoundingMode.HALF_UP).longValueExact();
        long days = seconds / 86_400;
        long rest = seconds % 86_400;
        if (this == LENGTH)
            return clock(seconds);
        if (this == TIME && days == 0)
            return clock(seconds);
        // the 29th of February 1900, which spreadsheets know and no calendar does
        if (!from1904 && (days == 0 || days == 60))
            return plain;
        var day = from1904
                ? LocalDate.of(1904, 1, 1).plusDays(days)
                : LocalDate.of(1899, 12, days < 60 ? 31 : 30).plusDays(days);
        return rest == 0 || this == DATE ? day.toString() : day + "T" + clock(rest);
    }

    boolean isDay(String words) { return (this == DATE || this == MOMENT || this == TIME) && words.indexOf('-') == 4; }

    private static String clock(long seconds) {
        String minutes = "%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60);
        return seconds % 60 == 0 ? minutes : minutes + ":%02d".formatted(seconds % 60);
    }
}
