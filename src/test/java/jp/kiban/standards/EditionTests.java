package jp.kiban.standards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.StandardRef;
import jp.kiban.kernel.VersionName;
import org.junit.jupiter.api.Test;

class EditionTests {
    private static final LocalDate FIRST = LocalDate.parse("2024-10-01");
    private static final LocalDate DAY = LocalDate.parse("2026-12-01");
    private static final StandardFiles SHIPPED = StandardFiles.of(Published.BUNDLE, new StandardRef("child-allowance",
            FIRST));

    private final List<PublishedVersions.Published> published = new ArrayList<>();
    private final Standards standards = Standards.of(Published.FOLDER, List.of(() -> published), Clock.fixed(Instant
            .parse("2026-11-24T00:00:00Z"), ZoneId.of("Asia/Tokyo")));

    private static final VersionName CORRECTION = VersionName.parse(DAY + ".02");

    private static StandardFiles named(LocalDate day) { return named(VersionName.of(day)); }

    private static StandardFiles named(VersionName version) {
        var files = new TreeMap<String, String>();
        SHIPPED.files().forEach((path, text) -> files.put(path.replace(FIRST + "/", version + "/"), text));
        return new StandardFiles(new StandardRef("child-allowance", version), files);
    }

    private void publish(LocalDate day, LocalDate from, Optional<LocalDate> withdrawn) {
        publish(VersionName.of(day), from, withdrawn);
    }

    private void publish(VersionName version, LocalDate from, Optional<LocalDate> withdrawn) {
        published.add(new PublishedVersions.Published(named(version), from, withdrawn));
        standards.refresh();
    }

    private LocalDate inForce(LocalDate day) { return ref(day).day(); }

    private StandardRef ref(LocalDate day) { return standards.inForce("child-allowance", day).ref(); }

    @Test
    void aPublishedVersionIsInForceFromItsDayAndTheEarlierOneUntilThen() {
        publish(DAY, DAY, Optional.empty());
        assertThat(inForce(DAY.minusDays(1))).isEqualTo(FIRST);
        assertThat(inForce(DAY)).isEqualTo(DAY);
        assertThat(standards.version(new StandardRef("child-allowance", FIRST)).ref().day()).isEqualTo(FIRST);
    }

    @Test
    void aWithdrawnVersionIsForItsCasesOnly() {
        publish(DAY, DAY, Optional.of(DAY.plusDays(10)));
        assertThat(inForce(DAY.plusDays(9))).isEqualTo(DAY);
        assertThat(inForce(DAY.plusDays(10))).as("the earlier one counts again").isEqualTo(FIRST);
        assertThat(standards.version(new StandardRef("child-allowance", DAY)).ref().day()).isEqualTo(DAY);
    }

    @Test
    void aCorrectionOfTheSameDayTakesThePlaceOfTheFaultyOne() {
        publish(DAY, DAY, Optional.empty());
        var faulty = new StandardRef("child-allowance", DAY);
        assertThat(ref(DAY)).as("in the morning").isEqualTo(faulty);
        publish(CORRECTION, DAY, Optional.empty());
        assertThat(ref(DAY)).isEqualTo(new StandardRef("child-allowance", CORRECTION));
        assertThat(inForce(DAY.minusDays(1))).as("the day before").isEqualTo(FIRST);
        assertThat(standards.version(faulty).ref())
                .as("who applied in the morning keeps the faulty one, until it is moved").isEqualTo(faulty);
        assertThat(standards.get("child-allowance").versions().stream().map(v -> v.ref().version()))
                .as("in the order of their names").endsWith(VersionName.of(DAY), CORRECTION);
    }

    @Test
    void theHighestCorrectionOfTheDayCountsWhateverTheOrderOfPublication() {
        publish(VersionName.parse(DAY + ".10"), DAY, Optional.empty());
        publish(DAY, DAY, Optional.empty());
        publish(VersionName.parse(DAY + ".09"), DAY, Optional.empty());
        assertThat(ref(DAY).version()).hasToString(DAY + ".10");
        publish(DAY.plusDays(1), DAY.plusDays(1), Optional.empty());
        assertThat(ref(DAY.plusDays(1)).version()).as("a correction is of its day, and no newer than the next")
                .hasToString(
                        DAY.plusDays(1).toString());
        published.set(0, new PublishedVersions.Published(named(VersionName.parse(DAY + ".10")), DAY, Optional.of(DAY)));
        standards.refresh();
        assertThat(ref(DAY).version()).as("withdrawn: the one before counts again").hasToString(DAY + ".09");
    }

    @Test
    void whoIsSendingAtMidnightStaysWithYesterdaysVersion() {
        publish(DAY, DAY, Optional.empty());
        var begun = SHIPPED.ref();
        assertThat(standards.keeping(begun, DAY.minusDays(1)).ref()).isEqualTo(begun);
        assertThat(standards.keeping(begun, DAY).ref()).as("a retry after midnight").isEqualTo(begun);
        assertThat(standards.keeping(begun, DAY.plusDays(1)).ref().day()).as("a day later").isEqualTo(DAY);
        publish(CORRECTION, DAY, Optional.empty());
        assertThat(standards.keeping(new StandardRef("child-allowance", DAY), DAY).ref().version())
                .as("a faulty version is not kept for those who have not sent").isEqualTo(CORRECTION);
        publish(DAY.plusDays(1), DAY.plusDays(1), Optional.empty());
        var corrected = new StandardRef("child-allowance", CORRECTION);
        assertThat(standards.keeping(corrected, DAY.plusDays(1)).ref()).as("a retry after midnight")
                .isEqualTo(corrected);
        assertThat(standards.keeping(new StandardRef("child-allowance", DAY), DAY.plusDays(1)).ref().day())
                .as("the faulty one not even then").isEqualTo(DAY.plusDays(1));
    }

    @Test
    void aShippedVersionThatWasWithdrawnIsTheSameVersion() {
        var before = standards.version(SHIPPED.ref());
        published.add(new PublishedVersions.Published(SHIPPED, FIRST, Optional.of(DAY)));
        standards.refresh();
        assertThat(standards.version(SHIPPED.ref())).isSameAs(before);
        assertThatThrownBy(() -> inForce(DAY)).isInstanceOf(NotThere.class);
    }

    @Test
    void aPackageIsCheckedWithItsExamples() {
        assertThat(standards.check(named(DAY)).inspection().faults()).isEmpty();
        var broken = new TreeMap<>(named(DAY).files());
        broken.computeIfPresent(DAY + "/examples/age.yaml", (p, text) -> text.replaceFirst("outcome: GRANT",
                "outcome: REFUSE"));
        var checked = standards.check(new StandardFiles(new StandardRef("child-allowance", DAY), broken));
        assertThat(checked.standard()).isEmpty();
        assertThat(checked.inspection().faults()).anyMatch(f -> f.file().endsWith("age.yaml"));
    }
}
