package jp.kiban.catalogue;

import java.time.Instant;
import java.util.List;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.StandardRef;

/// 移行の宣言. A ministry declared that running cases in these stages may go over to a newer version.
public record MoveDeclared(AuthorityId authority, Instant at, String subject, StandardRef standard, StandardRef to,
        List<String> stages, String officer) implements Event {}
