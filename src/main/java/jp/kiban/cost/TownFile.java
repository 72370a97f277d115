package jp.kiban.cost;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.portal.Spreadsheet;
import org.apache.commons.csv.CSVFormat;

/// 役場のファイル. A text file as a town hall has it: UTF-8 with or without mark, what a Japanese spreadsheet saves (Windows-31J), or a workbook,
/// of which the first sheet is read. Refuses what is too large and what is no text.
final class TownFile {
    static final int LARGEST = 4 * 1024 * 1024;

    private TownFile() {}

    static Optional<String> read(Path file, List<Finding> findings) {
        try (var in = Files.newInputStream(file)) {
            return text(file.toString(), in.readNBytes(LARGEST + 1), findings);
        } catch (IOException unreadable) {
            findings.add(CostWords.finding(file.toString(), "cost.fees.fault.file", file.toString()));
            return Optional.empty();
        }
    }

    static Optional<String> text(String name, byte[] bytes, List<Finding> findings) {
        if (bytes.length > LARGEST) {
            findings.add(CostWords.finding(name, "cost.fees.fault.file.large", name, LARGEST / 1024 / 1024));
            return Optional.empty();
        }
        if (bytes.length > 3
                && (bytes[0] == 'P' && bytes[1] == 'K' || bytes[0] == (byte) 0xD0 && bytes[1] == (byte) 0xCF))
            return workbook(name, bytes, findings);
        for (var charset : List.of(StandardCharsets.UTF_8, Charset.forName("windows-31j")))
            try {
                String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
                if (text.indexOf('\0') < 0)
                    return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
            } catch (CharacterCodingException other) {
                continue;
            }
        findings.add(CostWords.finding(name, "cost.fees.fault.file.letters", name));
        return Optional.empty();
    }

    /// The first sheet that says something, as the lines of a CSV: every row as wide as its first.
    private static Optional<String> workbook(String name, byte[] bytes, List<Finding> findings) {
        try {
            var rows = Spreadsheet.read(bytes).sheets().stream().map(s -> s.rows().stream().filter(r -> r.stream()
                    .anyMatch(c -> !c.isBlank())).toList()).filter(r -> !r.isEmpty()).findFirst().orElse(List.of());
            var text = new StringBuilder();
            try (var csv = CSVFormat.DEFAULT.print(text)) {
                for (var row : rows) {
                    int wide = rows.getFirst().size();
                    var cells = new ArrayList<>(row);
                    while (cells.size() < wide)
                        cells.add("");
                    while (cells.size() > wide && cells.getLast().isBlank())
                        cells.removeLast();
                    csv.printRecord(cells);
                }
            }
            return Optional.of(text.toString());
        } catch (BadInput bad) {
            bad.findings().forEach(f -> findings.add(new Finding(name, f.code(), f.message())));
            return Optional.empty();
        } catch (IOException impossible) {
            throw new java.io.UncheckedIOException(impossible);
        }
    }
}
