package jp.kiban.demo;

import java.time.Clock;
import java.time.LocalDate;
import jp.kiban.catalogue.Adoptions;
import jp.kiban.standards.ServiceStandard;
import jp.kiban.standards.Standards;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.stereotype.Component;

/// 見本の採用. The municipalities of the demonstration have adopted every offered standard that the house came with, so that
/// their residents find it; what they decide later counts.
@Component
@Demo
class DemoAdoptions implements ApplicationListener<ApplicationReadyEvent> {
    private final Standards standards;
    private final Adoptions adoptions;
    private final Families families;
    private final Clock clock;

    DemoAdoptions(Standards standards, Adoptions adoptions, Families families, Clock clock) {
        this.standards = standards;
        this.adoptions = adoptions;
        this.families = families;
        this.clock = clock;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        for (var standard : standards.all())
            if (standard.pattern() == ServiceStandard.Pattern.B
                    && standards.editions(standard.id()).getFirst().shipped())
                families.all().stream().map(f -> f.authority()).distinct().filter(a -> adoptions.history(a, standard
                        .id()).isEmpty()).forEach(a -> adoptions.decide(a, "kessai", "決城 ひとみ", standard.id(), 0,
                                Adoptions.Kind.ADOPTED, LocalDate.now(clock).minusYears(5), ""));
    }
}
