package jp.kiban.catalogue;

import java.time.Instant;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.StandardRef;

/// 移行の宣言の終わり. From here on no more cases go over; what was moved stays moved.
public record MoveDeclarationEnded(AuthorityId authority, Instant at, String subject, StandardRef standard,
        String officer) implements Event {}
