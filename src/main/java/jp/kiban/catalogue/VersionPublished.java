package jp.kiban.catalogue;

import java.time.Instant;
import java.time.LocalDate;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.StandardRef;

/// 公表. A second person approved: the version is signed, public, and comes into force on its day.
public record VersionPublished(AuthorityId authority, Instant at, String subject, StandardRef standard, LocalDate day,
        boolean urgent, String digest, String proposer, String officer)
        implements
            Event {}
