package jp.kiban.casework;

import java.time.Instant;
import java.util.List;
import jp.kiban.kernel.PersonId;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.StandardRef;
import jp.kiban.standards.Judgement;

/// 認定の額. What one grant owes to whom for which months, or once, straight from the decision record: the source that payments are checked
/// against.
public record Granted(ReceiptNumber receipt, PersonId person, StandardRef standard, Instant decidedAt,
        List<Judgement.MonthlyAmount> months, List<Judgement.AmountLine> once) {
    public Granted {
        months = List.copyOf(months);
        once = List.copyOf(once);
    }
}
