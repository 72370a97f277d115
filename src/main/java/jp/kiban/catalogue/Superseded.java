package jp.kiban.catalogue;

import java.time.Instant;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.StandardRef;

/// 後の版の施行. A later version is the one for new applications.
public record Superseded(AuthorityId authority, Instant at, String subject, StandardRef standard, StandardRef by)
        implements
            Event {}
