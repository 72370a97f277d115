package jp.kiban;

import com.zaxxer.hikari.HikariDataSource;
import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.sql.SQLException;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import jp.kiban.authority.Authorities;
import jp.kiban.authority.Authority;
import net.ttddyy.dsproxy.ExecutionInfo;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.listener.QueryExecutionListener;
import net.ttddyy.dsproxy.proxy.ParameterSetOperation;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.support.GenericApplicationContext;

/// Submissions per second through HTTP (one request: session, CSRF, registers asked, schema checked, received, event kept)
/// against the very same SQL statements, recorded from such requests and driven directly on the same database, in one run;
/// for one active municipality and for all 1,741. First the door alone (event handlers held back in both), then with the handlers
/// (cases, figures, cost, audit) at work in both.
/// Run by `bench/submissions.sh`, which writes docs/reference/generated/submissions.md.
public final class SubmissionBench {
    private static final int THREADS = 8;
    private static final int WARM = Integer.getInteger("kiban.bench.warm", 30_000);
    private static final int COUNT = Integer.getInteger("kiban.bench.count", 3_000);
    private static final AtomicInteger NEXT = new AtomicInteger();

    private SubmissionBench() {}

    /// One statement with its parameters, as the application sent it; `COMMIT` ends a transaction.
    private record Said(String sql, List<ParameterSetOperation> parameters) {}

    private static final class Recorder implements QueryExecutionListener {
        volatile boolean on;
        final Map<Thread, List<Said>> now = new ConcurrentHashMap<>();
        final Queue<List<Said>> requests = new ConcurrentLinkedQueue<>();

        @Override
        public void beforeQuery(ExecutionInfo info, List<QueryInfo> queries) {}

        @Override
        public void afterQuery(ExecutionInfo info, List<QueryInfo> queries) {
            if (!on || !Thread.currentThread().getName().startsWith("http-"))
                return;
            for (var query : queries)
                now.computeIfAbsent(Thread.currentThread(), t -> new ArrayList<>()).add(new Said(query.getQuery(),
                        query.getParametersList().isEmpty()
                                ? List.of()
                                : List.copyOf(query.getParametersList().getFirst())));
        }
    }

    public static void main(String[] args) throws Exception {
        Path data = Files.createTempDirectory("kiban-bench");
        var recorder = new Recorder();
        var application = new SpringApplication(Kiban.class);
        application.addInitializers(context -> ((GenericApplicationContext) context).registerBean("recorder",
                BeanPostProcessor.class, () -> recording(recorder)));
        var door = new ArrayList<String>();
        var together = new ArrayList<String>();
        double opening;
        int warmed;
        try (ConfigurableApplicationContext house = application.run("--server.port=0", "--kiban.data=" + data,
                "--kiban.today=2026-11-24",
                "--kiban.store.port=0")) {
            String base = "http://localhost:" + house.getEnvironment().getProperty("local.server.port");
            String port = Files.readAllLines(data.resolve("postgres/postmaster.pid")).get(3).trim();
            var all = new Authorities().municipalities();
            try (var owner = DriverManager
                    .getConnection("jdbc:postgresql://localhost:" + port + "/postgres?user=postgres")) {
                var handlers = house.getBean("dispatcher", SmartLifecycle.class);
                handlers.stop();
                warmed = warm(owner, base, all);
                for (int round = 1; round <= 2; round++)
                    for (var towns : List.of(all.subList(0, 1), all))
                        door.add(cell(owner, base, port, recorder, round, towns));
                long before = System.nanoTime();
                handlers.start();
                int opened = settle(owner);
                opening = opened / ((System.nanoTime() - before) / 1e9);
                System.out.printf("%d cases opened, %.0f a second%n", opened, opening);
                for (var towns : List.of(all.subList(0, 1), all))
                    together.add(cell(owner, base, port, recorder, 1, towns));
            }
        }
        var out = Path.of("docs/reference/generated/submissions.md");
        Files.createDirectories(out.getParent());
        Files.writeString(out, """
                # Submissions per second

                Written by `bench/submissions.sh`: %d processors, Java %s, %d clients, %d submissions a cell after %d to warm up; client, application and PostgreSQL share the machine.
                "HTTP" is one request per application (session, CSRF, registers asked, JSON Schema checked, received once, event kept). "SQL" drives the same statements,
                recorded from such requests, over JDBC on the same database.

                ## The door alone

                What follows a receipt (case, figures, cost, audit) waits in the event log in both columns, so that both do the same work.

                | round | active municipalities | HTTP /s | SQL /s | ratio | statements a request | CPU of application and client, ms a request |
                |---|---|---|---|---|---|---|
                %s

                Afterwards the handlers caught up with %.0f cases opened a second (one thread: rules judged over 24 months, flow begun, history written).

                ## With the handlers at work

                The same while cases are being opened on the same processors; neither column waits for them.

                | round | active municipalities | HTTP /s | SQL /s | ratio | statements a request | CPU of application and client, ms a request |
                |---|---|---|---|---|---|---|
                %s
                """.formatted(Runtime.getRuntime().availableProcessors(), Runtime.version(), THREADS, COUNT, warmed,
                String.join("\n", door), opening, String.join("\n", together)));
        System.exit(0);
    }

    /// Listens only while it records: what is measured talks to the database as the application does.
    private static BeanPostProcessor recording(Recorder recorder) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (!(bean instanceof DataSource data))
                    return bean;
                var heard = ProxyDataSourceBuilder.create(data).listener(recorder).build();
                return new DelegatingDataSource(data) {
                    @Override
                    public Connection getConnection() throws SQLException {
                        return recorder.on ? heard.getConnection() : data.getConnection();
                    }
                };
            }
        };
    }

    /// Loads the door until it gets no quicker: six batches in a row within a twentieth of the best, after twenty. How many were sent.
    private static int warm(Connection owner, String base, List<Authority> all) throws Exception {
        double best = 0;
        int sent = 0;
        for (int steady = 0; sent < WARM && (steady < 6 || sent < 20_000); sent += 1_000) {
            double rate = http(base, crowd(owner, sent % 2_000 == 0 ? all.subList(0, 1) : all, 1_000));
            steady = rate < best * 1.05 ? steady + 1 : 0;
            best = Math.max(best, rate);
            System.out.printf("warming: %.0f a second%n", rate);
        }
        return sent;
    }

    /// One row of the table: requests through HTTP, then the statements of as many others, driven directly.
    private static String cell(Connection owner, String base, String port, Recorder recorder, int round,
            List<Authority> towns) throws Exception {
        var sent = crowd(owner, towns, COUNT);
        long before = cpu();
        double through = http(base, sent);
        double spent = (cpu() - before) / 1e6 / COUNT;
        recorder.now.clear();
        recorder.on = true;
        var members = crowd(owner, towns, COUNT);
        var scripts = record(base, members, recorder);
        recorder.on = false;
        forget(owner, members);
        double direct = direct(port, scripts);
        var row = "| %d | %d | %.0f | %.0f | %.2f | %d | %.1f |".formatted(round, towns.size(), through, direct,
                through / direct, scripts.getFirst().size(), spent);
        System.out.println(row);
        return row;
    }

    private static List<Crowd.Member> crowd(Connection owner, List<Authority> towns, int count) throws Exception {
        return Crowd.residents(owner, towns, NEXT.getAndAdd(count + 2_000), count);
    }

    private static double http(String base, List<Crowd.Member> members) throws Exception {
        return timed(members, () -> new Wire(base)::send);
    }

    /// One after the other, so that the statements of one request stay together.
    private static List<List<Said>> record(String base, List<Crowd.Member> members, Recorder recorder)
            throws Exception {
        var wire = new Wire(base);
        var scripts = new ArrayList<List<Said>>();
        for (var member : members) {
            recorder.now.clear();
            wire.send(member);
            var said = recorder.now.values().stream().filter(s -> !s.isEmpty()).findFirst().orElseThrow();
            scripts.add(List.copyOf(said));
        }
        return scripts;
    }

    /// 線. One kept-alive HTTP/1.1 connection, as thin as the JDBC connection on the other side: the client shares the
    /// processors with what is measured.
    private static final class Wire {
        private final URI where;
        private Socket socket = new Socket();
        private BufferedInputStream in = new BufferedInputStream(InputStream.nullInputStream());

        Wire(String base) { where = URI.create(base); }

        void send(Crowd.Member member) throws IOException {
            if (!socket.isConnected() || socket.isClosed()) {
                socket = new Socket(where.getHost(), where.getPort());
                socket.setTcpNoDelay(true);
                in = new BufferedInputStream(socket.getInputStream(), 16_384);
            }
            socket.getOutputStream().write(member.bytes());
            var status = line();
            int length = -1;
            boolean chunked = false;
            boolean last = false;
            for (var header = line(); !header.isEmpty(); header = line()) {
                var lower = header.toLowerCase(Locale.ROOT);
                if (lower.startsWith("content-length:"))
                    length = Integer.parseInt(lower.substring(15).trim());
                chunked |= lower.equals("transfer-encoding: chunked");
                last |= lower.equals("connection: close");
            }
            var body = new ByteArrayOutputStream();
            if (!chunked)
                body.write(in.readNBytes(length));
            for (int size = -1; chunked && size != 0; line()) {
                size = Integer.parseInt(line(), 16);
                body.write(in.readNBytes(size));
            }
            if (last)
                socket.close();
            if (!status.startsWith("HTTP/1.1 201"))
                throw new IllegalStateException(status + " " + body.toString(StandardCharsets.UTF_8));
        }

        private String line() throws IOException {
            var line = new StringBuilder(64);
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0)
                    throw new EOFException("the answer ends early");
                if (c != '\r')
                    line.append((char) c);
            }
            return line.toString();
        }
    }

    /// Takes the recorded submissions away again, so that the same statements can be driven once more.
    private static void forget(Connection owner, List<Crowd.Member> members) throws Exception {
        for (String sql : List.of("delete from submission.latest where person = any(?)",
                "delete from submission.submission where person = any(?)",
                "delete from exchange.contact where person = any(?)"))
            try (var statement = owner.prepareStatement(sql)) {
                statement.setArray(1,
                        owner.createArrayOf("text", members.stream().map(m -> m.person().number()).toArray()));
                statement.executeUpdate();
            }
    }

    private static double direct(String port, List<List<Said>> scripts) throws Exception {
        try (var pool = new HikariDataSource()) {
            pool.setJdbcUrl("jdbc:postgresql://localhost:" + port + "/postgres?user=kiban_app");
            pool.setMaximumPoolSize(THREADS);
            return timed(scripts, () -> script -> {
                try (var connection = pool.getConnection()) {
                    run(connection, script);
                }
            });
        }
    }

    /// A transaction begins where the application entered a scope (the scope stands before the first statement of each).
    private static void run(Connection connection, List<Said> script) throws Exception {
        connection.setAutoCommit(false);
        boolean open = false;
        for (var said : script) {
            if (said.sql().contains("set_config('kiban.scope'") && open)
                connection.commit();
            open = true;
            try (PreparedStatement statement = connection.prepareStatement(said.sql())) {
                for (var parameter : said.parameters())
                    parameter.getMethod().invoke(statement, parameter.getArgs());
                boolean rows = statement.execute();
                if (rows)
                    try (var result = statement.getResultSet()) {
                        while (result.next())
                            result.getObject(1);
                    }
            }
        }
        connection.commit();
    }

    /// The processor time of this process, application and client, in nanoseconds.
    private static long cpu() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private interface Task<T> {
        void run(T one) throws Exception;
    }

    private interface Maker<T> {
        Task<T> make() throws Exception;
    }

    private static <T> double timed(List<T> all, Maker<T> maker) throws Exception {
        var waiting = new ConcurrentLinkedQueue<>(all);
        var failures = new ConcurrentLinkedQueue<Throwable>();
        long start = System.nanoTime();
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            for (int i = 0; i < THREADS; i++)
                threads.submit(() -> {
                    try {
                        var task = maker.make();
                        for (T one = waiting.poll(); one != null; one = waiting.poll())
                            task.run(one);
                    } catch (Throwable failed) {
                        failures.add(failed);
                    }
                });
            threads.shutdown();
            threads.awaitTermination(10, TimeUnit.MINUTES);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        if (!failures.isEmpty())
            throw new IllegalStateException("the load failed", failures.peek());
        return all.size() / seconds;
    }

    /// Until the cases of everything received are open; how many waited.
    private static int settle(Connection owner) throws Exception {
        int waited = -1;
        for (int left = 1; left > 0; Thread.sleep(100))
            try (var statement = owner.createStatement();
                    var rows = statement.executeQuery("""
                            select count(*) from store.cursor c join store.event e on (e.tx, e.seq) > (c.tx, c.seq)
                            where c.handler = 'casework.opening' and e.kind = 'submission.Received'
                            """)) {
                rows.next();
                left = rows.getInt(1);
                waited = Math.max(waited, left);
            }
        return waited;
    }
}
