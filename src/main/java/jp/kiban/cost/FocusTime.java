package jp.kiban.cost;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// FOCUS の日時. Reads a moment as clouds and spreadsheets write it: `2026-04-01T00:00:00Z`, `2026-04-01 00:00:00 UTC`, `2026/4/1`, `4/1/26`
/// (month first, as the clouds do, unless told), `46113` (a spreadsheet's day number), `202604`. Only the first is what the specification asks (`strict`).
final class FocusTime {
    private static final Pattern STRICT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    private static final Pattern ISO = Pattern.compile(
            "(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})(?:[T ]+(\\d{1,2}):(\\d\\d)(?::(\\d\\d)(?:\\.\\d{1,9})?)?)? ?(Z|UTC|[+-]\\d\\d:?\\d\\d)?");
    private static final Pattern SLASHED = Pattern.compile(
            "(\\d{1,2})[/-](\\d{1,2})[/-](\\d{4}|\\d\\d)(?:[T ]+(\\d{1,2}):(\\d\\d)(?::(\\d\\d))?)?");
    private static final Pattern SERIAL = Pattern.compile("\\d{5}(?:\\.\\d{1,12})?");
    private static final LocalDate SPREADSHEET = LocalDate.of(1899, 12, 30);

    private FocusTime() {}

    static boolean strict(String text) { return STRICT.matcher(text).matches() && read(text, false).isPresent(); }

    /// Months since year 0 of the moment, in UTC; -1 when these bytes are no moment.
    static int month(byte[] bytes, int from, int to, boolean dayFirst) {
        int length = to - from;
        if ((length == 10 || (length == 19 || length == 20 && bytes[to - 1] == 'Z') && bytes[from + 13] == ':'
                && bytes[from + 16] == ':') && bytes[from + 4] == '-' && bytes[from + 7] == '-') {
            int year = digits(bytes, from, 4);
            int month = digits(bytes, from + 5, 2);
            int day = digits(bytes, from + 8, 2);
            if (year >= 1900 && month >= 1 && month <= 12 && day >= 1 && day <= 31)
                return year * 12 + month - 1;
        }
        return read(new String(bytes, from, length, StandardCharsets.UTF_8), dayFirst)
                .map(m -> m.getYear() * 12 + m.getMonthValue() - 1).orElse(-1);
    }

    static YearMonth month(int months) { return YearMonth.of(months / 12, months % 12 + 1); }

    /// As a moment in UTC.
    static Optional<LocalDateTime> read(String seen, boolean dayFirst) {
        String text = seen.strip();
        if (text.length() > 40)
            return Optional.empty();
        try {
            var iso = ISO.matcher(text);
            if (iso.matches())
                return Optional.of(shifted(at(iso, number(iso, 1), number(iso, 2), number(iso, 3)), iso.group(7)));
            var slashed = SLASHED.matcher(text);
            if (slashed.matches()) {
                int year = number(slashed, 3);
                return Optional.of(at(slashed, year < 100 ? 2000 + year : year, number(slashed, dayFirst ? 2 : 1),
                        number(slashed, dayFirst ? 1 : 2)));
            }
            if (SERIAL.matcher(text).matches()) {
                var days = new BigDecimal(text);
                var seconds = days.remainder(BigDecimal.ONE).multiply(BigDecimal.valueOf(86_400)).setScale(0,
                        RoundingMode.HALF_UP);
                return Optional.of(SPREADSHEET.plusDays(days.longValue()).atStartOfDay().plusSeconds(seconds
                        .longValue()));
            }
            if (text.matches("(?:19|20)\\d{4}(?:\\d\\d)?")) {
                int day = text.length() == 8 ? Integer.parseInt(text.substring(6)) : 1;
                return Optional
                        .of(LocalDate.of(Integer.parseInt(text.substring(0, 4)), Integer.parseInt(text.substring(4,
                                6)), day).atStartOfDay());
            }
        } catch (DateTimeException impossible) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static LocalDateTime at(Matcher clock, int year, int month, int day) {
        var date = LocalDate.of(year, month, day);
        return clock.group(4) == null
                ? date.atStartOfDay()
                : date.atTime(number(clock, 4), number(clock, 5), clock.group(6) == null ? 0 : number(clock, 6));
    }

    private static LocalDateTime shifted(LocalDateTime there, @org.jspecify.annotations.Nullable String zone) {
        if (zone == null || zone.equals("Z") || zone.equals("UTC"))
            return there;
        return OffsetDateTime.of(there,
                ZoneOffset.of(zone.length() == 5
                        ? zone.substring(0, 3) + ":" + zone.substring(3)
                        : zone))
                .withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
    }

    private static int number(Matcher matcher, int group) { return Integer.parseInt(matcher.group(group)); }

    private static int digits(byte[] bytes, int from, int count) {
        int value = 0;
        for (int i = from; i < from + count; i++) {
            int d = bytes[i] - '0';
            if (d < 0 || d > 9)
                return -1;
            value = value * 10 + d;
        }
        return value;
    }
}
