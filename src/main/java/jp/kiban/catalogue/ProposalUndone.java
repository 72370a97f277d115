package jp.kiban.catalogue;

import java.time.Instant;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.StandardRef;

/// 提案の取り下げ. The proposal was taken back, or the approver sent it back.
public record ProposalUndone(AuthorityId authority, Instant at, String subject, StandardRef standard, String officer)
        implements
            Event {}
