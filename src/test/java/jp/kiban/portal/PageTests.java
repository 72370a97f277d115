package jp.kiban.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import org.junit.jupiter.api.Test;

class PageTests {
    private final List<Integer> all = IntStream.rangeClosed(1, 41).boxed().toList();

    @Test
    void theLastPageHoldsTheRestAndTheOneBehindItIsEmpty() {
        var last = Page.of(all, new Page.Wanted(3, 20));
        assertThat(last.items()).containsExactly(41);
        assertThat(last.from()).isEqualTo(41);
        assertThat(last.to()).isEqualTo(41);
        assertThat(last.hasNext()).isFalse();
        assertThat(Page.of(all, new Page.Wanted(4, 20)).items()).isEmpty();
        assertThat(Page.of(all, new Page.Wanted(1_000_000, 1000)).items()).isEmpty();
    }

    @Test
    void exactlyFullPagesMakeNoEmptyOne() {
        assertThat(Page.of(all.subList(0, 40), new Page.Wanted(1, 20)).pages()).isEqualTo(2);
        assertThat(Page.of(all, new Page.Wanted(1, 20)).pages()).isEqualTo(3);
        assertThat(Page.of(List.of(), new Page.Wanted(1, 20)).pages()).isEqualTo(1);
    }

    @Test
    void thePagerShowsEndsAndNeighboursWithGapsBetween() {
        assertThat(Page.of(IntStream.range(0, 200).boxed().toList(), new Page.Wanted(5, 20)).numbers())
                .containsExactly(1L, 0L, 4L, 5L, 6L, 0L, 10L);
    }

    @Test
    void everyFaultOfPageAndSizeIsToldAtOnce() {
        assertThatThrownBy(() -> Page.Wanted.read("0", "1001"))
                .isInstanceOfSatisfying(BadInput.class,
                        bad -> assertThat(bad.findings()).extracting(Finding::where).containsExactly("page", "size"));
        var faults = new ArrayList<Finding>();
        assertThat(Page.Wanted.read("1", "1000", 20, faults)).isEqualTo(new Page.Wanted(1, 1000));
        assertThat(Page.Wanted.read("", "", 50, faults)).isEqualTo(new Page.Wanted(1, 50));
        assertThat(faults).isEmpty();
        Page.Wanted.read("99999999999999999999", "-1", 50, faults);
        assertThat(faults).hasSize(2);
    }
}
