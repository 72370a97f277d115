package jp.kiban.cost;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.Text;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// 答え. What verbs that compute a table have in common: where it goes, in which language they speak, and how they refuse. What is said of the
/// table goes to the error stream, so that the table alone is on the other.
final class VerbAnswer {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    private CommandSpec verb;
    @Option(names = "--out", paramLabel = "FILE", defaultValue = "-", description = "where the table goes: NAME.csv, NAME.json, or - for the screen (CSV)")
    private String out = "-";
    @Mixin
    private VerbLanguage language = new VerbLanguage();

    Language language() { return language.language(); }

    /// What is wrong with `--out`, for the other findings to join.
    List<Finding> findings() {
        var findings = new ArrayList<Finding>();
        CostFile.check(out, findings);
        return findings;
    }

    private PrintWriter say() { return verb.commandLine().getErr(); }

    void tell(String key, Object... values) { say().println(CostWords.in(language(), key, values)); }

    /// A line under another.
    void tellBelow(String key, Object... values) { say().println("  " + CostWords.in(language(), key, values)); }

    void tellBelow(Text text) { say().println("  " + text.in(language())); }

    int done() {
        say().flush();
        return 0;
    }

    /// Says all that is wrong, each where it is: a cell of the file, the file, or an option.
    int refused(List<Finding> findings, @Nullable Path file) {
        findings.forEach(f -> say().println(place(f.where(), file) + ": " + f.message().in(language())));
        say().flush();
        return 2;
    }

    private static String place(String where, @Nullable Path file) {
        if (file == null)
            return "--" + where;
        return where.matches("[A-Z]+[0-9]+")
                ? file + " " + where
                : where.equals("table") || where.equals("file") || where.equals(file.toString())
                        ? file.toString()
                        : "--" + where;
    }

    /// False, once said, when it cannot be written.
    boolean written(Object json, List<String> header, List<? extends List<?>> rows) {
        return CostFile.write(out, json, header, rows, verb.commandLine().getOut(), say(), language());
    }
}
