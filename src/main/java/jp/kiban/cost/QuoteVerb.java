package jp.kiban.cost;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import org.apache.commons.csv.CSVFormat;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// `cost quote`: reads a vendor's quote and asks what the published rules ask.
@Command(name = "quote", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "見積を読み、公表された規則で精査し、事業者への問いを作ります。",
        "Reads a quote, holds it against published rules, and writes the questions to the vendor.%n"}, footer = {
                "%nExamples:%n  cost quote --template quote.xlsx",
                "  cost quote quote.xlsx --letter letter.md --worksheet questions.xlsx",
                "  cost quote vendor.csv --column amount=御見積額 --peers peers.csv --json",
                "%nExit: 0 no question; 1 there are questions; 2 the input cannot be taken (each cell is named)."})
final class QuoteVerb implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "the quote: .xlsx, or .csv in UTF-8 or Shift_JIS")
    private @Nullable Path file;
    @Option(names = "--column", paramLabel = "KEY=HEADING", description = "a heading of the vendor's own table for a column of the form; may be repeated")
    private List<String> columns = new ArrayList<>();
    @Option(names = "--peers", paramLabel = "FILE", description = "what others pay a year: 人口, 金額, and if known 年度, 移行前の基盤, 機能あたり人月")
    private @Nullable Path peers;
    @Option(names = "--letter", paramLabel = "FILE", description = "writes the letter to the vendor (Markdown)")
    private @Nullable Path letter;
    @Option(names = "--worksheet", paramLabel = "FILE", description = "writes the questions with room for answers: .xlsx or .csv")
    private @Nullable Path worksheet;
    @Option(names = "--json", description = "the questions as JSON on standard output")
    private boolean asJson;
    @Option(names = "--template", paramLabel = "FILE", description = "writes an empty quote to fill in: .xlsx or .csv")
    private @Nullable Path template;
    @Mixin
    private VerbLanguage lang = new VerbLanguage();

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var say = spec.commandLine().getErr();
        var language = lang.language();
        try {
            var form = QuoteForm.shipped();
            if (template != null) {
                var rows = QuoteLetter.template(form, language);
                write(template, CostWords.in(language, "cost.quote.template.sheet"), rows, rows.size() - 1);
                if (file == null)
                    return 0;
            }
            if (file == null)
                throw new BadInput(List.of(CostWords.finding("FILE", "cost.quote.fault.file.missing")));
            var quote = Quote.read(file.toString(), bytes(file), form, mapping());
            Optional<QuotePeers> like = peers(quote, say, language);
            var scrutiny = Scrutiny.of(quote, QuoteRule.shipped(), like.map(QuotePeers::facts));
            var paper = new QuoteLetter(scrutiny, language);
            if (letter != null)
                keep(letter, paper.letter().getBytes(StandardCharsets.UTF_8));
            if (worksheet != null)
                write(worksheet, CostWords.in(language, "cost.quote.template.sheet"), paper.worksheet(), 0);
            if (asJson)
                out.println(JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build()
                        .writeValueAsString(scrutiny.json()));
            else
                tell(out, scrutiny, paper, form, like, language);
            out.flush();
            return scrutiny.asked().isEmpty() ? 0 : 1;
        } catch (BadInput bad) {
            bad.findings().forEach(f -> say.println(f.where() + ": " + f.message().in(language)));
            say.flush();
            return 2;
        }
    }

    private Map<String, String> mapping() {
        var mapping = new LinkedHashMap<String, String>();
        var findings = new ArrayList<Finding>();
        for (var column : columns) {
            int at = column.indexOf('=');
            if (at < 1 || at == column.length() - 1)
                findings.add(CostWords.finding("--column", "cost.quote.fault.column", column));
            else
                mapping.put(column.substring(0, at).strip(), column.substring(at + 1));
        }
        if (!findings.isEmpty())
            throw new BadInput(findings);
        return mapping;
    }

    private Optional<QuotePeers> peers(Quote quote, PrintWriter say, Language language) {
        if (peers == null)
            return Optional.empty();
        var bodies = QuotePeers.read(peers.toString(), bytes(peers));
        var people = quote.head().path("population");
        if (!people.isNumber() || people.decimalValue().signum() <= 0) {
            say.println(CostWords.in(language, "cost.quote.peers.people"));
            return Optional.empty();
        }
        var like = QuotePeers.like(people.decimalValue().longValue(), quote.head().path("platformBefore").asString(""),
                bodies);
        if (like.isEmpty())
            say.println(CostWords.in(language, "cost.quote.peers.few"));
        return like;
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new BadInput(List.of(CostWords.finding(file.toString(), "cost.quote.fault.file", file.toString())));
        }
    }

    private static void write(Path to, String name, List<List<Object>> rows, int headings) {
        if (!to.toString().toLowerCase(Locale.ROOT).endsWith(".csv")) {
            keep(to, QuoteLetter.workbook(name, rows, headings));
            return;
        }
        var text = new StringBuilder("\uFEFF");
        try (var csv = CSVFormat.EXCEL.print(text)) {
            for (var row : rows)
                csv.printRecord(row);
        } catch (IOException impossible) {
            throw new java.io.UncheckedIOException(impossible);
        }
        keep(to, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void keep(Path to, byte[] bytes) {
        try {
            Files.write(to, bytes);
        } catch (IOException unwritable) {
            throw new BadInput(List.of(CostWords.finding(to.toString(), "cost.quote.fault.write", to.toString())));
        }
    }

    private static void tell(PrintWriter out, Scrutiny scrutiny, QuoteLetter paper, QuoteForm form,
            Optional<QuotePeers> like, Language language) {
        var quote = scrutiny.quote();
        out.println(CostWords.in(language, "cost.quote.read", quote.file(), quote.lines().size(), QuoteLetter.number(
                scrutiny.sum()), scrutiny.version()));
        if (!quote.unread().isEmpty())
            out.println(CostWords.in(language, "cost.quote.unread", String.join(", ", quote.unread())));
        quote.notes().forEach(n -> out.println(n.in(language)));
        if (!scrutiny.foreign().isEmpty())
            out.println(CostWords.in(language, "cost.quote.foreign", scrutiny.foreign().toString()));
        like.ifPresent(p -> out.println(CostWords.in(language, "cost.quote.peers", p.count(), String.join(", ", p
                .years()), CostWords.in(language,
                        p.samePlatform() ? "cost.quote.peers.same" : "cost.quote.peers.band"),
                QuoteLetter.number(p.perHead().median()), QuoteLetter.number(p.perHead().fence()))));
        if (scrutiny.asked().isEmpty())
            out.println(CostWords.in(language, "cost.quote.none", scrutiny.silent()));
        else {
            out.println(CostWords.in(language, "cost.quote.count", scrutiny.asked().size(), scrutiny.silent()));
            out.println(scrutiny.mostAtOnce() == 0
                    ? CostWords.in(language, "cost.quote.most.unknown")
                    : CostWords.in(language, "cost.quote.most", QuoteLetter.number(java.math.BigDecimal.valueOf(scrutiny
                            .mostAtOnce()))));
        }
        for (var asked : scrutiny.asked()) {
            out.println();
            out.println(asked.rule().id() + "  " + asked.rule().name().in(language) + " – " + paper.concerned(asked));
            out.println("    " + paper.effect(asked));
            out.println("    " + CostWords.in(language, "cost.quote.cause", asked.rule().cause().in(language)) + "  "
                    + CostWords.in(language, "cost.quote.who", paper.who(asked)));
            out.println("    " + CostWords.in(language, "cost.quote.question", asked.rule().question().in(language)));
            out.println("    " + CostWords.in(language, "cost.quote.origin", asked.rule().origin()));
        }
        if (!scrutiny.skipped().isEmpty()) {
            out.println();
            out.println(CostWords.in(language, "cost.quote.skipped"));
            for (var skipped : scrutiny.skipped())
                out.println("    " + skipped.rule().id() + "  " + skipped.rule().name().in(language) + " – " + CostWords
                        .in(language, "cost.quote.needs", needs(skipped, form, language)));
        }
    }

    private static String needs(Scrutiny.Skipped skipped, QuoteForm form, Language language) {
        return skipped.missing().stream().map(m -> m.startsWith("peers.")
                ? CostWords.in(language, "cost.quote.needs.peers")
                : form.title(m)).collect(Collectors.joining(", "));
    }
}
