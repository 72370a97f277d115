package jp.kiban.registry;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;

/// 時点. As of which day something is asked (`on`), and by what was known until when (`known`): the two are not the same where a
/// register is corrected later.
public record AsOf(LocalDate on, Instant known) {
    private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");

    /// `?on=` and `?known=`, each a day or empty for today and now; a day that is known counts to its end.
    static AsOf read(String on, String known, Clock clock) {
        var faults = new ArrayList<Finding>();
        var day = day("on", on, LocalDate.now(clock), faults);
        var until = known.isBlank()
                ? clock.instant()
                : day("known", known, LocalDate.now(clock), faults).plusDays(1).atStartOfDay(JAPAN).toInstant()
                        .minusNanos(1000);
        if (!faults.isEmpty())
            throw new BadInput(faults);
        return new AsOf(day, until);
    }

    private static LocalDate day(String where, String text, LocalDate usual, List<Finding> faults) {
        if (text.isBlank())
            return usual;
        try {
            var day = LocalDate.parse(text.strip());
            if (day.getYear() >= 1800 && day.getYear() < 2200)
                return day;
        } catch (DateTimeParseException unreadable) {
            // told below
        }
        faults.add(new Finding(where, "registry.day", Words.text("registry.error.day", where, text)));
        return usual;
    }
}
