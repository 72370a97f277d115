package jp.kiban.submission;

import java.time.Instant;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.StandardRef;

/// 受け付けた. An application arrived (到達): the clock of the standard period starts.
public record Received(AuthorityId authority, Instant at, String subject, ReceiptNumber receipt, StandardRef standard,
        Channel channel, long seconds, int typedFields, int prefilledFields) implements Event {}
