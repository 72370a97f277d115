package jp.kiban.letters;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/// `letters FILE…`: lists every letter of text files that is beyond a class, with line and place, as CSV. Needs no server. Ends with 1
/// when there are some, with 2 when a file or the table of standard administrative characters cannot be read.
@CommandLine.Command(name = "letters", mixinStandardHelpOptions = true, description = {
        "文字の範囲を超える文字を、場所とともに一覧にします (CSV)。",
        "Lists the letters of text files that are beyond a character class, with their places (CSV)."})
public final class LettersVerb implements Callable<Integer> {
    @CommandLine.Spec
    CommandLine.Model.@Nullable CommandSpec spec;

    @CommandLine.Option(names = "--takes", paramLabel = "CLASS", defaultValue = "jis-x-0208", description = "what is taken: jis-x-0201, jis-x-0208, jis-x-0213, administrative (${DEFAULT-VALUE})")
    String takes = "jis-x-0208";

    @CommandLine.Option(names = "--characters", paramLabel = "TABLE", description = "the table of standard administrative characters (行政事務標準文字): CSV with columns of UCS and IVS")
    @Nullable
    Path characters;

    @CommandLine.Parameters(paramLabel = "FILE", arity = "1..*", description = "text in UTF-8")
    List<Path> files = List.of();

    @Override
    public Integer call() throws IOException {
        var verb = Objects.requireNonNull(spec).commandLine();
        var survey = survey(verb);
        var out = new CSVPrinter(verb.getOut(), CSVFormat.DEFAULT.builder().setRecordSeparator("\n").get());
        out.printRecord("file", "line", "at", "letter", "code_points", "class");
        long beyond = 0;
        for (var file : files)
            beyond += list(verb, survey, file, out);
        out.flush();
        return beyond == 0 ? 0 : 1;
    }

    private CharacterSurvey survey(CommandLine verb) throws IOException {
        if (characters == null)
            return CharacterSurvey.ofJis();
        if (!Files.isReadable(characters))
            throw new CommandLine.ParameterException(verb, "cannot read the table of characters: " + characters);
        try (var reader = Files.newBufferedReader(characters)) {
            var table = CharacterSurvey.with(reader);
            table.faults().forEach(
                    f -> verb.getErr().println(characters + ":" + f.line() + ": " + f.seen() + " — " + f.mend()));
            if (table.characters() == 0)
                throw new CommandLine.ParameterException(verb, "no character was found in " + characters);
            return table.survey();
        }
    }

    private long list(CommandLine verb, CharacterSurvey survey, Path file, CSVPrinter out) throws IOException {
        var taken = switch (takes.toLowerCase(Locale.ROOT)) {
            case "jis-x-0201" -> CharacterClass.JIS_X_0201;
            case "jis-x-0208" -> CharacterClass.JIS_X_0208;
            case "jis-x-0213" -> CharacterClass.JIS_X_0213;
            case "administrative" -> CharacterClass.ADMINISTRATIVE;
            default -> throw new CommandLine.ParameterException(verb, "unknown class '" + takes
                    + "': jis-x-0201, jis-x-0208, jis-x-0213 or administrative");
        };
        if (taken == CharacterClass.ADMINISTRATIVE && !survey.knowsAdministrativeCharacters())
            throw new CommandLine.ParameterException(verb,
                    "standard administrative characters are known only from a table: give --characters");
        if (!Files.isRegularFile(file) || !Files.isReadable(file))
            throw new CommandLine.ParameterException(verb, "cannot read " + file);
        long count = 0;
        long line = 0;
        try (var reader = new BufferedReader(
                new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8.newDecoder()))) {
            for (var text = reader.readLine(); text != null; text = reader.readLine()) {
                line++;
                for (var one : survey.beyond(text, taken)) {
                    out.printRecord(file, line, one.at(), one.letter(), one.codePoints(), one.found());
                    count++;
                }
            }
        } catch (CharacterCodingException notUtf8) {
            throw new CommandLine.ParameterException(verb,
                    file + ": line " + (line + 1) + " or one soon after is not UTF-8");
        }
        return count;
    }
}
