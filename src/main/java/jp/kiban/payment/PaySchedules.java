package jp.kiban.payment;

import java.time.LocalDate;
import jp.kiban.authority.Parameters;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.NotThere;
import jp.kiban.standards.Standards;
import org.springframework.stereotype.Component;

/// Finds the schedule of an authority: pay months from the standard's version in force, the day from its local value `payDay`.
@Component
final class PaySchedules {
    private final Standards standards;
    private final Parameters parameters;

    PaySchedules(Standards standards, Parameters parameters) {
        this.standards = standards;
        this.parameters = parameters;
    }

    PaySchedule of(AuthorityId authority, String service, LocalDate day) {
        var version = standards.inForce(service, day);
        var values = version.variations().merge(parameters.of(authority, service, day));
        return new PaySchedule(version.payCalendar().orElseThrow(NotThere::new), values.number("payDay"));
    }
}
