package jp.kiban.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/// 版の名前. A version of a standard is named by its day in force (施行日), and a correction that takes the place of a faulty
/// version on that same day by the day and its number: `2026-04-01`, then `2026-04-01.02` to `2026-04-01.99`. Two digits,
/// always, so that names sort as text everywhere (folders, SQL, addresses) as they sort here: by day, then by number.
/// Refuses every other spelling, so that one version has one name.
public record VersionName(LocalDate day, int number) implements Comparable<VersionName> {
    /// The most versions that one day can have.
    public static final int MOST = 99;

    private static final Pattern FORM = Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})(?:\\.([0-9]{2}))?");

    public VersionName {
        if (day.getYear() < 0 || day.getYear() > 9999)
            throw new IllegalArgumentException("not a day in force: " + day);
        if (number < 1 || number > MOST)
            throw new IllegalArgumentException("a day has versions 1 to " + MOST + ", saw: " + number);
    }

    /// The first version of the day.
    public static VersionName of(LocalDate day) { return new VersionName(day, 1); }

    /// Reads `2026-04-01` or `2026-04-01.02`; anything else is an `IllegalArgumentException` that says what is expected.
    @JsonCreator
    public static VersionName parse(String text) {
        return read(text).orElseThrow(() -> new IllegalArgumentException(
                "expected the day in force as 2026-04-01, or a correction of that day as 2026-04-01.02 to .99, saw: "
                        + text));
    }

    /// The same for what others wrote; empty when it names no version.
    public static Optional<VersionName> read(String text) {
        var form = FORM.matcher(text);
        if (!form.matches())
            return Optional.empty();
        int number = form.group(2) == null ? 1 : Integer.parseInt(form.group(2));
        if (form.group(2) != null && number < 2)
            return Optional.empty();
        try {
            return Optional.of(new VersionName(LocalDate.parse(form.group(1)), number));
        } catch (DateTimeParseException noDay) {
            return Optional.empty();
        }
    }

    /// Whether it takes the place of another of the same day.
    public boolean isCorrection() { return number > 1; }

    /// The next of the same day; empty after the last.
    public Optional<VersionName> next() {
        return number == MOST ? Optional.empty() : Optional.of(new VersionName(day, number + 1));
    }

    public boolean isAfter(VersionName other) { return compareTo(other) > 0; }

    public boolean isBefore(VersionName other) { return compareTo(other) < 0; }

    @Override
    public int compareTo(VersionName other) {
        int days = day.compareTo(other.day);
        return days != 0 ? days : Integer.compare(number, other.number);
    }

    @JsonValue
    public String text() { return number == 1 ? day.toString() : "%s.%02d".formatted(day, number); }

    @Override
    public String toString() { return text(); }
}
