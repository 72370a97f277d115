package jp.kiban.authority;

import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

/// `authorities`: the table of local governments on the command line, as CSV or JSON. Needs no server. An unknown kind or
/// format ends with exit code 2 and says what is known.
@CommandLine.Command(name = "authorities", mixinStandardHelpOptions = true, subcommands = HistoryVerb.class, description = {
        "団体の一覧を出力します (CSV または JSON)。", "Lists the authorities as CSV or JSON."})
public final class AuthoritiesVerb implements Callable<Integer> {
    @CommandLine.Spec
    CommandLine.Model.@Nullable CommandSpec spec;

    @CommandLine.Option(names = "--kind", paramLabel = "KIND", defaultValue = "all", description = "all, local-government, municipality, prefecture, designated_city, city, special_ward, town, village, designated_ward, ministry")
    String kind = "all";

    @CommandLine.Option(names = "--format", paramLabel = "csv|json", defaultValue = "csv", description = "csv or json")
    String format = "csv";

    @Override
    public Integer call() throws Exception {
        var known = Objects.requireNonNull(spec).commandLine();
        var found = new Authorities().all().stream().filter(a -> switch (kind) {
            case "all" -> true;
            case "municipality" -> a.kind().isMunicipality();
            case "local-government" -> a.kind().isLocalGovernment();
            default -> a.kind().name().toLowerCase(Locale.ROOT).equals(kind);
        }).sorted(Comparator.comparing(Authority::id)).toList();
        if (found.isEmpty())
            throw new CommandLine.ParameterException(known, "no authorities of kind '" + kind + "'");
        if (!List.of("csv", "json").contains(format))
            throw new CommandLine.ParameterException(known, "unknown format '" + format + "': csv or json");
        write(known.getOut(), found);
        return 0;
    }

    private void write(PrintWriter out, List<Authority> found) throws Exception {
        if (format.equals("json")) {
            out.println(JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(found));
        } else {
            var csv = new CSVPrinter(out, CSVFormat.DEFAULT.builder().setRecordSeparator("\r\n").get());
            csv.printRecord("code", "kind", "name", "kana", "roman", "parent", "population");
            for (var a : found)
                csv.printRecord(a.id(), a.kind().name().toLowerCase(Locale.ROOT), a.name(), a.kana(), a.roman(),
                        a.parent().map(Object::toString).orElse(""), a.population());
        }
        out.flush();
    }
}
