package jp.kiban.catalogue;

import java.time.Instant;
import java.time.LocalDate;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;

/// 独自施策を終えた. Which layer of which standard, and by whom.
public record LayerEnded(AuthorityId authority, Instant at, String subject, String standard, int number,
        LocalDate until, String officer)
        implements
            Event {}
