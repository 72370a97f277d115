package jp.kiban.casework;

import java.time.Instant;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.StandardRef;

/// 版の移行. The case went over to another version of its standard, which from here on decides it; `back`: to the one it came
/// from.
public record CaseMoved(AuthorityId authority, Instant at, String subject, ReceiptNumber receipt, StandardRef standard,
        StandardRef from, long move, boolean back, String officer) implements Event {}
