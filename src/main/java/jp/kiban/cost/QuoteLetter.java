package jp.kiban.cost;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.Text;
import org.dhatim.fastexcel.Workbook;

/// 見積精査の紙. What goes out after a scrutiny: the letter to the vendor (Markdown, ready to print), the worksheet in which answers and
/// savings are kept (rows for CSV or Excel), and the empty template of a quote.
final class QuoteLetter {
    private final Scrutiny scrutiny;
    private final Language language;

    QuoteLetter(Scrutiny scrutiny, Language language) {
        this.scrutiny = scrutiny;
        this.language = language;
    }

    private String say(String key, Object... values) { return CostWords.in(language, "cost.quote." + key, values); }

    String letter() {
        var quote = scrutiny.quote();
        var head = quote.head();
        var text = new StringBuilder();
        text.append(say("letter.to", head.path("vendor").asString(say("letter.vendor")))).append("\n\n# ");
        text.append(say("letter.title", head.path("title").asString(say("letter.untitled")))).append("\n\n");
        text.append(say("letter.body", head.path("date").asString(say("letter.undated")), quote.lines().size(),
                number(scrutiny.sum()), scrutiny.version())).append('\n');
        if (scrutiny.asked().isEmpty())
            text.append('\n').append(say("letter.none")).append('\n');
        int number = 1;
        for (var asked : scrutiny.asked()) {
            text.append("\n## ").append(say("letter.point", number++, asked.rule().name().in(language))).append("\n\n");
            text.append("- ").append(say("letter.concerned", concerned(asked))).append('\n');
            text.append("- ").append(say("letter.effect", effect(asked))).append("\n\n");
            text.append(asked.rule().question().in(language)).append("\n\n");
            text.append(say("letter.answer")).append("\n\n\n");
        }
        return text.toString();
    }

    /// The lines by number and name.
    String concerned(Scrutiny.Asked asked) {
        if (asked.lines().isEmpty())
            return say("whole");
        var told = new ArrayList<String>();
        var numbers = asked.lines();
        for (int i = 0; i < numbers.size(); i++) {
            int first = i;
            var name = name(numbers.get(first));
            while (i + 1 < numbers.size() && numbers.get(i + 1) == numbers.get(i) + 1 && name(numbers.get(i + 1))
                    .equals(name))
                i++;
            told.add(say("lines", numbers.get(first) + (i > first ? "–" + numbers.get(i) : "")) + (name.isBlank()
                    ? ""
                    : " " + name));
        }
        return String.join(language == Language.EN ? ", " : "、", told);
    }

    private String name(int line) { return scrutiny.quote().lines().get(line - 1).name(); }

    String effect(Scrutiny.Asked asked) {
        return asked.high().map(high -> say("effect", number(BigDecimal.valueOf(asked.low())), number(BigDecimal
                .valueOf(high)))).orElse(say("effect.unknown"));
    }

    String who(Scrutiny.Asked asked) {
        return asked.rule().who().stream().map((Text w) -> w.in(language)).collect(Collectors.joining(
                language == Language.EN ? ", " : "・"));
    }

    static String number(BigDecimal yen) { return String.format(Locale.ROOT, "%,d", yen.toBigInteger()); }

    /// The heads, then a row a question; the last three columns are for the vendor's answer and what came of it.
    List<List<Object>> worksheet() {
        var rows = new ArrayList<List<Object>>();
        rows.add(List.of(say("sheet.rule"), say("sheet.name"), say("sheet.lines"), say("sheet.rows"), say("sheet.low"),
                say("sheet.high"), say("sheet.cause"), say("sheet.who"), say("sheet.question"), say("sheet.answer"),
                say("sheet.result"), say("sheet.saved")));
        for (var asked : scrutiny.asked())
            rows.add(List.of(asked.rule().id(), asked.rule().name().in(language), asked.lines().stream().map(
                    String::valueOf).collect(Collectors.joining(" ")),
                    asked.lines().stream().map(n -> String.valueOf(
                            scrutiny.quote().lines().get(n - 1).row())).collect(Collectors.joining(" ")),
                    asked.high().isPresent() ? asked.low() : "", asked.high().<Object>map(h -> h).orElse(""), asked
                            .rule().cause().in(language),
                    who(asked), asked.rule().question().in(language), "", "", ""));
        return rows;
    }

    static byte[] workbook(String name, List<List<Object>> rows, int headings) {
        var bytes = new ByteArrayOutputStream();
        try (var book = new Workbook(bytes, "kiban", "1.0")) {
            var sheet = book.newWorksheet(name);
            for (int r = 0; r < rows.size(); r++)
                for (int c = 0; c < rows.get(r).size(); c++) {
                    if (rows.get(r).get(c) instanceof Long yen) {
                        sheet.value(r, c, yen);
                        sheet.style(r, c).format("#,##0").set();
                    } else
                        sheet.value(r, c, rows.get(r).get(c).toString());
                    if (r == headings)
                        sheet.style(r, c).bold().fillColor("E8F1FE").wrapText(true).set();
                    else
                        sheet.style(r, c).wrapText(true).set();
                }
            for (int c = 0; c < rows.get(headings).size(); c++)
                sheet.width(c, 20);
            sheet.freezePane(0, headings + 1);
            book.finish();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /// An empty quote: the head, one name a row with room beside it, then the headings of the lines.
    static List<List<Object>> template(QuoteForm form, Language language) {
        var rows = new ArrayList<List<Object>>();
        rows.add(List.of(CostWords.in(language, "cost.quote.template.hint")));
        form.head().forEach(h -> rows.add(List.of(h.title(), "")));
        rows.add(List.of());
        rows.add(form.columns().stream().<Object>map(QuoteForm.Column::title).toList());
        return rows;
    }
}
