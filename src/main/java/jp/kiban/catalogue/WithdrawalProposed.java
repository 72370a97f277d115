package jp.kiban.catalogue;

import java.time.Instant;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.StandardRef;

/// 廃止の提案. One person of the ministry proposed to withdraw the version; another has to agree.
public record WithdrawalProposed(AuthorityId authority, Instant at, String subject, StandardRef standard,
        String officer) implements Event {}
