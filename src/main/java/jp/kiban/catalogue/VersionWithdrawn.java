package jp.kiban.catalogue;

import java.time.Instant;
import java.time.LocalDate;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.StandardRef;

/// 廃止. Not for new applications from this day on.
public record VersionWithdrawn(AuthorityId authority, Instant at, String subject, StandardRef standard, LocalDate day,
        String officer)
        implements
            Event {}
