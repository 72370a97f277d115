package jp.kiban.registry;

import java.time.Instant;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;

/// Somebody of an authority told the keeper of a registry that a field of an item is wrong. Who it was is not in the event.
public record CorrectionAsked(AuthorityId authority, Instant at, String subject, String registry, String item,
        String field) implements Event {}
