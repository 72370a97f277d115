package jp.kiban.standards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import java.util.Set;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import org.junit.jupiter.api.Test;

class VariationsTests {
    private final Variations variations = Published.CHILD_ALLOWANCE.variations();

    @Test
    void withoutLocalValuesTheDefaultsHold() {
        var values = variations.defaults();
        assertThat(values.number("payDay")).isEqualTo(5);
        assertThat(values.text("noticeStyle")).isEqualTo("electronic-and-post");
        assertThat(values.yes("payNotice")).isFalse();
        assertThat(values.set("channels")).isEqualTo(Set.of("online", "counter", "post", "branch"));
        assertThat(Published.CHILD_ALLOWANCE.standardPeriodDays(values)).isEqualTo(java.time.Period.ofDays(30));
    }

    @Test
    void thePayDayIsFromTheFirstToTheTwentyEighth() {
        assertThat(variations.check("payDay", Published.json("1"))).isEmpty();
        assertThat(variations.check("payDay", Published.json("28"))).isEmpty();
        assertThat(variations.check("payDay", Published.json("0"))).hasSize(1);
        assertThat(variations.check("payDay", Published.json("29"))).hasSize(1);
        assertThat(variations.check("payDay", Published.json("5.5"))).hasSize(1);
        assertThat(variations.check("payDay", Published.json("'5'"))).hasSize(1);
    }

    @Test
    void everythingOutsideItsLimitsIsRefusedAtOnce() {
        var refused = catchThrowableOfType(BadInput.class,
                () -> variations.merge(Map.of("payDay", Published.json("31"), "noticeStyle", Published.json("'pigeon'"),
                        "channels", Published.json("['counter']"), "colour", Published.json("'red'"))));
        assertThat(refused.findings().stream().map(Finding::where)).containsExactlyInAnyOrder("payDay", "noticeStyle",
                "channels", "colour");
        assertThat(refused.findings()).allSatisfy(f -> assertThat(f.message().ja()).isNotBlank());
    }

    @Test
    void onlineStaysOpen() {
        assertThat(variations.check("channels", Published.json("['online']"))).isEmpty();
        assertThat(variations.check("channels", Published.json("[]"))).hasSize(1);
        assertThat(variations.check("channels", Published.json("['post', 'counter']"))).hasSize(1);
    }

    @Test
    void localValuesWin() {
        var values = variations.merge(Map.of("payDay", Published.json("15")));
        assertThat(values.number("payDay")).isEqualTo(15);
        assertThat(values.number("standardPeriodDays")).isEqualTo(30);
    }
}
