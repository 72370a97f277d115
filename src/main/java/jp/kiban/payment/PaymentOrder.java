package jp.kiban.payment;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.Yen;

/// 支出命令. One amount for one application on one pay day, for the months from–through; one line of a run. `repeats` pays again what
/// the bank returned. Shows no more of the account than its last three digits.
public record PaymentOrder(ReceiptNumber receipt, LocalDate payDay, int sequence, int run, int line, Yen amount,
        YearMonth from, YearMonth through, boolean repeats, OrderStage stage, String bankCode, String accountEnding,
        Optional<String> returnReason, boolean nameShortened) {}
