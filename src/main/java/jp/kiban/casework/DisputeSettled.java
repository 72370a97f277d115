package jp.kiban.casework;

import java.time.Instant;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.StandardRef;

/// 申出を確かめた. An officer looked into what the resident said is not right about one item of evidence.
public record DisputeSettled(AuthorityId authority, Instant at, String subject, ReceiptNumber receipt,
        StandardRef standard, String item, String officer) implements Event {}
