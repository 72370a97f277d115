package jp.kiban.payment;

import java.time.Instant;
import java.time.LocalDate;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.StandardRef;
import jp.kiban.kernel.Yen;

/// 支出命令が出た. An approved pay run orders this amount to be paid for one application on a pay day. `sequence` is 1 for
/// the first order of that day; `repeats` is true when it pays again what the bank returned, and then adds nothing to what
/// was ordered before. Amount in yen.
public record Ordered(AuthorityId authority, Instant at, String subject, ReceiptNumber receipt, StandardRef standard,
        int run, LocalDate payDay, int sequence, Yen amount, boolean repeats) implements Event {}
