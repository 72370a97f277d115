package jp.kiban.payment;

import java.time.LocalDate;
import jp.kiban.catalogue.Layers;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.NotThere;
import jp.kiban.standards.Standards;
import org.springframework.stereotype.Component;

/// Finds when an authority pays: pay months from the standard's version in force and the day from its local value `payDay`; or
/// the next run, for what is paid once. A standard that pays nothing has none.
@Component
final class PaySchedules {
    private final Standards standards;
    private final Layers layers;

    PaySchedules(Standards standards, Layers layers) {
        this.standards = standards;
        this.layers = layers;
    }

    PayDays of(AuthorityId authority, String service, LocalDate day) {
        var version = standards.inForce(service, day);
        return switch (version.terms().payment().kind()) {
            case MONTHLY -> new PaySchedule(version.payCalendar().orElseThrow(),
                    layers.values(authority, version, day).number("payDay"));
            case ONCE -> new PayDays.NextRun();
            case NONE -> throw new NotThere();
        };
    }
}
