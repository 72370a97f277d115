package jp.kiban.catalogue;

import java.time.Instant;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.StandardRef;

/// 下書きの取りやめ. A draft was given up; it was never public.
public record DraftDiscarded(AuthorityId authority, Instant at, String subject, StandardRef standard, String officer)
        implements
            Event {}
