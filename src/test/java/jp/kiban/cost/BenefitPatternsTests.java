package jp.kiban.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import jp.kiban.kernel.Finding;
import org.dhatim.fastexcel.Workbook;
import org.junit.jupiter.api.Test;

class BenefitPatternsTests {
    /// A costs 100 now and 10 a year for ten years, B costs 20 now and 20 a year; today costs 30 a year.
    private static final String TABLE = """
            ledger,what,name,low,likely,high,pattern
            nation,once,開発,90,100,130,A
            municipality,after,利用料,8,10,12,A
            municipality,once,移行,10,20,30,B
            municipality,after,利用料,15,20,21,B
            municipality,before,いま,30,30,30,
            """;

    private static BenefitView view(String table, String rates) {
        var findings = new ArrayList<Finding>();
        var view = new BenefitAsk(table, "10", rates, "100", "").read(findings);
        assertThat(findings).isEmpty();
        return view.orElseThrow();
    }

    @Test
    void theWayThatCostsLeastInAllIsNamedWithItsLeadAndItsFiguresAreShown() {
        var view = view(TABLE, "0");
        var patterns = view.patterns().orElseThrow();
        assertThat(patterns.least()).isEqualTo("A");
        assertThat(patterns.patterns()).extracting(BenefitPatterns.Pattern::costYen).containsExactly(200L, 220L);
        assertThat(patterns.aheadYen()).isEqualTo(20);
        assertThat(patterns.keepYen()).contains(300L);
        assertThat(patterns.patterns().getFirst().ledgers()).containsEntry("nation", 100L).containsEntry("municipality",
                100L).containsEntry("resident", 0L);
        assertThat(view.total().atRates().getFirst().npvYen()).isEqualTo(100); // 300 - 200
    }

    @Test
    void interestMayTurnTheOrderBecauseLaterYenWeighLess() {
        // at 4 %, ten years of one yen are worth 8.1109: A 181.1, B 182.2; at 5 % 7.7217: A 177.2, B 174.4
        assertThat(view(TABLE, "4").patterns().orElseThrow().least()).isEqualTo("A");
        assertThat(view(TABLE, "5").patterns().orElseThrow().least()).isEqualTo("B");
    }

    @Test
    void inputsThatWouldMakeAnotherWayCheapestAreNamedAndOthersAreNot() {
        var switches = view(TABLE, "0").patterns().orElseThrow().switches();
        // A at 130 costs 230 > 220; A's fee at 12 costs 220, the same: A stays; B at 15 a year costs 170, at 10 once 210
        assertThat(switches).extracting(BenefitPatterns.Switch::name, BenefitPatterns.Switch::pattern,
                BenefitPatterns.Switch::leastAtLow, BenefitPatterns.Switch::leastAtHigh).containsExactly(
                        org.assertj.core.groups.Tuple.tuple("開発", "A", "A", "B"), org.assertj.core.groups.Tuple.tuple(
                                "利用料", "B", "B", "A"));
    }

    @Test
    void withoutTwoWaysThereIsNothingToCompare() {
        assertThat(view(TABLE.replace(",B\n", ",A\n").replace("after,利用料,15", "after,利用料2,15"), "0").patterns())
                .isEmpty();
        assertThat(view(BenefitAsk.example().table(), "2").patterns()).isEmpty();
    }

    @Test
    void readsAWorkbookAsItReadsTheSameCsv() throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var book = new Workbook(bytes, "test", "1.0")) {
            var sheet = book.newWorksheet("表");
            var rows = TABLE.strip().lines().toList();
            for (int r = 0; r < rows.size(); r++) {
                var cells = rows.get(r).split(",", -1);
                for (int c = 0; c < cells.length; c++)
                    if (cells[c].matches("[0-9]+"))
                        sheet.value(r, c, new BigDecimal(cells[c]));
                    else if (!cells[c].isEmpty())
                        sheet.value(r, c, cells[c]);
            }
        }
        var findings = new ArrayList<Finding>();
        var text = TownFile.text("file", bytes.toByteArray(), findings).orElseThrow();
        assertThat(findings).isEmpty();
        assertThat(view(text, "0").patterns()).isEqualTo(view(TABLE, "0").patterns());
        assertThat(TownFile.text("file", new byte[]{'P', 'K', 3, 4, 0}, findings)).isEmpty();
        assertThat(findings).extracting(Finding::where).isEqualTo(List.of("file"));
    }
}
