package jp.kiban.catalogue;

import java.time.Instant;
import java.time.LocalDate;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.StandardRef;

/// 施行. The day came.
public record CameIntoForce(AuthorityId authority, Instant at, String subject, StandardRef standard, LocalDate day)
        implements
            Event {}
