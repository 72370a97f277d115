package jp.kiban.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import jp.kiban.catalogue.TrialMeasure;
import org.junit.jupiter.api.Test;

/// What a side of a trial shows, and what it keeps to itself.
class TrialsTests {
    private static Trials.Side side(long cases, long decided, long grants) {
        return Trials.side(new Trials.Tally(cases, decided, grants, decided - grants, 0, 0, 0, 0, cases, 8.0, 55.0, 2.0,
                10_000.0, 1.5), cases < Trials.FEW, decided < Trials.FEW);
    }

    @Test
    void aSideOfTenDecidedCasesIsShownAndOneOfNineIsNot() {
        var ten = side(12, 10, 10);
        assertThat(ten.few()).isFalse();
        assertThat(ten.values()).containsEntry(TrialMeasure.DAYS, 8.0).containsEntry(TrialMeasure.GRANTED, 100.0);
        var nine = side(12, 9, 9);
        assertThat(nine.few()).isTrue();
        assertThat(nine.decided()).isEmpty();
        assertThat(nine.values()).doesNotContainKeys(TrialMeasure.DAYS, TrialMeasure.YEN, TrialMeasure.PERSONS);
    }

    @Test
    void aShareThatWouldTellOfFewerThanTenIsNotShown() {
        assertThat(side(40, 40, 30).values()).containsEntry(TrialMeasure.GRANTED, 75.0);
        assertThat(side(40, 40, 31).values()).as("nine refused").doesNotContainKeys(TrialMeasure.GRANTED,
                TrialMeasure.REFUSED, TrialMeasure.YEN);
        assertThat(side(40, 40, 9).values()).as("nine granted").doesNotContainKey(TrialMeasure.GRANTED);
        assertThat(side(40, 40, 40).values()).as("nobody refused").containsEntry(TrialMeasure.GRANTED, 100.0);
    }

    @Test
    void fewCasesReceivedAreNotCounted() {
        assertThat(side(9, 0, 0).cases()).isEmpty();
        assertThat(side(9, 0, 0).values()).isEmpty();
        assertThat(side(10, 0, 0).cases()).contains(10L);
    }
}
