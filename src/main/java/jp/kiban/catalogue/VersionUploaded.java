package jp.kiban.catalogue;

import java.time.Instant;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.StandardRef;

/// 版の提出. A ministry uploaded the files of a version; `digest` names exactly these files.
public record VersionUploaded(AuthorityId authority, Instant at, String subject, StandardRef standard, String digest,
        String officer)
        implements
            Event {}
