package jp.kiban.payment;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Yen;

/// 支払回. The orders of one authority for one service and one day: its number within the authority, the last month it pays for, who
/// did what when. `orders` and `total` (yen) are as prepared.
public record PayRun(AuthorityId authority, int number, String service, LocalDate payDay, YearMonth coveredThrough,
        int orders, Yen total, List<Step> history) {

    /// 履歴. One step of a run, by whom and when; a note where one was given.
    public record Step(PayRunStage stage, String byId, String byName, String note, Instant at) {}

    public PayRun {
        history = List.copyOf(history);
        if (history.isEmpty())
            throw new IllegalArgumentException("a run without a history");
    }

    public PayRunStage stage() { return history.getLast().stage(); }

    public String preparedBy() { return history.getFirst().byId(); }
}
