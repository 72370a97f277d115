package jp.kiban.cost;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import jp.kiban.kernel.Finding;

/// 役場のファイル. A text file as a town hall has it: UTF-8 with or without mark, or what a Japanese spreadsheet saves (Windows-31J). Refuses
/// what is too large, a workbook, and what is no text.
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
        String fault = bytes.length > LARGEST
                ? "cost.fees.fault.file.large"
                : bytes.length > 3 && bytes[0] == 'P' && bytes[1] == 'K' || bytes.length > 3 && bytes[0] == (byte) 0xD0
                        && bytes[1] == (byte) 0xCF ? "cost.fees.fault.file.workbook" : "";
        if (!fault.isEmpty()) {
            findings.add(CostWords.finding(name, fault, name, LARGEST / 1024 / 1024));
            return Optional.empty();
        }
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
}
