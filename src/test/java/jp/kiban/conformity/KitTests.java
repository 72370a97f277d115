package jp.kiban.conformity;

import static jp.kiban.conformity.PlantedFault.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.kiban.standards.ServiceStandard;
import jp.kiban.standards.StandardFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The kit finds nothing in a correct implementation, and every planted fault in one that is not, by a difference that names
/// it: all of them in the standard that pays by the month, and those that another kind of standard can have in one that pays
/// once, one that decides other things than money, and one without money.
@Execution(ExecutionMode.CONCURRENT)
class KitTests {
    private static final Map<String, Subject> SUBJECTS = new ConcurrentHashMap<>();

    /// 検査する標準. Read once, with the cases that show it whole and those that show one fault.
    private record Subject(StandardFolder folder, ServiceStandard standard, Trials all, Trials some) {
        static Subject of(String id) {
            return SUBJECTS.computeIfAbsent(id, i -> {
                var folder = StandardFolder.read(Path.of("standards", i));
                var standard = folder.standards().getFirst();
                var version = standard.versions().getLast();
                return new Subject(folder, standard, new Trials(folder, standard, version),
                        new Trials(folder, standard, version, i.equals(BY_MONTH) ? 3 : 5));
            });
        }
    }

    private static final String BY_MONTH = "child-allowance";
    private static final String ONCE = "emergency-benefit";
    private static final String RESULTS = "nursery";
    private static final String NO_MONEY = "move-out";

    private static final Set<PlantedFault> ANYWHERE = EnumSet.of(ALWAYS_GRANTED, WRONG_REASON, MISSING_REASON,
            WRONG_ARTICLE, LOST_SUBMISSION, RETRY_IS_ANOTHER, STALE_VERSION, REASON_NOT_TOLD, LAW_NOT_TOLD,
            WRONG_LANGUAGE, NO_NOTICE, NOTICE_OF_ANOTHER_KIND, NOTICE_SENT_TWICE, STATISTICS_OFF_BY_ONE,
            DAYS_COUNTED_WITH_ARRIVAL, EXPORT_TELLS_ANOTHER_DECISION, ONLY_FIRST_FINDING, WRONG_DEADLINE,
            DEADLINE_ON_A_HOLIDAY, DECIDED_ON_ANOTHER_DAY, ENDS_NOTHING);

    private static Report run(Subject subject, PlantedFault fault, Trials trials, int generated) {
        try (var small = new SmallTarget(trials.version(), fault);
                var target = new Target(small.url(), Duration.ofSeconds(10))) {
            return new Kit(subject.folder(), subject.standard(), trials, target, new Kit.Wanted(generated, 0),
                    (done, all) -> {
                    }, Clock.system(ZoneId.of("Asia/Tokyo"))).run();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {BY_MONTH, ONCE, RESULTS, NO_MONEY})
    void aCorrectImplementationIsConform(String standard) {
        var subject = Subject.of(standard);
        var report = run(subject, PlantedFault.NONE, subject.all(), 40);
        assertThat(report.notebook().differences()).isEmpty();
        assertThat(report.conform()).isTrue();
        assertThat(report.examples()).isGreaterThan(30);
        assertThat(report.generated()).isEqualTo(40);
        assertThat(report.notebook().counts()).containsKeys("DEADLINE", "NOTICE-REASON", "STATISTICS", "SESSION-END");
        System.out.println("conformity: " + standard + ": " + report.calls() + " calls, " + report.notebook().counts()
                .values().stream().mapToInt(c -> c.made).sum() + " checks of " + report.notebook().counts().size()
                + " kinds");
    }

    private static Stream<Arguments> faults() {
        var elsewhere = EnumSet.of(NONE, OWN_QUESTIONS_FORGOTTEN, ONCE_ONE_YEN_TOO_MUCH, ONCE_MISSES_A_PERSON,
                ONCE_NOT_COUNTED, ANOTHER_RESULT, LAST_RESULT_MISSING, RESULT_TWICE, NEVER_WITHOUT_HANDS,
                ALWAYS_WITHOUT_HANDS);
        return Stream.of(planted(BY_MONTH, EnumSet.complementOf(elsewhere)),
                planted(ONCE, with(ONCE_ONE_YEN_TOO_MUCH, ONCE_MISSES_A_PERSON, ONCE_NOT_COUNTED,
                        LOCAL_LAYER_IGNORED, LOCAL_VALUE_ECHOED_ONLY, NO_REMEDY, NEVER_WITHOUT_HANDS,
                        ALWAYS_WITHOUT_HANDS)),
                planted(RESULTS, with(ANOTHER_RESULT, LAST_RESULT_MISSING, RESULT_TWICE, OWN_QUESTIONS_FORGOTTEN,
                        LOCAL_LAYER_IGNORED, NO_REMEDY)),
                planted(NO_MONEY, with(ACCEPTS_BAD_INPUT, EXPORT_MISSES_ONE, LEAK))).flatMap(s -> s);
    }

    private static Set<PlantedFault> with(PlantedFault... own) {
        var faults = EnumSet.copyOf(ANYWHERE);
        faults.addAll(List.of(own));
        return faults;
    }

    private static Stream<Arguments> planted(String standard, Set<PlantedFault> faults) {
        return faults.stream().map(fault -> Arguments.of(standard, fault));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void everyPlantedFaultIsNamed(String standard, PlantedFault fault) {
        var subject = Subject.of(standard);
        var report = run(subject, fault, subject.some(), standard.equals(BY_MONTH) ? 16 : 12);
        assertThat(report.conform()).isFalse();
        var codes = report.notebook().differences().stream().map(Difference::code).collect(Collectors.toSet());
        assertThat(codes).as(String.valueOf(report.notebook().differences().stream().limit(3).toList()))
                .containsAll(fault.named);
    }

    @Test
    void everyFaultIsPlantedSomewhere() {
        assertThat(faults().map(planted -> planted.get()[1]).distinct()).hasSize(PlantedFault.values().length - 1);
        assertThat(faults().count()).isGreaterThan(120);
    }
}
