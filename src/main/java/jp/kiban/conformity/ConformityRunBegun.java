package jp.kiban.conformity;

import java.time.Instant;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;

/// 適合性検査の開始. A ministry had this house call a target, to hold it against a standard.
public record ConformityRunBegun(AuthorityId authority, Instant at, String subject, String standard, String target,
        String officer) implements Event {}
