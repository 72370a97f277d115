package jp.kiban.casework;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import jp.kiban.flow.Flow;
import jp.kiban.flow.FlowDrawing;
import jp.kiban.flow.FlowEvent;
import jp.kiban.flow.FlowState;
import jp.kiban.flow.Flows;
import jp.kiban.flow.Hands;
import jp.kiban.flow.Moved;
import jp.kiban.flow.Node;
import jp.kiban.flow.Runner;
import jp.kiban.flow.Running;
import jp.kiban.kernel.Event;
import jp.kiban.standards.Judgement;
import jp.kiban.standards.StandardVersion;
import jp.kiban.standards.Standards;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// 事案の流れ. Between a case and the flow of its standard: which act completes which task or sends which message, which facts the
/// conditions see, and what the tasks do. A case that was opened before its standard had a flow has none, and goes by
/// `CaseStage.Edge` as before.
@Component
final class CaseFlow {
    /// The decision by which a rule task decides the case itself.
    static final String DECIDES = "処分";

    private static final Map<String, Class<? extends Event>> COMPLETED_BY = Map.of("accept", CaseAccepted.class,
            "propose", Proposed.class, "decide", Decided.class, "close", CaseClosed.class, "done", TaskDone.class);
    private static final Map<String, Class<? extends Event>> SENT_BY = Map.of("correction-asked",
            CorrectionRequested.class, "correction-ended", CorrectionEnded.class, "sent-back", SentBack.class,
            "proposal-withdrawn", ProposalWithdrawn.class, "corrected", jp.kiban.submission.Corrected.class,
            "withdrawn", jp.kiban.submission.Withdrawn.class);

    private static final Set<String> HERS = Set.of("corrected", "withdrawn");

    private final Flows flows;
    private final Standards standards;

    CaseFlow(Flows flows, Standards standards) {
        this.flows = flows;
        this.standards = standards;
    }

    /// 現在. The running flow of a case with its diagram.
    record Now(StandardVersion version, Flow flow, Running running) {
        /// Every act that the flow waits for.
        Set<Class<? extends Event>> acts() {
            var acts = new LinkedHashSet<Class<? extends Event>>();
            for (var token : running.state().waiting())
                if (flow.node(token.at()) instanceof Node.User user)
                    acts.add(COMPLETED_BY.getOrDefault(user.act(), TaskDone.class));
            Runner.messages(flow, running.state()).stream().filter(SENT_BY::containsKey).map(SENT_BY::get)
                    .forEach(acts::add);
            if (running.state().stage().equals(CaseStage.CHECKING.name()))
                acts.add(DisputeSettled.class);
            return acts;
        }

        /// The tasks that an officer may report as done.
        List<Node.User> tasks() {
            return running.state().waiting().stream().map(t -> flow.node(t.at())).filter(Node.User.class::isInstance)
                    .map(Node.User.class::cast).filter(user -> user.act().equals("done")).distinct().toList();
        }

        /// What the act is to the flow; empty when it does not wait for it.
        Optional<FlowEvent> event(Class<? extends Event> act, String task) {
            for (var token : running.state().waiting())
                if (flow.node(token.at()) instanceof Node.User user
                        && COMPLETED_BY.getOrDefault(user.act(), TaskDone.class) == act
                        && (task.isEmpty() || user.id().equals(task)))
                    return Optional.of(new FlowEvent.Done(token.id()));
            var heard = Runner.messages(flow, running.state());
            return SENT_BY.entrySet().stream().filter(e -> e.getValue() == act && heard.contains(e.getKey()))
                    .findFirst().map(e -> new FlowEvent.Arrived(e.getKey()));
        }

        /// The task on which the timer runs.
        Optional<Node> host(String timer) {
            return flow.find(timer).filter(Node.Timer.class::isInstance).map(n -> flow.node(((Node.Timer) n).host()));
        }

        List<String> places() { return running.state().waiting().stream().map(FlowState.Token::at).toList(); }
    }

    /// Whether the flow waits there for the person of the case: a task of hers, or a message that she sends.
    static boolean isResidents(Node node) {
        return switch (node) {
            case Node.User user -> user.role().equals("RESIDENT");
            case Node.Receive receive -> HERS.contains(receive.message());
            default -> false;
        };
    }

    /// 一度の進行. What one event did to a flow: the stage it led to, and what its tasks want done once the step is kept.
    record Went(CaseStage stage, Moved moved, List<Consumer<Case>> deeds) {}

    /// The flow of the case; empty when it has none, or has left it for the plain stages.
    Optional<Now> of(JdbcClient jdbc, Case file) {
        return flows.find(jdbc, file.authority(), file.receipt().text())
                .filter(running -> running.state().stage().equals(file.stage().name())).flatMap(running -> {
                    var version = standards.version(file.standard());
                    return version.flow().map(flow -> new Now(version, flow, running));
                });
    }

    /// The diagram with what the case has gone through, and where it waits.
    Optional<FlowDrawing> drawing(JdbcClient jdbc, Case file) {
        return flows.find(jdbc, file.authority(), file.receipt().text())
                .flatMap(running -> standards.version(file.standard()).flow().map(flow -> {
                    var been = new LinkedHashSet<String>();
                    flows.steps(jdbc, file.authority(), file.receipt().text()).forEach(s -> been.addAll(s.path()));
                    var here = running.state().stage().equals(file.stage().name())
                            ? running.state().waiting().stream().map(FlowState.Token::at).collect(Collectors.toSet())
                            : Set.<String>of();
                    return FlowDrawing.of(flow, here, been);
                }));
    }

    /// 事実. What the conditions see. What costs something to know is asked for only where an expression names it.
    static ObjectNode facts(StandardVersion version, Supplier<JsonNode> answers, Supplier<Judgement> judgement,
            Map<String, ?> result) {
        var facts = JsonNodeFactory.instance.objectNode();
        var outcome = facts.putObject("結果");
        result.forEach((key, value) -> {
            switch (value) {
                case Integer number -> outcome.put(key, number);
                case Boolean yes -> outcome.put(key, yes);
                default -> outcome.put(key, value.toString());
            }
        });
        if (names(version, "申請"))
            facts.set("申請", answers.get());
        if (names(version, "判定"))
            facts.set("判定", judged(judgement.get()));
        return facts;
    }

    private static boolean names(StandardVersion version, String fact) {
        return version.flow().stream().flatMap(flow -> flow.expressions().stream())
                .anyMatch(e -> e.feel().contains(fact));
    }

    static ObjectNode judged(Judgement judgement) { return judgement.facts(); }

    /// 手. What the tasks of a case do. `Rule`: asks the rules, or decides the case. The rest is done once the step is kept.
    interface Tasks {
        Judgement judge();

        /// Decides by the rules; the outcome.
        Judgement.Outcome decideUntouched(List<Consumer<Case>> deeds);

        void notice(Case file, String kind);

        void serve(Case file, Node.Service service);
    }

    private static Hands hands(Tasks tasks, List<Consumer<Case>> deeds) {
        return (task, facts) -> {
            switch (task) {
                case Node.Rule rule when rule.decides().equals(DECIDES) ->
                    facts.withObject("/結果").put("outcome", tasks.decideUntouched(deeds).name());
                case Node.Rule rule -> {
                    if (facts.has("判定"))
                        ((ObjectNode) facts).set("判定", judged(tasks.judge()));
                }
                case Node.Send send -> deeds.add(file -> tasks.notice(file, send.notice()));
                case Node.Service service -> deeds.add(file -> tasks.serve(file, service));
                default -> {
                    // gateways and events do nothing
                }
            }
            return facts;
        };
    }

    /// Starts the flow of a case that has just been opened; empty when its standard has none.
    Optional<Went> start(JdbcClient jdbc, Case file, ObjectNode facts, Tasks tasks) {
        var version = standards.version(file.standard());
        return version.flow().map(flow -> {
            var deeds = new ArrayList<Consumer<Case>>();
            var moved = flows.start(jdbc, file.authority(), file.receipt().text(), file.standard().toString(), flow,
                    facts, version.flowConditions(), hands(tasks, deeds));
            return new Went(stage(moved, file.stage()), moved, deeds);
        });
    }

    /// Whether every place where the flow of the case waits is one of the other version's flow too.
    boolean fits(JdbcClient jdbc, Case file, StandardVersion to) {
        return of(jdbc, file).map(now -> to.flow().filter(flow -> now.running().state().tokens().stream().allMatch(
                token -> token.via().isEmpty() && flow.nodes().stream().anyMatch(n -> n.id().equals(token.at()) && n
                        .waits())))
                .isPresent()).orElse(true);
    }

    /// Takes the flow of a case over to another version's.
    void carry(JdbcClient jdbc, Case file, StandardVersion to, ObjectNode facts) {
        of(jdbc, file).ifPresent(now -> to.flow().ifPresent(flow -> flows.carry(jdbc, file.authority(), file.receipt()
                .text(), now.running(), to.ref().toString(), flow, Map.of(), facts, to.flowConditions())));
    }

    Optional<Went> go(JdbcClient jdbc, Case file, Now now, FlowEvent event, ObjectNode facts, Tasks tasks) {
        var deeds = new ArrayList<Consumer<Case>>();
        return flows.go(jdbc, file.authority(), file.receipt().text(), now.running(), now.flow(), event, facts,
                now.version().flowConditions(), hands(tasks, deeds))
                .map(moved -> new Went(stage(moved, file.stage()), moved, deeds));
    }

    private static CaseStage stage(Moved moved, CaseStage before) {
        return moved.state().stage().isEmpty() ? before : CaseStage.valueOf(moved.state().stage());
    }

    static Map<String, Object> result(Class<? extends Event> act) {
        var result = new LinkedHashMap<String, Object>();
        result.put("act", act.getSimpleName());
        return result;
    }
}
