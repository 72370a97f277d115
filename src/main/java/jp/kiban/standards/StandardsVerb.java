package jp.kiban.standards;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/// `standards check DIR`: reads a folder of standards (or one standard) as the server would, runs its examples, and names
/// every fault with file and place. Needs no server. Exit 0: no fault; 2: faults, each on a line.
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
            "Checks a folder of standards, examples included, and names every fault."})
    static final class Check implements Callable<Integer> {
        @CommandLine.Spec
        CommandLine.Model.@Nullable CommandSpec spec;

        @CommandLine.Parameters(paramLabel = "DIR", description = "the folder of the standards, or of one standard")
        @Nullable
        Path folder;

        @Override
        public Integer call() {
            var command = Objects.requireNonNull(spec).commandLine();
            var place = Objects.requireNonNull(folder);
            if (!Files.isDirectory(place))
                throw new CommandLine.ParameterException(command, "not a folder: " + place);
            var bundle = Bundle.ofFolder(place);
            var faults = new ArrayList<Fault>();
            var standards = StandardReader.readAll(bundle, faults);
            if (standards.isEmpty() && faults.isEmpty())
                faults.add(new Fault(place.toString(), "", "there is no standard here (NAME/standard.yaml)"));
            int examples = 0;
            for (var standard : standards)
                for (var version : standard.versions()) {
                    var golden = Examples.of(bundle, version.ref(), faults);
                    examples += golden.all().size();
                    faults.addAll(golden.verify(version));
                }
            faults.forEach(f -> command.getErr().println(f));
            if (faults.isEmpty())
                standards.forEach(s -> command.getOut().println(s.id() + ": " + s.name().ja() + " "
                        + s.versions().stream().map(v -> v.ref().version().toString()).toList()));
            command.getOut().println(
                    standards.size() + " standard(s), " + examples + " example(s), " + faults.size() + " fault(s)");
            command.getOut().flush();
            command.getErr().flush();
            return faults.isEmpty() ? 0 : 2;
        }
    }
}
