package jp.kiban.cost;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import jp.kiban.kernel.BadInput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// `cost ledger`: the template for a town's own figures, and a check of a filled one before it is brought in.
@Command(name = "ledger", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "VERB", description = {
        "費用の台帳: 様式と、読み込む前の検査",
        "The ledger: its template, and the check of a file before it is brought in."}, subcommands = {
                LedgerVerb.Import.class, LedgerVerb.Template.class})
final class LedgerVerb {

    /// `cost ledger import FILE --check`.
    @Command(name = "import", mixinStandardHelpOptions = true, sortOptions = false, description = {
            "費用の表を検査し、すべての誤りをセルごとに示します。台帳には何も書きません。",
            "Checks a file of costs and tells every fault on its cell. Nothing is written to the ledger.%n"}, footer = {
                    "%nExamples:%n  cost ledger import costs.xlsx --check",
                    "  cost ledger import costs.csv --check --json",
                    "%nExit: 0 it can be brought in; 2 it cannot (each cell is named). Bringing in is done on the page /cost/ledger/import, where somebody answers for it."})
    static final class Import implements Callable<Integer> {
        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it before the call
        private CommandSpec spec;
        @Parameters(paramLabel = "FILE", description = "the costs: .xlsx, or .csv in UTF-8, UTF-16 or Shift_JIS")
        @SuppressWarnings("NullAway.Init")
        private Path file;
        @Option(names = "--check", required = true, description = "checks only; required, because the verb does nothing else")
        private boolean check;
        @Option(names = "--json", description = "the findings or the sums as JSON on standard output")
        private boolean asJson;
        @Mixin
        private VerbLanguage lang = new VerbLanguage();

        @Override
        public Integer call() {
            var out = spec.commandLine().getOut();
            var say = spec.commandLine().getErr();
            var language = lang.language();
            try {
                if (!check || !Files.isReadable(file) || Files.isDirectory(file))
                    throw new BadInput(List.of(CostWords.finding(file.toString(), "cost.ledger.fault.unreadable", file
                            .toString())));
                var sums = new TreeMap<String, BigDecimal>();
                var read = LedgerSheet.read(file, String.valueOf(file.getFileName()), e -> sums.merge(e.year().year()
                        + " " + e.baseline(), e.yen(), BigDecimal::add));
                if (asJson)
                    out.println(json(Map.of("entries", read.entries(), "yenWithTax", sums, "unread", read.unread(),
                            "notices", read.notices().stream().map(n -> said(n.where(), n.code(), n.message().in(
                                    language))).toList())));
                else {
                    out.println(CostWords.in(language, "cost.ledger.check.sound", read.entries()));
                    sums.forEach((key, yen) -> {
                        int gap = key.indexOf(' ');
                        out.println("  " + key.substring(0, gap) + "  " + Baseline.valueOf(key.substring(gap + 1))
                                .title().in(language) + "  "
                                + CostWords.in(language, "cost.ledger.yen", Money.digits(
                                        yen)));
                    });
                    if (!read.unread().isEmpty())
                        out.println(
                                CostWords.in(language, "cost.ledger.notice.unread", String.join("、", read.unread())));
                    read.notices().forEach(n -> out.println(n.where() + ": " + n.message().in(language)));
                }
                out.flush();
                return 0;
            } catch (BadInput bad) {
                if (asJson) {
                    out.println(json(Map.of("findings", bad.findings().stream().map(f -> said(f.where(), f.code(), f
                            .message().in(language))).toList())));
                    out.flush();
                } else
                    bad.findings().forEach(f -> say.println(f.where() + ": " + f.message().in(language)));
                say.flush();
                return 2;
            }
        }

        private static Map<String, String> said(String where, String code, String message) {
            var said = new LinkedHashMap<String, String>();
            said.put("where", where);
            said.put("code", code);
            said.put("message", message);
            return said;
        }

        private static String json(Object value) {
            return JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build().writeValueAsString(value);
        }
    }

    /// `cost ledger template OUT`.
    @Command(name = "template", mixinStandardHelpOptions = true, sortOptions = false, description = {
            "台帳の様式（記入例と書き方のシートつき）を書き出します。",
            "Writes the template of the ledger, with a filled example and what each column wants."}, footer = {
                    "%nExample:%n  cost ledger template costs.xlsx"})
    static final class Template implements Callable<Integer> {
        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it before the call
        private CommandSpec spec;
        @Parameters(paramLabel = "OUT", description = "where to write: .xlsx, or .csv (headings only)")
        @SuppressWarnings("NullAway.Init")
        private Path to;
        @Mixin
        private VerbLanguage lang = new VerbLanguage();

        @Override
        public Integer call() {
            var language = lang.language();
            var name = to.toString().toLowerCase(Locale.ROOT);
            var fault = "";
            if (!name.endsWith(".xlsx") && !name.endsWith(".csv"))
                fault = "cost.ledger.fault.ending";
            else
                try {
                    Files.write(to, name.endsWith(".csv")
                            ? new LedgerTemplate(language).csv()
                            : new LedgerTemplate(language).xlsx());
                } catch (IOException unwritable) {
                    fault = "cost.ledger.fault.write";
                }
            if (fault.isEmpty())
                return 0;
            spec.commandLine().getErr().println(CostWords.in(language, fault, to.toString()));
            spec.commandLine().getErr().flush();
            return 2;
        }
    }
}
