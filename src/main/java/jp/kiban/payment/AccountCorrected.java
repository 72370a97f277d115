package jp.kiban.payment;

import java.time.Instant;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.ReceiptNumber;

/// 口座の訂正が確認された. An account that one officer entered was confirmed by another; the number itself is never told.
public record AccountCorrected(AuthorityId authority, Instant at, String subject, ReceiptNumber receipt, int version,
        String enteredBy, String confirmedBy) implements Event {}
