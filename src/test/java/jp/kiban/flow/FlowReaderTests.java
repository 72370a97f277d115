package jp.kiban.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlowReaderTests {
    private static String process(String inside) { return """
                <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:kiban="urn:kiban:flow">
                <process id="p" name="手続">
                %s
                </process></definitions>
                """.formatted(inside); }

    private static final String SMALL = """
            <startEvent id="s" name="開始"/><sequenceFlow id="f1" sourceRef="s" targetRef="u"/>
            <userTask id="u" name="審査" kiban:role="REVIEW" kiban:stage="CHECKING"/><sequenceFlow id="f2" sourceRef="u" targetRef="e"/>
            <endEvent id="e" name="終了"/>
            """;

    private static List<FlowFault> faults(String inside) { return Flow.read(process(inside)).faults(); }

    @Test
    void theFlowOfChildAllowanceIsSound() throws IOException {
        var read = Flow.read(Files.readString(Path.of("standards/child-allowance/2024-10-01/flow.bpmn")));
        assertThat(read.faults()).isEmpty();
        var flow = read.flow().orElseThrow();
        assertThat(flow.start().name()).isEqualTo("到達");
        assertThat(flow.boundaries(flow.node("approval")).stream().map(b -> b.id())).containsExactly(
                "approval-sent-back", "approval-taken-back", "approval-corrected", "approval-withdrawn");
    }

    @Test
    void aSmallFlowIsRead() { assertThat(faults(SMALL)).isEmpty(); }

    @Test
    void theDrawingOfAModellerIsPassedOver() { assertThat(Flow.read("""
                <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:kiban="urn:kiban:flow">
                <bpmn:process id="p" name="手続"><bpmn:startEvent id="s" name="開始"><bpmn:outgoing>f</bpmn:outgoing></bpmn:startEvent>
                <bpmn:sequenceFlow id="f" sourceRef="s" targetRef="e"/><bpmn:endEvent id="e" name="終了"><bpmn:incoming>f</bpmn:incoming></bpmn:endEvent></bpmn:process>
                <di:BPMNDiagram><di:BPMNPlane bpmnElement="p"/></di:BPMNDiagram></bpmn:definitions>
                """).faults()).isEmpty(); }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "<scriptTask id='x' name='計算'/> | <scriptTask> is not supported",
            "<inclusiveGateway id='x'/> | <inclusiveGateway> is not supported",
            "<subProcess id='x'><userTask id='y'/></subProcess> | <subProcess> is not supported",
            "<task id='x' name='作業'/> | <task> is not supported",
            "<laneSet id='x'/> | <laneSet> is not supported",
            "<intermediateCatchEvent id='x'/> | <intermediateCatchEvent> is not supported",
            "<userTask id='x' name='作業' kiban:role='REVIEW' kiban:stage='CHECKING' isForCompensation='true'/> | the attribute isForCompensation on <userTask>",
            "<userTask id='x' name='作業' kiban:role='BOSS' kiban:stage='CHECKING'/> | the role “BOSS”",
            "<userTask id='x' name='作業' kiban:role='REVIEW' kiban:stage='SOMEWHERE'/> | the stage “SOMEWHERE”",
            "<userTask id='x' name='作業' kiban:role='REVIEW'/> | has no stage",
            "<userTask id='x' name='Review' kiban:role='REVIEW' kiban:stage='CHECKING'/> | has the name “Review”",
            "<serviceTask id='x' name='自動' kiban:does='rm -rf'/> | kiban:does=\"rm -rf\"",
            "<userTask id='u' name='二度' kiban:role='REVIEW' kiban:stage='CHECKING'/> | the id “u” is already on line 4",
            "<userTask name='無名' kiban:role='REVIEW' kiban:stage='CHECKING'/> | a <userTask> has no id",
            "<userTask id='x' name='離島' kiban:role='REVIEW' kiban:stage='CHECKING'/> | x can never be reached",
            "<userTask id='x' name='離島' kiban:role='REVIEW' kiban:stage='CHECKING'/> | x is a dead end",
            "<sequenceFlow id='g' sourceRef='u' targetRef='nowhere'/> | names “nowhere”",
            "<sequenceFlow id='g' sourceRef='u' targetRef='e'/> | 2 flows lead out of u",
            "<boundaryEvent id='b' name='期限' attachedToRef='e'><timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition></boundaryEvent> | where nothing waits",
            "<boundaryEvent id='b' name='期限' attachedToRef='u'/> | has no cause",
            "<boundaryEvent id='b' name='期限' attachedToRef='u'><timerEventDefinition><timeDuration>soon</timeDuration></timerEventDefinition></boundaryEvent> | waits “soon”",
            "<boundaryEvent id='b' name='期限' attachedToRef='u'><timerEventDefinition><timeCycle>R/P1D</timeCycle></timerEventDefinition></boundaryEvent> | <timeCycle> is not supported",
            "<boundaryEvent id='b' name='失敗' attachedToRef='u'><errorEventDefinition/></boundaryEvent> | <errorEventDefinition> is not supported",
            "<startEvent id='s2' name='二つ目'/> | a second <startEvent>",
            "loose words | text outside of an element"})
    void whatTheSubsetDoesNotKnowIsRefusedByNameAndLine(String added, String told) {
        assertThat(faults(SMALL + added)).anySatisfy(fault -> {
            assertThat(fault.what()).contains(told);
            assertThat(fault.line()).isBetween(4, 7);
            assertThat(fault.mend()).isNotBlank();
        });
    }

    @Test
    void aGatewayThatPartsHasADefaultAndConditionsAndNames() {
        var faults = faults("""
                <startEvent id="s" name="開始"/><sequenceFlow id="f1" sourceRef="s" targetRef="g"/>
                <exclusiveGateway id="g"/>
                <sequenceFlow id="a" sourceRef="g" targetRef="e"/>
                <sequenceFlow id="b" name="はい" sourceRef="g" targetRef="e"><conditionExpression>true</conditionExpression></sequenceFlow>
                <endEvent id="e" name="終了"/>
                """);
        assertThat(faults).extracting(FlowFault::toString).satisfiesExactlyInAnyOrder(
                f -> assertThat(f).startsWith("4: ").contains("has no default"),
                f -> assertThat(f).startsWith("4: ").contains("has no name"),
                f -> assertThat(f).startsWith("5: ").contains("without a condition"),
                f -> assertThat(f).startsWith("5: ").contains("no name"));
    }

    @Test
    void aCircleInWhichNothingWaitsIsRefused() {
        var circle = """
                <startEvent id="s" name="開始"/><sequenceFlow id="f1" sourceRef="s" targetRef="m"/>
                <exclusiveGateway id="m"/><sequenceFlow id="f2" sourceRef="m" targetRef="x"/>
                %s<sequenceFlow id="f3" sourceRef="x" targetRef="g"/>
                <exclusiveGateway id="g" name="もう一度" default="d"/>
                <sequenceFlow id="d" name="いいえ" sourceRef="g" targetRef="e"/>
                <sequenceFlow id="b" name="はい" sourceRef="g" targetRef="m"><conditionExpression>true</conditionExpression></sequenceFlow>
                <endEvent id="e" name="終了"/>
                """;
        assertThat(faults(circle.formatted("<serviceTask id='x' name='自動' kiban:does='record'/>")))
                .singleElement().extracting(FlowFault::what).asString()
                .startsWith("a circle in which nothing waits: m, x, g");
        assertThat(faults(circle.formatted("<receiveTask id='x' name='待つ' kiban:message='go'/>"))).isEmpty();
    }

    @Test
    void everythingIsToldAtOnceInTheOrderOfTheLines() {
        assertThat(faults("<scriptTask id='x'/>\n<laneSet/>\n<userTask/>")).extracting(FlowFault::line)
                .isSorted().contains(1, 3, 4, 5);
    }

    @Test
    void noDtdNoEntityNoOtherFileIsRead() {
        assertThat(Flow.read("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>\n" + process(SMALL)).faults())
                .singleElement().extracting(FlowFault::what).asString().contains("DTD");
        assertThat(Flow.read(process(SMALL + "<documentation>&e;</documentation>")).flow()).isEmpty();
        assertThat(Flow.read("").faults()).hasSize(1);
        assertThat(Flow.read("<a/>").faults()).isNotEmpty();
        assertThat(Flow.read(process(SMALL).replace("</process>", "")).faults()).isNotEmpty();
    }
}
