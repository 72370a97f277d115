package jp.kiban.flow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.flowable.bpmn.model.BoundaryEvent;
import org.flowable.bpmn.model.BpmnModel;
import org.flowable.bpmn.model.EndEvent;
import org.flowable.bpmn.model.ExclusiveGateway;
import org.flowable.bpmn.model.FlowNode;
import org.flowable.bpmn.model.ImplementationType;
import org.flowable.bpmn.model.Message;
import org.flowable.bpmn.model.MessageEventDefinition;
import org.flowable.bpmn.model.ParallelGateway;
import org.flowable.bpmn.model.Process;
import org.flowable.bpmn.model.ReceiveTask;
import org.flowable.bpmn.model.SequenceFlow;
import org.flowable.bpmn.model.ServiceTask;
import org.flowable.bpmn.model.StartEvent;
import org.flowable.bpmn.model.TerminateEventDefinition;
import org.flowable.bpmn.model.TimerEventDefinition;
import org.flowable.bpmn.model.UserTask;
import org.flowable.common.engine.api.delegate.event.FlowableEngineEventType;
import org.flowable.common.engine.api.delegate.event.FlowableEvent;
import org.flowable.common.engine.api.delegate.event.FlowableEventListener;
import org.flowable.common.engine.impl.history.HistoryLevel;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.delegate.JavaDelegate;
import org.flowable.engine.delegate.event.FlowableActivityEvent;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;

/// The same diagram in Flowable 8: what it says is the other side of the comparison.
final class SecondOpinion implements AutoCloseable {
    final List<String> path = new ArrayList<>();
    private final ProcessEngineConfigurationImpl configuration;
    private final ProcessEngine engine;

    SecondOpinion() {
        configuration = new StandaloneInMemProcessEngineConfiguration();
        prepare(configuration, path);
        engine = configuration.buildProcessEngine();
    }

    static void prepare(ProcessEngineConfigurationImpl configuration, List<String> path) {
        ((ch.qos.logback.classic.Logger) org.slf4j.LoggerFactory.getLogger("org.flowable"))
                .setLevel(ch.qos.logback.classic.Level.ERROR);
        configuration.setDatabaseSchemaUpdate("true");
        configuration.setAsyncExecutorActivate(false);
        configuration.setAsyncHistoryExecutorActivate(false);
        configuration.setHistoryLevel(HistoryLevel.NONE);
        configuration.setDisableIdmEngine(true);
        configuration.setDisableEventRegistry(true);
        configuration.setJdbcUrl("jdbc:h2:mem:opinion;DB_CLOSE_DELAY=1000");
        configuration.setTypedEventListeners(Map.of(FlowableEngineEventType.ACTIVITY_STARTED.name(),
                List.of(new Ear(path))));
        configuration.setBeans(new HashMap<>(Map.of("record", (JavaDelegate) execution -> {
        }, "rule",
                (JavaDelegate) execution -> execution.setVariable("x0",
                        (((Number) execution.getVariable("x0")).intValue() + 3) % 10))));
    }

    private record Ear(List<String> path) implements FlowableEventListener {
        @Override
        public void onEvent(FlowableEvent event) {
            if (event instanceof FlowableActivityEvent activity)
                path.add(activity.getActivityId());
        }

        @Override
        public boolean isFailOnException() { return true; }

        @Override
        public boolean isFireOnTransactionLifecycleEvent() { return false; }

        @Override
        public String getOnTransaction() { return ""; }
    }

    void at(Date now) { configuration.getClock().setCurrentTime(now); }

    ProcessEngine engine() { return engine; }

    static BpmnModel translate(Flow flow) {
        var model = new BpmnModel();
        model.setTargetNamespace("urn:kiban:opinion");
        var process = new Process();
        process.setId(flow.id());
        process.setExecutable(true);
        model.addProcess(process);
        for (var node : flow.nodes()) {
            FlowNode element = switch (node) {
                case Node.Start start -> new StartEvent();
                case Node.End end -> {
                    var event = new EndEvent();
                    if (end.everything())
                        event.addEventDefinition(new TerminateEventDefinition());
                    yield event;
                }
                case Node.User user -> new UserTask();
                case Node.Receive receive -> new ReceiveTask();
                case Node.Service task -> service("${record}");
                case Node.Send task -> service("${record}");
                case Node.Rule task -> service("${rule}");
                case Node.Exclusive gateway -> {
                    var choice = new ExclusiveGateway();
                    gateway.otherwise().ifPresent(choice::setDefaultFlow);
                    yield choice;
                }
                case Node.Parallel gateway -> new ParallelGateway();
                case Node.Timer timer -> {
                    var definition = new TimerEventDefinition();
                    definition.setTimeDuration(timer.after());
                    yield boundary(timer, definition);
                }
                case Node.Message message -> {
                    String ref = "message-" + message.message();
                    if (model.getMessage(ref) == null)
                        model.addMessage(new Message(ref, message.message(), null));
                    var definition = new MessageEventDefinition();
                    definition.setMessageRef(ref);
                    yield boundary(message, definition);
                }
            };
            element.setId(node.id());
            element.setName(node.name());
            process.addFlowElement(element);
        }
        for (var node : flow.nodes())
            if (node instanceof Node.Boundary boundary) {
                var event = (BoundaryEvent) process.getFlowElement(boundary.id());
                var host = (org.flowable.bpmn.model.Activity) process.getFlowElement(boundary.host());
                event.setAttachedToRef(host);
                host.getBoundaryEvents().add(event);
            }
        for (var edge : flow.edges()) {
            var sequence = new SequenceFlow(edge.from(), edge.to());
            sequence.setId(edge.id());
            edge.condition().ifPresent(
                    feel -> sequence.setConditionExpression("${" + feel.replaceAll("([^<>!])=", "$1==") + "}"));
            process.addFlowElement(sequence);
        }
        return model;
    }

    private static ServiceTask service(String bean) {
        var task = new ServiceTask();
        task.setImplementationType(ImplementationType.IMPLEMENTATION_TYPE_DELEGATEEXPRESSION);
        task.setImplementation(bean);
        return task;
    }

    private static BoundaryEvent boundary(Node.Boundary boundary, org.flowable.bpmn.model.EventDefinition definition) {
        var event = new BoundaryEvent();
        event.setAttachedToRefId(boundary.host());
        event.setCancelActivity(boundary.cancels());
        event.addEventDefinition(definition);
        return event;
    }

    /// Deploys, and answers with what undoes it.
    String deploy(Flow flow) {
        return engine.getRepositoryService().createDeployment().disableSchemaValidation()
                .addBpmnModel(flow.id() + ".bpmn", translate(flow)).deploy().getId();
    }

    void forget(String deployment) { engine.getRepositoryService().deleteDeployment(deployment, true); }

    String start(String process, Map<String, Object> facts) {
        return engine.getRuntimeService().startProcessInstanceByKey(process, facts).getId();
    }

    boolean isOver(String instance) {
        return engine.getRuntimeService().createProcessInstanceQuery().processInstanceId(instance).count() == 0;
    }

    /// Where it waits: the tasks at which somebody or something must act.
    List<String> waiting(String instance, Flow flow) {
        return engine.getRuntimeService().createExecutionQuery().processInstanceId(instance).onlyChildExecutions()
                .list()
                .stream().map(e -> e.getActivityId()).filter(a -> a != null && flow.node(a).waits()).sorted().toList();
    }

    List<String> timers(String instance) {
        return engine.getManagementService().createTimerJobQuery().processInstanceId(instance).list().stream()
                .map(j -> j.getElementId() + " " + j.getDuedate().toInstant()).sorted().toList();
    }

    void done(String instance, Node at, Map<String, Object> facts) {
        var runtime = engine.getRuntimeService();
        runtime.setVariables(instance, facts);
        if (at instanceof Node.User) {
            var task = engine.getTaskService().createTaskQuery().processInstanceId(instance)
                    .taskDefinitionKey(at.id()).orderByTaskCreateTime().asc().list().getFirst();
            engine.getTaskService().complete(task.getId());
        } else
            runtime.trigger(runtime.createExecutionQuery().processInstanceId(instance).activityId(at.id()).list()
                    .stream().min(Comparator.comparing(e -> Long.parseLong(e.getId()))).orElseThrow().getId());
    }

    void message(String instance, Node.Message boundary, Map<String, Object> facts) {
        var runtime = engine.getRuntimeService();
        runtime.setVariables(instance, facts);
        var heard = runtime.createEventSubscriptionQuery().processInstanceId(instance).activityId(boundary.id()).list()
                .stream().min(Comparator.comparing(s -> s.getCreated())).orElseThrow();
        path.add(boundary.id());
        runtime.messageEventReceived(boundary.message(), heard.getExecutionId());
    }

    void due(String instance, String timer, Map<String, Object> facts) {
        engine.getRuntimeService().setVariables(instance, facts);
        var management = engine.getManagementService();
        var job = management.createTimerJobQuery().processInstanceId(instance).elementId(timer).orderByJobDuedate()
                .asc()
                .list().getFirst();
        path.add(timer); // boundary events are told when they are armed, not as activities when they happen
        management.moveTimerToExecutableJob(job.getId());
        management.executeJob(job.getId());
    }

    @Override
    public void close() { engine.close(); }
}
