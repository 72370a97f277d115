package jp.kiban.payment;

import java.time.Instant;
import java.time.LocalDate;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.Yen;

/// 支払回を作成した. Orders were put together for a pay day; nothing is ordered before somebody else approves. Total in yen.
public record RunPrepared(AuthorityId authority, Instant at, String subject, int run, String service, LocalDate payDay,
        int orders, Yen total, String by) implements Event {}
