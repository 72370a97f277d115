package jp.kiban.flow;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Conflict;
import jp.kiban.kernel.Text;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// 進行中の流れの一覧. Every running flow of an authority, by subject. All of it happens in the transaction of the caller: the
/// tasks' hands see what the caller has written, and the caller reads at once what the flow has done. A step is one
/// statement: the new state if nobody was faster, and its row of history.
@Component
public final class Flows {
    private static final Text FASTER = new Text("ほかの操作が先に行われました。開き直してください。",
            "ほかの 人が 先に しました。もう一度（いちど） 開（ひら）いて ください。", "Somebody was faster. Please open it again.");

    private final Clock clock;

    Flows(Clock clock) { this.clock = clock; }

    /// The flow of the subject; empty when it has none.
    public Optional<Running> find(JdbcClient jdbc, AuthorityId authority, String subject) {
        return jdbc
                .sql("select definition, version, state::text from flow.instance where authority = ? and subject = ?")
                .params(authority.code(), subject)
                .query((row, i) -> new Running(row.getString(1), row.getInt(2), FlowState.parse(row.getString(3))))
                .optional();
    }

    /// Starts the flow of the subject, which has none yet, and lets it go to where it first waits.
    public Moved start(JdbcClient jdbc, AuthorityId authority, String subject, String definition, Flow flow,
            JsonNode facts, Conditions conditions, Hands hands) {
        var now = clock.instant();
        var moved = new Runner(conditions, clock.getZone()).start(flow, facts, hands, now);
        jdbc.sql("""
                with step as (insert into flow.step (authority, subject, number, at, event, path) values (?, ?, 1, ?, 'start', ?))
                insert into flow.instance (authority, subject, definition, version, state, over) values (?, ?, ?, 1, ?::jsonb, ?)
                """).params(authority.code(), subject, Timestamp.from(now), path(moved), authority.code(), subject,
                definition, moved.state().json(), moved.state().isOver()).update();
        arm(jdbc, authority, subject, moved.state().timers());
        return moved;
    }

    /// Lets the flow go on; empty when it does not wait for the event. A `Conflict` when it is no longer as `running` says.
    public Optional<Moved> go(JdbcClient jdbc, AuthorityId authority, String subject, Running running, Flow flow,
            FlowEvent event, JsonNode facts, Conditions conditions, Hands hands) {
        var now = clock.instant();
        var moved = new Runner(conditions, clock.getZone()).go(flow, running.state(), event, facts, hands, now);
        moved.ifPresent(m -> keep(jdbc, authority, subject, running, running.definition(), words(event, flow, running),
                now, m));
        return moved;
    }

    /// Takes the running flow over to the diagram of another version; see `Runner.carry`.
    public Running carry(JdbcClient jdbc, AuthorityId authority, String subject, Running running, String definition,
            Flow to, Map<String, String> places, JsonNode facts, Conditions conditions) {
        var now = clock.instant();
        var state = new Runner(conditions, clock.getZone()).carry(to, running.state(), places, facts, now);
        keep(jdbc, authority, subject, running, definition, "carry " + definition, now,
                new Moved(state, state.waiting().stream().map(FlowState.Token::at).toList(), facts));
        return new Running(definition, running.version() + 1, state);
    }

    private void keep(JdbcClient jdbc, AuthorityId authority, String subject, Running running, String definition,
            String event, Instant now, Moved moved) {
        var gone = new ArrayList<>(running.state().timers());
        gone.removeAll(moved.state().timers());
        var come = new ArrayList<>(moved.state().timers());
        come.removeAll(running.state().timers());
        var values = new ArrayList<Object>(List.of(moved.state().json(), moved.state().isOver(), definition,
                authority.code(), subject, running.version()));
        if (!gone.isEmpty())
            values.addAll(List.of(tokens(gone), nodes(gone), authority.code(), subject));
        if (!come.isEmpty())
            values.addAll(List.of(authority.code(), subject, tokens(come), nodes(come), dues(come)));
        values.addAll(List.of(authority.code(), subject, Timestamp.from(now), event, path(moved)));
        int kept = jdbc.sql(MOVE + (gone.isEmpty() ? "" : GONE) + (come.isEmpty() ? "" : COME) + STEP).params(values)
                .update();
        if (kept == 0)
            throw new Conflict(FASTER);
    }

    private static final String MOVE = """
            with moved as (update flow.instance set state = ?::jsonb, version = version + 1, over = ?, definition = ?
                where authority = ? and subject = ? and version = ? returning version)
            """;
    private static final String STEP = """
            insert into flow.step (authority, subject, number, at, event, path) select ?, ?, version, ?, ?, ? from moved
            """;
    private static final String GONE = """
            , gone as (delete from flow.timer t using unnest(?::int[], ?::text[]) as g (token, node)
                where t.authority = ? and t.subject = ? and t.token = g.token and t.node = g.node)
            """;
    private static final String COME = """
            , come as (insert into flow.timer (authority, subject, token, node, due)
                select ?, ?, token, node, due::timestamptz from unnest(?::int[], ?::text[], ?::text[]) as c (token, node, due)
                where exists (select from moved))
            """;

    private static Integer[] tokens(List<FlowState.Timer> timers) {
        return timers.stream().map(FlowState.Timer::token).toArray(Integer[]::new);
    }

    private static String[] nodes(List<FlowState.Timer> timers) {
        return timers.stream().map(FlowState.Timer::node).toArray(String[]::new);
    }

    private static String[] dues(List<FlowState.Timer> timers) {
        return timers.stream().map(t -> t.due().toString()).toArray(String[]::new);
    }

    private static String words(FlowEvent event, Flow flow, Running running) {
        return switch (event) {
            case FlowEvent.Done(int token) ->
                "done " + running.state().token(token).map(FlowState.Token::at).orElse("");
            case FlowEvent.Arrived(String message) -> "message " + message;
            case FlowEvent.Came(int token, String boundary) -> "message " + boundary;
            case FlowEvent.Due(int token, String timer) -> "due " + timer;
        };
    }

    private static String[] path(Moved moved) { return moved.path().toArray(String[]::new); }

    private static void arm(JdbcClient jdbc, AuthorityId authority, String subject, List<FlowState.Timer> timers) {
        if (!timers.isEmpty())
            jdbc.sql("""
                    insert into flow.timer (authority, subject, token, node, due)
                    select ?, ?, token, node, due::timestamptz from unnest(?::int[], ?::text[], ?::text[]) as c (token, node, due)
                    """).params(authority.code(), subject, tokens(timers), nodes(timers), dues(timers)).update();
    }

    /// What has happened so far, oldest first.
    public List<FlowStep> steps(JdbcClient jdbc, AuthorityId authority, String subject) {
        return jdbc.sql("""
                select number, at, event, path from flow.step where authority = ? and subject = ? order by number
                """).params(authority.code(), subject)
                .query((row, i) -> new FlowStep(row.getInt(1), row.getTimestamp(2).toInstant(), row.getString(3),
                        List.of((String[]) row.getArray(4).getArray())))
                .list();
    }
}
