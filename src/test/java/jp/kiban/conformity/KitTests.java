package jp.kiban.conformity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.kiban.standards.ServiceStandard;
import jp.kiban.standards.StandardFolder;
import jp.kiban.standards.StandardVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The kit finds nothing in a correct implementation, and every planted fault in one that is not, by a difference that names
/// it.
class KitTests {
    private static final StandardFolder FOLDER = StandardFolder.read(Path.of("standards/child-allowance"));

    private static final ServiceStandard STANDARD = FOLDER.standards().getFirst();
    private static final StandardVersion VERSION = STANDARD.versions().getLast();
    private static final Trials ALL = new Trials(FOLDER, STANDARD, VERSION);
    private static final Trials SOME = new Trials(FOLDER, STANDARD, VERSION, 3);

    private static Report run(PlantedFault fault, Trials trials, int generated) {
        try (var small = new SmallTarget(VERSION, fault);
                var target = new Target(small.url(), Duration.ofSeconds(10))) {
            return new Kit(FOLDER, STANDARD, trials, target, new Kit.Wanted(generated, 0), (done, all) -> {
            }, Clock.system(ZoneId.of("Asia/Tokyo"))).run();
        }
    }

    @Test
    void aCorrectImplementationIsConform() {
        var report = run(PlantedFault.NONE, ALL, 100);
        assertThat(report.notebook().differences()).isEmpty();
        assertThat(report.conform()).isTrue();
        assertThat(report.examples()).isGreaterThan(50);
        assertThat(report.generated()).isEqualTo(100);
        System.out.println("conformity: " + report.calls() + " calls, " + report.notebook().counts().values().stream()
                .mapToInt(c -> c.made).sum() + " checks of " + report.notebook().counts().size() + " kinds");
    }

    @ParameterizedTest
    @EnumSource(value = PlantedFault.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void everyPlantedFaultIsNamed(PlantedFault fault) {
        var report = run(fault, SOME, 30);
        assertThat(report.conform()).isFalse();
        var codes = report.notebook().differences().stream().map(Difference::code).collect(Collectors.toSet());
        assertThat(codes).as(String.valueOf(report.notebook().differences().stream().limit(3).toList()))
                .containsAll(fault.named);
    }

    @Test
    void atLeastTwentyFaultsArePlanted() { assertThat(Stream.of(PlantedFault.values()).count()).isGreaterThan(20); }
}
