package jp.kiban.payment;

import java.time.LocalDate;
import jp.kiban.catalogue.Layers;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.NotThere;
import jp.kiban.standards.Standards;
import org.springframework.stereotype.Component;

/// Finds the schedule of an authority: pay months from the standard's version in force, the day from its local value `payDay`.
@Component
final class PaySchedules {
    private final Standards standards;
    private final Layers layers;

    PaySchedules(Standards standards, Layers layers) {
        this.standards = standards;
        this.layers = layers;
    }

    PaySchedule of(AuthorityId authority, String service, LocalDate day) {
        var version = standards.inForce(service, day);
        var values = layers.values(authority, version, day);
        return new PaySchedule(version.payCalendar().orElseThrow(NotThere::new), values.number("payDay"));
    }
}
