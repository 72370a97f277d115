package jp.kiban.catalogue;

import java.time.Instant;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.StandardRef;

/// 検査済み. The check found no fault.
public record VersionChecked(AuthorityId authority, Instant at, String subject, StandardRef standard, String digest,
        int examples, String officer)
        implements
            Event {}
