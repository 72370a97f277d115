package jp.kiban.standards;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import jp.kiban.authority.Authorities;
import jp.kiban.authority.Authority;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.StandardRef;
import jp.kiban.kernel.Text;
import jp.kiban.kernel.VersionName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The tools for service standards; none needs a server. `standards check DIR…` reads folders as the server would, runs the
/// examples and the lints, and names every fault with file, line and a way to mend it.
@CommandLine.Command(name = "standards", mixinStandardHelpOptions = true, subcommands = {
        StandardsVerb.Check.class, StandardsVerb.Decide.class,
        StandardsVerb.Diff.class,
        StandardsVerb.Tables.class}, description = {"標準を検査し、試し、比べます。", "Checks, tries and compares service standards."})
public final class StandardsVerb implements Callable<Integer> {
    @CommandLine.Spec
    CommandLine.Model.@Nullable CommandSpec spec;

    @Override
    public Integer call() {
        throw new CommandLine.ParameterException(Objects.requireNonNull(spec).commandLine(),
                "which one? check, decide, diff, tables; standards --help says more");
    }

    private static Language language(CommandLine command, String code) {
        for (var language : Language.values())
            if (language.code().equals(code))
                return language;
        throw new CommandLine.ParameterException(command, "--lang is en, ja or ja-easy, saw “" + code + "”");
    }

    /// 検査.
    @CommandLine.Command(name = "check", mixinStandardHelpOptions = true, description = {"標準のフォルダを検査し、誤りをすべて示します。",
            "Checks folders of standards, examples included, and names every fault."}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
                    "0:no fault (warnings may be told)", "1:faults, each on a line of its own",
                    "2:the command was not understood"})
    static final class Check implements Callable<Integer> {
        @CommandLine.Spec
        CommandLine.Model.@Nullable CommandSpec spec;

        @CommandLine.Parameters(paramLabel = "DIR", arity = "1..*", description = "folders: of standards, or of one standard each")
        List<Path> folders = List.of();

        @CommandLine.Option(names = "--json", description = "the findings as JSON on standard output")
        boolean json;

        @CommandLine.Option(names = "--boundaries", paramLabel = "N", defaultValue = "2000", description = "how many judgements to spend, in each version, on boundaries of the rules without an example (default: 2000; 0: none)")
        int judgements = 2_000;

        @CommandLine.Option(names = "--lang", paramLabel = "LANG", defaultValue = "en", description = "the language of the faults: en, ja, ja-easy (default: en)")
        String language = "en";

        @Override
        public Integer call() {
            var command = Objects.requireNonNull(spec).commandLine();
            var tongue = language(command, language);
            // a shell's `standards/*` names the catalogue of registers too; it is read beside each standard
            var folders = this.folders.stream()
                    .filter(f -> !f.endsWith(Bundle.REGISTERS) || !Files.isRegularFile(f)).toList();
            for (var folder : folders)
                if (!Files.isDirectory(folder))
                    throw new CommandLine.ParameterException(command, "not a folder: " + folder);
            var inspection = Inspection.of(folders, judgements);
            if (json)
                command.getOut().println(inspection.json().toPrettyString());
            else {
                inspection.faults().forEach(f -> command.getErr().println(f.told(tongue)));
                inspection.warnings().forEach(f -> command.getErr().println(f.told(tongue)));
                if (!inspection.proposals().isEmpty())
                    command.getOut().println(inspection.proposals());
                inspection.standards().forEach(s -> command.getOut().println(s));
                command.getOut().println(inspection.standards().size() + " version(s), " + inspection.examples()
                        + " example(s), " + inspection.warnings().size() + " warning(s), "
                        + inspection.faults().size() + " fault(s)");
            }
            command.getOut().flush();
            command.getErr().flush();
            return inspection.clean() ? 0 : 1;
        }
    }

    /// 判定の試し.
    @CommandLine.Command(name = "decide", mixinStandardHelpOptions = true, description = {"標準の規則で判定し、結果を JSON で出します。",
            "Judges one case by a standard; the whole decision as JSON."}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
                    "0:decided",
                    "2:the input cannot be taken: every finding as JSON on standard output, in words on standard error"})
    static final class Decide implements Callable<Integer> {
        @CommandLine.Spec
        CommandLine.Model.@Nullable CommandSpec spec;

        @CommandLine.Parameters(paramLabel = "DIR", description = "the folder of the standard")
        @Nullable
        Path folder;

        @CommandLine.Option(names = "--date", required = true, paramLabel = "YYYY-MM-DD", description = "the day of arrival")
        String date = "";

        @CommandLine.Option(names = "--authority", paramLabel = "CODE", description = "the municipality whose values count (default: the national ones)")
        String authority = "";

        @CommandLine.Option(names = "--input", required = true, paramLabel = "FILE|-", description = "the answers as JSON; - reads standard input")
        String input = "";

        private final List<Finding> findings = new ArrayList<>();

        @Override
        public Integer call() {
            var command = Objects.requireNonNull(spec).commandLine();
            var standard = standard();
            var day = day();
            var body = authority.isEmpty() ? Optional.<Authority>empty() : municipality();
            var answers = answers();
            if (standard.isPresent() && day.isPresent() && standard.get().versions().getFirst().ref().day()
                    .isAfter(day.get()))
                found("date", "version.none", Ruling.before(standard.get(), day.get()));
            if (findings.isEmpty())
                try {
                    var ruling = Ruling.of(standard.orElseThrow(), day.orElseThrow(), body, answers.orElseThrow());
                    command.getOut().println(ruling.json().toPrettyString());
                    command.getOut().flush();
                    return 0;
                } catch (BadInput bad) {
                    findings.addAll(bad.findings());
                }
            command.getOut().println(Ruling.json(findings).toPrettyString());
            command.getOut().flush();
            findings.forEach(f -> command.getErr().println((f.where().isEmpty() ? "" : f.where() + ": ") + f.message()
                    .ja() + " / " + f.message().en()));
            command.getErr().flush();
            return 2;
        }

        private void found(String where, String code, Text message) { findings.add(new Finding(where, code, message)); }

        private void found(String where, String code, String ja, String en) {
            found(where, code, new Text(ja, ja, en));
        }

        private Optional<ServiceStandard> standard() {
            var place = Objects.requireNonNull(folder);
            if (!Files.isDirectory(place)) {
                found("DIR", "folder.none", "フォルダがありません: " + place, "not a folder: " + place);
                return Optional.empty();
            }
            var faults = new ArrayList<Fault>();
            var bundle = Bundle.ofFolders(List.of(place));
            var read = StandardReader.readAll(bundle, faults);
            new Positions(bundle).locate(faults).forEach(f -> found(f.file(), "standard.fault", f.told()));
            if (faults.isEmpty() && read.size() != 1)
                found("DIR", "standard.one", "標準を一つだけ指定してください（見つかった数: " + read.size() + "）。",
                        "name the folder of one standard; found " + read.size());
            return faults.isEmpty() && read.size() == 1 ? Optional.of(read.getFirst()) : Optional.empty();
        }

        private Optional<LocalDate> day() {
            try {
                return Optional.of(LocalDate.parse(date));
            } catch (DateTimeParseException wrong) {
                found("date", "date.form", "日付は 2026-04-01 の形で指定してください（入力: " + date + "）。",
                        "a date is written 2026-04-01; saw " + date);
                return Optional.empty();
            }
        }

        private Optional<Authority> municipality() {
            var known = AuthorityId.isValid(authority)
                    ? new Authorities().find(AuthorityId.of(authority))
                    : Optional.<Authority>empty();
            if (known.isEmpty())
                found("authority", "authority.unknown", "この団体コードの団体はありません: " + authority,
                        "no authority has the code " + authority + "; the verb authorities lists them");
            return known;
        }

        private Optional<JsonNode> answers() {
            try {
                var text = input.equals("-")
                        ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                        : Files.readString(Path.of(input));
                return Optional.of(JsonMapper.builder().build().readTree(text));
            } catch (JacksonException broken) {
                var at = broken.getLocation();
                var where = at == null ? "" : at.getLineNr() + ":" + at.getColumnNr() + " ";
                found("input", "json.broken", "JSON として読めません: " + where + first(broken), "not JSON: " + where + first(
                        broken));
            } catch (IOException failed) {
                found("input", "input.none", "入力を読めません: " + input, "cannot read " + input);
            }
            return Optional.empty();
        }

        private static String first(JacksonException broken) {
            return String.valueOf(broken.getOriginalMessage()).lines().findFirst().orElse("");
        }
    }

    /// 版の違い.
    @CommandLine.Command(name = "diff", mixinStandardHelpOptions = true, description = {"二つの版を比べ、何が、誰にとって変わるかを示します。",
            "Compares two versions: what changes, and for whom."}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
                    "0:compared, whether or not something changes",
                    "1:one of the two has faults", "2:the command was not understood"})
    static final class Diff implements Callable<Integer> {
        @CommandLine.Spec
        CommandLine.Model.@Nullable CommandSpec spec;

        @CommandLine.Parameters(index = "0", paramLabel = "A", description = "a version's folder, a standard's folder, or ID@VERSION")
        String before = "";

        @CommandLine.Parameters(index = "1", paramLabel = "B", description = "the same, later")
        String after = "";

        @CommandLine.Option(names = "--in", paramLabel = "DIR", defaultValue = "standards", description = "where ID@VERSION is looked for (default: standards, then the built-in ones)")
        Path standards = Path.of("standards");

        @CommandLine.Option(names = "--population", paramLabel = "FILE", description = "cases as JSON, JSON lines ({name, filed, answers, local} or the answers alone) or CSV with a column a field")
        @Nullable
        Path population;

        @CommandLine.Option(names = "--json", description = "as JSON")
        boolean json;

        @CommandLine.Option(names = "--lang", paramLabel = "LANG", defaultValue = "ja", description = "the language of the words: ja, ja-easy, en (default: ja)")
        String language = "ja";

        @Override
        public Integer call() {
            var command = Objects.requireNonNull(spec).commandLine();
            var tongue = language(command, language);
            try {
                var difference = Difference.between(before, after, standards, population == null
                        ? Optional.empty()
                        : Optional.of(Files.readAllBytes(population)));
                command.getOut().println(json ? difference.json().toPrettyString() : difference.words(tongue));
                command.getOut().flush();
                return 0;
            } catch (FaultyStandards faulty) {
                faulty.faults().forEach(f -> command.getErr().println(f.told(tongue)));
                command.getErr().flush();
                return 1;
            } catch (BadInput bad) {
                bad.findings().forEach(f -> command.getErr().println(f.message().ja() + " / " + f.message().en()));
                command.getErr().flush();
                return 2;
            } catch (IOException unread) {
                throw new CommandLine.ParameterException(command, "cannot read " + population);
            } catch (IllegalArgumentException | UncheckedIOException wrong) {
                throw new CommandLine.ParameterException(command, String.valueOf(wrong.getMessage()));
            }
        }
    }

    /// 表計算の決定表.
    @CommandLine.Command(name = "tables", mixinStandardHelpOptions = true, description = {
            "決定表を表計算のファイルに書き出し、直したものを検査して取り込みます。",
            "Writes the decision tables as a spreadsheet, and takes an edited one back through the check."}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
                    "0:written, or without a fault", "1:faults, each with its cell",
                    "2:the command was not understood, or the file cannot be read"})
    static final class Tables implements Callable<Integer> {
        @CommandLine.Spec
        CommandLine.Model.@Nullable CommandSpec spec;

        @CommandLine.Parameters(paramLabel = "DIR", description = "the folder of a standard (its last version) or of a version")
        Path folder = Path.of("");

        @CommandLine.Option(names = "--out", paramLabel = "FILE.xlsx|.csv", description = "where to write the tables")
        @Nullable
        Path out;

        @CommandLine.Option(names = "--in", paramLabel = "FILE.xlsx|.csv", description = "the edited tables; checked, and with --write taken over")
        @Nullable
        Path in;

        @CommandLine.Option(names = "--write", description = "changes decisions.dmn, if there is no fault")
        boolean write;

        @CommandLine.Option(names = "--lang", paramLabel = "LANG", defaultValue = "en", description = "the language of the faults: en, ja, ja-easy (default: en)")
        String language = "en";

        @CommandLine.Option(names = "--annotated", paramLabel = "FILE.xlsx", description = "where the copy with the faults as comments goes (default: FILE-faults.xlsx)")
        @Nullable
        Path annotated;

        @Override
        public Integer call() {
            var command = Objects.requireNonNull(spec).commandLine();
            if ((out == null) == (in == null))
                throw new CommandLine.ParameterException(command, "give --out FILE or --in FILE");
            var home = folder.toAbsolutePath().normalize();
            boolean version = !Files.exists(home.resolve("standard.yaml")) && VersionName.read(Objects.requireNonNull(
                    home.getFileName()).toString()).isPresent();
            var standard = version ? Objects.requireNonNull(home.getParent()) : home;
            if (!Files.exists(standard.resolve("standard.yaml")))
                throw new CommandLine.ParameterException(command, "no standard in " + folder);
            var bundle = Bundle.ofFolders(List.of(standard));
            var id = Objects.requireNonNull(standard.getFileName()).toString();
            var day = version
                    ? Objects.requireNonNull(home.getFileName()).toString()
                    : bundle.names(id).stream().filter(n -> VersionName.read(n).isPresent()).reduce((a, b) -> b)
                            .orElseThrow(() -> new CommandLine.ParameterException(command, "no version in " + folder));
            var sheets = new TableSheets(bundle, new StandardRef(id, VersionName.parse(day)));
            try {
                if (out != null) {
                    sheets.write(out);
                    command.getOut().println(sheets.size() + " table(s) → " + out);
                    command.getOut().flush();
                    return 0;
                }
                return take(sheets, standard.resolve(day).resolve("decisions.dmn"), Objects.requireNonNull(in));
            } catch (IOException failed) {
                throw new CommandLine.ParameterException(command, failed instanceof NoSuchFileException
                        ? "there is no file " + failed.getMessage()
                        : String.valueOf(failed.getMessage()));
            }
        }

        private int take(TableSheets sheets, Path dmn, Path from) throws IOException {
            var command = Objects.requireNonNull(spec).commandLine();
            var tongue = language(command, language);
            var returned = sheets.read(from);
            returned.faults().forEach(f -> command.getErr().println(f.told(tongue)));
            command.getErr().flush();
            if (!returned.faults().isEmpty()) {
                var copy = annotated != null
                        ? annotated
                        : from.resolveSibling(String.valueOf(from.getFileName()).replaceFirst("\\.[A-Za-z]+$", "")
                                + "-faults.xlsx");
                Files.write(copy, returned.annotated(tongue));
                command.getOut().println(returned.faults().size() + " fault(s); on their cells in " + copy);
            } else if (!returned.changed())
                command.getOut().println("nothing has changed");
            else if (write) {
                Files.writeString(dmn, returned.dmn());
                command.getOut().println("changed " + dmn);
            } else
                command.getOut().println("no fault; --write takes it over");
            command.getOut().flush();
            return returned.faults().isEmpty() ? 0 : 1;
        }
    }
}
