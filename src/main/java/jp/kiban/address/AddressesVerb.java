package jp.kiban.address;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/// `addresses build` compiles sources to a dictionary; `addresses match` recognises the addresses of a file. Neither needs a server.
@CommandLine.Command(name = "addresses", mixinStandardHelpOptions = true, subcommands = {AddressesVerb.BuildVerb.class,
        AddressesVerb.MatchVerb.class, DictionaryBuild.class}, description = {"住所辞書を作り、住所を照合します。",
                "Builds the address dictionary and matches addresses."})
public final class AddressesVerb implements Callable<Integer> {
    @CommandLine.Spec
    CommandLine.Model.@Nullable CommandSpec spec;

    @Override
    public Integer call() {
        throw new CommandLine.ParameterException(Objects.requireNonNull(spec).commandLine(),
                "which one? build, match; addresses --help says more");
    }

    /// 辞書の作成.
    @CommandLine.Command(name = "build", mixinStandardHelpOptions = true, description = {
            "アドレス・ベース・レジストリ、位置参照情報、郵便番号などのファイルから住所辞書を作ります。",
            "Compiles files of the address base registry, 位置参照情報, towns by name and postal codes to a dictionary."}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
                    "0:the dictionary is made (defects of the sources may be told)",
                    "2:a source or option cannot be taken"})
    static final class BuildVerb implements Callable<Integer> {
        @CommandLine.Spec
        CommandLine.Model.@Nullable CommandSpec spec;

        @CommandLine.Option(names = "--source", paramLabel = "FILE", arity = "1..*", required = true, description = "source files as published (csv, csv.gz, zip); recognised by their header")
        List<Path> sources = List.of();

        @CommandLine.Option(names = "--out", paramLabel = "DICT", required = true, description = "the dictionary to write")
        Path out = Path.of("");

        @CommandLine.Option(names = "--compare", paramLabel = "DICT", description = "dictionary in use until now: which ids appeared, went, were renamed or moved is told, and written to --difference")
        @Nullable
        Path before;

        @CommandLine.Option(names = "--difference", paramLabel = "CSV", description = "write each difference from --compare as CSV")
        @Nullable
        Path difference;

        @CommandLine.Option(names = "--defects", paramLabel = "CSV", description = "also write each defect of the sources as CSV")
        @Nullable
        Path defects;

        @Override
        public Integer call() throws IOException {
            var known = Objects.requireNonNull(spec).commandLine();
            var log = known.getErr();
            if (difference != null && before == null)
                throw new CommandLine.ParameterException(known,
                        "--difference needs --compare: the dictionary that the new one is held against");
            // the old one is opened first: a wrong name is told at once, and --out may take its place
            try (var old = before == null ? null : AddressDictionary.open(before)) {
                sound(sources, out);
                long began = System.nanoTime();
                var made = AddressDictionary.build(sources, out,
                        step -> log.printf("%s, %,d rows%n", step.table(), step.rows()));
                made.defects().summary().forEach(line -> log.println("defect  " + line));
                if (defects != null)
                    try (var csv = Files.newBufferedWriter(defects)) {
                        made.defects().writeCsv(csv);
                    }
                if (old != null)
                    try (var now = AddressDictionary.open(out)) {
                        var changes = DictionaryDifference.between(old, now);
                        log.println("against " + changes.before() + ": " + changes.summary());
                        if (difference != null)
                            try (var csv = Files.newBufferedWriter(difference)) {
                                changes.writeCsv(csv);
                            }
                    }
                log.flush();
                known.getOut().printf("%s: version %s, %,d towns, %,d bytes, %,d defects in the sources, %.1f s%n", out,
                        made.version(), made.towns(), Files.size(out), made.defects().defects().size(),
                        (System.nanoTime() - began) / 1e9);
                known.getOut().flush();
                return 0;
            } catch (IOException e) {
                throw new CommandLine.ParameterException(known, said(e));
            } catch (UncheckedIOException e) {
                throw new CommandLine.ParameterException(known, said(Objects.requireNonNull(e.getCause())));
            }
        }
    }

    /// A source is a file, and none of them is written over.
    private static void sound(List<Path> sources, Path out) throws IOException {
        if (Files.isDirectory(out))
            throw new DictionaryRefused(out + ": is a folder, and should be a file");
        for (var source : sources) {
            if (Files.isDirectory(source))
                throw new DictionaryRefused(source + ": is a folder; name the files in it");
            if (Files.exists(source) && Files.exists(out) && Files.isSameFile(source, out))
                throw new DictionaryRefused(out + ": the dictionary would overwrite its source");
        }
    }

    /// What a file that cannot be read or written means for whoever named it.
    private static String said(IOException e) {
        return switch (e) {
            case DictionaryRefused refused -> String.valueOf(refused.getMessage());
            case MatchRun.InputRefused refused -> String.valueOf(refused.getMessage());
            case NoSuchFileException none -> none.getFile() + ": there is no such file or folder";
            case FileAlreadyExistsException file -> file.getFile() + ": is a file, and should be a folder";
            case AccessDeniedException denied -> denied.getFile() + ": may not be read or written by this user";
            case FileSystemException other -> other.getFile() + ": " + (other.getReason() == null
                    ? "cannot be read or written (" + other.getClass().getSimpleName() + ")"
                    : other.getReason());
            default -> "a file cannot be read or written: " + e.getMessage();
        };
    }

    /// 照合.
    @CommandLine.Command(name = "match", mixinStandardHelpOptions = true, description = {
            "住所のファイル (CSV またはテキスト) を照合し、結果の列を加えます。",
            "Matches the addresses of a file (CSV, or text of one address per line) and adds columns with the results."}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
                    "0:every line was taken", "1:some lines are bad; each is named and is in the output",
                    "2:the input or an option cannot be taken"})
    static final class MatchVerb implements Callable<Integer> {
        @CommandLine.Spec
        CommandLine.Model.@Nullable CommandSpec spec;

        @CommandLine.Option(names = "--dict", paramLabel = "DICT", required = true, description = "dictionary made by addresses build")
        Path dictionary = Path.of("");

        @CommandLine.Option(names = "--column", paramLabel = "NAME", description = "column of the CSV that holds the address; several are joined in order")
        List<String> columns = new ArrayList<>();

        @CommandLine.Option(names = "--format", paramLabel = "csv|ndjson", description = "of the output; by default ndjson when OUT ends so, else csv")
        @Nullable
        String format;

        @CommandLine.Option(names = "--quiet", description = "no progress on standard error")
        boolean quiet;

        @CommandLine.Parameters(index = "0", paramLabel = "IN", description = "CSV or text; - for standard input")
        String in = "-";

        @CommandLine.Parameters(index = "1", paramLabel = "OUT", description = "file to write; - for standard output")
        String out = "-";

        @Override
        public Integer call() throws IOException {
            var known = Objects.requireNonNull(spec).commandLine();
            String lower = out.toLowerCase(java.util.Locale.ROOT);
            String chosen = format != null
                    ? format
                    : lower.endsWith(".ndjson") || lower.endsWith(".jsonl") || lower.endsWith(".json")
                            ? "ndjson"
                            : "csv";
            if (!List.of("csv", "ndjson").contains(chosen))
                throw new CommandLine.ParameterException(known, "unknown format '" + chosen + "': csv or ndjson");
            if (!in.equals("-") && (!Files.exists(Path.of(in)) || Files.isDirectory(Path.of(in))))
                throw new CommandLine.ParameterException(known, in + ": there is no such file");
            if (!in.equals("-") && !out.equals("-") && Files.exists(Path.of(out))
                    && Files.isSameFile(Path.of(in), Path.of(out)))
                throw new CommandLine.ParameterException(known, out + ": the output would overwrite the input");
            try (var opened = AddressDictionary.open(dictionary)) {
                var run = new MatchRun(new AddressMatcher(opened), columns, chosen.equals("ndjson"), known.getErr(),
                        quiet);
                boolean csv = !columns.isEmpty() || in.toLowerCase(java.util.Locale.ROOT).matches(
                        ".*\\.csv(\\.gz)?");
                try (var from = in.equals("-") ? System.in : unpacked(Path.of(in))) {
                    if (out.equals("-")) {
                        run.run(from, System.out, csv);
                        System.out.flush();
                    } else {
                        write(run, from, Path.of(out), csv);
                    }
                }
                return run.bad() == 0 ? 0 : 1;
            } catch (IOException e) {
                throw new CommandLine.ParameterException(known, said(e));
            } catch (UncheckedIOException e) {
                throw new CommandLine.ParameterException(known, said(Objects.requireNonNull(e.getCause())));
            }
        }

        /// A list may be packed by gzip; a zip is told, for it may hold anything.
        private static InputStream unpacked(Path file) throws IOException {
            var in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
            in.mark(4);
            byte[] first = in.readNBytes(4);
            in.reset();
            if (first.length > 1 && (first[0] & 0xFF) == 0x1F && (first[1] & 0xFF) == 0x8B)
                return new GZIPInputStream(in, 1 << 16);
            if (first.length == 4 && first[0] == 'P' && first[1] == 'K' && first[2] == 3 && first[3] == 4)
                throw new MatchRun.InputRefused(file + ": a zip (or a spreadsheet); unpack it, or save it as CSV");
            return in;
        }

        /// The output takes its name when it is whole: what stood there stays when the input is refused.
        private static void write(MatchRun run, InputStream from, Path out, boolean csv) throws IOException {
            if (Files.exists(out) && !Files.isRegularFile(out)) {
                if (Files.isDirectory(out))
                    throw new MatchRun.InputRefused(out + ": is a folder, and should be a file");
                try (var to = Files.newOutputStream(out)) {
                    run.run(from, to, csv);
                }
                return;
            }
            var whole = Files.exists(out) ? out.toRealPath() : out.toAbsolutePath();
            Files.createDirectories(Objects.requireNonNull(whole.getParent()));
            var part = whole.resolveSibling(whole.getFileName() + ".part");
            try {
                try (var to = Files.newOutputStream(part)) {
                    run.run(from, to, csv);
                }
                Files.move(part, whole, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        }
    }

}
