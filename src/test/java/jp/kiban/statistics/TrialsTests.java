package jp.kiban.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What a side of a trial shows, and what it keeps to itself.
class TrialsTests {
    @Test
    void aSideOfTenDecidedCasesIsShownAndOneOfNineIsNot() {
        var ten = Trials.side(12, 10, 10, 8.0, 55.0, 10_000.0);
        assertThat(ten.few()).isFalse();
        assertThat(ten.days()).contains(8.0);
        assertThat(ten.granted()).contains(100.0);
        var nine = Trials.side(12, 9, 9, 8.0, 55.0, 10_000.0);
        assertThat(nine.few()).isTrue();
        assertThat(nine.decided()).isEmpty();
        assertThat(nine.days()).isEmpty();
        assertThat(nine.yen()).isEmpty();
    }

    @Test
    void aShareThatWouldTellOfFewerThanTenIsNotShown() {
        assertThat(Trials.side(40, 40, 30, 8.0, 55.0, 1.0).granted()).contains(75.0);
        assertThat(Trials.side(40, 40, 31, 8.0, 55.0, 1.0).granted()).as("nine refused").isEmpty();
        assertThat(Trials.side(40, 40, 9, 8.0, 55.0, 1.0).granted()).as("nine granted").isEmpty();
        assertThat(Trials.side(40, 40, 40, 8.0, 55.0, 1.0).granted()).as("nobody refused").contains(100.0);
    }

    @Test
    void fewCasesReceivedAreNotCounted() {
        assertThat(Trials.side(9, 0, 0, null, null, null).cases()).isEmpty();
        assertThat(Trials.side(10, 0, 0, null, null, null).cases()).contains(10L);
    }
}
