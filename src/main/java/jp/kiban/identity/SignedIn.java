package jp.kiban.identity;

import java.time.Instant;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;

/// サインインした. By which door, and as whom: a resident's addressee number or an officer's id.
public record SignedIn(AuthorityId authority, Instant at, String subject, Door door) implements Event {}
