package jp.kiban.address;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/// 辞書の作成（一つの版）. Builds the dictionary of one release in its own folder, and everything that is to be read before it is taken into
/// use: `tables.csv` (what each table held), `defects.csv`, `difference.csv` from the dictionary in use, and at last
/// `outcome.properties`. A house runs it as a process of its own: the memory it needs is not the house's, and it can be stopped at
/// any moment. What is to be built stands in `sources.txt` (one file a line), what to compare with in `before.txt`.
@CommandLine.Command(name = "release", hidden = true, description = "builds one release in its folder, for a house")
public final class DictionaryBuild implements Callable<Integer> {
    public static final String SOURCES = "sources.txt";
    public static final String BEFORE = "before.txt";
    public static final String DICTIONARY = "addresses.dict";
    public static final String TABLES = "tables.csv";
    public static final String DEFECTS = "defects.csv";
    public static final String DIFFERENCE = "difference.csv";
    public static final String OUTCOME = "outcome.properties";

    /// 結果. `refused` is empty when the dictionary was made; then `sha256` and `bytes` are the file's.
    public record Outcome(List<Refusal> refused, String version, String sha256, long bytes, long towns, long defects,
            String before, long appeared, long gone, long renamed, long moved) {
        /// What the folder says; nothing while it was not finished.
        public static Optional<Outcome> in(Path folder) throws IOException {
            var file = folder.resolve(OUTCOME);
            if (!Files.isRegularFile(file))
                return Optional.empty();
            var p = new Properties();
            try (var in = Files.newBufferedReader(file)) {
                p.load(in);
            }
            return Optional.of(new Outcome(Refusal.read(p.getProperty("refused", "")), p.getProperty("version", ""),
                    p.getProperty("sha256", ""), number(p, "bytes"), number(p, "towns"), number(p, "defects"),
                    p.getProperty("before", ""), number(p, "appeared"), number(p, "gone"), number(p, "renamed"),
                    number(p, "moved")));
        }

        private static long number(Properties p, String key) { return Long.parseLong(p.getProperty(key, "0")); }

        private void keep(Path folder) throws IOException {
            var p = new Properties();
            p.setProperty("refused", Refusal.written(refused));
            p.setProperty("version", version);
            p.setProperty("sha256", sha256);
            p.setProperty("bytes", Long.toString(bytes));
            p.setProperty("towns", Long.toString(towns));
            p.setProperty("defects", Long.toString(defects));
            p.setProperty("before", before);
            p.setProperty("appeared", Long.toString(appeared));
            p.setProperty("gone", Long.toString(gone));
            p.setProperty("renamed", Long.toString(renamed));
            p.setProperty("moved", Long.toString(moved));
            var part = folder.resolve(OUTCOME + ".part");
            try (var out = Files.newBufferedWriter(part)) {
                p.store(out, null);
            }
            Files.move(part, folder.resolve(OUTCOME), StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
        }
    }

    @CommandLine.Spec
    CommandLine.Model.@Nullable CommandSpec spec;

    @CommandLine.Parameters(index = "0", paramLabel = "FOLDER", description = "folder of the release")
    Path folder = Path.of("");

    @CommandLine.Option(names = "--follow", description = "end when standard input ends: the house has gone")
    boolean follow;

    @Override
    public Integer call() throws IOException {
        if (follow)
            Thread.ofPlatform().daemon().start(DictionaryBuild::endWithTheHouse);
        var out = Objects.requireNonNull(spec).commandLine().getOut();
        return run(folder, step -> {
            out.println(step.done() + "/" + step.of() + "\t" + step.table() + "\t" + step.rows());
            out.flush();
        }).refused().isEmpty() ? 0 : 2;
    }

    private static void endWithTheHouse() {
        try {
            while (System.in.read() >= 0) {
                // nothing is said on it
            }
        } catch (IOException gone) {
            // the same
        }
        Runtime.getRuntime().halt(3);
    }

    /// Builds what the folder asks for; a refusal is an outcome too.
    public static Outcome run(Path folder, Consumer<AddressDictionary.Step> told) throws IOException {
        Files.deleteIfExists(folder.resolve(OUTCOME));
        var sources = Files.readAllLines(folder.resolve(SOURCES)).stream().filter(l -> !l.isBlank()).map(Path::of)
                .toList();
        Outcome outcome;
        try {
            outcome = build(folder, sources, told);
        } catch (DictionaryRefused refused) {
            outcome = refused(refused.refusals());
        } catch (OutOfMemoryError much) {
            outcome = refused(List.of(Refusal.of(Refusal.Why.MEMORY, Runtime.getRuntime().maxMemory() >> 20)));
        }
        outcome.keep(folder);
        return outcome;
    }

    private static Outcome refused(List<Refusal> why) { return new Outcome(why, "", "", 0, 0, 0, "", 0, 0, 0, 0); }

    private static Outcome build(Path folder, List<Path> sources, Consumer<AddressDictionary.Step> told)
            throws IOException {
        var file = folder.resolve(DICTIONARY);
        var made = AddressDictionary.build(sources, file, told);
        var defects = new HashMap<String, Integer>();
        made.defects().defects().forEach(d -> defects.merge(d.file(), 1, Integer::sum));
        try (var out = Files.newBufferedWriter(folder.resolve(TABLES))) {
            out.write("file,kind,rows,defects,sha256\r\n");
            for (var s : made.sources())
                out.write(Csv.line(List.of(s.name(), s.kind(), Long.toString(s.rows()),
                        Integer.toString(defects.getOrDefault(s.name(), 0)), s.sha256())) + "\r\n");
        }
        try (var out = Files.newBufferedWriter(folder.resolve(DEFECTS))) {
            made.defects().writeCsv(out);
        }
        var before = folder.resolve(BEFORE);
        var old = Files.isRegularFile(before) ? Files.readString(before).strip() : "";
        if (old.isEmpty())
            return new Outcome(List.of(), made.version(), sha256(file), Files.size(file), made.towns(),
                    made.defects().defects().size(), "", 0, 0, 0, 0);
        try (var then = AddressDictionary.open(Path.of(old));
                var now = AddressDictionary.open(file);
                var out = Files.newBufferedWriter(folder.resolve(DIFFERENCE))) {
            var d = DictionaryDifference.between(then, now);
            d.writeCsv(out);
            return new Outcome(List.of(), made.version(), sha256(file), Files.size(file), made.towns(),
                    made.defects().defects().size(), d.before(), d.appeared().size(), d.gone().size(),
                    d.renamed().size(), d.moved().size());
        }
    }

    /// Of a file, in hexadecimal digits.
    public static String sha256(Path file) throws IOException {
        try (var in = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
