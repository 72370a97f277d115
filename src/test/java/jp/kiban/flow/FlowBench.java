package jp.kiban.flow;

import com.sun.management.OperatingSystemMXBean;
import com.zaxxer.hikari.HikariDataSource;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jp.kiban.Kiban;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.StandardRef;
import jp.kiban.standards.Standards;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.flowable.common.engine.impl.history.HistoryLevel;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.delegate.JavaDelegate;
import org.flowable.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.node.JsonNodeFactory;

/// CPU per instance of the flow of child allowance, from arrival to filing (five transactions), in our runner and in Flowable 8, on
/// the same PostgreSQL and in one run. Run by `bench/flow.sh`, which writes docs/reference/generated/flow.md.
public final class FlowBench {
    private static final int COUNT = Integer.getInteger("kiban.bench.count", 600);
    private static final int WARM_SECONDS = Integer.getInteger("kiban.bench.warm", 30);
    private static final int ROUNDS = 3;
    private static final AuthorityId TSU = AuthorityId.of("242012");
    private static int next;

    private FlowBench() {}

    /// What a number of instances used, in microseconds of CPU each: the working thread, and the database's processes.
    private record Used(double java, double database) {
        double both() { return java + database; }
    }

    private interface One {
        void run();
    }

    public static void main(String[] args) throws Exception {
        Path data = Files.createTempDirectory("kiban-bench");
        var rows = new ArrayList<String>();
        var ratios = new ArrayList<Double>();
        double load;
        try (ConfigurableApplicationContext house = SpringApplication.run(Kiban.class, "--server.port=0",
                "--kiban.data=" + data, "--kiban.today=2026-11-24")) {
            var master = Files.readAllLines(data.resolve("postgres/postmaster.pid"));
            String postgres = master.getFirst().trim();
            String url = "jdbc:postgresql://localhost:" + master.get(3).trim() + "/postgres?user=postgres";
            try (var audit = engine(url, "flowable_audit", HistoryLevel.AUDIT);
                    var none = engine(url, "flowable_none", HistoryLevel.NONE)) {
                One ours = ours(house);
                One theirs = theirs(audit.engine());
                One bare = theirs(none.engine());
                // only what is measured works: no handlers, no timers, as Flowable's executor is off
                house.getBeansOfType(SmartLifecycle.class).values().stream()
                        .filter(l -> l.getClass().getName().startsWith("jp.kiban.")).forEach(SmartLifecycle::stop);
                for (var one : List.of(ours, theirs, bare))
                    warm(one, postgres);
                load = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getSystemLoadAverage();
                for (int round = 1; round <= ROUNDS; round++) {
                    var kiban = used(ours, COUNT, postgres);
                    var flowable = used(theirs, COUNT, postgres);
                    var without = used(bare, COUNT, postgres);
                    ratios.add(flowable.both() / kiban.both());
                    rows.add(row(round, "our runner, one row a step kept", kiban, kiban));
                    rows.add(row(round, "Flowable 8, history as by default (audit)", flowable, kiban));
                    rows.add(row(round, "Flowable 8, no history", without, kiban));
                    System.out.println(String.join("\n", rows.subList(rows.size() - 3, rows.size())));
                }
            }
        }
        var out = Path.of("docs/reference/generated/flow.md");
        Files.createDirectories(out.getParent());
        Files.writeString(out, """
                # CPU per running flow

                Written by `bench/flow.sh`: %d processors, Java %s, load average %.1f when the measurement began, %d instances a cell after %d s of CPU for each to warm up, one thread.
                The flow of child allowance from arrival to filing: five transactions (start, 受付, 審査, 決裁, 完結), ten nodes, timers and messages armed on the way.
                CPU is that of the working thread and of all of PostgreSQL's processes (in clock ticks of 10 ms), not elapsed time. Both engines use the same PostgreSQL, each in its own database, and nothing else runs:
                our handlers and timers are stopped, Flowable runs without its async executor. Flowable is configured for speed: no event dispatcher, no localization, relationship counts on (default); an act is one transaction
                (the task is found and completed in one command), and what decides about the way comes as a transient variable, as in our house.

                | round | | µs Java | µs PostgreSQL | µs together | times ours | Java alone, times ours |
                |---|---|---|---|---|---|---|
                %s

                Aim: 20 times less CPU than Flowable. Measured, median of the rounds: **%.1f times** less together.
                """.formatted(Runtime.getRuntime().availableProcessors(), Runtime.version(), load, COUNT, WARM_SECONDS,
                String.join("\n", rows), ratios.stream().sorted().toList().get(ROUNDS / 2)));
        FileSystemUtils.deleteRecursively(data);
        System.exit(0);
    }

    private static String row(int round, String what, Used used, Used ours) {
        return "| %d | %s | %.0f | %.0f | %.0f | %.1f | %.1f |".formatted(round, what, used.java(), used.database(),
                used.both(), used.both() / ours.both(), used.java() / ours.java());
    }

    /// The same CPU time for each, so that none is measured before the compiler has done with it.
    private static void warm(One one, String postgres) throws Exception {
        for (double seconds = 0; seconds < WARM_SECONDS;)
            seconds += used(one, 50, postgres).both() * 50 / 1e6;
    }

    private static Used used(One one, int count, String postgres) throws Exception {
        long before = database(postgres);
        var threads = ManagementFactory.getThreadMXBean();
        long begun = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < count; i++)
            one.run();
        double java = (threads.getCurrentThreadCpuTime() - begun) / 1_000.0 / count;
        return new Used(java, (database(postgres) - before) * 10_000.0 / count);
    }

    /// Clock ticks of all processes of the server.
    private static long database(String postgres) throws Exception {
        long ticks = 0;
        try (var all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (var process : all)
                try {
                    var stat = Files.readString(process.resolve("stat"));
                    var words = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
                    if (words[1].equals(postgres))
                        ticks += Long.parseLong(words[11]) + Long.parseLong(words[12]);
                } catch (java.io.IOException gone) {
                    // it has ended meanwhile
                }
        }
        return ticks;
    }

    private static One ours(ConfigurableApplicationContext house) {
        var store = house.getBean(Store.class);
        var flows = house.getBean(Flows.class);
        var version = house.getBean(Standards.class)
                .version(new StandardRef("child-allowance", LocalDate.of(2024, 10, 1)));
        var flow = version.flow().orElseThrow();
        var rules = version.flowConditions();
        return () -> {
            String subject = "bench-" + next++;
            var facts = JsonNodeFactory.instance.objectNode();
            facts.putObject("結果").put("outcome", "GRANT");
            store.run(Scope.of(TSU), jdbc -> flows.start(jdbc, TSU, subject, "child-allowance@2024-10-01", flow, facts,
                    rules, Hands.idle()));
            for (int i = 0; i < 4; i++)
                store.run(Scope.of(TSU), jdbc -> {
                    var running = flows.find(jdbc, TSU, subject).orElseThrow();
                    if (flows.go(jdbc, TSU, subject, running, flow,
                            new FlowEvent.Done(running.state().waiting().getFirst().id()), facts, rules, Hands.idle())
                            .isEmpty())
                        throw new IllegalStateException("our flow does not wait there");
                });
            if (next % 100 == 0
                    && !store.in(Scope.of(TSU), jdbc -> flows.find(jdbc, TSU, subject)).orElseThrow().state().isOver())
                throw new IllegalStateException("our flow did not end");
        };
    }

    private record Other(ProcessEngine engine, HikariDataSource pool) implements AutoCloseable {
        @Override
        public void close() {
            engine.close();
            pool.close();
        }
    }

    private static Other engine(String url, String database, HistoryLevel history) throws Exception {
        try (var owner = DriverManager.getConnection(url); var statement = owner.createStatement()) {
            statement.execute("create database " + database);
        }
        var pool = new HikariDataSource();
        pool.setJdbcUrl(url.replace("/postgres?", "/" + database + "?"));
        pool.setMaximumPoolSize(4);
        var configuration = new StandaloneProcessEngineConfiguration();
        SecondOpinion.prepare(configuration, new ArrayList<>());
        configuration.setTypedEventListeners(Map.of());
        configuration.setDataSource(pool);
        configuration.setHistoryLevel(history);
        configuration.setEngineName(database);
        // for speed: nobody listens, nothing is translated, the tasks between do nothing
        configuration.setEnableEventDispatcher(false);
        configuration.setEnableLocalization(false);
        configuration.setBeans(Map.of("record", (JavaDelegate) execution -> {
        }, "rule", (JavaDelegate) execution -> {
        }));
        var engine = configuration.buildProcessEngine();
        var bpmn = Files.readString(Path.of("standards/child-allowance/2024-10-01/flow.bpmn"))
                .replace("結果.outcome", "outcome")
                .replaceAll("= duration[^<]*", "P30D");
        var flow = Flow.read(bpmn).flow().orElseThrow();
        engine.getRepositoryService().createDeployment().addBpmnModel("flow.bpmn", SecondOpinion.translate(flow))
                .deploy();
        return new Other(engine, pool);
    }

    /// One act is one transaction, as in our house: the task is looked for and completed in one command. What decides about
    /// the way comes with the act and is not kept, as in our house too.
    private static One theirs(ProcessEngine engine) {
        Map<String, Object> result = Map.of("outcome", "GRANT");
        return () -> {
            var instance = engine.getRuntimeService().createProcessInstanceBuilder()
                    .processDefinitionKey("child-allowance").transientVariables(result).start().getId();
            for (int i = 0; i < 4; i++)
                engine.getManagementService().executeCommand(command -> {
                    var task = engine.getTaskService().createTaskQuery().processInstanceId(instance).singleResult();
                    engine.getTaskService().complete(task.getId(), Map.of(), result);
                    return true;
                });
            if (next++ % 100 == 0
                    && engine.getRuntimeService().createProcessInstanceQuery().processInstanceId(instance).count() > 0)
                throw new IllegalStateException("their flow did not end");
        };
    }
}
