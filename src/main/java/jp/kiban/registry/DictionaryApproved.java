package jp.kiban.registry;

import java.time.Instant;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;

/// The address dictionary that is to be in force from `effective` on was approved: its release (0 for the operator's own), version and
/// digest, and by whom.
public record DictionaryApproved(AuthorityId authority, Instant at, String subject, int release, String version,
        String sha256, Instant effective, String proposer, String approver) implements Event {}
