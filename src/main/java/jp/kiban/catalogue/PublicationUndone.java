package jp.kiban.catalogue;

import java.time.Instant;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.StandardRef;

/// 公表の取り消し. Taken back before its day; no application was made under it.
public record PublicationUndone(AuthorityId authority, Instant at, String subject, StandardRef standard, String officer)
        implements
            Event {}
