package jp.kiban.registry;

import java.time.Instant;
import java.time.LocalDate;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;

/// A registry was brought to an edition: by which file (its SHA-256), by whom, and how many items it added, changed and took away.
public record EditionLoaded(AuthorityId authority, Instant at, String subject, String registry, LocalDate edition,
        String sha256, String proposer, String approver, long added, long changed, long gone,
        long bad) implements Event {}
