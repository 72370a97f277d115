package jp.kiban.registry;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import jp.kiban.authority.Authorities;
import jp.kiban.store.StoreAtHand;
import org.postgresql.PGConnection;

/// Imports invented corporations and looks them up, in one run with PostgreSQL's own COPY of the same file into a plain table; writes
/// docs/reference/generated/corporations.md. See bench/corporations.sh. With `-Dkiban.bench.keep=true` the database stays and is
/// searched again by the next run, which then writes nothing.
public final class CorporationBench {
    private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");
    private static final int LOOKS = 300;

    private CorporationBench() {}

    public static void main(String[] args) throws Exception {
        long rows = Long.getLong("kiban.bench.rows", 5_000_000);
        var folder = Path.of(System.getProperty("kiban.bench.folder", "target/bench-corporations")).toAbsolutePath();
        Files.createDirectories(folder);
        boolean keep = Boolean.getBoolean("kiban.bench.keep");
        boolean kept = keep && Files.exists(folder.resolve("kept"));
        var file = folder.resolve("00_zenkoku_all_20261030.csv");
        var out = new StringBuilder();
        if (!kept)
            new SyntheticCorporations(new Authorities()).full(file, rows, 1, LocalDate.of(2026, 10, 30),
                    StandardCharsets.UTF_8);
        try (var server = EmbeddedPostgres.builder().setDataDirectory(folder.resolve("postgres"))
                .setCleanDataDirectory(!keep).setOverrideWorkingDirectory(folder.resolve("binaries").toFile())
                .setLocaleConfig("locale", "C").setServerConfig("fsync", "on")
                .setServerConfig("shared_buffers", "192MB")
                .setServerConfig("max_wal_size", "2GB").setServerConfig("jit", "off").start()) {
            String url = "jdbc:postgresql://localhost:" + server.getPort() + "/postgres?user=postgres";
            if (kept) {
                try (var hand = StoreAtHand.open(folder, url)) {
                    search(new Corporations(hand.store()), rows, out);
                }
                System.out.println(out);
                return;
            }
            double copy;
            try (var plain = DriverManager.getConnection(url)) {
                copy = copy(plain, file);
            }
            try (var hand = StoreAtHand.open(folder, url)) {
                var loadings = new Loadings(hand.store(), hand.events(), Clock.system(JAPAN));
                var load = new CorporationLoad(hand.store(), loadings);
                var source = SourceFile.look(file);
                long start = System.nanoTime();
                int id = loadings.keep(CorporationLoad.claim(source.name()).orElseThrow(), source, 0, 0, "bench",
                        "bench").id();
                long[] rowsOnly = new long[1];
                load.run(id, source, now -> rowsOnly[0] = System.nanoTime());
                double all = (System.nanoTime() - start) / 1e9;
                double rowsKept = (rowsOnly[0] - start) / 1e9;
                out.append("""
                        # Corporations, as measured

                        Written by `bench/corporations.sh`; nothing here is typed by hand. %,d invented corporations (%,d MB of CSV, seed 1), %s,
                        PostgreSQL 18 with 192 MB of shared buffers and fsync on, all on one machine with %d processors.

                        ## Import

                        | | seconds | rows a second | of COPY |
                        |---|---:|---:|---:|
                        | `COPY` of the same file into a plain table of 30 texts, no key, no index | %.1f | %,.0f | 1 |
                        | import: every row read, checked, folded and kept under row-level security, with its place in the file | %.1f | %,.0f | %.2f |
                        | the same with the search indexes made | %.1f | %,.0f | %.2f |

                        """.formatted(rows, Files.size(file) >> 20, "Java " + Runtime.version().feature(), Runtime
                        .getRuntime().availableProcessors(), copy, rows / copy, rowsKept, rows / rowsKept,
                        copy / rowsKept,
                        all,
                        rows / all, copy / all));
                difference(folder, rows, load, loadings, out);
                out.append("## Size\n\n| | MB |\n|---|---:|\n");
                try (var owner = DriverManager.getConnection(url)) {
                    sizes(owner, out);
                }
                search(new Corporations(hand.store()), rows, out);
            }
        }
        var report = Path.of("docs/reference/generated/corporations.md");
        Files.writeString(report, out);
        System.out.println(out);
        if (keep) {
            Files.createFile(folder.resolve("kept"));
            return;
        }
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(java.util.Comparator.reverseOrder()).toList())
                Files.delete(path);
        }
    }

    private static double copy(Connection plain, Path file) throws Exception {
        try (var statement = plain.createStatement()) {
            var columns = new ArrayList<String>();
            for (int c = 1; c <= CorporationRow.COLUMNS; c++)
                columns.add("c" + c + " text");
            statement.execute("drop table if exists plain");
            statement.execute("create table plain (" + String.join(", ", columns) + ")");
            long start = System.nanoTime();
            try (var in = Files.newInputStream(file)) {
                plain.unwrap(PGConnection.class).getCopyAPI().copyIn("copy plain from stdin with (format csv)", in,
                        1 << 16);
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            statement.execute("drop table plain");
            statement.execute("checkpoint");
            return seconds;
        }
    }

    private static void difference(Path folder, long rows, CorporationLoad load, Loadings loadings, StringBuilder out)
            throws IOException {
        var file = folder.resolve("diff_20261102.csv");
        new SyntheticCorporations(new Authorities()).difference(file, rows, 1, 1, LocalDate.of(2026, 11, 2),
                StandardCharsets.UTF_8);
        var source = SourceFile.look(file);
        int id = loadings.keep(CorporationLoad.claim(source.name()).orElseThrow(), source, 0, 0, "bench", "bench").id();
        long start = System.nanoTime();
        var done = load.run(id, source, now -> {
        });
        double seconds = (System.nanoTime() - start) / 1e9;
        out.append(
                "A difference file of %,d rows (%,d changed, %,d new), with the search indexes kept right: %.1f s, %,.0f rows a second.%n%n"
                        .formatted(done.lines(), done.changed(), done.added(), seconds, done.lines() / seconds));
    }

    private static void sizes(Connection owner, StringBuilder out) throws Exception {
        try (var statement = owner.createStatement()) {
            statement.execute("vacuum analyze registry.corporation");
            try (var row = statement.executeQuery("""
                    select relname, pg_relation_size(oid) >> 20 from pg_class
                    where relname = 'corporation' or relname like 'corporation\\_%' and relkind = 'i' and relname not like '%past%'
                      and relname not like '%place%' order by relkind desc, relname
                    """)) {
                while (row.next())
                    out.append("| `").append(row.getString(1)).append("` | ").append(String.format("%,d", row.getLong(
                            2))).append(" |\n");
            }
            out.append('\n');
        }
    }

    private static void search(Corporations corporations, long rows, StringBuilder out) {
        var random = new SplittableRandom(42);
        var asked = new LinkedHashMap<String, List<String>>();
        var numbers = new ArrayList<String>();
        var names = new ArrayList<Corporation>();
        for (int i = 0; i < LOOKS; i++) {
            var number = SyntheticCorporations.number(random.nextLong(rows));
            numbers.add(number.digits());
            names.add(corporations.find(number).orElseThrow());
        }
        asked.put("number", numbers);
        asked.put("invoice number (T)", numbers.stream().map(n -> "T" + n).toList());
        asked.put("number, first 8 digits", numbers.stream().map(n -> n.substring(0, 8)).toList());
        asked.put("name, whole", names.stream().map(Corporation::name).toList());
        asked.put("name, first 2 characters", names.stream().map(c -> core(c).substring(0, 2)).toList());
        asked.put("name, first 4 characters", names.stream().map(c -> cut(core(c), 0, 4)).toList());
        asked.put("reading, first 4 characters", names.stream().filter(c -> !c.furigana().isEmpty()).map(c -> cut(c
                .furigana(), 0, 4)).toList());
        asked.put("reading in hiragana, whole", names.stream().filter(c -> !c.furigana().isEmpty()).map(c -> SearchKey
                .folded(c.furigana())).toList());
        asked.put("part, 2 characters from the middle", names.stream().map(c -> cut(core(c), 1, 2)).filter(t -> t
                .length() == 2).toList());
        asked.put("part, last 3 characters", names.stream().map(c -> core(c)).map(t -> cut(t, Math.max(0, t.length()
                - 3), 3)).toList());
        asked.put("part, 4 characters from the middle", names.stream().map(c -> cut(core(c), 1, 4)).toList());
        asked.put("two words", names.stream().map(c -> cut(core(c), 0, 2) + " " + cut(core(c), 2, 2)).toList());
        asked.put("part, common words", List.of("商事", "建設", "工業", "不動産", "サービス", "システム", "ホーム", "会社", "商店", "日本"));
        asked.put("part, common words, two of them", List.of("佐藤 商事", "東和 工業", "日本 建設", "中央 不動産", "アクア システム", "大成 会"));
        asked.put("two words, one of them of one character",
                names.stream().map(c -> cut(core(c), 0, 2) + " " + cut(core(c), 3, 1))
                        .toList());
        asked.put("two words, both of one character",
                names.stream().map(c -> cut(core(c), 0, 1) + " " + cut(core(c), 2, 1)).toList());
        asked.put("a common word and one character",
                List.of("大成 会", "商事 ヴ", "建設 旭", "ン 商事", "工業 ア", "システム 佐", "会 ン", "津 ル"));
        asked.put("syllables in the middle of a reading, 4",
                names.stream().map(Corporation::furigana).filter(f -> f.length() > 5)
                        .map(f -> cut(f, 2, 4)).toList());
        asked.put("the same syllables twice", List.of("ショウショウ", "コウコウ", "セイセイ", "ケンケン", "サンサン", "ショウジショウ"));
        asked.put("one character", List.of("東", "日", "ア", "大", "佐", "鈴", "Ａ", "一", "新", "ス"));
        asked.put("old and variant characters",
                List.of("齋藤建設", "廣瀬工業", "髙木", "澤田電機", "濱田水産", "邊見", "櫻井商店", "渡邊", "學校", "國際"));
        asked.put("the same as new characters",
                List.of("斎藤建設", "広瀬工業", "高木", "沢田電機", "浜田水産", "辺見", "桜井商店", "渡辺", "学校", "国際"));
        asked.put("nothing to be found", List.of("鷺沼楽器", "ヴァレンティヌス", "藁科測量", "zzzz", "吾妻橋硝子", "ＱＱＱＱＱ"));
        out.append("""
                ## Search

                Each as a page asks it: the first twenty of at most %,d found, in order, with their entries read. Milliseconds, one caller, warm; the
                machine did other work beside it as the load average tells: %.1f at the start.

                | asked | p50 | p95 | p99 | most | found (median) |
                |---|---:|---:|---:|---:|---:|
                """.formatted(Corporations.MOST,
                java.lang.management.ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
        var narrowed = new LinkedHashMap<String, List<Corporations.Query>>();
        asked.forEach((what, list) -> narrowed.put(what, list.stream().map(q -> query(q, "", "", false)).toList()));
        narrowed.put("common words within a small prefecture", List.of(query("商事", "31", "", false), query("建設", "32",
                "", false), query("工業", "36", "", false), query("アクア", "39", "", true)));
        narrowed.put("common words of a rare kind", List.of(query("商事", "", "303", false), query("建設", "", "304",
                false), query("工業", "", "401", true)));
        narrowed.put("one character within a small prefecture", List.of(query("東", "31", "", false), query("ア", "32",
                "", false), query("大", "36", "302", true)));
        narrowed.put("nothing but a prefecture", List.of(query("", "13", "", false), query("", "31", "", true)));
        narrowed.put("nothing but a kind", List.of(query("", "", "101", false), query("", "", "301", true), query("",
                "", "303", false)));
        narrowed.forEach((what, list) -> {
            for (var q : list)
                one(corporations, q);
            var times = new ArrayList<Double>();
            var found = new ArrayList<Integer>();
            while (times.size() < LOOKS)
                for (var q : list) {
                    long start = System.nanoTime();
                    found.add(one(corporations, q));
                    times.add((System.nanoTime() - start) / 1e6);
                }
            double[] sorted = times.stream().mapToDouble(t -> t).sorted().toArray();
            int[] counts = found.stream().mapToInt(f -> f).sorted().toArray();
            out.append(
                    String.format(Locale.ROOT, "| %s | %.1f | %.1f | %.1f | %.1f | %,d |%n", what,
                            sorted[sorted.length / 2],
                            sorted[sorted.length * 95 / 100], sorted[sorted.length * 99 / 100],
                            sorted[sorted.length - 1], counts[counts.length / 2]));
        });
    }

    private static Corporations.Query query(String q, String prefecture, String kind, boolean open) {
        return new Corporations.Query(q, prefecture, kind, open, "relevance");
    }

    private static int one(Corporations corporations, Corporations.Query query) {
        var found = corporations.search(query);
        corporations.all(found.numbers().stream().limit(20).toList());
        return found.numbers().size();
    }

    private static String core(Corporation c) {
        String key = SearchKey.of(c.name());
        return key.length() < 2 ? key + "工業" : key;
    }

    private static String cut(String text, int from, int count) {
        return text.substring(Math.min(from, text.length()), Math.min(text.length(), from + count));
    }
}
