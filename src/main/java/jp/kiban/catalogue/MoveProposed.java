package jp.kiban.catalogue;

import java.time.Instant;
import java.util.List;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.StandardRef;

/// 移行の提案. One person of a ministry proposes that running cases may go over; a second one declares it.
public record MoveProposed(AuthorityId authority, Instant at, String subject, StandardRef standard, StandardRef to,
        List<String> stages, String officer) implements Event {}
