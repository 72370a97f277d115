package jp.kiban.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class VersionNameTests {
    private static final LocalDate DAY = LocalDate.of(2026, 4, 1);

    @Test
    void theFirstOfADayIsNamedByTheDayAndTheOthersByTheirNumber() {
        assertThat(VersionName.of(DAY)).hasToString("2026-04-01");
        assertThat(VersionName.of(DAY).next().orElseThrow()).hasToString("2026-04-01.02").matches(
                VersionName::isCorrection);
        assertThat(VersionName.parse("2026-04-01").isCorrection()).isFalse();
        assertThat(VersionName.parse("2026-04-01.99")).isEqualTo(new VersionName(DAY, 99));
        assertThat(new VersionName(DAY, 99).next()).isEmpty();
    }

    @Test
    void everyNameIsReadAsItIsWritten() {
        IntStream.rangeClosed(1, VersionName.MOST).mapToObj(n -> new VersionName(DAY, n)).forEach(name -> assertThat(
                VersionName.parse(name.text())).isEqualTo(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2026-04-01.1", "2026-04-01.2", "2026-04-01.01", "2026-04-01.00", "2026-04-01.100",
            "2026-04-01.", "2026-04-01-02", "2026-04-01 ", " 2026-04-01", "2026-4-1", "2026-02-29", "2026-04-31.02",
            "20260401", "令和8年4月1日", "2026-04-01.0２", "2026-04-01.02.02", "2026-04-01/02", "-2026-04-01"})
    void anythingElseIsRefusedWithWhatIsExpected(String wrong) {
        assertThat(VersionName.read(wrong)).isEmpty();
        assertThatThrownBy(() -> VersionName.parse(wrong)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("2026-04-01.02", "saw: " + wrong);
    }

    @Test
    void noDayHasAVersionZeroOrAHundredth() {
        assertThatThrownBy(() -> new VersionName(DAY, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new VersionName(DAY, 100)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namesSortByDayAndNumberAndTheirTextsAlike() {
        var sorted = Stream.of("2024-10-01", "2026-03-31.99", "2026-04-01", "2026-04-01.02", "2026-04-01.09",
                "2026-04-01.10", "2026-04-01.99", "2026-04-02", "2026-04-02.02", "2026-11-01").toList();
        var names = new ArrayList<>(sorted);
        Collections.shuffle(names, new Random(7));
        assertThat(names.stream().map(VersionName::parse).sorted().map(VersionName::text))
                .containsExactlyElementsOf(sorted);
        assertThat(names.stream().sorted()).as("as text").containsExactlyElementsOf(sorted);
        assertThat(VersionName.parse("2026-04-01.09").isBefore(VersionName.parse("2026-04-01.10"))).isTrue();
        assertThat(VersionName.parse("2026-04-02").isAfter(VersionName.parse("2026-04-01.99"))).isTrue();
    }

    @Test
    void inJsonItIsItsText() {
        var json = JsonMapper.builder().build();
        var ref = StandardRef.parse("child-allowance@2026-04-01.02");
        var text = json.writeValueAsString(ref);
        assertThat(text).isEqualTo("{\"id\":\"child-allowance\",\"version\":\"2026-04-01.02\"}");
        assertThat(json.readValue(text, StandardRef.class)).isEqualTo(ref);
        assertThat(json.readValue("{\"id\":\"dog\",\"version\":\"2026-04-01\"}", StandardRef.class)).isEqualTo(
                new StandardRef("dog", DAY));
        assertThat(ref).hasToString("child-allowance@2026-04-01.02");
        assertThat(ref.day()).isEqualTo(DAY);
    }
}
