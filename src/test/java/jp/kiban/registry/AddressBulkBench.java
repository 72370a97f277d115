package jp.kiban.registry;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import jp.kiban.authority.Authorities;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Role;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.store.StoreAtHand;
import jp.kiban.store.StoreOver;

/// A list of a million addresses through the officers' door, after one of a thousand, with a small heap; writes
/// docs/reference/generated/address-bulk.md. See bench/address-bulk.sh.
public final class AddressBulkBench {
    private static final Actor.Officer OFFICER = new Actor.Officer(AuthorityId.of("242012"), "bench", "測定 係", Set.of(
            Role.RECEPTION));

    private AddressBulkBench() {}

    private record Measured(long lines, long given, long result, double seconds, long heap, long resident) {}

    public static void main(String[] args) throws Exception {
        var dictionary = args[0];
        var texts = Files.readAllLines(Path.of(args[1]));
        long most = Long.getLong("kiban.bench.rows", 1_000_000);
        var folder = Files.createDirectories(Path.of("target/bench-address-bulk").toAbsolutePath());
        try (var server = EmbeddedPostgres.builder().setDataDirectory(folder.resolve("postgres"))
                .setCleanDataDirectory(true).setOverrideWorkingDirectory(folder.resolve("binaries").toFile())
                .setLocaleConfig("locale", "C").setServerConfig("jit", "off").start();
                var hand = StoreAtHand.open(folder, "jdbc:postgresql://localhost:" + server.getPort()
                        + "/postgres?user=postgres");
                var pool = new HikariDataSource()) {
            // the migrations are the hand's; the house has a connection for each thread
            pool.setJdbcUrl("jdbc:postgresql://localhost:" + server.getPort() + "/postgres?user=postgres");
            pool.setConnectionInitSql("set role kiban_app");
            pool.setMaximumPoolSize(4);
            var store = StoreOver.pool(pool);
            var addresses = new Addresses(new Authorities(), dictionary);
            var bulk = new AddressBulk(addresses, store, folder, Clock.system(ZoneId.of("Asia/Tokyo")));
            bulk.start();
            var small = measured(bulk, folder, texts, 1_000);
            var large = measured(bulk, folder, texts, most);
            bulk.stop();
            var out = new StringBuilder("""
                    # A list of a million addresses, as measured

                    Written by `bench/address-bulk.sh`; nothing here is typed by hand. School addresses of the whole country over and over, as a gzipped CSV of
                    three columns, through the bulk upload of officers into PostgreSQL 18 and out again, with a heap of at most %d MB, the dictionary of all towns mapped, on a
                    machine with %d processors that others used too.

                    | lines | given, MB | result, MB | seconds | lines a second | heap after, MB | most memory resident, MB |
                    |---:|---:|---:|---:|---:|---:|---:|
                    """.formatted(Runtime.getRuntime().maxMemory() >> 20, Runtime.getRuntime().availableProcessors()));
            for (var m : List.of(small, large))
                out.append("| %,d | %.1f | %.1f | %.1f | %,.0f | %d | %d |\n".formatted(m.lines(), m.given() / 1e6, m
                        .result() / 1e6, m.seconds(), m.lines() / m.seconds(), m.heap(), m.resident()));
            out.append("\nEvery line given is in the result.\n");
            Files.writeString(Path.of("docs/reference/generated/address-bulk.md"), out);
            System.out.print(out);
        }
    }

    private static Measured measured(AddressBulk bulk, Path folder, List<String> texts, long lines) throws Exception {
        var file = folder.resolve("list.csv.gz");
        try (var out = new GZIPOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            out.write("番号,住所,備考\r\n".getBytes(StandardCharsets.UTF_8));
            for (long i = 0; i < lines; i++)
                out.write((i + "," + texts.get((int) (i % texts.size())).replace(',', ' ').replace('"', ' ')
                        + ",=1+1\r\n").getBytes(StandardCharsets.UTF_8));
        }
        long start = System.nanoTime();
        var id = java.util.UUID.randomUUID();
        try (var in = Files.newInputStream(file)) {
            id = bulk.give(OFFICER, "list.csv.gz", in, List.of(), true, AddressBulk.Format.CSV);
        }
        while (bulk.get(OFFICER, id).stage() == AddressBulk.Stage.RUNNING)
            Thread.sleep(50);
        var run = bulk.get(OFFICER, id);
        double seconds = (System.nanoTime() - start) / 1e9;
        var counted = new Counted();
        bulk.result(OFFICER, id, counted);
        if (run.stage() != AddressBulk.Stage.DONE || counted.lines.get() != lines + 1)
            throw new IllegalStateException("lines lost: " + run + ", " + counted.lines);
        System.gc();
        var now = Runtime.getRuntime();
        return new Measured(lines, Files.size(file), counted.bytes, seconds, now.totalMemory() - now.freeMemory() >> 20,
                resident());
    }

    private static long resident() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream().filter(l -> l.startsWith("VmHWM"))
                .mapToLong(l -> Long.parseLong(l.toLowerCase(Locale.ROOT).replaceAll("[^0-9]", "")) / 1024).sum();
    }

    private static final class Counted extends OutputStream {
        private final AtomicLong lines = new AtomicLong();
        private long bytes;

        @Override
        public void write(int one) {
            bytes++;
            if (one == '\n')
                lines.incrementAndGet();
        }

        @Override
        public void write(byte[] buffer, int from, int length) {
            for (int i = from; i < from + length; i++)
                write(buffer[i]);
        }
    }
}
