package jp.kiban.conformity;

import com.nimbusds.jose.jwk.ECKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import jp.kiban.kernel.VersionName;
import jp.kiban.standards.ServiceStandard;
import jp.kiban.standards.StandardFolder;
import jp.kiban.standards.StandardVersion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/// `standards verify DIR --target URL`: holds an implementation against a standard over the contract and writes a signed
/// report. `standards verify --report FILE --keys FILE [DIR] [--target URL]`: checks the signature of one, and that it is about
/// this text of the standard and this target. Needs no server of its own. Exit 0: conform (the signature is good, and it is
/// about these); 1: not; 2: it could not be run.
@CommandLine.Command(name = "verify", mixinStandardHelpOptions = true, description = {"実装が標準に適合するかを検査し、署名付きの報告書を作ります。",
        "Holds an implementation against a standard and writes a signed report; or checks the signature of one."}, footer = {
                "%nExit codes: 0 conform (or: the signature is good), 1 not, 2 could not be run."})
public final class VerifyVerb implements Callable<Integer> {
    private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");

    @CommandLine.Spec
    CommandLine.Model.@Nullable CommandSpec spec;

    @CommandLine.Parameters(paramLabel = "DIR", arity = "0..1", description = "the folder of the standard (or of standards, with --standard)")
    @Nullable
    Path folder;

    @CommandLine.Option(names = "--target", paramLabel = "URL", description = "where the target serves the contract, e.g. http://localhost:8080/api/conformity")
    @Nullable
    String target;

    @CommandLine.Option(names = "--standard", paramLabel = "ID", description = "which standard, when the folder holds several")
    @Nullable
    String standard;

    @CommandLine.Option(names = "--standard-version", paramLabel = "VERSION", description = "which version (the newest)")
    @Nullable
    String version;

    @CommandLine.Option(names = "--generated", paramLabel = "N", defaultValue = "150", description = "at most so many generated cases (${DEFAULT-VALUE})")
    int generated;

    @CommandLine.Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "15", description = "longest wait for one answer (${DEFAULT-VALUE})")
    int timeout;

    @CommandLine.Option(names = "--out", paramLabel = "NAME", description = "name of the files to write, without ending (conformity-ID-VERSION)")
    @Nullable
    Path out;

    @CommandLine.Option(names = "--key", paramLabel = "FILE", description = "private key (JWK, EC P-256); made, and kept in this file, when it is not there (conformity-key.jwk)")
    Path key = Path.of("conformity-key.jwk");

    @CommandLine.Option(names = "--bearer", paramLabel = "FILE", description = "the entry key of the target, where it wants one (sent as Authorization: Bearer …)")
    @Nullable
    Path bearer;

    @CommandLine.Option(names = "--report", paramLabel = "FILE", description = "check the signature of this report instead; with DIR, that it is about the standard there to the letter; with --target, that it is about this target")
    @Nullable
    Path report;

    @CommandLine.Option(names = "--keys", paramLabel = "FILE", description = "with --report: the public key, or keys (JWK or JWK set)")
    @Nullable
    Path keys;

    @Override
    public Integer call() {
        var command = Objects.requireNonNull(spec).commandLine();
        try {
            if (report != null || keys != null)
                return checkSignature(command);
            if (folder == null || target == null)
                throw new CommandLine.ParameterException(command,
                        "wanted: standards verify DIR --target URL, or standards verify --report FILE --keys FILE");
            return verify(command, folder, target);
        } catch (Trouble trouble) {
            command.getErr().println(trouble.words());
            return 2;
        } catch (IOException unwritable) {
            command.getErr().println("cannot write: " + unwritable.getMessage());
            return 2;
        } finally {
            command.getOut().flush();
            command.getErr().flush();
        }
    }

    private int verify(CommandLine command, Path place, String address) throws IOException {
        if (!Files.isDirectory(place))
            throw new Trouble(Trouble.Kind.CANNOT, "not a folder: " + place);
        if (generated < 0 || generated > 5_000 || timeout < 1 || timeout > 600)
            throw new Trouble(Trouble.Kind.CANNOT,
                    "--generated may be 0 to 5000 and --timeout 1 to 600 seconds; seen: " + generated + ", " + timeout);
        try (var asked = new Target(address, Duration.ofSeconds(timeout), entryKey(), Optional.empty())) {
            return verify(command, place, asked);
        }
    }

    private int verify(CommandLine command, Path place, Target asked) throws IOException {
        var read = StandardFolder.read(place);
        var chosen = chosen(read, place);
        var edition = edition(chosen);
        var faults = read.verify(edition);
        if (!faults.isEmpty())
            throw new Trouble(Trouble.Kind.CANNOT, "the standard itself is faulty (standards check " + place + "): "
                    + faults.getFirst());
        var signing = signingKey(command.getErr());
        var shown = new int[]{-1};
        var result = new Kit(read, chosen, new Trials(read, chosen, edition), asked, new Kit.Wanted(generated, 15_000),
                (done, all) -> {
                    int tenth = done * 10 / Math.max(1, all);
                    if (tenth != shown[0]) {
                        shown[0] = tenth;
                        command.getErr().println("  " + done + "/" + all);
                        command.getErr().flush();
                    }
                }, Clock.system(JAPAN)).run();
        write(command.getOut(), result, signing,
                out == null ? Path.of("conformity-" + chosen.id() + "-" + edition.ref().version()) : out);
        return result.conform() ? 0 : 1;
    }

    private String entryKey() {
        if (bearer == null)
            return "";
        var key = text(bearer).strip();
        if (!key.matches("[\\x21-\\x7e]{1,1000}"))
            throw new Trouble(Trouble.Kind.CANNOT,
                    bearer + " holds no entry key: one line of letters, digits and marks");
        return key;
    }

    private ServiceStandard chosen(StandardFolder read, Path place) {
        var all = read.standards();
        var wanted = standard;
        var fit = all.stream().filter(s -> wanted == null || s.id().equals(wanted)).toList();
        if (fit.size() == 1)
            return fit.getFirst();
        var ids = all.stream().map(ServiceStandard::id).toList();
        if (fit.size() > 1)
            throw new Trouble(Trouble.Kind.CANNOT,
                    place + " holds several standards; say which with --standard: " + ids);
        if (wanted != null && !all.isEmpty())
            throw new Trouble(Trouble.Kind.CANNOT, "there is no standard " + wanted + " in " + place + "; there are "
                    + ids);
        throw new Trouble(Trouble.Kind.CANNOT, "no standard can be read from " + place
                + read.faults().stream().findFirst().map(f -> ": " + f).orElse(" (NAME/standard.yaml)"));
    }

    private StandardVersion edition(ServiceStandard chosen) {
        if (version == null)
            return chosen.versions().getLast();
        var name = VersionName.read(version).orElseThrow(() -> new Trouble(Trouble.Kind.CANNOT,
                "not a version (YYYY-MM-DD, a correction YYYY-MM-DD.02): " + version));
        for (var edition : chosen.versions())
            if (edition.ref().version().equals(name)) {
                var last = chosen.versions().stream().map(v -> v.ref().version()).filter(v -> v.day().equals(name
                        .day())).max(Comparator.naturalOrder()).orElseThrow();
                if (!last.equals(name))
                    throw new Trouble(Trouble.Kind.CANNOT, edition.ref() + " was replaced on its own day by " + last
                            + "; no day has it in force. Verify " + last);
                return edition;
            }
        throw new Trouble(Trouble.Kind.CANNOT, chosen.id() + " has no version " + version + "; there are "
                + chosen.versions().stream().map(v -> v.ref().version()).toList());
    }

    private ECKey signingKey(PrintWriter err) throws IOException {
        if (Files.exists(key))
            return SignedReport.privateKey(Files.readString(key), key.toString());
        var made = SignedReport.newKey();
        try {
            Files.createFile(key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (UnsupportedOperationException noPermissions) {
            Files.createFile(key);
        }
        Files.writeString(key, made.toJSONString() + "\n", StandardCharsets.UTF_8);
        err.println("a new key was made and kept in " + key + "; its public part, for whoever checks the report:");
        err.println(made.toPublicJWK().toJSONString());
        return made;
    }

    private static void write(PrintWriter words, Report result, ECKey signing, Path stem) throws IOException {
        var text = result.text();
        var readable = new ReadableReport(result.json());
        file(stem, ".json", text);
        file(stem, ".md", readable.markdown());
        file(stem, ".html", readable.html());
        file(stem, ".jws", SignedReport.sign(text, signing) + "\n");
        file(stem, ".keys.json", signing.toPublicJWK().toJSONString() + "\n");
        var differences = result.notebook().differences();
        differences.stream().limit(30).forEach(d -> words.println(d.code() + " " + d.trial() + ": " + d.where()
                + ": expected " + d.expected() + ", saw " + d.seen() + " (" + d.words() + ")"));
        int different = result.notebook().different();
        if (different > 30)
            words.println("… and " + (different - 30) + " more");
        words.println((result.conform() ? "conform: " : "not conform: ") + result.product() + " at " + result.target()
                + " with " + result.standard() + "@" + result.version() + "; " + result.examples() + " examples, "
                + result.generated() + " generated cases, " + result.calls() + " calls, " + different
                + " difference(s)");
        words.println("report: " + stem + ".html, signed: " + stem + ".jws");
    }

    private static void file(Path stem, String ending, String text) throws IOException {
        var file = stem.resolveSibling(stem.getFileName() + ending);
        if (file.getParent() != null)
            Files.createDirectories(file.getParent());
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    private int checkSignature(CommandLine command) {
        if (report == null || keys == null)
            throw new Trouble(Trouble.Kind.CANNOT, "both are wanted: --report FILE --keys FILE");
        return switch (SignedReport.check(text(report), SignedReport.publicKeys(text(keys), keys.toString()))) {
            case SignedReport.Checked.Bad(var why) -> {
                command.getErr().println(report + ": " + why);
                yield 1;
            }
            case SignedReport.Checked.Good(var said, var by) -> {
                command.getOut().println("the signature is good (key " + by + ")");
                var other = other(said);
                if (!other.isEmpty()) {
                    other.forEach(command.getErr()::println);
                    yield 1;
                }
                command.getOut()
                        .println(said.path("conform").asBoolean() ? "it says: conform" : "it says: not conform");
                command.getOut().println(word(said, "standard", "id") + "@" + word(said, "standard", "version") + ", "
                        + word(said, "target", "product") + " at " + word(said, "target", "url") + ", "
                        + said.path("endedAt").asString());
                if (folder != null)
                    command.getOut().println("it is about the standard in " + folder + ", to the letter");
                yield 0;
            }
        };
    }

    /// What is otherwise than whoever checks the report wants: another standard or text than that of the folder, another
    /// target.
    private List<String> other(JsonNode said) {
        var other = new ArrayList<String>();
        if (target != null && !word(said, "target", "url").equals(target.strip().replaceFirst("/+$", "")))
            other.add("the report is about another target: " + word(said, "target", "url"));
        if (folder == null)
            return other;
        if (!Files.isDirectory(folder))
            throw new Trouble(Trouble.Kind.CANNOT, "not a folder: " + folder);
        var read = StandardFolder.read(folder);
        var id = word(said, "standard", "id");
        if (read.standards().stream().noneMatch(s -> s.id().equals(id)))
            other.add("the report is about " + id + ", which is not in " + folder);
        else if (!read.digest(id).equals(word(said, "standard", "digest")))
            other.add("the report is about another text of " + id + " than that in " + folder + ": "
                    + word(said, "standard", "digest") + ", here " + read.digest(id));
        return other;
    }

    private static String word(JsonNode said, String part, String name) {
        return said.path(part).path(name).asString("?");
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > 32L * 1024 * 1024)
                throw new Trouble(Trouble.Kind.CANNOT, file + " is too large for a report");
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new Trouble(Trouble.Kind.CANNOT, "cannot read " + file);
        }
    }
}
