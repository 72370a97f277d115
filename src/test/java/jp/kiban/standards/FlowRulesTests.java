package jp.kiban.standards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FlowRulesTests {
    private static final JsonNode FACTS = JsonMapper.builder().build().readTree(
            "{\"判定\":{\"outcome\":\"GRANT\"},\"申請\":{\"children\":[{\"livingTogether\":true}]},\"結果\":{\"outcome\":\"REFUSE\",\"days\":14}}");
    private final FlowRules rules = new FlowRules();
    private final ArrayList<Fault> faults = new ArrayList<>();

    private String with(String feel) {
        rules.add(feel, "7", new Reading("flow.bpmn", faults));
        return feel;
    }

    @Test
    void aConditionSeesWhatTheRulesSayTheAnswersAndTheResult() {
        assertThat(rules.holds(with("結果.outcome = \"REFUSE\""), FACTS)).isTrue();
        assertThat(rules.holds(with("判定.outcome = \"REFUSE\""), FACTS)).isFalse();
        assertThat(rules.holds(with("every c in 申請.children satisfies c.livingTogether"), FACTS)).isTrue();
        assertThat(rules.holds(with("結果.nothing > 3"), FACTS)).as("what is not there does not hold").isFalse();
        assertThat(faults).isEmpty();
    }

    @Test
    void aDurationIsComputed() {
        assertThat(rules.duration(with("duration(\"P\" + string(結果.days) + \"D\")"), FACTS))
                .isEqualTo(Duration.ofDays(14));
        assertThat(Period.from(rules.duration(with("duration(\"P2M\")"), FACTS)).getMonths()).isEqualTo(2);
        assertThatThrownBy(() -> rules.duration(with("結果.outcome"), FACTS)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatIsNotFeelIsToldWithItsLine() {
        with("結果.outcome = = 3");
        with("知らない = 3");
        with("結果.outcome = ");
        with("(");
        assertThat(faults).hasSizeGreaterThanOrEqualTo(4).allSatisfy(f -> assertThat(f.place()).isEqualTo("7"));
    }
}
