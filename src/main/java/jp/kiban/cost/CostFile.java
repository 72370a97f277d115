package jp.kiban.cost;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import org.apache.commons.csv.CSVFormat;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// 出力. Where a verb of this room writes: a CSV or JSON file by its ending, or the screen.
final class CostFile {
    private CostFile() {}

    static void check(String out, List<Finding> findings) {
        String ending = out.toLowerCase(Locale.ROOT);
        if (!out.equals("-") && !ending.endsWith(".csv") && !ending.endsWith(".json"))
            findings.add(CostWords.finding("out", "cost.fees.fault.out", out));
    }

    /// False, with a word about it, when the file cannot be written.
    static boolean write(String out, Object json, List<String> header, List<? extends List<?>> rows,
            PrintWriter screen, PrintWriter say, Language language) {
        boolean asJson = out.toLowerCase(Locale.ROOT).endsWith(".json");
        try {
            String text = asJson
                    ? JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build()
                            .writeValueAsString(json) + "\n"
                    : csv(header, rows);
            if (out.equals("-")) {
                screen.print(text);
                screen.flush();
            } else
                Files.write(Path.of(out), ((asJson ? "" : "\uFEFF") + text).getBytes(StandardCharsets.UTF_8));
            return true;
        } catch (IOException unwritable) {
            say.println("--out: " + CostWords.in(language, "cost.fees.fault.out.write", out));
            say.flush();
            return false;
        }
    }

    private static String csv(List<String> header, List<? extends List<?>> rows) throws IOException {
        var text = new StringBuilder();
        try (var csv = CSVFormat.EXCEL.print(text)) {
            csv.printRecord(header);
            for (var row : rows)
                csv.printRecord(row.stream().map(CostFile::safe).toList());
        }
        return text.toString();
    }

    /// No text that a spreadsheet would run as a formula.
    private static Object safe(Object value) {
        return value instanceof String text && !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0
                ? "'" + text
                : value;
    }
}
