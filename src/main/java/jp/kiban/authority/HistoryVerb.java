package jp.kiban.authority;

import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/// `authorities history FILE`: holds a table of 廃置分合 against the authorities of today and tells every fault with its line. A sound
/// table can be put in the place of the built-in one by `--kiban.authority.history=FILE`. Ends with 1 when there are faults.
@CommandLine.Command(name = "history", mixinStandardHelpOptions = true, description = {
        "廃置分合の表 (CSV) を検査します。",
        "Checks a table of mergers and other changes of local governments (CSV: day,kind,code,name,kana,type,to,source[,checked])."})
final class HistoryVerb implements Callable<Integer> {
    @CommandLine.Spec
    CommandLine.Model.@Nullable CommandSpec spec;

    @CommandLine.Parameters(paramLabel = "FILE", description = "CSV in UTF-8")
    @Nullable
    Path file;

    @Override
    public Integer call() {
        var verb = Objects.requireNonNull(spec).commandLine();
        var reading = AuthorityHistory.of(Objects.requireNonNull(file), new Authorities());
        reading.faults()
                .forEach(f -> verb.getErr().println(file + ":" + f.line() + ": " + f.seen() + " — " + f.mend()));
        var changes = reading.history().changes();
        if (!changes.isEmpty())
            verb.getOut()
                    .println(changes.size() + " changes from " + changes.getFirst().day() + " to "
                            + changes.getLast().day()
                            + "; use them by --kiban.authority.history=" + file);
        verb.getOut().flush();
        return reading.faults().isEmpty() ? 0 : 1;
    }
}
