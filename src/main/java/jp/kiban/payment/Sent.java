package jp.kiban.payment;

import java.time.Instant;
import java.time.LocalDate;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.StandardRef;
import jp.kiban.kernel.Yen;

/// 送付した. The order left for the bank as one line of a transfer file. Amount in yen.
public record Sent(AuthorityId authority, Instant at, String subject, ReceiptNumber receipt, StandardRef standard,
        int run, LocalDate payDay, int sequence, Yen amount, boolean repeats) implements Event {}
