package jp.kiban.casework;

import java.time.Instant;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.StandardRef;

/// 期限が来た. A timer of the standard's flow has acted on the case; `timer` is its id in the flow, `stage` where the case
/// stands afterwards.
public record CaseReminded(AuthorityId authority, Instant at, String subject, ReceiptNumber receipt,
        StandardRef standard, String timer, CaseStage stage)
        implements
            Event {}
