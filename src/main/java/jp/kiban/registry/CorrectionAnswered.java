package jp.kiban.registry;

import java.time.Instant;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;

/// The keeper of a registry looked at, accepted or refused what somebody of another authority told it.
public record CorrectionAnswered(AuthorityId authority, Instant at, String subject, AuthorityId from,
        Corrections.Stage stage) implements Event {}
