package jp.kiban.payment;

import java.time.Instant;
import java.time.LocalDate;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.StandardRef;
import jp.kiban.kernel.Yen;

/// 戻った. The bank could not credit the account (振込不能・組戻) and the amount came back; `reason` is the bank's code. It is
/// still owed, and is ordered again when a corrected account is confirmed. Amount in yen.
public record Returned(AuthorityId authority, Instant at, String subject, ReceiptNumber receipt, StandardRef standard,
        int run, LocalDate payDay, int sequence, Yen amount, String reason) implements Event {}
