package jp.kiban.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HistogramTests {
    @Test
    void valuesUpToTwoMinutesAreExact() {
        for (int value = 0; value <= 120; value++)
            assertThat(Histogram.middleOf(Histogram.bucketOf(value))).isEqualTo(value);
        assertThat(Histogram.bucketOf(121)).isEqualTo(121);
    }

    @Test
    void aboveThatTheErrorIsAtMostTwoPercent() {
        for (long value = 121; value < 10_000_000; value += 1 + value / 97) {
            double middle = Histogram.middleOf(Histogram.bucketOf(value));
            assertThat(Math.abs(middle - value) / value).as("error at %d", value).isLessThanOrEqualTo(0.0202);
        }
    }

    @Test
    void aMedianOfAUnionIsThatOfAllValues() {
        var random = new Random(7);
        var values = random.longs(5_001, 0, 4_000).toArray();
        var parts = new Histogram[]{new Histogram(), new Histogram(), new Histogram()};
        for (int i = 0; i < values.length; i++)
            parts[i % 3].add(Histogram.bucketOf(values[i]), 1);
        var union = new Histogram();
        for (var part : parts)
            union.addAll(part);
        Arrays.sort(values);
        assertThat(union.quantile(0.5).orElseThrow()).isCloseTo(values[2_500], within(values[2_500] * 0.021));
        assertThat(union.quantile(0.9).orElseThrow()).isCloseTo(values[4_500], within(values[4_500] * 0.021));
    }

    @Test
    void nothingHasNoMedianAndNothingIsNegative() {
        assertThat(new Histogram().quantile(0.5)).isEmpty();
        assertThatThrownBy(() -> Histogram.bucketOf(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
