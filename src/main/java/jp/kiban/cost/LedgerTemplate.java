package jp.kiban.cost;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.Text;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/// 台帳の様式. The workbook in which a town writes its own figures: an empty sheet with choices to pick from, a filled example, what each column
/// wants, and the lists of what may be chosen. As CSV, the headings alone.
final class LedgerTemplate {
    private static final int ROWS_WITH_CHOICES = 2_000;
    static final Text ENTRIES = new Text("費用", "費用", "Costs");
    private static final Text EXAMPLE = new Text("記入例", "書いた例", "Example");
    private static final Text EXPLAINED = new Text("書き方", "書き方", "How to fill in");
    private static final Text CHOICES = new Text("選択肢", "えらぶもの", "Choices");

    private final Language language;

    LedgerTemplate(Language language) { this.language = language; }

    /// Sheets that are there to be read by people only.
    static boolean isExplaining(String sheet) {
        return Stream.of(EXAMPLE, EXPLAINED, CHOICES)
                .anyMatch(t -> sheet.equals(t.ja()) || sheet.equals(t.easy()) || sheet
                        .equals(t.en()));
    }

    private List<String> headings() {
        return Arrays.stream(LedgerColumn.values()).map(c -> c.title().in(language)).toList();
    }

    private List<String> choices(LedgerColumn column) {
        return switch (column) {
            case SYSTEM -> SystemCode.listed().stream().map(l -> l.title().ja()).toList();
            case KIND -> Arrays.stream(CostKind.values()).map(k -> k.title().ja()).toList();
            case BASELINE -> Arrays.stream(Baseline.values()).map(b -> b.title().ja()).toList();
            case TAX -> List.of("税込", "税抜", "不明", "非課税");
            case CONFIDENCE -> Arrays.stream(Confidence.values()).map(c -> c.title().ja()).toList();
            default -> List.of();
        };
    }

    /// The same system before and after its move, so that both comparisons can be made.
    List<List<Object>> example() {
        return List.of(List.of("平成30年度", "個人住民税", "ソフトウェア借料", "平成30年度（目標の基準）", "税システム一式", "（例）A社", new BigDecimal(
                "8400000"), "円", "", "", "税抜", new BigDecimal("8"), "2018-04-01", "2019-03-31", "", "平成30年度決算書", "報告",
                ""),
                List.of("令和7年度", "個人住民税", "ソフトウェア借料", "前年度", "税システム一式", "（例）A社", new BigDecimal("8800000"), "円", "",
                        "", "税抜", new BigDecimal("10"), "", "", "", "令和6年度決算書", "報告", "令和6年度に払った額"),
                List.of("令和7年度",
                        "個人住民税", "ソフトウェア借料", "使い続けた場合", "税システム一式（機器更新を含む）", "（例）A社", new BigDecimal("17600000"),
                        "円", "", "", "税抜", new BigDecimal("10"), "", "", "", "更新時の見積（5年総額の5分の1）", "推計", ""),
                List.of(
                        "令和7年度", "個人住民税", "ソフトウェア借料", "実績", "標準準拠システム利用料", "（例）A社", new BigDecimal(
                                "12000000"),
                        "円", "", "", "税抜", new BigDecimal("10"), "", "", new BigDecimal("15200"), "請求書",
                        "計測", "件数は賦課件数"),
                List.of("令和7年度", "個人住民税", "クラウド利用経費", "実績", "ガバメントクラウド利用料", "（例）B社",
                        new BigDecimal("52000.25"), "USD", new BigDecimal("149.5"),
                        "2025-12-31", "税抜", new BigDecimal("10"), "", "", "", "請求書", "計測", ""),
                List
                        .of("令和7年度", "個人住民税", "通信回線費", "実績", "専用線", "（例）C社", new BigDecimal(
                                "180000"), "円", "", "", "税込", new BigDecimal("10"),
                                "2025-10-01", "2026-03-31", "", "請求書", "計測", "年度の途中から"),
                List.of("令和7年度", "個人住民税", "一時経費", "実績", "データ移行", "（例）A社", new BigDecimal("3300000"), "円", "", "", "税込",
                        new BigDecimal("10"), "", "", "", "契約書", "報告", "移行の年だけ"));
    }

    byte[] csv() {
        var line = String.join(",", headings().stream().map(h -> h.contains(",") ? '"' + h + '"' : h).toList());
        return ("\uFEFF" + line + "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    byte[] xlsx() {
        var bytes = new ByteArrayOutputStream();
        try (var book = new Workbook(bytes, "kiban", "1.0")) {
            var entries = book.newWorksheet(ENTRIES.in(language));
            var example = book.newWorksheet(EXAMPLE.in(language));
            var explained = book.newWorksheet(EXPLAINED.in(language));
            var choices = book.newWorksheet(CHOICES.in(language));
            headings(entries);
            headings(example);
            rows(example, example());
            explain(explained);
            int at = 0;
            for (var column : LedgerColumn.values()) {
                var offered = choices(column);
                if (offered.isEmpty())
                    continue;
                choices.value(0, at, column.title().in(language));
                choices.style(0, at).bold().fillColor("E8F1FE").set();
                for (int i = 0; i < offered.size(); i++)
                    choices.value(i + 1, at, offered.get(i));
                choices.width(at, 30);
                entries.range(1, column.ordinal(), ROWS_WITH_CHOICES, column.ordinal()).validateWithList(choices.range(
                        1, at, offered.size(), at)).showErrorMessage(false);
                at++;
            }
            book.finish();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private void headings(Worksheet sheet) {
        var titles = headings();
        for (int c = 0; c < titles.size(); c++) {
            sheet.value(0, c, titles.get(c));
            sheet.style(0, c).bold().wrapText(true).fillColor(LedgerColumn.values()[c].isRequired()
                    ? "FFE9B8"
                    : "E8F1FE").set();
            sheet.width(c, c == LedgerColumn.NAME.ordinal() || c == LedgerColumn.BASELINE.ordinal() ? 26 : 15);
        }
        sheet.freezePane(0, 1);
    }

    private static void rows(Worksheet sheet, List<List<Object>> rows) {
        for (int r = 0; r < rows.size(); r++)
            for (int c = 0; c < rows.get(r).size(); c++)
                put(sheet, r + 1, c, rows.get(r).get(c));
    }

    static void put(Worksheet sheet, int row, int column, Object value) {
        if (value instanceof BigDecimal number) {
            sheet.value(row, column, number);
            sheet.style(row, column).format(number.stripTrailingZeros().scale() > 0 ? "#,##0.########" : "#,##0").set();
        } else if (value instanceof Number number)
            sheet.value(row, column, number);
        else if (!value.toString().isEmpty())
            sheet.value(row, column, value.toString());
    }

    private void explain(Worksheet sheet) {
        var lines = new ArrayList<List<String>>();
        lines.add(List.of(say("column"), say("required"), say("what")));
        for (var column : LedgerColumn.values())
            lines.add(List.of(column.title().in(language), column.isRequired() ? say("required.yes") : "", say("what."
                    + column.name())));
        lines.add(List.of());
        for (var baseline : Baseline.values())
            lines.add(List.of(baseline.title().ja(), LedgerColumn.BASELINE.title().in(language), baseline.meaning().in(
                    language)));
        lines.add(List.of());
        for (int i = 1; i <= 5; i++)
            lines.add(List.of(say("rule." + i)));
        for (int r = 0; r < lines.size(); r++)
            for (int c = 0; c < lines.get(r).size(); c++) {
                sheet.value(r, c, lines.get(r).get(c));
                if (r == 0)
                    sheet.style(r, c).bold().fillColor("E8F1FE").set();
                else if (c == 2)
                    sheet.style(r, c).wrapText(true).set();
            }
        sheet.width(0, 26);
        sheet.width(1, 14);
        sheet.width(2, 90);
    }

    private String say(String key) { return CostWords.in(language, "cost.ledger.template." + key); }
}
