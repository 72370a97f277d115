package jp.kiban.casework;

import java.time.Instant;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.StandardRef;

/// 作業を済ませた. A task that the standard's flow names besides reception, review and approval (an inspection, an inquiry) is
/// done; `task` is its id in the flow. `officer` is empty when the person of the case did it herself.
public record TaskDone(AuthorityId authority, Instant at, String subject, ReceiptNumber receipt, StandardRef standard,
        String task, String officer)
        implements
            Event {}
