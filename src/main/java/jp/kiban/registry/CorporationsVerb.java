package jp.kiban.registry;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import jp.kiban.address.AddressDictionary;
import jp.kiban.address.AddressMatcher;
import jp.kiban.authority.Authorities;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Conflict;
import jp.kiban.kernel.Language;
import jp.kiban.store.StoreAtHand;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/// `corporations`: the files of the 法人番号公表サイト on the command line: checked (without a database), imported (into the data folder, also
/// while the server runs on it) and invented (for trials and measurements).
@CommandLine.Command(name = "corporations", mixinStandardHelpOptions = true, subcommands = {
        CorporationsVerb.Check.class,
        CorporationsVerb.Import.class, CorporationsVerb.Locate.class,
        CorporationsVerb.Synthesise.class}, description = {"法人番号のファイルを検査し、読み込みます。",
                "Checks, imports and invents files of corporate numbers."})
public final class CorporationsVerb implements Callable<Integer> {
    @CommandLine.Spec
    CommandLine.Model.@Nullable CommandSpec spec;

    @Override
    public Integer call() {
        throw new CommandLine.ParameterException(Objects.requireNonNull(spec).commandLine(),
                "which one? check, import, locate, synthesise; corporations --help says more");
    }

    /// A fault as a line: file, line, column with its name, what is wrong and what was seen.
    static String say(String file, CorporationRow.Fault fault) {
        return file + ":" + fault.line() + (fault.column() == 0
                ? ""
                : ": column " + fault.column() + " (" + CorporationRow.NAMES.get(fault.column() - 1) + ")") + ": "
                + Words.in(Language.EN, "registry.fault." + fault.code()) + ": " + (fault.seen().length() > 100
                        ? fault.seen().substring(0, 100) + "…"
                        : fault.seen());
    }

    static LocalDate day(CommandLine command, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException unreadable) {
            throw new CommandLine.ParameterException(command, "not a day (YYYY-MM-DD): " + text);
        }
    }

    static int refuse(CommandLine command, BadInput bad) {
        bad.findings().forEach(f -> command.getErr().println(f.message().en()));
        command.getErr().flush();
        return 2;
    }

    /// 検査.
    @CommandLine.Command(name = "check", mixinStandardHelpOptions = true, description = {
            "ファイルを読み通し、誤りをすべて示します。何も書き込みません。",
            "Reads files through and names every bad row; keeps nothing."}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
                    "0:no fault", "1:bad rows, each on a line of its own", "2:a file that cannot be taken"})
    static final class Check implements Callable<Integer> {
        @CommandLine.Spec
        CommandLine.Model.@Nullable CommandSpec spec;

        @CommandLine.Parameters(paramLabel = "FILE", arity = "1..*", description = "CSV, zip or gzip; Unicode or Shift_JIS")
        List<Path> files = List.of();

        @Override
        public Integer call() {
            var command = Objects.requireNonNull(spec).commandLine();
            int worst = 0;
            for (var path : files)
                try {
                    var file = SourceFile.look(path);
                    var inspection = CorporationLoad.inspect(file);
                    inspection.faults().forEach(f -> command.getErr().println(say(file.name(), f)));
                    command.getOut().println(file.name() + ": " + file.charset() + ", " + inspection.lines()
                            + " lines, " + inspection.good() + " good, " + (inspection.lines() - inspection.good())
                            + " bad");
                    worst = Math.max(worst, inspection.faults().isEmpty() ? 0 : 1);
                } catch (BadInput bad) {
                    worst = refuse(command, bad);
                }
            command.getOut().flush();
            command.getErr().flush();
            return worst;
        }
    }

    /// 読込み.
    @CommandLine.Command(name = "import", mixinStandardHelpOptions = true, description = {
            "全件または差分のファイルを読み込みます。途中で止まっても、同じ指定で続きから進みます。",
            "Imports a full or difference file. Interrupted, it goes on where it stood when given again."}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
                    "0:imported, or imported before", "1:imported; bad rows were left out and are listed",
                    "2:refused, with what to do"})
    static final class Import implements Callable<Integer> {
        @CommandLine.Spec
        CommandLine.Model.@Nullable CommandSpec spec;

        @CommandLine.Parameters(paramLabel = "FILE", description = "as the site names it (00_zenkoku_all_20260130.zip, diff_20260202.zip), or with --full or --difference")
        @Nullable
        Path path;

        @CommandLine.Option(names = "--full", paramLabel = "YYYY-MM-DD", defaultValue = "", description = "a full file of this day")
        String full = "";

        @CommandLine.Option(names = "--difference", paramLabel = "YYYY-MM-DD", defaultValue = "", description = "the difference file of this day")
        String difference = "";

        @CommandLine.Option(names = "--prefecture", paramLabel = "NN", defaultValue = "", description = "a full file of one prefecture")
        String prefecture = "";

        @CommandLine.Option(names = "--no-file-between", paramLabel = "REASON", defaultValue = "", description = "why no difference file is missing although office days lie between")
        String gap = "";

        @CommandLine.Option(names = "--accept-gone", description = "more than one in a hundred no longer in the full file: they are gone")
        boolean gone;

        @CommandLine.Option(names = "--data", paramLabel = "DIR", defaultValue = "data", description = "the data folder (default: data)")
        Path data = Path.of("data");

        @CommandLine.Option(names = "--store-url", paramLabel = "URL", defaultValue = "", description = "an outside PostgreSQL instead")
        String url = "";

        @CommandLine.Option(names = "--by", paramLabel = "NAME", defaultValue = "", description = "who imports it (default: the account of the machine)")
        String by = "";

        @CommandLine.Option(names = "--pause-millis", hidden = true, defaultValue = "0", description = "rest after each thousand, for trials of interruption")
        long pause;

        @Override
        public Integer call() {
            var command = Objects.requireNonNull(spec).commandLine();
            try {
                var file = SourceFile.look(Objects.requireNonNull(path));
                var claim = claim(command, file);
                try (var hand = StoreAtHand.open(data, url)) {
                    var loadings = new Loadings(hand.store(), hand.events(), Clock.system(ZoneId.of("Asia/Tokyo")));
                    return load(command, loadings, new CorporationLoad(hand.store(), loadings), claim, file);
                }
            } catch (BadInput bad) {
                return refuse(command, bad);
            } catch (Conflict conflict) {
                command.getErr().println(conflict.text().en());
                return 2;
            } finally {
                command.getErr().flush();
                command.getOut().flush();
            }
        }

        private Loadings.Claim claim(CommandLine command, SourceFile file) {
            if (!prefecture.matches("([0-4][0-9])?"))
                throw new CommandLine.ParameterException(command, "not a prefecture (01 to 47): " + prefecture);
            if (!full.isEmpty())
                return new Loadings.Claim(BaseRegistry.CORPORATIONS, Loading.Kind.FULL, prefecture, day(command, full),
                        gap, gone);
            if (!difference.isEmpty())
                return new Loadings.Claim(BaseRegistry.CORPORATIONS, Loading.Kind.DIFFERENCE, "",
                        day(command, difference), gap, gone);
            return CorporationLoad.claim(file.name()).map(c -> new Loadings.Claim(c.registry(), c.kind(), c.scope(), c
                    .edition(), gap, gone)).orElseThrow(() -> BadInput.of("file", "registry.file", Words.text(
                            "registry.error.which-kind", file.name())));
        }

        private int load(CommandLine command, Loadings loadings, CorporationLoad load, Loadings.Claim claim,
                SourceFile file) {
            var known = loadings.bySha(BaseRegistry.CORPORATIONS, file.sha256());
            if (known.filter(l -> l.stage() == Loading.Stage.DONE).isPresent()) {
                command.getOut().println(file.name() + ": imported before, on " + known.get().doneAt().orElseThrow());
                return 0;
            }
            if (known.isEmpty() || known.get().stage() == Loading.Stage.PROPOSED) {
                var hindrances = load.hindrances(claim, file);
                if (!hindrances.isEmpty())
                    throw new BadInput(hindrances);
            }
            String who = by.isBlank() ? System.getProperty("user.name", "operator") : by;
            var loading = known.map(l -> l.stage() == Loading.Stage.PROPOSED
                    ? loadings.approve(l.id(), "operator:" + who)
                    : l).orElseGet(() -> loadings.keep(claim, file, 0, 0, "operator:" + who, "operator:" + who));
            if (gone)
                loadings.acceptGone(loading.id());
            if (loading.line() > 0)
                command.getOut().println(file.name() + ": goes on behind line " + loading.line());
            long start = System.nanoTime();
            long from = loading.line();
            var out = command.getOut();
            var done = load.run(loading.id(), file, now -> tell(out, now, now.line() - from, start));
            return report(command, loadings, done);
        }

        private void tell(PrintWriter out, Loading now, long lines, long start) {
            out.printf("%,d lines (%,d added, %,d changed, %,d bad), %,d a second%n", now.line(), now.added(), now
                    .changed(), now.bad(), lines * 1_000_000_000L / Math.max(1, System.nanoTime() - start));
            out.flush();
            if (pause > 0)
                try {
                    Thread.sleep(pause);
                } catch (InterruptedException stop) {
                    Thread.currentThread().interrupt();
                }
        }

        private static int report(CommandLine command, Loadings loadings, Loading done) {
            loadings.faults(done.id(), Integer.MAX_VALUE).forEach(f -> command.getErr().println(say(done.file(),
                    new CorporationRow.Fault(f.line(), f.column(), f.code(), f.seen()))));
            if (done.stage() == Loading.Stage.STOPPED) {
                command.getErr().println(Words.in(Language.EN, "registry.error.gone", done.note().replaceFirst(
                        "^gone:", "")));
                return 2;
            }
            command.getOut().printf("%s: edition %s: %,d lines, %,d added, %,d changed, %,d as they were, %,d gone, "
                    + "%,d bad%n", done.file(), done.edition(), done.lines(), done.added(), done.changed(),
                    done.same(),
                    done.gone(), done.bad());
            return done.bad() == 0 ? 0 : 1;
        }
    }

    /// 所在地の照合.
    @CommandLine.Command(name = "locate", mixinStandardHelpOptions = true, description = {"所在地を住所辞書と照合し、町字と位置を付けます。",
            "Matches the seats with an address dictionary: those that are new, changed, or matched with another edition."}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
                    "0:matched; seats without a town are counted", "2:the dictionary cannot be used"})
    static final class Locate implements Callable<Integer> {
        @CommandLine.Spec
        CommandLine.Model.@Nullable CommandSpec spec;

        @CommandLine.Option(names = "--dict", required = true, paramLabel = "DICT", description = "written by addresses build")
        @Nullable
        Path dictionary;

        @CommandLine.Option(names = "--data", paramLabel = "DIR", defaultValue = "data", description = "the data folder (default: data)")
        Path data = Path.of("data");

        @CommandLine.Option(names = "--store-url", paramLabel = "URL", defaultValue = "", description = "an outside PostgreSQL instead")
        String url = "";

        @Override
        public Integer call() {
            var command = Objects.requireNonNull(spec).commandLine();
            try (var towns = AddressDictionary.open(Objects.requireNonNull(dictionary));
                    var hand = StoreAtHand.open(data, url)) {
                long start = System.nanoTime();
                long[] counts = new Places(hand.store()).match(new TownMatcher(new AddressMatcher(towns), towns
                        .version()), () -> false);
                double seconds = (System.nanoTime() - start) / 1e9;
                command.getOut().printf("%s: %,d seats looked up, %,d found, %,d not found, %,.0f a second%n",
                        dictionary.getFileName(), counts[0], counts[1], counts[0] - counts[1], counts[0] / seconds);
                command.getOut().flush();
                return 0;
            } catch (IOException refused) {
                command.getErr().println(refused.getMessage());
                command.getErr().flush();
                return 2;
            }
        }
    }

    /// 架空のファイル.
    @CommandLine.Command(name = "synthesise", mixinStandardHelpOptions = true, description = {
            "架空の法人のファイルを作ります。同じ指定なら同じ内容です。",
            "Writes a file of invented corporations; the same options give the same file."})
    static final class Synthesise implements Callable<Integer> {
        @CommandLine.Spec
        CommandLine.Model.@Nullable CommandSpec spec;

        @CommandLine.Parameters(paramLabel = "FILE", description = "to be written: .csv or .zip")
        @Nullable
        Path out;

        @CommandLine.Option(names = "--rows", paramLabel = "N", defaultValue = "100000", description = "how many corporations (default: 100000)")
        long rows;

        @CommandLine.Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "another seed, other corporations (default: 1)")
        long seed;

        @CommandLine.Option(names = "--day", paramLabel = "YYYY-MM-DD", defaultValue = "2026-10-30", description = "the day of the file (default: 2026-10-30)")
        String day = "";

        @CommandLine.Option(names = "--difference", paramLabel = "N", defaultValue = "0", description = "instead of a full file, the N-th difference to it")
        int difference;

        @CommandLine.Option(names = "--shift-jis", description = "the Shift_JIS edition (characters outside become 〓)")
        boolean shiftJis;

        @Override
        public Integer call() throws IOException {
            var command = Objects.requireNonNull(spec).commandLine();
            var on = day(command, day);
            if (rows < 1 || rows > 10_000_000)
                throw new CommandLine.ParameterException(command, "from 1 to 10,000,000 rows; seen: " + rows);
            var made = new SyntheticCorporations(new Authorities());
            Charset charset = shiftJis ? SourceFile.SHIFT_JIS : StandardCharsets.UTF_8;
            var to = Objects.requireNonNull(out);
            if (difference > 0)
                made.difference(to, rows, seed, difference, on, charset);
            else
                made.full(to, rows, seed, on, charset);
            command.getOut().printf("%s: %,d bytes%n", to.getFileName(), Files.size(to));
            command.getOut().flush();
            return 0;
        }
    }
}
