package jp.kiban.catalogue;

import java.time.Instant;
import java.time.LocalDate;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.StandardRef;

/// 公表の提案. One person of the ministry proposed to publish the version from a day on.
public record PublicationProposed(AuthorityId authority, Instant at, String subject, StandardRef standard,
        LocalDate day, boolean urgent, String officer)
        implements
            Event {}
