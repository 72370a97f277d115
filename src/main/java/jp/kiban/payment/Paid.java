package jp.kiban.payment;

import java.time.Instant;
import java.time.LocalDate;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.StandardRef;
import jp.kiban.kernel.Yen;

/// 振り込まれた. The bank answered that the amount is on the account. Amount in yen.
public record Paid(AuthorityId authority, Instant at, String subject, ReceiptNumber receipt, StandardRef standard,
        int run, LocalDate payDay, int sequence, Yen amount) implements Event {}
