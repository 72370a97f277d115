package jp.kiban.cost;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;

/// 助言の問い. The terms to look at a table of usage with, as somebody wrote them.
record AdviceAsk(String hours, String target, String offers, String storages, String start) {
    static final AdviceAsk USUAL = new AdviceAsk("", "", "", "", "");
    /// Invented discounts and prices, to be replaced by those of a vendor's list.
    static final AdviceAsk EXAMPLE = new AdviceAsk("8-19", "70", "12:0:28,36:100:45", "例の低頻度:1.5:2:30", "");

    /// Invented usage of a small town in four weeks, to be replaced.
    static byte[] example() {
        try (var in = AdviceAsk.class.getResourceAsStream("/cost/advice-example.csv")) {
            return Objects.requireNonNull(in).readAllBytes();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// @throws BadInput with every fault of the terms and of the table
    AdvicePlan read(byte[] table) {
        var findings = new ArrayList<Finding>();
        var terms = AdviceTerms.read(hours, target, offers, storages, start, findings);
        List<AdviceRow> rows = List.of();
        try {
            rows = AdviceTable.read(table);
        } catch (BadInput bad) {
            findings.addAll(bad.findings());
        }
        if (!findings.isEmpty())
            throw new BadInput(findings);
        return AdvicePlan.of(rows, terms);
    }
}
