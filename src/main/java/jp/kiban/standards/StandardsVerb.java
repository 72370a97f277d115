package jp.kiban.standards;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/// The tools for service standards; none needs a server. `standards check DIR…` reads folders as the server would, runs the
/// examples and the lints, and names every fault with file, line and a way to mend it.
@CommandLine.Command(name = "standards", mixinStandardHelpOptions = true, subcommands = {
        StandardsVerb.Check.class}, description = {"標準を検査します。", "Works on service standards."})
public final class StandardsVerb implements Callable<Integer> {
    @CommandLine.Spec
    CommandLine.Model.@Nullable CommandSpec spec;

    @Override
    public Integer call() {
        throw new CommandLine.ParameterException(Objects.requireNonNull(spec).commandLine(),
                "which one? standards check DIR");
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

        @Override
        public Integer call() {
            var command = Objects.requireNonNull(spec).commandLine();
            for (var folder : folders)
                if (!Files.isDirectory(folder))
                    throw new CommandLine.ParameterException(command, "not a folder: " + folder);
            var inspection = Inspection.of(folders);
            if (json)
                command.getOut().println(inspection.json().toPrettyString());
            else {
                inspection.faults().forEach(f -> command.getErr().println(f));
                inspection.warnings().forEach(f -> command.getErr().println(f));
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
}
