package jp.kiban.payment;

import java.time.Instant;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;

/// 支払回を取りやめた. Before its approval; what it held is free for the next run.
public record RunCancelled(AuthorityId authority, Instant at, String subject, int run, String by) implements Event {}
