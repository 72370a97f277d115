package jp.kiban.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RunnerTests {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Instant NOON = Instant.parse("2026-11-24T03:00:00Z");
    private final Runner runner = new Runner(new Plainly(), ZoneId.of("Asia/Tokyo"));

    private static JsonNode facts(String json) { return JSON.readTree(json.replace('\'', '"')); }

    private static Flow flow(String inside) {
        var read = Flow.read("""
                <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:kiban="urn:kiban:flow"><process id="p" name="手続">
                %s</process></definitions>""".formatted(inside));
        assertThat(read.faults()).isEmpty();
        return read.flow().orElseThrow();
    }

    private static String edge(String from, String to) {
        return "<sequenceFlow id='%s-%s' name='次' sourceRef='%s' targetRef='%s'/>".formatted(from, to, from, to);
    }

    private static String edge(String from, String to, String feel) {
        return "<sequenceFlow id='%s-%s' name='次' sourceRef='%s' targetRef='%s'><conditionExpression>%s</conditionExpression></sequenceFlow>"
                .formatted(from, to, from, to, feel);
    }

    private static String user(String id) {
        return "<userTask id='%s' name='作業' kiban:role='REVIEW' kiban:stage='CHECKING'/>".formatted(id);
    }

    private Moved done(Flow flow, FlowState state, String at, String facts) {
        var token = state.waiting().stream().filter(t -> t.at().equals(at)).findFirst().orElseThrow();
        return runner.go(flow, state, new FlowEvent.Done(token.id()), facts(facts), Hands.idle(), NOON).orElseThrow();
    }

    @Test
    void theFirstConditionThatHoldsIsTakenElseTheDefault() {
        var flow = flow("<startEvent id='s' name='始'/>" + edge("s", "g")
                + "<exclusiveGateway id='g' name='分' default='g-c'/>" + edge("g", "c") + edge("g", "a", "x &lt; 5")
                + edge("g", "b", "x &lt; 9")
                + "<endEvent id='a' name='甲'/><endEvent id='b' name='乙'/><endEvent id='c' name='丙'/>");
        assertThat(runner.start(flow, facts("{'x':4}"), Hands.idle(), NOON).path()).containsExactly("s", "g", "a");
        assertThat(runner.start(flow, facts("{'x':5}"), Hands.idle(), NOON).path()).containsExactly("s", "g", "b");
        assertThat(runner.start(flow, facts("{'x':9}"), Hands.idle(), NOON).path()).containsExactly("s", "g", "c");
        assertThat(runner.start(flow, facts("{}"), Hands.idle(), NOON).path()).containsExactly("s", "g", "c");
    }

    @Test
    void theOthersAreWaitedForBeforeItGoesOn() {
        var flow = flow("<startEvent id='s' name='始'/>" + edge("s", "f") + "<parallelGateway id='f'/>" + edge("f", "a")
                + edge("f", "b") + user("a") + user("b") + edge("a", "j") + edge("b", "j") + "<parallelGateway id='j'/>"
                + edge("j", "e") + "<endEvent id='e' name='終'/>");
        var started = runner.start(flow, facts("{}"), Hands.idle(), NOON);
        assertThat(started.state().waiting()).extracting(FlowState.Token::at).containsExactly("a", "b");
        var one = done(flow, started.state(), "b", "{}");
        assertThat(one.path()).containsExactly("j");
        assertThat(one.state().isOver()).isFalse();
        var two = done(flow, one.state(), "a", "{}");
        assertThat(two.path()).containsExactly("j", "e");
        assertThat(two.state().isOver()).isTrue();
    }

    private static final String GUARDED = "<startEvent id='s' name='始'/>" + edge("s", "u") + user("u") + edge("u", "e")
            + "<boundaryEvent id='t' name='期限' attachedToRef='u' cancelActivity='%s'><timerEventDefinition><timeDuration>%s</timeDuration></timerEventDefinition></boundaryEvent>"
            + edge("t", "l") + "<serviceTask id='l' name='知らせる' kiban:does='remind'/>" + edge("l", "x")
            + "<boundaryEvent id='m' name='取下げ' attachedToRef='u' kiban:message='withdrawn'><messageEventDefinition/></boundaryEvent>"
            + edge("m", "w") + "<endEvent id='e' name='終'/><endEvent id='x' name='過'/><endEvent id='w' name='取'/>";

    @Test
    void aTimerThatDoesNotInterruptFiresOnceAndTheTaskStays() {
        var flow = flow(GUARDED.formatted("false", "P10D"));
        var started = runner.start(flow, facts("{}"), Hands.idle(), NOON).state();
        var timer = started.timers().getFirst();
        assertThat(timer.due()).isEqualTo(Instant.parse("2026-12-04T03:00:00Z"));
        var did = new ArrayList<String>();
        var fired = runner.go(flow, started, new FlowEvent.Due(timer.token(), "t"), facts("{}"), (task, facts) -> {
            did.add(((Node.Service) task).does());
            return facts;
        }, timer.due()).orElseThrow();
        assertThat(did).containsExactly("remind");
        assertThat(fired.path()).containsExactly("t", "l", "x");
        assertThat(fired.state().waiting()).hasSize(1);
        assertThat(runner.go(flow, fired.state(), new FlowEvent.Due(timer.token(), "t"), facts("{}"), Hands.idle(),
                timer.due())).isEmpty();
    }

    @Test
    void aTimerThatInterruptsTakesTheTaskAway() {
        var flow = flow(GUARDED.formatted("true", "= wait"));
        var started = runner.start(flow, facts("{'wait':'PT5M'}"), Hands.idle(), NOON).state();
        var timer = started.timers().getFirst();
        assertThat(timer.due()).isEqualTo(NOON.plusSeconds(300));
        var fired = runner.go(flow, started, new FlowEvent.Due(timer.token(), "t"), facts("{}"), Hands.idle(),
                timer.due()).orElseThrow();
        assertThat(fired.state().isOver()).isTrue();
        assertThat(fired.state().timers()).isEmpty();
    }

    @Test
    void whatIsDoneOrInterruptedLeavesNoTimerBehind() {
        var flow = flow(GUARDED.formatted("true", "PT1H"));
        var started = runner.start(flow, facts("{}"), Hands.idle(), NOON).state();
        assertThat(done(flow, started, "u", "{}").state().timers()).isEmpty();
        var withdrawn = runner.go(flow, started, new FlowEvent.Arrived("withdrawn"), facts("{}"), Hands.idle(), NOON)
                .orElseThrow();
        assertThat(withdrawn.path()).containsExactly("m", "w");
        assertThat(withdrawn.state().timers()).isEmpty();
    }

    @Test
    void whatTheFlowDoesNotWaitForIsRefused() {
        var flow = flow(GUARDED.formatted("true", "PT1H"));
        var started = runner.start(flow, facts("{}"), Hands.idle(), NOON).state();
        assertThat(runner.go(flow, started, new FlowEvent.Arrived("corrected"), facts("{}"), Hands.idle(), NOON))
                .isEmpty();
        assertThat(runner.go(flow, started, new FlowEvent.Done(99), facts("{}"), Hands.idle(), NOON)).isEmpty();
        assertThat(Runner.messages(flow, started)).containsExactly("withdrawn");
    }

    @Test
    void theStateIsOneJsonValue() {
        var flow = flow(GUARDED.formatted("true", "PT1H"));
        var started = runner.start(flow, facts("{}"), Hands.idle(), NOON).state();
        assertThat(FlowState.parse(started.json())).isEqualTo(started);
        assertThat(started.stage()).isEqualTo("CHECKING");
    }
}
