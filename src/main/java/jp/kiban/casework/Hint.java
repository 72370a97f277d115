package jp.kiban.casework;

import java.time.Instant;
import java.time.LocalDate;
import jp.kiban.kernel.ReceiptNumber;

/// 案内. What a resident is told about her case besides its notices.
///
/// @param standard of the case
/// @param opens the standard that follows; empty unless NEXT
/// @param until the last day on which it is shown
record Hint(ReceiptNumber receipt, String standard, Kind kind, String opens, Instant toldAt, LocalDate until) {
    /// 案内の種類. NEXT: another procedure is open to her now. YOURS: what she was asked for is overdue. OURS: the office needs
    /// longer than it should.
    enum Kind {
        NEXT, YOURS, OURS
    }
}
