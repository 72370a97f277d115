package jp.kiban.conformity;

import java.time.Instant;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;

/// 適合性検査の終了. How a run ended, and with how many differences.
public record ConformityRunEnded(AuthorityId authority, Instant at, String subject, String standard, String stage,
        int differences) implements Event {}
